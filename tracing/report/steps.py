"""The steps of the slider: every figure and sentence that stands beside it, in words already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from tracing.report.facts import PageFacts
from tracing.report.units import full_names
from tracing.text import Text, catalogue

_, _n = catalogue("tracing")

_SHOWN: Final = 60
FIGURES: Final = ("people", "share", "outside", "cut", "posts", "samples", "places", "beds")


def find_steps(facts: PageFacts) -> list[dict[str, Any]]:
    """Return the steps, narrowest first: ``step``, ``name``, ``told``, ``detail``, ``figures``, ``buffer``.

    ``figures`` are texts by name; a figure that is not known is "?". ``buffer`` holds rows of ``zones.units``.
    """
    zones = facts.zones
    if zones.table.empty:
        return []
    row_of = {str(unit): row for row, unit in enumerate(zones.units["unit"])}
    enters = zones.units["enters"]
    free = facts.due | facts.unruled
    by_unit = facts.count_by_unit(free)
    names = full_names(facts)
    out = []
    for step in zones.shown_steps(_SHOWN):
        row: dict[Any, Any] = zones.table.iloc[[step - 1]].to_dict("records")[0]
        core = [row_of[unit] for unit in zones.core(step)]
        around = [row_of[unit] for unit in zones.buffer(step)]
        outside = len(free) - int(by_unit[(enters <= step).fillna(False).to_numpy(dtype=bool)].sum())
        name = names[core[0]] if len(core) == 1 else None
        out.append(
            {
                "step": step,
                "name": facts.say(_("step {step} of {all}", step=step, all=len(zones.table))),
                "told": told(facts, row, name),
                "detail": detail(facts, row, around),
                "figures": _figures(facts, row, outside),
                "buffer": around,
            }
        )
    return out


def told(facts: PageFacts, row: dict[Any, Any], name: str | None) -> str:
    """Return what closing the zone of one step means, as a sentence; ``name`` of its only unit."""
    n = int(row["units"])
    units: Text | str = _n("{n} unit", "{n} units", n, n=n) if name is None else name
    share = round(100 * float(row["share"]))
    gaps = {"units": units, "share": share, "outside": 100 - share}
    own = row["step"] == facts.zones.proposal
    if pd.isna(row["people"]):
        own_text = _(
            "Proposed: close {units}. That holds {share} % of the risk of infected people not yet found and leaves"
            " {outside} % outside. How many people live there is not on record.",
            **gaps,
        )
        text = _(
            "Closing {units} would hold {share} % of the risk of infected people not yet found and leave {outside} %"
            " outside. How many people live there is not on record.",
            **gaps,
        )
        return facts.say(own_text if own else text)
    people = _n("{n} person", "{n} people", int(row["people"]), n=int(row["people"]))
    own_text = _(
        "Proposed: close {units}, {people}. That holds {share} % of the risk of infected people not yet found and"
        " leaves {outside} % outside.",
        people=people,
        **gaps,
    )
    text = _(
        "Closing {units}, {people}, would hold {share} % of the risk of infected people not yet found and leave"
        " {outside} % outside.",
        people=people,
        **gaps,
    )
    return facts.say(own_text if own else text)


def detail(facts: PageFacts, row: dict[Any, Any], around: Sequence[int]) -> str:
    """Return units, households and buffer of a step as one line; only what is known."""
    parts = [_n("{n} unit", "{n} units", int(row["units"]), n=int(row["units"]))]
    if not pd.isna(row["households"]):
        parts.append(_n("{n} household", "{n} households", int(row["households"]), n=int(row["households"])))
    people = facts.zones.units["people"].iloc[list(around)].sum(skipna=False) if around else 0
    parts.append(_n("buffer of {n} unit", "buffer of {n} units", len(around), n=len(around)))
    if around and not pd.isna(people):
        parts.append(_n("{n} person in it", "{n} people in it", int(people), n=int(people)))
    return ", ".join(facts.say(part) for part in parts)


def _figures(facts: PageFacts, row: dict[Any, Any], outside: int) -> dict[str, str]:
    share = round(100 * float(row["share"]))
    known = not pd.isna(row["people"])
    numbers = {
        "people": int(row["people"]) if known else None,
        "posts": None if pd.isna(row["posts"]) else int(row["posts"]),
        "samples": int(row["people"]) + max(outside, 0) if known else None,
        "places": facts.places_needed,
        "beds": facts.counts["free_cases"],
    }
    out = {name: "?" if value is None else facts.number(value) for name, value in numbers.items()}
    cut = float(row["contacts_cut"])
    return out | {
        "share": f"{facts.number(share)}\u00a0%",
        "outside": f"{facts.number(100 - share)}\u00a0%",
        "cut": facts.number(cut, 1 if cut < 100 else 0),
    }
