"""Same files in another order, rows shuffled, or rows repeated: the same Records."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import LoadResult, load_files

IDS = st.sampled_from(["A", "B", "C", "D", "E7", ""])
DAYS = st.sampled_from(["2021-07-01", "2021-07-02", "3/7/2021", "13/7/2021", "2021-07-02T09:20", "31/6/2021", "", "-"])
PERSON = st.tuples(
    IDS, st.sampled_from(["f", "Nữ", "Nam", "Fale", "?", ""]), st.sampled_from(["1990", "1991", "x", ""])
)
CASE = st.tuples(IDS, DAYS, DAYS)
CONTACT = st.tuples(IDS, IDS, DAYS, DAYS, st.sampled_from(["market", "school", ""]))
LINK = st.tuples(IDS, IDS, DAYS)
TABLES = {
    "persons": ("person,sex,birth_year", PERSON),
    "cases": ("person,onset,sample", CASE),
    "contacts": ("person_a,person_b,start,end,place", CONTACT),
    "links": ("source,target,date", LINK),
}
OUTBREAK = st.fixed_dictionaries({name: st.lists(row, max_size=6) for name, (_, row) in TABLES.items()})
pytestmark = pytest.mark.slow


def _write(folder: Path, rows: dict[str, list[tuple[str, ...]]]) -> list[Path]:
    paths = []
    for name, held in rows.items():
        text = "\n".join([TABLES[name][0], *(",".join(row) for row in held)])
        (folder / f"{name}.csv").write_text(text + "\n", encoding="utf-8")
        paths.append(folder / f"{name}.csv")
    return paths


def _accounted(result: LoadResult) -> None:
    for summary in result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
    assert sum(s.set_aside for s in result.summaries) == result.rows_set_aside
    places = result.findings.to_answer.dropna(subset=["row"])
    named = {(f, r) for f, r in zip(places["file"], places["row"], strict=True)}
    kept = {(k.file, n) for k in result.set_aside for n in k.numbers}
    assert named == kept  # every row set aside or waiting is named, and the reverse


@settings(max_examples=10)
@given(OUTBREAK, st.randoms(use_true_random=False))
def test_order_does_not_matter(rows: dict[str, list[tuple[str, ...]]], chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a").mkdir()
        (folder / "b").mkdir()
        first = load_files(_write(folder / "a", rows))
        shuffled = {name: chance.sample(held, len(held)) for name, held in rows.items()}
        paths = _write(folder / "b", shuffled)
        chance.shuffle(paths)
        second = load_files(paths)
    _accounted(first)
    _accounted(second)
    assert first.records.content_hash() == second.records.content_hash()
    assert sorted(first.findings) == sorted(second.findings)


@settings(max_examples=10)
@given(OUTBREAK)
def test_rows_given_twice_change_nothing(rows: dict[str, list[tuple[str, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a").mkdir()
        (folder / "b").mkdir()
        once = load_files(_write(folder / "a", rows))
        twice = load_files(_write(folder / "b", {name: held + held for name, held in rows.items()}))
    assert once.records.content_hash() == twice.records.content_hash()
