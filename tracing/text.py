"""Dates, times and numbers as people read them, in Vietnamese and English."""

from __future__ import annotations

from typing import Final

from tracing.times import DAY, EVER, local

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def say_number(value: float, lang: str, *, digits: int = 0) -> str:
    """Return 1.391 or 0,5 in Vietnamese, 1,391 or 0.5 in English."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def say_day(at: int, lang: str, zone: str, *, year: bool = True) -> str:
    """Return the local day of an instant: 2/7/2021 or 2 Jul 2021, without the year if asked."""
    day = local(at, zone)
    if lang == "vi":
        return f"{day.day}/{day.month}/{day.year}" if year else f"{day.day}/{day.month}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if year else f"{day.day} {_MONTHS[day.month - 1]}"


def say_instant(at: int, lang: str, zone: str, *, year: bool = True) -> str:
    """Return day and time of an instant; midnight is shown as the day alone."""
    day = say_day(at, lang, zone, year=year)
    moment = local(at, zone)
    return day if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else f"{day} {moment:%H:%M}"


def say_span(start: int, end: int, lang: str, zone: str, *, year: bool = False) -> str:
    """Return the half-open span ``[start, end)``: hours within a day, days where it covers whole days."""
    if start <= -EVER // 2 and end >= EVER // 2:
        return "không rõ ngày" if lang == "vi" else "date not known"
    if start <= -EVER // 2:
        return ("trước " if lang == "vi" else "before ") + say_instant(end, lang, zone, year=year)
    if end >= EVER // 2:
        return ("từ " if lang == "vi" else "from ") + say_instant(start, lang, zone, year=year)
    whole = (
        all((m.hour, m.minute) == (0, 0) for m in (local(start, zone), local(end, zone))) and end - start >= DAY // 2
    )
    first, last = say_day(start, lang, zone, year=year), say_day(end - 1, lang, zone, year=year)
    if whole:
        return first if first == last else f"{first}–{last}"
    begin, until = f"{local(start, zone):%H:%M}", f"{local(end, zone):%H:%M}"
    if end - start <= 1:
        return f"{first} {begin}"
    return f"{first} {begin}–{until}" if first == last else f"{first} {begin} – {last} {until}"
