"""How somebody is isolated, in a column of a list of contacts, with its days in the same cell or with none."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists

from loaders import LoadResult
from tracing.times import format_iso

CASES = [["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"], ["BN61344", "Quách Thị Mừng", "1969", "18/07/2021"]]
ZONE = "Asia/Ho_Chi_Minh"


def load(tmp_path: Path, heading: str, *told: str, answers: dict[str, str] | None = None) -> LoadResult:
    rows = [
        ["DANH SÁCH F1 CỦA BN61344 NGÀY 24/7/2021", "", "", ""],
        ["Họ và tên", "Năm sinh", "Ngày TX cuối", heading],
        *([f"Tô Văn {name}", "1970", "20/7", text] for name, text in zip(("Lịch", "Mão", "Thìn"), told, strict=True)),
    ]
    return load_lists(tmp_path, {"ca.csv": CASES, "f1.xlsx": rows}, answers=answers or {})


def stays(result: LoadResult) -> set[tuple[str, str, str, str]]:
    names = result.records.persons.set_index("person")["name"]
    rows = result.records.isolations[["person", "kind", "start", "start_to", "end", "end_to"]].astype(object)
    return {
        (names[who].split()[-1], kind, format_iso(a, b, ZONE)[5:], format_iso(c, d, ZONE)[5:])
        for who, kind, a, b, c, d in rows.dropna().itertuples(index=False)
    }


@pytest.mark.parametrize("heading", ["Hình thức CL", "Hình thức cách ly", "HTCL"])
@pytest.mark.parametrize("span", ["22/7 - 05/8", "từ 22/7 đến 05/8", "(22/7-05/8)"])
def test_the_days_behind_the_form_are_those_of_the_isolation(tmp_path: Path, heading: str, span: str) -> None:
    result = load(tmp_path, heading, "Tập trung", f"Tại nhà {span}", "nt")
    assert stays(result) == {("Mão", "home", "07-22", "08-05"), ("Thìn", "home", "07-22", "08-05")}
    assert not result.questions
    kept = result.records.persons.set_index("name")["attributes"]["Tô Văn Lịch"]
    assert f'"{heading}": "Tập trung"' in kept


def test_a_form_with_the_name_of_a_place_is_where_they_are(tmp_path: Path) -> None:
    result = load(tmp_path, "Hình thức CL", "KCL Sơn Thịnh 22/7 - 05/8", "Tại nhà từ 23/7 đến 06/8", "nt")
    assert stays(result) == {
        ("Lịch", "centre", "07-22", "08-05"),
        ("Mão", "home", "07-23", "08-06"),
        ("Thìn", "home", "07-23", "08-06"),
    }
    assert set(result.records.isolations["place"].dropna()) == {"KCL Sơn Thịnh"}


def test_of_forms_alone_it_is_asked_once_since_when(tmp_path: Path) -> None:
    (question,) = load(tmp_path, "Hình thức CL", "Tập trung", "Tại nhà", "nt").questions
    assert question.rows == 3 and "since which day" in question.text.say("en")
    told = load(tmp_path, "Hình thức CL", "Tập trung", "Tại nhà", "nt", answers={question.id: "22/7/2021"})
    kinds = told.records.isolations["kind"].tolist()
    assert sorted(kinds) == ["centre", "home", "home"] and told.complete


def test_a_list_of_facilities_tells_how_many_people_each_holds(tmp_path: Path) -> None:
    rows = [
        ["Tên khu cách ly", "Loại hình", "Người liên hệ", "SĐT", "Tổng số giường", "Số giường còn lại"],
        ["Trường THPT Cái Nước", "Tập trung", "Tô Văn Lịch", "0913000001", 120, 20],
    ]
    result = load_lists(tmp_path, {"khu.csv": rows})
    places = result.records.places
    assert places[["place", "capacity"]].to_numpy().tolist() == [["Trường THPT Cái Nước", 120]] and not result.questions
    assert not len(result.records.persons)
