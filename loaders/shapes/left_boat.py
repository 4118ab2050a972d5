"""Remarks of a book of boats that tell who left the boat before its return: ``đau, lên bờ ngày 19/10``.

That day is their last aboard. A day that is not within the voyage is left to be asked about.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.left_early import follows, month_and_day
from loaders.shapes.voyages import FROM, TO
from tracing.patterns import regex
from tracing.spelling import fold

_DAY: Final = r"(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?)(?![\d/])"
#: That somebody left a boat, without accents; not that they only rested ashore or went aboard.
_WENT: Final = (
    r"(?:len|vao|dua vao|ve) (?:bo|dat lien)\b|\b(?:roi|bo) (?:tau|ghe)\b"
    r"|\bdisembark\w*|\b(?:put|went|set|taken) ashore|\bleft (?:the )?(?:boat|ship|vessel)\b"
)
_LEFT: Final = (
    regex(rf"\b(?:{_WENT})[^\d,;]{{0,40}}\s*,?\s*(?:ngay |hom |luc |on |\()?{_DAY}"),
    regex(
        rf"{_DAY}[\s:,;–-]*(?:(?:sang|qua|theo|di) (?:tau|ghe) [a-z0-9-]{{1,20}} )?"
        rf"(?:(?:da|duoc|xin|cho|phai|sang|trua|chieu|toi|benh|om) ){{0,3}}(?:{_WENT})"
    ),
)
_ASHORE: Final = "Rời tàu giữa chuyến"
_YEAR: Final = regex(r"(?<!\d)20\d\d(?!\d)")


def with_those_ashore(sheet: Sheet) -> Sheet:
    """Return a book of boats with the days on which people left the boat as those of their return."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not ({"boat", "vehicle"} & set(columns) or sheet.fact("plate")):
        return sheet
    voyage = [_times(sheet, heading, fact) for heading, fact in ((FROM, "departed"), (TO, "arrived"))]
    first, last = voyage
    if first is None or last is None:
        return sheet
    for at in (at for at in range(len(sheet.headings)) if at not in columns.values()):
        days = [_left(*told) for told in zip(sheet.cells[at], first, last, strict=True)]
        if not any(days):
            continue
        gone = pd.Series([day is not None for day in days])
        cells = sheet.cells.copy(deep=False)
        said = cells[at].where(gone)
        cells[at] = cells[at].mask(gone)
        out = replace(sheet, cells=cells, as_read=sheet.original)
        for heading, texts in ((FROM, first), (TO, last.mask(gone, pd.Series(days, dtype="string")))):
            if heading in out.headings:
                cells[out.headings.index(heading)] = texts
            else:
                out = out.with_column(heading, texts)
        return out.with_column(_ASHORE, said, letter=sheet.letters[at])
    return sheet


def _times(sheet: Sheet, heading: str, fact: str) -> pd.Series | None:
    """Return when the people of each row sailed or came back: in a column of its own, or of all in the title."""
    if heading in sheet.headings:
        return sheet.cells[sheet.headings.index(heading)]
    told = sheet.fact(fact)
    return None if told is None else pd.Series(pd.array([told.replace("T", " ")] * len(sheet), dtype="string"))


def _left(text: object, first: object, last: object) -> str | None:
    """Return on which day, within those of the voyage, a remark says that somebody left the boat."""
    if not isinstance(text, str) or not isinstance(first, str):
        return None
    said = fold(text)
    found = next((match for form in _LEFT if (match := form.search(said)) is not None), None)
    day = None if found is None else re.sub(r"[.-]", "/", found["day"])
    told, begun = month_and_day(day or ""), month_and_day(first)
    over = month_and_day(last) if isinstance(last, str) else None
    if day is None or told is None or begun is None or not (told == begun or follows(begun, told)):
        return None
    if over is not None and told != over and not follows(told, over):
        return None
    year = _YEAR.search(first)
    return day if year is None or day.count("/") > 1 else f"{day}/{int(year[0]) + (told < begun)}"
