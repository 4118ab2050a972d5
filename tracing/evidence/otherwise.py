"""What somebody's tiers would be had one fact been another: traced again with that fact changed."""

from __future__ import annotations

import pandas as pd

from tracing.evidence.answer import Change
from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records, normalise_table
from tracing.tiers.tiers import Tiers, trace_tiers


def retrace(tiers: Tiers, person: str, change: Change) -> tuple[int | None, int | None] | None:
    """Return the (certain, possible) tier of ``person`` after ``change``; None where that undoes nothing."""
    if change.kind not in ("isolation", "contact"):
        return None
    graph, spread = tiers.graph, tiers.spread
    records = _changed(graph.records, person, change)
    seeds = graph.columns.people[spread.seeds].tolist() if spread.openings.left_out.any() else None
    again = trace_tiers(build_contact_graph(records), policy=tiers.policy, as_of=tiers.as_of, cases=seeds)
    row = again.table[again.table["person"] == person]
    if row.empty:
        return None, None
    certain, possible = (row[name].iloc[0] for name in ("tier_certain", "tier_possible"))
    return None if pd.isna(certain) else int(certain), None if pd.isna(possible) else int(possible)


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
