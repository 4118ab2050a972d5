"""One id for two people in lists of cases: nobody is lost in somebody else, and whose the id is, is asked once."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists, write_list

from graph import open_store
from loaders import LoadResult, load_files

HEAD = ("Mã BN", "Họ và tên", "Năm sinh", "SĐT", "Ngày khởi phát")
ONE = ("BN34", "Phạm Văn Hòa", 1970, "0912777001", "05/8/2021")
OTHER = ("BN34", "Võ Thị Khác", 1955, "0912777009", "06/8/2021")


def _names(result: LoadResult) -> set[str]:
    ids = set(result.records.cases["person"])
    return set(result.records.persons.loc[result.records.persons["person"].isin(ids), "name"])


@pytest.mark.parametrize("files", [{"ca.csv": (HEAD, ONE, OTHER)}, {"ca.csv": (HEAD, ONE), "cb.csv": (HEAD, OTHER)}])
def test_two_people_of_one_id_are_two_cases_until_it_is_answered(tmp_path: Path, files: dict[str, Rows]) -> None:
    result = load_lists(tmp_path, files)
    assert _names(result) == {"Phạm Văn Hòa", "Võ Thị Khác"} and len(result.records.cases) == 2
    (question,) = result.questions
    assert [choice.value for choice in question.choices] == ["same", "-", "*"]
    told = load_lists(tmp_path, files, answers={question.id: "BN43"})
    assert set(told.records.cases["person"]) == {"BN34", "BN43"} and not told.questions


@pytest.mark.parametrize(
    "row",
    [
        ("BN34", "Pham Van Hoa", 1970, "0912777001", "05/8/2021"),
        ("BN34", "Hòa", 1971, "", "05/8/2021"),
        ("BN34", "Năm Đờn", 1970, "0912777009", "05/8/2021"),
    ],
)
def test_another_spelling_or_a_nickname_is_the_same_person(tmp_path: Path, row: tuple[object, ...]) -> None:
    result = load_lists(tmp_path, {"ca.csv": (HEAD, ONE, row)})
    assert result.records.cases["person"].tolist() == ["BN34"] and not result.questions


def test_who_is_on_record_keeps_the_id(tmp_path: Path) -> None:
    with open_store(tmp_path / "store.duckdb", create=True) as store:
        store.write(load_lists(tmp_path, {"ca.csv": (HEAD, ONE)}).records)
        result = load_files([write_list(tmp_path / "cb.csv", (HEAD, OTHER))], known=store)
    assert len(result.questions) == 1 and "BN34" not in set(result.records.persons["person"])
