"""From a file to clean tables: heads of several rows, titles, merged cells, footers, several tables, odd texts."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from loaders.columns.dates import read_times
from loaders.files.encodings import decode_tcvn3, find_garbled, find_vietnamese, vni_text
from loaders.files.grid import Document, Grid, Sheet
from loaders.files.limits import Limits
from loaders.files.locate import find_sheets
from loaders.files.read import read_file
from loaders.files.titles import read_facts
from loaders.findings import FindingLog
from loaders.options import LoadOptions
from tracing.times import parse_iso

PEOPLE = ["Lê Văn Tám", "Trần Thị Chín", "Phạm Văn Mười"]


def _read(path: Path, log: FindingLog | None = None, **limits: int) -> list[Sheet]:
    options = LoadOptions(limits=Limits(**limits))
    grids = read_file(path, options=options, log=log if log is not None else FindingLog())
    return [sheet for grid in grids if isinstance(grid, Grid) for sheet in find_sheets(grid)]


def _text(tmp_path: Path, content: str | bytes, name: str = "list.csv") -> tuple[list[Sheet], list[str]]:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    log = FindingLog()
    return _read(path, log), log.codes


def _book(
    tmp_path: Path,
    rows: Sequence[Sequence[object]],
    merged: Sequence[str] = (),
    more: Callable[[Worksheet], None] | None = None,
) -> Sheet:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "DS"
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    if more is not None:
        more(sheet)
    book.save(tmp_path / "list.xlsx")
    (found,) = _read(tmp_path / "list.xlsx")
    return found


def _columns(sheet: Sheet) -> dict[str, list[str | None]]:
    return {
        heading: [text if isinstance(text, str) else None for text in sheet.cells[i]]
        for i, heading in enumerate(sheet.headings)
    }


# ------------------------------------------------------------------------------------------------------------- heads


def test_year_of_birth_over_men_and_women_gives_year_and_sex(tmp_path: Path) -> None:
    sheet = _book(
        tmp_path,
        [
            ["TT", "Họ và tên", "Năm sinh", None, "SĐT"],
            [None, None, "Nam", "Nữ", None],
            [1, PEOPLE[0], 1980, None, "0900000001"],
            [2, PEOPLE[1], None, 1991, "0900000002"],
        ],
        merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    )
    columns = _columns(sheet)
    assert columns["Năm sinh"] == ["1980", "1991"] and columns["Giới tính"] == ["Nam", "Nữ"]
    assert sheet.numbers.tolist() == [3, 4]


def test_men_and_women_in_one_row_of_headings_and_marks(tmp_path: Path) -> None:
    (years,), _ = _text(tmp_path, "STT,Họ và tên,Nam,Nữ\n1,A,1980,\n2,B,,1991\n")
    assert _columns(years)["Năm sinh"] == ["1980", "1991"] and _columns(years)["Giới tính"] == ["Nam", "Nữ"]
    (marks,), _ = _text(tmp_path, "STT,Họ và tên,Nam,Nữ,Tuổi\n1,A,x,,40\n2,B,,x,30\n")
    assert _columns(marks)["Giới tính"] == ["Nam", "Nữ"] and "Năm sinh" not in marks.headings


@pytest.mark.parametrize(
    ("content", "headings", "rows"),
    [
        ("person,sex,birth_year\n,Nam,\n", ("person", "sex", "birth_year"), 1),
        ("Mã ca,Giới tính,Tỉnh\nBN1,Nữ,Huế\nBN2,Nam,Huế\n", ("Mã ca", "Giới tính", "Tỉnh"), 2),
        ("Họ tên,Giới tính,Năm sinh,\n,Nam,,\nA,Nữ,1980,x\n", ("Họ tên", "Giới tính", "Năm sinh", "(D)"), 2),
        ("Họ tên,Năm sinh,Giới tính,\n,,Nam,Có\nA,1980,Nữ,Có\n", ("Họ tên", "Năm sinh", "Giới tính", "(D)"), 2),
    ],
)
def test_a_row_of_values_that_could_be_headings_is_a_row(
    tmp_path: Path, content: str, headings: tuple[str, ...], rows: int
) -> None:
    (sheet,), _ = _text(tmp_path, content)
    assert sheet.headings == headings and len(sheet) == rows


def test_a_row_with_a_letter_and_a_day_alone_is_no_section(tmp_path: Path) -> None:
    head = "person_a,person_b,start,end,place\n"
    for row in ("A,,2021-07-01,,", "A,,,,market"):
        (sheet,), _ = _text(tmp_path, f"{head}{row}\nB,C,2021-07-01,2021-07-02,school\nC,D,2021-07-01,,school\n")
        assert len(sheet) == 3 and sheet.sections is None


def test_parts_of_a_heading_are_found_without_merged_cells(tmp_path: Path) -> None:
    rows = "1,A,1980,,0900000001\n2,B,,1991,0900000002\n"
    (sheet,), _ = _text(tmp_path, f"STT,Họ và tên,Năm sinh,,SĐT\n,,Nam,Nữ,\n{rows}")
    columns = _columns(sheet)
    assert columns["Năm sinh"] == ["1980", "1991"] and columns["Giới tính"] == ["Nam", "Nữ"]


def test_three_rows_of_headings_keep_what_the_lowest_alone_does_not_say(tmp_path: Path) -> None:
    sheet = _book(
        tmp_path,
        [
            ["DANH SACH F1"],
            ["STT", "CA NHAN", None, "TIEP XUC", None, None],
            [None, "HO TEN", "NAM SINH", "F0", "THOI GIAN", None],
            [None, None, None, None, "LAN DAU", "LAN CUOI"],
            [1, "LE VAN TAM", 1980, "BN1", "1/8/2021", "2/8/2021"],
        ],
        merged=["A2:A4", "B2:C2", "D2:F2", "B3:B4", "C3:C4", "D3:D4", "E3:F3"],
    )
    assert sheet.headings == ("STT", "HO TEN", "NAM SINH", "F0", "THOI GIAN › LAN DAU", "THOI GIAN › LAN CUOI")
    assert [line.text for line in sheet.titles] == ["DANH SACH F1"] and len(sheet) == 1


def test_a_second_head_of_machine_names_some_lines_down(tmp_path: Path) -> None:
    text = (
        "Họ và tên,Ngày sinh,Điện thoại\nbắt buộc,ngày tháng,10 số\nfull_name,date_of_birth,phone\nLê,1/2/1980,0900\n"
    )
    (sheet,), _ = _text(tmp_path, text)
    assert sheet.headings == ("full_name", "date_of_birth", "phone") and len(sheet) == 1


def test_two_tables_on_one_sheet_with_different_heads(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["I. F1 QUÁN NƯỚC - lập ngày 3 tháng 8 năm 2021"],
        ["STT", "Họ tên", "Tuổi", "SĐT"],
        [1, PEOPLE[0], "30t", "0900000001"],
        [],
        ["II. F1 GIA ĐÌNH (ngày 05/8)"],
        [],
        ["Stt", "Họ tên F1", "NS", "Quan hệ", "Ghi chú"],
        [1, PEOPLE[1], 1970, "vợ", None],
        [2, PEOPLE[2], 1990, "con", "x"],
        ["Tổng: 2 F1"],
        ["Người gửi: trạm y tế"],
    ]
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "two.xlsx")
    first, second = _read(tmp_path / "two.xlsx")
    assert (first.part, first.parts, first.area, second.area) == (1, 2, "A2:D3", "A7:E9")
    assert first.fact("day") == "2021-08-03" and second.fact("day") == "--08-05"
    assert second.numbers.tolist() == [8, 9] and second.passed == {"total": 1, "signature": 1}


def test_headings_said_again_are_no_second_table(tmp_path: Path) -> None:
    (sheet,), _ = _text(tmp_path, "person,name,phone\nA,x,1\n\nperson,name,phone\nB,y,2\n")
    assert sheet.numbers.tolist() == [2, 5] and sheet.passed == {"repeated heading": 1}


# ----------------------------------------------------------------------------------------------------- titles and names


def test_titles_of_a_coach_list_are_facts(tmp_path: Path) -> None:
    sheet = _book(
        tmp_path,
        [
            ["HTX VẬN TẢI (tên hư cấu)"],
            ["DANH SÁCH HÀNH KHÁCH - Biển số: 69B-000.77"],
            ["Xuất phát: 19h30 ngày 4/7/2021 tại Bến xe Số Một (TP.HCM) - Đến: 3h15 ngày 5/7/2021, TT Sông Xa"],
            ["Tài xế: Lê Văn Bánh - ĐT 0900 000 001; Phụ xe: Trần Văn Lốp - 0900 000 002"],
            [],
            ["Ghế", "Họ tên hành khách", "Điện thoại"],
            ["A1", PEOPLE[0], "0900000003"],
        ],
    )
    facts = {name: sheet.fact(name) for name in ("plate", "departed", "arrived", "from_place", "driver", "mate_phone")}
    assert facts == {
        "plate": "69B-000.77",
        "departed": "2021-07-04T19:30",
        "arrived": "2021-07-05T03:15",
        "from_place": "Bến xe Số Một (TP.HCM)",
        "driver": "Lê Văn Bánh",
        "mate_phone": "0900 000 002",
    }


@pytest.mark.parametrize(
    ("titles", "sheet", "file", "name", "value"),
    [
        (["DANH SÁCH F1 (Cập nhật đến 17 giờ 00 ngày 02/8/2021)"], None, "a.xlsx", "day", "2021-08-02"),
        (["rà soát ngày 29/7, năm 2021"], None, "a.xlsx", "day", "2021-07-29"),
        ([], "02.8", "Test nhanh.xlsx", "day", "--08-02"),
        ([], "Chuyến 24-7", "a 2021.xlsx", "day", "2021-07-24"),
        (
            ["Ngày lấy mẫu: 31/7 - 01/8/2021   Ngày trả: 02/8/2021"],
            None,
            "a.xlsx",
            "sample_day",
            "2021-07-31/2021-08-01",
        ),
        (["(tháng 7/2021)"], None, "a.xlsx", "month", "2021-07"),
        (["UBND XÃ TÂN XA", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], None, "a.xlsx", "commune", "XÃ TÂN XA"),
        (["CHỐT KIỂM SOÁT SỐ 9 (cầu Xa) - ca trực đêm"], None, "a.xlsx", "place", "CHỐT KIỂM SOÁT SỐ 9"),
        (["CHỐT KIỂM SOÁT SỐ 9 (cầu Xa) - ca trực đêm"], None, "a.xlsx", "shift", "ca trực đêm"),
        (["LIÊN QUAN BN 990777"], None, "a.xlsx", "case", "BN990777"),
        (["Điện thoại 0900.000.001"], None, "a.xlsx", "day", None),
    ],
)
def test_what_titles_and_names_say(
    titles: list[str], sheet: str | None, file: str, name: str, value: str | None
) -> None:
    from loaders.files.grid import Line

    facts = read_facts([Line(1, tuple(titles))] if titles else [], sheet, file)
    assert next((fact.value for fact in facts if fact.name == name), None) == value


# ------------------------------------------------------------------------------------------------------------- rows


def test_a_merged_cell_belongs_to_every_row_that_it_covers(tmp_path: Path) -> None:
    sheet = _book(
        tmp_path,
        [
            ["Mã BN", "Mã gộp", "Ngày lấy mẫu", "Kết quả"],
            ["A1", "G1", "1/8/2021", "Dương tính"],
            ["A2", None, "1/8/2021", None],
            ["A3", None, "1/8/2021", None],
            ["A4", "G2", "1/8/2021", None],
        ],
        merged=["B2:B4", "D2:D4"],
    )
    columns = _columns(sheet)
    assert columns["Mã gộp"] == ["G1", "G1", "G1", "G2"] and columns["Kết quả"] == ["Dương tính"] * 3 + [None]
    assert sheet.merged == ((1, 0, 2), (3, 0, 2))


def test_a_merged_cell_makes_no_row_of_an_empty_line(tmp_path: Path) -> None:
    sheet = _book(
        tmp_path, [["Phòng", "Họ và tên", "SĐT"], ["1", "Lê", "2"], [None, "Trần", "3"], []], merged=["A2:A9"]
    )
    assert len(sheet) == 2 and _columns(sheet)["Phòng"] == ["1", "1"]


def test_totals_signatures_and_remarks_are_no_rows_and_are_counted(tmp_path: Path) -> None:
    sheet = _book(
        tmp_path,
        [
            ["STT", "Họ và tên", "Năm sinh", "SĐT"],
            [1, PEOPLE[0], 1980, "0900000001"],
            ["Cộng", None, 1, None],
            ["Tổng cộng: 01 người"],
            [],
            ["* Số liệu đến 17h"],
            [None, None, "NGƯỜI LẬP BIỂU"],
            [None, None, "(đã ký)"],
            [],
            [None, None, "Nguyễn Thị Ký"],
        ],
    )
    assert len(sheet) == 1
    assert sheet.passed == {"total": 2, "signature": 4} and sum(sheet.passed.values()) == len(sheet.notes)


@pytest.mark.parametrize("name", ["Tống Văn Cộng", "Công", "TONG THI CONG", "Hồ Ký", "Tô Khu"])
def test_a_last_row_with_only_a_name_is_a_row(tmp_path: Path, name: str) -> None:
    (sheet,), _ = _text(tmp_path, f"STT,Họ và tên,Năm sinh,SĐT\n1,A B,1980,0900000001\n2,{name},,\n")
    assert _columns(sheet)["Họ và tên"] == ["A B", name]


def test_section_lines_are_facts_of_the_rows_below(tmp_path: Path) -> None:
    sheet = _book(
        tmp_path,
        [
            ["STT", "Họ và tên", "Năm sinh", "SĐT"],
            [1, "A", 1980, "1"],
            ["Ấp 3"],
            [2, "B", 1981, "2"],
            [3, "C", 1982, "3"],
        ],
    )
    assert sheet.sections is not None and len(sheet) == 3
    assert [text if isinstance(text, str) else None for text in sheet.sections] == [None, "Ấp 3", "Ấp 3"]


def test_members_below_the_head_of_their_household(tmp_path: Path) -> None:
    sheet = _book(
        tmp_path,
        [
            ["Số hộ", "Chủ hộ / nhân khẩu", "Quan hệ", "Năm sinh"],
            ["H1", "Hộ: Lê Văn Tám", "Chủ hộ", 1960],
            [None, "   - Lê Thị Em", "Con", 1990],
            [None, "   - Út", "Cháu", 2015],
            ["H2", "Hộ: Trần Văn Xa", "Chủ hộ", 1950],
            [None, "   - Trần Thị Gần", "Vợ", 1955],
        ],
    )
    assert sheet.under is not None and sheet.under.tolist() == [-1, 0, 0, -1, 3]
    columns = _columns(sheet)
    assert columns["Số hộ"] == ["H1", "H1", "H1", "H2", "H2"] and columns["Chủ hộ / nhân khẩu"][1:3] == [
        "Lê Thị Em",
        "Út",
    ]


def test_struck_rows_and_hidden_columns_are_read_and_known(tmp_path: Path) -> None:
    def more(sheet: Worksheet) -> None:
        for cell in sheet[3]:
            cell.font = Font(strike=True)
        sheet.column_dimensions["B"].hidden = True

    sheet = _book(tmp_path, [["person", "name", "phone"], ["A", "x", "1"], ["A", "x", "1"]], more=more)
    assert sheet.struck == {1} and sheet.hidden == (1,) and len(sheet) == 2


# ------------------------------------------------------------------------------------------------------------- texts


def test_running_text_is_a_document_with_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "thong bao.txt"
    path.write_text(
        "TRUNG TÂM Y TẾ HUYỆN XA\nTHÔNG BÁO SỐ 9 (22h00 ngày 05/8/2021)\n\n1. Bệnh nhân BN990777 (nam, sinh năm 1990)\n"
        "- Ngày 24/7: khoảng 20h00 lên xe khách, về nhà bằng xe ôm, không nhớ người chở.\n"
        "- Ngày 25/7: ở nhà cả ngày với vợ.\n"
        "Ai có mặt tại các địa điểm trên liên hệ trạm y tế gần nhất.\n",
        encoding="utf-8",
    )
    (document,) = read_file(path, options=LoadOptions(), log=FindingLog())
    assert isinstance(document, Document)
    assert [line.row for line in document.lines] == [1, 2, 4, 5, 6, 7]
    assert [fact.value for fact in document.facts if fact.name == "day"] == ["2021-08-05"]


def test_quotes_that_swallow_rows_lose_none_and_are_said(tmp_path: Path) -> None:
    (sheet,), codes = _text(tmp_path, 'person,name,phone\nP1,"A,1\nP2,B,2\nP3,"C,3\nP4,D,4\n')
    assert _columns(sheet) == {"person": ["P1", "P2", "P3", "P4"], "name": [*"ABCD"], "phone": [*"1234"]}
    assert codes == ["row.quote", "row.quote"]


def test_notes_over_several_lines_are_left_alone(tmp_path: Path) -> None:
    (sheet,), codes = _text(tmp_path, 'person,name,note\nP1,A,"one\nfever, cough, tired\nend"\nP2,"B ""x""",2\n')
    assert _columns(sheet)["note"] == ["one\nfever, cough, tired\nend", "2"] and codes == []


def test_a_comma_inside_a_note_without_quotes_is_mended_and_said(tmp_path: Path) -> None:
    text = "STT,Họ và tên,SĐT,Ghi chú\n1,Lê Tám,0900000001,đã gọi rồi\n2,Lê Chín,0900000002,ở nhà, chưa khỏe\n"
    (sheet,), codes = _text(tmp_path, text)
    assert _columns(sheet)["Ghi chú"][1] == "ở nhà, chưa khỏe" and codes == ["row.joined"] and not sheet.ragged


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(tmp_path: Path, ending: str) -> None:
    (sheet,), codes = _text(tmp_path, f"person,name{ending}A,x{ending}B,y{ending}")
    assert sheet.numbers.tolist() == [2, 3] and codes == []


def test_zero_bytes_are_left_out_and_said(tmp_path: Path) -> None:
    (sheet,), codes = _text(tmp_path, b"person,name\nA,x\x00y\n" + b"B,a longer text than most\n" * 20)
    assert _columns(sheet)["name"][0] == "xy" and codes == ["file.nul"]


VIETNAMESE = "STT,Họ và tên\n1,Nguyễn Thị Xuyến\n2,Đặng Văn Phước\n3,Huỳnh Thị Quỳnh\n"
TCVN3 = (
    b"STT,H\xe4 v\xb5 t\xaan\n1,Nguy\xd4n Th\xde Xuy\xd5n\n2,\xa7\xc6ng V\xa8n Ph\xad\xedc\n"
    b"3,Hu\xfanh Th\xde Qu\xfanh\n"
)
VNI = "STT,Hoï vaø teân\n1,Nguyeãn Thò Xuyeán\n2,Ñaëng Vaên Phöôùc\n3,Huyønh Thò Quyønh\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TCVN3, ["file.decoded"]),
        (VNI.encode("cp1252"), ["file.decoded"]),
        (VNI.encode(), ["file.font"]),
        (TCVN3.decode("cp1252").encode(), ["file.font"]),
        (VIETNAMESE.encode("utf-16-le"), ["file.decoded"]),
        (VIETNAMESE.encode("utf-7"), ["file.decoded"]),
        (VIETNAMESE.encode("utf-16"), []),
        (VIETNAMESE.encode(), []),
    ],
)
def test_old_encodings_are_known_by_what_vietnamese_looks_like(tmp_path: Path, content: bytes, said: list[str]) -> None:
    (sheet,), codes = _text(tmp_path, content)
    assert _columns(sheet)["Họ và tên"] == ["Nguyễn Thị Xuyến", "Đặng Văn Phước", "Huỳnh Thị Quỳnh"]
    assert codes == said


def test_old_fonts_inside_a_workbook(tmp_path: Path) -> None:
    rows = [line.split(",") for line in TCVN3.decode("cp1252").splitlines()]
    sheet = _book(tmp_path, [[*rows[0], "Năm sinh"], *([*row, 1980] for row in rows[1:])])
    assert _columns(sheet)["Họ và tên"][1] == "Đặng Văn Phước"


@pytest.mark.parametrize("text", ["Müller;Größe;Straße;für;José;Peña", "été;déjà;garçon;Œuvre", "Région, ä, ß"])
def test_western_text_is_not_taken_for_vietnamese(text: str) -> None:
    assert find_vietnamese(text.encode("cp1252")) is None and find_garbled(text.split(";")) is None


def test_the_tables_of_the_old_encodings() -> None:
    assert decode_tcvn3(bytes(range(0xB5, 0xBA))) == "àảãáạ" and vni_text("TRAÀN ÑÖÙC öû") == "TRẦN ĐỨC ử"


# ------------------------------------------------------------------------------------------------------------- limits


def test_a_cell_far_away_is_refused_by_the_outline(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["XFD1048576"] = "x"
    book.save(tmp_path / "far.xlsx")
    log = FindingLog()
    assert _read(tmp_path / "far.xlsx", log) == [] and log.codes[0] == "file.too_wide"


def test_a_forged_reference_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["person", "name"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "forged.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="B1"', b'r="ZZZZZ999999999"'))
    log = FindingLog()
    assert _read(tmp_path / "forged.xlsx", log) == [] and log.codes[0] == "file.too_wide"


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["x" * 30_000] * 50)
    book.save(tmp_path / "big.xlsx")
    log = FindingLog()
    assert _read(tmp_path / "big.xlsx", log, unpacked_bytes=20_000) == [] and log.codes[0] == "file.too_large"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("wide.csv", "," * 1_000_000 + "\n1,2\n", "file.columns"),
        ("deep.json", "[" * 5_000 + "]" * 5_000, "file.deep"),
    ],
    ids=["a million columns", "5,000 levels"],
)
def test_wide_and_deep_files_are_refused(tmp_path: Path, name: str, content: str, code: str) -> None:
    assert _text(tmp_path, content, name) == ([], [code])


def test_double_keys_of_json_are_said_and_brackets_in_texts_are_no_levels(tmp_path: Path) -> None:
    (sheet,), codes = _text(tmp_path, '[{"person":"A","name":"' + "[" * 200 + '","name":"y"}]', "a.json")
    assert _columns(sheet)["name"] == ["y"] and codes == ["json.double"]


def test_a_line_separator_inside_a_text_ends_no_line_of_ndjson(tmp_path: Path) -> None:
    (sheet,), _ = _text(tmp_path, '{"person":"A","name":"x\u2028y"}\n{"person":"\\ud800"}\n', "a.ndjson")
    assert _columns(sheet)["name"] == ["x\u2028y", None] and len(sheet) == 2


def test_ids_cut_at_fifteen_digits_and_full_cells_are_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["person", "note"])
    book.worksheets[0].append([1234567890123450000, "x" * 32_767])
    book.save(tmp_path / "cut.xlsx")
    log = FindingLog()
    _read(tmp_path / "cut.xlsx", log)
    assert log.codes == ["cell.fifteen", "cell.full"]


def test_a_cell_that_is_too_long_is_cut_and_said(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(f"person,note\nA,{'x' * 5_000}\nB,y\n", encoding="utf-8")
    log = FindingLog()
    (sheet,) = _read(path, log, cell_chars=1_000)
    assert [len(text or "") for text in _columns(sheet)["note"]] == [1_000, 1] and log.codes == ["cell.long"]


def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.worksheets[0].append(["person", "onset"])
    book.worksheets[0].append(["A", 42_917])
    book.save(tmp_path / "mac.xlsx")
    (sheet,) = _read(tmp_path / "mac.xlsx")
    times = read_times(sheet.cells[1], zone="UTC", day_first=None, hints=sheet.dates)
    assert times.start[0] == parse_iso("2021-07-02", "UTC")[0]


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
 <table:table table:name="DS">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_open_document_sheet(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="2021-07-02"><text:p/></table:table-cell>'
    rows = [[cell.format("Họ và tên"), cell.format("Ngày khởi phát")], [cell.format("Lê Tám"), day]]
    content = ODS.format(rows="".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows))
    with zipfile.ZipFile(tmp_path / "ds.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    (sheet,) = _read(tmp_path / "ds.ods")
    assert _columns(sheet)["Họ và tên"] == ["Lê Tám"]
    assert (_columns(sheet)["Ngày khởi phát"][0] or "").startswith("2021-07-02")


@pytest.mark.parametrize(
    ("name", "content"), [("scan.pdf", b"%PDF-1.7"), ("photo.jpg", b"\xff\xd8\xff"), ("note.docx", b"PK\x03\x04")]
)
def test_pictures_and_papers_are_refused_in_a_plain_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    log = FindingLog()
    assert _read(tmp_path / name, log) == [] and log.codes == ["file.ending"]
    said = log.freeze().table.iloc[0]
    assert name.rpartition(".")[2] in said["message_en"] and "CSV" in said["fix_vi"].upper()


# ---------------------------------------------------------------------------------------------------- one night's files


def test_the_files_of_one_night_come_out_as_their_tables(shared_data: Path) -> None:
    folder = shared_data / "night_folder"
    rows: dict[str, list[int]] = {}
    for path in sorted(folder.glob("[0-9]*")):
        found = read_file(path, options=LoadOptions(), log=FindingLog())
        sheets = [sheet for grid in found if isinstance(grid, Grid) for sheet in find_sheets(grid)]
        rows[path.name[:2]] = [len(sheet) for sheet in sheets] or [
            len(each.lines) for each in found if isinstance(each, Document)
        ]
    assert rows == {
        "01": [12, 2],
        "02": [7],
        "03": [7, 4],
        "04": [15],
        "05": [8],
        "06": [5],
        "07": [20],
        "08": [10],
        "09": [8],
        "10": [6],
        "11": [6],
        "12": [9],
        "13": [27],
        "14": [9],
        "15": [15],
        "16": [22],
        "17": [6],
    }
