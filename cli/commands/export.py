"""``truyvet export``: lists by locality to hand over, as a workbook, CSV, Parquet or GraphML; every export is noted."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.language import say
from cli.options import Settings, case_option, make_command, option
from cli.screen import show
from cli.use_cases.find_person import cases_asked
from cli.use_cases.import_files import IMPORT_FORMAT, export_import_files
from cli.use_cases.open import check_time, open_existing, time_asked
from cli.use_cases.rule import choose_policy
from cli.use_cases.runs import find_run
from cli.use_cases.tiers import earlier_run, rule_line, run_of, trace
from cli.use_cases.user import user_name
from tracing.errors import NothingFound, SafetyError, UsageError
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from graph import Run, Store
    from tracing.lists.lists import Lists
    from tracing.tiers.tiers import Tiers

_, _n = catalogue("cli")

ENDINGS: Final = {"xlsx": ".xlsx", "csv": ".csv", "parquet": ".parquet", "graphml": ".graphml"}


@make_command(
    "export",
    help=_(
        "Write the lists by commune: who, tier, certain or possible, last exposure, contact of whom,"
        " days of quarantine and tests by the rule's schedule. With --lists new only what changed"
        " since the last run: new, risen, fallen, gone, with the reason. Whom to act on comes first: F1"
        " without an isolation on record, then by last exposure. No name, telephone or address"
        " without --show-names; with it a list to work from on paper. Every export is noted in the store"
        " (truyvet runs).\n"
        "--format neo4j-import writes all records as files for the offline importer of a Neo4j"
        " server."
    ),
    examples=_(
        "truyvet export\n"
        "truyvet export --lists new --out /media/usb\n"
        "truyvet export --area 32041 --show-names --out tan-loc.xlsx\n"
        "truyvet export --per-commune --show-names --out for-the-communes\n"
        "truyvet export --format csv --out lists.csv\n"
        "truyvet export --format neo4j-import --show-names --out for-neo4j"
    ),
)
@option(
    "--out",
    type=click.Path(path_type=Path),
    metavar=_("PLACE"),
    help=_("A file or a folder [default: truyvet-lists.xlsx here]."),
)
@option(
    "--format",
    "file_format",
    type=click.Choice((*ENDINGS, IMPORT_FORMAT)),
    help=_("Format [default: by the file's ending, else xlsx]."),
)
@option(
    "--lists",
    "only",
    type=click.Choice(("all", "new")),
    default="all",
    show_default=True,
    help=_("all: the whole lists; new: only what changed."),
)
@option("--since", metavar=_("RUN"), help=_("Compare with this run (its id) instead of the last one."))
@case_option
@option(
    "--area",
    "areas",
    multiple=True,
    metavar=_("CODE"),
    help=_("Only people who live in this area (its code) or in one inside it; can be repeated."),
)
@option("--per-commune", is_flag=True, help=_("One file per commune, in the folder --out."))
@option("--overwrite", is_flag=True, help=_("Write over a file that is there."))
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
    per_commune: bool,
    overwrite: bool,
) -> int:
    """Write the lists; 3 where there is nobody to list."""
    check_time(settings.as_of)
    if file_format == IMPORT_FORMAT:
        narrowed = bool(cases or areas or since or per_commune) or only != "all"
        folder = out or Path(f"truyvet-{IMPORT_FORMAT}")
        return export_import_files(settings, folder, overwrite=overwrite, user=user_name(), narrowed=narrowed)
    if per_commune and out is not None and out.suffix.lower() in ENDINGS.values():
        raise UsageError(_("With --per-commune, --out is a folder."))
    path, file_format = choose_file(out, file_format, only)
    refuse_existing(() if per_commune else (path,), overwrite)
    from cli.writers.tables import tables_beside

    with open_existing(settings) as store:
        cases = cases_asked(store, cases)
        as_of = time_asked(settings, store)
        policy = choose_policy(settings, store, as_of)
        before = None if since is None else store.load_run(find_run(store, since))
        tiers = trace(store, policy=policy, as_of=as_of, cases=cases, settings=settings, or_arrivals=True)
        run = run_of(tiers, cases)
        before = before or earlier_run(store, run)
        lists = lists_of(tiers, only, before, areas=areas, show_names=settings.show_names)
        store.save_run(run)
        title = rule_line(tiers)
        if before is not None and only == "new":
            title += " · " + say(_("compared with run {id}", id=before.id))
        files = split_by_commune(lists, path) if per_commune else {path: lists}
        refuse_existing(files, overwrite)
        if file_format == "csv":
            refuse_existing((beside for file, part in files.items() for beside in tables_beside(part, file)), overwrite)
        rows = sum(
            write_lists(part, tiers, file, file_format, store=store, title=title) for file, part in files.items()
        )
    _tell(settings, lists, path.parent if per_commune else path, rows)
    return 0 if rows or len(lists.arrivals) else NothingFound.exit_code


def _tell(settings: Settings, lists: Lists, written: Path, rows: int) -> None:
    """Say how many people are in what was written, and what to take care of."""
    if not rows:
        show(_("Nobody is on this list."))
    show(
        _(
            "{name}: {rows} in {places}",
            name=written,
            rows=_n("{n} person", "{n} people", rows, n=rows),
            places=_n("{n} locality", "{n} localities", len(lists.localities()), n=len(lists.localities())),
        )
    )
    if len(lists.arrivals):
        show(count_arrivals(lists))
    if not settings.quiet:
        show(
            _(
                "Names, telephones and addresses are in it: give it only to those who need it. This export was"
                " noted in the store."
            )
            if settings.show_names
            else _("Without names and addresses (--show-names gives them). This export was noted in the store.")
        )


def count_arrivals(lists: Lists) -> Text:
    """Return how many people came from elsewhere, and where the rule asks for them."""
    places = lists.arrivals["quarantine_place"]
    unknown = int((lists.arrivals["level"].isna() & (lists.arrivals["tier"] != 0).fillna(True)).sum())
    return _(
        "Arrivals: {people}: {centre} for a centre, {home} for home; of {unknown} it is not known whether there was an"
        " outbreak where they came from (truyvet template outbreaks)",
        people=_n("{n} person", "{n} people", len(places), n=len(places)),
        centre=int((places == "centre").sum()),
        home=int((places == "home").sum()),
        unknown=unknown,
    )


def refuse_existing(paths: Iterable[Path], overwrite: bool) -> None:
    """Raise a SafetyError if one of the files is there and was not to be written over."""
    for path in paths:
        if path.exists() and not overwrite:
            raise SafetyError(_("{name} is there already.", name=path), fix=_("Give another name, or add --overwrite."))


def split_by_commune(lists: Lists, path: Path) -> dict[Path, Lists]:
    """Return a file and its lists for each locality: named as ``path``, with the commune's name and code."""
    files: dict[Path, Lists] = {}
    for code, name, part in lists.split():
        words = re.sub(r"[^\w]+", "-", f"{name or say(_('Not known'))} {code or ''}").strip("-")
        files[path.with_name(f"{path.stem}-{words}{path.suffix}")] = part
    return files


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
        raise UsageError(_("No format ends in {ending}: {endings}.", ending=given, endings=" ".join(by_ending)))
    if given and file_format is not None and by_ending[given] != file_format:
        raise UsageError(_("The ending {ending} does not go with --format {format}.", ending=given, format=file_format))
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
        raise NothingFound(
            _("There is no earlier run by which to tell what is new."),
            fix=_("Export the whole lists (--lists all); the next time can be compared with this one."),
        )
    changes = None
    if before is not None:
        changes = compare_runs(before, TracedRun.of(tiers), zone=tiers.graph.records.zone)
    return make_lists(
        tiers, only="new" if only == "new" else "all", changes=changes, areas=areas, show_names=show_names
    )


def write_lists(lists: Lists, tiers: Tiers, path: Path, file_format: str, *, store: Store, title: str) -> int:
    """Write the file, note the export in the store, then put the file in its place; return the people in it."""
    from cli.writers import tables as writers
    from cli.writers.files import put_in_place
    from cli.writers.workbook import write_workbook
    from graph import ExportEntry

    zone, masked = tiers.graph.records.zone, "name" not in lists.table.columns
    lists = lists if file_format == "graphml" else writers.without_private_ids(lists)
    rows = len(lists.table)

    def write(draft: Path) -> None:
        if file_format == "xlsx":
            write_workbook(lists, draft, zone=zone, title=title)
        elif file_format == "csv":
            writers.write_csv(lists.table, draft, zone=zone)
        elif file_format == "parquet":
            writers.write_parquet(lists, draft, zone=zone)
        else:
            writers.write_graphml(lists, tiers, draft)

    what = f"lists {lists.only}, {lists.policy_id}, {file_format}: {path.name}"
    entry = ExportEntry(user_name(), int(time.time()), what, masked, rows)
    put_in_place(path, write, before=lambda: store.log_export(entry), private=True)
    for beside, table in (writers.tables_beside(lists, path) if file_format == "csv" else {}).items():
        put_in_place(beside, partial(writers.write_csv, table, zone=zone), private=True)
    return rows
