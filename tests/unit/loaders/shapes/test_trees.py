"""Tracing trees: the parent is told by the row's number, its column, its order, or in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from joined import joined
from lists import Rows, load_lists, pairs_of, without_accents

F0: Rows = (
    ("Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"),
    ("BN7", "Phạm Chín", 1970, "27/7/2021"),
)
TREE = {
    ("Lê Một", "Phạm Chín", "", "2021-07-26"),
    ("Lê Hai", "Lê Một", "", "2021-07-27"),
    ("Lê Ba", "Phạm Chín", "", "2021-07-26"),
    ("Lê Bốn", "Lê Ba", "", "2021-07-28"),
}
NUMBERED: Rows = (
    ("SƠ ĐỒ TRUY VẾT CA BN7", "", "", "", ""),
    ("TT", "Họ và tên", "Năm sinh", "SĐT", "Ngày tiếp xúc cuối"),
    ("1", "Phạm Chín", 1970, "", ""),
    ("1.1", "Lê Một", 1981, "0912000001", "26/7/2021"),
    ("1.1.1", "Lê Hai", 1982, "0912000002", "27/7/2021"),
    ("1.2", "Lê Ba", 1983, "0912000003", "26/7/2021"),
    ("1.2.1", "Lê Bốn", 1984, "0912000004", "28/7/2021"),
)


def edges(pairs: set[tuple[str, str, str, str]]) -> set[tuple[frozenset[str], str]]:
    """Return both names and the last day of each contact."""
    return {(frozenset((one, other)), last) for one, other, _, last in pairs}


WANTED = edges(TREE)


@pytest.mark.parametrize("name", ["cay.csv", "cay.xlsx", "cay.ods"])
def test_by_numbers(tmp_path: Path, name: str) -> None:
    result = load_lists(tmp_path, {"f0.csv": F0, name: NUMBERED})
    assert edges(pairs_of(result)) == WANTED
    once = joined(result.records)
    assert once.cases["person"].tolist() == ["BN7"] and result.complete
    assert len(once.persons) == 5


def test_by_numbers_without_accents_and_without_the_case_list(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"cay.csv": without_accents(NUMBERED)})
    assert len(pairs_of(result)) == 4 and len(result.records.cases) == 1


def test_numbers_of_a_list_of_homes_are_no_tree(tmp_path: Path) -> None:
    rows: Rows = (
        ("TT", "Họ và tên", "Quan hệ với chủ hộ", "Năm sinh", "Tiếp xúc F0 (có/không)"),
        ("1", "Trần Một", "Chủ hộ", 1960, "không"),
        ("1.1", "Trần Hai", "Con", 1990, "không"),
        ("2", "Trần Ba", "Chủ hộ", 1961, "không"),
    )
    result = load_lists(tmp_path, {"ho.csv": rows})
    assert result.records.contacts.empty and result.records.cases.empty


STEPS: Rows = (
    ("CÂY TRUY VẾT", "", "", "", ""),
    ("F0", "F1", "F2", "SĐT", "Ngày tiếp xúc cuối"),
    ("BN7 - Phạm Chín", "Lê Một", "", "0912000001", "26/7/2021"),
    ("", "", "Lê Hai", "0912000002", "27/7/2021"),
    ("", "Lê Ba", "", "0912000003", "26/7/2021"),
    ("", "", "Lê Bốn", "0912000004", "28/7/2021"),
)


def test_by_a_column_per_tier(tmp_path: Path) -> None:
    for name, merged in (("cay.csv", []), ("cay.xlsx", ["A3:A6", "B3:B4", "B5:B6"])):
        result = load_lists(tmp_path, {"f0.csv": F0, name: STEPS}, merged=merged)
        assert edges(pairs_of(result)) == WANTED
        assert result.records.cases["person"].tolist() == ["BN7"]
        (tmp_path / name).unlink()


def test_by_order_where_the_tiers_alternate(tmp_path: Path) -> None:
    rows: Rows = (
        ("Diện", "Họ và tên", "Năm sinh", "SĐT", "Ngày tiếp xúc cuối"),
        ("F0", "Phạm Chín", 1970, "", ""),
        ("F1", "Lê Một", 1981, "0912000001", "26/7/2021"),
        ("F2", "Lê Hai", 1982, "0912000002", "27/7/2021"),
        ("F1", "Lê Ba", 1983, "0912000003", "26/7/2021"),
        ("F2", "Lê Bốn", 1984, "0912000004", "28/7/2021"),
    )
    result = load_lists(tmp_path, {"f0.csv": F0, "ds.csv": rows})
    assert edges(pairs_of(result)) == WANTED
    sorted_rows = [rows[0], *sorted(rows[1:], key=lambda row: str(row[0]))]
    flat = load_lists(tmp_path, {"f0.csv": F0, "ds.csv": sorted_rows})
    assert flat.records.contacts.empty, "which F1 an F2 belongs to is not told there"


@pytest.mark.parametrize("of", ["F1 của BN7", "F1 cua BN 7", "f1 của Phạm Chín"])
def test_in_words(tmp_path: Path, of: str) -> None:
    rows: Rows = (
        ("STT", "Họ và tên", "Năm sinh", "SĐT", "Ghi chú diện", "Ngày tiếp xúc cuối"),
        (1, "Lê Một", 1981, "0912000001", of, "26/7/2021"),
        (2, "Lê Hai", 1982, "0912000002", "F2 của Lê Một", "27/7/2021"),
        (3, "Lê Ba", 1983, "0912000003", of, "26/7/2021"),
        (4, "Lê Bốn", 1984, "0912000004", "F2 của Lê Ba", "28/7/2021"),
    )
    result = load_lists(tmp_path, {"f0.csv": F0, "ds.csv": rows})
    assert edges(pairs_of(result)) == WANTED


def test_in_the_lines_above_the_rows(tmp_path: Path) -> None:
    rows: Rows = (
        ("STT", "Họ và tên", "Năm sinh", "SĐT", "Ngày tiếp xúc cuối"),
        ("F1 của BN7", "", "", "", ""),
        (1, "Lê Một", 1981, "0912000001", "26/7/2021"),
        (2, "Lê Ba", 1983, "0912000003", "26/7/2021"),
        ("F2 của Lê Một", "", "", "", ""),
        (1, "Lê Hai", 1982, "0912000002", "27/7/2021"),
        ("F2 của Lê Ba", "", "", "", ""),
        (1, "Lê Bốn", 1984, "0912000004", "28/7/2021"),
    )
    result = load_lists(tmp_path, {"f0.csv": F0, "ds.csv": rows})
    assert edges(pairs_of(result)) == WANTED


def test_a_parent_that_nobody_knows_is_asked_about(tmp_path: Path) -> None:
    rows: Rows = (
        ("Họ và tên", "Năm sinh", "SĐT", "Diện", "Ngày tiếp xúc cuối"),
        ("Lê Một", 1981, "0912000001", "F1 của BN8", "26/7/2021"),
        ("Lê Ba", 1983, "0912000003", "F1 của BN7", "26/7/2021"),
    )
    result = load_lists(tmp_path, {"f0.csv": F0, "ds.csv": rows})
    assert len(pairs_of(result)) == 1 and [q.said for q in result.questions] == ["BN8"]


@pytest.mark.parametrize(
    "above",
    [
        "A.1. F2 (tiếp xúc với F1 Ngũ Thị Bầu, sn 1970, quầy 5)",
        "2) F2 - tiếp xúc với Ngũ Thị Bầu (1970)",
        "F2 liên quan F1 Ngũ Thị Bầu",
    ],
)
def test_a_line_above_the_f2_names_the_f1_whom_they_met(tmp_path: Path, above: str) -> None:
    lists: dict[str, Rows] = {
        "ca.xlsx": [["Mã BN", "Họ tên", "Ngày dương tính"], ["BN3377", "Ngũ Văn Bí", "9/8/2021"]],
        "f1 f2.xlsx": [
            ["DANH SÁCH F1, F2"],
            ["STT", "Họ và tên", "Năm sinh", "SĐT", "Từ ngày", "Đến ngày"],
            ["A. F1 CỦA BN3377 - NGŨ VĂN BÍ"],
            ["1", "Ngũ Thị Bầu", "1970", "0912000431", "05/8/2021", "07/8/2021"],
            ["2", "Ngũ Thị Mướp", "1975", "0912000432", "06/8/2021", "06/8/2021"],
            [above],
            ["1", "Lê Văn Gấc", "1968", "0912000433", "06/8/2021", "08/8/2021"],
        ],
    }
    result = load_lists(tmp_path, lists)
    assert pairs_of(result) == {
        ("Ngũ Thị Bầu", "Ngũ Văn Bí", "2021-08-05", "2021-08-07"),
        ("Ngũ Thị Mướp", "Ngũ Văn Bí", "2021-08-06", "2021-08-06"),
        ("Lê Văn Gấc", "Ngũ Thị Bầu", "2021-08-06", "2021-08-08"),
    }
    assert result.findings.of(code="required.missing").empty


def test_a_class_of_contacts_names_nobody_whom_they_met(tmp_path: Path) -> None:
    rows: Rows = [
        ["DANH SÁCH F1 CỦA BN3377"],
        ["Họ và tên", "Năm sinh", "SĐT", "Phân loại", "Ngày tiếp xúc cuối"],
        ["Ngũ Thị Bầu", "1970", "0912000431", "F1 tiếp xúc gần", "07/8/2021"],
        ["Ngũ Thị Mướp", "1975", "0912000432", "F1 tiếp xúc với người bệnh", "06/8/2021"],
    ]
    cases: Rows = [["Mã BN", "Họ tên", "Ngày dương tính"], ["BN3377", "Ngũ Văn Bí", "9/8/2021"]]
    result = load_lists(tmp_path, {"ca.xlsx": cases, "f1.xlsx": rows})
    assert {pair[:2] for pair in pairs_of(result)} == {("Ngũ Thị Bầu", "Ngũ Văn Bí"), ("Ngũ Thị Mướp", "Ngũ Văn Bí")}


def test_the_parent_in_brackets_behind_the_tier(tmp_path: Path) -> None:
    rows: Rows = (
        ("Họ và tên", "Năm sinh", "SĐT", "Diện", "Ngày tiếp xúc"),
        ("Lê Một", 1981, "0912000001", "F1 (BN7)", "26/7/2021"),
        ("Lê Hai", 1982, "0912000002", "F2 (F1 Lê Một)", "27/7/2021"),
        ("Lê Ba", 1983, "0912000003", "F1 của BN7", "26/7/2021"),
    )
    result = load_lists(tmp_path, {"f0.csv": F0, "f1.csv": rows})
    assert {frozenset(pair[:2]) for pair in pairs_of(result)} == {
        frozenset(("Lê Một", "Phạm Chín")),
        frozenset(("Lê Hai", "Lê Một")),
        frozenset(("Lê Ba", "Phạm Chín")),
    }
