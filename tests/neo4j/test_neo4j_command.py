"""``truyvet neo4j`` as it is called: the password is never shown, and every command finds it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.main import run
from graph.neo4j.server import DEFAULT_VERSION, ServerState, down
from graph.neo4j.server.layout import make_state, prepare_home, save_state
from graph.neo4j.server.server import _tell_of_port
from tests.fixtures_neo4j import QUICK, Neo4jServer, need_distribution
from tracing.text import Text

Need = Callable[[object, str], None]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of the user's own server, and nothing else that could tell an address or a password."""
    for name in [name for name in os.environ if name.startswith("TRUYVET_NEO4J") or name == "TRUYVET_STORE"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TRUYVET_NEO4J_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def test_without_a_server(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["neo4j", "status", "--lang", "en"]) == 3
    assert "No server was ever started" in capsys.readouterr().out
    assert run(["neo4j", "down", "--lang", "en"]) == 0
    assert "No server was running" in capsys.readouterr().out
    for command in (["neo4j", "runs"], ["query", "undated-contacts"]):
        assert run([*command, "--lang", "en"]) == 6
        told = capsys.readouterr().err
        assert "was ever started" in told and "truyvet neo4j up" in told
        assert run([*command, "--lang", "en", "--store", "some.duckdb"]) == 6
        assert "works on a Neo4j database" in capsys.readouterr().err
    assert run(["neo4j", "up", "--version", "4.4"]) == 2
    assert not (home / "password").exists()


@pytest.mark.parametrize("address", ["neo4j://127.0.0.1:1", "bolt+ssc://127.0.0.1:1/records"])
def test_errors_are_sentences(
    home: Path, address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["tiers", "--store", address, "--lang", "en"]) == 6
    told = capsys.readouterr().err
    assert "no password is known" in told and "TRUYVET_NEO4J_PASSWORD" in told
    assert "--home FOLDER" in told and "TRUYVET_NEO4J_HOME" in told, "a server here may be of a folder nobody named"
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", "a password of mine")
    for command in (["tiers"], ["why", "P-1"], ["chains", "--all"], ["zones"], ["neo4j", "runs"], ["runs"]):
        assert run([*command, "--store", address, "--lang", "vi"]) == 6
        told = capsys.readouterr().err
        assert "a password of mine" not in told and "→" in told and "Traceback" not in told
    assert run(["tiers", "--store", "neo4j://me:secret@127.0.0.1"]) == 7
    assert "secret" not in capsys.readouterr().err


def test_a_server_that_is_down_is_said_to_be(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare_home(home)
    save_state(make_state(home, version=DEFAULT_VERSION, bolt_port=1, http_port=2, pid=None))
    assert run(["neo4j", "status", "--lang", "en"]) == 3
    assert "start it again: truyvet neo4j up" in capsys.readouterr().out
    for lang, words in (("en", "your own Neo4j server is down"), ("vi", "máy chủ Neo4j của bạn đang tắt")):
        for command in (["neo4j", "runs"], ["query", "undated-contacts"]):
            assert run([*command, "--lang", lang]) == 6
            told = capsys.readouterr().err
            assert words in told and "truyvet neo4j up" in told


def test_a_password_file_left_open_is_closed(home: Path) -> None:
    prepare_home(home)
    (home / "truyvet-server.lock").touch()
    (home / "password").write_text("mine\n", encoding="utf-8")
    (home / "password").chmod(0o644)
    prepare_home(home)
    assert (home / "password").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("before", "wanted", "got", "told"),
    [(None, None, 7687, 0), (None, None, 9999, 1), (9999, None, 9999, 0), (9999, None, 7687, 1), (None, 0, 9999, 0)],
)
def test_another_port_than_expected_is_said(
    home: Path, before: int | None, wanted: int | None, got: int, told: int
) -> None:
    def at(port: int) -> ServerState:
        return make_state(home, version=DEFAULT_VERSION, bolt_port=port, http_port=2, pid=None)

    heard: list[Text] = []
    _tell_of_port(at(got), None if before is None else at(before), wanted, heard.append)
    assert len(heard) == told
    for notice in heard:
        for text in (notice.say("vi"), notice.say("en")):
            assert str(got) in text and str(before or 7687) in text


@pytest.mark.neo4j
@pytest.mark.slow
def test_up_load_down_up(
    home: Path, need: Need, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    need_distribution(DEFAULT_VERSION, need)
    monkeypatch.setenv("JDK_JAVA_OPTIONS", " ".join(QUICK))
    assert run(["generate", "--people", "60", "--seed", "3", "--out", "lists"]) == 0
    capsys.readouterr()
    try:
        assert run(["neo4j", "up", "--version", DEFAULT_VERSION, "--json"]) == 0
        first = capsys.readouterr()
        state = json.loads(first.out)
        password = (home / "password").read_text(encoding="utf-8").strip()
        assert (home / "password").stat().st_mode & 0o077 == 0 and state["password_file"] == str(home / "password")
        store = ["--store", state["uri"], "--lang", "en"]
        assert run(["load", "lists", "--allow-set-aside", *store]) == 0
        assert f"truyvet tiers --store {state['uri']}" in capsys.readouterr().out
        assert run(["tiers", "--json", *store]) == 0
        before = capsys.readouterr().out
        assert run(["neo4j", "down"]) == 0
        assert run(["tiers", *store]) == 6
        assert run(["neo4j", "up"]) == 0
        assert run(["neo4j", "up", "--lang", "en"]) == 0
        again = capsys.readouterr()
        assert "was up already" in again.out and state["uri"] in again.out
        assert run(["neo4j", "up", "--port", "9", "--lang", "en"]) == 2
        assert "is running at port" in capsys.readouterr().err
        assert run(["neo4j", "status", "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["condition"] == "running"
        assert run(["tiers", "--json", *store]) == 0
        assert before.endswith(capsys.readouterr().out)
        assert run(["neo4j", "runs"]) == 0
        shown = before + first.out + first.err + again.out + again.err + capsys.readouterr().out
        assert password not in shown
    finally:
        down(home)


@pytest.mark.neo4j
@pytest.mark.slow
def test_the_demo_in_a_server(
    home: Path, neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    neo4j_server.empty()
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    demo = ["demo", "--people", "300", "--quiet", "--lang", "en", "--store", neo4j_server.uri]
    assert run(demo) == 0
    assert f"truyvet tiers --list --tier 1 --store {neo4j_server.uri}" in capsys.readouterr().out
    for pattern in ("(x:Zone)", "()-[x:EXPOSED_BY]->()", "()-[x:LED_TO]->()"):
        assert neo4j_server.run(f"MATCH {pattern} RETURN count(x) AS n")[0]["n"], pattern
    assert run(demo) == 7
    assert "holds records" in capsys.readouterr().err
