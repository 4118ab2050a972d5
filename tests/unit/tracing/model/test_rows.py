"""Rows put in order and compared by numbers: the same as the plain way, row by row."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tracing.model.normal import empty_table, merge_table, normalise_table
from tracing.model.rows import first_of_each, in_order, like_neighbour, repeated_rows, row_groups, text_order

THEN = ["file", "row"]


def some_rows(seed: int, size: int = 400) -> pd.DataFrame:
    """Return rows with few different values, some missing, keys of one length or of several."""
    draw = np.random.default_rng(seed)
    keys = ["k-00a1", "k-00b2", "k-0100", "k-ffff"] if seed % 2 else ["a", "ấp", "b10", "b9", "z\U0001f600", "Đ"]
    return pd.DataFrame(
        {
            "key": pd.Series(draw.choice(keys, size), dtype="string"),
            "file": pd.Series(draw.choice(["x.csv", "y.csv", None], size), dtype="string"),
            "row": pd.Series(draw.choice([1, 2, 3, None], size), dtype="Int64"),
            "told": pd.Series(draw.choice(["one", "two", None], size), dtype="string"),
            "flag": pd.Series(draw.choice([True, False, None], size), dtype="boolean"),
            "empty": pd.Series([pd.NA] * size, dtype="Float64"),
        }
    )


@pytest.mark.parametrize("seed", range(6))
def test_rows_are_in_the_order_of_key_and_source_and_alike_ones_are_kept_once(seed: int) -> None:
    rows = some_rows(seed)
    plain = rows.sort_values(["key", *THEN], kind="stable", ignore_index=True)
    plain = plain.drop_duplicates(["key", "told", "flag", "empty"], ignore_index=True)
    pd.testing.assert_frame_equal(in_order(rows, "key", THEN), plain)


@pytest.mark.parametrize("seed", range(4))
def test_rows_that_say_what_a_row_above_says(seed: int) -> None:
    rows = some_rows(seed)
    told = repeated_rows((rows[name] for name in rows), len(rows))
    assert told.tolist() == rows.duplicated().tolist()
    assert 0 < told.sum() < len(rows)


def test_no_rows_are_in_order_and_none_is_repeated() -> None:
    rows = some_rows(0, 0)
    assert len(in_order(rows, "key", THEN)) == 0
    assert repeated_rows((rows[name] for name in rows), 0).tolist() == []


@pytest.mark.parametrize("seed", range(4))
def test_one_row_per_key_is_the_first_by_its_source(seed: int) -> None:
    rows = some_rows(seed)
    plain = rows.sort_values(["key", *THEN], kind="stable").drop_duplicates("key")
    pd.testing.assert_frame_equal(first_of_each(rows, "key", THEN), plain)


@pytest.mark.parametrize(
    "texts",
    [
        ["v-0f", "v-0a", "v-0f", "v-ff"],
        ["v-0123456789abcdef", "v-0123456789abcdee", "v-0123456789abcdef"],
        ["é", "z", "Z", "đ", "", "zz"],
        ["ab\x00", "ab ", "aba"],
    ],
)
def test_texts_stand_in_the_order_of_their_letters_and_equal_ones_in_theirs(texts: list[str]) -> None:
    column = pd.Series(texts, dtype="string")
    assert text_order(column).tolist() == sorted(range(len(texts)), key=lambda at: (texts[at], at))


def test_texts_that_stand_next_to_their_like() -> None:
    assert like_neighbour(pd.Series(["a", "b", "b", "b", "c"], dtype="string")).tolist() == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert like_neighbour(pd.Series([], dtype="string")).tolist() == []


@pytest.mark.parametrize("seed", range(4))
def test_rows_that_say_the_same_are_a_group_numbered_by_its_first_row(seed: int) -> None:
    rows = some_rows(seed)
    group, first = row_groups([rows[name] for name in rows], len(rows))
    said = [tuple("" if pd.isna(value) else value for value in row) for row in rows.to_numpy(dtype=object).tolist()]
    firsts = list(dict.fromkeys(said))
    assert group.tolist() == [firsts.index(row) for row in said]
    assert first.tolist() == [said.index(row) for row in firsts]
    assert 1 < len(first) < len(rows)


@pytest.mark.parametrize("replace", [False, True])
def test_merging_many_rows_is_merging_them_one_by_one(replace: bool) -> None:
    draw = np.random.default_rng(5)
    people = pd.DataFrame(
        {
            "person": draw.choice(["A", "B", "C", "D"], 18),
            "name": draw.choice(["An", "Bình", None], 18),
            "sex": draw.choice(["male", None], 18),
            "source_row": np.arange(18),
        }
    )
    stored = normalise_table("persons", pd.DataFrame({"person": ["A", "E"], "name": ["An", "Em"]}))
    whole = merge_table("persons", stored, people_table(people), replace=replace)
    known, counts, clashes = stored, np.zeros(3, dtype=int), 0
    columns = [c for c in known.columns if not c.startswith("source_")]
    for row in people_table(people).sort_values([*columns, "source_row"]).index:
        one = merge_table("persons", known, people_table(people).loc[[row]], replace=replace)
        known = pd.concat([known[~known["person"].isin(one.put["person"])], one.put])
        counts += [one.new, one.known, one.completed]
        clashes += len(one.conflicts)
    after = pd.concat([stored[~stored["person"].isin(whole.put["person"])], whole.put]).sort_values("person")
    assert after[columns].astype(object).fillna("").values.tolist() == (
        known.sort_values("person")[columns].astype(object).fillna("").values.tolist()
    )
    assert (whole.new, whole.known + whole.completed, len(whole.conflicts)) == (counts[0], counts[1:].sum(), clashes)
    assert bool(clashes) != replace


def people_table(people: pd.DataFrame) -> pd.DataFrame:
    """Return rows of persons as they are before equal ones are made one."""
    types = {"person": "string", "name": "string", "sex": "string", "source_row": "Int64"}
    return empty_table("persons").reindex(people.index).assign(**{n: people[n].astype(t) for n, t in types.items()})
