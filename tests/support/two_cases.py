"""Two known cases, and a list or a text of somebody else that speaks of them."""

from __future__ import annotations

from pathlib import Path

from lists import Rows, load_lists, pairs_of

from loaders import LoadResult, load_files

LOC, DIEM = "Trịnh Văn Lộc", "Quách Thị Diễm"
CASES: Rows = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN501", LOC, "1979", "16/07/2021"],
    ["BN502", DIEM, "1985", "18/07/2021"],
]


def load_with_cases(folder: Path, name: str, rows: Rows) -> LoadResult:
    """Load the cases and a list of rows."""
    return load_lists(folder, {"ca benh.csv": CASES, name: rows})


def load_text(folder: Path, name: str, text: str) -> LoadResult:
    """Load the cases and a file of this text."""
    load_lists(folder, {"ca benh.csv": CASES})
    (folder / name).write_text(text, encoding="utf-8")
    return load_files([folder / "ca benh.csv", folder / name])


def met_of(result: LoadResult) -> set[tuple[str, str, str]]:
    """Return who met a case, that case's name and the last day, "" where none is told."""
    pairs = ((one, other, end) for one, other, _start, end in pairs_of(result))
    return {(other, one, end) if one in (LOC, DIEM) else (one, other, end) for one, other, end in pairs}
