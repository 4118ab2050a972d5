"""Ids that look alike and are not: other scripts' letters, wide letters, invisible signs."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, names_of

from loaders import load_files
from loaders.columns.references import loose
from tracing.spelling import plain_letters


@pytest.mark.parametrize("ident", ["ВN1", "ΒΝ1", "ＢＮ１", "B\u200bN1", "\u202eBN1", "BN\u00ad1", "BN 01"])
def test_they_are_one_for_comparison(ident: str) -> None:
    assert loose(ident) == loose("BN1") == "BN1"


def test_vietnamese_letters_stay_what_they_are() -> None:
    assert plain_letters("Đắk Nông-7") == "Đắk Nông-7"


def test_two_cases_that_look_alike_are_asked_about_and_a_contact_finds_its_case(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("case id,name,onset\nBN1,A,2021-07-08\nВN1,A,2021-07-08\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text("case id,name,onset\nBN7,C,2021-07-08\n", encoding="utf-8")
    contacts = "person,name,source_case,last_contact\nK1,X,ВN7,2021-07-08\n"
    (tmp_path / "f.csv").write_text(contacts, encoding="utf-8")
    result = load_files(sorted(tmp_path.iterdir()))
    (question,) = result.questions
    assert question.kind == "person" and question.people == ("BN1", "ВN1")
    assert result.records.contacts["person_a"].tolist() == ["BN7"] or "BN7" in set(result.records.contacts["person_b"])


def test_ids_that_say_who_somebody_is_are_said(tmp_path: Path) -> None:
    rows = ["0912345678,A B,2021-07-08", "079085009999,C D,2021-07-08", "E F,E F,2021-07-08", "BN7,G H,2021-07-08"]
    (tmp_path / "c.csv").write_text("\n".join(["case id,name,onset", *rows]) + "\n", encoding="utf-8")
    found = load_files([tmp_path / "c.csv"]).findings.of(code="id.private")
    assert found["message_en"].str.startswith("3 ids are telephone numbers").all() and len(found) == 1
    assert "0912" not in found.to_json()


def test_two_workers_of_one_name_under_the_number_of_their_company_are_two(tmp_path: Path) -> None:
    colleagues = ("Lê Văn An", "Trần Thị Bé", "Phạm Văn Cội", "Võ Thị Dung", "Ngô Văn Em", "Đỗ Thị Gấm")
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "SĐT", "Địa chỉ", "Tổ"],
        *([str(i), name, str(1980 + i), "02903831615", "xã Tân Thành", "1"] for i, name in enumerate(colleagues)),
        ["7", "Nguyễn Văn Tuấn", "1990", "02903831615", "ấp Tân Hòa, xã Tân Thành", "1"],
        ["8", "Nguyễn Văn Tuấn", "1990", "02903831615", "khóm 3, phường 5", "2"],
        ["9", "Lê Văn An", "1980", "02903831615", "xã Tân Thành", "1"],
    ]
    result = load_lists(tmp_path, {"cong ty.csv": rows})
    names = sorted(names_of(result).values())
    assert names.count("Nguyễn Văn Tuấn") == 2, "a number of many people is nobody's own"
    assert names.count("Lê Văn An") == 1, "the same home, year and name are one"


def test_one_name_under_a_number_of_few_is_one_wherever_they_live(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "SĐT", "Địa chỉ"],
        ["1", "Nguyễn Văn Tuấn", "1990", "0903831615", "ấp Tân Hòa, xã Tân Thành"],
        ["2", "Nguyễn Văn Tuấn", "1990", "0903831615", "khóm 3, phường 5"],
    ]
    assert len(load_lists(tmp_path, {"f1.csv": rows}).records.persons) == 1
