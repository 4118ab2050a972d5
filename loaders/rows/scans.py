"""Gates at which people scan in and out on rows of their own: the scan out ends the visit that the scan in began."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.dates import Times
from loaders.rows.kind import ListRows
from tracing.times import DAY

FIELD: Final = "direction"
"""The field of a column that says whether a row is a scan in or out."""


def with_ends(rows: ListRows, place: pd.Series, start: Times, end: Times) -> tuple[Times, Times]:
    """Return start and end with the visits of scans in ended by their scans out, which are no visits themselves.

    A scan out ends the scan in of the same person at the same place just before it, within a day; one without such a
    scan in stays a visit of its moment.
    """
    columns = rows.columns
    direction = columns.choice(FIELD, FIELD)
    if not direction.notna().any():
        return start, end
    told = start.known & rows.person.notna().to_numpy() & place.notna().to_numpy()
    found = pd.DataFrame({"row": np.arange(len(place)), "person": rows.person, "place": place, "at": start.start})
    found = found.assign(direction=direction, known=end.known)[told].sort_values(["person", "place", "at", "row"])
    before = found.shift()
    ends = (found["direction"] == "out") & (before["direction"] == "in") & (found["at"] - before["at"] < DAY)
    ends &= (found["person"] == before["person"]) & (found["place"] == before["place"])
    out = found.loc[ends.fillna(False), "row"].to_numpy(dtype=np.int64)
    into = before.loc[ends.fillna(False), "row"].to_numpy(dtype=np.int64)
    if not len(out):
        return start, end
    columns.sheet.report(columns.log, "visit.scans", column=columns.at(FIELD), count=len(out))
    first, last, known = end.start.copy(), end.end.copy(), end.known.copy()
    first[into], last[into], known[into] = start.start[out], start.end[out], True
    visits = start.known.copy()
    visits[out] = False
    return Times(start.start, start.end, visits), Times(first, last, known)
