"""Lists in Parquet."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from loaders.files.cells import Unreadable, grid_cells
from loaders.files.grid import Grid
from loaders.files.json_lists import json_text
from loaders.findings import FindingLog
from loaders.options import LoadOptions
from tracing.text import catalogue

_, _n = catalogue("loaders")


def read_parquet(path: Path, data: bytes, ending: str, options: LoadOptions, log: FindingLog) -> list[Grid]:
    """Read a Parquet file; rows are numbered from 1."""
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        if file.metadata.num_columns > options.limits.columns:
            raise Unreadable("file.columns", columns=file.metadata.num_columns, limit=options.limits.columns)
        table = file.read()
    except (pa.ArrowException, OSError) as wrong:
        raise Unreadable("file.unreadable", kind="Parquet", reason=_("it is damaged or cut off")) from wrong
    cells = grid_cells(_arrow_text(column) for column in table.columns)
    numbers = np.arange(1, table.num_rows + 1)
    return [Grid(file=path.name, sheet=None, cells=cells, numbers=numbers, headings=tuple(table.column_names))]


def _arrow_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    if pa.types.is_timestamp(kind):
        return _stamp_text(column)
    if pa.types.is_floating(kind):
        return pc.replace_substring_regex(column.cast(pa.string()), pattern=r"\.0$", replacement="")
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pa.chunked_array(
            [
                pa.array(
                    [
                        json_text(v) if not isinstance(v, bytes) else v.decode("utf-8", "replace")
                        for v in column.to_pylist()
                    ],
                    type=pa.string(),
                )
            ]
        )
    return column.cast(pa.string())


def _stamp_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write time stamps as ISO text; a column in which every stamp is midnight holds days."""
    if column.type.tz is not None:
        return pc.strftime(column.cast(pa.timestamp("s", "UTC"), safe=False), format="%Y-%m-%dT%H:%M:%S+00:00")
    seconds = column.cast(pa.timestamp("s"), safe=False)
    days = pc.floor_temporal(seconds, unit="day")
    if pc.all(pc.equal(days, seconds)).as_py():
        return pc.strftime(days, format="%Y-%m-%d")
    return pc.strftime(seconds, format="%Y-%m-%dT%H:%M:%S")
