"""Heads of two rows, forms of one person, and what stands above and below the tables of coaches and shifts."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of, pairs_of, visits_of, write_list

from loaders import Answers, LoadResult, load_files
from loaders.units.addresses import parse_address
from tracing.times import format_iso

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN70101", "Huỳnh Văn Đực", "1975", "18/07/2021"],
    ["BN70102", "Mai Thị Cẩm", "1982", "19/07/2021"],
]
ONE, OTHER = "Huỳnh Văn Đực", "Mai Thị Cẩm"


def _stays(result: LoadResult) -> set[tuple[str, str, str]]:
    names, zone = names_of(result), "Asia/Ho_Chi_Minh"
    return {
        (names[str(stay.person)], format_iso(int(stay.start), int(stay.start_to), zone), str(stay.kind))
        for stay in result.records.isolations.itertuples()
    }


def test_words_below_merged_headings_are_parts_of_these(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH F1 CỦA BN70101 NGÀY 20/7/2021", "", "", "", "", "", "", ""],
        ["TT", "Họ và tên", "Năm sinh", "", "Tiếp xúc", "", "", "Ghi chú"],
        ["", "", "Nam", "Nữ", "Ngày cuối", "Hình thức", "K/c (m)", ""],
        ["1", "Hà Văn Lộc", "1980", "", "17/7", "Vợ, ở chung nhà", "1m", "CL tại nhà từ 20/7"],
        ["2", "Hà Thị Nở", "", "1984", "16/7", "bán hàng", "", ""],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows}, merged=["A1:H1", "C2:D2", "E2:G2"])
    assert result.complete
    people = result.records.persons.set_index("name")
    assert people.loc["Hà Thị Nở", ["sex", "birth_year"]].tolist() == ["female", 1984]
    assert pairs_of(result) == {(ONE, "Hà Văn Lộc", "", "2021-07-17"), (ONE, "Hà Thị Nở", "", "2021-07-16")}
    contacts = result.records.contacts
    assert set(contacts["kind"]) == {"household", "social"} and contacts["distance_m"].dropna().tolist() == [1.0]
    assert contacts["place"].isna().all()
    assert _stays(result) == {("Hà Văn Lộc", "2021-07-20", "home")}


def test_results_as_marks_below_a_merged_heading(tmp_path: Path) -> None:
    rows = [
        ["KẾT QUẢ TEST NHANH NGÀY 23-07-2021", "", "", "", ""],
        ["STT", "HỌ TÊN", "NĂM SINH", "KẾT QUẢ", ""],
        ["", "", "", "ÂM", "DƯƠNG"],
        ["1", "Vi Thị Ngân", "1994", "x", ""],
        ["2", "Vi Thị Sà", "1990", "", "x"],
    ]
    result = load_lists(tmp_path, {"test.xlsx": rows}, merged=["A1:E1", "D2:E2"])
    names = names_of(result)
    found = {names[str(test.person)]: test.result for test in result.records.tests.itertuples()}
    assert found == {"Vi Thị Ngân": "negative", "Vi Thị Sà": "positive"}


def test_a_form_of_one_case_and_those_whom_it_met_below(tmp_path: Path) -> None:
    rows = [
        ["PHIẾU ĐIỀU TRA TRƯỜNG HỢP BỆNH", "", "", ""],
        ["Họ và tên:", "Âu Hoàng Khải", "Năm sinh:", "1992"],
        ["Mã bệnh nhân:", "BN70103", "SĐT:", "0908777666"],
        ["Địa chỉ:", "ấp Cái Keo, xã Quách Phẩm", "Nghề nghiệp:", "Buôn bán"],
        ["Ngày khởi phát:", "20/7/2021", "Ngày lấy mẫu:", "21/7/2021"],
        ["Danh sách người tiếp xúc gần", "", "", ""],
        ["Họ tên", "Quan hệ", "Ngày tiếp xúc", "SĐT"],
        ["Âu Thị Nết", "Chị ruột", "19/7/2021", "0908777001"],
        ["Cổ Tấn Tài", "bạn nhậu", "18/7/2021", "0908777002"],
    ]
    result = load_lists(tmp_path, {"phieu.xlsx": rows}, merged=["A1:D1", "A6:D6"])
    assert result.complete
    assert set(names_of(result).values()) == {"Âu Hoàng Khải", "Âu Thị Nết", "Cổ Tấn Tài"}
    assert {pair[3] for pair in pairs_of(result)} == {"2021-07-19", "2021-07-18"}
    assert all("Âu Hoàng Khải" in pair for pair in pairs_of(result))
    assert result.records.cases["person"].tolist() == ["BN70103"]
    homes = result.records.persons.set_index("name")["area"]
    assert homes.notna()["Âu Hoàng Khải"] and homes.isna()["Cổ Tấn Tài"]  # the home of the case is that of nobody else


def test_driver_and_mate_below_the_passengers_and_an_hour_apart_from_its_day(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH KHÁCH ĐI XE", "", "", ""],
        ["Ngày đi: 17/7/2021", "", "", ""],
        ["Giờ xuất bến: 22h00", "", "", ""],
        ["BKS: 69B-00456", "", "", ""],
        ["STT", "Ho ten", "SDT", "Ghe"],
        ["1", "Bui Van Tam", "0913222001", "1"],
        ["2", "Cao Thi Ut", "913222002", "2"],
        ["", "Tài xế: Mạc Văn Hải - 0907 123 321", "", ""],
        ["", "Phụ xe: Kiều Văn Nhí", "", ""],
    ]
    result = load_lists(tmp_path, {"xe.csv": rows})
    assert result.complete
    assert {(name, place, start) for name, place, start, _ in visits_of(result)} == {
        (name, "69B-004.56", "2021-07-17T22:00")
        for name in ("Bui Van Tam", "Cao Thi Ut", "Mạc Văn Hải", "Kiều Văn Nhí")
    }
    assert result.records.persons.set_index("name")["phone"]["Mạc Văn Hải"] == "0907123321"


def test_a_night_shift_of_a_title_is_asked_for_its_hours(tmp_path: Path) -> None:
    rows = [
        ["CTY CP THỦY SẢN MINH CƯỜNG", "", ""],
        ["DANH SÁCH CÔNG NHÂN CA ĐÊM NGÀY 18/7/2021", "", ""],
        ["STT", "Họ tên", "SĐT"],
        ["1", "Sơn Tuấn Kiệt", "0939000111"],
        ["2", "Sơn Thị Lệ", "0939000112"],
    ]
    lists = {"ca.xlsx": rows}
    merged = ["A1:C1", "A2:C2"]
    (asked,) = load_lists(tmp_path, lists, merged=merged).questions
    assert asked.said == "CA ĐÊM" and asked.rows == 2
    result = load_lists(tmp_path, lists, merged=merged, answers={asked.id: "18h-6h"})
    assert result.complete
    assert {(start, end) for *_, start, end in visits_of(result)} == {("2021-07-18T18:00", "2021-07-19T06:00")}


def test_a_place_and_a_day_in_the_title_are_asked_about_and_not_passed_over(tmp_path: Path) -> None:
    titles = ("Địa điểm: Nhà văn hóa phường 5 - Ngày 07/07/2021", "DANH SÁCH TIÊM VẮC XIN")
    rows = [[titles[0], ""], [titles[1], ""], ["Họ tên", "Năm sinh"], ["Trần Văn Nhân", "2003"], ["Võ Thị Ý", "2003"]]
    (asked,) = load_lists(tmp_path, {"ds.xlsx": rows}, merged=["A1:B1", "A2:B2"]).questions
    assert asked.choices[0].value == "2021-07-07" and asked.rows == 2
    result = load_lists(tmp_path, {"ds.xlsx": rows}, merged=["A1:B1", "A2:B2"], answers={asked.id: "2021-07-07"})
    assert {(name, start) for name, _, start, _ in visits_of(result)} == {
        ("Trần Văn Nhân", "2021-07-07"),
        ("Võ Thị Ý", "2021-07-07"),
    }


def test_candidates_were_in_the_room_of_the_title_on_the_day_of_their_examination(tmp_path: Path) -> None:
    titles = ("DANH SÁCH THÍ SINH PHÒNG THI SỐ 12", "ĐIỂM THI THPT HỒ THỊ KỶ - Môn Toán - Ngày thi: 07/07/2021")
    head = ["SBD", "Họ và tên", "Năm sinh", "Ghi chú"]
    rows = [[titles[0], "", "", ""], [titles[1], "", "", ""], head]
    rows += [["590123", "Trần Văn Nhân", "2003", ""], ["590124", "Võ Thị Ý", "2003", "vắng"]]
    result = load_lists(tmp_path, {"ds.xlsx": rows}, merged=["A1:D1", "A2:D2"])
    assert visits_of(result) == {("Trần Văn Nhân", "ĐIỂM THI THPT HỒ THỊ KỶ, PHÒNG THI SỐ 12", "2021-07-07", "")}, (
        "who was absent was not there"
    )


def test_a_health_station_that_sends_a_list_is_no_place_where_people_were(tmp_path: Path) -> None:
    rows = [
        ["TRẠM Y TẾ XÃ TÂN THÀNH", "", ""],
        ["DANH SÁCH NGƯỜI CAO TUỔI NGÀY 12/7/2021", "", ""],
        ["Họ tên", "Năm sinh", "Ấp"],
        ["Trần Văn Nhân", "1943", "Tân Hòa"],
    ]
    result = load_lists(tmp_path, {"ds.xlsx": rows}, merged=["A1:C1", "A2:C2"])
    assert result.complete and not len(result.records.visits)


def test_the_commune_of_the_signature_holds_for_hamlets_and_that_of_a_wedding_for_no_guest(tmp_path: Path) -> None:
    signed = [
        ["Họ tên", "Năm sinh", "Ấp"],
        ["Phí Văn Đông", "1970", "Cái Keo"],
        ["Doãn Thị Tây", "1974", "Nhà Cũ"],
        ["", "", "TM. UBND XÃ QUÁCH PHẨM"],
    ]
    guests = [
        ["ĐÁM CƯỚI NHÀ ÔNG BẢY - XÃ TÂN THÀNH - 17/07/2021", ""],
        ["Họ tên", "SĐT"],
        ["Mai Công Danh", "0912777002"],
        ["Nhan Thị Thắm", "0912777004"],
    ]
    result = load_lists(tmp_path, {"ky.xlsx": signed, "cuoi.csv": guests})
    assert result.complete
    homes = result.records.persons.set_index("name")["area"]
    assert str(homes["Phí Văn Đông"]).startswith("32182") and str(homes["Doãn Thị Tây"]).startswith("32182")
    assert homes[["Mai Công Danh", "Nhan Thị Thắm"]].isna().all() and len(result.records.visits) == 2


def test_a_bulletin_of_nobody_is_asked_once_whose_it_is(tmp_path: Path) -> None:
    text = tmp_path / "thong_bao.txt"
    text.write_text(
        "THÔNG BÁO KHẨN\n"
        "- Ngày 15/7/2021, từ 5h30 đến 6h00: Chợ phường 5 (sạp thịt bà Sáu), TP Cà Mau\n"
        "- Ngày 16/7, khoảng 7h - 11h: Điện máy xanh đường Ngô Quyền, phường 9\n",
        encoding="utf-8",
    )
    paths = [write_list(tmp_path / "ca.csv", CASES), text]
    (asked,) = load_files(paths).questions
    result = load_files(paths, answers=Answers({asked.id: "BN70102"}))
    assert {(name, start) for name, _, start, _ in visits_of(result)} == {
        (OTHER, "2021-07-15T05:30"),
        (OTHER, "2021-07-16T07:00"),
    }


@pytest.mark.parametrize(
    ("text", "hamlet", "others"),
    [
        ("ấp 5 Khánh An U Minh", "ấp 5", ("Khánh An", "U Minh")),
        ("ấp Kinh Hòn Khánh Bình Tây Trần Văn Thời", "ấp Kinh Hòn", ("Khánh Bình Tây", "Trần Văn Thời")),
        ("ấp Cái Nước", "ấp Cái Nước", ()),
        ("ấp Tân Hưng Đông", "ấp Tân Hưng Đông", ()),
    ],
)
def test_units_behind_a_hamlet_without_any_comma(text: str, hamlet: str, others: tuple[str, ...]) -> None:
    address = parse_address(text)
    assert (address.hamlet, address.rest) == (hamlet, others)


@pytest.mark.parametrize(
    ("text", "commune"),
    [
        ("158/4 Nguyễn Trãi P9 Cà Mau", "P9"),
        ("ap Cai Keo xa Quach Pham Dam Doi", "xa Quach Pham"),
        ("xã Khánh Bình Tây Bắc", "xã Khánh Bình Tây Bắc"),
    ],
)
def test_communes_between_a_street_and_a_city(text: str, commune: str) -> None:
    assert parse_address(text).commune == commune


@pytest.mark.parametrize("heading", ["Tổ, ấp", "Ấp/tổ", "Tổ - Khóm"])
def test_group_and_hamlet_in_one_column_are_where_people_live(tmp_path: Path, heading: str) -> None:
    rows = [["TT", "Họ và tên", "Năm sinh", heading, "F0 tiếp xúc", "Ngày TX cuối"]]
    rows += [["1", "Trần Thị Út", "1992", "Tổ 3, Bờ Đập", "BN70101", "17/7/2021"]]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1 xã Tân Duyệt.csv": rows})
    assert result.complete
    told = result.records.persons.set_index("name").loc["Trần Thị Út"]
    assert "Bờ Đập" in str(told["address"]) or told["area"] is not None
