"""A log of badges on one sheet, who holds them on another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from lists import Rows, visits_of

from loaders import LoadOptions, load_files
from loaders.result import LoadResult

LOG: Rows = [
    ["Nhà máy Tân Long - lượt quẹt thẻ cổng chính"],
    ["Mã thẻ", "Tên trên thẻ", "Thời gian", "Vào/Ra"],
    ["T-0101", "KHUU THI NGA", "2021-08-10 07:01:00", "Vào"],
    ["T-0102", "LE VAN TAM", "2021-08-10 07:03:00", "Vào"],
    ["T-0103", "LE VAN TAM", "2021-08-10 07:04:00", "Vào"],
    ["T-0101", "KHUU THI NGA", "2021-08-10 16:32:00", "Ra"],
    ["T-0102", "LE VAN TAM", "2021-08-10 16:35:00", "Ra"],
    ["T-0103", "LE VAN TAM", "2021-08-10 17:00:00", "Ra"],
    ["T-0104", "TRAN VAN KHACH", "2021-08-10 09:00:00", "Vào"],
    ["T-0105", "HO VAN DOI TEN", "2021-08-10 09:30:00", "Vào"],
]
HOLDERS: Rows = [
    ["Số thẻ", "Họ tên", "Năm sinh", "Số ĐT"],
    ["T-0101", "Khưu Thị Nga", "1990", "0912000441"],
    ["T-0102", "Lê Văn Tám", "1980", "0912000442"],
    ["T-0103", "Lê Văn Tâm", "1995", "0912000443"],
    ["T-0105", "Giang Thị Cũ", "1971", "0912000445"],
]


def _load(folder: Path, log: Rows, holders: Rows) -> LoadResult:
    book = openpyxl.Workbook()
    for title, rows in (("Log", log), ("The", holders)):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book[book.sheetnames[0]]
    book.save(folder / "cong.xlsx")
    return load_files(folder / "cong.xlsx", options=LoadOptions(today=date(2021, 8, 31)))


def test_the_number_of_the_card_says_who_of_two_of_one_name_it_was(tmp_path: Path) -> None:
    result = _load(tmp_path, LOG, HOLDERS)
    people = result.records.persons.set_index("person").loc[result.records.visits["person"]]
    namesakes = people[people["name"].str.startswith("Lê Văn T")]
    told = set(zip(namesakes["phone"], namesakes["birth_year"], strict=True))
    assert told == {("0912000442", 1980), ("0912000443", 1995)}
    stays = {(who, start[11:], end[11:]) for who, _, start, end in visits_of(result)}
    assert {
        ("Khưu Thị Nga", "07:01", "16:32"),
        ("Lê Văn Tám", "07:03", "16:35"),
        ("Lê Văn Tâm", "07:04", "17:00"),
    } <= stays


def test_a_card_under_another_name_or_of_nobody_tells_nothing(tmp_path: Path) -> None:
    people = _load(tmp_path, LOG, HOLDERS).records.persons
    here = people[people["name"].isin(["HO VAN DOI TEN", "TRAN VAN KHACH", "Ho Van Doi Ten", "Tran Van Khach"])]
    assert len(here) == 2 and here["phone"].isna().all()


def test_a_number_that_two_hold_ties_nobody(tmp_path: Path) -> None:
    twice = [*HOLDERS, ["T-0103", "Lê Văn Tậm", "1999", "0912000449"]]
    result = _load(tmp_path, LOG, twice)
    people = result.records.persons.set_index("person")
    assert people.loc[[row.person for row in result.records.visits.itertuples()], "phone"].isna().all()
