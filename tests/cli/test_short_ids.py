"""Ids that are said aloud: shown in place of made ones, and understood wherever a person or a case is asked for."""

from __future__ import annotations

import json
import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from cli.main import run
from cli.use_cases.find_person import cases_asked, find_person
from graph import open_store

LISTS = {
    "f0.csv": "Họ và tên,Năm sinh,SĐT,Ngày khởi phát,Mã BN\nTrần Văn Gốc,1970,0912000009,2021-07-08,BN1\n",
    "f1.csv": "Họ và tên,Năm sinh,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối\n"
    "Lê Một,1980,0912000001,BN1,2021-07-09\nLê Hai,1981,0912000002,BN1,2021-07-09\n",
}
LONG = re.compile(r"P-[0-9a-f]{12}")
SHORT = re.compile(r"P-[1-9]\d{3,5}\b")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("short")
    for name, text in LISTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    address = str(folder / "store.truyvet")
    for name in LISTS:
        assert run(["load", str(folder / name), "--store", address, "--quiet"]) == 0
    return address


@pytest.fixture
def said(store: str, capsys: pytest.CaptureFixture[str]):
    def call(*words: str) -> str:
        capsys.readouterr()
        assert run([*words, "--store", store, "--lang", "en", "--policy", "vn-3638"]) == 0
        return capsys.readouterr().out

    return call


def test_lists_say_short_ids_and_why_and_case_take_them(said) -> None:
    listed = said("tiers", "--list")
    assert not LONG.search(listed)
    f1 = re.findall(r"^(P-\d+) +F1", listed, re.MULTILINE)
    assert len(set(f1)) == 2
    answer = said("why", f1[0])
    assert f1[0] in answer and not LONG.search(answer)
    assert answer == said("why", f1[0].replace("P-", " p"), "--case", "bn 1")


def test_any_spelling_finds_them(store: str) -> None:
    with open_store(store, create=False, read_only=True) as opened:
        for person, short in opened.short_ids().items():
            for wanted in (person, short, short[2:], f" {short.lower()} ", short.replace("-", " ")):
                assert find_person(opened, wanted) == (person, False)
        assert cases_asked(opened, ["BN1", "bn-1"]) == ("BN1", "BN1")


def test_programs_get_both(said) -> None:
    people = json.loads(said("tiers", "--json"))["people"]
    made = [one for one in people if LONG.fullmatch(one["id"])]
    assert len(made) >= 2 and all(SHORT.fullmatch(one["short_id"]) for one in made)
    assert all(one["short_id"] is None for one in people if one not in made)


@pytest.mark.parametrize("names", [False, True])
def test_an_export_has_short_ids_to_work_with_and_the_long_ones_last(said, tmp_path: Path, names: bool) -> None:
    out = tmp_path / "lists.xlsx"
    said("export", "--out", str(out), *(["--show-names"] if names else []))
    book = openpyxl.load_workbook(out)
    *sheets, last = ["\n".join(str(c.value) for row in sheet for c in row if c.value) for sheet in book]
    assert all(not LONG.search(sheet) for sheet in sheets) and any(len(SHORT.findall(s)) >= 2 for s in sheets)
    assert len(set(LONG.findall(last))) >= 2 and len(set(SHORT.findall(last))) >= 2
    said("export", "--out", str(out.with_suffix(".csv")))
    table = pd.read_csv(out.with_suffix(".csv"), dtype="string")
    assert (table["person"].str.fullmatch(LONG.pattern) == table["short_id"].notna()).all()


def test_a_report_and_a_chain_say_short_ids(said, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    said("report", "--out", str(page))
    text = page.read_text(encoding="utf-8")
    assert not LONG.search(text) and SHORT.search(text)
    assert not LONG.search(said("chains", "BN1"))


def test_questions_show_short_ids_and_answers_may_be_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f0.csv").write_text(
        "Họ và tên,Năm sinh,SĐT,Ngày khởi phát\n"
        "Trần Văn Gốc,1970,0912000009,2021-07-08\nTrần Văn Gốc,1971,0912000008,2021-07-08\n",
        encoding="utf-8",
    )
    (tmp_path / "f1.csv").write_text(
        "Họ và tên,Năm sinh,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối\n"
        "Lê Một,1980,0912000001,Trần Văn Gốc,2021-07-09\nLê Hai,1981,0912000002,Gốc,2021-07-09\n",
        encoding="utf-8",
    )
    more = ["--store", str(tmp_path / "s.duckdb"), "--lang", "en"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        run(["load", "f0.csv", "f1.csv", *more])
        said = capsys.readouterr().out
        assert not LONG.search(said)
        case = SHORT.findall(said)[0]
        first, second = re.findall(r"^  (\w{8})  f1.csv", said, re.MULTILINE)
        assert run(["answer", first, case, *more]) == 0
        assert run(["load", "f1.csv", "--answer", f"{second}={case}", *more]) == 0
    with open_store(tmp_path / "s.duckdb", create=False, read_only=True) as store:
        assert len(store.read(tables=["contacts"]).contacts) == 2
