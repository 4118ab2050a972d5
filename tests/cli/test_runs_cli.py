"""Runs: kept, found by the beginning of their id, compared with reasons, deleted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.main import run
from tracing.model.records import Records

CONTACT = "person_a,person_b,start,end,kind,distance_m\n"


@pytest.fixture(scope="module")
def traced_twice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store that was loaded and traced twice."""
    folder = tmp_path_factory.mktemp("traced-twice")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("TRUYVET_STORE", raising=False)
        load_and_trace_twice()
    return folder


def load_and_trace_twice() -> None:
    Path("cases.csv").write_text("person,onset\nA,2021-07-04\n", encoding="utf-8")
    Path("one.csv").write_text(CONTACT + "A,B,2021-07-06T09:00,2021-07-06T10:00,work,1\n", encoding="utf-8")
    Path("two.csv").write_text(CONTACT + "A,C,2021-07-05T09:00,2021-07-05T10:00,work,1\n", encoding="utf-8")
    Path("case.csv").write_text("person,onset\nB,2021-07-06\n", encoding="utf-8")
    for files in (["cases.csv", "one.csv"], ["two.csv", "case.csv"]):
        assert run(["load", *files, "--create-people", "-q"]) == 0
        assert run(["tiers", "-q"]) == 0


@pytest.fixture
def two_runs(
    traced_twice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    shutil.copytree(traced_twice, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    for name in ("TRUYVET_STORE", "TRUYVET_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    capsys.readouterr()
    assert run(["runs", "--json"]) == 0
    return [header["id"] for header in json.loads(capsys.readouterr().out)["runs"]]


def test_the_hash_of_records_is_read_from_a_run_of_just_these(
    two_runs: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def inputs() -> str:
        capsys.readouterr()
        assert run(["tiers", "--json"]) == 0
        return str(json.loads(capsys.readouterr().out)["provenance"]["inputs"])

    known = inputs()
    with monkeypatch.context() as patch:
        patch.setattr(Records, "content_hash", lambda _records: "worked out")
        assert inputs() == known
        Path("three.csv").write_text(CONTACT + "A,D,2021-07-05T09:00,2021-07-05T10:00,work,1\n", encoding="utf-8")
        assert run(["load", "three.csv", "--create-people", "-q"]) == 0
        assert inputs() == "worked out", "the records are others now"


def test_two_runs_are_compared_with_reasons(two_runs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert len(two_runs) == 2
    assert run(["runs", "compare", *two_runs]) == 0
    said = capsys.readouterr().out
    assert "1 new, 1 risen" in said
    assert "C   new     –       F1" in said
    assert "a contact with A is new on record or counts now" in said and "turned out to be a case" in said
    assert run(["runs", "compare", *two_runs, "--json", "--lang", "vi"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["before"] == two_runs[0] and found["counts"] == {"new": 1, "risen": 1}
    assert {row["person"]: row["reason"] for row in found["changes"]} == {"B": "case.new", "C": "contact.new"}


def test_the_other_way_round(two_runs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["runs", "compare", *reversed(two_runs), "--lang", "vi"]) == 0
    said = capsys.readouterr().out
    assert "1 xuống xa hơn, 1 rời danh sách" in said


def test_a_run_is_found_by_the_beginning_of_its_id(two_runs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    shared = two_runs[0][0] == two_runs[1][0]
    assert run(["runs", "show", two_runs[0][:6], "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["id"] == two_runs[0] and shown["rows"]["tiers"] == 2
    assert run(["runs", "show", ""]) == 3
    assert run(["runs", "show", two_runs[0][:1]]) == (2 if shared else 0)


def test_the_lists_since_a_named_run(two_runs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", "--lists", "new", "--since", two_runs[0], "--out", "since.csv", "-q"]) == 0
    text = Path("since.csv").read_text(encoding="utf-8-sig")
    assert "contact.new" not in text and "a contact with A is new on record or counts now" in text
    assert text.count("\n") == 3
    assert run(["export", "--since", "nothing", "--out", "x.csv"]) == 3


def test_a_deleted_run_is_gone_and_comes_back_the_same(two_runs: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["runs", "delete", two_runs[1]]) == 0
    assert run(["runs", "show", two_runs[1]]) == 3
    assert run(["tiers", "-q"]) == 0
    capsys.readouterr()
    assert run(["runs", "show", "last", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == two_runs[1]


def test_a_part_is_asked_for_as_of_the_whole_stores_last_day(
    two_runs: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("later.csv").write_text(CONTACT + "X,Y,2021-07-20T09:00,2021-07-20T10:00,work,1\n", encoding="utf-8")
    assert run(["load", "later.csv", "--create-people", "-q"]) == 0
    for command in (["tiers", "--case", "A"], ["chains", "A"], ["tiers"]):
        capsys.readouterr()
        assert run(command) == 0
        assert "the end of 20 Jul 2021" in capsys.readouterr().out
