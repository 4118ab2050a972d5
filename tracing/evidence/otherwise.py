"""What somebody's tiers would be had one fact been another: traced again with that fact changed.

Only among those who can matter. The facts that are named take exposure away and never give any; so whoever is not
reached now is not reached then, and a path to somebody runs through people who are reached and stand within the
policy's depth of them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tracing.evidence.answer import Change
from tracing.model.columns import Column, Numbers, Texts, concat_columns
from tracing.model.numbered import number_records
from tracing.model.records import Records, complete_columns
from tracing.model.schema import TABLES
from tracing.tiers.exposure import spread_exposure
from tracing.tiers.kernels import each_of
from tracing.tiers.tiers import NO_TIER, Tiers, own_tiers
from tracing.times import EVER


def retrace(tiers: Tiers, person: str, change: Change) -> tuple[int | None, int | None] | None:
    """Return the (certain, possible) tier of ``person`` after ``change``; None where that undoes nothing."""
    if change.kind not in ("isolation", "contact"):
        return None
    graph, spread = tiers.graph, tiers.spread
    records = _changed(_records_of(tiers, _upstream(tiers, person)), person, change)
    seeds = None
    if spread.openings.left_out.any():
        asked = graph.columns.people[spread.seeds]
        cases = set(records.columns("cases")["person"])
        seeds = [case for case in asked if case in cases]
    again = spread_exposure(number_records(records), tiers.policy, tiers.as_of, seeds=seeds)
    (number,) = again.graph.positions([person])
    if number < 0:
        return None, None
    certain, possible = (int(own_tiers(again, reading)[number]) for reading in ("certain", "possible"))
    return None if certain == NO_TIER else certain, None if possible == NO_TIER else possible


def _upstream(tiers: Tiers, person: str) -> npt.NDArray[np.bool_]:
    """Return who can stand on a path to ``person``, themselves among them; shape (people,)."""
    graph, spread = tiers.graph, tiers.spread
    reached = np.asarray((spread.labels["possible"].exposure < EVER).any(axis=0))
    reached[spread.openings.person] = True
    if spread.crowded.any():  # not every pair of visits is known
        return reached
    columns, (order, starts) = graph.columns, spread.joined_by_target
    found = np.zeros(len(columns.people), dtype=bool)
    frontier = graph.positions([person])
    found[frontier] = True
    for _step in range(tiers.policy.depth):
        new = np.zeros_like(found)
        for _row, half in each_of(columns.indptr[frontier], np.diff(columns.indptr)[frontier]):
            new[columns.neighbour[half]] = True
        for _row, place in each_of(starts[frontier], np.diff(starts)[frontier]):
            new[spread.joined.source[order[place]]] = True
        frontier = np.flatnonzero(new & reached & ~found)
        found[frontier] = True
    return found


def _records_of(tiers: Tiers, people: npt.NDArray[np.bool_]) -> Records:
    """Return what is on record of these people and of what they had with each other."""
    graph = tiers.graph
    tables = {name: graph.records.columns(name) for name in TABLES}
    tables["contacts"] = tables["contacts"].take(people[graph.columns.a] & people[graph.columns.b])
    whose = dict.fromkeys(("persons", "cases", "visits", "tests", "isolations", "arrivals"), "person")
    for name, column in (whose | {"links": "target"}).items():
        at = graph.positions(tables[name].texts(column))
        tables[name] = tables[name].take((at >= 0) & people[at])
    return Records.of(tables, graph.records.zone)


def _changed(records: Records, person: str, change: Change) -> Records:
    """Return the records with the fact changed: an isolation added, or contacts (and the person's visits) left out."""
    tables = {name: records.columns(name) for name in TABLES}
    if change.kind == "isolation" and change.before is not None:
        at = Numbers(np.array([change.before], dtype=np.int64), np.zeros(1, dtype=bool))
        who, named = Texts.of([change.person]), Texts.of(["named fact"])
        told: dict[str, Column] = {"person": who, "isolation": named, "start": at, "start_to": at}
        tables["isolations"] = concat_columns([tables["isolations"], complete_columns("isolations", told, 1)])
        return Records.of(tables, records.zone)
    visits = [visit for contact in change.contacts if "~" in contact for visit in contact.split("~")]
    contacts, visited, stays = tables["contacts"], tables["visits"], tables["isolations"]
    tables["contacts"] = contacts.take(~contacts.texts("contact").says(*change.contacts))
    mine = visited.texts("person").says(person) & visited.texts("visit").says(*visits)
    tables["visits"] = visited.take(~mine)
    own = stays.texts("person").says(person) & stays.texts("isolation").says(*visits)
    places = [None if left else place for place, left in zip(stays["place"], own.tolist(), strict=True)]
    tables["isolations"] = stays.put(place=Texts.of(places))
    return Records.of(tables, records.zone)
