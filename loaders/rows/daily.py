"""Contacts of every day (``hằng ngày``): until which day is asked once for a column."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.texts import told_of
from loaders.questions import LEFT_OUT, NOBODY, OTHER, Choice, question_id
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

_DAILY: Final = regex(
    r"(?:tiep xuc |gap |o )?"
    r"(?:hang ngay|moi ngay|ngay nao cung \w+|thuong xuyen|lien tuc|daily|every day)"
)
_ISOLATION: Final = "isolation"


def with_last_days(columns: Columns, name: str) -> pd.Series:
    """Return the texts of a field of days, with the answered last day for those who met every day."""
    texts, at = columns.text(name), columns.at(name)
    rows = np.flatnonzero(told_of(texts, lambda text: _DAILY.fullmatch(fold(text)) is not None))
    if at is None or not len(rows):
        return texts
    day = columns.sheet.fact("day")
    choices = [Choice(day, _("until {day}, the day of the list", day=day))] if day and len(day) == 10 else []
    if columns.has("isolation_start"):
        choices.append(Choice(_ISOLATION, _("until the day on which each of them was isolated")))
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("They met every day: until which day?"),
        ids=[question_id("daily", columns.asked.key(columns.sheet, int(rows[0])), columns.sheet.headings[at])],
        row=int(rows[0]),
        rows=rows,
        column=at,
        said=str(texts.iloc[int(rows[0])]),
        choices=[*choices, Choice(NOBODY, LEFT_OUT), Choice(OTHER, _("type the day"))],
    )
    if answer is None:
        columns.lose("date.unreadable", rows.tolist(), at, values=texts.iloc[rows].tolist())
    texts = texts.copy()
    if answer == _ISOLATION:
        texts.iloc[rows] = columns.text("isolation_start").iloc[rows].to_numpy(dtype=object)
    else:
        texts.iloc[rows] = pd.NA if answer in (None, NOBODY) else answer
    return texts
