"""A list that is loaded again under other answers: what its rows say now stands alone, undo brings back the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cli.main import run
from graph import open_store
from tracing.errors import NothingFound
from tracing.times import format_iso

SHIFTS = (
    "STT,Họ và tên,Năm sinh,Ca,Ngày,Chuyền\n"
    "1,Lê Văn Một,1990,Đêm,18/7/2021,Chuyền 2\n"
    "2,Ngô Văn Ba,1989,Sáng,18/7/2021,Chuyền 2\n"
)
F0 = "Mã BN,Họ và tên,Ngày khởi phát\nBN34,Trần A,2021-08-06\nBN35,Lê B,2021-08-06\n"
NUMBERS = (
    "DANH SÁCH TIẾP XÚC GẦN CỦA BN34\nSTT,Họ và tên,Năm sinh,Xyz,Nơi ở,Ngày TX\n"
    '1,Nguyễn Văn An,1975,HS-0009,"Khóm 4, Phường 5",07/08/2021\n'
    "2,Hai Đen,1980,HS-0008,,07/08/2021\n"
)
F1 = "Họ và tên,SĐT,Tiếp xúc với F0,Ngày\nLê Một,0912000001,BN34 hoặc BN35,2021-08-07\n"


class Night:
    """Calls in one folder with one store; ``told`` is what the last one printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.told = ""

    def __call__(self, *words: str) -> int:
        code = run([*words, "--lang", "en"])
        self.told = self.capsys.readouterr().out
        return code

    def questions(self) -> dict[str, str]:
        self("questions", "--json")
        found: list[dict[str, Any]] = json.loads(self.told)
        return {one["id"]: one["column"] for one in found}

    def visits(self) -> list[tuple[str, str]]:
        with open_store("truyvet.duckdb", read_only=True) as store:
            rows = store.read(tables=["visits"]).visits
        return sorted(
            (str(v.place), format_iso(int(v.start), int(v.start_to), "Asia/Ho_Chi_Minh")[:16])
            for v in rows.itertuples()
        )

    def people(self) -> set[str]:
        with open_store("truyvet.duckdb", read_only=True) as store:
            return set(store.read(tables=["persons"]).persons["person"])

    def name(self, person: str) -> str:
        with open_store("truyvet.duckdb", read_only=True) as store:
            persons = store.read(tables=["persons"]).persons
        return str(persons.set_index("person").loc[person, "name"])

    def joined(self) -> list[set[str]]:
        with open_store("truyvet.duckdb", read_only=True) as store:
            return [set(group) for group in store.identity().groups]

    def contacts(self) -> set[frozenset[str]]:
        with open_store("truyvet.duckdb", read_only=True) as store:
            rows = store.read(tables=["contacts"]).contacts
        return {frozenset((str(c.person_a), str(c.person_b))) & {"BN34", "BN35"} for c in rows.itertuples()}


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Night:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUYVET_STORE", raising=False)
    Path("ca.csv").write_text(SHIFTS, encoding="utf-8")
    Path("f0.csv").write_text(F0, encoding="utf-8")
    Path("f1.csv").write_text(F1, encoding="utf-8")
    return Night(capsys)


def test_visits_with_hours_replace_those_of_the_whole_day_and_undo_brings_them_back(night: Night) -> None:
    night("load", "ca.csv")
    whole = night.visits()
    assert {start for _, start in whole} == {"2021-07-18"} and len(whole) == 2
    for ident, column in night.questions().items():
        night("answer", ident, "Công ty A" if column == "Chuyền" else "22h-6h")
    assert night("load", "ca.csv") == 0
    assert "2 records that the rows no longer say were withdrawn" in night.told
    now = night.visits()
    assert len(now) == 2 and {place for place, _ in now} == {"Công ty A, Chuyền 2"}
    assert {start for _, start in now} == {"2021-07-18T22:00"}
    night("load", "ca.csv")
    assert night.visits() == now and "withdrawn" not in night.told
    night("undo")
    night("undo")
    assert night.visits() == whole


def test_rows_answered_in_the_workbook_replace_what_they_said(night: Night) -> None:
    night("load", "ca.csv")
    book = openpyxl.load_workbook("truyvet-set-aside.xlsx")
    sheet = book["Questions"]
    head = {str(cell.value): at for at, cell in enumerate(sheet[1])}
    for row in sheet.iter_rows(min_row=2):
        where, said = str(row[head["Where it stands"]].value), row[head["What stands there"]].value
        if row[head["truyvet:question"]].value:
            hours = "22h-6h" if said == "Đêm" else "6h-14h"
            row[head["truyvet:answer"]].value = "Công ty A" if "Chuyền" in where else hours
    book.save("truyvet-set-aside.xlsx")
    night("load", "truyvet-set-aside.xlsx")
    now = night.visits()
    assert len(now) == 2 and {start for _, start in now} == {"2021-07-18T22:00", "2021-07-18T06:00"}
    assert night("load", "ca.csv") == 0 and night.visits() == now


def test_what_an_answer_told_goes_with_it_when_it_is_taken_back(night: Night) -> None:
    night("load", "f0.csv", "f1.csv")
    (ident,) = night.questions()
    night("answer", ident, "BN35")
    assert night("load", "f1.csv") == 0 and night.contacts() == {frozenset({"BN35"})}
    night("answer", "--back", ident)
    night("load", "f1.csv")
    assert night.contacts() == set() and set(night.questions()) == {ident}
    night("answer", ident, "BN34")
    assert night("load", "f1.csv") == 0 and night.contacts() == {frozenset({"BN34"})}


def test_an_open_question_has_no_answer_to_take_back(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    night("load", "f0.csv", "f1.csv")
    (ident,) = night.questions()
    assert run(["answer", "--back", ident, "--lang", "en"]) == NothingFound.exit_code
    assert "is open" in capsys.readouterr().err


def test_a_row_that_says_something_else_under_an_answer_replaces_its_own_old_value(night: Night) -> None:
    Path("p.csv").write_text(
        "Mã BN,Họ và tên,Ngày khởi phát\nBN40,Lò A,6/7/2021\nBN41,Lò B,7/8/2021\n", encoding="utf-8"
    )
    night("load", "p.csv", "--day-first")
    with open_store("truyvet.duckdb", read_only=True) as store:
        before = store.read(tables=["cases"]).cases["onset"].tolist()
    assert night("load", "p.csv", "--month-first") == 0
    assert "2 rows say something else now" in night.told
    with open_store("truyvet.duckdb", read_only=True) as store:
        assert store.read(tables=["cases"]).cases["onset"].tolist() != before


def test_a_row_that_names_its_person_otherwise_under_an_answer_leaves_nobody_behind(night: Night) -> None:
    Path("n.csv").write_text(NUMBERS, encoding="utf-8")
    night("load", "f0.csv", "n.csv")
    before = night.people()
    (ident,) = (one for one, column in night.questions().items() if column == "Xyz")
    night("answer", ident, "person")
    night("load", "n.csv")
    assert "people: 2" in night.told
    now = night.people()
    assert len(now) == len(before) and len(now - before) == 2
    night("load", "n.csv")
    assert night.people() == now and "withdrawn" not in night.told
    night("undo")
    night("undo")
    assert night.people() == before


def test_whom_somebody_decided_on_stays_that_person_when_its_row_is_read_otherwise(night: Night) -> None:
    Path("n.csv").write_text(NUMBERS, encoding="utf-8")
    night("load", "f0.csv", "n.csv")
    (an,) = (one for one in night.people() if one.startswith("P-") and "Nguyễn Văn An" in night.name(one))
    night("same", "accept", an, "BN35")
    (ident,) = (one for one, column in night.questions().items() if column == "Xyz")
    night("answer", ident, "person")
    night("load", "n.csv")
    (group,) = night.joined()
    assert {an, "BN35"} < group and len(group) == 3


def test_who_a_short_name_is_stays_answered_when_the_row_tells_more(night: Night) -> None:
    Path("n.csv").write_text(NUMBERS.replace("Hai Đen", "Chị B"), encoding="utf-8")
    night("load", "f0.csv", "n.csv")
    asked = night.questions()
    (who,) = (one for one, column in asked.items() if column == "Họ và tên")
    (what,) = (one for one, column in asked.items() if column == "Xyz")
    night("answer", who, "BN35")
    night("answer", what, "person")
    night("load", "n.csv")
    assert who not in night.questions()
    assert [group & {"BN35"} for group in night.joined()] == [{"BN35"}]
    night("same", "log")
    assert f"answer to question {who}" in night.told


WHO = NUMBERS.replace("Xyz,", "").replace("HS-0009,", "").replace("HS-0008,", "").replace("Hai Đen", "Chị B")


def cases_joined(night: Night) -> list[set[str]]:
    return [group & {"BN34", "BN35"} for group in night.joined()]


@pytest.fixture
def asked(night: Night) -> str:
    """Return the id of the question who is meant by a short name, in a list that was loaded."""
    Path("f0.csv").write_text(F0.replace("Trần A", "Trần B"), encoding="utf-8")
    Path("n.csv").write_text(WHO, encoding="utf-8")
    night("load", "f0.csv", "n.csv")
    (ident,) = night.questions()
    return ident


def test_who_a_short_name_is_stays_asked_until_it_is_answered(night: Night, asked: str) -> None:
    assert night("load", "n.csv") == 4 and set(night.questions()) == {asked}
    assert night("load", "f0.csv", "n.csv") == 4 and set(night.questions()) == {asked}
    assert cases_joined(night) == []
    night("answer", asked, "-")
    assert night("load", "n.csv") == 0 and night.questions() == {} and cases_joined(night) == []


def test_who_a_short_name_is_holds_as_answered_whatever_is_loaded_after(night: Night, asked: str) -> None:
    night("answer", asked, "BN35")
    assert night("load", "n.csv") == 0 and cases_joined(night) == [{"BN35"}]
    night("load", "n.csv")
    night("load", "f0.csv")
    assert cases_joined(night) == [{"BN35"}] and night.questions() == {}
    night("answer", asked, "BN34")
    night("load", "n.csv")
    assert cases_joined(night) == [{"BN34"}]
    night("same", "undo")
    night("load", "n.csv")
    assert cases_joined(night) == [], "what was taken back by hand stays so"


def test_who_a_short_name_is_can_be_answered_again(night: Night, asked: str) -> None:
    night("answer", asked, "BN35")
    night("load", "n.csv")
    night("answer", "--back", asked)
    assert cases_joined(night) == []
    night("load", "n.csv")
    assert cases_joined(night) == [] and set(night.questions()) == {asked}
    night("answer", asked, "BN35")
    night("load", "n.csv")
    assert cases_joined(night) == [{"BN35"}]


LISTS = {
    "d1": "Họ và tên,SĐT,Tiếp xúc với F0,Ngày\nLê Một,0912000001,BN34,2021-08-07\n",
    "d2": "Họ và tên,SĐT,Tiếp xúc với F0,Ngày\nTrần Ba,0912000003,BN34 hoặc BN35,2021-08-08\n",
}


def test_lists_of_one_name_in_two_folders_are_two_lists(night: Night) -> None:
    """Who stands on the one stays on record when the other comes again, also under another answer."""
    for folder, text in LISTS.items():
        Path(folder).mkdir()
        Path(folder, "danh sach.csv").write_text(text, encoding="utf-8")
    lists = [str(Path(folder, "danh sach.csv")) for folder in LISTS]
    assert [night("load", one) for one in ("f0.csv", *lists)] == [0, 0, 4]
    everybody = night.people()
    assert len(everybody) == 4
    for one in (*lists, *lists):
        night("load", one)
        assert "withdrawn" not in night.told and night.people() == everybody
    [question] = night.questions()
    assert night("answer", question, "BN34") == 0 and night("load", lists[1]) == 0
    assert night.contacts() == {frozenset({"BN34"})} and night.people() == everybody
    assert night("answer", question, "BN35") == 0 and night("load", lists[1]) == 0
    assert "1 record that the rows no longer say was withdrawn (contacts: 1)" in night.told
    assert night.contacts() == {frozenset({"BN34"}), frozenset({"BN35"})} and night.people() == everybody
    night("load", lists[0])
    assert night.contacts() == {frozenset({"BN34"}), frozenset({"BN35"})} and night.people() == everybody
