"""Days on which people of a list met somebody, and no word whom: which case it was is asked once a list."""

from __future__ import annotations

from typing import Final

import numpy as np

from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.columns import Columns
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE
from loaders.people.directory import Directory
from loaders.questions import NOBODY, OTHER, Answers, Choice, question_id
from loaders.shapes.titled import heading_of
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

#: So many cases are offered; of more the code is typed.
_MOST: Final = 12
#: So many rows tell a list from another one with the same headings.
_ROWS: Final = 20


def with_case_answered(sheet: Sheet, answers: Answers) -> Sheet:
    """Return a list with the case that its people met, as it was answered; any other as it is."""
    said = answers.of(_question(sheet)) if answers.given else None
    if said in (None, NOBODY):
        return sheet
    letter, told = sheet.letters[-1], [said] * len(sheet)
    return sheet.with_column(heading_of("F0"), told, letter=letter, as_read=sheet.original)


def asks_for_case(columns: Columns, means: str | None) -> bool:
    """Tell whether what a column means, a day of contact, is told of nobody who was met."""
    return means in EXPOSURE and columns.found.layout == PEOPLE and not columns.has("index")


def ask_case(columns: Columns, people: Directory, at: int) -> None:
    """Ask which case the people of a list met, with the cases that the load or the record knows."""
    codes = people.codes_of_cases()
    offered = codes if len(codes) <= _MOST else []
    answer = columns.asked.ask(
        columns.sheet,
        "reference",
        _("Days of contact, but nobody says whom they met: which case was it?"),
        ids=[_question(columns.sheet)],
        column=at,
        choices=[
            *(Choice(code, _("{case}: all of them met it", case=code)) for code in offered),
            Choice(NOBODY, _("no case: nothing but days is known")),
            Choice(OTHER, _("type the code or the full name")),
        ],
        rows=np.flatnonzero(columns.sheet.cells[at].notna().to_numpy(dtype=bool)),
    )
    if answer is None:
        columns.sheet.report(columns.log, "column.meaning", column=at)


def _question(sheet: Sheet) -> str:
    """Return the id of the question: the same wherever the same rows stand."""
    rows = (text for at in sheet.cells for text in sheet.cells[at].iloc[:_ROWS].dropna())
    return question_id("met", *map(fold, sheet.headings), *rows)
