"""A whole session about very distinctive people: nothing of them on the screen, nothing left for others to read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cli.main import main, run

SIGNS = {
    "name": "Xuyến",
    "accentless": "Xuyen",
    "other name": "Zwoelfboth",
    "phone": "977123488",
    "typed phone": "0977.123",
    "identity number": "079201123456",
    "street": "Kỳ Ảo",
    "remark": "Phù Thủy",
    "home": "Bảy Lùn",
}
LISTS = {
    "f0.csv": "Mã BN,Họ và tên,Năm sinh,SĐT,CCCD,Địa chỉ,Ngày khởi phát,Ghi chú\n"
    "BN1,Zwoelfboth Quỳnh Xuyến,1970,0977123488,079201123456,12 đường Kỳ Ảo,2021-07-08,con bà Phù Thủy\n"
    "BN2,Zwoelfboth Quynh Xuyen,1970,0977123488,,12 duong Ky Ao,31/31/2021,\n",
    "f1.csv": "Họ và tên,Năm sinh,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối,Địa điểm\n"
    "Zwoelfboth Văn Xuyến,1980,0977.123.488,BN1,2021-07-09,nhà ông Bảy Lùn\n"
    "Zwoelfboth Văn Xuyến,1980,0977.123.489,BN 1 hoặc bà Zwoelfboth Xuyến,2021-07-09,\n"
    "1980,Zwoelfboth Văn Xuyến,BN1,0977123488,079201123456,\n"
    "Lê Một,1981,0912000001,Zwoelfboth Quỳnh Xuyến 0977123488,2021-07-32,quán bà Bảy Lùn\n",
}
SAID = (
    ("load", *LISTS, "--dry-run"),
    ("check", *LISTS, "--all"),
    ("load", *LISTS),
    ("questions",),
    ("same", "review"),
    ("same", "log"),
    ("tiers", "--list"),
    ("tiers", "--json"),
    ("why", "BN1"),
    ("chains", "BN1"),
    ("chains", "BN1", "--html", "chain.html"),
    ("load", "f1.csv", "--json"),
    ("purge", "--person", "BN1", "--dry-run"),
    ("undo",),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRUYVET_DEBUG", "1")
    monkeypatch.setenv("TRUYVET_LANG", "vi")
    for name, text in LISTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_nothing_of_them_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: dict[str, object] = {}
    for words in SAID:
        capsys.readouterr()
        code = run([*words, "--policy", "vn-3638"])
        found = signs_in("".join(capsys.readouterr()))
        if found or code not in (0, 4):
            told[" ".join(words)] = code, found
    told |= dict.fromkeys(signs_in((folder / "chain.html").read_text(encoding="utf-8")), "chain.html")
    assert told == {}
    assert run(["load", *LISTS, "--quiet"]) == 4
    capsys.readouterr()
    assert run(["tiers", "--list", "--show-names"]) == 0
    assert "name" in signs_in(capsys.readouterr().out), "they are on record"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_what_is_written_is_its_owners_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    before, limits = os.umask(0o022), resource.getrlimit(resource.RLIMIT_CORE)
    try:
        for words in (("load", *LISTS), ("export", "--out", "new/lists.csv")):
            os.umask(0o022)
            monkeypatch.setattr(sys, "argv", ["truyvet", *words, "--quiet"])
            with pytest.raises(SystemExit) as left:
                main()
            assert left.value.code in (0, 4)
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0, "a process that crashes leaves no memory behind"
    finally:
        os.umask(before)
        resource.setrlimit(resource.RLIMIT_CORE, limits)
        sys.excepthook = sys.__excepthook__
    made = [path for path in folder.rglob("*") if path.name not in LISTS]
    assert {"truyvet.duckdb", "truyvet-set-aside.xlsx", "new", "lists.csv"} <= {path.name for path in made}
    assert {path.name: oct(path.stat().st_mode) for path in made if path.stat().st_mode & 0o077} == {}


def signs_in(text: str) -> set[str]:
    return {kind for kind, sign in SIGNS.items() if sign in text}
