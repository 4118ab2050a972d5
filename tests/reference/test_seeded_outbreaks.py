"""The engine against the brute-force reference on thousands of small outbreaks under every policy: the same answer.

Many outbreaks are traced at once, side by side; the reference walks each of them alone.
"""

from __future__ import annotations

import os
import random
from functools import cache

import pytest
from brute.data import Data
from brute.days import last_day_on_record
from brute.tiers import Answer, brute_tiers
from compare import assert_same, engine_answer
from outbreaks import JULY, policies, seeded_outbreaks

from tracing.model.records import Records
from tracing.times import DAY, HOUR

#: Comparisons (an outbreak under a policy) per run.
EXAMPLES = int(os.environ.get("TRUYVET_EXAMPLES", "4000"))
BATCH = 60
BATCHES = max(1, round(EXAMPLES / BATCH / len(policies())))
#: Outbreaks in which somebody is met in the days in which the source of a case is looked for: rare, so compared always.
SOURCE_FINDING = (131, 182, 243, 264, 268, 299)


def seeds_of(number: int) -> list[int]:
    """Return the numbers of the outbreaks of a batch."""
    rare = SOURCE_FINDING if number == 0 else ()
    return sorted({*range(number * BATCH, (number + 1) * BATCH), *rare})


@cache
def batch_of(number: int) -> tuple[Records, Data, int | None]:
    """Return outbreaks side by side, as records and as rows, and the instant up to which to trace them."""
    records = seeded_outbreaks(seeds_of(number))
    pick = random.Random(number).randrange
    as_of = None if number % 2 == 0 else JULY + pick(4, 9) * DAY + pick(24) * HOUR
    return records, Data(records), as_of


@pytest.mark.parametrize("number", range(BATCHES))
@pytest.mark.parametrize("policy_name", sorted(policies()))
def test_seeded_outbreaks_under_every_policy(policy_name: str, number: int) -> None:
    records, data, as_of = batch_of(number)
    found = engine_answer(records, policy_name, as_of=as_of)
    until = last_day_on_record(data) if as_of is None else as_of
    for seed in seeds_of(number):
        mine = f"{seed}-"
        expected = brute_tiers(data.part(mine), policies()[policy_name], as_of=until)
        assert_same(expected, part_of(found, mine))


def part_of(answer: Answer, prefix: str) -> Answer:
    """Return what an answer says of the people whose ids begin with ``prefix``."""
    lists = (answer.parents, answer.co_present, answer.met_after_isolation, answer.source_finding)
    return Answer(
        {person: row for person, row in answer.table.items() if person.startswith(prefix)},
        *({row for row in one if row[0].startswith(prefix)} for one in lists),
    )


def test_the_outbreaks_hold_what_is_to_be_compared() -> None:
    """Guard against a generator that no longer makes deep, certain or co-present contacts."""
    answers = [
        brute_tiers(batch_of(0)[1].part(f"{seed}-"), policies()[name])
        for seed in seeds_of(0)
        for name in ("deep", "vn-3468")
    ]
    tiers = [row[:2] for answer in answers for row in answer.table.values()]
    assert {0, 1, 2, 3} <= {possible for _, possible in tiers}
    assert {0, 1, 2, None} <= {certain for certain, _ in tiers}
    assert any("~" in row[3] for answer in answers for row in answer.parents)
    assert any(answer.co_present for answer in answers)
    assert any(answer.met_after_isolation for answer in answers)
    assert any(answer.source_finding for answer in answers)
