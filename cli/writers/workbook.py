"""Lists as an Excel workbook: an overview, then a sheet per locality that can be printed and handed over."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from cli.language import say, spoken
from cli.writers.cells import clean
from cli.writers.columns import COLUMNS, COUNTS, Cell
from tracing.text import catalogue

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from tracing.lists.lists import Lists

_, _n = catalogue("cli")

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME: Final = 31
_DATE: Final = "d/m/yyyy"
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
    for code, name, rows in lists.localities():
        shown = name or say(_("Not known"))
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

    known = [{c: None if pd.isna(v) else v for c, v in row.items()} | {"zone": zone} for row in rows.to_dict("records")]
    own = {c: column for c, column in COLUMNS.items() if c not in ("name", "address") or c in rows.columns}
    cells = [{c: column.cell(row) for c, column in own.items()} for row in known]
    columns = {
        c: column
        for c, column in own.items()
        if not column.can_be_left_out or any(cell[c] not in (None, "") for cell in cells)
    }
    for at, column in enumerate(columns.values(), start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    top = len(titles) + 1
    sheet.freeze_panes = f"B{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{top + len(cells)}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    for line in titles:
        sheet.append([_cell(sheet, line, bold=True, wrap=False)])
    sheet.append([_cell(sheet, say(column.head), bold=True) for column in columns.values()])
    for cell in cells:
        sheet.append([_cell(sheet, cell[c]) for c in columns])


def _cell(sheet: WriteOnlyWorksheet, value: Cell, *, bold: bool = False, wrap: bool = True) -> Any:
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
    unchecked = say(_("Days of quarantine are those of the rule, not an order; health authorities decide."))
    sheet.append([_cell(sheet, unchecked, wrap=False)])
    sheet.append([])
    if summary.empty:
        sheet.append([_cell(sheet, say(_("Nobody is on this list.")), wrap=False)])
    else:
        counted = [c for c in summary.columns if c not in ("locality", "locality_name")]
        heads = [c.upper() if re.fullmatch(r"f\d+", c) else say(COUNTS.get(c, c)) for c in counted]
        sheet.append([_cell(sheet, text, bold=True) for text in (say(_("Locality")), *heads)])
        for row in summary.to_dict("records"):
            name = row["locality_name"] or say(_("Not known"))
            sheet.append([_cell(sheet, name), *(_cell(sheet, int(row[c])) for c in counted)])
        sums = [_cell(sheet, int(summary[c].sum()), bold=True) for c in counted]
        sheet.append([_cell(sheet, say(_("Sum")), bold=True), *sums])
    sheet.append([])
    for row in lists.schedules.to_dict("records"):
        checked = say(_("not verified") if row["grade"] == "ours" else _("checked against its source"))
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
