"""Lists as an Excel workbook: an overview, then a sheet per locality that can be printed and handed over."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from cli.language import day, say, spoken
from cli.writers.tables import clean
from tracing.times import local

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from tracing.lists.lists import Lists

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_DATE: Final = "d/m/yyyy"
#: Column of the sheet, its width in characters.
_WIDTHS: Final[Mapping[str, int]] = {
    "person": 14, "name": 24, "born": 8, "tier": 6, "sure": 12, "last": 18, "contact_of": 22, "contacts": 10,
    "clause": 16, "quarantine": 18, "place": 12, "first": 12, "until": 12, "tests": 30, "watched": 12,
    "counted": 22, "schedule": 22, "vaccinated": 12, "isolated": 18, "isolation_kind": 14, "address": 34, "doubts": 40,
    "change": 12, "before": 8, "reason": 44,
}  # fmt: skip
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


def write_workbook(lists: Lists, path: Path, *, zone: str, title: str) -> None:
    """Write the workbook. ``title`` says by which rule and up to when; it stands at the top of every sheet.

    Every text cell is text, whatever it begins with: an id keeps its zeros, nothing becomes a formula. The bytes depend
    on the lists and the language alone.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    names: set[str] = {"history"}
    _write_overview(book.create_sheet(_sheet_name(say("export.sheet.overview"), names)), lists, title)
    for code, name, rows in lists.localities():
        shown = name or say("export.not_known")
        sheet = book.create_sheet(_sheet_name(shown, names, code))
        place = shown if code is None or code == name else f"{shown} ({code})"
        district = rows["district_name"].iloc[0]
        _write_people(sheet, rows, [place if pd.isna(district) else f"{place}, {district}", title], zone)
    whole = io.BytesIO()
    book.save(whole)
    _write_same(whole, path)


def _sheet_name(name: str, taken: set[str], code: str | None = None) -> str:
    """Return a name that a sheet may have and that no other has; of two equal ones the second gets its code."""
    base = " ".join(_FORBIDDEN.sub(" ", clean(name)).split())[:_LONGEST_NAME].strip() or "…"
    found, number = base, 1
    while found.lower() in taken:
        mark = _FORBIDDEN.sub(" ", clean(code)).strip() if code is not None and number == 1 else str(number)
        found = f"{base[: _LONGEST_NAME - len(mark) - 1]} {mark}"[:_LONGEST_NAME]
        number += 1
    taken.add(found.lower())
    return found


def _write_people(sheet: WriteOnlyWorksheet, rows: pd.DataFrame, titles: Sequence[str], zone: str) -> None:
    from openpyxl.utils import get_column_letter

    cells = [_person(row, zone) for row in rows.to_dict("records")]
    empty = {"address", "doubts", "change", "before", "reason", "vaccinated", "isolation_kind"}
    columns = [
        c for c in _WIDTHS if c in cells[0] and (c not in empty or any(cell[c] not in (None, "") for cell in cells))
    ]
    for at, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS[column]
    top = len(titles) + 1
    sheet.freeze_panes = f"B{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{top + len(cells)}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for line in titles:
        sheet.append([_cell(sheet, line, bold=True, wrap=False)])
    sheet.append([_cell(sheet, say(f"export.head.{column}"), bold=True) for column in columns])
    for cell in cells:
        sheet.append([_cell(sheet, cell[column]) for column in columns])


def _person(row: Mapping[Any, Any], zone: str) -> dict[str, str | int | date | None]:
    """Return what a row of the sheet says, by column."""
    known = {key: None if pd.isna(value) else value for key, value in row.items()}
    tier, before = known["tier"], known["tier_before"]
    out: dict[str, str | int | date | None] = {
        "person": known["person"], "born": known["birth_year"], "tier": "" if tier is None else f"F{tier}",
        "sure": None if tier is None else say("export.certain" if known["certain"] else "export.possible"),
        "last": _instant(known["last_exposure"], zone), "contact_of": known["contact_of"],
        "contacts": known["contacts"] or None, "clause": known["clause"],
        "quarantine": _said("export.state", known["quarantine"]),
        "place": _said("export.place", known["quarantine_place"]),
        "first": _date(known["quarantine_first"]), "until": _date(known["quarantine_last"]),
        "tests": ", ".join(day(date.fromisoformat(d)) for d in (known["test_days"] or "").split("; ") if d),
        "watched": _date(known["watched_until"]), "counted": _said("export.from", known["counted_from"]),
        "schedule": known["schedule"],
        "vaccinated": None if known["vaccinated"] is None else say(f"export.{'yes' if known['vaccinated'] else 'no'}"),
        "isolated": _instant(known["isolated"], zone), "isolation_kind": _said("export.kind", known["isolation_kind"]),
        "doubts": _doubts(known["doubts"]), "change": _said("export.change", known["change"]),
        "before": None if before is None else f"F{before}", "reason": known[f"reason_{spoken()}"],
    }  # fmt: skip
    return out | {name: known[name] for name in ("name", "address") if name in known}


def _doubts(codes: str | None) -> str:
    from tracing.evidence.doubts import say_doubts

    return say_doubts(codes, spoken())


def _said(stem: str, value: str | None) -> str | None:
    return None if value is None else say(f"{stem}.{value}")


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _instant(at: int | None, zone: str) -> str | None:
    """Return an instant as people read it; the last second of a day says no more than the day."""
    if at is None:
        return None
    first, after = local(at, zone), local(at + 1, zone)
    if first.date() != after.date() or (first.hour, first.minute, first.second) == (0, 0, 0):
        return day(first.date())
    shown = after if first.second == 59 else first
    return f"{day(shown.date())} {shown:%H:%M}"


def _cell(sheet: WriteOnlyWorksheet, value: str | int | date | None, *, bold: bool = False, wrap: bool = True) -> Any:
    """Return a cell: texts as texts, whatever they begin with; whole numbers and days as such."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = _DATE
    elif value is not None:
        cell.value = int(value)
    if bold:
        cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    return cell


def _write_overview(sheet: WriteOnlyWorksheet, lists: Lists, title: str) -> None:
    """Write the first sheet: people by locality and tier, quarantine by state, sources, provenance."""
    summary = lists.summary()
    sheet.column_dimensions["A"].width = 30
    sheet.append([_cell(sheet, title, bold=True, wrap=False)])
    sheet.append([_cell(sheet, say("export.unchecked"), wrap=False)])
    sheet.append([])
    if summary.empty:
        sheet.append([_cell(sheet, say("export.nobody"), wrap=False)])
    else:
        counted = [c for c in summary.columns if c not in ("locality", "locality_name")]
        heads = [c.upper() if re.fullmatch(r"f\d+", c) else say(f"export.count.{c}") for c in counted]
        sheet.append([_cell(sheet, text, bold=True) for text in (say("export.head.locality"), *heads)])
        for row in summary.to_dict("records"):
            name = row["locality_name"] or say("export.not_known")
            sheet.append([_cell(sheet, name), *(_cell(sheet, int(row[c])) for c in counted)])
        sums = [_cell(sheet, int(summary[c].sum()), bold=True) for c in counted]
        sheet.append([_cell(sheet, say("export.count.sum"), bold=True), *sums])
    sheet.append([])
    for row in lists.schedules.to_dict("records"):
        checked = say("export.schedule.checked" if row["verified"] else "export.schedule.open")
        told = f"{row['source']} ({checked}): {row[f'note_{spoken()}']}".rstrip(": ")
        sheet.append([_cell(sheet, told, wrap=False)])
    for key, value in lists.provenance.items():
        sheet.append([_cell(sheet, f"{key}: {value}", wrap=False)])


def _write_same(book: io.BytesIO, path: Path) -> None:
    """Write the workbook without the time of writing, so that the same lists are the same bytes."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content)
            same = zipfile.ZipInfo(entry.filename, _ZIP_TIME)
            same.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(same, content)
