"""A sheet of counts: which columns are numbers, which are the day and the place."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.recognised import COUNTS
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, Reading, read_headings
from tracing.patterns import regex
from tracing.spelling import fold

#: A column of numbers is ``count_1``, ``count_2`` … in the order of the sheet.
COUNT: Final = "count_"
DAYS: Final = ("day", "visit_date", "confirmed", "sample", "onset")
UNITS: Final = ("place", "hamlet", "commune", "district")
#: The heading of a column that counts or names people of a tier: ``F0``, ``Số F1``, ``F2 (người)``.
_TIER: Final = regex(
    r"(?:so |tong so )?(?:ca |nguoi )?f ?[0-4](?: (?:moi|them|hien co|dang|trong|hom|phat|cong)[a-z ]{0,20})?"
    r"(?: \(.{1,20}\))?"
)
_REMARK: Final = regex(r"ghi chu|note|remark|comment")
#: A word, or the number of a ward: ``P.5``.
_WORDS: Final = r"[^\W\d_]{2}|^[Pp]\.? ?\d"
_WHO: Final = frozenset(
    {"person", "name", "first_name", "last_name", "phone", "birth_year", "birth_date", "national_id"}
)


def tally(sheet: Sheet) -> Reading | None:
    """Return the reading of people of a sheet that counts them by tier (``F0 | F1`` over numbers); None of others."""
    tiers = [at for at, heading in enumerate(sheet.headings) if _TIER.fullmatch(fold(heading))]
    if len(tiers) < 2 or not all(_holds_numbers(sheet.cells[at]) for at in tiers):
        return None
    people = read_headings(sheet.headings, PEOPLE, {})
    if _WHO & set(people.columns):
        return None
    columns = {name: at for name, at in people.columns.items() if at not in tiers}
    double = {at: name for at, name in people.double.items() if at not in tiers}
    return replace(
        people,
        columns=columns | {"count": tiers[0]},
        double=double | dict.fromkeys(tiers[1:], "count"),
    )


def read_counts(people: Reading, sheet: Sheet) -> Reading:
    """Return the reading of a sheet of counts: every column that counts, day and place; a text column is the place."""
    counting = sorted([people.columns["count"], *(at for at, name in people.double.items() if name == "count")])
    columns = {name: at for name, at in people.columns.items() if name in (*DAYS, *UNITS)}
    if not any(name in columns for name in UNITS):
        told = sorted(at for at in (*people.unused, *people.kept) if _holds_words(sheet.cells[at]))
        texts = [at for at in told if not _REMARK.match(fold(sheet.headings[at]))]
        columns |= {"place": texts[0]} if texts else {}
    columns |= {f"{COUNT}{n}": at for n, at in enumerate(counting, start=1)}
    unused = tuple(at for at in range(len(sheet.headings)) if at not in columns.values() and at not in people.skipped)
    return replace(people, layout=COUNTS, columns=columns, double={}, ids=(), kept=(), unused=unused)


def _holds_words(cells: pd.Series) -> bool:
    """Tell whether most cells of a column are words, neither numbers nor days."""
    given = cells.dropna()
    return bool(len(given)) and bool(given.str.contains(_WORDS, regex=True).mean() >= 0.8)


def _holds_numbers(cells: pd.Series) -> bool:
    """Tell whether a column holds nothing but numbers of people, and some."""
    given = cells.dropna()
    return bool(len(given)) and bool(given.str.fullmatch(r"\d{1,6}|-").all())
