"""JSON written in batches is the JSON of the standard library, sign for sign."""

from __future__ import annotations

import json
from itertools import accumulate

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cli.json_text import json_text
from tracing.json_rows import JsonRows, RowsOfEach

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS,
    lambda inside: (
        st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=3) | st.integers(), inside, max_size=4)
    ),
    max_leaves=25,
)


@given(VALUES)
def test_written_as_the_standard_library_writes(value):
    assert json_text(value) == json.dumps(value, ensure_ascii=False, indent=2)


def columns_of(rows, names):
    return {name: [row[name] for row in rows] for name in names}


@given(st.data(), st.lists(st.text(max_size=3), min_size=1, max_size=3, unique=True))
def test_columns_are_written_as_the_rows_they_make(data, names):
    row = st.lists(SCALARS, min_size=len(names), max_size=len(names)).map(
        lambda row: dict(zip(names, row, strict=True))
    )
    inside = data.draw(st.lists(st.lists(row, max_size=3), max_size=4))
    bounds = np.array([*accumulate(map(len, inside), initial=0)], dtype=np.int64)
    rows = JsonRows(columns_of([one for some in inside for one in some], names))
    outside = data.draw(st.lists(row, min_size=len(inside), max_size=len(inside)))
    told = JsonRows({**columns_of(outside, names), "inside": RowsOfEach(rows, bounds[:-1], bounds[1:])})
    plain = [{**one, "inside": some} for one, some in zip(outside, inside, strict=True)]
    assert list(told) == plain
    around = {"before": [1, {}], "rows": told, "after": None}
    assert json_text(around) == json.dumps({**around, "rows": plain}, ensure_ascii=False, indent=2)


def test_rows_of_each_may_leave_rows_out_and_repeat_them():
    rows = JsonRows({"n": [1, 2, 3]})
    each = RowsOfEach(rows, np.array([2, 0, 1]), np.array([3, 2, 1]))
    assert list(each) == [[{"n": 3}], [{"n": 1}, {"n": 2}], []]
    assert json.loads(json_text({"all": JsonRows({"of": each})})) == {"all": [{"of": some} for some in each]}
