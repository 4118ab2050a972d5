"""Where people stand in two runs, compared in columns: who moved, and from where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from tracing.model.rows import arrow_texts

#: The tier of somebody who is not listed.
FAR: Final = 1 << 30


class Place(NamedTuple):
    """Somebody's place on a list; :data:`FAR` where not listed."""

    certain: int
    possible: int
    case: bool


NOWHERE: Final = Place(FAR, FAR, False)


def standings(table: pd.DataFrame) -> pd.DataFrame:
    """Return ``person``, ``certain``, ``possible`` (tiers, :data:`FAR` where none) and ``case`` of a table of tiers."""
    tiers = {reading: table[f"tier_{reading}"].fillna(FAR).astype("int64") for reading in ("certain", "possible")}
    return pd.DataFrame({"person": table["person"], **tiers, "case": table["case"].astype(bool)})


def compared_standings(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return one row per person of either table of tiers: each column of :func:`standings` before and after.

    ``moved`` tells where they differ. Those of ``after`` come first, in their order, then those who are gone.
    """
    was, now = standings(before), standings(after)
    at = pc.index_in(arrow_texts(now["person"]), value_set=arrow_texts(was["person"])).fill_null(-1).to_numpy()
    gone = np.ones(len(was), dtype=bool)
    gone[at[at >= 0]] = False
    old = np.concatenate([at, np.flatnonzero(gone)])
    new = np.concatenate([np.arange(len(now)), np.full(int(gone.sum()), -1)])
    out = pd.DataFrame({"person": pd.concat([now["person"], was["person"][gone]], ignore_index=True)})
    for column, nothing in {"certain": FAR, "possible": FAR, "case": False}.items():
        for table, rows, when in ((was, old, "before"), (now, new, "after")):
            told = np.append(table[column].to_numpy(), nothing)  # the last one is for -1
            out[f"{column}_{when}"] = told[rows]
    columns = ("certain", "possible", "case")
    out["moved"] = np.logical_or.reduce([out[f"{c}_before"] != out[f"{c}_after"] for c in columns])
    return out


def places(table: pd.DataFrame) -> dict[str, Place]:
    """Return everybody's place in a table of tiers."""
    stood = standings(table)
    columns = (stood[column].tolist() for column in ("certain", "possible", "case"))
    return dict(zip(stood["person"].tolist(), map(Place, *columns), strict=True))


def placed(stood: pd.DataFrame) -> Iterator[tuple[str, Place, Place]]:
    """Yield each person of :func:`compared_standings` in order of the ids, with the place before and after."""
    stood = stood.sort_values("person")
    told = [[stood[f"{c}_{when}"].tolist() for c in ("certain", "possible", "case")] for when in ("before", "after")]
    yield from zip(stood["person"].tolist(), *(map(Place, *columns) for columns in told), strict=True)


def moved_tiers(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, int | None]:
    """Return those whose possible tier in ``after`` is another than in ``before``, with that one (None: not listed)."""
    stood = compared_standings(before, after)
    stood = stood[(stood["possible_before"] != stood["possible_after"]) & (stood["possible_after"] != FAR)]
    then = [None if tier == FAR else tier for tier in stood["possible_before"].tolist()]
    return dict(zip(stood["person"].tolist(), then, strict=True))
