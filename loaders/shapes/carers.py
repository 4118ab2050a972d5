"""Who looks after a patient is in the room with them: the columns of carers are a list of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from loaders.columns.looks import is_name
from loaders.columns.meetings import read_days
from loaders.columns.references import is_answer
from loaders.columns.related import read_related
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.several_names import SHARED
from tracing.patterns import regex
from tracing.spelling import fold

START, END = "Ngày vào ở", "Ngày trả phòng"
"""Headings of the first and the last day of a carer."""
#: Fields of the patient's row that hold for the carer, too -> heading under which they stand in the carers' list.
_SHARED: Final = {
    "ward": "Khoa",
    "room": "Phòng",
    "isolation_start": START,
    "visit_start": START,
    "isolation_end": END,
    "visit_end": END,
    "isolation_place": "Địa điểm",
    "place": "Địa điểm",
}
#: Fields of the patient's row that tell of the carer -> heading under which they stand in the carers' list.
_OWN: Final = {"carer_birth_year": "Năm sinh", "carer_start": START, "carer_end": END}
#: A bed by its room: ``P3-G1``, ``Phòng 12 giường 4``.
_BED: Final = r"(?i)^((?:(?:p\.|phòng|phong|buồng|buong) ?)?\w{1,6}?)[ \-/.,]{0,3}(?:gi|g|giường|giuong) ?\d{1,3}$"
_ROOM: Final = Spelt(r"(?i)\b(?:phòng|buồng)(?: bệnh)?(?: số)? ([a-z]{0,2}[.-]?\d{1,4}[a-z]?)(?!\w| (?:người|ca|bệnh))")
_PHONE: Final = r"((?:\+?84|0)(?:[ .-]?\d){9})(?!\d)"
_NOTE: Final = r"\(([^)]{0,300})\)"


#: What parts several carers in a cell, outside of brackets.
_PARTS: Final = regex(r"(?:\s{0,3}[;,\n+&]\s{0,3}|(?<=\S)\s{1,3}(?:và|and)\s{1,3})(?![^()]{0,120}\))")
_DAY: Final = r"(?<![\d/])\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?(?![\d/])"
#: Days in brackets behind a carer, with the words before them: ``(con, ngày 04/5)``, ``(vợ, từ 3/5 đến 5/5)``.
_WHEN: Final = regex(
    rf"(?i)(?:[,;–-]|\b(?:và|từ|đến|tới|ngày|hôm|chỉ|các|on|from|until|since|to|only)\b|{_DAY}|\s){{0,12}}{_DAY}"
)
#: Headings of who came to see a patient, without accents.
_VISITED: Final = regex(
    r"(?:(?:nguoi|khach|nguoi nha|ho ten nguoi) )?(?:(?:den|vao|da) )*tham"
    r"(?: (?:benh|nuoi|hoi|bn|benh nhan|nguoi benh))*"
    r"(?:,? ?\(?(?:ngay|gio|luc|thoi gian)\b.{0,30})?|visitors?(?: .{0,20})?"
)
_SEEN: Final = "Người thăm (danh sách riêng)"
_LINES: Final = regex(r"\s{0,3}[;\n]\s{0,3}")
#: A name at the beginning of a text, and what follows it.
_FIRST_NAME: Final = regex(
    r"(?:\d{1,2}[.)]\s*|[-•+]\s*)?(?P<name>[A-ZÀ-ỸĐ][^\W\d_]{0,15}(?:\s[A-ZÀ-ỸĐ][^\W\d_]{0,15}){1,5})(?P<rest>[\s,(:–-].*)"
)
#: That somebody came and did not see the patient, without accents.
_NOT_LET_IN: Final = regex(
    r"\bkhong (?:cho|duoc)(?: phep)? vao\b|\bkhong (?:vao|gap|den|toi)\b|\b(?:chi )?(?:gui do|dung ngoai|ngoai cong)\b"
    r"|\bnot let in\b|\bdid not (?:enter|come)\b"
)
_ALWAYS: Final = ((None, None),)
_DASH: Final = regex(r"\s*[-–]\s+|\s+[-–]\s*")


@dataclass(frozen=True)
class _Carer:
    """Who looks after a patient, what they are to the patient, and the times at which they were there."""

    name: str
    relation: str | None
    phone: str | None
    times: tuple[tuple[str | None, str | None], ...]


class _Visitor(NamedTuple):
    """Who came to see a patient, on which day, at which hours; no day of who was not let in."""

    name: str
    relation: str | None
    phone: str | None
    day: str | None
    hours: str | None


def with_carers(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets, and behind each one that names carers the list of these, with the same rows' numbers."""
    out: list[Sheet] = []
    for sheet in map(_with_phones, map(_with_rooms, sheets)):
        out.append(sheet)
        if has_carers(sheet):
            carers = _carers(sheet, read_headings(sheet.headings, PEOPLE, {}).columns)
            out += [carers] if len(carers) else []
        out += _visitors(sheet)
    return [_without_visitors(sheet) for sheet in out]


def with_visitors_named(sheet: Sheet) -> Sheet:
    """Return a register of who came to see patients, at which hours of which day, with the visitors as whom it is of.

    ``Ngày | Họ tên người nhà | Thăm bệnh nhân | Phòng | Giờ vào | Giờ ra``: nobody else has a name of their own there.
    """
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = columns.get("carer")
    if at is None or sheet.origin is not None or {"name", "first_name", "person", "bed"} & set(columns):
        return sheet
    if not {"visit_start", "hours"} & set(columns) or not {"day", "visit_date", "moment"} & set(columns):
        return sheet
    return replace(sheet, headings=tuple("Họ và tên" if i == at else text for i, text in enumerate(sheet.headings)))


def has_carers(sheet: Sheet) -> bool:
    """Tell whether a list of patients names who looks after them, and where: of these a list is made."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    return "carer" in columns and bool({"room", "ward", "place", "isolation_place"} & set(columns))


def _column_of_visitors(sheet: Sheet) -> tuple[int, list[tuple[int, _Visitor]]] | None:
    """Return the column of a list of patients that tells who came to see them, and each with the row; None without.

    So where every cell tells names with their days; what else stands there is asked about.
    """
    reading = read_headings(sheet.headings, PEOPLE, {})
    if not {"name", "first_name"} & set(reading.columns) or not {"room", "ward"} & set(reading.columns):
        return None
    at = next((at for at in reading.unused if _VISITED.fullmatch(fold(sheet.headings[at]))), None)
    if at is None:
        return None
    found: list[tuple[int, _Visitor]] = []
    for row, text in enumerate(sheet.cells[at]):
        told = [_visitor(part) for part in _LINES.split(text) if part.strip()] if isinstance(text, str) else []
        if not all(told):
            return None
        found += [(row, one) for one in told if one is not None and one.day is not None]
    return (at, found) if found else None


def _visitors(sheet: Sheet) -> list[Sheet]:
    """Return the list of those who came to see the patients of a list, where a column tells them with their days."""
    told = _column_of_visitors(sheet)
    if told is None:
        return []
    at, found = told
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    rows = np.array([row for row, _ in found], dtype=np.int64)
    cells = {
        "Họ và tên": _texts([one.name for _, one in found]),
        "Quan hệ": _texts([one.relation for _, one in found]),
        "SĐT": _texts([one.phone for _, one in found]),
        "Ngày": _texts([one.day for _, one in found]),
        "Giờ": _texts([one.hours for _, one in found]),
    }
    for field in ("ward", "room", "place"):
        if field in columns:
            cells[_SHARED[field]] = sheet.cells[columns[field]].iloc[rows].reset_index(drop=True)
    cells = {heading: texts for heading, texts in cells.items() if texts.notna().any()}
    return [sheet.with_table(cells, letter=sheet.letters[at], numbers=sheet.numbers[rows], origin=None)]


def _without_visitors(sheet: Sheet) -> Sheet:
    """Return a list of patients with the column of which the list of their visitors was made as one that is kept."""
    told = _column_of_visitors(sheet)
    if told is None:
        return sheet
    return replace(sheet, headings=tuple(_SEEN if at == told[0] else text for at, text in enumerate(sheet.headings)))


def _visitor(text: str) -> _Visitor | None:
    """Return who came to see a patient and on which day; without a day who was not let in; None of another text."""
    phone = re.search(_PHONE, text)
    text = re.sub(_PHONE, " ", text)
    match = _FIRST_NAME.match(text.strip())
    if match is None or not is_name(match["name"].strip()):
        return None
    rest = match["rest"]
    note = re.match(rf"\s*{_NOTE}", rest)
    relation = note[1].strip() if note is not None and not re.search(r"\d", note[1]) else None
    name, number = match["name"].strip(), phone[1] if phone else None
    if _NOT_LET_IN.search(fold(rest)):
        return _Visitor(name, relation, number, None, None)
    when = read_days(rest if relation is None else rest[note.end() :] if note is not None else rest)
    return None if when is None or when.days is None else _Visitor(name, relation, number, when.days, when.hours)


def _with_phones(sheet: Sheet) -> Sheet:
    """Return a list of patients whose only telephone stands right behind the carer with it as the carer's."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    carer, phone = columns.get("carer"), columns.get("phone")
    if carer is None or phone != carer + 1 or "carer_phone" in columns:
        return sheet
    headings = ("SĐT người nuôi bệnh" if at == phone else text for at, text in enumerate(sheet.headings))
    return replace(sheet, headings=tuple(headings))


def _with_rooms(sheet: Sheet) -> Sheet:
    """Return a list of patients and carers that names beds and no rooms with the rooms: ``P3-G1`` is in room P3."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if not {"carer", "bed"} <= set(columns) or {"room", "place", "isolation_place"} & set(columns):
        return sheet
    beds = sheet.cells[columns["bed"]]
    rooms = beds.str.strip().str.extract(_BED)[0]
    told = _room_of(sheet)
    rooms = rooms.fillna(beds if told is None else told)
    return sheet.with_column("Phòng", [None if pd.isna(room) else str(room) for room in rooms])


def _room_of(sheet: Sheet) -> str | None:
    """Return the one room that the lines above a list of patients name: ``người nuôi bệnh phòng 6``."""
    found = {match for line in sheet.titles for match in _ROOM.of(line.text).findall(line.text)}
    return found.pop() if len(found) == 1 else None


def _carers(sheet: Sheet, found: Mapping[str, int]) -> Sheet:
    """Return the list of the carers: a row for each of them, and for each time at which one was there."""
    told = {text: _told(text) for text in distinct_texts(sheet.cells[found["carer"]])[1]}
    named = [told[text] if isinstance(text, str) else [] for text in sheet.cells[found["carer"]]]
    each = [
        (row, number, carer, time)
        for row, carers in enumerate(named)
        for number, carer in enumerate(carers)
        for time in carer.times
    ]
    rows = np.array([row for row, *_ in each], dtype=np.int64)
    phones, shared = _phones(sheet, found.get("carer_phone"), named)
    cells = {
        "Họ và tên": _texts([carer.name for _, _, carer, _ in each]),
        "Quan hệ": _texts([carer.relation for _, _, carer, _ in each]),
        "SĐT": _texts([phones[row][number] for row, number, *_ in each]),
        SHARED: _texts([shared[row] for row in rows]),
    }
    for field, heading in _OWN.items():
        if field in found:
            cells[heading] = sheet.cells[found[field]].iloc[rows].reset_index(drop=True)
    for field, heading in _SHARED.items():
        if field in found:
            theirs = sheet.cells[found[field]].iloc[rows].reset_index(drop=True)
            own = cells.get(heading)
            cells[heading] = theirs if own is None else own.fillna(theirs)
    for heading, end in ((START, 0), (END, 1)):
        days = _texts([time[end] for *_, time in each])
        if days.notna().any():
            cells[heading] = days.fillna(cells[heading]) if heading in cells else days
    cells = {heading: texts for heading, texts in cells.items() if heading != SHARED or texts.notna().any()}
    return sheet.with_table(cells, letter=sheet.letters[found["carer"]], numbers=sheet.numbers[rows], origin=None)


def _texts(told: Sequence[str | None]) -> pd.Series:
    return pd.Series(told, dtype="string")


def _phones(
    sheet: Sheet, at: int | None, named: Sequence[Sequence[_Carer]]
) -> tuple[list[list[str | None]], list[str | None]]:
    """Return the telephone of each carer of each row, and what the column of telephones tells of which nobody knows."""
    own = [[carer.phone for carer in carers] for carers in named]
    shared: list[str | None] = [None] * len(named)
    for row, (carers, text) in enumerate(
        zip(named, [None] * len(named) if at is None else sheet.cells[at], strict=True)
    ):
        if at is None or not carers or not isinstance(text, str):
            continue
        beside = re.findall(_PHONE, text)
        if len(carers) == 1:
            own[row] = [text]
        elif len(beside) == len(carers):
            own[row] = beside
        else:
            shared[row] = f"{sheet.headings[at]}: {text}"
    return own, shared


def _told(text: str) -> list[_Carer]:
    """Return the carers that a cell names; none where it says that there is nobody."""
    if is_answer(text) or re.search(r"[^\W\d_]{2}", text) is None:
        return []
    parts = [part for part in _PARTS.split(text) if part.strip()]
    several = len(parts) > 1 and all(is_name(_name_of(part)) for part in parts)
    return [_carer(part) for part in (parts if several else [text])]


def _name_of(text: str) -> str:
    """Return who looks after a patient without the telephone and what stands in brackets."""
    return re.sub(_NOTE, "", re.sub(_PHONE, " ", text)).strip(" ,;-–")


def _carer(text: str) -> _Carer:
    note = re.search(_NOTE, text)
    phone = re.search(_PHONE, text)
    said = note[1] if note else ""
    times = _times(said)
    relation = _WHEN.sub("", said).strip(" ,;-–") if times != _ALWAYS else said
    name, kin = _without_kin(_name_of(text))
    return _Carer(name, relation or kin, phone[1] if phone else None, times)


def _without_kin(name: str) -> tuple[str, str | None]:
    """Return a name without what its bearer is to the patient behind a dash, and that: ``Lê Thị Sáu - con dâu``."""
    parts = _DASH.split(name, maxsplit=1)
    told = read_related(parts[1]) if len(parts) == 2 and is_name(parts[0]) else None
    return (name, None) if told is None or told.of is not None else (parts[0], parts[1].strip())


def _times(note: str) -> tuple[tuple[str | None, str | None], ...]:
    """Return first and last day of each time at which a carer was there; None of both: as the patient."""
    days = re.findall(_DAY, note)
    said = fold(note)
    if len(days) == 2 and re.search(r"\bden\b|\d ?[-–] ?\d", said):
        return ((days[0], days[1]),)
    if len(days) == 1 and re.search(r"\b(?:tu|from|since)\b", said):
        return ((days[0], None),)
    if len(days) == 1 and re.search(r"\b(?:den|toi|until)\b", said):
        return ((None, days[0]),)
    return tuple((day, day) for day in days) or _ALWAYS
