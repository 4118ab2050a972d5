"""Rows of tables as frames of pandas: exact types, derived keys, one order; new ones merged into known ones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from tracing.errors import InputError
from tracing.model.coded import coded, encoded
from tracing.model.joined import ColumnPart, hashed
from tracing.model.records import SEPARATOR, Records, empty_columns
from tracing.model.rows import in_order, repeated_rows, row_order, text_order
from tracing.model.schema import SOURCE_COLUMNS, TABLES, Table, stored_columns
from tracing.spelling import join_numbers
from tracing.times import DEFAULT_ZONE

_CONTACT_SIDES: Final = (("person_a", "person_b"), ("mask_a", "mask_b"))


def empty_table(name: str) -> pd.DataFrame:
    """Return the table ``name`` with every stored column and no row."""
    return empty_columns(name).frame.copy(deep=False)


def normalise_table(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` as the table ``name``: all stored columns, exact types, keys derived, sorted by key.

    Missing columns become empty ones; an unknown column is an error, since loaders put what they do not know into
    ``attributes``. A contact's two people are put in the order of their ids (a contact has no direction).
    Rows that are equal in every stored column but their source are kept once.

    Raises
    ------
    InputError
        If a column is unknown or a required value is missing.
    """
    table = TABLES[name]
    stored = stored_columns(table)
    unknown = [str(c) for c in frame.columns if c not in stored]
    if unknown:
        raise InputError(f"table {name}: unknown columns {', '.join(sorted(unknown))}")
    absent, nowhere = empty_table(name), np.full(len(frame), -1)
    frame = frame.reset_index(drop=True)
    columns = {}
    for column in stored:
        empty = absent[column]
        given = frame[column] if column in frame.columns else pd.Series(empty.array.take(nowhere, allow_fill=True))
        columns[column] = given if given.dtype == empty.dtype else given.astype(empty.dtype)
    out = pd.DataFrame(columns, index=range(len(frame)), copy=False)
    out = _complete_spans(table, out)
    for required in table.required:
        if out[required].isna().any():
            raise InputError(f"table {name}: {required} is missing in {int(out[required].isna().sum())} rows")
    if name == "contacts":
        out = _order_sides(out)
    out[table.key] = _derive_keys(table, out)
    return in_order(out, table.key, SOURCE_COLUMNS)


def _complete_spans(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Fill ``x_to`` with ``x`` where only the instant was given."""
    for column in table:
        if column.kind == "time" and frame[f"{column.name}_to"].isna().any():
            frame[f"{column.name}_to"] = frame[f"{column.name}_to"].fillna(frame[column.name])
    return frame


def _order_sides(frame: pd.DataFrame) -> pd.DataFrame:
    swap = (frame["person_a"] > frame["person_b"]).to_numpy(dtype=bool)
    if swap.any():
        frame = frame.copy()
        for a, b in _CONTACT_SIDES:
            left, right = frame[a].copy(), frame[b].copy()
            frame[a] = left.where(~swap, right)
            frame[b] = right.where(~swap, left)
    return frame


def _derive_keys(table: Table, frame: pd.DataFrame) -> pd.Series:
    if table.identity == (table.key,):
        return frame[table.key]
    missing = frame[table.key].isna()
    if not missing.any():
        return frame[table.key]
    rows = frame if missing.all() else frame.loc[missing]
    parts: dict[str, ColumnPart] = {}
    for name in table.identity:
        start = name.removesuffix("_to")
        instants = start in parts and rows[name].equals(rows[start])
        parts[name] = parts[start] if instants else _written(rows[name])
    first, *others = parts.values()
    between = [first, *(part.between(SEPARATOR, "") for part in others)]
    derived = pd.Series(pd.array(hashed(f"{table.name[0]}-", between, len(rows)), dtype="string"))
    if missing.all():
        return derived
    keys = frame[table.key].copy()
    keys[missing] = derived.array
    return keys


def _written(values: pd.Series) -> ColumnPart:
    """Return a column as texts, a missing one as nothing, each distinct one written once; the one that all share."""
    if values.dtype != "string":
        numbers, distinct = pd.factorize(values)
        values = coded(numbers, distinct.astype("string"))
    codes, texts = encoded(values)
    if not len(texts):
        return ColumnPart.constant("")
    return ColumnPart(None, texts) if len(texts) == 1 and values.notna().all() else ColumnPart(codes, texts).filled()


def concat_records(parts: Iterable[Records], *, zone: str | None = None) -> Records:
    """Return the union of several Records; equal rows are kept once. The order of ``parts`` does not matter.

    Rows with the same key but different content both stay: :func:`merge_table` decides about them.
    """
    parts = list(parts)
    tables = {}
    for name in TABLES:
        frames = [p.tables[name] for p in parts if len(p.tables[name])]
        if frames:
            tables[name] = normalise_table(name, pd.concat(frames, ignore_index=True))
    return Records(tables, zone or (parts[0].zone if parts else DEFAULT_ZONE))


@dataclass(frozen=True)
class Merge:
    """What came of merging new rows into known ones.

    Attributes
    ----------
    put
        Rows to insert or replace, in the table's columns.
    new, known, completed
        How many keys are new; were already there with nothing to add; had empty fields filled.
    conflicts
        One row per contradicted field: key, column, and the row's source. Those new rows are not in ``put``.
    """

    put: pd.DataFrame
    new: int
    known: int
    completed: int
    conflicts: pd.DataFrame


def merge_table(name: str, known: pd.DataFrame, new: pd.DataFrame, *, replace: bool = False) -> Merge:
    """Merge normalised rows ``new`` into the stored rows ``known`` (only those with the same keys are needed).

    The same row twice adds nothing. Empty fields are filled from either side; a test that was *pending* takes its
    result; attributes and telephone numbers are joined. Two different values for one field are a conflict: the stored
    value stays, or, with ``replace``, the new one is taken. Among several new rows for one key the first in the
    canonical order is taken as the base, so the order of input never matters.
    """
    table = TABLES[name]
    key = table.key
    columns = [c for c in new.columns if c not in (key, *SOURCE_COLUMNS)]
    content = [key, *columns]
    stored = set(known[key])
    alone = ~new[key].duplicated(keep=False) & ~new[key].isin(stored)
    fresh, rest = new[alone], new[~alone]
    rest = rest.take(row_order([rest[c] for c in (*content, *SOURCE_COLUMNS)]))
    again = repeated_rows((rest[c] for c in content), len(rest))
    different = rest[~again]
    lone = different[key][~different[key].duplicated(keep=False) & ~different[key].isin(stored)]
    settled = rest[key].isin(lone).to_numpy(dtype=bool)
    fresh = pd.concat([fresh, rest[settled & ~again]])
    counts = {"new": len(fresh), "known": int((settled & again).sum()), "completed": 0}
    rest, again = rest[~settled], again[~settled]
    if rest.empty:
        fresh = fresh.take(text_order(fresh[key])).reset_index(drop=True)
        return Merge(fresh, counts["new"], counts["known"], 0, _no_conflicts())
    keys = rest[key].to_numpy(dtype=object)
    sources = rest[list(SOURCE_COLUMNS)].to_numpy(dtype=object)
    base: dict[str, dict[Any, Any]] = {
        row[key]: row for row in known[known[key].isin(set(rest[key]))].to_dict("records")
    }
    out: dict[str, dict[Any, Any]] = {}
    conflicts: list[dict[str, object]] = []
    others = iter(rest[~again].to_dict("records"))
    clashes: list[str] = []
    for ident, repeated, source in zip(keys, again.tolist(), sources, strict=True):
        if repeated:  # it stands right behind the row that says the same: what holds for that one holds for it
            counts["known"] += not clashes
        else:
            row = next(others)
            current = out.get(ident, base.get(ident))
            if current is None:
                out[ident], clashes = row, []
                counts["new"] += 1
                continue
            merged, filled, clashes = _merge_row(columns, current, row, replace=replace)
            if filled and not clashes:
                out[ident] = merged
            counts["completed" if filled else "known"] += not clashes
        conflicts += [{"key": ident, "column": c, **dict(zip(SOURCE_COLUMNS, source, strict=True))} for c in clashes]
    changed = pd.DataFrame(list(out.values()), columns=new.columns) if out else new.iloc[:0]
    put = pd.concat([fresh, changed.astype(new.dtypes.to_dict())], ignore_index=True)
    return Merge(
        put.sort_values(key, kind="stable", ignore_index=True),
        counts["new"],
        counts["known"],
        counts["completed"],
        pd.DataFrame(conflicts) if conflicts else _no_conflicts(),
    )


def _no_conflicts() -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series(dtype="string") for c in ("key", "column", *SOURCE_COLUMNS)})


def join_attributes(texts: Iterable[str]) -> str:
    """Return several attribute texts as one, in any order the same; different values of one name become a list."""
    held: dict[str, set[Any]] = {}
    for text in texts:
        for name, values in _told(text):
            held.setdefault(name, set()).update(values)
    joined = {name: next(iter(v)) if len(v) == 1 else sorted(v, key=str) for name, v in held.items()}
    return json.dumps(joined, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=10_000)
def _told(text: str) -> list[tuple[str, list[Any]]]:
    return [(name, value if isinstance(value, list) else [value]) for name, value in json.loads(text).items()]


def _merge_row(
    columns: list[str], current: dict[Any, Any], row: dict[Any, Any], *, replace: bool
) -> tuple[dict[Any, Any], bool, list[str]]:
    """Return the merged row, whether ``row`` added something, and the columns in which the two disagree."""
    merged, filled, clashes = dict(current), False, []
    for column in columns:
        old, value = current[column], row[column]
        if pd.isna(value) or value == "pending":
            continue
        if column == "phone" and not pd.isna(old) and not replace:
            value = join_numbers([old, value])
            merged[column], filled = value, filled or value != old
            continue
        if column == "attributes" and not pd.isna(old):
            value = join_attributes([old, value])
            merged[column], filled = value, filled or value != old
            continue
        if pd.isna(old) or old == "pending" or (replace and bool(old != value)):
            merged[column], filled = value, True
        elif bool(old != value):
            clashes.append(column)
    return merged, filled, clashes
