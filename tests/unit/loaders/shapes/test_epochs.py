"""Times that a program counts from 1970, in the export of a door, a pool, a canteen."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, visits_of

#: 12 August 2021, 05:30 and 17:45 in Việt Nam.
EARLY, LATE = 1_628_721_000, 1_628_765_100


def _export(early: str, late: str, heading: str = "checkin_ts") -> Rows:
    return [
        ["row_no", "club", "guest_name", "phone", heading, "checkout_at"],
        ["1", "Hồ bơi Sao Mai", "Giang Thị Bơi", "84912000411", early, "2021-08-11T23:10:00Z"],
        ["2", "Hồ bơi Sao Mai", "Giang Văn Lặn", "+84912000412", late, ""],
    ]


@pytest.mark.parametrize(
    ("early", "late"),
    [(str(EARLY), str(LATE)), (f"{EARLY}000", f"{LATE}123"), (f"{EARLY}.0", f"{LATE}.25")],
    ids=["seconds", "thousandths", "fractions"],
)
def test_counted_seconds_below_a_heading_of_time_are_times(tmp_path: Path, early: str, late: str) -> None:
    result = load_lists(tmp_path, {"pool.csv": _export(early, late)})
    assert visits_of(result) == {
        ("Giang Thị Bơi", "Hồ bơi Sao Mai", "2021-08-12T05:30", "2021-08-12T06:10"),
        ("Giang Văn Lặn", "Hồ bơi Sao Mai", "2021-08-12T17:45", ""),
    }
    assert set(result.records.persons["phone"]) == {"0912000411", "0912000412"}
    assert result.findings.of(code="time.counted")["column"].tolist() == ["checkin_ts"]


@pytest.mark.parametrize(
    ("early", "late", "heading"),
    [
        (str(EARLY), "1234567890", "checkin_ts"),
        (str(EARLY), "soon", "checkin_ts"),
        (str(EARLY), str(LATE), "ticket id"),
        (str(EARLY), str(LATE), "mobile 2"),
    ],
    ids=["other years", "a word", "ids", "telephones"],
)
def test_numbers_that_may_be_anything_else_are_no_times(tmp_path: Path, early: str, late: str, heading: str) -> None:
    result = load_lists(tmp_path, {"pool.csv": _export(early, late, heading)})
    assert result.findings.of(code="time.counted").empty
    assert not any("T05:30" in start for _, _, start, _ in visits_of(result))
