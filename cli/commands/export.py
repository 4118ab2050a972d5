"""``truyvet export``: lists by locality to hand over, as a workbook, CSV, Parquet or GraphML; every export is noted."""

from __future__ import annotations

import getpass
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.commands.tiers import earlier_run, run_of, time_of, trace
from cli.language import say
from cli.options import Settings, case_option, make_command, option
from cli.use_cases.import_files import IMPORT_FORMAT, export_import_files
from cli.use_cases.open import check_time, choose_policy, open_existing, policy_line, time_asked
from tracing.errors import NothingFound, SafetyError, UsageError

if TYPE_CHECKING:
    from graph import Run, Store
    from tracing.lists.lists import Lists
    from tracing.tiers.tiers import Tiers

ENDINGS: Final = {"xlsx": ".xlsx", "csv": ".csv", "parquet": ".parquet", "graphml": ".graphml"}


@make_command("export")
@option("--out", type=click.Path(path_type=Path), metavar="PLACE")
@option("--format", "file_format", type=click.Choice((*ENDINGS, IMPORT_FORMAT)))
@option("--lists", "only", type=click.Choice(("all", "new")), default="all", show_default=True)
@option("--since", metavar="RUN")
@case_option
@option("--area", "areas", multiple=True, metavar="CODE")
@option("--overwrite", is_flag=True)
@click.pass_obj
def command(
    settings: Settings,
    *,
    out: Path | None,
    file_format: str | None,
    only: str,
    since: str | None,
    cases: tuple[str, ...],
    areas: tuple[str, ...],
    overwrite: bool,
) -> int:
    """Write the lists; 3 where there is nobody to list."""
    from cli.commands.runs import find_run

    check_time(settings.as_of)
    if file_format == IMPORT_FORMAT:
        narrowed = bool(cases or areas or since) or only != "all"
        folder = out or Path(f"truyvet-{IMPORT_FORMAT}")
        return export_import_files(settings, folder, overwrite=overwrite, user=user_name(), narrowed=narrowed)
    path, file_format = choose_file(out, file_format, only)
    if path.exists() and not overwrite:
        raise SafetyError(say("export.exists", name=path), fix=say("export.exists.fix"))
    with open_existing(settings) as store:
        policy = choose_policy(settings, store, cases)
        before = None if since is None else store.load_run(find_run(store, since))
        tiers = trace(store, policy=policy, as_of=time_asked(settings, store), cases=cases, quiet=settings.quiet)
        run = run_of(tiers, cases)
        before = before or earlier_run(store, run)
        lists = lists_of(tiers, only, before, areas=areas, show_names=settings.show_names)
        store.save_run(run)
        title = policy_line(policy, as_of=time_of(tiers))
        if before is not None and only == "new":
            title += " · " + say("export.compared", id=before.id)
        rows = write_lists(lists, tiers, path, file_format, store=store, title=title)
    if not rows:
        click.echo(say("export.nobody"))
    click.echo(say("export.done", name=path, rows=rows, places=len(lists.localities())))
    if not settings.quiet:
        click.echo(say("export.unmasked" if settings.show_names else "export.masked"))
    return 0 if rows else NothingFound.exit_code


def choose_file(out: Path | None, file_format: str | None, only: str) -> tuple[Path, str]:
    """Return the file to write and its format: by ``--format``, else by the file's ending, else a workbook.

    Raises
    ------
    UsageError
        If the ending is that of another format, or of none.
    """
    by_ending = {ending: name for name, ending in ENDINGS.items()}
    given = "" if out is None or out.is_dir() else out.suffix.lower()
    if given and given not in by_ending:
        raise UsageError(say("export.ending", ending=given, endings=" ".join(by_ending)))
    if given and file_format is not None and by_ending[given] != file_format:
        raise UsageError(say("export.two_formats", ending=given, format=file_format))
    chosen = file_format or by_ending.get(given, "xlsx")
    if given and out is not None:
        return out, chosen
    name = f"truyvet-lists{'-new' if only == 'new' else ''}{ENDINGS[chosen]}"
    return (out or Path()) / name, chosen


def lists_of(
    tiers: Tiers, only: str, before: Run | None, *, areas: tuple[str, ...] = (), show_names: bool = False
) -> Lists:
    """Return the lists; with an earlier run, what changed since.

    Raises
    ------
    NothingFound
        If only the new ones are asked for and there is no earlier run.
    """
    from tracing.lists.changes import TracedRun, compare_runs
    from tracing.lists.lists import make_lists

    if only == "new" and before is None:
        raise NothingFound(say("export.no_run"), fix=say("export.no_run.fix"))
    changes = None
    if before is not None:
        changes = compare_runs(before, TracedRun.of(tiers), zone=tiers.graph.records.zone)
    return make_lists(
        tiers, only="new" if only == "new" else "all", changes=changes, areas=areas, show_names=show_names
    )


def write_lists(lists: Lists, tiers: Tiers, path: Path, file_format: str, *, store: Store, title: str) -> int:
    """Write the file, note the export in the store, then put the file in its place; return the people in it."""
    from cli.writers import tables as writers
    from cli.writers.workbook import write_workbook
    from graph import ExportEntry

    zone, masked = tiers.graph.records.zone, "name" not in lists.table.columns
    rows = len(lists.table)

    def write(draft: Path) -> None:
        if file_format == "xlsx":
            write_workbook(lists, draft, zone=zone, title=title)
        elif file_format == "csv":
            writers.write_csv(lists, draft, zone=zone)
        elif file_format == "parquet":
            writers.write_parquet(lists, draft, zone=zone)
        else:
            writers.write_graphml(lists, tiers, draft)

    what = f"lists {lists.only}, {lists.policy_id}, {file_format}: {path.name}"
    entry = ExportEntry(user_name(), int(time.time()), what, masked, rows)
    writers.put_in_place(path, write, before=lambda: store.log_export(entry))
    return rows


def user_name() -> str:
    """Return the name of the user of this computer, their number where it has no name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else "?"
