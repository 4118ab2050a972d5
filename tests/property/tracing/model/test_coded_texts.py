"""A column of coded texts answers as the plain column of the same texts does, whatever is asked of it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracing.model.coded import CodedTexts, coded, constant_texts, encoded
from tracing.model.joined import ColumnPart, JoinedRows

TEXTS = st.lists(st.sampled_from(["a", "b", "1.0", "12.0", "An", "", "bé", None]), max_size=12)
ASKED: dict[str, Callable[[pd.Series], Any]] = {
    "missing": lambda s: s.isna(),
    "given": lambda s: s.dropna(),
    "count": lambda s: s.count(),
    "shifted": lambda s: s.shift(),
    "filled from above": lambda s: s.ffill(),
    "greatest": lambda s: s.dropna().max() if s.notna().any() else None,
    "first of each": lambda s: s.to_frame("x").assign(y=s).groupby("x")["y"].first(),
    "several of each": lambda s: s.to_frame("x").assign(y=s).groupby("x")["y"].agg(";".join),
    "split": lambda s: s.str.split("."),
    "exploded": lambda s: s.str.split(".").explode(),
    "laid out": lambda s: s.to_frame("x").T.iloc[0].tolist(),
    "turned": lambda s: s.iloc[::-1],
    "cut": lambda s: s.iloc[1:7].reset_index(drop=True),
    "filtered": lambda s: s[(s == "a").fillna(False)],
    "taken": lambda s: s.take(np.arange(len(s))[::-2]),
    "reindexed": lambda s: s.reindex([0, 99, 1]),
    "listed": lambda s: s.tolist(),
    "objects": lambda s: s.to_numpy(dtype=object).tolist(),
    "without missing": lambda s: s.to_numpy(dtype=object, na_value="?").tolist(),
    "distinct": lambda s: s.unique().tolist(),
    "numbered": lambda s: tuple(part.tolist() for part in pd.factorize(s)),
    "numbered with missing": lambda s: tuple(part.tolist() for part in pd.factorize(s, use_na_sentinel=False)),
    "sorted numbers": lambda s: tuple(part.tolist() for part in pd.factorize(s, sort=True)),
    "again": lambda s: s.duplicated(),
    "among": lambda s: s.isin(["a", "An", None]),
    "filled": lambda s: s.fillna("x"),
    "filled from a column": lambda s: s.fillna(s.iloc[::-1].reset_index(drop=True)),
    "where": lambda s: s.where(s.isin(["a", "b"])),
    "where else": lambda s: s.where(s.isin(["a", "b"]), "y"),
    "where another": lambda s: s.where(s.isin(["a"]), s.str.upper()),
    "masked": lambda s: s.mask(s.isna(), "z"),
    "equal": lambda s: s == "a",
    "unlike itself": lambda s: s != s.iloc[::-1].reset_index(drop=True),
    "more": lambda s: s > "a",
    "match": lambda s: s.str.match(r"^\d+\.0$"),
    "match filled": lambda s: s.str.contains("a", na=False),
    "length": lambda s: s.str.len(),
    "slice": lambda s: s.str.slice(0, -2),
    "upper": lambda s: s.str.upper(),
    "replaced": lambda s: s.str.replace(r"\d", "#", regex=True),
    "extracted": lambda s: s.str.extract(r"(\d)")[0],
    "joined": lambda s: s + "-" + s,
    "sorted": lambda s: s.sort_values(kind="stable"),
    "twice": lambda s: pd.concat([s, s.iloc[:2]], ignore_index=True),
    "behind plain ones": lambda s: pd.concat([pd.Series(["q", None], dtype="string"), s], ignore_index=True),
    "before plain ones": lambda s: pd.concat([s, pd.Series(["q", None, "a"], dtype="string")], ignore_index=True),
    "counts": lambda s: s.value_counts().sort_index().to_dict(),
    "mapped": lambda s: s.map({"a": "b"}).astype("string"),
    "groups": lambda s: s.to_frame("x").groupby("x").size().to_dict(),
    "rows without doubles": lambda s: s.to_frame("x").drop_duplicates(),
    "merged": lambda s: s.to_frame("x").merge(pd.DataFrame({"x": pd.Series(["a", "An"], dtype="string"), "n": [1, 2]})),
    "least": lambda s: s.dropna().min() if s.notna().any() else None,
    "Arrow": lambda s: pa.array(s, type=pa.large_string()).to_pylist(),
    "pickled": lambda s: pickle.loads(pickle.dumps(s)),
    "typed": lambda s: s.astype("string"),
}


def same(one: Any, other: Any) -> bool:
    """Tell whether two answers are alike; dtypes count."""
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other)
    elif isinstance(one, pd.Series):
        pd.testing.assert_series_equal(one, other)
    else:
        assert repr(one) == repr(other)
    return True


@pytest.mark.parametrize("what", ASKED)
@settings(max_examples=6)
@given(TEXTS, st.integers(0, 3))
def test_like_plain(what: str, texts: list[str | None], cut: int) -> None:
    plain = pd.Series(texts, dtype="string")
    held = pd.Series(CodedTexts.of(pa.array(texts, type=pa.string())))
    codes = np.array([-1 if text is None else at for at, text in enumerate(texts)], dtype=np.int32)
    rows = JoinedRows(
        (ColumnPart(codes, pa.array([text or "" for text in texts], type=pa.large_string())),), len(texts)
    )
    as_rows = pd.Series(CodedTexts.of_rows(rows, codes >= 0))
    assert same(ASKED[what](held), ASKED[what](plain))
    for column in (held, as_rows):  # some texts do not occur any more
        kept = [series.iloc[cut:].reset_index(drop=True) for series in (column, plain)]
        assert isinstance(kept[0].array, CodedTexts)
        assert same(ASKED[what](kept[0]), ASKED[what](kept[1]))


@given(TEXTS, st.lists(st.integers(0, 11), max_size=3))
def test_written(texts: list[str | None], places: list[int]) -> None:
    plain, held = pd.Series(texts, dtype="string"), pd.Series(CodedTexts.of(pa.array(texts, type=pa.string())))
    for at in places:
        if at < len(texts):
            plain.iloc[at] = "new"
            held.iloc[at] = "new"
    assert same(held, plain)


@given(TEXTS)
def test_encoded(texts: list[str | None]) -> None:
    held = pd.Series(CodedTexts.of(pa.array([None, *texts], type=pa.string()))).iloc[1:]
    for column in (held, pd.Series(texts, dtype="string")):
        codes, distinct = encoded(column)
        assert distinct.to_pylist() == list(dict.fromkeys(text for text in texts if text is not None))
        assert [None if code < 0 else distinct[int(code)].as_py() for code in codes] == texts


def test_made() -> None:
    assert coded(np.array([1, -1, 0, 2]), ["x", "y", None]).tolist() == ["y", pd.NA, "x", pd.NA]
    assert constant_texts("x", 2).tolist() == ["x", "x"]
    assert constant_texts(None, 2).isna().all()
