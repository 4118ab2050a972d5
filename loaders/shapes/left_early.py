"""Remarks of a list of people in isolation that tell who left it, and when: ``18/5 về cách ly tại nhà``.

The day is their last there, whatever day was planned; who goes on at home is isolated there from that day on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.code_words import NAMED_CODE
from loaders.columns.remark import is_remark
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, Reading, read_headings
from tracing.spelling import fold

_DAY: Final = r"(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?)(?![\d/])"
#: That somebody left, without accents: not that they moved to another room, or came from somewhere.
_WENT: Final = (
    r"(?:(?:da|duoc|cho|xin|phai|duoc cho) ){0,3}(?:(?:chuyen(?: tuyen| len| di| ve| sang| vao)?|ra) "
    r"(?:vien|bv\w*|benh vien|ttyt|bvdc|kcl\w*|khu cach ly|khu dieu tri|noi khac|dieu tri)"
    r"|(?:chuyen )?ve (?:nha|que|dia phuong|cach ly|cl|theo doi|tu cach ly)|(?:cho )?ve$|roi (?:di|khoi)"
    r"|ra (?:khoi )?(?:khu|trai)|xuat (?:vien|trai)|(?:hoan thanh|het|ket thuc) (?:cach ly|cl))\b"
)
_LEFT: Final = (
    re.compile(rf"(?:ngay |tu ngay |tu |hom )?{_DAY}[\s:,;–-]*(?:(?:sang|trua|chieu|toi) )?{_WENT}"),
    re.compile(rf"{_WENT}[^\d]{{0,40}}?(?:ngay |hom |luc |tu |tu ngay )?{_DAY}$"),
)
_HOME: Final = re.compile(
    r"\bve (?:tu )?(?:cach ly|cl|theo doi)(?: y te)?(?: tiep)? tai nha\b|\bve nha (?:tu )?(?:cach ly|cl)\b"
)
_LONGEST: Final = 3
_START, _KIND, _END = "Ngày bắt đầu cách ly", "Hình thức cách ly", "Ngày kết thúc cách ly"
_AT_HOME: Final = "Tại nhà"
"""What such a list says of somebody isolated at home."""


class _Left(NamedTuple):
    """The day on which somebody left, and whether they are isolated at home from then on."""

    day: str
    home: bool


def with_those_who_left(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets, of isolations with the days on which people left, and behind them who is at home since."""
    return [part for sheet in sheets for part in _with_left(sheet)]


def _with_left(sheet: Sheet) -> list[Sheet]:
    reading = read_headings(sheet.headings, PEOPLE, {})
    if sheet.origin is not None or "isolation_start" not in reading.columns or "name" not in reading.columns:
        return [sheet]
    remarks = [at for at, heading in enumerate(sheet.headings) if is_remark(heading)]
    starts = sheet.cells[reading.columns["isolation_start"]]
    told = {at: [_left(*cells) for cells in zip(sheet.cells[at], starts, strict=True)] for at in remarks}
    at = next((at for at, found in told.items() if any(found)), None)
    if at is None:
        return [sheet]
    return [_with_days(sheet, reading, at, told[at]), *_at_home(sheet, reading, at, told[at])]


def left_as_told(remarks: pd.Series, starts: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell which remarks say when somebody left who came on the day beside it, and name no case."""
    told = (_left(*cells) is not None for cells in zip(remarks, starts, strict=True))
    named = (isinstance(text, str) and NAMED_CODE.search(text) is not None for text in remarks)
    return np.array([left and not case for left, case in zip(told, named, strict=True)], dtype=bool)


def _left(text: object, start: object) -> _Left | None:
    """Return when a remark says that somebody left after the first day: who came home on that day left nothing."""
    said = fold(text).strip(" .") if isinstance(text, str) else ""
    found = next((match for form in _LEFT if (match := form.search(said)) is not None), None)
    if found is None or not isinstance(start, str):
        return None
    first, day = _month_and_day(start), _month_and_day(found["day"])
    if first is None or day is None or not _follows(first, day):
        return None
    return _Left(re.sub(r"[.-]", "/", found["day"]), _HOME.search(said) is not None)


def _follows(first: tuple[int, int], day: tuple[int, int]) -> bool:
    """Tell whether a day is after another, and by no more than some months."""
    months = (day[0] - first[0]) % 12
    return months <= _LONGEST and (months > 0 or day[1] > first[1])


def _month_and_day(text: str) -> tuple[int, int] | None:
    iso, day_first = re.match(r"\d{4}-(\d\d)-(\d\d)", text), re.search(r"(\d{1,2})[/.-](\d{1,2})", text)
    if iso is not None:
        return int(iso[1]), int(iso[2])
    return None if day_first is None else (int(day_first[2]), int(day_first[1]))


def _with_days(sheet: Sheet, reading: Reading, at: int, left: list[_Left | None]) -> Sheet:
    """Return the list with those days as the last ones; the remarks stay where they are."""
    days = pd.Series([None if one is None else one.day for one in left], dtype="string")
    end = reading.columns.get("isolation_end")
    if end is None:
        return sheet.with_column(_END, days, letter=sheet.letters[at])
    cells = sheet.cells.copy(deep=False)
    cells[end] = days.fillna(cells[end])
    return replace(sheet, cells=cells, as_read=sheet.original)


def _at_home(sheet: Sheet, reading: Reading, at: int, left: list[_Left | None]) -> list[Sheet]:
    """Return the list of those who are isolated at home from then on, if there are any."""
    rows = [row for row, one in enumerate(left) if one is not None and one.home]
    if not rows:
        return []
    own = {sheet.headings[place]: place for name, place in reading.columns.items() if name in _WHO}
    told = {heading: sheet.cells[place].iloc[rows].reset_index(drop=True) for heading, place in own.items()}
    told[_START] = pd.Series([one.day for one in left if one is not None and one.home], dtype="string")
    told[_KIND] = pd.Series([_AT_HOME] * len(rows), dtype="string")
    facts = tuple(fact for fact in sheet.facts if fact.name in ("day", "year", "month", "commune", "district"))
    more = {"facts": facts, "titles": ()}  # the camp is where they were before
    return [sheet.with_table(told, letter=sheet.letters[at], numbers=sheet.numbers[rows], origin=None, **more)]


_WHO: Final = (
    *("person", "name", "first_name", "last_name", "phone", "national_id", "birth_date", "birth_year", "age", "sex"),
    *("address", "hamlet", "commune", "district", "province"),
)
