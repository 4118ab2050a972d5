"""What a sheet lists and what its columns are: by their headings, by their values, and by what somebody said.

A sheet is one of our own tables, or a list with a row per person whose columns each say something of that person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Final

import pandas as pd

from loaders.columns.attendance import day_of, with_days
from loaders.columns.diary import read_diary
from loaders.columns.headings import DIARY, LAYOUTS, PEOPLE, SENSOR, Reading, plain, read_headings
from loaders.columns.looks import Look, look_at, says_time_or_place
from loaders.columns.mapping import mapped, said_of
from loaders.columns.recognised import COUNTS, LEFT_OUT, Recognised, kind_of
from loaders.columns.settle import CASE_FIELDS, EXPOSURE, settle
from loaders.columns.special import BLUEZONE, RESULTS, read_special
from loaders.columns.special import KINDS as SPECIAL
from loaders.columns.values import words
from loaders.columns.words import KIND_WORDS
from loaders.files.grid import Sheet, distinct_texts
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
    }.items()
    for word in words.split()
}
_WHO: Final = frozenset({"person", "name", "first_name", "last_name"})
#: What an unused column of a list of people is taken for by its values alone, where nothing else is that already.
_BY_VALUES: Final[Mapping[str, str]] = {
    "phone": "phone",
    "plate": "vehicle",
    "sex": "sex",
    "result": "test_result",
    "level": "level",
    "name": "name",
    "address": "address",
}


def recognise(
    sheet: Sheet,
    *,
    options: LoadOptions,
    log: FindingLog,
    answers: Answers | None = None,
    is_case: Callable[[str], bool] | None = None,
) -> Recognised | None:
    """Return what the sheet lists, or None with a finding that names the headings and what is missing.

    ``is_case`` tells whether a text names cases known from elsewhere; without it no column is read by its values.
    """
    answers = answers or Answers()
    said_table = answers.of(sheet_question(sheet))
    if said_table == NOBODY:
        return Recognised(sheet, Reading(LEFT_OUT, {}, (), {}, (), ()), LEFT_OUT)
    forced = options.table or _own_table(sheet) or said_table
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
            found = Recognised(sheet, diary, "vehicle diary", _Looks(sheet, is_case).sensitive(diary))
            _report_columns(found, log)
            return found
    looks = _Looks(sheet, is_case)
    special = read_special(sheet, said, forced)
    if special is not None:
        asked = looks.sensitive(special) if special.layout == RESULTS else {}
        return Recognised(sheet, special, SPECIAL[special.layout], asked)
    readings = []
    for layout in (forced,) if forced in LAYOUTS else LAYOUTS:
        reading = read_headings(sheet.headings, layout, said)
        readings.append(_of_people(reading, sheet, looks) if layout == PEOPLE else reading)
    fitting = [r for r in readings if not missing_fields(r)]
    if not fitting or (forced is None and _is_counts(fitting)):
        return _other(sheet, readings, forced, log)
    named = _named_table(sheet)
    best = max(
        fitting,
        key=lambda r: (r.layout == named, r.known - 2 * len(looks.sensitive(r, said)), -LAYOUTS.index(r.layout)),
    )
    found = Recognised(sheet, best, "", looks.sensitive(best, said))
    found = replace(found, kind=kind_of(found))
    _report_columns(found, log)
    if mapped(sheet, options):
        _report_change(found, options, log, answers, is_case)
    return found


def _report_change(
    found: Recognised,
    options: LoadOptions,
    log: FindingLog,
    answers: Answers | None,
    is_case: Callable[[str], bool] | None,
) -> None:
    """Say where a mapping makes another list of a sheet than it would be without."""
    bare = replace(options, mapping={})
    before = recognise(found.sheet, options=bare, log=FindingLog(), answers=answers, is_case=is_case)
    if before is not None and before.kind != found.kind:
        found.sheet.report(log, "map.kind", before=KIND_WORDS[before.kind], after=KIND_WORDS[found.kind])


class _Looks:
    """What the columns of one sheet look like, each looked at once and only when asked."""

    def __init__(self, sheet: Sheet, is_case: Callable[[str], bool] | None) -> None:
        self.sheet, self.is_case = sheet, is_case
        self._known: dict[int, Look] = {}

    def __getitem__(self, position: int) -> Look:
        if position not in self._known:
            self._known[position] = look_at(self.sheet.cells[position], is_case=self.is_case)
        return self._known[position]

    def sensitive(self, reading: Reading, said: Collection[str] = ()) -> dict[int, Look]:
        """Return the unused columns of days, hours, places, ids or cases; of remarks, those that name cases.

        What was ``said`` of a heading stands.
        """
        found = {
            at: self[at]
            for at in reading.unused
            if self[at].kind != "empty"
            and (
                self[at].sensitive
                or says_time_or_place(self.sheet.headings[at], self.sheet.cells[at])
                or "/" in (day_of(self.sheet.headings[at]) or "")
            )
        }
        remarks = [at for at in reading.kept if self.sheet.headings[at] not in said and self.is_case is not None]
        return found | {at: self[at] for at in remarks if self[at].kind == "case" and self[at].sensitive}


def _of_people(reading: Reading, sheet: Sheet, looks: _Looks) -> Reading:
    """Read the columns of a list of people: general headings by their company, then unused columns by their values."""
    facts = frozenset(fact.name for fact in sheet.facts)
    reading = with_days(_without_answers(reading, sheet), sheet)
    reading = _plausible(settle(reading, facts=facts), sheet)
    if looks.is_case is None:
        return reading
    for at in reading.unused:
        look = looks[at]
        if look.kind == "case" and look.share >= 0.5 and not {"index", "sources"} & set(reading.columns):
            cases = CASE_FIELDS & set(reading.columns) and not any(f in reading.columns for f in EXPOSURE)
            reading = reading.with_values(at, "sources" if cases else "index", 0.5 + look.share / 2.5)
        elif look.kind in _BY_VALUES and look.share >= 0.8 and look.distinct > 1:
            name = _BY_VALUES[look.kind]
            if name == "test_result" and "sample" not in reading.columns:
                continue
            if name not in reading.columns and not (name == "name" and _WHO & set(reading.columns)):
                reading = reading.with_values(at, name, 0.4 + look.share / 2.5)
    if "index" in reading.columns and not any(name in reading.columns for name in EXPOSURE):
        dates = [at for at in reading.unused if looks[at].kind == "date"]
        if len(dates) == 1:
            reading = reading.with_values(dates[0], "contact_date", 0.6)
    return settle(reading, facts=facts)


def _plausible(reading: Reading, sheet: Sheet) -> Reading:
    """Take back meanings that need company: from–to without dates is a link, not a contact list."""
    said = reading.by.get(reading.columns.get("index", -1)) == "said"
    if "index" in reading.columns and not said:
        company = any(f in reading.columns for f in (*EXPOSURE, "name", "phone", "first_name", "birth_year"))
        if not company:
            reading = reading.without("index")
    return reading


def _without_answers(reading: Reading, sheet: Sheet) -> Reading:
    """Keep columns that only answer yes or no and name nobody: "Tiếp xúc với người bệnh", "Ho"."""
    for name in ("index", "last_name"):
        at = reading.columns.get(name)
        if at is not None and reading.by.get(at) != "said" and _yes_and_no(sheet, at):
            reading = replace(reading.without(name), unused=reading.unused, kept=(*reading.kept, at))
    return reading


def _yes_and_no(sheet: Sheet, at: int) -> bool:
    """Tell whether a column only answers a question: "Tiếp xúc với người bệnh" with có and không names nobody."""
    _, distinct = distinct_texts(sheet.cells[at])
    known = words("flag")
    return bool(distinct) and len(distinct) <= 6 and all(text.lower() in known for text in distinct)


def missing_fields(reading: Reading) -> tuple[str, ...]:
    """Return the fields that the layout needs and the sheet does not have."""
    columns = set(reading.columns)
    if reading.layout == PEOPLE:
        if not _WHO & columns:
            return ("person",)
        return () if len(columns) >= 2 or "person" in columns else ("person",)
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


def _other(sheet: Sheet, readings: list[Reading], forced: str | None, log: FindingLog) -> Recognised | None:
    """Return a sheet that counts people; else say that the sheet is not recognised."""
    people = next((r for r in readings if r.layout == PEOPLE), None)
    if forced is None and people is not None and "count" in people.columns and "name" not in people.columns:
        numbers = pd.to_numeric(sheet.cells[people.columns["count"]], errors="coerce")
        if numbers.notna().mean() >= 0.5:
            sheet.report(log, "table.counts", column=people.columns["count"])
            return Recognised(sheet, replace(people, layout=COUNTS), COUNTS)
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
            log.add("column.double", file=sheet.file, sheet=sheet.sheet, column=sheet.headings[position])
    for position, by in reading.by.items():
        if by == "values":
            meant = next((name for name, at in reading.columns.items() if at == position), "")
            sheet.report(log, "column.by_values", column=position, meant=meant)
