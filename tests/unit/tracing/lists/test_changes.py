"""The change list: each kind of change, and the reason that is told."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest
from outbreaks import at, build, day, meeting, time_columns

from tracing.lists.changes import MIRROR, REASONS, TracedRun, compare_runs
from tracing.lists.run_tables import run_tables
from tracing.lists.standings import moved_tiers
from tracing.model.columns import TableColumns
from tracing.model.contactgraph import build_contact_graph
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers

POLICY = load_policy("vn-3638")


def case(person, onset, isolated=None):
    return {"person": person, **time_columns(onset=onset, isolated=isolated)}


def run(*, policy=POLICY, as_of="2021-07-20", **tables):
    graph = build_contact_graph(build(**tables))
    return TracedRun.of(trace_tiers(graph, policy=policy, as_of=as_of))


A, B = case("A", day(5)), meeting("c1", "A", "B", at(6, 9))
C = meeting("c2", "B", "C", at(7, 9))


def only(changes, person):
    found = changes.table[changes.table["person"] == person]
    assert len(found) == 1
    return found.iloc[0]


def test_the_same_run_changes_nothing():
    before = run(cases=[A], contacts=[B, C])
    changes = compare_runs(before, before)
    assert changes.table.empty and changes.differences.empty and changes.counts() == {}
    assert len(compare_runs(before, before, unchanged=True).table) == 3


def test_nothing_before_and_nothing_after():
    assert compare_runs(run(), run()).table.empty
    assert compare_runs(run(), run(cases=[A])).counts() == {"new": 1}


@pytest.mark.parametrize(
    ("before", "after", "person", "change", "reason", "mirrored"),
    [
        ({"cases": [A]}, {"cases": [A], "contacts": [B]}, "B", "new", "contact.new", "contact.gone"),
        ({"cases": [A]}, {"cases": [A], "contacts": [B, C]}, "C", "new", "source.nearer", "source.further"),
        (
            {"cases": [A], "contacts": [B, C]},
            {"cases": [A, case("B", day(9))], "contacts": [B, C]},
            "B",
            "risen",
            "case.new",
            "case.gone",
        ),
        (
            {"cases": [A], "contacts": [B, C]},
            {"cases": [A, case("B", day(9))], "contacts": [B, C]},
            "C",
            "risen",
            "source.new_case",
            "source.no_case",
        ),
        (
            {"cases": [case("A", day(5), day(6))], "contacts": [meeting("c1", "A", "B", at(8, 9), kind="social")]},
            {"cases": [case("A", day(5), day(10))], "contacts": [meeting("c1", "A", "B", at(8, 9), kind="social")]},
            "B",
            "new",
            "source.isolated_later",
            "source.isolated_earlier",
        ),
        (
            {"cases": [case("A", day(12))], "contacts": [B]},
            {"cases": [A], "contacts": [B]},
            "B",
            "new",
            "source.dates",
            "source.dates",
        ),
        (
            {
                "cases": [A],
                "contacts": [meeting("c1", "A", "B", at(6, 9), distance_m=None, closed_space=None, kind=None)],
            },
            {"cases": [A], "contacts": [meeting("c9", "A", "B", at(6, 9))]},
            "B",
            "certainty",
            "contact.corrected",
            "contact.corrected",
        ),
    ],
)
def test_each_reason_and_its_mirror(before, after, person, change, reason, mirrored):
    old, new = run(**before), run(**after)
    there, back = only(compare_runs(old, new), person), only(compare_runs(new, old), person)
    assert (there["change"], there["reason"]) == (change, reason)
    assert (back["change"], back["reason"]) == (MIRROR[change], mirrored)
    assert there["reason_en"] and there["reason_vi"] and "{" not in there["reason_vi"] + back["reason_en"]


def test_a_later_moment_is_the_reason():
    tables = {"cases": [A], "contacts": [B]}
    changes = compare_runs(run(as_of="2021-07-05", **tables), run(as_of="2021-07-20", **tables))
    assert only(changes, "B")["reason"] == "as_of.later"
    assert changes.differences["what"].tolist() == ["as_of"]


def test_another_rule_is_the_reason():
    tables = {"cases": [A], "contacts": [B, C]}
    flat = replace(POLICY, deepest_tier=replace(POLICY.deepest_tier, value=1.0), digest="flat")
    changes = compare_runs(run(policy=flat, **tables), run(**tables))
    assert only(changes, "C")["reason"] == "policy.differs"
    assert changes.differences["what"].tolist() == ["policy"]


def test_runs_without_facts_still_compare():
    old, new = run(cases=[case("A", day(12))], contacts=[B]), run(cases=[A], contacts=[B])
    bare = [replace(one, tables={k: one.tables[k] for k in ("tiers", "parents")}) for one in (old, new)]
    assert only(compare_runs(*bare), "B")["change"] == "new"


def test_a_run_that_was_kept_as_parquet_compares_the_same():
    old, new = run(cases=[A], contacts=[B]), run(cases=[A], contacts=[B, C])

    def kept(frame):
        file = io.BytesIO()
        frame.to_parquet(file)
        return pd.read_parquet(io.BytesIO(file.getvalue()))

    stored = [replace(one, tables={k: kept(v) for k, v in one.tables.items()}) for one in (old, new)]
    pd.testing.assert_frame_equal(compare_runs(*stored).table, compare_runs(old, new).table)


def test_the_facts_of_a_run_are_the_dates_of_those_listed():
    graph = build_contact_graph(build(cases=[case("A", day(5), day(9))], contacts=[B]))
    facts = run_tables(trace_tiers(graph, policy=POLICY))["facts"].set_index("person")
    assert facts.loc["A", "isolated"] == day(9)[0] and facts.loc["B"].isna().all()


def test_every_reason_speaks_both_languages():
    for pair in REASONS.values():
        for code, text in pair:
            said = text.fill(source="A")
            assert code and said.say("vi") != said.say("en")


def test_who_moved_is_who_the_comparison_says():
    before = run(cases=[A], contacts=[B, C, meeting("c3", "A", "D", at(6, 10))])
    after = run(cases=[A], contacts=[B, meeting("c4", "A", "C", at(6, 10)), meeting("c5", "C", "E", at(7, 9))])
    table = compare_runs(before, after).table.set_index("person")
    moved = moved_tiers(TableColumns.of(before.tables["tiers"]), TableColumns.of(after.tables["tiers"]))
    assert moved == {"C": 2, "E": None}
    assert set(moved) == set(table.index[table["change"].isin(["new", "risen", "fallen"])])
    assert table.loc["D", "change"] == "gone"
