"""Times as programs count them, in seconds or thousandths since 1970: ``checkin_ts`` with 1624957200 below it.

Such numbers look like telephone numbers and ids; they are times where a heading speaks of time and all of them lie in
the years of the epidemic, less than some months apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, name_of_field, read_headings, spaced
from loaders.findings import FindingLog
from loaders.shapes.split_cells import texts_of_rows
from tracing.patterns import regex

_NUMBER: Final = regex(r"(\d{10})(?:\.\d{1,9})?|(\d{10})\d{3}")
#: Words of a heading that speaks of time, and of one that speaks of telephones.
_OF_TIME: Final = regex(
    r"\b(?:ts|time|times|timestamp|epoch|unix|at|on|date|datetime|in|out|start|end|entry|exit|check|checkin|checkout"
    r"|gio|ngay|thoi gian|thoi diem|luc|vao|ra|den|ve|scan|scanned|created|visited)\b"
)
_OF_PHONES: Final = regex(r"\b(?:phone|mobile|tel|telephone|sdt|dt|dien thoai|di dong|so may|id|code|ma|so)\b")
_FIRST, _LAST = 1_569_888_000, 2_019_686_400
"""October 2019 to the end of 2033."""
_MOST_APART: Final = 400 * 86_400
_LOOKED_AT: Final = 200


def with_epochs_dated(sheet: Sheet, log: FindingLog) -> Sheet:
    """Return a list of people with such numbers as the times that they mean."""
    if sheet.origin is not None or not {"name", "first_name", "phone", "person", "national_id"} & set(
        read_headings(sheet.headings, PEOPLE, {}).columns
    ):
        return sheet
    for at, heading in enumerate(sheet.headings):
        said = spaced(heading)
        if not _OF_TIME.search(said) or _OF_PHONES.search(said) or name_of_field(heading, PEOPLE) == "phone":
            continue
        some = sheet.cells[at].iloc[:_LOOKED_AT].dropna()
        if some.empty or not all(map(_NUMBER.fullmatch, some)):
            continue
        codes, distinct = distinct_texts(sheet.cells[at])
        read = _seconds(distinct)
        if read:
            cells = sheet.cells.copy(deep=False)
            cells[at] = texts_of_rows([_text(second) for second in read], codes)
            sheet = replace(sheet, cells=cells, as_read=sheet.original)
            sheet.report(log, "time.counted", column=at, count=int(cells[at].notna().sum()))
    return sheet


def _seconds(distinct: Sequence[str]) -> list[int]:
    """Return the seconds since 1970 that each text counts; nothing where one of them counts none."""
    matches = [_NUMBER.fullmatch(text) for text in distinct]
    found = [int(match[1] or match[2]) for match in matches if match is not None]
    if len(found) < len(distinct) or min(found) < _FIRST or max(found) > _LAST:
        return []
    return found if max(found) - min(found) <= _MOST_APART else []


def _text(second: int) -> str:
    return dt.datetime.fromtimestamp(second, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
