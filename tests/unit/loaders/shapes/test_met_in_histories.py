"""Histories of cases below their list, or in a column of it, tell whom they met."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from lists import Rows, load_lists, pairs_of, visits_of, without_accents

from loaders import load_files

ONE, TWO, THREE = "Lò Văn Pản", "Quàng Thị Ón", "Vì Văn Xôm"
HEAD = ["TT", "Mã BN", "Họ và tên", "NS", "Khởi phát"]
PEOPLE = [
    ["1", "BN70201", ONE, "1985", "18/07/2021"],
    ["2", "BN70202", TWO, "1990", "19/07/2021"],
    ["3", "BN70203", THREE, "1971", "20/07/2021"],
]
TOLD = [
    f"1. BN70201 ({ONE}): từ 18h00 đến 20h00 ngày 16/7/2021 ăn tại Quán phở Mường cùng anh Cầm Văn Hặc (SN 1991).",
    f"2. BN70202 ({TWO}): ngày 15/7/2021 ngồi cùng mâm với BN70201.",
    f"3. BN70203 ({THREE}): chồng BN70202, tiếp xúc cuối với vợ ngày 17/7/2021. Hiện không có triệu chứng.",
]
MET = {
    (ONE, TWO, "2021-07-15"),
    (TWO, THREE, "2021-07-17"),
    (ONE, "Cầm Văn Hặc", "2021-07-16"),
}


def _below(told: list[str]) -> Rows:
    return [["DANH SÁCH CA BỆNH"], HEAD, *PEOPLE, [""], ["II. Tiền sử dịch tễ"], *([line] for line in told)]


@pytest.mark.parametrize(
    "rows",
    [
        _below(TOLD),
        _below([line.replace("BN7020", "Bệnh nhân BN7020", 1) for line in TOLD]),
        _below([line.split(". ", 1)[1] for line in reversed(TOLD)]),
        [[*HEAD, "Tiền sử dịch tễ"], *([*row, line.split(": ", 1)[1]] for row, line in zip(PEOPLE, TOLD, strict=True))],
    ],
    ids=["below", "with a word before", "in another order", "in a column"],
)
def test_a_history_tells_the_cases_and_the_people_whom_a_case_met(tmp_path: Path, rows: Rows) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": rows})
    told = {(*sorted(pair[:2]), (pair[2] or pair[3])[:10]) for pair in pairs_of(result)}
    assert told == {(*sorted(pair[:2]), pair[2]) for pair in MET}


def test_a_history_without_accents_tells_the_same(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.xlsx": without_accents(_below(TOLD[1:]))})
    assert {(pair[2] or pair[3])[:10] for pair in pairs_of(result)} == {"2021-07-15", "2021-07-17"}


@pytest.mark.parametrize(
    "told", ["2. BN70202: ngày 15/7/2021 không gặp BN70201.", "2. BN70202: hình như 15/7/2021 có gặp BN70201."]
)
def test_a_history_that_denies_or_is_not_sure_makes_no_contact(tmp_path: Path, told: str) -> None:
    assert not pairs_of(load_lists(tmp_path, {"ca.xlsx": _below([told])}))


def test_a_document_with_a_list_and_a_line_for_each_case_is_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Tình hình các ca bệnh COVID-19 liên quan Công ty May Tân Phúc (đến 12h00 ngày 31/7/2021)")
    table = document.add_table(rows=0, cols=len(HEAD))
    for row in (HEAD, *PEOPLE):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for text in ("II. Tiền sử dịch tễ", *TOLD, "III. Đề nghị: các địa phương gửi danh sách trước 20h hàng ngày."):
        document.add_paragraph(text)
    document.save(str(tmp_path / "bc.docx"))
    result = load_files([tmp_path / "bc.docx"])
    assert set(result.records.persons["name"]) == {ONE, TWO, THREE, "Cầm Văn Hặc"}
    assert len(result.records.contacts) == len(MET)
    assert {place for _, place, _, _ in visits_of(result)} == {"Quán phở Mường"}
