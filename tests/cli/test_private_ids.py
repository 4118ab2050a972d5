"""Ids that are a telephone or identity number, or a name, are shown under a short one unless names are asked for."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import short
from cli.main import run

IDS = ("0977123488", "079201123456", "Zwölfboth Quỳnh Xuyến")
LISTS = {
    "f0.csv": f"Mã BN,Họ và tên,Ngày khởi phát\n{IDS[0]},Lê An,2021-07-08\n",
    "f1.csv": "Mã,Họ và tên,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối\n"
    f"{IDS[1]},Ngô Bình,0912000003,{IDS[0]},2021-07-09\n{IDS[2]},{IDS[2]},0912000004,{IDS[0]},2021-07-09\n"
    f"X9,Ngô Cam,0912000005,{IDS[0]}9,2021-07-09\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("private")
    for name, text in LISTS.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    monkeypatch.chdir(folder)

    def call(*words: str, code: int | None = 0) -> str:
        capsys.readouterr()
        left = run([*words, "--lang", "en", "--policy", "vn-3638"])
        assert code is None or left == code
        said = capsys.readouterr()
        return said.out + said.err

    if not (folder / "truyvet.duckdb").exists():
        assert not told_in(call("load", *LISTS, "--dry-run", code=None))
        assert not told_in(call("check", *LISTS, code=None))
        assert not told_in(call("load", *LISTS, code=None))
    return call


def told_in(text: str) -> set[str]:
    return {one for one in IDS if one in text}


def test_they_are_nowhere_and_their_people_are_found_again(call, folder: Path) -> None:
    listed = call("tiers", "--list")
    assert not told_in(listed) and not told_in(call("tiers", "--json"))
    shown = re.findall(r"^(P-\d{4,6}) +F(\d)", listed, re.MULTILINE)
    assert sorted(tier for _id, tier in shown) == ["0", "1", "1"] and len(set(shown)) == 3
    person = next(person for person, tier in shown if tier == "1")
    answer = call("why", person)
    assert person in answer and not told_in(answer)
    case = next(person for person, tier in shown if tier == "0")
    assert "F1" in call("tiers", "--list", "--case", case)
    for words in (("chains",), ("questions",), ("same", "review"), ("zones",)):
        assert not told_in(call(*words, code=None))


def test_with_names_they_are_as_they_are(call) -> None:
    assert told_in(call("tiers", "--list", "--show-names")) == set(IDS)
    assert told_in(call("tiers", "--json", "--show-names")) == set(IDS)


@pytest.mark.parametrize("ending", ["xlsx", "csv", "graphml"])
def test_files_have_them_only_with_names(call, folder: Path, ending: str) -> None:
    def content(*more: str) -> str:
        out = folder / f"lists.{ending}"
        call("export", "--out", str(out), "--overwrite", *more)
        if ending != "xlsx":
            return out.read_bytes().decode("utf-8", "ignore")
        with zipfile.ZipFile(out) as book:
            return html.unescape("".join(book.read(name).decode() for name in book.namelist()))

    assert not told_in(content())
    assert told_in(content("--show-names")) == set(IDS)


def test_the_page_has_none(call, folder: Path) -> None:
    call("report", "--out", "page.html")
    page = (folder / "page.html").read_text(encoding="utf-8")
    assert not told_in(page) and re.search(r"P-\d{4}", page)


def test_whole_ids_only_and_the_longest_first() -> None:
    short.remember({"0977123488": "P-1", "An Bình": "P-2", "An Bình Cam": "P-3", "+84977123488": "P-4"})
    try:
        said = short.hide("0977123488, 09771234889 x0977123488 An Bình Cam; An Bình, An Bìnhx (+84977123488)")
        assert said == "P-1, 09771234889 x0977123488 P-3; P-2, An Bìnhx (P-4)"
    finally:
        short.remember({})
