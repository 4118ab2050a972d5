"""One question for what is one doubt, and no name of a field in a sentence that a person reads."""

from __future__ import annotations

import re
from pathlib import Path

from loaders.columns.words import FIELD_WORDS
from loaders.load import load_files
from loaders.questions import Answers
from loaders.result import LoadResult

PEOPLE = "Họ và tên,Năm sinh,SĐT,"
WHO = ("Lê Văn Tư,1970,0912345671,", "Trần Thị Hai,1980,0912345672,", "Mai Thị Ba,1981,0912345673,")


def load(folder: Path, headings: str, *cells: str, answers: dict[str, str] | None = None) -> LoadResult:
    path = folder / "ds.csv"
    rows = [who + cell for who, cell in zip(WHO, cells, strict=False)]
    path.write_text("\n".join([PEOPLE + headings, *rows, ""]), encoding="utf-8")
    return load_files(path, answers=Answers(answers or {}))


def test_an_odd_word_of_two_rows_is_one_question_that_answers_both(tmp_path: Path) -> None:
    rows = ("20/7/2021,lơ lửng", "20/7/2021,lơ lửng", "20/7/2021,âm tính")
    (question,) = load(tmp_path, "Ngày lấy mẫu,Kết quả", *rows).questions
    assert question.rows == 2
    answered = load(tmp_path, "Ngày lấy mẫu,Kết quả", *rows, answers={question.id: "negative"})
    assert answered.complete
    assert sorted(answered.records.tests["result"]) == ["negative"] * 3


def test_the_year_of_a_file_is_asked_once_and_other_slips_row_by_row(tmp_path: Path) -> None:
    rows = ("Chợ U Minh,20/7,7h - 8h", "Chợ U Minh,21/7,9h - 10h", "Chợ U Minh,31/6,")
    result = load(tmp_path, "Địa điểm,Ngày,Giờ", *rows)
    (year,) = [question for question in result.questions if question.row is None]
    assert year.rows == 2 and len(result.questions) == 2
    visits = load(tmp_path, "Địa điểm,Ngày,Giờ", *rows, answers={year.id: "2021"}).records.visits
    assert sorted(visits["start"]) == [1626739200, 1626832800]


def test_the_hours_of_a_shift_or_half_a_day_are_asked_once_each(tmp_path: Path) -> None:
    rows = ("Chợ U Minh,20/7/2021,Sáng", "Chợ U Minh,20/7/2021,Đêm", "Chợ U Minh,21/7/2021,Sáng")
    asked = load(tmp_path, "Địa điểm,Ngày,Buổi", *rows).questions
    assert sorted((str(question.said), question.rows) for question in asked) == [("Sáng", 2), ("Đêm", 1)]
    told = {question.id: "6h-11h" if question.said == "Sáng" else "22h-6h" for question in asked}
    answered = load(tmp_path, "Địa điểm,Ngày,Buổi", *rows, answers=told)
    assert answered.complete
    visits = answered.records.visits
    assert sorted((visits["end"] - visits["start"]).floordiv(3600)) == [5, 5, 8]


def test_units_beside_the_place_of_departure_are_of_it_and_not_of_the_home(tmp_path: Path) -> None:
    headings = "Ngày về,Nơi đi (xã),Huyện,Tỉnh,Nơi ở hiện tại"
    result = load(tmp_path, headings, '20/7/2021,An Phú,Thuận An,Bình Dương,"ấp 4, xã Khánh An"')
    assert list(result.records.arrivals["origin"]) == ["An Phú, Thuận An, Bình Dương"]
    assert list(result.records.persons["area"].str[:5]) == ["32059"]


def test_no_sentence_names_a_field_by_its_own_name(tmp_path: Path) -> None:
    results = [
        load(tmp_path, "Kết quả,Mã gộp", "dương tính,G1", "âm tính,G1"),
        load(tmp_path, "Ngày lấy mẫu,Kết quả", "20/7/2021,âm tính", ",dương tính"),
        load(tmp_path, "A,B", "BN41201,x", "BN41202,y", 'Tổng cộng,""'),
        load(tmp_path, "Tiếp xúc với ca,Ngày tiếp xúc", "BN41201,31/6/2021", ",20/7/2021"),
        load(tmp_path, "Ấp,Giới tính,Địa chỉ", "ấp 4,bê đê,", "ấp 5,nam,Tổng cộng: 2"),
    ]
    names = {name for name in FIELD_WORDS if len(name) > 3} | {"remark", "signature", "total"}
    for result in results:
        told = result.findings.table
        for sentence in [*told["message_vi"], *told["fix_vi"]]:
            outside = re.sub(r'--map "[^"]*"', "", sentence)
            assert not names & set(re.findall(r"[a-z_]+", outside)), sentence


def test_two_questions_about_a_whole_list_have_an_answer_each(tmp_path: Path) -> None:
    (tmp_path / "ca.csv").write_text("Mã BN,Họ và tên,Ngày khởi phát\nBN41201,Đỗ Văn Ngư,18/7/2021\n", encoding="utf-8")
    rows = ["LỚP HỌC MAY CỦA BN41201 - BUỔI HỌC NGÀY 16/7/2021,,", PEOPLE.strip(","), *(who.strip(",") for who in WHO)]
    (tmp_path / "ds.csv").write_text("\n".join([*rows, ""]), encoding="utf-8")
    asked = load_files([tmp_path / "ca.csv", tmp_path / "ds.csv"]).questions
    assert len(asked) == 2
    met = next(question for question in asked if any(choice.value == "met" for choice in question.choices))
    result = load_files([tmp_path / "ca.csv", tmp_path / "ds.csv"], answers=Answers({met.id: "met"}))
    assert len(result.records.contacts) == 3 and result.records.visits.empty
    assert [question.id for question in result.questions] == [question.id for question in asked if question is not met]
