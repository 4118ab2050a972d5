"""Rows without an id: those of one list stand under one id, those of another keep their own and are joined, logged."""

from __future__ import annotations

from pathlib import Path

import pytest
from joined import joined
from lists import Rows, load_lists

from loaders import load_files
from tracing.identity.pairs import find_pairs

F0: Rows = (
    ("Mã BN", "Họ và tên", "Năm sinh", "SĐT", "CCCD", "Ngày khởi phát"),
    ("BN7", "Phạm Thị Chín", 1970, "0912000009", "096170001234", "24/7/2021"),
)
TESTS: Rows = (
    ("STT", "Họ và tên", "Năm sinh", "SĐT", "CCCD", "Ngày lấy mẫu", "Kết quả"),
    (1, "PHẠM THỊ CHÍN", 1970, "84 912 000 009", "", "25/7/2021", "Dương tính"),
    (2, "Phạm Thị Chín", 1970, "0912000009", "096170001234", "27/7/2021", "Âm tính"),
    (3, "Lê Một", 1981, "0912000001", "", "25/7/2021", "Âm tính"),
)
WITHOUT_YEAR: Rows = (
    ("STT", "Họ và tên", "SĐT", "Ngày lấy mẫu", "Kết quả"),
    (1, "Phạm Thị Chín", "0912000009", "25/7/2021", "Dương tính"),
)


def test_rows_of_another_list_keep_their_id_and_are_joined_by_the_identity_layer(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "both").mkdir()
    alone = load_lists(tmp_path / "one", {"tests.csv": TESTS}).records
    both = load_lists(tmp_path / "both", {"f0.csv": F0, "tests.csv": TESTS}).records
    assert len(alone.persons) == 2, "two rows of one list with one phone and name"
    assert set(both.persons["person"]) == {"BN7", *alone.persons["person"]}, "ids depend on no other list"
    (pair,) = find_pairs(both).automatic.to_dict("records")
    assert "BN7" in (pair["person_a"], pair["person_b"]) and pair["basis"] in ("phone", "national_id")
    once = joined(both)
    assert len(once.persons) == 2 and (once.tests["person"] == "BN7").sum() == 2


@pytest.mark.parametrize(
    ("name", "phone", "verdict"),
    [
        ("Phạm Thị Chín", "0912000009", "automatic"),
        ("Pham Thi Chin", "0912000009", "automatic"),
        ("Phạm Thị Chìn", "0912000009", "question"),
        ("Thị Chín", "0912000009", "question"),
        ("Phạm Văn Mười", "0912000009", None),
    ],
)
def test_a_number_and_a_name_without_a_year(tmp_path: Path, name: str, phone: str, verdict: str | None) -> None:
    rows = (WITHOUT_YEAR[0], (1, name, phone, "25/7/2021", "Âm tính"))
    records = load_lists(tmp_path, {"f0.csv": F0, "tests.csv": rows}).records
    assert find_pairs(records).pairs["verdict"].tolist() == ([] if verdict is None else [verdict])


def test_two_tables_that_one_sheet_tells_are_of_one_list(tmp_path: Path) -> None:
    rows: Rows = (
        ("DANH SÁCH NGƯỜI ĐẾN VIẾNG ĐÁM TANG TẠI ẤP 3 (14/7/2021)",),
        ("TT", "Họ và tên", "Điện thoại", "Đến lúc", "Về lúc", "Có tiếp xúc với BN77"),
        (1, "Huỳnh Văn Tám", "0919001001", "8h 14/7", "10h 14/7", "có"),
        (2, "Huỳnh Thị Lan", "0919001002", "9h 14/7", "11h 14/7", "không"),
    )
    case: Rows = (("Mã BN", "Họ và tên", "Ngày khởi phát"), ("BN77", "Phạm Chín", "16/7/2021"))
    records = load_lists(tmp_path, {"f0.csv": case, "viếng.csv": rows}).records
    assert len(records.contacts) == 1 and len(records.visits) == 2
    assert len(records.persons) == 3, "one id for a row, whatever it tells"


def test_lists_of_one_name_in_two_folders_are_two_kinds_of_list(tmp_path: Path) -> None:
    for folder, rows in (("a", TESTS), ("b", WITHOUT_YEAR)):
        (tmp_path / folder).mkdir()
        load_lists(tmp_path / folder, {"ds.csv": rows})
    both = load_files([tmp_path / "a" / "ds.csv", tmp_path / "b" / "ds.csv"]).records
    apart = [load_files([tmp_path / folder / "ds.csv"]).records for folder in ("a", "b")]
    assert set(both.persons["person"]) == {one for records in apart for one in records.persons["person"]}


@pytest.mark.parametrize("phone", ["0913999888", ""])
@pytest.mark.parametrize("other", [("Ấp Đức An", "Phú Hưng"), ("Ấp Cái Rắn", "Hưng Mỹ")])
def test_two_of_one_name_and_year_in_two_homes_are_two_whose_ever_the_number_is(
    tmp_path: Path, phone: str, other: tuple[str, str]
) -> None:
    """The home stands in columns of its own; the number, where there is one, is that of the officer who wrote."""
    head = ("STT", "Họ và tên", "Năm sinh", "SĐT", "Ấp", "Xã", "Tiếp xúc với", "Ngày tiếp xúc")
    names = ("Lê Một", "Phan Hai", "Võ Thị Ba", "Đỗ Tư", "Hồ Thị Năm")
    rows = [
        (n, name, 1980 + n, "0913999888", "Ấp Cái Rắn", "Phú Hưng", "BN7", "22/7/2021") for n, name in enumerate(names)
    ]
    rows += [(8, "Nguyễn Văn Bình", 1975, phone, "Ấp Cái Rắn", "Phú Hưng", "BN7", "22/7/2021")]
    rows += [(9, "Nguyễn Văn Bình", 1975, phone, *other, "BN7", "23/7/2021")]
    records = load_lists(tmp_path, {"f0.csv": F0, "f1.csv": (head, *rows)}).records
    two = records.persons[records.persons["name"] == "Nguyễn Văn Bình"]
    assert len(two) == 2 and two["area"].nunique() == 2 and two["area"].notna().all()
    assert (
        records.contacts.merge(two, left_on="person_a", right_on="person").shape[0]
        + (records.contacts.merge(two, left_on="person_b", right_on="person").shape[0])
        == 2
    )
