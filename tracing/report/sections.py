"""What the sections under the first screen show, for their templates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import pandas as pd

from tracing.chains.judge import REASONS
from tracing.curve import say_curve
from tracing.lists.apart import APART
from tracing.policy.describe import describe_policy
from tracing.report.facts import PageFacts
from tracing.report.quality import quality_sentences, unknown_sentences
from tracing.spelling import without_person
from tracing.text import Text, catalogue, say_day, say_meeting
from tracing.zones.describe import review_sentences
from tracing.zones.frontier_words import say_frontier

_, _n = catalogue("tracing")

_ALTERNATIVES: Final = 12
_FILES: Final = 40
_APART: Final = 200
_COLUMNS: Final = {
    "people": _("People"),
    "share": _("Risk inside"),
    "outside": _("Left outside"),
    "cut": _("Contacts cut/day"),
    "posts": _("Posts"),
}
_MADE: Final = {
    "as_of": _("As of"),
    "policy": _("Rule"),
    "policy_digest": _("Hash of the rule"),
    "inputs": _("Hash of the records"),
    "version": _("Version"),
    "cases": _("Cases asked for"),
    "smallest": _("Smallest unit"),
}
_LEVELS: Final = {
    "household": _("a household"),
    "group": _("a group of households"),
    "hamlet": _("a hamlet"),
    "commune": _("a commune"),
}


def options_view(facts: PageFacts, steps: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the frontier and its steps side by side; None without a frontier."""
    zones = facts.zones
    if not steps:
        return None
    by_step = {step["step"]: step for step in steps}
    near = [zones.proposal + d for d in (-1, 0, 1)] if zones.proposal is not None else []
    shown = sorted({s for s in (*zones.shown_steps(_ALTERNATIVES), *near) if s in by_step})
    table = zones.table.set_index("step")
    counted = zip(*(table.loc[shown, name].tolist() for name in ("units", "households")), strict=True)
    rows = [
        {
            "step": facts.number(at),
            "own": at == zones.proposal,
            "cells": [
                *("?" if pd.isna(n) else facts.number(n) for n in counts),
                *(by_step[at]["figures"][name] for name in _COLUMNS),
            ],
        }
        for at, counts in zip(shown, counted, strict=True)
    ]
    heads = [_("Step"), _("Units"), _("Households"), *_COLUMNS.values()]
    return {"finding": say_frontier(zones, facts.lang), "heads": heads, "rows": rows}


def curve_view(facts: PageFacts) -> dict[str, Any] | None:
    """Return the epidemic curve with its finding, and its numbers as a table; None without a case or a count."""
    curve = facts.curve
    if not facts.counts["cases"] and curve.counted.empty:
        return None
    finding = say_curve(curve, facts.lang)
    if curve.table.empty and curve.counted.empty:
        return {"finding": finding, "rows": []}
    by_day = (
        curve.table.assign(open=~curve.table["source_known"].fillna(True)).groupby("day")["open"].agg(["size", "sum"])
    ).join(curve.counted.set_index("day"), how="outer")
    heads = [_("Day"), _("Cases"), _("No known source"), *([] if curve.counted.empty else [_("Counted by lists")])]
    rows = [
        [say_day(int(at), facts.lang, facts.zone_name), *("" if pd.isna(n) else facts.number(int(n)) for n in numbers)]
        for at, *numbers in by_day.iloc[:, : len(heads) - 1].itertuples(name=None)
    ]
    note = " ".join(facts.say(note) for note in _curve_notes(facts))
    return {"finding": finding, "heads": heads, "rows": rows, "note": note}


def _curve_notes(facts: PageFacts) -> Iterator[Text]:
    curve = facts.curve
    if len(curve.table):
        yield _("By onset; by sample or confirmation where the onset is not known.")
    if curve.undated:
        yield _n(
            "{n} case without any date is not shown.",
            "{n} cases without any date are not shown.",
            curve.undated,
            n=curve.undated,
        )
    if curve.delay:
        yield _("Grey: most cases with onset in the last {n} days are not found yet.", n=curve.delay)
    if len(curve.counted):
        yield _("Cases that lists only count are nobody's tier; the same people may stand among the cases on record.")
    if curve.counted_apart:
        yield _n(
            "{n} count without a day, or from the beginning of the outbreak, is not shown.",
            "{n} counts without a day, or from the beginning of the outbreak, are not shown.",
            curve.counted_apart,
            n=curve.counted_apart,
        )


def apart_view(facts: PageFacts) -> list[dict[str, Any]]:
    """Return the contacts that are listed apart, each kind with its rows: person, case, when, place, row on record."""
    tiers = facts.tiers
    kinds = ((getattr(tiers, name), *told) for name, told in APART.items())
    names = tiers.graph.records.places.dropna(subset="name").set_index("place")["name"].to_dict()
    return [
        {
            "title": title,
            "note": note,
            "more": max(len(table) - _APART, 0),
            "rows": [_apart_row(facts, row, names) for row in table.head(_APART).to_dict("records")],
        }
        for table, title, note in kinds
        if len(table)
    ]


def _apart_row(facts: PageFacts, row: dict[Any, Any], names: dict[Any, Any]) -> tuple[str, ...]:
    when = say_meeting(int(row["start"]), int(row["end"]), facts.lang, facts.zone_name)
    place = "" if pd.isna(row["place"]) else str(names.get(row["place"], row["place"]))
    place = place if facts.show_names else without_person(place)
    origin = [row.get(name) for name in ("source_file", "source_sheet", "source_row")]
    told = " · ".join(str(part) for part in origin if part is not None and not pd.isna(part))
    return facts.shown(str(row["person"])), facts.shown(str(row["case"])), when, place, told


def lists_view(facts: PageFacts) -> list[tuple[str, ...]]:
    """Return who is listed by commune, as counts: name, F0, F1, F2, F3 and deeper, F1 to isolate.

    The last is empty where the rule has days of quarantine for none of the commune's F1.
    """
    table = facts.tiers.table
    commune = [None if pd.isna(code) else str(code) for code in facts.commune.tolist()]
    people = table["person"].astype(str).tolist()
    tier = table["tier_possible"].to_numpy(dtype=object)
    counts: dict[str | None, Counter[str]] = {}
    for code, t, person in zip(commune, tier, people, strict=True):
        row = counts.setdefault(code, Counter())
        row[f"F{min(int(t), 3)}"] += 1
        row["free"] += int(person in facts.due)
        row["ruled"] += int(facts.quarantine.get(person) is not None)
    order = sorted(counts, key=lambda c: (-counts[c]["free"], -counts[c]["F0"], -counts[c]["F1"], c is None, str(c)))
    return [
        (
            facts.area_name(c),
            *(facts.number(counts[c][k]) for k in ("F0", "F1", "F2", "F3")),
            facts.number(counts[c]["free"]) if counts[c]["ruled"] or not counts[c]["F1"] else "",
        )
        for c in order
    ]


def quality_view(facts: PageFacts, findings: pd.DataFrame | None) -> dict[str, Any]:
    """Return what is wrong or thin in the records: counts, faulty links, the findings of loading."""
    links = [f"{facts.number(n)} × {facts.say(REASONS[code][1])} [{code}]" for code, n in facts.chains.counts().items()]
    load: list[str] = []
    if findings is not None and len(findings):
        message, keys = f"message_{facts.lang}", ["severity", "code", "file"]
        grouped = Counter(zip(*(findings[key].astype(str) for key in keys), strict=True))
        example = findings.astype(dict.fromkeys(keys, str)).drop_duplicates(keys).set_index(keys)[message]
        load = [f"{facts.number(n)} × {example[key]} ({key[2]}) [{key[1]}]" for key, n in grouped.most_common(40)]
    return {"sentences": quality_sentences(facts), "links": links, "load": load}


def unknown_view(facts: PageFacts) -> dict[str, Any]:
    """Return what is not known, and when to look again."""
    review = [] if facts.zones.proposal is None else [facts.say(text) for text in review_sentences(facts.zones)]
    return {"sentences": unknown_sentences(facts), "review": review}


def method_view(facts: PageFacts) -> dict[str, Any]:
    """Return the rule and the numbers behind risk and zones: (name, value with unit, source, whether verified)."""
    zones = facts.zones
    numbers = [*zones.risk.parameters.named(), *zones.parameters.named()]
    rows = []
    for name, q in numbers:
        digits = 0 if q.value == int(q.value) else 4 if abs(q.value) < 0.01 else 2
        rows.append((name, f"{facts.number(q.value, digits)} {'' if q.unit == '1' else q.unit}", q.source, q.verified))
    return {
        "id": facts.tiers.policy.id,
        "rule": describe_policy(facts.tiers.policy, lang=facts.lang),
        "numbers": rows,
    }


def made_view(facts: PageFacts) -> list[tuple[Any, str]]:
    """Return what the page was made from."""
    made = dict(facts.zones.provenance) | dict(facts.tiers.provenance)
    made |= {"as_of": facts.as_of_words, "cases": _cases_asked(made.get("cases"), facts)}
    made["smallest"] = facts.say(_LEVELS[facts.zones.parameters.smallest])
    rows: list[tuple[Any, str]] = [(text, str(made[key])) for key, text in _MADE.items() if made.get(key)]
    files = sorted(
        {
            name
            for frame in facts.tiers.graph.records.tables.values()
            for name in frame["source_file"].dropna().unique().tolist()
        }
    )
    if files:
        told = ", ".join(str(name) for name in files[:_FILES])
        rows.append((_("Source files"), told + (f" … (+{len(files) - _FILES})" if len(files) > _FILES else "")))
    return rows


def _cases_asked(asked: Any, facts: PageFacts) -> str:
    return facts.say(_("all of them")) if asked in (None, "", "all") else str(asked)


SECTIONS: Final[dict[str, Callable[[PageFacts], Any]]] = {
    "curve": curve_view,
    "lists": lists_view,
    "unknown": unknown_view,
    "method": method_view,
    "made": made_view,
}
"""Sections that are read from the facts alone, by the name of their template; ``page.html`` says where each stands."""
