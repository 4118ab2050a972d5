"""``truyvet why`` says from which lists a person's facts come, and where they differ; so does the page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import run

LISTS = {
    "f0": "Mã BN,Họ và tên,Năm sinh,SĐT,Ngày khởi phát\nBN1,Lê Văn Tám,1980,0912345679,2021-07-08\n",
    "f1": """Họ và tên,Năm sinh,SĐT,Tiếp xúc với BN,Ngày tiếp xúc cuối
Trần Thị Bé,1985,0912000001,BN1,2021-07-09
""",
    "xn": """Họ và tên,Giới tính,SĐT,Nơi ở,Ngày lấy mẫu,Kết quả
TRẦN THỊ BÉ,Nữ,84 912 000 001,"Ấp 5, xã Tân Hưng",2021-07-12,Âm tính
""",
    "kb": "Mã BN,Họ và tên,Năm sinh,Nơi ở,Ngày lấy mẫu,Kết quả\nBN1,Le Van Tam,1981,Tân Lộc,2021-07-07,Dương tính\n",
}
Call = Callable[..., str]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run a command in a folder with the lists and return what it prints."""
    monkeypatch.chdir(tmp_path)
    for name, text in LISTS.items():
        Path(f"{name}.csv").write_text(text, encoding="utf-8")

    def said(words: str, *more: str, lang: str = "en") -> str:
        assert run([*words.split(), *more, "--lang", lang]) in (0, 4), capsys.readouterr()
        return capsys.readouterr().out

    return said


def told(call: Call, who: str, store: str = "truyvet.duckdb") -> dict[str, Any]:
    """Return which lists tell of somebody: row, facts, year and sex by file; and on what they differ."""
    answer = json.loads(call("why", who, "--json", "--policy", "vn-3468", "--store", store))
    lists = {one.pop("file"): one for one in answer["lists"]}
    assert all(one.pop("sheet") is None and one.pop("id") for one in lists.values())
    return {**lists, "differ": answer["differ"]}


def test_every_list_is_named_with_what_it_tells_and_a_load_taken_back_tells_nothing(call: Call) -> None:
    call("load f0.csv f1.csv")
    assert told(call, "BN1") == {
        "f0.csv": {"row": 2, "facts": ["name", "birth", "phone", "case"], "birth_year": "1980", "sex": None},
        "differ": [],
    }
    before = told(call, "tran thi be")
    call("load kb.csv xn.csv")
    assert told(call, "BN1") == {
        "f0.csv": {"row": 2, "facts": ["name", "birth", "phone", "case"], "birth_year": "1980", "sex": None},
        "kb.csv": {"row": 2, "facts": ["name", "birth", "home"], "birth_year": "1981", "sex": None},
        "differ": ["birth"],
    }
    assert told(call, "tran thi be") == {
        **before,
        "xn.csv": {"row": 2, "facts": ["name", "sex", "phone", "home"], "birth_year": None, "sex": "female"},
    }
    call("load kb.csv xn.csv")
    call("undo")
    call("undo")
    assert told(call, "tran thi be") == before


def test_it_does_not_depend_on_the_order_of_lists(call: Call) -> None:
    found = []
    for number, order in enumerate((["f0", "kb", "f1", "xn"], ["xn", "f1", "kb", "f0"])):
        store = f"{number}.duckdb"
        for name in order:
            call(f"load {name}.csv --quiet --store {store} --create-people")
        found.append([told(call, who, store) for who in ("BN1", "tran thi be")])
    assert all(one == found[0] for one in found)
    call("load f0.csv f1.csv xn.csv kb.csv --store whole.duckdb")
    assert [told(call, who, "whole.duckdb") for who in ("BN1", "tran thi be")] == found[0]


def test_the_words_show_names_and_homes_only_where_they_were_asked_for(call: Call) -> None:
    call("load f0.csv f1.csv kb.csv xn.csv")
    said = call("why BN1 --policy vn-3468")
    assert re.search(r"f0\.csv · 2 +name, born 1980, telephone, the case\n", said)
    assert re.search(r"kb\.csv · 2 +name, born 1981, where they live\n", said)
    assert said.rstrip().endswith("They differ: born 1980 / 1981.")
    assert "Tam" not in said and "Lộc" not in said and "0912" not in said
    named = call("why BN1 --policy vn-3468 --show-names", lang="vi")
    assert "1980 / 1981" in call("tiers --list --no-save --policy vn-3468")
    assert "họ tên Le Van Tam, sinh 1981, nơi ở Tân Lộc" in named and "0912" not in named
    assert named.rstrip().split("\n")[-1] == "Các danh sách khác nhau: sinh 1980 / 1981."


def test_the_page_tells_it_of_those_of_whom_several_lists_tell(call: Call) -> None:
    call("load f0.csv f1.csv xn.csv")
    call("report --out page.html --policy vn-3468")
    page = Path("page.html").read_text(encoding="utf-8")
    found = re.search(r'id="people-data"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    people = json.loads(found[1])
    assert [people["code"].get(row, people["id"][int(row)]) for row in people["told"]] != ["BN1"]
    assert list(people["told"].values()) == [
        "From f1.csv · 2 (name, born 1985, telephone); xn.csv · 2 (name, sex female, telephone, where they live)."
    ]


def test_somebody_removed_for_good_leaves_nothing_of_it(call: Call) -> None:
    from graph import open_store

    call("load f0.csv f1.csv kb.csv xn.csv")
    call("purge --person BN1 --yes --why asked")
    with open_store("truyvet.duckdb", read_only=True) as store:
        notes = {key: value for (kind, key), value in store.all_notes().items() if kind.startswith("told by lists")}
    assert "BN1" not in json.dumps(notes) and "Tam" not in json.dumps(notes)
