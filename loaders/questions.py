"""Questions: what a load cannot decide, as data with an id, choices, and what each choice would change.

A question is asked once: its answer is kept by its id, applied before the sheet is read again, and can be taken back.
Its id is made of what is asked, not of where: what a column is of the sheet's headings, a code of its letters, a cell
of the row that it stands in. So it is the same question in a list that is sent again under another name.
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.model.coded import encoded
from tracing.spelling import fold
from tracing.text import Text, Words, catalogue

if TYPE_CHECKING:
    from loaders.files.grid import Sheet

_, _n = catalogue("loaders")

Source = tuple[str, str]
"""A file and its sheet; the sheet is empty where the file has none."""
Places = Mapping[Source, npt.NDArray[np.int64]]
"""Rows by the file and sheet in which they stand: their numbers there, each once, in order."""

OTHER: Final = "*"
"""A choice that stands for an answer in own words: a day, an id, a number."""
NOBODY: Final = "-"
"""The choice that a cell says nothing: whom it names is left out."""
YES: Final = "yes"
NO: Final = "no"


ONE_BY_ONE: Final = 6
"""So many rows, texts or people that are asked the same are asked about one by one; more are one question."""
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
    "date.after_list": _("This lies after the day as of which the list was made: which day was meant?"),
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
    text: Words
    effect: Words | None = None


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing to be asked.

    Attributes
    ----------
    id
        The same wherever the same is asked again.
    file, sheet, row, column, cell
        Where it is asked first; ``row`` is None of a whole column, sheet or file.
    kind
        "sheet" (what a sheet lists), "column" (what a column is), "dates" (the order of day and month in a file),
        "reference" (whom a cell names), "person" (whether two are one), "case" (which of two values of a case),
        "difference" (what holds of what was declared and what was investigated), "value"
        (what a cell means).
    text
        The question in words, without anybody's name or number.
    said
        What stands in the cell; shown only to who may see names.
    choices
        What may be answered; :data:`OTHER` among them allows own words.
    people
        Of a question whether two are one: their ids.
    waiting
        The rows that wait for the answer.
    """

    id: str
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    cell: str | None
    kind: str
    text: Words
    said: str | None = None
    choices: tuple[Choice, ...] = ()
    people: tuple[str, ...] = ()
    waiting: Places = field(default_factory=dict, compare=False, repr=False)

    @property
    def rows(self) -> int:
        """How many rows wait for the answer."""
        return count_rows(self.waiting)

    def takes(self, answer: str) -> bool:
        """Tell whether this may be answered."""
        values = {choice.value for choice in self.choices}
        return answer != OTHER and (answer in values or OTHER in values)


def count_rows(places: Places) -> int:
    """Return how many rows these are."""
    return sum(len(rows) for rows in places.values())


def rows_held(questions: Iterable[Question]) -> Places:
    """Return the rows that wait for any of these questions, each once."""
    return join_rows(question.waiting for question in questions)


def join_rows(parts: Iterable[Places]) -> Places:
    """Return the rows of several places, each once."""
    together: dict[Source, list[npt.NDArray[np.int64]]] = {}
    for places in parts:
        for source, rows in places.items():
            together.setdefault(source, []).append(rows)
    return {source: each_once(rows) for source, rows in together.items()}


def each_once(parts: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """Return the numbers of several arrays in order, each once; those that are in order already cost nothing."""
    numbers = parts[0] if len(parts) == 1 else np.concatenate(parts)
    if len(numbers) < 2 or (np.diff(numbers) > 0).all():
        return numbers
    numbers = np.sort(numbers, kind="stable")
    return np.compress(np.append(True, np.diff(numbers) > 0), numbers)


def question_id(*parts: object) -> str:
    """Return the id of a question: eight letters and digits."""
    return b32encode(hashlib.blake2b(_as_list(*parts).encode(), digest_size=5).digest()).decode().lower()


def positive_question(*people: str) -> str:
    """Return the id of the question what people with a positive result are, who are on no list of cases."""
    return question_id("positive", *sorted(people))


def _as_list(*parts: object) -> str:
    """Return a list of texts as JSON."""
    return f"[{', '.join('null' if part is None else encode_basestring(str(part)) for part in parts)}]"


def column_question(sheet: Sheet, heading: str) -> str:
    """Return the id of the question what a column is: the same wherever a sheet has the same headings."""
    return question_id("column", *map(fold, sheet.headings), fold(heading))


def sheet_question(sheet: Sheet) -> str:
    """Return the id of the question what a sheet lists: the same wherever a sheet has the same headings."""
    return question_id("sheet", *map(fold, sheet.headings))


def dates_question(file: str) -> str:
    """Return the id of the question in which order the dates of a file are written."""
    return question_id("dates", file)


def row_keys(sheet: Sheet, rows: npt.NDArray[np.int64]) -> list[str]:
    """Return what tells each row from others wherever it stands: its texts, and what its sheet says of all rows.

    It is the :func:`question_id` of these; each different text is written once, what all rows share is hashed once.
    """
    facts = str([(fact.name, fact.value) for fact in sheet.facts if fact.source not in ("file", "list")])
    read = sheet.original
    shared = hashlib.blake2b(_as_list("row", facts, *sheet.headings).removesuffix("]").encode(), digest_size=5)
    columns = [_quoted(read[column].iloc[rows]) for column in read]
    given: list[object] = [None] * len(rows)
    if sheet.origin is not None and "key" in sheet.origin:
        given = sheet.origin["key"].iloc[rows].tolist()
    keys = []
    for own, texts in zip(given, zip(*columns, strict=True), strict=True):
        if isinstance(own, str):
            keys.append(own)
            continue
        told = shared.copy()
        told.update("".join((*texts, "]")).encode())
        keys.append(b32encode(told.digest()).decode().lower())
    return keys


def _quoted(texts: pd.Series) -> list[str]:
    """Return each text as an item of a list of JSON that goes on."""
    codes, distinct = encoded(texts)
    items = [f", {encode_basestring(text)}" for text in distinct.to_pylist()]
    items.append(", null")
    return [items[code] for code in codes.tolist()]


def numbered_at(sheet: Sheet, row: int | None) -> tuple[str, str | None, int | None]:
    """Return file, sheet and number of a row, or of the sheet; of rows set aside earlier, those they came from."""
    origin = sheet.origin
    if row is None:
        return sheet.file, sheet.sheet, None
    if origin is None or not {"file", "row"} <= set(origin.columns) or not isinstance(origin["file"].iloc[row], str):
        return sheet.file, sheet.sheet, int(sheet.numbers[row])
    said = origin["sheet"].iloc[row] if "sheet" in origin else None
    number = str(origin["row"].iloc[row])
    place = int(number) if number.isdigit() else int(sheet.numbers[row])
    return str(origin["file"].iloc[row]), said if isinstance(said, str) else None, place


def places_of(sheet: Sheet, rows: Sequence[int] | npt.NDArray[np.int64]) -> Places:
    """Return where rows stand; of rows set aside earlier, in the files that they came from."""
    if sheet.origin is None:
        return {(sheet.file, sheet.sheet or ""): each_once([sheet.numbers[np.asarray(rows, dtype=np.int64)]])}
    found: dict[Source, set[int]] = {}
    for row in rows:
        file, name, number = numbered_at(sheet, int(row))
        found.setdefault((file, name or ""), set()).add(int(number or 0))
    return {source: np.array(sorted(numbers), dtype=np.int64) for source, numbers in found.items()}


@dataclass(frozen=True)
class Answers:
    """Answers given to questions of earlier loads.

    Attributes
    ----------
    given
        Id of a question to the value of the choice, or the words typed.
    people
        Id of a question about two people to the ids that it named.
    used
        Ids of the questions that a load would have asked; grows while loading.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set, compare=False, repr=False)

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
        answer = self.given.get(question)
        if answer is not None:
            self.used.add(question)
        return answer
