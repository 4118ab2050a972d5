"""Records in which everybody stands once: the ids of one person become one, their facts are put together.

What contradicts is kept: another name or year of birth goes into the attributes; of a case, two days become the span
that holds both, which the tiers read as *possible* and *certain*. A full name comes before a short one or a
relation ("chồng chị Rây"), accents before none, small letters before capitals. The records on file stay as they came.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracing.identity.decisions import place_names, representatives
from tracing.model.records import Records, join_attributes, normalise_table
from tracing.model.rows import arrow_texts, repeated_rows, rises, text_array, text_order
from tracing.model.schema import CASE_STATUS, SOURCE_COLUMNS, TABLES, Table
from tracing.spelling import called_numbers, clean_name, is_full

_BETWEEN: Final = {"contacts": ("person_a", "person_b"), "links": ("source", "target")}
"""Tables of two people, who are not the same."""


def unite(records: Records, groups: Iterable[Collection[str]], *, places: Iterable[Collection[str]] = ()) -> Records:
    """Return ``records`` with one id per person and per place; the same object where nobody stands twice in them.

    Parameters
    ----------
    records
        Records; the table ``cases`` decides by which id a person is called.
    groups
        Ids that are one person each (:attr:`tracing.identity.decisions.Identity.groups`).
    places
        Ids that are one place each.
    """
    groups, places = list(groups), list(places)
    if groups:
        named = representatives(groups, cases=set(records.cases["person"]), present=set(records.person_ids()))
        records = _renamed(records, "persons", named)
    if places:
        records = _renamed(records, "places", place_names(places, set(records.places["place"])))
    return records


def other_years(persons: pd.DataFrame) -> dict[str, str]:
    """Return the years of birth that lists give beside the one that is taken, by person, "; " between several."""
    told = persons[persons["attributes"].str.contains('"birth_year"', regex=False).fillna(False).astype(bool)]
    found = {}
    for person, year, text in zip(told["person"], told["birth_year"], told["attributes"], strict=True):
        value = json.loads(text).get("birth_year")
        years = {str(one) for one in (value if isinstance(value, list) else [value])} - {str(year)}
        if years := {one for one in years if one.isdecimal()}:
            found[person] = "; ".join(sorted(years))
    return found


def _renamed(records: Records, of: str, named: Mapping[str, str]) -> Records:
    """Return ``records`` in which the ids of people, or of places, are those by which they are called."""
    calls = _Calls.of({one: called for one, called in named.items() if one != called})
    if not len(calls.before):
        return records
    tables = {name: _unite_table(TABLES[name], frame, of, calls) for name, frame in records.tables.items()}
    return Records(tables, records.zone)


@dataclass(frozen=True)
class _Calls:
    """Ids (``before``), by which each is called (``after``), and all of these (``anybody``)."""

    before: pa.Array
    after: pa.Array
    anybody: pa.Array

    @classmethod
    def of(cls, named: Mapping[str, str]) -> _Calls:
        before, after = (pa.array(ids, type=pa.large_string()) for ids in (named.keys(), named.values()))
        return cls(before, after, pa.concat_arrays([before, after]).unique())

    def concern(self, ids: pd.Series) -> npt.NDArray[np.bool_]:
        """Tell which ids are among them."""
        return np.asarray(pc.is_in(arrow_texts(ids), value_set=self.anybody), dtype=bool)

    def applied(self, ids: pd.Series) -> pd.Series:
        """Return for each id the one by which it is called."""
        texts = arrow_texts(ids)
        called = self.after.take(pc.index_in(texts, value_set=self.before))
        return pd.Series(text_array(pc.coalesce(called, texts)), index=ids.index)


def _unite_table(table: Table, frame: pd.DataFrame, of: str, calls: _Calls) -> pd.DataFrame:
    columns = [c.name for c in table if c.refers_to == of or (table.name == of and c.name == table.key)]
    touched = np.zeros(len(frame), dtype=bool)
    for column in columns:
        touched |= calls.concern(frame[column])
    if not touched.any():
        return frame
    rows = frame[touched]
    before = rows[table.key]
    rows = rows.assign(**{column: calls.applied(rows[column]) for column in columns})
    if of == "persons" and table.name in _BETWEEN:
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
