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

NAMES = """Lê Văn Tám|Ng. V. A|Nguyễn Văn A|Nguyễn V. An|Nguyễn Văn An|N V An|Văn An|An|anh An|chị Ba An|Nguyễn An
Trần Thị Bé|Bé Ba|Sau Truong Van|Trương Văn Sáu|TRUONG VAN SAU|Tr. V. Sáu|Sáu|út Sáu|Lê Thị Hồng Sáu|Lê Sáu
Anh Công tài xế|Võ Công|Vo Van Cong|Nguyễn Thị Hường|Nguyễn Thị Hướng|Nguyễn Thi Huonh|Thạch Sa Rây|Sa Rây|Y Blơ
Đỗ T. H. Vân|Đỗ Thị Hồng Vân|Do Thi Hong Van|Đỗ Hồng Vân|Chu Văn Tư|Tư Văn|Từ Văn|Dương Ba|Ba Dương|O'Brien|X"""


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
            assert LEVELS["name"][level] == compared._unlike(x, y, min(3, OSA.distance(x, y))), (names[a], names[b])
            checked += 1
    assert checked > 500
