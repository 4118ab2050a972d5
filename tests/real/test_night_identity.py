"""What knowing who is one person does to the tiers of a night's folder, before any question of the load is answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from joined import joined_places
from night_score import Score

from loaders import LoadOptions, load_files
from loaders.invented.night.folder import generate_night
from tracing.identity.decisions import Identity
from tracing.identity.pairs import find_pairs
from tracing.identity.unite import unite
from tracing.model.contactgraph import build_contact_graph
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers

PAGE = Path(__file__).parents[2] / "docs/identity.md"
POLICY = load_policy("vn-3468")
SEED = 2


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Score:
    night = generate_night(SEED)
    paths = night.write(tmp_path_factory.mktemp("night"))
    return Score(night, load_files(paths, options=LoadOptions(today=night.evening.day)))


def first_contacts(score: Score, groups: Iterable[tuple[str, ...]]) -> set[str]:
    """Return the true people who are listed as F1."""
    graph = build_contact_graph(unite(score.result.records, groups, places=joined_places(score.result.records)))
    table = trace_tiers(graph, policy=POLICY).table
    listed = table.loc[(table["tier_possible"] == 1).fillna(False), "person"]
    return {score.true(person) for person in listed}


def test_answering_who_is_one_person_finds_the_missing_f1_and_takes_out_the_wrong_ones(score: Score) -> None:
    found = find_pairs(score.result.records)
    pairs = [(a, b) for a, b in zip(found.pairs["person_a"], found.pairs["person_b"], strict=True)]
    yes = [(a, b) for a, b in pairs if score.true(a) == score.true(b)]
    assert not len(found.automatic) or set(found.automatic["person_a"]) <= {a for a, _ in yes}
    ids: dict[str, set[str]] = defaultdict(set)
    for ident in score.who:
        ids[score.true(ident)].add(ident)
    truly = first_contacts(score, [tuple(sorted(group)) for group in ids.values() if len(group) > 1])
    rows = []
    for name, groups in (("without", ()), ("with", Identity.of([], yes).groups)):
        listed = first_contacts(score, groups)
        rows.append(f"| {name} | {len(listed & truly)} of {len(truly)} | {len(listed - truly)} |")
    assert rows[0] != rows[1]
    text = PAGE.read_text(encoding="utf-8")
    assert all(row in text for row in rows), rows
