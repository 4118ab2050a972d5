"""Questions kept beside the records, and answers that come back in a workbook.

The sheet "Questions" of a set-aside workbook has a row per question with a cell to fill; see
:mod:`loaders.set_aside`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from loaders.files.grid import Sheet
from loaders.questions import Choice, Places, Question, Source, rows_held
from tracing.text import LANGUAGES, Words, say

#: Columns of the sheet of questions, behind :data:`loaders.files.grid.OWN_PREFIX`.
IDENT: Final = "question"
ANSWER: Final = "answer"
#: Stands in a cell of the drop-down between the choice and its words.
BETWEEN: Final = " · "


def answers_of(sheet: Sheet) -> dict[str, str] | None:
    """Return id -> answer of a sheet of questions; None for any other sheet."""
    origin = sheet.origin
    if origin is None or not {IDENT, ANSWER} <= set(origin.columns):
        return None
    filled = origin[[IDENT, ANSWER]].dropna().astype(str)
    return {
        ident.strip(): said.split(BETWEEN)[0].strip()
        for ident, said in zip(filled[IDENT], filled[ANSWER], strict=True)
        if said.strip()
    }


def _in_all(text: Words) -> dict[str, str]:
    return {lang: say(text, lang) for lang in LANGUAGES}


def _words(told: Mapping[str, str]) -> Words:
    return lambda lang: told[lang]


def _ranges(rows: npt.NDArray[np.int64]) -> list[list[int]]:
    """Return rows as [first, last] of each run of numbers."""
    parts = np.split(rows, np.flatnonzero(np.diff(rows) != 1) + 1)
    return [[int(part[0]), int(part[-1])] for part in parts if len(part)]


def _rows(ranges: Iterable[Iterable[int]]) -> npt.NDArray[np.int64]:
    parts = [np.arange(first, last + 1) for first, last in ranges]
    return np.concatenate(parts) if parts else np.array([], dtype=np.int64)


def question_data(question: Question) -> dict[str, Any]:
    """Return a question as a JSON value with its words in every language."""
    return {
        "id": question.id,
        "file": question.file,
        "sheet": question.sheet,
        "row": question.row,
        "column": question.column,
        "cell": question.cell,
        "kind": question.kind,
        "text": _in_all(question.text),
        "said": question.said,
        "choices": [
            {
                "value": choice.value,
                "text": _in_all(choice.text),
                "effect": None if choice.effect is None else _in_all(choice.effect),
            }
            for choice in question.choices
        ],
        "people": list(question.people),
        "waiting": [[file, sheet, _ranges(rows)] for (file, sheet), rows in sorted(question.waiting.items())],
    }


def question_of(data: Mapping[str, Any]) -> Question:
    """Read what :func:`question_data` wrote."""
    choices = tuple(
        Choice(one["value"], _words(one["text"]), None if one["effect"] is None else _words(one["effect"]))
        for one in data["choices"]
    )
    waiting = {(file, sheet): _rows(ranges) for file, sheet, ranges in data["waiting"]}
    own = ("id", "file", "sheet", "row", "column", "cell", "kind", "said")
    return Question(
        **{name: data[name] for name in own},
        text=_words(data["text"]),
        choices=choices,
        people=tuple(data["people"]),
        waiting=waiting,
    )


def still_open(
    kept: Iterable[Question], asked: Iterable[Question], read: Mapping[Source, npt.NDArray[np.int64] | None]
) -> list[Question]:
    """Return what is to be answered after a load: what it asked, and what was kept of rows that it did not read.

    ``read`` are the rows that were read by their file and sheet, None for all of them. Most rows held back come first.
    """
    found = {question.id: question for question in asked}
    for question in kept:
        rest: Places = {
            source: left for source, rows in question.waiting.items() if len(left := _unread(rows, read, source))
        }
        if rest:
            now = found.get(question.id)
            waiting = rest if now is None else rows_held([now, replace(question, waiting=rest)])
            found[question.id] = replace(now or question, waiting=waiting)
    return sorted(found.values(), key=lambda q: (-q.rows, q.file, q.sheet or "", q.row or 0, q.id))


def _unread(
    rows: npt.NDArray[np.int64], read: Mapping[Source, npt.NDArray[np.int64] | None], source: Source
) -> npt.NDArray[np.int64]:
    if source not in read:
        return rows
    numbers = read[source]
    return rows[:0] if numbers is None else np.setdiff1d(rows, numbers)
