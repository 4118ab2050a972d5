"""Results written back: all, once, to be browsed; broken off, taken over, listed, and removed without a trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd
import pytest

from cli.main import run as truyvet
from cli.use_cases.tiers import run_of
from graph import Run, open_store
from graph.neo4j.results import _Writer, result_counts, write_results
from graph.neo4j.store import Neo4jStore
from loaders.invented.province import generate_province
from tracing.chains.chains import Chains, trace_chains
from tracing.errors import NothingFound, StoreError
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import Tiers, trace_tiers
from tracing.zones.parameters import ZoneParameters
from tracing.zones.zones import Zones, suggest_zones

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]


class World(NamedTuple):
    store: Neo4jStore
    tiers: Tiers
    chains: Chains
    zones: Zones
    run: Run

    def write(self) -> bool:
        return write_results(self.store, self.run, tiers=self.tiers, chains=self.chains, zones=self.zones)

    def ask(self, query: str, **values: Any) -> list[list[Any]]:
        with self.store.session(access="READ") as session:
            return session.run(query, values).values()

    def shape(self) -> tuple[list[list[Any]], list[list[Any]]]:
        """How many nodes and relationships there are of each kind."""
        return (
            self.ask("MATCH (n) RETURN labels(n)[0] AS l, count(*) ORDER BY l"),
            self.ask("MATCH ()-[r]->() RETURN type(r) AS t, count(*) ORDER BY t"),
        )


@pytest.fixture(scope="module")
def made(neo4j_server: Any) -> Iterator[World]:
    neo4j_server.empty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
        patch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
        with open_store(neo4j_server.uri) as store:
            assert isinstance(store, Neo4jStore)
            store.write(generate_province(people=200, seed=5).records)
            tiers = trace_tiers(store.slice(), policy=load_policy("vn-3638"))
            zones = suggest_zones(tiers, parameters=ZoneParameters(smallest="household"))
            yield World(store, tiers, trace_chains(tiers.graph, tiers=tiers), zones, run_of(tiers))


@pytest.fixture
def world(made: World) -> World:
    for header in made.store.runs():
        made.store.delete_run(header.id)
    return made


def test_everything_is_there(world: World) -> None:
    assert world.write()
    listed = world.ask(
        "MATCH (p:Person)-[t:HAS_TIER]->(x:Tier) RETURN p.person, x.tier, t.tierCertain ORDER BY p.person"
    )
    table = world.tiers.table[["person", "tier_possible", "tier_certain"]].astype(object)
    assert listed == table.where(table.notna(), None).to_numpy().tolist()
    exposed = world.ask(
        "MATCH (p)-[e:EXPOSED_BY]->(s) RETURN p.person, s.person, e.contact, e.tier, e.exposure, e.certain, e.clause"
    )
    rows = world.tiers.parents.assign(certain=world.tiers.parents["reading"] == "certain")
    rows = rows[["person", "parent", "contact", "tier", "exposure", "certain", "clause"]].astype(object)
    wanted = rows.where(rows.notna(), None).to_numpy().tolist()
    assert sorted(map(str, exposed)) == sorted(map(str, wanted))
    assert world.ask("MATCH ()-[r:LED_TO]->() RETURN count(r)") == [[len(world.chains.edges)]]
    for kind in ("HAS_TIER", "EXPOSED_BY", "LED_TO", "ENTERS", "HOLDS"):
        found = world.ask(f"MATCH ()-[r:{kind}]->() RETURN DISTINCT r.run, r.policy")
        assert found == [[world.run.id, None]], kind
    assert world.ask("MATCH (x:Tier) RETURN DISTINCT x.policy, x.asOf") == [["vn-3638", world.run.as_of]]


def test_zones_can_be_browsed(world: World) -> None:
    assert world.write()
    held = world.ask("MATCH (:Zone {proposed: true})-[h:HOLDS]->(u) RETURN coalesce(u.area, u.unit), h.part")
    assert {u for u, part in held if part == "core"} == set(world.zones.core())
    assert {u for u, part in held if part == "buffer"} == set(world.zones.buffer())
    for step in world.zones.table["step"].tolist():
        inside = world.ask(
            "MATCH (u)-[:ENTERS]->(z:Zone) WHERE z.step <= $step RETURN coalesce(u.area, u.unit)", step=step
        )
        assert sorted(u for (u,) in inside) == world.zones.core(step)
    steps = world.ask("MATCH (z:Zone) RETURN z.step, z.people, z.share ORDER BY z.step")
    assert steps == world.zones.table[["step", "people", "share"]].astype(object).to_numpy().tolist()


def test_writing_twice_changes_nothing(world: World) -> None:
    assert world.write()
    shape = world.shape()
    assert not world.write()
    assert world.shape() == shape


@pytest.mark.parametrize("after", range(1, 9))
def test_a_broken_write_is_made_whole(world: World, after: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert world.write()
    shape = world.shape()
    world.store.delete_run(world.run.id)
    left = [after]
    write = _Writer.write

    def breaking(self: _Writer, cypher: str, rows: pd.DataFrame) -> Iterator[int]:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        yield from write(self, cypher, rows)

    monkeypatch.setattr(_Writer, "write", breaking)
    with pytest.raises(KeyboardInterrupt):
        world.write()
    monkeypatch.setattr(_Writer, "write", write)
    assert result_counts(world.store) == {}
    assert world.write()
    assert world.shape() == shape


def test_a_run_that_is_removed_leaves_nothing(world: World) -> None:
    before = world.shape()
    records = world.store.read().content_hash()
    assert world.write()
    assert world.shape() != before
    assert truyvet(["neo4j", "runs", "delete", world.run.id[:8], "--store", str(world.store.address)]) == 0
    assert world.shape() == before
    assert world.store.read().content_hash() == records
    assert world.store.runs() == []
    with pytest.raises(NothingFound):
        world.store.delete_run(world.run.id)


def test_one_writer_at_a_time(world: World) -> None:
    world.store.save_run(world.run)
    with world.store.session() as session:
        first, second = (_Writer(session.execute_write, world.run) for _ in range(2))
        assert first.begin() and second.begin()
        with pytest.raises(StoreError, match="another process"):
            first.end({})
        second.end({})


def test_runs_are_listed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    address = ["--store", str(world.store.address), "--lang", "en"]
    rule = ["--policy", world.run.policy]
    assert truyvet(["tiers", *rule, *address]) == 0
    assert truyvet(["chains", "--all", *rule, *address]) == 0
    assert truyvet(["zones", *rule, *address, "--quiet"]) == 0
    capsys.readouterr()
    assert truyvet(["neo4j", "runs", "--json", *address]) == 0
    told = {run["command"]: run for run in json.loads(capsys.readouterr().out)}
    assert told["tiers"]["people"] == len(world.tiers.table)
    assert told["chains"]["links"] == len(world.chains.edges)
    assert told["zones"]["zones"] > 0
    assert truyvet(["neo4j", "runs", *address]) == 0
    assert told["tiers"]["id"] in capsys.readouterr().out
    assert truyvet(["tiers", *rule, *address]) == 0
    assert truyvet(["runs", "delete", told["tiers"]["id"], *address]) == 0
    assert world.ask("MATCH (:Tier) RETURN count(*)") == [[0]]


def test_slices_do_not_see_results(world: World) -> None:
    cases = [world.tiers.table.loc[world.tiers.table["case"], "person"].iloc[0]]
    before = world.store.slice(cases=cases, steps=2).records.content_hash()
    assert world.write()
    assert world.store.slice(cases=cases, steps=2).records.content_hash() == before


def test_what_is_written_tells_its_own_facts_and_the_id_of_its_run(world: World, neo4j_server: Any) -> None:
    """No relationship carries copies of what its run is; logs of transactions are not kept for ever."""
    assert world.write()
    facts = {"policy", "policyDigest", "asOf", "inputs", "version", "created", "command", "options", "header"}
    told = world.ask("MATCH ()-[r:HAS_TIER|EXPOSED_BY|F1_OF|LED_TO|ENTERS|HOLDS]->() RETURN type(r), keys(r)")
    assert {kind for kind, keys in told if "run" in keys} == {kind for kind, _ in told} >= {"HAS_TIER", "EXPOSED_BY"}
    assert not [kind for kind, keys in told if facts & set(keys)]
    if neo4j_server.home is not None:
        settings = (neo4j_server.home / "conf" / "neo4j.conf").read_text(encoding="utf-8")
        assert "db.tx_log.rotation.retention_policy=1 days 256M" in settings
