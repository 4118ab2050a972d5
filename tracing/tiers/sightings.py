"""Where people were seen who are on record as being isolated: what contradicts a stay.

An order to stay at home, given before the case was found, that another record contradicts is a question: until it is
answered it interrupts the case's certain window only. A contradicted stay in a centre or hospital is a finding and
changes no window.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.model.numbered import NumberedRecords
from tracing.model.schema import ROOM
from tracing.tiers.windows import midnights
from tracing.times import EVER

Ints = npt.NDArray[np.int64]

AT_HOME: Final = frozenset({"household", "home"})
_CARE: Final = frozenset({"hospital", "clinic"})
_OUTSIDE_KINDS: Final = frozenset({"work", "school", "transport"})
_COLUMNS: Final = {"at": "int64", "lo": "int64", "hi": "int64", "place": "string", "record": "string", "care": "bool"}


def sightings(
    graph: NumberedRecords, rows: pd.DataFrame, kinds: tuple[str, ...], people: Ints | None = None
) -> pd.DataFrame:
    """Return who was seen elsewhere during a stay of some kind, on a day after its first and before its last.

    Parameters
    ----------
    rows
        Stays as :func:`tracing.tiers.isolation.isolation_rows` gives them.
    kinds
        The kinds of stay that are looked at.
    people
        Whose stays are looked at (indices); None: everybody's.

    Returns
    -------
    DataFrame
        One row per stay and sighting: ``at`` (row of the stay), ``lo``, ``hi`` (epoch seconds, half-open), ``place``,
        ``record`` (id of the visit or contact), ``care`` (it was a place or contact of care).
    """
    looked_at = rows["kind"].isin(kinds).fillna(False).to_numpy(dtype=bool)
    chosen = np.flatnonzero(looked_at if people is None else looked_at & rows["person"].isin(people).to_numpy())
    if not len(chosen):
        return pd.DataFrame(columns=list(_COLUMNS)).astype(_COLUMNS)
    zone, stays = graph.records.zone, rows.iloc[chosen]
    end, end_to = (stays[name].to_numpy(dtype=np.int64) for name in ("end", "end_to"))
    last = np.maximum(end, end_to - 1)
    orders = pd.DataFrame(
        {
            "at": chosen,
            "person": stays["person"].to_numpy(),
            "own": stays["place"].to_numpy(),
            "first": midnights(stays["start"].to_numpy(dtype=np.int64), zone, 1),
            "until": np.where(end_to >= EVER, EVER, midnights(np.where(end_to >= EVER, 0, last), zone)),
        }
    )
    found = _seen_outside(graph, stays["person"]).merge(orders, on="person")
    within = (found["lo"] >= found["first"]) & (found["hi"] <= found["until"])
    found = found[within & ~(found["place"] == found["own"]).fillna(False).astype(bool)]
    return found.sort_values(["at", "lo", "record"], ignore_index=True)[list(_COLUMNS)]


def _seen_outside(graph: NumberedRecords, people: pd.Series) -> pd.DataFrame:
    """Return when some people were seen at a place other than a home or a room (person, lo, hi, place, record)."""
    contacts, columns, spans = graph.records.contacts, graph.columns, graph.columns.spans
    asked = np.zeros(len(columns.people), dtype=bool)
    asked[people.unique()] = True
    places = graph.records.places.set_index("place")["kind"]
    visits, visitor = graph.records.visits, graph.positions(graph.records.visits["person"])
    sure = (visits["certainty"] != "possible").fillna(True).to_numpy(dtype=bool)
    visits, visitor = visits[asked[visitor] & sure], visitor[asked[visitor] & sure]
    parts = [
        pd.DataFrame(
            {
                "person": visitor,
                "lo": visits["start"],
                "to": visits["start_to"],
                "place": visits["place"],
                "record": visits["visit"],
                "kind": pd.Series(pd.NA, index=visits.index, dtype="string"),
            }
        )
    ]
    for number in (columns.a, columns.b):
        mine = asked[number]
        part = contacts.loc[mine, ["place", "contact", "kind"]]
        parts.append(
            pd.DataFrame(
                {
                    "person": number[mine],
                    "lo": spans.lo[mine],
                    "to": spans.hi[mine],
                    "place": part["place"],
                    "record": part["contact"],
                    "kind": part["kind"],
                }
            )
        )
    seen = pd.concat(parts, ignore_index=True)
    where = seen["place"].map(places).astype("string")
    outside = (seen["place"].notna() & ~where.isin(AT_HOME | {ROOM})) | seen["kind"].isin(_OUTSIDE_KINDS)
    seen = seen.assign(care=where.isin(_CARE) | (seen["kind"] == "care"))[outside.to_numpy(dtype=bool)]
    lo = seen["lo"].to_numpy(dtype=np.int64)
    hi = np.maximum(seen["to"].to_numpy(dtype=np.int64), lo + 1)
    return pd.DataFrame(
        {
            "person": seen["person"].to_numpy(),
            "lo": lo,
            "hi": hi,
            "place": seen["place"].to_numpy(),
            "record": seen["record"].to_numpy(),
            "care": seen["care"].fillna(False).to_numpy(dtype=bool),
        }
    )
