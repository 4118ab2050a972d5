"""What somebody's tiers would be had one fact been another: traced again with that fact changed."""

from __future__ import annotations

import pandas as pd

from tracing.evidence.answer import Change
from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records, normalise_table
from tracing.tiers.exposure import spread_exposure
from tracing.tiers.tiers import NO_TIER, Tiers, own_tiers


def retrace(tiers: Tiers, person: str, change: Change) -> tuple[int | None, int | None] | None:
    """Return the (certain, possible) tier of ``person`` after ``change``; None where that undoes nothing."""
    if change.kind not in ("isolation", "contact"):
        return None
    graph, spread = tiers.graph, tiers.spread
    records = _changed(graph.records, person, change)
    seeds = graph.columns.people[spread.seeds].tolist() if spread.openings.left_out.any() else None
    again = spread_exposure(build_contact_graph(records), tiers.policy, tiers.as_of, seeds=seeds)
    (number,) = again.graph.positions([person])
    if number < 0:
        return None, None
    certain, possible = (int(own_tiers(again, reading)[number]) for reading in ("certain", "possible"))
    return None if certain == NO_TIER else certain, None if possible == NO_TIER else possible


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
