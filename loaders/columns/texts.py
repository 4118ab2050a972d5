"""Whole columns of texts at once: put together as JSON, looked at once per distinct text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.rows import arrow_texts

#: Letters that JSON does not write as they are.
_ESCAPED: Final = r'["\\\x00-\x1f]'


def text_column(column: pa.Array | pa.ChunkedArray) -> pd.Series:
    """Return an Arrow column of texts as a column of texts of ours, without a copy."""
    return pd.Series(pd.array(column.cast(pa.large_string()), dtype="string"))


def json_texts(columns: Mapping[str, pd.Series]) -> pd.Series:
    """Return several columns of texts as one JSON text per row, names in order; missing where all are.

    The texts are joined as they are; only those that JSON writes in another way are written one by one.
    """
    size = len(next(iter(columns.values())))
    parts = [_members(name, arrow_texts(columns[name])) for name in sorted(columns) if columns[name].notna().any()]
    if not parts:
        return text_column(pa.nulls(size, pa.large_string()))
    joined = parts[0] if len(parts) == 1 else _join(*parts, ", ", null_handling="skip")
    given = pc.not_equal(joined, _scalar(""))
    return text_column(pc.if_else(given, _join("{", joined, "}", "", null_handling="emit_null"), _scalar(None)))


def _members(name: str, texts: pa.Array) -> pa.Array:
    """Return ``"name": "text"`` for each text; missing stays missing."""
    special = pc.fill_null(pc.match_substring_regex(texts, pattern=_ESCAPED), False)
    if pc.any(special).as_py():
        written = [json.dumps(text, ensure_ascii=False)[1:-1] for text in texts.filter(special).to_pylist()]
        texts = pc.replace_with_mask(texts, special, pa.array(written, type=pa.large_string()))
    head = f'{json.dumps(name, ensure_ascii=False)}: "'
    return _join(head, texts, '"', "", null_handling="emit_null")


def _scalar(text: str | None) -> pa.Scalar:
    return pa.scalar(text, type=pa.large_string())


def _join(*parts: pa.Array | str, null_handling: str) -> pa.Array:
    """Join texts row by row; the last part stands between."""
    given = [_scalar(part) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*given, null_handling=null_handling)


def by_distinct(texts: pd.Series, read: Callable[[str], str | None]) -> pd.Series:
    """Return what ``read`` makes of each text, asked once per distinct text; missing stays missing."""
    encoded = arrow_texts(texts).dictionary_encode()
    made = pa.array([read(text) for text in encoded.dictionary.to_pylist()], type=pa.large_string())
    return text_column(made.take(encoded.indices)).set_axis(texts.index)


def told_of(texts: pd.Series, test: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """Tell of each text whether it passes ``test``, asked once per distinct text; missing does not."""
    encoded = arrow_texts(texts).dictionary_encode()
    passed = np.array([*(test(text) for text in encoded.dictionary.to_pylist()), False], dtype=bool)
    codes = encoded.indices.fill_null(len(passed) - 1).to_numpy(zero_copy_only=False)
    return np.asarray(passed[codes], dtype=bool)
