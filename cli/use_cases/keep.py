"""Backups of what a Neo4j server holds, and back again: a dump of a server of one's own, or the records of any."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.options import Settings
from cli.screen import Progress, ask_yes, show_error
from cli.use_cases.open import open_existing
from cli.use_cases.server import open_neo4j
from cli.use_cases.tiers import tell_odd
from cli.use_cases.user import user_name
from tracing.errors import NothingFound, SafetyError, StoreError, UsageError
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from graph.neo4j.store import Neo4jStore

_, _n = catalogue("cli")

DUMP: Final = ".dump"
RECORDS: Final = ".duckdb"


def own_home(settings: Settings, home: Path | None) -> Path | None:
    """Return the home of the server meant if it is one that was started here, else None."""
    from graph.address import is_server
    from graph.neo4j.login import parse_address
    from graph.neo4j.server import default_home
    from graph.neo4j.server.layout import load_state

    found = (home or default_home()).expanduser().resolve()
    if home is not None or not is_server(settings.address):
        return found
    address, state = parse_address(settings.address), load_state(found) if found.is_dir() else None
    here = address.host in ("127.0.0.1", "localhost", "::1") and state is not None
    return found if here and state is not None and state.bolt_port == address.port else None


def backup_file(file: Path | None, *, own: bool) -> Path:
    """Return the file to write, which is not there yet: named by day where it was not given.

    Raises
    ------
    SafetyError
        If it is there.
    UsageError
        If its ending tells no kind of backup, or one that this server cannot give.
    """
    if file is None:
        file = Path(f"truyvet-neo4j-{time.strftime('%Y-%m-%d')}{DUMP if own else RECORDS}")
    check_kind(file, own=own)
    if file.exists():
        raise SafetyError(_("{name} is there already.", name=file), fix=_("Give another name."))
    return file


def check_kind(file: Path, *, own: bool) -> None:
    """Check the ending of a backup, and that the server can have such a one."""
    if file.suffix not in (DUMP, RECORDS):
        raise UsageError(
            _("The ending of the file tells what it is: .dump or .duckdb."),
            fix=_("For instance: truyvet neo4j backup saturday.duckdb"),
        )
    if file.suffix == DUMP and not own:
        raise UsageError(
            _("A dump is made and read where the server's own files are, and this server was not started here."),
            fix=_(
                "Take the records: a file that ends in .duckdb; or ask who runs the server for neo4j-admin database"
                " dump."
            ),
        )


def notices(settings: Settings) -> Callable[[Text], None]:
    """Return what takes notices of work on a server."""

    def tell(notice: Text) -> None:
        if not settings.quiet:
            show_error(notice)

    return tell


def check_quiet(home: Path) -> None:
    """Refuse to stop a server into which somebody loads at this moment; one that is down is at rest.

    Raises
    ------
    StoreError
        If somebody does.
    """
    from graph.neo4j.server import status
    from tracing.errors import StoreAbsent

    if not status(home).running:
        return
    try:
        with open_own(home) as store:
            state = store.state()
    except StoreAbsent:
        return
    if state.live:
        raise state.refusal()


def open_own(home: Path, *, create: bool = False) -> Neo4jStore:
    """Open the store of one's own server, which is up."""
    from graph.neo4j.login import Login
    from graph.neo4j.server import read_password
    from graph.neo4j.server.layout import load_state
    from graph.neo4j.store import Neo4jStore

    state = load_state(home)
    if state is None:
        raise StoreError(_("No Neo4j server of yours was ever started here."), fix=_("truyvet neo4j up starts one"))
    return Neo4jStore(state.uri, create=create, login=Login(state.user, read_password(state)))


def holds_anything(home: Path) -> bool:
    """Tell whether the database of one's own server, which is up, holds anything."""
    from tracing.errors import StoreAbsent

    try:
        with open_own(home, create=False) as store, store.session(access="READ") as session:
            return session.run("MATCH (n) WHERE NOT n:TruyVetStore RETURN 1 LIMIT 1").single() is not None
    except StoreAbsent:
        return False


def agreed(question: Text, *, sure: bool) -> bool:
    """Tell whether something that destroys is to be done.

    Raises
    ------
    SafetyError
        If nobody is there to be asked.
    """
    answer = True if sure else ask_yes(question)
    if answer is None:
        raise SafetyError(
            _("Nobody is there to be asked, so nothing was changed."), fix=_("Add --yes if that is meant.")
        )
    return answer


def copy_records(settings: Settings, file: Path) -> int:
    """Write what a server holds into a new store that is a file; return the rows."""
    from graph import open_store
    from graph.copying import copy_store

    draft = file.with_name(f".{file.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with open_neo4j(settings) as source, open_store(draft) as target, Progress(quiet=settings.quiet) as progress:
            progress.step(_("reading records"), 0, 0)
            rows = copy_store(source, target, place=settings.address)
            tell_odd(source)
        draft.chmod(0o600)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    return rows


def restore_records(settings: Settings, file: Path) -> int:
    """Put the records of a store that is a file in the place of what a server holds; return the rows."""
    from graph.copying import copy_store

    with (
        open_existing(replace(settings, store=str(file)), read_only=True) as source,
        open_neo4j(settings, create=True) as target,
        Progress(quiet=settings.quiet) as progress,
    ):
        progress.step(_("removing what is there"), 0, 0)
        target.empty(user_name())
        rows = copy_store(
            source,
            target,
            place=file,
            progress=lambda table, done, total: progress.step(_("writing records"), done, total),
        )
        target.filled()
    return rows


def import_records(settings: Settings, home: Path, file: Path) -> int:
    """Let the importer of one's own server make a database of the records of a file; return the rows."""
    from graph.copying import copy_store
    from graph.neo4j.import_files import write_import_files
    from graph.neo4j.server import keeping

    with open_existing(replace(settings, store=str(file)), read_only=True) as source:
        records = source.read()
        if not len(records):
            raise NothingFound(_("There are no records in the store."))
        notify = notices(settings)
        keeping.import_files(home, lambda folder: write_import_files(records, folder).arguments, notify=notify)
        with open_own(home, create=True) as target:
            return copy_store(source, target, place=file, records=False)
