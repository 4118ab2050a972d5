"""What a file shows about its dates beyond the single column: their order, their year, the day of the list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.coded import encoded
from tracing.patterns import regex
from tracing.spelling import fold

_NUMBERS: Final = r"^\D{0,12}\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b"
_DAY_FIRST: Final = (
    r"^(?:\D{0,12}|\d{1,2}[:hg]\d{0,2}\D{0,8})(?:1[3-9]|2\d|3[01])[-/.](?:0?[1-9]|1[0-2])(?:[-/.](?:\d{4}|\d{2}))?\b"
)
_MONTH_FIRST: Final = r"^\D{0,12}(?:0?[1-9]|1[0-2])[-/.](?:1[3-9]|2\d|3[01])[-/.](?:\d{4}|\d{2})\b"
#: What a title or a heading says of the order of its dates: ``Dates in MM/DD/YYYY``.
_SAID: Final = {
    "month first": r"(?i)\bmm\s?[-/.]\s?dd\s?[-/.]\s?yy",
    "day first": r"(?i)\bdd\s?[-/.]\s?mm\s?[-/.]\s?yy",
}
_YEARS: Final = (
    r"^(?:\D{0,12}\d{1,2}[-/.]\d{1,2}[-/.](?P<last>(?:19|20)\d\d|[1-4]\d)(?:\D.*)?"
    r"|(?P<first>(?:19|20)\d\d)-\d{2}-\d{2}.*)$"
)
_BARE_YEAR: Final = r"^(?:19|20)\d\d$"
_SAMPLE: Final = 2_000
#: Years up to this are written with two digits.
_SHORT: Final = 99
SLIPS: Final = 0.1
"""A year, or an order, of at most this share of all dates may be a slip: 12/13/2021 in a list of days first."""
_MARKS: Final = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉĩọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ")
_PLAIN: Final = regex(
    r"ngay|ho (?:va )?ten|nam sinh|gioi tinh|dien thoai|dia chi|tiep xuc|lay mau|khoi phat|cach ly|ghi chu|ket qua|"
    r"thoi gian|noi o|so nha|lan (?:dau|cuoi)|tu ngay|den ngay"
)


@dataclass(frozen=True)
class DateEvidence:
    """What all columns of a file show.

    Attributes
    ----------
    order
        "day first", "month first", "both", or None where no date of the file shows it.
    years
        Years of its dates in columns that are not births, each once; not one that only few of the dates have.
    vietnamese
        Whether its headings are Vietnamese.
    """

    order: str | None = None
    years: tuple[int, ...] = ()
    vietnamese: bool = False


@dataclass(frozen=True)
class Hints:
    """How to read what a date leaves open.

    Attributes
    ----------
    order
        "day first" or "month first" where the column itself does not show it.
    why
        "file" (other columns show it), "headings" (they are Vietnamese), or None.
    year
        Year of dates without one.
    day
        Day of the list, for "hôm qua".
    serial_shift
        Days to add to dates that are numbers: 1,462 where the workbook counts from 1904.
    """

    order: str | None = None
    why: str | None = None
    year: int | None = None
    day: date | None = None
    serial_shift: int = 0


NO_EVIDENCE: Final = DateEvidence()
NO_HINTS: Final = Hints()


def gather(columns: Iterable[tuple[str, pd.Series]], headings: Sequence[str]) -> DateEvidence:
    """Return what columns (heading, texts) show. Only a column that begins with dates is looked through to its end."""
    day_first = month_first = either = 0
    said = {name for name, form in _SAID.items() if any(re.search(form, heading) for heading in headings)}
    years: Counter[int] = Counter()
    for heading, texts in columns:
        head = pa.array(texts.iloc[:_SAMPLE])
        said |= {name for name, form in _SAID.items() if _any(head, form)}
        born = "sinh" in heading.lower() or "birth" in heading.lower() or _any(head, _BARE_YEAR)
        if not born:
            years.update(_years(head))
        if len(head) == head.null_count or not _any(head, f"{_NUMBERS}|{_DAY_FIRST}"):
            continue
        whole = head if len(texts) <= _SAMPLE else encoded(texts)[1]
        day_first += _count(whole, _DAY_FIRST)
        month_first += _count(whole, _MONTH_FIRST)
        either += _count(whole, _NUMBERS)
    vietnamese = is_vietnamese(headings)
    order = _order(day_first, month_first, either if vietnamese else 0)
    if order is None and len(said) == 1:
        order = said.pop()
    usual = [year for year, count in years.items() if count > SLIPS * years.total()]
    return DateEvidence(order, tuple(sorted(usual)), vietnamese)


def _order(day_first: int, month_first: int, usual: int) -> str | None:
    """Return the order that so many dates show, neither by a slip; ``usual``: those of a list that has days first."""
    if day_first and month_first:
        few, many = sorted((day_first, month_first))
        return "both" if few > SLIPS * many else "day first" if day_first > month_first else "month first"
    if month_first and month_first > SLIPS * usual:
        return "month first"
    return "day first" if day_first else None


def _count(texts: pa.Array | pa.ChunkedArray, pattern: str) -> int:
    return pc.sum(pc.match_substring_regex(texts, pattern=pattern)).as_py() or 0


def _any(texts: pa.Array | pa.ChunkedArray, pattern: str) -> bool:
    if pa.types.is_null(texts.type):
        return False
    return bool(pc.any(pc.match_substring_regex(texts, pattern=pattern)).as_py())


def _years(texts: pa.Array | pa.ChunkedArray) -> Counter[int]:
    """Return how often each year stands in the dates among texts; 21 is 2021."""
    if pa.types.is_null(texts.type):
        return Counter()
    found = pc.extract_regex(texts, pattern=_YEARS)
    out: Counter[int] = Counter()
    for name in ("last", "first"):
        for said in pc.value_counts(pc.struct_field(found, name)).to_pylist():
            if said["values"]:
                year = int(said["values"])
                out[year if year > _SHORT else 2000 + year] += said["counts"]
    return out


def is_vietnamese(headings: Sequence[str]) -> bool:
    """Tell whether headings are Vietnamese: by their letters, or without accents by their words."""
    return any(set(heading.lower()) & _MARKS or _PLAIN.search(fold(heading)) for heading in headings)


def hints(evidence: DateEvidence, days: Sequence[str], years: Sequence[str]) -> Hints:
    """Return how to read dates of a sheet.

    Parameters
    ----------
    evidence
        What its file shows.
    days
        Days that its titles or names give (ISO, or ``--08-02``), the most telling first.
    years
        Years that they give.
    """
    whole = [date.fromisoformat(day) for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)]
    named = {int(year) for year in years} | {day.year for day in whole}
    year = next(iter(named)) if len(named) == 1 else None
    if year is None and not named and len(evidence.years) == 1:
        year = evidence.years[0]
    first = days[0] if days else ""
    day = whole[0] if whole and first == whole[0].isoformat() else None
    if day is None and first.startswith("--") and year is not None:
        day = _on(first, year)
    order, why = (evidence.order, "file") if evidence.order in ("day first", "month first") else (None, None)
    if evidence.order is None and evidence.vietnamese:
        order, why = "day first", "headings"
    return Hints(order, why, year, day)


def _on(text: str, year: int) -> date | None:
    try:
        return date.fromisoformat(text.replace("--", f"{year}-", 1))
    except ValueError:
        return None
