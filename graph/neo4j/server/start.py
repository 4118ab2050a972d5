"""One start of a server: choose ports, write settings, launch, wait for the first answer, tidy up on failure."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from neo4j.exceptions import AuthError

from graph.neo4j.server import bolt, process
from graph.neo4j.server.jars import Distribution
from graph.neo4j.server.layout import ServerState, ensure_password, make_state, save_state
from graph.neo4j.server.settings import Memory, write_settings
from tracing.errors import StoreError
from tracing.text import catalogue

_, _n = catalogue("graph")

USUAL_BOLT_PORT = 7687
USUAL_HTTP_PORT = 7474
STOP_SECONDS = 60.0
TRIES_FOR_PORTS = 3


@dataclass(frozen=True)
class Start:
    """One start of a server: everything but the ports."""

    home: Path
    before: ServerState | None
    distribution: Distribution
    memory: Memory
    settings: Mapping[str, str]
    java_options: Sequence[str]
    owner_pid: int | None
    timeout: float

    def at_free_ports(self, bolt_port: int | None, http_port: int | None) -> ServerState:
        """Start at ports chosen as :func:`graph.neo4j.server.up` promises, anew if somebody was quicker to take one."""
        for tries_left in reversed(range(TRIES_FOR_PORTS)):
            last_bolt, last_http = (self.before.bolt_port, self.before.http_port) if self.before else (None, None)
            any_http = 0 if bolt_port == 0 and http_port is None else http_port
            state = make_state(
                self.home,
                version=self.distribution.version,
                bolt_port=choose_port(bolt_port, last_bolt, USUAL_BOLT_PORT),
                http_port=choose_port(any_http, last_http, USUAL_HTTP_PORT),
                pid=None,
            )
            try:
                return self.run(state)
            except _PortTaken as error:
                if not tries_left:
                    raise error.told from error
        raise AssertionError("unreachable")

    def run(self, state: ServerState) -> ServerState:
        """Start the process and wait until it lets us in; leave no process behind if it does not."""
        password = ensure_password(state)
        write_settings(state, self.memory, self.settings)
        pid = process.launch(
            self.distribution,
            self.home,
            heap_mb=self.memory.heap_mb,
            java_options=self.java_options,
            owner_pid=self.owner_pid,
        )
        state = dataclasses.replace(state, pid=pid, started=True)
        try:
            save_state(state)
            deadline = time.monotonic() + self.timeout
            if bolt.log_in(state, password, deadline=deadline, alive=lambda: process.is_running(pid, self.home)):
                return state
            raise self._failure(state)
        except AuthError as error:
            self._clear(state)
            raise password_refused(state) from error
        except BaseException:
            self._clear(state)
            raise

    def _clear(self, state: ServerState) -> None:
        """End what was started, and remember the version that last worked, not the one that failed."""
        if state.pid is not None and process.is_running(state.pid, self.home):
            process.end(state.pid, self.home, patience=STOP_SECONDS)
        worked = self.before.version if self.before else state.version
        save_state(dataclasses.replace(state, pid=None, started=False, version=worked))

    def _failure(self, state: ServerState) -> Exception:
        words = process.last_words(self.home)
        log = self.home / process.CONSOLE_LOG
        if process.is_running(state.pid, self.home):
            return StoreError(
                _(
                    "Neo4j {version} did not answer at {uri} within {timeout} s and was stopped. The end of "
                    "its log:\n{words}",
                    version=state.version,
                    uri=state.uri,
                    timeout=format(self.timeout, "g"),
                    words=words,
                ),
                fix=_(
                    "Give it more time, or look into {log} and {debug_log}.",
                    log=log,
                    debug_log=self.home / "logs" / "debug.log",
                ),
            )
        told = StoreError(
            _(
                "Neo4j {version} ended while it was starting. The end of its log:\n{words}",
                version=state.version,
                words=words,
            ),
            fix=_("The whole of it is in {debug_log}.", debug_log=self.home / "logs" / "debug.log"),
        )
        taken = not (process.port_is_free(state.bolt_port) and process.port_is_free(state.http_port))
        return _PortTaken(told) if taken else told


class _PortTaken(Exception):
    """Somebody took the port between our look and the server's start."""

    def __init__(self, told: StoreError) -> None:
        super().__init__(told.message)
        self.told = told


def password_refused(state: ServerState) -> StoreError:
    """Return the error for a server whose password was changed behind our back."""
    return StoreError(
        _(
            "The Neo4j server in {home} refuses the password in {password_file}: it was changed elsewhere.",
            home=state.home,
            password_file=state.password_file,
        ),
        fix=_("Put the password of the user {user} into that file, readable only by you (chmod 600).", user=state.user),
    )


def choose_port(wanted: int | None, last: int | None, usual: int) -> int:
    """Choose a port: the wanted one or none; without a wish the last one, the usual one, any; for 0 the last, any."""
    if wanted:
        if process.port_is_free(wanted):
            return wanted
        raise StoreError(
            _("Port {wanted} on 127.0.0.1 is taken by another program.", wanted=str(wanted)),
            fix=_("Name another port, or 0 for any free one."),
        )
    candidates = [last] if wanted == 0 else [last, usual]
    return next((port for port in candidates if port and process.port_is_free(port)), 0) or process.free_port()
