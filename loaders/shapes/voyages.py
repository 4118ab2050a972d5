"""Books of boats, a row for each voyage or each of its crew: who was aboard from leaving to return."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from loaders.columns.looks import is_name
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, plain, read_headings
from loaders.place_words import POST
from loaders.shapes.name_cells import name_alone
from loaders.shapes.on_duty import people_in
from tracing.patterns import regex
from tracing.spelling import fold

_LEAVES: Final = regex(r"\b(?:xuat|roi) (?:ben|cang)\b|\bra khoi\b|\bdi bien\b")
_RETURNS: Final = regex(r"\b(?:nhap|cap|ve|vao) (?:ben|cang|bo)\b")
#: The same in a book that has a row for each of the crew.
_GOES: Final = regex(rf"{_LEAVES.pattern}|^ngay di(?: bien)?$|^(?:left|departure)\b")
_COMES: Final = regex(rf"{_RETURNS.pattern}|^ngay (?:ve|den)(?: ben)?$|^(?:returned|return)\b")
_DAY: Final = r"\d{1,2}[/.-]\d{1,2}|\d{4}-\d\d-\d\d"
_CREW: Final = regex(r"\b(?:thuyen vien|ngu phu|ban thuyen|crew)\b")
_CAPTAIN: Final = regex(r"\b(?:thuyen truong|tai cong|captain|skipper)\b")
_OWNER: Final = regex(r"\bchu (?:tau|ghe|phuong tien)\b|\bowner\b")
_RESULT_ON_RETURN: Final = regex(r"\b(?:kq|ket qua|test|xn)\b.*\bkhi (?:vao|ve|nhap|cap)\b")
#: What each of several was found to be: ``Tép (+), còn lại (-)``.
_EACH: Final = regex(
    r"\s{0,3}(?P<who>[^\W\d_][^,;()+]{0,40}?)\s{0,3}[:\-]?\s{0,3}"
    r"(?P<found>\([+-]\)|(?i:âm tính|dương tính))\s{0,3}(?:[,;.]|$)"
)
_REST: Final = regex(r"con lai|cac nguoi khac|nhung nguoi khac|others?|the rest")
FROM, TO = "Thời gian vào", "Thời gian ra"
"""Headings of when somebody went aboard and came back."""
_BOAT: Final = "Số đăng ký tàu"
#: The number of a fishing boat: ``KG 91234 TS``, ``CM-91337-TS``.
_NUMBER: Final = regex(r"(?i)[A-ZĐ]{2,3}[ .-]?\d{4,5}[ .-]?B?TS")
_SAMPLED, _KEPT = "Ngày lấy mẫu", "Ghi chú (thuyền trưởng)"


def with_voyages(sheet: Sheet) -> Sheet:
    """Return such a book with a row for each person aboard; any other sheet as it is."""
    said = [fold(heading) for heading in sheet.headings]
    sheet = _with_boats_named(sheet, said)
    boat = read_headings(sheet.headings, PEOPLE, {}).columns.get("boat")
    leaves, returns, crew = (_one(said, pattern) for pattern in (_LEAVES, _RETURNS, _CREW))
    if sheet.origin is not None or boat is None:
        return sheet
    if leaves is None or returns is None or crew is None:
        return _with_each_aboard(sheet, said)
    captain, owner, result = (_one(said, pattern) for pattern in (_CAPTAIN, _OWNER, _RESULT_ON_RETURN))
    aboard = [(row, one) for row in range(len(sheet)) for one in _aboard(sheet, row, crew, captain, owner)]
    if not any(is_name(name_alone(one)) for _, one in aboard):
        return sheet
    rows = [row for row, _ in aboard]
    told: dict[int, list[str | None]] = {crew: [one for _, one in aboard]}
    if result is not None:
        told[result] = [_result_of(_text(sheet, row, result), one) for row, one in aboard]
    start, end = ([_moment(sheet, row, at) for row in rows] for at in (leaves, returns))
    facts = [f for f in sheet.facts if f.name not in ("place", "site") or not POST.match(fold(f.value))]
    out = replace(sheet.with_rows_of(rows, told), facts=tuple(facts))  # who keeps the book is where nobody of it was
    headings = ["Họ và tên" if at == crew else _KEPT if at == captain else text for at, text in enumerate(out.headings)]
    out = replace(out, headings=tuple(headings)).with_column(FROM, start, letter=sheet.letters[leaves])
    out = out.with_column(TO, end, letter=sheet.letters[returns])
    if result is not None:
        out = out.with_column(_SAMPLED, [_text(sheet, row, returns) for row in rows], letter=sheet.letters[returns])
    return out.without_columns(
        {at for day in (leaves, returns) for at in (day, _hour_behind(sheet, day)) if at is not None}
    )


def _with_boats_named(sheet: Sheet, said: list[str]) -> Sheet:
    """Return a book whose column of numbers of boats is called something else, ``Số đăng ký``, with it called so."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    days = any(map(_GOES.search, said)) and any(map(_COMES.search, said))
    if sheet.origin is not None or not days or {"boat", "vehicle"} & set(columns):
        return sheet
    for at in (at for at in range(len(sheet.headings)) if at not in columns.values()):
        _, distinct = distinct_texts(sheet.cells[at])
        if distinct and all(_NUMBER.fullmatch(text.strip()) for text in distinct):
            return replace(sheet, headings=(*sheet.headings[:at], _BOAT, *sheet.headings[at + 1 :]))
    return sheet


def _with_each_aboard(sheet: Sheet, said: list[str]) -> Sheet:
    """Return a book with a row for each of a crew as one of stays aboard; whoever has no day was not aboard."""
    names = read_headings(sheet.headings, PEOPLE, {}).columns.get("name", _one(said, _CAPTAIN))
    leaves, returns = _one(said, _GOES), _one(said, _COMES)
    if names is None or leaves is None or returns is None or leaves == returns or _days(sheet, leaves, returns) is None:
        return sheet
    facts = tuple(fact for fact in sheet.facts if fact.name not in ("place", "site", "day"))
    start, end = ([_moment(sheet, row, at) for row in range(len(sheet))] for at in (leaves, returns))
    out = replace(sheet, facts=facts, as_read=sheet.original).with_column(FROM, start, letter=sheet.letters[leaves])
    out = out.with_column(TO, end, letter=sheet.letters[returns])
    return out.without_columns(
        {at for day in (leaves, returns) for at in (day, _hour_behind(sheet, day)) if at is not None}
    )


def _days(sheet: Sheet, *columns: int) -> int | None:
    """Return how many cells of columns hold a day; None where one of them holds none at all."""
    found = [int(sheet.cells[at].str.contains(_DAY).fillna(False).sum()) for at in columns]
    return sum(found) if all(found) else None


def _one(said: list[str], pattern: re.Pattern[str]) -> int | None:
    """Return the one column whose heading speaks of something, and is no number of it; None of none or several."""
    found = [at for at, text in enumerate(said) if pattern.search(text) and not text.startswith(("so ", "sdt", "gio "))]
    return found[0] if len(found) == 1 else None


def _text(sheet: Sheet, row: int, at: int) -> str | None:
    text = sheet.cells[at].iloc[row]
    return text if isinstance(text, str) else None


def _aboard(sheet: Sheet, row: int, crew: int, captain: int | None, owner: int | None) -> list[str]:
    """Return crew and captain of a voyage, each with what the cell tells of them; the captain may be the owner."""
    first = _text(sheet, row, captain) if captain is not None else None
    if first is not None and owner is not None and _OWNER.search(fold(first)):
        first = _text(sheet, row, owner)
    named = people_in(_text(sheet, row, crew) or "")
    return [*([first] if first is not None and first not in named else []), *named]


def _moment(sheet: Sheet, row: int, day: int) -> str | None:
    """Return a day with the hour in the column behind it, where that is one of hours."""
    hour = _hour_behind(sheet, day)
    parts = [_text(sheet, row, day), None if hour is None else _text(sheet, row, hour)]
    return " ".join(part for part in parts if part) or None if parts[0] else None


def _hour_behind(sheet: Sheet, day: int) -> int | None:
    heading = sheet.headings[day + 1] if day + 1 < len(sheet.headings) else ""
    return day + 1 if plain(re.sub(r"\([A-Z]{1,2}\)$", "", heading.strip())) in ("gio", "luc", "time") else None


def _result_of(text: str | None, who: str) -> str | None:
    """Return the result of one of a crew, where the cell tells that of each by name."""
    found = [] if text is None else list(_EACH.finditer(text))
    if len(found) < 2 or "".join(match[0] for match in found).strip() != (text or "").strip():
        return text
    name = fold(name_alone(who)).split()
    own = [match["found"] for match in found if name[-len(match["who"].split()) :] == fold(match["who"]).split()]
    rest = [match["found"] for match in found if _REST.fullmatch(fold(match["who"]))]
    return own[0] if len(own) == 1 else rest[0] if not own and len(rest) == 1 else text
