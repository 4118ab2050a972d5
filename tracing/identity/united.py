"""Rows under one id put together, as frames of pandas."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from tracing.identity.called import Calls
from tracing.model.normal import join_attributes, normalise_table
from tracing.model.rows import arrow_texts, repeated_rows, rises, text_array, text_order
from tracing.model.schema import CASE_STATUS, SOURCE_COLUMNS, Table
from tracing.spelling import called_numbers, clean_name, is_full

_BETWEEN: Final = {"contacts": ("person_a", "person_b"), "links": ("source", "target")}
"""Tables of two people, who are not the same."""


def unite_rows(
    table: Table,
    frame: pd.DataFrame,
    columns: Sequence[str],
    touched: npt.NDArray[np.bool_],
    calls: Calls,
    *,
    people: bool,
) -> pd.DataFrame:
    """Return a table in which those that ``columns`` name are called by one id each.

    ``touched`` are the rows that name any of them; with ``people`` it is people that are called so, else places.
    """
    rows = frame[touched]
    before = rows[table.key]
    rows = rows.assign(**{column: text_array(calls.applied(arrow_texts(rows[column]))) for column in columns})
    if people and table.name in _BETWEEN:
        one, other = _BETWEEN[table.name]
        rows = rows[(rows[one] != rows[other]).to_numpy(dtype=bool)]
    if table.key not in columns:
        rows = normalise_table(table.name, rows)
        content = [c for c in rows.columns if c not in (table.key, "attributes", *SOURCE_COLUMNS)]
        rows = rows[~repeated_rows((rows[name] for name in content), len(rows))]
        if rises(frame[table.key]):
            return _put_back(frame, touched, rows, table.key)
    else:
        rows = _one_row_each(table, rows.assign(_own=(before == rows[table.key]).to_numpy(dtype=bool), _id=before))
    whole = pd.concat([frame[~touched], rows.astype(frame.dtypes.to_dict())], ignore_index=True)
    return whole.take(text_order(whole[table.key])).reset_index(drop=True)


def _put_back(frame: pd.DataFrame, touched: npt.NDArray[np.bool_], rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return ``frame`` with ``rows`` in the places of those of their keys, without the other ``touched`` ones.

    Both are in the order of their keys, each of which is there once. Columns in which nothing changed are not copied.
    """
    kept = touched.copy()
    kept[touched] = np.asarray(pc.is_in(arrow_texts(frame[key][touched]), value_set=arrow_texts(rows[key])), dtype=bool)
    order = np.arange(len(frame))
    order[kept] = len(frame) + np.arange(len(rows))
    columns = {}
    for name, values in frame.items():
        new = rows[name].astype(values.dtype)
        same = new.reset_index(drop=True).equals(values[kept].reset_index(drop=True))
        columns[name] = values if same else pd.concat([values, new], ignore_index=True).take(order).array
    whole = pd.DataFrame(columns, index=frame.index, copy=False)
    gone = touched & ~kept
    return whole[~gone].reset_index(drop=True) if gone.any() else whole.reset_index(drop=True)


def _one_row_each(table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Return one row each: first what stands under the id by which it is called, then the others."""
    rows = rows.sort_values([table.key, "_own", "_id"], ascending=[True, False, True], kind="stable")
    lines = rows.drop(columns=["_own", "_id"]).astype(object)
    told = lines.where(lines.notna(), None).to_dict("records")
    out = [_put_together(table, list(alike)) for _ident, alike in groupby(told, key=itemgetter(table.key))]
    return pd.DataFrame(out, columns=lines.columns)


def _poorest_last(name: str) -> tuple[bool, ...]:
    """Return by what the names of one person are put in order: the whole one, with accents, before a shorter one."""
    letters = any(len(word.rstrip(".")) == 1 for word in name.split())
    more = clean_name(name) != name  # "Bà" before it, a nickname in brackets
    return name[:1].islower(), not is_full(name), letters, more, name.isascii(), name.isupper()


def _put_together(table: Table, told: list[dict[Any, Any]]) -> dict[str, Any]:
    """Return several rows of one person, or place, as one."""
    out: dict[str, Any] = {**told[0]}
    other: dict[str, Any] = {}
    for column in table:
        values = list(dict.fromkeys(row[column.name] for row in told if row[column.name] is not None))
        if not values:
            continue
        if column.kind == "time":
            spans = [(row[column.name], row[f"{column.name}_to"]) for row in told if row[column.name] is not None]
            out[column.name], out[f"{column.name}_to"] = min(a for a, _ in spans), max(b for _, b in spans)
            continue
        if len(values) > 1 and (table.name, column.name) == ("persons", "name"):
            values.sort(key=_poorest_last)
        out[column.name] = values[0]
        if column.name == "phone":
            out["phone"] = "; ".join(dict.fromkeys(one for text in values for one in called_numbers(text)))
        elif column.name == "status":
            out["status"] = min((row["status"] or "confirmed" for row in told), key=CASE_STATUS.index)
        elif len(values) > 1:
            other[column.name] = values[1:] if len(values) > 2 else values[1]
    said = [row["attributes"] for row in told if row["attributes"] is not None]
    if other:
        said.append(json.dumps(other, ensure_ascii=False, default=str))
    out["attributes"] = join_attributes(said) if said else None
    return out
