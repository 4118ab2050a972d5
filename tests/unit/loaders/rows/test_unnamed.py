"""People who were met and whose name nobody knows: each row is somebody, and nobody on another list."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists

from tracing.identity.pairs import find_pairs
from tracing.spelling import is_name

F0: Rows = (("Mã BN", "Họ và tên", "Ngày khởi phát"), ("BN77", "Phạm Chín", "16/7/2021"))
HEAD = ("Họ và tên", "Năm sinh", "SĐT", "Tiếp xúc với F0", "Ngày tiếp xúc cuối")


@pytest.mark.parametrize("name", ["?", "...", "không rõ tên", "CHƯA RÕ", "Unknown"])
def test_each_row_is_somebody_of_their_own(tmp_path: Path, name: str) -> None:
    met: Rows = (HEAD, (name, 1983, "", "BN77", "14/7/2021"), (name, 1983, "", "BN77", "14/7/2021"))
    seen: Rows = (("Họ và tên", "Năm sinh", "Nơi đến", "Ngày"), (name, 1983, "Chợ A", "14/7/2021"))
    result = load_lists(tmp_path, {"f0.csv": F0, "f1.csv": met, "chợ.csv": seen})
    assert len(result.records.contacts) == 2 and len(result.records.persons) == 4
    assert not [question for question in result.questions if question.row]
    assert find_pairs(result.records).automatic.empty
    again = load_lists(tmp_path, {"f1.csv": met})
    assert set(again.records.persons["person"]) <= set(result.records.persons["person"])


@pytest.mark.parametrize("name", ["Võ Danh", "Trần Thị Không", "Lê Văn Biết", "Không Tên Thị Hoa", "O"])
def test_names_are_names(name: str) -> None:
    assert is_name(name)
