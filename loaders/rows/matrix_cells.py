"""Cells of a matrix of contacts that leave something open: whether two people met, and on which day; both are asked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from loaders.columns.columns import Columns
from loaders.columns.dates import Times
from loaders.questions import NO, NOBODY, OTHER, YES, Choice, question_id
from loaders.rows.lost_days import ask_day, days_of_title
from loaders.shapes.matrix import MARKED, OPEN
from tracing.text import catalogue

_, _n = catalogue("loaders")


def left_open(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell of which rows the cell leaves it open whether these people met; each is asked, and waits until then."""
    out = np.zeros(len(columns.sheet), dtype=bool)
    if OPEN not in columns.sheet.headings:
        return out
    at, whom = columns.sheet.headings.index(OPEN), columns.text("index")
    said = columns.sheet.cells[at]
    for row in np.flatnonzero(said.notna().to_numpy(dtype=bool)).tolist():
        cell, case = str(said.iloc[row]), str(whom.iloc[row])
        answer = columns.asked.ask(
            columns.sheet,
            "value",
            _("The cell leaves it open whether these two met: did they?"),
            ids=[question_id("met", columns.asked.key(columns.sheet, row), case, cell)],
            row=row,
            column=at,
            said=f"{case}: {cell}",
            choices=[Choice(YES, _("yes, on a day that is not known")), Choice(NO, _("no"))],
        )
        if answer is None:
            columns.query("contact.left_open", [row], at)
        out[row] = answer != YES
    return out


def with_days_of_marks(columns: Columns, start: Times, end: Times) -> tuple[Times, Times]:
    """Return the times of contacts with the day that is answered for those of whom a mark alone says that they met."""
    if MARKED not in columns.sheet.headings:
        return start, end
    at = columns.sheet.headings.index(MARKED)
    lost = columns.sheet.cells[at].notna().to_numpy(dtype=bool) & ~start.known & ~end.known
    days = [Choice(day, _("on {day}, the day in the title", day=day)) for day in days_of_title(columns.sheet.facts)]
    choices = [*days, Choice(NOBODY, _("not known")), Choice(OTHER, _("type the day"))]
    question = _("Marks say who met which case, and not when: on which day was this?")
    told = ask_day(columns, start, lost, question, at=at, missing=at, choices=choices)
    until = Times(
        np.where(lost, told.start, end.start), np.where(lost, told.end, end.end), end.known | (lost & told.known)
    )
    return told, until
