"""Lists of investigators elsewhere, and of hosts and keepers: forms with repeats, lines about a case, stays."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from lists import load_lists, names_of, pairs_of, visits_of
from two_cases import CASES, DIEM, LOC, load_with_cases, met_of

from loaders import LoadResult, load_files


def _load(folder: Path, name: str, rows: list[list[object]]) -> LoadResult:
    return load_lists(folder, {name: rows})


def test_rows_of_a_repeated_group_are_of_the_form_that_they_name(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    form, group = book.worksheets[0], book.create_sheet("contacts")
    form.title = "Tracing form"
    for row in (
        ["case/case_id", "case/case_name", "case/onset_date", "_id", "_uuid", "_submission_time", "_index"],
        ["KH-0101", "Sok Dara", "2021-08-10", 5501, "u-1", "2021-08-14T02:41:00", 1],
        ["KH-0102", "Chan Thida", "2021-08-11", 5502, "u-2", "2021-08-14T03:31:00", 2],
    ):
        form.append(row)
    kinds = ["contacts/contact_type/household", "contacts/contact_type/work"]
    for row in (
        ["contacts/contact_name", "contacts/last_contact_date", *kinds, "_index", "_parent_index"],
        ["Sok Vanna", "2021-08-12", 1, 0, 1, 1],
        ["Meas Rithy", "2021-08-11", 0, 1, 2, 1],
        ["Chan Mony", "2021-08-13", 1, 0, 3, 2],
    ):
        group.append(row)
    book.save(tmp_path / "kobo.xlsx")
    result = load_files([tmp_path / "kobo.xlsx"])
    assert set(result.records.cases["person"]) == {"KH-0101", "KH-0102"}
    assert {frozenset(pair[:2]) for pair in pairs_of(result)} == {
        frozenset(pair) for pair in (("Sok Dara", "Sok Vanna"), ("Sok Dara", "Meas Rithy"), ("Chan Thida", "Chan Mony"))
    }
    assert sorted(result.records.contacts["kind"]) == ["household", "household", "work"]
    assert result.records.persons["household"].isna().all(), "whether they live together is no number of a household"


def test_lines_that_give_a_case_and_its_day_above_its_contacts_are_the_case(tmp_path: Path) -> None:
    rows = [
        ["CONTACT LISTING FORM"],
        ["Case ID:", "KAI-0034", "Case name:", "Fatmata Kamara", "Date of symptom onset:", "03/09/2014"],
        ["#", "Surname", "Other names", "Sex", "Relationship to case", "Date of last contact"],
        ["1", "Kamara", "Ibrahim", "M", "husband", "10/09/2014"],
        ["2", "Sesay", "Alpha", "M", "treated", "13/09/2014"],
    ]
    result = _load(tmp_path, "contacts.csv", rows)
    (case,) = result.records.cases["person"]
    assert (case, names_of(result)[case]) == ("KAI-0034", "Fatmata Kamara")
    assert {(one[0], one[3]) if one[1] == "Fatmata Kamara" else (one[1], one[3]) for one in pairs_of(result)} == {
        ("Kamara Ibrahim", "2014-09-10"),
        ("Sesay Alpha", "2014-09-13"),
    }


def test_a_name_with_the_family_first_is_one_person_and_one_line_may_hold_all_of_a_case(tmp_path: Path) -> None:
    rows = [
        ["Patient: DELA CRUZ, Juan M. | Case No.: PH-88121 | Date of onset: 03/28/2021"],
        ["No.", "Name", "Address", "Relationship", "Date of last exposure"],
        ["1", "DELA CRUZ, Maria P.", "San Roque", "Wife", "03/30/2021"],
        ["2", "Reyes, Jose", "-do-", "Officemate", "03/26/2021"],
        ["3", "Baby Boy DELA CRUZ", "-do-", "Son", "03/30/2021"],
    ]
    result = _load(tmp_path, "ph.csv", rows)
    assert set(names_of(result).values()) == {
        *("DELA CRUZ, Juan M.", "DELA CRUZ, Maria P.", "Reyes, Jose", "Baby Boy DELA CRUZ"),
    }
    assert result.records.cases["person"].tolist() == ["PH-88121"]
    assert len(pairs_of(result)) == 3
    assert set(result.records.persons["address"].dropna()) == {"San Roque"}


def test_contacts_of_a_case_in_an_english_title_and_days_with_the_name_of_the_month(tmp_path: Path) -> None:
    rows = [
        ["Contacts of MPX-007 (confirmed 12 May 2021)"],
        ["Initials", "Age", "Sex", "Date of first exposure", "Date of last exposure"],
        ["JK", "31", "M", "6 May 2021", "9 May 2021"],
        ["AB", "29", "F", "", "10 May"],
    ]
    result = _load(tmp_path, "mpox.csv", rows)
    days = {frozenset(pair[:2]): pair[3] for pair in pairs_of(result)}
    assert days == {frozenset(("JK", "MPX007")): "2021-05-09", frozenset(("AB", "MPX007")): "2021-05-10"}


def test_several_cases_behind_one_word_and_an_outcome_with_its_day(tmp_path: Path) -> None:
    rows = [
        ["Case", "Age", "Date of confirmation", "Linked to", "Outcome"],
        ["Case 66", "28", "12 Feb 2020", "", "Discharged"],
        ["Case 88", "44", "17 Feb 2020", "Case 66", ""],
        ["Case 91", "58", "19 Feb 2020", "Cases 66 and 88", "Deceased on 21 Mar 2020"],
    ]
    result = _load(tmp_path, "sg.csv", rows)
    links = set(result.records.links[["source", "target"]].itertuples(index=False, name=None))
    assert links == {("Case 66", "Case 88"), ("Case 66", "Case 91"), ("Case 88", "Case 91")}
    cases = result.records.cases.set_index("person")
    assert cases.loc["Case 91", "outcome"] == "died" and cases["outcome_date"].notna().sum() == 1


def test_a_site_and_hours_of_a_flight_in_the_title(tmp_path: Path) -> None:
    rows = [
        ["Exposure site: Lakeview waiting room"],
        ["Name", "Arrival time", "Departure time"],
        ["Sofia Alvarez", "1/17/2021 10:45 AM", "1/17/2021 11:30 AM"],
        ["Tyler Brown", "1/17/2021 9:30 AM", "1/17/2021 10:10 AM"],
    ]
    assert {visit[1] for visit in visits_of(_load(tmp_path, "site.csv", rows))} == {"Lakeview waiting room"}
    rows = [
        ["Flight QF512 BNE-SYD 12 Mar 2021 dep 07:05 arr 09:40"],
        ["Seat", "Surname", "Given name"],
        ["23C", "Nguyen", "Peter"],
        ["30A", "Singh", "Raj"],
    ]
    (stay,) = {visit[1:] for visit in visits_of(_load(tmp_path, "flight.csv", rows))}
    assert stay == ("QF512", "2021-03-12T07:05", "2021-03-12T09:40")


def test_counts_are_of_the_unit_of_their_row_and_not_of_a_remark(tmp_path: Path) -> None:
    rows = [
        ["SỐ LIỆU NGÀY 15/8/2021"],
        ["Đơn vị", "F0", "F1", "Ghi chú"],
        ["Phường 8", "2", "35", ""],
        ["Tắc Vân", "1", "12", "chốt chợ"],
        ["P.5", "0", "0", ""],
    ]
    result = _load(tmp_path, "so lieu.csv", rows)
    assert set(result.records.counts["unit"]) == {"Phường 8", "Tắc Vân", "P.5"}
    assert not any(summary.set_aside for summary in result.summaries)


def test_names_below_days_of_a_week_are_there_in_the_shift_of_their_row(tmp_path: Path) -> None:
    rows = [
        ["LỊCH LỌC MÁU - BỆNH VIỆN THỚI BÌNH - từ 19/7/2021 đến 24/7/2021"],
        ["Ca", "Máy", "Thứ 2", "Thứ 3", "Thứ 4"],
        ["Ca 1: 5h-9h", "1", LOC, "Lê Ba", LOC],
        ["Ca 2: 10h-14h", "1", "Kim Hên", "", "nghỉ (chuyển viện)"],
    ]
    result = load_with_cases(tmp_path, "loc mau.csv", rows)
    assert {(who, start) for who, _, start, _ in visits_of(result)} == {
        (LOC, "2021-07-19T05:00"),
        (LOC, "2021-07-21T05:00"),
        ("Lê Ba", "2021-07-20T05:00"),
        ("Kim Hên", "2021-07-19T10:00"),
    }


def test_rooms_of_an_inn_with_received_and_returned_and_a_room_that_nobody_has(tmp_path: Path) -> None:
    rows = [
        ["KHÁCH SẠN ÁNH NGUYỆT - SỔ LƯU TRÚ (tháng 7/2021)"],
        ["Phòng", "Khách", "CMND/CCCD", "Nhận", "Trả"],
        ["101", LOC, "385111222", "19/7 14h", "20/7 11h30"],
        ["103", "Tạ Văn Sâm", "", "19/7 22:00", "20/7 5:00"],
        ["104", "-", "", "", ""],
    ]
    result = load_with_cases(tmp_path, "so.csv", rows)
    assert {(who, place[-9:], start, end) for who, place, start, end in visits_of(result)} == {
        (LOC, "phòng 101", "2021-07-19T14:00", "2021-07-20T11:30"),
        ("Tạ Văn Sâm", "phòng 103", "2021-07-19T22:00", "2021-07-20T05:00"),
    }
    assert len(result.records.persons) == len(CASES) - 1 + 2


def test_patients_of_the_room_in_the_title_are_in_one_room_with_their_carers(tmp_path: Path) -> None:
    rows = [
        ["BỆNH VIỆN CÁI NƯỚC", ""],
        ["Danh sách bệnh nhi và người nuôi bệnh phòng 6 từ 15/7/2021"],
        ["Giường", "Họ tên", "Người nuôi/SĐT", "Vào viện", "Ra viện"],
        ["1", "Ngô Bảo Hân", f"{DIEM} (mẹ) 0908111072", "15/7/2021", "18/7/2021"],
        ["2", "Phan Gia Khang", "không có", "16/7/2021", "18/7/2021"],
    ]
    result = load_with_cases(tmp_path, "khoa nhi.csv", rows)
    assert {visit[1] for visit in visits_of(result)} == {"BỆNH VIỆN CÁI NƯỚC, phòng 6"}
    assert {visit[0] for visit in visits_of(result)} == {"Ngô Bảo Hân", DIEM, "Phan Gia Khang"}
    phones = dict(result.records.persons[["name", "phone"]].dropna().values)
    assert phones == {DIEM: "0908111072"}


def test_lessons_with_their_day_in_the_heading_and_marks_in_words(tmp_path: Path) -> None:
    rows = [
        ["TRƯỜNG DẠY LÁI XE - KHÓA B2-K45"],
        ["Học viên", "SĐT", "Buổi 1 (19/7) sáng", "Buổi 2 (20/7/2021) chiều", "Buổi 3 (22/7)"],
        [LOC, "0908111071", "có", "có", "vắng"],
        ["Lê Hoàng Nam", "0918333162", "có", "trễ 30p", "vắng (P)"],
    ]
    result = load_with_cases(tmp_path, "lop.csv", rows)
    assert {(who, start) for who, _, start, _ in visits_of(result)} == {
        (who, day) for who in (LOC, "Lê Hoàng Nam") for day in ("2021-07-19", "2021-07-20")
    }


def test_what_a_declaration_says_of_a_case_without_a_name_is_asked(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Điện thoại", "Có tiếp xúc với F0 không?"],
        ["Lục Thị Hai", "0918222171", "Có"],
        ["Cù Thị Lan", "0918222173", f"Có ({LOC}, uống cà phê 18/7)"],
        ["Ninh Văn Trạch", "0918222172", "Không"],
    ]
    result = load_with_cases(tmp_path, "khai.csv", rows)
    asked = {question.row: [choice.value for choice in question.choices] for question in result.questions}
    assert asked == {2: ["-", "*"], 3: ["BN501", "-", "*"]}
    assert not met_of(result)


def test_places_that_nobody_remembers_and_hours_among_days_of_contact(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH F1 CỦA BN501 (lập ngày 20/7/2021)"],
        ["Họ và tên", "SĐT", "Thời gian tiếp xúc", "Nơi TX"],
        ["Lâm Thị Diệu", "0918222042", "từ 17 đến 19/7", "không nhớ"],
        ["Hà Trọng Nghĩa", "0918222048", "19h30 - 21h ngày 18/7", "quán Bờ Sông"],
        ["Ôn Văn Chót", "0918222045", "17,18/7", "xưởng cưa"],
    ]
    result = load_with_cases(tmp_path, "f1.csv", rows)
    assert {(start, end) for *_, start, end in pairs_of(result)} == {
        ("2021-07-17", "2021-07-19"),
        ("2021-07-18T19:30", "2021-07-18T21:00"),
        ("2021-07-17", "2021-07-18"),
    }
    assert set(result.records.places["place"]) == {"quán Bờ Sông", "xưởng cưa"}


def test_lodgers_from_to_and_two_cells_as_above_that_are_no_members(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ tên", "Thường trú", "Lưu trú từ – đến", "Địa điểm"],
        ["1", "Đặng Quốc Thái", "TP.HCM", "15/7/2021 – 25/7/2021", "nhà trọ Sáu Nhỏ"],
        ["2", "Đặng Gia Bảo", "-nt-", "-nt-", "-nt-"],
        ["3", "Lai Văn Chí", "-nt-", "20/7/2021 - chưa xác định", "-nt-"],
    ]
    result = load_with_cases(tmp_path, "luu tru.csv", rows)
    assert {(who, start, end) for who, _, start, end in visits_of(result)} == {
        ("Đặng Quốc Thái", "2021-07-15", "2021-07-25"),
        ("Đặng Gia Bảo", "2021-07-15", "2021-07-25"),
        ("Lai Văn Chí", "2021-07-20", ""),
    }
