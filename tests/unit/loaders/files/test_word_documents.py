"""Word documents as offices send them: a letterhead, titles, tables with merged cells, signatures, or running text."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from lists import names_of, visits_of, write_list
from two_cases import CASES, DIEM, LOC, met_of

from loaders import LoadResult, load_files


def _letter(*lines: str) -> Document:
    """Return a document with the usual letterhead, which is a table, too, and these lines below it."""
    word = docx.Document()
    head = word.add_table(1, 2)
    head.cell(0, 0).text = "UBND HUYỆN ĐẦM DƠI\nTRUNG TÂM Y TẾ"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    for line in lines:
        word.add_paragraph(line)
    return word


def _add(word: Document, *rows: tuple[str, ...]) -> None:
    table = word.add_table(len(rows), len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text


def _load(word: Document, folder: Path) -> LoadResult:
    word.save(str(folder / "bao cao.docx"))
    return load_files([write_list(folder / "ca benh.csv", CASES), folder / "bao cao.docx"])


def test_a_table_below_its_titles_with_merged_cells(tmp_path: Path) -> None:
    word = _letter(
        "Đầm Dơi, ngày 20 tháng 7 năm 2021",
        "DANH SÁCH TIẾP XÚC GẦN VỚI BN502",
        "(Kèm theo Báo cáo số 45 ngày 20/7/2021)",
    )
    _add(
        word,
        ("STT", "Họ và tên", "Năm sinh", "", "Địa chỉ", "Ngày tiếp xúc"),
        ("", "", "Nam", "Nữ", "", ""),
        ("1", "Giáp Văn Cương", "1971", "", "ấp Cái Keo, xã Quách Phẩm", "19/7"),
        ("2", "Giáp Thị Thắm", "", "1975", "", "19/7"),
        ("3", "Viễn Hoài Thu", "", "2003", "ấp Bào Dừa, xã Quách Phẩm", "18/7"),
        ("", "Tổng: 03 người", "", "", "", ""),
    )
    table = word.tables[1]
    table.cell(0, 2).merge(table.cell(0, 3))
    for column in (0, 1, 4, 5):
        table.cell(0, column).merge(table.cell(1, column))
    table.cell(2, 4).merge(table.cell(3, 4))
    for line in ("NGƯỜI LẬP BẢNG", "Lê Thị X"):
        word.add_paragraph(line)
    result = _load(word, tmp_path)
    assert met_of(result) == {
        ("Giáp Văn Cương", DIEM, "2021-07-19"),
        ("Giáp Thị Thắm", DIEM, "2021-07-19"),
        ("Viễn Hoài Thu", DIEM, "2021-07-18"),
    }
    persons = result.records.persons.set_index("name")
    assert set(persons.index) == {"Giáp Văn Cương", "Giáp Thị Thắm", "Viễn Hoài Thu", LOC, DIEM}
    assert persons.loc["Giáp Thị Thắm", "address"] == "ấp Cái Keo, xã Quách Phẩm", "the merged cell holds for both"
    assert dict(persons["sex"].dropna()) == {
        "Giáp Văn Cương": "male",
        "Giáp Thị Thắm": "female",
        "Viễn Hoài Thu": "female",
    }
    assert result.complete


def test_two_tables_and_an_itinerary(tmp_path: Path) -> None:
    word = _letter(
        "BÁO CÁO TRUY VẾT BN501",
        "Bệnh nhân BN501 (nam, sinh năm 1979) khai lịch trình:",
        "- Ngày 16/7/2021: từ 6h đến 8h đi chợ Phường 7, phường 7.",
        "- Ngày 17/7/2021: khoảng 19h ăn ốc tại quán ốc 79, đường Lý Bôn.",
        "I. Danh sách F1 của BN501",
    )
    _add(word, ("TT", "Họ tên", "Năm sinh", "Ngày tiếp xúc"), ("1", "Hàng Văn Phước", "1972", "16/7/2021"))
    word.add_paragraph("II. Kết quả xét nghiệm")
    _add(
        word,
        ("TT", "Họ tên", "Năm sinh", "Ngày lấy mẫu", "Kết quả"),
        ("1", "Hàng Văn Phước", "1972", "18/7/2021", "Âm tính"),
    )
    result = _load(word, tmp_path)
    assert met_of(result) == {("Hàng Văn Phước", LOC, "2021-07-16")}
    assert {(who, start) for who, _place, start, _end in visits_of(result)} == {
        (LOC, "2021-07-16T06:00"),
        (LOC, "2021-07-17T19:00"),
    }
    names = names_of(result)
    assert [(names[t.person], t.result) for t in result.records.tests.itertuples()] == [("Hàng Văn Phước", "negative")]


def test_running_text_alone(tmp_path: Path) -> None:
    word = docx.Document()
    for line in ("F1 của BN501:", "1. Lạc Văn Tí, 1960, gặp 16/7/2021", "2. Lạc Thị Sửu, 1962, gặp 16/7/2021"):
        word.add_paragraph(line)
    assert met_of(_load(word, tmp_path)) == {(who, LOC, "2021-07-16") for who in ("Lạc Văn Tí", "Lạc Thị Sửu")}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 cut off", "file.unreadable"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "file.binary"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "file.password"),
    ],
)
def test_what_is_no_document_is_said(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "thu.docx").write_bytes(data)
    assert set(load_files([tmp_path / "thu.docx"]).findings.table["code"]) >= {code}


def test_a_document_that_unpacks_to_far_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bom.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (400 << 20))
    assert set(load_files([path]).findings.table["code"]) & {"file.packed", "file.too_large"}


def test_an_empty_document_is_said_to_be_empty(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "trong.docx"))
    assert "file.empty" in set(load_files([tmp_path / "trong.docx"]).findings.table["code"])
