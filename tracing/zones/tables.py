"""What is known of each unit and step: what closing it costs, what lies inside, whom its risk comes from."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.risk.score import Risk
from tracing.tiers.tiers import Tiers
from tracing.zones.cut import Frontier
from tracing.zones.units import NOT_PLACED, Links, Units

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_REASONS: Final = 5


def _listed(tiers: Tiers, units: Units) -> Ints:
    """Return how many listed people each unit has, shape (units,)."""
    row = units.of_person[tiers.graph.positions(tiers.table["person"])]
    return np.bincount(row[row != NOT_PLACED], minlength=len(units)).astype(np.int64)


def weights(tiers: Tiers, units: Units) -> Ints:
    """Return what closing each unit costs, in people, at least 1; shape (units,).

    Unknown is not small, and not as large as its list either: a unit without a population weighs as much as the median
    of the units of its level whose population is known (of all levels where there is none of its own; 1 where none is
    known at all). Where most people on record in such units are on no list, the records are a register of those who
    live there: then it weighs no less than its people on record.
    """
    table = units.table
    known = table["people"].dropna().astype(np.float64)
    own = known.groupby(table["level"].fillna("").reindex(known.index)).median()
    other = float(known.median()) if len(known) else 1.0
    usual = table["level"].fillna("").map(own).fillna(other).to_numpy(dtype=np.float64)
    weight, missing = usual.round().astype(np.int64), table["people"].isna().to_numpy(dtype=bool)
    on_record = table["on_record"].to_numpy(dtype=np.int64)
    if on_record[missing].sum() > 2 * _listed(tiers, units)[missing].sum():
        weight = np.maximum(weight, on_record)
    return np.maximum(np.where(missing, weight, table["people"].to_numpy(dtype=np.int64, na_value=0)), 1)


def share_unlisted(tiers: Tiers, units: Units) -> Floats:
    """Return the share of each unit's people whom no list holds: only they can have been missed; shape (units,).

    Where no population is known and everybody on record is listed, nothing is known of the others: 1.
    """
    listed, table = _listed(tiers, units), units.table
    people = table["people"].fillna(table["on_record"]).to_numpy(dtype=np.int64)
    share = 1 - listed / np.maximum(people, np.maximum(listed, 1))
    others = (table["people"].isna() & (table["level"].fillna("") != "household")).to_numpy(dtype=bool)
    return np.where(others & (listed >= table["on_record"].to_numpy()), 1.0, share).astype(np.float64)


def sum_inside(frontier: Frontier, values: npt.NDArray[Any]) -> Floats:
    """Return the sum of the units' values inside each step, shape (steps,)."""
    steps = len(frontier.price)
    enters = np.where(frontier.enters == 0, steps + 1, frontier.enters)
    return np.cumsum(np.bincount(enters, weights=values, minlength=steps + 2))[1 : steps + 1].astype(np.float64)


def _sum_known(frontier: Frontier, column: pd.Series) -> pd.arrays.IntegerArray:
    """Return the sum of a column inside each step, NA where one unit's value is not known."""
    values = column.to_numpy(dtype=np.float64, na_value=np.nan)
    unknown = sum_inside(frontier, np.isnan(values)) > 0
    return pd.arrays.IntegerArray(sum_inside(frontier, np.nan_to_num(values)).astype(np.int64), unknown)


def frontier_table(
    frontier: Frontier, units: Units, links: Links, expected: Floats, whole: float, most_posts: int
) -> pd.DataFrame:
    """Return the frontier, one row per step (see ``Zones.table``); ``whole``: all the risk, placed or not."""
    steps = len(frontier.price)
    enters = np.where(frontier.enters == 0, steps + 1, frontier.enters)
    first, last = np.minimum(enters[links.a], enters[links.b]), np.maximum(enters[links.a], enters[links.b])

    def across(values: Floats) -> Floats:
        change = np.bincount(first, weights=values, minlength=steps + 2)
        change = change - np.bincount(last, weights=values, minlength=steps + 2)
        return np.cumsum(change)[1 : steps + 1].astype(np.float64)

    captured, people = sum_inside(frontier, expected), _sum_known(frontier, units.table["people"])
    count = sum_inside(frontier, np.ones(len(units))).astype(np.int64)
    pairs = across(np.ones(len(links.rate))).round().astype(np.int64)
    return pd.DataFrame(
        {
            "step": np.arange(1, steps + 1),
            "lambda": frontier.price,
            "units": count,
            "people": people,
            "households": _sum_known(frontier, units.table["households"]),
            "on_record": sum_inside(frontier, units.table["on_record"].to_numpy()).astype(np.int64),
            "captured": captured,
            "residual": np.maximum(expected.sum() - captured, 0),
            "share": np.minimum(captured / max(whole, 1e-300), 1),
            "contacts_cut": np.maximum(across(links.rate), 0).round(9),
            "posts": pd.arrays.IntegerArray(np.clip(pairs, 1, most_posts * count), people.isna()),
        }
    )


def knee(table: pd.DataFrame, weight: Floats) -> int | None:
    """Return the step whose share captured is furthest above its share of the weight, the narrowest of equals."""
    if table.empty:
        return None
    captured = table["captured"].to_numpy()
    above = captured / captured[-1] - weight / weight[-1]
    return int(np.argmax(above.round(12))) + 1 if len(above) > 1 else 1


def unit_table(units: Units, tiers: Tiers, expected: Floats, whole: float, frontier: Frontier) -> pd.DataFrame:
    """Return the units with their risk and their listed people (see ``Zones.units``)."""
    row = units.of_person[tiers.graph.positions(tiers.table["person"])]
    tier = tiers.table["tier_possible"].to_numpy(dtype=np.int64, na_value=-1)
    counts = {f"f{k}": np.bincount(row[(row != NOT_PLACED) & (tier == k)], minlength=len(units)) for k in range(3)}
    enters = pd.arrays.IntegerArray(frontier.enters.copy(), frontier.enters == 0)
    head = units.table[["unit", "name", "level", "parent", "people", "households"]]
    share = expected / max(whole, 1e-300)
    tail = units.table[["on_record", "lat", "lon"]]
    return pd.concat([head.assign(expected=expected, share=share, **counts, enters=enters), tail], axis=1)


def reason_table(placed: pd.DataFrame, units: Units, risk: Risk, expected: Floats) -> pd.DataFrame:
    """Return whom each unit's risk comes from (see ``Zones.reasons``)."""
    rows = placed.sort_values(["row", "expected", "person"], ascending=[True, False, True], kind="stable")
    rows = rows.groupby("row").head(_REASONS)
    why = risk.table.set_index("person")[["kind", "hours", "contact", "case"]]
    out = pd.DataFrame({"unit": units.table["unit"].to_numpy(dtype=object)[rows["row"].to_numpy(dtype=np.int64)]})
    out = out.astype("string").assign(
        person=rows["person"].array,
        tier=rows["tier"].array,
        expected=rows["expected"].to_numpy(),
        share=rows["expected"].to_numpy() / expected[rows["row"].to_numpy(dtype=np.int64)],
    )
    return out.join(why, on="person")
