"""Sources named in a case list: a link for each source that is a case, on record or not; other words are kept."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from loaders.findings import shorten
from loaders.rows.kind import Kind, ListRows
from loaders.rows.refer import column_of, resolve_column
from loaders.rows.tables import shown


def build(rows: ListRows) -> None:
    """Stage the links of a list."""
    columns = rows.columns
    at = columns.at("sources")
    found = resolve_column(rows, "sources", cases=True, missing=True)
    if found.rows:
        positions = np.array(found.rows)
        frame = rows.staged.frame(columns, rows.sheet, {"target": rows.person}).iloc[positions].reset_index(drop=True)
        frame["source"] = column_of(found.people)
        possible = pd.Series(pd.array([None if c else "possible" for c in found.certain], dtype="string"))
        frame["certainty"] = possible
        said = columns.json({columns.sheet.headings[at or 0]: columns.text("sources")})
        frame["attributes"] = said.iloc[positions].reset_index(drop=True).where(pd.Series(found.words))
        own = (frame["source"] == frame["target"]).fillna(False).to_numpy(dtype=bool)
        values = [shown(source) for source in frame.loc[own, "source"]]
        columns.note("link.self", frame.loc[own, "_row"], at, values=values)
        rows.staged.put("links", frame[~own])
    names = {name for others in found.others.values() for name in others}
    if names:
        columns.sheet.report(columns.log, "link.not_a_case", column=at, names=shorten(sorted(map(shown, names)), 20))
    joined = pd.Series({row: ";".join(others) for row, others in found.others.items()}, dtype="string")
    rows.more["sources"] = joined.reindex(range(len(columns.sheet))).astype("string")


KIND: Final = Kind(
    name="links", fields=("sources",), marks=(frozenset({"sources"}),), unless=frozenset({"index"}), build=build
)
