"""The teacher whom the title of a class names belongs to it as its pupils do: a row behind theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.attendance import day_of
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings

_TITLED: Final = re.compile(r"(?i)^(?:cô|thầy|ông|bà|ths\.?|ts\.?|gv\.?)(?: giáo)?\s+(?=[A-ZÀ-ỸĐ])")
_PRESENT: Final = ("x", "X", "v", "V", "✓", "✔")


def with_teachers(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets; a list of people of a class has its teachers behind its rows."""
    return [_with(sheet) for sheet in sheets]


def _with(sheet: Sheet) -> Sheet:
    named = [fact for fact in sheet.facts if fact.name == "teacher" and fact.source == "title"]
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if not named or "name" not in columns or "index" in columns or sheet.fact("class") is None or not len(sheet):
        return sheet
    told: dict[int, list[str | None]] = {at: [None] * len(named) for at in range(len(sheet.headings))}
    told[columns["name"]] = [_TITLED.sub("", fact.value) for fact in named]
    if "phone" in columns:
        told[columns["phone"]] = [_phone(sheet, fact.row) for fact in named]
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


def _phone(sheet: Sheet, row: int) -> str | None:
    """Return the telephone number in the line that names a teacher, where there is one."""
    found = {fact.value for fact in sheet.facts if fact.row == row and fact.name in ("teacher_phone", "phone")}
    return found.pop() if len(found) == 1 else None
