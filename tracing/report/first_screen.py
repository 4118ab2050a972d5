"""The leader's first screen: what happened, the map with the slider, what is needed tonight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from tracing.policy.words import F1_CLASSES
from tracing.report.facts import PageFacts
from tracing.text import Text, catalogue, join, say_day

_, _n = catalogue("tracing")

_FIGURES: Final = {
    "people": _("people inside"),
    "share": _("of the risk inside"),
    "outside": _("of the risk left outside"),
    "cut": _("contacts cut a day"),
}


def title_of(facts: PageFacts) -> str:
    """Return the title of the page: where, if that is known."""
    return facts.say(_("Outbreak in {place}", place=facts.place) if facts.place else _("Contact tracing report"))


def told(facts: PageFacts) -> list[str]:
    """Return what happened: the cases, and who was traced. The third sentence is the slider's."""
    if not facts.counts["cases"]:
        return [facts.say(no_case(facts))]
    return [_cases(facts), _traced(facts)]


def no_case(facts: PageFacts) -> Text:
    """Return that there is no case, and what there is."""
    return _(
        "There is no case on record, so nobody to trace. On record are {people} people and {contacts} contacts.",
        people=len(facts.tiers.graph.columns.people),
        contacts=len(facts.tiers.graph.records.contacts),
    )


def _cases(facts: PageFacts) -> str:
    counts, table = facts.counts, facts.curve.table
    parts: list[Text] = []
    head = _n("{n} case", "{n} cases", counts["cases"], n=counts["cases"])
    if table.empty:
        when = _("without a date")
    else:
        first, last = (
            say_day(int(at), facts.lang, facts.zone_name, year=_old(facts))
            for at in (table["day"].min(), table["day"].max())
        )
        when = _("on {first}", first=first) if first == last else _("from {first} to {last}", first=first, last=last)
    cases = facts.tiers.table.loc[facts.tiers.table["case"], "person"].astype(str)
    communes = facts.commune.reindex(cases).dropna().unique().tolist()
    words = [head, when]
    if len(communes) == 1:
        words.append(_("in {name}", name=facts.area_name(communes[0])))
    elif communes:
        words.append(_("in {n} communes", n=len(communes)))
    begin = " ".join(facts.say(word) for word in words)
    if counts["cases_possible"] == counts["cases"]:
        parts.append(_n("only suspected", "all of them only suspected", counts["cases"]))
    elif counts["cases_possible"]:
        parts.append(
            _n(
                "{n} of them only suspected",
                "{n} of them only suspected",
                counts["cases_possible"],
                n=counts["cases_possible"],
            )
        )
    week = facts.week_cases()
    if len(table) > 7 and week:
        parts.append(_("{n} in the last seven days", n=week))
    if counts["no_source"]:
        parts.append(_("{n} without a known source", n=counts["no_source"]))
    elif counts["cases"] > 1:
        parts.append(_("all have a source on record"))
    return "; ".join([begin, *(facts.say(part) for part in parts)]) + "."


def _old(facts: PageFacts) -> bool:
    """Tell whether the days of the cases need their year: there are several."""
    days = facts.curve.table["day"]
    return len({say_day(int(at), "en", facts.zone_name)[-4:] for at in (days.min(), days.max())}) > 1


def _traced(facts: PageFacts) -> str:
    """Return who was traced, in sentences that can be read aloud: no figure in brackets, nothing that is zero."""
    counts = facts.counts
    if not counts["f1"]:
        return facts.say(_("No contact on record makes an F1: not asked yet, lists not arrived, or truly none."))
    found = [_found(counts["f1"], counts["f1_possible"], "F1"), _found(counts["f2"], counts["f2_possible"], "F2")]
    first = _("Traced: {one} and {two}.", one=found[0], two=found[1])
    if not counts["f2"]:
        first = _("Traced: {one}; no F2 on record yet.", one=found[0])
    due, second = counts["due"], None
    if due:
        second = _n(
            "{n} F1 {term}has no isolation on record.",
            "{n} F1 {term}have no isolation on record.",
            due,
            n=due,
            term=facts.term,
        )
    elif facts.no_days is None:
        second = _("Every F1 who has to be is isolated on record.")
    sentences = [first, _classes(facts), second, facts.no_days]
    return " ".join(facts.say(sentence) for sentence in sentences if sentence is not None)


def _classes(facts: PageFacts) -> Text | None:
    """Return how many F1 are near and far, where the rule tells them apart."""
    counts = facts.tiers.table["f1_class"].value_counts()
    known = [
        _("{f1_class}: {n}", f1_class=words, n=int(counts[code]))
        for code, words in F1_CLASSES.items()
        if code in counts
    ]
    return _("F1 by class: {classes}.", classes=join(known)) if known else None


def _found(n: int, possible: int, tier: str) -> Text:
    if not possible:
        return _("{n} {tier}", n=n, tier=tier)
    if possible == n:
        return _n("{n} {tier}, only possible", "{n} {tier}, all of them only possible", n, n=n, tier=tier)
    return _n(
        "{n} {tier}, {m} of them only possible",
        "{n} {tier}, {m} of them only possible",
        possible,
        n=n,
        tier=tier,
        m=possible,
    )


def no_zone(facts: PageFacts) -> str:
    """Return why there is no proposal."""
    unknowns = facts.zones.unknowns
    return facts.say(unknowns[0] if unknowns else _("No unit is in the core."))


def first_view(facts: PageFacts, steps: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return what the template of the first screen shows; without ``steps`` only the sentences and the map."""
    policy, zones = facts.tiers.policy, facts.zones
    view: dict[str, Any] = {
        "title": title_of(facts),
        "rule": _(
            "Rule {policy} ({disease}) · as of {as_of}",
            policy=policy.id,
            disease=facts.say(policy.disease),
            as_of=facts.as_of_words,
        ),
        "told": told(facts),
        "own": None,
        "zone": None,
        "has_units": bool(len(zones.units)),
    }
    if not steps:
        return view | {"zone": no_zone(facts) if facts.counts["cases"] else None}
    at = next(number for number, step in enumerate(steps) if step["step"] == zones.proposal)
    own = steps[at]
    return view | {
        "zone": own["told"],
        "own": own,
        "at": at,
        "most": len(steps) - 1,
        "figures": [(name, own["figures"][name], text) for name, text in _FIGURES.items()],
        "needs": [(name, own["figures"][name], text, how) for name, (text, how) in _needs(facts).items()],
        "unknown_people": bool(zones.table["people"].isna().any()),
    }


def _asked(facts: PageFacts) -> Text:
    """Return what stands behind the number of places, or why there is no number."""
    counted = _("{n} F1 (possible ones too) {term}have no isolation on record.", n=len(facts.due), term=facts.term)
    if facts.no_days is None:
        return counted
    return facts.no_days if facts.places_needed is None else _("{one} {two}", one=counted, two=facts.no_days)


def _needs(facts: PageFacts) -> dict[str, tuple[Text, Text]]:
    return {
        "posts": (
            _("posts, at most"),
            _(
                "Pairs of units that meet and are parted by the line, at most {n} posts per unit.",
                n=round(facts.zones.parameters.posts_per_unit.value),
            ),
        ),
        "samples": (
            _("samples"),
            _(
                "Everybody inside the core, and F1 outside it not isolated yet. In pools of five: a fifth as many"
                " tests."
            ),
        ),
        "places": (
            _("quarantine places"),
            _asked(facts),
        ),
        "beds": (
            _("treatment beds"),
            _n(
                "{n} case without an isolation on record; cases still to be found are not counted.",
                "{n} cases without an isolation on record; cases still to be found are not counted.",
                facts.counts["free_cases"],
                n=facts.counts["free_cases"],
            ),
        ),
    }
