"""Who the rows of a published line list are about: what a heading takes for an id or a name and no value of it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loaders.columns.by_neighbours import CASE_FIELDS
from loaders.columns.by_words import WHO
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import Reading, spaced
from tracing.patterns import regex

#: Headings that call somebody, or say how a case was met.
_DOUBTFUL: Final = frozenset({"contact", "to"})
#: The number of a case as a heading.
_NUMBER: Final = regex(r"(?:number|no|nr|num|case|case (?:number|no|nr)|number of case)")
_MARK: Final = regex(r"\d{1,4}|[A-Za-z]")
_MOST: Final = 0.8


def of_cases_alone(reading: Reading, sheet: Sheet) -> Reading:
    """Return the reading of a list of cases with the numbers of the cases as their ids, where nothing else is one.

    ``contact`` with "family" in many rows says how a case was met, and ``patient`` with 1, 2, A, B names nobody.
    """
    if not CASE_FIELDS & set(reading.columns):
        return reading
    for name, is_other in (("person", _says_how), ("name", _only_marks)):
        at = reading.columns.get(name)
        if at is not None and reading.by.get(at) != "said" and is_other(sheet, at):
            reading = _unread(reading, name, at)
    if WHO & set(reading.columns):
        return reading
    numbers = [at for at in (*reading.unused, *reading.kept) if _NUMBER.fullmatch(spaced(sheet.headings[at]))]
    numbers = [at for at in numbers if sheet.cells[at].notna().all() and sheet.cells[at].is_unique]
    if len(numbers) != 1 or not len(sheet):
        return reading
    kept = tuple(at for at in reading.kept if at != numbers[0])
    return replace(reading, kept=kept, ids=(numbers[0],)).with_heading(numbers[0], "person", 0.8)


def _unread(reading: Reading, name: str, at: int) -> Reading:
    """Return the reading without a field; of several columns of ids the next one is the id then."""
    ids = tuple(i for i in reading.ids if i != at)
    reading = reading.without(name)
    unused = tuple(i for i in reading.unused if i != at)
    kept = (*reading.kept, at) if name == "person" else reading.kept
    double = {**reading.double, at: "person"} if name == "name" else reading.double
    reading = replace(reading, ids=ids, unused=unused, kept=kept, double=double)
    if name != "person" or not ids:
        return reading
    double = {i: field for i, field in reading.double.items() if i != ids[0]}
    return replace(reading, double=double).with_heading(ids[0], "person", 0.8)


def _says_how(sheet: Sheet, at: int) -> bool:
    """Tell whether a column that may hold ids holds a few words again and again."""
    if spaced(sheet.headings[at]) not in _DOUBTFUL:
        return False
    _, distinct = distinct_texts(sheet.cells[at])
    given = int(sheet.cells[at].notna().sum())
    return len(distinct) < given and not any(any(sign.isdigit() for sign in text) for text in distinct)


def _only_marks(sheet: Sheet, at: int) -> bool:
    """Tell whether a column that may hold names holds numbers and single letters."""
    _, distinct = distinct_texts(sheet.cells[at])
    marks = sum(_MARK.fullmatch(text.strip()) is not None for text in distinct)
    return bool(distinct) and marks >= _MOST * len(distinct)
