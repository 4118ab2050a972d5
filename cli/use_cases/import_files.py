"""``truyvet export --format neo4j-import``: all records as files for the offline importer of a Neo4j server."""

from __future__ import annotations

import time
from pathlib import Path

import click

from cli.language import say
from cli.options import Settings
from cli.screen import Progress
from cli.use_cases.open import open_existing
from tracing.errors import NothingFound, SafetyError, UsageError

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
        raise UsageError(say("export.import.whole"))
    if not settings.show_names:
        raise SafetyError(say("export.import.names"), fix=say("export.import.names.fix"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not overwrite:
        raise SafetyError(say("export.exists", name=folder), fix=say("export.exists.fix"))
    with open_existing(settings) as store:
        with Progress(quiet=settings.quiet) as progress:
            progress.step(say("export.import.progress"), 0, 0)
            records = store.read()
            if not len(records):
                raise NothingFound(say("export.import.nothing"))
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            written = write_import_files(records, folder)
        people = len(records.persons)
        store.log_export(
            ExportEntry(user, int(time.time()), f"all records, {IMPORT_FORMAT}: {folder.name}", False, people)
        )
    nodes, relationships = (sum(n for _, n in files.values()) for files in (written.nodes, written.relationships))
    click.echo(say("export.import.done", name=folder, nodes=nodes, relationships=relationships))
    click.echo(f"\n{written.command()}\n")
    if not settings.quiet:
        click.echo(say("export.import.next"))
        click.echo(say("export.unmasked"))
    return 0
