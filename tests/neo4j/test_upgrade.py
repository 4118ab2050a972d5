"""A home that the long-term version wrote is opened by the newest one: the same records, the same answers."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graph import Store, open_store
from graph.neo4j.server import DEFAULT_VERSION, ManagedServer, down, keeping, read_password
from loaders.invented.province import generate_province
from tests.fixtures_neo4j import NEWEST_VERSION, QUICK, SETTINGS, SMALL, Need, need_distribution, skip_without_java
from tests.neo4j.test_same_answers import answers
from tracing.errors import StoreError
from tracing.model.records import Records

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

PEOPLE = 300


@pytest.fixture
def home(tmp_path: Path, need: Need) -> Path:
    """A home for both versions, each of which can be had here."""
    skip_without_java(NEWEST_VERSION)
    need_distribution(DEFAULT_VERSION, need)
    need_distribution(NEWEST_VERSION, need)
    return tmp_path / "neo4j"


def server_of(home: Path, version: str) -> ManagedServer:
    return ManagedServer(
        home,
        version=version,
        bolt_port=0,
        memory=SMALL,
        settings=SETTINGS,
        java_options=QUICK,
        owner_pid=os.getpid(),
    )


def test_answers_are_the_same_after_an_upgrade_and_there_is_no_way_back(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the same folder, and as a dump that a new server takes."""
    try:
        before = told(
            server_of(home, DEFAULT_VERSION), monkeypatch, write=generate_province(people=PEOPLE, seed=5).records
        )
        keeping.dump(home, tmp_path / "day.dump", notify=lambda _notice: None)
        password = (home / "password").read_text(encoding="utf-8")
        after = told(server_of(home, NEWEST_VERSION), monkeypatch)
        assert after == before
        assert (home / "password").read_text(encoding="utf-8") == password
        with pytest.raises(StoreError) as raised:
            server_of(home, DEFAULT_VERSION).up()
        assert NEWEST_VERSION in str(raised.value)
    finally:
        down(home)
    other = tmp_path / "other"
    try:
        server_of(other, NEWEST_VERSION).up()
        keeping.restore(other, tmp_path / "day.dump", notify=lambda _notice: None)
        assert told(server_of(other, NEWEST_VERSION), monkeypatch) == before
    finally:
        down(other)


def told(server: ManagedServer, monkeypatch: pytest.MonkeyPatch, *, write: Records | None = None) -> dict[str, bytes]:
    """Start the server, write what is given, and return the answers and the last instant; stop it in order."""
    state = server.up()
    monkeypatch.setenv("TRUYVET_NEO4J_USER", state.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", read_password(state))
    with open_store(state.uri) as store:
        if write is not None:
            store.write(write)
        found = answers_of(store)
    server.down()
    return found


def answers_of(store: Store) -> dict[str, bytes]:
    found = answers(store, None)
    assert len(found["tiers"]) > 1_000, "a store without people would be the same, too"
    return found | {"last": str(store.last_instant()).encode()}
