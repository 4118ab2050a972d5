"""``truyvet export --format neo4j-import``: all records as files for the offline importer of a Neo4j server."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from cli.options import Settings
from cli.screen import Progress, show, show_call
from cli.use_cases.open import open_existing
from tracing.errors import NothingFound, SafetyError, UsageError
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph.neo4j.import_files import ImportFiles

_, _n = catalogue("cli")

IMPORT_FORMAT = "neo4j-import"


def export_import_files(settings: Settings, folder: Path, *, overwrite: bool, user: str, narrowed: bool) -> int:
    """Write the files, note the export in the store, and print the importer's command line.

    Raises
    ------
    SafetyError
        Without ``--show-names``, since the files hold everything on record; or if the folder holds other things.
    UsageError
        If only a part was asked for.
    """
    from graph import ExportEntry
    from graph.neo4j.import_files import write_import_files

    if narrowed:
        raise UsageError(_("neo4j-import is all records: not with --case, --area, --lists new or --since."))
    if not settings.show_names:
        raise SafetyError(
            _("These files hold everything on record, names, telephones and addresses too."),
            fix=_("If that is meant, add --show-names."),
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not overwrite:
        raise SafetyError(_("{name} is there already.", name=folder), fix=_("Give another name, or add --overwrite."))
    with open_existing(settings) as store:
        with Progress(quiet=settings.quiet) as progress:
            progress.step(_("reading the records"), 0, 0)
            records = store.read()
            if not len(records):
                raise NothingFound(_("There are no records in the store."))
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            written = write_import_files(records, folder)
        people = len(records.persons)
        store.log_export(
            ExportEntry(user, int(time.time()), f"all records, {IMPORT_FORMAT}: {folder.name}", False, people)
        )
    _tell(settings, folder, written)
    return 0


def _tell(settings: Settings, folder: Path, written: ImportFiles) -> None:
    """Say what was written, what to run with it, and what to take care of."""
    nodes, relationships = (sum(n for _, n in files.values()) for files in (written.nodes, written.relationships))
    show(
        _(
            "{name}: {nodes} and {relationships}. Where the server is, while it is down, run:",
            name=folder,
            nodes=_n("{n} node", "{n} nodes", nodes, n=nodes),
            relationships=_n("{n} relationship", "{n} relationships", relationships, n=relationships),
        )
    )
    show()
    show_call("", written.command())
    show()
    if not settings.quiet:
        show(
            _(
                "A database that is there already needs --overwrite-destination: everything in it is lost."
                " Then start the server and use --store neo4j://… as ever; indexes are made when truyvet"
                " load first opens it."
            )
        )
        show(
            _(
                "The file has names and addresses: give it only to those who need it. This export was noted"
                " in the store."
            )
        )
