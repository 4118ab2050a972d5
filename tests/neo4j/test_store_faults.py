"""What goes wrong with a server is said in one sentence, with what to do, in both languages, and without data."""

from __future__ import annotations

import os
import threading
import time

import pandas as pd
import pytest
from neo4j.exceptions import Neo4jError, TransientError
from small_records import JULY, NASTY, assert_same_records, records_of

from graph import open_store
from graph.neo4j.connect import _check_version
from graph.neo4j.errors import explain
from graph.neo4j.lease import Lease
from graph.neo4j.login import Login, find_login, parse_address
from graph.neo4j.server.bolt import HALTED
from graph.neo4j.store import Neo4jStore
from tracing.errors import InputError, InternalError, SafetyError, StoreError, UsageError
from tracing.model.records import Records

pytestmark = pytest.mark.neo4j
SECRET = "Nguyễn Thị Bí Mật"


@pytest.fixture
def login(neo4j_server):
    return Login(neo4j_server.user, neo4j_server.password)


@pytest.fixture
def empty(neo4j_server):
    neo4j_server.run("MATCH (n) DETACH DELETE n")
    return neo4j_server


def told(error):
    """Return the sentence in both languages; both say what to do."""
    assert error.fix and error.text("vi") != error.text("en")
    return error.text("en"), error.text("vi")


def people(count, **more):
    return records_of({"persons": [{"person": f"p{i:05d}"} | more for i in range(count)]})


def meetings(count, people=40):
    return Records.build(
        {
            "contacts": pd.DataFrame(
                {
                    "contact": [f"c{i:06d}" for i in range(count)],
                    "person_a": [f"p{i % people}" for i in range(count)],
                    "person_b": [f"q{i % (people + 1)}" for i in range(count)],
                    "start": [JULY + i for i in range(count)],
                }
            )
        }
    )


def test_a_wrong_password(neo4j_server):
    with pytest.raises(StoreError) as raised:
        Neo4jStore(neo4j_server.uri, login=Login(neo4j_server.user, "hunter2"))
    en, vi = told(raised.value)
    assert "password" in en and "mật khẩu" in vi and "hunter2" not in en + vi


@pytest.mark.parametrize("scheme", ["neo4j+s", "bolt+s", "bolt+ssc"])
def test_a_scheme_with_encryption_for_a_server_without(neo4j_server, login, scheme):
    address = scheme + neo4j_server.uri[neo4j_server.uri.index("://") :]
    with pytest.raises(StoreError, match="encryption") as raised:
        Neo4jStore(address, login=login)
    assert f"write {scheme.partition('+')[0]}:// if" in told(raised.value)[0]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("neo4j://127.0.0.1:9", "no Neo4j server answers"),
        ("bolt://127.0.0.1:9", "no Neo4j server answers"),
        ("neo4j://nowhere.invalid", "no machine has the name"),
    ],
)
def test_no_server_there(address, words, login):
    with pytest.raises(StoreError, match=words) as raised:
        Neo4jStore(address, login=login)
    told(raised.value)


def test_a_database_that_is_not_there(neo4j_server, login):
    with pytest.raises(StoreError, match="no database of the name") as raised:
        Neo4jStore(f"{neo4j_server.uri}/nope", login=login)
    told(raised.value)


def test_a_database_without_a_store(empty, login):
    with pytest.raises(StoreError, match="no records of truyvet") as raised:
        Neo4jStore(empty.uri, login=login, create=False)
    told(raised.value)


def test_a_store_of_a_later_version(empty, login):
    empty.run("CREATE (:TruyVetStore {key: 'store', format: 99})")
    with pytest.raises(StoreError, match="later version") as raised:
        Neo4jStore(empty.uri, login=login)
    told(raised.value)


def test_opened_for_reading_only(empty, login):
    Neo4jStore(empty.uri, login=login).close()
    with Neo4jStore(empty.uri, login=login, read_only=True) as store, pytest.raises(StoreError, match="reading only"):
        store.write(people(1))


@pytest.mark.parametrize("agent", ["Neo4j/4.4.30", "Neo4j/5.3.0", "Neo4j/5.25.1", "Memgraph/2.0"])
def test_a_server_that_is_too_old(agent):
    with pytest.raises(StoreError, match="too old") as raised:
        _check_version(parse_address("neo4j://h"), agent)
    assert agent in told(raised.value)[0] and "5.26" in told(raised.value)[1]


@pytest.mark.parametrize("agent", ["Neo4j/5.26.0", "Neo4j/5.26-aura", "Neo4j/2026.09.0"])
def test_a_server_that_is_new_enough(agent):
    _check_version(parse_address("neo4j://h"), agent)


def test_too_large_for_the_memory_of_the_server(start_neo4j, login):
    server = start_neo4j(settings={"db.memory.transaction.max": "2m"})
    with Neo4jStore(server.uri, login=Login(server.user, server.password)) as store:
        with pytest.raises(StoreError, match="not enough memory") as raised:
            store.write(meetings(15_000))
        told(raised.value)
        assert store.ids("contacts") == set()


def test_a_time_out_and_a_read_only_database(start_neo4j):
    server = start_neo4j(settings={"db.transaction.timeout": "6s"})
    own = Login(server.user, server.password)
    endless = "UNWIND range(1, 1000000000) AS i RETURN sum(i)"
    with (
        Neo4jStore(server.uri, login=own) as store,
        pytest.raises(StoreError, match="in time") as raised,
        store.session() as session,
    ):
        session.run(endless).consume()
    told(raised.value)
    server.stop()
    server.managed.settings = {"server.databases.default_to_read_only": "true"}
    server.restart()
    with Neo4jStore(server.uri, login=own, create=False) as store:
        with pytest.raises(StoreError, match="only be read") as raised:
            store.write(people(1))
        told(raised.value)
        assert store.ids("persons") == set()


def test_a_server_that_stops_in_the_middle(start_neo4j, monkeypatch):
    """Killed in a load or a reading: a sentence. Started and loaded again: the same as undisturbed."""
    monkeypatch.setattr("graph.neo4j.connect._RETRIES", 1.0)  # else it asks for 20 s whether the server is back
    server = start_neo4j()
    own = Login(server.user, server.password)
    records = meetings(6_000)
    killed = threading.Event()

    def kill(table, done, total):
        if done >= 1_000 and not killed.is_set():
            killed.set()
            server.kill()

    with Neo4jStore(server.uri, login=own, batch=500) as store, pytest.raises(StoreError, match="broke off") as raised:
        store.write(records, progress=kill)
    told(raised.value)
    server.restart()
    with Neo4jStore(server.uri, login=own, batch=500) as store:
        report = store.write(records)
        assert report.new + report.known == 6_000 and report.known >= 1_000
        assert_same_records(store.read(), records)
        assert store.write(records).new == 0
        server.kill()
        with pytest.raises(StoreError):
            store.read()


def test_two_loads_at_once(empty, login):
    with Neo4jStore(empty.uri, login=login, batch=100) as one, Neo4jStore(empty.uri, login=login, batch=100) as other:
        with Lease(lambda: one._open("WRITE"), one.read().zone):
            for records in (people(3), people(300)):
                with pytest.raises(StoreError, match="another load") as raised:
                    other.write(records)
                told(raised.value)
        assert other.write(people(300)).new == 300


def test_a_load_that_died_holds_nobody_up(empty, login):
    with Neo4jStore(empty.uri, login=login, batch=100) as store:
        empty.run(
            "MATCH (s:TruyVetStore) SET s.writer = $owner, s.writingUntil = timestamp() + 20000",
            owner=f"{os.uname().nodename} {2**22 + 1} x",
        )
        begin = time.monotonic()
        assert store.write(people(300)).new == 300
        assert time.monotonic() - begin < 15
        assert store.write(people(3)).known == 3


def test_a_large_load_is_the_same_in_parts(empty, login):
    """Rows of one key in many batches, in a shuffled frame, end as in one transaction."""
    rows = [
        {"person": f"p{i % 90:03d}", "name": SECRET if i % 7 else None, "birth_year": i % 3 or None} for i in range(400)
    ]
    contacts = [{"person_a": f"p{i}", "person_b": "x"} for i in range(200)]
    visits = [{"person": f"p{i}", "place": f"m{i % 3}", "start": JULY + i * 9000} for i in range(200)]
    records = records_of({"persons": rows, "contacts": contacts, "visits": visits})
    with Neo4jStore(empty.uri, login=login) as store:
        whole = store.write(records)
        wanted = store.read()
    empty.run("MATCH (n) DETACH DELETE n")
    shuffled = Records({n: f.sample(frac=1, random_state=1) for n, f in records.tables.items()}, records.zone)
    seen = []
    with Neo4jStore(empty.uri, login=login, batch=64) as store:
        report = store.write(shuffled, progress=lambda table, done, total: seen.append((table, done, total)))
        assert_same_records(store.read(), wanted)
        assert dict(report.tables) == dict(whole.tables)
        pd.testing.assert_frame_equal(report.conflicts, whole.conflicts)
    assert len(seen) > 8 and seen[-1][1] == seen[-1][2]


def test_a_contact_that_changes_its_people_moves(empty, login):
    with Neo4jStore(empty.uri, login=login) as store:
        store.write(records_of({"contacts": [{"contact": "c", "person_a": "a", "person_b": "b"}]}))
        moved = records_of({"contacts": [{"contact": "c", "person_a": "a", "person_b": "z"}]})
        store.write(moved, replace=True)
        assert_same_records(store.read(), moved)
        assert set(store.slice(people=["z"])) == {"a", "z"}


def test_names_are_never_part_of_a_query_or_a_message(empty, login):
    evil = [*NASTY, "x'}) DETACH DELETE n //", "`) MATCH (n) DETACH DELETE n //", "$names", "\\u0027"]
    records = records_of(
        {
            "persons": [{"person": e, "name": e, "area": e, "household": e} for e in evil],
            "places": [{"place": e, "kind": e} for e in evil],
            "visits": [{"visit": e, "person": e, "place": e, "start": JULY, "seat": e} for e in evil],
        }
    )
    with Neo4jStore(empty.uri, login=login) as store:
        store.write(records)
        assert_same_records(store.read(), records)
        for name in evil:
            assert name in set(store.slice(people=[name], places=[name], steps=0))
        with pytest.raises(StoreError) as raised, store.session() as session:
            session.run("CREATE (:Person {person: $p})", p=evil[0]).consume()
    assert evil[0] not in "".join(told(raised.value))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "memory"),
        ("Neo.TransientError.General.TransactionOutOfMemoryError", "memory"),
        ("Neo.TransientError.Transaction.DeadlockDetected", "others changed"),
        ("Neo.TransientError.Transaction.LockAcquisitionTimeout", "in time"),
        ("Neo.TransientError.Database.DatabaseUnavailable", "not open"),
        ("Neo.ClientError.Transaction.TransactionTimedOut", "in time"),
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", "only be read"),
        ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", "only be read"),
        ("Neo.ClientError.Cluster.NotALeader", "only be read"),
        ("Neo.ClientError.Security.CredentialsExpired", "first password"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", "too many wrong"),
        ("Neo.ClientError.Security.Forbidden", "may not"),
        ("Neo.ClientError.Schema.ConstraintValidationFailed", "at the same time"),
        ("Neo.DatabaseError.Schema.ConstraintCreationFailed", "its disk is full"),
        ("Neo.ClientError.Schema.IndexAlreadyExists", "other rules"),
        ("Neo.ClientError.Schema.IndexNotFound", "other rules"),
        ("Neo.DatabaseError.Transaction.TransactionCommitFailed", "damaged"),
        ("Neo.DatabaseError.Transaction.TransactionLogError", "the disk is full"),
        ("Neo.DatabaseError.Database.Unknown", "its disk is full"),
    ],
)
def test_what_the_server_says_becomes_a_sentence(code, words):
    error = explain("neo4j://h:1", Neo4jError._hydrate_neo4j(code=code, message=f"Node with `name` = '{SECRET}'"))
    assert isinstance(error, StoreError) and words in str(error)
    assert SECRET not in "".join(told(error))


def test_data_in_the_way_of_a_constraint():
    message = f"Unable to create Constraint: Both Node(1) and Node(2) have property `area` = '{SECRET}'."
    error = Neo4jError._hydrate_neo4j(code="Neo.DatabaseError.Schema.ConstraintCreationFailed", message=message)
    assert "do not fit" in (sentences := "".join(told(explain("neo4j://h:1", error)))) and SECRET not in sentences


def test_a_full_disk_and_the_unforeseen():
    full = TransientError("Could not append: No space left on device")
    assert "is full" in str(explain("neo4j://h:1", full))
    for code, message, words in (
        ("Schema.ConstraintCreationFailed", "Could not append transaction: #6 to log", "the disk is full, or broken"),
        ("Transaction.TransactionCommitFailed", "Could not apply the transaction: #7", "the disk is full, or broken"),
        ("Transaction.TransactionStartFailed", f"a {HALTED}.", "stopped itself"),
    ):
        error = Neo4jError._hydrate_neo4j(code=f"Neo.DatabaseError.{code}", message=f"{message} {SECRET}")
        sentences = told(explain("neo4j://h:1", error))
        assert words in sentences[0] and "make room" in sentences[0] and SECRET not in "".join(sentences)
    odd = explain(
        "neo4j://h:1", Neo4jError._hydrate_neo4j(code="Neo.ClientError.Statement.SyntaxError", message=SECRET)
    )
    assert isinstance(odd, InternalError) and SECRET not in "".join(told(odd))


@pytest.mark.parametrize("address", ["neo4j://neo4j:hunter2@localhost", "bolt+s://me@localhost:7687/x"])
def test_a_password_in_the_address_is_refused_and_not_repeated(address):
    with pytest.raises(SafetyError) as raised:
        open_store(address)
    assert "hunter2" not in "".join(told(raised.value))


@pytest.mark.parametrize("address", ["neo4j://", "neo4j://h:port", "neo4j://h/a/b", "neo4j://h?x=1", "bolt://h:1/a#b"])
def test_what_is_no_address(address):
    with pytest.raises(UsageError) as raised:
        open_store(address)
    told(raised.value)


def test_parts_of_an_address():
    address = parse_address("bolt+ssc://[::1]/epi")
    assert (address.uri, address.database, str(address)) == (
        "bolt+ssc://[::1]:7687",
        "epi",
        "bolt+ssc://[::1]:7687/epi",
    )
    assert parse_address("neo4j://h/").database is None


@pytest.fixture
def nothing_set(monkeypatch, tmp_path):
    for name in ("USER", "PASSWORD"):
        monkeypatch.delenv(f"TRUYVET_NEO4J_{name}", raising=False)
    monkeypatch.setenv("TRUYVET_NEO4J_HOME", str(tmp_path / "none"))
    monkeypatch.setenv("TRUYVET_NEO4J_OPTIONS", str(tmp_path / "neo4j.toml"))
    return tmp_path / "neo4j.toml"


def test_where_the_password_comes_from(nothing_set, monkeypatch):
    address = parse_address("neo4j://h:7687/epi")
    with pytest.raises(StoreError, match="no password") as raised:
        find_login(address)
    assert not any("TRUYVET_NEO4J_HOME" in words for words in told(raised.value))
    asked = []
    assert find_login(address, prompt=lambda *of: asked.append(of) or "typed") == Login("neo4j", "typed")
    assert asked == [("neo4j://h:7687/epi", "neo4j")]
    nothing_set.write_text('user = "u"\npassword = "p"\n["h:7687"]\nuser = "lan"\npassword = "own"\n')
    nothing_set.chmod(0o644)
    with pytest.raises(SafetyError, match="others can read") as refused:
        find_login(address)
    told(refused.value)
    nothing_set.chmod(0o600)
    assert find_login(address) == Login("lan", "own")
    assert find_login(parse_address("neo4j://other")) == Login("u", "p")
    monkeypatch.setenv("TRUYVET_NEO4J_USER", "env")
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", "env-p")
    assert find_login(address) == Login("env", "env-p")
    assert "env-p" not in repr(find_login(address))


def test_an_options_file_that_is_none(nothing_set):
    nothing_set.write_text("user neo4j")
    nothing_set.chmod(0o600)
    with pytest.raises(StoreError, match="options file") as raised:
        find_login(parse_address("neo4j://h"))
    told(raised.value)


def test_another_time_zone_in_a_large_load(empty, login):
    with Neo4jStore(empty.uri, login=login, batch=10) as store:
        store.write(people(3))
        with pytest.raises(InputError):
            store.write(Records(people(30).tables, "Asia/Seoul"))
        assert len(store.ids("persons")) == 3


@pytest.mark.parametrize("address", ["127.0.0.1:7687", "db.example:7687/records", "neo4j:127.0.0.1", "bolt:/me:pw@h:1"])
def test_an_address_without_its_beginning_is_no_file(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="neo4j://") as raised:
        open_store(address)
    assert "pw" not in "".join(told(raised.value)) and not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["system", "SYSTEM"])
def test_the_server_s_own_database_is_refused(name):
    with pytest.raises(UsageError, match="accounts") as raised:
        open_store(f"neo4j://127.0.0.1:1/{name}")
    told(raised.value)


def test_an_empty_line_is_no_password(nothing_set):
    with pytest.raises(StoreError, match="no password"):
        find_login(parse_address("neo4j://h"), prompt=lambda address, user: "")
