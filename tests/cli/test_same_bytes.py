"""Same records, same bytes: what the commands print and write does not depend on the order or the parts of a load."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from digests import digests_of, digests_of_records

from cli.language import speak
from graph import open_store
from loaders.invented.province import generate_province
from tracing.model.records import Records


@pytest.mark.slow
def test_shuffled_in_parts_and_twice(tmp_path: Path) -> None:
    records = generate_province(people=150, seed=7, contacts_per_person=3.0).records
    chance = random.Random(5)
    with open_store(tmp_path / "store.duckdb") as store:
        for part in (1, 0):
            rows = {
                name: frame.sample(frac=1, random_state=chance.randrange(99)) for name, frame in records.tables.items()
            }
            whole = Records.build(rows)
            store.write(Records.build({name: frame.iloc[part::2] for name, frame in whole.tables.items()}))
        store.write(whole)
    try:
        assert digests_of(str(tmp_path / "store.duckdb")) == digests_of_records(records)
    finally:
        speak("en")
