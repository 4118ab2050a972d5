"""Tiers: who is F0, F1, F2 … by exact, dated, time-respecting exposure paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.errors import NothingFound
from tracing.json_rows import JsonRows, RowsOfEach
from tracing.model.numbered import NumberedRecords
from tracing.model.rows import is_among, stable_order
from tracing.policy.model import Policy
from tracing.results import Result, provenance, resolve_as_of
from tracing.text import catalogue
from tracing.tiers.contradictions import contradicted_stays
from tracing.tiers.crowds import place_ids
from tracing.tiers.edges import HalfEdges
from tracing.tiers.exposure import COUNTING, Ints, Spread, TierProgress, list_exposures, spread_exposure
from tracing.tiers.tables import (
    classes_of_f1,
    describe_exposures,
    frame_exposures,
    list_co_present,
    list_met_after_isolation,
    list_source_finding,
    order_exposures,
)
from tracing.tiers.windows import READINGS, TierReading, counted_cases
from tracing.times import EVER, format_isos

_, _n = catalogue("tracing")

NO_TIER = np.int64(1 << 30)


@dataclass(frozen=True, kw_only=True)
class Tiers(Result):
    """Everybody listed, with both tiers and all parents.

    Attributes
    ----------
    table
        One row per person: ``person``; ``tier_certain``, ``tier_possible`` (NA where none); ``case``;
        ``first_exposure``, ``last_exposure`` (epoch seconds, first and last instant at which the person can have been
        exposed at their possible tier; for a case: as a contact of another case; NA for one never exposed);
        ``first_exposure_certain`` (earliest exposure that holds in every reading); ``parents`` (how many);
        ``f1_class`` (of an F1 where the rule has classes: "near", "far", or "undecided" where near is not excluded).
        Sorted by person.
    found
        The rows of ``exposures`` in no order.
    graph, policy, as_of
        What it was computed from; ``as_of`` in epoch seconds.
    spread
        The arrays behind it, for :mod:`tracing.evidence`.
    """

    found: pd.DataFrame = field(repr=False)
    graph: NumberedRecords
    policy: Policy
    as_of: int
    spread: Spread = field(repr=False)

    def __repr__(self) -> str:
        counts = ", ".join(f"F{t}: {c} certain, {p} possible" for t, c, p in self.counts())
        return f"<Tiers {self.policy.id}: {counts or 'nobody listed'}>"

    def counts(self) -> list[tuple[int, int, int]]:
        """Return (tier, people certain at it, people possible at it and not certain) for each tier that occurs.

        Everybody counts once, at their possible tier: certain where their certain tier is the same.
        """
        certain, possible = self.table["tier_certain"], self.table["tier_possible"]
        out = []
        for tier in range(self.policy.depth + 1):
            here = (possible == tier).fillna(False)
            sure = int((here & (certain == tier).fillna(False)).sum())
            if here.any():
                out.append((tier, sure, int(here.sum()) - sure))
        return out

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON object of ``truyvet tiers --json``: policy, as_of, people."""
        told = self.to_json()
        return {name: list(value) if isinstance(value, JsonRows) else value for name, value in told.items()}

    def to_json(self, people: pd.Series | None = None) -> dict[str, Any]:
        """Return the same with rows as :class:`tracing.json_rows.JsonRows`; of all ``people``, or of these alone."""
        zone = self.graph.records.zone
        apart = {
            name: _dated_rows(table, ("start", "end"), zone)
            for name, table in (
                ("co_present", self.co_present),
                ("met_after_isolation", self.met_after_isolation),
                ("source_finding", self.source_finding),
            )
        }
        return {
            "policy": self.policy.id,
            "as_of": self.provenance["as_of"] or None,
            "provenance": dict(self.provenance),
            "people": self._people_rows(people),
            **({"crowded_places": self.crowded_places} if self.crowded_places else {}),
            **apart,
            "contradicted_stays": _dated_rows(self.contradicted_stays, ("start", "end", "seen_from", "seen_to"), zone),
        }

    def _people_rows(self, people: pd.Series | None) -> JsonRows:
        zone, rows = self.graph.records.zone, self.parents
        told = {"person": "parent", "contact": "contact", "clause": "clause", "tier": "tier"}
        parents: dict[str, Any] = {name: _plain(rows[column]) for name, column in told.items()}
        parents |= {"certain": (rows["reading"] == "certain").tolist(), "exposure": _isos(rows["exposure"], zone)}
        table = self.table if people is None else self.table[is_among(self.table["person"], people)]
        plain = ("tier_certain", "tier_possible", "f1_class", "case")
        columns: dict[str, Any] = {"id": table["person"].tolist()} | {name: _plain(table[name]) for name in plain}
        columns |= {name: _isos(table[name], zone) for name in ("first_exposure", "last_exposure")}
        of, own = self.exposures["target"].to_numpy(dtype=np.int64), self.graph.positions(table["person"])
        starts, stops = (np.searchsorted(of, own, side=side) for side in ("left", "right"))
        return JsonRows({**columns, "parents": RowsOfEach(JsonRows(parents), starts, stops)})

    @cached_property
    def parents(self) -> pd.DataFrame:
        """One row per exposure at a person's tier, the earliest first.

        ``person``, ``tier``, ``reading`` ("certain" where it holds in every reading), ``parent``, ``contact``,
        ``clause``, ``f1_class`` (that the contact makes; NA where the rule has no classes), ``verdict``, ``exposure``,
        ``until`` (first and last instant), ``start``, ``end`` (the contact's possible span), ``place``, ``joined``
        (from two visits). Of the meetings at ``crowded_places`` the earliest of each visit and kind, and the last.
        """
        return describe_exposures(self.spread, self.exposures)

    @cached_property
    def exposures(self) -> pd.DataFrame:
        """The rows of ``parents``, in the same order, with positions for ids."""
        return order_exposures(self.spread, self.found)

    def parents_of(self, person: str) -> pd.DataFrame:
        """Return the rows of ``parents`` of one person, without the others'."""
        own = self.found[self.found["target"] == self.graph.person_index(person)]
        return describe_exposures(self.spread, order_exposures(self.spread, own))

    @cached_property
    def co_present(self) -> pd.DataFrame:
        """People at the same place and time as a case in its window whose contact fails the rule, and in no tier.

        ``person``, ``case``, ``contact``, ``start``, ``end``, ``place``. Listed apart, never promoted.
        """
        return list_co_present(self.spread, self._unlisted())

    @cached_property
    def met_after_isolation(self) -> pd.DataFrame:
        """Recorded contacts with a case that its isolation kept from counting.

        ``person``, ``case``, ``contact``, ``start``, ``end``, ``place``, ``source_file``, ``source_sheet``,
        ``source_row``. Never denied: each is a finding, and the person may be in a tier through others.
        """
        return list_met_after_isolation(self.spread, np.ones(len(self.graph.columns.people), dtype=bool))

    @cached_property
    def source_finding(self) -> pd.DataFrame:
        """Contacts of a case without symptoms from before its window that the rule looks for to find its source.

        ``person``, ``case``, ``contact``, ``start``, ``end``, ``place``. People in no tier only; they expose nobody.
        """
        return list_source_finding(self.spread, self._unlisted())

    def _unlisted(self) -> npt.NDArray[np.bool_]:
        return own_tiers(self.spread, "possible") >= NO_TIER

    def apart(self, person: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return the rows of ``met_after_isolation`` and ``source_finding`` of one person, without the others'."""
        own = np.zeros(len(self.graph.columns.people), dtype=bool)
        own[self.graph.positions([person])] = True
        return list_met_after_isolation(self.spread, own), list_source_finding(self.spread, own & self._unlisted())

    @cached_property
    def contradicted_stays(self) -> pd.DataFrame:
        """Isolations that other records contradict (:func:`tracing.tiers.contradictions.contradicted_stays`)."""
        return contradicted_stays(self.spread)

    @property
    def crowded_places(self) -> list[str]:
        """Places with more overlapping visits than can be listed; tiers and times there are exact all the same."""
        return place_ids(self.spread.visits, self.spread.crowded)

    @property
    def zone(self) -> str:
        """Time zone of the records."""
        return self.graph.records.zone


def _dated_rows(table: pd.DataFrame, times: Sequence[str], zone: str) -> JsonRows:
    """Return the rows of a table of people as JSON values, instants written out."""
    return JsonRows(
        {
            "id" if name == "person" else str(name): _isos(table[name], zone) if name in times else _plain(table[name])
            for name in table.columns
        }
    )


def _isos(values: pd.Series, zone: str) -> list[str | None]:
    at = values.to_numpy(dtype=np.int64, na_value=EVER)
    out = np.full(len(at), None, dtype=object)
    dated = np.flatnonzero(np.abs(at) < EVER // 2)
    out[dated] = format_isos(at[dated], zone)
    return out.tolist()


def _plain(values: pd.Series) -> list[Any]:
    return [None if value is pd.NA else value for value in values.tolist()]


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
        on_record = set(counted_cases(graph)["person"].tolist())
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
    exposures = _exposures(spread, exposed)
    listed = np.flatnonzero(tiers["possible"] < NO_TIER)
    if len(listed) == 0:
        listed = np.empty(0, dtype=np.int64)
    first, first_sure = (_first_exposures(spread, reading, exposed[reading], listed) for reading in READINGS)
    table = pd.DataFrame(
        {
            "person": pd.array(people[listed], dtype="string"),
            "tier_certain": _nullable(tiers["certain"][listed], tiers["certain"][listed] < NO_TIER),
            "tier_possible": _nullable(tiers["possible"][listed], tiers["possible"][listed] < NO_TIER),
            "case": is_case[listed],
            "first_exposure": _nullable(first, first < EVER),
        }
    )
    last = _last_exposures(exposures, exposed["possible"])[listed]
    table["last_exposure"] = _nullable(last, last > -EVER)
    table["first_exposure_certain"] = _nullable(first_sure, first_sure < EVER)
    parents = np.bincount(exposures["target"].to_numpy(dtype=np.int64), minlength=len(people))
    table["parents"] = _nullable(parents[listed], np.ones(len(listed), dtype=bool))
    classes = classes_of_f1(exposures, len(people))[listed]
    classes[tiers["possible"][listed] != 1] = None
    table["f1_class"] = pd.array(classes, dtype="string")
    cases = "all" if not spread.openings.left_out.any() else str(len(spread.seeds))
    return Tiers(
        table=table,
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


def _last_exposures(exposures: pd.DataFrame, exposed: Ints) -> Ints:
    """Return the last instant at which everybody can have been ``exposed`` at that step; ``-EVER`` where never."""
    target, tier, until = (exposures[name].to_numpy(dtype=np.int64) for name in ("target", "tier", "until"))
    own = tier == exposed[target]
    last = np.full(len(exposed), -EVER, dtype=np.int64)
    np.maximum.at(last, target[own], until[own])
    return last


def _nullable(values: Ints, known: npt.NDArray[np.bool_]) -> pd.arrays.IntegerArray:
    return pd.arrays.IntegerArray(values.astype(np.int64), ~known)


def _exposures(spread: Spread, exposed: dict[TierReading, Ints]) -> pd.DataFrame:
    """Collect every exposure at people's own tiers, once per contact and parent; certain where it holds so."""
    found: list[list[tuple[Ints, Ints]]] = [[], []]
    for reading in READINGS:
        for step in range(1, spread.policy.depth + 1):
            wanted = exposed[reading] == step
            for number, edges in enumerate(spread.edges()):
                rows = list_exposures(spread, edges, reading, step, wanted, COUNTING[reading])
                told = np.full(len(rows), 2 * step + (reading == "certain"), dtype=np.int64)
                found[number].append((rows, told))
    frames = [_once_each(edges, number, found[number]) for number, edges in enumerate(spread.edges())]
    return pd.concat(frames, ignore_index=True)


def _once_each(edges: HalfEdges, number: int, parts: list[tuple[Ints, Ints]]) -> pd.DataFrame:
    """Return one row per half-edge and tier: from its first exposure to its last, certain where one of them is."""
    rows, told = (np.concatenate(part) for part in zip(*parts, strict=True))
    most = int(told.max(initial=0)) // 2 + 1
    key = rows[:, 0] * most + told // 2
    order = stable_order(key)
    key = key[order]
    first = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    if not len(first):
        return frame_exposures(edges, rows, told, number, told)
    kept = np.zeros((len(first), 4), dtype=np.int64)
    kept[:, 0] = key[first] // most
    kept[:, 2] = np.minimum.reduceat(rows[order, 2], first)
    kept[:, 3] = np.maximum.reduceat(rows[order, 3], first)
    return frame_exposures(edges, kept, key[first] % most, number, np.maximum.reduceat(told[order] & 1, first))
