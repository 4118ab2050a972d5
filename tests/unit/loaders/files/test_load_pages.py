"""Lists printed over several pages, and cells that say "as above"."""

from __future__ import annotations

from pathlib import Path

from loaders.files.grid import Grid, Sheet
from loaders.files.locate import find_sheets
from loaders.files.read import read_file
from loaders.findings import FindingLog
from loaders.options import LoadOptions


def sheets(folder: Path, *lines: str) -> list[Sheet]:
    path = folder / "list.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (grid,) = read_file(path, options=LoadOptions(), log=FindingLog())
    assert isinstance(grid, Grid)
    return find_sheets(grid)


def names(sheet: Sheet) -> list[object]:
    return sheet.cells[1].tolist()


def test_cells_that_say_as_above_have_the_text_above_them(tmp_path: Path) -> None:
    (sheet,) = sheets(
        tmp_path,
        "STT,Họ và tên,SĐT,Từ đâu đến,Ghi chú",
        "1,Lê Một,0912000001,Long An,",
        "2,Lê Hai,nt,như trên,nt",
        '3,Lê Ba,"""",NT,mệt',
        "4,Lê Bốn,0912000004,-nt-,n/t",
    )
    assert sheet.cells[2].tolist() == ["0912000001"] * 3 + ["0912000004"]
    assert sheet.cells[3].tolist() == ["Long An"] * 4
    assert sheet.cells[4].isna().tolist() == [True, True, False, False] and sheet.cells[4].iloc[3] == "mệt"
    assert sheet.dittos == 7


def test_a_ditto_in_the_first_row_stays_for_somebody_to_see(tmp_path: Path) -> None:
    (sheet,) = sheets(tmp_path, "STT,Họ và tên,SĐT,Ấp", "1,Lê Một,nt,Ấp 3", "2,Lê Hai,0912000002,Ấp 3")
    assert sheet.cells[2].tolist() == ["nt", "0912000002"] and sheet.dittos == 0


def test_a_head_of_two_rows_said_again_on_the_next_page_is_no_data(tmp_path: Path) -> None:
    head = ("TT,Họ và tên,Năm sinh,,Địa chỉ", ",,Nam,Nữ,")
    (sheet,) = sheets(
        tmp_path,
        "DANH SÁCH NGƯỜI TIẾP XÚC GẦN ẤP 3,,,,",
        *head,
        "1,Lê Một,1980,,Ấp 3",
        "2,Lê Thị Hai,,1981,Ấp 3",
        "Trang 1/2,,,,",
        "DANH SÁCH NGƯỜI TIẾP XÚC GẦN ẤP 3,,,,",
        *head,
        "3,Lê Ba,1990,,Ấp 3",
        "4,Lê Thị Tư,,1991,Ấp 3",
        "Trang 2/2,,,,",
    )
    assert names(sheet) == ["Lê Một", "Lê Thị Hai", "Lê Ba", "Lê Thị Tư"]
    assert sheet.cells[2].tolist() == ["1980", "1981", "1990", "1991"]
    assert sheet.passed == {"repeated heading": 2, "page number": 2, "title again": 1}


def test_the_same_headings_below_another_title_are_another_table(tmp_path: Path) -> None:
    first, second = sheets(
        tmp_path,
        "DANH SÁCH HÀNH KHÁCH - Biển số: 69B-000.12,,,",
        "Xuất phát: 20h00 ngày 24/7/2021,,,",
        "Ghế,Họ tên hành khách,Điện thoại,Nơi xuống",
        "A01,Lê Một,0912000001,Cái Nước",
        "A02,Lê Hai,0912000002,Cái Nước",
        ",,,",
        "Xuất phát: 20h00 ngày 26/7/2021,,,",
        "Ghế,Họ tên hành khách,Điện thoại,Nơi xuống",
        "A01,Lê Ba,0912000003,Cái Nước",
        "A02,Lê Bốn,0912000004,Cái Nước",
    )
    assert (names(first), names(second)) == (["Lê Một", "Lê Hai"], ["Lê Ba", "Lê Bốn"])
    assert (first.fact("departed"), second.fact("departed")) == ("2021-07-24T20:00", "2021-07-26T20:00")
    assert second.fact("plate") == "69B-000.12"
