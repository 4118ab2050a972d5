"""Reading everything takes bounded memory, on the server and on our side."""

from __future__ import annotations

import pandas as pd
import pytest
from neo4j.exceptions import Neo4jError
from small_records import JULY, assert_same_records

from graph.neo4j import read as neo4j_read
from graph.neo4j.login import Login
from graph.neo4j.store import Neo4jStore
from tests.fixtures_neo4j import Neo4jServer
from tracing.model.records import Records

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

CONTACTS = 60_000
AT_ONCE = "MATCH ()-[r:CONTACT]->() RETURN collect(properties(r))"


def test_a_table_is_read_with_the_memory_of_a_page(start_neo4j, monkeypatch):
    """The server may hold 32 MiB for a question: too little for all contacts in one answer, enough for each page."""
    server = start_neo4j(settings={"db.memory.transaction.max": "32m"})
    number = range(CONTACTS)
    contacts = pd.DataFrame(
        {
            "contact": [f"c{i:06d}" for i in number],
            "person_a": [f"p{i % 997:03d}" for i in number],
            "person_b": [f"q{i % 1009:04d}" for i in number],
            "start": [JULY + i for i in number],
            "kind": "work",
        }
    )
    records = Records.build({"contacts": contacts})
    held = []
    checked = neo4j_read.checked_table

    def watched(runner, name, page, note):
        held.append(len(page[0]))
        return checked(runner, name, page, note)

    monkeypatch.setattr(neo4j_read, "checked_table", watched)
    with Neo4jStore(server.uri, login=Login(server.user, server.password), batch=1_000) as store:
        store.write(records)
        assert_same_records(store.read(), records)
        assert len(store.slice().records.contacts) == CONTACTS
        assert store.ids("contacts") == set(records.contacts["contact"])
    assert max(held) == neo4j_read.PAGE and sum(held) == 2 * CONTACTS
    with server.driver() as driver, driver.session() as session, pytest.raises(Neo4jError, match=r"(?i)memory"):
        session.run(AT_ONCE).consume()


STRANGE = ("a\x1fb", "chợ\nPhù Sa", "", "\x1f", "\x00", '"', "x" * 3_000)


def test_any_text_is_read_as_it_was_written(each_neo4j_server: Neo4jServer) -> None:
    """Texts come joined by a sign: those that hold it, are empty, missing or not of one byte a letter too."""
    server = each_neo4j_server
    texts = [*STRANGE, None]
    keys = [f"k{text}" for text in STRANGE]
    people = pd.DataFrame({"person": keys, "name": STRANGE, "phone": texts[1:], "sex": None})
    plain = pd.DataFrame({"person": [f"p{i}" for i in range(200)], "name": ["Đỗ", None] * 100, "phone": "1"})
    places = pd.DataFrame({"place": ["chợ", "m"], "name": [None, "ơ"]})
    contacts = pd.DataFrame(
        {
            "person_a": keys,
            "person_b": "q\x1f",
            "place": texts[1:],
            "kind": "work",
            "start": JULY,
            "attributes": STRANGE,
        }
    )
    with Neo4jStore(server.uri, login=Login(server.user, server.password)) as store:
        for kept in (
            Records.build({"persons": plain, "places": places}),
            Records.build({"persons": people, "contacts": contacts}),
        ):
            server.empty()
            store.filled()
            store.write(kept)
            assert_same_records(store.read(), kept)
            assert store.ids("persons") == set(kept.persons["person"])
