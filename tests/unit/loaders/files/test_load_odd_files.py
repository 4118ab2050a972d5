"""From a file to clean tables: odd texts and encodings, limits, and one night's files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from sheet_files import book_sheet, columns_of, read_sheets, text_sheets

from loaders.columns.dates import read_times
from loaders.files.encodings import decode_tcvn3, find_garbled, find_vietnamese, vni_text
from loaders.files.grid import Document, Grid
from loaders.files.locate import find_sheets
from loaders.files.read import read_file
from loaders.findings import FindingLog
from loaders.options import LoadOptions
from tracing.times import parse_iso

PEOPLE = ["Lê Văn Tám", "Trần Thị Chín", "Phạm Văn Mười"]


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
    (sheet,), codes = text_sheets(tmp_path, 'person,name,phone\nP1,"A,1\nP2,B,2\nP3,"C,3\nP4,D,4\n')
    assert columns_of(sheet) == {"person": ["P1", "P2", "P3", "P4"], "name": [*"ABCD"], "phone": [*"1234"]}
    assert codes == ["row.quote", "row.quote"]


def test_notes_over_several_lines_are_left_alone(tmp_path: Path) -> None:
    (sheet,), codes = text_sheets(tmp_path, 'person,name,note\nP1,A,"one\nfever, cough, tired\nend"\nP2,"B ""x""",2\n')
    assert columns_of(sheet)["note"] == ["one\nfever, cough, tired\nend", "2"] and codes == []


def test_a_comma_inside_a_note_without_quotes_is_mended_and_said(tmp_path: Path) -> None:
    text = "STT,Họ và tên,SĐT,Ghi chú\n1,Lê Tám,0900000001,đã gọi rồi\n2,Lê Chín,0900000002,ở nhà, chưa khỏe\n"
    (sheet,), codes = text_sheets(tmp_path, text)
    assert columns_of(sheet)["Ghi chú"][1] == "ở nhà, chưa khỏe" and codes == ["row.joined"] and not sheet.ragged


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(tmp_path: Path, ending: str) -> None:
    (sheet,), codes = text_sheets(tmp_path, f"person,name{ending}A,x{ending}B,y{ending}")
    assert sheet.numbers.tolist() == [2, 3] and codes == []


def test_zero_bytes_are_left_out_and_said(tmp_path: Path) -> None:
    (sheet,), codes = text_sheets(tmp_path, b"person,name\nA,x\x00y\n" + b"B,a longer text than most\n" * 20)
    assert columns_of(sheet)["name"][0] == "xy" and codes == ["file.nul"]


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
    (sheet,), codes = text_sheets(tmp_path, content)
    assert columns_of(sheet)["Họ và tên"] == ["Nguyễn Thị Xuyến", "Đặng Văn Phước", "Huỳnh Thị Quỳnh"]
    assert codes == said


def test_old_fonts_inside_a_workbook(tmp_path: Path) -> None:
    rows = [line.split(",") for line in TCVN3.decode("cp1252").splitlines()]
    sheet = book_sheet(tmp_path, [[*rows[0], "Năm sinh"], *([*row, 1980] for row in rows[1:])])
    assert columns_of(sheet)["Họ và tên"][1] == "Đặng Văn Phước"


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
    assert read_sheets(tmp_path / "far.xlsx", log) == [] and log.codes[0] == "file.too_wide"


def test_a_forged_reference_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["person", "name"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "forged.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'r="B1"', b'r="ZZZZZ999999999"'))
    log = FindingLog()
    assert read_sheets(tmp_path / "forged.xlsx", log) == [] and log.codes[0] == "file.too_wide"


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["x" * 30_000] * 50)
    book.save(tmp_path / "big.xlsx")
    log = FindingLog()
    assert read_sheets(tmp_path / "big.xlsx", log, unpacked_bytes=20_000) == [] and log.codes[0] == "file.too_large"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("wide.csv", "," * 1_000_000 + "\n1,2\n", "file.columns"),
        ("deep.json", "[" * 5_000 + "]" * 5_000, "file.deep"),
    ],
    ids=["a million columns", "5,000 levels"],
)
def test_wide_and_deep_files_are_refused(tmp_path: Path, name: str, content: str, code: str) -> None:
    assert text_sheets(tmp_path, content, name) == ([], [code])


def test_double_keys_of_json_are_said_and_brackets_in_texts_are_no_levels(tmp_path: Path) -> None:
    (sheet,), codes = text_sheets(tmp_path, '[{"person":"A","name":"' + "[" * 200 + '","name":"y"}]', "a.json")
    assert columns_of(sheet)["name"] == ["y"] and codes == ["json.double"]


def test_a_line_separator_inside_a_text_ends_no_line_of_ndjson(tmp_path: Path) -> None:
    (sheet,), _ = text_sheets(tmp_path, '{"person":"A","name":"x\u2028y"}\n{"person":"\\ud800"}\n', "a.ndjson")
    assert columns_of(sheet)["name"] == ["x\u2028y", None] and len(sheet) == 2


def test_ids_cut_at_fifteen_digits_and_full_cells_are_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["person", "note"])
    book.worksheets[0].append([1234567890123450000, "x" * 32_767])
    book.save(tmp_path / "cut.xlsx")
    log = FindingLog()
    read_sheets(tmp_path / "cut.xlsx", log)
    assert log.codes == ["cell.fifteen", "cell.full"]


def test_a_cell_that_is_too_long_is_cut_and_said(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text(f"person,note\nA,{'x' * 5_000}\nB,y\n", encoding="utf-8")
    log = FindingLog()
    (sheet,) = read_sheets(path, log, cell_chars=1_000)
    assert [len(text or "") for text in columns_of(sheet)["note"]] == [1_000, 1] and log.codes == ["cell.long"]


def test_days_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.worksheets[0].append(["person", "onset"])
    book.worksheets[0].append(["A", 42_917])
    book.save(tmp_path / "mac.xlsx")
    (sheet,) = read_sheets(tmp_path / "mac.xlsx")
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
    (sheet,) = read_sheets(tmp_path / "ds.ods")
    assert columns_of(sheet)["Họ và tên"] == ["Lê Tám"]
    assert (columns_of(sheet)["Ngày khởi phát"][0] or "").startswith("2021-07-02")


@pytest.mark.parametrize(
    ("name", "content"), [("scan.pdf", b"%PDF-1.7"), ("photo.jpg", b"\xff\xd8\xff"), ("note.doc", b"\xd0\xcf\x11\xe0")]
)
def test_pictures_and_papers_are_refused_in_a_plain_sentence(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    log = FindingLog()
    assert read_sheets(tmp_path / name, log) == [] and log.codes == ["file.ending"]
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
