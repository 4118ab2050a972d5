"""Remarks of a list of people in isolation that tell who left it, and when: ``18/5 về cách ly tại nhà``.

The day is their last there, whatever day was planned; who goes on at home, or in a place that the remark names, is
isolated there from that day on.
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
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

_DAY: Final = r"(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?)(?![\d/])"
#: That somebody left, without accents: not that they moved to another room, or came from somewhere.
_WENT: Final = (
    r"(?:(?:da|duoc|cho|xin|phai|duoc cho) ){0,3}(?:(?:(?:chuyen|dua)(?: tuyen| len| di| ve| sang| vao| den){0,2}|ra) "
    r"(?:(?:cach ly|cl) (?:tap trung|tai|o)|vien|bv\w*|benh vien|ttyt|kcl\w*|khu (?:cach ly|dieu tri)|noi khac"
    r"|dieu tri)"
    r"|(?:chuyen )?ve (?:nha|que|dia phuong|cach ly|cl|theo doi|tu cach ly)|(?:cho )?ve$|roi (?:di|khoi)"
    r"|ra (?:khoi )?(?:khu|trai)|xuat (?:vien|trai)|(?:hoan thanh|het|ket thuc) (?:cach ly|cl))\b"
)
_LEFT: Final = (
    regex(rf"(?:ngay |tu ngay |tu |hom )?{_DAY}[\s:,;–-]*(?:(?:sang|trua|chieu|toi) )?{_WENT}"),
    regex(rf"{_WENT}[^\d]{{0,40}}?(?:ngay |hom |luc |tu |tu ngay )?{_DAY}$"),
)
_HOME: Final = regex(
    r"\bve (?:tu )?(?:cach ly|cl|theo doi)(?: y te)?(?: tiep)? (?:tai|o) nha\b(?! (?:nghi|tro|khach|may|cong vu))"
    r"|\bve nha (?:tu )?(?:cach ly|cl)\b"
)
_LONGEST: Final = 3
#: Whereto somebody was moved, with its name: ``chuyển KCL Trường THCS Phú Tân``, ``đưa đi cách ly tại BV huyện``.
_TO: Final = Spelt(
    r"(?i)(?:chuyển|đưa|chở)\s+"
    r"(?:(?:đi|đến|tới|thẳng|sang|vào|lên|về|tuyến|cách ly|điều trị|CL|tập trung|tại|ở)\s+){0,6}"
    r"(?:(?:KCL\w*|khu (?:cách ly|CL|điều trị))(?: tập trung| TT)?(?:\s+tại)?\s+(?=(?-i:[A-ZÀ-ỸĐ])))?"
    r"(?P<place>(?:KCL\w*|khu (?:cách ly|CL|điều trị)|BV\w*|bệnh viện|TTYT|trung tâm|trường|KTX|ký túc xá|khách sạn)"
    r"\s+[^,;.()]{1,60}?)"
    r"(?:\s+(?:(?:ngày|hôm|từ|lúc|sáng|trưa|chiều|tối)\s+)*\d{1,2}[/.h].*)?(?=[,;.()]|$)"
)
_TREATS: Final = regex(r"(?:bv\w*|benh vien|ttyt|trung tam y te)\b")
START, KIND, _END = "Ngày bắt đầu cách ly", "Hình thức cách ly", "Ngày kết thúc cách ly"
_AT_HOME, _IN_CENTRE, _IN_HOSPITAL = "Tại nhà", "Tập trung", "Bệnh viện"
WHERE: Final = "Nơi cách ly"


class _Left(NamedTuple):
    """The day on which somebody left, and whether they are isolated at home, or in which place, from then on."""

    day: str
    home: bool
    place: str | None = None

    @property
    def kind(self) -> str:
        """How they are isolated from then on."""
        return _AT_HOME if self.home else kind_of_place(self.place or "")


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
    return [_with_days(sheet, reading, at, told[at]), *_elsewhere(sheet, reading, at, told[at])]


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
    first, day = month_and_day(start), month_and_day(found["day"])
    if first is None or day is None or not follows(first, day):
        return None
    home = _HOME.search(said) is not None
    return _Left(re.sub(r"[.-]", "/", found["day"]), home, None if home else place_in(str(text)))


def kind_of_place(place: str) -> str:
    """Return how those are isolated who are in a place with a name of its own."""
    return _IN_HOSPITAL if _TREATS.match(fold(place)) else _IN_CENTRE


def place_in(text: str) -> str | None:
    """Return the place with a name of its own to which a remark says that somebody was moved."""
    match = _TO.search(text)
    words = [] if match is None else match["place"].split()
    return " ".join(words) if any(word[0].isupper() or word[0].isdigit() for word in words[1:]) else None


def follows(first: tuple[int, int], day: tuple[int, int]) -> bool:
    """Tell whether a day is after another, and by no more than some months."""
    months = (day[0] - first[0]) % 12
    return months <= _LONGEST and (months > 0 or day[1] > first[1])


def month_and_day(text: str) -> tuple[int, int] | None:
    """Return month and day of a text that begins with a day or holds one, for comparison; None of another."""
    iso, day_first = re.match(r"\d{4}-(\d\d)-(\d\d)", text), re.search(r"(\d{1,2})[/.-](\d{1,2})", text)
    if iso is not None:
        return int(iso[1]), int(iso[2])
    return None if day_first is None else (int(day_first[2]), int(day_first[1]))


def _with_days(sheet: Sheet, reading: Reading, at: int, left: list[_Left | None]) -> Sheet:
    """Return the list with those days as the last ones; the remarks stay where they are."""
    days = pd.Series([None if one is None else one.day for one in left], dtype="string")
    end = next((reading.columns[name] for name in ("isolation_end", "to_day") if name in reading.columns), None)
    if end is None:
        return sheet.with_column(_END, days, letter=sheet.letters[at])
    cells = sheet.cells.copy(deep=False)
    cells[end] = days.fillna(cells[end])
    return replace(sheet, cells=cells, as_read=sheet.original)


def _elsewhere(sheet: Sheet, reading: Reading, at: int, left: list[_Left | None]) -> list[Sheet]:
    """Return the list of those who are isolated at home or in a place with a name from then on, if there are any."""
    moved = {row: one for row, one in enumerate(left) if one is not None and (one.home or one.place)}
    rows = list(moved)
    if not rows:
        return []
    own = {sheet.headings[place]: place for name, place in reading.columns.items() if name in WHO_IS_MEANT}
    told = {heading: sheet.cells[place].iloc[rows].reset_index(drop=True) for heading, place in own.items()}
    told[START] = pd.Series([one.day for one in moved.values()], dtype="string")
    told[KIND] = pd.Series([one.kind for one in moved.values()], dtype="string")
    if any(one.place for one in moved.values()):
        told[WHERE] = pd.Series([one.place for one in moved.values()], dtype="string")
    facts = tuple(fact for fact in sheet.facts if fact.name in ("day", "year", "month", "commune", "district"))
    more = {"facts": facts, "titles": ()}  # the camp is where they were before
    return [sheet.with_table(told, letter=sheet.letters[at], numbers=sheet.numbers[rows], origin=None, **more)]


WHO_IS_MEANT: Final = (
    *("person", "name", "first_name", "last_name", "phone", "national_id", "birth_date", "birth_year", "age", "sex"),
    *("address", "hamlet", "commune", "district", "province"),
)
