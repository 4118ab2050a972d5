"""Pairs of who infected whom with the facts of both: each is a case, and the pair a link."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from lists import Rows, load_lists

from loaders.result import LoadResult
from tracing.times import format_iso


def _pairs(first: str, second: str, joint: str = ".") -> Rows:
    told = [f"{one}{joint}{what}" for what in ("onset", "confirm") for one in (first, second)]
    return [
        [f"{first}{joint}case", f"{second}{joint}case", "cluster.generation", *told],
        ["QA11", "QB12", "primary", "13/3/20", "16/3/20", "20/3/20", "18/3/20"],
        ["QA11", "QC13", "primary", "13/3/20", "NA", "20/3/20", "23/3/20"],
        ["QB12", "QD14", "tertiary", "16/3/20", "20/3/20", "18/3/20", "22/3/20"],
    ]


def _days(result: LoadResult) -> dict[str, tuple[str, str]]:
    cases = result.records.cases
    return {str(case.person): (_day(case.onset), _day(case.confirmed)) for case in cases.itertuples()}


def _day(stamp: int) -> str:
    return "" if pd.isna(stamp) else format_iso(stamp, stamp, "Asia/Ho_Chi_Minh")[:10]


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [("infector", "infectee", "."), ("infector", "infectee", "_"), ("Primary", "Secondary", " ")],
)
def test_both_of_a_pair_are_cases_with_their_own_days(tmp_path: Path, first: str, second: str, joint: str) -> None:
    result = load_lists(tmp_path, {"list.csv": _pairs(first, second, joint)})
    assert _days(result) == {
        "QA11": ("2020-03-13", "2020-03-20"),
        "QB12": ("2020-03-16", "2020-03-18"),
        "QC13": ("", "2020-03-23"),
        "QD14": ("2020-03-20", "2020-03-22"),
    }
    links = {(str(link.source), str(link.target)) for link in result.records.links.itertuples()}
    assert links == {("QA11", "QB12"), ("QA11", "QC13"), ("QB12", "QD14")}
    assert not result.questions
    assert not (result.records.cases["status"] == "suspected").any()  # "tertiary" is no class of a case


def test_pairs_of_ids_alone_stay_links(tmp_path: Path) -> None:
    rows: Rows = [["infector id", "infectee id", "setting"], ["QA11", "QB12", "family"], ["QB12", "QC13", "work"]]
    result = load_lists(tmp_path, {"list.csv": rows})
    assert len(result.records.cases) == 0
