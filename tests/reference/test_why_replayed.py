"""``why`` taken at its word in an invented town: 300 people who are listed and 300 who are not, under six rules.

Every path is walked again, contact by contact, by the reference, which sees nothing but the records of the people on
it; what a text says of times stands in the records; the fact named is put into a sample of the records and traced.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

import pytest
from brute.contacts import judged
from brute.data import Data
from replay import changed, replayed

from loaders.invented.province import generate_province
from tracing import build_contact_graph, explain, trace_tiers
from tracing.evidence.answer import Change, Evidence, Step
from tracing.model.contactgraph import ContactGraph
from tracing.model.records import Records
from tracing.model.schema import TABLES
from tracing.policy.shipped import load_policy
from tracing.text import span_words
from tracing.tiers.tiers import Tiers

RULES = ("vn-3468", "vn-3638", "vn-11042", "cdc-2020", "who-2020", "ebola")
EACH = 50
"""People asked about under each rule, of those who are listed and of those who are not."""
TRACED = 1
"""How many of these are traced once more with the fact changed."""


@dataclass
class Town:
    records: Records
    graph: ContactGraph

    def around(self, people: set[str]) -> Records:
        """Return what is on record of some people, the sources of their infection and the contacts among these."""
        links = self.records.links
        people = people | set(links.loc[links["target"].isin(people), "source"])
        tables = {}
        for name, whole in self.records.tables.items():
            table = whole
            if name in ("contacts", "links"):
                one, two = ("person_a", "person_b") if name == "contacts" else ("source", "target")
                table = table[table[one].isin(people) & table[two].isin(people)]
            elif "person" in table.columns:
                table = table[table["person"].isin(people)]
            tables[name] = table.reset_index(drop=True)
        return Records(tables, self.records.zone)


@cache
def town() -> Town:
    records = generate_province(people=900, seed=7, cases=14, contacts_per_person=2.0).records
    return Town(records, build_contact_graph(records))


@cache
def answers(rule: str) -> tuple[Tiers, list[Evidence], list[Evidence]]:
    """Return what is said of people who are listed (cases that others exposed among them) and of people who are not."""
    tiers = trace_tiers(town().graph, policy=load_policy(rule))
    listed = set(tiers.table["person"])
    others = sorted(set(tiers.graph.columns.people) - listed)
    chosen = random.Random(rule)
    return (
        tiers,
        [explain(tiers, p, otherwise=False) for p in chosen.sample(sorted(listed), min(EACH, len(listed)))],
        [explain(tiers, p, otherwise=False) for p in chosen.sample(others, min(EACH, len(others)))],
    )


def with_fact(change: Change, evidence: Evidence) -> Records | None:
    """Return the town's records with the named fact changed; None where the fact is about visits or the rule."""
    tables = changed({name: town().records[name] for name in TABLES}, change, evidence)
    return None if tables is None else Records.build(tables, zone=town().records.zone)


def on_record(step: Step) -> bool:
    """Tell whether a step's contact, or the two visits that it joins, are these two people's, at that time."""
    records = town().records
    if "~" in step.contact:
        ids = step.contact.split("~")
        visits = records.visits[records.visits["visit"].isin(ids)]
        met = set(visits["person"]) == {step.person, step.parent} and set(visits["place"]) == {step.place}
        return met and bool((visits["start"] <= step.start).all())
    row = records.contacts[records.contacts["contact"] == step.contact].iloc[0]
    begin = row["start"] <= step.start
    return {row["person_a"], row["person_b"]} == {step.person, step.parent} and bool(begin)


def test_three_hundred_of_each_are_asked_about() -> None:
    found = [answers(rule) for rule in RULES]
    assert sum(len(listed) for _, listed, _ in found) >= 300
    assert sum(len(others) for *_, others in found) >= 300


@pytest.mark.parametrize("rule", RULES)
def test_the_path_of_a_listed_person_is_one_of_records(rule: str) -> None:
    tiers, listed, _ = answers(rule)
    walked = 0
    for evidence in listed:
        if not evidence.path:
            assert evidence.case and "no exposure by another case" in evidence.text()
            continue
        for path in filter(None, (evidence.path, evidence.path_possible)):
            assert all(on_record(step) for step in path)
            assert [step.tier for step in path] == list(range(1, len(path) + 1))
            assert all(step.start <= step.begin <= step.until < step.end for step in path)
            assert all(step.begin <= step.exposure <= step.until + 1 for step in path)
            for step in path:
                when = span_words(step.start, step.end, tiers.graph.records.zone)("en")
                assert f"{when}  " in evidence.text() and f"→ {step.person} is F{step.tier}" in evidence.text()
        data = Data(town().around({p for step in evidence.path for p in (step.person, step.parent)}))
        assert replayed(data, judged(data, tiers.policy), tiers.policy, evidence, tiers.as_of)
        walked += 1
    assert walked > EACH // 2


@pytest.mark.parametrize("rule", RULES)
def test_what_would_change_a_listed_persons_tier_does(rule: str) -> None:
    tiers, listed, _ = answers(rule)
    tried = [evidence for evidence in listed if evidence.path][:TRACED]
    for evidence in tried:
        said = explain(tiers, evidence.person)
        records = with_fact(said.change, said)
        assert records is not None
        again = trace_tiers(build_contact_graph(records), policy=tiers.policy, as_of=tiers.as_of)
        now = explain(again, said.person, otherwise=False)
        assert said.otherwise == (now.tier_certain, now.tier_possible)
        if said.case:
            assert "Would be no contact of another case if: " in said.text() and "Would then" not in said.text()
            assert not now.path
        else:
            assert f"Would not be F{len(said.path)} if: " in said.text() and said.otherwise is not None
            assert said.otherwise[said.reading == "possible"] != len(said.path)
            assert ("Would then not be listed" in said.text()) == (not now.listed)
    assert tried


@pytest.mark.parametrize("rule", RULES)
def test_an_unlisted_person_fails_what_is_said(rule: str) -> None:
    tiers, _, others = answers(rule)
    traced = 0
    for evidence in others:
        near, change = evidence.near, evidence.change
        if near is None:
            assert change.kind == "none"
            continue
        assert on_record(near)
        pair = Data(town().around({near.person, near.parent}))
        (verdict,) = {
            verdict
            for meeting, verdict in judged(pair, tiers.policy)
            if (meeting.source, meeting.target, meeting.contact) == (near.parent, near.person, near.contact)
        }
        assert (verdict is False) == (change.kind == "value") or change.kind == "immune"
        if change.kind == "time":
            assert change.opens is not None and change.closes is not None
            assert near.end <= change.opens or near.start >= change.closes
        if change.kind in ("time", "value") and traced < TRACED:
            records = with_fact(change, evidence)
            if records is None or (change.kind == "value" and any(c.cumulative_hours for c in tiers.policy.clauses)):
                continue
            again = trace_tiers(build_contact_graph(records), policy=tiers.policy, as_of=tiers.as_of)
            assert evidence.person in set(again.table["person"])
            traced += 1


def test_the_clause_of_an_f2_speaks_of_the_f1() -> None:
    deep = [e for rule in RULES[:3] for e in answers(rule)[1] if len(e.path) > 1]
    assert deep
    for evidence in deep:
        for lang, case in (("en", "the case"), ("vi", "ca bệnh")):
            lines = [line for line in evidence.text(lang).splitlines() if "└" in line]
            for line in lines:
                clause = line.partition("[")[2]
                assert (case in clause) <= ("F1 " in line.partition("[")[0]), line
