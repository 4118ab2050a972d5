"""What stands on sheets of their own: arrivals, people met to find a source, units without a name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from exports import cells, export

from cli.language import speak
from cli.main import run

RETURNEES = """DANH SÁCH CÔNG DÂN TRỞ VỀ TỪ VÙNG DỊCH;;;;;
TT;Họ và tên;Năm sinh;SĐT;Về từ (tỉnh/TP);Ngày về
1;Lê Văn Một;1990;0912000001;TX Thuận An, Bình Dương;2/8/2021
2;Trần Thị Hai;1991;0912000002;Cần Thơ;2/8/2021
3;Phạm Văn Ba;1992;0912000003;Long An;2/8/2021
"""
PRISON = """TRẠI GIAM CÁI TÀU;;;;
STT;Họ và tên;Năm sinh;Ngày chấp hành xong;Nơi về cư trú
1;Ngô Văn Bốn;1985;3/8/2021;ấp 4, xã Tân Hưng
"""
LEVELS = """Tỉnh/TP;Cấp độ dịch;Từ ngày;Đến ngày
Bình Dương;Nguy cơ rất cao;1/7/2021;
Cần Thơ;không có dịch;15/7/2021;31/8/2021
Trại giam Cái Tàu;có dịch;30/7/2021;
"""


def test_arrivals_are_placed_by_the_levels_on_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("ve.csv", RETURNEES), ("tha.csv", PRISON), ("cap-do.csv", LEVELS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert run(["load", "ve.csv", "tha.csv", "cap-do.csv", "--lang", "en"]) == 0
    assert run(["export", "--policy", "vn-3638", "--as-of", "2021-08-05", "--show-names", "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "Arrivals: 4 people: 2 for a centre, 1 for home; of 1 it is not known whether there was" in told
    head, *rows = cells(tmp_path / "truyvet-lists.xlsx")["Arrivals"][2:]
    found = [{name: row[head.index(name)] for name in ("Name", "Where", "Why")} for row in rows]
    assert found == [
        {"Name": "Ngô Văn Bốn", "Where": "centre", "Why": "Trại giam Cái Tàu on 3 Aug 2021: outbreak"},
        {"Name": "Lê Văn Một", "Where": "centre", "Why": "Bình Dương on 2 Aug 2021: very high (red)"},
        {
            "Name": "Phạm Văn Ba",
            "Where": None,
            "Why": "nothing on record says whether Long An had an outbreak on 2 Aug 2021",
        },
        {"Name": "Trần Thị Hai", "Where": "home", "Why": "Cần Thơ on 2 Aug 2021: no outbreak"},
    ]
    assert run(["export", "--policy", "vn-3638", "--as-of", "2021-08-05", "--out", "l.csv", "--lang", "vi"]) == 0
    beside = pd.read_csv(tmp_path / "l-arrivals.csv")
    assert "Long An có dịch hay không vào ngày 2/8/2021" in beside["reason_vi"][2] and "name" not in beside
    assert beside["arrived"][0] == "2021-08-03"
    speak("en")


def test_ids_of_those_met_to_find_a_source_stand_on_the_last_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cases.csv").write_text("person,sample,asymptomatic\nC1,2021-06-15,yes\n", encoding="utf-8")
    Path("persons.csv").write_text("person,name,phone\nC1,Tên Một,\nK1,Tên Hai,0912345678\n", encoding="utf-8")
    Path("contacts.csv").write_text(
        "person_a,person_b,start,end,distance_m\nC1,K1,2021-06-08T09:00,2021-06-08T10:00,1\n", encoding="utf-8"
    )
    assert run(["load", "cases.csv", "persons.csv", "contacts.csv", "-q"]) in (0, 4)
    export("--policy", "vn-3468", "--as-of", "2021-06-16", "--show-names", "--lang", "en")
    book = cells(tmp_path / "truyvet-lists.xlsx")
    (name,) = [sheet for sheet in book if sheet.startswith("To find")]
    told = [str(cell) for row in book[name] for cell in row if cell is not None]
    assert "Tên Hai" in told and "Tên Một (C1)" in told and not {"K1", "C1", "QA 866"} & set(told)
    assert [cell for row in list(book.values())[-1] for cell in row if cell in ("K1", "QA 866")] == ["K1", "QA 866"]


def test_a_code_without_a_name_is_said_to_be_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cases.csv").write_text("person,onset\nC1,2021-06-15\n", encoding="utf-8")
    Path("persons.csv").write_text("person,area\nC1,77001\n", encoding="utf-8")
    assert run(["load", "cases.csv", "persons.csv", "-q"]) in (0, 4)
    export("--policy", "vn-3468", "--as-of", "2021-06-16", "--lang", "en")
    book = cells(tmp_path / "truyvet-lists.xlsx")
    assert "code 77001 (no name)" in book and book["code 77001 (no name)"][0][0] == "code 77001 (no name)"
    export("--policy", "vn-3468", "--as-of", "2021-06-16", "--lang", "en", "--show-names", "--overwrite")
    book = cells(tmp_path / "truyvet-lists.xlsx")
    assert book["code 77001 (no name)"][3][3] == "C1", "what a case is called stands beside it"
    assert book["Ids and sources"][2][:3] == ["code 77001 (no name)", 1, "C1"]
    export("--policy", "vn-3468", "--as-of", "2021-06-16", "--lang", "vi", "--format", "csv", "--out", "lists.csv")
    row = pd.read_csv("lists.csv", dtype="string", encoding="utf-8-sig").iloc[0]
    assert (row["locality"], row["locality_name"]) == ("77001", "mã 77001 (không có tên)")
    speak("en")
