"""The server's own logs hold nothing of the people on record, also not where a question fails."""

from __future__ import annotations

import pytest
from neo4j.exceptions import Neo4jError
from small_records import records_of

from graph.neo4j.login import Login
from graph.neo4j.store import Neo4jStore

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

NAME, PHONE = "Zwoelfboth Xuyen", "0977123488"


def test_no_log_names_anybody(neo4j_server) -> None:
    if neo4j_server.home is None:
        return
    records = records_of({"persons": [{"person": PHONE, "name": NAME, "phone": PHONE}]})
    with Neo4jStore(neo4j_server.uri, login=Login(neo4j_server.user, neo4j_server.password)) as store:
        store.write(records)
        store.slice(people=[PHONE])
    for query in ("CREATE (:Person {person: $it})", "RETURN toInteger({a: $it})", "RETURN $it +"):
        with pytest.raises(Neo4jError):
            neo4j_server.run(query, it=PHONE)
    found = {
        path.name
        for path in (neo4j_server.home / "logs").rglob("*")
        if path.is_file() and any(sign.encode() in path.read_bytes() for sign in (NAME, PHONE))
    }
    assert found == set()
    assert {oct((neo4j_server.home / name).stat().st_mode & 0o077) for name in ("logs", "conf", "data")} <= {"0o0"}
    assert list(neo4j_server.home.rglob("*.hprof")) == []
