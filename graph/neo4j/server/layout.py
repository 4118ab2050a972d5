"""Where a server's things lie: its home folder, the cache of jars, and what is remembered between calls."""

from __future__ import annotations

import dataclasses
import json
import os
import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from graph.neo4j import folders
from tracing.errors import SafetyError, StoreError
from tracing.text import catalogue

_, _n = catalogue("graph")

HERE = Path(__file__).resolve().parent
STATE_FILE = "truyvet-server.json"
PASSWORD_FILE = "password"
LOCK_FILE = "truyvet-server.lock"
USER = "neo4j"
HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class ServerState:
    """A server as its home folder remembers it.

    Attributes
    ----------
    uri
        Bolt address for the driver, ``neo4j://127.0.0.1:PORT``; ``bolt://`` works too.
    http_uri
        Address of the HTTP Query API (and of the Browser, if the server came from an existing installation).
    user, password_file
        Whom to log in as, and the file (mode 0600) that holds the password. See :func:`read_password`.
    version
        Version of Neo4j that the home was last started with.
    pid
        Process id, or None when the server was stopped.
    home
        The server's own folder: data, logs, settings.
    started
        True if the call that returned this state started the server, False if it was running already.
    """

    uri: str
    http_uri: str
    user: str
    password_file: Path
    version: str
    pid: int | None
    home: Path
    started: bool = False

    @property
    def bolt_port(self) -> int:
        """Port of the Bolt address."""
        return int(self.uri.rpartition(":")[2])

    @property
    def http_port(self) -> int:
        """Port of the HTTP address."""
        return int(self.http_uri.rpartition(":")[2])


def make_state(home: Path, *, version: str, bolt_port: int, http_port: int, pid: int | None) -> ServerState:
    """Build the state of the server in ``home`` from what is not fixed by the layout."""
    return ServerState(
        uri=f"neo4j://{HOST}:{bolt_port}",
        http_uri=f"http://{HOST}:{http_port}",
        user=USER,
        password_file=home / PASSWORD_FILE,
        version=version,
        pid=pid,
        home=home,
    )


def default_home() -> Path:
    """Return the home of the server that ``truyvet neo4j up`` starts unless told otherwise.

    ``TRUYVET_NEO4J_HOME`` if set, else ``truyvet/neo4j`` in the platform's folder for a user's data.
    """
    if chosen := os.environ.get("TRUYVET_NEO4J_HOME"):
        return Path(chosen).expanduser()
    return folders.server_home()


def cache_dir() -> Path:
    """Return the folder for what can be fetched again: ``TRUYVET_CACHE``, else the platform's cache folder."""
    if chosen := os.environ.get("TRUYVET_CACHE"):
        return Path(chosen).expanduser().resolve()
    return folders.cache().resolve()


def compose_file() -> Path:
    """Return the shipped Docker Compose file, which runs the official image on loopback."""
    return HERE / "compose.yml"


def prepare_home(home: Path) -> None:
    """Make the home folder, for its owner's eyes only; refuse one that holds other things."""
    if home.exists() and not home.is_dir():
        raise SafetyError(
            _("{home} is a file, so it cannot be the home folder of a Neo4j server.", home=home),
            fix=_("Name a new or empty folder."),
        )
    there = set(os.listdir(home)) if home.exists() else set()
    if there and not there & {LOCK_FILE, STATE_FILE}:
        raise SafetyError(
            _("{home} holds other things and was not made by truyvet, so no Neo4j server is started in it.", home=home),
            fix=_("Name a new or empty folder."),
        )
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.chmod(0o700)
        if (home / PASSWORD_FILE).exists():
            (home / PASSWORD_FILE).chmod(0o600)  # whoever put a password there by hand may have left it open
        (home / LOCK_FILE).touch(mode=0o600)  # first of all, so that another start at this moment knows the home
        (home / "conf").mkdir(mode=0o700, exist_ok=True)
        (home / "logs").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise _not_writable(home, error) from error


def load_state(home: Path) -> ServerState | None:
    """Read what the home remembers; None if no server was ever started in it."""
    try:
        kept = json.loads((home / STATE_FILE).read_text(encoding="utf-8"))
        return make_state(
            home,
            version=str(kept["version"]),
            bolt_port=int(kept["bolt_port"]),
            http_port=int(kept["http_port"]),
            pid=None if kept["pid"] is None else int(kept["pid"]),
        )
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            _("{file} cannot be read: it is not what truyvet wrote.", file=home / STATE_FILE),
            fix=_(
                "Stop the server in this home if one runs, delete that one file, and run `truyvet neo4j "
                "up` again; the data stay."
            ),
        ) from error
    except OSError as error:
        raise _not_writable(home, error) from error


def save_state(state: ServerState) -> None:
    """Write the state, whole or not at all."""
    kept = {
        "version": state.version,
        "bolt_port": state.bolt_port,
        "http_port": state.http_port,
        "pid": state.pid,
        "uri": state.uri,
        "http_uri": state.http_uri,
    }
    write_private(state.home / STATE_FILE, json.dumps(kept, indent=1) + "\n")


def stopped(state: ServerState) -> ServerState:
    """Return the same state without a process."""
    return dataclasses.replace(state, pid=None, started=False)


def read_password(state: ServerState) -> str:
    """Return the server's password from its file.

    Raises
    ------
    StoreError
        The file is missing or unreadable.
    """
    try:
        return state.password_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise StoreError(
            _(
                "The password of the Neo4j server cannot be read from {password_file} ({reason}).",
                password_file=state.password_file,
                reason=error.strerror,
            ),
            fix=_("Put the password of the user neo4j into that file, readable only by you (chmod 600)."),
        ) from error


def ensure_password(state: ServerState) -> str:
    """Return the password; make one up and keep it if the home has none yet."""
    if not state.password_file.exists():
        write_private(state.password_file, secrets.token_urlsafe(24) + "\n")
    return read_password(state)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _not_writable(path.parent, error) from error


def locked(path: Path) -> AbstractContextManager[object]:
    """Hold a lock file; wait while another process holds it. The lock ends with the process, however it ends."""
    try:
        # Never by a mark in the folder instead: that would outlive a process that was killed.
        return FileLock(path, mode=0o600, fallback_to_soft=False).acquire()
    except OSError as error:
        raise _not_writable(path.parent, error) from error


def _not_writable(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        _("{folder} cannot be used: {reason}.", folder=folder, reason=error.strerror),
        fix=_("Make room there or name a folder that you may write to."),
    )
