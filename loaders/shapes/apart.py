"""Rows that say more than one thing, told apart: driver and mates, several times in and out, people under their tables.

What comes out is a list with a row for each, under the numbers of the rows that it was read from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.by_words import WHO
from loaders.columns.diary import read_diary
from loaders.columns.looks import is_name
from loaders.columns.references import is_answer
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, is_known, plain, read_headings, spaced
from loaders.files.spelt import Spelt
from loaders.place_words import POST
from loaders.shapes.duty import is_called
from loaders.shapes.name_cells import name_alone
from loaders.shapes.on_duty import people_in
from loaders.shapes.several_names import without_kin
from tracing.patterns import regex
from tracing.spelling import fold

#: Fields of a row with a driver that are the driver's own and not those of who sits beside.
_OWN: Final = frozenset(
    {
        *("phone", "driver_phone", "national_id", "birth_date", "birth_year", "age", "sex", "address", "commune"),
        *("hamlet", "test_result", "sample", "method", "ct", "test_code", "symptoms", "sample_hour"),
    }
)
_IN: Final = r"(?:gio|tg|thoi gian|luc|time|check|clock)?(?:vao|den|in|qua)"
_OUT: Final = r"(?:gio|tg|thoi gian|luc|time|check|clock)?(?:ra|ve|di|out)"
#: A numbered column of times: ``Giờ vào 2``, ``Ra lần 1``, ``Time in (2)``.
_PASS: Final = regex(rf"(?:(?P<enter>{_IN})|(?P<leave>{_OUT}))(?:lan|luot|so|dot)?(?P<number>[1-9])")
GROUP: Final = Spelt(
    r"(?i)(bàn|mâm|tổ|nhóm|lớp|phòng|dãy|table|group|team|room|tisch|groupe)\s*(?:số\s*|no\.?\s*)?(\d{1,3}|[A-Z]\d{0,2})"
)
_GROUP_HEADINGS: Final = {
    "mâm": "Bàn",
    "mam": "Bàn",
    "ban": "Bàn",
    "to": "Tổ",
    "nhom": "Nhóm",
    "lop": "Lớp",
    "phong": "Phòng",
    "day": "Dãy",
    "table": "Bàn",
    "tisch": "Bàn",
    "group": "Nhóm",
    "groupe": "Nhóm",
}
#: Values that are no headings: telephone and identity numbers, whole days, codes.
_VALUE: Final = regex(
    r"(?:\+?84|0)\d{9}|\d{9,12}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2}(?:[T ].*)?|(?:19|20)\d\d|[A-ZĐ]{2,5}-?\d{2,}"
)
_PASSENGERS: Final = regex(r"\b(?:khach|hanh khach|passenger|customer|nguoi goi)\b")
#: A telephone number or a year behind a name.
_NUMBERS: Final = regex(r"\(?(?<!\d)(?:(?:\+?84|0)(?:[ .-]?\d){9}|(?:19|20)\d\d)(?!\d)\)?")
_ENOUGH: Final = 0.7
_LOOKED_AT: Final = 200


def apart(sheet: Sheet) -> Sheet:
    """Return a sheet with a row for each person and each time in; a sheet whose rows say one thing as it is."""
    if sheet.origin is not None:
        return sheet
    return _with_passes(_with_crew(_with_groups(_with_days(_with_first_row(sheet)))))


def _with_first_row(sheet: Sheet) -> Sheet:
    """Take headings for a row where they are values of one: a file without headings."""
    values = sum(bool(_VALUE.fullmatch(heading.strip())) for heading in sheet.headings)
    if values < 2 or any(is_known(heading) for heading in sheet.headings) or sheet.titles or not len(sheet):
        return sheet
    first = pd.DataFrame({at: pd.array([text], dtype="string") for at, text in enumerate(sheet.headings)})
    headings = tuple(f"({letter or at + 1})" for at, letter in enumerate(sheet.letters))
    moved = {(row + 1, at): text for (row, at), text in sheet.errors.items()}
    return replace(
        sheet,
        headings=headings,
        cells=pd.concat([first, sheet.cells.set_axis(first.columns, axis=1)], ignore_index=True),
        numbers=np.concatenate([[max(int(sheet.numbers[0]) - 1, 1)], sheet.numbers]),
        errors=moved,
        ragged={row + 1: count for row, count in sheet.ragged.items()},
        under=None,
        sections=None,
        struck=frozenset(row + 1 for row in sheet.struck),
        merged=tuple((at, first_row + 1, last + 1) for at, first_row, last in sheet.merged),
    )


def _with_days(sheet: Sheet) -> Sheet:
    """Fill the days, or the cases before the names, in a first column that gives them once for all rows below."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    first = next((i for i in range(len(sheet.headings)) if not is_numbering(sheet.cells[i])), None)
    at = columns.get("day", columns.get("visit_date"))
    if at != first and {"name", "f1_name"} & columns.keys():
        at = columns.get("index")
    if at is None or at != first or not len(sheet):
        return sheet
    texts = sheet.cells[at]
    empty = int(texts.isna().sum())
    each = texts.dropna()
    if not empty or pd.isna(texts.iloc[0]) or (at == columns.get("index") and (each == each.shift()).any()):
        return sheet
    cells = sheet.cells.copy()
    cells[at] = texts.ffill()
    return replace(sheet, cells=cells, dittos=sheet.dittos + empty)


def _with_crew(sheet: Sheet) -> Sheet:
    """Make a row for the driver and one for each who travels along, where nobody else is what a row is about."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = columns.get("driver")
    if at is None or WHO & set(columns):
        return sheet
    if read_diary(sheet, {}) is not None and not POST.match(fold(sheet.fact("place") or "")):
        return sheet  # a diary tells where one vehicle went; a post, who passed it
    beside = [columns[name] for name in ("mate", "people_met") if name in columns]
    told: list[tuple[int, bool, str | None]] = []
    for row in range(len(sheet)):
        told.append((row, True, _cell(sheet, row, at)))
        told += [
            (row, False, name) for other in beside for name in _aboard(_cell(sheet, row, other)) if _is_named(name)
        ]
    theirs = columns.get("phone") if _PASSENGERS.search(spaced(sheet.headings[columns.get("phone", at)])) else None
    if theirs is not None:  # a ride of which only the telephone of the passenger is told
        called = [row for row in range(len(sheet)) if _cell(sheet, row, theirs)]
        told = sorted([*told, *((row, False, None) for row in called)], key=lambda one: one[0])
    own = {columns[name] for name in _OWN if name in columns}
    headings = ["Họ và tên" if i == at else heading for i, heading in enumerate(sheet.headings)]
    if "driver_phone" in columns and "phone" not in columns:
        headings[columns["driver_phone"]] = "Số điện thoại"
    kept = [i for i in range(len(headings)) if i not in beside]
    cells = {
        i: [
            name
            if i == at
            else _cell(sheet, row, i)
            if (name is None or i != theirs) and (drives or i not in own or i == theirs)
            else None
            for row, drives, name in told
        ]
        for i in kept
    }
    texts: list[list[str | None]] = [*cells.values()]
    more = []
    for other in beside:  # of whom else the cells tell is asked as of a remark
        rest = {row: [one for one in _aboard(_cell(sheet, row, other)) if not _is_named(one)] for row, _, _ in told}
        if any(rest.values()):
            more.append(other)
            texts.append(["; ".join(rest[row]) or None if drives else None for row, drives, _ in told])
    said = [*(headings[i] for i in kept), *(f"Ghi chú ({sheet.headings[i]})" for i in more)]
    return _rebuilt(sheet, said, [*kept, *more], texts, [row for row, _, _ in told])


def _with_passes(sheet: Sheet) -> Sheet:
    """Make a row for each time in and out of a row that tells several."""
    found: dict[int, dict[str, int]] = {}
    for at, heading in enumerate(sheet.headings):
        match = _PASS.fullmatch(plain(heading.rpartition(" › ")[2])) or _PASS.fullmatch(plain(heading))
        if match is not None:
            found.setdefault(int(match["number"]), {})["enter" if match["enter"] else "leave"] = at
    numbers = sorted(number for number, columns in found.items() if "enter" in columns)
    if len(numbers) < 2:
        return sheet
    rows = [
        (row, number)
        for row in range(len(sheet))
        for number in numbers
        if number == numbers[0] or any(_cell(sheet, row, at) for at in found[number].values())
    ]
    timed = {at for columns in found.values() for at in columns.values()}
    kept = [at for at in range(len(sheet.headings)) if at not in timed]
    texts: list[Sequence[str | None]] = [[_cell(sheet, row, at) for row, _ in rows] for at in kept]
    for which in ("enter", "leave"):
        texts.append([_cell(sheet, row, found[n][which]) if which in found[n] else None for row, n in rows])
    first = found[numbers[0]]
    letters = [*kept, first["enter"], first.get("leave", first["enter"])]
    headings = [*(sheet.headings[at] for at in kept), "Giờ vào", "Giờ ra"]
    return _rebuilt(sheet, headings, letters, texts, [row for row, _ in rows])


def _with_groups(sheet: Sheet) -> Sheet:
    """Make a row for each name that stands below the heading of a table, a group, a room: ``Bàn 1 | Bàn 2``."""
    groups = {at: match for at, text in enumerate(sheet.headings) if (match := GROUP.fullmatch(text.strip()))}
    words = {match[1].lower() for match in groups.values()}
    if len(groups) < 2 or len(words) != 1 or WHO & set(read_headings(sheet.headings, PEOPLE, {}).columns):
        return sheet
    filled = [at for at in groups if sheet.cells[at].notna().any()]
    if not filled or not all(_are_names(sheet, at) for at in filled):
        return sheet
    told = [
        (row, at, name) for row in range(len(sheet)) for at in groups if (name := _cell(sheet, row, at)) is not None
    ]
    kept = [at for at in range(len(sheet.headings)) if at not in groups]
    texts: list[Sequence[str | None]] = [[_cell(sheet, row, at) for row, _, _ in told] for at in kept]
    texts += [[name for _, _, name in told], [groups[at][2] for _, at, _ in told]]
    word = next(iter(words))
    headings = [*(sheet.headings[at] for at in kept), "Họ và tên", group_heading(word)]
    first = min(groups)
    return _rebuilt(sheet, headings, [*kept, first, first], texts, [row for row, _, _ in told])


def group_heading(word: str) -> str:
    """Return the heading of a column of tables, teams or rooms for the word that stands before their numbers."""
    return _GROUP_HEADINGS.get(word.lower(), word.capitalize())


def is_numbering(texts: pd.Series) -> bool:
    """Tell whether a column only numbers the rows: 1, 2, 3, …"""
    numbers = [text for text in texts.iloc[:_LOOKED_AT] if isinstance(text, str)]
    start = int(numbers[0]) if numbers and numbers[0] in ("0", "1", "01") else -1
    return start >= 0 and all(text.lstrip("0") == str(at).lstrip("0") for at, text in enumerate(numbers, start))


def _are_names(sheet: Sheet, at: int) -> bool:
    """Tell whether a column holds names of people, short ones among them."""
    _, distinct = distinct_texts(sheet.cells[at])
    named = [_NUMBERS.sub("", text).strip(" -–:,") for text in distinct]
    like = list(map(is_called, named))
    return bool(like) and sum(like) >= _ENOUGH * len(like)


def _cell(sheet: Sheet, row: int, at: int) -> str | None:
    text = sheet.cells[at].iloc[row]
    return text if isinstance(text, str) else None


def _aboard(text: str | None) -> list[str]:
    """Return who sits beside a driver, without what they are to him: ``vợ Lê Thị Năm 1980``."""
    return [] if text is None or is_answer(text) else [without_kin(part) for part in people_in(text)]


def _is_named(text: str) -> bool:
    return is_called(text) or is_name(name_alone(text))


def _rebuilt(
    sheet: Sheet,
    headings: Sequence[str],
    places: Sequence[int],
    texts: Sequence[Sequence[str | None]],
    rows: Sequence[int],
) -> Sheet:
    """Return the sheet with other rows; ``places`` are the columns from which the new ones come."""
    cells = pd.DataFrame({at: pd.array(list(column), dtype="string") for at, column in enumerate(texts)})
    letters = tuple(sheet.letters[at] for at in places)
    return replace(sheet.with_rows(cells, rows), headings=tuple(headings), letters=letters, hidden=())
