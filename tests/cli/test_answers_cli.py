"""Questions of a load: answered on the command line, kept, never asked twice, and taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cli.main import run
from tracing.errors import NothingFound, RowsSetAside, UsageError

F0 = "Mã BN,Họ và tên,Ngày khởi phát\nBN34,Trần A,2021-08-06\nBN35,Lê B,2021-08-06\n"
F1 = "Họ và tên,SĐT,Tiếp xúc với F0,Ngày\nLê Một,0912000001,BN34 hoặc BN35,2021-08-07\n"


def test_an_answer_is_kept_and_can_be_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUYVET_STORE", raising=False)
    Path("f0.csv").write_text(F0, encoding="utf-8")
    Path("f1.csv").write_text(F1, encoding="utf-8")

    def load(*words: str) -> tuple[int, dict[str, Any]]:
        code = run(["load", "f0.csv", "f1.csv", "--json", "--lang", "en", *words])
        return code, json.loads(capsys.readouterr().out)

    code, told = load()
    (question,) = told["questions"]
    assert code == RowsSetAside.exit_code and [s["waiting"] for s in told["sheets"]] == [0, 1]
    code, told = load("--answer", f"{question['id']}=BN35")
    assert code == 0 and told["questions"] == [] and told["written"]["contacts"]["new"] == 1
    code, told = load()
    assert code == 0 and told["questions"] == [] and told["written"]["contacts"]["new"] == 0
    code, told = load("--answer", f"{question['id']}=")
    assert code == RowsSetAside.exit_code and [q["id"] for q in told["questions"]] == [question["id"]]


class Night:
    """Calls in one folder with one store; ``told`` is what the last one printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys
        self.told = ""

    def __call__(self, *words: str) -> int:
        code = run([*words, "--lang", "en"])
        self.told = self.capsys.readouterr().out
        return code

    def json(self, *words: str) -> Any:
        self(*words, "--json")
        return json.loads(self.told)


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Night:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUYVET_STORE", raising=False)
    Path("f0.csv").write_text(F0, encoding="utf-8")
    rows = ["Lê Hai,0912000002,BN99,2021-08-07", "Lê Ba,0912000003,bn 99,2021-08-07", "Lê Tư,0912000004,BN34,31/6/2021"]
    Path("f1.csv").write_text(F1 + "\n".join(rows) + "\nLê Năm,0912000005,BN34,2021-08-07\n", encoding="utf-8")
    return Night(capsys)


def sums(account: dict[str, Any]) -> list[tuple[int, int, int, int]]:
    """Return new, known (also completed), waiting and set aside of every sheet; they add up to its rows."""
    out = []
    for sheet in account["sheets"]:
        new, known, waiting, aside = (sheet[name] for name in ("new", "known", "waiting", "set_aside"))
        assert sheet["rows"] == new + known + sheet["completed"] + waiting + aside
        out.append((new, known + sheet["completed"], waiting, aside))
    return out


def test_load_answer_reload_adds_up_and_asks_nothing_twice(night: Night) -> None:
    first = night.json("load", "f0.csv", "f1.csv")
    assert sums(first) == [(2, 0, 0, 0), (1, 0, 4, 0)] and len(first["questions"]) == 3
    asked = night.json("questions")
    assert asked == first["questions"] and [q["rows"] for q in asked] == [2, 1, 1], "most rows held back first"
    assert night("questions") == 0 and "3 questions about 4 rows" in night.told and "bn 99" not in night.told
    ids = {q["kind"]: q["id"] for q in asked if q["rows"] == 1} | {"unknown": asked[0]["id"]}
    assert night("answer", ids["unknown"], "BN35", ids["value"], "30/6/2021") == 0
    assert "2 answers kept" in night.told and "3 rows can be loaded now" in night.told
    assert "1 question is still open" in night.told and "truyvet load f1.csv" in night.told
    second = night.json("load", "f1.csv")
    assert sums(second) == [(3, 1, 1, 0)] and second["written"]["contacts"]["new"] == 3
    assert [q["id"] for q in night.json("questions")] == [ids["reference"]]
    assert sums(night.json("load", "f1.csv")) == [(0, 4, 1, 0)]
    assert night("answer", ids["reference"], "+") == 0 and night("load", "f1.csv") == 0
    assert night("questions") == 0 and "No question is open" in night.told
    answered = {one["id"]: one["answer"] for one in night.json("questions", "--answered")}
    assert answered == {ids["unknown"]: "BN35", ids["value"]: "30/6/2021", ids["reference"]: "+"}


def test_a_row_corrected_in_the_workbook_is_not_asked_about_when_the_old_list_comes_again(night: Night) -> None:
    night("load", "f0.csv", "f1.csv")
    (book,) = Path().glob("*.xlsx")
    opened = openpyxl.load_workbook(book)
    for row in opened.worksheets[-1].iter_rows(min_row=2):
        for cell in row:
            cell.value = "30/6/2021" if cell.value == "31/6/2021" else cell.value
    opened.save("mended.xlsx")
    before = {q["id"] for q in night.json("questions")}
    night("load", "mended.xlsx")
    left = {q["id"] for q in night.json("questions")}
    assert len(before - left) == 1
    again = night.json("load", "f1.csv")
    assert {q["id"] for q in again["questions"]} == left and again["written"]["contacts"]["new"] == 0
    assert night("undo") == 0 and night("undo") == 0
    assert {q["id"] for q in night.json("load", "f1.csv")["questions"]} == before, "taken back with its load"


def test_an_answer_taken_back_is_open_again_at_once(night: Night) -> None:
    first = night.json("load", "f0.csv", "f1.csv")
    ident = first["questions"][0]["id"]
    assert night("answer", ident, "BN35") == 0 and night("load", "f1.csv") == RowsSetAside.exit_code
    assert ident not in {q["id"] for q in night.json("questions")}
    assert night("answer", "--back", ident) == 0 and "1 answer taken back" in night.told
    assert ident in {q["id"] for q in night.json("questions")} and night.json("questions", "--answered") == []
    assert ident in {q["id"] for q in night.json("load", "f1.csv")["questions"]}


def test_answers_that_answer_nothing_are_refused_and_nothing_is_kept(night: Night) -> None:
    ident = night.json("load", "f0.csv", "f1.csv")["questions"][0]["id"]
    assert night("answer", ident, "BN35", "aaaaaaaa", "BN34") == NothingFound.exit_code
    assert night("answer", ident) == night("answer") == night("answer", "--back") == UsageError.exit_code
    assert night("answer", "--back", ident) == NothingFound.exit_code, "it has no answer"
    assert night("load", "f1.csv", "--answer", "aaaaaaaa=BN34") == NothingFound.exit_code
    assert night("load", "f1.csv", "--answer", f"{ident}=BN77") == UsageError.exit_code, "nobody has this id"
    assert night.json("questions", "--answered") == [] and len(night.json("questions")) == 3


def test_answers_in_the_workbook_release_its_rows(night: Night) -> None:
    asked = night.json("load", "f0.csv", "f1.csv")["questions"]
    said = {"value": "30/6/2021", "reference": "BN35"}
    book = openpyxl.load_workbook("truyvet-set-aside.xlsx")
    heads = [cell.value for cell in book.worksheets[0][1]]
    for row in book.worksheets[0].iter_rows(min_row=2):
        kind = next(q["kind"] for q in asked if q["id"] == row[heads.index("truyvet:question")].value)
        row[heads.index("truyvet:answer")].value = said[kind]
    book.save("truyvet-set-aside.xlsx")
    done = night.json("load", "truyvet-set-aside.xlsx")
    assert sums(done) == [(4, 0, 0, 0)] and done["written"]["contacts"]["new"] == 4 and done["questions"] == []
    assert night.json("questions") == [] and len(night.json("questions", "--answered")) == 3
    again = night.json("load", "f0.csv", "f1.csv", "truyvet-set-aside.xlsx")
    assert sums(again) == [(0, 2, 0, 0), (0, 5, 0, 0), (0, 4, 0, 0)], "nothing is loaded twice"
    assert night("answer", asked[0]["id"], "BN34") == 0 and night("load", "truyvet-set-aside.xlsx") != 1
    assert "Answered otherwise before" in night.told


def test_a_mapping_is_remembered_by_its_headings_and_can_be_taken_back(night: Night) -> None:
    Path("a.csv").write_text("Akte,Nachname,Letzter,Index\nK1,Müller,2021-08-07,BN34\n", encoding="utf-8")
    Path("b.csv").write_text("Akte,Nachname,Letzter,Index\nK2,Meier,2021-08-07,BN35\n", encoding="utf-8")
    night("load", "f0.csv")
    said = [f"a.csv:{pair}" for pair in ("Akte=person", "Nachname=name", "Letzter=last_contact", "Index=index")]
    assert night("load", "a.csv", *(word for pair in said for word in ("--map", pair))) == 0
    assert night.json("load", "b.csv")["written"]["contacts"]["new"] == 1
    kept = night.json("questions", "--answered")
    assert {one["question"]["column"]: one["answer"] for one in kept}["Letzter"] == "last_contact"
    assert night("answer", "--back", *(one["id"] for one in kept)) == 0
    assert night.json("questions", "--answered") == []
    Path("c.csv").write_text("Akte,Nachname,Letzter,Index\nK3,Huber,2021-08-07,BN36\n", encoding="utf-8")
    assert night("load", "c.csv") != 0, "nobody said whom the column names, and its value is no case on record"


def kept(night: Night) -> tuple[list[str], list[str]]:
    return sorted(q["id"] for q in night.json("questions")), sorted(
        q["id"] for q in night.json("questions", "--answered")
    )


def test_undo_takes_answers_and_questions_of_the_load_back_and_noothers(night: Night) -> None:
    night.json("load", "f0.csv")
    (first, second, third) = (q["id"] for q in night.json("load", "f1.csv")["questions"])
    asked = kept(night)
    assert night("load", "f1.csv", "--answer", f"{first}=BN35") == RowsSetAside.exit_code
    assert kept(night) == (sorted([second, third]), [first])
    assert night("undo") == 0 and "1 answer given with it taken back" in night.told
    assert kept(night) == asked, "as if that load had never been"
    assert night("answer", first, "BN35") == 0
    assert night.json("undo")["questions"] == 2
    assert kept(night) == ([], [first]), "what was answered since stays"
    assert night("load", "f1.csv") == RowsSetAside.exit_code and kept(night)[0] == sorted([second, third])


def test_a_load_that_only_asks_is_on_record_and_taken_back(night: Night) -> None:
    Path("f1.csv").write_text(F1, encoding="utf-8")
    night("load", "f0.csv")
    assert len(night.json("load", "f1.csv")["questions"]) == 1
    assert [list(load["files"]) for load in night.json("undo", "--list")] == [["f0.csv"], ["f1.csv"]]
    assert night("undo") == 0 and "1 question that it asked is asked no more" in night.told
    assert kept(night) == ([], []) and len(night.json("undo", "--list")) == 1


def test_a_load_that_fails_keeps_no_answer(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = night.json("load", "f0.csv", "f1.csv")["questions"]
    before = kept(night)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cli.use_cases.load.keep_aside", full)
    monkeypatch.setattr("cli.commands.load.keep_aside", full)
    assert night("load", "f1.csv", "--answer", f"{asked[0]['id']}=BN35") == 5
    assert kept(night) == before


def test_declared_beside_investigated_is_a_list_of_differences_for_somebody_to_conclude(night: Night) -> None:
    form = "Người chỉ điểm,Họ tên người tiếp xúc,Năm sinh,Ngày tiếp xúc cuối,Thông tin khai báo,Thông tin điều tra\n"
    rows = "BN34,Lê Một,1981,2021-08-07,F1,F1\nBN34,Lê Hai,1982,2021-08-07,F1,Không tiếp xúc\n"
    Path("phieu.csv").write_text(form + rows, encoding="utf-8")
    night("load", "f0.csv", "f1.csv", "phieu.csv")
    (question,) = night.json("questions", "--kind", "difference")
    assert len(night.json("questions")) == 4
    assert [one["value"] for one in question["choices"]] == ["F1", "Không tiếp xúc", "*"]
    assert night("answer", question["id"], "F1") == 0
    assert night.json("load", "phieu.csv")["written"]["contacts"]["new"] == 1
    assert night.json("questions", "--kind", "difference") == []
    assert [one["answer"] for one in night.json("questions", "--answered", "--kind", "difference")] == ["F1"]


def test_what_a_column_is_can_be_answered_in_the_words_of_lists_and_with_noother_word(night: Night) -> None:
    people = "Họ và tên,SĐT,Ngày,Địa điểm,Đồng hồ,Đồng hồ 2\nLê Một,0912000001,2021-08-07,Chợ Sao Mai,7h10,8h\n"
    Path("tham.csv").write_text(people, encoding="utf-8")
    question, other = night.json("load", "tham.csv")["questions"]
    assert question["kind"] == "column" and "visit_start" in {choice["value"] for choice in question["choices"]}
    assert night("answer", question["id"], "blah") == UsageError.exit_code
    assert night("load", "tham.csv", "--answer", f"{question['id']}=blah") == UsageError.exit_code
    assert night("answer", question["id"], "Giờ vào", other["id"], "Giờ ra") == 0
    told = night.json("load", "tham.csv")
    assert told["questions"] == [] and told["written"]["visits"]["new"] + told["written"]["visits"]["known"] > 0
