"""Of two columns that mean the same the one whose values fit is it: days beside ``Có``, codes beside names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from loaders.columns.looks import is_name, yes_or_no
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import Reading, plain
from loaders.place_words import PLATE_ALONE
from tracing.patterns import regex
from tracing.spelling import fold

ID_ALONE: Final = regex(r"[A-Za-zĐđ]{1,5}[-. ]?\d{1,12}")
"""The code of somebody and nothing else: ``BN34``, ``CM-001``."""
#: A day on which a case was made known, which is not that on which it was found.
_MADE_KNOWN: Final = regex(r"\bcong bo\b|\bannounced\b|\bpublished\b")
#: Fields of days in whose place a form may ask only whether: ``Khởi phát: Có``.
_DAYS: Final = ("onset", "confirmed", "sample", "isolation_start", "last_contact", "contact_date")


def dated(reading: Reading, sheet: Sheet) -> Reading:
    """Of ``Khởi phát`` and ``Ngày khởi phát`` the column of days tells the day; ``Có`` and ``Không`` are kept."""
    for name in _DAYS:
        at = reading.columns.get(name)
        others = [i for i, field in reading.double.items() if field == name and not yes_or_no(sheet.cells[i])]
        if at is not None and others and reading.by.get(at) != "said" and yes_or_no(sheet.cells[at]):
            reading = _kept(changed_places(reading, name, others[0]), at)
    return reading


def of_samples(reading: Reading, sheet: Sheet) -> Reading:
    """Read a bare ``Mã`` behind the names of a list of results as the code of a sample, if a title tells of these.

    As somebody's id it would make one person of all whose samples had the same number on different days.
    """
    at, name = reading.columns.get("person"), reading.columns.get("name")
    if at is None or name is None or at < name or reading.by.get(at) == "said" or "test_result" not in reading.columns:
        return reading
    titles = fold(" ; ".join([*(line.text for line in sheet.titles), sheet.sheet or ""]))
    bare = plain(sheet.headings[at]) in _CODES and {"test_code", "pool"}.isdisjoint(reading.columns)
    if not bare or not _OF_SAMPLES.search(titles) or _OF_CASES.search(" ".join(sheet.cells[at].dropna().head(50))):
        return reading
    return replace(reading.renamed("person", "test_code"), ids=tuple(i for i in reading.ids if i != at))


_CODES: Final = frozenset({"ma", "maso", "so", "code", "id", "no"})
#: That a list is one of samples, without accents.
_OF_SAMPLES: Final = regex(r"\b(?:mau|ong|gop|pool\w*|samples?|tubes?|specimens?|swabs?)\b")
_OF_CASES: Final = regex(r"(?i)\b(?:BN|F[0-3])[ .-]?\d")


def found_before_known(reading: Reading, sheet: Sheet) -> Reading:
    """Of the day of a result and that on which the case was made known the first is that of its confirmation."""
    at = reading.columns.get("confirmed")
    others = [i for i, field in reading.double.items() if field == "confirmed"]
    known = [i for i in others if _MADE_KNOWN.search(fold(sheet.headings[i]))]
    return reading if at is None or not known else _kept(reading, *known)


def changed_places(reading: Reading, name: str, at: int) -> Reading:
    """Return a reading in which a double column is the one of a field, and the one that it had is double."""
    double = {i: field for i, field in reading.double.items() if i != at} | {reading.columns[name]: name}
    return replace(reading, columns={**reading.columns, name: at}, double=double)


def _kept(reading: Reading, *at: int) -> Reading:
    """Return a reading in which double columns are only kept."""
    double = {i: field for i, field in reading.double.items() if i not in at}
    return replace(reading, double=double, kept=(*reading.kept, *at))


def named_and_coded(reading: Reading, sheet: Sheet) -> Reading:
    """Of a case's name and its code in two columns the code is whom people met: ``Nom du cas source``, ``ID cas``."""
    at = reading.columns.get("index")
    others = [i for i, name in reading.double.items() if name == "index"]
    if at is None or not others or reading.by.get(at) == "said":
        return reading
    coded = [all(ID_ALONE.fullmatch(text.strip()) for text in distinct_texts(sheet.cells[i])[1]) for i in others]
    _, names = distinct_texts(sheet.cells[at])
    if True not in coded or not names or not all(map(is_name, names)):
        return reading
    return _kept(changed_places(reading, "index", others[coded.index(True)]), at)


def of_vehicle(reading: Reading, sheet: Sheet) -> Reading:
    """Of ``Phương tiện`` and ``BKS`` the column with plates tells the vehicle; ``xe máy`` only tells its kind."""
    return _fitting(reading, sheet, "vehicle", PLATE_ALONE.fullmatch)


def of_class(reading: Reading, sheet: Sheet, is_class: Callable[[str], bool]) -> Reading:
    """Of two columns of classes the one whose values are classes is it: ``Classification`` may say from where."""
    return _fitting(reading, sheet, "classification", is_class)


def _fitting(reading: Reading, sheet: Sheet, name: str, fits: Callable[[str], object]) -> Reading:
    """Return a reading in which the column of a field is the first of which some value fits, if its own has none."""
    at = reading.columns.get(name)
    others = [i for i, field in reading.double.items() if field == name]
    if at is None or not others or reading.by.get(at) == "said":
        return reading
    fitting = [i for i in (at, *others) if any(map(fits, distinct_texts(sheet.cells[i])[1]))]
    return reading if not fitting or at in fitting else changed_places(reading, name, fitting[0])
