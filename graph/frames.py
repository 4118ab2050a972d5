"""Tables of Arrow, as stores read them, as the tables of Records."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from tracing.model.arrow import nulls_of, to_numpy
from tracing.model.columns import Column, Numbers, TableColumns, Texts
from tracing.model.records import NUMBERS, complete_columns, nothing
from tracing.model.schema import SOURCE_COLUMNS, TABLES, ColumnKind, stored_columns


def to_columns(name: str, rows: pa.Table, made: Mapping[str, Column] | None = None) -> TableColumns:
    """Return rows of the table ``name`` as Records have them.

    TableColumns that are not there are those ``made`` already, or empty: for these hardly any memory is touched.
    """
    columns = dict(made or {})
    for column, kind in stored_columns(TABLES[name]).items():
        if column in rows.column_names:
            columns[column] = _to_column(rows[column], kind, again=_comes_again(name, column, kind))
    return complete_columns(name, columns, len(rows))


def _comes_again(name: str, column: str, kind: ColumnKind) -> bool:
    """Tell whether the texts of a column are mostly there many times: choices, references, where a row came from."""
    return kind == "choice" or column in SOURCE_COLUMNS or (kind == "id" and column != TABLES[name].key)


def _to_column(values: pa.ChunkedArray, kind: ColumnKind, *, again: bool) -> Column:
    if values.null_count == len(values):
        return nothing(kind, len(values))
    if kind not in NUMBERS:
        return Texts.coded(values) if again else Texts.of(values)
    missing = np.concatenate([nulls_of(chunk) for chunk in values.chunks])
    return Numbers(np.concatenate([to_numpy(chunk) for chunk in values.chunks]), missing)
