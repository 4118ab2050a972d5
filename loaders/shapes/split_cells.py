"""Cells that say two things in one form: a result with its day (``Âm tính 19/7``), hours with theirs, two days.

Each becomes columns of its own, under the numbers of the rows; a cell of another form stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.values import words
from loaders.files.body import matches
from loaders.files.grid import Sheet, distinct_texts, some_of
from loaders.files.headings import PEOPLE, field_of, read_headings
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

_DAY: Final = r"(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)"
_RESULT: Final = Spelt(
    r"(?i)(?P<method>(?:rt-?)?pcr|test nhanh|tn|nhanh|ag)?\s*(?::\s*)?(?P<result>[^\d\s][^\d]{0,19}?)(?<!\s)\s*"
    rf"(?:[,(]\s*)?(?:(?:ngày|ngay)\s*)?{_DAY}\)?"
)
_DAY_FIRST: Final = Spelt(rf"(?i)(?:ngày\s+)?{_DAY}\s*[:,;–-]?\s*(?P<result>\(?[^\d\s][^\d]{{0,19}})")
_METHOD_DAY: Final = Spelt(
    r"(?i)(?:(?:đã )?(?:lấy mẫu|lm|lấy)|(?P<method>(?:rt-?)?pcr|test nhanh|test|tn|nhanh|ag|xn|xét nghiệm))\s+"
    rf"(?:ngày\s+)?{_DAY}"
    r"\s*[:,;–-]?\s*(?P<result>\(?[^\d\s][^\d]{0,19})"
)
_RESULTS: Final = (_RESULT, _DAY_FIRST, _METHOD_DAY)
_LEFT: Final = Spelt(
    r"(?i)\s*\(\s*(?:ra )?(?:về|đi|rời đi|ra)(?: nhà)?(?: lúc| khoảng){0,2}"
    r"\s*(?P<hour>\d{1,2}\s?(?:h|g|giờ|:)\s?(?:\d{2})?)\s*\)"
)
_METHODS: Final = {"tn": "Test nhanh", "nhanh": "Test nhanh", "ag": "Test nhanh"}
_SPAN: Final = Spelt(
    r"(?i)(?:từ\s+)?(?:ngày\s+)?(\d{1,2}/\d{1,2}(?:/\d{4})?)\s*(?:-|–|đến|tới)\s*(?:hết\s+)?(?:ngày\s+)?"
    r"(\d{1,2}/\d{1,2}(?:/\d{4})?)"
)
_SO_MANY_DAYS: Final = Spelt(r"(?i)^\d{1,2}\s*ngày\s*[,:(]?\s*(?:kể\s+)?(?=từ\b)")
_DAYS_FROM: Final = Spelt(r"(?i)\d{1,2}\s*ngày,?\s*(?:kể\s+)?từ\s+(?:ngày\s+)?(\d{1,2}/\d{1,2}(?:/\d{4})?)")
_IN_MONTH: Final = Spelt(r"(?i)\btháng\s*(\d{1,2})(?:\s*[/-]\s*(20\d\d))?\b")
#: Days of a month that is told elsewhere: ``12, 13, 14``, ``12-15``, ``12, 14-16``.
_BARE_DAYS: Final = r"\d{1,2}(?:\s*[-–,;+&]\s*\d{1,2})*[.;,]?"
_ISOLATION: Final = regex(r"(?:thoi gian|thoi han|tg)(?: thuc hien)?(?: cach ly| cl)\b.*|cach ly tu.*den.*")
#: Headings of the first and the last day of a stay, in a list whose title tells of isolation.
_IN_AND_OUT: Final = regex(
    r"(?:ngay )?(?:vao|den|tu)(?: ngay)? ?[-–/,>→]+ ?(?:ngay )?(?:ra|ve|den|toi)(?: ngay)?|in ?[-–/] ?out"
)
_IN_ISOLATION: Final = regex(r"\bcach ly\b|\bkcl|\bkhu cl\b|\bcltt\b|quarantine|isolation")
_LODGED: Final = regex(
    r"(?:thoi gian |ngay )?(?:luu tru|tam tru|o tro|o)\b.{0,6}\btu\b.*|thoi gian (?:luu tru|tam tru)"
)
_CARED: Final = regex(
    r"(?:(?:nguoi |than )(?:nuoi|cham|nha|nhan)[^›]{0,20} › )?(?:thoi gian |ngay )?(?:nuoi|cham)"
    r"(?: benh| soc| nuoi)?\b.{0,6}\btu\b.*|(?:thoi gian|ngay) (?:nuoi|cham)(?: benh| soc| nuoi)?"
    r"|(?:nguoi |than )(?:nuoi|cham|nha|nhan)[^›]{0,20} › (?:thoi gian|tu\b.*\bden\b.*)"
)
#: Headings of both ends of a stay, and those of the columns that they become.
_STAYS: Final = (
    (_LODGED, ("Ngày đến ở", "Ngày trả phòng")),
    (_CARED, ("Nuôi bệnh từ", "Nuôi bệnh đến")),
)
#: What stands for the end of something that goes on: ``10/8 - chưa xác định``.
_OPEN_END: Final = Spelt(r"(?i)\s*(?:-|–|đến)\s*(?:đến\s*)?(?:nay|chưa (?:xác định|rõ|biết)|hiện nay|hiện tại|\?)\s*$")
_HOUR: Final = r"\d{1,2}\s?(?:giờ|[:hg.])\s?(?:\d{2}(?!\d))?"
_FROM_TO: Final = rf"(?:(?:từ|khoảng|lúc|tầm)\s+){{0,2}}(?P<hours>{_HOUR}(?:\s*(?:-|–|->|đến|tới)\s*{_HOUR})?)"
_ON: Final = (
    r"(?:(?:vào|trong|ngày|hôm)\s+){0,2}(?:(?P<part>sáng|trưa|chiều|tối|đêm)\s+(?:(?:ngày|hôm)\s+)?)?"
    r"(?P<day>\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?)"
)
#: Hours before or behind their day: ``6h00-8h00 ngày 17/7/2021``, ``18/7: 15h - 16h30``.
_HOURS_AND_DAY: Final = (
    Spelt(rf"(?i)\s*{_FROM_TO}[\s,;:(]*{_ON}\)?\s*"),
    Spelt(rf"(?i)\s*{_ON}[\s,;:(–-]*{_FROM_TO}\)?\s*"),
)
#: What a cell with hours from–to has, for a first look at columns of millions.
_FROM_TO_AT_ALL: Final = r"(?i)(?:giờ|gio|[:hg.])\s?\d{0,2}\s*(?:-|–|->|đến|den|tới|toi)\s*\d"
#: Fields whose cells may tell hours beside their day.
_TIMED: Final = ("moment", "day", "visit_start", "visit_date", "contact_date")
_FIRST_HOUR: Final = regex(r"\d{1,2}")
_NOON: Final = 12
_TO: Final = Spelt(r"(?i)(?:-|–|->|đến|tới)")
_ENOUGH: Final = 0.5
#: Said of a day without hours: ``15/7 cả ngày``.
_ALL_DAY: Final = Spelt(r"(?i)\s*\(?\b(?:cả|suốt|nguyên|trọn) ngày\)?|\s*\(?all day\)?")


def with_cells_split(sheet: Sheet) -> Sheet:
    """Return a sheet in which cells of a result and its day, or of a first and a last day, are columns of their own."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    sheet = _with_month_of_heading(sheet)
    sheet = _with_ends_of_isolation(_with_ends_of_visits(sheet, columns), columns)
    sheet = _with_hours_apart(sheet, columns)
    for at, heading in enumerate(sheet.headings):
        if any(at == place for name, place in columns.items() if name not in ("test_result", "address")):
            continue
        _, distinct = distinct_texts(sheet.cells[at])
        if not distinct:
            continue
        some = some_of(distinct)
        known = len(some) - sum(map(_is_open, some))
        mostly = sum(_result(text) is not None for text in some) >= max(1, _ENOUGH * known)
        if "sample" in columns and columns.get("test_result") == at and not {"resulted", "method"} & set(columns):
            return _with_days_of_results(sheet, at, distinct, [_result(text) for text in distinct])
        if "sample" not in columns and mostly:
            read = [_result(text) for text in distinct]
            result = heading if columns.get("test_result") == at else "Kết quả xét nghiệm"
            told = [one or (None, None, text) for one, text in zip(read, distinct, strict=True)]
            days = [(day, method) for day, method, _ in told]
            split = with_columns_of(
                sheet, at, days, ("Ngày lấy mẫu", "Phương pháp"), keep=(result, [one[2] for one in told])
            )
            return _with_further_results(split, at) if columns.get("test_result", at) == at else sheet
    return sheet


def _with_days_of_results(
    sheet: Sheet, at: int, distinct: Sequence[str], read: Sequence[tuple[str, str | None, str] | None]
) -> Sheet:
    """Return a list that has the day of the sample elsewhere: a day behind a result is that of the result."""
    told = [one or (None, None, text) for one, text in zip(read, distinct, strict=True)]
    keep = (sheet.headings[at], [said for _, _, said in told])
    return with_columns_of(sheet, at, [one[:2] for one in told], ("Ngày có kết quả", "Phương pháp"), keep=keep)


def _with_further_results(sheet: Sheet, first: int) -> Sheet:
    """Return a list with the days of a second, third … result in its cells as columns, too: ``KQ L2``."""
    for at, heading in enumerate(sheet.headings):
        number = re.search(r"[2-9]", heading)
        _, distinct = distinct_texts(sheet.cells[at])
        read = [_result(text) for text in distinct]
        if at == first or number is None or sum(one is not None for one in read) < max(1, _ENOUGH * len(read)):
            continue
        told = [one or (None, None, text) for one, text in zip(read, distinct, strict=True)]
        day = f"Ngày lấy mẫu lần {number[0]}"
        means = field_of(heading, PEOPLE)
        named = heading if means is not None and means[0] == "test_result" else f"Kết quả xét nghiệm lần {number[0]}"
        keep = (named, [one[2] for one in told])
        sheet = with_columns_of(sheet, at, [(one[0],) for one in told], (day,), keep=keep)
    return sheet


def _with_month_of_heading(sheet: Sheet) -> Sheet:
    """Return a list whose heading tells the month of bare days below, ``Các ngày bán trong tháng 7``, with it there."""
    for at, heading in enumerate(sheet.headings):
        month = _IN_MONTH.search(heading)
        if month is None or not matches(sheet.cells[at], rf"^\s*{_BARE_DAYS}\s*$").any():
            continue
        tail = f"/{month[1]}" + (f"/{month[2]}" if month[2] else "")
        cells = sheet.cells.copy()
        bare = cells[at].str.fullmatch(rf"\s*{_BARE_DAYS}\s*").fillna(False).to_numpy(dtype=bool)
        cells[at] = cells[at].str.strip(" .;,").where(~bare, cells[at].str.strip(" .;,") + tail)
        sheet = replace(sheet, cells=cells, as_read=sheet.original)
    return sheet


def _with_ends_of_isolation(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """Return a list whose cells tell the first and the last day of isolation, ``28/7 - 11/8``, with both as columns."""
    isolated = _IN_ISOLATION.search(fold(" ".join([sheet.sheet or "", *(line.text for line in sheet.titles)])))
    for at, heading in enumerate(sheet.headings):
        in_and_out = _ISOLATION.fullmatch(fold(heading)) or (isolated and _IN_AND_OUT.fullmatch(fold(heading)))
        if not in_and_out or columns.get("isolation_start") not in (None, at):
            continue
        _, distinct = distinct_texts(sheet.cells[at])
        if any(map(_isolation, distinct)):
            spans = [_isolation(text) or (text.rstrip(" -–"), None) for text in distinct]
            first = ("Ngày bắt đầu cách ly", [one[0] for one in spans])
            return with_columns_of(sheet, at, [one[1:] for one in spans], ("Ngày kết thúc cách ly",), keep=first)
    return sheet


def with_ends_of_lodging(sheet: Sheet) -> Sheet:
    """Return a list whose cells tell from when to when people lodged, ``5/8 – 15/8/2021``, with both as columns.

    So with the days on which somebody looked after a patient.
    """
    for at, heading in enumerate(sheet.headings if sheet.origin is None else ()):
        ends = next((ends for form, ends in _STAYS if form.fullmatch(fold(heading))), None)
        distinct = [] if ends is None else distinct_texts(sheet.cells[at])[1]
        if ends is None or not any(map(_isolation, distinct)):
            continue
        spans = [_isolation(text) or (_OPEN_END.sub("", text).rstrip(" -–"), None) for text in distinct]
        first = (ends[0], [one[0] for one in spans])
        return with_columns_of(sheet, at, [one[1:] for one in spans], ends[1:], keep=first)
    return sheet


def _with_ends_of_visits(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """Return a list of places whose cells tell when somebody left, ``(về lúc 23h)``, with that as a column."""
    at = columns.get("place")
    if at is None or "visit_end" in columns:
        return sheet
    found = [(text, _LEFT.search(text)) for text in distinct_texts(sheet.cells[at])[1]]
    if not any(match for _, match in found):
        return sheet
    rest = [text if match is None else f"{text[: match.start()]}{text[match.end() :]}".strip() for text, match in found]
    ends = [(None,) if match is None else (match["hour"],) for _, match in found]
    return with_columns_of(sheet, at, ends, ("Giờ về",), keep=(sheet.headings[at], rest))


def _with_hours_apart(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """Return a list whose cells tell a day with the hours from–to of it as a list with a column for each."""
    at = next((columns[name] for name in _TIMED if name in columns), None)
    if at is None or {"hours", "visit_end", "last_contact"} & set(columns):
        return sheet
    if not matches(sheet.cells[at], _FROM_TO_AT_ALL).any():
        return sheet
    told = [(text, _hours_and_day(text)) for text in distinct_texts(sheet.cells[at])[1]]
    if not any(one is not None and _TO.search(one[0]) for _, one in told):
        return sheet
    if sum(one is not None for _, one in told) < (_ENOUGH * len(told) if columns.get("contact_date") != at else 1):
        return sheet
    heading = sheet.headings[at] if columns.get("contact_date") == at else "Ngày"
    days = [_ALL_DAY.sub("", text) if one is None else one[1] for text, one in told]
    return with_columns_of(
        sheet, at, [(None if one is None else one[0],) for _, one in told], ("Giờ",), keep=(heading, days)
    )


def _hours_and_day(text: str) -> tuple[str, str] | None:
    """Return the hours and the day of a text that tells just these; ``tối 12/5 (7h-9h)`` is in the evening."""
    match = next((found for form in _HOURS_AND_DAY if (found := form.fullmatch(text)) is not None), None)
    if match is None:
        return None
    hours, part = match["hours"].strip(), match["part"]
    return (hours if part is None or int(_FIRST_HOUR.findall(hours)[0]) > _NOON else f"{hours} {part}"), match["day"]


def _is_open(text: str) -> bool:
    """Tell whether a text says that there is no result yet: ``chưa lấy``, ``chờ kết quả``."""
    return fold(text).startswith("chua ") or words("result").get(fold(text)) == "pending"


def _result(text: str) -> tuple[str, str | None, str] | None:
    """Return day, method and result of a text that has a result and its day; None of any other."""
    match = next((found for form in _RESULTS if (found := form.fullmatch(text.strip())) is not None), None)
    if match is None:
        return None
    said = match["result"].strip(" :-") or match["result"].strip()
    known = words("result")
    if said.lower() not in known and fold(said) not in known:
        return None
    method = match.groupdict().get("method")
    return match["day"], None if method is None else _METHODS.get(method.lower(), method), said


def _isolation(text: str) -> tuple[str, str | None] | None:
    """Return first and last day of a text that names both, or the first of so many days from one on."""
    span = _SPAN.fullmatch(_SO_MANY_DAYS.sub("", text.strip()))
    if span is not None:
        year = re.search(r"/(\d{4})$", span[2])
        first = span[1] if year is None or span[1].count("/") == 2 else f"{span[1]}/{year[1]}"
        return first, span[2]
    since = _DAYS_FROM.fullmatch(text.strip())
    return None if since is None else (since[1], None)


def with_columns_of(
    sheet: Sheet,
    at: int,
    told: Sequence[tuple[str | None, ...]],
    headings: tuple[str, ...],
    *,
    keep: tuple[str, Sequence[str | None]],
) -> Sheet:
    """Return the sheet with further columns of what each distinct text of a column tells.

    ``keep`` is the heading and the texts of the column itself then.
    """
    codes, _ = distinct_texts(sheet.cells[at])
    cells = sheet.cells.copy()
    own = list(sheet.headings)
    own[at] = keep[0]
    cells[at] = texts_of_rows(keep[1], codes)
    for number, heading in enumerate(headings):
        texts = texts_of_rows([one[number] for one in told], codes)
        if texts.notna().any() and heading not in own:
            cells[len(own)] = texts
            own.append(heading)
    more = len(own) - len(sheet.headings)
    return replace(
        sheet,
        headings=tuple(own),
        letters=(*sheet.letters, *[sheet.letters[at]] * more),
        cells=cells,
        as_read=sheet.original,
    )


def texts_of_rows(distinct: Sequence[str | None], codes: npt.NDArray[np.int64]) -> pd.Series:
    """Return the text of each row, given one for each distinct text (:func:`loaders.files.grid.distinct_texts`)."""
    return pd.Series([*distinct, None], dtype="string").take(codes).reset_index(drop=True)
