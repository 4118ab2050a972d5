"""An answer to "why?": the path of exposures, the nearest miss, the fact that would change it. Plain frozen data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Final, Literal

from tracing.model.records import Records
from tracing.text import Lines, say_lines
from tracing.tiers.tiers import Tiers
from tracing.tiers.windows import TierReading

_OF_PEOPLE: Final = ("persons", "cases", "tests", "isolations", "arrivals")
FactKind = Literal["contact", "isolation", "time", "value", "depth", "immune", "as_of", "none"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One contact of an evidence path: ``parent`` (at ``tier - 1``) exposed ``person``.

    Times are epoch seconds: the contact lies in ``[start, end)``; the exposure lies between ``begin`` and ``until``
    (inclusive), and ``exposure`` is the instant that counts in the path's reading.
    ``unknown`` names the facts that are missing for the rule; ``vague`` says why the time is not certain:
    "undated", "one_day" (its first or its last day is missing), "no_checkout", "day" (the hour is missing), "window"
    (the case's infectious time is not certain) or "".
    """

    person: str
    tier: int
    parent: str
    contact: str
    place: str | None
    start: int
    end: int
    begin: int
    exposure: int
    until: int
    clause: str
    verdict: str
    by_day: bool
    unknown: tuple[str, ...] = ()
    vague: str = ""


@dataclass(frozen=True)
class Change:
    """A fact that would change the answer.

    Attributes
    ----------
    kind
        "contact": none of ``contacts`` took place. "isolation": ``person`` was isolated from ``before`` on. "time": the
        contact lay inside ``[opens, closes)``. "value": the contact's columns were as ``needs`` (column, value) says of
        ``clause``, inside ``[opens, closes)``. "depth": the rule followed one tier more. "immune": the person was not
        immune. "as_of": the date asked for was
        later. "none": nobody listed was met.
    """

    kind: FactKind
    contacts: tuple[str, ...] = ()
    person: str | None = None
    before: int | None = None
    opens: int | None = None
    closes: int | None = None
    needs: tuple[tuple[str, str], ...] = ()
    clause: str | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The answer to "why?" for one person. Shows itself in a notebook; ``text`` and ``to_dict`` elsewhere.

    Attributes
    ----------
    person
        Whom it is about.
    listed, case
        Whether they are on the list, and whether as a case.
    tier_certain, tier_possible
        Both tiers, None where none.
    reading
        The reading that ``path`` follows: "certain" or "possible".
    path
        The exposure path, from the case to the person: the certain one where there is one. Empty for a case that no
        other case exposed and for an unlisted person.
    path_possible
        The path of the possible tier, where that is smaller than the certain one; else empty.
    window, window_certain
        ``(opens, closes)`` of the case that begins the path: the widest that any reading allows, and what holds in
        every reading (None where nothing does).
    also
        Other (parent, contact) pairs that gave the same tier.
    near
        For an unlisted person: the contact that came nearest to a listed one, as a step.
    others
        For an unlisted person without such a contact: those on record, the first three by time; ``tier`` is one more
        than that of ``parent``, 0 where ``parent`` is not listed either.
    change
        The fact that would change the answer.
    otherwise
        (certain, possible) tier that a listed person would then have; None where nothing would undo theirs.
    tiers
        What was traced.
    lines
        The answer in words (see :mod:`tracing.evidence.describe`).
    """

    person: str
    listed: bool
    case: bool
    tier_certain: int | None
    tier_possible: int | None
    reading: TierReading
    path: tuple[Step, ...]
    path_possible: tuple[Step, ...]
    window: tuple[int, int] | None
    window_certain: tuple[int, int] | None
    also: tuple[tuple[str, str], ...]
    near: Step | None
    others: tuple[Step, ...]
    change: Change
    otherwise: tuple[int | None, int | None] | None
    tiers: Tiers = field(repr=False)
    lines: Lines = field(default=(), repr=False, compare=False)

    @property
    def f1_class(self) -> str | None:
        """Class of an F1 where the rule has classes: near, far or undecided."""
        people = self.tiers.people
        return next(iter(people.texts("f1_class").take(people.texts("person").says(self.person))), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the evidence as plain data (times in epoch seconds)."""
        out = {
            k: v
            for k, v in _fields(self).items()
            if k not in ("tiers", "path", "path_possible", "near", "others", "change", "lines")
        }
        return out | {
            "f1_class": self.f1_class,
            "path": [asdict(step) for step in self.path],
            "path_possible": [asdict(step) for step in self.path_possible],
            "near": None if self.near is None else asdict(self.near),
            "others": [asdict(step) for step in self.others],
            "change": asdict(self.change),
            "provenance": {
                name: self._inputs() if name == "inputs" else self.tiers.provenance[name]
                for name in self.tiers.provenance
            },
        }

    def _inputs(self) -> str:
        """Return the content hash of what the answer names, the same however much else was read.

        That is: everything on record of the people named, and the contacts and visits that are named or the person's.
        """
        steps = [*self.path, *self.path_possible, *self.others, *([] if self.near is None else [self.near])]
        people = {
            self.person,
            *(who for step in steps for who in (step.person, step.parent)),
            *(p for p, _ in self.also),
        }
        named = {step.contact for step in steps} | {contact for _, contact in self.also}
        ids = sorted({part for contact in named for part in contact.split("~")})
        records = self.tiers.graph.records
        contacts, visits = records.columns("contacts"), records.columns("visits")
        own = contacts.texts("person_a").says(self.person) | contacts.texts("person_b").says(self.person)
        whole = {name: records.columns(name) for name in _OF_PEOPLE}
        tables = {name: table.take(table.texts("person").says(*sorted(people))) for name, table in whole.items()}
        tables["contacts"] = contacts.take(own | contacts.texts("contact").says(*ids))
        tables["visits"] = visits.take(visits.texts("person").says(self.person) | visits.texts("visit").says(*ids))
        return Records.of(tables, records.zone).content_hash()

    def text(self, lang: str = "en") -> str:
        """Return the evidence in words, in Vietnamese ("vi") or English."""
        return say_lines(self.lines, lang)

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text())}</pre>"


def _fields(item: Any) -> dict[str, Any]:
    """Return a dataclass's fields without descending into them."""
    return {name: getattr(item, name) for name in item.__dataclass_fields__}
