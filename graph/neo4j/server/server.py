"""Bring a Neo4j server up in a home folder of its own, take it down, and tell how it is."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal

from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.neo4j.server import bolt, process
from graph.neo4j.server.jars import (
    DEFAULT_VERSION,
    Notify,
    find_installation,
    get_distribution,
)
from graph.neo4j.server.java import java_need
from graph.neo4j.server.layout import (
    LOCK_FILE,
    ServerState,
    load_state,
    locked,
    prepare_home,
    read_password,
    save_state,
    stopped,
)
from graph.neo4j.server.settings import Memory
from graph.neo4j.server.start import STOP_SECONDS, USUAL_BOLT_PORT, Start, password_refused
from graph.neo4j.server.swap import end_replacing
from tracing.errors import StoreError, UsageError
from tracing.text import catalogue

_, _n = catalogue("graph")

START_SECONDS = 180.0

Condition = Literal["absent", "stopped", "silent", "locked", "running"]


@dataclass(frozen=True, kw_only=True)
class ServerStatus:
    """How a server is.

    Attributes
    ----------
    condition
        ``"absent"``: no server was ever started in this home; ``"stopped"``: it has no process;
        ``"silent"``: it has one, but Bolt does not answer (it starts or ends, or is in trouble);
        ``"locked"``: it answers, but refuses the password in the password file; ``"running"``: all is well.
    state
        Address, version, process id, password file; None when absent.
    version
        The version that the running server itself says it has; None in any other condition.
    """

    condition: Condition
    state: ServerState | None
    version: str | None = None

    @property
    def running(self) -> bool:
        """True if the server answers and lets us in."""
        return self.condition == "running"


def up(
    home: str | Path,
    *,
    version: str | None = None,
    bolt_port: int | None = None,
    http_port: int | None = None,
    memory: Memory | None = None,
    settings: Mapping[str, str] | None = None,
    java_options: Sequence[str] = (),
    owner_pid: int | None = None,
    timeout: float = START_SECONDS,
    notify: Notify | None = None,
) -> ServerState:
    """Start the server of ``home`` and return once it answers; a running one is left as it is.

    The state's ``started`` says whether this call started it. One whose database stopped itself is started anew.

    Parameters
    ----------
    home
        The server's own folder, made if it is not there. Data, logs, settings and the password live in it.
    version
        Version of Neo4j, like "5.26.28". None: that of the installation in ``NEO4J_HOME``, else the one this home
        was last started with, else ``DEFAULT_VERSION``.
    bolt_port, http_port
        Ports on 127.0.0.1. None: the ports of the last time if they are free, else 7687 and 7474, else any free
        ones. 0: the ports of the last time if free, else any free ones.
    memory, settings, java_options
        Limits of heap and page cache; more lines for ``neo4j.conf``, stronger than ours; options for Java instead of
        our choice of how it tidies its memory. They hold for this start only.
    owner_pid
        The server ends when this process ends. None: it runs until it is taken down.
    timeout, notify
        Seconds to wait for the first answer; called with a sentence before anything that takes long.

    Raises
    ------
    StoreError
        Java or Maven is missing, the port is taken, the server ended or did not answer in time, it refuses our
        password, or the home was written by a newer version.
    SafetyError
        ``home`` holds other things.
    UsageError
        ``version`` is not one, is too old, or differs from that of the running server; or ``bolt_port`` does.
    """
    home = _server_home(home)
    say = notify or (lambda notice: None)
    prepare_home(home)
    with locked(home / LOCK_FILE):
        saved = load_state(home)
        if saved is not None and _is_up(saved, version, bolt_port, timeout, say):
            return saved
        end_replacing(home)
        chosen = _choose_version(saved, version)
        distribution = get_distribution(chosen, notify=notify)
        say(_("Starting Neo4j {version}.", version=chosen))
        start = Start(home, saved, distribution, memory or Memory(), settings or {}, java_options, owner_pid, timeout)
        state = start.at_free_ports(bolt_port, http_port)
        _tell_of_port(state, saved, bolt_port, say)
        return state


def down(home: str | Path, *, patience: float = STOP_SECONDS) -> bool:
    """Stop the server of ``home``; its data, password and address stay for the next start.

    The server is asked to end and has ``patience`` seconds to write everything down; then it is forced, which loses
    nothing either: it recovers at its next start. One whose database has stopped itself, most often because its disk
    is full, is forced at once: it would try for ever, or write the rest of a broken transaction to the wrong place.

    Returns
    -------
    bool
        True if a server was running; False if there was nothing to stop.
    """
    home = _server_home(home)
    if not home.is_dir() or load_state(home) is None:
        return False
    with locked(home / LOCK_FILE):
        state = load_state(home)
        if state is None:
            return False
        was_running = state.pid is not None and process.is_running(state.pid, home)
        if state.pid is not None and was_running:
            process.end(state.pid, home, patience=patience, force_at_once=_has_halted(state))
        with contextlib.suppress(StoreError):  # a full disk takes no note of it; that the process is gone will do
            save_state(stopped(state))
        return was_running


def status(home: str | Path) -> ServerStatus:
    """Tell how the server of ``home`` is; changes nothing and waits for at most a few seconds."""
    home = _server_home(home)
    state = load_state(home) if home.is_dir() else None
    if state is None:
        return ServerStatus(condition="absent", state=None)
    if not process.is_running(state.pid, home):
        return ServerStatus(condition="stopped", state=stopped(state))
    try:
        if not bolt.bolt_answers(state.bolt_port):
            return ServerStatus(condition="silent", state=state)
        said = bolt.ask_version(state, read_password(state))
    except AuthError:
        return ServerStatus(condition="locked", state=state)
    except (DriverError, Neo4jError):
        return ServerStatus(condition="silent", state=state)
    return ServerStatus(condition="running", state=state, version=said)


class ManagedServer:
    """One server with the options it is started with, for those who start and stop it more than once.

    As a context manager it is up inside the ``with`` and down after it.

    Parameters
    ----------
    home, version, bolt_port, memory, settings, java_options, owner_pid
        As in :func:`up`.
    """

    def __init__(
        self,
        home: str | Path,
        *,
        version: str | None = None,
        bolt_port: int | None = None,
        memory: Memory | None = None,
        settings: Mapping[str, str] | None = None,
        java_options: Sequence[str] = (),
        owner_pid: int | None = None,
    ) -> None:
        self.home = Path(home).expanduser().resolve()
        self.version = version
        self.bolt_port = bolt_port
        self.memory = memory
        self.settings = dict(settings or {})
        self.java_options = tuple(java_options)
        self.owner_pid = owner_pid

    def __repr__(self) -> str:
        return f"ManagedServer({str(self.home)!r}: {self.status().condition})"

    def up(self, *, timeout: float = START_SECONDS, notify: Notify | None = None) -> ServerState:
        """Start the server; see :func:`up`."""
        return up(
            self.home,
            version=self.version,
            bolt_port=self.bolt_port,
            memory=self.memory,
            settings=self.settings,
            java_options=self.java_options,
            owner_pid=self.owner_pid,
            timeout=timeout,
            notify=notify,
        )

    def down(self) -> bool:
        """Stop the server; see :func:`down`."""
        return down(self.home)

    def status(self) -> ServerStatus:
        """Tell how the server is; see :func:`status`."""
        return status(self.home)

    def kill(self) -> bool:
        """End the server as a power cut would, without a chance to write anything down. False if none was running."""
        state = load_state(self.home)
        if state is None or state.pid is None or not process.is_running(state.pid, self.home):
            return False
        process.end(state.pid, self.home, patience=0, force_at_once=True)
        return True

    def __enter__(self) -> ServerState:
        return self.up()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.down()


def _has_halted(state: ServerState) -> bool:
    """Tell whether the server answers, but its database has stopped itself and waits for a restart."""
    try:
        if bolt.bolt_answers(state.bolt_port):
            bolt.ask_version(state, read_password(state))
    except Neo4jError as error:
        return bolt.HALTED in (error.message or "")
    except (DriverError, StoreError):
        return False
    return False


def _end_if_halted(state: ServerState, say: Notify) -> bool:
    if state.pid is None or not _has_halted(state):
        return False
    say(_("The server's database had stopped itself, so the server is ended and started again."))
    process.end(state.pid, state.home, patience=0, force_at_once=True)
    return True


def _tell_of_port(state: ServerState, before: ServerState | None, wanted: int | None, say: Notify) -> None:
    """Say so where the server is not at the port that its user will expect: that may be somebody else's server."""
    expected = before.bolt_port if before else USUAL_BOLT_PORT
    if wanted is None and state.bolt_port != expected:
        say(
            _(
                "Port {expected} is taken by another program, so this server is at {port}.",
                expected=str(expected),
                port=str(state.bolt_port),
            )
        )


def _is_up(saved: ServerState, version: str | None, bolt_port: int | None, timeout: float, say: Notify) -> bool:
    """Tell whether the server runs and answers; where it does not, its process is gone afterwards."""
    if saved.pid is None:
        return False
    running = process.is_running(saved.pid, saved.home) and not _end_if_halted(saved, say)
    if running and _join(saved, version, bolt_port, timeout):
        return True
    process.wait_until_gone(saved.pid)
    return False


def _join(saved: ServerState, version: str | None, bolt_port: int | None, timeout: float) -> bool:
    """Wait for an answer of a server that runs already; False if its process ends meanwhile."""
    if version is not None and version != saved.version:
        raise UsageError(
            _(
                "Neo4j {running} is running in {home}, not {version}.",
                running=saved.version,
                home=saved.home,
                version=version,
            ),
            fix=_("Stop it first: truyvet neo4j down"),
        )
    if bolt_port and bolt_port != saved.bolt_port:
        raise UsageError(
            _(
                "The Neo4j server in {home} is running at port {running}, not {port}.",
                home=saved.home,
                running=str(saved.bolt_port),
                port=str(bolt_port),
            ),
            fix=_("Stop it first: truyvet neo4j down"),
        )

    def alive() -> bool:
        return process.is_running(saved.pid, saved.home)

    try:
        if bolt.log_in(saved, read_password(saved), deadline=time.monotonic() + timeout, alive=alive):
            return True
    except AuthError as error:
        raise password_refused(saved) from error
    if not alive():
        return False
    words = process.last_words(saved.home)
    raise StoreError(
        _(
            "A Neo4j server has the process {pid} but does not answer at {uri}. The end of its log:\n{words}",
            pid=str(saved.pid),
            uri=saved.uri,
            words=words,
        ),
        fix=_("Stop it and start it again: truyvet neo4j down, then truyvet neo4j up"),
    )


def _choose_version(saved: ServerState | None, version: str | None) -> str:
    """Choose the version to start, and refuse to open data with an older one than wrote them."""
    if version is None:
        installation = find_installation()
        version = installation.version if installation else saved.version if saved else DEFAULT_VERSION
    java_need(version)
    has_data = saved is not None and (saved.home / "data" / "databases").exists()
    if saved is not None and has_data and _line(version) < _line(saved.version):
        raise StoreError(
            _(
                "The data in {home} were written by Neo4j {writer}; {version} is older and cannot read them.",
                home=saved.home,
                writer=saved.version,
                version=version,
            ),
            fix=_("Start it with {writer} or newer, or name another home folder.", writer=saved.version),
        )
    return version


def _line(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".")[:2])


def _server_home(home: str | Path) -> Path:
    """Return the whole path of a home, where servers can be started at all."""
    if os.name != "posix":
        raise StoreError(
            _("truyvet starts a Neo4j server on Linux and macOS only."),
            fix=_(
                "On Windows use Neo4j Desktop, Docker with the shipped compose file, or WSL; then give its "
                "address to --store."
            ),
        )
    return Path(home).expanduser().resolve()
