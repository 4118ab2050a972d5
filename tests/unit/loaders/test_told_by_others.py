"""What others tell of a case: minutes of a talk, forms with tables below, chats, answers of forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lists import load_lists, names_of, pairs_of, visits_of, write_list
from two_cases import CASES, DIEM, LOC, load_text, load_with_cases, met_of

from loaders import LoadResult, load_files
from loaders.columns.companions import companions_of
from loaders.columns.person_line import NAME
from tracing.times import format_iso

MINUTES = (
    "TRẠM Y TẾ PHƯỜNG 8\nBIÊN BẢN GHI LỜI KHAI\n"
    "Hồi 9 giờ ngày 21 tháng 7 năm 2021, chúng tôi gồm: 1. Y sĩ Đoàn Thị Kiều; 2. Trung úy Cao Hữu Phước.\n"
    "Làm việc với chị Mạc Thị Hường, sinh năm 1982, ĐT 0918222301, là vợ của BN501.\n"
    "Chị Hường trình bày: Ngày 17/7/2021 từ 19h đến 22h tại quán Sông Trăng, có mặt: Kha Vĩnh Tường (sn 1977), "
    "Ông Tám Mía và 2 người bạn. Ngày 18/7 anh Lộc uống cà phê tại quán Hàng Me từ 6h đến 7h với Đinh Thị Lụa, "
    "0918222305. Ngày 19/7 anh Lộc ở nhà, không tiếp xúc với Lâm Văn Hiếu, chỉ gặp chị Hường và em vợ là Mạc Quốc Việt "
    "(1999).\n"
)


def test_those_whom_minutes_of_a_talk_name_beside_a_case_met_it_on_that_day(tmp_path: Path) -> None:
    result = load_text(tmp_path, "bien ban.txt", MINUTES)
    assert met_of(result) == {
        ("Kha Vĩnh Tường", LOC, "2021-07-17T22:00"),
        ("Tám Mía", LOC, "2021-07-17T22:00"),
        ("Đinh Thị Lụa", LOC, "2021-07-18T07:00"),
        ("Chị Hường", LOC, "2021-07-19"),
        ("Mạc Quốc Việt", LOC, "2021-07-19"),
    }
    names = dict(result.records.persons[["name", "phone"]].dropna().values)
    assert names["Mạc Thị Hường"] == "0918222301" and names["Đinh Thị Lụa"] == "0918222305"
    assert not {"Đoàn Thị Kiều", "Cao Hữu Phước", "Lâm Văn Hiếu"} & set(result.records.persons["name"])


def test_who_is_introduced_as_of_a_case_and_who_has_no_name_are_asked_about(tmp_path: Path) -> None:
    result = load_text(tmp_path, "bien ban.txt", MINUTES)
    asked = {(question.column, tuple(choice.value for choice in question.choices)) for question in result.questions}
    assert ("Ghi chú", ("met", "kept", "*")) in asked, "the wife of a case"
    assert ("Lời khai", ("kept", "*")) in asked, "two friends"
    assert DIEM not in {case for _, case, _ in met_of(result)}


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("đi chợ cùng vợ Lý Thị Bé rồi về nhà", ["Lý Thị Bé"], "đi chợ rồi về nhà"),
        (
            "nhậu, có mặt: Kha Tường (sn 1977) và vợ chồng Út Lùn",
            ["Kha Tường"],
            "nhậu, cùng một người, vợ chồng Út Lùn",
        ),
        ("với chồng là Tô An, con Tô Lê, 1990", ["Tô An", "Tô Lê"], ""),
        ("cùng BN502 và Tô An", ["Tô An"], "cùng BN502"),
        ("có thể gặp Tô An", [], "có thể gặp Tô An"),
        ("không tiếp xúc với Tô An", [], "không tiếp xúc với Tô An"),
        (
            "gặp đối tác là ông Tô An tại công ty và khoảng 10 người",
            ["Tô An"],
            "tại công ty cùng một người, khoảng 10 người",
        ),
        ("đi xe với tài xế Tô An", ["Tô An"], "đi xe "),
        ("họp với Công An Phường 8", [], "họp với Công An Phường 8"),
        ("đi cùng vợ và con", [], "đi cùng vợ và con"),
    ],
)
def test_people_named_behind_with(text: str, names: list[str], rest: str) -> None:
    told = companions_of(text)
    assert ([cells[NAME] for cells in told.named], told.rest) == (names, rest)


FORM = [
    ("Mã bệnh nhân", "BN610"),
    ("Họ và tên", "Thân Thị Ngọc Bích"),
    ("Năm sinh", "1991"),
    ("Giới tính", "Nữ"),
    ("Điện thoại", "0918222401"),
    ("Ngày khởi phát", "19/7/2021"),
    ("Ngày lấy mẫu", "20/7/2021"),
    ("Kết quả", "Dương tính (RT-PCR, Ct 22,5)"),
    ("Ngày nhập viện/cách ly", "20/7/2021 - Khu cách ly Trường Quân sự"),
]
MET = [
    ("TT", "Họ tên", "Quan hệ", "Ngày tiếp xúc cuối", "SĐT"),
    ("1", "Thân Văn Phúc", "cha", "19/7", "0918222402"),
    ("2", "Ưng Thị Lài", "bạn", "18/7 tại quán Cây Bàng", ""),
]
DAYS_OF_IT = (
    "Lịch trình di chuyển: Ngày 17/7 từ 8h đến 9h mua hàng tại chợ Vàm Đình. Ngày 18/7 khoảng 18h ghé quán Cây Bàng."
)


def _form(folder: Path, *, met: Sequence[tuple[str, ...]], line: str) -> LoadResult:
    word = docx.Document()
    word.add_paragraph("PHIẾU ĐIỀU TRA CA BỆNH")
    _add(word, FORM)
    if met:
        word.add_paragraph("Những người tiếp xúc gần:")
        _add(word, met)
    word.add_paragraph(line)
    word.save(str(folder / "phieu.docx"))
    return load_files([write_list(folder / "ca benh.csv", CASES), folder / "phieu.docx"])


def _add(word: Document, rows: Sequence[tuple[str, ...]]) -> None:
    table = word.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text


def _is_whole(result: LoadResult) -> None:
    assert "BN610" in set(result.records.cases["person"])
    (test,) = result.records.tests.to_dict("records")
    assert (test["result"], test["ct"], test["method"]) == ("positive", 22.5, "pcr")
    (isolation,) = result.records.isolations.to_dict("records")
    assert isolation["place"] == "Khu cách ly Trường Quân sự"
    assert visits_of(result) == {
        ("Thân Thị Ngọc Bích", "chợ Vàm Đình", "2021-07-17T08:00", "2021-07-17T09:00"),
        ("Thân Thị Ngọc Bích", "quán Cây Bàng", "2021-07-18T18:00", ""),
    }
    assert not result.questions


def test_a_form_with_a_table_below_is_a_case_and_those_whom_it_met(tmp_path: Path) -> None:
    result = _form(tmp_path, met=MET, line="")
    assert {(one, other, end) for one, other, _start, end in pairs_of(result)} == {
        ("Thân Thị Ngọc Bích", "Thân Văn Phúc", "2021-07-19"),
        ("Thân Thị Ngọc Bích", "Ưng Thị Lài", "2021-07-18"),
    }
    assert set(result.records.contacts["place"].dropna()) == {"quán Cây Bàng"}


def test_a_line_below_a_form_tells_where_that_person_was(tmp_path: Path) -> None:
    _is_whole(_form(tmp_path, met=[], line=DAYS_OF_IT))


def test_a_line_below_the_table_of_a_form_in_a_workbook_is_of_the_form(tmp_path: Path) -> None:
    rows = [*FORM, [""], *MET, [""], [DAYS_OF_IT]]
    result = load_lists(tmp_path, {"ca benh.csv": CASES, "phieu.xlsx": rows})
    _is_whole(result)
    assert len(pairs_of(result)) == 2


def test_a_line_below_the_table_of_a_form_with_colons_is_of_the_form(tmp_path: Path) -> None:
    rows = [*((f"{label}:", value) for label, value in FORM), [""], *MET, [""], [DAYS_OF_IT]]
    result = load_lists(tmp_path, {"ca benh.csv": CASES, "phieu.xlsx": rows})
    _is_whole(result)
    assert len(pairs_of(result)) == 2


def test_a_day_of_contact_with_its_place_is_both(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "Tiếp xúc với ca", "Ngày tiếp xúc"],
        ["Ưng Thị Lài", "1990", "BN501", "18/7/2021 tại quán Cây Bàng"],
        ["Thân Văn Phúc", "1961", "BN502", "19/7/2021"],
        ["Lục Thị Ba", "1955", "BN502", "19/7/2021 đi đám cưới"],
    ]
    result = load_with_cases(tmp_path, "f1.csv", rows)
    assert met_of(result) == {("Ưng Thị Lài", LOC, "2021-07-18"), ("Thân Văn Phúc", DIEM, "2021-07-19")}
    assert set(result.records.contacts["place"].dropna()) == {"quán Cây Bàng"}
    assert [question.row for question in result.questions] == [4], "what is no place is asked about"


CHAT = """[19/07/2021 06:10] To truong: Sáng nay có 2 người về từ Bình Dương
1. Phó Văn Chót sn 1992 0918222501 về lúc 3h ngày 19/7 bằng xe máy
2. Lữ Thị Sửu, 1995, 0918222502, về 4h 19/7 xe khách 69B-011.22
[19/07/2021 08:20] Y tế: test nhanh chị Sửu dương tính, 1 người còn lại âm tính
[19/07/2021 08:21] Y tế: Chị Sửu gặp ai không?
[19/07/2021 08:40] To truong: Dạ có em gái là Lữ Thị Tý sn 1999 và 2 người hàng xóm
[19/07/2021 09:00] Y tế: Sửu chuyển BV Sản Nhi lúc 9h hôm nay, Tý cho cách ly tại nhà từ 19/7
[19/07/2021 09:30] Y tế: nhà Chót có bà già hay ho
"""


def test_lines_of_a_chat_about_those_whom_it_lists_are_read_or_asked_about(tmp_path: Path) -> None:
    result = load_text(tmp_path, "zalo.txt", CHAT)
    people = result.records.persons.set_index("person")["name"]
    tests = result.records.tests
    assert {(people[who], result_) for who, result_ in tests[["person", "result"]].values} == {
        ("Lữ Thị Sửu", "positive"),
        ("Phó Văn Chót", "negative"),
    }
    assert set(tests["method"]) == {"antigen"}
    assert {frozenset(pair[:2]) for pair in pairs_of(result)} == {frozenset(("Lữ Thị Sửu", "Lữ Thị Tý"))}
    isolations = result.records.isolations
    assert {(people[who], kind) for who, kind in isolations[["person", "kind"]].values} == {
        ("Lữ Thị Sửu", "hospital"),
        ("Lữ Thị Tý", "home"),
    }
    arrivals = result.records.arrivals
    assert {(people[who], origin) for who, origin in arrivals[["person", "origin"]].values} == {
        ("Phó Văn Chót", "Bình Dương"),
        ("Lữ Thị Sửu", "Bình Dương"),
    }
    asked = {question.row: question.said for question in result.questions if question.said}
    assert asked[6] == "Dạ có em gái là Lữ Thị Tý sn 1999 và 2 người hàng xóm", "two neighbours have no name"
    assert asked[8] == "nhà Chót có bà già hay ho"


def test_the_day_of_a_result_is_that_of_its_line(tmp_path: Path) -> None:
    told = (
        "Danh sách người về từ Bình Dương ngày 18/7/2021\n1. Phó Văn Chót sn 1992 0918222501\n"
        "2. Lữ Thị Sửu, 1995, 0918222502\nKết quả test nhanh ngày 20/7: Sửu dương tính, Chót âm\n"
    )
    result = load_text(tmp_path, "danh sach.txt", told)
    tests = result.records.tests
    assert set(tests["result"]) == {"positive", "negative"}
    assert {str(format_iso(int(day), int(day), "Asia/Ho_Chi_Minh"))[:10] for day in tests["sample"]} == {"2021-07-20"}


def test_a_result_in_a_chat_of_somebody_who_is_not_listed_is_asked_about(tmp_path: Path) -> None:
    said = CHAT.replace("1 người còn lại", "2 người còn lại").split("[19/07/2021 08:21]")[0]
    result = load_text(tmp_path, "zalo.txt", said)
    assert not len(result.records.tests), "one other is listed, and not two"
    assert {question.row for question in result.questions if question.said} == {4}


NUMBERED = [
    ["SƠ ĐỒ TRUY VẾT (cập nhật 20/7/2021)"],
    ["Mã số", "Đối tượng", "Năm sinh", "Tiếp xúc (ngày, giờ, nơi)"],
    ["1", "BN501 - Trịnh Văn Lộc", "1979", ""],
    ["1.1", "F1: Kiều Thị Hạnh (vợ)", "1982", "sống cùng nhà đến 19/7"],
    ["1.1.1", "F2: Tăng Văn Bửu", "1970", "18/7 15h-16h quán Ba Lùn"],
    ["1.2", "F1 mới (F2 cũ): Tăng Thị Nga", "1975", "17/7 đám giỗ"],
]


def test_a_tree_by_numbers_whose_cells_name_the_tier_before_the_person(tmp_path: Path) -> None:
    result = load_with_cases(tmp_path, "so do.xlsx", NUMBERED)
    hanh = "Kiều Thị Hạnh"
    assert {(one, other, start, end) for one, other, start, end in pairs_of(result)} == {
        (hanh, LOC, "", "2021-07-19"),
        (hanh, "Tăng Văn Bửu", "2021-07-18T15:00", "2021-07-18T16:00"),
        ("Trịnh Văn Lộc", "Tăng Thị Nga", "2021-07-17", "2021-07-17"),
    }
    assert set(result.records.contacts["place"].dropna()) == {"quán Ba Lùn"}
    assert len(result.records.persons) == 5, "the first row is the case on record"


def test_a_tree_by_numbers_that_are_the_tiers_of_its_rows_needs_no_title(tmp_path: Path) -> None:
    rows = [
        ["Mã số", "Họ tên", "Diện", "Năm sinh"],
        ["1", "Trịnh Văn Lộc (BN501)", "F0", "1979"],
        ["1.1", "Kiều Thị Hạnh", "F1", "1982"],
        ["1.1.1", "Tăng Văn Bửu", "F2", "1970"],
    ]
    result = load_with_cases(tmp_path, "bang.xlsx", rows)
    assert {pair[:2] for pair in pairs_of(result)} == {("Kiều Thị Hạnh", LOC), ("Kiều Thị Hạnh", "Tăng Văn Bửu")}
    assert set(result.records.cases["person"]) == {"BN501", "BN502"}


def test_a_cell_of_a_column_of_meetings_that_is_not_clear_is_asked_about(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "Tiếp xúc với ca", "Tiếp xúc (ngày giờ, địa điểm)"],
        ["Tăng Văn Bửu", "1970", "BN501", "18/7/2021 15h tại quán Ba Lùn"],
        ["Tăng Thị Nga", "1975", "BN502", "17/7/2021 và 18/7/2021 ở chợ"],
    ]
    result = load_with_cases(tmp_path, "f1.csv", rows)
    assert ("Tăng Văn Bửu", LOC) in {pair[:2] for pair in met_of(result)}
    assert set(result.records.contacts["place"].dropna()) == {"quán Ba Lùn"}
    assert [(question.row, question.said) for question in result.questions] == [(3, "17/7/2021 và 18/7/2021 ở chợ")]


ANSWERS = [
    [
        *("Dấu thời gian", "Địa chỉ email", "Họ tên", "Năm sinh", "SĐT"),
        *("Bạn có tiếp xúc với ca bệnh nào không?", "Lần tiếp xúc gần nhất là ngày nào?"),
        *("Bạn có đến các địa điểm sau đây không? (chọn nhiều)", "Đã xét nghiệm chưa? Kết quả?"),
    ],
    [
        *("20/07/2021 09:00", "x@example.org", "Ngô Bích Hà", "1990", "0918222701", "Có, BN501", "18/7/2021"),
        *("Chợ Sáng; Quán Lá Me", "PCR 19/7 âm tính"),
    ],
    [
        *("20/07/2021 09:10", "y@example.org", "Ngô Quý Đôn", "1988", "0918222702", "BN501 và BN502", "17/7/2021"),
        *("Không đến", "chưa"),
    ],
    [
        *("20/07/2021 09:20", "z@example.org", "Mã Thị Yên", "1999", "0918222703", "Không", ""),
        *("Không", "Test nhanh dương tính 20/7"),
    ],
]


def test_answers_of_a_form_about_places_tests_and_cases(tmp_path: Path) -> None:
    result = load_with_cases(tmp_path, "phieu tra loi.csv", ANSWERS)
    assert {pair[:2] for pair in met_of(result)} == {
        ("Ngô Bích Hà", LOC),
        ("Ngô Quý Đôn", LOC),
        ("Ngô Quý Đôn", DIEM),
    }
    assert result.records.contacts["place"].isna().all(), "where people went is no place of a contact"
    assert result.records.persons["address"].isna().all(), "where they get letters is no home"
    names = names_of(result)
    tests = result.records.tests
    assert {(names[who], found) for who, found in tests[["person", "result"]].values} == {
        ("Ngô Bích Hà", "negative"),
        ("Mã Thị Yên", "positive"),
    }
    (asked,) = (question for question in result.questions if question.column == "Ngày ghé")
    lists = {"ca benh.csv": CASES, "phieu tra loi.csv": ANSWERS}
    answered = load_lists(tmp_path, lists, answers={asked.id: "18/7/2021"})
    assert {visit[:2] for visit in visits_of(answered)} == {("Ngô Bích Hà", "Chợ Sáng"), ("Ngô Bích Hà", "Quán Lá Me")}
