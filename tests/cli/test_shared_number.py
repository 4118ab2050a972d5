"""Two workers of one name and year under their company's number: never one person in silence (case D1's kin)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from cli.main import run
from graph import open_store

NAMES = ("Trần Thị Lan", "Lê Văn Hùng", "Phạm Văn Tí", "Võ Thị Sáu", "Đỗ Minh Quân")
NUMBER = "0912.000.001"
CASE = "Mã BN,Họ và tên,Ngày khởi phát\nBN1,Trần Văn Một,08/07/2021\n"
HEADINGS = "STT,Họ và tên,Năm sinh,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối"


def contacts(people: Iterable[tuple[str, int, str]]) -> str:
    """Return a list of contacts as a company gives it: name, year and number of each."""
    rows = [f"{n},{name},{year},{number},BN1,06/07/2021" for n, (name, year, number) in enumerate(people, 1)]
    return "\n".join([HEADINGS, *rows, ""])


def workers(number: str = NUMBER, others: Sequence[str] = NAMES) -> list[tuple[str, int, str]]:
    """Return two workers of one name and year among others, all under one number."""
    return [
        ("Nguyễn Văn Nam", 1990, number),
        *((name, 1991, number) for name in others),
        ("NGUYỄN VĂN NAM", 1990, number),
    ]


def people(store: str = "s.duckdb") -> set[str]:
    """Return the ids of everybody on record but the case."""
    with open_store(store) as opened:
        return set(opened.read().persons["person"]) - {"BN1"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("f0.csv").write_text(CASE, encoding="utf-8")


def load(*files: str) -> int:
    """Load files into the store of the folder."""
    return run(["load", *files, "--store", "s.duckdb", "--lang", "en"])


def test_two_workers_of_one_name_are_two_people_and_asked_about(capsys: pytest.CaptureFixture[str]) -> None:
    Path("company.csv").write_text(contacts(workers()), encoding="utf-8")
    assert load("f0.csv", "company.csv") == 0
    assert len(people()) == len(NAMES) + 2
    capsys.readouterr()
    assert run(["same", "propose", "--store", "s.duckdb", "--lang", "en"]) == 0
    assert "1 pair may be one person" in capsys.readouterr().out


def test_loaded_again_each_keeps_the_own_id() -> None:
    Path("company.csv").write_text(contacts(workers()), encoding="utf-8")
    load("f0.csv", "company.csv")
    before = people()
    load("company.csv")
    assert people() == before


def test_another_list_is_not_taken_for_one_of_the_two() -> None:
    Path("company.csv").write_text(contacts(workers()), encoding="utf-8")
    visits = f"Họ và tên,Năm sinh,SĐT,Nơi đến,Ngày\nNguyễn Văn Nam,1990,{NUMBER},Chợ Nổi,06/07/2021\n"
    Path("market.csv").write_text(visits, encoding="utf-8")
    load("f0.csv", "company.csv")
    before = people()
    load("market.csv")
    assert len(people() - before) == 1


def test_a_number_of_few_is_a_person_s_own() -> None:
    Path("family.csv").write_text(contacts(workers(others=NAMES[:2])), encoding="utf-8")
    load("f0.csv", "family.csv")
    assert len(people()) == 3


def test_who_stands_in_a_list_every_day_is_one_person_and_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        f"{name},1990,{NUMBER},Xưởng may,{day:02}/07/2021" for day in (5, 6, 7) for name in ("Nguyễn Văn Nam", *NAMES)
    ]
    Path("days.csv").write_text("\n".join(["Họ và tên,Năm sinh,SĐT,Nơi đến,Ngày", *rows, ""]), encoding="utf-8")
    load("f0.csv", "days.csv")
    assert len(people()) == len(NAMES) + 1
    assert "12 rows tell a name again" in capsys.readouterr().out


def test_the_same_home_too_is_one_person_and_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    people_told = [*NAMES, "Nguyễn Văn Nam", "Nguyễn Văn Nam"]
    rows = [f"{name},1990,{NUMBER},xã Tân Thành,BN1,06/07/2021" for name in people_told]
    headings = "Họ và tên,Năm sinh,SĐT,Địa chỉ,Tiếp xúc với F0,Ngày tiếp xúc cuối"
    Path("homes.csv").write_text("\n".join([headings, *rows, ""]), encoding="utf-8")
    load("f0.csv", "homes.csv")
    assert len(people()) == len(NAMES) + 1
    assert "1 row tells a name again" in capsys.readouterr().out
