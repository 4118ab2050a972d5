"""Results with their Ct value in one cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loaders import LoadOptions, load_files
from loaders.columns.result_cells import has_several, result_and_ct, result_word


@pytest.mark.parametrize(
    ("text", "result", "ct"),
    [
        ("Dương tính (Ct 24)", "Dương tính", 24.0),
        ("DT (Ct: 18,5)", "DT", 18.5),
        ("(+) ct=31", "(+)", 31.0),
        ("Dương tính, CT N 22.1/ORF 23.4", "Dương tính", 22.1),
        ("Dương tính - CT ORF1ab 26,3; gen E 25", "Dương tính", 25.0),
        ("POS ct 19", "POS", 19.0),
        ("Dương tính (CT 210)", "Dương tính (CT 210)", None),
        ("Ct 21", "Ct 21", None),
        ("Dương tính (lần 2)", "Dương tính (lần 2)", None),
        ("phân loại đỏ act 21", "phân loại đỏ act 21", None),
    ],
)
def test_a_result_and_its_value_in_one_cell(text: str, result: str, ct: float | None) -> None:
    assert result_and_ct(text) == (result, ct)


def test_of_several_genes_the_lowest_counts_and_the_words_are_kept(tmp_path: Path) -> None:
    (tmp_path / "xn.csv").write_text(
        "Họ và tên,Năm sinh,Ngày lấy mẫu,Kết quả\n"
        "Lữ Văn Phái,1966,2/8/2021,Dương tính (CT N 22.1/ORF 21.4)\nLữ Thị Hương,1968,2/8/2021,(+) ct=31\n"
        "Lữ Văn Sỹ,1999,2/8/2021,Dương tính yếu (Ct 37)\n",
        encoding="utf-8",
    )
    result = load_files(tmp_path / "xn.csv", options=LoadOptions(today=date(2021, 8, 20)))
    tests = result.records.tests.dropna(subset=["ct"]).set_index("ct")
    assert set(tests.index[tests["result"] == "positive"]) == {21.4, 31.0}
    assert "ORF 21.4" in tests["attributes"][21.4]
    assert [q.said for q in result.questions if q.said is not None] == ["Dương tính yếu (Ct 37)"]
    assert not has_several("(+) ct=31")


def test_results_tell_who_of_a_list_of_cases_is_one(tmp_path: Path) -> None:
    head = "DANH SÁCH CA BỆNH DƯƠNG TÍNH NGÀY 12/8/2021;;;;\nTT;Họ và tên;Năm sinh;Ngày lấy mẫu;Kết quả\n"
    rows = "1;Trần Văn Lợi;1979;11/8;Dương tính\n2;Phạm Thị Út;1956;12/8;Nghi ngờ\n3;Lê Tám;1960;12/8;Âm tính\n"
    (tmp_path / "ca.csv").write_text(head + rows, encoding="utf-8")
    result = load_files([tmp_path / "ca.csv"])
    cases = result.records.cases.merge(result.records.persons[["person", "name"]], on="person")
    assert dict(zip(cases["name"], cases["status"].fillna("confirmed"), strict=True)) == {
        "Trần Văn Lợi": "confirmed",
        "Phạm Thị Út": "suspected",
    }
    assert sorted(result.records.tests["result"]) == ["negative", "pending", "positive"] and not result.questions


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Detected (+)", "Detected"),
        ("Âm tính / (-)", "Âm tính"),
        ("PCR: Detected (+), Ct 22", "Detected"),
        ("SARS-CoV-2: Not detected", "Not detected"),
        ("KXĐ, đề nghị lấy mẫu lại", "KXĐ"),
        ("Invalid (recollect)", "Invalid"),
        ("Dương tính - âm tính", "Dương tính - âm tính"),
        ("Âm tính (lần 2 dương tính)", "Âm tính (lần 2 dương tính)"),
        ("Âm tính - lấy lại mẫu", "Âm tính - lấy lại mẫu"),
        ("+/-", "+/-"),
    ],
)
def test_words_that_mean_the_same_are_one_result_and_others_stay_whole(text: str, result: str) -> None:
    assert result_word(text) == result


def test_results_of_a_laboratory_are_read_and_every_other_word_is_asked_about(tmp_path: Path) -> None:
    said = ["Detected (+)", "Không phát hiện", "Inconclusive - đề nghị lấy mẫu lại", "Pending", "Weak band"]
    rows = "".join(f"Lữ Văn Sáu{n},19{n}0,2/8/2021,{text}\n" for n, text in enumerate(said, start=5))
    (tmp_path / "kq.csv").write_text(f"Họ và tên,Năm sinh,Ngày lấy mẫu,Result/Kết quả\n{rows}", encoding="utf-8")
    result = load_files(tmp_path / "kq.csv", options=LoadOptions(today=date(2021, 8, 20)))
    told = sorted(result.records.tests["result"].fillna("?"))
    assert told == ["?", "invalid", "negative", "pending", "positive"]
    assert [question.said for question in result.questions if question.said] == ["Weak band"]
