"""Questions: what a load cannot decide, as data with an id, choices, and what each choice would change.

A question is asked once: its answer is kept by its id, applied before the sheet is read again, and can be taken back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from loaders.files.grid import Sheet

_, _n = catalogue("loaders")

OTHER: Final = "*"
"""A choice that stands for an answer in own words: a day, an id, a number."""
NOBODY: Final = "-"
"""The choice that a cell says nothing: whom it names is left out."""
YES: Final = "yes"
NO: Final = "no"


LEFT_OUT: Final = _("nothing: leave it out")
IN_WORDS: Final = _("type it as it should be")
CELL_QUESTIONS: Final[Mapping[str, Text]] = {
    "date.impossible": _("This is not a day: which day was meant?"),
    "date.ambiguous": _("Day first or month first: which day was meant?"),
    "date.conflict": _("Day first or month first: which day was meant?"),
    "date.no_year": _("In which year was this?"),
    "date.two_digit_year": _("In which year was this?"),
    "date.year_only": _("On which day of that year was this?"),
    "date.unreadable": _("This is not a date: which day was meant?"),
    "date.swapped": _("Day and month have probably changed places: which day was meant?"),
    "date.open": _("This is no end: which day was meant?"),
    "date.relative": _("From which day does this count: which day was meant?"),
    "date.hour_only": _("On which day was this?"),
    "date.future": _("This has not happened yet: which day was meant?"),
    "date.past": _("This is too long ago: which day was meant?"),
    "date.unlike": _("This lies years away from the other days of the column: which day was meant?"),
    "cell.error": _("The spreadsheet shows an error here: what stood in the cell?"),
    "cell.formula": _("A formula without its value stands here: what does it show?"),
    "person.missing": _("Nobody is named in this row: who is it?"),
    "time.end_before_start": _("The end lies before the start: which day was meant?"),
    "value": _("This cannot be read: what is meant?"),
}
"""What is asked about a cell, by the code of its finding."""


@dataclass(frozen=True)
class Choice:
    """One answer: what is typed (``value``), in words, and what it changes."""

    value: str
    text: Text
    effect: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing to be asked.

    Attributes
    ----------
    id
        Stable over reloads of the same file: made of the file, sheet, place and kind.
    file, sheet, row, column, cell
        Where it is asked; ``row`` is None of a whole column.
    kind
        "column" (what a column is), "reference" (whom a cell names), "person" (whether two are one), "case" (which of
        two values of a case), "value" (what a cell means).
    text
        The question in words, without anybody's name or number.
    said
        What stands in the cell; shown only to who may see names.
    choices
        What may be answered; :data:`OTHER` among them allows own words.
    rows
        How many rows wait for the answer.
    people
        Of a question whether two are one: their ids.
    """

    id: str
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    cell: str | None
    kind: str
    text: Text
    said: str | None = None
    choices: tuple[Choice, ...] = ()
    rows: int = 1
    people: tuple[str, ...] = ()


def question_id(*parts: object) -> str:
    """Return the id of a question: eight letters and digits."""
    text = json.dumps([None if part is None else str(part) for part in parts], ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()


def column_question(sheet: Sheet, heading: str) -> str:
    """Return the id of the question what a column is: the same wherever a sheet has the same headings."""
    return question_id("column", *sheet.headings, heading)


def numbered(sheet: Sheet, row: int) -> int:
    """Return the number of a row; of rows set aside earlier, in the file that they came from."""
    origin = sheet.origin
    if origin is not None and "row" in origin and str(origin["row"].iloc[row]).isdigit():
        return int(origin["row"].iloc[row])
    return int(sheet.numbers[row])


def numbered_at(sheet: Sheet, row: int | None) -> tuple[object, ...]:
    """Return file, sheet and number of a row, or of the sheet; of rows set aside earlier, those they came from."""
    origin = sheet.origin
    if row is None:
        return sheet.file, sheet.sheet, None
    file, name = sheet.file, sheet.sheet
    if origin is not None and {"file", "row"} <= set(origin.columns) and isinstance(origin["file"].iloc[row], str):
        file = str(origin["file"].iloc[row])
        said = origin["sheet"].iloc[row] if "sheet" in origin else None
        name = said if isinstance(said, str) else None
    return file, name, numbered(sheet, row)


@dataclass(frozen=True)
class Answers:
    """Answers given, by the id of their question; ``people`` are the ids that a question about two people named."""

    given: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def same(self) -> set[frozenset[str]]:
        """The pairs of ids that were said to be one person."""
        return {frozenset(self.people[i]) for i, said in self.given.items() if i in self.people and said == YES}

    @property
    def apart(self) -> set[frozenset[str]]:
        """The pairs of ids that were said to be two people."""
        return {frozenset(self.people[i]) for i, said in self.given.items() if i in self.people and said == NO}

    def of(self, question: str) -> str | None:
        """Return the answer to a question, None while it is open."""
        return self.given.get(question)


@dataclass
class Asked:
    """Collects the questions of a load; what is answered already is not asked again."""

    answers: Answers = field(default_factory=Answers)
    open: dict[str, Question] = field(default_factory=dict)

    def ask(
        self,
        sheet: Sheet,
        kind: str,
        text: Text,
        *,
        row: int | None = None,
        column: int | None = None,
        said: str | None = None,
        choices: Iterable[Choice] = (),
        rows: int = 1,
        people: tuple[str, ...] = (),
    ) -> str | None:
        """Note a question, or return its answer if there is one.

        What a column is is remembered by the sheet's headings, who is one person by the two ids; everything else by
        its place and by what stands there.
        """
        number, heading = (
            None if row is None else numbered(sheet, row),
            None if column is None else sheet.headings[column],
        )
        if kind == "column":
            ident = column_question(sheet, str(heading))
        elif kind == "person":
            ident = question_id(kind, *people)
        else:
            ident = question_id(kind, *numbered_at(sheet, row), heading, said)
        answer = self.answers.of(ident)
        if answer is not None:
            return answer
        file, name, _number = numbered_at(sheet, row)
        cell = f"{sheet.letters[column]}{number}" if sheet.lettered and column is not None and number else None
        self.open[ident] = Question(
            id=ident,
            file=str(file),
            sheet=None if name is None else str(name),
            row=number,
            column=heading,
            cell=cell,
            kind=kind,
            text=text,
            said=said,
            choices=tuple(choices),
            rows=rows,
            people=people,
        )
        return None

    def all(self) -> tuple[Question, ...]:
        """Return the open questions, those that hold back most rows first."""
        return tuple(sorted(self.open.values(), key=lambda q: (-q.rows, q.file, q.sheet or "", q.row or 0, q.id)))
