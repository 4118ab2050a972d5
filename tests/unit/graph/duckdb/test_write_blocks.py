"""However few rows are written together, the same is on record and the same is told."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from graph import LoadEntry, open_store
from graph.duckdb import write
from graph.loads import TableReport
from tracing.model.records import Records


def visits(first: int, last: int, certainty: str | None = None) -> Records:
    rows = {
        "person": [f"p{n}" for n in range(first, last)],
        "place": "m",
        "start": 10,
        "end": 20,
        "certainty": certainty,
    }
    return Records.build({"visits": pd.DataFrame(rows)})


@pytest.mark.parametrize("block", [3, 1_000])
def test_written_in_blocks(block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "BLOCK", block)
    with open_store(tmp_path / "s.duckdb") as store:
        first = store.write(visits(0, 8), load=LoadEntry.build(who="a", files={}))
        assert first.tables["visits"] == TableReport(new=8)
        both = visits(4, 11, "likely")
        told = store.write(both, load=LoadEntry.build(who="a", files={})).tables["visits"]
        assert told == TableReport(new=3, completed=4)
        assert store.read().visits["certainty"].notna().sum() == 7
        again = store.write(both, load=LoadEntry.build(who="a", files={})).tables["visits"]
        assert again == TableReport(known=7)
        store.undo_load()
        assert store.undo_load().counts["visits"] == TableReport(new=3, completed=4)
        assert store.read().visits.equals(visits(0, 8).visits)
