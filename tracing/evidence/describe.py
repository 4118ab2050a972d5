"""Evidence in words: the finding first, then the path, then what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from tracing.evidence.answer import Evidence, Step
from tracing.model.columns import TableColumns
from tracing.model.places import KIND_WORDS, PLACE_WORDS
from tracing.policy.model import Clause
from tracing.policy.words import F1_CLASSES
from tracing.spelling import without_person
from tracing.text import Lines, Text, Words, catalogue, instant_words, join, meeting_words, plain_words, span_words
from tracing.tiers.contradictions import contradicted_stays
from tracing.times import EVER

_, _n = catalogue("tracing")

#: What a fact is called.
FACT_WORDS: Final[dict[str, Text]] = {
    "kind": _("the setting"),
    "place_kind": _("the kind of place"),
    "distance_m": _("the distance"),
    "closed_space": _("whether the space is closed"),
    "physical": _("whether they touched"),
    "protected": _("protective equipment"),
    "minutes": _("minutes together, or masks"),
    "seat_row": _("the seat rows"),
}
#: Why a time is not certain.
TIME_WORDS: Final[dict[str, Text]] = {
    "undated": _("the contact has no date"),
    "one_day": _("only the first or the last day of contact is known"),
    "no_checkout": _("no check-out time"),
    "day": _("the day is known, the hour is not"),
    "suspected": _("the case is only suspected"),
    "window": _("the infectious time is not certain"),
}
_DATES: Final = {"onset": _("onset {when}"), "sample": _("sample {when}"), "isolated": _("isolated {when}")}
_SHOWN: Final = 3
_NEEDED: Final[dict[tuple[str, str], Text]] = {
    ("kind", ""): _("the setting {kinds}"),
    ("place_kind", ""): _("a place of the kind {kinds}"),
    ("distance_m", ""): _("a distance of at most {n} m"),
    ("minutes", ""): _("at least {n} minutes together"),
    ("seat_row", ""): _("seats at most {n} rows apart"),
    ("closed_space", "yes"): _("a closed space"),
    ("physical", "yes"): _("that they touched"),
    ("protected", "no"): _("no protective equipment"),
}
_FLAGS: Final = {"yes": _("yes"), "no": _("no")}


def _after_isolation(evidence: Evidence, rows: TableColumns) -> Iterator[tuple[int, Words]]:
    """Yield the contacts with a case that its isolation kept from counting: on record, never denied."""
    for case, start, end, place in islice(rows.rows("case", "start", "end", "place"), _SHOWN):
        yield (
            2,
            _(
                "Met case {case} {when}, {place}, when it was isolated: not counted under {rule}; to be looked into.",
                case=case,
                when=meeting_words(start, end, _zone(evidence), year=True),
                place=describe_place(evidence, place),
                rule=evidence.tiers.policy.id,
            ),
        )


def _source_finding(evidence: Evidence, rows: TableColumns) -> Iterator[tuple[int, Words]]:
    """Yield the contacts by which the rule looks for a case's source."""
    for case, start, end in islice(rows.rows("case", "start", "end"), _SHOWN):
        yield (
            2,
            _(
                "Met case {case} {when}, before it was infectious: a contact for finding the source, no F1.",
                case=case,
                when=meeting_words(start, end, _zone(evidence), year=True),
            ),
        )


def _contradictions(evidence: Evidence, rows: TableColumns) -> Iterator[tuple[int, Words]]:
    """Yield the stays of this person, and of the case that begins the path, that other records contradict."""
    zone = _zone(evidence)
    first: dict[tuple[str, int], tuple[Any, ...]] = {}
    for row in rows.rows("person", "start", "seen_from", "seen_to", "place", "record", "severity"):
        first.setdefault(row[:2], row)
    for person, start, seen_from, seen_to, where, record, severity in islice(first.values(), _SHOWN):
        seen = span_words(seen_from, seen_to, zone, year=True)
        since, place = instant_words(start, zone), describe_place(evidence, where)
        told = {"person": person, "since": since, "seen": seen, "place": place, "record": record}
        yield 2, _QUESTION.fill(**told) if severity == "question" else _CONTRADICTED.fill(**told)


_QUESTION: Final = _(
    "Question: {person} was ordered to stay at home from {since}, but seen {seen}, {place} ({record}). Until the wrong"
    " record is corrected, the order interrupts the certain infectious time only."
)
_CONTRADICTED: Final = _(
    "{person} was in isolation from {since}, but seen {seen}, {place} ({record}): to be looked into; it changes no"
    " time."
)


def describe_evidence(evidence: Evidence, *, alone: bool) -> Lines:
    """Return the evidence as lines of text. Ids, places and times only: no names.

    With ``alone`` what stands beside the tiers is worked out for this person; else for everybody, once.
    """
    tiers, person = evidence.tiers, evidence.person
    people = {person, *(step.parent for step in evidence.path[:1])}
    if alone:
        (met, finding), stays = tiers.apart(person), contradicted_stays(tiers.spread, people)
    else:
        met, finding = (_of_people(tiers.columns(name), person) for name in ("met_after_isolation", "source_finding"))
        stays = _of_people(tiers.columns("contradicted_stays"), *people)
    answer = _listed(evidence) if evidence.listed else _unlisted(evidence, apart=bool(len(met) or len(finding)))
    return (
        *answer,
        *_after_isolation(evidence, met),
        *_source_finding(evidence, finding),
        *_contradictions(evidence, stays),
    )


def _of_people(rows: TableColumns, *people: str) -> TableColumns:
    return rows.take(rows.texts("person").says(*people))


def missing_fact(name: str) -> Text:
    """Return that the fact ``name`` is not recorded, in words."""
    return _("{fact} is not recorded", fact=FACT_WORDS[name])


def _zone(evidence: Evidence) -> str:
    return evidence.tiers.graph.records.zone


def describe_tiers(certain: int | None, possible: int | None) -> Text:
    """Return both tiers in words: "F2, certain", "F1 possible, F2 certain" …"""
    if possible is None:
        return _("not listed")
    if certain == possible:
        return _("F{tier}, certain", tier=possible)
    if certain is None:
        return _("F{tier}, possible", tier=possible)
    return _("F{possible}, possible; F{certain}, certain", possible=possible, certain=certain)


def _listed(evidence: Evidence) -> Iterator[tuple[int, Words]]:
    tiers = describe_tiers(evidence.tier_certain, evidence.tier_possible)
    if not evidence.path:
        yield 0, _("{person}: {tiers}", person=evidence.person, tiers=tiers)
        yield 2, _("a case; no exposure by another case is on record")
        if evidence.tier_certain is None:
            yield 0, _("Not certain because: {doubts}.", doubts=join(map(_doubt, _codes(evidence, ()))))
        return
    last = evidence.path[-1]
    exposed = span_words(last.begin, last.until + 1, _zone(evidence), year=True)
    yield 0, _("{person}: {tiers}, exposed {when}", person=evidence.person, tiers=tiers, when=exposed)
    if evidence.f1_class is not None:
        rule = evidence.tiers.policy.id
        told = F1_CLASSES[evidence.f1_class]
        yield 2, _("class of F1 by {rule}: {f1_class}; it changes the quarantine only", rule=rule, f1_class=told)
    if evidence.case:
        yield 2, _("a case that is also a contact of another case:")
    if evidence.path_possible:
        yield 2, _("F{tier}, possible:", tier=evidence.tier_possible)
        for depth, step in enumerate(evidence.path_possible):
            yield 3 + 3 * depth, join(["└ ", step.parent, " ", describe_step(evidence, step)], "")
        unsure = [_doubt(code) for code in _codes(evidence, evidence.path_possible)]
        yield 3, _("Not certain because: {doubts}.", doubts=join(unsure))
        yield 2, _("F{tier}, certain:", tier=evidence.tier_certain)
    yield 2, _case_line(evidence)
    for depth, step in enumerate(evidence.path):
        yield 3 + 3 * depth, join(["└ ", describe_step(evidence, step)], "")
    doubts = _doubts(evidence)
    if doubts:
        yield 0, _("Not certain because: {doubts}.", doubts=join(doubts))
    closing = [words for words in (_also(evidence), _undone(evidence), _then(evidence)) if words is not None]
    if closing:
        yield 0, join(closing, " ")


def _case_line(evidence: Evidence) -> Text:
    records, zone = evidence.tiers.graph.records, _zone(evidence)
    person = evidence.path[0].parent
    case = _of_people(records.columns("cases"), person).row(0)
    parts = []
    for column, dated in _DATES.items():
        if case[column] is not None:
            end = max(case[f"{column}_to"], case[column] + 1)
            parts.append(dated.fill(when=span_words(case[column], end, zone)))
    if evidence.window is not None:
        when, sure = span_words(*evidence.window, zone), evidence.window_certain
        if sure is None or sure == evidence.window:
            parts.append(_("infectious {when}", when=when))
        else:
            parts.append(_("infectious {when}, certainly {sure}", when=when, sure=span_words(*sure, zone)))
    code = "" if case["case_code"] in (None, person) else f" {case['case_code']}"
    named = f"{person}{code}"
    return _("case {person} ({facts})", person=named, facts=join(parts))


def describe_place(evidence: Evidence, place: str | None) -> Words:
    """Return a place by its name and area, its id where it has no name; a phrase where it is not known."""
    if place is None:
        return _("place not recorded")
    records = evidence.tiers.graph.records
    places, areas = records.columns("places"), records.columns("areas")
    known = places.take(places.texts("place").says(place))
    name, area = next(known.rows("name", "area"), (None, None))
    if name is None:
        return without_person(place)
    names = [] if area is None else areas.texts("name").take(areas.texts("area").says(area)).given()
    return ", ".join([without_person(name), *names[:1]])


def describe_step(evidence: Evidence, step: Step) -> Words:
    """Return one contact of the path: when, where, whom it made what, by which clause."""
    met = _(
        "{when}  {place}  → {person} is F{tier}",
        when=meeting_words(step.start, step.end, _zone(evidence)),
        place=describe_place(evidence, step.place),
        person=step.person,
        tier=step.tier,
    )
    if not step.clause:
        return met
    clause: Words = _clause_for(evidence.tiers.policy.clause(step.clause), step.tier)
    if step.verdict != "meets":
        clause = _("{clause}, not enough data", clause=clause)
    return join([met, "   [", step.clause, ": ", clause, "]"], "")


def _clause_for(clause: Clause, tier: int) -> Words:
    """Return a clause as it is read for a contact at ``tier``: a rule says "the case" of whoever exposed an F1."""
    if tier <= 1:
        return clause.text.of
    source = {"vi": ("ca bệnh", f"F{tier - 1}"), "en": ("the case", f"the F{tier - 1}")}
    return lambda lang: clause.text.of(lang).replace(*source[lang])


def _doubts(evidence: Evidence) -> list[Text]:
    if evidence.reading == "certain" and evidence.tier_certain == evidence.tier_possible:
        return []
    return [] if evidence.path_possible else [_doubt(code) for code in _codes(evidence, evidence.path)]


def _codes(evidence: Evidence, path: tuple[Step, ...]) -> list[str]:
    """Return what keeps a path from being certain; where nothing of its contacts does, the windows on it do."""
    begins = _of_people(evidence.tiers.graph.records.columns("cases"), path[0].parent if path else evidence.person)
    suspected = begins.texts("status").says("suspected").any()
    missing = [code for step in path for code in (*step.unknown, step.vague) if code]
    if suspected:
        missing = ["suspected", *(code for code in missing if code != "window")]
    return list(dict.fromkeys(missing)) or ["window"]


def _doubt(code: str) -> Text:
    return TIME_WORDS[code] if code in TIME_WORDS else missing_fact(code)


def _also(evidence: Evidence) -> Text | None:
    parents = list(dict.fromkeys(parent for parent, _contact in evidence.also if parent != evidence.path[-1].parent))
    more = len(evidence.also)
    if not more:
        return None
    if not parents:
        return _n("{n} more contact with the same person.", "{n} more contacts with the same person.", more, n=more)
    shown = ", ".join(parents[:3]) + (f" (+{len(parents) - 3})" if len(parents) > 3 else "")
    return _("Also F{tier} through {people}.", tier=evidence.path[-1].tier, people=shown)


def _undone(evidence: Evidence) -> Text | None:
    """Return what would take the person off the list; of a case, what would leave it no contact of another."""
    fact = _fact(evidence)
    if fact is None:
        return None
    if _is_case_anyway(evidence):
        return _("Would be no contact of another case if: {fact}.", fact=fact)
    return _("Would not be F{tier} if: {fact}.", tier=evidence.path[-1].tier, fact=fact)


def _is_case_anyway(evidence: Evidence) -> bool:
    """Tell whether neither tier is that of the path: a case is F0 whatever becomes of its contacts with others."""
    return len(evidence.path) not in (evidence.tier_certain, evidence.tier_possible)


def _fact(evidence: Evidence) -> Text | None:
    """Return the fact that would change the answer, as it would have to be."""
    change = evidence.change
    if change.kind == "isolation" and change.before is not None:
        if abs(change.before) >= EVER // 2:
            return _("{person} had been in isolation all the time", person=change.person)
        when = instant_words(change.before, _zone(evidence))
        return _("{person} was isolated before {when}", person=change.person, when=when)
    if change.kind == "contact":
        count = len(change.contacts)
        return _n("this contact had not taken place", "none of these {n} contacts took place", count, n=count)
    return None


def _then(evidence: Evidence) -> Text | None:
    """Return what the person would be then."""
    if evidence.otherwise is None or _is_case_anyway(evidence):
        return None
    certain, possible = evidence.otherwise
    if possible is None:
        return _("Would then not be listed.")
    return _("Would then be: {tiers}.", tiers=describe_tiers(certain, possible))


def _unlisted(evidence: Evidence, *, apart: bool) -> Iterator[tuple[int, Words]]:
    near, policy = evidence.near, evidence.tiers.policy
    yield 0, _("{person}: not listed under {rule}", person=evidence.person, rule=policy.id)
    if near is None:
        if not apart:
            yield 2, _("No contact with anybody whose contacts the rule follows is on record.")
            for step in evidence.others:
                yield 2, _met_other(evidence, step)
        return
    source = f"{near.parent} (F{near.tier - 1})"
    yield (
        2,
        _(
            "Nearest: met {source} {when}, {place}.",
            source=source,
            when=meeting_words(near.start, near.end, _zone(evidence), year=True),
            place=describe_place(evidence, near.place),
        ),
    )
    yield 2, _why_not(evidence, near)


def _met_other(evidence: Evidence, step: Step) -> Text:
    """Return a contact on record with somebody who could expose nobody, and why not."""
    own = _of_people(evidence.tiers.graph.records.columns("cases"), step.parent)
    discarded = own.texts("status").says("discarded").any()
    rule = evidence.tiers.policy.id
    if discarded:
        why = _("a case that was discarded, no F0")
    elif step.tier:
        why = _("F{tier}, but able to infect at no time under {rule}", tier=step.tier - 1, rule=rule)
    else:
        why = _("not listed under {rule} either", rule=rule)
    when = meeting_words(step.start, step.end, _zone(evidence), year=True)
    place = describe_place(evidence, step.place)
    return _("On record: met {person} {when}, {place}: {why}.", person=step.parent, when=when, place=place, why=why)


def _why_not(evidence: Evidence, near: Step) -> Text:
    change = evidence.change
    if change.kind == "immune":
        return _("This person is immune; the rule leaves immune people out.")
    if change.kind == "depth":
        return _("{person} is already at the deepest tier that the rule follows.", person=near.parent)
    if change.kind == "as_of":
        return _("That meeting lies after the time asked for.")
    window = span_words(change.opens or 0, change.closes or 0, _zone(evidence))
    if change.kind == "time":
        return _(
            "{person} was infectious {window} at most. Would be listed had they met then.",
            person=near.parent,
            window=window,
        )
    if not change.needs:
        return _("Was only at the same place; under this rule that alone is not a close contact.")
    needs = join(_needed(column, needed) for column, needed in change.needs)
    failed = _clause_words(evidence, change.clause, near.tier)
    if near.start < (change.closes or 0) and near.end > (change.opens or 0):
        return _("Fails [{clause}]. Would be listed if the record had {needs}.", clause=failed, needs=needs)
    told = _("Fails [{clause}]. Would be listed if the record had {needs}, {window}.")
    return told.fill(clause=failed, needs=needs, window=window)


def _clause_words(evidence: Evidence, clause: str | None, tier: int) -> Words:
    """Return the id of a clause and what it says for a contact at ``tier``."""
    if clause is None:
        return ""
    return join([clause, _clause_for(evidence.tiers.policy.clause(clause), tier)], ": ")


def _needed(column: str, needed: str) -> Words:
    """Return what a fact would have to be, as :class:`tracing.evidence.answer.Change` has it, in words."""
    known = _NEEDED.get((column, needed), _NEEDED.get((column, "")))
    if known is None:
        return _("{fact}: {needed}", fact=FACT_WORDS[column], needed=_FLAGS.get(needed, needed))
    names = KIND_WORDS if column == "kind" else PLACE_WORDS
    kinds = join((names.get(kind, kind) for kind in needed.split(" | ")), " / ")
    number = needed.removeprefix("<= ").removeprefix(">= ")
    return known.fill(kinds=kinds, n=plain_words(round(float(number), 2)) if number != needed else "")
