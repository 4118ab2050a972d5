"""What the frontier of zones shows, as a sentence; in what the size of a zone is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracing.text import Text, catalogue, say

if TYPE_CHECKING:
    from tracing.zones.zones import Zones

_, _n = catalogue("tracing")


def say_frontier(zones: Zones, lang: str) -> str:
    """Return what the frontier shows, as a sentence: how far the proposal goes, and what the rest would cost."""
    if zones.table.empty or zones.proposal is None:
        return say(zones.unknowns[0], lang) if zones.unknowns else _("Nothing to close.").say(lang)
    last, own = zones.table.iloc[-1], zones.table.iloc[zones.proposal - 1]
    share = round(100 * float(own["share"]))
    what = measure_of(zones)
    inside = size_words(int(own[what]), what)
    if zones.proposal == len(zones.table):
        return _("{inside} hold {share} % of the risk; no step is wider.", inside=inside, share=share).say(lang)
    return _(
        "{inside} hold {share} % of the risk; the next {rest} % would take {more} more.",
        inside=inside,
        share=share,
        rest=round(100 * float(last["share"] - own["share"])),
        more=size_words(int(last[what] - own[what]), what),
    ).say(lang)


def size_words(count: int, what: str) -> Text:
    """Return the size of a zone in words: so many people, or units."""
    if what == "people":
        return _n("{n} person", "{n} people", count, n=count)
    return _n("{n} unit", "{n} units", count, n=count)


def measure_of(zones: Zones) -> str:
    """Return what the size of a zone is counted in: people, units where a population is not known."""
    return "units" if zones.table["people"].isna().any() else "people"
