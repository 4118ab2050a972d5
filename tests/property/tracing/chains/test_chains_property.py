"""Chains against plain walking, and the change list against its mirror, on random small outbreaks."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outbreaks import build, day, outbreaks, policies, time_columns

from tracing.chains.chains import trace_chains
from tracing.chains.text_tree import draw_chain, plain_text
from tracing.lists.changes import MIRROR, REASONS, TracedRun, compare_runs
from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers

POLICY = load_policy("vn-3638")
IDS = st.integers(0, 8).map(lambda n: f"p{n}")
pytestmark = pytest.mark.slow


@st.composite
def linked(draw):
    """Cases with and without dates, links among them and others: self links, circles, several and missing sources."""
    pairs = draw(st.lists(st.tuples(IDS, IDS), max_size=14))
    cases = draw(st.lists(st.tuples(IDS, st.integers(0, 9)), max_size=9, unique_by=lambda c: c[0]))
    return build(
        links=[{"link": f"l{n}", "source": a, "target": b} for n, (a, b) in enumerate(pairs)],
        cases=[{"person": p, **time_columns(onset=day(n) if n else None)} for p, n in cases],
    )


def walk(person, onward):
    """Return everybody who can be reached, and in how few steps, by the plainest search."""
    steps, border = {person: 0}, [person]
    while border:
        found = {b: steps[a] + 1 for a in border for b in onward.get(a, ()) if b not in steps}
        steps.update(found)
        border = list(found)
    return steps


@settings(max_examples=20)
@given(linked())
def test_chains_agree_with_plain_walking(records):
    chains = trace_chains(build_contact_graph(records))
    pairs = {(a, b) for a, b in zip(records.links["source"], records.links["target"], strict=True) if a != b}
    onward, back = {}, {}
    for a, b in pairs:
        onward.setdefault(a, set()).add(b)
        back.setdefault(b, set()).add(a)
    people = set(records.cases["person"]) | set(records.links["source"]) | set(records.links["target"])
    assert set(chains.table["id"]) == people
    for row in chains.table.itertuples(index=False):
        after, before = walk(row.id, onward), walk(row.id, back)
        assert row.secondary == len(onward.get(row.id, ())) and set(row.sources) == back.get(row.id, set())
        assert row.descendants == len(after) - 1
        assert row.in_circle == any(n and row.id in walk(p, onward) for p, n in after.items())
        assert dict(zip(*chains.forward(row.id)[["case", "steps"]].T.to_numpy(), strict=True)) == {
            p: n for p, n in after.items() if n
        }
        roots = {p for p in before if set(walk(p, back)) <= set(walk(p, onward))}
        assert set(row.roots) <= roots and bool(row.roots) == bool(row.id in onward or row.id in back)
        assert pd.isna(row.root) if not row.roots else row.root == row.roots[0]
        assert plain_text(draw_chain(chains, row.id))
    if not any(row.in_circle for row in chains.table.itertuples()):
        for row in chains.table.itertuples(index=False):
            tops = {p: n for p, n in walk(row.id, back).items() if p not in back}
            assert row.depth == min(tops.values())
            assert set(row.roots) == (set(tops) if row.id in onward or row.id in back else set())


@settings(max_examples=15)
@given(linked(), st.randoms())
def test_the_order_of_rows_does_not_matter(records, shuffle):
    first = trace_chains(build_contact_graph(records))
    tables = {n: f.sample(frac=1, random_state=shuffle.randrange(1000)) for n, f in records.tables.items() if len(f)}
    second = trace_chains(build_contact_graph(Records.build(tables)))
    assert json.dumps(first.to_dict()) == json.dumps(second.to_dict())


@settings(max_examples=12)
@given(outbreaks(), st.sampled_from(sorted(policies())))
def test_every_question_about_every_case_has_an_answer(records, name):
    graph = build_contact_graph(records)
    tiers = trace_tiers(graph, policy=policies()[name])
    chains = trace_chains(graph, tiers=tiers)
    for person in chains.table["id"]:
        json.dumps(chains.to_dict(person))
        assert plain_text(draw_chain(chains, person, basis="contact", lang="vi"))
    told = chains.edges[chains.edges["basis"] == "contact"]
    ruled_out = records.cases["status"].eq("discarded").fillna(False).astype(bool)
    cases = set(records.cases.loc[~ruled_out, "person"])
    exposed = tiers.parents[tiers.parents["person"].isin(cases) & tiers.parents["parent"].isin(cases)]
    assert set(zip(told["source"], told["target"], told["id"], strict=True)) == set(
        zip(exposed["parent"], exposed["person"], exposed["contact"], strict=True)
    )


@settings(max_examples=15)
@given(outbreaks(), outbreaks(), st.sampled_from(["vn-3638", "vn-11042", "who-2020"]))
def test_swapping_two_runs_mirrors_the_changes(one, two, name):
    policy = load_policy(name)
    before = TracedRun.of(trace_tiers(build_contact_graph(one), policy=POLICY))
    after = TracedRun.of(trace_tiers(build_contact_graph(two), policy=policy))
    assert compare_runs(before, before).table.empty
    there, back = compare_runs(before, after), compare_runs(after, before)
    inverse = {a[0]: b[0] for a, b in REASONS.values()} | {b[0]: a[0] for a, b in REASONS.values()}
    assert there.table["person"].tolist() == back.table["person"].tolist()
    assert [MIRROR[c] for c in there.table["change"]] == back.table["change"].tolist()
    assert [inverse[r] for r in there.table["reason"]] == back.table["reason"].tolist()
    for r in ("certain", "possible"):
        pd.testing.assert_series_equal(
            there.table[f"tier_{r}_before"], back.table[f"tier_{r}_after"], check_names=False
        )
    listed = [set(run.tables["tiers"]["person"]) for run in (before, after)]
    assert set(there.table.loc[there.table["change"] == "new", "person"]) == listed[1] - listed[0]
    assert set(there.table.loc[there.table["change"] == "gone", "person"]) == listed[0] - listed[1]
