"""A load that is killed, at any moment, leaves the file as it was; run again, it ends as an undisturbed one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from small_records import assert_same_records, records_of

from graph import open_store
from tracing.model.records import Records

LOAD = """
import sys
import pandas as pd
from graph import open_store
from tracing.model.records import Records

count = int(sys.argv[2])
numbers = pd.Series(range(count))
contacts = pd.DataFrame({
    "contact": "c" + numbers.astype(str),
    "person_a": "p" + (numbers % 977).astype(str),
    "person_b": "q" + (numbers % 991).astype(str),
    "start": 1_625_072_400 + numbers,
    "attributes": ("{" + (numbers * 7919 % 1_000_003).astype(str) + "}") * 4,
})
records = Records.build({"contacts": contacts, "persons": pd.DataFrame({"person": "p" + numbers.astype(str)})})
with open_store(sys.argv[1]) as store:
    print("ready", flush=True)
    store.write(records)
    print("written", flush=True)
"""
ROWS = 120_000


def start(path, rows=ROWS):
    return subprocess.Popen([sys.executable, "-c", LOAD, str(path), str(rows)], stdout=subprocess.PIPE, text=True)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The store after a load that nobody killed, and how long its write took."""
    path = tmp_path_factory.mktemp("undisturbed") / "store.duckdb"
    process = start(path)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    began = time.monotonic()
    assert process.stdout.readline() == "written\n"
    took = time.monotonic() - began
    process.communicate()
    with open_store(path) as store:
        return store.read(), took


@pytest.mark.parametrize("attempt", range(6 * int(os.environ.get("TRUYVET_TORTURE", "1"))))
def test_killed_at_a_random_moment(tmp_path, undisturbed, attempt):
    wanted, took = undisturbed
    path = tmp_path / "store.duckdb"
    before = records_of({"persons": [{"person": "known"}]})
    with open_store(path) as store:
        store.write(before)
    process = start(path)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(random.Random(attempt).uniform(0, took * 1.1))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    with open_store(path) as store:
        left = store.read()
        if len(left) == 1:
            assert_same_records(left, before)
        else:  # killed after the last moment of the write
            assert len(left) == len(wanted) + 1
        store.write(wanted)
        after = store.read()
    persons = after.persons[after.persons["person"] != "known"].reset_index(drop=True)
    assert_same_records(Records({**after.tables, "persons": persons}), wanted)


@pytest.mark.parametrize("attempt", range(4))
def test_killed_while_the_store_is_made(tmp_path, attempt):
    path = tmp_path / "store.duckdb"
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, graph.duckdb.store, graph\nprint(1, flush=True)\ngraph.open_store(sys.argv[1])",
            str(path),
        ],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(random.Random(attempt).uniform(0, 0.15))
    process.kill()
    process.communicate()
    with open_store(path) as store:
        assert_same_records(store.read(), Records())


SPILL = """
import os, signal, sys
from pathlib import Path
from graph.duckdb.store import EmbeddedStore

store = EmbeddedStore(Path(sys.argv[1]), memory_limit="30MB", threads=1)
with store._session() as session:
    session.execute("CREATE TEMP TABLE t AS SELECT md5(range::text) AS word FROM range(2_000_000)")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_spilled_is_removed_by_the_next(tmp_path):
    path = tmp_path / "store.duckdb"
    with open_store(path):
        pass
    subprocess.run([sys.executable, "-c", SPILL, str(path)], check=False)
    assert sum(file.stat().st_size for file in tmp_path.glob(".store.duckdb.*.new.tmp/*")) > 1_000_000
    with open_store(path, create=False, read_only=True):
        assert [left.name for left in tmp_path.iterdir()] == ["store.duckdb"]
