"""Lists of one night from a town of factories: rosters, buses, canteens, boarding houses, tubes, codes, chats."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from lists import Rows, isolations_of, load_lists, names_of, pairs_of, results_of, visits_of
from two_cases import DIEM, LOC, load_with_cases, met_of

from loaders import load_files

# ------------------------------------------------------------------------------------------------ who was where

ROOMS: Rows = [
    ["CÔNG AN XÃ AN PHÚ - DANH SÁCH NGƯỜI Ở TRỌ"],
    ["Phòng", "Họ tên người thuê", "NS", "SĐT", "Ở từ ngày"],
    ["A. Nhà trọ ông Kha, tổ 5, ĐT 0912 000 900"],
    ["3", "Mạc Thị Lựu", "1990", "0912000101", "05/02/2021"],
    ["3", "Mạc Văn Ký", "1988", "0912000102", "05/02/2021"],
    ["B. Nhà trọ bà Sáu Thơm, tổ 7 (10 phòng)"],
    ["3", "Ông Thị Lê", "1995", "0912000103", "10/06/2021"],
]


def test_lodgers_stay_in_their_house_and_are_not_isolated(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"tro.xlsx": ROOMS}, merged=["A3:E3", "A6:E6"])
    assert not len(result.records.isolations)
    places = {(name, place, start) for name, place, start, _ in visits_of(result)}
    assert {start for _, _, start in places} == {"2021-02-05", "2021-06-10"}
    of = {name: place for name, place, _ in places}
    assert of["Mạc Thị Lựu"] == of["Mạc Văn Ký"] != of["Ông Thị Lê"]
    assert "Kha" in of["Mạc Văn Ký"] and "Thơm" in of["Ông Thị Lê"]


def test_rooms_of_a_list_of_isolation_in_boarding_houses_are_isolation(tmp_path: Path) -> None:
    rows = [["DANH SÁCH CÁCH LY TẠI KHU TRỌ"], ["Phòng", "Họ tên người thuê", "NS", "SĐT", "Từ ngày"], *ROOMS[3:5]]
    result = load_lists(tmp_path, {"cl.xlsx": rows})
    assert len(result.records.isolations) == 2 and not visits_of(result)


ROSTER: Rows = [
    ["BẢNG CHẤM CÔNG CHUYỀN 5 - TUẦN 02/8 ĐẾN 04/8/2021"],
    ["Họ tên", "Thứ 2", "Thứ 3", "Thứ 4"],
    ["", "2", "3", "4"],
    ["Mạc Thị Lựu", "x", "x", "x"],
    ["Ông Thị Lê", "x", "", "x"],
]
HEAD = ["A2:A3"]


def test_who_signs_a_roster_in_two_columns_is_nobody_of_it(tmp_path: Path) -> None:
    signed: Rows = [*ROSTER, [""], ["Quản đốc ký", "", "", "Nhân sự ký"], ["Cù Văn Quản", "", "", "Vi Thị Lan"]]
    result = load_lists(tmp_path, {"cong.xlsx": signed}, merged=HEAD)
    assert set(names_of(result).values()) == {"Mạc Thị Lựu", "Ông Thị Lê"}
    assert len(visits_of(result)) == 5


def test_an_odd_cell_among_marks_is_asked_and_its_day_is_read(tmp_path: Path) -> None:
    rows: Rows = [*ROSTER, ["Tạ Văn Ơn", "x", "x", "sang chuyền 9 phụ"]]
    result = load_lists(tmp_path, {"cong.xlsx": rows}, merged=HEAD)
    assert ("Mạc Thị Lựu", "2021-08-04") in {(name, start) for name, _, start, _ in visits_of(result)}
    assert [question.said for question in result.questions] == ["sang chuyền 9 phụ"]


def test_an_empty_seat_below_a_heading_with_cn_is_nobody(tmp_path: Path) -> None:
    rows: Rows = [
        ["XE ĐƯA RƯỚC CÔNG NHÂN - Biển số 61B-111.22"],
        ["Chuyến sáng 02/8/2021: đón 5h20 chợ Mới - tới cổng Cty 6h00"],
        ["Số ghế", "Họ tên CN", "Mã thẻ", "Điện thoại", "Ký"],
        ["1A", "Mạc Thị Lựu", "A-01", "0912000101", "x"],
        ["1B", "Ông Thị Lê", "A-02", "0912000103", "x"],
        ["2A", "(trống)"],
    ]
    result = load_lists(tmp_path, {"xe.xlsx": rows})
    assert {(name, start, end) for name, _, start, end in visits_of(result)} == {
        (name, "2021-08-02T05:20", "2021-08-02T06:00") for name in ("Mạc Thị Lựu", "Ông Thị Lê")
    }
    assert len(names_of(result)) == 2


def test_a_plan_of_tables_lists_who_sat_where_in_which_sitting(tmp_path: Path) -> None:
    rows: Rows = [
        ["NHÀ ĂN CTY SAO BIỂN - NGÀY 03/8/2021"],
        ["ĐỢT 1: 11h00 - 11h30"],
        ["Bàn 1", "Bàn 2"],
        ["A-01 Mạc Thị Lựu", "Ông Thị Lê"],
        ["A-07 Cù Văn Sơn", "-"],
        ["ĐỢT 2: 11h30 - 12h00"],
        ["Bàn 1", "Bàn 2"],
        ["Tạ Văn Ơn", "Vi Thị Na"],
    ]
    result = load_lists(tmp_path, {"an.xlsx": rows}, merged=["A2:B2", "A6:B6"])
    told = {
        (name, place.partition(" (")[0].lower(), start[11:], end[11:]) for name, place, start, end in visits_of(result)
    }
    assert {(name, table[-1], start, end) for name, table, start, end in told} == {
        ("Mạc Thị Lựu", "1", "11:00", "11:30"),
        ("Ông Thị Lê", "2", "11:00", "11:30"),
        ("Cù Văn Sơn", "1", "11:00", "11:30"),
        ("Tạ Văn Ơn", "1", "11:30", "12:00"),
        ("Vi Thị Na", "2", "11:30", "12:00"),
    }


# ------------------------------------------------------------------------------------------------ cases and tests


def _cases(title: str, rows: Rows) -> Rows:
    head = ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát", "Ngày lấy mẫu", "Nơi phát hiện"]
    return [["DANH SÁCH CA MẮC"], [title], head, *rows]


@pytest.mark.parametrize(
    "title",
    [
        "Cột 6: 1 = cộng đồng; 2 = khu cách ly",
        "Cột 1 là mã. Nơi phát hiện: 1: cộng đồng, 2: khu cách ly.",
        "Cột F (1 = cộng đồng; 2 = khu cách ly)",
    ],
)
def test_what_a_line_says_of_the_signs_of_a_column_stands_in_its_cells(tmp_path: Path, title: str) -> None:
    rows = [
        ["BN71", "Mạc Thị Lựu", "1990", "02/8/2021", "03/8/2021", 1],
        ["BN72", "Cù Sơn", "1988", "", "03/8/2021", 2],
    ]
    result = load_lists(tmp_path, {"ca.xlsx": _cases(title, rows)})
    assert set(result.records.cases["found_in"]) == {"community", "quarantine"}


def test_signs_of_which_one_is_not_told_stay(tmp_path: Path) -> None:
    rows = [
        ["BN71", "Mạc Thị Lựu", "1990", "02/8/2021", "03/8/2021", 1],
        ["BN72", "Cù Sơn", "1988", "", "03/8/2021", 3],
    ]
    result = load_lists(tmp_path, {"ca.xlsx": _cases("Cột 6: 1 = cộng đồng; 2 = khu cách ly", rows)})
    assert result.records.cases["found_in"].isna().all()


def test_who_is_suspected_beside_the_name_is_no_case_for_certain(tmp_path: Path) -> None:
    rows = [
        ["BN71", "Mạc Thị Lựu\n(Hàn Quốc)", "1990", "02/8/2021", "03/8/2021", "cộng đồng"],
        ["", "Cù Văn Sơn (nghi ngờ, chờ KQ)", "1988", "01/8/2021", "03/8/2021", "cộng đồng"],
    ]
    result = load_lists(tmp_path, {"ca.xlsx": _cases("Ngày 04/8/2021", rows)})
    names = names_of(result)
    told = {names[str(row.person)]: str(row.status) for row in result.records.cases.itertuples()}
    assert told["Cù Văn Sơn"] == "suspected" and told["Mạc Thị Lựu"] != "suspected"


TUBES: Rows = [
    ["DANH SÁCH LẤY MẪU NGÀY 03/8/2021"],
    ["Ống", "Họ tên", "Năm sinh", "SĐT"],
    ["M01", "Mạc Thị Lựu", "1990", "0912000101"],
    ["M01", "Ông Thị Lê", "1995", "0912000103"],
    ["M02", "Cù Văn Sơn", "1988", "0912000104"],
    ["M03", "Tạ Văn Ơn", "1979", "0912000105"],
    ["M05", "Vi Thị Na", "1999", "0912000106"],
]


@pytest.mark.parametrize("several", ["M02-M03", "M02, M03", "M02 đến M03"])
def test_results_by_tubes_reach_all_whose_tubes_a_cell_names(tmp_path: Path, several: str) -> None:
    results: Rows = [
        ["Ký hiệu ống", "KQ", "Giá trị CT"],
        ["M01", "(+)", "24,5"],
        [several, "(-)", ""],
        ["M05", "KXĐ", ""],
    ]
    result = load_lists(tmp_path, {"mau.csv": TUBES, "kq.csv": results})
    assert results_of(result) == {
        ("Mạc Thị Lựu", "2021-08-03", "positive"),
        ("Ông Thị Lê", "2021-08-03", "positive"),
        ("Cù Văn Sơn", "2021-08-03", "negative"),
        ("Tạ Văn Ơn", "2021-08-03", "negative"),
        ("Vi Thị Na", "2021-08-03", "invalid"),
    }
    assert not len(result.records.cases)  # of a positive pool each is to be tested again


def test_a_row_of_tubes_of_which_one_is_on_no_list_is_asked(tmp_path: Path) -> None:
    results: Rows = [["Ký hiệu ống", "KQ"], ["M03-M05", "(-)"]]
    result = load_lists(tmp_path, {"mau.csv": TUBES, "kq.csv": results})
    assert {result for _, _, result in results_of(result)} == {""}


# ------------------------------------------------------------------------------------------------ whom they met


def test_moments_of_contact_tell_first_and_last_day_hours_and_what_was_done(tmp_path: Path) -> None:
    rows: Rows = [
        ["BÁO CÁO TRUY VẾT"],
        ["STT", "Họ tên, năm sinh", "Số điện thoại", "Mốc tiếp xúc", "Xử lý"],
        ["I", "F1 của BN501 Trịnh Văn Lộc (1979), tài xế, ngụ tổ 3"],
        [1, "Mạc Thị Lựu, 1990", "0912000101", "Vợ, sống cùng nhà đến 16/7/2021", "KCL tập trung từ 17/7/2021"],
        [2, "Cù Văn Sơn, 1988", "0912000104", "Làm cùng chuyền từ 14/7/2021 đến 15/7/2021", "Cách ly tại nhà"],
        ["II", "F1 của BN502 Quách Thị Diễm (1985), công nhân, ngụ tổ 9"],
        [1, "Tạ Văn Ơn, 1979", "0912000105", "Uống cà phê 17/7/2021 (7h-8h)", "Cách ly tại nhà"],
    ]
    result = load_with_cases(tmp_path, "f1.xlsx", rows)
    assert met_of(result) == {
        ("Mạc Thị Lựu", LOC, "2021-07-16"),
        ("Cù Văn Sơn", LOC, "2021-07-15"),
        ("Tạ Văn Ơn", DIEM, "2021-07-17T08:00"),
    }
    assert ("Mạc Thị Lựu", "centre") in {(name, kind) for name, kind, *_ in isolations_of(result)}
    assert "Nobody on record has this name" not in {str(question.text) for question in result.questions}


def test_f1_who_are_counted_before_they_are_named_give_the_case_no_days(tmp_path: Path) -> None:
    text = (
        "BÁO CÁO NHANH\n1. Thông tin ca bệnh\nHọ và tên: TRỊNH VĂN LỘC. Sinh năm 1979. Giới tính: Nam. Mã BN: BN501\n"
        "2. Lịch trình di chuyển\n- Ngày 15/7/2021: từ 8h00 đến 9h00 khám tại Trạm Y tế xã An Phú.\n"
        "3. Người tiếp xúc gần\nBước đầu ghi nhận 02 F1: chị Mạc Thị Lựu (1990, 0912000101) làm cùng phòng từ ngày "
        "13/7 đến ngày 15/7; và anh Cù Văn Sơn (sinh năm 1988, nhân viên nhà hàng Hoa Sen, SĐT 0912000104) gặp 14/7.\n"
    )
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "bao cao.docx"))
    result = load_files([tmp_path / "bao cao.docx"])
    assert {start[:10] for name, _, start, _ in visits_of(result) if name.upper() == LOC.upper()} == {"2021-07-15"}
    assert {one for pair in pairs_of(result) for one in pair[:2]} >= {"Cù Văn Sơn", "Mạc Thị Lựu"}


def test_a_tree_in_a_chat_and_those_who_are_added_to_it(tmp_path: Path) -> None:
    chat = (
        "[19:42, 20/7/2021] An: Sơ đồ ổ ca tài xế\nF0 Trịnh Văn Lộc 1979 (BN501)\n"
        "  + F1 Mạc Văn Ký, 1976, 0912 000 102\n      - F2 Mạc Thị Lựu (vợ), 1978, gặp lần cuối 17/7\n"
        "  + F1 Cù Văn Sơn, 1979, 0912.000.104\n"
        "[19:50, 20/7/2021] An: Bổ sung F1 của anh Lộc đi chung xe sáng 15/7:\n"
        "1. Tạ Văn Ơn 1990 - 0912.000.105 - ghế 1B\n2. Vi Thị Na, sn 1997, sđt 0912000106\n"
        "[19:58, 20/7/2021] Bình: ok anh\n"
    )
    (tmp_path / "zalo.txt").write_text(chat, encoding="utf-8")
    result = load_files([tmp_path / "zalo.txt"])
    assert met_of(result) == {
        ("Mạc Văn Ký", LOC, ""),
        ("Mạc Thị Lựu", "Mạc Văn Ký", "2021-07-17"),
        ("Cù Văn Sơn", LOC, ""),
        ("Tạ Văn Ơn", LOC, "2021-07-15"),
        ("Vi Thị Na", LOC, "2021-07-15"),
    }
    assert not visits_of(result)


# ------------------------------------------------------------------------------------------------ days


def _camp(days: list[tuple[str, str]]) -> Rows:
    head = ["Họ và tên", "Năm sinh", "SĐT", "Phòng", "Ngày vào", "Ngày ra"]
    names = ("Mạc Thị Lựu", "Cù Văn Sơn", "Tạ Văn Ơn", "Vi Thị Na", "Ông Thị Lê")
    rows = [[name, 1980 + n, f"091200010{n}", 101, *days[n]] for n, name in enumerate(names)]
    return [["KHU CÁCH LY TẬP TRUNG TRƯỜNG AN PHÚ - ngày 05/8/2021"], head, *rows]


def test_one_date_of_another_order_is_asked_and_the_others_are_read(tmp_path: Path) -> None:
    days = [("30/07", ""), ("29/07", ""), ("31/07", ""), ("02/28", ""), ("02/08", "")]
    result = load_lists(tmp_path, {"kcl.xlsx": _camp(days)})
    assert {name: start for name, _, _, start, _ in isolations_of(result)} == {
        "Mạc Thị Lựu": "2021-07-30",
        "Cù Văn Sơn": "2021-07-29",
        "Tạ Văn Ơn": "2021-07-31",
        "Ông Thị Lê": "2021-08-02",
    }
    assert [question.said for question in result.questions if question.column == "Ngày vào"] == ["02/28"]


def test_what_is_planned_or_over_beside_a_last_day_tells_no_other_day(tmp_path: Path) -> None:
    ends = ["13/08 (hết hạn, về)", "dự kiến 16/08", "16/08 (dự kiến)", "13/08 - đã về", "13/08 (trốn)"]
    result = load_lists(tmp_path, {"kcl.xlsx": _camp([("30/07", end) for end in ends])})
    assert sorted(end for *_, end in isolations_of(result)) == [
        "",
        "2021-08-13",
        "2021-08-13",
        "2021-08-16",
        "2021-08-16",
    ]
    assert "13/08 (trốn)" in {question.said for question in result.questions}


def _met_on(days: list[str], title: str) -> Rows:
    head = ["Họ và tên", "Năm sinh", "SĐT", "Tiếp xúc với F0", "Ngày tiếp xúc cuối"]
    people = [[f"Mạc Thị Lựu {'ABCDEFG'[n]}", 1980 + n, f"091200010{n}", "BN501", day] for n, day in enumerate(days)]
    return [["DANH SÁCH F1"], [title], head, *people]


@pytest.mark.parametrize(
    ("title", "last", "asked"),
    [
        ("Tính đến 20h00 ngày 20/7/2021", "18/8/2021", ["18/8/2021"]),
        ("Tính đến 20h00 ngày 20/7/2021", "20/7/2021", []),
        ("Đám giỗ ngày 10/7/2021", "18/8/2021", []),
    ],
)
def test_a_contact_after_the_day_of_the_list_is_asked(tmp_path: Path, title: str, last: str, asked: list[str]) -> None:
    days = ["15/7/2021", "16/7/2021", "16/7/2021", "17/7/2021", "18/7/2021", last]
    result = load_with_cases(tmp_path, "f1.csv", _met_on(days, title))
    assert [question.said for question in result.questions if question.column == "Ngày tiếp xúc cuối"] == asked


def test_a_mobile_number_of_eleven_digits_that_never_was_one_is_asked(tmp_path: Path) -> None:
    rows: Rows = [
        ["Họ và tên", "Năm sinh", "SĐT"],
        ["Mạc Thị Lựu", "1990", "09120001011"],
        ["Cù Văn Sơn", "1988", "01682000104"],
        ["Tạ Văn Ơn", "1979", "02743656115"],
        ["Vi Thị Na", "1999", "0912000106"],
    ]
    result = load_lists(tmp_path, {"ds.csv": rows})
    phones = result.records.persons.set_index("name")["phone"].dropna().to_dict()
    assert phones == {"Cù Văn Sơn": "0382000104", "Tạ Văn Ơn": "02743656115", "Vi Thị Na": "0912000106"}
    assert [question.said for question in result.questions] == ["09120001011"]
