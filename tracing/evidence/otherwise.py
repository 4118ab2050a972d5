"""What somebody's tiers would be had one fact been another: traced again with that fact changed.

Only among those who can matter. The facts that are named take exposure away and never give any; so whoever is not
reached now is not reached then, and a path to somebody runs through people who are reached and stand within the
policy's depth of them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.evidence.answer import Change
from tracing.model.numbered import number_records
from tracing.model.records import Records, normalise_table
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
        seeds = asked[np.isin(asked, records.cases["person"].to_numpy(dtype=object))].tolist()
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
    columns, tables = tiers.graph.columns, dict(tiers.graph.records.tables)
    tables["contacts"] = tables["contacts"][people[columns.a] & people[columns.b]].reset_index(drop=True)
    whose = dict.fromkeys(("persons", "cases", "visits", "tests", "isolations", "arrivals"), "person")
    for name, column in (whose | {"links": "target"}).items():
        at = tiers.graph.positions(tables[name][column])
        tables[name] = tables[name][(at >= 0) & people[at]].reset_index(drop=True)
    return Records(tables, tiers.graph.records.zone)


def _changed(records: Records, person: str, change: Change) -> Records:
    """Return the records with the fact changed: an isolation added, or contacts (and the person's visits) left out."""
    tables = dict(records.tables)
    if change.kind == "isolation":
        row = pd.DataFrame([{"person": change.person, "start": change.before, "isolation": "named fact"}])
        tables["isolations"] = pd.concat([tables["isolations"], normalise_table("isolations", row)], ignore_index=True)
        return Records(tables, records.zone)
    visits = {visit for contact in change.contacts if "~" in contact for visit in contact.split("~")}
    contacts, visited, stays = tables["contacts"], tables["visits"], tables["isolations"]
    tables["contacts"] = contacts[~contacts["contact"].isin(change.contacts)].reset_index(drop=True)
    mine = (visited["person"] == person) & visited["visit"].isin(visits)
    tables["visits"] = visited[~mine].reset_index(drop=True)
    own = (stays["person"] == person) & stays["isolation"].isin(visits)
    tables["isolations"] = stays.assign(place=stays["place"].mask(own))
    return Records(tables, records.zone)
