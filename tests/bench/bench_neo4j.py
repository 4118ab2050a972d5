"""Measure the Neo4j store beside a plain driver script, in the same run on the same server.

``python tests/bench/bench_neo4j.py`` starts a server of its own; ``--uri`` with ``TRUYVET_NEO4J_PASSWORD`` takes a
running one, which it fills. The two take turns: a load of ours, from looking up its people to giving back the lease,
then as many contacts by the script, in the same database. So whatever else the machine does meets both, and each finds
the graph as large as the other does. Quote the ratios.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import neo4j
import numpy as np
import pandas as pd

from cli.options import Settings
from cli.use_cases.evidence import trace_around
from cli.use_cases.tiers import run_of
from graph import Store, open_store
from graph.neo4j.login import Login
from graph.neo4j.results import write_results
from graph.neo4j.server import ManagedServer, Memory, read_password
from graph.neo4j.store import Neo4jStore
from loaders.invented.province import generate_province
from tracing.evidence.evidence import explain
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers

BATCH = 20_000
JULY = 1_625_072_400
PLAIN = """UNWIND $rows AS row MATCH (a:Plain {person: row.person_a}) MATCH (b:Plain {person: row.person_b})
CREATE (a)-[:PLAIN {contact: row.contact, start: row.start, start_to: row.start_to, end: row.end, end_to: row.end_to,
time_kind: row.time_kind, kind: row.kind, source_file: row.source_file, source_row: row.source_row}]->(b)"""
PLAIN_STEP = """MATCH (p:Person)-[r:CONTACT]-(q:Person) WHERE p.person IN $people AND r.start < $until
AND r.end > $since RETURN p.person, q.person, properties(r)"""
PLAIN_VISITS = """UNWIND $rows AS row MATCH (a:Plain {person: row.person}) MATCH (m:PlainPlace {place: row.place})
CREATE (a)-[:PLAIN_VISIT {visit: row.visit, place: row.place, start: row.start, end: row.end}]->(m)"""
PLAIN_AFTERNOON = """MATCH (a:Plain)-[v:PLAIN_VISIT]->() USING INDEX SEEK v:PLAIN_VISIT(place, start)
WHERE v.place = $place AND v.start < $until AND v.end >= $since RETURN a.person, properties(v)"""
PLAIN_SCHEMA = (
    "CREATE CONSTRAINT plain_person IF NOT EXISTS FOR (x:Plain) REQUIRE x.person IS UNIQUE",
    "CREATE CONSTRAINT plain_contact IF NOT EXISTS FOR ()-[x:PLAIN]-() REQUIRE x.contact IS UNIQUE",
    "CREATE INDEX plain_start IF NOT EXISTS FOR ()-[x:PLAIN]-() ON (x.start)",
    "CREATE INDEX plain_visit IF NOT EXISTS FOR ()-[x:PLAIN_VISIT]-() ON (x.place, x.start)",
)


def make_contacts(people: int, count: int, seed: int) -> pd.DataFrame:
    """Return contacts of random pairs over two months, with ids as a hash gives them."""
    draw = np.random.default_rng(seed)
    start = JULY + draw.integers(0, 60 * 86_400, count)
    number = np.arange(count)
    return pd.DataFrame(
        {
            "contact": [f"c-{a:016x}" for a in draw.integers(0, 1 << 62, count)],
            "person_a": [f"P{i:07d}" for i in draw.integers(0, people, count)],
            "person_b": [f"P{i:07d}" for i in draw.integers(0, people, count)],
            "start": start,
            "start_to": start,
            "end": start + 900,
            "end_to": start + 900,
            "time_kind": "presence",
            "kind": "work",
            "source_file": "contacts.csv",
            "source_row": number,
        }
    )


@contextmanager
def server(uri: str | None) -> Iterator[tuple[str, Login, int | None]]:
    """Give a running server's address and login, and its process where it is ours."""
    if uri:
        yield uri, Login("neo4j", os.environ["TRUYVET_NEO4J_PASSWORD"]), None
        return
    with tempfile.TemporaryDirectory() as home:
        managed = ManagedServer(home + "/neo4j", bolt_port=0, memory=Memory(heap_mb=1536), owner_pid=os.getpid())
        try:
            state = managed.up()
            yield state.uri, Login(state.user, read_password(state)), state.pid
        finally:
            managed.down()


def timed(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def write_plain(session: neo4j.Session, frame: pd.DataFrame) -> None:
    """Write as a plain script does: maps, one transaction per batch."""
    for start in range(0, len(frame), BATCH):
        rows = frame.iloc[start : start + BATCH].to_dict("records")
        session.execute_write(lambda tx, rows=rows: tx.run(PLAIN, rows=rows).consume())


def measure_writing(store: Neo4jStore, people: int, contacts: int, rounds: int) -> dict[str, float]:
    """Write new contacts in turns, plain and ours, and the last of ours again; return rates in rows per second."""
    names = [f"P{i:07d}" for i in range(people)]
    persons = Records.build({"persons": pd.DataFrame({"person": names})})
    plain: list[float] = []
    ours: list[float] = []
    with store.session() as session:
        for cypher in PLAIN_SCHEMA:
            session.run(cypher).consume()
        for start in range(0, people, BATCH):
            session.run("UNWIND $names AS name CREATE (:Plain {person: name})", names=names[start : start + BATCH])
        out = {"people": people / timed(lambda: store.write(persons))}
        share = contacts // rounds
        for turn in range(-1, rounds):  # the first does not count: a server is slow at first
            count = share if turn >= 0 else 3 * BATCH
            records = Records.build({"contacts": make_contacts(people, count, 2 * turn + 2)})
            other = make_contacts(people, count, 2 * turn + 3)
            both = [(ours, partial(store.write, records)), (plain, partial(write_plain, session, other))]
            for seconds, work in both if turn % 2 else reversed(both):
                seconds.append(timed(work))
        known = timed(lambda: store.write(records))
    rates = [p / o for p, o in zip(plain[1:], ours[1:], strict=True)]
    return out | {
        "plain": share / statistics.median(plain[1:]),
        "ours": share / statistics.median(ours[1:]),
        "ratio": statistics.median(rates),
        "ratio_least": min(rates),
        "ratio_most": max(rates),
        "known": share / known,
    }


def measure_reading(store: Neo4jStore, people: int) -> dict[str, float]:
    """Slice three steps around 20 people in a week, beside a plain script that walks the same rings; read all."""
    asked = [f"P{i:07d}" for i in range(0, people, people // 20)][:20]
    period = {"since": JULY + 30 * 86_400, "until": JULY + 37 * 86_400}

    def plain() -> None:
        with store.session(access="READ") as session:
            ring, edge = set(asked), set(asked)
            for _ in range(3):
                rows = session.run(PLAIN_STEP, people=sorted(edge), **period).values()
                edge = {row[side] for row in rows for side in (0, 1)} - ring
                ring |= edge

    slices, plains = [], []
    for _ in range(12):
        plains.append(timed(plain))
        slices.append(timed(lambda: store.slice(people=asked, **period)))
    graph = store.slice(people=asked, **period)
    records: list[Records] = []
    seconds = timed(lambda: records.append(store.read(tables=["contacts"])))
    return {
        "slice_ms": 1000 * statistics.median(slices[2:]),
        "plain_ms": 1000 * statistics.median(plains[2:]),
        "slice_people": len(graph),
        "slice_contacts": len(graph.records.contacts),
        "read_per_s": len(records[0].contacts) / seconds,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure_market(store: Neo4jStore, people: int, visits: int) -> dict[str, float]:
    """Ask who was in one market on an afternoon; beside it, visits that hang on the market itself, by an index."""
    draw = np.random.default_rng(11)
    start = JULY + draw.integers(0, 60 * 86_400, visits)
    frame = pd.DataFrame(
        {
            "visit": [f"v-{a:016x}" for a in draw.integers(0, 1 << 62, visits)],
            "person": [f"P{i:07d}" for i in draw.integers(0, people, visits)],
            "place": "market",
            "start": start,
            "start_to": start,
            "end": start + 2_400,
            "end_to": start + 2_400,
        }
    )
    records = Records.build({"visits": frame})
    written = timed(lambda: store.write(records))
    afternoon = {"since": JULY + 45 * 86_400 + 8 * 3_600, "until": JULY + 45 * 86_400 + 11 * 3_600}
    with store.session() as session:
        session.run("CREATE (:PlainPlace {place: 'market'})").consume()
        for first in range(0, visits, BATCH):
            session.run(PLAIN_VISITS, rows=frame.iloc[first : first + BATCH].to_dict("records")).consume()
        session.run("CALL db.awaitIndexes(600)").consume()

        def plain() -> list[list[Any]]:
            return session.run(PLAIN_AFTERNOON, place="market", **afternoon).values()

        ours, plains = [], []
        for _ in range(12):
            plains.append(timed(plain))
            ours.append(timed(lambda: store.slice(places=["market"], steps=0, **afternoon)))
        found = len(plain())
    assert found == len(store.slice(places=["market"], steps=0, **afternoon).records.visits)
    return {
        "visits": visits / written,
        "afternoon_visits": found,
        "afternoon_ms": 1000 * statistics.median(ours[2:]),
        "by_index_ms": 1000 * statistics.median(plains[2:]),
    }


def processor_seconds(pid: int | None) -> float:
    """Return what the server's process has used so far; nan for a server that is not ours."""
    if pid is None:
        return float("nan")
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def used(work: Callable[[], Any]) -> float:
    """Return the processor seconds of this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def measure_beside_embedded(store: Neo4jStore, people: int, pid: int | None) -> dict[str, float]:
    """Measure a province in both stores: reading its contacts, why somebody is listed, writing a run's results."""
    records = generate_province(people=people, seed=7).records
    policy = load_policy("vn-3638")
    store.empty("bench")
    store.filled()
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/records.duckdb") as embedded:
        for each in (store, embedded):
            each.write(records)
        tiers = trace_tiers(embedded.slice(), policy=policy)
        for each in (store, embedded):
            each.save_run(run_of(tiers, revision=each.revision()))
        second = tiers.table.loc[(tiers.table["tier_possible"] == 2).fillna(False), "person"]

        def ask(kept: Store, person: str) -> None:
            settings = Settings(policy=policy.id, quiet=True)
            found = trace_around(kept, person, policy=policy, as_of=tiers.as_of, cases=None, settings=settings)
            explain(found, person)

        both: dict[str, list[float]] = {}
        for _ in range(12):
            for name, kept in (("neo4j", store), ("embedded", embedded)):
                both.setdefault(f"read_{name}", []).append(used(partial(kept.read, tables=["contacts"])))
                both.setdefault(f"why_{name}", []).append(timed(partial(ask, kept, second.iloc[len(second) // 2])))
        rates = []
        for turn in range(4):  # the first does not count
            kept_run = run_of(tiers, options={"turn": turn})
            begin, cpu = time.perf_counter(), processor_seconds(pid)
            write_results(store, kept_run, tiers=tiers)
            rates.append((time.perf_counter() - begin, processor_seconds(pid) - cpu))
        written = len(tiers.table) + len(tiers.parents)
    middle = {name: statistics.median(times[2:]) for name, times in both.items()}  # a server is slow at first
    return {
        "province_contacts": len(records.contacts),
        "read_ratio": middle["read_neo4j"] / middle["read_embedded"],
        "why_ratio": middle["why_neo4j"] / middle["why_embedded"],
        "results": written,
        "results_per_s": written / statistics.median(wall for wall, _ in rates[1:]),
        "results_per_server_s": written / statistics.median(cpu for _, cpu in rates[1:]),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uri")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--visits", type=int, default=300_000)
    parser.add_argument("--province", type=int, default=30_000, help="people of the province of the last part")
    parser.add_argument("--last-part-only", action="store_true")
    options = parser.parse_args()
    with server(options.uri) as (uri, login, pid), Neo4jStore(uri, login=login) as store:
        figures: dict[str, float] = {}
        if not options.last_part_only:
            figures |= measure_writing(store, options.people, options.contacts, options.rounds)
            figures |= measure_reading(store, options.people)
            figures |= measure_market(store, options.people, options.visits)
        figures |= measure_beside_embedded(store, options.province, pid)
    for name, value in figures.items():
        print(f"{name:20} {value:12,.2f}")


if __name__ == "__main__":
    main()
