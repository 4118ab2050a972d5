"""Who looks after a patient is in the room with them: the columns of carers are a list of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.columns.references import is_answer
from loaders.columns.texts import told_of
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt

#: Fields of the patient's row that hold for the carer, too -> heading under which they stand in the carers' list.
_SHARED: Final = {
    "ward": "Khoa",
    "room": "Phòng",
    "isolation_start": "Ngày vào ở",
    "visit_start": "Ngày vào ở",
    "isolation_end": "Ngày trả phòng",
    "visit_end": "Ngày trả phòng",
    "isolation_place": "Địa điểm",
    "place": "Địa điểm",
}
#: A bed by its room: ``P3-G1``, ``Phòng 12 giường 4``.
_BED: Final = r"(?i)^((?:(?:p\.|phòng|phong|buồng|buong) ?)?\w{1,6}?)[ \-/.,]{0,3}(?:gi|g|giường|giuong) ?\d{1,3}$"
_ROOM: Final = Spelt(r"(?i)\b(?:phòng|buồng)(?: bệnh)?(?: số)? ([a-z]{0,2}[.-]?\d{1,4}[a-z]?)(?!\w| (?:người|ca|bệnh))")
_PHONE: Final = r"((?:\+?84|0)(?:[ .-]?\d){9})(?!\d)"
_NOTE: Final = r"\(([^)]{0,300})\)"


def with_carers(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets, and behind each one that names carers the list of these, with the same rows' numbers."""
    out: list[Sheet] = []
    for sheet in map(_with_phones, map(_with_rooms, sheets)):
        out.append(sheet)
        columns = read_headings(sheet.headings, PEOPLE, {}).columns
        if "carer" in columns and {"room", "ward", "place", "isolation_place"} & set(columns):
            carers = _carers(sheet, columns)
            out += [carers] if len(carers) else []
    return out


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
    names = sheet.cells[found["carer"]]
    given = names.str.contains(r"[^\W\d_]{2}", regex=True).fillna(False).to_numpy(dtype=bool)
    given &= ~told_of(names, is_answer)
    phones = names.str.extract(_PHONE)[0].astype("string")
    bare = names.str.replace(_PHONE, " ", regex=True)
    told = {"Họ và tên": bare.str.replace(_NOTE, "", regex=True).str.strip(" ,;-–")}
    told["Quan hệ"] = names.str.extract(_NOTE)[0].astype("string")
    if "carer_phone" in found:
        told["SĐT"] = sheet.cells[found["carer_phone"]]
    elif phones.notna().any():
        told["SĐT"] = phones
    if "carer_start" in found:
        told["Ngày vào ở"] = sheet.cells[found["carer_start"]]
    for field, heading in _SHARED.items():
        if field in found and heading not in told:
            told[heading] = sheet.cells[found[field]]
    told = {heading: texts[given].reset_index(drop=True) for heading, texts in told.items()}
    return sheet.with_table(told, letter=sheet.letters[found["carer"]], numbers=sheet.numbers[given], origin=None)
