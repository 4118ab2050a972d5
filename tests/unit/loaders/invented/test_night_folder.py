"""The generator of one night's folder: the same number gives the same bytes, and the truth knows every wrong cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.invented.night.folder import TRUTH_FOLDER, generate_night


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first = generate_night(5).write(tmp_path / "a")
    again = generate_night(5).write(tmp_path / "b")
    assert [path.name for path in first] == [path.name for path in again]
    assert all(one.read_bytes() == other.read_bytes() for one, other in zip(first, again, strict=True))
    assert {path.suffix for path in first} == {".xlsx", ".csv"}
    assert all(TRUTH_FOLDER not in path.parts for path in first)


def test_without_slips_every_cell_means_what_stands_there() -> None:
    assert generate_night(5, slips=0).truth["cells"]["slip"].isna().all()


@pytest.mark.parametrize("seed", [1, 4])
def test_a_wrong_cell_differs_from_what_is_meant(seed: int) -> None:
    cells = generate_night(seed).truth["cells"]
    wrong = cells[cells["slip"].notna()]
    assert len(wrong) > 20
    assert (wrong["written"].astype(str) != wrong["true"].astype(str)).all()
