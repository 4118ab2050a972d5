"""A crowded place is answered from the pairs of visits that can matter: the same answer as from all of them."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import pytest
from outbreaks import Maker, build, day, policies, time_columns

from tracing import Tiers, build_contact_graph, trace_tiers
from tracing.errors import SafetyError
from tracing.model.contactgraph import ContactGraph
from tracing.model.records import Records
from tracing.policy.model import Policy
from tracing.tiers import crowds
from tracing.times import DAY


def adds_up(policy: Policy) -> bool:
    return any(clause.cumulative_hours is not None for clause in policy.clauses)


QUICK = {"vn-3638", "vn-3468", "measles", "latent-hours", "linger", "masks", "seats", "alone"}
RULES = [
    name if name in QUICK else pytest.param(name, marks=pytest.mark.slow)
    for name, policy in sorted(policies().items())
    if not adds_up(policy)
]
EXPOSURE = ["person", "tier", "parent", "contact", "reading", "clause", "exposure", "until", "start", "end", "f1_class"]


@pytest.fixture(scope="module")
def graph() -> ContactGraph:
    """Outbreaks side by side in each of which a few people visit the same few places again and again."""
    tables: dict[str, list[dict[str, Any]]] = {}
    for seed in range(7000, 7012):
        maker = Maker(random.Random(seed).randrange, f"{seed}-")
        rows = maker.tables()
        rows["contacts"] = rows["contacts"][: seed % 4]
        rows["visits"] = [maker.visit(number) for number in range(14)]
        for name, some in rows.items():
            tables.setdefault(name, []).extend(some)
    return build_contact_graph(build(**tables))


def both(graph: ContactGraph, name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Tiers, Tiers]:
    """Return the tiers from all pairs, and those with every place a crowd."""
    every = trace_tiers(graph, policy=policies()[name])
    monkeypatch.setattr(crowds, "MOST_PAIRS", 0)
    return every, trace_tiers(graph, policy=policies()[name])


@pytest.mark.parametrize("name", RULES)
def test_the_same_tiers_and_times(graph: ContactGraph, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    every, crowd = both(graph, name, monkeypatch)
    assert len(crowd.spread.covisits) < len(every.spread.covisits)
    assert not every.spread.crowded.any()
    assert crowd.spread.crowded.sum() > 8
    columns = [column for column in every.table if column != "parents"]
    pd.testing.assert_frame_equal(crowd.table[columns], every.table[columns])
    assert set(crowd.co_present["person"]) == set(every.co_present["person"])
    pd.testing.assert_frame_equal(crowd.met_after_isolation, every.met_after_isolation)
    listed = set(every.parents[EXPOSURE].itertuples(index=False, name=None))
    assert set(crowd.parents[EXPOSURE].itertuples(index=False, name=None)) <= listed
    assert set(crowd.parents["person"]) == set(every.parents["person"])


def market(visits: int) -> ContactGraph:
    """Return a market where everybody comes on one day, at one instant each, and three of them are cases."""
    people = [f"p{number:06}" for number in range(visits)]
    start = [day(5)[0] + number % DAY for number in range(visits)]
    tables = {
        "visits": pd.DataFrame(
            {"visit": people, "person": people, "place": "market", "start": start, "start_to": start}
        ),
        "cases": pd.DataFrame({"person": people[:3], **time_columns(onset=day(5))}),
        "places": pd.DataFrame({"place": ["market"], "kind": ["market"]}),
    }
    return build_contact_graph(Records.build(tables))


def test_a_crowd_is_answered_by_as_many_pairs_as_there_are_visits() -> None:
    visits = 20_000
    tiers = trace_tiers(market(visits), policy=policies()["vn-3638"])
    assert tiers.crowded_places == tiers.to_dict()["crowded_places"] == ["market"]
    assert len(tiers.table) == 3 * 3_600  # three steps, an hour's stay, somebody each second
    assert len(tiers.spread.covisits) < 2 * visits


def test_a_rule_that_adds_up_minutes_needs_every_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "MOST_SUMMED", 1_000)
    with pytest.raises(SafetyError, match="at place market") as raised:
        trace_tiers(market(2_000), policy=policies()["cdc-2020"])
    assert "--case" in raised.value.text("en")


def test_a_crowd_is_told(graph: ContactGraph, monkeypatch: pytest.MonkeyPatch) -> None:
    every, crowd = both(graph, "vn-3638", monkeypatch)
    assert not every.crowded_places and "crowded_places" not in every.to_dict()
    assert set(crowd.crowded_places) <= set(graph.records.places["place"])
