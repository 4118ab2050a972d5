"""By which short names tables call cases: a name beside a code in any cell, a row whose remark is a code alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from loaders.code_words import CASE_CODE, plain_code
from loaders.columns.meetings import called_cases
from loaders.columns.remark import is_remark
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex

#: A remark that begins with the code of the row's own case: ``BN34``, ``là BN34, em chú rể``, ``F0 (BN34)``.
_OWN: Final = regex(
    rf"(?i)\W*(?:(?:chính )?là |(?:F ?0|ca(?: bệnh)?|case)\W+)*(?P<code>{CASE_CODE})\)?"
    r"(?=\W*$|\s*[,;]\s*[^\d\s]|\s+đấy\b)"
)
_MOST: Final = 5_000


def cases_called(sheets: Iterable[Sheet], *asked: int) -> dict[str, str]:
    """Return short name without accents -> code of the cases that the tables of one grid call so.

    They are told in remarks and in the columns ``asked``. Tables of thousands of different remarks or names call nobody
    so.
    """
    names: list[str] = []
    texts: list[str] = []
    of_rows: list[tuple[str, str]] = []
    for sheet in sheets:
        at = read_headings(sheet.headings, PEOPLE, {}).columns.get("name")
        told = [i for i, heading in enumerate(sheet.headings) if i in asked or is_remark(heading)]
        distinct = [distinct_texts(sheet.cells[i])[1] for i in told]
        names += distinct_texts(sheet.cells[at])[1] if at is not None else []
        texts += [text for one in distinct for text in one]
        if max(len(names), len(texts)) > _MOST:
            return {}
        for i, each in zip(told, distinct, strict=True):
            of_rows += _own_codes(sheet, at, i, each) if at is not None and is_remark(sheet.headings[i]) else []
    once = Counter(code for _, code in dict.fromkeys(of_rows))
    own = [(name, code) for name, code in of_rows if once[code] == 1]
    return called_cases(texts, own, names)


def _own_codes(sheet: Sheet, name: int, at: int, distinct: Sequence[str]) -> list[tuple[str, str]]:
    """Return the names and codes of those of whom a remark says that they are this case."""
    own = {text: plain_code(match["code"]) for text in distinct if (match := _OWN.match(text)) is not None}
    if not own:
        return []
    told = sheet.cells[at].isin(list(own)).to_numpy(dtype=bool)
    rows = zip(sheet.cells[name][told], sheet.cells[at][told], strict=True)
    return [(who, own[text]) for who, text in rows if isinstance(who, str)]
