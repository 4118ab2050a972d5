"""The night's loop in the library: asked once, answered in any order, released, taken back; nothing counted twice."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from loaders import Answers, LoadOptions, LoadResult, asked, load_files, write_set_aside
from loaders.answers import question_data, question_of, still_open
from loaders.questions import rows_held

F0 = ["Mã BN,Họ và tên,Ngày khởi phát", "BN34,Trần A,2021-08-06", "BN35,Lê B,2021-08-06"]
HEAD = "Họ và tên,SĐT,Tiếp xúc với F0,Ngày tiếp xúc"


def write(folder: Path, name: str, lines: list[str]) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def load(*paths: Path, answers: Mapping[str, str] | None = None, **options: object) -> LoadResult:
    result = load_files(list(paths), options=LoadOptions(**options), answers=Answers(answers or {}))
    for summary in result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
    return result


ALIKE = [f"C{n},A{n},bad{n}" for n in range(150)]


class TestManyAlike:
    @pytest.fixture(autouse=True, params=[100, 1_000], ids=["together at once", "together at the end"])
    def many(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        """More cells than ``MANY_WITH_CHOICES`` are not even looked at one by one; the same is asked."""
        monkeypatch.setattr(asked, "MANY_WITH_CHOICES", request.param)

    def test_what_nobody_answers_one_by_one_is_asked_as_one_and_answered_for_all(self, tmp_path: Path) -> None:
        path = write(tmp_path, "c.csv", ["case id,name,onset", *ALIKE, "D1,B,2021-07-08"])
        result = load(path)
        (question,) = result.questions
        assert question.rows == 150 == result.rows_waiting and question.said is None
        assert [choice.value for choice in question.choices] == ["-"] and "150 cells" in str(question.text)
        assert write_set_aside(result, tmp_path / "aside.xlsx") == 150
        answered = load(path, answers={question.id: "-"})
        assert answered.complete and len(answered.records.cases) == 151
        assert [(q.id, q.rows) for q in answered.answered] == [(question.id, 150)]

    def test_an_answer_given_to_one_of_them_stands(self, tmp_path: Path) -> None:
        few = load(write(tmp_path, "c.csv", ["case id,name,onset", *ALIKE[:3]])).questions
        assert len(few) == 3
        path = write(tmp_path, "c.csv", ["case id,name,onset", *ALIKE])
        (question,) = load(path, answers={few[0].id: "2021-07-08"}).questions
        assert question.rows == 149
        both = load(path, answers={few[0].id: "2021-07-08", question.id: "-"})
        assert both.complete and both.records.cases["onset"].notna().sum() == 1

    def test_other_columns_of_the_file_are_asked_apart(self, tmp_path: Path) -> None:
        rows = [f"C{n},A{n},bad{n},{'x' if n else ''}2021-07-08" for n in range(150)]
        questions = load(write(tmp_path, "c.csv", ["case id,name,onset,date of sample", *rows])).questions
        assert sorted((q.column, q.rows) for q in questions) == [("date of sample", 149), ("onset", 150)]

    def test_rows_that_are_the_same_are_one_question(self, tmp_path: Path) -> None:
        (question,) = load(write(tmp_path, "c.csv", ["case id,name,onset", *["C1,A,bad"] * 150])).questions
        assert (question.rows, question.said, question.row) == (150, "bad", 2)


def test_a_great_many_bad_cells_need_no_key_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    key = asked.Asked.key
    monkeypatch.setattr(asked.Asked, "key", lambda own, sheet, row: made.append(row) or key(own, sheet, row))
    path = write(tmp_path, "c.csv", ["case id,name,onset", *(f"C{n},A{n},bad{n}" for n in range(1_200))])
    (question,) = load(path).questions
    assert question.rows == 1_200 and not made


class TestAskedOnce:
    def test_one_code_in_two_lists_is_one_question(self, tmp_path: Path) -> None:
        cases = write(tmp_path, "f0.csv", F0)
        lists = [
            write(tmp_path, "a.csv", [HEAD, "Lê Một,0912000001,BN99,2021-08-07", "Lê Hai,0912000002,bn 99,2021-08-07"]),
            write(tmp_path, "b.csv", [HEAD, "Lê Ba,0912000003,BN99,2021-08-07"]),
        ]
        result = load(cases, *lists)
        (question,) = result.questions
        assert question.rows == 3 and set(question.waiting) == {("a.csv", ""), ("b.csv", "")}
        answered = load(cases, *lists, answers={question.id: "BN34"})
        assert answered.complete and len(answered.records.contacts) == 3
        assert [q.id for q in answered.answered] == [question.id] and answered.used == {question.id}

    def test_a_list_that_is_sent_again_under_another_name_asks_nothing_new(self, tmp_path: Path) -> None:
        cases = write(tmp_path, "f0.csv", F0)
        rows = ["Lê Một,0912000001,BN34 hoặc BN35,2021-08-07", "Lê Hai,0912000002,BN34,31/6/2021"]
        first = load(cases, write(tmp_path, "a.csv", [HEAD, *rows]))
        again = load(cases, write(tmp_path, "b.csv", [HEAD, "Lê Ba,0912000003,BN34,2021-08-07", *reversed(rows)]))
        assert len(first.questions) == 2
        assert {q.id for q in first.questions} == {q.id for q in again.questions}

    def test_the_order_of_dates_is_asked_once_for_a_file(self, tmp_path: Path) -> None:
        head = "case id,name,date of onset,date of sample"
        path = write(tmp_path, "x.csv", [head, "C1,A B,03/04/2021,05/04/2021", "C2,C D,04/05/2021,05/05/2021"])
        (question,) = load(path).questions
        assert question.kind == "dates" and question.rows == 2
        days = {
            order: load(path, answers={question.id: order}).records.cases["onset"].tolist() for order in ("d/m", "m/d")
        }
        assert days["d/m"] == load(path, day_first=True).records.cases["onset"].tolist() != days["m/d"]

    def test_a_sheet_that_is_not_recognised_can_be_left_out(self, tmp_path: Path) -> None:
        path = write(tmp_path, "x.csv", ["Cột một,Cột hai", "5,6", "7,9"])
        (question,) = load(path).questions
        assert question.kind == "sheet" and question.rows == 2
        left_out = load(path, answers={question.id: "-"})
        assert left_out.complete and left_out.summaries[0].kind == "left out" and not len(left_out.records)
        unlike = load(path, answers={question.id: "visits"})
        assert [q.id for q in unlike.questions] == [question.id], "what it cannot be is asked again"

    @pytest.mark.parametrize(("cell", "said"), [("BN34 hoặc BN35", "BN77"), ("BN99", "nonsense 5")])
    def test_an_answer_that_means_nobody_is_asked_again(self, tmp_path: Path, cell: str, said: str) -> None:
        paths = [write(tmp_path, "f0.csv", F0), write(tmp_path, "a.csv", [HEAD, f"Lê Một,0912,{cell},2021-08-07"])]
        (question,) = load(*paths).questions
        again = load(*paths, answers={question.id: said})
        assert [q.id for q in again.questions] == [question.id] and again.rows_set_aside == 0
        assert load(*paths, answers={question.id: "-"}).complete

    def test_a_day_in_own_words_is_read_and_nonsense_is_asked_again(self, tmp_path: Path) -> None:
        paths = [write(tmp_path, "f0.csv", F0), write(tmp_path, "a.csv", [HEAD, "Lê Một,0912,BN34,31/6/2021"])]
        (question,) = load(*paths).questions
        good = load(*paths, answers={question.id: "30/6/2021"})
        assert good.complete and len(good.records.contacts) == 1
        bad = load(*paths, answers={question.id: "32/6/2021"})
        assert [q.id for q in bad.questions] == [question.id] and bad.rows_waiting == 1

    def test_two_spellings_in_one_list_can_be_one_person(self, tmp_path: Path) -> None:
        path = write(tmp_path, "f0.csv", [*F0[:2], "BN-34,Trần A,2021-08-06"])
        (question,) = load(path).questions
        assert len(load(path, answers={question.id: "yes"}).records.cases) == 1
        apart = load(path, answers={question.id: "no"})
        assert apart.complete and len(apart.records.cases) == 2


class TestWorkbook:
    def answer_in(self, path: Path, **said: str) -> None:
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        heads = [cell.value for cell in sheet[1]]
        ident, answer = heads.index("truyvet:question"), heads.index("truyvet:answer")
        for row in sheet.iter_rows(min_row=2):
            row[answer].value = said[str(row[ident].value)]
        book.save(path)

    @pytest.mark.parametrize("lang", ["en", "vi"])
    def test_its_answers_release_its_rows(self, tmp_path: Path, lang: str) -> None:
        cases = write(tmp_path, "f0.csv", F0)
        lines = ["Lê Một,0912000001,BN34 hoặc BN35,2021-08-07", "Lê Hai,0912000002,BN34,31/6/2021"]
        contacts = write(tmp_path, "f1.csv", [HEAD, *lines, "Lê Ba,0912000003,BN34,2021-08-07"])
        first = load(cases, contacts)
        aside = tmp_path / "aside.xlsx"
        assert write_set_aside(first, aside, lang=lang) == first.rows_waiting == 2
        kinds = {q.kind: q.id for q in first.questions}
        self.answer_in(aside, **{kinds["reference"]: "BN35 · BN35", kinds["value"]: "30/6/2021"})
        second = load(cases, aside)
        assert second.complete and second.learned == {kinds["reference"]: "BN35", kinds["value"]: "30/6/2021"}
        assert len(first.records.contacts) == 1 and len(second.records.contacts) == 2
        whole = load(cases, contacts, answers=second.learned)
        assert whole.complete
        ids = set(first.records.contacts["contact"]) | set(second.records.contacts["contact"])
        assert ids == set(whole.records.contacts["contact"]), "the same contacts, whichever way they came in"

    def test_it_offers_the_choices_and_keeps_what_the_title_says(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        head = ["STT", "Họ và tên", "Năm sinh", "SĐT", "Kết quả", "Tiếp xúc với F0", "Ngày tiếp xúc"]
        sheet.append(["DANH SÁCH XÉT NGHIỆM ngày 02/8/2021"])
        sheet.append([])
        sheet.append(head)
        for number, (name, case) in enumerate((("Lê Một", "BN99"), ("Lê Hai", "BN34"), ("Lê Ba", "BN34")), start=1):
            sheet.append([number, name, 1980, f"091200000{number}", "Âm tính", case, "01/8/2021"])
        tests = tmp_path / "xn.xlsx"
        book.save(tests)
        cases = write(tmp_path, "f0.csv", F0)
        first = load(cases, tests)
        question = next(q for q in first.questions if q.kind == "reference")
        aside = tmp_path / "aside.xlsx"
        write_set_aside(first, aside, lang="vi")
        questions = openpyxl.load_workbook(aside).worksheets[0]
        assert questions.title == "Câu hỏi" and len(questions.data_validations.dataValidation) == len(first.questions)
        self.answer_in(aside, **{q.id: "BN34" if q is question else "" for q in first.questions})
        second = load(cases, aside)
        assert question.id not in {q.id for q in second.questions}
        assert second.records.tests["test"].isin(first.records.tests["test"]).all(), "the day of the title is known"


class TestOpenQuestions:
    def test_a_question_comes_back_as_it_was_kept(self, tmp_path: Path) -> None:
        rows = [HEAD, "Lê Một,0912000001,BN34 hoặc BN35,2021-08-07"]
        (question,) = load(write(tmp_path, "f0.csv", F0), write(tmp_path, "f1.csv", rows)).questions
        again = question_of(question_data(question))
        assert question_data(again) == question_data(question) and again.rows == 1

    def test_questions_of_other_files_stay_open_and_a_row_read_again_closes_its_own(self, tmp_path: Path) -> None:
        cases = write(tmp_path, "f0.csv", F0)
        one = write(tmp_path, "a.csv", [HEAD, "Lê Một,0912000001,BN99,2021-08-07"])
        two = write(tmp_path, "b.csv", [HEAD, "Lê Hai,0912000002,BN99,2021-08-07", "Lê Ba,0912000003,BN34,31/6/2021"])
        first, second = load(cases, one), load(cases, two)
        kept = still_open(first.questions, second.questions, second.read)
        assert sum(map(len, rows_held(kept).values())) == 3 and [q.rows for q in kept] == [2, 1]
        corrected = load(cases, write(tmp_path, "b.csv", [HEAD, "Lê Hai,0912000002,BN34,2021-08-07"]))
        assert [q.rows for q in still_open(kept, corrected.questions, corrected.read)] == [1]


class TestCorrectedRows:
    LINES = ("Lê Một,0912000001,BN34,31/6/2021", "Lê Hai,0912000002,BN34,2021-08-07")

    def correct(self, path: Path, heading: str, text: str) -> None:
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[-1]
        heads = [cell.value for cell in sheet[1]]
        sheet.cell(2, heads.index(heading) + 1).value = text
        book.save(path)

    def test_the_list_with_the_uncorrected_row_asks_nothing_and_brings_nothing_twice(self, tmp_path: Path) -> None:
        cases, contacts = write(tmp_path, "f0.csv", F0), write(tmp_path, "f1.csv", [HEAD, *self.LINES])
        write_set_aside(load(cases, contacts), tmp_path / "aside.xlsx")
        self.correct(tmp_path / "aside.xlsx", "Ngày tiếp xúc", "30/6/2021")
        mended = load(cases, tmp_path / "aside.xlsx")
        assert mended.complete and len(mended.corrected) == 1
        again = write(tmp_path, "f1 (2).csv", [HEAD, *self.LINES, "Lê Ba,0912000003,BN35,2021-08-07"])
        later = load(cases, again, corrected=mended.corrected)
        assert later.complete
        assert set(mended.records.contacts["contact"]) < set(later.records.contacts["contact"])
        assert len(later.records.contacts) == 3
        assert not load(cases, again).complete, "without the correction it is asked"

    def test_a_row_that_nobody_changed_is_no_correction(self, tmp_path: Path) -> None:
        cases, contacts = write(tmp_path, "f0.csv", F0), write(tmp_path, "f1.csv", [HEAD, *self.LINES])
        write_set_aside(load(cases, contacts), tmp_path / "aside.xlsx")
        assert not load(cases, tmp_path / "aside.xlsx").corrected

    def test_a_table_of_ours_is_corrected_in_the_same_way(self, tmp_path: Path) -> None:
        path = write(tmp_path, "cases.csv", ["person,onset", "C1,2021-07-08", "C2,2021-17-08"])
        write_set_aside(load(path), tmp_path / "aside.xlsx")
        self.correct(tmp_path / "aside.xlsx", "onset", "2021-07-18")
        mended = load(tmp_path / "aside.xlsx")
        assert mended.complete
        both = load(path, tmp_path / "aside.xlsx")
        assert both.complete and len(both.records.cases) == 2
