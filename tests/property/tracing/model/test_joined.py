"""Keys of rows and texts joined from parts are those of the plain way, row by row, in machine code and without."""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pytest

from tracing.model import joined as module
from tracing.model.joined import ColumnPart, hashed, joined

LETTERS = ["", "a", "ấp Bến", "x" * 7, "y" * 8, "\x1f", "z" * 119, "w" * 130, "\U0001f600"]


def some_parts(seed: int, size: int) -> tuple[list[ColumnPart], list[str]]:
    """Return parts with missing, empty, long and constant texts, and the rows as the plain way joins them."""
    draw = np.random.default_rng(seed)
    parts, rows = [], [""] * size
    for number in range(draw.integers(1, 5)):
        texts = [f"{draw.choice(LETTERS)}{n}"[: draw.integers(0, 140)] for n in range(draw.integers(1, 40))]
        held = pa.array(["", *texts], type=pa.large_string())[1:]  # does not begin at its first letter
        codes = draw.integers(-1, len(texts), size).astype(np.int32)
        parts.append(ColumnPart(None, held) if number == 2 else ColumnPart(codes, held))
        own = np.zeros(size, dtype=int) if number == 2 else codes
        rows = [row + ("" if code < 0 else texts[code]) for row, code in zip(rows, own, strict=True)]
    return parts, rows


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("few", [0, 10_000])
def test_rows_are_joined_and_hashed_as_the_plain_way_does(seed: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FEW", few)
    monkeypatch.setattr(module, "BLOCK", 37)
    parts, rows = some_parts(seed, 300)
    assert joined(parts, 300).to_pylist() == rows
    plain = ["v-" + hashlib.blake2b(row.encode(), digest_size=8).hexdigest() for row in rows]
    assert hashed("v-", parts, 300).to_pylist() == plain


def test_no_rows_and_constants_alone() -> None:
    same = [ColumnPart.constant("a").between("<", ">"), ColumnPart.constant("b")]
    assert joined(same, 2).to_pylist() == ["<a>b"] * 2
    assert joined(same, 0).to_pylist() == hashed("v-", same, 0).to_pylist() == []


def test_what_is_missing_keeps_the_words_beside_it_once_it_is_filled() -> None:
    part = ColumnPart(np.array([0, -1], dtype=np.int32), pa.array(["a"], type=pa.large_string()))
    assert joined([part.between("<", ">")], 2).to_pylist() == ["<a>", ""]
    assert joined([part.filled().between("<", ">")], 2).to_pylist() == ["<a>", "<>"]
