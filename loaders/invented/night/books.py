"""Pages to bytes: workbooks with merged cells, text files in the encodings that are about."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from loaders.files.encodings import decode_tcvn3
from loaders.invented.night.pages import Page, Written
from loaders.invented.write import without_clock

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def book_bytes(pages: Sequence[Page]) -> bytes:
    """Return a workbook whose bytes depend on nothing but its pages; pages of one sheet stand below each other."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    below: dict[str, int] = {}
    for page in pages:
        name = page.sheet or "Sheet1"
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        below[name] = _fill(sheet, page, below.get(name, 0))
    buffer = io.BytesIO()
    book.save(buffer)
    return without_clock(buffer)


def _fill(sheet: Any, page: Page, top: int) -> int:
    """Write a page from row ``top`` (from 0) on, and return the row after it and a blank line."""
    lines = page.lines()
    for number, line in enumerate(lines, start=top + 1):
        for at, value in enumerate(line, start=1):
            if value not in (None, ""):
                cell = sheet.cell(number, at, value)
                if isinstance(value, date):
                    cell.number_format = "dd/mm/yyyy"
    for first, left, last, right in page.merges():
        for number in range(first, last + 1):
            for at in range(left, right + 1):
                if (number, at) != (first, left):
                    sheet.cell(top + number + 1, at + 1).value = None
        sheet.merge_cells(
            start_row=top + first + 1, start_column=left + 1, end_row=top + last + 1, end_column=right + 1
        )
    return top + len(lines) + 1


def text_bytes(page: Page) -> bytes:
    """Return a text file in the page's encoding and with its separator."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=page.separator, lineterminator="\r\n")
    for line in page.lines():
        writer.writerow([_text(value) for value in line])
    return encoded(out.getvalue(), page.encoding)


def _text(value: Written) -> str:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return "" if value is None else value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)


def encoded(text: str, encoding: str) -> bytes:
    """Return a text as old Vietnamese programs store it: ``tcvn3``, ``cp1258``, or any encoding of Python."""
    if encoding == "tcvn3":
        table = _tcvn3()
        letters = unicodedata.normalize("NFC", text)
        apart = "".join(letter if letter in table else _with_tone_apart(letter) for letter in letters)
        return b"".join(table.get(letter, b"?") for letter in apart)
    if encoding == "cp1258":
        return "".join(_with_tone_apart(letter) for letter in unicodedata.normalize("NFC", text)).encode("cp1258")
    return text.encode(encoding)


@cache
def _tcvn3() -> dict[str, bytes]:
    """Letter to byte: what each byte is when it is read."""
    return {decode_tcvn3(bytes([code])): bytes([code]) for code in range(255, -1, -1)}


def _with_tone_apart(letter: str) -> str:
    """Write a letter as Windows-1258 does: letter and hat are one character, the tone is another."""
    apart = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in apart if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES)) + tones
