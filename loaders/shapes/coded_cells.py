"""Columns of numbers or letters of which a line about the table tells the meanings: ``Cột 5: 1 = có, 0 = không``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from loaders.files.grid import Sheet, column_letter, distinct_texts
from loaders.shapes.split_cells import texts_of_rows
from tracing.patterns import regex
from tracing.spelling import fold

#: A sign with what it means; the words go on to the next separator.
_ITEM: Final = r"(?P<{0}>\d{{1,2}}|[A-Z]{{1,3}})\s?[=:]\s?(?P<{1}>[^=:;,.()\d\n]{{2,40}})"
_MEANING: Final = regex(_ITEM.format("sign", "words"))
_SEVERAL: Final = regex(rf"{_ITEM.format('a', 'b')}(?:[;,.]\s{{0,3}}{_ITEM.format('c', 'd')})+")
#: Which column is meant: its number, its letter, its name, in brackets behind the number or alone.
_COLUMN: Final = regex(r"(?i)\b(?:cột|cot|column|col)\s?(?:số |so )?\(?(?P<at>\d{1,2}|[A-Z]{1,2})\)?(?!\w)")
_COMMON: Final = frozenset(
    {"cot", "so", "ghi", "chu", "ma", "column", "col", "note", "ky", "hieu", "giai", "thich", "code"}
)


def with_signs_told(sheet: Sheet) -> Sheet:
    """Return a table whose columns of signs hold what a line above or below it says that they mean."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    cells = None
    for line in (*sheet.titles, *sheet.notes):
        for head, meanings in _legends(line.text):
            at = _column(sheet, head)
            if at is None:
                continue
            codes, distinct = distinct_texts(sheet.cells[at])
            told = [meanings.get(re.sub(r"\.0$", "", text.strip()).upper()) for text in distinct]
            if not any(told) or any(
                one is None and len(text.strip()) < 3 for one, text in zip(told, distinct, strict=True)
            ):
                continue  # a sign of which nothing is told: it may be another column
            cells = sheet.cells.copy(deep=False) if cells is None else cells
            cells[at] = texts_of_rows([one or text for one, text in zip(told, distinct, strict=True)], codes)
    return sheet if cells is None else replace(sheet, cells=cells, as_read=sheet.original)


def _legends(text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what stands before each run of signs with their meanings, and these."""
    end = 0
    for match in _SEVERAL.finditer(text):
        meanings = {found["sign"]: found["words"].strip() for found in _MEANING.finditer(match[0])}
        yield text[end : match.start()].strip(" .;,:-–"), meanings
        end = match.end()


def _column(sheet: Sheet, head: str) -> int | None:
    """Return the one column that words before a legend name, else the one of the number or letter that they tell."""
    words = set(re.findall(r"[^\W\d_]+", fold(head))) - _COMMON
    headings = [set(re.findall(r"[^\W\d_]+", fold(heading.rpartition(" › ")[2]))) for heading in sheet.headings]
    named = [at for at, heading in enumerate(headings) if heading and words and (words <= heading or heading <= words)]
    if len(named) == 1:
        return named[0]
    told = _COLUMN.search(head)
    if told is None or named:
        return None
    letter = column_letter(int(told["at"]) - 1) if told["at"].isdigit() else told["at"].upper()
    return next((at for at, of_column in enumerate(sheet.letters) if of_column == letter), None)
