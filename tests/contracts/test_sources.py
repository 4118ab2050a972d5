"""The pages of the lists that are understood: each has one, its sample loads, and the index says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from source_pages import FILES, PAGES, SOURCES, forms, page

from loaders import LoadResult, load_files
from loaders.columns.words import SOURCE_WORDS
from loaders.forms import FORMS
from tracing.text import say

CASES = (
    "Mã BN,Họ và tên,Ngày khởi phát\nBN7,Phạm Chín,2021-07-26\nBN34,Trần Tám,2021-08-06\nBN35,Lê Chín,2021-08-06\n"
    "BN990700,Ngô Bảy,2021-07-20\n"
)
OWNERS = "Họ và tên,Năm sinh,Mã Bluezone\nLê Một,1981,aa11bb22cc33\nLê Hai,1982,0011223344aa\n"
#: Lists of whose rows the sample leaves out what a page says is asked, and how many questions that are.
ASKED = {"interview_form": 1, "vehicle_diary": 1, "bulletin": 1}


def sample(name: str) -> list[str]:
    blocks = re.findall(r"^```\n(.*?)^```$", (PAGES / f"{name}.md").read_text(encoding="utf-8"), re.M | re.S)
    assert len(blocks) == 1, "a page has one sample"
    return [line for line in str(blocks[0]).splitlines() if line.strip()]


def side_by_side(lines: list[str]) -> list[list[str]]:
    """Return the tables that stand side by side, with four blanks or more between."""
    wide = [re.split(r" {6,}", line) for line in lines]
    count = max(len(parts) for parts in wide)
    return [[parts[at] for parts in wide if len(parts) > at] for at in range(count)]


def write(name: str, folder: Path) -> list[Path]:
    lines = sample(name)
    if name in ("bulletin", "bluezone", "case_report"):
        path = folder / f"{name}.txt"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return [path]
    tables = side_by_side(lines) if name == "pool_results" else [lines]
    paths = []
    for number, table in enumerate(tables):
        book = openpyxl.Workbook()
        for line in table:
            mark = ";" if line.count(";") > 2 else "|"
            cells = [cell.strip() or None for cell in line.split(mark)]
            book.active.append(cells)
        paths.append(folder / f"{name}{number}.xlsx")
        book.save(paths[-1])
    return paths


def load(name: str, folder: Path) -> LoadResult:
    cases = folder / "ca-benh.csv"
    cases.write_text(CASES, encoding="utf-8")
    owners = folder / "dien-thoai.csv"
    owners.write_text(OWNERS, encoding="utf-8")
    beside = [] if name == "case_list" else [cases, owners] if name == "bluezone" else [cases]
    return load_files(beside + write(name, folder))


@pytest.mark.parametrize("name", SOURCE_WORDS)
def test_the_sample_of_a_page_is_read_and_nothing_of_it_passed_over(name: str, tmp_path: Path) -> None:
    result = load(name, tmp_path)
    told = [(finding["code"], finding["message_en"]) for _, finding in result.findings.table.iterrows()]
    mine = [summary for summary in result.summaries if summary.file.startswith(name)]
    assert mine and all(one.table not in (None, "not recognised") for one in mine), told
    assert all(one.unused == () for one in mine), told
    assert result.set_aside == () or name in ASKED, told
    assert len(result.questions) <= ASKED.get(name, 0), [say(question.text, "en") for question in result.questions]
    assert sum(one.loaded for one in mine) > 0, told


def test_every_list_has_a_page_and_every_page_is_listed() -> None:
    pages = {path.stem for path in PAGES.glob("*.md")} - {"README", "README.vi"}
    assert {name for name in pages if "." not in name} == set(SOURCE_WORDS) == set(SOURCES)
    assert {name for name in pages if "." in name} == {f"{name}.vi" for name in SOURCES}, "each in Vietnamese, too"
    assert forms() == set(FORMS), "every form is named by a list"


@pytest.mark.parametrize("lang", FILES)
def test_the_index_says_what_the_code_says(lang: str) -> None:
    assert FILES[lang].read_text(encoding="utf-8") == page(lang), "make sources"


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.md")), ids=lambda path: path.name)
def test_links_and_named_modules_are_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    root = PAGES.parents[1]
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("http") or (path.parent / target).is_file(), target
    for module in re.findall(r"`((?:loaders|tracing|cli|graph)/[\w/]+\.py)`", text):
        assert (root / module).is_file(), module
