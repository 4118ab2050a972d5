"""The teacher whom the title of a class names belongs to it as its pupils do: a row behind theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.attendance import day_of
from loaders.files.grid import Fact, Sheet
from loaders.files.headings import PEOPLE, read_headings
from tracing.patterns import regex

_TITLED: Final = regex(r"(?i)^(?:cô|thầy|ông|bà|ths\.?|ts\.?|gv\.?)(?: giáo)?\s+(?=[A-ZÀ-ỸĐ])")
_PRESENT: Final = ("x", "X", "v", "V", "✓", "✔")


def with_teachers(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets; a list of people of a class has its teachers behind its rows."""
    return [_with(sheet) for sheet in sheets]


def _with(sheet: Sheet) -> Sheet:
    named = [fact for fact in sheet.facts if _is_of_class(fact, sheet)]
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if not named or "name" not in columns or "index" in columns or sheet.fact("class") is None or not len(sheet):
        return sheet
    told: dict[int, list[str | None]] = {at: [None] * len(named) for at in range(len(sheet.headings))}
    told[columns["name"]] = [_TITLED.sub("", fact.value) for fact in named]
    born = columns.get("birth_year", columns.get("birth_date"))
    for column, detail in ((columns.get("phone"), "teacher_phone"), (born, "teacher_born")):
        if column is not None:
            told[column] = [one.get(detail) for one in _told(sheet)]
    for at, heading in enumerate(sheet.headings):
        if day_of(heading) and sheet.cells[at].isin(_PRESENT).any():  # somebody taught those who were there
            told[at] = ["x"] * len(named)
    more = pd.DataFrame({at: pd.array(texts, dtype="string") for at, texts in told.items()})
    sections = sheet.sections
    return replace(
        sheet,
        cells=pd.concat([sheet.cells, more], ignore_index=True),
        numbers=np.concatenate([sheet.numbers, np.array([fact.row for fact in named], dtype=np.int64)]),
        sections=None if sections is None else sections.reindex(range(len(sheet) + len(named))),
        under=None if sheet.under is None else np.concatenate([sheet.under, np.full(len(named), -1)]),
        as_read=None,
    )


def _is_of_class(fact: Fact, sheet: Sheet) -> bool:
    """Tell whether a fact names a teacher of a class; who signs below a list of contacts is none of them so far."""
    signs = sheet.fact("list_of") == "contacts" and len(sheet) and fact.row > int(sheet.numbers[-1])
    return fact.name == "teacher" and fact.source == "title" and not signs


def _told(sheet: Sheet) -> list[dict[str, str]]:
    """Return for each teacher what the line that names them tells besides, as a telephone."""
    found: list[tuple[int, dict[str, str]]] = []
    for fact in sheet.facts:
        if _is_of_class(fact, sheet):
            found.append((fact.row, {}))
        elif found and fact.name.startswith("teacher_"):
            found[-1][1].setdefault(fact.name, fact.value)
    for row, told in found:
        phones = {fact.value for fact in sheet.facts if fact.row == row and fact.name == "phone"}
        if len(phones) == 1 and [other for other, _ in found].count(row) == 1:
            told.setdefault("teacher_phone", *phones)
    return [told for _, told in found]
