"""Days that cannot be meant: ahead of today, in a time long past, or years away from all others of their column."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from loaders.columns.dates import Times
from loaders.files.grid import Sheet
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.times import DAY, day_span

_OLDEST: Final = date(1950, 1, 1)
_MAY_LIE_AHEAD: Final = frozenset({"isolation_end", "area_valid_from", "area_valid_to"})
_MAY_LIE_BEHIND: Final = frozenset({"area_valid_from", "area_valid_to"})
#: Of how many days, how close to their middle, and which share of them at least, a day of another year is a slip.
_FEW_DAYS, _CLOSE_DAYS, _MOST_CLOSE = 4, 90, 0.75
#: As of which day a list was made, as the lines above it say, without accents.
_AS_OF: Final = regex(r"\b(?:tinh den|cap nhat|thong ke den|so lieu den|as of|updated?)\b")
#: What has happened when it is written down; a list of which more than this share lies later was gone on with.
_HAPPENED: Final = frozenset({"onset", "confirmed", "contact_date", "first_contact", "last_contact"})
_FEW: Final = 0.2


def written_on(sheet: Sheet) -> date | None:
    """Return the day as of which a list was made, where its title tells it: ``Tính đến 20h ngày 14/8/2021``."""
    told = {one.value for one in sheet.facts if one.name == "day" and one.source == "title"}
    told &= {one.value for one in sheet.facts if one.name == "day" and _AS_OF.search(fold(one.text))}
    days = [date.fromisoformat(day) for day in told if len(day) == len("2021-08-14") and day[0] != "-"]
    return days[0] if len(days) == 1 else None


def beyond_reason(
    name: str, times: Times, *, today: date | None, zone: str, years: bool, written: date | None = None
) -> dict[int, str]:
    """Return the rows of a field whose day cannot be meant, with the code of what is wrong.

    ``today`` is by default the day after today, wherever that has begun; ``years`` asks for days of another year, too.
    ``written`` is the day as of which the list was made (:func:`written_on`).
    """
    found: dict[int, str] = {}
    if name in _HAPPENED and written is not None:
        after = times.known & (times.start >= day_span(written + timedelta(days=1), zone)[1])
        if 0 < after.sum() <= _FEW * times.known.sum():
            found = dict.fromkeys(np.flatnonzero(after).tolist(), "date.after_list")
    if name not in _MAY_LIE_BEHIND and years:
        found |= dict.fromkeys(np.flatnonzero(years_away(times.start, times.known)).tolist(), "date.unlike")
    if name not in _MAY_LIE_AHEAD:
        last = today or datetime.now(UTC).date() + timedelta(days=1)
        late = times.known & (times.start >= day_span(last, zone)[1])
        found |= dict.fromkeys(np.flatnonzero(late).tolist(), "date.future")
    if name not in _MAY_LIE_BEHIND:
        early = times.known & (times.start < day_span(_OLDEST, zone)[0])
        if not early[times.known].all():
            found |= dict.fromkeys(np.flatnonzero(early).tolist(), "date.past")
    return found


def years_away(start: npt.NDArray[np.int64], known: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Tell which of a column's days lie about whole years away from the others, which lie close together.

    So they do where somebody typed another year. Nothing is told of columns of few days or of days over years.
    """
    out = np.zeros(len(start), dtype=bool)
    days = start[known] // DAY
    if len(days) < _FEW_DAYS:
        return out
    middle = int(np.median(days))
    close = np.abs(days - middle) <= _CLOSE_DAYS
    if close.mean() < _MOST_CLOSE:
        return out
    apart = np.abs(start // DAY - middle)
    years = np.rint(apart / 365.25)
    return np.asarray(known & (years >= 1) & (np.abs(apart - years * 365.25) <= _CLOSE_DAYS), dtype=bool)
