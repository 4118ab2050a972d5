"""Where a Neo4j server is, and whom to log in as. A password comes from anywhere but the command line."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from graph.address import is_server
from tracing.errors import SafetyError, StoreError, UsageError
from tracing.text import catalogue

_, _n = catalogue("graph")

USUAL_PORT: Final = 7687
USER: Final = "neo4j"
_HERE: Final = ("127.0.0.1", "localhost", "::1")
"""Hosts that are this machine."""

Prompt = Callable[[str, str], str]
"""Asks a person for the password: ``prompt(address, user)``."""


@dataclass(frozen=True)
class ServerAddress:
    """A server and a database of it. ``database`` None: the user's own. ``uri`` is what the driver takes."""

    scheme: str
    host: str
    port: int
    database: str | None

    @property
    def uri(self) -> str:
        """Return the address without the database."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    def __str__(self) -> str:
        return self.uri + (f"/{self.database}" if self.database else "")


@dataclass(frozen=True)
class Login:
    """Whom to log in as."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Login({self.user!r}, …)"


def parse_address(text: str) -> ServerAddress:
    """Read ``neo4j://host:port/database``; port and database may be absent.

    Raises
    ------
    SafetyError
        If it holds a password.
    UsageError
        If it is no such address.
    """
    scheme, _mark, rest = text.partition("://")
    if "@" in rest.partition("/")[0]:
        raise SafetyError(
            _("the address holds a user or password; others on this machine can see it"),
            fix=_("leave it out and set TRUYVET_NEO4J_USER and TRUYVET_NEO4J_PASSWORD; change that password"),
        )
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port or USUAL_PORT
    except ValueError:
        host, port = None, 0
    database = unquote(rest.partition("/")[2])
    if not is_server(text) or not host or "/" in database or any(sign in rest for sign in "?#"):
        raise UsageError(
            _("{scheme}://… is not written as an address of Neo4j", scheme=scheme),
            fix=_("write it as neo4j://host:7687/database; port and database may be left out"),
        )
    if database.lower() == "system":
        raise UsageError(
            _("the database called system holds the server's own accounts, not records"),
            fix=_("name another one after the last slash, or none"),
        )
    return ServerAddress(scheme, host, port, database or None)


def options_file() -> Path:
    """Return the options file: ``TRUYVET_NEO4J_OPTIONS``, else ``truyvet/neo4j.toml`` among the user's settings."""
    if chosen := os.environ.get("TRUYVET_NEO4J_OPTIONS"):
        return Path(chosen).expanduser()
    from graph.neo4j import folders

    return folders.options()


def find_login(address: ServerAddress, *, prompt: Prompt | None = None) -> Login:
    """Find user and password for a server.

    First ``TRUYVET_NEO4J_USER`` and ``TRUYVET_NEO4J_PASSWORD``; then the options file, whose table of that address, or
    else whose top, holds ``user`` and ``password``; then the server that ``truyvet neo4j up`` started, if it is at this
    address; then ``prompt``. The user is ``neo4j`` where nothing else is said.

    Raises
    ------
    SafetyError
        If others can read the options file.
    StoreError
        If there is no password anywhere, or the options file cannot be read.
    """
    options = _read_options(options_file(), address)
    user = os.environ.get("TRUYVET_NEO4J_USER") or options.get("user")
    password = os.environ.get("TRUYVET_NEO4J_PASSWORD") or options.get("password")
    if password is None and user in (None, USER):
        password = _managed_password(address)
    user = user or USER
    if password is None and prompt is not None:
        password = prompt(str(address), user) or None  # a new line typed alone is no password
    if password is None:
        raise _no_password(address)
    return Login(user, password)


def _no_password(address: ServerAddress) -> StoreError:
    """Return the error of who is not known to a server; one on this machine may be of a folder that was not named."""
    said = _("no password is known for {server}", server=address)
    if address.host not in _HERE:
        return StoreError(
            said,
            fix=_(
                "set TRUYVET_NEO4J_USER and TRUYVET_NEO4J_PASSWORD, or put user and password into {path}",
                path=options_file(),
            ),
        )
    return StoreError(
        said,
        fix=_(
            "if truyvet neo4j up --home FOLDER started that server, set TRUYVET_NEO4J_HOME to the folder; else set "
            "TRUYVET_NEO4J_USER and TRUYVET_NEO4J_PASSWORD, or put user and password into {path}",
            path=options_file(),
        ),
    )


def _read_options(path: Path, address: ServerAddress) -> dict[str, str]:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise SafetyError(
                    _("others can read {path}, which holds a password", path=path),
                    fix=_("chmod 600 {path}", path=path),
                )
            told: dict[str, Any] = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise StoreError(
            _("{path} cannot be read as an options file", path=path),
            fix=_(
                'it is TOML with the lines user = "neo4j" and password = "…", also in a table per ["neo4j://host:7687"]'
            ),
        ) from error
    for name in (str(address), address.uri, f"{address.host}:{address.port}"):
        own = told.get(name)
        if isinstance(own, dict):
            told = own
            break
    return {key: value for key, value in told.items() if key in ("user", "password") and isinstance(value, str)}


def _managed_password(address: ServerAddress) -> str | None:
    from graph.neo4j.server.layout import default_home, load_state, read_password

    if address.host not in _HERE:
        return None
    state = load_state(default_home())
    if state is None or state.bolt_port != address.port:
        return None
    return read_password(state)
