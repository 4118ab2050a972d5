"""Whole columns of texts at once: put together as JSON, or each distinct text looked at once."""

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

#: Bytes that JSON does not write as they are.
_ESCAPED: Final = np.array([byte < 0x20 or byte in b'"\\' for byte in range(256)], dtype=bool)
#: So many bytes are looked at together.
_PART: Final = 1 << 20


def text_column(column: pa.Array | pa.ChunkedArray) -> pd.Series:
    """Return an Arrow column of texts as a column of texts of ours, without a copy."""
    return pd.Series(pd.array(column.cast(pa.large_string()), dtype="string"))


def json_texts(columns: Mapping[str, pd.Series]) -> pd.Series:
    """Return several columns of texts as one JSON text per row, names in order; missing where all are.

    The texts are joined as they are; only those that JSON writes in another way are written one by one.
    """
    size = len(next(iter(columns.values())))
    given = {name: arrow_texts(columns[name]) for name in sorted(columns) if columns[name].notna().any()}
    if not given:
        return text_column(pa.nulls(size, pa.large_string()))
    heads = {name: f'{json.dumps(name, ensure_ascii=False)}: "' for name in given}
    given = {name: _as_written(texts) for name, texts in given.items()}
    full = next((name for name, texts in given.items() if not texts.null_count), None)
    if full is None:
        members = [pc.fill_null(_join(heads[name], texts, '", '), "") for name, texts in given.items()]
        joined = pc.utf8_rtrim(_join(*members), characters=", ")
        some = pc.not_equal(joined, _scalar(""))
        return text_column(pc.if_else(some, _join("{", joined, "}"), _scalar(None)))
    parts: list[pa.Array | str] = ["{"]
    for name, texts in given.items():
        before, after = ("", ", ") if name < full else ("", "") if name == full else (", ", "")
        whole = not texts.null_count
        member = [f"{before}{heads[name]}", texts, f'"{after}']
        parts += member if whole else [pc.fill_null(_join(*member), "")]
    return text_column(_join(*parts, "}"))


def _as_written(texts: pa.Array) -> pa.Array:
    """Return texts as JSON writes them between quotes."""
    if not _has_escaped(texts):
        return texts
    special = pc.fill_null(pc.match_substring_regex(texts, pattern=r'["\\\x00-\x1f]'), False)
    written = [json.dumps(text, ensure_ascii=False)[1:-1] for text in texts.filter(special).to_pylist()]
    return pc.replace_with_mask(texts, special, pa.array(written, type=pa.large_string()))


def _has_escaped(texts: pa.Array) -> bool:
    """Tell whether any byte of the texts is one that JSON writes in another way."""
    _, offsets, letters = texts.buffers()
    if letters is None:
        return False
    ends = np.frombuffer(offsets, dtype=np.int64)[[texts.offset, texts.offset + len(texts)]]
    held = np.frombuffer(letters, dtype=np.uint8)[ends[0] : ends[1]]
    return any(_ESCAPED[held[at : at + _PART]].any() for at in range(0, len(held), _PART))


def _scalar(text: str | None) -> pa.Scalar:
    return pa.scalar(text, type=pa.large_string())


def _join(*parts: pa.Array | str) -> pa.Array:
    """Join texts row by row; missing where one is."""
    given: list[pa.Array | pa.Scalar] = []
    words = ""
    for part in parts:
        if isinstance(part, str):
            words += part
            continue
        given += [_scalar(words), part] if words else [part]
        words = ""
    return pc.binary_join_element_wise(*given, *([_scalar(words)] if words else []), _scalar(""))


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
