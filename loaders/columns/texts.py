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

from tracing.model.coded import CodedTexts, coded, constant_texts, encoded
from tracing.model.columns import Codes
from tracing.model.joined import ColumnPart, JoinedRows

#: Bytes that JSON does not write as they are.
_ESCAPED: Final = np.array([byte < 0x20 or byte in b'"\\' for byte in range(256)], dtype=bool)
#: So many bytes are looked at together.
_PART: Final = 1 << 20


def json_texts(columns: Mapping[str, pd.Series]) -> pd.Series:
    """Return several columns of texts as one JSON text per row, names in order; missing where all are.

    The members are written once per distinct text; rows are put together of them when they are asked for.
    """
    size = len(next(iter(columns.values())))
    held = {name: encoded(values) for name, values in columns.items()}
    return json_of_members({n: (c, _quoted(_as_written(texts))) for n, (c, texts) in held.items()}, size)


def json_of_members(members: Mapping[str, tuple[Codes, pa.Array]], size: int) -> pd.Series:
    """Return ``size`` JSON texts of members, each with its position in values that are written as JSON (-1: none)."""
    some = np.zeros(size, dtype=bool)
    parts: list[ColumnPart] = []
    for name in sorted(members):
        codes, values = members[name]
        if not len(values):
            continue
        member = ColumnPart(codes, values).between(f"{json.dumps(name, ensure_ascii=False)}: ", "")
        first, later = member.between("{", ""), member.between(", ", "")
        if some.all():
            parts.append(later)
        elif not some.any():
            parts.append(first)
        else:
            both = np.where(codes < 0, -1, codes + some * np.int32(len(values))).astype(np.int32)
            parts.append(ColumnPart(both, pa.concat_arrays([first.texts, later.texts])))
        some |= codes >= 0
    if not some.any():
        return constant_texts(None, size)
    return pd.Series(CodedTexts.of_rows(JoinedRows((*parts, ColumnPart.constant("}")), size), some))


def _quoted(texts: pa.Array) -> pa.Array:
    quote = pa.scalar('"', pa.large_string())
    return pc.binary_join_element_wise(quote, texts, quote, pa.scalar("", pa.large_string()))


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


def by_distinct(texts: pd.Series, read: Callable[[str], str | None]) -> pd.Series:
    """Return what ``read`` makes of each text, asked once per distinct text; missing stays missing."""
    codes, distinct = encoded(texts)
    return coded(codes, [read(text) for text in distinct.to_pylist()]).set_axis(texts.index)


def told_of(texts: pd.Series, test: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    """Tell of each text whether it passes ``test``, asked once per distinct text; missing does not."""
    codes, distinct = encoded(texts)
    passed = np.array([*(test(text) for text in distinct.to_pylist()), False], dtype=bool)
    return np.asarray(passed[codes], dtype=bool)
