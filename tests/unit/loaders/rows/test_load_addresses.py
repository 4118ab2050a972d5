"""Addresses taken apart, and homes of lists: hamlets and groups in communes, as of the day of the list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from loaders import LoadOptions, LoadResult, load_files
from loaders.units.addresses import Address, hamlet_key, parse_address
from tracing.times import parse_iso


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ấp Rạch Xa, xã Tân Lộc", Address(commune="xã Tân Lộc", hamlet="ấp Rạch Xa")),
        ("Tổ 5, Khóm 3, P.5, TP Cà Mau", Address("P.5", "TP Cà Mau", "Khóm 3", "Tổ 5")),
        ("Tân Lộc, ấp Rạch Xa", Address(hamlet="ấp Rạch Xa", rest=("Tân Lộc",))),
        ("xã Tân Hưng, Cái Nước", Address(commune="xã Tân Hưng", rest=("Cái Nước",))),
        ("Tân Hưng - Cái Nước", Address(rest=("Tân Hưng", "Cái Nước"))),
        ("số 12 đường Số Hai, khóm 1, Phường 1", Address(commune="Phường 1", hamlet="khóm 1")),
        ("X. Tân Lộc, H. Thới Bình", Address("X. Tân Lộc", "H. Thới Bình")),
        ("TT. Cái Nước", Address(commune="TT. Cái Nước")),
        ("P1", Address(commune="P1")),
        ("K5, P2", Address(commune="P2", hamlet="K5")),
        ("AP 3, XA TAN LOC", Address(commune="XA TAN LOC", hamlet="AP 3")),
        ("Xa Xôi, Xã Tân Lộc", Address(commune="Xã Tân Lộc", rest=("Xa Xôi",))),
        ("", Address()),
        ("ap ben la xa tan hung huyen cai nuoc", Address("xa tan hung", "huyen cai nuoc", "ap ben la")),
        ("Xã Tân Hưng huyện Cái Nước", Address("Xã Tân Hưng", "huyện Cái Nước")),
    ],
)
def test_an_address_is_taken_apart(text: str, address: Address) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    ("text", "key"), [("Khóm 05", "5"), ("ấp Rạch Xa", "rach xa"), ("K5", "5"), ("Tổ 02", "2"), ("Bến Lá", "ben la")]
)
def test_a_hamlet_is_known_without_its_unit(text: str, key: str) -> None:
    assert hamlet_key(text) == key


def test_a_long_address_costs_nothing() -> None:
    assert parse_address("(" * 50_000).commune is None
    assert parse_address("ấp " * 50_000 + ", xã Tân Lộc").hamlet is not None


def _load(tmp_path: Path, answers: Mapping[str, str] | None = None, **files: str) -> LoadResult:
    paths = []
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        paths.append(tmp_path / f"{name}.csv")
    return load_files(paths, options=LoadOptions(today=date(2026, 1, 1), answers=answers or {}))


def test_hamlets_and_groups_become_areas_of_their_commune(tmp_path: Path) -> None:
    head = "Mã BN,Họ và tên,Ngày khởi phát,Địa chỉ\n"
    rows = (
        'C1,Lê Một,4/8/2021,"ấp Xa Xôi, xã Tân Lộc Bắc, Thới Bình"\nC2,Lê Hai,4/8/2021,"Tổ 2, ấp XA XÔI, Tân Lộc Bắc"\n'
    )
    result = _load(tmp_path, ca=head + rows)
    people = result.records.persons.set_index("name")["area"]
    areas = result.records.areas.set_index("area")
    assert people["Lê Một"] == "32083-xa-xoi" and people["Lê Hai"] == "32083-xa-xoi-to-2"
    assert areas.loc["32083-xa-xoi", ["name", "level", "parent"]].tolist() == ["Ấp Xa Xôi", "hamlet", "32083"]
    assert areas.loc["32083-xa-xoi-to-2", ["level", "parent"]].tolist() == ["group", "32083-xa-xoi"]


def test_names_are_of_the_day_of_the_list_and_a_title_names_the_commune(tmp_path: Path) -> None:
    title = "UBND XÃ TÂN LỘC BẮC\nDANH SÁCH F1 ngày 4/8/2021\n\n"
    result = _load(
        tmp_path, f1=f"{title}STT,Họ và tên,Năm sinh,Địa chỉ (ấp)\n1,Lê Một,1980,Xa Xôi\n2,Lê Hai,1981,Tân Lộc Bắc\n"
    )
    people = result.records.persons.set_index("name")["area"]
    assert people["Lê Một"] == "32083-xa-xoi" and people["Lê Hai"] == "32083"


def test_an_address_that_names_no_commune_is_no_finding(tmp_path: Path) -> None:
    result = _load(tmp_path, ca="person,name,onset,address\nA,Lee,2021-08-04,Somewhere Street\n")
    assert result.records.persons["area"].isna().all() and "area.name_unclear" not in list(result.findings)


def test_a_list_without_a_year_takes_that_of_the_others(tmp_path: Path) -> None:
    first = "Mã BN,Họ và tên,Ngày khởi phát\nC1,Lê Một,4/8/2021\n"
    second = "Mã BN,Họ và tên,Ngày khởi phát\nC2,Lê Hai,5/8\n"
    result = _load(tmp_path, a=first, b=second)
    assert sorted(result.records.cases["onset"]) == [parse_iso(day)[0] for day in ("2021-08-04", "2021-08-05")]
    assert "date.year_added" in list(result.findings)


HEAD = "Mã BN,Họ và tên,Ngày khởi phát,Địa chỉ\n"


def test_one_row_from_elsewhere_does_not_take_the_title_from_the_others(tmp_path: Path) -> None:
    rows = "".join(f"{n},Lê {n},19{n},Xa Xôi\n" for n in range(70, 76))
    title = "UBND XÃ TÂN LỘC BẮC\nDANH SÁCH F1 ngày 4/8/2021\n\nSTT,Họ và tên,Năm sinh,Địa chỉ (ấp)\n"
    result = _load(tmp_path, f1=f"{title}{rows}76,Trần Xa,1976,Xã Đông Thới\n")
    people = result.records.persons.set_index("name")["area"]
    assert people["Trần Xa"] == "32143" and set(people.drop("Trần Xa")) == {"32083-xa-xoi"}


def test_the_commune_of_hamlets_alone_is_that_of_the_files_name_else_it_is_asked_for(tmp_path: Path) -> None:
    known = HEAD + 'C1,Lê Một,4/8/2021,"khóm Bến Xa, TT Cái Nước"\n'
    bare = "STT,Họ và tên,SĐT,Ở khóm\n1,Lê Hai,0912000222,Bến Xa\n2,Lê Ba,0912000333,Bến Khác\n"
    named = _load(tmp_path, **{"ca": known, "F1 TT Cái Nước 4-8": bare})
    areas = named.records.persons.set_index("name")["area"]
    assert areas["Lê Hai"] == areas["Lê Một"] == "32128-ben-xa" and areas["Lê Ba"] == "32128-ben-khac"
    assert "area.of_title" in list(named.findings)

    (tmp_path / "F1 TT Cái Nước 4-8.csv").unlink()
    files = {"ca": known, "F1": bare}
    (question,) = [one for one in _load(tmp_path, **files).questions if "commune" in one.text.say("en")]
    assert question.rows == 2 and question.choices[0].value == "32128"
    answered = _load(tmp_path, answers={question.id: "TT Cái Nước"}, **files)
    areas = answered.records.persons.set_index("name")["area"]
    assert areas["Lê Hai"] == "32128-ben-xa" and areas["Lê Ba"] == "32128-ben-khac"
    assert question.id not in {one.id for one in answered.questions}


def test_bare_parts_are_the_hamlet_that_other_homes_of_the_commune_name(tmp_path: Path) -> None:
    rows = 'C1,Lê Một,4/8/2021,"ấp Xa Xôi, xã Tân Hưng"\nC2,Lê Hai,4/8/2021,Tân Hưng - Xa Xôi\n'
    more = 'C3,Lê Ba,4/8/2021,"Xa Xôi, Tân Hưng"\nC4,Lê Tư,4/8/2021,"Phố Vắng, xã Tân Hưng"\n'
    areas = _load(tmp_path, ca=HEAD + rows + more).records.persons.set_index("name")["area"]
    assert set(areas[["Lê Một", "Lê Hai", "Lê Ba"]]) == {"32137-xa-xoi"} and areas["Lê Tư"] == "32137"


def test_the_line_of_a_head_tells_where_the_whole_home_lives(tmp_path: Path) -> None:
    head = "Số hộ,Chủ hộ / nhân khẩu,Quan hệ với chủ hộ,Năm sinh,Đang ở nhà?\n"
    one = "HK1,Hộ: Lê Một (Út Một) (xã Tân Hưng - ấp Xa Xôi),Chủ hộ,1960,Có\n,- Lê Hai,Con,1990,Có\n"
    two = "HK2,Hộ: Trần Ba (Ba Ghe),Chủ hộ,1970,Có\n,- Trần Tư,Con,1999,Có\n"
    people = _load(tmp_path, ho=head + one + two).records.persons.set_index("name")["area"]
    assert "Lê Một (Út Một)" in people.index and "Trần Ba (Ba Ghe)" in people.index
    assert set(people[["Lê Một (Út Một)", "Lê Hai"]]) == {"32137-xa-xoi"}
    assert people[["Trần Ba (Ba Ghe)", "Trần Tư"]].isna().all()


def test_a_hamlet_known_elsewhere_only_is_not_put_where_the_files_name_says(tmp_path: Path) -> None:
    known = HEAD + 'C1,Lê Một,4/8/2021,"ấp Xa Xôi, xã Tân Hưng"\n'
    bare = "STT,Họ và tên,SĐT,Ở khóm\n1,Lê Hai,0912000222,Xa Xôi\n2,Lê Ba,0912000333,Bến Khác\n"
    result = _load(tmp_path, **{"ca": known, "F1 TT Cái Nước 4-8": bare})
    areas = result.records.persons.set_index("name")["area"]
    assert areas["Lê Ba"] == "32128-ben-khac" and areas.isna()["Lê Hai"]
    assert [one.choices[0].value for one in result.questions if "commune" in one.text.say("en")] == ["32137"]
