"""Decisions about people: the latest counts, a person's word before a join without asking, undo is exact."""

from __future__ import annotations

import json

from tracing.identity.decisions import APART, JOIN, SPLIT, UNDO, Decision, Identity, parse_decisions, representatives


def decisions(*said: tuple[str, tuple[str, ...]]) -> list[Decision]:
    return [
        Decision(number=n, what=what, people=people, who="test", at=0) for n, (what, people) in enumerate(said, start=1)
    ]


def undo(number: int, undoes: int) -> Decision:
    return Decision(number=number, what=UNDO, people=(), who="test", at=0, undoes=undoes)


def test_joins_make_groups_and_undo_takes_exactly_one_back() -> None:
    said = decisions((JOIN, ("a", "b")), (JOIN, ("b", "c")), (JOIN, ("x", "y")))
    assert Identity.of(said).groups == (("a", "b", "c"), ("x", "y"))
    assert Identity.of([*said, undo(4, 2)]).groups == (("a", "b"), ("x", "y"))
    assert Identity.of([*said, undo(4, 2), undo(5, 4)]).groups == (("a", "b"), ("x", "y"))
    assert Identity.of(said).members("b") == ("a", "b", "c")
    assert Identity.of(said).members("z") == ("z",)


def test_the_latest_decision_on_a_pair_counts() -> None:
    assert Identity.of(decisions((JOIN, ("a", "b")), (APART, ("b", "a")))).groups == ()
    assert Identity.of(decisions((APART, ("a", "b")), (JOIN, ("b", "a")))).groups == (("a", "b"),)


def test_nobody_is_united_along_a_way_with_somebody_told_apart() -> None:
    said = decisions((JOIN, ("a", "b")), (APART, ("a", "c")), (JOIN, ("b", "c")))
    identity = Identity.of(said)
    assert identity.groups == (("a", "b"),)
    assert identity.idle == {3}
    assert identity.would_unite("b", "c") == [("a", "c")]


def test_a_word_counts_before_a_join_without_asking() -> None:
    identity = Identity.of(decisions((APART, ("a", "b"))), [("a", "b"), ("b", "c")])
    assert identity.groups == (("b", "c"),)


def test_split_takes_one_out_and_leaves_the_others_together() -> None:
    said = decisions((JOIN, ("a", "b")), (JOIN, ("b", "c")), (JOIN, ("a", "c")), (SPLIT, ("c", "a", "b")))
    assert Identity.of(said).groups == (("a", "b"),)


def test_decisions_come_back_from_notes() -> None:
    said = [*decisions((JOIN, ("a", "b")), (SPLIT, ("c", "a", "b"))), undo(3, 1)]
    notes = json.loads(json.dumps(dict(one.to_note() for one in said)))
    assert parse_decisions(notes) == said


def test_a_person_is_called_by_the_id_of_a_case_and_by_one_that_is_on_record() -> None:
    groups = [("K12", "P-0123456789ab", "long-case-id"), ("gone", "here")]
    named = representatives(groups, cases={"long-case-id"}, present={"K12", "P-0123456789ab", "long-case-id", "here"})
    assert named == dict.fromkeys(groups[0], "long-case-id")
