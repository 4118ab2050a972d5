"""Cells that a reader cannot use as they stand, asked about one by one; an answer stands in for the cell."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.asked import Asked
from loaders.columns.births import tells_old_birth
from loaders.columns.recognised import Recognised
from loaders.columns.texts import told_of
from loaders.files.grid import distinct_texts
from loaders.files.headings import PEOPLE
from loaders.questions import CELL_QUESTIONS, IN_WORDS, LEFT_OUT, NOBODY, OTHER, Choice, question_id
from tracing.papers import is_rounded
from tracing.spelling import phone_numbers
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

_FEW: Final = 20


def corrected(found: Recognised, asked: Asked) -> Recognised:
    """Return a list with its answered cells filled in: errors of the spreadsheet, and names of rows without one.

    What is not answered yet is asked, and stays as it is. Our own tables are not asked about: their rows are set aside.
    """
    if found.layout != PEOPLE:
        return found
    answers = _numbers(found, asked)
    for (row, column), code, said in _unusable(found):
        choices = [Choice(NOBODY, LEFT_OUT), Choice(OTHER, IN_WORDS)]
        key = (asked.key(found.sheet, row), found.sheet.headings[column], None if code == "person.missing" else said)
        answer = asked.ask(
            found.sheet,
            "value",
            CELL_QUESTIONS[code],
            ids=[question_id("value", *key)],
            row=row,
            column=column,
            said=said,
            choices=choices,
        )
        if answer is not None:
            answers[row, column] = answer
    return found if not answers else filled(found, answers)


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
    return [*cells, *(((row, at), "person.missing", _only_text(found, row)) for row in rows)]


def _only_text(found: Recognised, row: int) -> str | None:
    """Return what a row says that says one thing only, as an unread line of a text does; else its telephone number."""
    told = [text for text in found.sheet.cells.iloc[row] if isinstance(text, str)]
    at = found.reading.columns.get("phone")
    phone = None if at is None else found.sheet.cells[at].iloc[row]
    return told[0] if len(told) == 1 else phone if isinstance(phone, str) else None


def broken_phones(found: Recognised) -> list[int]:
    """Return the rows whose telephone number has too few digits, of a list whose others are numbers of Vietnam."""
    at = found.reading.columns.get("phone")
    if at is None or found.layout != PEOPLE:
        return []
    codes, distinct = distinct_texts(found.sheet.cells[at])
    broken = [i for i, text in enumerate(distinct) if is_broken(text)]
    if not broken or sum(bool(phone_numbers(text)) for text in distinct) < len(distinct) / 2:
        return []
    return list(np.flatnonzero(np.isin(codes, broken)).tolist())


def is_broken(text: str) -> bool:
    """Tell whether a text is a telephone number of Vietnam with digits missing or too many: ``038 119``."""
    digits = re.sub(r"\D", "", text)
    if len(digits) < 4 or phone_numbers(text) or text.strip().startswith(("+", "00")) or re.search(r"[^\W\d]{3}", text):
        return False
    fixed = len(digits) == 11 and digits.startswith("02")
    return len(digits) < 9 or (digits.startswith("0") and len(digits) != 10 and not fixed)


def rounded_numbers(found: Recognised) -> list[int]:
    """Return the rows whose identity number a spreadsheet rounded: ``9.6075E+10``."""
    at = found.reading.columns.get("national_id")
    if at is None or found.layout != PEOPLE:
        return []
    return list(np.flatnonzero(told_of(found.sheet.cells[at], is_rounded)).tolist())


def old_births(found: Recognised) -> dict[int, int]:
    """Return row -> column of those whose year of birth lies more than a life ago: ``1899``."""
    if found.layout != PEOPLE:
        return {}
    places = [found.reading.columns.get(name) for name in ("birth_date", "birth_year")]
    return {
        row: at
        for at in places
        if at is not None
        for row in np.flatnonzero(told_of(found.sheet.cells[at], tells_old_birth)).tolist()
    }


def _numbers(found: Recognised, asked: Asked) -> dict[tuple[int, int], str]:
    """Ask for the telephone and identity numbers that cannot be whole, one by one where they are few."""
    phones, papers = broken_phones(found), rounded_numbers(found)
    of_phones = (
        _("{n} telephone numbers have too few or too many digits: leave them out?", n=len(phones)),
        _("Digits of this telephone number are missing or too many: which number is it?"),
    )
    of_papers = (
        _("A spreadsheet rounded {n} identity numbers, and their digits are gone: leave them out?", n=len(papers)),
        _("A spreadsheet rounded this identity number, and its digits are gone: which number is it?"),
    )
    columns = found.reading.columns
    return {
        **_whole_numbers(found, asked, phones, columns.get("phone", 0), "phones", *of_phones),
        **_whole_numbers(found, asked, papers, columns.get("national_id", 0), "identity numbers", *of_papers),
        **_births(found, asked),
    }


def _births(found: Recognised, asked: Asked) -> dict[tuple[int, int], str]:
    """Ask for the years of birth that lie more than a life ago."""
    old = old_births(found)
    texts = (
        _("{n} years of birth lie more than a life ago: leave them out?", n=len(old)),
        _("This year of birth lies more than a life ago: when was this person born?"),
    )
    answers: dict[tuple[int, int], str] = {}
    for at in sorted(set(old.values())):
        rows = [row for row, column in old.items() if column == at]
        answers |= _whole_numbers(found, asked, rows, at, "births", *texts)
    return answers


def _whole_numbers(
    found: Recognised, asked: Asked, rows: list[int], at: int, what: str, of_many: Text, of_one: Text
) -> dict[tuple[int, int], str]:
    answers = {}
    if len(rows) > _FEW:
        whole = question_id(what, *found.sheet.headings, len(rows))
        choices = [Choice(NOBODY, LEFT_OUT)]
        answer = asked.ask(found.sheet, "value", of_many, ids=[whole], column=at, rows=rows, choices=choices)
        return {} if answer is None else dict.fromkeys(((row, at) for row in rows), answer)
    for row in rows:
        said = str(found.sheet.cells[at].iloc[row])
        choices = [Choice(NOBODY, LEFT_OUT), Choice(OTHER, IN_WORDS)]
        answer = asked.ask(found.sheet, "value", of_one, row=row, column=at, said=said, choices=choices)
        if answer is not None:
            answers[row, at] = answer
    return answers


def filled(found: Recognised, answers: dict[tuple[int, int], str]) -> Recognised:
    """Return a list with other texts in some cells, by row and column; :data:`NOBODY` empties a cell."""
    sheet = found.sheet
    cells = sheet.cells.copy()
    for (row, column), answer in answers.items():
        cells.iat[row, column] = pd.NA if answer == NOBODY else answer
    errors = {place: text for place, text in sheet.errors.items() if place not in answers}
    return replace(found, sheet=replace(sheet, cells=cells, errors=errors, as_read=sheet.original))
