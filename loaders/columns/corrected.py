"""Cells that a reader cannot use as they stand, asked about one by one; an answer stands in for the cell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from loaders.asked import Asked
from loaders.columns.recognised import Recognised
from loaders.files.headings import PEOPLE
from loaders.questions import CELL_QUESTIONS, IN_WORDS, LEFT_OUT, NOBODY, OTHER, Choice


def corrected(found: Recognised, asked: Asked) -> Recognised:
    """Return a list with its answered cells filled in: errors of the spreadsheet, and names of rows without one.

    What is not answered yet is asked, and stays as it is. Our own tables are not asked about: their rows are set aside.
    """
    if found.layout != PEOPLE:
        return found
    answers: dict[tuple[int, int], str] = {}
    for (row, column), code, said in _unusable(found):
        choices = [Choice(NOBODY, LEFT_OUT), Choice(OTHER, IN_WORDS)]
        answer = asked.ask(
            found.sheet, "value", CELL_QUESTIONS[code], row=row, column=column, said=said, choices=choices
        )
        if answer is not None:
            answers[row, column] = answer
    return found if not answers else _filled(found, answers)


def _unusable(found: Recognised) -> list[tuple[tuple[int, int], str, str | None]]:
    """Return the place of each such cell, the code of what is wrong with it, and what stands there."""
    sheet, columns = found.sheet, found.reading.columns
    used = set(columns.values())
    cells = [
        (place, "cell.error" if text else "cell.formula", text or None)
        for place, text in sorted(sheet.errors.items())
        if place[1] in used
    ]
    at = columns.get("name")
    if at is None:
        return cells
    known = {row for (row, column), _, _ in cells if column == at}
    nameless = sheet.cells[at].isna()
    for other in found.reading.ids:
        nameless &= sheet.cells[other].isna()
    rows = [row for row in np.flatnonzero(nameless.to_numpy(dtype=bool)).tolist() if row not in known]
    return [*cells, *(((row, at), "person.missing", None) for row in rows)]


def _filled(found: Recognised, answers: dict[tuple[int, int], str]) -> Recognised:
    sheet = found.sheet
    cells = sheet.cells.copy()
    for (row, column), answer in answers.items():
        cells.iat[row, column] = pd.NA if answer == NOBODY else answer
    errors = {place: text for place, text in sheet.errors.items() if place not in answers}
    return replace(found, sheet=replace(sheet, cells=cells, errors=errors, as_read=sheet.cells))
