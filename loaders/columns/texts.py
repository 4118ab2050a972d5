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

from tracing.model.coded import CodedTexts, coded, encoded
from tracing.model.rows import arrow_texts, join_rows

#: Bytes that JSON does not write as they are.
_ESCAPED: Final = np.array([byte < 0x20 or byte in b'"\\' for byte in range(256)], dtype=bool)
#: So many bytes are looked at together.
_PART: Final = 1 << 20


def text_column(column: pa.Array | pa.ChunkedArray) -> pd.Series:
    """Return an Arrow column of texts of which hardly any is there twice as a column of texts of ours."""
    return pd.Series(CodedTexts.of_rows(column.cast(pa.large_string())))


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
        members = [pc.fill_null(join_rows(heads[name], texts, '", '), "") for name, texts in given.items()]
        joined = pc.utf8_rtrim(join_rows(*members), characters=", ")
        some = pc.not_equal(joined, _scalar(""))
        return text_column(pc.if_else(some, join_rows("{", joined, "}"), _scalar(None)))
    parts: list[pa.Array | str] = ["{"]
    for name, texts in given.items():
        before, after = ("", ", ") if name < full else ("", "") if name == full else (", ", "")
        whole = not texts.null_count
        member = [f"{before}{heads[name]}", texts, f'"{after}']
        parts += member if whole else [pc.fill_null(join_rows(*member), "")]
    return text_column(join_rows(*parts, "}"))


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


def by_distinct(texts: pd.Series, read: Callable[[str], str | None]) -> pd.Series:
    """Return what ``read`` makes of each text, asked once per distinct text; missing stays missing."""
    codes, distinct = encoded(texts)
    return coded(codes, [read(text) for text in distinct.to_pylist()]).set_axis(texts.index)


def told_of(texts: pd.Series, test: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """Tell of each text whether it passes ``test``, asked once per distinct text; missing does not."""
    codes, distinct = encoded(texts)
    passed = np.array([*(test(text) for text in distinct.to_pylist()), False], dtype=bool)
    return np.asarray(passed[codes], dtype=bool)
