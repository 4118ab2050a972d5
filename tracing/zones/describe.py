"""What a zone proposal says in words: what is not known, when to look again, when to lift, why a unit is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Protocol

import pandas as pd

from tracing.model.places import KIND_WORDS
from tracing.risk.score import Risk
from tracing.text import Text, catalogue, day_words, say_number
from tracing.tiers.tiers import Tiers
from tracing.times import EVER
from tracing.zones.parameters import ZoneParameters
from tracing.zones.units import NOT_PLACED, Links, Units

_, _n = catalogue("tracing")

_HCMC: Final = "danviet.vn 20210705134136944"
_LIFT: Final = "suckhoedoisong.vn 169198478"
_LESSON: Final = "doanhnghiepvn.vn 20210914082221653"


class Proposal(Protocol):
    """What the sentences are about: a frontier of zones and what it was drawn from."""

    @property
    def table(self) -> pd.DataFrame:
        """The frontier, one row per step."""

    @property
    def units(self) -> pd.DataFrame:
        """One row per unit."""

    @property
    def unplaced(self) -> float:
        """Risk of people whose unit is not known."""

    @property
    def parameters(self) -> ZoneParameters:
        """The numbers of the proposal."""

    @property
    def risk(self) -> Risk:
        """The risk of the listed people."""

    @property
    def links(self) -> Links:
        """Contacts between units."""

    @property
    def tiers(self) -> Tiers:
        """Who is listed."""


def review_sentences(zones: Proposal) -> tuple[Text, ...]:
    """Return when the zone is looked at again and when it may be lifted, each with its source."""
    out = [
        _(
            "At the first test results: if all are negative and every F1 has been taken to quarantine, consider"
            " narrowing at once; with a new case, investigate everything again ({hcmc}).",
            hcmc=_HCMC,
        )
    ]
    days = zones.parameters.review_day
    if zones.tiers.as_of < EVER // 2:
        number, date = (
            round(days.value),
            day_words(zones.tiers.as_of - 1 + days.seconds, zones.tiers.graph.records.zone),
        )
        out.append(
            _(
                "Day {number}, that is {date} if it is drawn today: not lifted before, longer if needed ({hcmc}).",
                number=number,
                date=date,
                hcmc=_HCMC,
            )
        )
    out.append(
        _(
            "Lifted in parts: low risk first, very high last; houses with an F1 or F0 stay supervised afterwards"
            " ({lift}). Lifting is not a proof: a buffer household held 14 days with 3 negative samples was positive"
            " afterwards ({lesson}).",
            lift=_LIFT,
            lesson=_LESSON,
        )
    )
    return tuple(out)


def unknown_sentences(zones: Proposal, units: Units) -> tuple[Text, ...]:
    """Return what the proposal does not know, one sentence each, the gravest first; empty where nothing is missing."""
    return (*_no_frontier(zones, units), *_people(zones, units), *_unit_facts(zones), *_contacts(zones))


def _no_frontier(zones: Proposal, units: Units) -> Iterator[Text]:
    cases = int(zones.tiers.table["case"].sum())
    if cases == 0:
        yield _("There is no case on record, so there is nothing to draw a line around.")
    elif len(units) == 0:
        yield _("Nobody's place is known: no hamlet, group or commune of anybody is on record.")
    elif zones.table.empty:
        yield _(
            "No unit is at risk: cases and contacts are long past, were taken to quarantine, or have no known home."
        )
    if cases == 1:
        yield _("There is one case only: every figure rests on what one person told.")
    if cases and len(units) and zones.risk.table.empty:
        yield _("No contact around the cases is on record: the line rests on where cases live and went, nothing else.")
    if len(units) == 1:
        yield _("Everybody is in one unit: nothing narrower can be chosen; groups or hamlets are needed.")


def _people(zones: Proposal, units: Units) -> Iterator[Text]:
    at = zones.tiers.graph.positions(zones.tiers.table["person"])
    lost = units.of_person[at] == NOT_PLACED
    coarse = units.too_coarse[at]
    case = zones.tiers.table["case"].to_numpy(dtype=bool)
    if len(units) and (lost & ~coarse).any():
        yield _(
            "{n} listed people ({c} of them cases) live nobody knows where and are in no unit.",
            n=int((lost & ~coarse).sum()),
            c=int((lost & ~coarse & case).sum()),
        )
    if coarse.any():
        yield _(
            "{n} listed people ({c} of them cases) are known by a wider area only, where smaller units are known for"
            " others: they are in no unit, and no whole commune is closed for them.",
            n=int(coarse.sum()),
            c=int((coarse & case).sum()),
        )
    whole = float(zones.units["expected"].sum()) + zones.unplaced
    if len(units) and zones.unplaced >= 0.005 * whole > 0:
        yield _(
            "{share} % of the risk belongs to people whose place is not known.",
            share=round(100 * zones.unplaced / whole),
        )


def _unit_facts(zones: Proposal) -> Iterator[Text]:
    units = zones.units
    inside = units[units["enters"].notna()]
    communes = inside[inside["level"].fillna("commune") == "commune"]
    if len(communes) and zones.parameters.smallest != "commune":
        yield _(
            "In {n} communes nothing smaller is known: there the unit is the whole commune. Hamlets or groups of the"
            " listed people are needed.",
            n=len(communes),
        )
    named = inside[inside["level"].fillna("") != "household"]
    missing = int(named["people"].isna().sum())
    if missing:
        yield _(
            "Of {all} units, {n} have no population on record: people, samples and posts of a zone that holds one"
            " are not known. Their populations are needed (column population of the list of areas).",
            n=missing,
            all=len(named),
        )
    unknown = int(inside["households"].isna().sum())
    if unknown:
        yield _("The number of households of {n} units is not known.", n=unknown)


def _contacts(zones: Proposal) -> Iterator[Text]:
    links = zones.links
    if len(zones.units) > 1 and not len(links.rate):
        yield _("No contact between units is on record: each unit is judged alone.")
    if links.assumed:
        yield _("No contact between units is on record: units near each other are assumed to meet.")
    if links.hubs:
        yield _(
            "{n} days of places with visitors from over 500 units are left out of the contacts between units.",
            n=links.hubs,
        )
    open_points = len(zones.risk.parameters.unverified()) + len(zones.parameters.unverified())
    if not zones.table.empty:
        yield _(
            "{n} numbers behind risk and zones are assumptions or not checked against their source: the figures"
            " compare units with each other and are no forecast.",
            n=open_points,
        )


def null_reasons(zones: Proposal) -> dict[str, Text]:
    """Return why numbers are null in JSON, by name."""
    out = {
        name: _(
            "Not calibrated: the risk ranks people and units and gives shares; how many infections that is, is not"
            " known."
        )
        for name in ("captured", "residual", "expected", "unplaced")
    }
    if zones.units["people"].isna().any():
        for name in ("people", "posts"):
            out[name] = _("A unit inside has no population on record; people on a list are not those who live there.")
    return out


def reason_sentence(zones: Proposal, reason: Mapping[Any, Any], lang: str, *, shown: Callable[[str], str] = str) -> str:
    """Return why one person counts in a unit; ``shown`` writes a person's id."""
    person = shown(reason["person"])
    share = f"{say_number(100 * float(reason['share']), lang)} %"
    if int(reason["tier"]) == 0:
        return _("{person}, F0: what lists usually miss around this case ({share})", person=person, share=share).say(
            lang
        )
    kind = reason["kind"] if isinstance(reason["kind"], str) else "other"
    hours = reason["hours"]
    return _(
        "{person}, F{tier}: {kind}, {hours} h, chain from case {case} ({share})",
        person=person,
        tier=int(reason["tier"]),
        kind=KIND_WORDS[kind],
        hours="" if pd.isna(hours) else say_number(float(hours), lang, digits=int(hours < 10)),
        case=shown(reason["case"]) if isinstance(reason["case"], str) else "?",
        share=share,
    ).say(lang)


def step_figures(zones: Proposal, step: int, lang: str) -> dict[str, str]:
    """Return the figures of one step as people read them, "?" for what is not known."""
    row: dict[Any, Any] = zones.table.iloc[[step - 1]].to_dict("records")[0]
    counted = ("units", "people", "households", "posts")
    whole = {k: "?" if pd.isna(row[k]) else say_number(int(row[k]), lang) for k in counted}
    return whole | {
        "step": str(step),
        "contacts_cut": say_number(float(row["contacts_cut"]), lang, digits=1),
        "share": f"{say_number(100 * float(row['share']), lang)} %",
        "outside": f"{say_number(100 - round(100 * float(row['share'])), lang)} %",
    }
