"""An F1 whom only the list of F2 names can be put on record by name, until a list tells who that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.main import run
from graph import open_store
from loaders import load_files

CASES = "Mã BN,Họ tên,Năm sinh,Ngày dương tính\nBN730,Mai Thị Sen,1979,12/08/2021\n"
F2 = (
    "Họ tên F1,Họ tên F2,Năm sinh,SĐT,Ngày tiếp xúc\n"
    "Ngô Văn Lợi (F1 của BN730),Lê Thị Diễm,1992,0918330202,08/08/2021\n"
    "Ngô Văn Lợi (F1 của BN730),Kim Văn Bảy,1965,0918330203,09/08/2021\n"
)
F1 = "Họ tên,Năm sinh,SĐT,F1 của,Ngày tiếp xúc\nNgô Văn Lợi,1968,0918220101,BN730,07/08/2021\n"


def test_who_is_only_named_is_on_record_until_a_list_tells_more(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("ca.csv", CASES), ("f2.csv", F2), ("f1.csv", F1)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    store = str(tmp_path / "s.duckdb")

    def call(*words: str) -> str:
        run([*words, "--store", store, "--quiet", "--lang", "en"])
        return capsys.readouterr().out

    def contacts() -> set[frozenset[str]]:
        with open_store(store, create=False, read_only=True) as opened:
            records = opened.read()
        names = dict(zip(records.persons["person"], records.persons["name"], strict=True))
        pairs = zip(records.contacts["person_a"], records.contacts["person_b"], strict=True)
        assert len(set(names.values())) == len(names), "nobody is on record twice"
        return {frozenset((names[one], names[other])) for one, other in pairs}

    (question,) = load_files([tmp_path / "ca.csv", tmp_path / "f2.csv"]).questions
    assert question.choices[0].value == "new"
    call("load", str(tmp_path / "ca.csv"), str(tmp_path / "f2.csv"))
    assert contacts() == set()
    call("answer", question.id, "new")
    expected = {
        frozenset(pair)
        for pair in (
            ("Mai Thị Sen", "Ngô Văn Lợi"),
            ("Ngô Văn Lợi", "Lê Thị Diễm"),
            ("Ngô Văn Lợi", "Kim Văn Bảy"),
        )
    }
    for _again in range(2):
        said = call("load", str(tmp_path / "f2.csv"))
        assert contacts() == expected
        assert "withdrawn" not in said
    call("load", str(tmp_path / "f1.csv"), str(tmp_path / "f2.csv"))
    assert contacts() == expected
    with open_store(store, create=False, read_only=True) as opened:
        people = opened.read().persons.set_index("name")["birth_year"]
    assert people["Ngô Văn Lợi"] == 1968


TITLED = (
    "DANH SÁCH F1 CỦA BN88190,,,\n"
    "Họ tên,Năm sinh,SĐT,Ngày tiếp xúc\n"
    "Chế Thị Lan,1992,0918770401,08/08/2021\n"
    "Nông Văn Cúc,1965,0918770402,09/08/2021\n"
)
CAMP = "Họ tên,Năm sinh,SĐT,F1 của,Ngày tiếp xúc,Ngày vào\nLò Văn Mai,1968,0918770403,BN 88190,07/08/2021,10/08/2021\n"
TESTS = "Họ tên,Năm sinh,SĐT,Ngày lấy mẫu,Kết quả\nTòng Thị Đào,1979,0918770404,09/08/2021,Âm tính\n"


def test_a_case_of_which_only_the_code_is_told_is_put_on_record_by_one_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"f1.csv": TITLED, "khu.csv": CAMP, "xn.csv": TESTS}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    store = str(tmp_path / "s.duckdb")

    def call(*words: str) -> str:
        run([*words, "--store", store, "--quiet", "--lang", "en"])
        return capsys.readouterr().out

    def on_record() -> tuple[list[str], int, int]:
        with open_store(store, create=False, read_only=True) as opened:
            records = opened.read()
        days = int(records.cases["confirmed"].notna().sum())
        return sorted(records.cases["person"]), days, len(records.contacts)

    paths = [str(tmp_path / name) for name in files]
    said = call("load", *paths)
    assert "1 question about 3 rows" in said and "put it on record as confirmed" in said
    assert on_record() == ([], 0, 0)
    (question,) = load_files(paths).questions
    assert "3 rows can be loaded now" in call("answer", question.id, "6/8/2021")
    call("load", *paths)
    assert on_record() == (["BN88190"], 1, 3)
    for again in (paths[:1], paths[1:2], paths):
        assert "withdrawn" not in call("load", *again)
        assert on_record() == (["BN88190"], 1, 3)
    tiers = call("tiers", "--case", "BN88190", "--as-of", "2021-08-12")
    assert "F1" in tiers and "3" in tiers
