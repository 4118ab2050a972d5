"""A real server comes up, is what it says, keeps its secrets and its data, and goes down."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import AuthError

from graph.neo4j.server import DEFAULT_VERSION, ManagedServer, down, jars, read_password, status, up
from tests.fixtures_neo4j import (
    NEWEST_VERSION,
    QUICK,
    SETTINGS,
    SMALL,
    Need,
    Neo4jServer,
    need_distribution,
    skip_without_java,
    started,
)
from tracing.errors import StoreError, UsageError

pytestmark = pytest.mark.neo4j


@pytest.fixture(scope="module", params=[DEFAULT_VERSION, NEWEST_VERSION])
def one(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, need: Need) -> Iterator[Neo4jServer]:
    """A server of each version, in a home whose name is not plain ASCII."""
    if request.param != DEFAULT_VERSION:
        skip_without_java(request.param)
    with started(tmp_path_factory.mktemp("máy chủ") / "Truy Vết", request.param, need, java_options=QUICK) as server:
        yield server


@pytest.fixture
def running(one: Neo4jServer) -> Neo4jServer:
    """The same server, up, whatever the test before did to it."""
    assert one.managed is not None
    one.managed.up()
    return one


@pytest.fixture
def has_jars(need: Need) -> None:
    """A test that starts a server by itself needs what every server needs."""
    need_distribution(DEFAULT_VERSION, need)


def home_of(server: Neo4jServer) -> Path:
    assert server.home is not None
    return server.home


def test_it_tells_its_address_and_version(running: Neo4jServer) -> None:
    found = status(home_of(running))
    assert found.running
    assert found.state is not None
    assert found.state.uri == running.uri == f"neo4j://127.0.0.1:{found.state.bolt_port}"
    assert found.version == found.state.version == running.version
    with urllib.request.urlopen(found.state.http_uri, timeout=10) as answer:
        said = json.load(answer)
    assert (said["neo4j_version"], said["neo4j_edition"]) == (running.version, "community")


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_the_driver_reaches_it_by_both_schemes(running: Neo4jServer, scheme: str) -> None:
    address = running.uri.replace("neo4j://", f"{scheme}://")
    with neo4j.GraphDatabase.driver(address, auth=running.auth) as driver:
        assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1


def test_only_this_machine_reaches_it(running: Neo4jServer) -> None:
    state = status(home_of(running)).state
    assert state is not None
    for port in (state.bolt_port, state.http_port):
        with socket.socket() as probe:
            probe.settimeout(2)
            # Another address of the same machine: a server that listened on all of them would answer.
            assert probe.connect_ex(("127.0.0.2", port)) != 0


def test_only_the_user_reads_what_it_keeps(running: Neo4jServer) -> None:
    home = home_of(running)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
    others = [
        path for path in home.rglob("*") if path.stat().st_mode & 0o077 and path.is_file() and path.stat().st_size
    ]
    assert others == []


def test_the_password_stands_in_one_file_only(running: Neo4jServer) -> None:
    home = home_of(running)
    running.run("RETURN $secret", secret="một bí mật của người bệnh")
    holders = [
        path.name for path in home.rglob("*") if path.is_file() and running.password.encode() in path.read_bytes()
    ]
    assert holders == ["password"]
    process = status(home).state
    assert process is not None
    listed = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(process.pid)], capture_output=True, check=True)
    assert running.password.encode() not in listed.stdout
    logs = [path for path in (home / "logs").iterdir() if "một bí mật".encode() in path.read_bytes()]
    assert logs == []


@pytest.mark.parametrize("password", ["neo4j", "wrong password", ""])
def test_it_refuses_a_wrong_password(running: Neo4jServer, password: str) -> None:
    with (
        neo4j.GraphDatabase.driver(running.uri, auth=(running.user, password)) as driver,
        pytest.raises(AuthError),
    ):
        driver.verify_connectivity()
    running.run("RETURN 1")  # and the right one still opens it


def test_a_second_up_leaves_it_alone_and_says_so(running: Neo4jServer) -> None:
    before = status(home_of(running)).state
    again = up(home_of(running))
    assert not again.started
    assert again == before
    running.run("RETURN 1")


def test_data_address_and_password_survive_down_and_up(running: Neo4jServer) -> None:
    running.run("MERGE (:Kept {id: $id})", id="Đặng-1")
    assert down(home_of(running))
    found = status(home_of(running))
    assert found.condition == "stopped"
    assert found.state is not None
    assert (found.state.uri, found.state.pid) == (running.uri, None)
    assert not down(home_of(running))
    running.restart()
    assert running.run("MATCH (k:Kept) RETURN k.id AS id")[0]["id"] == "Đặng-1"
    assert status(home_of(running)).running


@pytest.mark.parametrize("one", [DEFAULT_VERSION], indirect=True)
def test_what_was_committed_survives_kill_9(running: Neo4jServer) -> None:
    """Killed from outside and started again at once, at the same address, although the port was just in use."""
    found = status(home_of(running)).state
    assert found is not None
    assert found.pid is not None
    with running.driver() as driver:
        for number in range(50):
            driver.execute_query("CREATE (:Written {number: $number})", number=number)
        os.kill(found.pid, signal.SIGKILL)
    running.restart()
    assert running.run("MATCH (w:Written) RETURN count(DISTINCT w.number) AS n")[0]["n"] == 50


def test_a_running_server_of_another_version_is_not_replaced(running: Neo4jServer) -> None:
    with pytest.raises(UsageError, match="is running in"):
        up(home_of(running), version="5.26.1")
    assert status(home_of(running)).running


def test_empty_removes_everything(each_neo4j_server: Neo4jServer) -> None:
    each_neo4j_server.empty()
    each_neo4j_server.run("CREATE CONSTRAINT one FOR (a:A) REQUIRE a.id IS UNIQUE")
    each_neo4j_server.run("CREATE INDEX two FOR ()-[r:R]-() ON (r.id)")
    each_neo4j_server.run("UNWIND range(1, 100) AS id CREATE (:A {id: id})-[:R {id: id}]->(:B)")
    each_neo4j_server.empty()
    assert each_neo4j_server.run("MATCH (n) RETURN count(n) AS n")[0]["n"] == 0
    assert each_neo4j_server.run("SHOW INDEXES YIELD type WHERE type <> 'LOOKUP' RETURN count(*) AS n")[0]["n"] == 0


@pytest.mark.parametrize("one", [DEFAULT_VERSION], indirect=True)
def test_a_password_changed_elsewhere_is_told(running: Neo4jServer) -> None:
    home = home_of(running)
    file = home / "password"
    other = "one of my own"
    change_password(running, running.password, other)
    try:
        for _ in range(4):  # more than a server lets pass before it takes no password at all for some seconds
            assert status(home).condition == "locked"
        with pytest.raises(StoreError, match="refuses the password") as caught:
            up(home, timeout=30)
        assert other not in str(caught.value)
        file.write_text(f"{other}\n", encoding="utf-8")
        assert not up(home).started
        assert status(home).running
    finally:
        change_password(running, other, running.password)
        file.write_text(f"{running.password}\n", encoding="utf-8")


def change_password(server: Neo4jServer, old: str, new: str) -> None:
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(server.user, old)) as driver,
        driver.session(database="system") as session,
    ):
        session.run("ALTER CURRENT USER SET PASSWORD FROM $old TO $new", old=old, new=new).consume()


Start = Callable[..., Neo4jServer]


def test_it_ends_with_its_owner(start_neo4j: Start) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as owner:
        server = start_neo4j(owner_pid=owner.pid)
        assert status(home_of(server)).running
        owner.kill()
    deadline = time.monotonic() + 30
    while status(home_of(server)).condition != "stopped" and time.monotonic() < deadline:
        time.sleep(0.2)
    assert status(home_of(server)).condition == "stopped"


def test_many_ups_at_once_give_one_server(tmp_path: Path, has_jars: None) -> None:
    server = ManagedServer(
        tmp_path / "home",
        version=DEFAULT_VERSION,
        bolt_port=0,
        memory=SMALL,
        settings=SETTINGS,
        java_options=QUICK,
        owner_pid=os.getpid(),
    )
    try:
        with ThreadPoolExecutor(3) as pool:
            states = list(pool.map(lambda _: server.up(), range(3)))
        assert len({(state.pid, state.uri) for state in states}) == 1
        assert sum(state.started for state in states) == 1
    finally:
        server.down()


def test_a_taken_port_is_told(tmp_path: Path, has_jars: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(StoreError, match=f"Port {port} on 127.0.0.1 is taken"):
            up(tmp_path / "home", version=DEFAULT_VERSION, bolt_port=port)
    assert status(tmp_path / "home").condition == "absent"


def test_too_little_time_is_told_and_nothing_is_left_behind(tmp_path: Path, has_jars: None) -> None:
    home = tmp_path / "home"
    with pytest.raises(StoreError, match=r"did not answer at neo4j://127\.0\.0\.1:\d+ within 0\.3 s and was stopped"):
        up(home, version=DEFAULT_VERSION, bolt_port=0, timeout=0.3, memory=SMALL, settings=SETTINGS)
    assert status(home).condition == "stopped"


def test_a_server_that_cannot_start_says_why(tmp_path: Path, has_jars: None) -> None:
    home = tmp_path / "home"
    with pytest.raises(StoreError, match="ended while it was starting") as caught:
        up(home, version=DEFAULT_VERSION, bolt_port=0, memory=SMALL, settings={"server.memory.pagecache.size": "lots"})
    assert "lots" in str(caught.value)
    assert read_password_of(home) not in str(caught.value)
    assert status(home).condition == "stopped"


def read_password_of(home: Path) -> str:
    state = status(home).state
    assert state is not None
    return read_password(state)


def test_an_existing_installation_needs_no_maven(
    tmp_path: Path, has_jars: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "neo4j-community"
    (installed / "bin").mkdir(parents=True)
    (installed / "bin" / "neo4j").touch()
    (installed / "lib").symlink_to(jars.get_distribution(DEFAULT_VERSION).lib)
    monkeypatch.setenv("NEO4J_HOME", str(installed))
    monkeypatch.setenv("TRUYVET_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(jars, "find_maven", lambda: None)
    server = ManagedServer(
        tmp_path / "home",
        bolt_port=0,
        memory=SMALL,
        settings=SETTINGS,
        java_options=QUICK,
        owner_pid=os.getpid(),
    )
    try:
        state = server.up()
        assert server.status().running
        assert state.version == DEFAULT_VERSION
        assert {path.name for path in installed.iterdir()} == {"bin", "lib"}
    finally:
        server.down()
