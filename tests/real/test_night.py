"""The night test: ten lists by ten hands, loaded, asked about, answered with the truth, loaded again.

Before an answer nearly all rows load, nothing is silently wrong, and what is not on record is in a question. After the
answers everything that the lists tell is on record.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from night_score import Score

from loaders import Answers, LoadOptions, LoadResult, load_files
from loaders.invented.night.folder import Night, generate_night

ROOT = Path(__file__).resolve().parents[2]
SEEDS = (1, 2, 3)
MOST_LOADS = 4


@dataclass(frozen=True)
class Evening:
    """A night's folder loaded without an answer, and again with all answers that the truth gives."""

    night: Night
    before: Score
    after: Score
    asked: int


@pytest.fixture(scope="module", params=SEEDS)
def evening(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Evening:
    night = generate_night(request.param)
    paths = night.write(tmp_path_factory.mktemp(f"night{request.param}"))
    given: dict[str, str] = {}
    people: dict[str, tuple[str, ...]] = {}
    scores: list[Score] = []
    while len(scores) < MOST_LOADS:
        options = LoadOptions(today=night.evening.day)
        scores.append(Score(night, load_files(paths, options=options, answers=Answers(given, people))))
        questions = scores[-1].result.questions
        assert not {question.id for question in questions} & set(given), "asked twice"
        answers = {question.id: scores[-1].answer(question) for question in questions}
        people |= {question.id: question.people for question in questions if question.people}
        told = {ident: answer for ident, answer in answers.items() if answer is not None}
        given |= told
        if not told:
            break
    return Evening(night, scores[0], scores[-1], len(given))


def rows_of(result: LoadResult) -> dict[str, int]:
    return {
        name: sum(getattr(summary, name) for summary in result.summaries)
        for name in ("rows", "loaded", "waiting", "set_aside")
    }


def test_a_folder_is_ten_lists_with_wrong_cells(evening: Evening) -> None:
    assert len({page.file for page in evening.night.pages}) == 10
    cells = evening.night.truth["cells"]
    written = cells[cells["written"].notna() & (cells["written"] != "")]
    assert 0.02 <= written["slip"].notna().mean() <= 0.06
    codes = cells.loc[cells["means"] == "person", "true"].dropna()
    assert len(codes) == len(evening.night.evening.cases), "only cases have a code, in one list"


def test_nearly_all_rows_load_at_once(evening: Evening) -> None:
    rows = rows_of(evening.before.result)
    assert rows["rows"] == rows["loaded"] + rows["waiting"] + rows["set_aside"]
    assert rows["loaded"] + rows["waiting"] >= 0.9 * rows["rows"]


def test_before_an_answer_nothing_is_wrong_and_what_is_missing_is_asked(evening: Evening) -> None:
    assert evening.before.missing, "the folder would ask nothing"
    assert evening.before.wrong == []
    assert evening.before.lost == []


def test_with_all_answers_everything_is_on_record(evening: Evening) -> None:
    assert evening.after.wrong == []
    assert evening.after.missing == []
    assert not evening.after.result.questions
    rows = rows_of(evening.after.result)
    assert rows["loaded"] == rows["rows"]


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_the_readmes_have_these_figures(evening: Evening, readme: str) -> None:
    rows = rows_of(evening.before.result)
    loaded = rows["loaded"] + rows["waiting"]
    figures = (
        evening.night.evening.seed,
        rows["rows"],
        f"{loaded} ({100 * loaded / rows['rows']:.0f} %)",
        rows["loaded"],
        evening.asked,
        len(evening.before.lost) + len(evening.after.missing),
        len(evening.before.wrong) + len(evening.after.wrong),
    )
    assert f"| {' | '.join(map(str, figures))} |" in (ROOT / readme).read_text(encoding="utf-8")
