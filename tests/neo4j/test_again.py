"""The same files loaded again: in both stores it ends in the same words, also where a table comes without a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run as truyvet
from tests.fixtures_neo4j import Neo4jServer

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
HEAD = "contact,person_a,person_b,kind\n"
CASES = "person,case_code,onset\nA,BN1,2021-07-02\nB,BN2,2021-07-02\n"


def test_a_row_that_contradicts_and_a_table_without_rows(
    neo4j_server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The persons of the second load are an empty table: it lost its columns where its rows were chosen."""
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.chdir(tmp_path)
    neo4j_server.empty()
    for folder, rows in (("d1", "C-1,A,B,household\n"), ("d2", "C-1,A,B,work\nC-2,A,C,work\n")):
        Path(folder).mkdir()
        Path(folder, "contacts.csv").write_text(HEAD + rows, encoding="utf-8")
    Path("d1", "cases.csv").write_text(CASES, encoding="utf-8")
    told = {}
    for store in ("some.duckdb", neo4j_server.uri):
        codes = [truyvet(["load", folder, "--store", store, "--lang", "en"]) for folder in ("d1", "d2", "d2", "d2")]
        assert codes == [0, 4, 4, 4]
        assert truyvet(["tiers", "--tier", "5", "--area", "nowhere", "--store", store, "--lang", "en"]) == 0
        assert truyvet(["tiers", "--tier", "5", "--area", "nowhere", "--list", "--store", store, "--lang", "en"]) == 0
        out = capsys.readouterr().out
        assert out.count("Nobody in this tier or area.") == 2
        told[store] = out.replace(store, "STORE").replace("truyvet-set-aside", "").split("set aside in")[0]
    assert len(set(told.values())) == 1
