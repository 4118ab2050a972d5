"""Contact lists whose case stands in the title, and whose column of kinds says of some that they met nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, pairs_of

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN70101", "Huỳnh Văn Đực", "1975", "18/07/2021"],
]
ONE = "Huỳnh Văn Đực"


@pytest.mark.parametrize("heading", ["Hình thức tiếp xúc", "Mức độ tiếp xúc", "Loại tiếp xúc"])
def test_no_contact_as_the_kind_of_a_contact_is_none(tmp_path: Path, heading: str) -> None:
    rows = [
        ["DANH SÁCH NGƯỜI TIẾP XÚC VỚI BN70101", "", ""],
        ["Họ và tên", "Năm sinh", heading],
        ["Lưu Thị Bưởi", "1990", "Ăn chung"],
        ["Đồng Văn Khế", "1991", "Không tiếp xúc"],
        ["Tăng Thị Mận", "1992", "Không"],
        ["Tôn Văn Ổi", "1993", "không tx (nghỉ phép)"],
        ["Bế Thị Chanh", "1994", "Không tiếp xúc trực tiếp"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows})
    assert pairs_of(result) == {(ONE, "Lưu Thị Bưởi", "", ""), ("Bế Thị Chanh", ONE, "", "")}
    assert "3 cells" in result.findings.of(code="contact.none")["message_en"].item()


@pytest.mark.parametrize(("answer", "met"), [(None, False), ("no", False), ("yes", True)])
def test_no_contact_beside_a_day_of_contact_is_asked(tmp_path: Path, answer: str | None, *, met: bool) -> None:
    rows = [
        ["DANH SÁCH NGƯỜI TIẾP XÚC VỚI BN70101", "", "", ""],
        ["Họ và tên", "Năm sinh", "Hình thức tiếp xúc", "Ngày tiếp xúc"],
        ["Lưu Thị Bưởi", "1990", "Ăn chung", "17/7/2021"],
        ["Đồng Văn Khế", "1991", "Không", "16/7/2021"],
    ]
    lists = {"ca.csv": CASES, "f1.xlsx": rows}
    (question,) = load_lists(tmp_path, lists).questions
    result = load_lists(tmp_path, lists, answers={question.id: answer} if answer else {})
    pairs = {(ONE, "Lưu Thị Bưởi", "2021-07-17", "2021-07-17")}
    assert pairs_of(result) == pairs | (
        {("Huỳnh Văn Đực", "Đồng Văn Khế", "2021-07-16", "2021-07-16")} if met else set()
    )
    assert result.complete is (answer is not None)


@pytest.mark.parametrize(("answer", "met"), [(None, False), ("no", False), ("yes", True)])
@pytest.mark.parametrize(
    "remark", ["Xác minh lại: không gặp F0, loại khỏi danh sách", "rút tên ra khỏi DS F1", "không phải F1"]
)
def test_who_is_off_the_list_by_a_remark_is_asked_about_and_no_contact_till_then(
    tmp_path: Path, remark: str, answer: str | None, *, met: bool
) -> None:
    rows = [
        ["DANH SÁCH NGƯỜI TIẾP XÚC VỚI BN70101", "", "", ""],
        ["Họ và tên", "Năm sinh", "Ngày tiếp xúc", "Ghi chú"],
        ["Lưu Thị Bưởi", "1990", "17/7/2021", "không tiếp xúc trực tiếp với F0"],
        ["Đồng Văn Khế", "1991", "16/7/2021", remark],
    ]
    lists = {"ca.csv": CASES, "f1.xlsx": rows}
    (question,) = load_lists(tmp_path, lists).questions
    assert question.said == remark and question.row == 4
    result = load_lists(tmp_path, lists, answers={question.id: answer} if answer else {})
    others = {next(iter({one, other} - {ONE})) for one, other, _, _ in pairs_of(result)}
    assert others == {"Lưu Thị Bưởi"} | ({"Đồng Văn Khế"} if met else set())
    assert result.complete is (answer is not None)
