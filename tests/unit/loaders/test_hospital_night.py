"""Lists of a hospital, a school and a wedding as they are sent: rosters, wards, rides, exports, books of isolation."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from lists import Rows, load_lists, names_of, pairs_of, visits_of, write_list

from loaders import load_files

CASES: Rows = [
    ["Mã BN", "Họ và tên", "Năm sinh", "SĐT", "Ngày có dấu hiệu đầu tiên", "Ngày lấy mẫu (+)"],
    ["BN7411", "Sơn Văn Lúa", "1980", "0912000401", "08/8/2021", "10/8/2021"],
    ["BN7412", "Thạch Thị Mè", "1991", "0912000402", "Không TC", "11/8/2021"],
]


def test_the_day_of_the_first_sign_is_the_onset(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": CASES})
    cases = result.records.cases.set_index("person")
    assert cases["onset"].notna().to_dict() == {"BN7411": True, "BN7412": False} and not result.questions


ROSTER: Rows = [
    ["LỊCH TRỰC KHOA NHI - BVĐK CÁI NƯỚC"],
    ["Từ 02/8/2021 đến 03/8/2021"],
    ["Ca trực", "Thứ hai\n02/8", "Thứ ba\n03/8"],
    ["Ngày\n(7g - 19g)", "BS Sơn Văn Lúa\nHL Danh Thị Nếp", "ĐD Kim Văn Bắp"],
    ["Đêm\n(19g - 7g)", "ĐD Kim Văn Bắp", "BS Sơn Văn Lúa"],
    ["Nghỉ bù", "ĐD Lý Thị Khoai", "HL Danh Thị Nếp"],
    ["Ra trực", "", "ĐD Kim Văn Bắp"],
]
PHONES: Rows = [
    [],
    ["DANH BẠ KHOA"],
    ["Chức danh", "Họ tên", "Năm sinh", "SĐT"],
    ["BS", "Sơn Văn Lúa", 1980, "0912000401"],
    ["HL", "Danh Thị Nếp", 1982, "0912000403"],
    ["ĐD", "Kim Văn Bắp", 1975, "0912000404"],
]
ON_DUTY = {
    ("Sơn Văn Lúa", "2021-08-02T07:00"),
    ("Danh Thị Nếp", "2021-08-02T07:00"),
    ("Kim Văn Bắp", "2021-08-02T19:00"),
    ("Kim Văn Bắp", "2021-08-03T07:00"),
    ("Sơn Văn Lúa", "2021-08-03T19:00"),
}


@pytest.mark.parametrize("below", [[], PHONES])
def test_a_roster_is_read_whatever_stands_below_it_and_who_is_off_was_not_there(tmp_path: Path, below: Rows) -> None:
    result = load_lists(tmp_path, {"truc.xlsx": [*ROSTER, *below]})
    assert {(name, start) for name, _place, start, *_ in visits_of(result)} == ON_DUTY
    assert not result.questions, "the telephones below the roster are those of the people on duty"


def test_the_same_name_in_another_list_is_asked_about(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"truc.xlsx": ROSTER, "dien thoai.xlsx": PHONES[2:]})
    assert any("Only names are told" in str(question.text) for question in result.questions)


LEFT: Rows = [
    ["DANH SÁCH NGƯỜI BỆNH RA VIỆN ĐỀ NGHỊ CÁC XÃ, PHƯỜNG TRUY VẾT"],
    ["STT", "Họ và tên", "Năm sinh", "SĐT", "Khoa nằm", "Vào viện", "Ra viện"],
    ["A", "HUYỆN CÁI NƯỚC", "", "", "", "", ""],
    ["1", "Xã Tân Hưng Đông", "", "", "", "", ""],
    ["", "Kim Văn Bắp", "1975", "0912000404", "Nội", "01/8/2021", "05/8/2021"],
    ["", "Lý Thị Khoai", "1969", "0912000405", "Ngoại", "02/8/2021", "06/8/2021"],
    ["2", "Xã Trần Thới (01 người)", "", "", "", "", ""],
    ["", "Lý Văn Sắn", "1966", "0912000406", "Nội", "03/8/2021", "07/8/2021"],
]


def test_lines_that_number_the_communes_of_a_list_are_nobody_but_homes(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ra vien.xlsx": LEFT})
    homes = result.records.persons.set_index("name")["area"].map(lambda area: str(area)[:5]).to_dict()
    assert set(homes) == {"Kim Văn Bắp", "Lý Thị Khoai", "Lý Văn Sắn"}
    assert homes["Kim Văn Bắp"] == homes["Lý Thị Khoai"] != homes["Lý Văn Sắn"]
    assert not any("TRUY" in str(question.said) for question in result.questions), "a title asks all of them to trace"


def test_the_days_in_an_ordinary_ward_are_no_isolation(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ra vien.xlsx": LEFT})
    stays = {(name, place.split(" (")[0], *days) for name, place, *days in visits_of(result)}
    assert ("Kim Văn Bắp", "Nội", "2021-08-01", "2021-08-05") in stays and len(stays) == 3
    assert result.records.isolations.empty


@pytest.mark.parametrize("title", ["DANH SÁCH BỆNH NHÂN COVID-19 RA VIỆN", "BỆNH VIỆN DÃ CHIẾN SỐ 1"])
def test_the_days_of_cases_in_hospital_are(tmp_path: Path, title: str) -> None:
    result = load_lists(tmp_path, {"ra vien.xlsx": [[title], *LEFT[1:]]})
    assert set(result.records.isolations["kind"]) == {"hospital"} and len(result.records.isolations) == 3


EXPORT = ["SID", "PatientName", "YOB", "Tel", "Addr", "CollectTime", "Ct_E", "Conclusion", "RunID"]


def test_the_run_of_a_machine_is_no_pool(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["51", "KIM VAN BAP", 1975, "0912000404", "Tan Hung Dong", "09/08/2021 08:00", "Undet", "AM TINH", "R12-1"],
        ["52", "LY THI KHOAI", 1969, "0912000405", "Tran Thoi", "09/08/2021 08:05", "21.4", "DUONG TINH", "R12-1"],
        ["53", "LY VAN SAN", 1966, "0912000406", "Tran Thoi", "09/08/2021 08:09", "Undet", "AM TINH", "R12-1"],
    ]
    result = load_lists(
        tmp_path, {"ca.xlsx": CASES, "lis.xlsx": [[*EXPORT, "Ct_RdRp"], *([*row, row[6]] for row in rows)]}
    )
    assert "Ct_RdRp" not in {question.column for question in result.questions}
    tests = result.records.tests
    assert tests["pool"].isna().all() and sorted(tests["result"]) == ["negative", "negative", "positive"]


def test_one_code_of_several_with_one_result_is_a_pool(tmp_path: Path) -> None:
    rows: Rows = [
        ["Họ và tên", "SĐT", "Mã mẫu", "Ngày lấy mẫu", "Kết quả"],
        ["Kim Văn Bắp", "0912000404", "M1", "09/8/2021", "Âm tính"],
        ["Lý Thị Khoai", "0912000405", "M1", "09/8/2021", "Âm tính"],
    ]
    assert load_lists(tmp_path, {"kq.xlsx": rows}).records.tests["pool"].tolist() == ["M1", "M1"]


GUESTS: Rows = [
    ["TIỆC CƯỚI nhà hàng Bến Tre Xanh, ngày 04/8/2021"],
    ["Bàn", "Khách mời", "SĐT", "Ở", "Mừng"],
    ["Bàn 1", "Kim Văn Bắp", "0912000404", "Trần Thới", "500k"],
    ["Bàn 1", "Lý Thị Khoai", "0912000405", "Tân Hưng Đông", "500k"],
]


@pytest.mark.parametrize("heading", ["Ở", "Ở xã", "Ở phường/xã"])
def test_where_guests_live_is_no_stall_at_which_they_sat(tmp_path: Path, heading: str) -> None:
    head = [heading if text == "Ở" else text for text in GUESTS[1]]
    result = load_lists(tmp_path, {"cuoi.xlsx": [["UBND HUYỆN CÁI NƯỚC"], GUESTS[0], head, *GUESTS[2:]]})
    assert len({place for _name, place, *_ in visits_of(result)}) == 1
    assert result.records.persons["area"].notna().all()


RIDES: Rows = [
    ["SỔ LỆNH ĐIỀU XE CẤP CỨU"],
    ["Xe: 69A-012.34    Lái xe: Danh Văn Mười (0912 000 410)    Tháng 8/2021"],
    ["Lệnh số", "Ngày", "Giờ xuất phát", "Giờ giao bệnh", "Điều dưỡng theo xe", "Bệnh nhân", "SĐT gọi"],
    ["7", "04/8", "5g40", "6g35", "Thạch Thị Mè", "Kim Văn Bắp", "0912000405"],
    ["8", "06/8", "22g10", "23g05", "Thạch Thị Mè", "Lý Văn Sắn", "0912000406"],
    ["9", "06/8", "23g30", "", "", "(hủy lệnh)", ""],
]


def test_the_driver_of_the_title_drove_each_ride_of_the_list(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"xe.xlsx": RIDES})
    first, second = ("2021-08-04T05:40", "2021-08-04T06:35"), ("2021-08-06T22:10", "2021-08-06T23:05")
    rode = {(name, *when) for name, _place, *when in visits_of(result)}
    assert rode == {
        *(("Danh Văn Mười", *when) for when in (first, second)),
        *(("Thạch Thị Mè", *when) for when in (first, second)),
        ("Kim Văn Bắp", *first),
        ("Lý Văn Sắn", *second),
    }
    assert set(names_of(result).values()) == {name for name, *_ in rode}, "a ride that was called off carried nobody"


def test_who_called_is_not_who_was_brought(tmp_path: Path) -> None:
    phones = load_lists(tmp_path, {"xe.xlsx": RIDES}).records.persons.set_index("name")["phone"]
    assert phones.dropna().to_dict() == {"Danh Văn Mười": "0912000410"}


BOOK = ["TT", "Họ tên - năm sinh SĐT", "Lý do (là F1 của ai, gặp lần cuối)", "Cách ly từ ngày - đến ngày"]
AT_HOME: Rows = [
    BOOK,
    ["1", "Danh Thị Nếp - 1982 0912000403", "vợ của BN7411, ở chung, 09/8", "11/8 - 25/8/2021"],
    ["2", "Sơn Danh Tấm - 2013", "con BN7411, ở chung, 09/8", "11/8 - 25/8/2021"],
    ["3", "Kim Văn Bắp - 1975 0912000404", "cha của chị Thạch Thị Mè (F0 xã bên), thăm con 08/8", "11/8 - 25/8/2021"],
    ["4", "Lý Thị Khoai - 1969 0912000405", "gặp mẹ BN7411 05/8", "11/8 - 25/8/2021"],
]


def test_a_book_of_isolation_tells_whose_kin_its_people_are(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": CASES, "so.xlsx": AT_HOME})
    assert {(one, other, last) for one, other, _first, last in pairs_of(result)} == {
        ("Danh Thị Nếp", "Sơn Văn Lúa", "2021-08-09"),
        ("Sơn Danh Tấm", "Sơn Văn Lúa", "2021-08-09"),
        ("Kim Văn Bắp", "Thạch Thị Mè", "2021-08-08"),
    }
    assert result.questions, "whose mother somebody met is not who that person met"


@pytest.mark.parametrize(("reason", "asked"), [("nhầm, đã trả về xã bên", False), ("học chung", True)])
def test_a_row_of_a_document_struck_through_tells_nothing(tmp_path: Path, reason: str, asked: bool) -> None:
    word = docx.Document()
    rows = [
        ("Họ tên", "Năm sinh", "SĐT", "Tiếp xúc với F0", "Ngày tiếp xúc", "Ghi chú"),
        ("Danh Thị Nếp", "1982", "0912000403", "BN7411", "09/8/2021", ""),
        ("Lý Thị Khoai", "1969", "0912000405", "BN7411", "09/8/2021", reason),
    ]
    table = word.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).paragraphs[0].add_run(text).font.strike = at == 2
    word.save(str(tmp_path / "so.docx"))
    result = load_files([write_list(tmp_path / "ca.xlsx", CASES), tmp_path / "so.docx"])
    assert {pair[:2] for pair in pairs_of(result)} == {("Danh Thị Nếp", "Sơn Văn Lúa")}
    assert bool(result.questions) is asked


FUNERAL = """{before}Danh sách người đến đám tang ông Danh Văn Năm, xã Trần Thới, ngày 05/8 và 06/8/2021
Địa điểm: nhà ông Năm Danh
1. Kim Văn Bắp, 1975, 0912 000 404 - phụ nấu ăn ngày 05/8
2. Lý Thị Khoai, 1969, 0912 000 405 - ở cả 2 ngày 05/8 và 06/8
3. Lý Văn Sắn, 1966, 0912 000 406 - viếng tối 05/8 khoảng 19h-21h
4. Danh Thị Nếp, 1982, 0912 000 403 - không tới, gửi vòng hoa
{after}"""


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("[18:22, 07/8/2021] Trưởng ấp 2: ", "[18:40, 07/8/2021] Trạm Y tế Trần Thới: đã nhận\n")],
)
def test_the_days_of_lines_below_a_place_are_those_of_visits(tmp_path: Path, before: str, after: str) -> None:
    (tmp_path / "dam tang.txt").write_text(FUNERAL.format(before=before, after=after), encoding="utf-8")
    result = load_files([tmp_path / "dam tang.txt"])
    assert visits_of(result) == {
        ("Kim Văn Bắp", "nhà ông Năm Danh", "2021-08-05", ""),
        ("Lý Thị Khoai", "nhà ông Năm Danh", "2021-08-05", ""),
        ("Lý Thị Khoai", "nhà ông Năm Danh", "2021-08-06", ""),
        ("Lý Văn Sắn", "nhà ông Năm Danh", "2021-08-05T19:00", "2021-08-05T21:00"),
    }
    assert not result.questions


WARD: Rows = [
    ["BVĐK CÁI NƯỚC - KHOA NỘI - từ 01/8/2021 đến 09/8/2021"],
    ["Phòng", "Họ tên người bệnh", "Năm sinh", "Vào", "Ra", "Người nuôi bệnh", "Nuôi từ - đến", "Người vào thăm"],
    [
        "5",
        "Sơn Văn Lúa",
        "1980",
        "01/8",
        "09/8",
        "Danh Thị Nếp (vợ)",
        "01/8 - 04/8",
        "Kim Văn Bắp, 9g00-9g30 ngày 06/8",
    ],
    ["5", "Lý Văn Sắn", "1966", "02/8", "08/8", "Lý Thị Khoai (chị)", "", "Danh Văn Mười (bạn) 7/8 - không cho vào"],
]


def test_carers_are_in_a_ward_on_their_own_days_and_visitors_at_their_hours(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"noi.xlsx": WARD})
    stays = {(name, *when) for name, _place, *when in visits_of(result)}
    assert stays == {
        ("Sơn Văn Lúa", "2021-08-01", "2021-08-09"),
        ("Lý Văn Sắn", "2021-08-02", "2021-08-08"),
        ("Danh Thị Nếp", "2021-08-01", "2021-08-04"),
        ("Lý Thị Khoai", "2021-08-02", "2021-08-08"),
        ("Kim Văn Bắp", "2021-08-06T09:00", "2021-08-06T09:30"),
    }
    assert len({place for _name, place, *_ in visits_of(result)}) == 1 and not result.questions


def test_a_visitor_without_a_day_leaves_the_column_a_question(tmp_path: Path) -> None:
    rows: Rows = [*WARD[:3], [*WARD[3][:7], "mấy người trong xóm ngày 7/8"]]
    assert {question.column for question in load_lists(tmp_path, {"noi.xlsx": rows}).questions} == {"Người vào thăm"}


@pytest.mark.parametrize("heading", ["Người cùng nhà", "Người trong nhà", "Người ở cùng nhà"])
def test_who_lives_with_a_case_met_it(tmp_path: Path, heading: str) -> None:
    rows = [[*CASES[0], heading], [*CASES[1], "vợ Danh Thị Nếp 1982, ĐT 0912 000 403"], [*CASES[2], "mẹ, em"]]
    result = load_lists(tmp_path, {"ca.xlsx": rows})
    assert {pair[:2] for pair in pairs_of(result)} == {("Danh Thị Nếp", "Sơn Văn Lúa")}


def test_the_telephone_of_somebodys_mother_is_not_that_person_s(tmp_path: Path) -> None:
    rows: Rows = [["Họ tên", "Năm sinh"], ["Sơn Danh Tấm\n(mẹ: 0912 000 403)", "2013"], ["Kim Văn Bắp", "1975"]]
    people = load_lists(tmp_path, {"ds.xlsx": rows}).records.persons.set_index("name")
    assert people["phone"].isna().all() and "0912 000 403" in people["attributes"]["Sơn Danh Tấm"]


@pytest.mark.parametrize("heading", ["Địa phương phản hồi", "Kết quả xác minh", "Ghi chú"])
def test_homes_of_several_are_no_place_that_they_share(tmp_path: Path, heading: str) -> None:
    rows: Rows = [
        ["Họ tên", "Năm sinh", "SĐT", heading],
        ["Kim Văn Bắp", "1975", "0912000404", "đã gặp, cách ly tại nhà từ 12/8/2021"],
        ["Lý Văn Sắn", "1966", "0912000406", "cách ly tại nhà từ 12/8/2021"],
        ["Lý Thị Khoai", "1969", "0912000405", "không có ở địa phương"],
    ]
    result = load_lists(tmp_path, {"ds.xlsx": rows})
    isolations = result.records.isolations
    assert isolations["kind"].tolist() == ["home", "home"] and isolations["place"].isna().all()
    assert not result.questions


@pytest.mark.parametrize(
    "day",
    [
        "ngày 04/8/2021 (nhằm ngày 26/6 âm lịch)",
        "ngày 26/6 ÂL, tức 04/8/2021",
        "ngày 26 tháng 6 năm Tân Sửu (âm lịch), nhằm 04/8/2021",
    ],
)
def test_a_day_of_the_lunar_calendar_is_none_of_the_list(tmp_path: Path, day: str) -> None:
    result = load_lists(tmp_path, {"cuoi.xlsx": [[f"TIỆC CƯỚI tại nhà hàng Bến Tre Xanh, {day}"], *GUESTS[1:]]})
    assert {start for _name, _place, start, _end in visits_of(result)} == {"2021-08-04"}


@pytest.mark.parametrize(("end", "asked"), [("còn nằm", False), ("đến nay", False), ("", True)])
def test_who_is_still_in_a_ward_was_there_until_the_last_day_of_the_list(tmp_path: Path, end: str, asked: bool) -> None:
    rows: Rows = [*WARD[:2], [*WARD[2][:7], ""], ["5", "Lý Văn Sắn", "1966", "02/8", end, "", "", ""]]
    result = load_lists(tmp_path, {"noi.xlsx": rows})
    stays = {(name, last) for name, _place, _first, last in visits_of(result)}
    assert (("Lý Văn Sắn", "2021-08-09") in stays) is not asked and bool(result.questions) is asked


def test_days_of_those_who_met_a_case_at_a_place_are_not_those_of_visits(tmp_path: Path) -> None:
    text = FUNERAL.format(before="", after="").replace("đến đám tang ông Danh Văn Năm", "tiếp xúc gần F0")
    (tmp_path / "tx.txt").write_text(text, encoding="utf-8")
    assert "Ngày tiếp xúc" in {question.column for question in load_files([tmp_path / "tx.txt"]).questions}
