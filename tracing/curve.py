"""The epidemic curve in numbers and as a sentence: cases by day, which have a known source, what is not in yet."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pandas as pd

from tracing.chains.dates import case_dates
from tracing.text import Text, catalogue, day_words, join
from tracing.times import DAY, EVER, day_span, local

if TYPE_CHECKING:
    from tracing.chains.chains import Chains
    from tracing.tiers.tiers import Tiers

_, _n = catalogue("tracing")

_WEEK: Final = 7
_LAST: Final = 40
_MOST_DELAY: Final = 14


@dataclass(frozen=True)
class Curve:
    """Cases by day.

    Attributes
    ----------
    table
        One row per case with a date, sorted by day and case: ``case``; ``day`` (epoch seconds, begin of the local day);
        ``date_of`` ("onset", "sample", "confirmed"); ``source_known`` (a declared source or an exposure by another case
        is on record; NA where chains were not traced).
    undated
        Cases without any date.
    delay
        Days from onset within which four of five cases are found; None where fewer than five tell. Days nearer to
        ``end`` than this are not complete.
    end
        Last instant that the data speak of, epoch seconds.
    zone
        Time zone of the days.
    counted
        Cases that lists only count, by day: ``day`` (as above), ``number``, sorted by day. A series of its own: nobody
        of them is known, and they may be the same people. Sums from the beginning ("cumulative") are not in it.
    counted_apart
        Counts of cases on record that are not in it: without a day, or from the beginning.
    """

    table: pd.DataFrame
    undated: int
    delay: int | None
    end: int
    zone: str
    counted: pd.DataFrame
    counted_apart: int

    @property
    def complete_until(self) -> int:
        """The instant up to which cases by onset can be taken as complete (the begin of the first open day)."""
        return self.end - (self.delay or 0) * DAY


def count_curve(tiers: Tiers, chains: Chains | None = None) -> Curve:
    """Return the cases of ``tiers`` by day of onset, else sample, else confirmation; empty where there is no case.

    Raises nothing of its own.

    Parameters
    ----------
    tiers
        Whose cases are counted.
    chains
        Which of them have a known source; without them that is not known.

    Returns
    -------
    Curve
        One row per case with a date; days are local days of the records' zone, in epoch seconds.
    """
    zone = tiers.graph.records.zone
    dates = case_dates(tiers.graph)
    cases = tiers.table.loc[tiers.table["case"], "person"].tolist()
    known: dict[str, bool] = {}
    if chains is not None:
        columns = (chains.table[c].tolist() for c in ("id", "sources", "contact_sources"))
        for case, declared, contacts in zip(*columns, strict=True):
            known[case] = bool(declared) or (isinstance(contacts, tuple) and bool(contacts))
    rows = []
    for case in cases:
        date = dates.get(case)
        if date is not None and date.known:
            begin = day_span(local(date.at, zone).date(), zone)[0]
            rows.append((case, begin, date.what, known.get(case) if chains is not None else None))
    table = pd.DataFrame(rows, columns=["case", "day", "date_of", "source_known"])
    table = table.astype({"case": "string", "day": "Int64", "date_of": "string", "source_known": "boolean"})
    table = table.sort_values(["day", "case"], ignore_index=True)
    last = int(table["day"].max()) + DAY if len(table) else 0
    counted, apart = _counted(tiers)
    last = max([last, *(counted["day"] + DAY).tolist()])
    end = tiers.as_of if abs(tiers.as_of) < EVER // 2 else last
    return Curve(table, len(cases) - len(table), _delay(tiers), end, zone, counted, apart)


def _counted(tiers: Tiers) -> tuple[pd.DataFrame, int]:
    """Return the cases that lists count by day, and how many such counts are of no day."""
    records = tiers.graph.records
    rows = records.counts[(records.counts["what"] == "cases").fillna(False)]
    rows = rows[(rows["day"] < tiers.as_of).fillna(True)]
    of_a_day = rows["day"].notna() & ~rows["cumulative"].fillna(False)
    days = [day_span(local(int(at), records.zone).date(), records.zone)[0] for at in rows.loc[of_a_day, "day"]]
    found = pd.DataFrame({"day": days, "number": rows.loc[of_a_day, "number"].tolist()}).astype("int64")
    return found.groupby("day")["number"].sum().reset_index(), int((~of_a_day).sum())


def _delay(tiers: Tiers) -> int | None:
    cases = tiers.graph.records.cases
    found = cases["sample"].fillna(cases["confirmed"])
    days = ((found - cases["onset"]) / DAY).dropna()
    days = days[days >= 0]
    if len(days) < 5:
        return None
    return min(math.ceil(float(days.quantile(0.8))), _MOST_DELAY)


def say_curve(curve: Curve, lang: str) -> str:
    """Return what the curve shows, as a sentence: rising or falling where the counts can tell, sources last.

    Raises nothing of its own.

    Parameters
    ----------
    curve
        Cases by day.
    lang
        "vi" or "en".

    Returns
    -------
    str
        One sentence; that no case has a date where none has.
    """
    table = curve.table
    counted = [] if curve.counted.empty else [_counted_words(curve)]
    if table.empty:
        return " ".join([_NO_DATE.say(lang), *(f"{words.say(lang)}." for words in counted)])
    parts = [_trend(curve)]
    recent = table.tail(_LAST)
    if recent["source_known"].notna().any():
        unknown = int((~recent["source_known"].fillna(True)).sum())
        parts.append((_SOURCES if len(table) > _LAST else _ALL_SOURCES).fill(n=unknown, all=len(recent)))
    return join([*parts, *counted])(lang) + "."


def _counted_words(curve: Curve) -> Text:
    day = curve.counted["day"]
    span = {"first": day_words(int(day.min()), curve.zone, year=False)}
    n = int(curve.counted["number"].sum())
    return _COUNTED.fill(n=n, last=day_words(int(day.max()), curve.zone, year=False), **span)


def _trend(curve: Curve) -> Text:
    day = curve.table["day"].astype("int64")
    first, last = int(day.min()), int(day.max())
    span = {"first": day_words(first, curve.zone, year=False), "last": day_words(last, curve.zone, year=False)}
    until = min(curve.complete_until, last + DAY)
    now = int(((day < until) & (day >= until - _WEEK * DAY)).sum())
    before = int(((day < until - _WEEK * DAY) & (day >= until - 2 * _WEEK * DAY)).sum())
    if first == last:
        return _ONE_DAY.fill(n=len(day), **span)
    if now + before < 10 or until - first < 2 * _WEEK * DAY:
        return _FEW.fill(n=len(day), **span)
    clear = abs(now - before) > 2 * math.sqrt(now + before)
    words = _LEVEL if not clear else _ROSE if now > before else _FELL
    return words.fill(now=now, before=before, until=day_words(until - DAY, curve.zone, year=False))


_NO_DATE: Final = _("No case has a day of onset, sample or confirmation: no course over time can be drawn.")
_ONE_DAY: Final = _("{n} cases, all on {first}")
_FEW: Final = _("{n} cases from {first} to {last}, too few to say whether they rise or fall")
_ROSE: Final = _("Cases rose: {now} in the seven days to {until}, {before} in the seven before")
_FELL: Final = _("Cases fell: {now} in the seven days to {until}, {before} in the seven before")
_LEVEL: Final = _(
    "Neither rise nor fall is clear: {now} cases in the seven days to {until}, {before} in the seven before"
)
_COUNTED: Final = _("lists that only count tell of {n} cases from {first} to {last}, a series of its own")
_SOURCES: Final = _("{n} of the last {all} cases have no known source")
_ALL_SOURCES: Final = _("{n} of {all} cases have no known source")
