"""Who is one person: proposing, deciding, and saying what a decision changes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from cli.use_cases.user import user_name
from tracing.errors import NothingFound, UsageError
from tracing.text import catalogue

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store, WriteReport
    from tracing.identity.decisions import Decision, Identity
    from tracing.identity.weights import Weights

_, _n = catalogue("cli")

_QUESTIONS: Final = "identity questions"
"""The kind of note that keeps the open questions, under the key "open"."""
_PER_HUNDRED: Final = 3
_AT_LEAST: Final = 20


@dataclass(frozen=True, kw_only=True)
class AskedPair:
    """A pair that may be one person. ``levels``: level by comparison; ``at``: when it was joined, None: a question."""

    id: str
    people: tuple[str, str]
    probability: float
    levels: Mapping[str, str]
    changes_tier: bool = False
    basis: str | None = None
    at: int | None = None

    @classmethod
    def of(cls, note: Sequence[Any]) -> AskedPair:
        """Read what :meth:`note` wrote."""
        from loaders.questions import question_id

        one, other, told = note
        return cls(id=question_id("person", one, other), people=(one, other), **told)

    def note(self) -> list[Any]:
        """Return it as kept."""
        told = {name: value for name, value in vars(self).items() if name not in ("id", "people")}
        return [*self.people, told | {"levels": dict(self.levels)}]


@dataclass(frozen=True)
class Proposed:
    """What a search for people on record twice came to.

    ``joined`` are the new joins, ``withdrawn`` the joins that no longer hold, ``joins`` all of them; ``shared`` the
    numbers of several people (:class:`tracing.identity.pairs.Linkage`).
    """

    joined: tuple[AskedPair, ...]
    withdrawn: tuple[AskedPair, ...]
    joins: int
    questions: tuple[AskedPair, ...]
    shared: pd.DataFrame
    people: int


def propose(store: Store, *, weights: Weights | None = None) -> Proposed:
    """Find out who may be one person; keep what is joined without asking, and the questions.

    What is joined follows from the records and the decisions alone: it is found anew, whatever was joined before.
    """
    from tracing.identity.decisions import NOTE_AUTOMATIC
    from tracing.identity.pairs import find_pairs

    records, identity = store.read(tables=["persons", "cases", "areas"]), store.identity()
    apart = set(identity.apart)
    linkage = find_pairs(records, weights=weights, apart=apart)
    denied = _denied(store, _pairs(linkage.pairs))
    if denied:
        linkage = find_pairs(records, weights=weights, apart=apart | denied)
    before = {asked.people: asked for asked in _kept(store, NOTE_AUTOMATIC, "pairs")}
    now = int(time.time())
    joins = [_asked(row, at=now) for row in linkage.automatic.to_dict("records")]
    joins = [before.get(one.people, one) for one in joins]
    questions = tuple(_asked(row) for row in linkage.questions.to_dict("records"))
    _keep(store, NOTE_AUTOMATIC, "pairs", joins)
    _keep(store, _QUESTIONS, "open", questions)
    pairs = {one.people for one in joins}
    _settle(store)
    return Proposed(
        tuple(one for one in joins if one.people not in before),
        tuple(one for people, one in before.items() if people not in pairs),
        len(joins),
        tuple(_still_open(questions, store.identity())),
        linkage.shared,
        linkage.people,
    )


def propose_after(store: Store, report: WriteReport) -> Proposed | None:
    """Find out who may be one person after a load; None where it brought nothing new of people and cases."""
    brought = [report.tables[name] for name in ("persons", "cases", "areas")]
    return propose(store) if any(one.new or one.completed for one in brought) else None


def propose_again(store: Store) -> None:
    """Find it out anew after people went, where anything was joined or asked."""
    if automatic_joins(store) or _kept(store, _QUESTIONS, "open"):
        propose(store)


def said_of(found: Proposed | None) -> dict[str, Any]:
    """Return what a load says of it as plain data; nothing where nothing was found."""
    if found is None or not (found.joined or found.withdrawn or found.questions):
        return {}
    counts = {"joined": len(found.joined), "withdrawn": len(found.withdrawn), "questions": len(found.questions)}
    return {"same_people": counts}


def _asked(row: Mapping[Any, Any], *, at: int | None = None) -> AskedPair:
    from loaders.questions import question_id
    from tracing.identity.compare import LEVELS

    one, other = str(row["person_a"]), str(row["person_b"])
    return AskedPair(
        id=question_id("person", one, other),
        people=(one, other),
        probability=float(row["probability"]),
        levels={name: str(row[name]) for name in LEVELS},
        changes_tier=bool(row["changes_tier"]),
        basis=None if at is None else str(row["basis"]),
        at=at,
    )


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["person_a"], table["person_b"], strict=True))


def _denied(store: Store, pairs: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    """Return the pairs about which a load asked, and was told that they are two."""
    from cli.use_cases.questions import kept_answers
    from loaders.questions import NO, question_id

    said = {ident for ident, answer in kept_answers(store).items() if answer.choice == NO}
    return {frozenset(pair) for pair in pairs if question_id("person", *sorted(pair)) in said} if said else set()


def decided_questions(store: Store) -> set[str]:
    """Return the ids of the questions whether two ids are one person that are decided."""
    from loaders.questions import question_id

    identity = store.identity()
    pairs = [tuple(pair) for pair in identity.apart]
    pairs += [pair for group in identity.groups for pair in combinations(group, 2)]
    return {question_id("person", *sorted(pair)) for pair in pairs}


def _settle(store: Store) -> None:
    """Let everything else follow what is now known of who is one person."""
    from cli.use_cases.questions import close_questions

    close_questions(store, decided_questions(store))
    store.show_identity()


def _kept(store: Store, kind: str, key: str) -> list[AskedPair]:
    return [AskedPair.of(note) for note in store.notes(kind).get(key, [])]


def _keep(store: Store, kind: str, key: str, asked: Sequence[AskedPair]) -> None:
    store.save_note(kind, key, [one.note() for one in asked] or None)


def automatic_joins(store: Store) -> list[AskedPair]:
    """Return what was joined without asking."""
    from tracing.identity.decisions import NOTE_AUTOMATIC

    return _kept(store, NOTE_AUTOMATIC, "pairs")


def open_pairs(store: Store) -> list[AskedPair]:
    """Return the questions that are open, in the order in which they should be answered."""
    return list(_still_open(_kept(store, _QUESTIONS, "open"), store.identity()))


def _still_open(asked: Iterable[AskedPair], identity: Identity) -> Iterable[AskedPair]:
    """Leave out what is decided, or follows from a decision."""
    person = {member: group for group in identity.groups for member in group}
    for one in asked:
        mine, theirs = (person.get(who, (who,)) for who in one.people)
        if mine != theirs and not any(frozenset((a, b)) in identity.apart for a in mine for b in theirs):
            yield one


def shown_questions(asked: Sequence[AskedPair], people: int) -> Sequence[AskedPair]:
    """Return as many questions as somebody should be asked: three per hundred people, twenty at least."""
    return asked[: max(_AT_LEAST, people * _PER_HUNDRED // 100)]


def find_pair(store: Store, words: Sequence[str]) -> tuple[str, str]:
    """Return the two ids meant: by the id of a question or of a join, or by two people.

    Raises
    ------
    NothingFound, UsageError
        If there is no such question, or no such person.
    """
    if len(words) == 1:
        known = {one.id: one.people for one in (*open_pairs(store), *automatic_joins(store))}
        if words[0] not in known:
            raise NothingFound(
                _("There is no question {id}.", id=words[0]), fix=_("truyvet same review shows those that are open")
            )
        return known[words[0]]
    one, other = (id_on_record(store, word) for word in words)
    if one == other:
        raise UsageError(_("These are one id on record."))
    return min(one, other), max(one, other)


def id_on_record(store: Store, word: str) -> str:
    """Return the id on record that was typed; a person of several ids cannot be meant by a name.

    Raises
    ------
    NothingFound
        If there is no such id.
    """
    from cli.short import person_of

    found = person_of(word) or word
    if found not in store.ids("persons"):
        raise NothingFound(_("There is no id {id} on record.", id=word), fix=_("truyvet why shows the ids of a person"))
    return found


def decide(store: Store, what: str, people: Sequence[str], *, why: str = "", undoes: int | None = None) -> Decision:
    """Put a decision on record.

    Raises
    ------
    UsageError
        If a join would bring together two people who were told apart.
    """
    from tracing.identity.decisions import JOIN, NOTE, Decision

    identity = store.identity()
    if what == JOIN and identity.would_unite(*people):
        raise UsageError(
            _("They cannot be one person: somebody decided that two of their ids are two people."),
            fix=_("truyvet same log shows the decision; truyvet same undo NUMBER takes it back"),
        )
    number = max((one.number for one in identity.decisions), default=0) + 1
    decision = Decision(
        number=number, what=what, people=tuple(people), who=user_name(), at=int(time.time()), why=why, undoes=undoes
    )
    store.save_note(NOTE, *decision.to_note())
    _settle(store)
    return decision


def follow_answers(store: Store, said: Iterable[str]) -> None:
    """Decide what was answered to questions of loads about two people who are on record; undo what was taken back."""
    from cli.use_cases.questions import kept_answers
    from loaders.questions import NO, YES
    from tracing.identity.decisions import APART, JOIN, UNDO

    kept, people = kept_answers(store), store.ids("persons")
    for ident in said:
        decisions = store.identity().decisions
        undone = {one.undoes for one in decisions}
        for one in decisions:
            if one.why == ident and one.what != UNDO and one.number not in undone:
                decide(store, UNDO, [], why=ident, undoes=one.number)
        answer = kept.get(ident)
        pair = () if answer is None or answer.question is None else answer.question.people
        what = {YES: JOIN, NO: APART}.get("" if answer is None else answer.choice)
        if what is None or len(pair) != 2 or not people.issuperset(pair):
            continue
        if what == APART or not store.identity().would_unite(*pair):
            decide(store, what, sorted(pair), why=ident)


def decision_to_undo(store: Store, number: int | None) -> Decision:
    """Return the decision that is to be taken back: the one named, else the last that counts.

    Raises
    ------
    NothingFound
        If there is none.
    """
    from tracing.identity.decisions import UNDO

    decisions = store.identity().decisions
    undone = {one.undoes for one in decisions}
    counting = [one for one in decisions if one.what != UNDO and one.number not in undone]
    found = counting[-1:] if number is None else [one for one in counting if one.number == number]
    if not found:
        raise NothingFound(_("There is no decision to take back."), fix=_("truyvet same log shows the decisions"))
    return found[0]


def called(store: Store, identity: Identity | None = None) -> dict[str, str]:
    """Return for every id of a person of several the id by which that person is called."""
    from tracing.identity.decisions import representatives

    groups = (identity or store.identity()).groups
    if not groups:
        return {}
    return representatives(groups, cases=store.ids("cases"), present=store.ids("persons"))
