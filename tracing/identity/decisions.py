"""Who and what is one: what people decided, what was joined without asking, and the groups that follow from both.

Records are never changed: a person is a group of ids, and whatever was decided can be taken back. The latest decision
on a pair counts; a person's word counts before the automatic join; and nobody is brought together, along whatever way,
with somebody from whom they were told apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeVar

_T = TypeVar("_T", int, str)
JOIN, APART, SPLIT, UNDO = "join", "apart", "split", "undo"
DECISIONS: Final = (JOIN, APART, SPLIT, UNDO)
NOTE: Final = "identity"
"""The kind of note that keeps decisions, by number."""
NOTE_AUTOMATIC: Final = "identity automatic"
"""The kind of note that keeps what was joined without asking, under the keys :data:`PEOPLE` and :data:`PLACES`."""
PEOPLE, PLACES = "pairs", "places"
"""Of what is decided which are one: of people, or of places."""

Pair = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision about people, or about places.

    Attributes
    ----------
    number
        From 1; decisions count in this order.
    what
        *join*: two ids are one person, or place. *apart*: they are two. *split*: the first of ``people`` is none of
        the others. *undo*: decision ``undoes`` does not count.
    people
        Ids on record (of places where ``of`` says so); empty for *undo*.
    who, at, why
        Who decided (no name of a person on record), when (epoch seconds), and the reason given.
    of
        :data:`PEOPLE` or :data:`PLACES`.
    basis
        What told a load that a row means somebody (:data:`tracing.identity.words.MEANT`); None: a person decided.
    """

    number: int
    what: str
    people: tuple[str, ...]
    who: str
    at: int
    why: str = ""
    undoes: int | None = None
    of: str = PEOPLE
    basis: str | None = None

    def to_note(self) -> tuple[str, dict[str, Any]]:
        """Return the key and the value under which it is kept."""
        value = {name: value for name, value in asdict(self).items() if name != "number"}
        return f"{self.number:06d}", value | {"people": list(self.people)}


def parse_decisions(notes: Mapping[str, Any]) -> list[Decision]:
    """Return decisions from the notes that keep them, in their order."""
    return [
        Decision(number=int(key), **{**value, "people": tuple(value["people"])}) for key, value in sorted(notes.items())
    ]


@dataclass(frozen=True)
class Identity:
    """Who is one person, or which place is one.

    Attributes
    ----------
    decisions
        All decisions on people, or on places, in their order.
    automatic
        Pairs that were joined without asking.
    groups
        The people of more than one id: their ids, sorted.
    apart
        Pairs that are two people.
    idle
        Numbers of the joins without effect, since somebody was told apart.
    """

    decisions: tuple[Decision, ...] = ()
    automatic: tuple[Pair, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    apart: frozenset[frozenset[str]] = frozenset()
    idle: frozenset[int] = frozenset()

    @classmethod
    def of(cls, decisions: Iterable[Decision], automatic: Iterable[Pair] = ()) -> Identity:
        """Work out the groups."""
        decisions = tuple(sorted(decisions, key=lambda one: one.number))
        undone = {one.undoes for one in decisions if one.what == UNDO}
        said: dict[frozenset[str], Decision] = {}
        for one in decisions:
            if one.what == UNDO or one.number in undone:
                continue
            for pair in _pairs_of(one):
                said.pop(pair, None)
                said[pair] = one
        apart = frozenset(pair for pair, one in said.items() if one.what != JOIN)
        groups = _Groups(apart)
        idle = {one.number for pair, one in said.items() if one.what == JOIN and not groups.join(*sorted(pair))}
        joined = _in_order(automatic)
        for two in joined:
            groups.join(*two)
        return cls(decisions, joined, groups.all(), apart, frozenset(idle))

    def follows_from(self, decisions: Sequence[Decision], automatic: Iterable[Pair]) -> bool:
        """Tell whether it is what :meth:`of` makes of decisions, which are in their order, and of joins."""
        return self.decisions == tuple(decisions) and self.automatic == _in_order(automatic)

    def members(self, person: str) -> tuple[str, ...]:
        """Return all ids of a person, that one among them."""
        return next((group for group in self.groups if person in group), (person,))

    def would_unite(self, one: str, other: str) -> list[Pair]:
        """Return the pairs told apart that a join of two ids would bring together."""
        both = ((a, b) for a in self.members(one) for b in self.members(other))
        return [(a, b) for a, b in both if frozenset((a, b)) in self.apart and {a, b} != {one, other}]


def _in_order(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted((min(two), max(two)) for two in pairs))


def _pairs_of(decision: Decision) -> list[frozenset[str]]:
    if decision.what == SPLIT:
        leaves, *others = decision.people
        return [frozenset((leaves, other)) for other in others]
    return [frozenset(decision.people)]


class _Groups:
    """Groups of ids that grow by joining, never across a pair that is two people."""

    def __init__(self, apart: Collection[frozenset[str]]) -> None:
        self._apart = apart
        self._of: dict[str, set[str]] = {}

    def join(self, one: str, other: str) -> bool:
        """Join the groups of two ids; False, and nothing changed, where that would unite two people told apart."""
        mine, theirs = self._of.get(one, {one}), self._of.get(other, {other})
        if mine is theirs:
            return True
        if any(frozenset((a, b)) in self._apart for a in mine for b in theirs):
            return False
        both = mine | theirs
        for member in both:
            self._of[member] = both
        return True

    def all(self) -> tuple[tuple[str, ...], ...]:
        """Return all groups of more than one."""
        return tuple(sorted({tuple(sorted(group)) for group in self._of.values() if len(group) > 1}))


def groups_of(pairs: Iterable[tuple[_T, _T]]) -> list[list[_T]]:
    """Return whom pairs join, directly or through others: each group sorted, in the order of their first pairs."""
    above: dict[_T, _T] = {}

    def top(one: _T) -> _T:
        while above[one] != one:
            above[one] = one = above[above[one]]
        return one

    for one, other in pairs:
        a, b = (top(above.setdefault(member, member)) for member in (one, other))
        above[b] = a
    groups: dict[_T, list[_T]] = {}
    for member in above:
        groups.setdefault(top(member), []).append(member)
    return [sorted(group) for group in groups.values()]


def representatives(
    groups: Iterable[Collection[str]], *, cases: Collection[str], present: Collection[str]
) -> dict[str, str]:
    """Return for every id of a group that is on record the id by which the person is called: a case's, a short one.

    ``cases`` and ``present`` are the ids of cases and of everybody on record.
    """
    out: dict[str, str] = {}
    for group in groups:
        here = sorted((one not in cases, len(one), one) for one in group if one in present)
        if len(here) > 1:
            out |= {one: here[0][2] for _case, _length, one in here}
    return out


def place_names(groups: Iterable[Collection[str]], present: Collection[str]) -> dict[str, str]:
    """Return for every id of a group of places the id by which the place is called: one on record, with accents."""
    out: dict[str, str] = {}
    for group in groups:
        here = [one for one in group if one in present]
        if here:
            best = min(here, key=lambda one: (one.isascii(), len(one), one))
            out |= dict.fromkeys(group, best)
    return out
