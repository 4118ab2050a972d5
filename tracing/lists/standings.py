"""Where people stand in two runs, compared in columns: who moved, and from where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from tracing.model.arrow import to_numpy
from tracing.model.columns import Numbers, TableColumns, concat_columns

#: The tier of somebody who is not listed.
FAR: Final = 1 << 30


class Place(NamedTuple):
    """Somebody's place on a list; :data:`FAR` where not listed."""

    certain: int
    possible: int
    case: bool


NOWHERE: Final = Place(FAR, FAR, False)


def _standings(table: TableColumns) -> dict[str, npt.NDArray[Any]]:
    """Return tiers (:data:`FAR` where none) and who is a case, of a table of tiers."""
    tiers = {reading: table.numbers(f"tier_{reading}").filled(FAR) for reading in ("certain", "possible")}
    return {**tiers, "case": table.numbers("case").filled(False)}


def compared_standings(before: TableColumns, after: TableColumns) -> TableColumns:
    """Return one row per person of either table of tiers: ``certain``, ``possible``, ``case``, each before and after.

    Tiers are :data:`FAR` where none. ``moved`` tells where they differ. Those of ``after`` come first, in their order,
    then those who are gone.
    """
    was, now = _standings(before), _standings(after)
    at = after.texts("person").index_in(before.texts("person").arrow)
    gone = np.ones(len(before), dtype=bool)
    gone[at[at >= 0]] = False
    old = np.concatenate([at, np.flatnonzero(gone)])
    new = np.concatenate([np.arange(len(after)), np.full(int(gone.sum()), -1)])
    out: dict[str, npt.NDArray[Any]] = {}
    for column, nothing in {"certain": FAR, "possible": FAR, "case": False}.items():
        for table, rows, when in ((was, old, "before"), (now, new, "after")):
            out[f"{column}_{when}"] = np.append(table[column], nothing)[rows]  # the last one is for -1
    moved = np.logical_or.reduce([out[f"{c}_before"] != out[f"{c}_after"] for c in ("certain", "possible", "case")])
    people = concat_columns([after.select(["person"]), before.select(["person"]).take(gone)])
    return people.put(**{name: Numbers(values) for name, values in out.items()}, moved=Numbers(moved))


def places(table: TableColumns) -> dict[str, Place]:
    """Return everybody's place in a table of tiers."""
    stood = _standings(table)
    columns = (stood[column].tolist() for column in ("certain", "possible", "case"))
    people = table.texts("person").given()
    return dict(zip(people, map(Place, *columns), strict=True))


def placed(stood: TableColumns) -> Iterator[tuple[str, Place, Place]]:
    """Yield each person of :func:`compared_standings` in order of the ids, with the place before and after."""
    stood = stood.take(to_numpy(pc.sort_indices(stood.texts("person").arrow)))
    told = [[stood[f"{c}_{when}"].tolist() for c in ("certain", "possible", "case")] for when in ("before", "after")]
    people = stood.texts("person").given()
    yield from zip(people, *(map(Place, *columns) for columns in told), strict=True)


def moved_tiers(before: TableColumns, after: TableColumns) -> dict[str, int | None]:
    """Return those whose possible tier in ``after`` is another than in ``before``, with that one (None: not listed)."""
    rows = compared_standings(before, after).rows("person", "possible_before", "possible_after")
    return {person: None if was == FAR else was for person, was, now in rows if now not in {was, FAR}}
