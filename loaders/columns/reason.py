"""Days that cannot be meant: ahead of today, in a time long past, or years away from all others of their column."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from loaders.columns.dates import Times
from tracing.times import DAY, day_span

_OLDEST: Final = date(1950, 1, 1)
_MAY_LIE_AHEAD: Final = frozenset({"isolation_end", "area_valid_from", "area_valid_to"})
_MAY_LIE_BEHIND: Final = frozenset({"area_valid_from", "area_valid_to"})
#: Of how many days, how close to their middle, and which share of them at least, a day of another year is a slip.
_FEW_DAYS, _CLOSE_DAYS, _MOST_CLOSE = 4, 90, 0.75


def beyond_reason(name: str, times: Times, *, today: date | None, zone: str, years: bool) -> dict[int, str]:
    """Return the rows of a field whose day cannot be meant, with the code of what is wrong.

    ``today`` is by default the day after today, wherever that has begun; ``years`` asks for days of another year, too.
    """
    found: dict[int, str] = {}
    if name not in _MAY_LIE_BEHIND and years:
        found = dict.fromkeys(np.flatnonzero(years_away(times.start, times.known)).tolist(), "date.unlike")
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
