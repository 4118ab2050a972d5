"""What no field takes, of several rows put together: each text is read once, each set of values written once."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from loaders.columns.texts import json_of_members
from tracing.model.coded import encoded
from tracing.model.columns import Codes

_TEXT = pa.large_string()


def attributes_by_key(keys: pd.Series, attributes: pd.Series) -> tuple[pa.Array, pd.Series]:
    """Return the keys of rows that have attributes, and those of all their rows in one JSON text.

    Several values of one attribute become a list, as :func:`tracing.model.records.join_attributes` has it.
    """
    given = attributes.notna().to_numpy(dtype=bool)
    rows, distinct = encoded(keys[given])
    told, texts = encoded(attributes[given])
    said = _values_by_name(texts)
    members = {name: _member(rows, told, *said[name], len(distinct)) for name in said}
    joined = json_of_members(members, len(distinct))
    return distinct, joined.fillna("{}") if joined.isna().any() else joined


def _values_by_name(texts: pa.Array) -> dict[str, tuple[list[int], list[Any]]]:
    """Return of each attribute in which of the texts it has which value."""
    said: dict[str, tuple[list[int], list[Any]]] = {}
    for number, text in enumerate(texts.to_pylist()):
        for name, value in json.loads(text).items():
            places, values = said.setdefault(name, ([], []))
            held = value if isinstance(value, list) else [value]
            places += [number] * len(held)
            values += held
    return said


def _member(rows: Codes, told: Codes, places: list[int], values: list[Any], size: int) -> tuple[Codes, pa.Array]:
    """Return one attribute of each of ``size`` keys, as a position among its values written as JSON (-1: none)."""
    ranked = sorted(set(values), key=str)
    rank = {value: number for number, value in enumerate(ranked)}
    pairs = _pairs(rows, told, np.array(places), np.array([rank[value] for value in values]), len(ranked))
    key, value = np.divmod(pairs, len(ranked))
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
    ends = np.append(starts[1:], len(key))
    codes = np.full(size, -1, dtype=np.int32)
    codes[key[starts]] = value[starts]
    several: dict[bytes, int] = {}
    written = [json.dumps(one, ensure_ascii=False) for one in ranked]
    for at in np.flatnonzero(ends - starts > 1).tolist():
        among = value[starts[at] : ends[at]]
        code = several.setdefault(among.tobytes(), len(written))
        if code == len(written):
            written.append(json.dumps([ranked[one] for one in among], ensure_ascii=False))
        codes[key[starts[at]]] = code
    return codes, pa.array(written, type=_TEXT)


def _pairs(
    rows: Codes, told: Codes, places: npt.NDArray[np.int64], ranks: npt.NDArray[np.int64], count: int
) -> npt.NDArray[np.int64]:
    """Return each pair of a key and a value once, in order, as ``key * count + value``; ``places`` rise."""
    size = int(told.max()) + 1
    many = np.bincount(places, minlength=size)
    first = np.cumsum(many) - many
    out = [
        rows[has].astype(np.int64) * count + ranks[first[told[has]] + turn]
        for turn in range(int(many.max()))
        for has in [many[told] > turn]
    ]
    return np.unique(np.concatenate(out))
