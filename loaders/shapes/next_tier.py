"""Lists of F1 that name the F2 of each in one cell: ``1. Kha Thị Lý (vợ, 1980); 2. Kha Hoàng Minh (con, 2005)``."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.person_line import HEADINGS, KIND, NAME, TOGETHER, people_of_line
from loaders.columns.references import is_answer
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.shapes.beside import LETTERED
from tracing.patterns import regex
from tracing.spelling import fold

_MET: Final = "Tiếp xúc với F1"
_PARTS: Final = regex(r"\s*[;\n]\s*|(?<=\)),\s*|\s+(?=\d{1,2}[.)]\s*[^\W\d_])")
_NUMBER: Final = regex(r"^\s*(?:\d{1,2}\s*[.)/]|[-+•*])\s*")
#: The number of a row, said again before the second list.
_NUMBERED: Final = regex(r"(?:stt|tt|so tt|no\.?)(?: \([a-z]{1,3}\))?")
_HOME: Final = regex(r"\b(?:cung nha|chung nha|gia dinh|trong ho|nguoi than|ho gia dinh)\b")
_MORE: Final = regex(r"[;\n(]|,")


def with_next_tier_apart(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; behind one of F1 with the F2 of each in a cell stands the list of these F2."""
    return [part for sheet in sheets for part in _apart(sheet)]


def _apart(sheet: Sheet) -> list[Sheet]:
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if not {"f1_name", "f2_name"} <= set(columns) or sheet.origin is not None or not len(sheet):
        return [sheet]
    one, other = columns["f1_name"], columns["f2_name"]
    second = next((at for at in range(one + 1, other) if _NUMBERED.fullmatch(fold(sheet.headings[at]))), None)
    if second is not None:
        return _beside(sheet, one, second, other)
    told = {text: people for text in distinct_texts(sheet.cells[other])[1] if (people := _people(text))}
    about = [at for field, at in columns.items() if field in (*EXPOSURE, "birth_year", "phone", "index", "day")]
    if not told or not any(_MORE.search(text) for text in told) or not any(one < at < other for at in about):
        return [sheet]
    headings = tuple(NAME if at == one else heading for at, heading in enumerate(sheet.headings))
    own = replace(sheet, headings=headings).without_columns([other])
    listed = _listed(sheet, told, other, _called(sheet, one, columns.get("birth_year")))
    rest = [text for text in distinct_texts(sheet.cells[other])[1] if text not in told and not is_answer(text)]
    return [own, listed] if not rest else [sheet]


def _beside(sheet: Sheet, one: int, second: int, other: int) -> list[Sheet]:
    """Return the lists of F1 and of F2 that stand beside each other; an F2 belongs to the last F1 above."""
    left = sheet.without_columns(range(second, len(sheet.headings)))
    left = replace(left, headings=tuple(NAME if at == one else heading for at, heading in enumerate(left.headings)))
    born = read_headings(left.headings, PEOPLE, {}).columns.get("birth_year")
    met = _called(left, one, born).ffill()
    own = np.flatnonzero(sheet.cells[one].notna().to_numpy())
    theirs = np.flatnonzero(sheet.cells[other].notna().to_numpy())
    told = {
        NAME if at == other else LETTERED.sub("", sheet.headings[at]): sheet.cells[at]
        for at in range(second + 1, len(sheet.headings))
    }
    told[_MET] = met
    listed = sheet.with_table(
        {heading: texts.iloc[theirs].reset_index(drop=True) for heading, texts in told.items()},
        letter=sheet.letters[other],
        numbers=sheet.numbers[theirs],
        facts=tuple(fact for fact in sheet.facts if fact.name in ("day", "year", "month")),
        titles=(),
    )
    return [left.with_rows(left.cells.iloc[own].reset_index(drop=True), own.tolist()), listed]


def _people(text: str) -> list[dict[str, str]]:
    return [cells for part in _PARTS.split(text) for cells in people_of_line(_NUMBER.sub("", part.strip()))]


def _called(sheet: Sheet, name: int, born: int | None) -> pd.Series:
    """Return how each row's F1 is named in the list of the F2: with the year, where it is told."""
    names = sheet.cells[name]
    return names if born is None else (names + " (" + sheet.cells[born] + ")").fillna(names)


def _listed(sheet: Sheet, told: dict[str, list[dict[str, str]]], at: int, met: pd.Series) -> Sheet:
    rows = [(row, cells) for row, text in enumerate(sheet.cells[at]) for cells in told.get(text, [])]
    used = [heading for heading in HEADINGS if any(heading in cells for _row, cells in rows)]
    made = {heading: [cells.get(heading) for _row, cells in rows] for heading in used}
    made[_MET] = [met.iloc[row] for row, _cells in rows]
    if KIND not in made and _HOME.search(fold(sheet.headings[at])):
        made[KIND] = [TOGETHER] * len(rows)
    return sheet.with_table(
        {heading: pd.Series(pd.array(texts, dtype="string")) for heading, texts in made.items()},
        letter=sheet.letters[at],
        numbers=sheet.numbers[[row for row, _cells in rows]],
        facts=tuple(fact for fact in sheet.facts if fact.name in ("day", "year", "month")),
        titles=(),
    )
