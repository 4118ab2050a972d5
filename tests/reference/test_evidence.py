"""Evidence checked by machine: every path replayed against records and rule, every named change tried.

The outbreaks are traced side by side, and so are their copies in which one named fact is changed.
"""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache

import pandas as pd
import pytest
from brute.contacts import judged
from brute.data import Data
from outbreaks import policies, seeded_outbreaks
from replay import Tables, changed, replayed

from tracing import build_contact_graph, explain, trace_tiers
from tracing.evidence.answer import Evidence
from tracing.model.records import Records
from tracing.model.schema import TABLES
from tracing.tiers.tiers import Tiers

OUTBREAKS = max(4, int(os.environ.get("TRUYVET_EXAMPLES", "1000")) // 200)
LANGUAGES = ("vi", "en")


@cache
def traced(policy_name: str) -> tuple[Records, Tiers]:
    """Return the outbreaks side by side and their tiers."""
    records = seeded_outbreaks(range(OUTBREAKS))
    return records, trace_tiers(build_contact_graph(records), policy=policies()[policy_name])


@cache
def everybody(policy_name: str) -> list[Evidence]:
    """Return the evidence for everybody of the outbreaks; both tests ask for it."""
    _, tiers = traced(policy_name)
    return [explain(tiers, person) for person in tiers.graph.columns.people]


def outbreak_of(person: str) -> str:
    """Return what all ids of a person's outbreak begin with."""
    return person.split("-", maxsplit=1)[0] + "-"


@pytest.mark.parametrize("name", sorted(policies()))
def test_every_path_of_a_listed_person_proves_the_tier(name: str) -> None:
    policy = policies()[name]
    records, tiers = traced(name)
    whole = Data(records)
    parts = {mine: whole.part(mine) for mine in {outbreak_of(person) for person in tiers.graph.columns.people}}
    contacts = {outbreak: judged(part, policy) for outbreak, part in parts.items()}
    proved = 0
    for evidence in everybody(name):
        for language in LANGUAGES:
            assert evidence.person in evidence.text(language)
        own = evidence.tier_certain if evidence.reading == "certain" else evidence.tier_possible
        if not evidence.listed or not evidence.path:
            assert not evidence.listed or evidence.case
            continue
        assert len(evidence.path) == (own or 1)
        assert [step.person for step in evidence.path[:-1]] == [step.parent for step in evidence.path[1:]]
        assert evidence.path[0].parent in set(records.cases["person"])
        mine = outbreak_of(evidence.person)
        assert replayed(parts[mine], contacts[mine], policy, evidence, tiers.as_of)
        proved += 1
    assert proved > 3


def tables_of(records: Records, outbreak: str) -> Tables:
    """Return the tables of one of the outbreaks."""
    return {
        name: records[name][records[name][table.key].astype("string").str.startswith(outbreak)].reset_index(drop=True)
        for name, table in TABLES.items()
    }


def side_by_side(copies: list[Tables], zone: str) -> Records:
    """Return the copies as one; the ids of copy ``k`` begin with "k+"."""
    whole: dict[str, list[pd.DataFrame]] = {}
    for number, tables in enumerate(copies):
        for name, table in tables.items():
            ids = [column.name for column in TABLES[name] if column.kind == "id"]
            whole.setdefault(name, []).append(table.assign(**{id_: f"{number}+" + table[id_] for id_ in ids}))
    return Records.build({name: pd.concat(tables, ignore_index=True) for name, tables in whole.items()}, zone=zone)


@pytest.mark.parametrize("name", sorted(policies()))
def test_the_named_fact_changes_the_answer_as_said(name: str) -> None:
    policy = policies()[name]
    records, tiers = traced(name)
    deeper = replace(policy, deepest_tier=replace(policy.deepest_tier, value=policy.depth + 1))
    deep = [evidence.person for evidence in everybody(name) if evidence.change.kind == "depth"]
    if deep:
        reached = trace_tiers(tiers.graph, policy=deeper, as_of=tiers.as_of).table["person"]
        assert set(deep) <= set(reached)
    cumulative = any(clause.cumulative_hours for clause in policy.clauses)
    copies: list[tuple[Evidence, Tables]] = []
    for evidence in everybody(name):
        if evidence.change.kind == "depth" or (evidence.change.kind == "value" and cumulative):
            continue
        other = changed(tables_of(records, outbreak_of(evidence.person)), evidence.change, evidence)
        if other is not None:
            copies.append((evidence, other))
    together = side_by_side([tables for _, tables in copies], records.zone)
    after = trace_tiers(build_contact_graph(together), policy=policy, as_of=tiers.as_of).table.set_index("person")
    for number, (evidence, _) in enumerate(copies):
        person = f"{number}+{evidence.person}"
        assert_as_said(evidence, after.loc[person] if person in after.index else None)
    assert sum(evidence.change.kind in ("isolation", "contact") for evidence, _ in copies) > 3


def assert_as_said(evidence: Evidence, row: pd.Series | None) -> None:
    """The person's row of the new table, None where they are not listed, is the one that the evidence announced."""
    if evidence.change.kind not in ("isolation", "contact"):
        assert row is not None
        return
    names = ("tier_certain", "tier_possible")
    certain, possible = (None if row is None or pd.isna(row[name]) else int(row[name]) for name in names)
    assert evidence.otherwise == (certain, possible)
    step = len(evidence.path)
    if evidence.case and not evidence.tier_certain:
        assert row is None or not row["parents"]
    elif evidence.reading == "certain":
        assert certain != step
    assert possible != step or evidence.tier_possible != step or evidence.case
    assert evidence.case or not (possible == certain == step)
