"""Backups of what a Neo4j server holds, back again, everything away, a first load by the importer: on real servers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from small_records import JULY, records_of

from cli.main import run
from graph import LoadEntry, open_store
from graph.neo4j import clear
from graph.neo4j.login import Login
from graph.neo4j.server import DEFAULT_VERSION, ServerState, down, read_password, status, swap, up
from graph.neo4j.store import Neo4jStore
from loaders.invented.province import generate_province
from tests.fixtures_neo4j import QUICK, Neo4jServer, need_distribution
from tracing.errors import InputError, StoreError

Need = Callable[[object, str], None]
server_tests = pytest.mark.usefixtures("own_things")


def files_in(folder: Path) -> dict[str, str]:
    return {str(f.relative_to(folder)): f.read_text(encoding="utf-8") for f in folder.rglob("*") if f.is_file()}


def database(folder: Path, words: str) -> None:
    for part in swap._PARTS:
        (folder / part).mkdir(parents=True)
        (folder / part / "store").write_text(words, encoding="utf-8")


@pytest.mark.parametrize("renames", range(5))
def test_a_swap_that_was_killed_is_ended_by_the_next_start(
    renames: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database(tmp_path, "was")
    database(swap.begin_new(tmp_path), "comes")
    left = [renames]

    def move(here: Path, there: Path) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(here, there)

    real = swap._move
    monkeypatch.setattr(swap, "_move", move)
    if renames < 4:
        with pytest.raises(KeyboardInterrupt):
            swap.put_in_place(tmp_path)
    else:
        swap.put_in_place(tmp_path)
    monkeypatch.setattr(swap, "_move", real)
    swap.end_replacing(tmp_path)
    assert {(tmp_path / part / "store").read_text(encoding="utf-8") for part in swap._PARTS} == {"comes"}
    assert not (tmp_path / swap.NEW).exists()
    swap.put_back(tmp_path)
    assert set(files_in(tmp_path).values()) == {"was"}


def test_what_was_not_whole_leaves_all_as_it_was(tmp_path: Path) -> None:
    database(tmp_path, "was")
    before = files_in(tmp_path)
    database(swap.begin_new(tmp_path), "half")
    swap.end_replacing(tmp_path)
    assert files_in(tmp_path) == before


def test_what_is_refused_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRUYVET_NEO4J_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.dump").touch()
    remote = ["--store", "neo4j://team:7687"]
    for words, code, said in (
        (["backup", "day.zip"], 2, "ending of the file"),
        (["backup", "there.dump"], 7, "is there already"),
        (["backup", "day.dump", *remote], 2, "was not started here"),
        (["restore", "there.dump", *remote, "--yes"], 2, "was not started here"),
        (["import", "there.dump", *remote, "--yes"], 2, "was not started here"),
        (["restore", "there.dump"], 7, "Nobody is there to be asked"),
        (["backup", "day.dump"], 6, "There is no Neo4j server of truyvet"),
        (["restore", "there.dump", "--yes"], 6, "There is no Neo4j server of truyvet"),
    ):
        assert run(["neo4j", *words, "--lang", "en"]) == code, words
        told = capsys.readouterr().err
        assert said in told and "→" in told, words
    assert [path.name for path in tmp_path.iterdir()] == ["there.dump"]


@pytest.fixture
def own_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing else that could tell an address or a password, in a folder of one's own, under a careless umask."""
    for name in [name for name in os.environ if name.startswith("TRUYVET_NEO4J") or name == "TRUYVET_STORE"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRUYVET_NEO4J_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("JDK_JAVA_OPTIONS", " ".join(QUICK))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def loose_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def own_server(own_things: None, tmp_path: Path, need: Need) -> Iterator[ServerState]:
    """A server as ``truyvet neo4j up`` starts it."""
    need_distribution(DEFAULT_VERSION, need)
    try:
        yield up(tmp_path / "home", version=DEFAULT_VERSION, bolt_port=0)
    finally:
        down(tmp_path / "home")


def everything(store: Neo4jStore) -> dict[str, object]:
    """Return what the store holds, as another can hold it too."""
    return {
        "records": store.read().content_hash(),
        "notes": store.all_notes(),
        "loads": store.loads(),
        "runs": [header.id for header in store.runs()],
        "exports": store.exports(),
    }


def holds(home: Path, text: str) -> bool:
    """Tell whether a text stands in any file of a server."""
    return any(text.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file())


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.neo4j
@pytest.mark.slow
def test_ones_own_server(own_server: ServerState, loose_umask: None, capsys: pytest.CaptureFixture[str]) -> None:
    here, home = Path(), own_server.home
    quiet = ["--lang", "en", "--quiet"]
    with open_store("province.duckdb") as store:
        store.write(generate_province(people=150, seed=5).records, load=LoadEntry.build(who="an", files={"a": "1"}))
        store.save_note("answer", "q", {"choice": "1"})
        kept = store.read().content_hash()
    assert run(["neo4j", "import", "province.duckdb", *quiet]) == 0, capsys.readouterr().err
    with open_store(own_server.uri) as store:
        assert store.read().content_hash() == kept and store.notes("answer") == {"q": {"choice": "1"}}
        assert [load.who for load in store.loads()] == ["an"]
    tiers = ["tiers", "--json", "--store", own_server.uri, *quiet]
    assert run(tiers) == 0
    before = capsys.readouterr().out
    with open_store(own_server.uri) as store:
        all_of_it = everything(store)
    assert run(["neo4j", "backup", "day.dump", *quiet]) == 0
    assert mode(here / "day.dump") == 0o600 and status(home).running
    for words in (["restore", "day.dump"], ["import", "province.duckdb"]):
        assert run(["neo4j", *words, *quiet]) == 7, "it asks, and nobody is there"

    foreign = "MATCH (n) RETURN n.name"
    with GraphDatabase.driver(own_server.uri, auth=(own_server.user, read_password(own_server))) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
        driver.execute_query("CREATE (:Person {name: 'somebody'})")
        imported, restored = ["import", "province.duckdb"], ["restore", "day.dump", "--yes"]
        for words in (imported, [*imported, "--yes"], ["clear", "--yes"], restored):
            assert run(["neo4j", *words, *quiet]) == 6
            assert "a graph that is not one of truyvet" in capsys.readouterr().err
            assert driver.execute_query(foreign).records[0].value() == "somebody"
        driver.execute_query("MATCH (n) DELETE n")
    assert run(["neo4j", "restore", "day.dump", "--yes", *quiet]) == 0

    remark = "one that nobody else makes, long enough for a file of its own"
    with open_store(own_server.uri) as store:
        store.save_note("answer", "remark", {"choice": remark})
    assert holds(home, remark), "it is looked for where it would be"
    assert run(["neo4j", "clear", *quiet]) == 7, "it asks, and nobody is there"
    assert run(["neo4j", "clear", "--yes", *quiet]) == 0
    assert status(home).running and not holds(home, remark), "nothing that was removed is left in the files"
    assert run(tiers) == 6, "nothing is there"
    (here / "bad.dump").write_bytes((here / "day.dump").read_bytes()[:1000])
    capsys.readouterr()
    assert run(["neo4j", "restore", "bad.dump", "--yes", *quiet]) == InputError.exit_code
    assert "the database is as it was" in capsys.readouterr().err
    assert status(home).running, "it ran before"
    assert run(["neo4j", "restore", "day.dump", "--yes", *quiet]) == 0
    capsys.readouterr()
    with open_store(own_server.uri) as store:
        assert everything(store) == all_of_it
    assert run(tiers) == 0
    assert before.endswith(capsys.readouterr().out)
    assert not {path.name for path in home.iterdir()} & {swap.NEW, swap.OLD}
    assert not [path for path in home.rglob("*") if path.is_file() and mode(path) & 0o077]
    assert not list(here.glob(".*.part"))


@pytest.mark.neo4j
@pytest.mark.slow
@server_tests
def test_any_server_by_its_records(
    neo4j_server: Neo4jServer, loose_umask: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    neo4j_server.empty()
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    there = ["--store", neo4j_server.uri, "--lang", "en", "--quiet"]
    with open_store(neo4j_server.uri) as store:
        store.write(generate_province(people=80, seed=5).records, load=LoadEntry.build(who="an", files={"a": "1"}))
    assert run(["tiers", "--json", *there]) == 0
    before = capsys.readouterr().out
    with open_store(neo4j_server.uri) as store:
        all_of_it = everything(store)
    assert run(["neo4j", "backup", "day.duckdb", *there]) == 0
    assert mode(Path("day.duckdb")) == 0o600
    with open_store("day.duckdb", read_only=True) as store:
        assert everything(store) == all_of_it
    assert run(["tiers", "--json", "--store", "day.duckdb", "--quiet"]) == 0
    assert capsys.readouterr().out.endswith(before)
    assert run(["neo4j", "clear", *there]) == 7, "it asks, and nobody is there"
    assert run(["neo4j", "clear", "--yes", *there]) == 0
    assert neo4j_server.run("MATCH (n) RETURN count(n) AS n")[0]["n"] == 0
    assert not neo4j_server.run("SHOW CONSTRAINTS YIELD name")

    def broken(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Neo4jStore, "write", broken)
        assert run(["neo4j", "restore", "day.duckdb", "--yes", *there]) not in (0, 1)
    capsys.readouterr()
    assert run(["tiers", *there]) == 6, "nobody answers from half of a backup"
    assert "to remove everything here" in capsys.readouterr().err
    assert run(["neo4j", "restore", "day.duckdb", "--yes", *there]) == 0
    capsys.readouterr()
    with open_store(neo4j_server.uri) as store:
        assert everything(store) == all_of_it
    assert run(["undo", *there]) == 7, "loads of a backup are too old to be taken back"
    assert run(["tiers", "--json", *there]) == 0
    assert capsys.readouterr().out == before


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_clear_that_was_broken_off_is_seen_and_finished(
    neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    neo4j_server.empty()
    monkeypatch.setattr(clear, "_AT_ONCE", 3)
    with Neo4jStore(neo4j_server.uri, login=Login(*neo4j_server.auth)) as store:
        store.write(
            records_of({"contacts": [{"person_a": "an", "person_b": f"p{n}", "start": JULY} for n in range(9)]})
        )

        def stop(table: str, done: int, total: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            store.clear("binh", progress=stop)
        with pytest.raises(StoreError, match=r"binh began .* to remove everything here"):
            store.slice()
    with Neo4jStore(neo4j_server.uri, login=Login(*neo4j_server.auth)) as store:  # makes the indexes again
        store.clear("binh")
    assert neo4j_server.run("MATCH (n) RETURN count(n) AS n")[0]["n"] == 0
    assert not neo4j_server.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")
    neo4j_server.run("CREATE (:Somebody {name: 'else'})")
    with pytest.raises(StoreError):
        Neo4jStore(neo4j_server.uri, login=Login(*neo4j_server.auth), create=False)
    neo4j_server.run("MATCH (n:Somebody) DELETE n")
