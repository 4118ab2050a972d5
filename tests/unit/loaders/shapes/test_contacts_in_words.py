"""Contacts that cells tell in words, and columns that tell of somebody else than the person of the row."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of, pairs_of, visits_of

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN70101", "Huỳnh Văn Đực", "1975", "18/07/2021"],
    ["BN70102", "Mai Thị Cẩm", "1982", "19/07/2021"],
]
ONE = "Huỳnh Văn Đực"


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("F1 của BN70101, TX ngày 16/7/2021, khoe", "2021-07-16", "F1, khoe"),
        ("TX BN 70101 ngày 16/7", "2021-07-16", None),
        ("đi cùng xe với BN70101 hôm 16/7", "2021-07-16", None),
        ("F1 BN70101", "", "F1"),
    ],
)
def test_a_remark_that_names_a_case_is_a_contact(tmp_path: Path, text: str, day: str, rest: str | None) -> None:
    rows = [["Họ tên", "Năm sinh", "Ghi chú"], ["Bì Văn Lót", "1970", text], ["Cái Thị Sương", "1971", ""]]
    result = load_lists(tmp_path, {"ca.csv": CASES, "ds.csv": rows})
    assert result.complete
    assert pairs_of(result) == {("Bì Văn Lót", ONE, day, day)}
    kept = str(result.records.persons.set_index("name")["attributes"]["Bì Văn Lót"])
    assert "BN" not in kept and (rest is None or rest in kept)


@pytest.mark.parametrize("heading", ["Đối tượng", "Ghi chú"])
@pytest.mark.parametrize(
    "text",
    [
        *("F1 (BN70101, BN70102)", "F1 BN70101; F1 BN70102", "F1 (BN70101 và BN70102)", "F1 BN70101 và BN70102"),
        *("F1 của BN70101, BN70102", "F1 BN70101/BN70102", "F1(BN70101 & BN70102)"),
    ],
)
def test_several_cases_in_brackets_or_behind_each_other_are_as_many_contacts(
    tmp_path: Path, text: str, heading: str
) -> None:
    rows = [["Họ tên", "Năm sinh", heading, "Bắt đầu cách ly"], ["Bì Văn Lót", "1970", text, "20/7/2021"]]
    result = load_lists(tmp_path, {"ca.csv": CASES, "qd.csv": rows})
    assert result.complete
    assert pairs_of(result) == {("Bì Văn Lót", ONE, "", ""), ("Bì Văn Lót", "Mai Thị Cẩm", "", "")}
    assert len(result.records.isolations) == 1


@pytest.mark.parametrize(
    ("tier", "remark"),
    [
        ("F2 (chồng chị Cúc NV0098)", ""),
        ("F2", "mẹ Vũ Thị Cúc"),
        ("BN70101, BN70102", ""),
        ("F1 (BN70101 hay BN70102)", ""),
    ],
)
def test_whom_the_tier_of_a_row_or_its_remark_names_is_asked_about(tmp_path: Path, tier: str, remark: str) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "Đối tượng", "Bắt đầu cách ly", "Ghi chú"],
        ["Bì Văn Lót", "1970", tier, "20/7/2021", remark],
        ["Lưu Thị Na", "1975", "F1 BN70101", "20/7/2021", ""],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "qd.csv": rows})
    assert pairs_of(result) == {(ONE, "Lưu Thị Na", "", "")}
    column = "Ghi chú" if remark else "Tiếp xúc với (F0, F1)" if tier.startswith("F1") else "Đối tượng"
    assert [question.column for question in result.questions] == [column]


@pytest.mark.parametrize("text", ["không TX BN70101", "TX BN70101 hoặc BN70102", "chưa tiếp xúc BN70101"])
def test_a_remark_that_denies_a_contact_or_names_two_cases_is_no_contact(tmp_path: Path, text: str) -> None:
    rows = [["Họ tên", "Năm sinh", "Ghi chú"], ["Bì Văn Lót", "1970", text]]
    result = load_lists(tmp_path, {"ca.csv": CASES, "ds.csv": rows})
    assert not len(result.records.contacts) and result.questions


def test_an_order_to_stay_at_home_keeps_its_days_beside_a_reason_that_names_a_case(tmp_path: Path) -> None:
    rows = [
        ["Số QĐ", "Họ và tên", "Cách ly tại", "Từ ngày", "Đến hết ngày", "Lý do"],
        ["112/QĐ", "Mạc Thị Điệp", "Nhà riêng, ấp Tân Hòa", "18/7/2021", "01/8/2021", "TX BN70101 ngày 17/7"],
        ["113/QĐ", "Bành Ngọc Quí", "Nhà riêng, ấp Tân Phong", "19/7/2021", "02/8/2021", "về từ vùng dịch"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "qd.csv": rows})
    assert pairs_of(result) == {(ONE, "Mạc Thị Điệp", "2021-07-17", "2021-07-17")}
    assert len(result.records.isolations) == 2 and result.records.isolations["end"].notna().all()


def test_a_day_beside_a_case_in_its_cell_is_the_day_of_contact(tmp_path: Path) -> None:
    rows = [["Họ tên", "SĐT", "Tiếp xúc với ca"], ["Ngô Thị Yến", "0942000501", "BN70101, ngày 16/7/2021"]]
    result = load_lists(tmp_path, {"ca.csv": CASES, "kb.csv": rows})
    assert result.complete
    assert pairs_of(result) == {(ONE, "Ngô Thị Yến", "2021-07-16", "2021-07-16")}


def test_a_source_told_as_kin_of_a_case_is_asked_about(tmp_path: Path) -> None:
    rows = [["Mã BN", "Họ tên", "Ngày dương tính", "Nguồn lây"], ["BN70109", "Vi Thị Mơ", "23/7/2021", "Vợ BN70101"]]
    (asked,) = load_lists(tmp_path, {"ca.csv": CASES, "moi.csv": rows}).questions
    assert asked.said == "Vợ BN70101" and asked.choices[0].value == "BN70101"
    links = load_lists(tmp_path, {"ca.csv": CASES, "moi.csv": rows}, answers={asked.id: "BN70101"}).records.links
    assert list(zip(links["source"], links["target"], strict=True)) == [("BN70101", "BN70109")]


def test_a_native_place_is_no_home_and_a_telephone_of_a_parent_is_not_the_pupils(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "Quê quán", "Điện thoại PH", "Họ", "Tên đệm"],
        ["Kha Minh Tú", "2009", "Nam Định", "0945111001", "", ""],
    ]
    person = load_lists(tmp_path, {"lop.csv": rows}).records.persons.iloc[0]
    assert person[["area", "address", "phone"]].isna().all()
    assert "Nam Định" in person["attributes"] and "0945111001" in person["attributes"]


def test_three_parts_of_a_name_are_one_name(tmp_path: Path) -> None:
    rows = [["Họ", "Tên đệm", "Tên", "Tuổi"], ["Phù", "Chí", "Nguyện", "34"], ["Lương", "", "Hảo", "51"]]
    assert set(names_of(load_lists(tmp_path, {"ds.csv": rows})).values()) == {"Phù Chí Nguyện", "Lương Hảo"}


def test_a_bare_mark_below_the_sex_is_asked_about_once(tmp_path: Path) -> None:
    rows = [["Họ tên", "Giới tính"], ["Đinh Công Trứ", ""], ["Khưu Thị Sen", "x"], ["Lâm Thị Hoa", "x"]]
    (asked,) = load_lists(tmp_path, {"ds.csv": rows}).questions
    assert asked.said == "x" and asked.rows == 2
    result = load_lists(tmp_path, {"ds.csv": rows}, answers={asked.id: "female"})
    assert result.complete
    assert dict(zip(result.records.persons["name"], result.records.persons["sex"], strict=True)) == {
        "Đinh Công Trứ": "male",
        "Khưu Thị Sen": "female",
        "Lâm Thị Hoa": "female",
    }


def test_the_members_of_a_closed_home_and_results_behind_their_day(tmp_path: Path) -> None:
    rows = [
        ["Chủ hộ", "Tên nhân khẩu", "NS", "QH với chủ hộ", "Đã lấy mẫu"],
        ["Tạ Văn Hùng", "Tạ Văn Hùng", "1965", "Chủ hộ", "22/7/2021 (-)"],
        ["Tạ Văn Hùng", "Lê Thị Đẹp", "1967", "Vợ", "22/7/2021 (+)"],
    ]
    result = load_lists(tmp_path, {"pt.csv": rows})
    names = names_of(result)
    assert set(names.values()) == {"Tạ Văn Hùng", "Lê Thị Đẹp"}
    assert {names[str(test.person)]: test.result for test in result.records.tests.itertuples()} == {
        "Tạ Văn Hùng": "negative",
        "Lê Thị Đẹp": "positive",
    }


def test_an_hour_of_leaving_in_one_cell_leaves_the_hours_of_the_others(tmp_path: Path) -> None:
    rows = [
        ["LỊCH TRÌNH DI CHUYỂN CỦA BN70101", "", ""],
        ["Ngày", "Thời gian", "Địa điểm"],
        ["15/7/2021", "5h30-6h", "Chợ phường 5"],
        ["15/7/2021", "19h", "Nhà chị ruột ở phường 9 (về lúc 23h)"],
        ["16/7/2021", "chiều", "Ở nhà"],
        ["17/7/2021", "", "Không đi đâu"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "lt.csv": rows})
    assert visits_of(result) == {
        (ONE, "Chợ phường 5", "2021-07-15T05:30", "2021-07-15T06:00"),
        (ONE, "Nhà chị ruột ở phường 9", "2021-07-15T19:00", "2021-07-15T23:00"),
    }


@pytest.mark.parametrize("text", ["dùng chung nhà vệ sinh với C104", "học cùng lớp cô Cúc", "chung bếp với dãy B"])
def test_what_people_share_is_company_that_is_asked_about(tmp_path: Path, text: str) -> None:
    rows = [["Họ tên", "Năm sinh", "Ghi chú"], ["Bì Văn Lót", "1970", text], ["Lưu Thị Na", "1975", "quê Cà Mau"]]
    (question,) = load_lists(tmp_path, {"ds.csv": rows}).questions
    assert question.column == "Ghi chú" and question.rows == 1
