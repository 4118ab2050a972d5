"""The centre's interview form: who named whom, declared beside investigated, differences for somebody to conclude."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, names_of, pairs_of, without_accents

F0: Rows = (("Mã BN", "Họ và tên", "Ngày khởi phát"), ("BN7", "Phạm Chín", "27/7/2021"))
HEAD = (
    "Người chỉ điểm",
    "Họ tên người tiếp xúc",
    "Năm sinh",
    "Quan hệ với ca chỉ điểm",
    "Từ thời gian",
    "Đến thời gian",
    "Địa điểm",
    "Thông tin khai báo",
    "Thông tin điều tra",
    "Nhãn xác minh",
)
FORM: Rows = (
    ("PHIẾU ĐÁNH GIÁ TIẾP XÚC", *[""] * 9),
    HEAD,
    ("BN7", "Lê Một", 1981, "Vợ", "26/7/2021 18h00", "26/7/2021 20h00", "Quán Gió Biển", "F1", "F1", ""),
    (
        "BN7",
        "Lê Hai",
        1982,
        "Bạn bè",
        "26/7/2021 18h00",
        "26/7/2021 20h00",
        "Quán Gió Biển",
        "F1",
        "Không tiếp xúc",
        "",
    ),
    ("BN7", "Lê Ba", 1983, "Đồng nghiệp", "25/7/2021", "26/7/2021", "Xưởng 2", "Không tiếp xúc", "F1", "F1"),
    ("BN7", "Lê Bốn", 1984, "Họ hàng", "25/7/2021", "26/7/2021", "", "F1", "", "Không tiếp xúc"),
)


def met(folder: Path, rows: Rows, name: str = "phieu.csv", answers: dict[str, str] | None = None) -> set[str]:
    result = load_lists(folder, {"f0.csv": F0, name: rows}, answers=answers)
    return {who for pair in pairs_of(result) for who in pair[:2]} - {"Phạm Chín"}


@pytest.mark.parametrize("name", ["phieu.csv", "phieu.ods"])
def test_both_sides_agree_differ_or_are_concluded(tmp_path: Path, name: str) -> None:
    result = load_lists(tmp_path, {"f0.csv": F0, name: FORM})
    assert {pair[:2] for pair in pairs_of(result)} == {("Lê Một", "Phạm Chín"), ("Lê Ba", "Phạm Chín")}
    contacts = result.records.contacts
    assert set(contacts["reported_by"]) == {"BN7"} and contacts["kind"].dropna().tolist() == ["work"]
    (question,) = result.questions
    assert (question.row, question.said) == (4, "F1 | Không tiếp xúc") and result.rows_waiting == 1
    assert "Lê Bốn" in names_of(result).values()


@pytest.mark.parametrize(("answer", "others"), [("F1", {"Lê Hai"}), ("Không tiếp xúc", set()), ("F2", {"Lê Hai"})])
def test_what_somebody_concludes(tmp_path: Path, answer: str, others: set[str]) -> None:
    (question,) = load_lists(tmp_path, {"f0.csv": F0, "phieu.csv": FORM}).questions
    assert met(tmp_path, FORM, answers={question.id: answer}) == {"Lê Một", "Lê Ba"} | others


def test_without_accents_and_with_other_headings(tmp_path: Path) -> None:
    assert met(tmp_path, without_accents(FORM)) - {"Pham Chin"} == {"Le Mot", "Le Ba"}
    other = {
        "Người chỉ điểm": "Ca chỉ điểm",
        "Thông tin khai báo": "Nhãn thông báo",
        "Nhãn xác minh": "Kết luận",
        "Thông tin điều tra": "Nhãn điều tra",
    }
    renamed = [[other.get(str(cell), cell) for cell in reversed(row)] for row in FORM[1:]]
    assert met(tmp_path, renamed) == {"Lê Một", "Lê Ba"}


@pytest.mark.parametrize("said", ["không rõ", "Chưa điều tra", "đang xác minh", "F1"])
def test_a_side_that_says_nothing_denies_nothing(tmp_path: Path, said: str) -> None:
    rows: Rows = (HEAD, ("BN7", "Lê Một", 1981, "", "25/7/2021", "26/7/2021", "", "F1", said, ""))
    assert met(tmp_path, rows) == {"Lê Một"}


def test_days_of_both_sides(tmp_path: Path) -> None:
    rows: Rows = (
        ("Ca chỉ điểm", "Họ và tên", "Năm sinh", "Thông tin khai báo", "", "Thông tin điều tra", ""),
        ("", "", "", "Từ ngày", "Đến ngày", "Từ ngày", "Đến ngày"),
        ("BN7", "Lê Một", 1981, "24/7/2021", "26/7/2021", "24/7/2021", "26/7/2021"),
        ("BN7", "Lê Hai", 1982, "24/7/2021", "26/7/2021", "", ""),
        ("BN7", "Lê Ba", 1983, "24/7/2021", "25/7/2021", "24/7/2021", "27/7/2021"),
    )
    lists = {"f0.csv": F0, "phieu.xlsx": rows}
    merged = ["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"]
    result = load_lists(tmp_path, lists, merged=merged)
    spans = {pair[0]: pair[2:] for pair in pairs_of(result)}
    assert spans["Lê Một"] == spans["Lê Hai"] == ("2021-07-24", "2021-07-26")
    (question,) = result.questions
    assert question.said == "2021-07-25 | 2021-07-27"
    again = load_lists(tmp_path, lists, merged=merged, answers={question.id: "2021-07-27"})
    assert {pair[0]: pair[3] for pair in pairs_of(again)}["Lê Ba"] == "2021-07-27"
