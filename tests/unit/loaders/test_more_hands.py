"""Lists in more hands: grouped heads, two steps in a row, company that is only told of, halves of the day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from lists import asked_of, load_lists, names_of, pairs_of, visits_of

from loaders import LoadOptions, load_files
from loaders.columns.company import names_several, tells_company
from loaders.columns.hours import read_hours
from loaders.columns.moments import read_moment

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN81001", "Trịnh Quốc Bửu", "1978", "20/07/2021"],
    ["BN81002", "Lâm Thị Sang", "1983", "21/07/2021"],
]
ONE, OTHER = "Trịnh Quốc Bửu", "Lâm Thị Sang"


def test_below_the_heading_of_the_carer_stand_name_and_telephone_of_the_carer(tmp_path: Path) -> None:
    rows = [
        ["BỆNH VIỆN ĐA KHOA CÁI NƯỚC", "", "", "", "", "", ""],
        ["Buồng", "Người bệnh", "", "", "Người nuôi bệnh", "", ""],
        ["", "Họ tên", "Ngày vào", "Ngày ra", "Họ tên", "SĐT", "Nuôi từ ngày"],
        ["Phòng 12", "Tạ Thị Mười", "17/7/2021", "22/7/2021", "Tạ Văn Bé", "0918500002", "19/7/2021"],
    ]
    result = load_lists(tmp_path, {"khoa.xlsx": rows}, merged=["B2:D2", "E2:G2", "A2:A3"])
    people = result.records.persons.set_index("name")["phone"]
    assert people.isna()["Tạ Thị Mười"]
    assert people["Tạ Văn Bé"] == "0918500002"
    assert visits_of(result) == {
        ("Tạ Thị Mười", "BỆNH VIỆN ĐA KHOA CÁI NƯỚC, Phòng 12", "2021-07-17", "2021-07-22"),
        ("Tạ Văn Bé", "BỆNH VIỆN ĐA KHOA CÁI NƯỚC, Phòng 12", "2021-07-19", "2021-07-22"),
    }


def test_below_the_heading_of_the_case_stands_whom_they_met(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "F0", "", "Ngày tiếp xúc cuối"],
        ["", "", "Mã BN", "Năm sinh", ""],
        ["Ngô Thị Bích", "1969", "BN81001", "1978", "22/7/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows}, merged=["C1:D1", "A1:A2", "B1:B2", "E1:E2"])
    assert pairs_of(result) == {("Ngô Thị Bích", ONE, "", "2021-07-22")}
    assert result.records.persons.set_index("name")["birth_year"]["Ngô Thị Bích"] == 1969


def test_a_list_of_f2_that_names_their_f1_and_the_case_of_these_has_two_steps(tmp_path: Path) -> None:
    rows = [
        ["Họ tên F2", "SĐT", "Họ tên F1", "F0 liên quan", "Ngày F1 TX F0", "Ngày F2 TX F1"],
        ["Trần Thị Diễm", "0918940001", "Ngô Thị Bích", "BN81001", "21/7/2021", "23/7/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f2.csv": rows})
    assert pairs_of(result) == {
        ("Ngô Thị Bích", "Trần Thị Diễm", "2021-07-23", "2021-07-23"),
        ("Ngô Thị Bích", ONE, "2021-07-21", "2021-07-21"),
    }


def test_an_interview_names_the_case_by_id_and_name_and_the_contact_by_name(tmp_path: Path) -> None:
    rows = [
        ["Mã ca bệnh", "Họ tên ca bệnh", "Họ tên người tiếp xúc", "Tiếp xúc ngày nào?", "Ở đâu?", "SĐT người tiếp xúc"],
        ["BN81001", ONE, "Ngô Thị Bích", "20-22/7/2021", "Chợ U Minh", "0918200001"],
        ["BN81002", OTHER, "2 người lạ", "18/7/2021", "Bến xe", ""],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "phieu.csv": rows})
    names = names_of(result)
    assert names["BN81001"] == ONE
    assert ("Ngô Thị Bích", ONE, "2021-07-20", "2021-07-22") in pairs_of(result)
    assert "speaks of a case or of company" in str([q.text for q in result.questions])


def test_an_itinerary_with_the_case_in_a_column(tmp_path: Path) -> None:
    rows = [
        ["Ca bệnh", "Ngày", "Giờ", "Nơi đến", "Gặp ai"],
        ["BN81002", "19/7/2021", "14h", "Bệnh viện Cái Nước", "Lâm Văn Tới"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "lich.csv": rows})
    assert visits_of(result) == {(OTHER, "Bệnh viện Cái Nước", "2021-07-19T14:00", "")}
    assert {pair[:2] for pair in pairs_of(result)} == {(OTHER, "Lâm Văn Tới")}


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("02:05 PM", ("14:05", None)),
        ("7:15 SA", ("07:15", None)),
        ("2:05 CH", ("14:05", None)),
        ("12:10 AM", ("00:10", None)),
        ("7h - 9h tối", ("19:00", "21:00")),
        ("8h - 2h chiều", ("08:00", "14:00")),
        ("8:00 AM - 5:00 PM", ("08:00", "17:00")),
        ("14h-16h30", ("14:00", "16:30")),
    ],
)
def test_hours_of_half_a_day(text: str, hours: tuple[str, str | None]) -> None:
    assert read_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "hour"), [("2h chiều 25/7/2021", 14), ("25/7/2021 2:00:00 CH", 14), ("25/7/2021 2:00:00 SA", 2)]
)
def test_an_hour_of_half_a_day_beside_its_day(text: str, hour: int) -> None:
    assert read_moment(text).clock == hour * 3600


@pytest.mark.parametrize(
    "text",
    [
        "và 2 người bạn",
        "đi cùng 2 người, chưa biết tên",
        "có 2 con nhỏ",
        "ở với em gái",
        "ngồi sát BN81001",
        "with two friends",
        "di cung vo",
        "ăn chung bàn với chuyền 2",
    ],
)
def test_words_of_company(text: str) -> None:
    assert tells_company(text)


@pytest.mark.parametrize(
    "text", ["tiêm 2 mũi", "32 tuổi", "đã xuất viện", "sống một mình", "không đi cùng ai", "nhập viện 2 ngày", "F1"]
)
def test_words_of_nobody_else(text: str) -> None:
    assert not tells_company(text)


def test_names_that_are_none() -> None:
    assert names_several("2 người lạ") and names_several("Đoàn thể xã") and not names_several("Đoàn Thế Hải")
    assert names_several("ba bé")
    assert not any(names_several(one) for one in ("Ngô Thị Hai", "Ba Bé", "Hai Anh"))


def test_company_that_only_a_remark_or_a_number_tells_is_asked_about(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "Tiếp xúc với ca", "Ngày tiếp xúc cuối", "Số người đi cùng", "Ghi chú"],
        ["Ngô Văn Dự", "2001", "BN81001", "21/7/2021", "", "và 2 người bạn"],
        ["Mai Văn Lộc", "1977", "BN81001", "20/7/2021", "2", ""],
        ["Kha Văn Tịnh", "1980", "BN81001", "20/7/2021", "0", "ngồi gần BN81002"],
        ["Kha Thị Lan", "1985", "BN81001", "20/7/2021", "", "đã gọi điện"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows})
    found = sorted((question.column or "", question.rows) for question in result.questions)
    assert found == [("Ghi chú", 1), ("Ghi chú", 1), ("Số người đi cùng", 1)]
    answers = {question.id: "kept" for question in result.questions}
    assert load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows}, answers=answers).complete
    assert not asked_of(load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows}, answers=answers))


def test_a_history_that_names_a_case_is_no_mere_remark(tmp_path: Path) -> None:
    rows = [
        ["Mã BN", "Họ tên", "Ngày khởi phát", "Tiền sử dịch tễ"],
        ["BN81003", "Giang Minh Tú", "23/7/2021", "làm chung với BN81001 tại chợ"],
        ["BN81004", "Kha Văn Tịnh", "23/7/2021", "chưa rõ"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "moi.csv": rows})
    assert [(question.column, question.rows) for question in result.questions] == [("Tiền sử dịch tễ", 1)]


def test_a_taxi_log_with_the_telephone_of_the_passenger(tmp_path: Path) -> None:
    rows = [
        ["driver", "plate", "pickup_time", "dropoff_time", "passenger_phone"],
        ["Vương Đình Khoa", "69A-01234", "2021-07-21 08:05", "2021-07-21 08:35", "0918000002"],
    ]
    result = load_lists(tmp_path, {"taxi.csv": rows})
    phones = result.records.persons.set_index("name")["phone"]
    assert phones.isna()["Vương Đình Khoa"]
    assert result.questions, "whose telephone it is, nobody says"


def test_a_flight_names_its_day_in_letters_and_one_without_a_day_is_asked(tmp_path: Path) -> None:
    head, row = ["Passenger Name", "Seat"], ["PARK/JIHOON MR", "4B"]
    told = [["Flight No: VN8067   SGN-CAH   Date: 17JUL2021   ETD 11:20 ETA 12:25"], head, row]
    silent = [["Flight No: VN8068   SGN-CAH"], head, ["LEE/MIN MR", "5C"]]
    result = load_lists(tmp_path, {"a.csv": told, "b.csv": silent})
    assert {visit[1:] for visit in visits_of(result)} == {("VN8067", "2021-07-17T11:20", "2021-07-17T12:25")}
    [question] = result.questions
    again = load_lists(tmp_path, {"a.csv": told, "b.csv": silent}, answers={question.id: "18/7/2021"})
    assert {visit[1:3] for visit in visits_of(again)} == {("VN8067", "2021-07-17T11:20"), ("VN8068", "2021-07-18")}


def test_a_boat_that_sailed_and_came_back_in_words(tmp_path: Path) -> None:
    rows = [
        ["ĐỒN BIÊN PHÒNG SÔNG ĐỐC", ""],
        ["Thuyền viên tàu CM-92345-TS xuất bến 06h00 ngày 10/7/2021; cập bến 16h30 ngày 23/7/2021", ""],
        ["Họ và tên", "Năm sinh"],
        ["Danh Sà Rươl", "1987"],
    ]
    assert visits_of(load_lists(tmp_path, {"tau.xlsx": rows})) == {
        ("Danh Sà Rươl", "CM-92345-TS", "2021-07-10T06:00", "2021-07-23T16:30")
    }


def test_who_is_absent_from_a_shift_or_has_no_hours_was_not_there(tmp_path: Path) -> None:
    rows = [
        ["CÔNG TY MAY HOÀNG LONG", "", "", ""],
        ["DANH SÁCH CÔNG NHÂN CA TỐI NGÀY 19/7/2021", "", "", ""],
        ["Họ và tên", "Giờ vào", "Giờ ra", "Ghi chú"],
        ["Cao Thị Nhung", "17h58", "22h00", ""],
        ["Phan Thị Mai", "18h00", "22h00", ""],
        ["Lý Hoàng Nam", "", "", "vắng có phép"],
        ["Đoàn Văn Thuận", "", "", ""],
    ]
    result = load_lists(tmp_path, {"ca.xlsx": rows})
    assert {visit[0] for visit in visits_of(result)} == {"Cao Thị Nhung", "Phan Thị Mai"}
    [question] = result.questions
    assert question.rows == 1
    there = load_lists(tmp_path, {"ca.xlsx": rows}, answers={question.id: "yes"})
    assert {visit[0] for visit in visits_of(there)} == {"Cao Thị Nhung", "Phan Thị Mai", "Đoàn Văn Thuận"}


def test_a_result_with_its_day_in_one_cell(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "Trại giam", "Ngày ra trại", "Ngày về đến địa phương", "Kết quả XN khi ra trại"],
        ["Bạch Văn Hiệp", "1989", "Cây Gừa", "15/7/2021", "16/7/2021", "Âm tính ngày 14/7/2021"],
        ["Tào Minh Chiến", "1994", "Chí Hòa", "16/7/2021", "17/7/2021", "PCR (-) 15/7/2021"],
        ["Khổng Văn Tài", "1990", "Phước Hòa", "18/7/2021", "19/7/2021", "chưa XN"],
    ]
    result = load_lists(tmp_path, {"trai.csv": rows})
    names = names_of(result)
    assert {
        (names[t.person], t.result, t.method if isinstance(t.method, str) else "")
        for t in result.records.tests.itertuples()
    } == {
        ("Bạch Văn Hiệp", "negative", ""),
        ("Tào Minh Chiến", "negative", "pcr"),
    }
    assert len(result.records.arrivals) == 3
    assert result.records.arrivals["arrived"].min() == 1626368400, "the day of the arrival, not of the release"
    assert result.complete


def test_first_and_last_day_of_isolation_in_one_cell(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "Thời gian cách ly"],
        ["Mai Văn Lộc", "1977", "từ 24/7/2021 đến 06/8/2021"],
        ["Tiêu Ngọc Anh", "1991", "14 ngày từ 24/7/2021"],
    ]
    result = load_lists(tmp_path, {"qd.csv": rows})
    stays = result.records.isolations
    assert list(stays["start"]) == [1627059600, 1627059600]
    assert stays["end"].notna().sum() == 1
    assert result.complete


def test_a_list_pasted_as_text_is_a_list_and_another_text_that_tells_something_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "zalo.txt").write_text(
        "DANH SÁCH DỰ LỄ NGÀY 17/7/2021 TẠI CHÙA PHẬT MẪU (7h - 10h)\n"
        "1. Lưu Thị Cẩm - 1972 - 0918600001\n2. Quách Thị Út - 1958 - ấp 3 xã Khánh An\nTổ 2 gửi danh sách cho trạm\n"
        "3. Mai Văn Lộc (SN 1977), đi cùng vợ\n",
        encoding="utf-8",
    )
    (tmp_path / "tin.txt").write_text(
        "Anh Ba báo là hôm qua có gặp BN81001 ở chợ\nnhờ trạm xá gọi lại số 0918600009 giúp\n", encoding="utf-8"
    )
    (tmp_path / "doc.txt").write_text(
        "Chào các bạn đồng nghiệp ở trạm\nđây là thư mục của chúng ta\n", encoding="utf-8"
    )
    result = load_files(
        [tmp_path / "zalo.txt", tmp_path / "tin.txt", tmp_path / "doc.txt"],
        options=LoadOptions(today=date(2021, 8, 31)),
    )
    people = result.records.persons.set_index("name")
    assert set(people.index) == {"Lưu Thị Cẩm", "Quách Thị Út", "Mai Văn Lộc"}
    assert people["phone"]["Lưu Thị Cẩm"] == "0918600001"
    assert {visit[1:] for visit in visits_of(result)} == {("CHÙA PHẬT MẪU", "2021-07-17T07:00", "2021-07-17T10:00")}
    assert {(q.file, q.kind, q.rows) for q in result.questions} == {("tin.txt", "sheet", 2), ("zalo.txt", "value", 1)}


def test_a_post_that_nothing_names_tells_who_came_from_where(tmp_path: Path) -> None:
    rows = [
        ["Timestamp", "Full name", "Phone", "Plate", "Coming from"],
        ["2021-07-19 07:40:55", "Tiêu Ngọc Anh", "0918800002", "95B1-12345", "Hậu Giang"],
    ]
    result = load_lists(tmp_path, {"post.csv": rows})
    [arrival] = result.records.arrivals.to_dict("records")
    assert (arrival["origin"], arrival["vehicle"]) == ("Hậu Giang", "95B1-123.45")


def test_answers_of_yes_and_no_are_no_class_and_a_number_of_contacts_is_no_telephone(tmp_path: Path) -> None:
    rows = [
        ["id", "name", "date.of.onset", "fever", "contact_number"],
        ["39e9dc", "Kofi A", "2018-01-12", "yes", "75"],
        ["664549", "Ama B", "2018-01-15", "no", "31"],
    ]
    result = load_lists(tmp_path, {"toy.csv": rows})
    assert result.records.cases["status"].isna().all()
    assert result.records.persons["attributes"].str.contains('"contact_number": "75"').sum() == 1


def test_a_line_list_numbers_its_cases(tmp_path: Path) -> None:
    rows = [["case", "sex", "date_onset", "date_confirm"], ["1", "F", "2020-01-18", "2020-01-20"]]
    assert list(load_lists(tmp_path, {"list.csv": rows}).records.cases["person"]) == ["1"]


def test_ids_with_samples_and_symptoms_may_be_cases_and_are_asked_about(tmp_path: Path) -> None:
    rows = [
        ["case id", "sample", "symptoms"],
        ["BN71004", "2021-07-26", "none"],
        ["BN71005", "2021-07-26", "fever and cough"],
    ]
    [question] = load_lists(tmp_path, {"lab.csv": rows}).questions
    assert question.rows == 2
    result = load_lists(tmp_path, {"lab.csv": rows}, answers={question.id: "yes"})
    assert sorted(result.records.cases["person"]) == ["BN71004", "BN71005"]
    assert result.records.cases["sample"].notna().all()
    assert result.complete
    assert not len(load_lists(tmp_path, {"lab.csv": rows}, answers={question.id: "no"}).records.cases)


def test_symptoms_in_words(tmp_path: Path) -> None:
    rows = [
        ["Mã BN", "Ngày dương tính", "T/c"],
        *(
            [f"BN7100{n}", "26/7/2021", text]
            for n, text in enumerate(["ho, sốt", "không", "", "không có triệu chứng", "chưa rõ"])
        ),
    ]
    cases = load_lists(tmp_path, {"ca.csv": rows}).records.cases.set_index("person")["asymptomatic"]
    assert [None if value is pd.NA else bool(value) for value in cases.sort_index()] == [False, True, None, True, None]


def test_a_day_that_is_none_beside_several_people_met_is_asked_for_each_of_them(tmp_path: Path) -> None:
    rows = [
        ["Lịch trình BN81001", "", "", ""],
        ["Ngày", "Giờ", "Nơi đến", "Gặp ai"],
        ["19/7/2021", "14h", "Chợ U Minh", "Lê Văn Tám; Lê Văn Chín"],
        ["31/6/2021", "15h", "Bến xe", "Lê Văn Bảy; Lê Văn Sáu"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "lich.csv": rows})
    assert {pair[:2] for pair in pairs_of(result)} == {("Lê Văn Tám", ONE), ("Lê Văn Chín", ONE)}
    days = [question for question in result.questions if question.kind == "value"]
    assert len({question.id for question in days}) == len(days) == 3
    answered = load_lists(tmp_path, {"ca.csv": CASES, "lich.csv": rows}, answers={one.id: "30/6/2021" for one in days})
    assert {pair[:2] for pair in pairs_of(answered)} >= {("Lê Văn Bảy", ONE), ("Lê Văn Sáu", ONE)}
    assert not [question for question in answered.questions if question.kind == "value"]
