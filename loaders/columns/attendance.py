"""Attendance sheets: a column for each day, with a mark for whoever was there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from loaders.files.body import CLOCK, SHIFT_HOURS, without_places
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import Reading, plain
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import unaccented

#: Fields of the columns of days, ``present_1`` and so on, in their order.
PRESENT: Final = "present_"
MOST: Final = 62
_WEEKDAY: Final = r"(?:(?:th[uứ]\s*(?:hai|ba|t[uư]|n[aă]m|s[aá]u|b[aả]y|[2-7])|ch[uủ]\s*nh[aậ]t|cn|t[2-7])[\s,:(]*)?"
_DAY: Final = regex(
    rf"(?i){_WEEKDAY}(?:(?:ng[aà]y|bu[oổ]i|h[oọ]c|l[aà]m|c[oó] m[aặ]t)\s*){{0,3}}"
    r"(\d{1,2})(?:[/.\-](\d{1,2}))?(?:[/.\-](\d{4}))?(?:\.0)?\)?"
)
#: The day of a lesson in its heading: ``Buổi 1 (9/8) sáng``.
_LESSON: Final = regex(
    r"(?i)^(?:buổi|buoi|tiết|tiet|session|lesson|class)\s*\d{1,2}\s*[(:–-]\s*(\d{1,2}/\d{1,2}(?:/\d{4})?)\)?"
    r"(?:\s*(?:sáng|sang|trưa|trua|chiều|chieu|tối|toi|am|pm))?$"
)
#: What a mark in words says of somebody, without accents.
PRESENCE: Final = regex(r"(?P<there>co\b|(?:di |den |vao )?(?:tre|muon)\b|late\b|ve som\b)|(?:vang|nghi|absent)\b")
#: The hours of halves of a day in the lines about a table, without accents: ``S: 7h30-11h``, ``luot di: 7h00 - 7h45``.
_HALF_HOURS: Final = regex(rf"(?<!\w)(?:[sct]|am|pm|di|ve|don|tra) ?[:=(] ?{CLOCK} ?(?:-|–|den|->) ?{CLOCK}")
_WEEK: Final = {
    **{form: n - 2 for n in range(2, 8) for form in (f"t{n}", f"thu{n}")},
    **{f"thu{word}": n for n, word in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))},
    **{day: n for n, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
    "cn": 6,
    "chunhat": 6,
}
#: Marks of somebody who was not there, with leave or without.
_ABSENT: Final = frozenset({"p", "k", "kp", "np", "cp", "vang", "nghi", "phep"})
#: A day with a half of it: ``T2 S``, ``Thứ 3 (chiều)``, ``12/7 về``.
_HALVES: Final = regex(
    r"(?i)(?P<day>[^(]{2,24}?)[\s(/–-]{1,3}(?P<half>s|c|sáng|sang|chiều|chieu|tối|toi|đi|di|về|ve|am|pm|đón|don|trả|tra)\)?"
)
#: A shift that a heading names, with its hours if it tells them: ``C1``, ``Ca đêm``, ``Kíp 2 (14h-22h)``.
_SHIFT: Final = (
    r"(?:(?:ca|k[ií]p)\s?(?:[1-4]|i{1,3}|[abc]|s[aá]ng|tr[uư]a|chi[eề]u|t[oố]i|[dđ][eê]m|ng[aà]y|h[aà]nh ch[ií]nh)"
    r"|[ck]\s?[1-4])"
    r"(?:[\s(:–-]{1,3}\d{1,2}\s?[hg:]\d{0,2}\s?[-–]\s?\d{1,2}\s?[hg:]\d{0,2}\)?)?"
)
#: A day with a shift of it: ``04/7 › C1``, ``Ca 1 4/7``, ``Kíp 2 › 04/7``.
_SHIFTS: Final = (
    regex(rf"(?i)(?P<day>[^(›]{{1,24}}?)\s?[\s(›,:/–-]\s?(?P<shift>{_SHIFT})\)?"),
    regex(rf"(?i)(?P<shift>{_SHIFT})\s?[\s(›,:–-]\s?(?P<day>[^(›]{{1,24}}?)\)?"),
)
#: Columns of days that make an attendance sheet: bare numbers could be anything, days with a month could not.
_FEWEST, _FEWEST_DATED = 3, 2
#: Letters of a mark in words.
_LONGEST: Final = 12
#: What stands over columns of days and says no more than that they are days of presence, without accents.
_OF_DAYS: Final = regex(
    r"(?:(?:cac|nhung|so|bang|trong|theo|nam|thang|tuan|ngay|gio|ca|buoi|cham|cong|diem|danh|co|mat|lam|viec|di|den|hoc"
    r"|truc|ban|hop|tap|days?|dates?|weeks?|months?|shifts?|working|worked|attendance|presence|present|of|in)\b"
    r"|[\s\d/.,:()-])+"
)
#: The month that such words name: ``Tháng 9/2021``, ``Ngày có mặt (tháng 9 năm 2021)``.
_MONTH: Final = regex(r"(?:thang|month) ?0?(1[0-2]|[1-9])(?!\d)(?: ?(?:/|-|nam) ?(\d{4}))?")
#: A half of a day or a shift in brackets behind its day: ``05/8 (S)``, ``05/8 (Ca 2)``.
_BEHIND: Final = regex(rf"(?i)(?<=\d) \((?:s|c|sang|chieu|toi|am|pm|di|ve|don|tra|(?P<shift>{unaccented(_SHIFT)}))\)$")


def with_days(reading: Reading, sheet: Sheet) -> Reading:
    """Return the reading with columns headed by days and filled with marks read as attendance."""
    days = [at for at in reading.unused if day_of(sheet.headings[at])]
    found = [at for at in days if _marked(sheet, at)]
    found = sorted({*found, *(at for at in days if _mostly_marked(sheet, at))}) if found else found
    dated = all("/" in str(day_of(sheet.headings[at])) for at in found)
    if found and dated and only_absences(sheet, found):
        empty = [at for at in reading.unused if "/" in (day_of(sheet.headings[at]) or "") and _empty(sheet, at)]
        found = sorted({*found, *empty})
    if not (_FEWEST_DATED if dated else _FEWEST) <= len(found) <= MOST:
        return reading
    fields = {f"{PRESENT}{number}": at for number, at in enumerate(found, start=1)}
    return replace(
        reading,
        columns={**reading.columns, **fields},
        unused=tuple(at for at in reading.unused if at not in found),
        sure={**reading.sure, **dict.fromkeys(found, 0.9)},
        by={**reading.by, **dict.fromkeys(found, "heading")},
    )


def with_shifts_named(sheet: Sheet) -> Sheet:
    """Return a sheet whose columns of marks below days and shifts have a heading of one form: ``04/7 (C1)``."""
    found: dict[int, str] = {}
    for at, heading in enumerate(sheet.headings):
        match = next((told for form in _SHIFTS if (told := form.fullmatch(_lowest_two(heading))) is not None), None)
        if match is None or (day := day_of(match["day"])) is None:
            continue
        if _empty(sheet, at) or (_marked(sheet, at) and not _measured(sheet, at)):
            found[at] = f"{day} ({re.sub('[()]', ' ', match['shift']).strip()})"
    dated = all("/" in day for day in found.values())
    if sheet.origin is not None or len(found) < (_FEWEST_DATED if dated else _FEWEST):
        return sheet
    return replace(sheet, headings=tuple(found.get(at, heading) for at, heading in enumerate(sheet.headings)))


def shift_of(heading: str) -> str | None:
    """Return the shift that such a heading names behind its day."""
    match = _BEHIND.search(unaccented(heading.strip()))
    return None if match is None or match["shift"] is None else heading.strip()[match.start() + 2 : -1]


def _lowest_two(heading: str) -> str:
    return " › ".join(heading.split(" › ")[-2:])


def with_days_alone(sheet: Sheet) -> Sheet:
    """Return a sheet whose columns of marks below ``Tháng 9/2021`` or ``Ngày làm việc`` are headed by their days."""
    found = {at: day for at, heading in enumerate(sheet.headings) if (day := _below_group(heading)) is not None}
    found = {
        at: day for at, day in found.items() if _empty(sheet, at) or (_marked(sheet, at) and not _measured(sheet, at))
    }
    dated = all("/" in (day_of(day) or "") for day in found.values())
    if len(found) < (_FEWEST_DATED if dated else _FEWEST):
        return sheet
    return replace(sheet, headings=tuple(found.get(at, heading) for at, heading in enumerate(sheet.headings)))


def _below_group(heading: str) -> str | None:
    """Return the day below words that only say what its column is, in the month that they name."""
    group, _, lower = heading.rpartition(" › ")
    words = fold(group)
    if not group or day_of(lower) is None or not _OF_DAYS.fullmatch(words):
        return None
    month = _MONTH.search(words)
    told = [] if month is None else [part for part in month.groups() if part]
    own = (day_of(lower) or "").split("/")
    return lower if month is None else "/".join([*own, *told[len(own) - 1 :]])


def with_halves_joined(sheet: Sheet) -> Sheet:
    """Return an attendance sheet whose days have a column for each half, ``T2 S | T2 C``, with one column for each day.

    A mark for both halves says that somebody was there on the day, one for a half is the name of this half.
    """
    found: dict[str, dict[str, int]] = {}
    for at, heading in enumerate(sheet.headings):
        match = _HALVES.fullmatch(heading.replace(" › ", " "))
        dated = match is not None and (weekday(match["day"]) >= 0 or "/" in (day_of(match["day"]) or ""))
        if match is not None and dated and (_empty(sheet, at) or (_marked(sheet, at) and not _measured(sheet, at))):
            found.setdefault(match["day"].strip(), {})[match["half"].strip()] = at
    if sheet.origin is not None or len(found) < _FEWEST_DATED or all(len(halves) < 2 for halves in found.values()):
        return sheet
    gone = {at for halves in found.values() for at in halves.values()}
    if all("/" in (day_of(day) or "") for day in found) and _tells_halves(sheet):
        named = {at: f"{day} ({half})" for day, halves in found.items() for half, at in halves.items()}
        return replace(sheet, headings=tuple(named.get(at, text) for at, text in enumerate(sheet.headings)))
    out = sheet
    for day, halves in found.items():
        rows = sheet.cells[list(halves.values())].itertuples(index=False)
        there = [[half for half, mark in zip(halves, row, strict=True) if _is_there(mark)] for row in rows]
        texts = ["x" if len(told) == len(halves) > 1 else told[0] if told else None for told in there]
        out = out.with_column(day, texts, letter=sheet.letters[min(halves.values())], as_read=sheet.original)
    return out.without_columns(gone)


def _tells_halves(sheet: Sheet) -> bool:
    """Tell whether lines about a table tell the hours of halves of a day: each half is attended by itself then."""
    said = " ; ".join(without_places(fold(line.text)) for line in (*sheet.titles, *sheet.notes))
    return SHIFT_HOURS.search(said) is not None or _HALF_HOURS.search(said) is not None


def half_of(heading: str) -> str | None:
    """Return the half of the day that a heading names behind its day: ``05/8 (S)`` is "sang"."""
    match = _HALVES.fullmatch(heading.strip())
    half = None if match is None or "/" not in (day_of(match["day"]) or "") else fold(match["half"])
    return None if half is None else {"s": "sang", "c": "chieu", "am": "sang", "pm": "chieu"}.get(half, half)


def _measured(sheet: Sheet, at: int) -> bool:
    """Tell whether a column holds what was measured, as temperatures: ``36,5``."""
    return any(re.search(r"\d[.,]\d", text) for text in distinct_texts(sheet.cells[at])[1])


def _is_there(mark: object) -> bool:
    return isinstance(mark, str) and plain(mark) not in _ABSENT and mark.strip() not in ("0", "-", "")


def with_week(sheet: Sheet) -> Sheet:
    """Return a sheet whose columns are headed by days of the week with their dates, if its title tells the week."""
    weeks = [fact.value for fact in sheet.facts if fact.name == "day" and "/" in fact.value]
    if not weeks:
        return sheet
    first, last = (date.fromisoformat(day) for day in weeks[0].split("/"))
    if not 0 <= (last - first).days < 7:
        return sheet
    days = {(first + timedelta(days=n)).weekday(): first + timedelta(days=n) for n in range((last - first).days + 1)}
    named = [days.get(weekday(heading)) for heading in sheet.headings]
    if sum(day is not None for day in named) < _FEWEST_DATED:
        return sheet
    told = zip(sheet.headings, named, strict=True)
    return replace(sheet, headings=tuple(h if day is None else f"{h} {day.day}/{day.month}" for h, day in told))


def weekday(heading: str) -> int:
    """Return which day of the week a heading is, Monday 0; -1 if it is none."""
    return _WEEK.get(plain(heading), -1)


def only_absences(sheet: Sheet, columns: Sequence[int]) -> bool:
    """Tell whether the marks of these columns say only who was not there."""
    marks = {plain(text) for at in columns for text in distinct_texts(sheet.cells[at])[1]}
    return bool(marks) and marks <= _ABSENT


def _empty(sheet: Sheet, at: int) -> bool:
    return bool(sheet.cells[at].isna().all())


def day_of(heading: str) -> str | None:
    """Return the day that heads a column: ``26``, ``26/7``, ``26/7/2021``; the lowest row of headings counts."""
    text = unaccented(_LESSON.sub(r"\1", heading.rpartition(" › ")[2].strip()))
    text = text[: -len(half[0])] if (half := _BEHIND.search(text)) is not None else text
    match = _DAY.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= 31 or (match[2] and not 1 <= int(match[2]) <= 12):
        return None
    return "/".join(part for part in match.groups() if part)


def _marked(sheet: Sheet, at: int) -> bool:
    """Tell whether a column holds marks only: one or two signs, a number of hours, a short word."""
    _, distinct = distinct_texts(sheet.cells[at])
    return 0 < len(distinct) <= 12 and all(len(text) <= 5 or _in_words(text) for text in distinct)


def _mostly_marked(sheet: Sheet, at: int) -> bool:
    """Tell whether most cells of a column are such marks: what a few others say is asked then."""
    codes, distinct = distinct_texts(sheet.cells[at])
    marks = np.array([len(text) <= 5 or _in_words(text) for text in distinct], dtype=bool)
    return len(distinct) <= 12 and 2 * int(marks[codes[codes >= 0]].sum()) > len(sheet) > 0


def _in_words(text: str) -> bool:
    return len(text) <= _LONGEST and PRESENCE.match(fold(text)) is not None
