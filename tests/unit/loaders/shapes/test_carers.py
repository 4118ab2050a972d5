"""Those who look after patients: several in a cell, on days of their own, and for as long as the patient stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of, pairs_of, visits_of

HEAD = ["Họ tên NB", "Tuổi", "Buồng", "Ngày vào viện", "Ngày ra viện", "Người nuôi bệnh", "SĐT người nuôi"]
ROOM = "BỆNH VIỆN ĐA KHOA CÁI NƯỚC, phòng 12"


def _ward(folder: Path, *patients: list[str]) -> tuple[set[tuple[str, str, str]], dict[str, str]]:
    rows = [["BỆNH VIỆN ĐA KHOA CÁI NƯỚC - ngày 08/7/2021"], HEAD, *patients]
    result = load_lists(folder, {"khoa.xlsx": rows})
    assert {place for _, place, _, _ in visits_of(result)} == {ROOM}
    return {(who, start, end) for who, _, start, end in visits_of(result)}, dict(
        result.records.persons[["name", "phone"]].dropna().to_numpy()
    )


def test_several_carers_in_a_cell_are_as_many_people_on_days_of_their_own(tmp_path: Path) -> None:
    carers = "Bùi Thị Sen (con, ngày 04/7); Bùi Thị Súng (con, hằng ngày)"
    stays, phones = _ward(tmp_path, ["Bùi Văn Ao", "66", "12", "02/7/2021", "06/7/2021", carers, "0912000371"])
    assert stays == {
        ("Bùi Văn Ao", "2021-07-02", "2021-07-06"),
        ("Bùi Thị Sen", "2021-07-04", "2021-07-04"),
        ("Bùi Thị Súng", "2021-07-02", "2021-07-06"),
    }
    assert not phones, "whose of the two the number is, nobody tells"


def test_carers_behind_commas_have_their_numbers_and_their_days(tmp_path: Path) -> None:
    carers = "Kha Thị Lài (vợ, từ 03/7 đến 05/7), Kha Văn Nhài (03/7, 06/7), Kha Thị Huệ (từ 04/7)"
    numbers = "0912000371, 0912000372, 0912000373"
    stays, phones = _ward(tmp_path, ["Kha Văn Cúc", "70", "12", "02/7/2021", "06/7/2021", carers, numbers])
    assert stays - {("Kha Văn Cúc", "2021-07-02", "2021-07-06")} == {
        ("Kha Thị Lài", "2021-07-03", "2021-07-05"),
        ("Kha Văn Nhài", "2021-07-03", "2021-07-03"),
        ("Kha Văn Nhài", "2021-07-06", "2021-07-06"),
        ("Kha Thị Huệ", "2021-07-04", "2021-07-06"),
    }
    assert phones == {"Kha Thị Lài": "0912000371", "Kha Văn Nhài": "0912000372", "Kha Thị Huệ": "0912000373"}


def test_a_carer_of_a_patient_who_has_not_left_is_there_until_the_day_of_the_list(tmp_path: Path) -> None:
    stays, phones = _ward(
        tmp_path,
        ["Ung Văn Đa", "71", "12", "27/6/2021 14:40", "", "Ung Thị Si (con gái)", "0912000374"],
        ["Mạc Văn Bàng", "61", "12", "25/6/2021 08:05", "04/7/2021 16:00", "", ""],
    )
    assert {(who, start[:10], end) for who, start, end in stays} == {
        ("Ung Văn Đa", "2021-06-27", "2021-07-08"),
        ("Ung Thị Si", "2021-06-27", "2021-07-08"),
        ("Mạc Văn Bàng", "2021-06-25", "2021-07-04T16:00"),
    }
    assert phones == {"Ung Thị Si": "0912000374"}


def test_relatives_of_people_who_are_named_by_their_ids_are_their_contacts(tmp_path: Path) -> None:
    cases = [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN70101", "Tạ Văn Mít", "18/7/2021"]]
    rows = [
        ["Người sống cùng nhà của nhân viên"],
        ["STT", "Người nhà của (mã)", "Họ tên người nhà", "Năm sinh", "Quan hệ", "SĐT"],
        ["1", "BN70101", "Hà Thị Vải", "1990", "vợ", "0912000371"],
        ["2", "XV0111", "Phan Thị Tràm", "2016", "con gái", ""],
    ]
    result = load_lists(tmp_path, {"ca.csv": cases, "nv.xlsx": rows})
    assert {pair[:2] for pair in pairs_of(result)} == {("Hà Thị Vải", "Tạ Văn Mít")}
    assert "Phan Thị Tràm" in names_of(result).values()
    assert [(question.kind, question.said) for question in result.questions] == [("reference", "XV0111")]


CHILDREN = [
    ["TTYT HUYỆN LONG PHÚ - KHOA NHI"],
    ["BỆNH NHI VÀ THÂN NHÂN NUÔI BỆNH (từ 10/8 đến 16/8/2021)"],
    ["Buồng", "Giường", "Bệnh nhi", "", "", "", "Thân nhân nuôi bệnh", "", "", "", ""],
    ["", "", "Họ tên", "SĐT", "Vào buồng", "Ra buồng", "Họ tên", "Năm sinh", "SĐT", "Từ", "Đến"],
    [
        "2",
        "1",
        "Trần Bé Na",
        "",
        "8h ngày 10/8",
        "15h ngày 14/8",
        "Lý Thị Kim - mẹ",
        "1990",
        "0913222333",
        "10/8",
        "12/8",
    ],
    ["", "2", "Võ Gia Huy", "", "9h30 ngày 11/8", "16h ngày 13/8", "Đỗ Văn Mười", "1985", "0913444555", "11/8", "13/8"],
    ["3", "1", "Trần Bé Na", "", "15h ngày 14/8", "8h ngày 16/8", "Lý Thị Kim - mẹ", "1990", "nt", "14/8", "15/8"],
]
MERGED = ("C3:F3", "G3:K3", "A3:A4", "B3:B4", "A5:A6")
WARD = "KHOA NHI, phòng"


@pytest.mark.parametrize("name", ["nhi.ods", "nhi.xlsx"])
def test_days_below_the_group_of_the_carers_are_theirs_and_hours_below_the_patients_their_own(
    tmp_path: Path, name: str
) -> None:
    result = load_lists(tmp_path, {name: CHILDREN}, merged=MERGED)
    rooms = {(who, place[-len(WARD) - 2 :], start, end) for who, place, start, end in visits_of(result)}
    assert rooms == {
        ("Trần Bé Na", f"{WARD} 2", "2021-08-10T08:00", "2021-08-14T15:00"),
        ("Võ Gia Huy", f"{WARD} 2", "2021-08-11T09:30", "2021-08-13T16:00"),
        ("Trần Bé Na", f"{WARD} 3", "2021-08-14T15:00", "2021-08-16T08:00"),
        ("Lý Thị Kim", f"{WARD} 2", "2021-08-10", "2021-08-12"),
        ("Đỗ Văn Mười", f"{WARD} 2", "2021-08-11", "2021-08-13"),
        ("Lý Thị Kim", f"{WARD} 3", "2021-08-14", "2021-08-15"),
    }
    people = result.records.persons
    phones = people[people["phone"].notna()]
    assert set(zip(phones["name"], phones["phone"], phones["birth_year"], strict=True)) == {
        ("Lý Thị Kim", "0913222333", 1990),
        ("Đỗ Văn Mười", "0913444555", 1985),
    }, "her number is the one that stands at her own name, not that of the row above"


def test_days_of_carers_are_theirs_where_nothing_is_merged_above_them(tmp_path: Path) -> None:
    stays = {(who, start, end) for who, _, start, end in visits_of(load_lists(tmp_path, {"nhi.xlsx": CHILDREN}))}
    assert {stay for stay in stays if stay[0] == "Đỗ Văn Mười"} == {("Đỗ Văn Mười", "2021-08-11", "2021-08-13")}
    assert ("Võ Gia Huy", "2021-08-11T09:30", "2021-08-13T16:00") in stays


def test_as_above_below_somebody_else_is_what_stands_above(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "SĐT", "Tiếp xúc với BN", "Ngày tiếp xúc cuối"],
        ["Kha Thị Mận", "1980", "0912000381", "BN7", "05/7/2021"],
        ["Lê Văn Ổi", "1975", "0912000382", "BN7", "05/7/2021"],
        ["Lê Bé Chanh", "2012", "nt", "BN7", "05/7/2021"],
    ]
    people = load_lists(tmp_path, {"f1.xlsx": rows}).records.persons
    assert people.set_index("name")["phone"].dropna().to_dict() == {
        "Kha Thị Mận": "0912000381",
        "Lê Văn Ổi": "0912000382",
        "Lê Bé Chanh": "0912000382",
    }
