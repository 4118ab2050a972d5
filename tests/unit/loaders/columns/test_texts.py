"""Whole columns of texts as JSON: the same text as one row at a time."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from loaders.columns.texts import json_texts

TEXTS = ["Ấp 3", 'he said "no"', "a\\b", "two\nlines", "\x07", "\x7f", "", "nhà số 5", "{}", "😀", None]


def plainly(columns: dict[str, pd.Series]) -> list[str | None]:
    out = []
    for row in zip(*(columns[name] for name in columns), strict=True):
        held = {name: text for name, text in zip(columns, row, strict=True) if isinstance(text, str)}
        out.append(json.dumps(held, ensure_ascii=False, sort_keys=True) if held else None)
    return out


def column(draw: np.random.Generator, texts: list[str | None], size: int = 200) -> pd.Series:
    return pd.Series(draw.choice(np.array(texts, dtype=object), size), dtype="string")


@pytest.mark.parametrize("full", [(), ("đ",), ("Tên",), ("zz",), ("Tên", "zz", "đ", 'a "b"')])
def test_every_row_is_what_json_makes_of_it(full: tuple[str, ...]) -> None:
    draw = np.random.default_rng(len(full))
    columns = {name: column(draw, TEXTS[: -1 if name in full else None]) for name in ("zz", "Tên", "đ", 'a "b"')}
    columns["nothing"] = pd.Series([pd.NA] * 200, dtype="string")
    assert [None if pd.isna(text) else text for text in json_texts(columns)] == plainly(columns)


def test_rows_that_say_nothing_are_missing() -> None:
    columns = {"a": pd.Series([pd.NA, "x"], dtype="string"), "b": pd.Series([pd.NA, pd.NA], dtype="string")}
    assert json_texts(columns).isna().tolist() == [True, False]
    assert json_texts({"a": pd.Series([pd.NA, pd.NA], dtype="string")}).isna().all()


def test_a_part_of_a_column_is_written_as_the_part_that_it_is() -> None:
    whole = pd.Series(['a "quoted" text', "plain", "b\\c"], dtype="string")
    assert json_texts({"n": whole.iloc[1:]}).tolist() == ['{"n": "plain"}', '{"n": "b\\\\c"}']
