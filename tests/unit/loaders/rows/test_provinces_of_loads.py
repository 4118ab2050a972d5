"""In which province a load is read whose lists name districts and communes, but no province."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from loaders import LoadOptions, LoadResult, load_files

HEAD = "Họ tên,Mã,Ngày tiếp xúc"


def load(tmp_path: Path, answers: Mapping[str, str] | None = None, **files: str) -> LoadResult:
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return load_files(
        sorted(tmp_path.glob("*.csv")), options=LoadOptions(today=date(2021, 9, 1), answers=answers or {})
    )


def homes(result: LoadResult) -> dict[str, list[str]]:
    """Return by person what their home is called, and all that it lies in."""
    areas = result.records.areas.set_index("area")
    found: dict[str, list[str]] = {}
    for person, home in zip(result.records.persons["person"], result.records.persons["area"].fillna(""), strict=True):
        area = home
        found[person] = []
        while isinstance(area, str) and area:
            found[person].append(str(areas.at[area, "name"]))
            area = areas.at[area, "parent"]
    return found


def asked(result: LoadResult) -> list[str]:
    return [one.id for one in result.questions if "province" in one.text.say("en")]


#: A district of this name stands in two provinces; one of them has these communes.
CHO_MOI = (
    f"CÔNG AN HUYỆN CHỢ MỚI,,,\nDANH SÁCH F1 NGÀY 4/8/2021,,,\n{HEAD},Xã\n"
    "Lê Gấm,A,2021-08-03,Kiến Thành\nLê Lụa,B,2021-08-03,Hội An\n"
)


def test_a_district_of_several_provinces_is_the_one_that_has_the_communes(tmp_path: Path) -> None:
    others = f"TRẠM Y TẾ XÃ HÒA BÌNH,,,\nDANH SÁCH F1 NGÀY 4/8/2021,,,\n{HEAD},Ấp\nLê Nhung,C,2021-08-03,An Bình\n"
    result = load(tmp_path, a=CHO_MOI, b=others)
    within = ["Huyện Chợ Mới", "Tỉnh An Giang"]
    assert homes(result) == {
        "A": ["Xã Kiến Thành", *within],
        "B": ["Xã Hội An", *within],
        "C": ["An Bình", "Xã Hòa Bình", *within],
    }
    assert asked(result) == [] and "area.assumed" not in list(result.findings)


def test_a_district_that_several_provinces_have_is_asked_for_once(tmp_path: Path) -> None:
    other = f"TRUNG TÂM Y TẾ HUYỆN CHÂU THÀNH,,,\nDANH SÁCH F1,,,\n{HEAD},Xã\nLê Gấm,A,2021-08-03,Tân Phú\n"
    plain = f"{HEAD},Xã\nLê Lụa,B,2021-08-03,Tân Phú\n"
    result = load(tmp_path, a=other, b=plain)
    (question,) = asked(result)
    assert [one.rows for one in result.questions if one.id == question] == [2]
    assert homes(result) == {"A": [], "B": []}
    answered = load(tmp_path, {question: "83"})
    assert {tuple(home) for home in homes(answered).values()} == {("Xã Tân Phú", "Huyện Châu Thành", "Tỉnh Bến Tre")}
    for typed in ("Đồng Tháp", "tỉnh Đồng Tháp"):
        assert homes(load(tmp_path, {question: typed}))["A"][-1] == "Tỉnh Đồng Tháp"
    assert asked(load(tmp_path, {question: "nơi khác"})) == [question]
    several = load(tmp_path, {question: "-"})
    assert homes(several) == {"A": [], "B": []}
    (commune,) = (one for one in several.questions if "Which commune" in str(one.text))
    assert commune.rows == 2, "the commune is asked for where the province is not one"
    here = homes(load(tmp_path, {question: "96"}))
    assert here["A"] == here["B"] == ["Xã Tân Phú", "Huyện Thới Bình", "Tỉnh Cà Mau"]


@pytest.mark.parametrize("stray", ["Tân Nhuận Đông", '"Tân Phú, huyện Chợ Mới"'])
def test_one_address_of_another_province_does_not_move_a_load(tmp_path: Path, stray: str) -> None:
    rows = "Lê Gấm,A,2021-08-03,xã Khánh An\nLê Lụa,B,2021-08-03,xã Tạ An Khương\nLê Nhung,C,2021-08-03,xã Trần Phán\n"
    result = load(tmp_path, a=f"{HEAD},Địa chỉ\n{rows}Lê Thêu,D,2021-08-03,{stray}\n")
    assert [homes(result)[one][-1:] for one in "ABCD"] == [["Tỉnh Cà Mau"]] * 3 + [[]]
    assert asked(result) == []


def test_lists_that_name_no_district_are_read_at_home_which_is_said_once(tmp_path: Path) -> None:
    rows = "Lê Gấm,A,2021-08-03,Hòa Tân\nLê Lụa,B,2021-08-03,Tân Phú\n"
    result = load(tmp_path, a=f"{HEAD},Xã\n{rows}", b=f"{HEAD},Xã\n{rows}")
    assert homes(result)["A"] == ["Xã Hòa Tân", "Thành phố Cà Mau", "Tỉnh Cà Mau"]
    assert len(result.findings.of(code="area.assumed")) == 1
    whole = load(tmp_path, a=f'{HEAD},Địa chỉ\nLê Gấm,A,2021-08-03,"xã Hòa Tân, tỉnh Cà Mau"\n', b=f"{HEAD},Xã\n{rows}")
    assert whole.findings.of(code="area.assumed").empty, "an address tells the province"
    named = load(tmp_path, a=f"{HEAD},Xã,Huyện\nLê Gấm,A,2021-08-03,Tân Phú,Thới Bình\n", b=f"{HEAD},Xã\n{rows}")
    assert homes(named)["B"][-1] == "Tỉnh Cà Mau" and len(named.findings.of(code="area.assumed")) == 0


def test_a_commune_that_the_province_of_other_lists_has_too_does_not_vote_against_it(tmp_path: Path) -> None:
    told = f"BAN CHỈ ĐẠO THÀNH PHỐ SA ĐÉC,,,\nDANH SÁCH F1,,,\n{HEAD},Xã\nLê Gấm,A,2021-08-03,Tân Quy Tây\n"
    bare = f"TRẠM Y TẾ XÃ HÒA TÂN,,,\nDANH SÁCH F1,,,\n{HEAD},Ấp\nLê Lụa,B,2021-08-03,Hòa An\n"
    assert homes(load(tmp_path, a=told, b=bare))["B"][1:] == ["Xã Hòa Tân", "Huyện Châu Thành", "Tỉnh Đồng Tháp"]
