"""Whatever the missing hours were, the answer lies between the certain and the possible one."""

from __future__ import annotations

import random

import pytest
from outbreaks import JULY, policies, seeded_outbreaks

from tracing import Tiers, build_contact_graph, trace_tiers
from tracing.model.records import Records
from tracing.times import DAY

NAMES = ("vn-3638", "vn-3468", "vn-11042", "latent")
TIMES = {
    "cases": ("onset", "sample", "confirmed", "isolated", "outcome_date"),
    "isolations": ("start", "end"),
}


def completed(records: Records, seed: int) -> Records:
    """Return the records with an hour for every day of a case and of an isolation."""
    draw = random.Random(seed).randrange
    tables = {}
    for name, given in records.tables.items():
        table = given.copy()
        for column in TIMES.get(name, ()):
            for row in range(len(table)):
                at, to = table[column].iloc[row], table[f"{column}_to"].iloc[row]
                if str(at) == "<NA>" or to <= at:
                    continue
                begun = at if column != "end" else max(at, min(int(table["start"].iloc[row]), to - 1))
                table.loc[row, [column, f"{column}_to"]] = begun + draw(to - begun)
        tables[name] = table
    return Records.build(tables, zone=records.zone)


def tiers_of(tiers: Tiers, name: str) -> dict[str, int]:
    table = tiers.table.dropna(subset=name)
    return dict(zip(table["person"], table[name].astype(int), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_a_completion_lies_between_possible_and_certain(name: str) -> None:
    policy = policies()[name]
    records = seeded_outbreaks(range(40))
    tests = records["tests"].iloc[:0]
    records = Records({**records.tables, "tests": tests}, records.zone)
    until = JULY + 40 * DAY
    vague = trace_tiers(build_contact_graph(records), policy=policy, as_of=until)
    for seed in range(2):
        told = trace_tiers(build_contact_graph(completed(records, seed)), policy=policy, as_of=until)
        possible, certain = tiers_of(vague, "tier_possible"), tiers_of(vague, "tier_certain")
        for person, tier in tiers_of(told, "tier_certain").items():
            assert possible[person] <= tier
        reached = tiers_of(told, "tier_possible")
        for person, tier in certain.items():
            assert reached[person] <= tier
