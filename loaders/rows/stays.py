"""Stays told in numbered columns: ``center1``, ``arrival1``, ``leave1``, ``center2``, …"""

from __future__ import annotations

from typing import Final

import numpy as np

from loaders.columns.columns import span
from loaders.rows.kind import Kind, ListRows
from loaders.rows.tables import check_order


def build(rows: ListRows) -> None:
    """Stage a visit for each place with its arrival and leave (center1, arrival1, leave1, center2, …)."""
    columns = rows.columns
    for name in sorted(f for f in columns.found.reading.columns if f.startswith("stay_place_")):
        number = name.rsplit("_", 1)[1]
        first, last = f"stay_start_{number}", f"stay_end_{number}"
        place = columns.ids(name)
        start, end = columns.time(first), columns.time(last)
        check_order(columns, {first: start, last: end}, first, last)
        given = place.notna().to_numpy()
        columns.fail("required.missing", np.flatnonzero(given & ~start.known & ~columns.bad), columns.at(first))
        values = {"person": rows.person, "place": place, **span(start, "start"), **span(end, "end")}
        rows.stage("visits", values, given & start.known)
        rows.mention_places(place)


KIND: Final = Kind(
    name="stays",
    fields=(),
    marks=(frozenset({"stay_place_1"}), frozenset({"stay_place_2"})),
    build=build,
)
