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

from cli.language import say, spoken
from cli.shown import shown_area
from cli.writers.cells import clean
from cli.writers.columns import ARRIVALS, BEHIND, COLUMNS, COUNTS, FINDING, MET_AFTER, PRIVATE, Cell, ListColumn, Row
from tracing.lists.apart import APART, plain
from tracing.lists.arrivals import TOLD
from tracing.patterns import regex
from tracing.policy.words import GRADES
from tracing.text import catalogue
from tracing.times import EVER, local

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from tracing.lists.lists import Lists

_, _n = catalogue("cli")

_FORBIDDEN: Final = regex(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_DATE: Final = "d/m/yyyy"
_A4: Final = 9
#: Inches.
_MARGIN: Final = 0.4
#: What stands on the last sheet where a list has names.
_IDS: Final = ("person", "contact_of", "schedule")
_ZIP_TIME: Final = (1980, 1, 1, 0, 0, 0)


def write_workbook(lists: Lists, path: Path, *, zone: str, title: str) -> None:
    """Write the workbook. ``title`` says by which rule and up to when; it stands at the top of every sheet.

    Every text cell is text, whatever it begins with: an id keeps its zeros, nothing becomes a formula. The bytes depend
    on the lists and the language alone.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    names: set[str] = {"history"}
    _write_overview(book.create_sheet(_sheet_name(say(_("Overview")), names)), lists, title)
    today = _today(lists, zone)
    behind: list[Row] = []
    for code, name, people in lists.localities():
        shown = shown_area(name, code) or say(_("Not known"))
        sheet = book.create_sheet(_sheet_name(shown, names, code))
        place = shown if code is None or code == name else f"{shown} ({code})"
        district = people["district_name"].iloc[0]
        rows = _numbered(people, zone, today)
        titles = [place if pd.isna(district) else f"{place}, {district}", title]
        left_out = {"person"} if "name" in people.columns else {"short", *PRIVATE}
        _write_rows(sheet, {c: column for c, column in COLUMNS.items() if c not in left_out}, rows, titles)
        behind += rows
    behind += _write_apart(book, lists, names, title, zone)
    last = book.create_sheet(_sheet_name(say(_("Ids and sources")), names))
    if behind:
        _write_rows(last, BEHIND, behind, [say(_("Ids, clauses and schedules behind the lists"))])
    for key, value in lists.provenance.items():
        last.append([_cell(last, f"{key}: {value}", wrap=False)])
    whole = io.BytesIO()
    book.save(whole)
    _write_same(whole, path)


def _write_apart(book: Workbook, lists: Lists, names: set[str], title: str, zone: str) -> list[Row]:
    """Write a sheet for each of the lists that stand apart; return the rows whose ids stand on the last sheet."""
    today = _today(lists, zone)
    behind: list[Row] = []
    for name, columns in (("met_after_isolation", MET_AFTER), ("source_finding", FINDING), ("arrivals", ARRIVALS)):
        found: pd.DataFrame = getattr(lists, name)
        if found.empty:
            continue
        ids_last = "name" in found.columns and name == "source_finding"
        left_out = {"short", *(_IDS if ids_last else ())} if "name" in found.columns else {"short", *PRIVATE}
        head, note = (say(text) for text in (APART | {"arrivals": TOLD})[name])
        sheet = book.create_sheet(_sheet_name(head, names))
        rows = _numbered(found, zone, today)
        mine = {c: column for c, column in columns.items() if c not in left_out}
        _write_rows(sheet, mine, rows, [f"{head}. {note}", title])
        if ids_last:
            behind += [{**row, "apart": head} for row in rows]
    return behind


def _today(lists: Lists, zone: str) -> date | None:
    return None if lists.as_of >= EVER else local(lists.as_of - 1, zone).date()


def _numbered(table: pd.DataFrame, zone: str, today: date | None) -> list[Row]:
    """Return the rows of a sheet, numbered from 1."""
    more = {"zone": zone, "today": today}
    return [row | more | {"number": number} for number, row in enumerate(plain(table), start=1)]


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


def _write_rows(
    sheet: WriteOnlyWorksheet, all_columns: Mapping[str, ListColumn], rows: Sequence[Row], titles: Sequence[str]
) -> None:
    """Write a sheet that prints on A4: across, as wide as the page, its head on every page."""
    from openpyxl.utils import get_column_letter

    cells = [{c: column.cell(row) for c, column in all_columns.items()} for row in rows]
    columns = {
        c: column
        for c, column in all_columns.items()
        if not column.can_be_left_out or any(cell[c] not in (None, "") for cell in cells)
    }
    for at, column in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    top = len(titles) + 1
    sheet.freeze_panes = f"A{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{top + len(cells)}"
    sheet.print_title_rows = f"1:{top}"
    _print_on_a4(sheet)
    for line in titles:
        sheet.append([_cell(sheet, line, bold=True, wrap=False)])
    sheet.append([_cell(sheet, say(column.head), bold=True, line=True) for column in columns.values()])
    for cell in cells:
        sheet.append([_cell(sheet, cell[c], line=True) for c in columns])


def _print_on_a4(sheet: WriteOnlyWorksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = sheet.page_margins.top = sheet.page_margins.bottom = _MARGIN


def _cell(sheet: WriteOnlyWorksheet, value: Cell, *, bold: bool = False, wrap: bool = True, line: bool = False) -> Any:
    """Return a cell: texts as texts, whatever they begin with; whole numbers and days as such."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Border, Font, Side

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
    if line:
        thin = Side(style="hair")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    return cell


def _write_overview(sheet: WriteOnlyWorksheet, lists: Lists, title: str) -> None:
    """Write the first sheet: people by locality and tier, quarantine by state, sources, provenance."""
    summary = lists.summary()
    sheet.column_dimensions["A"].width = 30
    _print_on_a4(sheet)
    sheet.append([_cell(sheet, title, bold=True, wrap=False)])
    unchecked = say(_("Days of quarantine are those of the rule, not an order; health authorities decide."))
    sheet.append([_cell(sheet, unchecked, wrap=False)])
    sheet.append([])
    if summary.empty:
        sheet.append([_cell(sheet, say(_("Nobody is on this list.")), wrap=False)])
    else:
        rare = [c for c in ("lapsed", "none") if not summary[c].fillna(0).any()]
        counted = [c for c in summary.columns if c not in ("locality", "locality_name", *rare)]
        heads = [c.upper() if re.fullmatch(r"f\d+", c) else say(COUNTS.get(c, c)) for c in counted]
        sheet.append([_cell(sheet, text, bold=True) for text in (say(_("Locality")), *heads)])
        for row in summary.to_dict("records"):
            name = shown_area(row["locality_name"], row["locality"]) or say(_("Not known"))
            sheet.append(
                [_cell(sheet, name), *(_cell(sheet, None if pd.isna(row[c]) else int(row[c])) for c in counted)]
            )
        sums = [_cell(sheet, None if summary[c].isna().all() else int(summary[c].sum()), bold=True) for c in counted]
        sheet.append([_cell(sheet, say(_("Sum")), bold=True), *sums])
    for reason in lists.reasons():
        sheet.append([_cell(sheet, say(reason), wrap=False)])
    sheet.append([])
    for row in lists.schedules.to_dict("records"):
        told = f"{row['source']} ({say(GRADES[row['grade']])}): {row[f'note_{spoken()}']}".rstrip(": ")
        sheet.append([_cell(sheet, told, wrap=False)])


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
