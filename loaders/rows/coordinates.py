"""Places that a list tells by their coordinates alone."""

from __future__ import annotations

import pandas as pd

from loaders.rows.kind import ListRows


def coordinates_of(rows: ListRows) -> pd.Series:
    """Return the place of each row as latitude and longitude to five digits (a metre); none where a row tells none."""
    columns = rows.columns
    if not (rows.has("lat") and rows.has("lon")):
        return columns.empty()
    lat, lon = (
        columns.number(name).map("{:.5f}".format, na_action="ignore").astype("string") for name in ("lat", "lon")
    )
    return lat + ", " + lon
