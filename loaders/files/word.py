"""Word documents (.docx): their tables below the lines above them, as a sheet has them, and their running text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from loaders.code_words import plain_code
from loaders.files.case_heads import head_of_case
from loaders.files.cells import Unreadable, cells_of_rows, foreign_kind, is_locked
from loaders.files.grid import Document, Grid, Line
from loaders.files.indents import TAB, indent_of
from loaders.files.spelt import Spelt
from loaders.files.text import document
from loaders.files.workbook_xml import check_archive
from loaders.findings import FindingLog
from loaders.options import LoadOptions
from tracing.patterns import regex
from tracing.text import catalogue

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_, _n = catalogue("loaders")

_OLE: Final = b"\xd0\xcf\x11\xe0"
_DAY_LINE: Final = regex(
    r"(?i)\W*(?:(?:sáng|trưa|chiều|tối|đêm)\s+)?(?:từ\s+)?(?:ngày\s+|hôm\s+)?\d{1,2}[/-]\d{1,2}\b.{20}"
)
#: What an order says of somebody, above the table of another: both are read.
_ORDER: Final = Spelt(r"(?i)cách ly[^.;:]{0,80}\s(?:đối với|cho)\s(?:ông|bà|anh|chị|em|cháu)\s:?\s?(?-i:[A-ZĐÀ-Ỹ])")
_FEWEST, _NARROW = 2, 2
#: So many points is a sign wide.
_SIGN: Final = 6
#: Of a run, that a line goes through it.
_STRUCK: Final = "w:rPr/*[self::w:strike or self::w:dstrike][not(@w:val='0' or @w:val='false')]"
_Span: TypeAlias = tuple[Any, int, int, str]
"""A cell of a row: the element by which a merged one is known, its first and last column, its text."""


def read_word(path: Path, data: bytes, ending: str, options: LoadOptions, log: FindingLog) -> Sequence[Grid | Document]:
    """Read a document: a row for each line and each row of a table, numbered from its beginning.

    Raises
    ------
    Unreadable
        If it is protected, damaged, or unpacks to more than the limits of ``options`` allow.
    """
    if data.startswith(_OLE):
        raise Unreadable("file.password") if is_locked(data) else Unreadable("file.binary", kind=foreign_kind(data))
    check_archive(data, options.limits)
    try:
        import docx

        word = docx.Document(io.BytesIO(data))
    except Exception as wrong:  # whatever breaks the reader of others is a file that cannot be read
        raise Unreadable("file.unreadable", kind="Word", reason=_("it is damaged or cut off")) from wrong
    rows, merged, lines, struck = _rows(word, options.limits.columns)
    if not any(rows):
        raise Unreadable("file.empty")
    found: list[Grid] = []
    if len(lines) < len(rows):
        width = max(map(len, rows))
        cells = cells_of_rows(rows, width)
        numbers = np.arange(1, len(rows) + 1)
        found.append(
            Grid(
                file=path.name, sheet=None, cells=cells, numbers=numbers, merged=tuple(merged), struck=frozenset(struck)
            )
        )
    if (
        not found
        or any(_ORDER.search(line.text) for line in lines)
        or (_tells_days(lines) and any(sum(text is not None for text in row) > _NARROW for row in rows))
        or _tells_cases(rows, lines)
    ):
        return [*(replace(grid, told_apart=True) for grid in found), document(path.name, lines)]
    return found


def _tells_days(lines: list[Line]) -> bool:
    """Tell whether the lines beside the tables are an itinerary; where no table is wide, the grid shows that itself."""
    return sum(_DAY_LINE.match(line.text) is not None for line in lines) >= _FEWEST


def _tells_cases(rows: Sequence[Sequence[str | None]], lines: Sequence[Line]) -> bool:
    """Tell whether lines begin what is told of a case, but those below a list of these cases, one line for each."""
    heads = {at: head for at, line in enumerate(lines) if (head := head_of_case(line.text)) is not None}
    listed = {plain_code(text) for row in rows for text in row if text is not None and sum(map(bool, row)) > _NARROW}
    together = len(heads) > 1 and max(heads) - min(heads) == len(heads) - 1
    return bool(heads) and not (together and all(head.code in listed for head in heads.values()))


def _rows(
    word: WordDocument, most: int
) -> tuple[list[list[str | None]], list[tuple[int, int, int, int]], list[Line], list[int]]:
    """Return the rows of a document, which of their cells are merged, its lines, and which rows are struck through."""
    from docx.table import Table as WordTable

    rows: list[list[str | None]] = []
    merged: list[tuple[int, int, int, int]] = []
    told: list[Line] = []
    struck: list[int] = []
    crossed = _crossed(word)
    for block in word.iter_inner_content():
        if isinstance(block, WordTable):
            if rows and rows[-1]:
                rows.append([])  # one table from the next
            spans = list(_spans(block))
            struck += [len(rows) + at for at, row in enumerate(block.rows) if row._tr in crossed] if crossed else []
            merged += _merged(spans, len(rows))
            rows += _of_table(spans, most)
            rows.append([])
            continue
        for text in block.text.split("\n"):
            if text.strip():
                rows.append([text.strip()])
                told.append(Line(len(rows), (text.strip(),), _indent(block) + indent_of(text)))
    return rows, merged, told, struck


def _crossed(word: WordDocument) -> set[Any]:
    """Return the rows of tables most of whose text is struck through."""
    marks = word.element.body.xpath(".//w:tbl//w:strike | .//w:tbl//w:dstrike")
    rows = {mark.xpath("ancestor::w:tr[1]")[0] for mark in marks}
    return {row for row in rows if 2 * _length(row, f"[{_STRUCK}]") > _length(row, "")}


def _length(row: Any, which: str) -> int:
    """Return how many signs the runs of a row have, of those for which a condition holds."""
    return sum(len(text.text or "") for text in row.xpath(f".//w:r{which}/w:t"))


def _indent(paragraph: Paragraph) -> int:
    """Return how far a paragraph is indented, in signs: by the level of its list, else by its format or its style's."""
    properties = paragraph._p.pPr
    level = getattr(None if properties is None else properties.numPr, "ilvl", None)
    if level is not None:
        return TAB * (int(level.val) + 1)
    style = paragraph.style
    left = paragraph.paragraph_format.left_indent or (None if style is None else style.paragraph_format.left_indent)
    return 0 if left is None else max(0, round(left.pt / _SIGN))


def _spans(table: Table) -> Iterator[list[_Span]]:
    """Yield the cells of each row of a table."""
    for row in table.rows:
        cells: list[_Span] = []
        at = row.grid_cols_before
        for cell in row.cells:
            mark = cell._tc
            if cells and cells[-1][0] is mark:
                cells[-1] = (mark, cells[-1][1], at, cells[-1][3])
            else:
                cells.append((mark, at, at, cell.text.strip()))
            at += 1
        yield cells


def _of_table(spans: list[list[_Span]], most: int) -> list[list[str | None]]:
    """Return the rows of a table; a merged cell has its text where it begins."""
    out: list[list[str | None]] = []
    above: set[Any] = set()
    for cells in spans:
        width = max((last for _mark, _first, last, _text in cells), default=-1) + 1
        if width > most:
            raise Unreadable("file.columns", columns=width, limit=most)
        texts: list[str | None] = [None] * width
        for mark, first, _last, text in cells:
            texts[first] = None if mark in above else text
        above = {mark for mark, _first, _last, _text in cells}
        out.append(texts)
    return out


def _merged(table: list[list[_Span]], begin: int) -> list[tuple[int, int, int, int]]:
    """Return the merged cells of a table whose first row is the row ``begin`` of the document."""
    spans: dict[tuple[Any, int], list[int]] = {}
    for row, cells in enumerate(table, start=begin):
        for mark, first, last, _text in cells:
            known = spans.get((mark, first))
            if known is not None and known[2] == row - 1:
                known[2] = row
            else:
                spans[(mark, first)] = [row, first, row, last]
    return [(top, left, bottom, right) for top, left, bottom, right in spans.values() if bottom > top or right > left]
