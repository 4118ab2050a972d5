"""Workbooks as officers send them, and the workbook of rows set aside, which can be loaded again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from loaders import LoadOptions, LoadResult, load_files, write_set_aside
from loaders.options import Known
from tracing.times import parse_iso

GROUPS = ["STT", "Thông tin cá nhân", None, None, None, "Tiếp xúc", None, None, "Cách ly", None]
HEADS = [
    None,
    "Họ và tên (*)",
    "Năm sinh (*)",
    "Giới tính (Nữ/Nam) (*)",
    "SĐT",
    "Tiếp xúc với ca",
    "Ngày đầu tiếp xúc",
    "Ngày cuối tiếp xúc với F cấp trên",
    "Ngày bắt đầu cách ly",
    "Nơi cách ly",
]
CASES = [
    ["Mã bệnh nhân", "Họ và tên", "Ngày khởi phát", "Ngày lấy mẫu", "Kêt quả", "Kỹ thuật xét nghiệm"],
    ["BN22348", "X", "2021-07-04", "15/07/2021", "Dương tính", "PCR"],
]


@pytest.fixture
def f1_list(tmp_path: Path) -> Path:
    """A list with a title, three rows of headings, merged cells, serial dates, an error and an uncomputed formula."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "F1"
    sheet["A1"] = "DANH SÁCH F1"
    sheet["A2"] = "Ngày 8/7/2021"
    for heads in (GROUPS, HEADS, [f"({i})" for i in range(1, 11)]):
        sheet.append(heads)
    for merged in ("A1:J1", "A3:A4", "B3:E3", "F3:H3", "I3:J3"):
        sheet.merge_cells(merged)
    rows: list[list[object]] = [
        [
            1,
            "NGƯỜI MỘT",
            1991,
            "Nữ",
            912345678.0,
            "BN22348",
            date(2021, 7, 1),
            "02/07/2021",
            datetime(2021, 7, 8, 9),
            "Tại nhà",
        ],
        [2, "NGƯỜI HAI", "1985", "Nam", "0912345679", "BN22348", "25/06/2021", 44379, None, "Khu A"],
        [3, "NGƯỜI BA", 1970, "Nam", "0912345670", "BN22348", "25/06/2021", "31/6/2021", None, None],
        [4, "NGƯỜI BỐN", 1970, "Nam", "0912345671", "BN22384", "25/06/2021", "26/06/2021", None, None],
        [5, "NGƯỜI NĂM", 1971, "Nam", "0912345672", "BN22348", "25/06/2021", "26/06/2021", "#REF!", None],
        [6, "NGƯỜI SÁU", 1972, "Nam", "0912345673", "BN22348", "25/06/2021", "=H6+1", None, None],
    ]
    for row in rows:
        sheet.append(row)
    sheet["I10"].data_type = "e"
    cases = book.create_sheet("Ca bệnh")
    for case in CASES:
        cases.append(case)
    book.save(tmp_path / "f1.xlsx")
    return tmp_path / "f1.xlsx"


def test_a_list_with_a_title_and_three_rows_of_headings(f1_list: Path) -> None:
    result = load_files([f1_list])
    kinds = {s.sheet: (s.kind, s.rows, s.loaded, s.waiting, s.set_aside) for s in result.summaries}
    assert kinds == {"F1": ("contact list", 6, 2, 4, 0), "Ca bệnh": ("line list", 1, 1, 0, 0)}
    errors = result.findings.of(severity="question")
    assert errors[["cell", "code"]].values.tolist() == [
        ["H8", "date.impossible"],
        ["F9", "person.unknown"],
        ["I10", "cell.error"],
        ["H11", "cell.formula"],
    ]
    assert "exists" in errors["message_en"].iloc[1] and "BN22348" in errors["message_en"].iloc[1]
    records = result.records
    assert records.cases["person"].tolist() == ["BN22348"]
    people = records.persons.set_index("name")
    assert people.loc["NGƯỜI MỘT", "phone"] == "0912345678" and people.loc["NGƯỜI MỘT", "sex"] == "female"
    ends = sorted(records.contacts["end"].tolist())
    assert ends == [parse_iso(day)[0] for day in ("2021-06-26", "2021-07-02", "2021-07-02")]
    assert records.isolations["kind"].tolist() == ["home"]
    assert records.tests[["result", "method"]].values.tolist() == [["positive", "pcr"]]


def test_rows_set_aside_can_be_corrected_and_loaded_again(f1_list: Path, tmp_path: Path) -> None:
    first = load_files([f1_list])
    aside = tmp_path / "aside.xlsx"
    assert write_set_aside(first, aside, lang="vi") == 4
    book = openpyxl.load_workbook(aside)
    _questions, sheet = book.worksheets
    heads = [cell.value for cell in sheet[1]]
    assert heads[1:4] == ["Họ và tên (*)", "Năm sinh (*)", "Giới tính (Nữ/Nam) (*)"]
    row = dict(zip(heads, (cell.value for cell in sheet[2]), strict=True))
    assert row["truyvet:code"] == "date.impossible" and "không phải là một ngày" in row["truyvet:problem"]
    assert (row["truyvet:file"], row["truyvet:sheet"], row["truyvet:row"]) == ("f1.xlsx", "F1", "8")
    assert row["SĐT"] == "0912345670" and row["Ngày cuối tiếp xúc với F cấp trên"] == "31/6/2021"
    corrections = {
        "Ngày cuối tiếp xúc với F cấp trên": "01/07/2021",
        "Tiếp xúc với ca": "BN22348",
        "Ngày bắt đầu cách ly": None,
    }
    for cells in sheet.iter_rows(min_row=2):
        for head, cell in zip(heads, cells, strict=True):
            if head in corrections:
                cell.value = corrections[head]
    book.save(aside)

    class OnRecord(Known):
        def ids(self, table: str) -> set[str]:
            return set(first.records[table].iloc[:, 0]) if table in ("persons", "places") else set()

    again = load_files([aside], known=OnRecord())
    assert again.complete, again.findings.table.to_string()
    contacts = again.records.contacts
    assert len(contacts) == 4 and contacts["source_file"].unique().tolist() == ["f1.xlsx"]
    assert sorted(contacts["source_row"]) == [8, 9, 10, 11]
    assert (contacts["end"] == parse_iso("2021-07-01")[0]).all()  # 01/07 is day first, as the first list showed


def test_uncorrected_rows_are_set_aside_again_and_no_order_is_remembered_without_evidence(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("person,onset\nA,04/07/2021\n", encoding="utf-8")
    first = load_files([path])
    assert list(first.findings) == ["date.ambiguous"]
    write_set_aside(first, tmp_path / "aside.xlsx")
    again = load_files([tmp_path / "aside.xlsx"])
    assert list(again.findings) == ["date.ambiguous"] and again.rows_set_aside == 1
    assert load_files([tmp_path / "aside.xlsx"], options=LoadOptions(day_first=True)).complete


def test_nothing_set_aside_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("person\nA\n", encoding="utf-8")
    assert write_set_aside(load_files([path]), tmp_path / "aside.xlsx") == 0
    assert not (tmp_path / "aside.xlsx").exists()


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    path.write_text("person,onset,note\nA,31/6/2021,=1+1\n", encoding="utf-8")
    write_set_aside(load_files([path]), tmp_path / "aside.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "aside.xlsx").worksheets[0]
    assert sheet["C2"].value == "=1+1" and sheet["C2"].data_type == "s"


def _book(path: Path, **sheets: Sequence[Sequence[object]]) -> LoadResult:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return load_files([path])


def test_sheets_with_table_names_are_these_tables(tmp_path: Path) -> None:
    result = _book(
        tmp_path / "all.xlsx", persons=[["person"], [12.0], ["00123"]], links=[["source", "target"], ["00123", 12]]
    )
    assert {s.sheet: s.table for s in result.summaries} == {"persons": "persons", "links": "links"}
    assert result.records.persons["person"].tolist() == ["00123", "12"] and result.complete


def test_pooled_results_with_split_dates_and_repeated_headings(tmp_path: Path) -> None:
    heads = [
        "#",
        "Mã Tổng Hợp",
        "Mã TT (*)",
        "Họ và tên (*)",
        "Ngày sinh",
        "Tháng sinh",
        "Năm sinh (*)",
        "Giới tính (*)",
        "Số ĐT (*)",
        "Ngày lấy mẫu",
        "Kỹ thuật xét nghiệm (*)",
        "Kết quả",
    ]
    rows = [
        [
            i,
            "G1",
            f"T{i}",
            f"NGƯỜI {i}",
            2,
            9,
            1980 + i,
            "Nam",
            f"09123456{i:02}",
            "2021/07/08 08:30",
            "PCR",
            "Dương tính",
        ]
        for i in range(1, 6)
    ]
    result = _book(tmp_path / "pcr.xlsx", B18=[heads, *rows[:3], heads, *rows[3:]])
    assert result.summaries[0].kind == "test results" and result.summaries[0].rows == 5
    assert result.records.tests["pool"].tolist() == ["G1"] * 5 and len(result.records.cases) == 0
    assert "test.pool_positive" in list(result.findings)
    assert result.records.persons["birth_date"].min() == "1981-09-02"
    assert result.complete


def test_an_isolation_list_with_levels(tmp_path: Path) -> None:
    result = _book(
        tmp_path / "cl.xlsx",
        DS=[
            ["Mã cách ly", "Họ và tên", "Ngày bắt đầu", "Nơi cách ly", "Mức độ cách ly", "Ngày kết thúc"],
            ["CL1", "A", "2021-07-01", "Khu A", "FO", "2021-07-15"],
            ["CL2", "B", "2021-07-01", "Tại nhà", "F1", "2021-07-15"],
            ["CL3", "C", "2021-07-01", "Bệnh viện A", "Chưa rõ", "Chưa xác định"],
        ],
    )
    assert [question.row for question in result.questions] == [3], "whose F1"
    assert result.records.cases["person"].tolist() == ["CL1"]
    assert sorted(result.records.isolations["kind"]) == ["centre", "home", "hospital"]
    assert result.records.places["place"].tolist() == ["Bệnh viện A", "Khu A"]


def test_returnees_on_a_vehicle(tmp_path: Path) -> None:
    result = _book(
        tmp_path / "ve.xlsx",
        DS=[
            ["Họ và tên", "SĐT", "Ngày về địa phương", "Về từ", "Biển số xe", "Số ghế", "Chốt"],
            ["A", "0912345678", "2021-10-03", "Bình Dương", "69B-001.23", "12A", "Định Bình"],
        ],
    )
    arrival = result.records.arrivals.iloc[0]
    assert (arrival["origin"], arrival["vehicle"], arrival["seat_row"]) == ("Bình Dương", "69B-001.23", 12)
    assert result.records.places["kind"].tolist() == ["vehicle"]
