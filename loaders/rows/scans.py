"""Gates at which people scan in and out on rows of their own: the scan out ends the visit that the scan in began."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.dates import Times
from loaders.columns.texts import told_of
from loaders.rows.kind import ListRows
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.times import DAY

FIELD: Final = "direction"
"""The field of a column that says whether a row is a scan in or out."""

#: What a gate says of somebody whom it did not let in, in whatever column.
_REFUSED: Final = regex(
    r"(?:access|entry) (?:denied|refused)|(?:bi )?tu choi(?: truy cap| vao| cua)?|(?:the|ma) khong hop le|invalid card"
    r"|khong (?:duoc|cho) vao"
)


def with_ends(rows: ListRows, place: pd.Series, start: Times, end: Times) -> tuple[Times, Times]:
    """Return start and end with the visits of scans in ended by their scans out, which are no visits themselves.

    A scan out ends the scan in of the same person at the same place just before it, within a day; one without such a
    scan in stays a visit of its moment. Places that the list does not tell are one: it is asked for which. Who was
    not let in made no visit.
    """
    columns = rows.columns
    direction = columns.choice(FIELD, FIELD)
    start = _let_in(rows, direction, start)
    told = start.known & rows.person.notna().to_numpy()
    found = pd.DataFrame({"row": np.arange(len(place)), "person": rows.person, "place": place.fillna("")})
    found = found.assign(at=start.start, direction=direction, known=end.known)[told]
    found = found.sort_values(["person", "place", "at", "row"])
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


def _let_in(rows: ListRows, direction: pd.Series, start: Times) -> Times:
    """Return the starts without those of people whom the gate refused, as this or another column says."""
    columns = rows.columns
    refused = (direction == "refused").fillna(False).to_numpy(dtype=bool)
    for at in columns.found.reading.kept:
        refused |= told_of(columns.sheet.cells[at], lambda text: _REFUSED.fullmatch(fold(text).strip()) is not None)
    if not refused.any():
        return start
    columns.sheet.report(columns.log, "visit.refused", column=columns.at(FIELD), count=int(refused.sum()))
    return replace(start, known=start.known & ~refused)
