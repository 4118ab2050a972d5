"""Rosters of every kind say who was where: shifts, attendance, wards, classes, stalls, rooms, tables, camps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from loaders import Answers, LoadOptions, LoadResult, load_files
from loaders.columns.days import several_days
from tracing.times import format_iso

Rows = list[list[object]]


def book(folder: Path, rows: Rows, merged: tuple[str, ...] = (), answers: dict[str, str] | None = None) -> LoadResult:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    for cells in merged:
        made.active.merge_cells(cells)
    path = folder / "danh sach.xlsx"
    made.save(path)
    options = LoadOptions(today=date(2021, 8, 10))
    result = load_files([path], options=options, answers=Answers(answers or {}))
    for summary in result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
    return result


def told(result: LoadResult, table: str = "visits") -> list[tuple[str, str, str, str]]:
    """Return name, place, start and end (hours only where they are told) of each row of a table."""
    names = result.records.persons.set_index("person")["name"]
    rows = result.records[table]

    def iso(a: object, b: object) -> str:
        if pd.isna(a):
            return ""
        return format_iso(int(str(a)), int(str(b)), "Asia/Ho_Chi_Minh")[5:16]

    return sorted(
        (str(names[p]), str(place), iso(a, b), iso(c, d))
        for p, place, a, b, c, d in zip(
            rows["person"], rows["place"], rows["start"], rows["start_to"], rows["end"], rows["end_to"], strict=True
        )
    )


def test_a_shift_with_its_day_and_hours_in_the_title(tmp_path: Path) -> None:
    result = book(
        tmp_path,
        [
            ["CÔNG TY TNHH BIỂN XANH"],
            ["DANH SÁCH CÔNG NHÂN CA ĐÊM NGÀY 30/7/2021 (18h00 - 02h00)"],
            ["STT", "Họ và tên", "Năm sinh", "Chuyền", "SĐT", "Ghi chú"],
            [1, "Lê Văn Một", 1990, "Chuyền 3", "0912000001", None],
            [2, "Trần Thị Hai", 1985, "Chuyền 3", "0912000002", None],
            [3, "Ngô Văn Ba", 1979, "Chuyền 4", "0912000003", "nghỉ phép"],
            [None, "Tổng cộng: 03 người"],
        ],
    )
    place = "CÔNG TY TNHH BIỂN XANH, Chuyền 3"
    assert told(result) == [
        ("Lê Văn Một", place, "07-30T18:00", "07-31T02:00"),
        ("Trần Thị Hai", place, "07-30T18:00", "07-31T02:00"),
    ]
    assert len(result.records.persons) == 3 and result.complete and "visit.absent" in list(result.findings)


ATTENDANCE: Rows = [
    ["BẢNG CHẤM CÔNG THÁNG 7/2021 - XƯỞNG 2"],
    ["STT", "Họ và tên", "Năm sinh", "SĐT", 26, 27, 28, 29],
    [1, "Lê Văn Một", 1990, "0912000001", "x", "x", "P", None],
    [2, "Trần Thị Hai", 1985, "0912000002", "x", None, None, "Đ"],
]


def test_an_attendance_sheet_has_a_visit_for_each_mark(tmp_path: Path) -> None:
    result = book(tmp_path, ATTENDANCE)
    assert [(name, day) for name, _, day, _ in told(result)] == [
        ("Lê Văn Một", "07-26"),
        ("Lê Văn Một", "07-27"),
        ("Trần Thị Hai", "07-26"),
    ]
    (question,) = result.questions
    assert (question.said, result.rows_waiting) == ("Đ", 1)
    night = book(tmp_path, ATTENDANCE, answers={question.id: "x"})
    assert ("Trần Thị Hai", "XƯỞNG 2", "07-29", "") in told(night) and night.complete
    assert len(told(book(tmp_path, ATTENDANCE, answers={question.id: "-"}))) == 3


def test_an_attendance_sheet_without_a_month_asks_for_it(tmp_path: Path) -> None:
    rows = [["BẢNG CHẤM CÔNG - XƯỞNG 2"], *ATTENDANCE[1:3]]
    result = book(tmp_path, rows)
    assert told(result) == [] and result.rows_waiting == 1
    answered = book(tmp_path, rows, answers={result.questions[0].id: "7/2021"})
    assert len(told(answered)) == 2 and answered.complete


def test_two_days_of_the_week_are_attendance_and_one_is_asked_about(tmp_path: Path) -> None:
    head = ["Tổ", "Họ và tên", "Năm sinh", "SĐT"]
    people = [["1", "Lý Tư", 1985, "0912000022", "x", None], ["1", "Phan Năm", 1990, "0912000023", "x", "x"]]
    result = book(tmp_path, [["BẢNG CHẤM CÔNG THÁNG 8/2021 - XƯỞNG 2"], [*head, "Thứ hai 2/8", "Thứ ba 3/8"], *people])
    days = [("Lý Tư", "08-02"), ("Phan Năm", "08-02"), ("Phan Năm", "08-03")]
    assert [(name, day) for name, _, day, _ in told(result)] == days
    one = book(tmp_path, [[*head, "Thứ hai 2/8"], *(row[:5] for row in people)])
    assert [question.kind for question in one.questions] == ["column"] and not one.complete


def test_patients_and_their_carers_are_in_one_room(tmp_path: Path) -> None:
    result = book(
        tmp_path,
        [
            ["BỆNH VIỆN ĐA KHOA CÁI NƯỚC - ngày 01/8/2021"],
            [
                "STT",
                "Họ tên bệnh nhân",
                "Năm sinh",
                "Phòng",
                "Ngày vào viện",
                "Ngày ra viện",
                "Người nuôi bệnh",
                "SĐT người nuôi bệnh",
            ],
            [1, "Lê Văn Một", 1950, "203", "25/7/2021", "30/7/2021", "Lê Thị Năm", "0912000005"],
            [2, "Trần Thị Hai", 1945, None, "26/7/2021", None, "Trần Văn Sáu (con)", "0912000006"],
        ],
        ("D3:D4",),
    )
    room = "BỆNH VIỆN ĐA KHOA CÁI NƯỚC, phòng 203"
    stays = {"Lê Văn Một": ("07-25", "07-30"), "Lê Thị Năm": ("07-25", "07-30")}
    stays |= dict.fromkeys(("Trần Thị Hai", "Trần Văn Sáu"), ("07-26", "08-01"))
    assert not told(result, "isolations"), "a patient whom somebody looks after is not isolated"
    assert sorted(told(result)) == sorted((name, room, *days) for name, days in stays.items())
    phones = result.records.persons.set_index("name")["phone"]
    assert phones["Lê Thị Năm"] == "0912000005" and phones.isna()["Lê Văn Một"]
    assert result.records.places.set_index("place")["kind"][room] == "room"


CLASS: Rows = [
    ["TRƯỜNG TIỂU HỌC TÂN HƯNG"],
    ["DANH SÁCH HỌC SINH LỚP 4A - Ngày 26/7/2021"],
    ["STT", "Họ và tên", "Ngày sinh", "SĐT"],
    [1, "Lê Văn Một", "02/03/2011", "0912000001"],
    [2, "Trần Thị Hai", "15/10/2011", "0912000002"],
]


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        ("2021-07-26", ["07-26"]),
        ("26/7/2021, 27/7/2021", ["07-26", "07-27"]),
        ("7h - 11h ngày 27/7/2021", ["07-27T07:00"]),
        ("-", []),
    ],
)
def test_on_which_days_a_class_was_together_is_asked(tmp_path: Path, answer: str, days: list[str]) -> None:
    result = book(tmp_path, CLASS)
    (question,) = result.questions
    assert told(result) == [] and result.rows_waiting == 2 and question.choices[0].value == "2021-07-26"
    answered = book(tmp_path, CLASS, answers={question.id: answer})
    assert [day for name, _, day, _ in told(answered) if name == "Lê Văn Một"] == days and answered.complete
    assert {place for _, place, _, _ in told(answered)} <= {"TRƯỜNG TIỂU HỌC TÂN HƯNG, LỚP 4A"}


def test_stalls_and_their_days(tmp_path: Path) -> None:
    result = book(
        tmp_path,
        [
            ["TIỂU THƯƠNG CHỢ CÁI NƯỚC - tháng 7/2021, năm 2021"],
            ["STT", "Họ tên", "NS", "Sạp số", "SĐT", "Ngày bán"],
            [1, "Lê Văn Một", 1970, "A12", "0912000001", "26/7, 28/7"],
            [2, "Trần Thị Hai", 1965, "A13", "0912000002", "26-27/7"],
            [3, "Ngô Văn Ba", 1965, "B01", "0912000003", "27/7/2021"],
        ],
    )
    assert [(name, place.rpartition(", ")[2], day) for name, place, day, _ in told(result)] == [
        ("Lê Văn Một", "CHỢ CÁI NƯỚC", "07-26"),
        ("Lê Văn Một", "CHỢ CÁI NƯỚC", "07-28"),
        ("Ngô Văn Ba", "CHỢ CÁI NƯỚC", "07-27"),
        ("Trần Thị Hai", "CHỢ CÁI NƯỚC", "07-26"),
        ("Trần Thị Hai", "CHỢ CÁI NƯỚC", "07-27"),
    ]
    assert sorted(map(str, result.records.visits["attributes"]))[0] == '{"Sạp số": "A12"}'


HOUSE: Rows = [
    ["NHÀ TRỌ BẢY LÚA, khóm 3"],
    ["Phòng", "Họ và tên", "Năm sinh", "SĐT", "Ngày đến ở", "Ngày đi"],
    [1, "Lê Văn Một", 1990, "0912000001", "01/06/2021", None],
    [None, "Trần Thị Hai", 1991, "0912000001", "01/06/2021", None],
    [2, "Ngô Văn Ba", 1980, "0912000003", "15/07/2021", "28/07/2021"],
]
LODGERS = [
    ("Lê Văn Một", "NHÀ TRỌ BẢY LÚA, phòng 1", "06-01", "07-30"),
    ("Ngô Văn Ba", "NHÀ TRỌ BẢY LÚA, phòng 2", "07-15", "07-28"),
    ("Trần Thị Hai", "NHÀ TRỌ BẢY LÚA, phòng 1", "06-01", "07-30"),
]


def test_rooms_of_a_boarding_house_until_the_day_of_the_list(tmp_path: Path) -> None:
    result = book(tmp_path, [["NHÀ TRỌ BẢY LÚA, khóm 3 - ngày 30/7/2021"], *HOUSE[1:]], ("A3:A4",))
    assert told(result) == LODGERS and result.complete


def test_until_when_lodgers_were_there_is_asked_of_a_list_without_a_day(tmp_path: Path) -> None:
    result = book(tmp_path, HOUSE, ("A3:A4",))
    (question,) = result.questions
    assert result.rows_waiting == 2 and question.rows == 2
    assert told(book(tmp_path, HOUSE, ("A3:A4",), {question.id: "30/7/2021"})) == LODGERS
    assert [row[3] for row in told(book(tmp_path, HOUSE, ("A3:A4",), {question.id: "-"}))] == ["", "07-28", ""]


def test_guests_by_table(tmp_path: Path) -> None:
    result = book(
        tmp_path,
        [
            ["DANH SÁCH KHÁCH DỰ ĐÁM CƯỚI NHÀ ÔNG SÁU, ấp 3, xã Tân Lộc"],
            ["Ngày 25/7/2021, từ 10h00 đến 13h00"],
            ["Bàn", "Họ tên khách", "Năm sinh", "Điện thoại"],
            [1, "Lê Văn Một", 1990, "0912000001"],
            [2, "Trần Thị Hai", 1991, "0912000002"],
        ],
    )
    assert told(result) == [
        ("Lê Văn Một", "ĐÁM CƯỚI NHÀ ÔNG SÁU, bàn 1", "07-25T10:00", "07-25T13:00"),
        ("Trần Thị Hai", "ĐÁM CƯỚI NHÀ ÔNG SÁU, bàn 2", "07-25T10:00", "07-25T13:00"),
    ]


def test_who_is_released_from_prison_comes_from_there(tmp_path: Path) -> None:
    result = book(
        tmp_path,
        [
            ["TRẠI GIAM CÁI TÀU"],
            ["STT", "Họ và tên", "Ngày sinh", "HKTT", "Nơi chấp hành án", "Ngày chấp hành xong", "Nơi về cư trú"],
            [1, "Lê Văn Một", "02/03/1990", "ấp 3", "Phân trại 1", "20/7/2021", "ấp 4, xã Tân Hưng"],
        ],
    )
    assert result.complete
    assert result.records.arrivals["origin"].tolist() == ["TRẠI GIAM CÁI TÀU, Phân trại 1"]
    assert result.records.persons["address"].tolist() == ["ấp 4, xã Tân Hưng"]


def test_occupants_of_a_camp_and_orders_to_stay_at_home(tmp_path: Path) -> None:
    camp = book(
        tmp_path,
        [
            ["KHU CÁCH LY TRƯỜNG THPT CÁI NƯỚC"],
            ["Phòng", "Giường", "Họ và tên", "Năm sinh", "Ngày tiếp nhận", "Ngày dự kiến kết thúc"],
            ["204", "1", "Lê Văn Một", 1990, "25/7/2021", "08/8/2021"],
        ],
    )
    room = "KHU CÁCH LY TRƯỜNG THPT CÁI NƯỚC, phòng 204"
    assert told(camp, "isolations") == [("Lê Văn Một", room, "07-25", "08-08")] and camp.complete
    order = book(
        tmp_path,
        [
            ["Quyết định số 45 ngày 28/7/2021 về việc cách ly y tế tại nhà"],
            ["STT", "Họ và tên", "Năm sinh", "Địa chỉ cách ly", "Thời gian cách ly", None, "Lý do"],
            [None, None, None, None, "Từ ngày", "Đến ngày"],
            [1, "Lê Văn Một", 1990, "ấp 3, xã Tân Hưng", "28/7/2021", "11/8/2021", "F1 của BN34"],
        ],
        ("E2:F2",),
    )
    assert order.complete and order.records.isolations["kind"].tolist() == ["home"]
    assert [row[2:] for row in told(order, "isolations")] == [("07-28", "08-11")]


def test_a_declaration_with_answers_has_neither_a_case_nor_a_surname_in_them(tmp_path: Path) -> None:
    result = book(
        tmp_path,
        [
            [
                "STT",
                "Họ tên (ghi chữ IN HOA)",
                "Năm sinh",
                "Điện thoại",
                "Thời gian khai báo",
                "Ho",
                "Sốt",
                "Tiếp xúc với người bệnh",
                "Điểm khai báo",
            ],
            [1, "LÊ VĂN MỘT", 1990, "0912000001", "26/07/2021 07:12", "Không", "Không", "Không", "Chốt số 7"],
            [2, "TRẦN THỊ HAI", 1991, "0912000002", "26/07/2021 08:01", "Không", "Có", "Có", "Chốt số 7"],
        ],
    )
    assert told(result) == [
        ("LÊ VĂN MỘT", "Chốt số 7", "07-26T07:12", ""),
        ("TRẦN THỊ HAI", "Chốt số 7", "07-26T08:01", ""),
    ]
    assert result.complete and len(result.records.contacts) == 0


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("26/7, 27/7, 28/7", ["26/7", "27/7", "28/7"]),
        ("26-28/7", ["26/7", "27/7", "28/7"]),
        ("25, 26/7", ["25/7", "26/7"]),
        ("30/7 - 1/8/2021", ["30/7/2021", "31/7/2021", "1/8/2021"]),
        ("26/7 và 28/7", ["26/7", "28/7"]),
        ("26/7/2021", []),
        ("hôm qua", []),
        ("31-3/7", []),
    ],
)
def test_several_days_in_one_text(text: str, days: list[str]) -> None:
    assert several_days(text) == days


def test_a_room_of_several_classes_is_one_room(tmp_path: Path) -> None:
    head = ["Phòng", "TT", "Họ và tên", "Ngày sinh", "Lớp"]
    people = [
        ["C104", 1, "Hà Văn Toán", "05/11/2001", "20A1"],
        [None, 2, "Vi Đình Phúc", "06/11/2001", "20A2"],
        ["C105", 3, "Lò Văn Lợi", "07/11/2001", "20A1"],
    ]
    rows = [["KÝ TÚC XÁ SAO MAI - DANH SÁCH SINH VIÊN NỘI TRÚ"], head, *people]
    (question,) = book(tmp_path, rows, ("A3:A4",)).questions
    assert question.column == "Phòng"
    result = book(tmp_path, rows, ("A3:A4",), answers={question.id: "14/7/2021"})
    rooms = {name: place for name, place, *_ in told(result)}
    assert rooms["Hà Văn Toán"] == rooms["Vi Đình Phúc"] != rooms["Lò Văn Lợi"]
    assert all("20A" not in place for place in rooms.values())
    assert result.records.persons["attributes"].str.contains("20A").all()


@pytest.mark.parametrize(
    "rows",
    [
        [["Sạp", "Họ tên", "Năm sinh", "Ngày bán"], ["A1", "Lê Một", 1980, "28/7"], ["A2", "Lê Hai", 1981, "29/7"]],
        [
            ["Sạp", "Họ tên", "Năm sinh", "28/7", "29/7"],
            ["A1", "Lê Một", 1980, "x", ""],
            ["A2", "Lê Hai", 1981, "", "x"],
        ],
    ],
)
def test_the_stall_in_the_first_column_stays_with_the_visit(tmp_path: Path, rows: Rows) -> None:
    visits = book(tmp_path, [["CHỢ TÂN HƯNG - danh sách tiểu thương, tháng 7/2021"], *rows]).records.visits
    assert set(visits["place"]) == {"CHỢ TÂN HƯNG"}
    assert sorted(visits["attributes"]) == ['{"Sạp": "A1"}', '{"Sạp": "A2"}']


def test_the_boat_that_passes_a_post_stays_with_who_steers_it(tmp_path: Path) -> None:
    rows: Rows = [
        ["Trạm kiểm soát đường thủy Sông Đốc"],
        ["Ngày giờ", "Số hiệu tàu", "Thuyền trưởng", "SĐT"],
        ["02/08/2021 05:10", "CM-90001-TS", "Lê Một", "0913000003"],
    ]
    result = book(tmp_path, rows)
    assert result.records.visits["place"].tolist() == ["Trạm kiểm soát đường thủy Sông Đốc"]
    assert result.records.persons["attributes"].tolist() == ['{"Số hiệu tàu": "CM-90001-TS"}']
