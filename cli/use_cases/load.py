"""What ``load`` and ``check`` share: the options of reading, the account of every row, and what is shown of it."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from cli.language import spoken
from cli.options import Settings, option
from cli.screen import Progress
from cli.use_cases.account import keys_before
from cli.use_cases.again import NOTHING_AGAIN, Again, loaded_before, replace_said
from cli.use_cases.conflicts import conflicts_with, with_conflicts
from cli.use_cases.decided import without_decided
from cli.use_cases.hashes import hash_files
from cli.use_cases.open import open_at, remember_coming
from cli.use_cases.questions import (
    Taken,
    check_said,
    keep_of_load,
    keep_open,
    with_kept_answers,
    with_long_ids,
)
from cli.use_cases.same import Proposed, follow_load, propose_after
from cli.use_cases.same_meant import keep_meant
from cli.use_cases.told import keep_told
from cli.use_cases.undo import undo_last, with_way_back
from cli.use_cases.user import user_name
from cli.writers.files import put_in_place
from tracing.errors import InputError, StoreAbsent, UsageError
from tracing.model.words import TABLE_WORDS
from tracing.text import catalogue
from tracing.times import DEFAULT_ZONE

if TYPE_CHECKING:
    from graph import LoadEntry, Store, WriteReport
    from loaders import LoadOptions, LoadResult
    from loaders.account import Account
    from loaders.view import SheetView

_, _n = catalogue("cli")

_F = TypeVar("_F", bound=Callable[..., Any])
_R = TypeVar("_R")


_LIMITS: Final = option(
    "--limits",
    type=click.FloatRange(min=0.1, max=100),
    default=1.0,
    show_default=True,
    metavar=_("FACTOR"),
    help=_(
        "How many times as large files may be, and as much memory and time their reader may take, as by"
        " default (8 GB a file, 2 GB unpacked, less where less memory is free; 2,000 columns)."
    ),
)


def reading_options(function: _F) -> _F:
    """Add the options that say how files are read."""
    for decorate in reversed(
        (
            option(
                "--map",
                "mapping",
                multiple=True,
                metavar=_("[FILE:[SHEET:]]HEADING=COLUMN"),
                help=_(
                    'Which column a heading is, such as "Patient no=person" or "list.xlsx:F1:Patient no=person". A load'
                    " remembers it for the next sheet with the same headings. Can be repeated. For a Neo4j graph of"
                    " somebody else: the file FILE.toml that asks it for tables (docs/foreign_graph.md)."
                ),
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
                    " isolations, arrivals, links, outbreaks, counts, people (a list of people) or sensor."
                ),
            ),
            option("--encoding", metavar=_("NAME"), help=_("Encoding of text files, such as windows-1258.")),
            option("--start-date", metavar=_("DATE"), help=_("Day on which a sensor file's clock starts.")),
            option(
                "--create-people/--no-create-people",
                default=None,
                help=_("Put people on record who are only mentioned (or set such rows aside)."),
            ),
            option(
                "--answer",
                "answers",
                multiple=True,
                metavar=_("ID=CHOICE"),
                help=_("Answer a question, as truyvet answer ID CHOICE does; ID= takes it back. Can be repeated."),
            ),
            _LIMITS,
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
    answers: Sequence[str] = (),
    limits: float = 1.0,
) -> LoadOptions:
    """Return the options for the loaders.

    Raises
    ------
    UsageError
        If a mapping or the date is not written as it should be.
    """
    from loaders import LoadOptions
    from loaders.limits import Limits

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
    check_zone(zone)
    return LoadOptions(
        zone=zone,
        day_first=day_first,
        table=table,
        mapping=pairs,
        encoding=encoding,
        start_date=day,
        create_people=create_people,
        answers=_answers(answers),
        limits=Limits() if limits == 1 else Limits().times(limits),
    )


def check_zone(zone: str) -> None:
    """Refuse a time zone that does not exist.

    Raises
    ------
    UsageError
        With an example.
    """
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(
            _("--zone {zone}: there is no such time zone.", zone=zone), fix=_("write it like Asia/Ho_Chi_Minh or UTC")
        ) from None


def _answers(said: Sequence[str]) -> dict[str, str]:
    found = {}
    for value in said:
        question, mark, choice = value.partition("=")
        if not mark or not question.strip():
            raise UsageError(_('--answer {value}: write "id=choice".', value=value))
        found[question.strip()] = choice.strip()
    return found


def read_input(paths: Sequence[Path], *, options: LoadOptions, known: Store | None, settings: Settings) -> LoadResult:
    """Read the files, or the one folder, and return what came of it; from here on people have their short ids."""
    from loaders import load_files

    result = _read(load_files, paths, options=options, known=known, settings=settings)
    remember_coming(result, known, settings)
    return result


def read_views(
    paths: Sequence[Path], *, options: LoadOptions, known: Store | None, settings: Settings
) -> tuple[LoadResult, tuple[SheetView, ...]]:
    """Read the files, or the one folder; return what came of it, and every sheet as it looks."""
    from loaders import view_sheets

    result, views = _read(view_sheets, paths, options=options, known=known, settings=settings)
    remember_coming(result, known, settings)
    return result, views


def _read(
    how: Callable[..., _R], paths: Sequence[Path], *, options: LoadOptions, known: Store | None, settings: Settings
) -> _R:
    from loaders.files.folder import files_of

    folders = [path for path in paths if path.is_dir()]
    if folders and len(paths) > 1:
        raise UsageError(_("Give one folder, or files; not both."))
    with Progress(quiet=settings.quiet) as progress:

        def step(what: str, done: int, whole: int) -> None:
            progress.step(_("reading {name}", name=what), done, whole)

        files = files_of(folders[0]) if folders else paths
        return how(files, options=options, known=known, progress=step)


@dataclass(frozen=True)
class Loaded:
    """What came of a load: the account of every row, of the store, of answers, and how it is on record (None: not).

    ``found`` is what the search for people and places on record twice came to; empty where the load brought none;
    ``again`` what files that were loaded before no longer say; ``had_cases`` whether the store held cases before, so
    that somebody may have seen a list.
    """

    account: Account
    report: WriteReport
    taken: Taken
    load: LoadEntry | None
    found: tuple[Proposed, ...] = ()
    meant: int = 0
    again: Again = NOTHING_AGAIN
    had_cases: bool = False


def load_into(
    store: Store, paths: Sequence[Path], *, options: LoadOptions, settings: Settings, replace: bool = False
) -> Loaded:
    """Read files and write their records into the store, all or nothing.

    Answers given with the load are kept, and the questions that are open after it; they go with it when it is taken
    back (:func:`cli.use_cases.undo.undo_last`).
    """
    from graph import LoadEntry
    from loaders.account import Account, completed_rows, conflicting_rows, new_rows

    options = with_long_ids(options, store)
    result = read_input(paths, options=with_kept_answers(options, store), known=store, settings=settings)
    check_said(result, options.answers, store)
    before, had_cases = keys_before(store, result), bool(store.ids("cases"))
    load = LoadEntry.build(who=user_name(), files=hash_files(paths)) if _is_load(result, options) else None
    again_read = loaded_before(store, result, load)
    with Progress(quiet=settings.quiet) as progress, with_way_back(store, load):
        taken = keep_of_load(store, result, options.answers)
        report = store.write(
            result.records,
            load=load,
            replace=replace,
            progress=lambda table, done, total: progress.step(
                _("writing {name}", name=TABLE_WORDS[table]), done, total
            ),
        )
        report, again = replace_said(store, result, report, again_read, load)
        keep_open(store, result)
        keep_told(store, result.told, load)
    follow_load(store)
    meant = keep_meant(store, result.meant)
    keep_meant(store, again.meant)
    found = propose_after(store, report, went="persons" in again.withdrawn)
    result = without_decided(store, result)
    result_and_conflicts: LoadResult = with_conflicts(result, report.conflicts)
    account = Account(
        result_and_conflicts,
        new_rows(result, before),
        conflicting_rows(report.conflicts),
        completed_rows(result, report.filled),
    )
    return Loaded(account, report, taken, load, found, meant, again, had_cases)


def _is_load(result: LoadResult, options: LoadOptions) -> bool:
    """Tell whether this is a load to be put on record: it brought rows, or answers, or asks something."""
    return bool(len(result.records) or result.questions or result.learned or options.answers)


@contextmanager
def taken_back(store: Store, loaded: Loaded) -> Iterator[None]:
    """Take the load back where what follows it fails: rows that are set aside are never lost.

    Raises
    ------
    InputError
        If a file cannot be written.
    """
    try:
        yield
    except BaseException as error:
        if loaded.load is not None:
            undo_last(store)
        if isinstance(error, OSError) and error.strerror:
            raise InputError(
                _(
                    "The rows to correct cannot be written ({reason}), so nothing was loaded; stored data are as they"
                    " were.",
                    reason=error.strerror,
                ),
                fix=_("Run it in a folder in which you may write, with space left."),
            ) from error
        raise


def keep_aside(account: Account, wanted: Path, *, loaded: Sequence[Path] = ()) -> Path | None:
    """Write the rows set aside and the questions, and return where; None where there are neither.

    Never over rows of an earlier load that wait for a correction, unless their file was loaded just now. A load that
    is repeated finds its own file and leaves it as it is.
    """
    from loaders import write_set_aside
    from loaders.files.folder import files_of

    # A sheet that was not recognised is read again from its own file, once it is said what it is.
    rows = tuple(kept for kept in account.result.set_aside if kept.table is not None)
    if not rows and not account.result.questions:
        return None
    given = {file.resolve() for path in loaded for file in (files_of(path) if path.is_dir() else [path])}
    with TemporaryDirectory() as folder:
        written = Path(folder) / wanted.name
        write_set_aside(dataclasses.replace(account.result, set_aside=rows), written, lang=spoken())
        number, path = 1, wanted
        while path.exists() and path.resolve() not in given and not _same_rows(path, written):
            number += 1
            path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        if path.resolve() in given or not path.exists():
            put_in_place(path, lambda draft: shutil.copyfile(written, draft), private=True)
    return path


def _same_rows(one: Path, other: Path) -> bool:
    """Tell whether two workbooks hold the same sheets, cell by cell."""
    from python_calamine import CalamineError, load_workbook

    try:
        books = [load_workbook(path) for path in (one, other)]
        sheets = [{name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names} for book in books]
    except CalamineError:
        return False
    return sheets[0] == sheets[1]


def open_to_read(settings: Settings) -> Store | None:
    """Return the store, only to be read; None where there is none."""
    from graph.address import FILE, find_kind

    address = settings.address
    if find_kind(address) is FILE and not Path(address).expanduser().exists():
        return None
    try:
        return open_at(settings, create=False, read_only=True)
    except StoreAbsent:
        return None


def examine(paths: Sequence[Path], *, options: LoadOptions, settings: Settings) -> Account:
    """Return what a load of ``paths`` would come to; the store, where there is one, is only read."""
    from loaders.account import Account, conflicting_rows, new_rows

    opened = open_to_read(settings)
    if opened is None:
        return Account(read_input(paths, options=options, known=None, settings=settings))
    with opened as store:
        result = read_input(paths, options=with_kept_answers(options, store), known=store, settings=settings)
        conflicts = conflicts_with(store, result.records)
        new = new_rows(result, keys_before(store, result))
    return Account(with_conflicts(result, conflicts), new, conflicting_rows(conflicts))
