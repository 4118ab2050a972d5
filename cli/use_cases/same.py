"""Who is one person, and which place is one: proposing and deciding."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

from cli.use_cases.same_pairs import ASKED_OF, QUESTIONS, AskedPair, keep_pairs, kept_pairs, read_pairs
from cli.use_cases.user import user_name
from tracing.errors import NothingFound, UsageError
from tracing.identity.decisions import PEOPLE, PLACES
from tracing.text import catalogue

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store, WriteReport
    from tracing.identity.decisions import Decision, Identity
    from tracing.identity.pairs import Linkage
    from tracing.identity.weights import Weights

_, _n = catalogue("cli")

_PER_HUNDRED: Final = 3
_AT_LEAST: Final = 20


@dataclass(frozen=True)
class Proposed:
    """What a search for people, or places (``of``), on record twice came to.

    ``joined`` are the new joins, ``withdrawn`` the joins that no longer hold, ``joins`` all of them; ``linkage``, None
    for places, is what was found.
    """

    of: str
    joined: tuple[AskedPair, ...]
    withdrawn: tuple[AskedPair, ...]
    joins: int
    questions: tuple[AskedPair, ...]
    linkage: Linkage | None = None

    @property
    def shared(self) -> pd.DataFrame | None:
        """The numbers of several people (:class:`tracing.identity.pairs.Linkage`), None for places."""
        return None if self.linkage is None else self.linkage.shared


def propose(
    store: Store, *, weights: Weights | None = None, of: Sequence[str] = (PEOPLE, PLACES)
) -> tuple[Proposed, ...]:
    """Find out who and what may be one; keep what is joined without asking, and the questions.

    What is joined follows from the records and the decisions alone: it is found anew, whatever was joined before.
    """
    linkage: Linkage | None
    found = []
    for kind in of:
        if kind == PEOPLE:
            linkage = _linkage(store, weights)
            pairs = linkage.pairs
        else:
            pairs, linkage = _pairs_of_places(store), None
        found.append((kind, _keep_found(store, kind, pairs), linkage))
    settle(store)
    return tuple(
        Proposed(kind, joined, withdrawn, joins, tuple(_still_open(asked, store.identity(kind))), linkage)
        for kind, (joined, withdrawn, joins, asked), linkage in found
    )


def _linkage(store: Store, weights: Weights | None) -> Linkage:
    """Return which people may be one."""
    from tracing.identity.pairs import find_pairs

    records, apart = store.read(tables=["persons", "cases", "areas"]), set(store.identity().apart)
    linkage = find_pairs(records, weights=weights, apart=apart)
    by_name = linkage.pairs.loc[linkage.pairs["basis"] == "name", ["person_a", "person_b"]]
    passing = _passing(store).intersection(by_name.to_numpy().ravel()) if len(by_name) else frozenset[str]()
    denied = _denied(store, _pairs(linkage.pairs))
    if denied or passing:
        linkage = find_pairs(records, weights=weights, apart=apart | denied, passing=passing)
    return linkage


def _passing(store: Store) -> frozenset[str]:
    """Return the people who were aboard a vehicle or came from elsewhere, as lists of anybody tell them."""
    records = store.read(tables=["visits", "places", "arrivals"])
    vehicles = records.places.loc[records.places["kind"] == "vehicle", "place"]
    aboard = records.visits.loc[records.visits["place"].isin(vehicles), "person"]
    return frozenset(aboard.dropna()) | frozenset(records.arrivals["person"].dropna())


def _pairs_of_places(store: Store) -> pd.DataFrame:
    from tracing.identity.places import find_place_pairs

    records = store.read(tables=["places", "areas"])
    return find_place_pairs(records, apart=store.identity(PLACES).apart)


def _keep_found(
    store: Store, of: str, pairs: pd.DataFrame
) -> tuple[tuple[AskedPair, ...], tuple[AskedPair, ...], int, tuple[AskedPair, ...]]:
    """Keep joins and questions; return the new joins, those that no longer hold, how many hold, and the questions."""
    from tracing.identity.decisions import NOTE_AUTOMATIC

    before = {(one, other): (one, other, told) for one, other, told in store.notes(NOTE_AUTOMATIC).get(of, [])}
    times = {people: told["at"] for people, (_one, _other, told) in before.items()}
    joins = read_pairs(pairs[pairs["verdict"] == "automatic"], of, at=int(time.time()), before=times)
    asked = tuple(read_pairs(pairs[pairs["verdict"] == "question"], of))
    keep_pairs(store, NOTE_AUTOMATIC, of, joins)
    keep_pairs(store, QUESTIONS, ASKED_OF[of][0], asked)
    gone = before.keys() - {one.people for one in joins}
    joined = tuple(one for one in joins if one.people not in before)
    withdrawn = tuple(AskedPair.read(note) for people, note in before.items() if people in gone)
    return joined, withdrawn, len(joins), asked


def propose_after(store: Store, report: WriteReport, *, went: bool = False) -> tuple[Proposed, ...]:
    """Find out who and what may be one after a load; nothing where it brought nothing new of them, and nobody went."""
    brought = {name: row.new or row.completed for name, row in report.tables.items()}
    people = went or any(brought[name] for name in ("persons", "cases", "areas"))
    wanted = [*([PEOPLE] if people else []), *([PLACES] if brought["places"] else [])]
    return propose(store, of=wanted) if wanted else ()


def propose_again(store: Store) -> None:
    """Find it out anew after people went, where anything was joined or asked."""
    if automatic_joins(store) or any(kept_pairs(store, QUESTIONS, key) for key, _word in ASKED_OF.values()):
        propose(store)


def said_of(found: Sequence[Proposed], meant: int = 0) -> dict[str, Any]:
    """Return what a load says of it, and of rows whose person it found (``meant``), as plain data; nothing of none."""
    names = {PEOPLE: "same_people", PLACES: "same_places"}
    told: dict[str, Any] = {"people_meant": meant} if meant else {}
    return told | {
        names[one.of]: {
            "joined": len(one.joined),
            "withdrawn": len(one.withdrawn),
            "questions": len(one.questions),
        }
        for one in found
        if one.joined or one.withdrawn or one.questions
    }


def _pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(table["person_a"], table["person_b"], strict=True))


def _denied(store: Store, pairs: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    """Return the pairs about which a load asked, and was told that they are two."""
    from cli.use_cases.questions import kept_answers
    from loaders.questions import NO, question_id

    said = {ident for ident, answer in kept_answers(store).items() if answer.choice == NO}
    return {frozenset(pair) for pair in pairs if question_id("person", *sorted(pair)) in said} if said else set()


def decided_questions(store: Store) -> set[str]:
    """Return the ids of the questions that are decided: whether two ids are one person, what a positive person is."""
    from loaders.questions import positive_question, question_id

    identity = store.identity()
    pairs = [tuple(pair) for pair in identity.apart]
    pairs += [pair for group in identity.groups for pair in combinations(group, 2)]
    cases = store.ids("cases")
    for group in identity.groups:
        if not cases.isdisjoint(group):
            cases |= set(group)
    return {question_id("person", *sorted(pair)) for pair in pairs} | set(map(positive_question, cases))


def settle(store: Store) -> None:
    """Let everything else follow what is now known of who is one person."""
    from cli.use_cases.questions import close_questions, open_questions

    if open_questions(store):
        close_questions(store, decided_questions(store))
    store.show_identity()


def automatic_joins(store: Store) -> list[AskedPair]:
    """Return what was joined without asking."""
    from tracing.identity.decisions import NOTE_AUTOMATIC

    return [one for of in ASKED_OF for one in kept_pairs(store, NOTE_AUTOMATIC, of)]


def open_pairs(store: Store) -> list[AskedPair]:
    """Return the questions that are open, in the order in which they should be answered; those about places last."""
    kept = ((of, kept_pairs(store, QUESTIONS, key)) for of, (key, _word) in ASKED_OF.items())
    return [one for of, asked in kept if asked for one in _still_open(asked, store.identity(of))]


def all_decisions(store: Store) -> list[Decision]:
    """Return the decisions on people and on places, in their order."""
    return sorted((one for of in ASKED_OF for one in store.identity(of).decisions), key=lambda one: one.number)


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


def find_pairs(store: Store, words: Sequence[str]) -> list[tuple[str, tuple[str, str]]]:
    """Return of what two ids are meant, and these: by the ids of questions or of joins, or by two ids on record.

    Raises
    ------
    NothingFound, UsageError
        If there is no such question, or no such person.
    """
    known = {one.id: (one.of, one.people) for one in (*open_pairs(store), *automatic_joins(store))}
    if len(words) != 2 or known.keys() & set(words):
        unknown = next((word for word in words if word not in known), None)
        if unknown is not None:
            raise NothingFound(
                _("There is no question {id}.", id=unknown), fix=_("truyvet same review shows those that are open")
            )
        return [known[word] for word in dict.fromkeys(words)]
    (of, one), (also, other) = (id_on_record(store, word) for word in words)
    if one == other:
        raise UsageError(_("These are one id on record."))
    if of != also:
        raise UsageError(_("One of them is a person, the other a place."))
    return [(of, (min(one, other), max(one, other)))]


def are_two_cases(store: Store, people: Iterable[str], *, before: Iterable[Collection[str]]) -> bool:
    """Tell whether more than one of ``people``, as they were ``before``, was a case."""
    cases, of = store.ids("cases"), {one: tuple(group) for group in before for one in group}
    return sum(not cases.isdisjoint(group) for group in {of.get(one, (one,)) for one in people}) > 1


def id_on_record(store: Store, word: str) -> tuple[str, str]:
    """Return of what the id on record is that was typed, and the id; a person of several is not meant by a name.

    Raises
    ------
    NothingFound
        If there is no such id.
    """
    from cli.short import person_of

    found = person_of(word) or word
    if found in store.ids("persons"):
        return PEOPLE, found
    if word not in store.ids("places"):
        raise NothingFound(_("There is no id {id} on record.", id=word), fix=_("truyvet why shows the ids of a person"))
    return PLACES, word


def decide(
    store: Store, what: str, people: Sequence[str], *, why: str = "", undoes: int | None = None, of: str = PEOPLE
) -> Decision:
    """Put a decision on people, or on places, on record.

    Raises
    ------
    UsageError
        If a join would bring together two people who were told apart.
    """
    from tracing.identity.decisions import JOIN, NOTE, Decision

    if what == JOIN and store.identity(of).would_unite(*people):
        raise UsageError(
            _("They cannot be one: somebody decided that two of their ids are two."),
            fix=_("truyvet same log shows the decision; truyvet same undo NUMBER takes it back"),
        )
    decision = Decision(
        number=max((one.number for one in all_decisions(store)), default=0) + 1,
        what=what,
        people=tuple(people),
        who=user_name(),
        at=int(time.time()),
        why=why,
        undoes=undoes,
        of=of,
    )
    store.save_note(NOTE, *decision.to_note())
    settle(store)
    return decision


def follow_answers(store: Store, said: Collection[str]) -> None:
    """Decide what was answered to questions of loads about two people who are on record; undo what was taken back."""
    from cli.use_cases.questions import kept_answers
    from tracing.identity.decisions import APART, UNDO

    kept, people = kept_answers(store), store.ids("persons") if said else set[str]()
    for ident in said:
        decisions = store.identity().decisions
        undone = {one.undoes for one in decisions}
        for one in decisions:
            if one.why == ident and one.what != UNDO and one.number not in undone:
                decide(store, UNDO, [], why=ident, undoes=one.number)
        answer = kept.get(ident)
        pair = () if answer is None or answer.question is None else answer.question.people
        what = _decision_of("" if answer is None else answer.choice)
        if what is None or len(pair) != 2 or not people.issuperset(pair):
            continue
        if what == APART or not store.identity().would_unite(*pair):
            decide(store, what, sorted(pair), why=ident)


def follow_load(store: Store) -> None:
    """Decide what was answered to questions about two people of whom a load put the second on record."""
    from cli.use_cases.questions import kept_answers

    last = {one.why: one.what for one in store.identity().decisions if one.why}
    kept = {i: one for i, one in kept_answers(store).items() if one.question is not None and one.question.people}
    follow_answers(store, [ident for ident, one in kept.items() if last.get(ident) != _decision_of(one.choice)])


def _decision_of(choice: str) -> str | None:
    """Return what an answer to the question whether two people are one decides."""
    from loaders.questions import NO, YES
    from tracing.identity.decisions import APART, JOIN

    return {YES: JOIN, NO: APART}.get(choice)


def decision_to_undo(store: Store, number: int | None) -> Decision:
    """Return the decision that is to be taken back: the one named, else the last that counts.

    Raises
    ------
    NothingFound
        If there is none.
    """
    from tracing.identity.decisions import UNDO

    decisions = all_decisions(store)
    undone = {one.undoes for one in decisions}
    counting = [one for one in decisions if one.what != UNDO and one.number not in undone]
    by_hand = [one for one in counting if one.basis is None]
    found = by_hand[-1:] if number is None else [one for one in counting if one.number == number]
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
