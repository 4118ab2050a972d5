"""Columns of numbers and texts, between Arrow, NumPy and pandas: nothing is lost, nor changed behind them."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from tracing.model.arrow import nulls_of, texts_to_arrow, to_arrow, to_numpy
from tracing.model.columns import Numbers, TableColumns, Tables, Texts, concat_columns
from tracing.model.numbered import number_records
from tracing.model.records import Records

WORDS = ["chợ", None, "", "trường", "chợ", None]


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 64, 65])
@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.int8, np.float64, np.bool_])
def test_numbers_go_to_arrow_and_back(size: int, dtype: type) -> None:
    numbers = np.random.default_rng(size).integers(0, 2, size).astype(dtype)
    missing = np.arange(size) % 3 == 1
    sent = to_arrow(numbers, missing)
    sent.validate(full=True)
    assert sent.to_pylist() == [None if gone else one for one, gone in zip(numbers.tolist(), missing, strict=True)]
    assert (nulls_of(sent) == missing).all() and (to_numpy(sent, 1) == np.where(missing, 1, numbers)).all()
    assert (to_numpy(to_arrow(numbers)) == numbers).all()
    part = sent.slice(size // 2)
    assert (nulls_of(part) == missing[size // 2 :]).all()
    assert (to_numpy(part, 0)[~missing[size // 2 :]] == numbers[size // 2 :][~missing[size // 2 :]]).all()


@pytest.mark.parametrize("texts", [[], ["a"], ["", None], WORDS, ["a", "bc"] * 9, [None] * 9])
def test_texts_go_to_arrow_as_arrow_makes_them(texts: list[str | None]) -> None:
    made = texts_to_arrow(texts)
    made.validate(full=True)
    assert made.equals(pa.array(texts, pa.large_string()))


@pytest.mark.parametrize("texts", [Texts.of(WORDS), Texts.coded(texts_to_arrow(WORDS))], ids=["plain", "coded"])
def test_a_column_of_texts_answers_alike_however_it_is_kept(texts: Texts) -> None:
    assert texts.tolist() == WORDS == texts.arrow.to_pylist() and texts[3] == "trường" and texts[1] is None
    assert texts.missing.tolist() == [word is None for word in WORDS] and texts.given() == ["chợ", "", "trường", "chợ"]
    assert texts.says("chợ", "").tolist() == [True, False, True, False, True, False]
    assert texts.says().tolist() == [False] * 6
    assert texts.index_in(texts_to_arrow(["trường", "chợ"])).tolist() == [1, -1, -1, 0, 1, -1]
    assert texts.take(np.array([5, 3])).tolist() == [None, "trường"] == texts.at(np.array([-1, 3])).tolist()
    assert texts.take(np.array(WORDS, dtype=object) == "chợ").tolist() == ["chợ", "chợ"]
    codes, distinct = texts.encoded()
    assert distinct.to_pylist() == ["chợ", "", "trường"] and codes.tolist() == [0, -1, 1, 2, 0, -1]


def test_a_table_goes_to_pandas_and_back() -> None:
    never = np.array([False, True])
    table = TableColumns(
        {
            "text": Texts.of(["x", None]),
            "coded": Texts.coded(texts_to_arrow(["y", "y"])),
            "time": Numbers(np.array([1, 0]), never),
            "sure": Numbers(np.array([True, False]), never),
            "metres": Numbers(np.array([0.5, 0]), never),
            "case": Numbers(np.array([True, False])),
        }
    )
    assert [str(dtype) for dtype in table.frame.dtypes] == ["string", "string", "Int64", "boolean", "Float64", "bool"]
    again = TableColumns.of(table.frame)
    assert (
        list(again.rows())
        == list(table.rows())
        == [("x", "y", 1, True, 0.5, True), (None, "y", None, None, None, False)]
    )
    assert list(concat_columns([again, table]).rows()) == [*table.rows(), *table.rows()]


def test_a_frame_that_is_changed_leaves_the_columns_as_they_are() -> None:
    table = TableColumns({"n": Numbers(np.array([1, 2]), np.zeros(2, dtype=bool)), "k": Numbers(np.array([1, 2]))})
    shown = Tables({"t": table})["t"]
    shown.loc[0, "n"], shown.loc[1, "k"] = 7, 7
    assert list(table.rows()) == [(1, 1), (2, 2)]
    frame = pd.DataFrame(
        {"person": pd.array(["a", "b"], dtype="string"), "birth_year": pd.array([1, 2], dtype="Int64")}
    )
    records = Records.build({"persons": frame})
    numbered = number_records(records)
    records.persons.loc[0, "birth_year"] = 1999
    assert numbered.records.columns("persons")["birth_year"].tolist() == [1, 2]
    assert numbered.records.persons["birth_year"].tolist() == [1, 2]


def test_columns_are_worked_on_without_pandas() -> None:
    look = (
        "import sys, numpy as np\n"
        "from tracing.model.columns import TableColumns, Numbers, Texts, concat_columns\n"
        "t = TableColumns({'a': Texts.of(['x', None, 'x']), 'n': Numbers(np.arange(3), np.arange(3) == 1)})\n"
        "t = concat_columns([t, t.take(np.array([2, 0]))]).put(b=t.texts('a').at(np.array([0, 1, 2, -1, 0])))\n"
        "t.texts('a').says('x'), t.texts('a').encoded(), list(t.rows()), t.numbers('n').filled(-1)\n"
        "print('pandas' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout == "False\n"
