"""The files for the server's own importer: every row is in them, and a real import gives back the same records."""

from __future__ import annotations

import csv
import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from small_records import NASTY, records_of

from graph import open_store
from graph.neo4j.import_files import write_import_files
from graph.neo4j.server.jars import DEFAULT_VERSION, get_distribution
from loaders.invented.province import generate_province
from tracing.model.normal import concat_records
from tracing.model.records import Records


def nasty_records() -> Records:
    """Records of everything that CSV could break, people and places that are only mentioned among them."""
    texts = [text for text in NASTY if "\x00" not in text]
    persons = [
        {"person": t, "name": t, "address": "", "birth_year": -1, "immune": i % 2 == 0} for i, t in enumerate(texts)
    ]
    contacts = [
        {
            "contact": f"c{i}",
            "person_a": t,
            "person_b": f"only mentioned {i}",
            "start": (1 << 62) + i,
            "place": t,
            "distance_m": 0.1 + i / 3,
        }
        for i, t in enumerate(texts)
    ]
    visits = [{"visit": t, "person": "a visitor", "place": t, "start": -i * 50_000} for i, t in enumerate(texts)]
    areas = [{"area": t, "name": t, "level": "group", "parent": "above", "lat": -0.0} for t in texts]
    return records_of({"persons": persons, "contacts": contacts, "visits": visits, "areas": areas})


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    header = (folder / f"{name}-header.csv").read_text(encoding="utf-8").strip().split(",")
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [dict(zip(header, row, strict=True)) for row in csv.reader(file)]


def test_every_row_is_in_the_files(tmp_path: Path) -> None:
    records = generate_province(people=100, seed=5).records
    written = write_import_files(records, tmp_path / "files")
    for name in ("persons", "cases", "places", "areas", "tests", "isolations", "arrivals"):
        assert len(rows(written.folder, name)) == len(records[name]) == written.nodes[name][1]
    for name, kind in (("contacts", "CONTACT"), ("visits", "VISITED"), ("links", "LINK")):
        if len(records[name]):
            assert written.relationships[name] == (kind, len(records[name]))
            assert len(rows(written.folder, name)) == len(records[name])
    assert {row["contact:string"] for row in rows(written.folder, "contacts")} == set(records.contacts["contact"])


def test_nasty_texts_stay_as_they_are(tmp_path: Path) -> None:
    records = nasty_records()
    written = write_import_files(records, tmp_path)
    people = rows(tmp_path, "persons")
    assert {row["person:ID(Person)"] for row in people} == set(records.persons["person"])
    assert {row["name:string"] for row in people} == set(records.persons["name"])
    assert ',"",' in (tmp_path / "persons.csv").read_text(encoding="utf-8"), "an empty text is not an absent one"
    mentioned = {row["person:ID(Person)"] for row in rows(tmp_path, "persons-mentioned")}
    assert "a visitor" in mentioned and "only mentioned 0" in mentioned
    assert shlex.split(written.command())[:5] == ["neo4j-admin", "database", "import", "full", "neo4j"]


def test_no_records_give_a_store_all_the_same(tmp_path: Path) -> None:
    written = write_import_files(Records(), tmp_path)
    assert set(written.nodes) == {"store"} and not written.relationships


@pytest.mark.neo4j
@pytest.mark.slow
def test_a_real_import_gives_the_same_records(
    tmp_path: Path, start_neo4j: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start_neo4j()
    monkeypatch.setenv("TRUYVET_NEO4J_USER", server.user)
    monkeypatch.setenv("TRUYVET_NEO4J_PASSWORD", server.password)
    nasty, province = nasty_records(), generate_province(people=300, seed=5).records
    records = concat_records([nasty, province])
    assert len(records) == len(nasty) + len(province)
    server.stop()
    written = write_import_files(records, tmp_path / "import files")
    admin(
        server.home,
        [
            "database",
            "import",
            "full",
            "neo4j",
            *written.arguments,
            f"--report-file={tmp_path / 'report'}",
            "--overwrite-destination",
        ],
    )
    server.restart()
    with open_store(server.uri) as store:
        assert store.read().content_hash() == records.content_hash()
        again = store.write(records)
        assert (again.new, again.conflicting) == (0, 0)
        for person in (records.cases["person"].tolist()[0], NASTY[0]):
            assert len(store.slice(people=[person], steps=1).records.contacts)


def admin(home: Path, arguments: list[str]) -> None:
    """Run the server's own administration program."""
    found = get_distribution(DEFAULT_VERSION)
    done = subprocess.run(
        [
            str(found.java.home / "bin" / "java"),
            "-Xmx768m",
            "-cp",
            str(found.lib / "*"),
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "org.neo4j.cli.AdminTool",
            *arguments,
        ],
        env=os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
