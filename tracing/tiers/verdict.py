"""Verdicts: what a policy says of one contact: meets, undecided or fails, and by which clause.

Three-valued logic: a missing value can leave a contact undecided, never make it fail.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from tracing.model.columns import Numbers, TableColumns, Texts
from tracing.model.places import setting_of
from tracing.model.schema import CONTACT_KINDS, ROOM
from tracing.policy.model import Clause, MinutesByMask, Policy

Smalls = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FAILS: Final = 0
UNDECIDED: Final = 1
MEETS: Final = 2
VERDICTS: Final = ("fails", "undecided", "meets")
UNKNOWN: Final = -1
#: The class of F1 that a contact makes; undecided where near is not known and it is far at least.
F1_CLASSES: Final = ("near", "far", "undecided")
#: Metres beyond which two people cannot have touched.
APART: Final = 2.0


@dataclass(frozen=True)
class PlaceKinds:
    """Kinds of places by ``number`` among those that are ``named``, -1 where unknown.

    The first of these, "", is a place of no other setting than the contact's.
    """

    number: npt.NDArray[np.int32]
    named: tuple[str, ...]

    @classmethod
    def of(cls, kinds: Texts) -> PlaceKinds:
        """Return the kinds of a column of texts, with one more unknown at the end (so that row -1 is unknown)."""
        codes, texts = kinds.encoded()
        number = np.where(codes < 0, codes, codes + 1)
        return cls(np.append(number, UNKNOWN).astype(np.int32), ("", *texts.to_pylist()))

    def __len__(self) -> int:
        return len(self.number)

    def __getitem__(self, rows: npt.NDArray[np.integer[Any]]) -> PlaceKinds:
        """Return those of ``rows``."""
        return PlaceKinds(self.number[rows], self.named)

    def followed_by(self, other: PlaceKinds) -> PlaceKinds:
        """Return these and after them those of another column of the same records."""
        return PlaceKinds(np.concatenate([self.number, other.number]), self.named)


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """What is on record of contacts, columnar; unknown is -1 in small integers and NaN in floats.

    Attributes
    ----------
    kind
        Position in :data:`tracing.model.schema.CONTACT_KINDS`.
    place_kind
        Kind of the place.
    distance
        Metres.
    minutes_least, minutes_most
        Duration in minutes: the least and the most that the record allows (0 and infinity where nothing is known).
    closed, physical, protected, mask_a, mask_b
        Yes 1, no 0.
    rows_apart
        Seat rows between the two.
    start, end
        The contact lies inside ``[start, end)``, epoch seconds.
    through
        Present at every instant of ``[start, end)``.
    """

    kind: Smalls
    place_kind: PlaceKinds
    distance: Floats
    minutes_least: Floats
    minutes_most: Floats
    closed: Smalls
    physical: Smalls
    protected: Smalls
    mask_a: Smalls
    mask_b: Smalls
    rows_apart: Floats
    start: Ints
    end: Ints
    through: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.kind)

    def at_kinds(self, *kinds: str) -> npt.NDArray[np.bool_]:
        """Tell which were at a place of one of ``kinds``; "" is a place of no other setting than the contact's."""
        wanted = [kind in kinds for kind in self.place_kind.named]
        return np.array([*wanted, False])[self.place_kind.number]

    def at_unknown(self) -> npt.NDArray[np.bool_]:
        """Tell of which nobody knows at what kind of place they were."""
        return np.asarray(self.place_kind.number < 0)

    def take(self, rows: npt.NDArray[np.integer[Any]]) -> ContactFacts:
        """Return the facts of ``rows``."""
        return ContactFacts(**{f.name: getattr(self, f.name)[rows] for f in fields(self)})


def join_facts(first: ContactFacts, second: ContactFacts) -> ContactFacts:
    """Return the facts of ``first`` followed by those of ``second``."""
    joined: dict[str, Any] = {
        f.name: np.concatenate([getattr(first, f.name), getattr(second, f.name)])
        for f in fields(first)
        if f.name != "place_kind"
    }
    return ContactFacts(**joined, place_kind=first.place_kind.followed_by(second.place_kind))


def contact_facts(
    contacts: TableColumns, places: TableColumns, spans: tuple[Ints, Ints], presence: Smalls
) -> ContactFacts:
    """Return the facts of recorded contacts.

    Setting and closed space are taken from the place where not given. Two things follow from what is given: people
    more than 2 m apart did not touch, and a contact whose setting is known and is not transport, at no recorded
    place, was at none of another setting (place kind ""). How long a contact lasted that has an instant but no end is
    not known.

    ``spans`` are the contacts' ``(lo, hi)``; ``presence`` is 1 where both stayed throughout.
    """
    kind, closed = _codes(contacts.texts("kind")), flags(contacts.numbers("closed_space"))
    place = contacts.texts("place")
    place_kind = PlaceKinds.of(places.texts("kind"))
    if place.missing.all():
        place_kind = PlaceKinds(np.full(len(contacts), UNKNOWN, dtype=np.int32), place_kind.named)
    else:
        row = place.index_in(places.texts("place").arrow)
        place_kind = place_kind[row]
        kind = np.where(kind == UNKNOWN, setting_codes(known_or_none(places.texts("kind")))[row], kind).astype(np.int8)
        closed = np.where(closed == UNKNOWN, closed_places(places)[row], closed).astype(np.int8)
    elsewhere = (kind != UNKNOWN) & (kind != CONTACT_KINDS.index("transport"))
    place_kind.number[place.missing & elsewhere] = 0
    distance = contacts.numbers("distance_m").filled(np.nan)
    physical = flags(contacts.numbers("physical"))
    physical = np.where((physical == UNKNOWN) & (distance > APART), 0, physical).astype(np.int8)
    minutes = contacts.numbers("minutes").filled(np.nan, np.float64)
    through = presence == 1
    lasted = (spans[1] - spans[0]) / 60.0
    start, start_to = contacts.numbers("start"), contacts.numbers("start_to")
    one_instant = start.missing | start_to.missing | (start_to.values == start.values)
    timed = through & ~(contacts.numbers("end").missing & one_instant)
    unsaid = np.isnan(minutes)
    least = np.where(unsaid, np.where(timed, lasted, 0.0), minutes)
    most = np.where(unsaid, np.where(timed, lasted, np.inf), minutes)
    return ContactFacts(
        kind=kind,
        place_kind=place_kind,
        distance=distance,
        minutes_least=least,
        minutes_most=most,
        closed=closed,
        physical=physical,
        protected=flags(contacts.numbers("protected")),
        mask_a=flags(contacts.numbers("mask_a")),
        mask_b=flags(contacts.numbers("mask_b")),
        rows_apart=np.broadcast_to(np.nan, len(contacts)),
        start=spans[0],
        end=spans[1],
        through=through,
    )


def known_or_none(values: Texts) -> npt.NDArray[np.object_]:
    """Return the values as objects, None where missing, with one more None at the end (so that row -1 is unknown)."""
    return np.array([*values.tolist(), None], dtype=object)


def closed_places(places: TableColumns) -> Smalls:
    """Return whether each place is a closed space, as a room always is, with one more unknown at the end."""
    closed = np.where(places.texts("kind").says(ROOM), 1, flags(places.numbers("closed_space")))
    return np.append(closed, UNKNOWN).astype(np.int8)


def flags(values: Numbers) -> Smalls:
    """Return yes/no/unknown as 1, 0, -1."""
    if values.missing.all():
        return np.full(len(values), UNKNOWN, dtype=np.int8)
    return values.filled(UNKNOWN, np.int8).astype(np.int8, copy=False)


def _codes(kinds: Texts) -> Smalls:
    numbers = {kind: number for number, kind in enumerate(CONTACT_KINDS)}
    codes, texts = kinds.held()
    return np.array([*(numbers.get(text, UNKNOWN) for text in texts.to_pylist()), UNKNOWN], dtype=np.int8)[codes]


def _setting_code(place_kind: str) -> int:
    return CONTACT_KINDS.index(setting_of(place_kind))


def setting_codes(place_kinds: npt.NDArray[np.object_]) -> Smalls:
    """Return the setting that each kind of place implies, as a position in ``CONTACT_KINDS``; unknown without one.

    What goes on in a room is not known: people live, work or are nursed there.
    """
    kinds = sorted({kind for kind in place_kinds if kind is not None})
    code = {k: _setting_code(k) for k in kinds}
    return np.array([UNKNOWN if k is None or k == ROOM else code[k] for k in place_kinds], dtype=np.int8)


class Judgement(NamedTuple):
    """What a rule says of contacts, each shape (contacts,).

    ``clause``: position in the rule's clauses, -1 for *fails*; ``f1_class``: position in :data:`F1_CLASSES`, -1 where
    the rule has no classes.
    """

    verdict: Smalls
    clause: Smalls
    f1_class: Smalls


def judge(facts: ContactFacts, policy: Policy, *, pair: Ints | None = None) -> Judgement:
    """Return what ``policy`` says of each contact.

    ``pair`` numbers the pair of people of each contact; clauses with a cumulative time sum over it. A contact meets if
    any clause holds and fails if every clause fails; the clause is the first that gave the verdict. It is far where no
    near clause can hold, undecided where one may hold and a far one does or may.
    """
    verdict = np.full(len(facts), FAILS, dtype=np.int8)
    clause = np.full(len(facts), -1, dtype=np.int8)
    by_class = {"near": verdict, "far": verdict}
    for number, rule in enumerate(policy.clauses):
        answer = judge_clause(facts, rule, pair=pair)
        better = answer > verdict
        clause[better] = number
        verdict = np.maximum(verdict, answer)
        by_class[rule.f1_class] = np.maximum(by_class[rule.f1_class], answer)
    near, far = by_class["near"], by_class["far"] > FAILS
    f1_class = np.select([far & (near == FAILS), far & (near == UNDECIDED)], [1, 2], 0 if policy.has_classes else -1)
    return Judgement(verdict, clause, f1_class.astype(np.int8))


def sums_up(policy: Policy) -> bool:
    """Tell whether the times that a pair spent together count as one under ``policy``."""
    return any(clause.cumulative_hours is not None for clause in policy.clauses)


def judge_clause(facts: ContactFacts, clause: Clause, *, pair: Ints | None = None) -> Smalls:
    """Return the verdict of one clause alone: the least of its conditions."""
    answer = np.full(len(facts), MEETS, dtype=np.int8)
    for condition in conditions(facts, clause, pair=pair).values():
        answer = np.minimum(answer, condition)
    return answer


def conditions(facts: ContactFacts, clause: Clause, *, pair: Ints | None = None) -> dict[str, Smalls]:
    """Return the answer of each condition of ``clause``, by the name of the fact it asks for."""
    answers: dict[str, Smalls] = {}
    if clause.kinds:
        wanted = np.isin(facts.kind, [CONTACT_KINDS.index(kind) for kind in clause.kinds])
        answers["kind"] = _answer(wanted, facts.kind == UNKNOWN)
    if clause.place_kinds:
        settings = [_setting_code(kind) for kind in clause.place_kinds]
        answers["place_kind"] = _answer(
            facts.at_kinds(*clause.place_kinds),
            facts.at_unknown() | (facts.at_kinds("") & np.isin(facts.kind, settings)),
        )
    if clause.distance_max is not None:
        answers["distance_m"] = _answer(facts.distance <= clause.distance_max.value, np.isnan(facts.distance))
    for name, values, wanted_flag in (
        ("closed_space", facts.closed, clause.closed_space),
        ("physical", facts.physical, clause.physical),
        ("protected", facts.protected, clause.protected),
    ):
        if wanted_flag is not None:
            answers[name] = _answer(values == int(wanted_flag), values == UNKNOWN)
    if clause.seat_rows is not None:
        answers["seat_row"] = _answer(facts.rows_apart <= clause.seat_rows.value, np.isnan(facts.rows_apart))
    if clause.minutes is not None:
        least, most = facts.minutes_least, facts.minutes_most
        if clause.cumulative_hours is not None:
            least, most = cumulative_minutes(facts, pair, int(clause.cumulative_hours.seconds))
        answers["minutes"] = _minutes(facts, clause.minutes, least, most)
    return answers


def _answer(holds: npt.NDArray[np.bool_], unknown: npt.NDArray[np.bool_]) -> Smalls:
    return np.where(unknown, UNDECIDED, np.where(holds, MEETS, FAILS)).astype(np.int8)


def _minutes(facts: ContactFacts, needed: MinutesByMask, least: Floats, most: Floats) -> Smalls:
    """Answer by every mask state that the record allows; undecided where the states disagree."""
    a, b = facts.mask_a, facts.mask_b
    states = (
        (needed.both, (a != 0) & (b != 0)),
        (needed.one, ~((a != UNKNOWN) & (a == b))),
        (needed.none, (a != 1) & (b != 1)),
    )
    worst, best = np.full(len(facts), MEETS, np.int8), np.full(len(facts), FAILS, np.int8)
    for quantity, allowed in states:
        if quantity is None:
            answer = np.full(len(facts), FAILS, np.int8)
        else:
            answer = np.where(least >= quantity.value, MEETS, np.where(most < quantity.value, FAILS, UNDECIDED))
        worst = np.where(allowed, np.minimum(worst, answer), worst).astype(np.int8)
        best = np.where(allowed, np.maximum(best, answer), best).astype(np.int8)
    return np.where(worst == best, worst, UNDECIDED).astype(np.int8)


def cumulative_minutes(facts: ContactFacts, pair: Ints | None, window: int) -> tuple[Floats, Floats]:
    """Return the least and most minutes that each contact's pair spent together in ``window`` seconds around it.

    The sum runs over all contacts of the pair inside one sliding window ``[t, t + window)`` that overlaps the contact,
    and the window with the greatest sum counts. A contact with known minutes counts for the least only where it lies
    wholly inside; one with unknown minutes may add any number to the most.
    """
    from tracing.tiers.kernels import sum_in_windows

    if pair is None:
        pair = np.arange(len(facts), dtype=np.int64)
    order = np.lexsort((facts.start, pair)).astype(np.int64)
    least, most = sum_in_windows(
        pair[order],
        facts.start[order],
        facts.end[order],
        facts.minutes_least[order],
        facts.minutes_most[order],
        facts.through[order],
        window,
    )
    out_least, out_most = np.empty_like(least), np.empty_like(most)
    out_least[order], out_most[order] = least, most
    return out_least, out_most
