"""Registers of who came to see patients: at which hours, in which room, and who of them met the case of a ward."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of

from loaders import LoadResult

CASES = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN61344", "Quách Thị Mừng", "1956", "23/07/2021"]]


def met(result: LoadResult) -> set[str]:
    """Return the given names of those who met the case."""
    names, contacts = names_of(result), result.records.contacts
    return {names[str(ident)].split()[-1] for ident in {*contacts["person_a"], *contacts["person_b"]} - {"BN61344"}}


@pytest.mark.parametrize(
    ("visitor", "patient", "asked", "yes", "no"),
    [
        ("Họ tên người nhà", "Thăm bệnh nhân", "Rà soát F1 của BN61344", "F1 (cùng phòng)", "không, đứng ngoài cửa"),
        ("Người nhà", "Thăm người bệnh", "F1 của BN61344", "x", "không"),
        ("ho ten nguoi nha", "Benh nhan duoc tham", "Tiep xuc voi BN61344", "ngồi cạnh giường", "khong, o phong 205"),
    ],
)
def test_visitors_were_in_the_room_and_those_who_are_marked_met_the_case(
    tmp_path: Path, visitor: str, patient: str, asked: str, yes: str, no: str
) -> None:
    rows = [
        ["BỆNH VIỆN ĐA KHOA AN LẠC - KHOA NỘI", *[""] * 7],
        ["SỔ NGƯỜI NHÀ VÀO THĂM BỆNH NHÂN, rà soát F1 của BN61344 Quách Thị Mừng - Phòng 203", *[""] * 7],
        ["Ngày", visitor, "SĐT", patient, "Phòng", "Giờ vào", "Giờ ra", asked],
        ["21/7/2021", "Ngô Văn Tịnh", "0912345001", "Quách Thị Mừng", "203", "8h10", "17h30", "F1"],
        ["21/7/2021", "Ngô Thị Lài", "0912345002", "Hồ Thị Bưởi", "203", "9h30", "10h", yes],
        ["22/7/2021", "Ngô Thị Sim", "0912345003", "Hồ Thị Bưởi", "205", "14h05", "14h30", no],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "so.xlsx": rows}, merged=["A1:H1", "A2:H2"])
    assert met(result) == {"Tịnh", "Lài"}
    visits = result.records.visits
    names = names_of(result)
    assert {names[str(ident)].split()[-1] for ident in visits["person"]} == {"Tịnh", "Lài", "Sim"}
    assert len(visits) == 3 and visits["place"].nunique() == 2
    assert all("was this person there, too" in str(one.text) for one in result.questions)  # of the case itself


def test_who_looks_after_a_patient_is_still_in_a_list_behind_that_of_the_patients(tmp_path: Path) -> None:
    rows = [
        ["Phòng", "Giường", "Họ tên bệnh nhân", "Năm sinh", "Ngày vào viện", "Người nhà chăm sóc"],
        ["203", "1", "Ngô Văn Tịnh", "1950", "20/7/2021", "Ngô Thị Lài (con)"],
    ]
    result = load_lists(tmp_path, {"bn.xlsx": rows})
    assert {name.split()[-1] for name in names_of(result).values()} == {"Tịnh", "Lài"}
