"""A workbook (.xlsx) of texts, written row by row: its size costs time, not memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from tracing.patterns import regex

#: Rows and characters that Excel can hold.
MOST_ROWS: Final = 1_048_576
_LONGEST: Final = 32_767
#: Widths in characters, and how many rows are measured for them.
_NARROW, _WIDE, _MEASURED = 8, 44, 500
_CONTROL: Final = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LAYOUT: Final = {"num_format": "@", "valign": "top", "text_wrap": True}
_MADE: Final = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class TextSheet:
    """A sheet to be written.

    Attributes
    ----------
    name
        At most 31 characters that Excel allows, different from those of all other sheets.
    headings, rows
        Texts; None is an empty cell.
    wide
        Positions of columns of long texts.
    choices
        A drop-down for a cell each: its place, the range that it takes its choices from, whether other texts may be
        typed.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    wide: frozenset[int] = frozenset()
    choices: Sequence[tuple[str, str, bool]] = ()


def write_text_book(path: Path, sheets: Sequence[TextSheet]) -> None:
    """Write a workbook; every cell is text as it is, also where it begins like a formula.

    The bytes depend on the texts alone.

    Parameters
    ----------
    path
        The file, replaced if it exists.
    sheets
        At least one.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    # What is not yet packed waits beside the file, for its owner only, never in a folder for everybody.
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "tmpdir": str(path.parent)})
    book.set_properties({"created": _MADE})
    plain, bold = book.add_format(_LAYOUT), book.add_format(_LAYOUT | {"bold": True})
    for sheet in sheets:
        _fill(book.add_worksheet(_clean(sheet.name)), sheet, plain, bold)
    try:
        book.close()
    except FileCreateError as error:
        raise error.args[0] from error  # the OSError itself


def _fill(page: Any, sheet: TextSheet, plain: Any, bold: Any) -> None:
    for at in range(len(sheet.headings)):
        page.set_column(at, at, _width(sheet, at))
    page.freeze_panes(1, 0)
    for number, row in enumerate((sheet.headings, *sheet.rows)):
        for at, value in enumerate(row):
            if isinstance(value, str | int):  # what is missing leaves its cell empty
                page.write_string(number, at, _clean(str(value)[:_LONGEST]), plain if number else bold)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
    for cell, where, free in sheet.choices:
        page.data_validation(cell, {"validate": "list", "source": f"={where}", "show_error": not free})


def _clean(text: str) -> str:
    return text if text.isprintable() else _CONTROL.sub("", text)


def _width(sheet: TextSheet, at: int) -> int:
    if at in sheet.wide:
        return _WIDE
    texts = (str(row[at]) for row in sheet.rows[:_MEASURED] if isinstance(row[at], str | int))
    return max(min(max(map(len, (sheet.headings[at], *texts))) + 2, _WIDE), _NARROW)
