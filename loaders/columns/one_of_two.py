"""Of two columns that mean the same the one whose values fit is it: days beside ``Có``, codes beside names."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from loaders.columns.looks import is_name, yes_or_no
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import Reading
from loaders.place_words import PLATE_ALONE
from tracing.spelling import fold

#: The code of somebody and nothing else: ``BN34``, ``CM-001``.
_ID_ALONE: Final = re.compile(r"[A-Za-zĐđ]{1,5}[-. ]?\d{1,12}")
#: A day on which a case was made known, which is not that on which it was found.
_MADE_KNOWN: Final = re.compile(r"\bcong bo\b|\bannounced\b|\bpublished\b")
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
    coded = [all(_ID_ALONE.fullmatch(text.strip()) for text in distinct_texts(sheet.cells[i])[1]) for i in others]
    _, names = distinct_texts(sheet.cells[at])
    if True not in coded or not names or not all(map(is_name, names)):
        return reading
    found = changed_places(reading, "index", others[coded.index(True)])
    return replace(found, double={i: n for i, n in found.double.items() if i != at}, kept=(*found.kept, at))


def of_vehicle(reading: Reading, sheet: Sheet) -> Reading:
    """Of ``Phương tiện`` and ``BKS`` the column with plates tells the vehicle; ``xe máy`` only tells its kind."""
    at = reading.columns.get("vehicle")
    others = [i for i, name in reading.double.items() if name == "vehicle"]
    if at is None or not others or reading.by.get(at) == "said":
        return reading
    plates = {i: any(map(PLATE_ALONE.fullmatch, distinct_texts(sheet.cells[i])[1])) for i in (at, *others)}
    better = next((i for i in others if plates[i]), None)
    return reading if plates[at] or better is None else changed_places(reading, "vehicle", better)


def of_class(reading: Reading, sheet: Sheet, is_class: Callable[[str], bool]) -> Reading:
    """Of two columns of classes the one whose values are classes is it: ``Classification`` may say from where."""
    at = reading.columns.get("classification")
    others = [i for i, name in reading.double.items() if name == "classification"]
    if at is None or not others or reading.by.get(at) == "said":
        return reading
    fits = {i: any(map(is_class, distinct_texts(sheet.cells[i])[1])) for i in (at, *others)}
    better = next((i for i in others if fits[i]), None)
    return reading if fits[at] or better is None else changed_places(reading, "classification", better)
