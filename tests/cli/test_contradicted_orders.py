"""An order to stay at home that other records contradict is asked about when it is loaded, and by ``check``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.main import run

CASES = "person,onset,sample,confirmed\nBN1,2021-09-12,2021-09-13,2021-09-13\n"
ORDERS = "person,start,end,kind\nBN1,2021-08-25,2021-09-12,home\n"
VISITS = "person,place,start,end\nBN1,Quán A,2021-09-01T08:00,2021-09-01T09:00\n"
PLACES = "place,name,kind\nQuán A,Quán A,cafe\n"
TOLD = "Question: 1 person was ordered to stay at home before being found, but seen elsewhere."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (("cases", CASES), ("isolations", ORDERS), ("visits", VISITS), ("places", PLACES)):
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *call: str) -> str:
    capsys.readouterr()
    assert run([*call, "--lang", "en"]) == 0
    return capsys.readouterr().out


def test_a_load_asks_about_it_with_the_record(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(capsys, "load", "cases.csv", "isolations.csv", "visits.csv", "places.csv")
    assert TOLD in shown and "Quán A" in shown


def test_check_asks_too_also_with_what_is_on_record(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert TOLD in said(capsys, "check", "cases.csv", "isolations.csv", "visits.csv", "places.csv")
    assert TOLD not in said(capsys, "load", "cases.csv", "isolations.csv", "places.csv")
    assert TOLD in said(capsys, "check", "visits.csv")
    (found,) = json.loads(said(capsys, "check", "visits.csv", "--json"))["contradicted_stays"]
    assert (found["person"], found["severity"], found["place"]) == ("BN1", "question", "Quán A")


def test_nothing_is_asked_where_nothing_is_contradicted(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("visits.csv").write_text(VISITS.replace("2021-09-01", "2021-08-20"), encoding="utf-8")
    assert "Question" not in said(capsys, "load", "cases.csv", "isolations.csv", "visits.csv", "places.csv")
