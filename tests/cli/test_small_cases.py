"""Small inputs whose right answer is known, from files to what is said: the kinds D4, E, S of faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Return a call of the command line in an empty folder: its exit code and what it said; files first."""
    monkeypatch.chdir(tmp_path)

    def call(command: str, expect: int = 0, **files: str) -> str:
        for name, text in files.items():
            Path(f"{name}.csv").write_text(text.replace(" / ", "\n") + "\n", encoding="utf-8")
        capsys.readouterr()
        assert run([*command.split(), "--lang", "en"]) == expect
        told = capsys.readouterr()
        return told.out + told.err

    return call


def tiers(told: str) -> dict[str, str]:
    """Return the tier of each person on a list: ``F1 certain``."""
    return {words[0]: " ".join(words[1:3]) for line in told.splitlines()[2:] if (words := line.split())}


def test_the_class_of_a_case_says_who_is_one(say) -> None:
    no = ("Âm tính", "Đã loại trừ", "Không phải F0", "Negative", "Discarded")
    no += ("LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_NOT_A_CASE_DISCARDED",)
    rows = [f"N{n},n{n},2021-07-08,{word}" for n, word in enumerate(no)]
    rows += ["G,g,2021-07-08,Nghi ngờ", "H,h,2021-07-08,SUSPECT", "I,i,2021-07-08,Xác định"]
    say("load c.csv -q", c="Mã BN,Họ tên,Ngày khởi phát,Phân loại ca / " + " / ".join(rows))
    assert tiers(say("tiers --list")) == {"G": "F0 possible", "H": "F0 possible", "I": "F0 certain"}


def test_results_of_today_make_nobody_less_of_a_case(say) -> None:
    say("load c.csv -q", c="id,positive_date,age,status / BN1,2021-07-08,66,negative / BN2,2021-07-08,28,positive")
    assert set(tiers(say("tiers --list"))) == {"BN1", "BN2"}


def test_carers_of_an_isolated_patient(say) -> None:
    say(
        "load cases.csv contacts.csv -q",
        cases="person,onset,confirmed,isolated / W1,2022-01-05,2022-01-06,2022-01-06",
        contacts="index,person,last_contact,setting,distance_m,minutes,protected,physical"
        " / W1,S1,2022-01-08,household,0.5,600,false,true / W1,S2,2022-01-09,care,0.5,30,false,true",
    )
    found = tiers(say("tiers --list --policy vn-11042"))
    assert found["S1"] == found["S2"] == "F1 certain"


def test_a_touch_stands_in_a_list_of_contacts_too(say) -> None:
    say(
        "load cases.csv f1.csv -q",
        cases="person,onset / C1,2021-07-08",
        f1="index,person,last_contact,physical / C1,A,2021-07-07,yes / C1,B,2021-07-07,",
    )
    assert tiers(say("tiers --list")) == {"C1": "F0 certain", "A": "F1 certain", "B": "F1 possible"}


def test_where_no_rule_was_in_force_it_is_asked_which_is_meant(say) -> None:
    say(
        "load cases.csv contacts.csv --create-people -q",
        cases="person,onset / C1,2025-07-08",
        contacts="person_a,person_b,start,end,distance_m / C1,A,2025-07-07T09:00,2025-07-07T10:00,1",
    )
    told = say("export", expect=2)
    assert "Which rule is meant?" in told and "0 need" not in told and not Path("truyvet-lists.xlsx").exists()


def test_the_last_exposure_is_said_with_whom_it_was(say) -> None:
    say(
        "load cases.csv contacts.csv --create-people -q",
        cases="person,onset / C1,2021-07-10T09:00 / C2,2021-07-11",
        contacts="person_a,person_b,start,end,distance_m / C1,A,2021-07-09T09:00,2021-07-09T10:00,1"
        " / C2,A,2021-07-12T09:00,2021-07-12T10:00,1",
    )
    (line,) = [line for line in say("tiers --list").splitlines() if line.startswith("A ")]
    assert "12 Jul 2021" in line and line.split()[-1] == "C2"
    assert "infectious 7 Jul–12 Jul" in say("why A")


def test_a_circle_is_no_longest_chain(say) -> None:
    say(
        "load cases.csv links.csv -q",
        cases="person,onset / A,2021-07-08 / B,2021-07-12 / C,2021-07-09",
        links="source,target,date / A,B,2021-07-10 / B,C,2021-07-05 / C,A,2021-07-12",
    )
    told = say("chains --all")
    assert "No link can be followed in time: greatest depth 0." in told and "A > B > C > A" in told
    assert "Longest chain" not in told
