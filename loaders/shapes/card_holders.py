"""A log of cards, badges or member numbers beside a list of their holders: the number says who it was.

The log then has the telephone and the year of birth of the holder, and the name with its accents. A row whose number
nobody holds, or under another name than the holder's, stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.texts import by_distinct
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, plain, read_headings, spaced
from tracing.patterns import regex
from tracing.spelling import fold

#: Headings of such numbers, without accents.
_NUMBER: Final = regex(
    r"(?:ma |so )?(?:the|the tu|the xe|badge|card|nv|nhan vien|cong nhan|cn|hoi vien|thanh vien|khach hang|hoc vien"
    r"|hoc sinh|sinh vien|member|employee|emp|staff|student|user|holder|msnv|mssv|mshs)"
    r"(?: (?:so|id|no|code|number|num))?"
)
#: What the list of holders tells of each -> heading under which the log has it.
_TOLD: Final = {"phone": "SĐT", "birth_year": "Năm sinh", "birth_date": "Ngày sinh", "national_id": "CCCD"}
_NAME: Final = "Họ và tên"
_ENOUGH: Final = 0.8
_LOOKED_AT: Final = 200
#: So many holders at least make two lists with few numbers in common lists of one firm.
_FEWEST: Final = 2


def with_card_holders(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the tables of one file, the logs among them with what a list of the same file tells of the holders."""
    lists = [sheet for sheet in sheets if _names_holders(sheet)]
    return [_tied(sheet, [one for one in lists if one is not sheet]) for sheet in sheets] if lists else list(sheets)


def _names_holders(sheet: Sheet) -> bool:
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    return sheet.origin is None and "name" in columns and bool(_TOLD.keys() & columns) and len(sheet) > 1


def _tied(sheet: Sheet, lists: Sequence[Sheet]) -> Sheet:
    """Return a log with what the first list that holds its numbers tells."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or {"phone", "national_id"} & set(columns) or not len(sheet):
        return sheet
    for at in _numbers(sheet):
        for holders in lists:
            for theirs in _numbers(holders):
                rows, most = _row_of_each(sheet.cells[at], holders.cells[theirs])
                if most or (rows and _all_agree(sheet, at, holders, rows)):
                    return _with_told(sheet, at, holders, rows)
    return sheet


def _numbers(sheet: Sheet) -> list[int]:
    """Return the columns of such numbers: texts with a digit, below a heading that says so."""
    return [
        at
        for at, heading in enumerate(sheet.headings)
        if _NUMBER.fullmatch(spaced(heading))
        and all(re.search(r"\d", text) for text in sheet.cells[at].iloc[:_LOOKED_AT].dropna())
    ]


def _row_of_each(used: pd.Series, held: pd.Series) -> tuple[dict[str, int], bool]:
    """Return number -> row of its holder, and whether most used ones are held; nothing where one is held twice."""
    _, distinct = distinct_texts(used)
    rows = {plain(text): row for row, text in enumerate(held) if isinstance(text, str)}
    known = {text: rows[plain(text)] for text in distinct if plain(text) in rows}
    if len(rows) < held.notna().sum():
        return {}, False
    return known, bool(known) and len(known) >= _ENOUGH * len(distinct)


def _all_agree(sheet: Sheet, at: int, holders: Sheet, rows: Mapping[str, int]) -> bool:
    """Tell whether a list with names has several of the numbers, and each under the name of its holder."""
    own, theirs = (read_headings(one.headings, PEOPLE, {}).columns.get("name") for one in (sheet, holders))
    if own is None or theirs is None or len(rows) < _FEWEST:
        return False
    names = by_distinct(_of_holders(sheet.cells[at], holders, theirs, rows), _bare)
    return bool((by_distinct(sheet.cells[own], _bare) == names)[names.notna()].fillna(False).all())


def _with_told(sheet: Sheet, at: int, holders: Sheet, rows: Mapping[str, int]) -> Sheet:
    theirs = read_headings(holders.headings, PEOPLE, {}).columns
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    numbers = sheet.cells[at]
    names = _of_holders(numbers, holders, theirs["name"], rows)
    named = _named(sheet, names, columns.get("name"))
    same = names.notna()
    out = sheet
    if named is None:
        out = out.with_column(_NAME, names, letter=sheet.letters[at], as_read=sheet.original)
    else:
        own = sheet.cells[named]
        same &= by_distinct(own, _bare) == by_distinct(names, _bare)
        cells = out.cells.copy(deep=False)
        cells[named] = own.mask(same.fillna(False), names)
        headings = tuple(_NAME if i == named else heading for i, heading in enumerate(out.headings))
        out = replace(out, headings=headings, cells=cells, as_read=sheet.original)
    for field, heading in _TOLD.items():
        if field in theirs and field not in columns:
            told = _of_holders(numbers, holders, theirs[field], rows).where(same.fillna(False))
            out = out.with_column(heading, told, letter=sheet.letters[at]) if told.notna().any() else out
    return out


def _named(sheet: Sheet, names: pd.Series, known: int | None) -> int | None:
    """Return the column of the log that says the names of the holders, whatever its heading."""
    bare = by_distinct(names, _bare)
    for at in range(len(sheet.headings)) if known is None else [known]:
        agree = (by_distinct(sheet.cells[at], _bare) == bare).fillna(False)
        if agree.sum() >= _ENOUGH * max(bare.notna().sum(), 1):
            return at
    return known


def _bare(text: str) -> str:
    return " ".join(fold(text).split())


def _of_holders(numbers: pd.Series, holders: Sheet, at: int, rows: Mapping[str, int]) -> pd.Series:
    """Return what a column of the list of holders says of the holder of each number."""
    texts = [text if isinstance(text, str) else None for text in holders.cells[at]]
    return by_distinct(numbers, lambda number: texts[rows[number]] if number in rows else None)
