"""Stays that other records contradict, as data: what is to be asked, what is to be looked into, and what it changes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
import pandas as pd

from tracing.tiers.exposure import Spread
from tracing.tiers.sightings import sightings

COLUMNS: Final = {
    "person": "string",
    "kind": "string",
    "start": "Int64",
    "end": "Int64",
    "severity": "string",
    "record": "string",
    "seen_from": "Int64",
    "seen_to": "Int64",
    "place": "string",
}
_ORDERED: Final = ("home",)
_KEPT: Final = ("centre", "hospital")


def contradicted_stays(spread: Spread, people: Collection[str] | None = None) -> pd.DataFrame:
    """Return who was seen elsewhere during an isolation on record, a row per stay and sighting.

    Parameters
    ----------
    people
        Whose stays are looked at, by id; None: everybody's.

    Returns
    -------
    DataFrame
        ``person``, ``kind`` of the stay, ``start``, ``end`` (epoch seconds; a year beyond the calendar: not known);
        ``severity``: "question" for an order to stay at home that was given before the case was found (until it is
        answered it interrupts the certain window only), "finding" for every other (it changes no window); ``record``
        (id of the visit or contact), ``seen_from``, ``seen_to``, ``place``.
    """
    graph = spread.graph
    rows = spread.stays
    of_cases = np.flatnonzero(rows["person"].isin(spread.openings.person).to_numpy(dtype=bool))
    asked = of_cases[spread.isolations.doubted]
    whose = None if people is None else graph.positions(sorted(people))
    found = sightings(graph, rows, (*_ORDERED, *_KEPT), whose)
    if found.empty:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    ordered = rows["kind"].isin(_ORDERED).to_numpy(dtype=bool)[found["at"]]
    seen = pd.concat([found[ordered], found[~ordered & ~found["care"].to_numpy()]], ignore_index=True)
    stays = rows.iloc[seen["at"].to_numpy(dtype=np.int64)].reset_index(drop=True)
    table = pd.DataFrame(
        {
            "person": graph.columns.people[stays["person"].to_numpy(dtype=np.int64)],
            "kind": stays["kind"],
            "start": stays["start"],
            "end": stays["end_to"],
            "severity": np.where(np.isin(seen["at"], asked), "question", "finding"),
            "record": seen["record"],
            "seen_from": seen["lo"],
            "seen_to": seen["hi"],
            "place": seen["place"],
        }
    )
    table = table.astype(COLUMNS).sort_values(["person", "start", "seen_from", "record"], ignore_index=True)
    return table
