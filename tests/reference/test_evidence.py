"""Evidence checked by machine: every path replayed against records and rule, every named change tried."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from brute.contacts import judged
from brute.data import Data, Meeting, Truth
from brute.walks import Walks
from outbreaks import policies, seeded_outbreak

from tracing import build_contact_graph, explain, trace_tiers
from tracing.evidence.answer import Change, Evidence
from tracing.model.records import Records
from tracing.model.schema import TABLES
from tracing.policy.library import Policy
from tracing.tiers.tiers import Tiers

OUTBREAKS = max(4, int(os.environ.get("TRUYVET_EXAMPLES", "1000")) // 200)
LANGUAGES = ("vi", "en")


@cache
def everybody(policy_name: str) -> list[tuple[Records, Tiers, Evidence]]:
    """Return the evidence for everybody of the outbreaks; both tests ask for it."""
    policy = policies()[policy_name]
    answers = []
    for seed in range(OUTBREAKS):
        records = seeded_outbreak(seed)
        tiers = trace_tiers(build_contact_graph(records), policy=policy)
        answers += [(records, tiers, explain(tiers, person)) for person in tiers.graph.columns.people]
    return answers


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


@pytest.mark.parametrize("name", sorted(policies()))
def test_every_path_of_a_listed_person_proves_the_tier(name: str) -> None:
    policy = policies()[name]
    proved = 0
    current: Records | None = None
    for records, tiers, evidence in everybody(name):
        if records is not current:
            current, data = records, Data(records)
            contacts = judged(data, policy)
        for language in LANGUAGES:
            assert evidence.person in evidence.text(language)
        own = evidence.tier_certain if evidence.reading == "certain" else evidence.tier_possible
        if not evidence.listed or not evidence.path:
            assert not evidence.listed or evidence.case
            continue
        assert len(evidence.path) == (own or 1)
        assert [step.person for step in evidence.path[:-1]] == [step.parent for step in evidence.path[1:]]
        assert evidence.path[0].parent in set(records.cases["person"])
        assert replayed(data, contacts, policy, evidence, tiers.as_of)
        proved += 1
    assert proved > 3


def changed(records: Records, change: Change, evidence: Evidence) -> tuple[Records, bool] | None:
    """Return the records with the named fact changed; None where the fact is about visits or the rule."""
    tables = {name: records[name].copy() for name in TABLES}
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
    return Records.build(tables, zone=records.zone)


@pytest.mark.parametrize("name", sorted(policies()))
def test_the_named_fact_changes_the_answer_as_said(name: str) -> None:
    policy = policies()[name]
    cumulative = any(clause.cumulative_hours for clause in policy.clauses)
    tried: dict[str, int] = {}
    for records, tiers, evidence in everybody(name):
        change = evidence.change
        if change.kind == "depth":
            deeper = replace(policy, deepest_tier=replace(policy.deepest_tier, value=policy.depth + 1))
            after = trace_tiers(tiers.graph, policy=deeper, as_of=tiers.as_of)
            assert explain(after, evidence.person).listed
            tried["depth"] = tried.get("depth", 0) + 1
            continue
        if change.kind == "value" and cumulative:
            continue
        other = changed(records, change, evidence)
        if other is None:
            continue
        after = trace_tiers(build_contact_graph(other), policy=policy, as_of=tiers.as_of)
        again = explain(after, evidence.person)
        if change.kind in ("isolation", "contact"):
            assert evidence.otherwise == (again.tier_certain, again.tier_possible)
            step = len(evidence.path)
            if evidence.case and not evidence.tier_certain:
                assert not again.path
            elif evidence.reading == "certain":
                assert again.tier_certain != step
            assert again.tier_possible != step or evidence.tier_possible != step or evidence.case
            assert not (again.path and not evidence.case and again.tier_possible == again.tier_certain == step)
        else:
            assert again.listed
        tried[change.kind] = tried.get(change.kind, 0) + 1
    assert tried.get("isolation", 0) + tried.get("contact", 0) > 3
