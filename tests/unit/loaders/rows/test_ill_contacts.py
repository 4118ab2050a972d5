"""A list of contacts that tells an onset, or the day of a sample: neither is dropped, nobody is a case by it alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists
from two_cases import CASES, DIEM

F1: Rows = (
    ("Họ và tên", "Năm sinh", "SĐT", "Là F1 của", "Ngày tiếp xúc", "Ngày khởi phát", "Ngày lấy mẫu"),
    ("Liêu Thị Sen", 1989, "0918770101", "BN501", "15/07/2021", "19/07/2021", "20/07/2021"),
    ("Kim Văn Tài", 1979, "0918770102", "BN501", "15/07/2021", "không triệu chứng", ""),
    (DIEM, 1985, "", "BN501", "15/07/2021", "18/07/2021", ""),
)


@pytest.mark.parametrize(("answer", "status"), [(None, None), ("suspected", "suspected"), ("no", None)])
def test_an_onset_of_somebody_who_is_no_case_is_asked_about_and_a_sample_is_a_test(
    tmp_path: Path, answer: str | None, status: str | None
) -> None:
    lists = {"ca benh.csv": CASES, "f1.xlsx": F1}
    first = load_lists(tmp_path, lists)
    (asked,) = (question for question in first.questions if "onset" in str(question.text))
    assert asked.rows == 1, "one is known as a case, one had no symptoms"
    told = first if answer is None else load_lists(tmp_path, lists, answers={asked.id: answer})
    (sen,) = told.records.persons[told.records.persons["phone"] == "0918770101"].to_dict("records")
    cases = told.records.cases.set_index("person")
    assert (sen["person"] in cases.index) == (status is not None)
    if status is None:
        assert "19/07/2021" in str(sen["attributes"])
    else:
        assert cases.loc[sen["person"], "status"] == status and cases.loc[sen["person"], "onset"] > 0
    samples = told.records.tests[told.records.tests["result"].isna()]
    assert set(samples["person"]) == ({sen["person"]} if status is None else set())
    assert len(told.records.contacts) == 3
