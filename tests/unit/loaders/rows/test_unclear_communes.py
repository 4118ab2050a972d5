"""Communes that no list of units has, or of which several fit: asked for, each once a load."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists, write_list

from loaders import Answers, LoadResult, load_files
from loaders.questions import NOBODY

OWN = "ward_haidai"
HEAD = ["Họ tên", "Năm sinh", "Địa chỉ", "Tiếp xúc với ca bệnh", "Ngày tiếp xúc"]
ROWS = [
    ["UBND QUẬN SÔNG LỤA - TRẠM Y TẾ"],
    HEAD,
    ["Trịnh Văn Tư", "1960", "Khóm 3, phường Hải Đài, quận Sông Lụa", "BN1", "12/8/2021"],
    ["Trịnh Văn Tám", "1961", "Khóm 4, PHƯỜNG HẢI ĐÀI, quận Sông Lụa", "BN1", "12/8/2021"],
]


def homes(result: LoadResult) -> dict[str, str]:
    named = result.records.persons.dropna(subset=["name", "area"])
    return dict(zip(named["name"], named["area"], strict=True))


def asked(result: LoadResult) -> dict[str, int]:
    return {question.id: question.rows for question in result.questions if "Which commune" in str(question.text)}


def test_an_unknown_commune_is_one_question_and_may_be_a_unit_of_its_own(tmp_path: Path) -> None:
    path = write_list(tmp_path / "ds.xlsx", ROWS)
    result = load_files([path])
    (question,) = asked(result)
    assert asked(result) == {question: 2} and homes(result) == {}
    assert result.findings.of(code="area.name_unclear").empty, "it is asked, and not told of once more"
    result = load_files([path], answers=Answers({question: "own"}))
    assert asked(result) == {}
    assert homes(result) == {
        "Trịnh Văn Tư": f"{OWN}-3",
        "Trịnh Văn Tám": f"{OWN}-4",
    }
    areas = result.records.areas.set_index("area")
    assert areas.loc[OWN, "level"] == "commune"
    assert set(areas.loc[areas["level"] == "hamlet", "parent"]) == {OWN}


def test_another_list_of_the_same_commune_needs_no_further_answer(tmp_path: Path) -> None:
    first = load_files([write_list(tmp_path / "a.xlsx", ROWS)])
    answers = Answers(dict.fromkeys(asked(first), "own"))
    more = [HEAD, ["Cù Thị Hai", "1980", "P. Hải Đài", "BN1", "13/8/2021"]]
    result = load_files([write_list(tmp_path / "b.xlsx", more)], answers=answers)
    assert homes(result) == {"Cù Thị Hai": OWN} and asked(result) == {}


@pytest.mark.parametrize(("answer", "area"), [("Tân Hưng, huyện Cái Nước", "32137"), (NOBODY, None), ("Xyz", None)])
def test_a_slip_of_the_pen_is_answered_with_the_commune(answer: str, area: str | None, tmp_path: Path) -> None:
    rows = [HEAD, ["Tạ Văn An", "1950", "xã Tânn Hưnng, huyện Cái Nước", "BN1", "12/8/2021"]]
    (question,) = asked(load_lists(tmp_path, {"ds.xlsx": rows}))
    result = load_lists(tmp_path, {"ds.xlsx": rows}, answers={question: answer})
    assert homes(result).get("Tạ Văn An") == area
    assert len(asked(result)) == (answer == "Xyz"), "what nobody knows is asked again"


def test_a_commune_of_one_name_in_two_districts_is_two(tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["Cù Thị Hai", "1980", "phường Hải Đài, quận Sông Lụa", "BN1", "13/8/2021"],
        ["Cù Thị Ba", "1981", "phường Hải Đài, huyện Đồi Lụa", "BN1", "13/8/2021"],
    ]
    path = write_list(tmp_path / "ds.xlsx", rows)
    questions = asked(load_files([path]))
    assert list(questions.values()) == [1, 1]
    assert len(set(homes(load_files([path], answers=Answers(dict.fromkeys(questions, "own")))).values())) == 2
