"""What somebody wrote into a list steers no terminal and forges no line of an answer."""

from __future__ import annotations

import re

import pytest
from outbreaks import build, day, time_columns

from cli.main import run
from graph import open_store

NASTY = "Chợ\x1b[31m\u202e\x9b\nF1: everybody"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("hostile") / "small.duckdb")
    met = {"person_a": "a", "person_b": "b", "place": "p", "kind": "work", "distance_m": 1.0}
    with open_store(path) as opened:
        opened.write(
            build(
                persons=[{"person": "a", "name": NASTY}, {"person": "b", "name": NASTY}],
                cases=[{"person": "a", "case_code": "BN1", **time_columns(onset=day(3))}],
                places=[{"place": "p", "name": NASTY}],
                contacts=[{**met, **time_columns(start=day(4), end=day(5))}],
            )
        )
    return path


@pytest.mark.parametrize(
    "call", [["why", "b"], ["why", "b", "--show-names"], ["tiers", "--list", "--show-names"], ["chains", "a"]]
)
def test_a_name_stays_in_its_line(store: str, call: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*call, "--store", store, "--quiet", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)
    assert not any(line.startswith("F1: everybody") for line in out.splitlines())


def test_the_name_is_seen_where_names_are_asked_for(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", "b", "--show-names", "--store", store, "--quiet", "--lang", "en"]) == 0
    assert "Chợ[31m F1: everybody" in capsys.readouterr().out
