"""Unused columns of a list of people that words say: the class of a case, a kind of isolation, a household, a year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from loaders.columns.looks import says_class, yes_or_no
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import Reading, spaced
from tracing.patterns import regex
from tracing.spelling import fold

WHO: Final = frozenset({"person", "name", "first_name", "last_name"})
"""Fields that say whom a row is about."""
_ISOLATED: Final = regex(
    r"\b(?:cach ly|cltt|cltn|tai nha|tap trung|khu|kcl|ttyt|benh vien|bv|home|centre|center|hospital)\b"
)
#: How far from the first case of a cluster a case is: "primary", "secondary".
_GENERATION: Final = regex(r"\b(?:generations?|waves?)\b")
_YEAR: Final = regex(r"(?:19[2-9]\d|20[0-2]\d)(?:\.0)?")
_HOUSEHOLD: Final = regex(r"(?i)(?:hk|hộ|ho|hgd|hgđ)[\s.\-_]*\d+")


def by_words(reading: Reading, sheet: Sheet) -> Reading:
    """Read unused columns whose words say what they are: the class of a case, the number of a household."""
    for at in reading.unused:
        _, distinct = distinct_texts(sheet.cells[at])
        for name, fits, company, unless in _WORDS if not yes_or_no(sheet.cells[at]) else ():
            have = set(reading.columns)
            if says_class(sheet.headings[at]):
                unless -= {"test_result"}
            if not distinct or not company & have or unless & have:
                continue
            if name == "classification" and (
                all(map(is_result, distinct)) or _GENERATION.search(spaced(sheet.headings[at]))
            ):
                continue  # what a test says today, or which generation it is, makes nobody less of a case
            if sum(map(bool, map(fits, distinct))) >= 0.6 * len(distinct):
                reading = reading.with_values(at, name, 0.8)
                break
    told = reading.columns.get("concluded")
    if told is not None and "test_result" not in reading.columns:
        _, distinct = distinct_texts(sheet.cells[told])
        if distinct and all(map(is_result, distinct)):
            reading = reading.renamed("concluded", "test_result")
    return reading


def is_class(text: str) -> bool:
    """Tell whether a text is a class of cases."""
    known = words("classification")
    return len(text) > 1 and (text.lower() in known or fold(text) in known)


def is_isolation(text: str) -> bool:
    """Tell whether a text tells how or where somebody is isolated."""
    return _is_kind_of_isolation(text) or _ISOLATED.search(fold(text)) is not None


def _is_kind_of_isolation(text: str) -> bool:
    return bool({text.lower(), fold(text)} & words("isolation_kind").keys())


def is_result(text: str) -> bool:
    """Tell whether a text is the result of a test."""
    known = words("result")
    return text.lower() in known or fold(text) in known


#: Field, what its values look like, the company that it needs, the fields beside which it would say nothing new.
_WORDS: Final[tuple[tuple[str, Callable[[str], object], frozenset[str], frozenset[str]], ...]] = (
    (
        "classification",
        is_class,
        frozenset({"onset", "confirmed", "sample", "case_code"}),
        frozenset({"classification", "test_result"}),
    ),
    (
        "isolation_kind",
        _is_kind_of_isolation,
        frozenset({"isolation_start"}),
        frozenset({"isolation_kind", "isolation_place"}),
    ),
    ("household", _HOUSEHOLD.fullmatch, WHO, frozenset({"household", "test_result"})),
    ("birth_year", _YEAR.fullmatch, frozenset({"name"}), frozenset({"birth_year", "birth_date", "age"})),
)
