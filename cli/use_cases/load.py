"""What ``load`` and ``check`` share: the options of reading, the account of every row, and what is shown of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from cli.language import say, spoken
from cli.options import Settings, option
from cli.screen import Progress, write_table
from cli.shown import shown_number
from cli.words import TABLES
from tracing.errors import UsageError
from tracing.text import Text, catalogue
from tracing.times import DEFAULT_ZONE

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store
    from loaders import LoadOptions, LoadResult
    from loaders.load import Summary

_, _n = catalogue("cli")

SET_ASIDE: Final = "truyvet-set-aside.xlsx"
_SHOWN: Final = 6
_SHEET_NAME: Final = 28
_F = TypeVar("_F", bound=Callable[..., Any])
Source = tuple[str, str]
"""A file and its sheet; the sheet is empty where the file has none."""


def reading_options(function: _F) -> _F:
    """Add the options that say how files are read."""
    for decorate in reversed(
        (
            option(
                "--map",
                "mapping",
                multiple=True,
                metavar=_("HEADING=COLUMN"),
                help=_('Which column a heading is, such as "Patient no=person"; can be repeated.'),
            ),
            option(
                "--day-first/--month-first",
                default=None,
                help=_("Read 03/04/2021 as day/month (or month/day) where the column itself does not show it."),
            ),
            option(
                "--zone",
                default=DEFAULT_ZONE,
                show_default=True,
                metavar=_("ZONE"),
                help=_("Time zone of times that have none."),
            ),
            option(
                "--table",
                metavar=_("TABLE"),
                help=_(
                    "Read every sheet as this table: persons, cases, contacts, visits, places, areas, tests,"
                    " isolations, arrivals, links, people (a list of people) or sensor."
                ),
            ),
            option("--encoding", metavar=_("NAME"), help=_("Encoding of text files, such as windows-1258.")),
            option("--start-date", metavar=_("DATE"), help=_("Day on which a sensor file's clock starts.")),
            option(
                "--create-people/--no-create-people",
                default=None,
                help=_("Put people on record who are only mentioned (or set such rows aside)."),
            ),
            option("--all", "everything", is_flag=True, help=_("Show everything that was found, one per line.")),
        )
    ):
        function = decorate(function)
    return function


def load_options(
    *,
    mapping: Sequence[str],
    day_first: bool | None,
    zone: str,
    table: str | None,
    encoding: str | None,
    start_date: str | None,
    create_people: bool | None,
) -> LoadOptions:
    """Return the options for the loaders.

    Raises
    ------
    UsageError
        If a mapping or the date is not written as it should be.
    """
    from loaders import LoadOptions

    pairs = {}
    for value in mapping:
        heading, mark, column = value.rpartition("=")
        if not mark or not heading.strip() or not column.strip():
            raise UsageError(_('--map {value}: write "heading=column".', value=value))
        pairs[heading.strip()] = column.strip()
    try:
        day = None if start_date is None else date.fromisoformat(start_date)
    except ValueError:
        raise UsageError(_("--start-date {value}: write it like 2021-07-08.", value=start_date)) from None
    return LoadOptions(
        zone=zone,
        day_first=day_first,
        table=table,
        mapping=pairs,
        encoding=encoding,
        start_date=day,
        create_people=create_people,
    )


def read_input(paths: Sequence[Path], *, options: LoadOptions, known: Store | None, settings: Settings) -> LoadResult:
    """Read the files, or the one folder, and return what came of it."""
    from loaders import load_files, load_folder

    folders = [path for path in paths if path.is_dir()]
    if folders and len(paths) > 1:
        raise UsageError(_("Give one folder, or files; not both."))
    with Progress(quiet=settings.quiet) as progress:

        def step(what: str, done: int, whole: int) -> None:
            progress.step(say(_("reading {name}", name=what)), done, whole)

        if folders:
            return load_folder(folders[0], options=options, known=known, progress=step)
        return load_files(paths, options=options, known=known, progress=step)


@dataclass(frozen=True)
class Account:
    """What became of every row of every sheet: the figures of a sheet add up to the rows read.

    Attributes
    ----------
    new
        Rows of each source that brought something that was not on record, by their number.
    conflicts
        Rows of each source that contradict what is stored.
    """

    result: LoadResult
    new: Mapping[Source, set[int]] = field(default_factory=dict)
    conflicts: Mapping[Source, set[int]] = field(default_factory=dict)

    def of(self, summary: Summary) -> tuple[int, int, int]:
        """Return (new, already known, set aside) of one sheet."""
        sources = self._sources(summary)
        clashing = sum(len(self.conflicts.get(source, ())) for source in sources)
        clashing = min(clashing, summary.loaded)
        fresh = sum(len(self.new.get(source, set()) - self.conflicts.get(source, set())) for source in sources)
        fresh = min(fresh, summary.loaded - clashing)
        return fresh, summary.loaded - clashing - fresh, summary.set_aside + clashing

    def _sources(self, summary: Summary) -> list[Source]:
        """Return the sources of a sheet's rows: itself, or what a sheet of rows set aside earlier came from."""
        own = (summary.file, summary.sheet or "")
        found = self.new.keys() | self.conflicts.keys()
        if own in found or not summary.file.startswith(Path(SET_ASIDE).stem):
            return [own]
        return [s for s in found if f"{Path(s[0]).stem} {s[1]}".strip()[:_SHEET_NAME].strip() == summary.sheet]

    @property
    def set_aside(self) -> int:
        """Rows of all sheets that need a correction."""
        return sum(self.of(summary)[2] for summary in self.result.summaries)

    @property
    def to_correct(self) -> int:
        """Rows set aside that are worth a correction one by one: not those of a sheet that was not recognised."""
        return sum(self.of(summary)[2] for summary in self.result.summaries if summary.table is not None)

    @property
    def complete(self) -> bool:
        """Whether nothing needs a correction: no row, sheet or file."""
        return self.set_aside == 0 and self.result.complete


def new_rows(result: LoadResult, before: Mapping[str, set[str]]) -> dict[Source, set[int]]:
    """Return, by source, the numbers of the rows that bring a key that is not among ``before`` (by table)."""
    from tracing.model.schema import TABLES

    found: dict[Source, set[int]] = {}
    for name, frame in result.records.tables.items():
        key = "area" if name == "areas" else TABLES[name].key
        fresh = frame[~frame[key].isin(before.get(name, set()))] if before.get(name) else frame
        for source, numbers in _by_source(fresh).items():
            found.setdefault(source, set()).update(numbers)
    return found


def _by_source(frame: pd.DataFrame) -> dict[Source, set[int]]:
    rows = frame[["source_file", "source_sheet", "source_row"]].dropna(subset=["source_file", "source_row"])
    rows = rows.assign(source_sheet=rows["source_sheet"].fillna(""))
    groups = rows.groupby(["source_file", "source_sheet"], sort=False)["source_row"]
    return {(str(file), str(sheet)): set(numbers.tolist()) for (file, sheet), numbers in groups}


def keys_before(store: Store, result: LoadResult) -> dict[str, set[str]]:
    """Return the keys on record of every table that ``result`` brings rows for."""
    return {name: store.ids(name) for name, frame in result.records.tables.items() if len(frame)}


def write_summaries(account: Account, *, checking: bool = False) -> None:
    """Print two lines per sheet: what it is, and what became of its rows."""
    head = []
    for summary in account.result.summaries:
        where = summary.file + (" · " + say(_("sheet")) + f' "{summary.sheet}"' if summary.sheet else "")
        notes = [
            say(
                _n(
                    "{known} of {all} heading known",
                    "{known} of {all} headings known",
                    summary.headings,
                    known=summary.headings_known,
                    all=summary.headings,
                )
            )
        ]
        if summary.unused and len(summary.unused) <= _SHOWN:
            notes.append(say(_("not used: {names}", names=", ".join(f'"{name}"' for name in summary.unused))))
        head.append([where, f"{kind_words(summary)} ({'; '.join(notes)})"])
    for summary, (where, what) in zip(account.result.summaries, head, strict=True):
        write_table([[where, what]], gap=4)
        new, known, aside = account.of(summary)
        if checking:
            click.echo(
                "  "
                + say(
                    _n(
                        "{rows} row: {good} can be used, {aside} to correct",
                        "{rows} rows: {good} can be used, {aside} to correct",
                        summary.rows,
                        rows=summary.rows,
                        good=new + known,
                        aside=aside,
                    )
                )
            )
        else:
            click.echo(
                "  "
                + say(
                    _n(
                        "{rows} row: {new} new, {known} already known, {aside} set aside",
                        "{rows} rows: {new} new, {known} already known, {aside} set aside",
                        summary.rows,
                        rows=summary.rows,
                        new=new,
                        known=known,
                        aside=aside,
                    )
                )
            )


_KINDS: Final[Mapping[str, Text]] = {
    **TABLES,
    "people": _("list of people"),
    "sensor": _("contacts from sensors"),
    "contact list": _("contact list"),
    "test results": _("test results"),
    "list of F0 and contacts": _("list of F0 and contacts"),
    "line list": _("line list"),
    "isolation list": _("isolation list"),
    "list of people": _("list of people"),
}


def kind_words(summary: Summary) -> str:
    """Return what a sheet lists, in the spoken language."""
    if summary.table is None:
        return say(_("not recognised"))
    return say(_KINDS.get(summary.kind, summary.kind))


def write_errors(errors: pd.DataFrame, *, files: int, everything: bool, more: str) -> None:
    """Print what is wrong, one line each: where, reason code, what, and what to do."""
    shown = errors if everything else errors.head(_SHOWN)
    rows = [[f"  {place_of(row, files)}", str(row.code), _told(row), f"→ {_fix(row)}"] for row in _rows(shown)]
    write_table(rows)
    if len(errors) > len(shown):
        click.echo("  " + say(_("…{count} more: {command}", count=len(errors) - len(shown), command=more)))


def write_remarks(remarks: pd.DataFrame, *, files: int, everything: bool, more: str) -> None:
    """Print warnings and notes: each kind once with its count, or all of them."""
    if everything:
        write_errors(remarks, files=files, everything=True, more=more)
        return
    counts = remarks["code"].value_counts(sort=False)
    first = remarks.drop_duplicates("code")
    lines = []
    for row in _rows(first):
        count = int(counts[row.code])
        times = " (" + say(_("{count} times", count=count)) + ")" if count > 1 else ""
        lines.append([f"  {place_of(row, files)}", str(row.code), f"{_told(row)}{times}"])
    write_table(lines[:_SHOWN])
    if len(lines) > _SHOWN:
        click.echo("  " + say(_("…{count} more: {command}", count=len(lines) - _SHOWN, command=more)))


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.astype(object).where(table.notna(), None).itertuples(index=False))


def place_of(row: Any, files: int) -> str:
    """Return where a finding is: F1!F37, or the file and row; with the file's name where there are several files."""
    spot = row.cell or ("" if row.row is None else shown_number(int(row.row)))
    if row.cell and row.sheet:
        spot = f"{row.sheet}!{row.cell}"
    elif row.row is not None:
        place = say(_("{file} row {row}", file=row.sheet or row.file, row=int(row.row)))
        return f"{place}, {row.column}" if row.column else place
    if not spot:
        return " ".join(part for part in (row.file, row.sheet, row.column) if part)
    return f"{row.file} {spot}" if files > 1 or not row.sheet else spot


def _told(row: Any) -> str:
    return str(row.message_vi if spoken() == "vi" else row.message_en)


def _fix(row: Any) -> str:
    return str(row.fix_vi if spoken() == "vi" else row.fix_en)
