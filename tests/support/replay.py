"""Evidence taken at its word: a path walked again by the reference, a named fact put into the records."""

from __future__ import annotations

import pandas as pd
from brute.data import Data, Meeting, Truth
from brute.walks import Walks

from tracing.evidence.answer import Change, Evidence
from tracing.policy.model import Policy

Tables = dict[str, pd.DataFrame]


def replayed(
    records: Data, contacts: list[tuple[Meeting, Truth]], policy: Policy, evidence: Evidence, as_of: int
) -> bool:
    """Walk the path with the reference's own windows, verdicts and times; tell whether it exposes to the end."""
    walks = Walks(records, contacts, policy, evidence.reading, as_of, {evidence.path[0].parent})
    windows: list[tuple[int, int, str | None]] = [
        (*window, way)
        for way in ("community", "home", "patient")
        for window in walks.windows(evidence.path[0].parent, way)
    ]
    for step in evidence.path:
        fitting = [
            meeting
            for meeting, verdict in contacts
            if (meeting.source, meeting.target, meeting.contact) == (step.parent, step.person, step.contact)
            and (verdict is True or (verdict is None and evidence.reading == "possible"))
        ]
        exposures = [
            found
            for meeting in fitting
            for opens, closes, way in windows
            if way is None or walks.way(meeting) == way
            for found in walks.exposures(meeting, opens, closes)
        ]
        if not exposures:
            return False
        windows = [
            (*window, None)
            for at, until, once in exposures
            for window in walks.next_windows(step.person, at, until, once=once)
        ]
    return True


def changed(tables: Tables, change: Change, evidence: Evidence) -> Tables | None:
    """Return the tables with the named fact changed; None where the fact is about visits or the rule."""
    tables = {name: table.copy() for name, table in tables.items()}
    if change.kind == "isolation":
        row = {"person": change.person, "start": change.before, "isolation": "named-fact"}
        tables["isolations"] = pd.concat([tables["isolations"], pd.DataFrame([row])], ignore_index=True)
    elif change.kind == "contact":
        visits = {name.split("~")[1] for name in change.contacts if "~" in name}
        visits |= {name.split("~")[0] for name in change.contacts if "~" in name}
        tables["contacts"] = tables["contacts"][~tables["contacts"]["contact"].isin(change.contacts)]
        mine = (tables["visits"]["person"] == evidence.person) & tables["visits"]["visit"].isin(visits)
        tables["visits"] = tables["visits"][~mine]
        stays = tables["isolations"]
        own = (stays["person"] == evidence.person) & stays["isolation"].isin(visits)
        tables["isolations"] = stays.assign(place=stays["place"].mask(own))
    elif change.kind in ("time", "value"):
        rows = tables["contacts"]["contact"] == change.contacts[0]
        if not rows.any() or {column for column, _ in change.needs} & {"place_kind", "seat_row"}:
            return None
        assert change.opens is not None and change.closes is not None
        at = max(change.opens, change.closes - 2)
        meant = {"start": at, "start_to": at, "end": at + 1, "end_to": at + 1, "time_kind": "presence"}
        for column, needs in change.needs:
            value = needs.split(" | ")[0].removeprefix("<= ").removeprefix(">= ")
            numbers = ("distance_m", "minutes")
            meant[column] = float(value) if column in numbers else value if column == "kind" else value == "yes"
        for column, value in meant.items():
            tables["contacts"].loc[rows, column] = value
    else:
        return None
    return tables
