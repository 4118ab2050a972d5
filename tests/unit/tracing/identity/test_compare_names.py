"""Names that need not be looked at pair by pair get the level that they would get if they were."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA

from tracing.identity import compare as compared
from tracing.identity.compare import LEVELS, compare
from tracing.identity.facts import PersonFacts
from tracing.model.records import Records
from tracing.spelling import accents, given_accents

NAMES = """Lê Văn Tám|Ng. V. A|Nguyễn Văn A|Nguyễn V. An|Nguyễn Văn An|N V An|Văn An|An|anh An|chị Ba An|Nguyễn An
Trần Thị Bé|Bé Ba|Sau Truong Van|Trương Văn Sáu|TRUONG VAN SAU|Tr. V. Sáu|Sáu|út Sáu|Lê Thị Hồng Sáu|Lê Sáu
Anh Công tài xế|Võ Công|Vo Van Cong|Nguyễn Thị Hường|Nguyễn Thị Hướng|Nguyễn Thi Huonh|Thạch Sa Rây|Sa Rây|Y Blơ
Đỗ T. H. Vân|Đỗ Thị Hồng Vân|Do Thi Hong Van|Đỗ Hồng Vân|Chu Văn Tư|Tư Văn|Từ Văn|Dương Ba|Ba Dương|O'Brien|X"""


def other_given(one: str, other: str) -> bool:
    return any(accents(one)) and any(accents(other)) and given_accents(one) != given_accents(other)


def levels_of(names: list[str]) -> list[str]:
    """Return the levels of the first and second name, of the third and fourth, and so on."""
    persons = pd.DataFrame({"person": [f"p{n:02d}" for n in range(len(names))], "name": names})
    a = np.arange(0, len(names), 2)
    found = compare(PersonFacts.of(Records.build({"persons": persons})), a, a + 1)["name"]
    return [LEVELS["name"][level] for level in found.tolist()]


def test_a_short_form_with_other_accents_is_none() -> None:
    other = ["Lê Hòa", "Lê Thị Hoa", "T. V. Tuân", "Trần Văn Tuấn", "Đỗ Sang", "Đỗ Văn Sáng"]
    short = ["Lê Hoà", "Lê Thị Hòa", "T. V. Tuan", "Trần Văn Tuấn", "N.T.HẢO", "Nguyễn Thị Hảo"]
    assert levels_of(other) == ["marks"] * 3
    assert levels_of(short) == ["short"] * 3


def test_i_and_y_are_one_letter_at_the_end_of_a_syllable_and_all_crossed_d_are_one() -> None:
    assert levels_of(["Lý Thị Mỹ", "Lí Thị Mĩ", "Hà Quý", "Hà Quí", "Ðoàn Thị Ðiệp", "Đoàn Thị Điệp"]) == ["same"] * 3
    assert levels_of(["Lê Thúy", "Lê Thúi"]) != ["same"]


def test_the_level_of_two_names_is_the_same_however_it_is_found() -> None:
    names = [name for line in NAMES.split("\n") for name in line.split("|")]
    persons = pd.DataFrame({"person": [f"p{n:03d}" for n in range(len(names))], "name": names})
    facts = PersonFacts.of(Records.build({"persons": persons}))
    pairs = np.array(list(combinations(range(len(names)), 2)))
    found = compare(facts, pairs[:, 0], pairs[:, 1])["name"]
    checked = 0
    for (a, b), level in zip(pairs.tolist(), found.tolist(), strict=True):
        if facts.words[a] != facts.words[b]:
            one, other = sorted((int(facts.key[a]), int(facts.key[b])))
            x, y = facts.keys[one], facts.keys[other]
            wanted = compared._unlike(x, y, min(3, OSA.distance(x, y)))
            if wanted == "short" and other_given(names[a], names[b]):
                wanted = "marks"
            assert LEVELS["name"][level] == wanted, (names[a], names[b])
            checked += 1
    assert checked > 500
