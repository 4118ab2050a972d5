"""Books of boats whose remarks tell who left the boat on the way, and who did not sail."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, visits_of

SAILED = ("2021-07-05", "2021-07-16")
BOAT = "TH-90123-TS"


def _book(remarks: dict[str, str], boat: str = "Số đăng ký") -> Rows:
    rows = [[BOAT, who, "1980", "05/07/2021", "16/07/2021", said] for who, said in remarks.items()]
    return [
        ["SỔ THEO DÕI TÀU CÁ RA VÀO - TRẠM KIỂM SOÁT TÂN HƯNG", *[""] * 5],
        [boat, "Họ tên thuyền viên", "NS", "Ngày rời bến", "Ngày cập bến", "Ghi chú"],
        *rows,
    ]


def _days(folder: Path, rows: Rows) -> dict[str, tuple[str, str]]:
    found = visits_of(load_lists(folder, {"so tau.xlsx": rows}))
    assert {place for _who, place, _start, _end in found} <= {BOAT}
    return {who: (start, end) for who, _place, start, end in found}


@pytest.mark.parametrize("boat", ["Số đăng ký", "Tàu số"])
def test_the_day_on_which_somebody_went_ashore_is_their_last_aboard(tmp_path: Path, boat: str) -> None:
    remarks = {
        "Mai Văn Sơn": "",
        "Tô Văn Lụa": "đau bụng, đưa vào bờ Hòn Khoai hôm 10/7",
        "Lê Bá Khá": "8/7 xin lên bờ",
        "Vũ Văn Tám": "disembarked on 12/7",
    }
    assert _days(tmp_path, _book(remarks, boat)) == {
        "Mai Văn Sơn": SAILED,
        "Tô Văn Lụa": ("2021-07-05", "2021-07-10"),
        "Lê Bá Khá": ("2021-07-05", "2021-07-08"),
        "Vũ Văn Tám": ("2021-07-05", "2021-07-12"),
    }


@pytest.mark.parametrize(
    "said",
    ["nghỉ chuyến này, vợ sinh", "ốm, không ra khơi", "vắng mặt chuyến này", "bận việc nhà; ở lại bờ", "did not sail"],
)
def test_who_did_not_sail_was_not_aboard(tmp_path: Path, said: str) -> None:
    assert _days(tmp_path, _book({"Mai Văn Sơn": "", "Tô Văn Lụa": said})) == {"Mai Văn Sơn": SAILED}


@pytest.mark.parametrize("said", ["lên bờ ngày 20/7", "xuống tàu ngày 8/7 tại Hòn Khoai", "chuyển sang tàu khác 9/7"])
def test_another_day_of_a_remark_is_asked_about_and_changes_nothing(tmp_path: Path, said: str) -> None:
    rows = _book({"Mai Văn Sơn": "", "Tô Văn Lụa": said})
    assert _days(tmp_path, rows) == {"Mai Văn Sơn": SAILED, "Tô Văn Lụa": SAILED}
    (question,) = load_lists(tmp_path, {"so tau.xlsx": rows}).questions
    assert question.column == "Ghi chú"


@pytest.mark.parametrize("said", ["nghỉ ngơi tại bến ít hôm", "mới đi chuyến đầu", "bố là chủ tàu"])
def test_other_remarks_take_nobody_off_the_boat(tmp_path: Path, said: str) -> None:
    assert _days(tmp_path, _book({"Mai Văn Sơn": said})) == {"Mai Văn Sơn": SAILED}
