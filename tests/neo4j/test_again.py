"""The same files loaded again: in both stores it ends in the same words, also where a table comes without a row."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run as truyvet
from graph import open_store
from tests.fixtures_neo4j import Neo4jServer

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
HEAD = "contact,person_a,person_b,kind\n"
CASES = "person,case_code,onset\nA,BN1,2021-07-02\nB,BN2,2021-07-02\n"


@pytest.fixture
def stores(neo4j_server: Neo4jServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Return the addresses of an embedded store and of a server, both empty, in a folder of their own."""
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.chdir(tmp_path)
    neo4j_server.empty()
    return "some.duckdb", neo4j_server.uri


def test_a_row_that_contradicts_and_a_table_without_rows(
    stores: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The persons of the second load are an empty table: it lost its columns where its rows were chosen."""
    for folder, rows in (("d1", "C-1,A,B,household\n"), ("d2", "C-1,A,B,work\nC-2,A,C,work\n")):
        Path(folder).mkdir()
        Path(folder, "contacts.csv").write_text(HEAD + rows, encoding="utf-8")
    Path("d1", "cases.csv").write_text(CASES, encoding="utf-8")
    told = {}
    for store in stores:
        codes = [truyvet(["load", folder, "--store", store, "--lang", "en"]) for folder in ("d1", "d2", "d2", "d2")]
        assert codes == [0, 4, 4, 4]
        assert truyvet(["tiers", "--tier", "5", "--area", "nowhere", "--store", store, "--lang", "en"]) == 0
        assert truyvet(["tiers", "--tier", "5", "--area", "nowhere", "--list", "--store", store, "--lang", "en"]) == 0
        out = capsys.readouterr().out
        assert out.count("Nobody in this tier or area.") == 2
        told[store] = out.replace(store, "STORE").replace("truyvet-set-aside", "").split("set aside in")[0]
    assert len(set(told.values())) == 1


def test_two_lists_of_one_name_are_two_lists(stores: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """The lists of two communes, each in its folder: the one that comes again takes nothing of the other away."""
    people = {"d1": "Lê Một,0912000001", "d2": "Trần Ba,0912000003"}
    for folder, who in people.items():
        Path(folder).mkdir()
        Path(folder, "f1.csv").write_text(f"Họ và tên,SĐT,Tiếp xúc với F0,Ngày\n{who},BN1,2021-07-03\n")
    Path("cases.csv").write_text("person,case_code,onset\nBN1,BN1,2021-07-02\n", encoding="utf-8")
    lists = ["d1/f1.csv", "d2/f1.csv"]
    for store in stores:
        for each in ("cases.csv", *lists, *lists):
            assert truyvet(["load", each, "--store", store, "--lang", "en"]) == 0
        assert "withdrawn" not in capsys.readouterr().out
        with open_store(store) as opened:
            records = opened.read()
            assert (len(records.persons), len(records.contacts)) == (3, 2)
