"""Case lists and registers of F as cities and districts keep them: codes of cases, provinces, relations, two stays."""

from __future__ import annotations

from pathlib import Path

from lists import ZONE, Rows, load_lists, pairs_of

from tracing.times import format_iso

CITY: Rows = [
    [
        *("Ngày công bố", "MCB", "Họ và tên", "Năm sinh", "Nhóm tuổi", "Giới", "Thôn, xóm, đường(thường trú)"),
        *("Xã/Phường(thường trú)", "Quận/Huyện(thường trú)", "Tỉnh/TP(thường trú)", "Ngày lấy mẫu"),
        *("Ngày xét nghiệm (+)", "Ca F0 liên quan"),
    ],
    [
        *("12/07/2021", "BN30101", "DOÃN THỊ HẠNH", "1985", "2 (18-40)", "nữ", "12/3 đường số 5"),
        *("Tân Tạo A", "Bình Tân", "TP HCM", "['09/07/2021']", "10/07/2021", ""),
    ],
    [
        *("12/07/2021", "BN30102", "LÝ VĂN TÁM", "1979", "3 (41-60)", "nam", "12/3 đường số 5"),
        *("Tân Tạo A", "Bình Tân", "TP HCM", "['10/07/2021']", "11/07/2021", "['BN30101']"),
    ],
    [
        *("12/07/2021", "BN30103", "KHA MINH", "1998", "2 (18-40)", "nam", "45 Hồ Học Lãm"),
        *("An Lạc", "Bình Tân", "TP HCM", "['10/07/2021']", "11/07/2021", "['BN30101', 'BN 30102']"),
    ],
]
DISTRICT: Rows = [
    ["DANH SÁCH CÁC F HUYỆN MÊ LINH"],
    [
        *("STT", "Họ và tên", "Năm sinh", "Xã", "Huyện", "Tỉnh/Thành phố", "Điện thoại", "Ngày phát hiện"),
        *("Thuộc diện F mấy?", "Mối quan hệ với ca bệnh đã tiếp xúc", "Ngày tiếp xúc cuối cùng", "Ngày khởi phát"),
        *("Ngày vào viện", "Ngày ra viện", "Loại cách ly", "Ngày bắt đầu cách ly", "Địa điểm cách ly"),
        "Ngày chấm dứt cách ly",
    ],
    [
        *("1", "Doãn Văn Quyết", "1980", "Mê Linh", "Mê Linh", "Hà Nội", "0912345001", "06/04/2020", "F0", "", ""),
        *("02/04/2020", "06/04/2020", "", "", "", "BV Nhiệt đới", ""),
    ],
    [
        *("2", "Viên Thị Nhài", "1982", "Mê Linh", "Mê Linh", "Hà Nội", "0912345002", "07/04/2020", "F1"),
        *("Vợ F0 Doãn Văn Quyết", "06/04/2020", "", "", "", "Tập trung", "07/04/2020", "Trường Quân sự", "21/04/2020"),
    ],
    [
        *("3", "Lý Văn Bộ", "1975", "Mê Linh", "Mê Linh", "Hà Nội", "0912345003", "07/04/2020", "F1"),
        *("Hàng xóm F0 Quyết", "04/04/2020", "", "", "", "Tại nhà", "07/04/2020", "", "21/04/2020"),
    ],
    [
        *("4", "Lý Thị Bích", "2005", "Mê Linh", "Mê Linh", "Hà Nội", "", "08/04/2020", "F2", "Con F1 Lý Văn Bộ"),
        *("07/04/2020", "", "", "", "Tại nhà", "08/04/2020", "", "22/04/2020"),
    ],
]
FOLLOWED: Rows = [
    [
        "MCB",
        "Họ và tên",
        "Năm sinh",
        "Khởi phát",
        "Ngày khởi phát",
        "Tiếp xúc với ca dương tính",
        "Ngày tiếp xúc cuối cùng",
    ],
    ["BN30201", "Kha Thị Mai", "1990", "Có", "06/07/2021", "BN30202", "05/07/2021"],
    ["BN30202", "Doãn Quang Huy", "1987", "Có", "03/07/2021", "", ""],
    ["BN30203", "Viên Ngọc Anh", "2001", "Không", "", "BN30202", "06/07/2021"],
]


def _day(instant: object) -> str:
    return format_iso(int(str(instant)), int(str(instant)), ZONE)[:10]


def test_a_city_list_of_cases_is_read_whole(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": CITY})
    assert result.complete
    cases = result.records.cases.set_index("person")
    assert {person: (_day(row["sample"]), _day(row["confirmed"])) for person, row in cases.iterrows()} == {
        "BN30101": ("2021-07-09", "2021-07-10"),
        "BN30102": ("2021-07-10", "2021-07-11"),
        "BN30103": ("2021-07-10", "2021-07-11"),
    }
    assert set(result.records.persons["area"]) == {"27457", "27460"}
    links = set(result.records.links[["source", "target"]].itertuples(index=False, name=None))
    assert links == {("BN30101", "BN30102"), ("BN30101", "BN30103"), ("BN30102", "BN30103")}


def test_a_register_of_f_that_names_cases_by_relation_alone(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"f.xlsx": DISTRICT})
    assert result.complete
    names = result.records.persons.set_index("person")["name"].to_dict()
    assert {frozenset({a, b}) for a, b, _, _ in pairs_of(result)} == {
        frozenset({"Doãn Văn Quyết", "Viên Thị Nhài"}),
        frozenset({"Doãn Văn Quyết", "Lý Văn Bộ"}),
        frozenset({"Lý Văn Bộ", "Lý Thị Bích"}),
    }
    stays = {
        (names[row["person"]], row["kind"], _day(row["start"])) for row in result.records.isolations.to_dict("records")
    }
    assert stays == {
        ("Doãn Văn Quyết", "hospital", "2020-04-06"),
        ("Viên Thị Nhài", "centre", "2020-04-07"),
        ("Lý Văn Bộ", "home", "2020-04-07"),
        ("Lý Thị Bích", "home", "2020-04-08"),
    }
    assert set(result.records.persons["area"]) == {"09010"}


def test_days_in_hospital_and_in_isolation_of_one_row_are_not_joined(tmp_path: Path) -> None:
    rows = [list(row) for row in DISTRICT]
    rows[3][11:13] = ["09/04/2020", "20/04/2020"]
    result = load_lists(tmp_path, {"f.xlsx": rows})
    assert any("viện" in str(question.column) or "cách ly" in str(question.column) for question in result.questions)


def test_a_bare_relation_names_nobody(tmp_path: Path) -> None:
    rows = [list(row) for row in DISTRICT]
    for row in rows[2:]:
        row[9] = "Vợ F0" if row[9] else ""
    result = load_lists(tmp_path, {"f.xlsx": rows})
    assert result.records.contacts.empty


def test_who_has_the_code_of_a_case_and_is_on_no_case_list_is_asked_about(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"td.xlsx": FOLLOWED})
    assert result.records.cases.empty
    (question,) = (
        one for one in result.questions if {choice.value for choice in one.choices} >= {"suspected", "confirmed"}
    )
    assert question.rows == 3
    answered = load_lists(tmp_path, {"td.xlsx": FOLLOWED}, answers={question.id: "confirmed"})
    cases = answered.records.cases.set_index("person")
    assert set(cases.index) == {"BN30201", "BN30202", "BN30203"}
    assert _day(cases.loc["BN30201", "onset"]) == "2021-07-06"
    assert cases["onset"].isna().sum() == 1


FORM: Rows = [
    ["DANH SÁCH NGƯỜI TIẾP XÚC GẦN VỚI CA BỆNH XÁC ĐỊNH COVID-19"],
    ["Họ và tên ca bệnh: Viên Thị Nhung, Mã BN: BN7001, Ngày khởi phát: 08/8/2021"],
    [
        *("TT", "Họ và tên", "Năm sinh", "Điện thoại", "Mối quan hệ với ca bệnh", "Ngày tiếp xúc lần cuối"),
        *("Thời gian, hoàn cảnh tiếp xúc", "Hình thức cách ly", "Cách ly từ ngày"),
    ],
    ["1", "Lý Văn Hải", "1970", "0911222333", "Chồng", "09/8/2021", "Sống chung nhà", "Tập trung", "09/8/2021"],
    ["2", "Đào Thị Mỹ", "1980", "0911222444", "Bạn hàng", "06/8/2021", "Bán cạnh nhau tại chợ", "Tại nhà", "10/8/2021"],
]


def test_the_form_for_contacts_of_a_confirmed_case(tmp_path: Path) -> None:
    cases = "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát\nBN7001,Viên Thị Nhung,1975,08/08/2021\n"
    lists = {"ca.csv": [line.split(",") for line in cases.splitlines()], "f1.xlsx": FORM}
    result = load_lists(tmp_path, lists)
    assert result.complete
    assert {(a, b, end) for a, b, _, end in pairs_of(result)} == {
        ("Lý Văn Hải", "Viên Thị Nhung", "2021-08-09"),
        ("Viên Thị Nhung", "Đào Thị Mỹ", "2021-08-06"),
    }
    assert "household" in set(result.records.contacts["kind"].dropna())
    assert set(result.records.isolations["kind"]) == {"centre", "home"}


def test_a_report_of_an_outbreak_tells_name_year_and_code_in_one_cell_and_day_and_result_in_another(
    tmp_path: Path,
) -> None:
    rows = [
        ["STT", "Họ tên - năm sinh", "Địa chỉ", "Ngày lấy mẫu/ Kết quả"],
        ["1", "Viên Thị Nhung - 1975 (BN7001)", "ấp 5, xã Khánh Lâm", "06/8/2021 - Dương tính"],
        ["2", "Lý Văn Út - 1990", "khóm 2, thị trấn U Minh", "07/8/2021 - Âm tính"],
    ]
    result = load_lists(tmp_path, {"odich.xlsx": rows})
    persons = result.records.persons.set_index("name")
    assert {name: int(persons.loc[name, "birth_year"]) for name in persons.index} == {
        "Viên Thị Nhung": 1975,
        "Lý Văn Út": 1990,
    }
    tests = {_day(one.sample): one.result for one in result.records.tests.itertuples()}
    assert tests == {"2021-08-06": "positive", "2021-08-07": "negative"}
