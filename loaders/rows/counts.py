"""Sheets of counts: so many cases on a day in a place. Aggregates, kept as such with their source: nobody's tier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.counts import COUNT, DAYS, UNITS
from loaders.columns.dates import Times
from loaders.columns.recognised import COUNTS
from loaders.rows.tables import Staged
from tracing.patterns import regex
from tracing.spelling import fold

_WHAT: Final = (
    ("f2", r"\bf2\b"),
    ("f1", r"\bf1\b"),
    ("positive_samples", r"\bmau\b"),
    ("cases", r"\bf0\b|\bca\b|\bmac\b|truong hop|cases?\b"),
)
_CUMULATIVE: Final = regex(r"cong don|luy ke|cumulative|den nay")


def is_list_of_counts(columns: Columns) -> bool:
    """Tell whether a sheet counts under headings of its own; our own table has a column ``number``."""
    return columns.found.layout == COUNTS and not columns.has("number")


def build_counts(columns: Columns, sheet: int, staged: Staged) -> None:
    """Stage a count for every number of the sheet."""
    values = {"unit": _unit(columns), **span(_day(columns), "day")}
    for name, (what, cumulative) in _counting(columns):
        number = columns.number(name, whole=True)
        rows = len(columns.sheet)
        row = {
            "what": pd.Series([what] * rows, dtype="string"),
            "number": number,
            "cumulative": pd.Series([cumulative or None] * rows, dtype="boolean"),
        }
        staged.add("counts", columns, sheet, values | row, number.notna().to_numpy(dtype=bool))


def _counting(columns: Columns) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Yield each column of numbers with what it counts; "cộng dồn" alone is that of the column before."""
    before = "people"
    named = {name: at for name, at in columns.found.reading.columns.items() if name.startswith(COUNT)}
    for name, at in sorted(named.items(), key=lambda one: one[1]):
        heading = fold(columns.sheet.headings[at])
        cumulative = _CUMULATIVE.search(heading) is not None
        said = next((what for what, pattern in _WHAT if re.search(pattern, heading)), None)
        before = said or (before if cumulative else "people")
        yield name, (before, cumulative)


def _unit(columns: Columns) -> pd.Series:
    """Return the place of each row from the smallest to the widest unit that the row or the title names."""
    parts = [columns.text(name).fillna(columns.sheet.fact(name) or pd.NA) for name in UNITS]
    joined = [", ".join(str(part) for part in row if not pd.isna(part)) or None for row in zip(*parts, strict=True)]
    return pd.Series(pd.array(joined, dtype="string"))


def _day(columns: Columns) -> Times:
    """Return the day of each row, that of the title where the row has none."""
    name = next((name for name in DAYS if columns.has(name)), "day")
    fact = columns.sheet.fact("day")
    texts = columns.text(name)
    if fact is not None and len(fact) == 10:
        texts = texts.fillna(fact)
    return columns.time(name, texts=texts, field_name="day")
