"""Rows that have nothing where everything is looked for: they are asked about or left out, and the list is read."""

from __future__ import annotations

from pathlib import Path

from lists import load_lists, names_of, results_of

from loaders import load_files


def test_a_line_whose_only_words_stand_beyond_the_headings_is_no_title(tmp_path: Path) -> None:
    lines = [
        "STT,Họ tên,Năm sinh,SĐT,Tiếp xúc với ca bệnh,Ngày tiếp xúc",
        "1,Cù Văn Chín,1990,0912345777,BN88,26/7/2021",
        ",,,,,,thừa",
        "2,Cù Thị Mười,1992,0912345776,BN88,25/7/2021",
        "3,Tạ Thị Hai,1992,0912345778,BN88,25/7/2021",
    ]
    path = tmp_path / "ds.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    result = load_files([path])
    assert {"Cù Văn Chín", "Cù Thị Mười", "Tạ Thị Hai"} <= set(names_of(result).values())
    assert [number for kept in result.set_aside for number in kept.numbers] == [3]


def test_a_list_of_passengers_that_names_nobody_asks_for_no_day(tmp_path: Path) -> None:
    empty = [["DANH SÁCH HÀNH KHÁCH xe 69B-012.34"], ["Ghế", "Họ tên", "Năm sinh", "SĐT", "Nơi lên"]]
    result = load_lists(tmp_path, {"xe.xlsx": empty, "ds.xlsx": [["Họ tên", "Năm sinh"], ["Lê Văn An", "1970"]]})
    assert set(names_of(result).values()) == {"Lê Văn An"}
    assert not result.questions


def test_the_second_test_of_a_row_is_positive_and_the_first_has_no_result_yet(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "XN lần 1", "", "XN lần 2", ""],
        ["", "", "Ngày", "KQ", "Ngày", "KQ"],
        ["Trần Văn Tư", "1960", "12/8/2021", "", "14/8/2021", "dương tính"],
        ["Trần Văn Tám", "1961", "12/8/2021", "âm tính", "14/8/2021", "âm tính"],
    ]
    result = load_lists(tmp_path, {"xn.xlsx": rows})
    assert ("Trần Văn Tư", "2021-08-14", "positive") in results_of(result)
    (asked,) = result.questions
    assert "on no list of cases" in str(asked.text) and asked.rows == 1
