"""Isolations: when everybody was at large, and what isolation leaves of the cases' windows.

A case's isolation *as a case* closes its window for good; a stay that ended before the case was found interrupts it.
Whoever was exposed has a window until the next isolation, and after it only by an exposure during or after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from tracing.model.arrow import to_numpy
from tracing.model.columns import Numbers, TableColumns, Texts, concat_columns
from tracing.model.numbered import NumberedRecords
from tracing.policy.model import Policy
from tracing.tiers.sightings import sightings
from tracing.tiers.windows import READINGS, Openings, TierReading, counted_cases, midnights
from tracing.times import EVER, NEVER

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Way = Literal["community", "home", "patient"]
#: Who can be met, and which isolations end that: all of them; those that are not at home; none.
WAYS: Final[tuple[Way, ...]] = ("community", "home", "patient")
_PERIOD: Final = ["person", "start", "start_to", "end", "end_to"]
_TEXTS: Final = ["kind", "place"]


@dataclass(frozen=True)
class Episodes:
    """Times at large of every person in one reading. Episodes of person ``p`` are ``indptr[p]:indptr[p + 1]``.

    Attributes
    ----------
    person
        Person index of each episode.
    opens, closes
        ``[opens, closes)``: from the end of the isolation before it to the beginning of the next (or ``as_of``).
    since
        Whoever is exposed at ``since`` or later, before ``opens``, was exposed in the isolation that ends at ``opens``.
    """

    indptr: Ints
    person: Ints
    opens: Ints
    closes: Ints
    since: Ints


@dataclass(frozen=True)
class CaseWindows:
    """Infectious windows of cases in one reading: ``person`` (index) in ``[opens, closes)``."""

    person: Ints
    opens: Ints
    closes: Ints


def isolation_rows(graph: NumberedRecords) -> TableColumns:
    """Return every isolation on record: person (index), start, start_to, end, end_to, kind, place, dated.

    The isolation date of a case (``dated``) counts where the isolation roster has no period that begins at that time.
    A missing end is ``EVER``.
    """
    roster, cases = graph.records.columns("isolations"), counted_cases(graph)
    cases = cases.take(~cases.numbers("isolated").missing)
    isolated, isolated_to = (cases.numbers(name).filled(EVER) for name in ("isolated", "isolated_to"))
    person, case = (graph.positions(table.texts("person")) for table in (roster, cases))
    times = [roster.numbers(name).filled(EVER) for name in _PERIOD[1:]]
    alone = ~np.isin(*_same_numbers((case, isolated), (person, times[0])))
    ever = np.full(int(alone.sum()), EVER, dtype=np.int64)
    dates = (case[alone], isolated[alone], isolated_to[alone], ever, ever)
    of_cases = dict(zip(_PERIOD, map(Numbers, dates), strict=True)) | dict.fromkeys(
        _TEXTS, Texts.constant(None, len(ever))
    )
    given = dict(zip(_PERIOD, map(Numbers, (person, *times)), strict=True)) | {n: roster.texts(n) for n in _TEXTS}
    table = concat_columns([TableColumns(given), TableColumns(of_cases)])
    ranks = [to_numpy(pc.rank(table.texts(n).arrow, tiebreaker="dense")) for n in _TEXTS]
    order = np.lexsort([*reversed([*(table.numbers(name).values for name in _PERIOD), *ranks])])
    return table.take(order).put(dated=Numbers(order >= len(person)))


def _same_numbers(ones: tuple[Ints, Ints], others: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Return a number for each pair of numbers, the same one for the same pair."""
    (first, second), sizes = (np.concatenate(pair) for pair in zip(ones, others, strict=True)), len(ones[0])
    distinct, place = np.unique(second, return_inverse=True)
    numbers = first * np.int64(len(distinct) + 1) + place
    return numbers[:sizes], numbers[sizes:]


def isolation_periods(rows: TableColumns) -> TableColumns:
    """Return everybody's isolation periods, those of ``rows`` that touch as one (person, start, start_to, end, end_to).

    ``rows`` as :func:`isolation_rows` gives them.
    """
    return TableColumns(dict(zip(_PERIOD, map(Numbers, _joined(rows).T), strict=False)))


def _joined(rows: TableColumns) -> Ints:
    """Join periods that may touch: those of ``_PERIOD``, and the last instant at which one may have begun after a gap.

    Shape (periods, 6), by person.
    """
    out: list[list[int]] = []
    members: list[tuple[int, int]] = []
    for person, start, start_to, end, end_to in rows.rows(*_PERIOD):
        if out and out[-1][0] == person and start <= out[-1][4]:
            last = out[-1]
            within = any(begun <= start and start_to <= over for begun, over in members)
            last[5] = last[5] if within else max(last[5], start_to)
            last[2:5] = [min(last[2], start_to), max(last[3], end), max(last[4], end_to)]
            members.append((start_to, end))
        else:
            out.append([person, start, start_to, end, end_to, start_to])
            members = [(start_to, end)]
    return np.array(out, dtype=np.int64).reshape(-1, 6)


def _sure_parts(rows: TableColumns, joined: Ints) -> Ints:
    """Return the times that people were surely isolated (person, begin, end, since), those that touch as one."""
    out: list[list[int]] = []
    table = np.column_stack([rows.numbers(name).values for name in ("person", "start_to", "end")])
    sure = table[table[:, 1] < table[:, 2]]
    for person, begin, end in sure[np.lexsort((sure[:, 2], sure[:, 1], sure[:, 0]))].tolist():
        if out and out[-1][0] == person and begin <= out[-1][2]:
            out[-1][2] = max(out[-1][2], end)
        else:
            out.append([person, begin, end])
    # The period that holds a sure part is the last one of that person that began before it.
    starts: dict[int, list[int]] = {}
    for person, start in joined[:, :2].tolist():
        starts.setdefault(person, []).append(start)
    parts = [[person, begin, end, max(s for s in starts[person] if s <= begin)] for person, begin, end in out]
    return np.array(parts, dtype=np.int64).reshape(-1, 4)


def episodes(rows: TableColumns, people: int, as_of: int, reading: TierReading) -> Episodes:
    """Return the times at large of ``people`` persons between their isolations ``rows``.

    Possible: an isolation begins at the latest and ends at the earliest the record allows; certain: the reverse.
    """
    joined = _joined(rows)
    whose, begin, end, last = (_sure_parts(rows, joined) if reading == "possible" else joined[:, [0, 1, 4, 5]]).T
    per_person = np.bincount(whose, minlength=people) + 1
    indptr = np.zeros(people + 1, dtype=np.int64)
    np.cumsum(per_person, out=indptr[1:])
    person = np.repeat(np.arange(people, dtype=np.int64), per_person)
    opens, since = np.full(indptr[-1], NEVER, dtype=np.int64), np.full(indptr[-1], NEVER, dtype=np.int64)
    closes = np.full(indptr[-1], as_of, dtype=np.int64)
    at = np.arange(len(whose)) + whose  # by person; everybody has one episode more than periods
    closes[at] = np.minimum(begin, as_of)
    opens[at + 1] = end
    since[at + 1] = last
    return Episodes(indptr, person, opens, closes, since)


@dataclass(frozen=True, kw_only=True)
class CaseIsolations:
    """The isolations of the cases and what each does to the case's window, shape (rows,).

    Attributes
    ----------
    case
        Row of the case in :class:`tracing.tiers.windows.Openings`.
    begin, begin_to, end, end_to
        It begins in ``[begin, begin_to]`` and ends in ``[end, end_to]``.
    for_good
        It closes the window for good, by reading; else it interrupts it until its end.
    counts
        It counts at all, by reading.
    at_home
        1 at home, 0 elsewhere, -1 not known.
    doubted
        An order to stay at home, given before the case was found, that other records contradict.
    """

    case: Ints
    begin: Ints
    begin_to: Ints
    end: Ints
    end_to: Ints
    for_good: dict[TierReading, Bools]
    counts: dict[TierReading, Bools]
    at_home: npt.NDArray[np.int8]
    doubted: Bools


def case_isolations(graph: NumberedRecords, openings: Openings, rows: TableColumns) -> CaseIsolations:
    """Return what every isolation of a case does to its window (see "Release" in the semantics).

    An isolation on or after the day of the first of onset, sample and confirmation is one *as a case*; so is the date
    of a case that has none of these. An earlier date of a case is a stay whose end is not known.
    """
    of_person = np.full(len(graph.columns.people), -1, dtype=np.int64)
    of_person[openings.person] = np.arange(len(openings.person))
    case = of_person[rows.numbers("person").values]
    rows, case = rows.take(case >= 0), case[case >= 0]
    begin, begin_to, end, end_to = (rows.numbers(name).values for name in _PERIOD[1:])
    dated, at_home = rows.numbers("dated").values, rows.texts("kind").says("home")
    cases, zone = counted_cases(graph), graph.records.zone
    first = _earliest(cases, ("onset", "sample", "confirmed"))
    found_lo, found_hi = _earliest(cases, ("sample", "confirmed")), _latest(cases, ("sample", "confirmed"))
    known = first < EVER
    as_case = np.where(known[case], midnights(np.maximum(begin, begin_to - 1), zone) >= _day(first, zone)[case], dated)
    last = np.maximum(begin, begin_to - 1)
    order_hi = found_hi.copy()
    np.minimum.at(found_lo, case[as_case], begin[as_case])
    np.minimum.at(found_hi, case[as_case], last[as_case])
    elsewhere = as_case & ~at_home
    np.minimum.at(order_hi, case[elsewhere], last[elsewhere])
    found_lo = np.where(found_lo < EVER, found_lo, np.where(known, first, NEVER))
    doubted = at_home & (begin < order_hi[case])
    if doubted.any():
        doubted[doubted] = _contradicted(graph, rows.take(doubted))
    over = {"possible": end <= found_hi[case], "certain": end_to <= found_lo[case]}
    return CaseIsolations(
        case=case,
        begin=begin,
        begin_to=begin_to,
        end=end,
        end_to=end_to,
        for_good={reading: as_case | dated | ~over[reading] for reading in READINGS},
        counts={"possible": ~doubted & (as_case | ~dated), "certain": np.ones(len(rows), dtype=bool)},
        at_home=np.where(rows.texts("kind").missing, -1, rows.texts("kind").says("home", "zone")).astype(np.int8),
        doubted=doubted,
    )


def _earliest(cases: TableColumns, names: tuple[str, ...]) -> Ints:
    values = [cases.numbers(name).filled(EVER) for name in names]
    return np.asarray(np.minimum.reduce(values), dtype=np.int64)


def _latest(cases: TableColumns, names: tuple[str, ...]) -> Ints:
    """Return the last instant at which the first of the events can have been."""
    values = []
    for name in names:
        begin, end = (cases.numbers(c).filled(EVER) for c in (name, f"{name}_to"))
        values.append(np.where(end > begin, end - 1, begin))
    return np.asarray(np.minimum.reduce(values), dtype=np.int64)


def _day(at: Ints, zone: str) -> Ints:
    return np.where(at < EVER, midnights(np.where(at < EVER, at, 0), zone), EVER)


def _contradicted(graph: NumberedRecords, rows: TableColumns) -> Bools:
    """Tell which orders to stay at home other records contradict."""
    out = np.zeros(len(rows), dtype=bool)
    out[sightings(graph, rows, ("home",)).numbers("at").values] = True
    return out


def case_windows(
    openings: Openings, isolations: CaseIsolations, policy: Policy, as_of: int, reading: TierReading, way: Way
) -> CaseWindows:
    """Return the cases' windows in one reading, for one :data:`way <WAYS>` of being met: none, one or several each.

    Without ``isolation`` among the policy's closing events no isolation counts.
    """
    possible = reading == "possible"
    holds = ~(openings.none | openings.left_out)
    if not possible:
        holds &= ~openings.suspected
    opens = openings.earliest if possible else openings.latest
    closes = np.minimum(openings.close_possible if possible else openings.close_certain, as_of)
    counts = _counting(isolations, policy, reading, way)
    begin = isolations.begin_to if possible else isolations.begin
    end = isolations.end if possible else isolations.end_to
    for_good = counts & isolations.for_good[reading]
    np.minimum.at(closes, isolations.case[for_good], begin[for_good])
    cut = np.flatnonzero(counts & ~isolations.for_good[reading] & (begin < end))
    holds = holds & (opens < closes)
    hit = np.isin(np.arange(len(opens)), isolations.case[cut])
    plain = np.flatnonzero(holds & ~hit)
    rows = list(zip(openings.person[plain].tolist(), opens[plain].tolist(), closes[plain].tolist(), strict=True))
    breaks: dict[int, list[tuple[int, int]]] = {}
    for at in cut.tolist():
        breaks.setdefault(int(isolations.case[at]), []).append((int(begin[at]), int(end[at])))
    for case in np.flatnonzero(holds & hit).tolist():
        rows += [
            (int(openings.person[case]), *part) for part in _without(int(opens[case]), int(closes[case]), breaks[case])
        ]
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 3)
    return CaseWindows(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy())


def _counting(isolations: CaseIsolations, policy: Policy, reading: TierReading, way: Way) -> Bools:
    counts = isolations.counts[reading]
    if "isolation" not in policy.window.end_events or way == "patient":
        return np.zeros_like(counts)
    if way == "home":
        elsewhere = isolations.at_home == 0 if reading == "possible" else isolations.at_home <= 0
        return np.asarray(counts & elsewhere)
    return counts


def _without(opens: int, closes: int, breaks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what is left of ``[opens, closes)`` without the ``breaks``."""
    left, at = [], opens
    for begin, end in sorted(breaks):
        if begin >= closes:
            break
        if at < begin:
            left.append((at, begin))
        at = max(at, end)
    return [*left, (at, closes)] if at < closes else left
