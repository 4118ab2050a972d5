"""What a text that is not known was probably meant to be: one home for ids, words and values."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.columns.values import read_choice, words
from tracing.nearest import count_slips, nearest_id, nearest_value, nearest_word, nearest_words
from tracing.spelling import fold


@pytest.mark.parametrize("meant", ["P-1234", "P-12345", "X-1234", "P-1243", "P-123"])
def test_an_id_one_slip_away_is_the_one_that_is_meant(meant: str) -> None:
    assert nearest_id("P-1234", {meant, "far away"}) == (None if meant == "P-1234" else meant)
    assert meant == "P-1234" or count_slips("P-1234", meant, 1) == 1


def test_of_two_ids_one_slip_away_none_but_the_swapped_one_is_meant() -> None:
    assert nearest_id("P-1234", {"P-1235", "P-1236"}) is None
    assert nearest_id("P-1234", {"P-1235", "P-1243"}) == "P-1243"


def test_a_word_near_to_two_values_is_not_chosen() -> None:
    assert nearest_value("bale", {"male": "a", "bald": "b"}) is None
    assert nearest_value("abc", {"abd": "a"}) is None  # too short to tell
    assert nearest_value("Negatvie", words("result")) == "negative"


def test_words_are_named_the_nearest_first() -> None:
    assert nearest_words("teirs", ["tiers", "tests", "zones"], most=2) == ["tiers", "tests"]
    assert nearest_word("teirs", ["zones"]) is None


def test_nobody_else_looks_for_the_nearest() -> None:
    root = Path(__file__).resolve().parents[3]
    homes = {
        path.relative_to(root).as_posix()
        for package in ("tracing", "graph", "loaders", "cli")
        for path in (root / package).rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(("def nearest", "import difflib", "from difflib", "def _edits"))
    }
    assert homes == {"tracing/nearest.py"}


def test_a_choice_read_with_a_slip_is_the_nearest_value() -> None:
    import pandas as pd

    said = "negatvie"
    (read,) = read_choice(pd.Series([said], dtype="string"), "result").values.tolist()
    assert read == nearest_value(fold(said), words("result"))
