"""Tables of other shapes: a matrix of cases, a grid of days, blocks of labels, answers in rows, names in a cell."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from lists import load_lists, names_of, pairs_of, visits_of
from two_cases import DIEM, LOC, load_text, load_with_cases, met_of

from loaders import load_files


def test_a_column_for_each_case_with_days_in_the_cells(tmp_path: Path) -> None:
    rows = [
        ["BẢNG TỔNG HỢP NGƯỜI TIẾP XÚC VỚI CÁC CA BỆNH", "", "", "", ""],
        ["STT", "Họ tên", "Năm sinh", "BN501", "BN502 (Diễm)"],
        ["1", "Sầm Văn Tý", "1990", "16/7/2021", "17/7/2021"],
        ["2", "Nhạc Thị Bích", "1994", "", "18/7/2021"],
    ]
    result = load_with_cases(tmp_path, "ma tran.csv", rows)
    assert met_of(result) == {
        ("Sầm Văn Tý", LOC, "2021-07-16"),
        ("Sầm Văn Tý", DIEM, "2021-07-17"),
        ("Nhạc Thị Bích", DIEM, "2021-07-18"),
    }
    assert result.complete


def test_a_row_for_each_day_and_a_column_for_each_part_of_it(tmp_path: Path) -> None:
    rows = [
        ["LỊCH TRÌNH DI CHUYỂN BN502 QUÁCH THỊ DIỄM", "", "", ""],
        ["Ngày", "Sáng (6h-11h)", "Chiều (13h-17h)", "Tối"],
        ["16/7/2021", "Chợ Phường 7", "Tiệm may Hồng Đào", "Ở nhà"],
        ["17/7/2021", "Ở nhà", "không", "Trà chanh Bụi Phố"],
    ]
    result = load_with_cases(tmp_path, "lich trinh.csv", rows)
    assert visits_of(result) == {
        (DIEM, "Chợ Phường 7", "2021-07-16T06:00", "2021-07-16T11:00"),
        (DIEM, "Tiệm may Hồng Đào", "2021-07-16T13:00", "2021-07-16T17:00"),
        (DIEM, "Trà chanh Bụi Phố", "2021-07-17", ""),
    }


def test_a_block_of_labels_for_each_person(tmp_path: Path) -> None:
    text = (
        "THÔNG TIN F1 CỦA BN502\n1. Họ tên: Thoại Ngọc Hầu\nNăm sinh: 1969; SĐT: 0914000081\n"
        "Địa chỉ: khóm 4, phường 5\nNgày tiếp xúc: 17/7/2021\n2. Họ tên: Thoại Mỹ Châu\nNăm sinh: 1993\n"
        "đang nuôi con nhỏ\nNgày tiếp xúc: 18/7/2021\n"
    )
    result = load_text(tmp_path, "f1.txt", text)
    assert met_of(result) == {
        ("Thoại Ngọc Hầu", DIEM, "2021-07-17"),
        ("Thoại Mỹ Châu", DIEM, "2021-07-18"),
    }
    persons = result.records.persons.set_index("name")
    assert persons.loc["Thoại Ngọc Hầu", "phone"] == "0914000081"
    assert "đang nuôi con nhỏ" in str(persons.loc["Thoại Mỹ Châu", "attributes"])


def test_a_row_for_each_answer_of_a_record(tmp_path: Path) -> None:
    rows = [
        ["tracked entity", "program stage", "dataElement", "value"],
        *(
            ["NG1", "Case", name, value]
            for name, value in (("Full name", "Mai Đức Toàn"), ("Date of onset", "2021-07-16"), ("Phone", "0913000161"))
        ),
        *(["NG2", "Case", name, value] for name, value in (("Full name", "Cao Thị Sen"), ("Phone", "0913000162"))),
    ]
    result = load_lists(tmp_path, {"events.csv": rows})
    persons = result.records.persons.set_index("name")
    assert dict(persons["phone"]) == {"Mai Đức Toàn": "0913000161", "Cao Thị Sen": "0913000162"}
    assert result.records.cases["onset"].notna().sum() == 1


def test_a_record_that_answers_twice_is_left_as_it_stands(tmp_path: Path) -> None:
    rows = [
        ["record", "field", "value"],
        ["1", "name", "Mai Đức Toàn"],
        ["1", "name", "Cao Thị Sen"],
        ["2", "name", "Lý Thông"],
        ["2", "phone", "0913000162"],
    ]
    assert not load_lists(tmp_path, {"eav.csv": rows}).complete


def test_several_names_in_a_cell_are_several_people(tmp_path: Path) -> None:
    rows = [
        ["KẾT QUẢ XÉT NGHIỆM MẪU GỘP NGÀY 21/7/2021", "", "", "", ""],
        ["Mẫu gộp", "Họ tên", "SĐT", "Năm sinh", "Kết quả"],
        ["M1", "Cam Văn Ba, Cam Thị Bốn và Lý Sáu", "0914000001", "1980; 1982; 1990", "Âm tính"],
        ["M2", "Diệp Văn Năm\nDiệp Thị Mười", "0914000002; 0914000003", "", "Dương tính"],
    ]
    result = load_lists(tmp_path, {"gop.xlsx": rows})
    names = names_of(result)
    assert {(names[t.person], t.result) for t in result.records.tests.itertuples()} == {
        *((name, "negative") for name in ("Cam Văn Ba", "Cam Thị Bốn", "Lý Sáu")),
        *((name, "positive") for name in ("Diệp Văn Năm", "Diệp Thị Mười")),
    }
    persons = result.records.persons.set_index("name")
    assert persons.loc["Lý Sáu", "birth_year"] == 1990
    assert persons.loc["Diệp Thị Mười", "phone"] == "0914000003"
    shared = persons.loc[["Cam Văn Ba", "Cam Thị Bốn", "Lý Sáu"]]
    assert shared["phone"].isna().all(), "one number, and nobody knows whose"
    assert all("0914000001" in str(text) for text in shared["attributes"])


def test_names_that_a_comma_turns_round_stay_one(tmp_path: Path) -> None:
    rows = [["Name", "Passport", "Check in", "Check out"], ["SMITH, JOHN", "GBR123", "14/7/2021", "18/7/2021"]]
    assert len(load_lists(tmp_path, {"guests.csv": rows}).records.persons) == 1


def test_who_drove_was_in_the_vehicle_with_each_passenger(tmp_path: Path) -> None:
    rows = [
        ["Mã chuyến", "Tài xế", "BKS", "Tên khách", "SĐT khách", "Thời gian đón", "Thời gian trả"],
        ["C1", "Kỷ Văn Tám", "69A-111.22", "Thái Thị Nga", "0914000021", "19/07/2021 08:10", "19/07/2021 08:25"],
        ["C1", "Kỷ Văn Tám", "69A-111.22", "Thái Văn Út", "", "19/07/2021 08:10", "19/07/2021 08:25"],
        ["C2", "Kỷ Văn Tám", "69A-111.22", "Lê Thị Sáu", "", "20/07/2021 07:00", "20/07/2021 07:30"],
    ]
    found = visits_of(load_lists(tmp_path, {"xe.csv": rows}))
    assert {(who, start) for who, _place, start, _end in found} == {
        *((who, "2021-07-19T08:10") for who in ("Thái Thị Nga", "Thái Văn Út", "Kỷ Văn Tám")),
        *((who, "2021-07-20T07:00") for who in ("Lê Thị Sáu", "Kỷ Văn Tám")),
    }
    assert len(found) == 5


def test_the_head_of_a_home_in_a_column_of_heads(tmp_path: Path) -> None:
    rows = [
        ["STT", "Chủ hộ", "Thành viên", "Quan hệ", "Năm sinh", "F1 của", "Ngày TX"],
        ["1", "Nghiêm Văn Thắng", "", "", "1970", "BN501", "16/7/2021"],
        ["", "", "Nghiêm Thị Lệ", "vợ", "1972", "BN501", "16/7/2021"],
        ["2", "Thôi Văn Quới", "", "", "1965", "BN502", "18/7/2021"],
        ["", "", "Thôi Thị Chúc", "con gái", "1990", "BN502", "18/7/2021"],
    ]
    result = load_with_cases(tmp_path, "ho.csv", rows)
    assert {(who, case) for who, case, _day in met_of(result)} == {
        *((who, LOC) for who in ("Nghiêm Văn Thắng", "Nghiêm Thị Lệ")),
        *((who, DIEM) for who in ("Thôi Văn Quới", "Thôi Thị Chúc")),
    }
    homes = result.records.persons.set_index("name")["household"]
    assert homes["Nghiêm Văn Thắng"] == homes["Nghiêm Thị Lệ"] != homes["Thôi Văn Quới"]


def test_contacts_and_visits_inside_the_objects_of_json(tmp_path: Path) -> None:
    cases = [
        {
            "caseId": "BN503",
            "name": "Phạm Thế Duyệt",
            "onsetDate": "2021-07-15",
            "home": {"phone": "0913000250"},
            "contacts": [{"name": "Phạm Thị Nở", "phone": "0913000251", "lastContact": "2021-07-16"}],
            "visits": [{"place": "Chợ Nổi", "checkIn": "2021-07-14T07:00:00+07:00"}],
        },
        {"caseId": "BN504", "name": "Tất Tú Mỹ", "onsetDate": "2021-07-17", "contacts": [], "visits": None},
    ]
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"cases": cases}, ensure_ascii=False), encoding="utf-8")
    result = load_files([path])
    assert pairs_of(result) == {("Phạm Thế Duyệt", "Phạm Thị Nở", "", "2021-07-16")}
    assert visits_of(result) == {("Phạm Thế Duyệt", "Chợ Nổi", "2021-07-14T07:00", "")}
    assert result.records.persons.set_index("name").loc["Phạm Thế Duyệt", "phone"] == "0913000250"


def test_the_places_of_several_cases_with_day_and_hours_in_a_cell(tmp_path: Path) -> None:
    rows = [
        ["STT", "Địa điểm", "Địa chỉ", "Thời gian", "Ca liên quan"],
        ["1", "Chợ Phường 7", "đường Lý Bôn, P7", "6h00-8h00 ngày 17/7/2021", "BN502"],
        ["2", "Tiệm tóc Kim Chi", "khóm 3, P5", "15h - 16h30, 18/7/2021", "BN502, BN501"],
        ["3", "Cây xăng Phú Cường", "QL1A", "Khoảng 9h ngày 16/7/2021", "BN501"],
    ]
    result = load_with_cases(tmp_path, "dia diem.csv", rows)
    assert visits_of(result) == {
        (DIEM, "Chợ Phường 7", "2021-07-17T06:00", "2021-07-17T08:00"),
        (DIEM, "Tiệm tóc Kim Chi", "2021-07-18T15:00", "2021-07-18T16:30"),
        (LOC, "Tiệm tóc Kim Chi", "2021-07-18T15:00", "2021-07-18T16:30"),
        (LOC, "Cây xăng Phú Cường", "2021-07-16T09:00", ""),
    }


@pytest.mark.parametrize(
    "doses", [["Mũi 1", "Mũi 2"], ["Ngày tiêm mũi 1", "Ngày tiêm mũi 2"], ["1st dose", "2nd dose"]]
)
def test_the_days_of_doses_tell_how_many_somebody_had(tmp_path: Path, doses: list[str]) -> None:
    rows = [
        ["Họ tên", "Năm sinh", *doses],
        ["Trần Thị Ửng", "1960", "12/5/2021", "15/7/2021"],
        ["Bành Văn Tư", "1958", "12/5/2021", "chưa"],
        ["Bành Văn Năm", "1959", "", ""],
    ]
    result = load_lists(tmp_path, {"tiem.csv": rows})
    told = result.records.persons.set_index("name")["vaccine_doses"]
    assert (told["Trần Thị Ửng"], told["Bành Văn Tư"]) == (2, 1)
    assert told.isna()["Bành Văn Năm"]
    assert result.records.contacts.empty
    assert not result.questions


def test_days_of_a_matrix_as_a_spreadsheet_has_them(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["STT", "Họ tên", "Năm sinh", "BN501", "BN502"],
        [1, "Sầm Văn Tý", 1990, datetime(2021, 7, 16), "17/7/2021 và 18/7/2021"],
        [2, "Nhạc Thị Bích", 1994, None, datetime(2021, 7, 18)],
    ]
    assert met_of(load_with_cases(tmp_path, "ma tran.xlsx", rows)) == {
        ("Sầm Văn Tý", LOC, "2021-07-16"),
        ("Sầm Văn Tý", DIEM, "2021-07-18"),
        ("Nhạc Thị Bích", DIEM, "2021-07-18"),
    }
