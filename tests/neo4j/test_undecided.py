"""What cannot be decided, or is not done, is said: places of unknown area, a load that was broken off."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_records import JULY, records_of

from cli.main import run as truyvet
from graph import LoadEntry, open_store
from graph.neo4j.login import Login
from graph.neo4j.queries import ask_query, find_query
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
TABLES: dict[str, Any] = {
    "persons": [{"person": "P1", "area": "a"}],
    "cases": [{"person": "P1", "case_code": "1", "onset": JULY}],
    "areas": [{"area": "a", "level": "commune", "parent": "d"}, {"area": "b", "parent": "d"}, {"area": "d"}],
    "places": [{"place": "home", "area": "a"}, {"place": "mill", "area": "d"}, {"place": "cafe"}],
    "visits": [{"visit": x, "person": "P1", "place": x, "start": JULY} for x in ("home", "mill", "cafe", "unknown")],
}


@pytest.fixture
def address(keep: Callable[[dict[str, Any]], str]) -> str:
    return keep(TABLES)


def test_stays_of_which_nobody_knows_where_they_were(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["query", "crossed-from-area", "-p", "area=a", "-p", "since=2021-06-01", "--store", address]
    assert truyvet([*asked, "--lang", "en"]) == 3
    assert "3 more stays or contacts may lie outside" in capsys.readouterr().out
    with open_store(address) as store:
        store.write(records_of({"places": [{"place": "cafe", "area": "b"}]}))
    assert truyvet([*asked, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [row["place"] for row in found["rows"]] == ["cafe"] and found["undecided"] == 2


def test_a_contact_of_which_the_last_day_alone_is_known_was_on_that_day(keep: Callable[[dict[str, Any]], str]) -> None:
    """Without any day nobody can say that it was in the period."""
    met = {"person_a": "P1", "person_b": "P2", "place": "shop"}
    tables = TABLES | {
        "places": [*TABLES["places"], {"place": "shop", "area": "b"}],
        "contacts": [
            {"contact": "last day", **met, "end": JULY, "end_to": JULY + 86_400},
            {"contact": "undated", **met},
        ],
    }
    with open_store(keep(tables)) as store:
        assert isinstance(store, Neo4jStore)
        for since, until, found in (("06-01", "06-30", []), ("07-01", "07-31", ["last day"]), ("07-02", "07-31", [])):
            asked = {"area": "a", "since": f"2021-{since}", "until": f"2021-{until}"}
            rows = ask_query(store, find_query("crossed-from-area"), asked).to_dicts()
            assert [row["record"] for row in rows] == found


def test_a_load_that_was_broken_off_is_listed_as_such(
    address: str, neo4j_server: Neo4jServer, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_told: object) -> None:
        raise KeyboardInterrupt

    rows = [{"contact": f"c{i}", "person_a": "P1", "person_b": f"K{i}", "start": JULY + i} for i in range(120)]
    load = LoadEntry.build(who="an", files={"a.csv": "1"})
    login = Login(neo4j_server.user, neo4j_server.password)
    with Neo4jStore(address, login=login, batch=50) as store, pytest.raises(KeyboardInterrupt):
        store.write(records_of({"contacts": rows}), load=load, progress=stop)
    assert truyvet(["undo", "--list", "--store", address, "--lang", "en"]) == 0
    assert "not finished" in capsys.readouterr().out


def test_runs_of_a_file_are_asked_for_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(tmp_path / "b.duckdb"):
        pass
    assert truyvet(["neo4j", "runs", "--store", str(tmp_path / "b.duckdb"), "--lang", "en"]) == 6
    assert "the runs of a store that is a file: truyvet runs" in capsys.readouterr().err
