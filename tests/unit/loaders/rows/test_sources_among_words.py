"""Sources that a column of a line list names among other words are asked about once, and none is lost."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lists import Rows, load_lists

from loaders.result import LoadResult

LIST: Rows = [
    ["case_id", "symptom_onset", "confirm_date", "Infection_source"],
    ["QN1", "14/01/2021", "21/01/2021", "harbour"],
    ["QN5", "15/01/2021", "22/01/2021", "unknown"],
    ["QN6", "16/01/2021", "23/01/2021", "QN5"],
    ["QN11", "23/01/2021", "26/01/2021", "family of case QN6"],
    ["QN12", "24/01/2021", "26/01/2021", "colleague of cases QN5 and QN6"],
    ["QN20", "24/01/2021", "27/01/2021", "relatives of QN1, QN11, QN12"],
    ["QN31", "25/01/2021", "27/01/2021", "sister of case 20"],
    ["QN32", "26/01/2021", "28/01/2021", "harbour; QN1 and QX99"],
    ["QN33", "26/01/2021", "28/01/2021", "shopper at the harbour, no case known"],
]


def _load(folder: Path, answers: Mapping[str, str] | None = None, rows: Rows = LIST) -> LoadResult:
    return load_lists(folder, {"line_list.csv": rows}, answers=answers)


def _links(result: LoadResult) -> set[tuple[str, str]]:
    return {(str(link.source), str(link.target)) for link in result.records.links.itertuples()}


def test_cases_named_among_words_are_one_question(tmp_path: Path) -> None:
    result = _load(tmp_path)
    (question,) = result.questions
    assert question.column == "Infection_source"
    assert [len(rows) for rows in question.waiting.values()] == [4]
    assert len(result.records.cases) == 9
    assert _links(result) == {("QN5", "QN6"), ("QN1", "QN32"), ("QX99", "QN32")}


def test_a_yes_links_every_case_that_is_named(tmp_path: Path) -> None:
    (question,) = _load(tmp_path).questions
    result = _load(tmp_path, {question.id: "yes"})
    assert not result.questions
    assert _links(result) == {
        *(("QN5", "QN6"), ("QN6", "QN11"), ("QN5", "QN12"), ("QN6", "QN12")),
        *(("QN1", "QN20"), ("QN11", "QN20"), ("QN12", "QN20"), ("QN20", "QN31"), ("QN1", "QN32"), ("QX99", "QN32")),
    }
    assert len(result.records.cases) == 9


def test_a_no_asks_about_each_of_them(tmp_path: Path) -> None:
    (question,) = _load(tmp_path).questions
    asked = _load(tmp_path, {question.id: "kept"}).questions
    assert len(asked) >= 3
    assert all(one.kind == "reference" for one in asked)


def test_few_such_texts_are_asked_about_one_by_one(tmp_path: Path) -> None:
    asked = _load(tmp_path, rows=[*LIST[:6]]).questions
    assert [one.kind for one in asked] == ["reference", "reference"]


def test_contact_with_some_case_is_not_asked_where_another_column_names_the_case(tmp_path: Path) -> None:
    rows: Rows = [
        ["id", "confirmed_date", "infected_by", "infection_reason"],
        ["1", "2020-01-20", "", "visit to the harbour"],
        ["2", "2020-01-24", "1", "contact with patient"],
        ["3", "2020-01-25", "2", "close contact of a confirmed case"],
    ]
    assert not _load(tmp_path, rows=rows).questions
    alone: Rows = [*rows, ["4", "2020-01-26", "", "contact with patient"]]
    (question,) = _load(tmp_path, rows=alone).questions
    assert question.column == "infection_reason"
    assert [len(rows) for rows in question.waiting.values()] == [1]
