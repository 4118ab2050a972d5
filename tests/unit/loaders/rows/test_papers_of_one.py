"""Rows of one list that give two papers of one person stand under one id; two papers of one kind do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import load_files


@pytest.mark.parametrize(
    ("rows", "people"),
    [
        ("Quách Thị Lan,1991,GD4960123456789,\nQuách Thị Lan,1991,HC4960123456789,0367891234", 1),
        ("Quách Thị Lan,1991,380999888,0367891234\nQuách Thị Lan,1991,096191000555,0367891234", 1),
        ("Quách Thị Lan,1991,380999888,0367891234\nQuách Thị Lan,1991,380999777,0367891234", 2),
        ("Quách Thị Lan,1991,096191000555,0367891234\nQuách Thị Lan,1991,096191000777,0367891234", 2),
    ],
)
def test_papers_of_two_kinds_can_be_one_persons(tmp_path: Path, rows: str, people: int) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"Họ và tên,Năm sinh,Số giấy tờ,SĐT\n{rows}\n", encoding="utf-8")
    result = load_files([file])
    assert len(result.records.persons) == people
