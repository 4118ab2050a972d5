"""An answer as a page: its ties are those of the answer and the graph; names only where they were asked for."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import pytest
from bloom_perspective import perspective
from query_answers import World, clusters_of, rows_of, sides

from cli.main import run as truyvet
from graph.neo4j import picture

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


def drawn(world: World, folder: Path, *words: str) -> tuple[dict[str, Any], str]:
    page = folder / "answer.html"
    assert truyvet(["query", *words, "--html", str(page), "--store", str(world.store.address), "--lang", "en"]) == 0
    text = page.read_text(encoding="utf-8")
    data = re.search(r'id="data">(.*?)</script>', text)
    assert data is not None
    return json.loads(data[1]), text


def pairs(told: dict[str, Any]) -> set[tuple[str, str]]:
    return {(told["nodes"][a]["id"], told["nodes"][b]["id"]) for a, b, _words in told["ties"]}


def test_the_ties_are_those_of_the_rows(world: World, tmp_path: Path) -> None:
    rows = world.ask("household-contacts")
    told, page = drawn(world, tmp_path, "household-contacts")
    assert pairs(told) == {(r["f0"], r["person"]) for r in rows}
    assert all(node["told"].startswith("F0") for node in told["nodes"] if node["id"] in world.cases)
    assert not any(name in page for name in world.records.persons["name"])
    named = drawn(world, tmp_path, "household-contacts", "--show-names")[1]
    assert any(name in named for name in world.records.persons["name"])

    case = next(case for case in world.cases if world.ask("chain-forward", case=case))
    chain, _page = drawn(world, tmp_path, "chain-forward", "-p", f"case={case}")
    assert pairs(chain) <= {(r["source"], r["target"]) for r in rows_of(world.records.links)} and chain["ties"]

    way, _page = drawn(world, tmp_path, *["path-in-time", "-p", "source=P-000049", "-p", "target=P-000300"], *PERIOD)
    steps = [
        "P-000049",
        *(r["person"] for r in world.ask("path-in-time", source="P-000049", target="P-000300", **TIMES)),
    ]
    assert pairs(way) == set(itertools.pairwise(steps))

    place, page = drawn(world, tmp_path, "people-at-place", "-p", "place=PL-00006", *PERIOD)
    assert "place=PL-00006, since=2021-07-03, until=2021-07-20<" in page, "a page that goes round says of which days"
    there = {r["person"] for r in world.ask("people-at-place", place="PL-00006", **TIMES)}
    assert pairs(place) == {("PL-00006", person) for person in there}


TIMES = {"since": "2021-07-03", "until": "2021-07-20"}
PERIOD = [word for name, value in TIMES.items() for word in ("-p", f"{name}={value}")]


def test_people_alone_are_tied_by_what_the_graph_knows(world: World, tmp_path: Path) -> None:
    told, _page = drawn(world, tmp_path, "f1-not-isolated")
    f1 = {r["person"] for r in world.ask("f1-not-isolated")}
    parents = world.tiers.parents[world.tiers.parents["tier"] == 1]
    by_run = set(zip(parents["parent"], parents["person"], strict=True))
    assert pairs(told) == {pair for pair in by_run if pair[1] in f1} and len(told["ties"]) > len(f1) / 2

    places, page = drawn(world, tmp_path, "places-of-several-cases", "-p", "days=7")
    assert "days=7," in page and "days=7.0" not in page
    assert pairs(places) and all(person in world.cases for person, _place in pairs(places))

    undated, _page = drawn(world, tmp_path, "undated-contacts")
    without = [sides(r) for r in rows_of(world.records.contacts) if r["start"] is None and r["end"] is None]
    assert {tuple(sorted(pair)) for pair in pairs(undated)} == {tuple(sorted(pair)) for pair in without}


def test_of_too_many_each_is_drawn_with_those_it_is_tied_to(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every, _page = drawn(world, tmp_path, "f1-not-isolated")
    monkeypatch.setattr(picture, "MOST", 30)
    some, page = drawn(world, tmp_path, "f1-not-isolated")
    shown = {node["id"] for node in some["nodes"]}
    assert len(shown) == 30 and f"{len(every['nodes']) - 30} signs more are not drawn" in page
    assert pairs(some) == {pair for pair in pairs(every) if shown.issuperset(pair)}
    f1 = [r["person"] for r in world.ask("f1-not-isolated")]
    tied = {person for _case, person in pairs(every)}
    assert [p for p in f1 if p in shown & tied] == [p for p in f1 if p in {t for _s, t in pairs(some)}]
    assert len(pairs(some)) > 15


def test_a_cluster_is_drawn_by_the_links_that_make_it(world: World, tmp_path: Path) -> None:
    told, _page = drawn(world, tmp_path, "clusters", "-p", "limit=3")
    cluster = clusters_of(world)
    shown = {cluster[row["person"]] for row in world.ask("clusters", limit=3)}
    links = {(r["source"], r["target"]) for r in rows_of(world.records.links)}
    assert pairs(told) == {(a, b) for a, b in links if cluster.get(a, cluster.get(b)) in shown} and told["ties"]
    assert all(words.startswith("declared link") for _a, _b, words in told["ties"])
    alone, _page = drawn(world, tmp_path, "clusters", "-p", "minimum=1", "-p", "limit=1000")
    assert pairs(alone) == links & {(a, b) for a in cluster for b in cluster}


def test_an_empty_answer_and_the_other_store_are_told(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = str(tmp_path / "none.html")
    store = ["--store", str(world.store.address), "--lang", "en"]
    assert truyvet(["query", "arrivals-from", "-p", "origin=nowhere", "--html", page, *store]) == 3
    assert not Path(page).exists()
    assert truyvet(["query", "household-contacts", "--json", "--html", page, *store]) == 2
    assert "one of --json, --csv and --html" in capsys.readouterr().err
    embedded = str(tmp_path / "some.duckdb")
    assert truyvet(["query", "household-contacts", "--html", page, "--store", embedded, "--lang", "en"]) == 6
    assert "works on a Neo4j database, and the store named is none" in capsys.readouterr().err


def test_what_the_perspective_for_bloom_names_has_in_the_graph_the_type_that_it_says(world: World) -> None:
    """Bloom offers a property for a search by what the perspective says of it."""
    types = {"string": {"STRING"}, "bigint": {"INTEGER"}, "number": {"INTEGER", "FLOAT"}, "boolean": {"BOOLEAN"}}
    types |= {"datetime": {"ZONED DATETIME"}, "date": {"DATE"}}
    told, seen = perspective(), 0
    asked = [(f"(x:{name})", rows) for name, rows in told["labels"].items()]
    asked += [(f"()-[x:{kind['name']}]->()", kind["properties"]) for kind in told["relationshipTypes"]]
    with world.store.session(access="READ") as session:
        for pattern, rows in asked:
            query = f"MATCH {pattern} UNWIND keys(x) AS key RETURN DISTINCT key, valueType(x[key]) AS type"
            there = {row["key"]: row["type"].removesuffix(" NOT NULL") for row in session.run(query)}
            named = {row["propertyKey"]: row["dataType"] for row in rows}
            wrong = {key: there[key] for key in named.keys() & there if there[key] not in types[named[key]]}
            assert wrong == {}, pattern
            seen += len(named.keys() & there)
    assert seen > 100
