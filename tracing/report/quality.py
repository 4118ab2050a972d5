"""What is thin in the records and what is not known, in sentences with counts."""

from __future__ import annotations

from collections.abc import Iterator

from tracing.report.facts import Facts


def quality_sentences(facts: Facts) -> list[str]:
    """Return counts of what is missing in the records; one sentence that nothing is where nothing is."""
    return list(_missing(facts)) or [facts.words("quality.none")]


def _missing(facts: Facts) -> Iterator[str]:
    records, words = facts.tiers.graph.records, facts.words
    contacts, visits, cases = records.contacts, records.visits, records.cases
    dated = contacts["start"].notna() | contacts["end"].notna()
    by_day = contacts["start"].notna() & (contacts["start_to"] > contacts["start"]).fillna(False)
    counts = (
        ("q.undated", int((~dated).sum()), len(contacts)),
        ("q.hour", int(by_day.sum()), len(contacts)),
        ("q.checkout", int(visits["end"].isna().sum()), len(visits)),
        ("q.onset", int(cases["onset"].isna().sum()), len(cases)),
        ("q.nodate", facts.curve.undated, facts.counts["cases"]),
        ("q.area", int(facts.commune.isna().sum()), len(facts.tiers.table)),
    )
    for key, n, whole in counts:
        if n:
            yield words(key, n=n, all=whole) + "."


def unknown_sentences(facts: Facts) -> list[str]:
    """Return what is not known, the gravest first; each once."""
    counts, words = facts.counts, facts.words
    out = [] if counts["cases"] else [words("cases.none", people=len(facts.tiers.graph.columns.people),
                                            contacts=len(facts.tiers.graph.records.contacts))]  # fmt: skip
    if counts["unsure"]:
        out.append(words("unknown.possible", n=counts["unsure"], all=counts["listed"]))
    if counts["cases"] and not facts.isolated:
        out.append(words("unknown.isolation"))
    if counts["no_source"]:
        out.append(words("unknown.sources", n=counts["no_source"]))
    out += [text.say(facts.lang) for text in facts.zones.unknowns]
    return list(dict.fromkeys([*out, words("unknown.lists")]))
