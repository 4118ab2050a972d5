"""A sheet as it looks before it is loaded; what a mapping changes; columns that must not be passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import LoadOptions, load_files, view_sheet, view_sheets
from loaders.columns.words import FIELD_WORDS, field_words
from loaders.files.headings import LAYOUTS, fields_of
from loaders.view import mask

F0 = "Mã BN,Họ và tên,Ngày khởi phát\nBN34,Trần A,2021-08-06\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_every_column_says_what_it_becomes_and_how_sure(tmp_path: Path) -> None:
    f0 = write(tmp_path, "f0.csv", F0)
    head = "STT,Họ và tên,SĐT,Ai,Ngày tiếp xúc,Mốc X,Trống"
    f1 = write(tmp_path, "f1.csv", f"{head}\n1,Lê Một,0912000001,BN34,2021-08-07,2021-08-09,\n")
    _result, (_cases, view) = view_sheets([f0, f1])
    by = {column.heading: column for column in view.columns}
    assert view.kind.say("vi") == "danh sách tiếp xúc" and 0.5 < view.sure < 0.9
    assert (by["Họ và tên"].field, by["Họ và tên"].by, by["Họ và tên"].sure) == ("name", "heading", 1.0)
    assert by["Ai"].field == "index" and by["Ai"].by == "values" and by["Ai"].sure < 1
    assert (by["STT"].use, by["Mốc X"].use, by["Trống"].use) == ("kept", "asked", "empty")
    question = by["Mốc X"].question
    assert question is not None and question in view.questions and "onset" in {c.value for c in question.choices}
    assert view.findings["code"].isin(["column.meaning"]).sum() == 1
    assert view.cells.loc[2, "Ai"] == "BN34"
    (records,) = view.becomes.values()
    assert {record.table for record in records} == {"persons", "contacts"}
    person = next(record for record in records if record.table == "persons")
    assert {"name", "phone", "person"} <= person.private and person.values["name"] == "Lê Một"


def test_one_sheet_of_a_file_alone(tmp_path: Path) -> None:
    view = view_sheet(write(tmp_path, "f0.csv", F0))
    assert view.table == "people" and [c.field for c in view.columns] == ["person", "name", "onset"]
    assert view.sure == 1.0 and not view.questions


def test_a_shape_tells_nobody() -> None:
    assert mask("Lê Thị Bé, 0912 000 001") == "Xx Xxx Xx, 9999 999 999"


def test_every_field_has_its_words() -> None:
    fields = frozenset().union(*(fields_of(layout) for layout in LAYOUTS))
    assert fields <= FIELD_WORDS.keys()
    assert field_words("stay_place_2").say("vi") == "nơi thứ 2"


class TestMapping:
    def test_it_is_given_for_a_file_and_a_sheet(self, tmp_path: Path) -> None:
        import openpyxl

        book = openpyxl.Workbook()
        for title in ("F1", "Khác"):
            sheet = book.create_sheet(title)
            sheet.append(["Họ và tên", "SĐT", "Xong"])
            sheet.append(["Lê Một", "0912000001", "2021-08-07"])
        book.remove(book.worksheets[0])
        path = tmp_path / "a.xlsx"
        book.save(path)
        views = view_sheets([path], options=LoadOptions(mapping={"a.xlsx:F1:Xong": "isolation_start"}))[1]
        assert [view.columns[2].use for view in views] == ["used", "asked"]
        assert views[0].columns[2].by == "said"

    def test_it_does_not_change_what_a_sheet_is_in_silence(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.csv", "Họ và tên,SĐT,Lý do\nLê Một,0912000001,BN34\n")
        said = load_files([path], options=LoadOptions(mapping={"Lý do": "index"})).findings
        told = said.of(code="map.kind")["message_en"].tolist()
        assert told == ["with --map this sheet is read as contact list; without, as list of people"]
        assert (
            load_files([path], options=LoadOptions(mapping={"Lý do": "occupation"})).findings.of(code="map.kind").empty
        )


@pytest.mark.parametrize(
    ("heads", "cells", "asked"),
    [
        ("Họ và tên,SĐT,Xyz", "Lê Một,0912000001,07/08/2021", "Xyz"),
        ("Họ và tên,SĐT,Buổi", "Lê Một,0912000001,14h30", "Buổi"),
        ("Họ và tên,SĐT,Chỗ ngồi ăn", "Lê Một,0912000001,Quán cơm Bảy", "Chỗ ngồi ăn"),
        ("Họ và tên,SĐT,Liên hệ bởi", "Lê Một,0912000001,BN34", "Liên hệ bởi"),
        ("Họ và tên,SĐT,Hồ sơ số", "Lê Một,0912000001,HS-00123", "Hồ sơ số"),
        ("Họ và tên,SĐT,Ngày có kết quả", "Lê Một,0912000001,07/08/2021", "Ngày có kết quả"),
        ("Họ và tên,SĐT,Ngày tử vong lần 2", "Lê Một,0912000001,07/08/2021", "Ngày tử vong lần 2"),
        ("Mã BN,Họ và tên,Ngày khởi phát,Ngày phát bệnh", "BN1,Lê Một,01/08/2021,07/08/2021", "Ngày phát bệnh"),
        ("person,onset,seen at", "P1,2021-08-01,2021-08-07", "seen at"),
        ("Họ và tên,SĐT,Chốt kiểm soát", "Lê Một,0912000001,Chốt cầu Mẫu", "Chốt kiểm soát"),
        ("Họ và tên,SĐT,Nơi cách ly", "Lê Một,0912000001,Trường Tiểu học Mẫu", "Nơi cách ly"),
        ("Họ và tên,SĐT,Mã gộp", "Lê Một,0912000001,GOP-0012", "Mã gộp"),
    ],
)
def test_a_date_time_place_id_or_case_that_nothing_uses_is_a_question(
    tmp_path: Path, heads: str, cells: str, asked: str
) -> None:
    result = load_files([write(tmp_path, "x.csv", f"{heads}\n{cells}\n")])
    assert not result.complete
    assert asked in {question.column for question in result.questions}
