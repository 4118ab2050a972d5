"""The questions of one load: collected as they come, each once, a great many about one column as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from loaders.questions import (
    NOBODY,
    OTHER,
    Answers,
    Choice,
    Places,
    Question,
    join_rows,
    numbered_at,
    places_of,
    question_id,
    row_keys,
)
from tracing.model.rows import repeated_rows
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from loaders.files.grid import Sheet

_, _n = catalogue("loaders")

#: More questions of one kind about one column than anybody answers one by one are asked as one.
MANY: Final = 100
MANY_WITH_CHOICES: Final = 1_000
#: How many rows are turned into texts at once for their keys.
_BLOCK: Final = 256


@dataclass
class Asked:
    """Collects the questions of a load; what is answered already is not asked again."""

    answers: Answers = field(default_factory=Answers)
    open: dict[str, Question] = field(default_factory=dict)
    done: dict[str, Question] = field(default_factory=dict)
    waiting: dict[str, list[Places]] = field(default_factory=dict)
    _keys: tuple[Sheet, int, list[str]] | None = None

    def key(self, sheet: Sheet, row: int) -> str:
        """Return the key of one row; those of its neighbours are made with it, since they are mostly asked for next."""
        block = row // _BLOCK
        if self._keys is None or self._keys[0] is not sheet or self._keys[1] != block:
            rows = np.arange(block * _BLOCK, min((block + 1) * _BLOCK, len(sheet)))
            self._keys = sheet, block, row_keys(sheet, rows)
        return self._keys[2][row % _BLOCK]

    def ask(
        self,
        sheet: Sheet,
        kind: str,
        text: Text,
        *,
        ids: Sequence[str] = (),
        row: int | None = None,
        rows: Sequence[int] | npt.NDArray[np.int64] = (),
        column: int | None = None,
        said: str | None = None,
        choices: Iterable[Choice] = (),
        people: tuple[str, ...] = (),
    ) -> str | None:
        """Note a question, or return its answer if there is one.

        ``ids`` are the ids under which it may have been answered, the first is its own; without them it is a question
        about the cell of a row, or about a column or a list as a whole, of which several things may be asked. ``row``
        is where it is asked first, ``rows`` are all that wait (by custom this row).
        """
        heading = None if column is None else sheet.headings[column]
        what = [] if said is not None or not isinstance(text, Text) else [text.message]
        ids = ids or [question_id(kind, self.key(sheet, row or 0), heading, said, *what)]
        file, name, number = numbered_at(sheet, row)
        cell = f"{sheet.letters[column]}{number}" if sheet.lettered and column is not None and number else None
        waiting = rows if len(rows) or row is None else [row]
        question = Question(
            id=ids[0],
            file=file,
            sheet=name,
            row=number,
            column=heading,
            cell=cell,
            kind=kind,
            text=text,
            said=said,
            choices=tuple(choices),
            people=people,
            waiting=places_of(sheet, waiting),
        )
        answer, ident = next(((a, i) for i in ids if (a := self.answers.of(i)) is not None), (None, ids[0]))
        if answer is not None and (ident in self.open or not question.takes(answer)):
            answer = None
        if answer is None and self.answers.given and _is_one_of_many(question):
            together = _together(question)
            answer = self.answers.of(together)
            ident = together if answer is not None else ident
        self._note(self.open if answer is None else self.done, ident, question)
        return answer

    def ask_many(
        self,
        sheet: Sheet,
        kind: str,
        text: Text,
        *,
        rows: Sequence[int],
        column: int,
        said: Sequence[str],
        choices: Callable[[str], Sequence[Choice]],
    ) -> dict[int, tuple[str, str]]:
        """Ask the same of cells of a column, ``said``; return row -> answer and the id that it was given to.

        Of more cells than anybody answers one by one only those are looked at that were: as many bad rows cost what
        as many good ones do.
        """
        heading = sheet.headings[column]
        alone = dict(zip(rows, said, strict=True))
        found: dict[int, tuple[str, str]] = {}
        if sheet.origin is None and len(rows) > MANY_WITH_CHOICES and _differ(sheet, rows):
            alone = {row: told for row, told in alone.items() if self._is_answered(sheet, kind, row, heading, told)}
            together = [row for row in rows if row not in alone]
            if together:
                answer, ident = self._ask_together(sheet, kind, text, rows=together, column=column)
                found |= {} if answer is None else dict.fromkeys(together, (answer, ident))
        for row, told in alone.items():
            ident = question_id(kind, self.key(sheet, row), heading, told)
            answer = self.ask(sheet, kind, text, ids=[ident], row=row, column=column, said=told, choices=choices(told))
            found |= {} if answer is None else {row: (answer, ident)}
        return found

    def _is_answered(self, sheet: Sheet, kind: str, row: int, heading: str, said: str) -> bool:
        given = self.answers.given
        return bool(given) and question_id(kind, self.key(sheet, row), heading, said) in given

    def _ask_together(
        self, sheet: Sheet, kind: str, text: Text, *, rows: Sequence[int], column: int
    ) -> tuple[str | None, str]:
        first = Question(
            id="",
            file=sheet.file,
            sheet=sheet.sheet,
            row=None,
            column=sheet.headings[column],
            cell=None,
            kind=kind,
            text=text,
        )
        question = _as_one(first, len(rows), places_of(sheet, rows))
        answer = self.answers.of(question.id)
        if answer is not None and not question.takes(answer):
            answer = None
        self._note(self.open if answer is None else self.done, question.id, question)
        return answer, question.id

    def _note(self, where: dict[str, Question], ident: str, question: Question) -> None:
        if ident not in where:
            where[ident] = question if question.id == ident else replace(question, id=ident)
        self.waiting.setdefault(ident, []).append(question.waiting)

    def note_answered(self, sheet: Sheet, ident: str, column: int) -> None:
        """Note what a column is as answered without having been asked."""
        question = Question(
            id=ident,
            file=sheet.file,
            sheet=sheet.sheet,
            row=None,
            column=sheet.headings[column],
            cell=None,
            kind="column",
            text=_("What is this column?"),
            choices=(Choice(OTHER, _("another column")),),
        )
        self._note(self.done, ident, question)

    def reopen(self, question: str) -> None:
        """Ask again what was answered with something that cannot be used."""
        if question in self.done:
            self.open[question] = self.done.pop(question)

    def answered(self) -> tuple[Question, ...]:
        """Return the questions that an answer was used for."""
        return tuple(self._with_rows(self.done))

    def all(self) -> tuple[Question, ...]:
        """Return the open questions, those that hold back most rows first; a great many about one column as one."""
        return tuple(sorted(_grouped(self._with_rows(self.open)), key=_by_rows))

    def _with_rows(self, questions: Mapping[str, Question]) -> list[Question]:
        return [
            replace(question, waiting=join_rows(self.waiting[ident])) if len(self.waiting[ident]) > 1 else question
            for ident, question in questions.items()
        ]


def _by_rows(question: Question) -> tuple[int, str, str, int, str]:
    return -question.rows, question.file, question.sheet or "", question.row or 0, question.id


def _is_one_of_many(question: Question) -> bool:
    """Tell whether a question is about one row, and may be answered with "leave it out"."""
    return question.row is not None and any(choice.value == NOBODY for choice in question.choices)


def _together(question: Question) -> str:
    """Return the id under which a question is asked together with its like: same file, column and words."""
    said = question.text.message if isinstance(question.text, Text) else ""
    return question_id("many", question.kind, question.file, question.sheet, question.column, said)


def _grouped(questions: Sequence[Question]) -> list[Question]:
    """Ask together what is asked of more cells of a column than anybody answers one by one."""
    if len(questions) <= MANY:
        return list(questions)
    out: list[Question] = []
    groups: dict[tuple[object, ...], list[Question]] = {}
    for question in questions:
        if _is_one_of_many(question) and isinstance(question.text, Text):
            place = (question.kind, question.file, question.sheet, question.column, question.text.message)
            groups.setdefault(place, []).append(question)
        else:
            out.append(question)
    for alike in groups.values():
        plain = all(choice.value in (NOBODY, OTHER) for question in alike for choice in question.choices)
        if len(alike) <= (MANY if plain else MANY_WITH_CHOICES):
            out += alike
        else:
            out.append(_as_one(alike[0], len(alike), join_rows(question.waiting for question in alike)))
    return out


def _differ(sheet: Sheet, rows: Sequence[int]) -> bool:
    """Tell whether so many of these rows differ that their questions would be asked as one."""
    cells = sheet.cells.iloc[list(rows)]
    again = int(repeated_rows((cells[column] for column in cells), len(cells)).sum())
    return len(rows) - again > MANY_WITH_CHOICES


def _as_one(first: Question, cells: int, waiting: Places) -> Question:
    text = _(
        "{question} Asked of {n} cells: correct them where they stand, or leave all of them out.",
        question=first.text,
        n=cells,
    )
    return replace(
        first,
        id=_together(first),
        row=None,
        cell=None,
        text=text,
        said=None,
        choices=(Choice(NOBODY, _("leave them all out")),),
        waiting=waiting,
    )
