"""Small invented lists as somebody would send them, written as CSV, a workbook or an open document, and loaded."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
from openpyxl.utils.cell import range_boundaries

from loaders import Answers, LoadOptions, LoadResult, load_files
from tracing.identity.decisions import Identity
from tracing.identity.unite import unite
from tracing.text import unaccented
from tracing.times import format_iso

Rows = Sequence[Sequence[object]]
ZONE = "Asia/Ho_Chi_Minh"
_ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
 <table:table table:name="DS">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def write_list(path: Path, rows: Rows, merged: Sequence[str] = ()) -> Path:
    """Write rows as the ending of ``path`` says: .csv, .xlsx or .ods (with merged cells)."""
    if path.suffix == ".csv":
        quoted = (",".join(f'"{cell}"' if cell not in (None, "") else "" for cell in row) for row in rows)
        path.write_text("\n".join(quoted) + "\n", encoding="utf-8")
    elif path.suffix == ".ods":
        lines = (
            "".join(_ods_cell(cell, row, column, merged) for column, cell in enumerate(cells, start=1))
            for row, cells in enumerate(rows, start=1)
        )
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            content = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
            archive.writestr("content.xml", _ODS.format(rows=content))
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append([None if cell == "" else cell for cell in row])
        for cells in merged:
            book.worksheets[0].merge_cells(cells)
        book.save(path)
    return path


def _ods_cell(cell: object, row: int, column: int, merged: Sequence[str]) -> str:
    """Return a cell of an OpenDocument sheet; what a merged cell covers is no cell of its own."""
    for left, top, right, bottom in map(range_boundaries, merged):
        if (row, column) == (top, left):
            over, down = right - left + 1, bottom - top + 1
            span = f'table:number-columns-spanned="{over}" table:number-rows-spanned="{down}"'
            text = f"<text:p>{escape(str(cell))}</text:p>"
            return f'<table:table-cell office:value-type="string" {span}>{text}</table:table-cell>'
        if top <= row <= bottom and left <= column <= right:
            return "<table:covered-table-cell/>"
    text = escape(str(cell if cell is not None else ""))
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def load_lists(
    folder: Path,
    lists: Mapping[str, Rows],
    *,
    answers: Mapping[str, str] | None = None,
    merged: Sequence[str] = (),
) -> LoadResult:
    """Write the lists (file name -> rows) and load them; sums add up in every sheet.

    In the records are one who is, as far as the load itself found it: a short name and whom it means.
    """
    paths = [write_list(folder / name, rows, merged) for name, rows in lists.items()]
    result = load_files(paths, options=LoadOptions(today=date(2021, 8, 31)), answers=Answers(answers or {}))
    for summary in result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
    meant = Identity.of([], [(row.ident, row.person) for row in result.meant]).groups
    return replace(result, records=unite(result.records, meant))


def without_accents(rows: Rows) -> list[list[object]]:
    """Return the rows as somebody without a Vietnamese keyboard types them."""
    return [[unaccented(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def columns_turned(rows: Rows, head: int) -> list[list[object]]:
    """Return the rows with the columns of the table (from row ``head`` on) the other way round."""
    return [list(row) if at < head else list(reversed(row)) for at, row in enumerate(rows)]


def names_of(result: LoadResult) -> dict[str, str]:
    """Return id -> name of everybody on record."""
    people = result.records.persons
    return {
        str(ident): str(name) if isinstance(name, str) else str(ident)
        for ident, name in zip(people["person"], people["name"], strict=True)
    }


def visits_of(result: LoadResult) -> set[tuple[str, str, str, str]]:
    """Return name, place, start and end ("" where unknown) of each visit; instants to the minute."""
    names, visits = names_of(result), result.records.visits
    return {
        (names[str(v.person)], str(v.place), _time(v.start, v.start_to), _time(v.end, v.end_to))
        for v in visits.itertuples()
    }


def pairs_of(result: LoadResult) -> set[tuple[str, str, str, str]]:
    """Return the two names (in order), start and end of each contact."""
    names, contacts = names_of(result), result.records.contacts
    out = set()
    for c in contacts.itertuples():
        one, other = sorted((names[str(c.person_a)], names[str(c.person_b)]))
        out.add((one, other, _time(c.start, c.start_to), _time(c.end, c.end_to)))
    return out


def isolations_of(result: LoadResult) -> set[tuple[str, str, str, str, str]]:
    """Return name, kind, place, first and last day ("" where unknown) of each isolation."""
    names = names_of(result)
    return {
        (
            names[str(i.person)],
            *(_text(one) for one in (i.kind, i.place)),
            _day(i.start, i.start_to),
            _day(i.end, i.end_to),
        )
        for i in result.records.isolations.itertuples()
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(start: object, end: object) -> str:
    return "" if pd.isna(start) else format_iso(int(str(start)), int(str(end)), ZONE)[:10]


def results_of(result: LoadResult) -> set[tuple[str, str, str]]:
    """Return name, day and result of each test."""
    names = names_of(result)
    return {
        (names[str(t.person)], _day(t.sample, t.sample_to), _text(t.result)) for t in result.records.tests.itertuples()
    }


def choices_of(result: LoadResult, column: str) -> list[tuple[str, ...]]:
    """Return the choices of each question about a column."""
    return [tuple(choice.value for choice in q.choices) for q in result.questions if q.column == column]


def asked_of(result: LoadResult) -> set[tuple[int | None, str | None]]:
    """Return row and words of each open question."""
    return {(question.row, question.said) for question in result.questions}


def _time(start: object, end: object) -> str:
    if pd.isna(start):
        return ""
    text = format_iso(int(str(start)), int(str(end)), ZONE)
    return text[:16]
