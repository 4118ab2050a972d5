"""What a load has so far: staged rows, the sheets they came from, what is on record, what the tables will hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from loaders.columns.columns import Columns
from loaders.findings import FindingLog
from loaders.options import Known, LoadOptions
from loaders.rows.tables import ROW, SHEET, Staged, named_rooms
from tracing.model.coded import encoded
from tracing.model.normal import normalise_table
from tracing.model.schema import TABLES
from tracing.text import catalogue

_, _n = catalogue("loaders")


@dataclass
class Staging:
    """Staged rows, the sheets they came from, and what is already on record; ``frames`` is what tables will hold."""

    staged: Staged
    sheets: Sequence[Columns]
    options: LoadOptions
    log: FindingLog
    known: Known | None
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    #: Who is on record of all those whom the load mentions.
    people: set[str] = field(default_factory=set)
    #: Those of them whose area is on record.
    housed: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    creates: bool = False
    held: dict[str, set[tuple[int, int]]] = field(default_factory=dict)

    def on_record(self, table: str) -> set[str]:
        """Return all keys already on record; :meth:`among_record` asks for some and costs what these cost."""
        return set() if self.known is None else self.known.ids(table)

    def areas_there(self) -> set[str]:
        """Return the codes of all areas on record or in this load."""
        return self.on_record("areas") | (set(self.frames["areas"]["area"]) if "areas" in self.frames else set())

    def among_record(self, table: str, keys: Sequence[pd.Series]) -> set[str]:
        """Return which of the keys in some columns are already on record."""
        if self.known is None or not keys:
            return set()
        distinct = pa.concat_arrays([encoded(column)[1] for column in keys]).unique()
        return self.known.among(table, pd.Series(pd.array(distinct, dtype="string")))

    def rows(self, name: str) -> pd.DataFrame | None:
        """Return the staged rows of a table that are not set aside and do not wait."""
        frame = self.staged.table(name)
        if frame is None:
            return None
        kept = np.ones(len(frame), dtype=bool)
        sheet, row = frame[SHEET].to_numpy(), frame[ROW].to_numpy()
        for number, columns in enumerate(self.sheets):
            if columns.bad.any():
                own = sheet == number
                kept[own] = ~columns.bad[row[own]]
        for place in self.held.get(name, ()):
            kept &= ~((sheet == place[0]) & (row == place[1]))
        return frame if kept.all() else frame[kept].reset_index(drop=True)

    def append(self, table: str, rows: pd.DataFrame) -> None:
        """Add rows to what a table will hold."""
        if table == "places":
            rows = named_rooms(rows)
        new = normalise_table(table, rows)
        old = self.frames.get(table)
        both = new if old is None else pd.concat([old, new], ignore_index=True)
        self.frames[table] = both.sort_values(TABLES[table].key, kind="stable", ignore_index=True)
