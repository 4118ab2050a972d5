"""A workbook of texts: the bytes are those that the library itself would write, cell by cell."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from loaders import text_book
from loaders.text_book import TextSheet, write_text_book

ODD = (
    *("plain", "  in front", "behind ", "<b>&\"'", "_x0041_", "a\rb", "\r", "two\nlines\n", "", "tab\t", "=1+1"),
    *("\u00a0wide", "\x01control\x02", "é" * 40_000, "😀" * 20_000, None, 5, -3, True),
)


@pytest.mark.parametrize("ready", [2, 50_000])
def test_rows_are_written_as_the_library_writes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ready: int
) -> None:
    monkeypatch.setattr(text_book, "_READY", ready)
    headings = [f"h{at}" for at in range(len(ODD))]
    rows = [ODD, ODD[::-1], [None] * len(ODD), ODD]
    sheets = [TextSheet(name="odd", headings=headings, rows=rows), TextSheet(name="empty", headings=["a"], rows=[])]
    write_text_book(tmp_path / "ours.xlsx", sheets)

    def cell_by_cell(page: xlsxwriter.worksheet.Worksheet, sheet: TextSheet, plain: object) -> None:
        for number, row in enumerate(sheet.rows, start=1):
            for at, value in enumerate(row):
                if isinstance(value, str | int):
                    page.write_string(number, at, text_book._clean(str(value)[: text_book._LONGEST]), plain)

    monkeypatch.setattr(text_book, "_write_rows", cell_by_cell)
    write_text_book(tmp_path / "theirs.xlsx", sheets)
    assert (tmp_path / "ours.xlsx").read_bytes() == (tmp_path / "theirs.xlsx").read_bytes()
