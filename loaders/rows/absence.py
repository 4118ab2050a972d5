"""Who is on a list of people who were somewhere, and was not there: a remark says so, or their hours are empty."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.hours import read_hours
from loaders.columns.texts import told_of
from loaders.files.body import matches
from loaders.files.spelt import Spelt
from loaders.questions import NO, YES, Choice
from loaders.rows.kind import ListRows
from loaders.shapes.cancelled import NO_SHOW
from loaders.shapes.name_cells import BESIDE
from loaders.shapes.on_duty import AWAY, SAME_CELL, SWAP, is_away, never_came, stayed_behind
from loaders.units.national import is_whole_unit
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

_ABSENT: Final = regex(rf"(?:{AWAY}|vang(?: mat)?|khong (?:den|di|du|co mat|lam)|off|phep|absent|on leave)\b")
#: Who has just been on duty and rests, without accents.
_AFTER_DUTY: Final = regex(r"(?:ra|xuong|sau) (?:truc|ca)(?: dem)?")
FIRST, SECOND = "first", "second"
#: What stands for a place where somebody went nowhere.
_NOWHERE: Final = regex(r"(?:(?:o|tai) )?nha(?: (?:rieng|minh|ca ngay|suot ngay))?|khong (?:di|ra)\b.*|(?:at )?home")
_REMARK: Final = regex(
    r"ghi chu|note|remark|comment|ly do|ky (?:ten|nhan)|chu ky|co mat|hien dien|diem danh"
    r"|(?:cac )?y kien|giai trinh|trinh bay|thong tin (?:khac|them|bo sung)|other|feedback"
)
#: What somebody writes who did not go where a form or a list says, without accents; of "không đi taxi" nothing.
_WENT_NOT: Final = regex(
    r"(?:(?:toi|em|minh|con|chau|tui|nguoi nay|hom (?:do|ay|nay)|thuc ra|(?:co )?(?:y )?dinh (?:di|den|ghe)|nhung|ma|vi"
    r"|ban|bao|noi|viec) )*(?:khong|chua|ko|k|hong)(?: (?:co|he|tung|bao gio|phai)){0,3}"
    r" (?:den|di|toi|ghe|qua|ra(?= cho))(?: (?:cho|quan|quay|sieu thi|cua hang|dia diem|noi|noi nay|day|do|ay|nay|kia"
    r"|nua|hom|ngay|luon|duoc|bao gio|lan nao)){0,5}"
    r"|(?:.* )?(?:goi|ghi|bao|khai|nham) (?:nham|lon)(?: (?:nguoi|so|ten)){0,2}"
    r"|(?:i |he |she |they )?(?:did not|didn't|never) (?:go|went|come|visit)(?: (?:there|here|that day))?"
    r"|(?:i )?was(?: not|n't) there"
)
#: What became of a booking, and that of one whose guest is still awaited.
_STATUS: Final = regex(
    r"(?:(?:res\w*\.?|booking|guest|stay|room) )?status|(?:tinh trang|trang thai)(?: (?:khach|dat phong))?"
)
_AWAITED: Final = regex(
    r"(?:due in|expected|reserved|booked|not (?:yet )?arrived|(?:khach )?chua (?:den|nhan phong|check ?-?in))$"
)
#: What a text has that says that somebody made no journey, for a first look at columns of millions.
_MAY_STAY: Final = r"(?i)kh[ôo]ng|ngh[ỉi]|v[ắa]ng|b[ỏo] |[ởo] (?:nh|l)|h[ủuú]|show|sail|shore|aboard"
_MOST: Final = 0.5
#: What parts a remark.
_PARTS: Final = regex(r"(?<!\d)[,;.:(]\s*|\s+[-–]\s+")
#: What parts a title, and what in a part says that it is of a case, without accents.
_SENTENCES: Final = regex(r"(?<!\d)\.\s+|(?<=\d{4})\.\s+|[;\n]\s*")
_CASE_IN: Final = regex(
    r"\b(?:f ?0\b|bn ?\d[\d.]*)[^;]{0,120}?\b(?:co mat|tham du|den du|du)\b[^;]{0,120}?\d{1,2} ?(?:h|g|:)"
)
#: What people come to and leave together, as a title tells it with its hours; a post or a shop is open at hours.
_GATHERING: Final = Spelt(
    r"(?i)(?<!\w)(?:(?:tham )?dự|họp|hội nghị|lễ|tiệc|đám (?:cưới|tang|giỗ|cúng)|giỗ|liên hoan|sinh nhật|tập huấn"
    r"|buổi (?:học|thi|lễ)|sinh hoạt|khai trương)(?!\w)",
    bare=r"(?i)(?<!\w)(?:tham du|hop|hoi nghi|tiec|dam (?:cuoi|tang|gio)|lien hoan|sinh nhat|tap huan)(?!\w)",
)


def absent(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell of which rows a note says that the person was not there ("nghỉ phép", "vắng")."""
    return _said(rows, _is_absent)


def _is_absent(text: str) -> bool:
    return _ABSENT.match(fold(text).strip()) is not None or never_came(text)


def _is_off_duty(shift: str) -> bool:
    """Tell whether what stands where a shift would says who is off: ``Nghỉ bù``, ``Ra trực``."""
    return (
        _ABSENT.match(fold(shift).strip(" (")) is not None
        or _AFTER_DUTY.fullmatch(fold(shift).strip(" ()")) is not None
    )


def _said(rows: ListRows, test: Callable[[str], bool], of: re.Pattern[str] = _REMARK) -> npt.NDArray[np.bool_]:
    """Tell of which rows a remark, or another column that is kept, passes a test."""
    columns = rows.columns
    out = np.zeros(len(columns.sheet), dtype=bool)
    for at in (*columns.found.reading.kept, *columns.found.reading.unused):
        if of.match(fold(columns.sheet.headings[at])):
            out |= told_of(columns.sheet.cells[at], test)
    return out


def _stayed(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell of which rows a column that is kept, whatever its heading, says that the journey was not made."""
    columns = rows.columns
    out = np.zeros(len(columns.sheet), dtype=bool)
    for at in (*columns.found.reading.kept, *columns.found.reading.unused):
        texts = columns.sheet.cells[at]
        out |= told_of(texts.where(matches(texts, _MAY_STAY)), _stayed_behind)
    return out


def away_beside(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell of which rows the brackets behind the name say that the person was not there."""
    columns = rows.columns
    if BESIDE not in columns.sheet.headings:
        return np.zeros(len(columns.sheet), dtype=bool)
    return told_of(columns.sheet.cells[columns.sheet.headings.index(BESIDE)], is_away)


def stayed_at_home(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell which rows say in the column of places that the person stayed at home: the home is no place of a list."""
    said = told_of(rows.columns.text("place"), lambda text: _NOWHERE.fullmatch(fold(text).strip(" .")) is not None)
    if said.any():
        rows.columns.sheet.report(
            rows.columns.log, "visit.at_home", column=rows.columns.at("place"), count=int(said.sum())
        )
    return said


def without_whole_units(columns: Columns, place: pd.Series) -> pd.Series:
    """Return places without those that are a whole province or district: not all who are there are together."""
    wide = told_of(place, is_whole_unit)
    if wide.any():
        columns.sheet.report(columns.log, "place.too_wide", column=columns.at("place"), count=int(wide.sum()))
    return place.mask(wide)


def told_absent(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell who was not there, as brackets behind the name say, or a remark of a list with the day in its title."""
    columns, own = rows.columns, ("visit_start", "visit_date", "day", "index")
    of_title = columns.has("shift", "hours") and not columns.has(*own)
    away = away_beside(rows) | _said(rows, _never_came) | _said(rows, _is_off, _STATUS)
    away |= _stayed(rows)
    away |= told_of(columns.text("shift"), _is_off_duty)
    return away | absent(rows) if of_title else away


def not_there(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell who in a list with hours has none and was not there: a remark says so, else it is asked once.

    Only where the day is that of the title: a row with a day of its own was there.
    """
    columns = rows.columns
    none = told_absent(rows) | left_open(rows) | denied(rows)
    if not columns.has("visit_start") or columns.has("visit_date", "day", "index"):
        return none
    empty = (columns.text("visit_start").isna() & columns.text("visit_end").isna()).to_numpy(dtype=bool)
    if not empty.any() or empty.mean() > _MOST:
        return none
    away = none | (empty & _said(rows, lambda text: any(map(_is_absent, re.split(r"[,;.(]", text)))))
    unsure = np.flatnonzero(empty & ~away & ~columns.bad)
    if not len(unsure) or rows.fact("day") is None:
        return away
    yes = _("yes, at an hour that is not known")
    if hours_of_gathering(rows) is not None:
        yes = _("yes, at the hours in the title")
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("Some rows tell no hour: were these people there?"),
        rows=unsure,
        column=columns.at("visit_start"),
        choices=[Choice(YES, yes), Choice(NO, _("no"))],
    )
    if answer is None:
        columns.query("visit.no_hour", unsure, columns.at("visit_start"))
    if answer != YES:
        away[unsure] = True
    return away


def denied(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell who was not where the list says, in the words of a remark; where hours are told, too, it is asked once."""
    columns = rows.columns
    said = _said(rows, _went_not)
    timed = np.zeros(len(said), dtype=bool)
    for name in ("visit_start", "visit_end", "hours"):
        timed |= columns.text(name).notna().to_numpy(dtype=bool)
    unsure = np.flatnonzero(said & timed & ~columns.bad)
    if not len(unsure):
        return said
    at = columns.at(next(name for name in ("visit_start", "visit_end", "hours") if columns.has(name)))
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("A remark says that these people did not go there, and the row tells hours: were they there?"),
        rows=unsure,
        column=at,
        choices=[Choice(YES, _("yes")), Choice(NO, _("no"))],
    )
    if answer is None:
        columns.query("visit.denied", unsure, at)
    if answer == YES:
        said[unsure] = False
    return said


def _went_not(text: str) -> bool:
    """Tell whether a part of a remark says that somebody did not go: ``định đi nhưng không đi nữa``."""
    return any(_WENT_NOT.fullmatch(part.strip(" !")) is not None for part in _PARTS.split(fold(text)))


def _never_came(text: str) -> bool:
    """Tell whether a part of a remark says that somebody did not come: ``gửi tiền, không đến``."""
    return NO_SHOW.match(text.strip()) is not None or any(never_came(part) for part in _PARTS.split(text))


def _stayed_behind(text: str) -> bool:
    """Tell whether a part of a text says that somebody did not make a journey: ``hủy vé``."""
    return any(map(stayed_behind, _PARTS.split(text)))


def _is_off(status: str) -> bool:
    """Tell whether the status of a booking says that nobody came, or not yet."""
    return _never_came(status) or _AWAITED.match(fold(status).strip(" .")) is not None


def hours_of_gathering(rows: ListRows) -> tuple[str, str] | None:
    """Return from when to when something was that people came to and left, as the title tells it with its day.

    It holds for who came or left at no hour of their own: ``dự lễ cầu an 7h30 - 11h00 ngày 16/5``.
    """
    columns = rows.columns
    told = next((fact for fact in columns.sheet.facts if fact.name == "hours" and fact.source == "title"), None)
    if told is None or rows.fact("day") is None or not _GATHERING.search(told.text) or _of_case(told.text):
        return None
    if not columns.has("visit_start") or not columns.has("visit_end") or columns.has("visit_date", "day", "index"):
        return None
    first, last = read_hours(told.value)
    return None if first is None or last is None else (first, last)


def _of_case(text: str) -> bool:
    """Tell whether the hours of a title are those of a case: ``F0: BN34 có mặt cả ngày (9h-16h)``."""
    told = next((part for part in _SENTENCES.split(text) if read_hours(part)[1] is not None), "")
    return _CASE_IN.search(fold(told)) is not None


def left_open(rows: ListRows) -> npt.NDArray[np.bool_]:
    """Tell who was not there, of those of whom their cell leaves it open: that is asked once for each cell."""
    columns = rows.columns
    away = np.zeros(len(columns.sheet), dtype=bool)
    for heading, (question, choices) in _OPEN.items():
        if heading not in columns.sheet.headings:
            continue
        at = columns.sheet.headings.index(heading)
        cells, names = columns.sheet.cells[at], columns.text("name")
        for cell in sorted(cells.dropna().unique()):
            named = (cells == cell).fillna(False).to_numpy(dtype=bool)
            first = named & told_of(names, cell.startswith)
            where = np.flatnonzero(named)
            answer = columns.asked.ask(
                columns.sheet, "value", question, row=int(where[0]), rows=where, column=at, said=cell, choices=choices
            )
            if answer is None:
                columns.query("visit.unsure", where, at)
            away |= {FIRST: named & ~first, SECOND: first, YES: away & False}.get(answer or NO, named)
    return away


_OPEN: Final[dict[str, tuple[Text, tuple[Choice, ...]]]] = {
    SWAP: (
        _("One of these two stood in for the other: who was there?"),
        (
            Choice(FIRST, _("the one who is named first")),
            Choice(SECOND, _("the one in brackets")),
            Choice(YES, _("both")),
        ),
    ),
    SAME_CELL: (
        _("The last of these names was away, say its brackets: were the others of the cell there?"),
        (Choice(YES, _("yes")), Choice(NO, _("no: the brackets are about all of them"))),
    ),
}
