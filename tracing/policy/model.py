"""The words of a contact rule: quantities, clauses, windows, policies. Plain frozen data, no parsing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Final, Literal

from tracing.errors import InternalError
from tracing.policy.walk import all_of, leaves_of
from tracing.times import DAY, HOUR, MINUTE

Grade = Literal["primary", "quoted", "ours"]
Anchor = Literal["onset", "sample", "confirmed"]
EndEvent = Literal["isolation", "negative_test"]
OpenContact = Literal["home", "care", "room", "dead"]
QuarantinePlace = Literal["centre", "home", "none"]
CountingFrom = Literal["last_exposure", "first_quarantine_day"]
QuarantineGroup = Literal["tier", "source_finding", "arrival"]
F1Class = Literal["near", "far"]

SECONDS: Final[Mapping[str, int]] = {"day": DAY, "hour": HOUR, "minute": MINUTE, "second": 1}
"""Seconds in each unit of time that a policy may use."""


@dataclass(frozen=True)
class RuleText:
    """A text that stands in a rule file in both languages: its title, a clause, a note."""

    vi: str
    en: str

    def of(self, lang: str) -> str:
        """Return the Vietnamese text for ``lang == "vi"``, else the English one."""
        return self.vi if lang == "vi" else self.en


class Sourced:
    """Something that has a source.

    ``grade`` says how well it is known: "primary" (read in the text that rules it), "quoted" (in a text that quotes or
    sums it up), "ours" (our own reading or assumption).
    """

    source: str
    grade: Grade
    note: RuleText | None

    @property
    def verified(self) -> bool:
        """Whether somebody read it in a text."""
        return self.grade != "ours"


@dataclass(frozen=True)
class Quantity(Sourced):
    """A number with its unit and its source."""

    value: float
    unit: str
    source: str
    grade: Grade
    note: RuleText | None = None

    @property
    def seconds(self) -> int:
        """The duration in whole seconds (only for units day, hour, minute, second)."""
        if self.unit not in SECONDS:
            raise InternalError(f"a quantity in {self.unit} is not a duration")
        return round(self.value * SECONDS[self.unit])


@dataclass(frozen=True)
class MinutesByMask:
    """Minutes needed if ``both``, exactly ``one`` or ``none`` of the two people wear a mask.

    ``None``: in this state the clause never holds. Zero: any duration, even an unknown one. Three equal numbers are a
    plain minimum duration, for which the masks need not be known.
    """

    both: Quantity | None
    one: Quantity | None
    none: Quantity | None


@dataclass(frozen=True)
class Clause(Sourced):
    """One way in which a contact is a close contact: all its conditions together (logical AND).

    Three-valued: a condition on a missing value is undecided. ``kinds`` and ``place_kinds`` hold if the contact's kind
    (the place's kind) is one of them; ``distance_max`` if the distance is at most that; ``closed_space``,
    ``physical``, ``protected`` if the flag has that value; ``minutes`` if the contact lasted at least as long as the
    masks ask, summed over the pair's contacts in a sliding window of ``cumulative_hours`` where that is given;
    ``seat_rows`` if the seats are at most so many rows apart. An empty tuple or ``None`` asks nothing.

    ``f1_class`` is the class of the F1 whom the clause makes: all clauses are "near" but those that a rule marks "far".
    The classes differ in quarantine only.
    """

    id: str
    text: RuleText
    source: str
    grade: Grade
    kinds: tuple[str, ...] = ()
    place_kinds: tuple[str, ...] = ()
    distance_max: Quantity | None = None
    closed_space: bool | None = None
    physical: bool | None = None
    protected: bool | None = None
    minutes: MinutesByMask | None = None
    cumulative_hours: Quantity | None = None
    seat_rows: Quantity | None = None
    f1_class: F1Class = "near"
    note: RuleText | None = None


@dataclass(frozen=True)
class WindowRule:
    """An infectious window around the first of ``anchors`` that is known: from ``before`` it to ``after`` it.

    ``after`` is ``None`` where only an end event closes the window.
    """

    anchors: tuple[Anchor, ...]
    before: Quantity
    after: Quantity | None


@dataclass(frozen=True)
class Closing(Sourced):
    """An event that the text names as the end of a case's window."""

    event: EndEvent
    source: str
    grade: Grade
    note: RuleText | None = None


@dataclass(frozen=True)
class StaysOpen(Sourced):
    """Contacts of a case that its isolation does not end.

    ``home``: with those who share the home of somebody isolated at home; ``care``: with those who care for the patient;
    ``room``: in one room (of a camp, a ward); ``dead``: touching the dead.
    """

    contacts: tuple[OpenContact, ...]
    source: str
    grade: Grade
    note: RuleText | None = None


ALL_STAY_OPEN: Final = StaysOpen(
    ("home", "care", "room", "dead"),
    "Truy Vết",
    "ours",
    RuleText(
        vi="văn bản không nói: cách ly chấm dứt tiếp xúc với cộng đồng, không chấm dứt tiếp xúc với người ở cùng, "
        "chăm sóc, cùng phòng hay chạm vào thi thể",
        en="the text is silent: isolation ends contact with the community, not with those who share the home or the "
        "room, care for the patient or touch the dead",
    ),
)
"""What stays open where a rule file says nothing."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """When a case can infect. What is given in days is whole calendar days: from 00:00 of one to the end of another.

    Attributes
    ----------
    symptomatic
        Rule for a case with an onset.
    asymptomatic
        Rule for a case without symptoms; ``None``: such a case infects nobody under this policy.
    source_known
        If given, the window of a case without symptoms whose source is known opens at its first contact with that
        source plus this time, in place of ``asymptomatic.before``.
    closings
        The events that the text names as the end of a window. Without ``isolation`` among them no isolation ends a
        case's window (that of a contact of tier 1 or deeper it always does).
    stays_open
        What an isolation that closes the window does not end.
    source_finding
        If given: contacts of a case without symptoms from so long before the anchor until the window opens are looked
        for to find the source; listed apart, in no tier, they expose nobody.
    end_ct_above
        A test with a Ct value above this closes the window too.
    latent
        Time from exposure until a person of tier 1 or deeper can expose others.
    """

    symptomatic: WindowRule
    asymptomatic: WindowRule | None
    source_known: Quantity | None
    closings: tuple[Closing, ...]
    end_ct_above: Quantity | None
    latent: Quantity
    stays_open: StaysOpen = ALL_STAY_OPEN
    source_finding: Quantity | None = None

    @property
    def end_events(self) -> tuple[EndEvent, ...]:
        """The names of the closing events."""
        return tuple(closing.event for closing in self.closings)


@dataclass(frozen=True)
class CoPresence(Sourced):
    """The class of people at the same place and time who are not close contacts: listed apart, never promoted.

    With ``presence_alone`` a visit to the same place at the same time, with nothing else known, is co-presence and not
    a contact left undecided.
    """

    text: RuleText
    source: str
    grade: Grade
    note: RuleText | None = None
    presence_alone: bool = False


@dataclass(frozen=True, kw_only=True)
class QuarantineRule(Sourced):
    """What a contact had to do who was exposed between ``valid_from`` and ``valid_to`` (both days included).

    Attributes
    ----------
    group, tier
        Whom it is for: contacts of this ``tier``, or ("source_finding", tier 0) those met before the infectious window
        of a case whose source is looked for, or ("arrival", tier 0) people who came from elsewhere.
    f1_class
        Only for F1 of this class; None: for those of either. A row for the class goes before others.
    levels, cases_within
        Of arrivals: the levels of the epidemic where they came from, on that day, for which this is; how long before
        it a case there is an outbreak (None: only what is said of the unit counts).
    vaccinated, doses
        True: only for people with at least ``doses`` doses (or immune); False: for all others; None: for everybody.
    place
        Where. A row for the place that is on record goes before others.
    days, monitoring_days
        Length of the quarantine, and of the monitoring after it.
    test_days, monitoring_tests
        Day numbers of the tests, counted from ``counting_from`` (a test that would come before the first day of
        quarantine is made on that day), and counted in the monitoring.
    counting_from
        "last_exposure": that day is day 0 (where it is not known: "first_quarantine_day"); "first_quarantine_day":
        that day is day 1.
    until
        What ends it before its days are over; None: nothing.
    alternative
        A way that authorities may choose instead: shown, never chosen by the software.
    """

    tier: int
    group: QuarantineGroup
    f1_class: F1Class | None
    levels: tuple[str, ...] = ()
    cases_within: Quantity | None = None
    vaccinated: bool | None
    doses: Quantity | None
    place: QuarantinePlace
    days: Quantity
    monitoring_days: Quantity
    test_days: tuple[int, ...]
    monitoring_tests: tuple[int, ...]
    counting_from: CountingFrom
    until: RuleText | None
    alternative: bool
    valid_from: date | None
    valid_to: date | None
    source: str
    grade: Grade
    note: RuleText | None = None


@dataclass(frozen=True)
class Definition(Sourced):
    """What the text says of who is a case. It is shown; the software takes the status of a case from the records."""

    id: str
    text: RuleText
    source: str
    grade: Grade
    note: RuleText | None = None


@dataclass(frozen=True)
class Prophylaxis(Sourced):
    """What can still be given to a contact, ``within`` that time after the first exposure."""

    text: RuleText
    within: Quantity
    source: str
    grade: Grade
    note: RuleText | None = None


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A dated rule: who is a close contact of whom, when, and how deep to follow.

    Every :class:`Quantity`, clause and quarantine rule carries its unit and its source: the number of a decision, a
    DOI, or that it is our own assumption.

    Attributes
    ----------
    id, family, title
        What it is called; ``family`` is the line of rules of one authority ("vn", "who" …).
    disease, document
        What it is for, and the number of the decision or title of the guideline it was read from.
    valid_from, valid_to
        First and last day in force, both included; None is open.
    window
        When a case can infect.
    linger
        How long the presence of a case at a place outlasts its visit.
    stays
        By place kind, how long a visit without check-out is taken to last; the key ``default`` is always there.
    clauses
        The ways of being a close contact; any one is enough.
    deepest_tier, immune_excluded
        How far is followed, and whether immune people are left out.
    co_present
        People at the same place who are no close contacts; None where the rule has no such class.
    quarantine, prophylaxis
        Days of quarantine and of tests, and of treatment, by whom they are for.
    definitions, notes, digest
        What the rule's own words mean, what to know of it, and a hash of the text the policy was read from.
    """

    id: str
    family: str
    disease: RuleText
    title: RuleText
    document: str
    valid_from: date | None
    valid_to: date | None
    window: Window
    linger: Quantity
    stays: Mapping[str, Quantity] = field(hash=False)
    clauses: tuple[Clause, ...]
    deepest_tier: Quantity
    immune_excluded: bool
    co_present: CoPresence | None
    quarantine: tuple[QuarantineRule, ...]
    definitions: tuple[Definition, ...]
    prophylaxis: tuple[Prophylaxis, ...]
    notes: tuple[RuleText, ...]
    digest: str

    @property
    def depth(self) -> int:
        """The deepest tier that is followed."""
        return round(self.deepest_tier.value)

    @property
    def has_classes(self) -> bool:
        """Whether the rule tells far F1 from near ones."""
        return any(clause.f1_class == "far" for clause in self.clauses)

    def in_force(self, day: date) -> bool:
        """Whether the rule was in force on ``day``; always, where it has no dates."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    def clause(self, clause_id: str) -> Clause:
        """Return the clause called ``clause_id``; ``KeyError`` if there is none."""
        return {clause.id: clause for clause in self.clauses}[clause_id]

    def stay(self, place_kind: str | None) -> Quantity:
        """Return the stay assumed for a visit without check-out at a place of this kind (unknown: the default)."""
        return self.stays.get(place_kind or "default", self.stays["default"])

    def leaves(self) -> Iterator[tuple[str, object]]:
        """Yield every field as (dotted name, value); quantities, texts and plain values are the leaves."""
        for item in fields(self):
            yield from leaves_of(item.name, getattr(self, item.name), whole=(Quantity, RuleText))

    def sourced(self) -> Iterator[tuple[str, Sourced]]:
        """Yield everything that carries a source, as (dotted name, item): quantities, clauses, rules."""
        for item in fields(self):
            yield from all_of(Sourced, item.name, getattr(self, item.name))

    def rule_items(self) -> tuple[tuple[str, Sourced], ...]:
        """Return what the rule says, as (dotted name, item): everything with a source but what every rule shares.

        That is the lengths of stay, and what stays open after isolation where the rule's text is silent.
        """
        return tuple(i for i in self.sourced() if not i[0].startswith("stays.") and i[1] is not ALL_STAY_OPEN)

    def assumed_stays(self) -> int:
        """Return how many lengths of stay are our own assumption."""
        return sum(not stay.verified for stay in self.stays.values())

    def unverified(self) -> tuple[tuple[str, Sourced], ...]:
        """Return the items of the rule that are our own, as (dotted name, item), in the order of the fields."""
        return tuple((name, item) for name, item in self.rule_items() if not item.verified)
