"""What is proposed as the next step can be typed as it stands, and asks the same store by the same rule and time."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cli.main import run
from loaders.invented.province import generate_province
from loaders.invented.write import write_province

STORE = "a store of mine.duckdb"
ASKED = ["--policy", "vn-3468", "--as-of", "2021-07-20"]


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with lists; return a case that led to others."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUYVET_STORE", raising=False)
    province = generate_province(people=300, seed=7, contacts_per_person=3.0, cases=15)
    write_province(province, tmp_path / "lists")
    return str(province.records.links["source"].value_counts().index[0])


def proposed(text: str) -> list[list[str]]:
    """Return the calls that stand at the end of lines, as words."""
    ends = [line.rpartition("truyvet ")[2] for line in text.splitlines() if re.search(r"[: ]truyvet [a-z]", line)]
    return [shlex.split(end) for end in ends if "--store" in end]


def test_next_steps_go_on_with_the_same_question(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    calls = (
        ["check", "lists"],
        ["load", "lists"],
        ["tiers", *ASKED],
        ["tiers", "--case", case, *ASKED],
        ["chains", case, *ASKED],
        ["zones", *ASKED],
    )
    for words in calls:
        assert run([*words, "--store", STORE, "--lang", "en"]) == 0
        steps = proposed(capsys.readouterr().out)
        assert steps, words
        for step in steps:
            assert step[step.index("--store") + 1] == STORE
            if words[0] not in ("check", "load"):
                assert " ".join(ASKED) in " ".join(step)
            if words[0] != "check":
                assert run(step) == 0, step
        capsys.readouterr()
    assert sorted(path.name for path in Path().iterdir()) == [STORE, "lists"]


def test_nothing_is_added_where_nothing_was_said(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load", "lists", "--lang", "en"]) == 0
    assert "Next: truyvet tiers\n" in capsys.readouterr().out


def test_a_page_of_chains_does_not_tell_where_the_store_is(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["load", "lists", "--store", STORE]) == 0
    assert run(["chains", case, "--store", STORE, "--html", "page.html"]) == 0
    assert STORE not in Path("page.html").read_text(encoding="utf-8")


def test_a_stay_that_ended_before_the_last_contact_is_no_isolation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cases.csv").write_text("person,onset\nC1,2021-07-12\n", encoding="utf-8")
    Path("contacts.csv").write_text("person_a,person_b,start,distance_m\nC1,K1,2021-07-12,1\n", encoding="utf-8")
    Path("isolations.csv").write_text("person,start,end,kind\nK1,2021-06-20,2021-07-04,centre\n", encoding="utf-8")
    files = ["cases.csv", "contacts.csv", "isolations.csv"]
    assert run(["load", *files, "--create-people", "-q"]) == 0
    assert run(["tiers", "--policy", "vn-3468", "--lang", "en"]) == 0
    assert "Next: 1 F1 in unknown communes have no isolation on record: " in capsys.readouterr().out
