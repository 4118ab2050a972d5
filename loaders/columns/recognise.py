"""What a sheet lists and what its columns are: by their headings, by their values, and by what somebody said.

A sheet is one of our own tables, or a list with a row per person whose columns each say something of that person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Final

import pandas as pd

from loaders.columns.about_cases import of_cases
from loaders.columns.by_values import Looks, names_people, read_people
from loaders.columns.by_words import WHO
from loaders.columns.counts import read_counts, tally
from loaders.columns.diary import read_diary
from loaders.columns.looks import KnownCases
from loaders.columns.mapping import mapped, said_of
from loaders.columns.recognised import COUNTS, LEFT_OUT, Recognised, kind_of
from loaders.columns.special import BLUEZONE, RESULTS, read_special
from loaders.columns.special import KINDS as SPECIAL
from loaders.columns.words import FIELD_WORDS, KIND_WORDS, field_words
from loaders.files.grid import Sheet
from loaders.files.headings import DIARY, LAYOUTS, PEOPLE, SENSOR, Reading, plain, read_headings
from loaders.findings import FindingLog, shorten
from loaders.options import LoadOptions
from loaders.questions import NOBODY, Answers, sheet_question
from tracing.errors import UsageError
from tracing.model.schema import TABLES
from tracing.text import catalogue

_, _n = catalogue("loaders")

_NAMES: Final = {
    plain(word): name
    for name, words in {
        "persons": "persons people nguoi",
        "cases": "cases",
        "contacts": "contacts",
        "visits": "visits",
        "places": "places",
        "areas": "areas",
        "tests": "tests",
        "isolations": "isolations isolation",
        "arrivals": "arrivals",
        "links": "links",
        "outbreaks": "outbreaks",
        "counts": "counts",
    }.items()
    for word in words.split()
}
#: What a title says of everybody on a list: with it, names alone tell who was where.
_WHERE_ALL: Final = frozenset({"plate", "class", "event", "shift", "place", "departed"})


def recognise(
    sheet: Sheet,
    *,
    options: LoadOptions,
    log: FindingLog,
    answers: Answers | None = None,
    cases: KnownCases | None = None,
) -> Recognised | None:
    """Return what the sheet lists, or None with a finding that names the headings and what is missing.

    ``cases`` are the cases known from elsewhere; without them no column is read by its values.
    """
    answers = answers or Answers()
    said_table = answers.of(sheet_question(sheet))
    if said_table == NOBODY:
        return Recognised(sheet, Reading(LEFT_OUT, {}, (), {}, (), ()), LEFT_OUT)
    forced = options.table or options.tables.get(sheet.file) or _own_table(sheet) or said_table
    known = (*LAYOUTS, SENSOR, DIARY, RESULTS, BLUEZONE)
    if forced is not None and forced not in known:
        raise UsageError(
            _("there is no table {name}", name=repr(forced)),
            fix=_("one of {names}", names=", ".join(known)),
        )
    if forced == SENSOR or (forced is None and _is_sensor(sheet)):
        return Recognised(sheet, Reading(SENSOR, {"t": 0, "i": 1, "j": 2}, (), {}, (), ()), "sensor contacts")
    said = said_of(sheet, options, answers)
    if forced in (None, DIARY):
        diary = read_diary(sheet, said)
        if diary is not None:
            found = Recognised(sheet, diary, "vehicle diary", Looks(sheet, cases).sensitive(diary))
            _report_columns(found, log)
            return found
    counted = tally(sheet) if forced is None else None
    if counted is not None and not said:
        return Recognised(sheet, read_counts(counted, sheet), COUNTS)
    looks = Looks(sheet, cases)
    special = read_special(sheet, said, forced)
    if special is not None:
        asked = looks.sensitive(special) if special.layout == RESULTS else {}
        return Recognised(sheet, special, SPECIAL[special.layout], asked)
    readings = []
    for layout in (forced,) if forced in LAYOUTS else LAYOUTS:
        reading = read_headings(sheet.headings, layout, said)
        readings.append(read_people(reading, sheet, looks) if layout == PEOPLE else reading)
    alone = frozenset(fact.name for fact in sheet.facts) & _WHERE_ALL
    fitting = [r for r in readings if not missing_fields(r, alone=bool(alone) and names_people(r, looks))]
    if not fitting or (forced is None and _is_counts(fitting)):
        return _other(sheet, readings, said, forced, log)
    named = _named_table(sheet)
    best = max(
        fitting,
        key=lambda r: (r.layout == named, r.known - 2 * len(looks.sensitive(r, said)), -LAYOUTS.index(r.layout)),
    )
    found = Recognised(of_cases(sheet, best), best, "", looks.sensitive(best, said))
    found = replace(found, kind=kind_of(found))
    _report_columns(found, log)
    if mapped(sheet, options):
        _report_change(found, options, log, answers, cases)
    return found


def _report_change(
    found: Recognised,
    options: LoadOptions,
    log: FindingLog,
    answers: Answers | None,
    cases: KnownCases | None,
) -> None:
    """Say where a mapping makes another list of a sheet than it would be without."""
    bare = replace(options, mapping={})
    before = recognise(found.sheet, options=bare, log=FindingLog(), answers=answers, cases=cases)
    if before is not None and before.kind != found.kind:
        found.sheet.report(log, "map.kind", before=KIND_WORDS[before.kind], after=KIND_WORDS[found.kind])


def missing_fields(reading: Reading, *, alone: bool = False) -> tuple[str, ...]:
    """Return the fields that the layout needs and the sheet does not have; ``alone``: names alone make a list."""
    columns = set(reading.columns)
    if reading.layout == PEOPLE:
        if not WHO & columns:
            return ("person",)
        return () if len(columns) >= 2 or "person" in columns or alone else ("person",)
    wanted: Collection[str] = TABLES[reading.layout].required
    if reading.layout == "visits" and "date" in columns:
        columns.add("start")
    missing = tuple(name for name in wanted if name not in columns)
    if reading.layout == "areas" and not missing and not {"level", "parent", "name"} & columns:
        return ("name",)
    return missing


def _is_counts(fitting: list[Reading]) -> bool:
    """Tell whether the best reading is one of people who are only counted."""
    people = next((r for r in fitting if r.layout == PEOPLE), None)
    return people is not None and "count" in people.columns and not {"name", "phone"} & set(people.columns)


def _other(
    sheet: Sheet, readings: list[Reading], said: Mapping[str, str], forced: str | None, log: FindingLog
) -> Recognised | None:
    """Return a sheet that counts people; else say that the sheet is not recognised."""
    people = read_headings(sheet.headings, PEOPLE, said)
    if forced in (None, COUNTS) and "count" in people.columns and "name" not in people.columns:
        numbers = pd.to_numeric(sheet.cells[people.columns["count"]], errors="coerce")
        if numbers.notna().mean() >= 0.5 or forced == COUNTS:
            sheet.report(log, "table.counts", column=people.columns["count"])
            return Recognised(sheet, read_counts(people, sheet), COUNTS)
    _report_unknown(sheet, readings, forced, log)
    return None


def _own_table(sheet: Sheet) -> str | None:
    """The table that a set-aside workbook names for its rows."""
    if sheet.origin is None or "table" not in sheet.origin:
        return None
    names = sheet.origin["table"].dropna().unique().tolist()
    return str(names[0]) if len(names) == 1 else None


def _named_table(sheet: Sheet) -> str | None:
    """The table that the sheet's or the file's name is."""
    for name in (sheet.sheet, re.sub(r"\.(csv|tsv|txt|json|ndjson|parquet|xlsx|gz)", "", PurePath(sheet.file).name)):
        if name and plain(name) in _NAMES:
            return _NAMES[plain(name)]
    return None


def _is_sensor(sheet: Sheet) -> bool:
    """Three columns of whole numbers under no headings: second, person, person."""
    unheaded = sheet.headings == ("(A)", "(B)", "(C)") or sheet.headings[:3] == ("A", "B", "C")
    if not unheaded and [plain(h) for h in sheet.headings[:3]] != ["t", "i", "j"]:
        return False
    head = sheet.cells.iloc[:50, :3]
    return len(sheet.headings) >= 3 and bool(head.apply(lambda c: c.str.fullmatch(r"\d+").all()).all())


def _report_unknown(sheet: Sheet, readings: list[Reading], forced: str | None, log: FindingLog) -> None:
    headings = shorten(sheet.headings)
    table = forced or _named_table(sheet)
    best = next((r for r in readings if r.layout == table), None)
    if table is not None and best is not None:
        sheet.report(log, "column.missing", table=table, missing=", ".join(missing_fields(best)), headings=headings)
    else:
        sheet.report(log, "table.unknown", headings=headings)


def _report_columns(found: Recognised, log: FindingLog) -> None:
    sheet, reading = found.sheet, found.reading
    unused = [sheet.headings[i] for i in reading.unused if i not in found.asked]
    if unused:
        sheet.report(log, "column.unused", headings=shorten(unused, 40))
    if reading.skipped:
        sheet.report(log, "column.not_read", headings=shorten([sheet.headings[i] for i in reading.skipped]))
    for position, name in reading.double.items():
        if name != "person":
            kept = sheet.headings[reading.columns[name]] if name in reading.columns else field_words(name, found.layout)
            log.add("column.double", file=sheet.file, sheet=sheet.sheet, column=sheet.headings[position], kept=kept)
    for position, by in reading.by.items():
        if by == "values":
            name = next((name for name, at in reading.columns.items() if at == position), "")
            meant = field_words(name, found.layout) if name in FIELD_WORDS else name
            sheet.report(log, "column.by_values", column=position, meant=meant)
