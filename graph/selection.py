"""What a slice is, exactly. Every store follows this page; answers are equal to the byte.

Period ``[since, until)``
    A contact is *in the period* if it is undated, or if ``[start, max(end_to, start + 1))`` meets the period, where an
    unknown start is the beginning of time and an unknown ``end_to`` is ``start_to``. A visit likewise. Without
    ``since`` and ``until`` everything is in the period. (The slack below plays no part in this.)

Joined visits
    Two visits in the period, to the same place, are *joined* if they overlap when each lasts :data:`SLACK` longer than
    on record: ``a.start < b.end + SLACK and b.start < a.end + SLACK``, the end being ``end_to`` if known, else
    ``start_to``, and never before ``start``. The slack covers the linger and the assumed stay of every policy.
    An isolation in a room (:data:`tracing.model.schema.ROOM`) is joined as a visit is; without an end on record
    it lasts for ever.

Rings
    ``R0``: the people whose case is named in ``cases`` (by person id or case code: who fits either), the ``people``
    named, the people whose ``area`` is one of ``areas`` or lies below one (by the parent of any version), and the
    people with a visit or a contact in the period at one of ``places``.
    ``Ri``: ``R(i-1)``, the other side of every contact in the period of somebody in ``R(i-1)``, and the visitors of
    every visit joined to one of somebody in ``R(i-1)``. With ``through``, a number each of some people, nobody beyond
    ``R0`` is gone on from but them, each where the number of the first ring that they are in is not greater; with
    ``others`` besides, everybody else by that number.

    Whoever is in a ring is in it with all ids that are this person, and a place is all ids that are this place
    (:mod:`tracing.identity.decisions`).

The slice of ``steps = k``
    =========================================== ==========================================================
    persons, cases, tests, isolations, arrivals rows of people in ``Rk``
    links                                       both ends in ``Rk``
    contacts                                    in the period, an end in ``R(k-1)``, one gone on from;
                                                k = 0: those at ``places``
    visits                                      in the period, of such a person or joined to a visit of theirs;
                                                k = 0: those at ``places``
    places                                      those that a row above refers to
    areas                                       those that persons and places refer to and all above them,
                                                every version
    outbreaks                                   all: they are of units elsewhere
    counts                                      all: aggregates are of nobody in particular
    =========================================== ==========================================================

Nothing named: all people, all tables, only contacts and visits restricted to the period.
In the answer everybody and every place stands once (:mod:`tracing.identity.unite`).
Rows are sorted by key. Where something named does not exist the answer is :class:`tracing.errors.NothingFound`,
which tells how many, never which.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Unpack

from graph.protocol import SliceOptions
from tracing.errors import NothingFound, UsageError
from tracing.text import catalogue
from tracing.times import DAY, DEFAULT_ZONE, parse_iso

_, _n = catalogue("graph")

SLACK: Final = DAY
"""Seconds that a visit is taken to last longer than on record when visits are joined."""

DEFAULT_STEPS: Final = 3
"""Steps around named cases or people; areas and places alone: 0."""

_WORDS: Final = {"cases": _("cases"), "people": _("people"), "areas": _("areas"), "places": _("places")}


@dataclass(frozen=True)
class Selection:
    """What is asked of a slice. None: not asked. ``since``, ``until``: epoch seconds, half-open.

    ``same`` are groups of ids that are one person: whoever is in a ring is in it with all of their ids.
    ``same_places`` are groups of ids that are one place: who was at one of them was at all. ``through``: how many
    steps away from what is named each person may stand and still be gone on from, ``others`` how many everybody else;
    None: everybody is.
    """

    cases: tuple[str, ...] | None
    people: tuple[str, ...] | None
    areas: tuple[str, ...] | None
    places: tuple[str, ...] | None
    steps: int
    since: int | None
    until: int | None
    same: tuple[tuple[str, ...], ...] = ()
    same_places: tuple[tuple[str, ...], ...] = ()
    through: Mapping[str, int] | None = None
    others: int = 0

    def complete(self, same: Iterable[Sequence[str]], same_places: Iterable[Sequence[str]]) -> Selection:
        """Return the selection with the groups that are one, and ``through`` with all ids of each person."""
        groups = tuple(tuple(group) for group in same)
        through = None if self.through is None else dict(self.through)
        if through is not None:
            for group in groups:
                if not through.keys().isdisjoint(group):
                    through.update(dict.fromkeys(group, max(through.get(person, self.others) for person in group)))
        return replace(self, same=groups, same_places=tuple(map(tuple, same_places)), through=through)

    @property
    def everybody(self) -> bool:
        """Whether nothing is named."""
        return self.cases is None and self.people is None and self.areas is None and self.places is None

    @property
    def everything(self) -> bool:
        """Whether neither anything is named nor a period given."""
        return self.everybody and self.since is None and self.until is None


def parse_selection(*, zone: str = DEFAULT_ZONE, **asked: Unpack[SliceOptions]) -> Selection:
    """Check and complete the words of a slice.

    ``since`` and ``until`` are epoch seconds or ISO 8601 text, read in ``zone``; a date as ``since`` is the beginning
    of that day, as ``until`` its end. Names are taken once each, sorted. A single text counts as a list of one.

    Raises
    ------
    NothingFound
        If a list is empty.
    UsageError
        If a name is not text, ``steps`` is negative, a time is unreadable or the period is empty.
    TypeError
        If there is no such option.
    """
    for option in asked.keys() - SliceOptions.__optional_keys__:
        raise TypeError(f"a slice has no option {option!r}")
    steps = asked.get("steps")
    if steps is None:
        steps = 0 if asked.get("cases") is None and asked.get("people") is None else DEFAULT_STEPS
    if steps < 0 or steps != int(steps):
        raise UsageError(
            _("steps must be a whole number, 0 or more"),
        )
    first, last = _parse_bound("since", asked.get("since"), zone, 0), _parse_bound("until", asked.get("until"), zone, 1)
    if first is not None and last is not None and first >= last:
        raise UsageError(
            _("the period is empty: since is not before until"),
            fix=_("a date as until means the end of that day"),
        )
    cases, people = _names("cases", asked.get("cases")), _names("people", asked.get("people"))
    areas, places = _names("areas", asked.get("areas")), _names("places", asked.get("places"))
    return Selection(
        cases=cases,
        people=people,
        areas=areas,
        places=places,
        steps=steps,
        since=first,
        until=last,
        through=asked.get("through"),
        others=asked.get("others", 0),
    )


def _names(selector: str, names: Sequence[str] | None) -> tuple[str, ...] | None:
    if names is None:
        return None
    listed = [names] if isinstance(names, str) else list(names)
    if not all(isinstance(name, str) for name in listed):
        raise UsageError(
            _("{selector} must be a list of texts: every id is a text", selector=selector),
        )
    if not listed:
        raise NothingFound(_("no {word} were named: the list is empty", word=_WORDS[selector]))
    return tuple(sorted(set(listed)))


def _parse_bound(word: str, value: int | str | None, zone: str, side: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return parse_iso(value, zone)[side]
        except (ValueError, OverflowError) as error:
            raise UsageError(
                _("{word} is not a time that can be read", word=word),
                fix=_("write it as 2021-07-08 or 2021-07-08T14:30"),
            ) from error
    return int(value)


def check_found(selector: str, asked: Iterable[str], missing: int) -> None:
    """Raise ``NothingFound`` where ``missing`` of the names ``asked`` for are not in the store. Says no name."""
    if not missing:
        return
    total, word = len(tuple(asked)), _WORDS[selector]
    raise NothingFound(
        _("{missing} of the {total} {word} named are not in this store", missing=missing, total=total, word=word),
        fix=_("check the spelling, and that the file that holds them was loaded into this store"),
    )
