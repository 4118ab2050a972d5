"""Who is one person, decided step by step on both stores: the same words, tiers and log; and what the graph shows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from graph import open_store
from graph.neo4j.store import Neo4jStore

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
CASES = """Mã BN,Họ và tên,Năm sinh,SĐT,Ngày khởi phát
BN1,Lê Văn Tám,1980,0912345679,2021-07-08
BN9,Trần Thị Bé,1970,0900000009,2021-07-02
"""
CONTACTS = """Mã F1,Họ và tên,Năm sinh,SĐT,Tiếp xúc với ca,Ngày tiếp xúc cuối
K1,LE VAN TAM,1980,84 912 345 679,BN9,2021-07-04
K2,Nguyễn Văn An,1990,0900000002,K1,2021-07-07
K3,Trần Thị Bé,1971,0900000009,BN1,2021-07-09
"""
VISITS = """Họ tên,Năm sinh,SĐT,Địa điểm,Thời gian đến,Thời gian đi
Trần Thị Bé,1970,0900000009,Quán cà phê Gió Lộng,2021-07-03 08:00,2021-07-03 09:00
Ngô Văn Hai,1977,0911222333,QC GIO LONG,2021-07-03 08:30,2021-07-03 09:00
"""
AGAIN = """Mã BN,Họ và tên,Năm sinh,Nơi ở,Ngày lấy mẫu,Kết quả
BN9,TRAN THI BE,1971,"Ấp 5, xã Tân Hưng",2021-07-03,Dương tính
"""
STEPS = (
    "load cases.csv contacts.csv visits.csv",
    "tiers --list --no-save",
    "same propose --show-names",
    "same review --json",
    "same review --show-names",
    "same accept {question} --why asked",
    "tiers --list --no-save",
    "why BN9",
    "same log --json",
    "same split K1",
    "tiers --list --no-save",
    "load contacts.csv",
    "same log",
    "same undo",
    "same undo",
    "tiers --list --no-save",
    "same reject {question}",
    "same review",
    "same log --json",
    "load again.csv",
    "why BN9 --show-names",
    "why BN9 --json",
    "undo",
    "why BN9",
)
CLOCK = re.compile(r"\"at\": \d+|\d{1,2} \w{3} 20(2[2-9]|[3-9]\d) \d\d:\d\d")


def test_a_session_says_the_same_on_both_stores_and_shows_who_is_one(
    neo4j_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.chdir(tmp_path)
    neo4j_server.empty()
    for name, text in {"cases": CASES, "contacts": CONTACTS, "visits": VISITS, "again": AGAIN}.items():
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    told: dict[str, list[str]] = {}
    for address in ("own.duckdb", neo4j_server.uri):
        question, told[address] = "", []
        for step in STEPS:
            words = [*step.format(question=question).split(), "--store", address, "--lang", "en"]
            if not any(word in step for word in ("propose", "review", "log")):
                words += ["--policy", "vn-3468"]
            code, out = run(words), capsys.readouterr()
            told[address].append(CLOCK.sub("0", f"{step} {code} {out.out}{out.err}".replace(address, "STORE")))
            if step == "same review --json":
                asked = json.loads(out.out)["questions"]
                question = next(one["id"] for one in asked if "people" in one)
            if step == "load cases.csv contacts.csv visits.csv" and address == neo4j_server.uri:
                assert _shown(address) >= {("BN1", "BN1"), ("BN1", "K1"), _cafe("QC GIO LONG"), _cafe(_CAFE)}
    embedded, neo4j = told.values()
    assert [one for one in zip(embedded, neo4j, strict=True) if one[0] != one[1]] == []


_CAFE = "Quán cà phê Gió Lộng"


def _cafe(spelling: str) -> tuple[str, str]:
    return _CAFE, spelling


def _shown(address: str) -> set[tuple[str, str]]:
    """Return who and what the graph shows as one: what it is called, and an id of its own."""
    with open_store(address) as store:
        assert isinstance(store, Neo4jStore)
        with store.session() as session:
            found = session.run(
                "MATCH (s:SamePerson|SamePlace)-[:SAME_AS]->(x) "
                "RETURN coalesce(s.person, s.place) AS called, coalesce(x.person, x.place) AS own"
            )
            return {(row["called"], row["own"]) for row in found}
