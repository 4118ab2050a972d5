"""Orders to isolate, where people are now, cases that wait for a test, and messages from a bar and a health post."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from lists import Rows, choices_of, isolations_of, load_lists, names_of
from two_cases import DIEM, LOC, load_text, load_with_cases, met_of

from loaders.columns.moments import read_moment
from loaders.columns.person_line import people_of_line

# --------------------------------------------------------------------------------------------------------- isolations


def test_days_behind_how_somebody_is_isolated_are_none_of_the_contact(tmp_path: Path) -> None:
    rows: Rows = [
        ["TỔNG HỢP QUYẾT ĐỊNH CÁCH LY Y TẾ"],
        ["STT", "Số, ngày QĐ", "Họ tên", "Năm sinh", "Hình thức CL", "Địa điểm CL", "Bắt đầu từ", "Kết thúc", "Căn cứ"],
        [
            "1",
            "12/QĐ",
            "Nông Thị Hạnh",
            "1999",
            "Tập trung",
            "Trường Lê Lợi, phòng 12",
            "17/7/2021",
            "31/7/2021",
            "F1 BN501",
        ],
        ["2", "nt", "Trần Quang Huy", "1993", "nt", "nt, phòng 14", "nt", "nt", "nt"],
        ["3", "14/QĐ, 18/7", "Trần Thị Cúc", "1963", "Tại nơi cư trú", "", "18/7/2021", "01/8/2021", "F1 của BN502"],
    ]
    result = load_with_cases(tmp_path, "qd.csv", rows)
    assert isolations_of(result) == {
        ("Nông Thị Hạnh", "centre", "Trường Lê Lợi, phòng 12", "2021-07-17", "2021-07-31"),
        ("Trần Quang Huy", "centre", "Trường Lê Lợi, phòng 14", "2021-07-17", "2021-07-31"),
        ("Trần Thị Cúc", "home", "", "2021-07-18", "2021-08-01"),
    }
    assert met_of(result) == {("Nông Thị Hạnh", LOC, ""), ("Trần Quang Huy", LOC, ""), ("Trần Thị Cúc", DIEM, "")}
    assert not choices_of(result, "Số, ngày QĐ") and not choices_of(result, "Địa điểm CL")


def test_where_people_are_now_and_since_when_is_an_isolation(tmp_path: Path) -> None:
    rows: Rows = [
        ["Họ và tên F1", "Năm sinh", "Địa chỉ", "F1 của", "Lần cuối TX", "Hiện đang ở đâu"],
        ["Nguyễn Thị Lệ", "1970", "Đạo Ngạn", "BN501", "17/7/2021", "CLTT trường CĐ Ngô Gia Tự từ 18/7"],
        ["Nguyễn Văn Đông", "1967", "nt", "nt", "nt", "nt"],
    ]
    place = "CLTT trường CĐ Ngô Gia Tự"
    assert isolations_of(load_with_cases(tmp_path, "f1.csv", rows)) == {
        (name, "centre", place, "2021-07-18", "") for name in ("Nguyễn Thị Lệ", "Nguyễn Văn Đông")
    }


WAITING: Rows = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát", "Nơi đang cách ly, điều trị", "Tóm tắt yếu tố dịch tễ"],
    ["BN71", "Lý Thị Mai", "2000", "14/7/2021", "BV Phổi tỉnh (từ 17/7/2021)", "Chưa rõ nguồn lây"],
    ["BN72", "Bế Văn Tùng", "1997", "15/7/2021", "TTYT Việt Yên (20/7/2021)", "Test nhanh (+), chờ PCR"],
]


def test_since_when_a_case_is_treated_stands_behind_the_place(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"f0.csv": WAITING})
    assert isolations_of(result) == {
        ("Lý Thị Mai", "hospital", "BV Phổi tỉnh", "2021-07-17", ""),
        ("Bế Văn Tùng", "hospital", "TTYT Việt Yên", "2021-07-20", ""),
    }
    assert not result.questions


def test_a_case_that_waits_for_its_pcr_is_suspected_and_a_suspected_source_makes_nobody_so(tmp_path: Path) -> None:
    rows = [
        *WAITING,
        ["BN73", "Vũ Thị Bích", "1968", "15/7/2021", "BV Phổi tỉnh (19/7/2021)", "Nghi nhiễm từ chợ Nếnh"],
    ]
    cases = load_lists(tmp_path, {"f0.csv": rows}).records.cases.set_index("person")["status"]
    assert {str(person): "" if pd.isna(status) else status for person, status in cases.items()} == {
        "BN71": "",
        "BN72": "suspected",
        "BN73": "",
    }


def test_the_day_of_an_isolation_in_a_message_is_none_of_the_contact(tmp_path: Path) -> None:
    text = (
        "TYT thị trấn Vôi báo cáo F1 của BN501 tính đến 20/7/2021:\n"
        "1. Nguyễn Thị Tuyết, 1988, vợ, ở cùng nhà, sđt 0398000154. CLTT tại TTYT Lạng Giang từ 20/7\n"
        "2. Đỗ Thị Nụ, 1960, mẹ, ăn cơm cùng tối 16/7, sốt từ 19/7\n"
    )
    result = load_text(tmp_path, "zalo.txt", text)
    assert met_of(result) == {("Nguyễn Thị Tuyết", LOC, ""), ("Đỗ Thị Nụ", LOC, "2021-07-16")}
    assert isolations_of(result) == {("Nguyễn Thị Tuyết", "centre", "TTYT Lạng Giang", "2021-07-20", "")}


# ------------------------------------------------------------------------------------------------------------ messages


def test_a_room_before_a_colon_is_nobody_and_those_behind_it_were_there_at_its_hours() -> None:
    people = people_of_line(
        "Phòng VIP 2, từ 20h đến 22h30: BN34 (Duy), Trần Quang Huy sn 1993 ĐT 0398000130, Lê Đạt sn 1994"
    )
    assert [(one.get("Mã BN"), one["Họ và tên"], one["Giờ"]) for one in people] == [
        ("BN34", "", "20h đến 22h30"),
        (None, "Trần Quang Huy", "20h đến 22h30"),
        (None, "Lê Đạt", "20h đến 22h30"),
    ]
    assert not people_of_line("Phòng VIP 2, từ 20h đến 22h30")


def test_a_message_of_a_bar_asks_once_for_the_day_and_offers_that_of_its_first_line(tmp_path: Path) -> None:
    text = (
        "Báo cáo anh, quán karaoke Ánh Sao tối thứ 7 17/7:\n"
        "- Phòng VIP 2, từ 20h đến 22h30: BN501 (Lộc), Trần Quang Huy sn 1993 ĐT 0398000130\n"
        "- Chủ quán: Phạm Văn Khánh, 1980, 0398000133, đứng quầy thu tiền từ 19h đến 23h\n"
    )
    result = load_text(tmp_path, "zalo.txt", text)
    assert choices_of(result, "Giờ") == [("17/7", "-", "*")]
    assert "Phạm Văn Khánh" in names_of(result).values()
    assert not any("VIP" in name for name in names_of(result).values())


@pytest.mark.parametrize("text", ["hôm 16/7/2021", "hôm ngày 16/7/2021", "tối hôm 16/7/2021"])
def test_hom_before_a_day_says_nothing_more(text: str) -> None:
    assert str(read_moment(text).day) == "2021-07-16"


def test_hom_qua_is_still_the_day_before() -> None:
    assert read_moment("hôm qua").relative == 1 and read_moment("hôm kia").relative == 2
