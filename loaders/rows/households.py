"""Lists of homes: who lives with whom, and who was at home on the day of the list."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import span
from loaders.columns.dates import Times
from loaders.rows.kind import Kind, ListRows
from tracing.spelling import fold
from tracing.times import parse_iso

_AT_HOME: Final = re.compile(r"(?:co|dang o nha|o nha|co mat|x|1|yes|y|true)\b.*")


def build(rows: ListRows) -> None:
    """Stage a visit to their home, on the day of the list, for each member who was there.

    Without a day, or where nothing says who was at home, only the home is on record.
    """
    columns, day = rows.columns, _day(rows)
    if day is None:
        return
    there = columns.text("at_home").map(lambda text: bool(_AT_HOME.fullmatch(fold(text))), na_action="ignore")
    size = len(columns.sheet)
    known = there.astype("boolean").fillna(False).to_numpy(dtype=bool) & columns.text("household").notna().to_numpy()
    times = Times(np.full(size, day[0]), np.full(size, day[1]), np.ones(size, dtype=bool))
    home: pd.Series = ("nhà " + columns.ids("household")).astype("string")
    rows.stage("visits", {"person": rows.person, "place": home, **span(times, "start"), **span(times, "end")}, known)
    rows.mention_places(home.where(known), "household")


def _day(rows: ListRows) -> tuple[int, int] | None:
    """Return the day of the list: what its title says, its year where need be from the other lists."""
    fact, year = rows.fact("day"), rows.columns.sheet.dates.year
    if fact is not None and fact.startswith("--") and year is not None:
        fact = f"{year}{fact[1:]}"
    return (
        parse_iso(fact, rows.columns.options.zone) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", fact or "") and fact else None
    )


KIND: Final = Kind(
    name="households",
    fields=("at_home",),
    marks=(frozenset({"household", "at_home"}),),
    unless=frozenset({"index"}),
    build=build,
)
