"""``truyvet same``: what is joined, asked, decided, taken back, and what that changes (cases D1 to D3)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from cli.use_cases.same import open_pairs
from graph import open_store
from tracing.identity.decisions import PEOPLE, PLACES
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers

POLICY = load_policy("vn-3468")
CASES = """Mã BN,Họ và tên,Năm sinh,SĐT,Ngày khởi phát
BN1,Lê Văn Tám,1980,0912345679,2021-07-08
BN9,Trần Thị Bé,1970,0900000009,2021-07-02
"""
CONTACTS = """Mã F1,Họ và tên,Năm sinh,SĐT,Tiếp xúc với ca,Ngày tiếp xúc cuối
K1,LE VAN TAM,1980,84 912 345 679,BN9,2021-07-04
K2,Nguyễn Văn An,1990,0900000002,K1,2021-07-07
"""
MAYBE = """Mã F1,Họ và tên,SĐT,Tiếp xúc với ca,Ngày tiếp xúc cuối
K3,Lê Văn Tám,0912345679,BN9,2021-07-04
K4,Nguyễn Văn Em,0900000004,K3,2021-07-07
"""
Call = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the lists, and a store into which cases and contacts were loaded."""
    made = tmp_path_factory.mktemp("lists")
    for name, text in {"cases": CASES, "contacts": CONTACTS, "maybe": MAYBE}.items():
        (made / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        assert run(["load", "cases.csv", "contacts.csv", "--store", "loaded.duckdb", "--quiet", "--lang", "en"]) == 0
    return made


@pytest.fixture
def empty(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command in a folder with the lists in it, no store yet, and return what it prints."""
    monkeypatch.chdir(tmp_path)
    for file in folder.glob("*.csv"):
        shutil.copy(file, tmp_path)

    def said(*words: str, lang: str = "en", code: int = 0) -> str:
        assert run([*words, "--lang", lang]) == code, capsys.readouterr()
        return capsys.readouterr().out

    return said


@pytest.fixture
def call(folder: Path, empty: Call, tmp_path: Path) -> Call:
    """Run a command where cases and contacts are loaded."""
    shutil.copy(folder / "loaded.duckdb", tmp_path / "truyvet.duckdb")
    return empty


def tiers() -> dict[str, int]:
    """Return who is listed, and the tier, as ``truyvet tiers`` works it out: its own tests are elsewhere."""
    with open_store("truyvet.duckdb", read_only=True) as store:
        table = trace_tiers(store.slice(), policy=POLICY).table
    listed = table[table["tier_possible"].notna()]
    return dict(zip(listed["person"], listed["tier_possible"].astype(int), strict=True))


def questions() -> list[dict[str, Any]]:
    """Return what is asked; that ``truyvet same review --json`` says it, one test looks at."""
    with open_store("truyvet.duckdb", read_only=True) as store:
        return [{"id": one.id, one.of: list(one.people), "changes_tier": one.changes_tier} for one in open_pairs(store)]


def test_a_contact_who_became_a_case_is_joined_where_phone_name_and_year_agree(empty: Call) -> None:
    empty("load", "cases.csv")
    loaded = empty("load", "contacts.csv")
    assert "1 pair of ids is one person, joined without asking" in loaded
    assert "What it changes: 1 rise, 0 fall, 0 come, 1 go" in loaded
    assert "stands under BN1 now" in loaded
    assert tiers() == {"BN1": 0, "BN9": 0, "K2": 1}
    why = empty("why", "K1")
    assert why.index("BN1: F0") >= 0 and "cases.csv · 2" in why and "contacts.csv · 2" in why
    assert json.loads(empty("why", "BN1", "--json"))["members"][1]["source"] == "contacts.csv · 2"
    log = json.loads(empty("same", "log", "--json"))
    assert [one["people"] for one in log["automatic"]] == [["BN1", "K1"]]
    assert "nothing changed" in empty("load", "contacts.csv")
    assert json.loads(empty("same", "log", "--json")) == log


def test_a_first_load_does_not_say_what_its_joins_change_of_a_list_that_nobody_saw(empty: Call) -> None:
    loaded = empty("load", "cases.csv", "contacts.csv")
    assert "1 pair of ids is one person, joined without asking" in loaded
    assert "What it changes" not in loaded


def test_the_order_of_loading_changes_nothing(empty: Call) -> None:
    empty("load", "contacts.csv", "--create-people")
    empty("load", "cases.csv")
    assert tiers() == {"BN1": 0, "BN9": 0, "K2": 1}


def test_a_join_without_asking_can_be_told_apart_and_that_is_said_and_kept(call: Call) -> None:
    (join,) = json.loads(call("same", "log", "--json"))["automatic"]
    said = call("same", "reject", join["id"], "--why", "asked by phone")
    assert "What it changes: 0 rise, 1 fall, 1 come, 0 go" in said
    assert "stood under BN1 before" in said
    assert tiers() == {"BN1": 0, "BN9": 0, "K1": 1, "K2": 2}
    assert call("same", "propose").startswith("0 joins without asking in all.")
    assert questions() == []
    call("same", "undo")
    assert tiers() == {"BN1": 0, "BN9": 0, "K2": 1}


def test_a_question_that_changes_a_tier_says_what_a_yes_changes_and_is_never_asked_again(call: Call) -> None:
    loaded = call("load", "maybe.csv", code=4)
    (asked,) = questions()
    assert loaded.count(asked["id"]) == 1 and "may be one person" not in loaded
    assert asked["changes_tier"] and "K3" in asked[PEOPLE]
    (told,) = json.loads(call("same", "review", "--json"))["questions"]
    assert told["people"] == asked[PEOPLE] and told["changes_tier"] and told["id"] == asked["id"]
    page = call("same")
    assert "A yes: 1 rise, 0 fall, 0 come, 1 go" in page
    assert "Tám" not in page and "0912" not in page
    named = call("same", "review", "--show-names", lang="vi")
    assert "Lê Văn Tám" in named and "cùng số điện thoại" in named
    assert "stands under BN1 now" in call("same", "accept", asked["id"])
    assert tiers() == {"BN1": 0, "BN9": 0, "K2": 1, "K4": 1}
    assert questions() == []
    call("undo")
    call("load", "maybe.csv")
    call("same", "propose")
    assert questions() == []
    assert tiers() == {"BN1": 0, "BN9": 0, "K2": 1, "K4": 1}
    call("same", "split", "K3", "--why", "a cousin")
    assert tiers()["K3"] == 1
    log = json.loads(call("same", "log", "--json"))["decisions"]
    assert [(one["what"], one["why"]) for one in log] == [("join", ""), ("split", "a cousin")]
    assert questions() == []


def test_an_answer_to_a_load_is_a_decision_and_goes_with_it(empty: Call) -> None:
    empty("load", "cases.csv")
    empty("load", "maybe.csv", code=4)
    (asked,) = json.loads(empty("questions", "--json"))
    empty("answer", asked["id"], "yes")
    assert tiers() == {"BN1": 0, "BN9": 0, "K4": 1}
    assert questions() == []
    empty("answer", "--back", asked["id"])
    assert tiers()["K3"] == 1
    empty("answer", asked["id"], "no")
    assert tiers()["K3"] == 1
    assert questions() == []
    empty("answer", "--back", asked["id"])
    empty("undo")
    empty("load", "maybe.csv", "--answer", f"{asked['id']}=yes")
    assert tiers() == {"BN1": 0, "BN9": 0, "K4": 1}
    assert json.loads(empty("same", "log", "--json"))["decisions"][-1]["people"] == ["BN1", "K3"]
    empty("undo")
    empty("load", "maybe.csv", code=4)
    assert tiers()["K3"] == 1


def test_a_question_that_changes_a_tier_ends_a_load_with_4_another_does_not(call: Call) -> None:
    head = "Mã F1,Họ và tên,Năm sinh,SĐT,Tiếp xúc với ca,Ngày tiếp xúc cuối\n"
    Path("near.csv").write_text(head + "K6,Lê Văn Tám,1981,0912345679,BN9,2021-07-04\n", encoding="utf-8")
    assert "may be one person" in call("load", "near.csv", code=4)
    (changing,) = questions()
    assert "two people" in call("same", "reject", changing["id"])
    Path("list.csv").write_text(head + "K5,Nguyễn Văn An,,0900000002,BN9,2021-07-04\n", encoding="utf-8")
    assert "1 pair may be one person" in call("load", "list.csv")
    (asked,) = questions()
    assert asked[PEOPLE] == ["K2", "K5"]
    assert "joined" not in call("same", "accept", asked["id"])
    assert call("load", "list.csv")


def test_places_under_several_spellings_are_one(call: Call) -> None:
    head = "Họ tên,Năm sinh,SĐT,Địa điểm,Thời gian đến,Thời gian đi\n"
    rows = {
        "one": "Trần Thị Bé,1970,0900000009,{},2021-07-03 08:00,2021-07-03 09:00\n",
        "two": "Ngô Văn Hai,1977,0911222333,{},2021-07-03 08:30,2021-07-03 09:00\n",
    }
    names = {"one": ("xe 69A-123.45", "Quán cà phê Gió Lộng"), "two": ("69A12345", "Cafe Gio Longg")}
    for file, row in rows.items():
        Path(f"{file}.csv").write_text(head + "".join(row.format(name) for name in names[file]), encoding="utf-8")
    call("load", "one.csv", code=0)
    loaded = call("load", "two.csv")
    assert "1 pair of spellings is one place, joined without asking" in loaded
    assert "What it changes: 0 rise, 0 fall, 1 come" in loaded
    (asked,) = questions()
    assert sorted(asked[PLACES]) == ["Cafe Gio Longg", "Quán cà phê Gió Lộng"]
    assert "cùng biển số" in call("same", "log", lang="vi")
    assert "two places" in call("same", "reject", asked["id"])
    assert questions() == []
    assert "Decision 2: taken out" in call("same", "split", "69A12345")
    assert len(tiers()) == 3
    call("same", "undo", "2")
    assert len(tiers()) == 4


def test_spellings_within_one_load_are_on_the_log_and_can_be_taken_back(call: Call) -> None:
    head = "Họ tên,Năm sinh,SĐT,Địa điểm,Thời gian đến,Thời gian đi\n"
    rows = [("Trần Thị Bé,1970,0900000009", "Quán cà phê Gió Lộng"), ("Ngô Văn Hai,1977,0911222333", "QC GIO LONG")]
    text = head + "".join(f"{who},{place},2021-07-03 08:00,2021-07-03 09:00\n" for who, place in rows)
    Path("qr.csv").write_text(text, encoding="utf-8")
    call("load", "qr.csv", code=0)
    (join,) = (one for one in json.loads(call("same", "log", "--json"))["automatic"] if PLACES in one)
    assert set(join[PLACES]) == {place for _who, place in rows} and join["at"]
    assert len(tiers()) == 4
    call("same", "split", "QC GIO LONG", "--why", "two owners")
    assert len(tiers()) == 3
    call("load", "qr.csv", code=0)
    assert len(tiers()) == 3, "what was taken apart stays so when the list comes again"
    call("same", "undo")
    assert len(tiers()) == 4


def test_exports_have_one_row_per_person_with_all_phones(call: Call, tmp_path: Path) -> None:
    Path("again.csv").write_text(
        "Mã F1,Họ và tên,Năm sinh,SĐT,Tiếp xúc với ca,Ngày tiếp xúc cuối\n"
        "K9,NGUYEN VAN AN,1990,0900000002; 0933333333,BN9,2021-07-04\n",
        encoding="utf-8",
    )
    call("load", "again.csv")
    call("export", "--show-names", "--out", "lists.csv")
    rows = (tmp_path / "lists.csv").read_text(encoding="utf-8-sig").splitlines()
    mine = [row for row in rows if "0900000002" in row]
    assert len(mine) == 1
    assert "0900000002; 0933333333" in mine[0]


def test_a_join_across_somebody_told_apart_is_refused(call: Call) -> None:
    call("same", "reject", "K2", "BN1")
    call("same", "accept", "K2", "K1", code=2)
    call("same", "undo", "7", code=3)
    call("same", "accept", "nobody", "BN1", code=3)
    call("same", "split", "BN9", code=3)


def test_words_in_an_id_column_make_nobody_one_person(call: Call) -> None:
    Path("d1.csv").write_text(
        "Họ và tên,Năm sinh,CCCD,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối\n"
        "Lê Một,1980,không có,0912000001,BN9,2021-07-05\n"
        "Lê Hai,1981,không có,0912000002,BN9,2021-07-05\n",
        encoding="utf-8",
    )
    call("load", "d1.csv")
    assert list(tiers().values()).count(1) == 3
    assert questions() == []


def test_weights_can_be_fitted_and_used(call: Call) -> None:
    call("same", "fit", "--out", "weights.toml")
    found = json.loads(call("same", "propose", "--weights", "weights.toml", "--json"))
    assert found["joins"] + len(found["questions"]) <= 1


def test_rows_without_ids_that_name_somebody_by_year_are_logged_and_can_be_taken_back(call: Call) -> None:
    Path("visits.csv").write_text(
        "Họ tên,Năm sinh,Địa điểm,Thời gian đến,Thời gian đi\n"
        "TRAN THI BE,1970,Quán Gió,2021-07-03 08:00,2021-07-03 09:00\n"
        "Ngô Văn Hai,1977,Quán Gió,2021-07-03 08:30,2021-07-03 09:00\n",
        encoding="utf-8",
    )
    assert "1 pair of ids is one person, joined without asking" in call("load", "visits.csv")
    assert sorted(tiers().values()) == [0, 0, 1, 1]
    log = json.loads(call("same", "log", "--json"))["automatic"]
    (join,) = [one for one in log if "BN9" in one["people"]]
    assert "fall" in call("same", "reject", join["id"])
    assert sorted(tiers().values()) == [0, 0, 1]
    call("load", "visits.csv")
    assert sorted(tiers().values()) == [0, 0, 1]
    call("same", "undo")
    assert sorted(tiers().values()) == [0, 0, 1, 1]


def test_a_passenger_of_the_name_and_year_of_a_case_is_asked_about(call: Call) -> None:
    """Anybody may sit in a coach: joined without asking, all the others aboard would be F1."""
    Path("coach.csv").write_text(
        "DANH SÁCH HÀNH KHÁCH XE 69B-004.56 ngày 03/07/2021,,,\n"
        "Họ tên,Năm sinh,Số ghế,Ghi chú\n"
        "Trần Thị Bé,1970,3,\nNgô Văn Hai,1977,4,\nKim Thị Ba,1978,5,\n",
        encoding="utf-8",
    )
    assert "case and contact at once, so that a tier changes: 1." in call("load", "coach.csv", code=4)
    assert sorted(tiers().values()) == [0, 0, 1]
    (asked,) = (one for one in questions() if "BN9" in one[PEOPLE])
    assert asked["changes_tier"]
    call("same", "accept", asked["id"])
    assert sorted(tiers().values()) == [0, 0, 1, 1, 1]


def test_several_questions_are_answered_at_once_and_two_cases_that_become_one_are_named(empty: Call) -> None:
    (Path("f2.csv")).write_text(
        "Mã F1,Họ và tên,Năm sinh,SĐT,Tiếp xúc với ca,Ngày tiếp xúc cuối\n"
        "K5,Nguyễn Văn An,,0900000002,BN9,2021-07-04\nK6,Trần Bé,1970,0900000008,BN1,2021-07-09\n",
        encoding="utf-8",
    )
    empty("load", "cases.csv", "contacts.csv")
    empty("load", "maybe.csv", "f2.csv", code=4)
    asked = [one["id"] for one in questions()]
    assert len(asked) > 1
    said = empty("same", "reject", *asked)
    assert said.count("two people.") == len(asked) and not questions()
    said = empty("same", "accept", "BN1", "BN9")
    assert "Both were cases on record" in said
