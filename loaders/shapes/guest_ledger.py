"""Ledgers of hotels: the day and the hour of coming and of going in columns of their own, ``Arrival | C/I Time``.

They become one column of moments each, of a stay and of no isolation. A ledger that speaks of quarantine is left as it
is: its days are those of an isolation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from loaders.columns.by_neighbours import CAMP, ISOLATED, LODGING, facts_of
from loaders.columns.hours import has_day, read_hours
from loaders.columns.looks import is_day
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, Reading, read_headings, spaced
from loaders.shapes.day_and_hour import day_and_hour
from loaders.shapes.voyages import FROM, TO
from tracing.patterns import regex

_COMES: Final = r"(?:arr(?:ival|ived?)?|check(?:ed)? ?in|c ?i|in|den|toi|nhan(?: phong)?|vao(?: o)?)"
_GOES: Final = r"(?:dep(?:art(?:ure|ed)?)?|check(?:ed)? ?out|c ?o|out|di|ve|ra|tra(?: phong)?)"
_DAY: Final = r"(?:date|day|dt|ngay)"
_HOUR: Final = r"(?:time|hour|hrs|gio)"
#: What a heading tells, its words without accents: ``Arr. Date``, ``Date of arrival``, ``Giờ trả phòng``.
_FORMS: Final = {
    (part, whether): regex(rf"{word}(?: of)? {side}|{side} {word}" + (f"|{side}" if part == "day" else ""))
    for part, word in (("day", _DAY), ("hour", _HOUR))
    for whether, side in ((FROM, _COMES), (TO, _GOES))
}
_GUEST: Final = regex(r"\b(?:guests?|khach)\b")
#: Columns that only a book of a house for guests has.
_BOOKED: Final = regex(
    r"\b(?:conf(?:irmation)?|folio|res(?:v|ervation)?|booking|dat phong|ma dat)\b(?: (?:no|id|number|status|code))?"
)
_SHARE: Final = 0.8
#: Fields of lists that tell something else of those who lie in rooms.
_OTHERS: Final = frozenset(
    {"index", "case_code", "test_result", "onset", "confirmed", "vehicle", "origin", "carer", "bed"}
)


def with_ledger_joined(sheet: Sheet) -> Sheet:
    """Return such a ledger with the moments of coming and of going as two columns; any other list as it is."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    reading = read_headings(sheet.headings, PEOPLE, {})
    facts = facts_of(sheet)
    if "name" not in reading.columns or not _is_ledger(sheet, reading, facts) or _OTHERS & set(reading.columns):
        return sheet
    told = {whether: _parts(sheet, whether) for whether in (FROM, TO)}
    if not all("day" in parts for parts in told.values()) or (ISOLATED in facts and CAMP not in facts):
        return sheet
    out = sheet
    for heading, parts in told.items():
        rows = sheet.cells.itertuples(index=False, name=None)
        texts = [day_and_hour(parts, row, sheet.dates.serial_shift) for row in rows]
        out = out.with_column(heading, texts, letter=sheet.letters[parts["day"]], as_read=sheet.original)
    return out.without_columns({at for parts in told.values() for at in parts.values()})


def _is_ledger(sheet: Sheet, reading: Reading, facts: frozenset[str]) -> bool:
    """Tell whether a list of names and rooms is a book of guests: of an inn, of whom it calls guests, of bookings."""
    said = [spaced(heading) for heading in sheet.headings]
    if "room" not in reading.columns:
        return False
    guests = _GUEST.search(spaced(sheet.headings[reading.columns["name"]])) is not None
    return LODGING in facts or guests or any(map(_BOOKED.search, said))


def _parts(sheet: Sheet, whether: str) -> dict[str, int]:
    """Return the one column of days and the one of hours of coming or of going, those that there are."""
    out: dict[str, int] = {}
    for part, fits in (("day", is_day), ("hour", _is_hour)):
        form = _FORMS[part, whether]
        named = [at for at, text in enumerate(sheet.headings) if form.fullmatch(spaced(text))]
        found = [at for at in named if _all(sheet, at, fits)]
        if len(found) == 1:
            out[part] = found[0]
    return out


def _is_hour(text: str) -> bool:
    return not has_day(text) and read_hours(text)[0] is not None


def _all(sheet: Sheet, at: int, fits: Callable[[str], bool]) -> bool:
    _, distinct = distinct_texts(sheet.cells[at])
    return bool(distinct) and sum(map(fits, distinct)) >= _SHARE * len(distinct)
