"""The figures of a load add up, load after load; what is set aside is written, or nothing is loaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cli.main import run
from cli.use_cases import load as use_case
from cli.use_cases.questions import open_questions
from graph import open_store
from tracing.errors import InputError

PEOPLE = "person,name,birth_year\nN1,Lê Một,1980\nN2,Lê Hai,\nN3,Lê Ba,1982\n"
CASES = "person,onset\nN1,2021-07-08\nN2,2021-07-09\nN3,31/31/2021\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "persons.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(CASES, encoding="utf-8")
    return tmp_path


def loaded(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    run(["load", *words, "--json", "--quiet", "--lang", "en"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    for sheet in told["sheets"]:
        parts = sum(sheet[part] for part in ("new", "known", "completed", "waiting", "set_aside"))
        assert sheet["rows"] == parts, sheet
    return told


def figures(told: dict[str, Any]) -> list[tuple[int, ...]]:
    parts = ("rows", "new", "known", "completed", "waiting", "set_aside")
    return [tuple(sheet[part] for part in parts) for sheet in told["sheets"]]


def test_rows_read_are_the_sum_of_what_became_of_them(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert figures(loaded(capsys, "persons.csv", "cases.csv")) == [(3, 2, 0, 0, 0, 1), (3, 3, 0, 0, 0, 0)]
    assert figures(loaded(capsys, "persons.csv", "cases.csv")) == [(3, 0, 2, 0, 0, 1), (3, 0, 3, 0, 0, 0)]
    book = openpyxl.load_workbook("truyvet-set-aside.xlsx")
    sheet = book.worksheets[0]
    cell = next(c for row in sheet for c in row if c.value == "31/31/2021")
    cell.value = "2021-07-10"
    book.save("truyvet-set-aside.xlsx")
    assert figures(loaded(capsys, "truyvet-set-aside.xlsx")) == [(1, 1, 0, 0, 0, 0)]
    (folder / "persons.csv").write_text(PEOPLE.replace("Lê Hai,", "Lê Hai,1981"), encoding="utf-8")
    told = loaded(capsys, "persons.csv")
    assert figures(told) == [(3, 0, 2, 1, 0, 0)]
    assert told["written"]["persons"]["completed"] == 1
    assert run(["load", "persons.csv", "--quiet", "--lang", "en"]) == 0
    assert "3 rows: 0 new, 3 already known, 0 set aside\n" in capsys.readouterr().out


def test_a_row_that_completes_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    loaded(capsys, "persons.csv")
    (folder / "persons.csv").write_text(PEOPLE.replace("Lê Hai,", "Lê Hai,1981"), encoding="utf-8")
    assert run(["check", "persons.csv", "--quiet", "--lang", "en"]) == 0
    assert "3 rows: 3 can be used, 0 to correct" in capsys.readouterr().out
    assert run(["load", "persons.csv", "--quiet", "--lang", "en"]) == 0
    assert "0 new, 2 already known, 0 set aside, 1 completed one on record" in capsys.readouterr().out


def test_where_rows_cannot_be_set_aside_nothing_is_loaded(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(capsys, "persons.csv")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(use_case, "put_in_place", refuse)
        assert run(["load", "cases.csv", "--quiet", "--lang", "en"]) == InputError.exit_code
    said = capsys.readouterr().err
    assert "nothing was loaded; stored data are as they were" in said and "N3" not in said
    with open_store("truyvet.duckdb", create=False, read_only=True) as store:
        assert store.ids("cases") == set() and len(store.loads()) == 1
    assert figures(loaded(capsys, "cases.csv")) == [(3, 2, 0, 0, 0, 1)]


def test_rows_to_correct_are_called_what_the_figures_call_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "STT;Họ tên;SĐT;Gặp ai;Ngày gặp\n"
    waits = "1;Lê Tư;0912000004;N1 hoặc N2;08/7/2021\n"
    bad = "2;;;N1;09/7/2021\n"
    (folder / "cases.csv").write_text(CASES.replace("31/31/2021", "2021-07-10"), encoding="utf-8")
    assert run(["load", "persons.csv", "cases.csv", "--quiet"]) == 0
    for name, rows, told in (
        ("a.csv", waits, "1 row loaded but for a part: what is missing stands in truyvet-set-aside.xlsx; "),
        (
            "b.csv",
            waits.replace("Tư", "Năm") + bad,
            "1 row set aside; 1 row loaded but for a part in truyvet-set-aside",
        ),
    ):
        (folder / name).write_text(head + rows, encoding="utf-8")
        capsys.readouterr()
        assert run(["load", name, "--quiet", "--lang", "en"]) == 4
        assert told in capsys.readouterr().out


def test_positive_results_of_nobody_s_case_are_told(tmp_path, monkeypatch, capsys):
    """Who is a case under another id, and whose pool was positive, is not counted."""
    monkeypatch.chdir(tmp_path)
    Path("f0.csv").write_text("Mã BN;Họ và tên;SĐT;Năm sinh;Ngày khởi phát\nBN1;Lê Văn Một;0912000001;1980;1/8/2021\n")
    rows = "Lê Văn Một;0912000001;1980;5/8/2021;Dương tính;\nLê Hai;0912000002;1981;5/8/2021;Dương tính;\n"
    pool = "Lê Ba;0912000003;1982;5/8/2021;Dương tính;G1\nLê Tư;0912000004;1983;5/8/2021;Dương tính;G1\n"
    Path("pcr.csv").write_text(f"Họ và tên;SĐT;Năm sinh;Ngày lấy mẫu;Kết quả;Mã gộp\n{rows}{pool}")
    assert run(["load", "f0.csv", "--lang", "vi"]) == 0
    assert run(["load", "pcr.csv", "--lang", "vi"]) == 4
    told = capsys.readouterr().out
    assert "\n1 người có kết quả dương tính của riêng mình" in told
    assert "\n1 câu hỏi về 1 dòng" in told
    assert run(["load", "pcr.csv", "--json"]) == 4
    assert json.loads(capsys.readouterr().out)["positive_without_case"] == 1
    with open_store("truyvet.duckdb") as store:
        (asked,) = open_questions(store)  # not about who is a case under another id
    assert run(["load", "pcr.csv", "--answer", f"{asked.id}=confirmed", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["positive_without_case"] == 0
