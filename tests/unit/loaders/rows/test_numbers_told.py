"""What stands beside a telephone or identity number is kept; a number that a spreadsheet rounded is asked for."""

from __future__ import annotations

import json
from pathlib import Path

from loaders import load_files
from loaders.questions import Answers

LIST = """Họ tên,Năm sinh,SĐT,CCCD,F1 của,Ngày tiếp xúc
Lê Văn Tám,1975,0912 345 678 (con gái),096075001234,BN34,07/08/2021
Trần Ba,1980,0913444777,9.60900E+11,BN34,07/08/2021
Ngô Tư,1981,0913444555 gặp chị Lan,381234567/096081001234,BN34,07/08/2021
Lý Bảy,1985,không có,381 234 568 (CMND cũ),BN34,07/08/2021
"""


def test_a_cell_of_a_number_that_tells_more_is_kept(tmp_path: Path) -> None:
    (tmp_path / "f1.csv").write_text(LIST, encoding="utf-8")
    people = load_files([tmp_path / "f1.csv"]).records.persons.dropna(subset="name").set_index("name")
    assert people["phone"].fillna("").to_dict() == {
        "Lê Văn Tám": "",  # his daughter's
        "Trần Ba": "0913444777",
        "Ngô Tư": "0913444555",
        "Lý Bảy": "",
    }
    assert people["national_id"].fillna("").to_dict() == {
        "Lê Văn Tám": "096075001234",
        "Trần Ba": "",
        "Ngô Tư": "096081001234",
        "Lý Bảy": "381234568",
    }
    kept = {name: json.loads(text) for name, text in people["attributes"].dropna().items()}
    assert kept == {
        "Lê Văn Tám": {"SĐT": "0912 345 678 (con gái)"},
        "Ngô Tư": {"CCCD": "381234567/096081001234", "SĐT": "0913444555 gặp chị Lan"},
        "Lý Bảy": {"CCCD": "381 234 568 (CMND cũ)"},
    }


def test_a_rounded_number_is_asked_for_and_the_answer_stands_in(tmp_path: Path) -> None:
    (tmp_path / "f1.csv").write_text(LIST, encoding="utf-8")
    result = load_files([tmp_path / "f1.csv"])
    (question,) = [one for one in result.questions if one.column == "CCCD"]
    assert (question.row, question.said) == (3, "9.60900E+11")
    assert len(result.findings.of(code="national_id.rounded")) == 1
    again = load_files([tmp_path / "f1.csv"], answers=Answers({question.id: "096080001234"}))
    people = again.records.persons.dropna(subset="name").set_index("name")["national_id"]
    assert people["Trần Ba"] == "096080001234"
    assert not [one for one in again.questions if one.column == "CCCD"]
