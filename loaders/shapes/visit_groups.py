"""Groups of columns of hours, ``Lượt 1 › Vào | Ra``, ``Thứ hai 02/8 › Giờ đến | Giờ về``: a row for each group told."""

from __future__ import annotations

from typing import Final

from loaders.columns.hours import read_hours
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, field_of
from loaders.files.heads import DAY_TOLD
from tracing.patterns import regex
from tracing.spelling import fold

_APART: Final = " › "
#: What a group is called but for its number.
_NUMBERED: Final = regex(r"(?P<what>(?:luot|lan|chuyen|dot|visit|trip)(?: thu)?) ?\d{1,2}")
#: Headings that only a group above them makes those of hours.
_SHORT: Final = {
    **dict.fromkeys(("vao", "den", "toi", "in", "arrival", "check-in"), "Giờ vào"),
    **dict.fromkeys(("ra", "ve", "out", "departure", "check-out"), "Giờ ra"),
}
_HOURS: Final = frozenset({"visit_start", "visit_end", "hours", "from_time", "to_time"})
#: Parts of a day below the heading of a day.
_HALVES: Final = {
    **{"s": "Sáng", "sang": "Sáng", "am": "Sáng", "morning": "Sáng", "c": "Chiều", "chieu": "Chiều", "pm": "Chiều"},
    **{"afternoon": "Chiều", "t": "Tối", "toi": "Tối", "evening": "Tối"},
}
#: Marks of who was not there, and of who was, without accents.
_ABSENT: Final = frozenset({"v", "vang", "nghi", "p", "k", "kp", "cp", "0", "-", "o", "absent", "no", "khong", "vm"})
_PRESENT: Final = frozenset({"x", "co", "1", "v/", "✓", "✔", "+", "yes", "present", "cm"})
DAY: Final = "Ngày"
TURN: Final = "Lượt"
HALF: Final = "Ca"
MARK: Final = "Ghi chú (điểm danh)"


def with_visits_unfolded(sheet: Sheet) -> Sheet:
    """Return a list of which each row tells the hours of one visit only; others are as they were."""
    groups = _groups(sheet)
    if sheet.origin is not None or len(groups) < 2 or not len(sheet):
        return sheet
    told = sheet.cells.notna().to_numpy(dtype=bool)
    turns: list[tuple[int, str | None]] = []
    for row in range(len(sheet)):
        told_of: list[str | None] = [name for name, group in groups.items() if told[row, list(group.values())].any()]
        turns += [(row, name) for name in told_of or [None]]
    rows = [row for row, _name in turns]
    names = [name for _row, name in turns]
    headings = list(dict.fromkeys(heading for group in groups.values() for heading in group))
    out = sheet.with_rows_of(rows, {})
    for heading in headings:
        at = [groups[name].get(heading) if name is not None else None for name in names]
        texts = [None if i is None else sheet.cells[i].iloc[row] for i, row in zip(at, rows, strict=True)]
        first = next(group[heading] for group in groups.values() if heading in group)
        out = out.with_column(heading, texts, letter=sheet.letters[first])
    days = [None if name is None else DAY_TOLD.search(name) for name in names]
    dated = any(day is not None for day in days)
    told_days = [day[0] if day is not None else None for day in days]
    out = out.with_column(DAY if dated else TURN, told_days if dated else names)
    return out.without_columns({at for group in groups.values() for at in group.values()})


def with_half_days_unfolded(sheet: Sheet) -> Sheet:
    """Return a list of attendance under days and their halves, ``05/8 › S | C``, with a row for each half told."""
    found: dict[int, tuple[str, str]] = {}
    for at, heading in enumerate(sheet.headings):
        above, apart, below = heading.partition(_APART)
        dated, part = DAY_TOLD.search(above), _HALVES.get(fold(below))
        if apart and dated is not None and part is not None:
            found[at] = dated[0], part
    if sheet.origin is not None or len({half for _day, half in found.values()}) < 2 or not len(sheet):
        return sheet
    if _asks_more(sheet, list(found)):
        return sheet
    rows: list[int] = []
    told: dict[str, list[str | None]] = {DAY: [], HALF: [], MARK: []}
    for row in range(len(sheet)):
        marks = {at: text for at in found if isinstance(text := sheet.cells[at].iloc[row], str)}
        there = {at: text for at, text in marks.items() if fold(text).strip(" .") not in _ABSENT}
        halves: list[tuple[str | None, str | None, str | None]] = [(*found[at], text) for at, text in there.items()]
        for day, half, mark in halves or [(None, None, None)]:
            rows.append(row)
            told[DAY].append(day)
            told[HALF].append(half)
            told[MARK].append(None if mark is None or fold(mark).strip(" .") in _PRESENT else mark)
    out = sheet.with_rows_of(rows, {})
    for name, texts in told.items():
        out = out.with_column(name, texts, letter=sheet.letters[min(found)]) if any(texts) or name != MARK else out
    return out.without_columns(found)


def _asks_more(sheet: Sheet, columns: list[int]) -> bool:
    """Tell whether marks are asked about, "v" beside "x", or tell an hour: they are read as attendance of each half."""
    marks = {fold(text).strip(" .") for at in columns for text in distinct_texts(sheet.cells[at])[1]}
    return {"x", "v"} <= marks or any(read_hours(mark)[0] is not None for mark in marks)


def _only_marked(sheet: Sheet, at: int) -> bool:
    """Tell whether a column only has marks of who was there: ``17/5 › Đi | Về`` of a bus with an "x" for each ride."""
    _, distinct = distinct_texts(sheet.cells[at])
    return bool(distinct) and all(fold(text).strip(" .") in _PRESENT | _ABSENT for text in distinct)


def _groups(sheet: Sheet) -> dict[str, dict[str, int]]:
    """Return group -> heading below it -> column, of groups that differ in their number or day alone; else none."""
    found: dict[str, dict[str, int]] = {}
    for at, heading in enumerate(sheet.headings):
        above, apart, below = heading.partition(_APART)
        if apart and (DAY_TOLD.search(above) or _NUMBERED.fullmatch(fold(above))):
            found.setdefault(above, {}).setdefault(_SHORT.get(fold(below), below), at)
    hours = [
        {
            heading
            for heading, at in group.items()
            if (means := field_of(heading, PEOPLE)) is not None and means[0] in _HOURS and not _only_marked(sheet, at)
        }
        for group in found.values()
    ]
    forms = {DAY_TOLD.search(name) is not None for name in found}
    return found if hours and all(hours) and set.intersection(*hours) and len(forms) == 1 else {}
