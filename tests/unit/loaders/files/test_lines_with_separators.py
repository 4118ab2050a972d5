"""Titles, sections and footers of a CSV have commas, too: they are lines about the table and none of its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import LoadResult, load_files

CASE = "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát\nBN34,Lữ Văn Chuối,1970,05/08/2021\n"
ROWS = (
    "STT,Họ và tên,Năm sinh,SĐT,Địa chỉ\n"
    "1,Vưu Thị Mận,1980,0918110041,khóm 1\n"
    "2,Diệp Văn Hồng,1985,0918110042,khóm 2\n"
    "3,Trà Thị Cam,1985,0918110043,khóm 2\n"
)
NAMES = {"Lữ Văn Chuối", "Vưu Thị Mận", "Diệp Văn Hồng", "Trà Thị Cam"}


def _load(folder: Path, text: str) -> LoadResult:
    (folder / "ca.csv").write_text(CASE, encoding="utf-8")
    (folder / "ds.csv").write_text(text, encoding="utf-8")
    return load_files([folder / "ca.csv", folder / "ds.csv"])


@pytest.mark.parametrize(
    "title",
    [
        "Danh sách F1 của BN34, lớp 7A3, trường THCS Cái Nước, huyện Cái Nước, tỉnh Cà Mau, ngày 12/8/2021",
        "Danh sách F1 của BN34,lớp 7A3,trường THCS Cái Nước,huyện Cái Nước,tỉnh Cà Mau,ngày 12/8/2021",
        "Danh sách F1 của BN34, lập ngày 12/8/2021, tại trạm y tế xã, huyện Cái Nước, tỉnh Cà Mau, gửi CDC",
    ],
)
def test_a_title_that_is_wider_than_the_table_sets_no_row_aside(tmp_path: Path, title: str) -> None:
    result = _load(tmp_path, f"{title}\n{ROWS}")
    assert set(result.records.persons["name"]) == NAMES
    assert set(result.records.contacts["person_a"]) == {"BN34"}
    assert len(result.records.contacts) == 3
    assert result.set_aside == ()


@pytest.mark.parametrize(
    "footer",
    [
        "Người lập bảng: Ngô Văn Tắc, y tế xã Tân Hưng, huyện Cái Nước, tỉnh Cà Mau, ngày 13/8/2021, ký tên",
        "Ghi chú: danh sách do y tế xã Tân Hưng, huyện Cái Nước, tỉnh Cà Mau, lập ngày 13/8/2021, gửi CDC",
    ],
)
def test_a_footer_as_wide_as_the_table_is_nobody(tmp_path: Path, footer: str) -> None:
    result = _load(tmp_path, f"Danh sách F1 của BN34\n{ROWS}{footer}\n")
    assert set(result.records.persons["name"]) == NAMES
    assert result.set_aside == ()


def test_what_a_footer_tells_of_all_is_asked(tmp_path: Path) -> None:
    footer = (
        "Tất cả F1 trên đã được đưa đi cách ly tại trường, xã Tân Hưng, huyện Cái Nước, tỉnh Cà Mau, ngày 13/8/2021"
    )
    result = _load(tmp_path, f"Danh sách F1 của BN34\n{ROWS}{footer}\n")
    assert footer in {question.said for question in result.questions}
    assert set(result.records.persons["name"]) == NAMES


def test_a_row_that_another_hand_typed_with_blanks_is_a_row(tmp_path: Path) -> None:
    result = _load(tmp_path, f"Danh sách F1 của BN34\n{ROWS}4, Ngô Thị Ổi, 1990, 0918110044, khóm 3\n")
    assert set(result.records.persons["name"]) == NAMES | {"Ngô Thị Ổi"}
