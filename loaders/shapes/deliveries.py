"""Orders that a case delivered: the hour of the handing over is that of the contact, where the customer was met.

What was left at a door or with a guard, and what was cancelled, brought nobody together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.hours import has_day, with_day
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.findings import FindingLog
from loaders.shapes.cancelled import NO_SHOW
from tracing.patterns import regex
from tracing.spelling import fold

#: What a title says of somebody who delivers.
_DELIVERS: Final = regex(
    r"\b(?:don hang|don giao|giao hang|ship(?:per)?|deliver(?:y|ies|ed)|orders?|khach (?:hang )?cua|van don"
    r"|chuyen phat)\b"
)
#: What the cells of a delivery say, without accents: handed over, left somewhere, not delivered at all.
_HANDED: Final = regex(
    r"(?<!khong )(?<!ko )(?<!k )(?<!chua )\b(?:gap|truc tiep|tan tay|khach nhan|ky nhan|da giao"
    r"|giao (?:xong|thanh cong)"
    r"|thu tien|met|handed|in person|delivered|signed)\b"
)
_LEFT: Final = regex(
    r"\b(?:khong|ko|k|chua) (?:gap|tiep xuc|tx)\b"
    r"|\b(?:treo|de|dat|bo|gui)(?: lai| hang| do)? (?:o |tai |truoc |ngoai )?"
    r"(?:cua|cong|san|tu|ke|bao ve|le tan|hang xom|chot)\b|\b(?:de|dat) (?:truoc|ngoai)\b"
    r"|\bleft (?:at|with|outside)\b|\b(?:contactless|no contact|not met|guard|locker)\b"
)
_NOT_AT_ALL: Final = regex(
    r"\b(?:khong giao|chua giao|hoan hang|tra hang|giao that bai|khong nhan|tu choi|bom hang|boom hang|failed|returned"
    r"|refused|not delivered)\b"
)
_TIMES: Final = ("visit_start", "visit_end", "hours", "moment")
_DAYS: Final = ("day", "visit_date")
_PICKED_UP: Final = regex(r"(?:gio|thoi gian|luc) (?:lay|nhan don|nhan hang|lay hang)|picked up(?: at)?|pickup time")
_MOMENT, _TAKEN = "Ngày tiếp xúc", "Giờ lấy hàng"


def with_deliveries(sheet: Sheet, log: FindingLog) -> Sheet:
    """Return a list of orders that the case of its title delivered with the moment of each and whom it met."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    titles = " ".join(fold(line.text) for line in sheet.titles)
    at = columns.get("index")
    if at is None or sheet.origin is not None or not sheet.headings[at].endswith(")") or not _DELIVERS.search(titles):
        return sheet
    told = [place for place in range(len(sheet.headings)) if place not in columns.values()]
    apart = _not_met(sheet, told)
    if apart.any():
        cells = sheet.cells.copy(deep=False)
        cells[at] = cells[at].mask(apart)
        sheet = replace(sheet, cells=cells, as_read=sheet.original)
        sheet.report(log, "contact.not_met", np.flatnonzero(apart).tolist())
    return _with_moments(sheet, columns)


def _not_met(sheet: Sheet, told: list[int]) -> npt.NDArray[np.bool_]:
    """Tell which rows say that the customer was not met; a cell that says both is left to whoever reads it."""
    out: npt.NDArray[np.bool_] = np.zeros(len(sheet), dtype=bool)
    for at in told:
        _, distinct = distinct_texts(sheet.cells[at])
        said = [text for text in distinct if _parted(text) or _HANDED.search(fold(text))]
        if len(said) * 2 >= len(distinct):
            out |= told_of(sheet.cells[at], _parted)
    return out


def _parted(text: str) -> bool:
    bare = fold(text)
    gone = _NOT_AT_ALL.search(bare) or NO_SHOW.search(text)
    return bool(gone or (_LEFT.search(bare) and not _HANDED.search(bare)))


def _with_moments(sheet: Sheet, columns: Mapping[str, int]) -> Sheet:
    """Return the list with the day of an order before its hour; when it was picked up is no time of a contact."""
    picked = [at for at, heading in enumerate(sheet.headings) if _PICKED_UP.fullmatch(fold(heading))]
    headings = [_TAKEN if at in picked else heading for at, heading in enumerate(sheet.headings)]
    sheet = replace(sheet, headings=tuple(headings))
    hour = next((columns[name] for name in _TIMES if columns.get(name) not in (None, *picked)), None)
    day = next((columns[name] for name in _DAYS if name in columns), None)
    if hour is None or day is None or told_of(sheet.cells[hour].dropna(), has_day).any():
        return sheet
    texts = sheet.cells[hour].where(sheet.cells[hour].str.contains(r"\d").fillna(False))
    cells = sheet.cells.copy(deep=False)
    cells[hour] = pd.Series(with_day(sheet.cells[day], texts).where(texts.notna(), sheet.cells[day]), dtype="string")
    headings[hour] = _MOMENT
    out = replace(sheet, headings=tuple(headings), cells=cells, as_read=sheet.original)
    return out.without_columns({day})
