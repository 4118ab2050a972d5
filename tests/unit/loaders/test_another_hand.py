"""Lists by another hand: sections by hamlet, results in one cell, colours, half days, seats, forms with repeats."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from lists import load_lists, names_of, pairs_of, visits_of
from openpyxl.styles import PatternFill
from two_cases import CASES, DIEM, LOC, load_text, load_with_cases, met_of

from loaders import LoadResult, load_files


def _tests_of(result: LoadResult) -> set[tuple[str, str, str]]:
    names = names_of(result)
    tests = result.records.tests
    days = (str(one)[:10] for one in _days(tests["sample"].tolist()))
    return set(zip((names[who] for who in tests["person"]), days, tests["result"], strict=True))


def _days(seconds: list[int]) -> list[str]:
    from tracing.times import format_iso

    return [format_iso(one, one, "Asia/Ho_Chi_Minh") for one in seconds]


HAMLETS = [
    ["DANH SÁCH F1 XÃ TẮC VÂN (cập nhật 20/7/2021)"],
    ["STT", "Họ tên", "NS", "TX với", "Ngày TX"],
    ["ẤP TÂN PHÚ"],
    ["1", "Võ Thị Hạnh", "1979", "BN501", "19/7"],
    ["2", "Lê Hoàng Ân", "1960", "-nt-", "-nt-"],
    ["", "Cộng ấp Tân Phú: 02 người"],
    ["ẤP TÂN TRUNG"],
    ["1", "Huỳnh Văn Giàu", "1988", "như trên", "20/7"],
]


def test_a_section_of_a_hamlet_is_the_home_of_those_below_and_its_total_nobody(tmp_path: Path) -> None:
    lists = {"ca benh.csv": CASES, "f1.xlsx": HAMLETS}
    result = load_lists(tmp_path, lists, merged=("A1:E1", "A3:E3", "A7:E7"))
    areas = {names_of(result)[who]: area for who, area in result.records.persons[["person", "area"]].values}
    assert areas["Võ Thị Hạnh"] == areas["Lê Hoàng Ân"] == "32029-tan-phu"
    assert areas["Huỳnh Văn Giàu"] == "32029-tan-trung"
    assert met_of(result) == {
        ("Võ Thị Hạnh", LOC, "2021-07-19"),
        ("Lê Hoàng Ân", LOC, "2021-07-19"),
        ("Huỳnh Văn Giàu", LOC, "2021-07-20"),
    }


def test_results_of_several_tests_in_one_cell_are_a_test_each(tmp_path: Path) -> None:
    rows = [
        ["TT", "Họ và tên", "F1 của", "Ngày vào CL", "KQXN"],
        ["1", "Thạch Thị Sa Ra", "BN501", "18/7/2021", "âm tính lần 1 (19/7), lần 2 (22/7)"],
        ["2", "Danh Hoàng Em", "BN501", "18/7/2021", "L1: âm (19/7); L2: dương tính 22/7 (CT 23,4)"],
        ["3", "Sơn Minh Tuấn", "BN502", "19/7/2021", "Âm tính 20/7, chờ KQ lần 2"],
        ["4", "Lý Thị Ngà", "BN502", "19/7/2021", "Chưa lấy mẫu"],
    ]
    result = load_with_cases(tmp_path, "kq.csv", rows)
    assert _tests_of(result) == {
        ("Thạch Thị Sa Ra", "2021-07-19", "negative"),
        ("Thạch Thị Sa Ra", "2021-07-22", "negative"),
        ("Danh Hoàng Em", "2021-07-19", "negative"),
        ("Danh Hoàng Em", "2021-07-22", "positive"),
        ("Sơn Minh Tuấn", "2021-07-20", "negative"),
    }
    tests = result.records.tests
    assert tests.loc[tests["ct"].notna(), "result"].tolist() == ["positive"]


def test_a_cell_of_results_that_says_more_is_asked_about(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "KQXN"],
        ["Thạch Thị Sa Ra", "1987", "âm tính lần 1 (19/7), lần 2 (22/7)"],
        ["Danh Hoàng Em", "1960", "âm tính 19/7, chuyển BVDC 22/7"],
    ]
    result = load_with_cases(tmp_path, "kq.csv", rows)
    assert {who for who, *_ in _tests_of(result)} == {"Thạch Thị Sa Ra"}
    assert result.questions


def _coloured(path: Path, colours: dict[int, str], legend: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    rows = [
        ["RÀ SOÁT CA TRỊNH VĂN LỘC (BN501)"],
        ["Họ tên", "Năm sinh", "SĐT", "Ngày gặp cuối"],
        ["Lý Thị Mười", "1977", "0918222012", "18/7/2021"],
        ["Trương Tấn Lợi", "1976", "0918222013", "17/7/2021"],
        ["Hồ Văn Sáng", "1990", "0918222014", "17/7/2021"],
        [legend],
    ]
    for row in rows:
        sheet.append(row)
    for row, colour in colours.items():
        for cell in sheet[row]:
            cell.fill = PatternFill("solid", fgColor=colour)
    book.save(path)
    return path


def test_colours_that_a_line_explains_are_read_and_an_f2_is_no_contact_of_the_case(tmp_path: Path) -> None:
    load_lists(tmp_path, {"ca benh.csv": CASES})
    colours = {3: "FFFF00", 4: "FFFF00", 5: "00B050"}
    path = _coloured(tmp_path / "mau.xlsx", colours, "Ghi chú: màu vàng: F1; màu xanh: F2")
    result = load_files([tmp_path / "ca benh.csv", path])
    assert {who for who, *_ in met_of(result)} == {"Lý Thị Mười", "Trương Tấn Lợi"}
    assert {summary.waiting for summary in result.summaries if summary.file == "mau.xlsx"} == {1}
    plain = _coloured(tmp_path / "khong.xlsx", colours, "Người lập: Lâm Quốc Khánh")
    result = load_files([tmp_path / "ca benh.csv", plain])
    assert len(met_of(result)) == 3, "colours that nothing explains say nothing"


SCHOOL = [
    ["DANH SÁCH HỌC SINH LIÊN QUAN CA BN502 (ngày 19/7/2021)"],
    ["STT", "Họ và tên", "Ngày sinh", "Test nhanh"],
    ["1", "Dương Hải My", "12/3/2007", "ÂT 21/7/2021"],
    ["2", "Trần Khả Như", "5/11/2007", "ÂT 21/7/2021"],
]


def test_a_case_in_the_title_of_other_facts_is_asked_about_and_the_answer_makes_contacts(tmp_path: Path) -> None:
    lists = {"ca benh.csv": CASES, "hs.csv": SCHOOL}
    result = load_lists(tmp_path, lists)
    (asked,) = (question for question in result.questions if question.column is None)
    assert [choice.value for choice in asked.choices] == ["2021-07-19", "met", "-", "*"]
    assert not met_of(result)
    answered = load_lists(tmp_path, lists, answers={asked.id: "2021-07-19"})
    assert met_of(answered) == {(who, DIEM, "2021-07-19") for who in ("Dương Hải My", "Trần Khả Như")}
    assert met_of(load_lists(tmp_path, lists, answers={asked.id: "met"})) == {
        (who, DIEM, "") for who in ("Dương Hải My", "Trần Khả Như")
    }
    assert not met_of(load_lists(tmp_path, lists, answers={asked.id: "-"}))


def test_a_history_that_names_a_case_can_be_answered_as_a_contact(tmp_path: Path) -> None:
    rows = [
        ["Mã BN", "Họ tên", "Năm sinh", "Ngày XN (+)", "Tiền sử dịch tễ"],
        ["BN601", "Lý Thị Mười", "1977", "20/7/2021", "Vợ BN501, sống cùng nhà"],
        ["chưa cấp", "Vưu Hán", "1988", "20/7/2021", "về từ TP.HCM"],
        ["chưa cấp", "Cao Kỳ Duyên", "1995", "21/7/2021", "Đồng nghiệp BN501, BN502"],
    ]
    lists = {"ca benh.csv": CASES, "ca moi.csv": rows}
    result = load_lists(tmp_path, lists)
    assert {"Vưu Hán", "Cao Kỳ Duyên"} <= set(names_of(result).values()), "a code that is to come is nobody's"
    asked = [question.id for question in result.questions if "met" in [choice.value for choice in question.choices]]
    assert len(asked) == 2, "each text is a question"
    answered = load_lists(tmp_path, lists, answers=dict.fromkeys(asked, "met"))
    assert {frozenset(pair[:2]) for pair in pairs_of(answered)} == {
        frozenset(("Lý Thị Mười", LOC)),
        frozenset(("Cao Kỳ Duyên", LOC)),
        frozenset(("Cao Kỳ Duyên", DIEM)),
    }
    assert set(answered.records.contacts["kind"].dropna()) == {"household", "work"}


CHAT = """[14/8/2021 21:03] CA Xa Tac Van: bc anh 3, e bo sung F1 cua BN502:
1. Le Van Sang sn 1983 sdt 0918.222.061 ap Tan Phu, nhau chung 19/7
2. Vo anh Sang ten Thuy, sn 85, ko co so
3. Tran Minh Hieu 2k1 0918222064, giao hang 20/7
tong 3 F1
[14/8/2021 21:40] Tram YT: con thieu 2 dua con cua Sang
"""


def test_a_message_without_accents_lists_those_whom_a_case_met(tmp_path: Path) -> None:
    result = load_text(tmp_path, "zalo.txt", CHAT)
    assert met_of(result) == {("Le Van Sang", DIEM, "2021-07-19"), ("Tran Minh Hieu", DIEM, "2021-07-20")}
    years = dict(result.records.persons[["name", "birth_year"]].dropna().values)
    assert years["Tran Minh Hieu"] == 2001
    assert len([question for question in result.questions if question.row in (3, 5, 6)]) >= 2


TREE = """Sơ đồ truy vết BN501 (cập nhật 20/7/2021)
BN501 - Trịnh Văn Lộc
  F1: Lý Thị Mười (vợ), 1977 - âm tính 19/7
  F1: Trương Tấn Lợi, 1976 - nhậu 18/7
    F2: Hồ Thị Sáng (vợ Lợi) 1990
"""


def test_a_tree_in_text_with_a_tier_on_each_line(tmp_path: Path) -> None:
    result = load_text(tmp_path, "so do.txt", TREE)
    met = met_of(result)
    assert {("Lý Thị Mười", LOC, ""), ("Trương Tấn Lợi", LOC, "2021-07-18")} <= met
    assert any({"Hồ Thị Sáng", "Trương Tấn Lợi"} == {one, other} for one, other, _ in met)
    assert _tests_of(result) == {("Lý Thị Mười", "2021-07-19", "negative")}


def test_an_order_that_says_of_each_person_whose_contact_they_are(tmp_path: Path) -> None:
    text = (
        "Áp dụng cách ly y tế tại nhà đối với các ông (bà) có tên sau:\n"
        "1. Ông Trương Tấn Lợi, sinh năm 1976, thường trú Khóm 4, Phường 8, là F1 của BN501.\n"
        "2. Bà Hồ Thị Sáng, sinh năm 1990, cùng địa chỉ, là F2.\n"
    )
    result = load_text(tmp_path, "qd.txt", text)
    assert {(who, case) for who, case, _ in met_of(result)} == {("Trương Tấn Lợi", LOC)}


SEATS = [
    ["XE 69B-018.88 - CHUYẾN 7H00 NGÀY 19/7/2021 CÀ MAU - CẦN THƠ"],
    ["DÃY A", "", "DÃY B", ""],
    ["Ghế", "Khách", "Ghế", "Khách"],
    ["A1", f"{LOC} 0908111071", "B1", "Chị Hoa + bé 3t 0918222093"],
    ["A2", "xuống Bạc Liêu: Đào Thị Mén", "B2", ""],
]


def test_seats_side_by_side_are_of_the_vehicle_in_the_title(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca benh.csv": CASES, "xe.xlsx": SEATS}, merged=("A1:D1", "A2:B2", "C2:D2"))
    assert {visit[:3] for visit in visits_of(result)} == {
        (who, "69B-018.88", "2021-07-19T07:00") for who in (LOC, "Chị Hoa", "Đào Thị Mén")
    }
    assert not any(summary.set_aside for summary in result.summaries), "an empty seat is nobody's"
    assert len(result.questions) == 1, "who came along is asked"


def test_half_days_of_a_week_are_days_and_a_half_is_asked_once(tmp_path: Path) -> None:
    rows = [
        ["XE 69B-00912 - ĐIỂM DANH ĐƯA RƯỚC TUẦN 19/7/2021 - 23/7/2021"],
        ["STT", "Học sinh", "Lớp", "T2 S", "T2 C", "T3 S", "T3 C"],
        ["1", "Ngô Bảo Vy", "2A", "x", "x", "", ""],
        ["2", "Lê Anh Thư", "3B", "x", "", "x", "x"],
    ]
    result = load_with_cases(tmp_path, "xe.csv", rows)
    assert {(who, place, day[:10]) for who, place, day, _ in visits_of(result)} == {
        ("Ngô Bảo Vy", "69B-009.12", "2021-07-19"),
        ("Lê Anh Thư", "69B-009.12", "2021-07-20"),
    }
    (asked,) = result.questions
    answered = load_lists(tmp_path, {"ca benh.csv": CASES, "xe.csv": rows}, answers={asked.id: "6h-7h"})
    assert ("Lê Anh Thư", "69B-009.12", "2021-07-19T06:00", "2021-07-19T07:00") in visits_of(answered)


def test_temperatures_of_half_days_are_no_attendance(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "F1 của", "12/8 S", "12/8 C", "13/8 S", "13/8 C"],
        ["Lý Thị Mười", "BN501", "36,5", "36,7", "37,9", "38,2"],
    ]
    assert not visits_of(load_with_cases(tmp_path, "theo doi.csv", rows))


def test_bare_first_days_of_a_list_of_people_in_isolation_are_of_it(tmp_path: Path) -> None:
    rows = [
        ["THEO DÕI SỨC KHỎE F1 CÁCH LY TẠI NHÀ"],
        ["Họ tên", "F1 của", "Bắt đầu"],
        ["Lý Thị Mười", "BN501", "11/8/2021"],
    ]
    result = load_with_cases(tmp_path, "theo doi.csv", rows)
    assert met_of(result) == {("Lý Thị Mười", LOC, "")}
    assert len(result.records.isolations) == 1


def test_a_table_of_places_and_the_cases_that_were_there(tmp_path: Path) -> None:
    rows = [
        ["CÁC MỐC DỊCH TỄ LIÊN QUAN BN501, BN502 (đến 20/7/2021)"],
        ["Stt", "Địa điểm", "Địa chỉ", "Thời gian có mặt", "Ca bệnh liên quan"],
        ["1", "Quán Hai Lúa", "K3 P8", "7h-8h ngày 18/7", "BN501"],
        ["2", "Cty Phương Nam", "P6", "6h-14h 19/7", "BN502, BN 501"],
        ["3", "Chợ Tắc Vân", "", "7h-8h ngày 19/7", "chưa rõ"],
    ]
    result = load_with_cases(tmp_path, "moc.csv", rows)
    assert visits_of(result) == {
        (LOC, "Quán Hai Lúa", "2021-07-18T07:00", "2021-07-18T08:00"),
        (LOC, "Cty Phương Nam", "2021-07-19T06:00", "2021-07-19T14:00"),
        (DIEM, "Cty Phương Nam", "2021-07-19T06:00", "2021-07-19T14:00"),
    }
    assert len(result.records.persons) == len(CASES) - 1, "a place is nobody, and its address nobody's home"
    assert [summary.set_aside for summary in result.summaries if summary.file == "moc.csv"] == [1]
