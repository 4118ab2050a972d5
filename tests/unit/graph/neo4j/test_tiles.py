"""Parts of a large load: every row is in one of them, and those that are out at a time join nothing in common."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
from small_records import JULY

from graph.neo4j import lease
from graph.neo4j.model import EDGES
from graph.neo4j.tiles import Tile, Turns, cut_rows, cut_tiles
from tracing.model.records import Records
from tracing.times import DAY, DEFAULT_ZONE


def many(count: int = 4_000, people: int = 300) -> Records:
    draw = np.random.default_rng(5)
    who = [[f"p{n}" for n in draw.integers(0, people, count)] for _side in range(2)]
    start = JULY + draw.integers(0, 20 * DAY, count)
    contacts = {"contact": [f"c{n}" for n in range(count)], "person_a": who[0], "person_b": who[1], "start": start}
    visits = {"visit": [f"v{n}" for n in range(count)], "person": who[0], "place": "market", "start": start}
    return Records.build({"contacts": pd.DataFrame(contacts), "visits": pd.DataFrame(visits)})


def joined(name: str, rows: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Give what relationships are joined to, and so locked."""
    first, second = EDGES[name].ends
    yield from (("person", one) for one in rows[first])
    if name == "visits":
        days = (pd.to_datetime(rows["start"], unit="s", utc=True).dt.tz_convert(DEFAULT_ZONE)).dt.date
        yield from zip(rows["place"], map(str, days), strict=True)
    else:
        yield from (("person", one) for one in rows[second])


@pytest.mark.parametrize("name", ["contacts", "visits"])
def test_tiles_without_a_group_in_common_join_nothing_in_common(name: str) -> None:
    frame = many()[name]
    tiles = cut_tiles(name, frame, 100, DEFAULT_ZONE)
    assert sorted(np.concatenate([tile.rows for tile in tiles]).tolist()) == list(range(len(frame)))
    assert max(len(tile.rows) for tile in tiles) <= 100
    locked = [set(joined(name, frame.take(tile.rows))) for tile in tiles]
    apart = 0
    for one, tile in enumerate(tiles):
        for other in range(one):
            if tile.groups.isdisjoint(tiles[other].groups):
                assert locked[one].isdisjoint(locked[other])
                apart += 1
    assert apart > len(tiles)


def test_rows_of_one_key_stay_together() -> None:
    frame = many(300)["contacts"]
    again = pd.concat(
        [frame, frame.iloc[:40].assign(person_b="somebody else"), frame.iloc[[0] * 60]], ignore_index=True
    )
    for tiles in (cut_tiles("contacts", again, 50, DEFAULT_ZONE), cut_rows("contacts", again, 50)):
        keys = [set(again["contact"].take(tile.rows)) for tile in tiles]
        assert sum(map(len, keys)) == again["contact"].nunique()
        assert sum(len(tile.rows) for tile in tiles) == len(again)
        assert sorted(len(tile.rows) for tile in tiles)[-2] <= 50, "but for the rows of one key"
        assert not any(tile.groups for tile in tiles)


def test_what_is_out_has_no_group_in_common_and_comes_once() -> None:
    tiles = [Tile(np.array([n]), frozenset({("Person", n % 6), ("Person", n // 6)})) for n in range(36)]
    turns, busy, given = Turns(tiles), list[tuple[str, int]](), list[int]()
    numbers = set[int]()
    lock = threading.Lock()

    def take(_: int) -> None:
        with turns.take() as (tile, number):
            with lock:
                assert tile.groups.isdisjoint(busy) and number not in numbers
                busy.extend(tile.groups)
                numbers.add(number)
                given.append(int(tile.rows[0]))
            time.sleep(0.001)
            with lock:
                for group in tile.groups:
                    busy.remove(group)
                numbers.discard(number)

    with ThreadPoolExecutor(lease.FENCES) as pool:
        list(pool.map(take, range(36)))
    assert sorted(given) == list(range(36))
