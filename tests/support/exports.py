"""Loading a few files and looking into the workbooks that are exported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from cli.main import run


def load_there(folder: Path, files: Mapping[str, str], *options: str) -> Path:
    """Write files into a folder and load them into the store there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("TRUYVET_STORE", raising=False)
        for name, text in files.items():
            Path(name).write_text(text, encoding="utf-8")
        assert run(["load", *files, "-q", *options]) in (0, 4)
    return folder


def export(*options: str) -> None:
    """Export without a word; fail where that does not go."""
    assert run(["export", "--quiet", *options]) == 0


def cells(path: Path) -> dict[str, list[list[object]]]:
    """Return the cells of a workbook, row by row, by the name of their sheet."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}
