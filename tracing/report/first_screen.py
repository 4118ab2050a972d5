"""The leader's first screen: what happened, the map with the slider, what is needed tonight."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from tracing.report.facts import Facts
from tracing.report.markup import Markup, tag
from tracing.report.units import UnitMap, full_names
from tracing.text import say_day

_NEEDS: Final = ("posts", "samples", "places", "beds")


def title_of(facts: Facts) -> str:
    """Return the title of the page: where, if that is known."""
    return facts.words("title.place", place=facts.place) if facts.place else facts.words("title")


def told(facts: Facts) -> list[str]:
    """Return what happened, in at most three sentences with their figures."""
    records, words, counts = facts.tiers.graph.records, facts.words, facts.counts
    if not counts["cases"]:
        return [words("cases.none", people=len(facts.tiers.graph.columns.people), contacts=len(records.contacts))]
    return [_cases(facts), _traced(facts), _proposed(facts)]


def _cases(facts: Facts) -> str:
    words, counts, table = facts.words, facts.counts, facts.curve.table
    head = words("cases", n=counts["cases"]) if counts["cases"] > 1 else words("cases.one")
    if table.empty:
        parts = [f"{head} {words('cases.undated')}"]
    else:
        first, last = (say_day(int(at), facts.lang, facts.zone_name, year=_old(facts)) for at in
                       (table["day"].min(), table["day"].max()))  # fmt: skip
        span = words("cases.day", first=first) if first == last else words("cases.span", first=first, last=last)
        parts = [f"{head} {span}"]
    cases = facts.tiers.table.loc[facts.tiers.table["case"], "person"].astype(str)
    communes = facts.commune.reindex(cases).dropna().unique().tolist()
    if len(communes) == 1:
        parts[0] += f" {words('cases.commune', name=facts.area_name(communes[0]))}"
    elif communes:
        parts[0] += f" {words('cases.communes', n=len(communes))}"
    week = facts.week_cases()
    if len(table) > 7 and week:
        parts.append(words("cases.week", n=week))
    if counts["cases"] > 1 or counts["no_source"]:
        parts.append(
            words("cases.sources", n=counts["no_source"]) if counts["no_source"] else words("cases.sources.none")
        )
    return "; ".join(parts) + "."


def _old(facts: Facts) -> bool:
    """Tell whether the days of the cases need their year: there are several."""
    days = facts.curve.table["day"]
    return len({say_day(int(at), "en", facts.zone_name)[-4:] for at in (days.min(), days.max())}) > 1


def _traced(facts: Facts) -> str:
    counts = facts.counts
    if not counts["f1"]:
        return facts.words("listed.none")
    names = ("f1", "f1_possible", "f2", "f2_possible")
    return facts.words(
        "listed" if counts["f2"] else "listed.f1",
        due=counts["due"],
        term=facts.term,
        **{name: counts[name] for name in names},
    )


def _proposed(facts: Facts) -> str:
    zones, words = facts.zones, facts.words
    if zones.proposal is None:
        return zones.unknowns[0].say(facts.lang) if zones.unknowns else words("why.none")
    row: Any = zones.table.iloc[zones.proposal - 1]
    core = zones.core()
    if len(core) == 1:
        at = zones.units["unit"].tolist().index(core[0])
        units = words("units.one", name=full_names(facts)[at])
    else:
        units = words("units", n=len(core))
    people = "" if pd.isna(row["people"]) else f", {words('people.n', n=int(row['people']))}"
    share = round(100 * float(row["share"]))
    return words("zone", units=units, people=people, share=share, outside=100 - share)


def first_screen(facts: Facts, units: UnitMap) -> Markup:
    """Return the first screen; without a proposal only the sentences and the map."""
    words, policy = facts.words, facts.tiers.policy
    rule = words("rule", policy=f"{policy.id} ({policy.disease.of(facts.lang)})", as_of=facts.as_of_words)
    sentences = tag("div", [tag("p", sentence) for sentence in told(facts)], class_="told")
    steps = facts.steps
    notes = [*units.notes, words("no_order")] if steps else list(units.notes)
    note = tag("p", " ".join(notes), class_="note") if notes else None
    drawing = tag("figure", units.drawing, _key(facts) if steps else None, note, class_="units")
    parts: list[Markup] = [sentences]
    if steps:
        parts += [_slider(facts), drawing, _tonight(facts)]
    elif len(facts.zones.units):
        parts.append(drawing)
    head = tag("header", tag("h1", title_of(facts)), tag("p", rule, class_="note"))
    return tag(
        "section",
        head,
        parts,
        class_="first" if steps else "first plain" if len(facts.zones.units) else "first alone",
        id="first",
    )


def _key(facts: Facts) -> Markup:
    words = facts.words
    return tag(
        "figcaption",
        tag("span", tag("i", class_="swatch core"), words("core")),
        tag("span", tag("i", class_="swatch buffer"), words("buffer")),
        tag("span", tag("b", "3", class_="f0"), words("f0.here")),
        class_="key",
    )


def own_step(facts: Facts) -> dict[str, Any]:
    """Return the figures of the proposed step."""
    found: dict[str, Any] = next(s for s in facts.steps if s["step"] == facts.zones.proposal)
    return found


def _slider(facts: Facts) -> Markup:
    words, own = facts.words, own_step(facts)
    at = [step["step"] for step in facts.steps].index(own["step"])
    bar = tag(
        "div",
        tag("button", "−", type="button", id="narrower", aria_label=words("narrower"), title=words("narrower")),
        tag("input", type="range", id="step", min=0, max=len(facts.steps) - 1, value=at, step=1,
            aria_label=words("slider"), aria_describedby="step-name"),
        tag("button", "+", type="button", id="wider", aria_label=words("wider"), title=words("wider")),
        class_="bar",
    )  # fmt: skip
    name = tag(
        "p",
        tag("span", words("slider.step", step=own["step"], all=len(facts.zones.table)), id="step-name"), " · ",
        tag("span", words("slider.own"), id="step-own"),
        tag("button", words("slider.back"), type="button", id="back", hidden=True), class_="note step",
    )  # fmt: skip
    figures = tag("dl", [_figure(facts, key, own) for key in ("people", "share", "outside", "cut")], class_="four")
    return tag("div", tag("h3", words("slider")), bar, name, figures,
               tag("p", inside_detail(facts, own), id="detail", class_="note"), class_="slide")  # fmt: skip


def _figure(facts: Facts, key: str, step: dict[str, Any]) -> Markup:
    value = step[key]
    shown = "?" if value is None else facts.words.number(value, 0 if isinstance(value, int) else facts.digits(value))
    shown += " %" * (key in ("share", "outside"))
    return tag("div", tag("dd", shown, data_figure=key), tag("dt", facts.words(f"fig.{key}")))


def inside_detail(facts: Facts, step: dict[str, Any]) -> str:
    """Return units, households and buffer of a step as one line."""
    key = "inside.detail" if step["households"] is not None else "inside.nohouseholds"
    return facts.words(
        key, units=step["units"], households=step["households"], buffer=len(step["buffer"]),
        buffer_people="?" if step["buffer_people"] is None else step["buffer_people"],
    )  # fmt: skip


def _tonight(facts: Facts) -> Markup:
    words, own = facts.words, own_step(facts)
    gaps = {
        "posts": round(facts.zones.parameters.posts_per_unit.value), "samples": 0,
        "places": facts.counts["due"], "beds": facts.counts["free_cases"],
    }  # fmt: skip
    rows = [
        tag("div", tag("dd", "?" if own[key] is None else words.number(own[key]), data_figure=key),
            tag("dt", words(f"need.{key}"), tag("small", words(f"need.{key}.how", n=gaps[key], term=facts.term))))
        for key in _NEEDS
    ]  # fmt: skip
    return tag("div", tag("h3", words("tonight")), tag("dl", rows, class_="needs"), class_="tonight")
