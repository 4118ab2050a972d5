"""What is thin in the records and what is not known, in sentences with counts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tracing.report.facts import PageFacts
from tracing.report.first_screen import no_case
from tracing.text import Text, catalogue

_, _n = catalogue("tracing")


_CONTRADICTED: Final = {
    "question": _(
        "Ordered to stay at home before being found, but seen elsewhere: {n} (until the wrong record is corrected, the"
        " order interrupts the certain infectious time only)."
    ),
    "finding": _("Seen elsewhere during an isolation on record: {n} (to be looked into; it changes no tier)."),
}


def quality_sentences(facts: PageFacts) -> list[str]:
    """Return counts of what is missing in the records; one sentence that nothing is where nothing is."""
    return [facts.say(text) for text in _missing(facts)] or [facts.say(_("Nothing to report."))]


def _missing(facts: PageFacts) -> Iterator[Text]:
    records = facts.tiers.graph.records
    contacts, visits, cases = records.contacts, records.visits, records.cases
    dated = contacts["start"].notna() | contacts["end"].notna()
    by_day = contacts["start"].notna() & (contacts["start_to"] > contacts["start"]).fillna(False)
    undated, hour, checkout = int((~dated).sum()), int(by_day.sum()), int(visits["end"].isna().sum())
    onset, area = int(cases["onset"].isna().sum()), int(facts.commune.isna().sum())
    found = (
        (undated, _("{n} of {all} contacts have no date.", n=undated, all=len(contacts))),
        (hour, _("{n} of {all} contacts have a day but no hour.", n=hour, all=len(contacts))),
        (checkout, _("{n} of {all} visits have no check-out.", n=checkout, all=len(visits))),
        (onset, _("{n} of {all} cases have no onset.", n=onset, all=len(cases))),
        (
            facts.curve.undated,
            _("{n} of {all} cases have no date at all.", n=facts.curve.undated, all=facts.counts["cases"]),
        ),
        (area, _("{n} of {all} people listed have no known area.", n=area, all=len(facts.tiers.table))),
    )
    for n, text in found:
        if n:
            yield text
    stays = facts.tiers.contradicted_stays
    for severity, sentence in _CONTRADICTED.items():
        n = int(stays.loc[stays["severity"] == severity, "person"].nunique())
        if n:
            yield sentence.fill(n=n)


def unknown_sentences(facts: PageFacts) -> list[str]:
    """Return what is not known, the gravest first; each once."""
    counts = facts.counts
    out = [] if counts["cases"] else [facts.say(no_case(facts))]
    if counts["unsure"]:
        out.append(
            facts.say(
                _(
                    "{n} of {all} people listed are only possible, because an hour, a distance or another fact is"
                    " missing.",
                    n=counts["unsure"],
                    all=counts["listed"],
                )
            )
        )
    if counts["cases"] and not facts.isolated:
        out.append(
            facts.say(
                _(
                    "No isolation is on record, so every F1 and case counts as not isolated: places and beds are upper"
                    " bounds."
                )
            )
        )
    if counts["no_source"]:
        out.append(
            facts.say(
                _n(
                    "{n} case has no source on record: somebody who infected it has not been found.",
                    "{n} cases have no source on record: somebody who infected them has not been found.",
                    counts["no_source"],
                    n=counts["no_source"],
                )
            )
        )
    out += [facts.say(text) for text in facts.zones.unknowns]
    out.append(facts.say(_("The report knows what was loaded; lists that have not arrived are not in it.")))
    return list(dict.fromkeys(out))
