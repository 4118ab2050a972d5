"""Facts of titles completed by each other: days get the one year that is told, hours of a journey their day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from loaders.files.day_words import iso_day
from loaders.files.grid import Fact
from tracing.patterns import regex
from tracing.spelling import fold

#: Offices that write lists of what happens elsewhere, and seldom of their own house.
_OFFICE: Final = regex(r"(?:tram y te|trung tam y te|don bien phong|khoa (?:kiem soat|xet nghiem|ytcc|y te))\b")

#: When a vehicle left and came, without accents, and on which day where it is told behind the hour.
_CLOCK: Final = (
    r" (\d{1,2}) ?(?:h|g|gio|:) ?([0-5]\d)?(?![\d/])"
    r"(?:,? (?:ngay )?(\d{1,2})[/.-](\d{1,2})(?:[/.-](20\d\d))?(?![\d/]))?"
)
_LEFT_AT: Final = regex(
    rf"\b(?:xuat ben|khoi hanh|xuat phat|roi ben|cat canh)(?: tu [^,;\d]{{1,30}}?)?(?: luc)?{_CLOCK}"
)
#: When it took people in, which says that it left where it is told when it came, too.
_TOOK_IN: Final = regex(rf"\bdon(?: khach| cong nhan| cn)?(?: (?:tai|tu|o|luc) [^,;\d]{{0,30}}?)?{_CLOCK}")
_CAME_AT: Final = regex(rf"\b(?:den|toi|ve den|cap ben|ha canh)\b[^,;\d]{{0,30}}?{_CLOCK}")

#: A ride from one place at an hour to another at an hour, without accents: ``BX Miền Tây 4h30 → BX Cà Mau 12h40``.
_FROM_TO: Final = regex(
    r"(?<!\d)(?P<left>\d{1,2}) ?(?:h|g|gio|:) ?(?P<minute>[0-5]\d)? ?(?:→|[-–=]?>|[-–]|den|di) ?[a-z][^,;\d]{1,40}? "
    r"(?:luc )?(?P<came>\d{1,2}) ?(?:h|g|gio|:) ?(?P<minutes>[0-5]\d)?(?![\d/])"
)
_RIDES: Final = regex(r"\b(?:xe|tau|bx|ben|chuyen|hanh khach|bus|coach|passengers?)\b")


def with_site_first(facts: Sequence[Fact]) -> list[Fact]:
    """Put the place of a list before the office that wrote it: ``TRUNG TÂM Y TẾ … / LỊCH TRỰC CHỐT KHÁNH AN``."""
    place, site = (next((fact for fact in facts if fact.name == name), None) for name in ("place", "site"))
    if place is None or site is None or not _OFFICE.match(fold(place.value)):
        return list(facts)
    return [replace(site, name="place"), *facts]


def hours_of_journey(text: str) -> Iterator[tuple[str, str]]:
    """Yield the hours at which a vehicle left and came: ``xuất bến 05h00, đến bến Cà Mau 12h30``."""
    said = re.sub(r"(?<=\w):(?= )", "", fold(text))
    left, took = _LEFT_AT.search(said), _TOOK_IN.search(said)
    if left is None and took is not None and _CAME_AT.search(said, took.end()) is not None:
        left = took
    came = _CAME_AT.search(said, left.end()) if left is not None else None
    ride = _FROM_TO.search(said) if left is None and _RIDES.search(said) else None
    if ride is not None and int(ride["left"]) < 24 and int(ride["came"]) < 24:
        yield "departed_hour", f"{int(ride['left']):02}:{ride['minute'] or '00'}"
        yield "arrived_hour", f"{int(ride['came']):02}:{ride['minutes'] or '00'}"
    for name, match in (("departed", left), ("arrived", came)):
        if match is not None and int(match[1]) < 24:
            clock = f"{int(match[1]):02}:{match[2] or '00'}"
            year = match[5] or (left[5] if left is not None else None)
            day = iso_day(year, match[4], match[3]) if match[3] and year else None
            yield (f"{name}_hour", clock) if day is None else (name, f"{day}T{clock}")


def with_hours(facts: list[Fact]) -> list[Fact]:
    """Join an hour of departure or arrival that stands apart from its day with it, else with the day of the list.

    An arrival at an earlier hour than that of the departure is on the next day.
    """
    out = list(facts)
    for name in ("departed", "arrived"):
        hours = {fact.value for fact in out if fact.name == f"{name}_hour"}
        own = [fact for fact in out if fact.name == name]
        left = next((fact.value for fact in out if fact.name == "departed" and "T" in fact.value), None)
        told_days = [fact for fact in out if fact.name == "day" and (name == "departed" or left is not None)]
        days = own or [fact for fact in told_days if fact.source == "title"] or told_days
        other = "arrived" if name == "departed" else "departed"
        days = days or [fact for fact in out if fact.name == other and "T" in fact.value]
        told = {fact.value[:10] for fact in days if len(fact.value) in (10, 16)}
        if len(hours) == 1 and len(told) == 1 and not any("T" in fact.value for fact in own):
            moment = f"{told.pop()}T{hours.pop()}"
            if name == "arrived" and left is not None and moment < left:  # on the next day
                moment = f"{date.fromisoformat(moment[:10]) + timedelta(days=1)}{moment[10:]}"
            out = [*(fact for fact in out if fact.name != name), replace(days[0], name=name, value=moment)]
    return out


def with_year(facts: Sequence[Fact] | dict[Fact, None]) -> list[Fact]:
    """Give days without a year the one year that the facts name; add that year as a fact."""
    facts = list(facts)
    years = {f.value if f.name == "year" else f.value[:4] for f in facts if f.name == "year" or f.value[:1] == "2"}
    years = {year for year in years if re.fullmatch(r"20\d\d|19\d\d", year)}
    if len(years) != 1:
        return facts
    (year,) = years
    out = [
        Fact(
            f.name,
            f.value.replace("--", f"{year}-", 1) if f.value.startswith("--") else f.value,
            f.source,
            f.row,
            f.text,
        )
        for f in facts
    ]
    if not any(f.name == "year" for f in out):
        first = next(f for f in out if f.value.startswith(year))
        out.append(Fact("year", year, first.source, first.row, first.text))
    return out
