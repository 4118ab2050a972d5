"""Rows of whole columns compared and put in order by numbers: no row is looked at alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.arrays import ArrowStringArray

from tracing.model.coded import CodedTexts, encoded
from tracing.model.order import stable_order

_WORD = 8
#: An odd number without a pattern in its bits: numbers times this differ in their upper bits.
_MIX = np.uint64(0x9E3779B97F4A7C15)


def repeated_rows(columns: Iterable[pd.Series], size: int) -> npt.NDArray[np.bool_]:
    """Tell which of ``size`` rows say in every column what a row above them says; missing is like missing.

    Only rows that are alike in all columns so far are compared in the next one, and of all rows only those whose
    numbers in all columns of coded texts mix to the same.
    """
    columns = list(columns)
    rows = _perhaps_repeated(columns, size)
    group = np.zeros(len(rows), dtype=np.int64)
    for values in columns:
        if not len(rows):
            break
        own = values if len(rows) == size else values.iloc[rows]
        codes, distinct = pd.factorize(own, use_na_sentinel=False)
        group, groups = pd.factorize(group * np.int64(len(distinct) + 1) + codes)
        alike = (np.bincount(group, minlength=len(groups)) > 1)[group]
        rows, group = rows[alike], group[alike]
    out = np.zeros(size, dtype=bool)
    out[rows[pd.Series(group).duplicated().to_numpy()]] = True
    return out


def _perhaps_repeated(columns: Sequence[pd.Series], size: int) -> npt.NDArray[np.int64]:
    """Return the rows that may say what another one says: in order, hardly any that does not."""
    mixed = np.zeros(size, dtype=np.uint64)
    for values in columns:
        if isinstance(values.array, CodedTexts):
            mixed ^= encoded(values)[0].astype(np.uint64)
            mixed *= _MIX
            mixed ^= mixed >> np.uint64(29)
    ordered = np.sort(mixed)
    again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    return np.flatnonzero(np.isin(mixed, again)) if len(again) else np.empty(0, dtype=np.int64)


def row_groups(columns: Iterable[pd.Series], size: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return for each of ``size`` rows the number of its group, and the first row of each group, in order.

    Rows of one group say the same in every column; missing is like missing.
    """
    group = np.zeros(size, dtype=np.int64)
    for values in columns:
        codes, distinct = pd.factorize(values, use_na_sentinel=False)
        if len(distinct) > 1:
            group, _ = pd.factorize(group * np.int64(len(distinct) + 1) + codes)
    first = np.zeros(int(group.max()) + 1 if size else 0, dtype=np.int64)
    first[group[::-1]] = np.arange(size)[::-1]
    return group, first


def arrow_texts(texts: pd.Series) -> pa.Array:
    """Return a column of texts as one Arrow array."""
    column = pa.array(texts, type=pa.large_string(), from_pandas=True)
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def is_among(texts: pd.Series, values: Iterable[str]) -> npt.NDArray[np.bool_]:
    """Tell which of a column of texts are among ``values``; a missing one is not."""
    among = arrow_texts(values) if isinstance(values, pd.Series) else pa.array(list(values), pa.large_string())
    return np.asarray(pc.is_in(arrow_texts(texts), value_set=among), dtype=bool)


def text_array(column: pa.Array) -> ArrowStringArray:
    """Return texts of Arrow as a column of texts of pandas."""
    return ArrowStringArray(pa.chunked_array([column]))


def text_order(texts: pd.Series) -> npt.NDArray[np.int64]:
    """Return the positions of texts, none missing, in the order of their letters; equal ones stay in their order."""
    if isinstance(texts.array, CodedTexts):
        codes, distinct = encoded(texts)
        return stable_order(_places(np.asarray(pc.sort_indices(distinct)))[codes])
    column = arrow_texts(texts)
    numbers = _as_numbers(column)
    if numbers is None:
        return np.asarray(pc.sort_indices(column), dtype=np.int64)
    order = np.argsort(numbers[0], kind="stable")
    if len(numbers) == 1:
        return order
    first = numbers[0][order]
    same = first[1:] == first[:-1]
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))  # the other words tell these apart
    rows = order[tied]
    order[tied] = rows[np.lexsort([*(words[rows] for words in numbers[:0:-1]), first[tied]])]
    return order


def _places(order: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.int64]:
    """Return the place of each in an order."""
    out = np.empty(len(order), dtype=np.int64)
    out[order] = np.arange(len(order))
    return out


def _as_numbers(column: pa.Array) -> list[npt.NDArray[np.uint64]] | None:
    """Return texts of one length as numbers of eight letters each that sort alike; None for texts of several lengths.

    Letters that all texts begin with are left out.
    """
    _, offsets, letters = column.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    widths = np.diff(ends)
    if not len(widths) or not widths[0] or (widths != widths[0]).any() or widths[0] > 4 * _WORD:
        return None
    size, width = len(column), int(widths[0])
    written = np.frombuffer(letters, dtype=np.uint8)[ends[0] : ends[-1]].reshape(size, width)
    start = next((at for at in range(width) if (written[:, at] != written[0, at]).any()), width - 1)
    padded = np.zeros((size, -(-(width - start) // _WORD) * _WORD), dtype=np.uint8)
    padded[:, : width - start] = written[:, start:]
    words = padded.view(">u8").astype(np.uint64)
    return [words[:, at] for at in range(words.shape[1])]


def in_order(frame: pd.DataFrame, key: str, then: Sequence[str]) -> pd.DataFrame:
    """Return rows by their key, those of one key by the columns ``then`` (missing last); rows with equal ones stay.

    Rows of one key that are alike in all columns but ``then`` are kept once.
    """
    frame = _taken(frame, text_order(frame[key]))
    same = like_above(frame[key])
    again = like_neighbour(frame[key])
    if not again.any():
        return frame
    places = np.flatnonzero(again)
    rank = np.cumsum(~same)[places]
    rows = frame.take(places)
    order = row_order([pd.Series(rank), *(rows[name] for name in then)])
    rows = rows.take(order)
    content = [rows[name] for name in (key, *(c for c in rows if c not in (key, *then)))]
    kept = np.ones(len(frame), dtype=bool)
    kept[places] = ~repeated_rows(content, len(rows))
    positions = np.arange(len(frame))
    positions[places] = places[order]
    return _taken(frame, positions[kept])


def _taken(frame: pd.DataFrame, positions: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Return the rows at ``positions``, numbered anew; columns without any value are not gone through."""
    size = len(positions)
    if size == len(frame) and (positions == np.arange(size)).all():
        return frame.reset_index(drop=True)
    columns = {name: v.iloc[:size] if v.isna().all() else v.take(positions) for name, v in frame.items()}
    return pd.DataFrame({name: values.array for name, values in columns.items()}, index=range(size), copy=False)


def like_above(texts: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell which texts, none missing, are the one above them."""
    column = arrow_texts(texts)
    out = np.zeros(len(column), dtype=bool)
    if len(column) > 1:
        out[1:] = pc.equal(column[1:], column[:-1]).to_numpy(zero_copy_only=False)
    return out


def rises(texts: pd.Series) -> bool:
    """Tell whether texts, none missing, are in the order of their letters, each once."""
    column = arrow_texts(texts)
    return pc.all(pc.greater(column[1:], column[:-1])).as_py() is not False


def like_neighbour(texts: pd.Series) -> npt.NDArray[np.bool_]:
    """Tell which texts, in order and none missing, are there more than once."""
    same = like_above(texts)
    same[:-1] |= same[1:]
    return same


def row_order(columns: Sequence[pd.Series]) -> npt.NDArray[np.int64]:
    """Return the positions of rows in the order of several columns, missing last; equal rows stay in their order."""
    told = _told(columns)
    return np.lexsort(told) if told else np.arange(len(columns[0]))


def _told(columns: Sequence[pd.Series]) -> list[npt.NDArray[np.int64]]:
    """Return the ranks in columns, the last one first; not those of a column that says the same in each row."""
    return [rank for rank in map(_ranks, reversed(columns)) if len(rank) and (rank != rank[0]).any()]


def first_of_each(frame: pd.DataFrame, key: str, then: Sequence[str]) -> pd.DataFrame:
    """Return one row per key, in the order of keys: the first by the columns ``then``, missing last."""
    told = _told([frame[name] for name in then])
    rank = told[0] if len(told) == 1 else _places(np.lexsort(told)) if told else np.arange(len(frame))
    codes, distinct = pd.factorize(frame[key])
    least = np.full(len(distinct), np.iinfo(np.int64).max)
    np.minimum.at(least, codes, rank)
    first = np.flatnonzero(rank == least[codes])
    first = first[~pd.Series(codes[first]).duplicated().to_numpy()]
    rows = frame.take(first)
    return rows.take(text_order(rows[key]))


def _ranks(values: pd.Series) -> npt.NDArray[np.int64]:
    """Return numbers in the order of values, missing last."""
    if values.dtype == "int64":
        return values.to_numpy()
    if values.dtype == "Int64":
        return values.to_numpy(dtype=np.int64, na_value=np.iinfo(np.int64).max)
    codes, distinct = pd.factorize(values, sort=True)
    return np.where(codes < 0, len(distinct), codes)
