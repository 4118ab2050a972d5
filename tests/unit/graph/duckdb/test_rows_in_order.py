"""Rows come out in the order of their key, whether they lie in few pieces that are in order, or in none."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from graph.duckdb import rows
from graph.duckdb.rows import fetch_in_order
from tracing.model.schema import TABLES, stored_columns

IDS = [f"p{number:05d}" for number in range(2_000)]
SHUFFLED = random.Random(7).sample(IDS, len(IDS))


def interleaved(ids: list[str], block: int) -> list[str]:
    """Return ids as two hands write them: one block after the other in turn, first all of one hand."""
    blocks = [ids[start : start + block] for start in range(0, len(ids), block)]
    return [one for hand in (blocks[::2], blocks[1::2]) for some in hand for one in some]


def kept(path: Path, ids: list[str]) -> duckdb.DuckDBPyConnection:
    """Return a table of persons in which these ids lie in this order."""
    connection = duckdb.connect(str(path))
    columns = ", ".join(f'"{name}" VARCHAR' for name in stored_columns(TABLES["persons"]))
    connection.execute(f"CREATE TABLE persons ({columns})")
    given = pa.table({"person": ids})
    connection.register("given", given)
    connection.execute("INSERT INTO persons (person) SELECT person FROM given")
    return connection


@pytest.mark.parametrize(
    "ids", [IDS, IDS[::-1], SHUFFLED, interleaved(IDS, 100), interleaved(IDS, 1), IDS[1:] + IDS[:1], IDS[:1], []]
)
def test_in_the_order_of_the_key(tmp_path: Path, ids: list[str]) -> None:
    connection = kept(tmp_path / "s.duckdb", ids)
    found = fetch_in_order(connection, "persons", "SELECT * FROM persons")
    assert found["person"].tolist() == sorted(ids)
    some = fetch_in_order(connection, "persons", "SELECT * FROM persons WHERE person < $last", {"last": IDS[500]})
    assert some["person"].tolist() == [one for one in sorted(ids) if one < IDS[500]]


@pytest.mark.parametrize(("ids", "count"), [(IDS, 1), (interleaved(IDS, 100), 20), (SHUFFLED, None)])
def test_few_pieces_are_put_behind_each_other(ids: list[str], count: int | None) -> None:
    pieces = rows._pieces(pa.chunked_array([ids[:700], ids[700:]]))
    assert (None if pieces is None else len(pieces)) == count
    if pieces is not None:
        joined = [one for start, stop in pieces for one in ids[start:stop]]
        assert joined == IDS
        assert all(start < stop for start, stop in pieces) and len({*pieces}) == len(pieces)
        assert all(one != two for one, two in pairwise(pieces))
