"""Policies for people: one as a text, two side by side. What was not checked against its source is marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from tracing.policy.model import (
    ALL_STAY_OPEN,
    Clause,
    MinutesByMask,
    Policy,
    Quantity,
    QuarantineRule,
    RuleText,
    Sourced,
    Window,
    WindowRule,
)
from tracing.policy.words import (
    EVENTS,
    F1_CLASSES,
    LEVELS,
    OUR_READING,
    STAYS_OPEN,
    kind_words,
    place_words,
    value_words,
)
from tracing.text import Text, Words, catalogue, join, plain_words, say, say_date, say_lines

if TYPE_CHECKING:
    import pandas as pd

_, _n = catalogue("tracing")

_WORDS: Final = {
    **EVENTS,
    "centre": _("in a centre"),
    "home": _("at home"),
    "none": _("no quarantine"),
    "last_exposure": _("last exposure"),
    "first_quarantine_day": _("first day of quarantine"),
}
_GRADES: Final[dict[str, Text | None]] = {
    "primary": None,
    "quoted": _("[quoted by another text]"),
    "ours": _("[NOT VERIFIED: ours]"),
}
_OR: Final = _(" or ")
_Line = tuple[int, Words]


def describe_policy(policy: Policy, *, lang: str = "en") -> str:
    """Return the whole policy as text in ``lang`` ("vi" or "en"), each number with its source.

    What is not verified is marked where it stands, and counted at the end. Raises nothing of its own.

    Parameters
    ----------
    policy
        The rule.
    lang
        "vi" or "en"; any other language is answered in English.

    Returns
    -------
    str
        Lines of text; numbers with their unit, each followed by its source (the number of the decision, or a DOI).
    """
    return say_lines(tuple(_Writer().lines(policy)), lang)


def policy_rows(policy: Policy, *, lang: str = "en") -> dict[str, str]:
    """Return the policy as readable values by dotted field name; a clause and a quarantine rule are one value each.

    A clause is named by its id without the document's number, so that "11042 F1-b" stands beside "1909 F1-b".
    """
    writer = _Writer(doubts_only=True)
    rows: dict[str, Words] = {}
    for name, value in policy.leaves():
        if not name.startswith(("id", "digest", "clauses", "quarantine")):
            rows[name] = writer.value(value, name)
    short = [clause.id.partition(" ")[2] for clause in policy.clauses]
    unique = all(short) and len(set(short)) == len(short)
    for clause, end in zip(policy.clauses, short, strict=True):
        rows[f"clauses[{end if unique else clause.id}]"] = writer.value(clause)
    for number, rule in enumerate(policy.quarantine, start=1):
        rows[f"quarantine[{number}]"] = writer.value(rule)
    return {name: say(words, lang) for name, words in rows.items()}


def compare_policies(a: Policy, b: Policy, *, lang: str = "en") -> pd.DataFrame:
    """Return the fields in which two policies differ: columns field, a, b, all text; "–" where one has no such field.

    Numbers are compared with their unit and whether they are verified, not with their source. Raises nothing of its
    own.

    Parameters
    ----------
    a, b
        The two rules.
    lang
        "vi" or "en"; any other language is answered in English.

    Returns
    -------
    pandas.DataFrame
        One row per field that differs, shape (fields, 3); empty for equal policies.
    """
    import pandas as pd

    left, right = policy_rows(a, lang=lang), policy_rows(b, lang=lang)
    names = [*left, *(name for name in right if name not in left)]
    rows = [(name, left.get(name, "–"), right.get(name, "–")) for name in names]
    return pd.DataFrame([row for row in rows if row[1] != row[2]], columns=["field", "a", "b"], dtype="str")


def describe_quantity(quantity: Quantity) -> Text:
    """Return a number with its unit, in words."""
    count, n = 1 if quantity.value == 1 else 2, plain_words(quantity.value)
    match quantity.unit:
        case "day":
            return _n("{n} day", "{n} days", count, n=n)
        case "hour":
            return _n("{n} hour", "{n} hours", count, n=n)
        case "minute":
            return _n("{n} minute", "{n} minutes", count, n=n)
        case "row":
            return _n("{n} row", "{n} rows", count, n=n)
        case "tier":
            return _n("{n} tier", "{n} tiers", count, n=n)
        case "dose":
            return _n("{n} dose", "{n} doses", count, n=n)
        case "cycle":
            return _n("{n} cycle", "{n} cycles", count, n=n)
        case _:
            return _("{n} {unit}", n=n, unit=quantity.unit)


def _day(day: date | None) -> Words:
    return "…" if day is None else lambda lang: say_date(day, lang)


class _Writer:
    """Writes the parts of a policy; with ``doubts_only`` only what nobody read in a text is marked."""

    def __init__(self, *, doubts_only: bool = False) -> None:
        self.doubts_only = doubts_only

    def marked(self, words: Words, item: Sourced) -> Words:
        """Return words with the grade of ``item`` behind them."""
        mark = None if self.doubts_only and item.verified else _GRADES[item.grade]
        return words if mark is None else join([words, mark], " ")

    def quantity(self, quantity: Quantity) -> Words:
        return self.marked(describe_quantity(quantity), quantity)

    def beside(self, quantity: Quantity, rule: Sourced) -> Words:
        """Return a number of ``rule``, marked only where it was not checked in the same way."""
        return describe_quantity(quantity) if quantity.grade == rule.grade else self.quantity(quantity)

    def value(self, value: object, field: str = "") -> Words:
        """Return any leaf of a policy in words."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, Quantity):
            return self.quantity(value)
        if isinstance(value, RuleText):
            return value.of
        if isinstance(value, Clause):
            return self.marked(self.conditions(value), value)
        if isinstance(value, QuarantineRule):
            return self.quarantine(value)
        if isinstance(value, date):
            return _day(value)
        if isinstance(value, tuple):
            return join((self.value(item, field) for item in value), ", ") if value else "–"
        return "–" if value is None else value_words(field, str(value))

    def source(self, item: Sourced, indent: int) -> Iterator[_Line]:
        yield indent, _("source: {source}", source=item.source)
        if item.note is not None:
            yield indent, _("note: {note}", note=item.note.of)

    def conditions(self, clause: Clause) -> Words:
        """Return what the clause asks for, joined by "and"."""
        parts: list[Words] = []
        if clause.kinds:
            parts.append(_("kind: {kinds}", kinds=join(map(kind_words, clause.kinds), ", ")))
        if clause.place_kinds:
            parts.append(_("place: {kinds}", kinds=join(map(place_words, clause.place_kinds), ", ")))
        if clause.distance_max is not None:
            parts.append(_("distance ≤ {most}", most=self.beside(clause.distance_max, clause)))
        if clause.closed_space is not None:
            parts.append(_("closed space: {answer}", answer=self.value(clause.closed_space)))
        if clause.physical is not None:
            parts.append(_("physical contact: {answer}", answer=self.value(clause.physical)))
        if clause.protected is not None:
            parts.append(_("full protective equipment: {answer}", answer=self.value(clause.protected)))
        if clause.seat_rows is not None:
            parts.append(_("apart ≤ {most}", most=self.beside(clause.seat_rows, clause)))
        if clause.minutes is not None:
            parts.append(self.minutes(clause.minutes, clause))
        if clause.f1_class == "far":
            parts.append(_("makes a far F1"))
        return join(parts, _("; and "))

    def minutes(self, needed: MinutesByMask, clause: Clause) -> Words:
        if needed.both == needed.one == needed.none and needed.both is not None:
            shown: Words = join(["≥ ", self.beside(needed.both, clause)], "")
        else:
            shown = _(
                "duration: both masked {both}, one masked {one}, none masked {none}",
                both=self.needed(needed.both, clause),
                one=self.needed(needed.one, clause),
                none=self.needed(needed.none, clause),
            )
        if clause.cumulative_hours is None:
            return shown
        return _("{time}, added up over {hours}", time=shown, hours=self.beside(clause.cumulative_hours, clause))

    def needed(self, quantity: Quantity | None, clause: Clause) -> Words:
        if quantity is None:
            return _("never")
        if quantity.value == 0:
            return _("any") if quantity.grade == clause.grade else self.marked(_("any"), quantity)
        return join(["≥ ", self.beside(quantity, clause)], "")

    def quarantine(self, rule: QuarantineRule) -> Words:
        parts: list[Words] = []
        if rule.place == "none":
            parts.append(_WORDS[rule.place])
        else:
            parts.append(_("{days} {where}", days=self.beside(rule.days, rule), where=_WORDS[rule.place]))
        if rule.monitoring_days.value:
            parts.append(_("then monitoring {days}", days=self.beside(rule.monitoring_days, rule)))
        if rule.cases_within is not None:
            parts.append(_("a case there within {days} is an outbreak", days=self.beside(rule.cases_within, rule)))
        if rule.test_days:
            parts.append(_("tests on day {days}", days=", ".join(str(day) for day in rule.test_days)))
        if rule.monitoring_tests:
            tests = ", ".join(str(day) for day in rule.monitoring_tests)
            parts.append(_("tests on day {days} of the monitoring", days=tests))
        span = join([_day(rule.valid_from), _day(rule.valid_to)], " – ")
        parts.append(_("counted from {what} ({span})", what=_WORDS[rule.counting_from], span=span))
        shown = join([_whom(rule), ": ", join(parts, ", ")], "")
        return self.marked(_("or, if so ordered: {what}", what=shown) if rule.alternative else shown, rule)

    def window_rule(self, rule: WindowRule, ends: list[Words]) -> Words:
        anchor = join((_WORDS[name] for name in rule.anchors), _(", else "))
        if rule.after is not None:
            ends = [*ends, _("{time} after {anchor}", time=self.quantity(rule.after), anchor=anchor)]
        opening = self.quantity(rule.before)
        if not ends:
            return _("from {time} before {anchor} on; no end is named", time=opening, anchor=anchor)
        return _("from {time} before {anchor} until {ends}", time=opening, anchor=anchor, ends=join(ends, _OR))

    def lines(self, policy: Policy) -> Iterator[_Line]:
        """Yield the lines of the whole description."""
        yield 0, join([policy.id, ": ", policy.title.of], "")
        yield 2, _("disease: {disease}", disease=policy.disease.of)
        if policy.document:
            yield 2, _("document: {document}", document=policy.document)
        if policy.valid_from is None and policy.valid_to is None:
            yield 2, _("in force: no dates given")
        else:
            yield 2, _("in force: {first} – {last}", first=_day(policy.valid_from), last=_day(policy.valid_to))
        yield 0, ""
        yield from self.window_lines(policy.window)
        yield 0, ""
        yield 0, _("Close contact, by any one of these")
        for clause in policy.clauses:
            yield 2, self.marked(join([f"[{clause.id}] ", clause.text.of], ""), clause)
            yield 6, self.conditions(clause)
            yield from self.source(clause, 6)
        if policy.co_present is not None:
            yield 0, _("Co-present (not a close contact)")
            yield 2, self.marked(policy.co_present.text.of, policy.co_present)
            if policy.co_present.presence_alone:
                yield 2, _("present together and nothing else known: listed here, not as a possible F1")
            yield from self.source(policy.co_present, 6)
        if policy.immune_excluded:
            yield 0, _("People who are immune are left out")
        yield from self.other_lines(policy)

    def window_lines(self, window: Window) -> Iterator[_Line]:
        ends: list[Words] = [self.marked(_WORDS[closing.event], closing) for closing in window.closings]
        if window.end_ct_above is not None:
            limit = join(["Ct > ", plain_words(window.end_ct_above.value)], "")
            ends.append(self.marked(limit, window.end_ct_above))
        yield 0, _("Infectious window")
        yield 2, _("with symptoms: {window}", window=self.window_rule(window.symptomatic, ends))
        yield from self.source(window.symptomatic.before, 6)
        if window.asymptomatic is None:
            yield 2, _("without symptoms: not infectious")
        else:
            yield 2, _("without symptoms: {window}", window=self.window_rule(window.asymptomatic, ends))
            yield from self.source(window.asymptomatic.before, 6)
        if window.source_known is not None:
            yield (
                2,
                _(
                    "without symptoms, source known: {time} after the first contact with the source",
                    time=self.quantity(window.source_known),
                ),
            )
            yield from self.source(window.source_known, 6)
        if window.source_finding is not None:
            yield (
                2,
                _(
                    "met earlier, at most {time} before the sample: tested to find the source, no F1",
                    time=self.quantity(window.source_finding),
                ),
            )
            yield from self.source(window.source_finding, 6)
        if "isolation" in window.end_events:
            kinds = join([STAYS_OPEN[kind] for kind in window.stays_open.contacts], "; ")
            if window.stays_open.contacts:
                yield 2, _("isolation does not end: {kinds}", kinds=self.marked(kinds, window.stays_open))
            else:
                yield 2, _("isolation ends every contact")
            yield from self.source(window.stays_open, 6)
        yield 2, _("a contact can expose others after exposure by: {time}", time=self.quantity(window.latent))
        yield from self.source(window.latent, 6)

    def other_lines(self, policy: Policy) -> Iterator[_Line]:
        yield 0, _("Deepest tier: {tiers}", tiers=self.quantity(policy.deepest_tier))
        yield from self.source(policy.deepest_tier, 6)
        yield 0, _("Stays in the air after leaving: {time}", time=self.quantity(policy.linger))
        yield from self.source(policy.linger, 6)
        yield 0, _("A visit without check-out is taken to last")
        yield from self.stay_lines(policy)
        if policy.quarantine:
            yield 0, _("Quarantine of contacts")
        for rule in policy.quarantine:
            yield 2, self.quarantine(rule)
            if rule.until is not None:
                yield 6, _("ends earlier if: {what}", what=rule.until.of)
            yield from self.source(rule, 6)
        if policy.prophylaxis:
            yield 0, _("What can still be given, counted from the first exposure")
        for given in policy.prophylaxis:
            within = self.beside(given.within, given)
            yield 2, self.marked(_("{what} within {time}", what=given.text.of, time=within), given)
            yield from self.source(given, 6)
        if policy.definitions:
            yield 0, _("Who is a case by this text (shown only: the status on record is used)")
        for definition in policy.definitions:
            yield 2, self.marked(join([f"[{definition.id}] ", definition.text.of], ""), definition)
            yield from self.source(definition, 6)
        if policy.notes:
            yield 0, _("Notes")
            yield from ((2, note.of) for note in policy.notes)
        yield 0, ""
        yield 0, self.open_points(policy)
        if policy.window.stays_open is ALL_STAY_OPEN:
            yield 0, OUR_READING

    def stay_lines(self, policy: Policy) -> Iterator[_Line]:
        """Yield the assumed lengths of stay, the kinds of place of equal length and grade on one line."""
        by_stay: dict[tuple[float, str, str], list[str]] = {}
        for kind, stay in sorted(policy.stays.items(), key=lambda item: (item[1].seconds, item[0])):
            by_stay.setdefault((stay.value, stay.unit, stay.grade), []).append(kind)
        for kinds in by_stay.values():
            yield 2, join([self.quantity(policy.stays[kinds[0]]), ": ", join(map(place_words, kinds), ", ")], "")

    def open_points(self, policy: Policy) -> Text:
        """Return how much of the rule nobody read in a text, and apart from it how many stays are assumed."""
        return _(
            "{n} of {total} rule items not verified; {stays} assumptions about lengths of stay.",
            n=len(policy.unverified()),
            total=len(policy.rule_items()),
            stays=policy.assumed_stays(),
        )


def _whom(rule: QuarantineRule) -> Text:
    """Return who follows a schedule of quarantine."""
    if rule.group == "source_finding":
        return _("met before the infectious window, to find the source")
    if rule.group == "arrival":
        levels = join([LEVELS[level] for level in rule.levels], ", ")
        return _("came from a unit whose epidemic is: {levels}", levels=levels)
    if rule.f1_class is not None:
        return _("F{tier} {f1_class}", tier=rule.tier, f1_class=F1_CLASSES[rule.f1_class])
    if rule.vaccinated is None or rule.doses is None:
        return _("F{tier}", tier=rule.tier)
    if rule.vaccinated:
        return _("F{tier} with at least {doses} or recovered", tier=rule.tier, doses=describe_quantity(rule.doses))
    return _("F{tier} all others", tier=rule.tier)
