"""Tiers: who is F0, F1, F2 … by exact, dated, time-respecting exposure paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import numpy.typing as npt

from tracing.errors import NothingFound
from tracing.json_rows import JsonRows, RowsOfEach
from tracing.model.columns import Numbers, TableColumns, Texts
from tracing.model.numbered import NumberedRecords
from tracing.policy.model import Policy
from tracing.results import Shown, provenance, resolve_as_of
from tracing.text import catalogue
from tracing.tiers.contradictions import contradicted_stays
from tracing.tiers.crowds import place_ids
from tracing.tiers.exposure import Ints, Spread, TierProgress, spread_exposure
from tracing.tiers.tables import (
    classes_of_f1,
    collect_exposures,
    describe_exposures,
    last_exposures,
    list_co_present,
    list_met_after_isolation,
    list_source_finding,
    order_exposures,
)
from tracing.tiers.windows import READINGS, TierReading, counted_cases
from tracing.times import EVER, format_isos

if TYPE_CHECKING:
    import pandas as pd

_, _n = catalogue("tracing")

NO_TIER = np.int64(1 << 30)
#: Tables of :class:`Tiers` that are worked out when they are asked for.
TierTable = Literal["parents", "exposures", "co_present", "met_after_isolation", "source_finding", "contradicted_stays"]


@dataclass(frozen=True, kw_only=True)
class Tiers(Shown):
    """Everybody listed, with both tiers and all parents.

    Each table is a DataFrame where it is asked for by its name, and columns (``people``, :meth:`columns`) where pandas
    is not needed.

    Attributes
    ----------
    people
        ``table`` as columns.
    found
        The rows of ``exposures`` in no order.
    provenance
        Version, policy, as_of and hash of the inputs.
    graph, policy, as_of
        What it was computed from; ``as_of`` in epoch seconds.
    spread
        The arrays behind it, for :mod:`tracing.evidence`.
    """

    people: TableColumns = field(repr=False)
    found: TableColumns = field(repr=False)
    provenance: Mapping[str, str]
    graph: NumberedRecords
    policy: Policy
    as_of: int
    spread: Spread = field(repr=False)
    _made: dict[TierTable, TableColumns] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __repr__(self) -> str:
        counts = ", ".join(f"F{t}: {c} certain, {p} possible" for t, c, p in self.counts())
        return f"<Tiers {self.policy.id}: {counts or 'nobody listed'}>"

    def columns(self, name: TierTable) -> TableColumns:
        """Return the table of this name as columns."""
        if name not in self._made:
            self._made[name] = _MAKERS[name](self)
        return self._made[name]

    @property
    def table(self) -> pd.DataFrame:
        """One row per person, sorted by person.

        ``person``; ``tier_certain``, ``tier_possible`` (NA where none); ``case``; ``first_exposure``,
        ``last_exposure`` (epoch seconds, first and last instant at which the person can have been exposed at their
        possible tier; for a case: as a contact of another case; NA for one never exposed); ``first_exposure_certain``
        (earliest exposure that holds in every reading); ``parents`` (how many); ``f1_class`` (of an F1 where the rule
        has classes: "near", "far", or "undecided" where near is not excluded).
        """
        return self.people.frame

    def counts(self) -> list[tuple[int, int, int]]:
        """Return (tier, people certain at it, people possible at it and not certain) for each tier that occurs.

        Everybody counts once, at their possible tier: certain where their certain tier is the same.
        """
        return count_tiers(self.people, self.policy.depth)

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON object of ``truyvet tiers --json``: policy, as_of, people."""
        told = self.to_json()
        return {name: list(value) if isinstance(value, JsonRows) else value for name, value in told.items()}

    def to_json(self, people: TableColumns | None = None) -> dict[str, Any]:
        """Return the same with rows as :class:`tracing.json_rows.JsonRows`; of all ``people``, or of these alone."""
        zone = self.graph.records.zone

        def rows(name: TierTable, *times: str) -> JsonRows:
            return _dated_rows(self.columns(name), times, zone)

        return {
            "policy": self.policy.id,
            "as_of": self.provenance["as_of"] or None,
            "provenance": dict(self.provenance),
            "people": self._people_rows(self.people if people is None else people),
            **({"crowded_places": self.crowded_places} if self.crowded_places else {}),
            "co_present": rows("co_present", "start", "end"),
            "met_after_isolation": rows("met_after_isolation", "start", "end"),
            "source_finding": rows("source_finding", "start", "end"),
            "contradicted_stays": rows("contradicted_stays", "start", "end", "seen_from", "seen_to"),
        }

    def _people_rows(self, table: TableColumns) -> JsonRows:
        zone, rows = self.graph.records.zone, self.columns("parents")
        told = {"person": "parent", "contact": "contact", "clause": "clause", "tier": "tier"}
        parents: dict[str, Any] = {name: rows[column].tolist() for name, column in told.items()}
        parents |= {
            "certain": rows.texts("reading").says("certain").tolist(),
            "exposure": _isos(rows.numbers("exposure"), zone),
        }
        plain = ("tier_certain", "tier_possible", "f1_class", "case")
        columns: dict[str, Any] = {"id": table["person"].tolist()} | {name: table[name].tolist() for name in plain}
        columns |= {name: _isos(table.numbers(name), zone) for name in ("first_exposure", "last_exposure")}
        of = self.columns("exposures").numbers("target").values
        own = self.graph.positions(table.texts("person"))
        starts, stops = (np.searchsorted(of, own, side=side) for side in ("left", "right"))
        return JsonRows({**columns, "parents": RowsOfEach(JsonRows(parents), starts, stops)})

    @property
    def parents(self) -> pd.DataFrame:
        """One row per exposure at a person's tier, the earliest first.

        ``person``, ``tier``, ``reading`` ("certain" where it holds in every reading), ``parent``, ``contact``,
        ``clause``, ``f1_class`` (that the contact makes; NA where the rule has no classes), ``verdict``, ``exposure``,
        ``until`` (first and last instant), ``start``, ``end`` (the contact's possible span), ``place``, ``joined``
        (from two visits). Of the meetings at ``crowded_places`` the earliest of each visit and kind, and the last.
        """
        return self.columns("parents").frame

    @property
    def exposures(self) -> pd.DataFrame:
        """The rows of ``parents``, in the same order, with positions for ids."""
        return self.columns("exposures").frame

    def parents_of(self, person: str) -> TableColumns:
        """Return the rows of ``parents`` of one person, without the others'."""
        own = self.found.take(self.found.numbers("target").values == self.graph.person_index(person))
        return describe_exposures(self.spread, order_exposures(self.spread, own))

    @property
    def co_present(self) -> pd.DataFrame:
        """People at the same place and time as a case in its window whose contact fails the rule, and in no tier.

        ``person``, ``case``, ``contact``, ``start``, ``end``, ``place``. Listed apart, never promoted.
        """
        return self.columns("co_present").frame

    @property
    def met_after_isolation(self) -> pd.DataFrame:
        """Recorded contacts with a case that its isolation kept from counting.

        ``person``, ``case``, ``contact``, ``start``, ``end``, ``place``, ``source_file``, ``source_sheet``,
        ``source_row``. Never denied: each is a finding, and the person may be in a tier through others.
        """
        return self.columns("met_after_isolation").frame

    @property
    def source_finding(self) -> pd.DataFrame:
        """Contacts of a case without symptoms from before its window that the rule looks for to find its source.

        ``person``, ``case``, ``contact``, ``start``, ``end``, ``place``. People in no tier only; they expose nobody.
        """
        return self.columns("source_finding").frame

    def unlisted(self) -> npt.NDArray[np.bool_]:
        """Tell who is in no tier; shape (people,)."""
        return own_tiers(self.spread, "possible") >= NO_TIER

    def apart(self, person: str) -> tuple[TableColumns, TableColumns]:
        """Return the rows of ``met_after_isolation`` and ``source_finding`` of one person, without the others'."""
        own = np.zeros(len(self.graph.columns.people), dtype=bool)
        own[self.graph.positions([person])] = True
        return list_met_after_isolation(self.spread, own), list_source_finding(self.spread, own & self.unlisted())

    @property
    def contradicted_stays(self) -> pd.DataFrame:
        """Isolations that other records contradict (:func:`tracing.tiers.contradictions.contradicted_stays`)."""
        return self.columns("contradicted_stays").frame

    @property
    def crowded_places(self) -> list[str]:
        """Places with more overlapping visits than can be listed; tiers and times there are exact all the same."""
        return place_ids(self.spread.visits, self.spread.crowded)

    @property
    def zone(self) -> str:
        """Time zone of the records."""
        return self.graph.records.zone


def _everybody(spread: Spread) -> npt.NDArray[np.bool_]:
    return np.ones(len(spread.graph.columns.people), dtype=bool)


_MAKERS: Final[Mapping[TierTable, Callable[[Tiers], TableColumns]]] = {
    "parents": lambda tiers: describe_exposures(tiers.spread, tiers.columns("exposures")),
    "exposures": lambda tiers: order_exposures(tiers.spread, tiers.found),
    "co_present": lambda tiers: list_co_present(tiers.spread, tiers.unlisted()),
    "met_after_isolation": lambda tiers: list_met_after_isolation(tiers.spread, _everybody(tiers.spread)),
    "source_finding": lambda tiers: list_source_finding(tiers.spread, tiers.unlisted()),
    "contradicted_stays": lambda tiers: contradicted_stays(tiers.spread),
}


def count_tiers(people: TableColumns, depth: int) -> list[tuple[int, int, int]]:
    """Return (tier, people certain at it, people possible at it and not certain) for each tier that occurs."""
    certain, possible = (people.numbers(name).filled(-1) for name in ("tier_certain", "tier_possible"))
    out = []
    for tier in range(depth + 1):
        here = possible == tier
        sure = int((here & (certain == tier)).sum())
        if here.any():
            out.append((tier, sure, int(here.sum()) - sure))
    return out


def _dated_rows(table: TableColumns, times: Sequence[str], zone: str) -> JsonRows:
    """Return the rows of a table of people as JSON values, instants written out."""
    return JsonRows(
        {
            "id" if name == "person" else name: _isos(table.numbers(name), zone) if name in times else column.tolist()
            for name, column in table.items()
        }
    )


def _isos(values: Numbers, zone: str) -> list[str | None]:
    at = values.filled(EVER)
    out = np.full(len(at), None, dtype=object)
    dated = np.flatnonzero(np.abs(at) < EVER // 2)
    out[dated] = format_isos(at[dated], zone)
    return out.tolist()


def trace_tiers(
    graph: NumberedRecords,
    *,
    policy: Policy,
    as_of: int | str | None = None,
    cases: Sequence[str] | None = None,
    progress: TierProgress | None = None,
) -> Tiers:
    """Return the tier of everybody whom an exposure path of at most ``policy.depth`` contacts reaches.

    Parameters
    ----------
    graph
        Contacts, visits, cases and isolations.
    policy
        The rule that says which contacts count and when somebody is infectious.
    as_of
        Nothing after this instant is used: epoch seconds, ISO text (a date means its end), or None for the end of the
        last day on record.
    cases
        Trace from these people's cases only (ids). None: the cases the graph was asked for (``graph.focus``), else all.
    progress
        Called with (reading, step, steps).

    Returns
    -------
    Tiers
        An empty table where there is no case.

    Raises
    ------
    NothingFound
        If some of ``cases`` are not cases on record.

    Notes
    -----
    Linear in the contacts of those who are reached, per tier and reading. QĐ 3638/QĐ-BYT II.1.3-4 and IV.A.1 for the
    Vietnamese tiers; the policy carries the sources.
    """
    seeds = graph.focus if cases is None else tuple(cases)
    if seeds is not None:
        on_record = set(counted_cases(graph)["person"])
        unknown = sum(person not in on_record for person in seeds)
        if unknown:
            raise NothingFound(
                _("{n} of the {all} people asked for are not cases on record", n=unknown, all=len(seeds))
            )
    moment = resolve_as_of(as_of, graph)
    spread = spread_exposure(graph, policy, moment, seeds=seeds, progress=progress)
    return _collect(spread)


def own_tiers(spread: Spread, reading: TierReading) -> npt.NDArray[np.int64]:
    """Return each person's tier in one reading, ``NO_TIER`` where none; shape (people,).

    A case is F0, certainly: those that exposure starts from, and any other that it reaches at all. One that is only
    suspected is F0 in the possible reading, and in the certain one what others made of them.
    """
    reached = spread.labels[reading].exposure < EVER
    tier = np.where(reached.any(axis=0), reached.argmax(axis=0), NO_TIER)
    listed = np.asarray((spread.labels["possible"].exposure < EVER).any(axis=0))
    listed[spread.seeds] = True
    tier[_is_case(spread, reading) & listed] = 0
    return tier


def _is_case(spread: Spread, reading: TierReading) -> npt.NDArray[np.bool_]:
    openings = spread.openings
    is_case = np.zeros(len(spread.graph.columns.people), dtype=bool)
    is_case[openings.person if reading == "possible" else openings.person[~openings.suspected]] = True
    return is_case


def _collect(spread: Spread) -> Tiers:
    people, is_case = spread.graph.columns.people, _is_case(spread, "possible")
    tiers = {reading: own_tiers(spread, reading) for reading in READINGS}
    exposed = {
        reading: np.where(
            tiers[reading] == 0, np.where(spread.labels[reading].exposure[1] < EVER, 1, NO_TIER), tiers[reading]
        )
        for reading in READINGS
    }
    exposures = collect_exposures(spread, exposed)
    listed = np.flatnonzero(tiers["possible"] < NO_TIER)
    if len(listed) == 0:
        listed = np.empty(0, dtype=np.int64)
    first, first_sure = (_first_exposures(spread, reading, exposed[reading], listed) for reading in READINGS)
    last = last_exposures(exposures, exposed["possible"])[listed]
    parents = np.bincount(exposures.numbers("target").values, minlength=len(people))
    classes = classes_of_f1(exposures, len(people))[listed]
    classes[tiers["possible"][listed] != 1] = None
    table = TableColumns(
        {
            "person": Texts.of(people[listed]),
            "tier_certain": _nullable(tiers["certain"][listed], tiers["certain"][listed] < NO_TIER),
            "tier_possible": _nullable(tiers["possible"][listed], tiers["possible"][listed] < NO_TIER),
            "case": Numbers(is_case[listed]),
            "first_exposure": _nullable(first, first < EVER),
            "last_exposure": _nullable(last, last > -EVER),
            "first_exposure_certain": _nullable(first_sure, first_sure < EVER),
            "parents": _nullable(parents[listed], np.ones(len(listed), dtype=bool)),
            "f1_class": Texts.of(classes),
        }
    )
    cases = "all" if not spread.openings.left_out.any() else str(len(spread.seeds))
    return Tiers(
        people=table,
        provenance=provenance(spread.graph, spread.policy, spread.as_of, cases=cases),
        found=exposures,
        graph=spread.graph,
        policy=spread.policy,
        as_of=spread.as_of,
        spread=spread,
    )


def _first_exposures(spread: Spread, reading: TierReading, exposed: Ints, listed: Ints) -> Ints:
    """Return the earliest exposure of the ``listed`` people at the step at which they count as ``exposed``."""
    step = exposed[listed]
    known = (step > 0) & (step < NO_TIER)
    return np.where(known, spread.labels[reading].exposure[np.where(known, step, 0), listed], EVER)


def _nullable(values: Ints, known: npt.NDArray[np.bool_]) -> Numbers:
    return Numbers(values.astype(np.int64), ~known)
