"""Cells of twenty thousand letters that a pattern could lose itself in: read, asked about or kept, in no time."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from loaders import load_files
from loaders.columns.movements import read_movements

HEAD = "Họ và tên,SĐT,Tiếp xúc với F0,Ngày tiếp xúc,Nơi tiếp xúc,Địa chỉ,Lịch trình,Ghi chú,Giờ\n"


@pytest.mark.parametrize("word", ["từ ", "(", "1/", "BN1, ", "đến 8h ", "hộ ", "lúc 8h "])
def test_a_cell_of_one_word_many_times(tmp_path: Path, word: str) -> None:
    cell = '"' + word * (6_000 // len(word)) + '"'
    row = ",".join(['"Lê A"', "0912000001", "BN1", "2021-07-08", *[cell] * 5])
    (tmp_path / "a.csv").write_text(f"{HEAD}{row}\n{','.join([cell] * 9)}\n", encoding="utf-8")
    began = time.process_time()
    result = load_files([tmp_path / "a.csv"])
    assert time.process_time() - began < 8
    assert sum(summary.rows for summary in result.summaries) >= 1


def test_hours_before_a_day_are_read_once(tmp_path: Path) -> None:
    began = time.process_time()
    read_movements("từ " * 40 + "8h quán")
    assert time.process_time() - began < 1
    (told,) = read_movements("từ khoảng 7h đến 9h ngày 26/7: quán cà phê Gió Lộng")
    assert (told.day, told.first, told.last) == ("26/7", "07:00", "09:00")
