"""A server whose disk fills up while records are written to it: a sentence, and after making room nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from neo4j_graph import Graph, assert_same_graph, assert_whole_rows, graph_of
from small_records import assert_same_records

from cli.main import run as truyvet
from graph import open_store
from graph.neo4j.login import Login
from graph.neo4j.server import Memory
from graph.neo4j.store import Neo4jStore
from loaders.invented.province import generate_province
from tests.fixtures_neo4j import Need, Neo4jServer
from tracing.errors import StoreError
from tracing.model.records import Records

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
#: In MiB: a new server with its constraints and indexes takes 3 and its logs; the records below would take 3 more.
ROOM = 4
SMALL_LOGS = {"db.tx_log.rotation.size": "1m"}
RESERVED_LOGS = {"true": 4, "false": 0}


class Disk:
    """A file system in memory with a size of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def mount(self, mib: int) -> bool:
        """Make it; False where that is not allowed or not known."""
        return self._mount(f"size={mib}m,mode=0700", "tmpfs")

    def resize(self, mib: int) -> None:
        assert self._mount(f"remount,size={mib}m")

    def make_room(self) -> None:
        self.resize(400)

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.folder)], check=True)

    def free(self) -> int:
        return shutil.disk_usage(self.folder).free

    def _mount(self, options: str, *device: str) -> bool:
        mount = shutil.which("mount")
        if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
            return False
        command = [mount, "-t", "tmpfs", "-o", options, *device, str(self.folder)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path: Path, need: Need) -> Iterator[Disk]:
    """A disk of our own, empty."""
    made = Disk(tmp_path / "disk")
    made.folder.mkdir()
    need(made.mount(ROOM), "No small disk can be made here to be filled up: only root may mount one, on Linux.")
    try:
        yield made
    finally:
        made.unmount()


@pytest.fixture
def start_on_disk(disk: Disk, start_neo4j: Callable[..., Neo4jServer]) -> Iterator[Callable[[str], Neo4jServer]]:
    """Start a server on the small disk; whether it reserves the space of its logs is for the test to say."""

    def start(reserve: str) -> Neo4jServer:
        disk.resize(ROOM + RESERVED_LOGS[reserve])
        settings = SMALL_LOGS | {"db.tx_log.preallocate": reserve}
        return start_neo4j(home=disk.folder / "home", settings=settings, memory=Memory(heap_mb=512, page_cache_mb=16))

    yield start
    disk.make_room()  # a server without room cannot even stop


@pytest.fixture(scope="module")
def records() -> Records:
    made = generate_province(people=600, seed=5, contacts_per_person=8).records
    # Somebody who is only met stays a node without a record of their own.
    return Records(dict(made.tables) | {"persons": made.persons.iloc[:-50]}, made.zone)


@pytest.fixture(scope="module")
def wanted(neo4j_server: Neo4jServer, records: Records) -> Graph:
    """What a load leaves that nothing disturbs."""
    neo4j_server.empty()
    with Neo4jStore(neo4j_server.uri, login=Login(neo4j_server.user, neo4j_server.password)) as store:
        store.write(records)
    return graph_of(neo4j_server)


def told(error: StoreError) -> str:
    """Return the sentence; both languages name the disk and what to do."""
    assert error.exit_code == 6
    english, said = error.text("en"), error.text("vi")
    assert "disk" in english and "full" in english and "make room" in english, english
    assert "ổ đĩa" in said and "đầy" in said and "giải phóng" in said, said
    return str(error)


@pytest.mark.parametrize(("reserve", "stopped"), [("true", True), ("false", False)])
def test_a_load_that_fills_the_disk(
    start_on_disk: Callable[[str], Neo4jServer],
    disk: Disk,
    wanted: Graph,
    records: Records,
    reserve: str,
    stopped: bool,
) -> None:
    """With logs whose space is reserved it is the graph that finds no room, else a transaction is cut off in them."""
    server = start_on_disk(reserve)
    login = Login(server.user, server.password)
    with Neo4jStore(server.uri, login=login, batch=300) as store:
        with pytest.raises(StoreError) as raised:
            store.write(records)
        told(raised.value)
        assert disk.free() < 1_500_000
        for ask in (lambda: store.write(records), store.read, store.slice, lambda: Neo4jStore(server.uri, login=login)):
            with pytest.raises(StoreError) as raised:
                ask()
            assert "stopped itself" in told(raised.value)
    if stopped:
        server.stop()
    disk.make_room()
    server.restart()
    with Neo4jStore(server.uri, login=login, batch=300, anyway=True) as store:
        assert_whole_rows(store.read(), records)
        report = store.write(records)
        assert report.new + report.known == len(records) and report.new and report.known
        assert_same_records(store.read(), records)
        assert store.write(records).new == 0
    assert_same_graph(graph_of(server), wanted)


def test_the_command_says_so_in_one_sentence(
    start_on_disk: Callable[[str], Neo4jServer],
    disk: Disk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server = start_on_disk("false")
    monkeypatch.setenv("TRUYVET_NEO4J_USER", server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", server.password)
    monkeypatch.chdir(tmp_path)
    assert truyvet(["generate", "--people", "800", "--seed", "5", "--out", "lists"]) == 0
    load = ["load", "lists", "--allow-set-aside", "--quiet", "--store"]
    capsys.readouterr()
    # Which part of the server finds the disk full first is chance, and told in words of its own.
    for lang, words, fix in (("en", "disk.* is full", "make room"), ("vi", "ổ đĩa.* đã đầy", "giải phóng")):
        assert truyvet([*load, server.uri, "--lang", lang]) == 6
        told = capsys.readouterr()
        assert re.search(words, told.err) and fix in told.err and "Traceback" not in told.err and not told.out
        assert told.err.count(server.uri) == 1
    server.stop()
    with pytest.raises(StoreError, match="space"):
        server.restart()
    disk.make_room()
    server.restart()
    assert truyvet([*load, server.uri]) == 0
    assert truyvet([*load, "embedded.duckdb"]) == 0
    with open_store(server.uri) as store, open_store("embedded.duckdb") as wanted:
        assert_same_records(store.read(), wanted.read())


def test_a_first_use_without_room_is_told(start_on_disk: Callable[[str], Neo4jServer], disk: Disk) -> None:
    """The server never answers who asked it for a constraint, and would keep the failed index for ever."""
    server = start_on_disk("true")
    login = Login(server.user, server.password)
    with (disk.folder / "filler").open("wb") as filler:
        filler.write(bytes(disk.free() - 250_000))
    with pytest.raises(StoreError) as raised:
        Neo4jStore(server.uri, login=login)
    told(raised.value)
    server.kill()
    disk.make_room()
    server.restart()
    with Neo4jStore(server.uri, login=login) as store:
        assert len(store.read()) == 0
    states = server.run("SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'truyvet_'")
    assert len(states) > 10 and {row["state"] for row in states} == {"ONLINE"}
