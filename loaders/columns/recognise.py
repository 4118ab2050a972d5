"""What a sheet lists: one of our tables, or a list with a row per person; decided by its headings."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from loaders.columns.headings import LAYOUTS, PEOPLE, SENSOR, Reading, plain, read_headings
from loaders.files.grid import Sheet
from loaders.findings import FindingLog, shorten
from loaders.options import LoadOptions
from tracing.errors import UsageError
from tracing.model.schema import TABLES

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
_CASE_FIELDS: Final = frozenset(
    {"onset", "confirmed", "case_code", "outcome", "death_date", "sources", "classification", "disease", "found_in"}
)
_EXPOSURE: Final = ("first_contact", "last_contact", "contact_date")


@dataclass(frozen=True)
class Recognised:
    """A sheet, what it lists (``layout``), in words (``kind``), and what its columns mean."""

    sheet: Sheet
    reading: Reading
    kind: str

    @property
    def layout(self) -> str:
        """Name of the layout: a table's name, "people" or "sensor"."""
        return self.reading.layout

    @property
    def makes_cases(self) -> bool:
        """Whether rows of this list of people can be cases."""
        columns = self.reading.columns
        return self.layout == PEOPLE and (
            "level" in columns or ("index" not in columns and bool(_CASE_FIELDS & set(columns)))
        )


def recognise(sheet: Sheet, *, options: LoadOptions, log: FindingLog) -> Recognised | None:
    """Return what the sheet lists, or None with a finding that names the headings and what is missing."""
    forced = options.table or _own_table(sheet)
    if forced is not None and forced not in (*LAYOUTS, SENSOR):
        raise UsageError(
            f"there is no table {forced!r}",
            fix=f"one of {', '.join((*LAYOUTS, SENSOR))}",
            vi=f"không có bảng {forced!r}",
            fix_vi=f"một trong {', '.join((*LAYOUTS, SENSOR))}",
        )
    if forced == SENSOR or (forced is None and _is_sensor(sheet)):
        return Recognised(sheet, Reading(SENSOR, {"t": 0, "i": 1, "j": 2}, (), {}, (), ()), "sensor contacts")
    layouts = (forced,) if forced else LAYOUTS
    readings = [_plausible(read_headings(sheet.headings, layout, options.mapping)) for layout in layouts]
    fitting = [r for r in readings if not missing_fields(r)]
    if not fitting:
        _report_unknown(sheet, readings, forced, log)
        return None
    named = _named_table(sheet)
    best = max(fitting, key=lambda r: (r.layout == named, r.known - len(r.unused) / 1000, -LAYOUTS.index(r.layout)))
    found = Recognised(sheet, best, "")
    found = replace(found, kind=_kind(found))
    _report_columns(found, log)
    return found


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


def _plausible(reading: Reading) -> Reading:
    """Take back meanings that need company: from–to without dates is a link, not a contact list."""
    if reading.layout != PEOPLE:
        return reading
    columns = dict(reading.columns)
    if "index" in columns and not any(f in columns for f in (*_EXPOSURE, "name", "phone")):
        columns.pop("index")
    return replace(reading, columns=columns)


def missing_fields(reading: Reading) -> tuple[str, ...]:
    """Return the fields that the layout needs and the sheet does not have."""
    columns = set(reading.columns)
    if reading.layout == PEOPLE:
        who = {"person", "name", "first_name", "last_name"} & columns
        if not who:
            return ("person",)
        return () if len(columns) >= 2 or "person" in columns else ("person",)
    wanted: Collection[str] = TABLES[reading.layout].required
    if reading.layout == "visits" and "date" in columns:
        columns.add("start")
    missing = tuple(field for field in wanted if field not in columns)
    if reading.layout == "areas" and not missing and not {"level", "parent", "name"} & columns:
        return ("name",)
    return missing


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
    if reading.unused:
        sheet.report(log, "column.unused", headings=shorten([sheet.headings[i] for i in reading.unused], 40))
    if reading.skipped:
        sheet.report(log, "column.not_read", headings=shorten([sheet.headings[i] for i in reading.skipped]))
    for position, field in reading.double.items():
        if field != "person":
            log.add("column.double", file=sheet.file, sheet=sheet.sheet, column=sheet.headings[position])


def _kind(found: Recognised) -> str:
    columns = found.reading.columns
    if found.layout != PEOPLE:
        return found.layout
    if "index" in columns:
        return "contact list"
    if "test_result" in columns and not {"onset", "confirmed", "case_code"} & set(columns):
        return "test results"
    if "level" in columns:
        return "list of F0 and contacts"
    if found.makes_cases:
        return "line list"
    if "isolation_start" in columns:
        return "isolation list"
    return "arrivals" if "arrived" in columns else "list of people"
