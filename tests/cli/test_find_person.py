"""A person is found by what is on the paper in hand: code, telephone or name, in any spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run
from cli.use_cases.find_person import find_person
from graph import open_store
from tracing.errors import NothingFound, UsageError

LISTS = {
    "persons.csv": (
        "person,name,birth_year,phone,area\n"
        "N1,Trần Văn Đức,1991,0912345678,X3\n"
        "N2,Lê Thị Bưởi,1985,0912345679; 0290 3831234,X1\n"
        "N3,Đỗ Văn An,1958,0912345679,X3\n"
        "M-0412,Lý An,1970,+8562055512345,X1\n"
    ),
    "areas.csv": "area,name,level,parent\nX1,Tân Lộc,commune,\nX2,Tân Lộc Bắc,commune,\nX3,Ấp 4,hamlet,X2\n",
    "cases.csv": "person,case_code,onset\nN1,BN22348,2021-07-04\nN3,CM412,2021-07-06\n",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("find")
    for name, text in LISTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    address = str(folder / "found.truyvet")
    assert run(["load", *(str(folder / name) for name in LISTS), "--store", address, "--quiet"]) == 0
    return address


@pytest.mark.parametrize(
    ("wanted", "person"),
    [
        *((code, "N1") for code in ("BN22348", "bn22348", "BN 22.348", "bn-22348", "22348", " 22.348 ", "BN022348")),
        *((code, "M-0412") for code in ("m412", "M-0412", "m 0412")),
        *(
            (phone, "N1")
            for phone in (
                "0912345678",
                "0912 345 678",
                "0912.345.678",
                "+84 912 345 678",
                "(+84)912-345-678",
                "912345678",
            )
        ),
        ("912345678", "N1"),
        *((phone, "N2") for phone in ("02903831234", "0290.383.1234")),
        *((phone, "M-0412") for phone in ("+8562055512345", "+856 20 5551 2345")),
        *((name, "N1") for name in ("tran van duc", "TRẦN  VĂN ĐỨC", "duc")),
    ],
)
def test_any_spelling_finds_the_person(store: str, wanted: str, person: str) -> None:
    with open_store(store, create=False, read_only=True) as opened:
        assert find_person(opened, wanted)[0] == person


@pytest.mark.parametrize("wanted", ["2234", "BN2234", "CM22348", "091234567", "0912345670", "..", "0"])
def test_what_only_looks_alike_finds_nobody(store: str, wanted: str) -> None:
    with open_store(store, create=False, read_only=True) as opened, pytest.raises(NothingFound):
        find_person(opened, wanted)


@pytest.mark.parametrize(
    ("wanted", "first", "second"),
    [
        ("0912 345 679", "N2 (b. 1985, Tân Lộc)", "N3 (b. 1958, Ấp 4, Tân Lộc Bắc)"),
        ("412", "M-0412 (b. 1970, Tân Lộc)", "N3 (b. 1958, Ấp 4, Tân Lộc Bắc)"),
        ("an", "M-0412 (b. 1970, Tân Lộc)", "N3 (b. 1958, Ấp 4, Tân Lộc Bắc)"),
    ],
)
def test_several_are_listed_with_year_commune_and_hamlet(
    store: str, wanted: str, first: str, second: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["why", wanted, "--store", store, "--quiet", "--lang", "en"]) == UsageError.exit_code
    said = capsys.readouterr().err
    assert [line.strip() for line in said.splitlines()[1:3]] == [first, second]
    assert "0912" not in said


@pytest.mark.parametrize(
    ("wanted", "person"),
    [("an 1958", "N3"), ("an ap 4", "N3"), ("ly an 1970 tan loc", "M-0412"), ("an tan loc bac", "N3")],
)
def test_a_name_is_told_apart_by_year_hamlet_or_commune(store: str, wanted: str, person: str) -> None:
    with open_store(store, create=False, read_only=True) as opened:
        assert find_person(opened, wanted) == (person, True)
        with pytest.raises(NothingFound):
            find_person(opened, f"{wanted} 1900")


def test_why_somebody_is_no_contact_of_a_case_far_away_is_said(store: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["why", "N2", "--case", "BN22348", "--store", store, "--quiet", "--lang", "en"]) == 0
    assert "not listed" in capsys.readouterr().out
    assert run(["why", "N1", "--case", "CM412", "--store", store, "--quiet", "--lang", "en"]) == 0
    assert run(["why", "N1", "--case", "N2", "--store", store, "--quiet", "--lang", "en"]) == NothingFound.exit_code
