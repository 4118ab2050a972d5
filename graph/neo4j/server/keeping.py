"""The whole database of a server of one's own, while it is down: a dump, out of one, from its importer's files, empty.

What comes in is made in a folder beside the database and put in its place only when it is whole. Until the server has
answered with it, what was there before is kept, and comes back where it does not. A call that was killed is ended by
the next start: nothing is changed, or all of it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from graph.neo4j.server import process
from graph.neo4j.server.jars import Distribution, Notify, get_distribution
from graph.neo4j.server.layout import LOCK_FILE, load_state, locked
from graph.neo4j.server.process import OPENED
from graph.neo4j.server.server import down, up
from graph.neo4j.server.swap import begin_new, forget_old, put_back, put_in_place
from tracing.errors import InputError, StoreError
from tracing.text import Text, catalogue

_, _n = catalogue("graph")

DATABASE: Final = "neo4j"
_HEAP: Final = "-Xmx1024m"
_REPORT: Final = Path("logs") / "import.report"


def dump(home: Path, file: Path, *, notify: Notify) -> None:
    """Write the whole database of the server of ``home`` into ``file``, a dump of ``neo4j-admin``, mode 0600.

    The server is stopped for it, and started again if it ran.

    Raises
    ------
    StoreError
        If there is no server, the dump cannot be written, or the server's program does not make one.
    """
    home = home.expanduser().resolve()
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    program, ran = _stop(home, notify)
    try:
        with _held(home), _opened(draft, "xb") as out:
            notify(_("Writing the dump."))
            _administer(program, home, ["dump", DATABASE, "--to-stdout"], out=out, failed=_not_dumped)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
        if ran:
            up(home, notify=notify)


def restore(home: Path, file: Path, *, notify: Notify) -> None:
    """Put the database that ``file`` holds in the place of what the server of ``home`` has; password and address stay.

    Raises
    ------
    InputError
        If the file is no dump, or one that this version of Neo4j cannot read; nothing was changed.
    StoreError
        If there is no server, or it does not start with it; then what was there before is back.
    """

    def make(program: Distribution, new: Path) -> None:
        with _opened(file, "rb") as dumped:
            words = ["load", DATABASE, "--from-stdin", "--overwrite-destination=true"]
            _administer(program, new, words, given=dumped, failed=_no_dump)

    _replace(home.expanduser().resolve(), make, notify)


def import_files(home: Path, write: Callable[[Path], Sequence[str]], *, notify: Notify) -> None:
    """Let the server's own importer make the database, in the place of what is there.

    ``write`` writes its files into a folder and returns the importer's arguments.
    """
    home = home.expanduser().resolve()

    def make(program: Distribution, new: Path) -> None:
        arguments = write(new / "files")
        report = home / _REPORT
        report.unlink(missing_ok=True)
        words = ["import", "full", DATABASE, *arguments, f"--report-file={report}"]
        notify(_("Importing."))
        _administer(program, new, words, failed=lambda said: _not_imported(said, report))
        shutil.rmtree(new / "files")
        report.unlink(missing_ok=True)

    _replace(home, make, notify)


def empty(home: Path, *, notify: Notify) -> None:
    """Put an empty database in the place of what the server of ``home`` has; password and address stay.

    Raises
    ------
    StoreError
        If there is no server, or it does not start with it; then what was there before is back.
    """
    _replace(home.expanduser().resolve(), lambda _program, _new: None, notify)


def _replace(home: Path, make: Callable[[Distribution, Path], None], notify: Notify) -> None:
    program, ran = _stop(home, notify)
    try:
        with _held(home):
            new = begin_new(home)
            try:
                make(program, new)
                put_in_place(home)
            finally:
                shutil.rmtree(new, ignore_errors=True)
    except BaseException:
        if ran:
            up(home, notify=notify)
        raise
    try:
        up(home, notify=notify)
    except StoreError:
        with _held(home):
            put_back(home)
        if ran:
            up(home, notify=notify)
        raise
    forget_old(home)
    if not ran:
        down(home)


def _stop(home: Path, notify: Notify) -> tuple[Distribution, bool]:
    """Stop the server; return its programs, and whether it ran."""
    state = load_state(home) if home.is_dir() else None
    if state is None:
        raise StoreError(
            _("There is no Neo4j server of truyvet in {home}.", home=home), fix=_("Start one: truyvet neo4j up")
        )
    program = get_distribution(state.version, notify=notify)
    ran = process.is_running(state.pid, home)
    if ran:
        notify(_("Stopping the server for it."))
        down(home)
    return program, ran


@contextmanager
def _held(home: Path) -> Iterator[None]:
    """Keep others from starting the server."""
    with locked(home / LOCK_FILE):
        state = load_state(home)
        if state is not None and process.is_running(state.pid, home):
            raise StoreError(_("Somebody started the server in {home} meanwhile.", home=home), fix=_("Try again."))
        yield


def _administer(
    program: Distribution,
    home: Path,
    words: Sequence[str],
    *,
    failed: Callable[[str], Exception],
    given: IO[bytes] | None = None,
    out: IO[bytes] | None = None,
) -> None:
    """Run the server's own administration program on the database in ``home``."""
    command = [
        *(str(program.java.program), _HEAP, "-XX:-CreateCoredumpOnCrash", "-Dfile.encoding=UTF-8"),
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
        *("-classpath", str(program.lib / "*"), "org.neo4j.cli.AdminTool", "database", *words),
    ]
    done = subprocess.run(
        command,
        cwd=home,
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf"), "LC_ALL": process.utf8_locale()},
        stdin=given or subprocess.DEVNULL,
        stdout=out or subprocess.PIPE,
        stderr=subprocess.PIPE,
        umask=0o077,
        check=False,
    )
    if done.returncode != 0:
        raise failed(_first_reason(done.stderr.decode(errors="replace")))


def _first_reason(said: str) -> str:
    """Return the first line that names a fault, without what a line of data could be quoted in."""
    lines = [line.strip() for line in said.splitlines() if re.match(r"(\w+\.)*\w*(Exception|Error|Failed)\b", line)]
    return next(iter(lines), "?")[:200]


def _opened(path: Path, mode: str) -> IO[bytes]:
    try:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL if mode == "xb" else os.O_RDONLY
        return os.fdopen(os.open(path, flags, 0o600), "wb" if mode == "xb" else "rb")
    except OSError as error:
        raise StoreError(
            _("{path} cannot be opened: {reason}.", path=path, reason=error.strerror), fix=_("Give another file.")
        ) from error


def _not_dumped(said: str) -> StoreError:
    return StoreError(
        _("Neo4j's own program made no dump of the database: {said}", said=said),
        fix=_("Look for room on the disk and try again; the database is as it was."),
    )


def _no_dump(said: str) -> InputError:
    return InputError(
        _("Neo4j's own program could not read the file as a dump: {said}", said=said),
        fix=_("Give a file that truyvet neo4j backup wrote, whole; the database is as it was."),
    )


def _not_imported(said: str, report: Path) -> StoreError:
    told: Text | str = said
    if report.exists():
        report.chmod(0o600)
        told = _("{said}; what it complains of, with rows of the records, is in {report}", said=said, report=report)
    return StoreError(
        _("Neo4j's importer did not take the records: {told}", told=told), fix=_("The database is as it was.")
    )
