"""More people than one transaction takes are removed in parts, and wholly; no log of the server names anybody."""

from __future__ import annotations

import pytest
from neo4j.exceptions import Neo4jError
from small_records import JULY, records_of

from cli.use_cases.purge import people_left
from graph.neo4j import purge as purging
from graph.neo4j.login import Login
from graph.neo4j.store import Neo4jStore
from graph.purge import PURGED, PurgeEntry
from tracing.times import DAY

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]

NAME, PHONE = "Zwoelfboth Xuyen", "0977123488"
GONE = [f"gone{number:02d}" for number in range(9)]
ENTRY = PurgeEntry(who="night shift", at=JULY)


def town(*, whole: bool):
    """Return nine people who go, two who stay, and what they have to do with each other; not ``whole``: what stays."""
    gone = GONE if whole else []
    note = f'{{"note":"met {GONE[0] if whole else "…"}"}}'
    return records_of(
        {
            "persons": [
                *({"person": one, "name": NAME, "phone": PHONE} for one in gone),
                {"person": "an", "attributes": note},
                {"person": "binh"},
            ],
            "cases": [{"person": one, "onset": JULY} for one in [*gone, "an"]],
            "contacts": [{"person_a": one, "person_b": "an", "start": JULY + DAY} for one in [*gone, "binh"]],
            "visits": [{"person": one, "place": "market", "start": JULY} for one in [*gone, "an"]],
            "tests": [{"person": one, "sample": JULY} for one in gone],
        }
    )


def test_it_is_done_in_parts_and_finished_where_it_was_broken_off(neo4j_server, monkeypatch) -> None:
    neo4j_server.run("MATCH (n) DETACH DELETE n")
    login = Login(neo4j_server.user, neo4j_server.password)
    with Neo4jStore(neo4j_server.uri, login=login, batch=4) as store:
        store.write(town(whole=True))
        remove, removed = purging._remove, []

        def broken(*work, **parts) -> None:
            removed.append(parts)
            if len(removed) == 5:
                raise KeyboardInterrupt
            remove(*work, **parts)

        monkeypatch.setattr(purging, "_remove", broken)
        with pytest.raises(KeyboardInterrupt):
            store.purge(store.plan_purge(GONE), ENTRY)
        monkeypatch.setattr(purging, "_remove", remove)
        left = people_left(store)
        assert left is not None and left.people == set(GONE)
        store.purge(store.plan_purge(left.people), ENTRY)
        assert people_left(store) is None
        assert store.read().content_hash() == town(whole=False).content_hash()
        assert store.notes(PURGED)["000001"]["people"] == len(GONE)
        assert neo4j_server.run("MATCH (p:Person) RETURN count(p) AS n")[0]["n"] == 2


def test_no_log_of_the_server_names_anybody(neo4j_server) -> None:
    """Also not where a question about somebody fails."""
    if neo4j_server.home is None:
        return
    with Neo4jStore(neo4j_server.uri, login=Login(neo4j_server.user, neo4j_server.password)) as store:
        store.write(records_of({"persons": [{"person": PHONE, "name": NAME, "phone": PHONE}]}))
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
    assert {oct((neo4j_server.home / name).stat().st_mode & 0o077) for name in ("logs", "conf", "data")} == {"0o0"}
    assert list(neo4j_server.home.rglob("*.hprof")) == []
