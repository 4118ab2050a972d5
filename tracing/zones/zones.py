"""Where to draw the line: a nested frontier of zones, from the narrowest to the widest, with what each one means.

For every unit ``h`` the expected number of infected people who are not found, ``b_h``, comes from the risk of the
people who live there (:mod:`tracing.risk.score`) and from what lists usually miss around cases and the places they
went to. A zone is the set ``x`` with the most ``sum (b_h - price * people_h) x_h - leak``: one minimum cut for each
price, all prices together one nested frontier (:mod:`tracing.zones.cut`). The leak is what contacts between units on
either side of the line would carry over: contacts a day, times the share infected on both sides, times
``ZoneParameters.leak``.

First honest version. The evidence that zones work is weak (no significant effect in Madrid; 33 to 77 % of active cases
inside in Delhi), the risk is a ranking score, and the proposal is a place to start from on the frontier: not an order,
and not a reason to skip the field visit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.errors import NothingFound
from tracing.evidence.answer import Evidence
from tracing.evidence.evidence import explain
from tracing.model.rows import is_among
from tracing.model.schema import AREA_LEVELS, BELOW_COMMUNE
from tracing.results import Result, made_further
from tracing.risk.score import Risk, active_share, case_days, score_risk
from tracing.text import Text, catalogue, say
from tracing.tiers.tiers import Tiers
from tracing.times import DAY, EVER
from tracing.zones.cut import find_frontier
from tracing.zones.describe import null_reasons, review_sentences, unknown_sentences
from tracing.zones.parameters import ZoneParameters
from tracing.zones.tables import frontier_table, knee, reason_table, share_unlisted, sum_inside, unit_table, weights
from tracing.zones.units import NOT_PLACED, Links, Units, coordinates, find_links, find_units

_, _n = catalogue("tracing")

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_SHOWN_STEPS: Final = 100


@dataclass(frozen=True, kw_only=True)
class Zones(Result):
    """The frontier of zones and everything behind it.

    Attributes
    ----------
    table
        The frontier, one row per step from the narrowest: ``step`` (from 1), ``lambda`` (the highest price, in risk per
        person inside, at which this zone is the best), ``units``, ``people`` (NA where the population of one unit
        inside is not known), ``households`` (NA where one unit's are not known), ``on_record`` (people on record),
        ``captured`` and ``residual`` (the risk inside and outside, not calibrated: no number of infections), ``share``
        (of the risk inside, 0 to 1), ``contacts_cut`` (a day), ``posts`` (at most so many: pairs of units that met and
        are now apart, up to ``posts_per_unit`` each; NA like ``people``). Each step's zone holds the one before.
    units
        One row per unit: ``unit``, ``name``, ``level``, ``parent``, ``people`` (NA without a population),
        ``households``, ``expected`` (its risk), ``share`` (of all the risk), ``f0``, ``f1``, ``f2``, ``enters`` (the
        step at which it enters the core, NA never), ``on_record``, ``lat``, ``lon``.
    reasons
        Whom a unit's risk comes from, the heaviest first, at most five each: ``unit``, ``person``, ``tier``,
        ``expected``, ``share`` (of the unit's risk), ``kind``, ``hours``, ``contact``, ``case``. A case stands for what
        lists miss around it.
    proposal
        The step proposed to begin with, None without a frontier: where the share captured is furthest above the share
        of people inside (of weight, where populations are not known), both of the widest step.
    unplaced
        Risk of people whose unit is not known.
    unknowns
        What is not known, one sentence each.
    home
        Row of ``units`` in which each person of the graph lives, ``NOT_PLACED`` where none is known, shape (people,).
    parameters, risk, links, tiers
        What it was computed from: the numbers, the risk of the listed, contacts a day between units, who is listed.
    """

    units: pd.DataFrame
    reasons: pd.DataFrame
    proposal: int | None
    unplaced: float
    unknowns: tuple[Text, ...]
    parameters: ZoneParameters
    risk: Risk
    links: Links
    tiers: Tiers
    home: Ints

    def __repr__(self) -> str:
        return f"<Zones: {len(self.units)} units, {len(self.table)} steps, proposal {self.proposal}>"

    @cached_property
    def _enters(self) -> Ints:
        return self.units["enters"].to_numpy(dtype=np.int64, na_value=np.int64(1 << 30))

    @cached_property
    def _hamlet(self) -> Ints:
        """Number of the hamlet (or group) each unit is part of, -1 where it is part of none; shape (units,)."""
        level = _levels(self)
        small = self.units["parent"].map(lambda p: isinstance(p, str) and level.get(p) in BELOW_COMMUNE)
        codes, _ = pd.factorize(self.units["parent"].where(small.astype(bool)))
        return codes.astype(np.int64)

    def check_step(self, step: int | None = None) -> int:
        """Return ``step``, or the proposal for None.

        Raises
        ------
        NothingFound
            If the frontier has no such step.
        """
        chosen = self.proposal if step is None else step
        if chosen is None or not 1 <= chosen <= len(self.table):
            raise NothingFound(_("the frontier has no such step; it has {n}", n=len(self.table)))
        return chosen

    def core(self, step: int | None = None) -> list[str]:
        """Return the ids of the units inside at ``step`` (None: the proposal), sorted."""
        return self.units.loc[self._enters <= self.check_step(step), "unit"].tolist()

    def buffer(self, step: int | None = None) -> list[str]:
        """Return the ids of the units around the core, sorted.

        A unit outside is one where it has ``buffer_share`` or more of the core's contacts across the line, where it
        is part of the same hamlet as a unit inside (as in Phú Lộc, Huế, 2021: two tổ inside, the rest of the two thôn
        around them), or, where no contact across the line is on record, where it lies within ``buffer_km`` of one. The
        next wider step is another thing: it may jump.
        """
        inside = self._enters <= self.check_step(step)
        return self.units.loc[_around(self, inside), "unit"].tolist()

    def step_at(self, price: float) -> int:
        """Return the widest step that is worth ``price`` expected infections per person inside; 0 where none is."""
        return int((self.table["lambda"].to_numpy(dtype=np.float64) >= price * (1 - 1e-9)).sum())

    def neighbours(self, step: int | None = None) -> pd.DataFrame:
        """Return units outside that units inside meet: ``unit``, ``name``, ``contacts`` a day, the most first."""
        inside = self._enters <= self.check_step(step)
        met = _contacts_outside(self.links, inside)
        rows = np.flatnonzero(met > 0)
        found = self.units.loc[rows, ["unit", "name"]].assign(contacts=met[rows])
        return found.sort_values(["contacts", "unit"], ascending=[False, True], ignore_index=True)

    def evidence(self, unit: str, *, most: int = 3) -> list[Evidence]:
        """Return why the people who give ``unit`` most of its risk are listed."""
        people = self.reasons.loc[self.reasons["unit"] == unit, "person"].tolist()
        return [explain(self.tiers, person, otherwise=False) for person in people[:most]]

    def shown_steps(self, most: int = _SHOWN_STEPS) -> list[int]:
        """Return steps to show: all, or about ``most`` evenly, always with the first, the last and the proposal."""
        count = len(self.table)
        even = np.unique(np.linspace(1, count, min(count, most)).round().astype(int)).tolist() if count else []
        own = (
            [] if self.proposal is None else [s for s in range(self.proposal - 1, self.proposal + 2) if 1 <= s <= count]
        )
        return sorted({*even, *own})

    def to_dict(self, *, step: int | None = None, lang: str = "en", most: int = _SHOWN_STEPS) -> dict[str, Any]:
        """Return the documented JSON object of ``truyvet zones --json``; the frontier as in :meth:`shown_steps`.

        Numbers of infections are null until they are calibrated, with the reason under ``null_because``; ``share`` and
        ``rank`` stand for them.
        """
        chosen = self.proposal if step is None else self.check_step(step)
        whole = float(self.units["expected"].sum()) + self.unplaced
        rank = self.units["expected"].rank(method="min", ascending=False).where(self.units["expected"] > 0)
        units = self.units.assign(expected=None, rank=rank.astype("Int64"))
        return {
            "policy": self.tiers.policy.id,
            "as_of": self.provenance["as_of"] or None,
            "provenance": dict(self.provenance),
            "proposal": self.proposal,
            "step": chosen,
            "frontier": [self._step_dict(s) for s in self.shown_steps(most)],
            "core": [] if chosen is None else self.core(chosen),
            "buffer": [] if chosen is None else self.buffer(chosen),
            "unplaced": None,
            "unplaced_share": self.unplaced / whole if whole > 0 else None,
            "units": [_plain(row) for row in units.to_dict("records")],
            "reasons": [_plain(row) for row in self.reasons.assign(expected=None).to_dict("records")],
            "null_because": {name: say(text, lang) for name, text in null_reasons(self).items()},
            "review": [text.say(lang) for text in review_sentences(self)],
            "unknowns": [text.say(lang) for text in self.unknowns],
        }

    def _step_dict(self, step: int) -> dict[str, Any]:
        row = _plain(self.table.iloc[[step - 1]].to_dict("records")[0])
        return row | {"units": self.core(step), "captured": None, "residual": None}


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(k): None if pd.isna(v) else v.item() if isinstance(v, np.generic) else v for k, v in row.items()}


def suggest_zones(
    tiers: Tiers,
    *,
    parameters: ZoneParameters | None = None,
    risk: Risk | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Zones:
    """Return the nested frontier of zones around the cases of ``tiers``. Raises nothing of its own.

    Parameters
    ----------
    tiers
        Who is listed, with the records they came from (persons, areas, isolations, tests, visits).
    parameters
        Every number of the proposal, and the smallest unit.
    risk
        The risk of the listed people, if it was computed before.
    progress
        Called with (units done, units).

    Returns
    -------
    Zones
        With an empty frontier, and sentences that say why, where there is no case, no area or nobody at risk.

    Notes
    -----
    Two minimum cuts per step at most, on the units between two known steps; 1,000 units take about a second.
    """
    parameters = parameters or ZoneParameters()
    risk = risk or score_risk(tiers)
    now = tiers.as_of if tiers.as_of < EVER // 2 else (tiers.graph.records.last_instant() or 0)
    units = find_units(tiers.graph, as_of=now, parameters=parameters)
    links = find_links(tiers.graph, units, as_of=now, parameters=parameters)
    shares = _shares(tiers, risk, units, parameters, now)
    placed = shares[shares["row"] != NOT_PLACED]
    expected = np.bincount(placed["row"], weights=placed["expected"], minlength=len(units)).astype(np.float64)
    weight = weights(tiers, units)
    here = np.maximum(weight, units.table["on_record"].to_numpy(dtype=np.int64))
    infected = np.minimum(expected / here, 1)
    leak = links.rate * (infected[links.a] + infected[links.b]) * parameters.leak.value
    frontier = find_frontier(expected, weight, links.a, links.b, leak, progress=progress)
    whole = float(shares["expected"].sum())
    table = frontier_table(frontier, units, links, expected, whole, round(parameters.posts_per_unit.value))
    zones = Zones(
        table=table,
        provenance=made_further(risk.provenance, {"smallest": parameters.smallest}),
        units=unit_table(units, tiers, expected, whole, frontier),
        reasons=reason_table(placed, units, risk, expected),
        proposal=knee(table, sum_inside(frontier, weight)),
        unplaced=max(whole - float(placed["expected"].sum()), 0.0),
        unknowns=(),
        parameters=parameters,
        risk=risk,
        links=links,
        tiers=tiers,
        home=units.of_person,
    )
    return replace(zones, unknowns=unknown_sentences(zones, units))


def _shares(tiers: Tiers, risk: Risk, units: Units, parameters: ZoneParameters, now: int) -> pd.DataFrame:
    """Return who adds how many expected infections to which unit: row, person, tier, expected."""
    table = risk.table
    where = table["isolated"].fillna("")
    weight = np.select(
        [where.isin(["centre", "hospital", "other"]), where == "home"],
        [parameters.taken_away.value, parameters.at_home.value],
        1.0,
    )
    listed = pd.DataFrame(
        {
            "row": units.of_person[tiers.graph.positions(table["person"])],
            "person": table["person"].array,
            "tier": table["tier"].array,
            "expected": table["probability"].to_numpy() * weight,
        }
    )
    both = pd.concat([listed, _missed(tiers, risk, units, parameters, now)], ignore_index=True)
    return both[both["expected"] > 0].reset_index(drop=True)


def _missed(tiers: Tiers, risk: Risk, units: Units, parameters: ZoneParameters, now: int) -> pd.DataFrame:
    """Return what lists miss around each case: where it lives, and at the places it was at."""
    cases = tiers.table.loc[tiers.table["case"], "person"].tolist()
    at = tiers.graph.positions(cases)
    onset = case_days(tiers, risk.parameters)[at]
    age = np.where(np.isnan(onset), 0.0, np.maximum(now / DAY - onset, 0))
    amount = parameters.unseen.value * active_share(age, risk.parameters)
    visited = _visited_units(tiers, units, set(cases), now - parameters.days.seconds, now)
    been = np.array([person in visited for person in cases], dtype=bool)
    at_places = np.where(been, parameters.unseen_visits.value, 0.0)
    rows, people, expected = units.of_person[at].tolist(), list(cases), (amount * (1 - at_places)).tolist()
    for person, share in zip(cases, (amount * at_places).tolist(), strict=True):
        for row, part in visited.get(person, {}).items():
            rows.append(row)
            people.append(person)
            expected.append(share * part)
    tier = pd.array([0] * len(rows), dtype="Int64")
    unit, expected = np.array(rows, dtype=np.int64), np.array(expected, dtype=np.float64)
    expected = expected * np.append(share_unlisted(tiers, units), 1.0)[unit]
    frame = pd.DataFrame({"row": unit, "person": pd.array(people, dtype="string"), "tier": tier, "expected": expected})
    summed: pd.DataFrame = frame.groupby(["row", "person", "tier"], as_index=False).agg({"expected": "sum"})
    return summed


def _visited_units(tiers: Tiers, units: Units, cases: set[str], first: int, now: int) -> dict[str, dict[int, float]]:
    """Return for each case the units of the places it was at in the last days, as shares of all it was at."""
    records = tiers.graph.records
    area = records.places.dropna(subset="area").set_index("place")["area"]
    rows: list[pd.DataFrame] = [records.visits[["person", "place", "start"]]]
    rows += [
        records.contacts[[side, "place", "start"]].set_axis(["person", "place", "start"], axis=1)
        for side in ("person_a", "person_b")
    ]
    been = pd.concat(rows, ignore_index=True).dropna()
    been = been[is_among(been["person"], cases) & (been["start"] >= first) & (been["start"] < now)]
    been = been.assign(day=been["start"] // DAY, unit=been["place"].map(area).map(dict(units.of_area)))
    been = been.dropna(subset="unit").drop_duplicates(["person", "place", "day"])
    out: dict[str, dict[int, float]] = {}
    for person, unit in zip(been["person"].tolist(), been["unit"].tolist(), strict=True):
        days = out.setdefault(person, {})
        days[int(unit)] = days.get(int(unit), 0.0) + 1
    return {p: {u: n / sum(found.values()) for u, n in found.items()} for p, found in out.items()}


def _contacts_outside(links: Links, inside: Bools) -> Floats:
    """Return each outside unit's contacts a day with units inside, 0 for units inside; shape (units,)."""
    one, other = inside[links.a], inside[links.b]
    met = np.bincount(links.b[one & ~other], weights=links.rate[one & ~other], minlength=len(inside))
    met = met + np.bincount(links.a[other & ~one], weights=links.rate[other & ~one], minlength=len(inside))
    return met.astype(np.float64)


def _around(zones: Zones, inside: Bools) -> Bools:
    parameters, units = zones.parameters, zones.units
    met = _contacts_outside(zones.links, inside)
    near = met >= parameters.buffer_share.value * max(float(met.sum()), 1e-300)
    near &= met > 0
    hamlet = zones._hamlet
    near |= (hamlet >= 0) & np.isin(hamlet, hamlet[inside])
    rows, points = coordinates(units)
    if (zones.links.assumed or not met.any()) and len(rows) and inside[rows].any():
        from scipy.spatial import cKDTree

        distance, _ = cKDTree(points[inside[rows]]).query(points, k=1)
        near[rows] |= distance <= parameters.buffer_km.value
    return near & ~inside


def _levels(zones: Zones) -> dict[str, str]:
    areas = zones.tiers.graph.records.areas.dropna(subset="level")
    told = zip(areas["area"].tolist(), areas["level"].tolist(), strict=True)
    levels = {area: level for area, level in told if level in AREA_LEVELS}
    return dict(zip(zones.units["unit"].tolist(), zones.units["level"].tolist(), strict=True)) | levels
