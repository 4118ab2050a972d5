"""Who and what is one follows from what is on record alone: not from the order of loads, their parts, or repetition."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from identity_weights import doubled

from cli.use_cases.same import automatic_joins, open_pairs, propose
from graph import open_store
from tracing.model.records import Records

PLACES = ["Quán cà phê Gió Lộng", "QC GIO LONG", "cafe gió longg", "69A-123.45", "69A12345", "Chợ", "chợ "]
MADE = doubled(7, 60).records
RECORDS = Records.build({**MADE.tables, "places": pd.DataFrame({"place": PLACES})})
TOLD = ("persons", "cases", "places")


def found_after(loads: list[Records]) -> dict[str, Any]:
    """Return the joins and the questions after these loads, each followed by a search as ``truyvet load`` makes it."""
    with TemporaryDirectory() as folder, open_store(Path(folder) / "store.duckdb") as store:
        for part in loads:
            store.write(part)
            propose(store)
        return {
            "joins": {(one.people, one.basis, one.probability) for one in automatic_joins(store)},
            "questions": [(one.people, one.changes_tier, one.probability) for one in open_pairs(store)],
            "groups": store.identity().groups,
        }


WHOLE = found_after([RECORDS])


@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10**6), parts=st.integers(2, 4))
def test_loads_in_any_parts_and_order_and_again_find_the_same(seed: int, parts: int) -> None:
    chance = random.Random(seed)
    tables = {name: RECORDS.tables[name].sample(frac=1, random_state=seed) for name in TOLD}
    loads = [
        Records.build({**RECORDS.tables, **{name: table.iloc[at::parts] for name, table in tables.items()}})
        for at in range(parts)
    ]
    loads.insert(chance.randrange(parts), chance.choice(loads))
    assert found_after(loads) == WHOLE


def test_there_is_something_to_find() -> None:
    assert len(WHOLE["joins"]) > 1 and WHOLE["questions"] and WHOLE["groups"]
