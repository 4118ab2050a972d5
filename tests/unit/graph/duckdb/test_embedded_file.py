"""The embedded store's file: what can be wrong with it, and what is said then."""

from __future__ import annotations

import errno
import hashlib
import os
import resource
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import duckdb
import pytest
from small_records import assert_same_records, records_of

from graph import open_store
from graph.duckdb.errors import translated
from graph.duckdb.file import FORMAT
from tracing.errors import InternalError, StoreError, UsageError
from tracing.model.records import Records

SMALL = records_of({"persons": [{"person": "p1", "name": "An"}], "cases": [{"person": "p1"}]})


def run_elsewhere(code: str, *arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a process of its own; it prints what went wrong."""
    head = "import sys\nfrom graph import open_store\nfrom tracing.errors import StoreError\ntry:\n"
    tail = "\nexcept StoreError as error:\n    print(error.text())\n    sys.exit(6)\n"
    frame = head + textwrap.indent(code, "    ") + tail
    return subprocess.run(
        [sys.executable, "-c", frame, *map(str, arguments)], capture_output=True, text=True, check=False, **options
    )


def refused(path: Path, **options: object) -> str:
    """Return what is said when ``path`` cannot be opened, in both languages."""
    with pytest.raises(StoreError) as raised:
        open_store(path, **options)
    assert raised.value.fix
    assert raised.value.text("vi") != raised.value.text("en")
    return raised.value.text()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.duckdb"


@pytest.fixture
def filled(path):
    with open_store(path) as store:
        store.write(SMALL)
    return path


def change(path: Path, *statements: str) -> None:
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_one_file_and_nothing_beside_it(filled):
    assert [entry.name for entry in filled.parent.iterdir()] == [filled.name]


def test_a_folder_is_no_store(tmp_path):
    assert "folder" in refused(tmp_path)


def test_no_store_there(path):
    assert "no store" in refused(path, create=False)
    assert "no store" in refused(path, read_only=True)
    assert not path.exists()


def test_no_folder_to_make_it_in(tmp_path):
    assert "does not exist" in refused(tmp_path / "nowhere" / "s.duckdb")


def test_an_empty_file(path):
    path.touch()
    assert "0 bytes" in refused(path)
    assert path.stat().st_size == 0


@pytest.mark.parametrize("content", [b"abc", b"person,name\np1,An\n" * 999, bytes(20_000), b"PK\x03\x04" * 5_000])
def test_another_kind_of_file(path, content):
    path.write_bytes(content)
    assert "not a store" in refused(path)
    assert path.read_bytes() == content


def test_a_duckdb_file_of_somebody_else(path):
    change(path, "CREATE TABLE persons (x INTEGER)")
    assert "not a store of this software" in refused(path)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT table_name FROM duckdb_tables()").fetchall() == [("persons",)]


@pytest.mark.parametrize("part", [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_a_file_cut_short(filled, part):
    whole = filled.read_bytes()
    filled.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(StoreError) as raised, open_store(filled) as store:
        store.read()
    assert raised.value.fix


def test_a_store_of_a_later_version(filled):
    change(filled, f"UPDATE truyvet_store SET value = '{FORMAT + 1}' WHERE key = 'format'")
    before = filled.read_bytes()
    assert "later version" in refused(filled)
    assert "later version" in refused(filled, read_only=True)
    assert filled.read_bytes() == before


def test_a_store_with_columns_that_we_do_not_know(filled):
    change(filled, "ALTER TABLE persons ADD COLUMN blood_group VARCHAR")
    assert "later version" in refused(filled)


@pytest.mark.parametrize("value", ["", "x", "-1", "0"])
def test_a_store_without_a_version(filled, value):
    change(filled, f"UPDATE truyvet_store SET value = '{value}' WHERE key = 'format'")
    assert "which version" in refused(filled)


def test_a_store_of_an_earlier_version_is_brought_up_to_date(filled):
    change(filled, "ALTER TABLE persons DROP COLUMN immune", "DROP TABLE links", "DROP TABLE truyvet_exports")
    assert "earlier version" in refused(filled, read_only=True)
    with open_store(filled) as store:
        assert_same_records(store.read(), SMALL)
        assert store.exports() == []
    with open_store(filled, read_only=True) as store:
        assert_same_records(store.read(), SMALL)


def test_a_second_process_is_told_which_one_has_the_file(filled):
    with open_store(filled):
        for options in ("", ", read_only=True"):
            other = run_elsewhere(f"open_store(sys.argv[1]{options})", filled)
            assert other.returncode == 6, other.stderr
            assert f"process {os.getpid()}" in other.stdout and "close that program" in other.stdout
    assert run_elsewhere("open_store(sys.argv[1]).close()", filled).returncode == 0


def test_several_may_read_at_the_same_time(filled):
    with open_store(filled, read_only=True) as store:
        other = run_elsewhere("print(len(open_store(sys.argv[1], read_only=True).read()))", filled)
        assert (other.returncode, other.stdout) == (0, "2\n")
        writer = run_elsewhere("open_store(sys.argv[1])", filled)
        assert writer.returncode == 6 and f"process {os.getpid()}" in writer.stdout
        assert_same_records(store.read(), SMALL)


def test_one_process_in_two_ways_at_once(filled):
    with open_store(filled):
        assert "already has" in refused(filled, read_only=True)
    with open_store(filled, read_only=True):
        assert "already has" in refused(filled)


def test_one_process_may_open_it_twice_in_the_same_way(filled):
    with open_store(filled) as one, open_store(filled) as other:
        one.write(records_of({"persons": [{"person": "p2"}]}))
        assert other.ids("persons") == {"p1", "p2"}


def test_reading_only_refuses_to_write(filled):
    with open_store(filled, read_only=True) as store:
        assert set(store.slice(cases=["p1"])) == {"p1"}
        with pytest.raises(StoreError) as raised:
            store.write(records_of({"persons": [{"person": "p2"}]}))
    assert "reading only" in raised.value.text()


def test_without_the_right_to_write(filled, need):
    need(hasattr(os, "geteuid"), "File rights are tested on Unix only.")
    filled.chmod(0o400)
    filled.parent.chmod(0o500)
    try:
        if os.geteuid() != 0:
            assert "may not be opened" in refused(filled)
    finally:
        filled.parent.chmod(0o700)
    for number in (errno.EACCES, errno.EPERM, errno.EROFS):
        with pytest.raises(StoreError) as raised, translated(filled):
            raise OSError(number, os.strerror(number))
        assert "may not be opened" in raised.value.text()


@pytest.mark.parametrize("room", [0, 300_000, 3_000_000])
def test_a_full_disk_leaves_the_store_as_it_was(filled, room):
    """The file may not grow past a limit, which the system reports as it does a full disk."""
    before = filled.read_bytes()
    code = (
        "import pandas as pd\nfrom tracing.model.records import Records\nstore = open_store(sys.argv[1])\n"
        "import hashlib\nids = [hashlib.sha256(b'%d' % i).hexdigest() for i in range(200_000)]\n"
        "store.write(Records.build({'persons': pd.DataFrame({'person': ids, 'name': ids})}))"
    )
    limit = len(before) + room

    def no_more() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = run_elsewhere(code, filled, preexec_fn=no_more)
    assert done.returncode == 6, done.stderr
    assert "full" in done.stdout and hashlib.sha256(b"1").hexdigest() not in done.stdout
    with open_store(filled) as store:
        assert_same_records(store.read(), SMALL)


def test_a_closed_store_says_so(filled):
    store = open_store(filled)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.read()
    assert "closed" in repr(store)


def test_too_little_memory(path):
    names = [f"{i:09d}" * 30 for i in range(60_000)]
    with open_store(path, memory_limit="20MB") as store:
        many = records_of({"persons": [{"person": name, "name": name} for name in names]})
        try:
            store.write(many)
        except StoreError as error:
            assert "memory" in error.text()
            assert_same_records(store.read(), Records())
        else:
            assert store.ids("persons") == set(names)


def test_what_duckdb_says_is_never_shown(path):
    with pytest.raises(InternalError) as raised, translated(path):
        duckdb.connect().execute("SELECT CAST('0912345678 An' AS INTEGER)")
    assert "0912345678" not in raised.value.text("en") + raised.value.text("vi")


def test_ctrl_c_in_a_query_is_ctrl_c(path):
    """DuckDB makes another error of it. Short pieces of work: it waits for the one that is being done, however long."""
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt), translated(path):
        duckdb.connect(config={"threads": 1}).execute("SELECT sum(range) FROM range(100000000000)")
    timer.join()
    with pytest.raises(RuntimeError, match="else"), translated(path):
        raise RuntimeError("something else")


def test_addresses(path):
    with open_store(str(path)) as store:
        assert store.ids("persons") == set()
    with pytest.raises(StoreError):
        open_store("neo4j://localhost:7687")
    with pytest.raises(UsageError):
        open_store("mysql://localhost")


def test_the_home_folder_may_be_written_short(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    open_store("~/mine.duckdb").close()
    assert (tmp_path / "mine.duckdb").exists()


def test_importing_the_package_loads_nothing_heavy():
    code = (
        "import sys, graph; dir(graph)\n"
        "print([m for m in ('duckdb', 'pandas', 'networkx', 'neo4j') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
