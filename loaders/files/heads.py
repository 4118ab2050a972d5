"""The heading rows of a table: a row of headings, groups of headings above it, parts and a numbering below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from loaders.files.body import NUMBERING
from loaders.files.grid import Grid
from loaders.files.headings import PEOPLE, field_of, is_known, of_others, spaced
from loaders.files.parts_below import part_below
from tracing.patterns import regex
from tracing.spelling import fold

CLUSTER: Final = 4
"""Over so many rows a head goes on at most."""
_SUBHEADS: Final = frozenset(
    (
        *("nam", "nu", "male", "female", "tu", "den", "tu ngay", "den ngay", "lan dau", "lan cuoi", "ngay", "gio"),
        *("thang", "bat dau", "ket thuc", "vao", "ra", "co", "khong", "ap", "xa", "huyen", "tinh", "lan 1", "lan 2"),
        *("date", "time", "hour"),
        *("lan 3", "from", "to", "start", "end", "first", "last", "day", "month", "year"),
        *("s", "c", "sang", "chieu", "toi", "am", "pm", "di", "ve"),
        *("am tinh", "duong tinh", "negative", "positive", "(+)", "(-)", "+", "-", "duong"),
    )
)
#: Fields of a bare "Ngày" or "Giờ", which are those of what stands above them.
_BARE: Final = frozenset({"day", "hours"})
_MOMENT: Final = frozenset({"ngay", "gio", "luc", "date", "time", "hour", "day"})
DAY_TOLD: Final = regex(r"(?<![\d/.])\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?(?![\d/])")
_DAY_ALONE: Final = regex(r"(?:0?[1-9]|[12]\d|3[01])[/.](?:0?[1-9]|1[0-2])(?:[/.](?:20)?\d\d)?")
#: The day of a month, with its month or without.
_DAY_OR_NUMBER: Final = regex(r"(?:0?[1-9]|[12]\d|3[01])(?:[/.-](?:0?[1-9]|1[0-2]))?(?:[/.-](?:20)?\d\d)?")
#: Days of a week, each with its date: ``Thứ hai 05/7``, ``T3 (6/7)``.
_DATED_WEEKDAY: Final = regex(
    r"(?:thu ?(?:[2-7]|hai|ba|tu|nam|sau|bay)|t[2-7]|cn|chu nhat|mon|tue|wed|thu|fri|sat|sun)[\s.,:(-]{0,3}(?:ngay )?"
    r"(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])(?:[/.-](?:20)?\d\d)?\)?"
)
_WEEKDAY: Final = regex(r"t[2-7]|thu(?: ?(?:[2-7]|hai|ba|tu|nam|sau|bay))?|cn|chunhat|mon|tue|wed|fri|sat|sun")


@dataclass(frozen=True)
class Head:
    """The heading rows ``first`` to ``last`` of a table and their joined texts."""

    first: int
    last: int
    headings: list[str]


def is_head(texts: Sequence[str]) -> bool:
    """Tell whether a row looks like headings.

    At least two texts are known as headings, or name days of a week with their dates, and at least half of all do; or
    the row begins with ``STT``.
    """
    distinct = {text for text in texts if text}
    labels = sum(text.rstrip().endswith(":") for text in distinct)
    if 0 < labels < len(distinct):
        return False  # labels of a form, each with its value beside it
    known = sum(is_known(text) for text in distinct)
    if known >= 2 and known * 2 >= len(distinct):
        return True
    days = sum(_DATED_WEEKDAY.fullmatch(fold(text).strip()) is not None for text in distinct)
    if days >= 2 and days * 2 >= len(distinct):
        return True  # the days of a roster, beside its shifts or rooms
    first = next((text for text in texts if text), "")
    return fold(first) in NUMBERING and len(distinct) >= 3 and not any(re.search(r"\d{2}", text) for text in distinct)


def _is_numbering(texts: Sequence[str]) -> bool:
    """A row that only numbers the columns, (1) (2) (3) or A B 1 2, or names the days of the week below their dates."""
    if _are_weekdays(texts):
        return True
    given = [re.sub(r"\W", "", text) for text in texts if text]
    if len(given) < 3 or not all(re.fullmatch(r"\d{1,2}|[A-Z]", text) for text in given):
        return False
    numbers = [int(text) for text in given if text.isdigit()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _are_weekdays(texts: Sequence[str]) -> bool:
    given = [re.sub(r"\W", "", text) for text in texts if text]
    return len(given) >= 2 and all(_WEEKDAY.fullmatch(fold(text)) for text in given)


def band(grid: Grid, top: dict[int, list[str]], best: int) -> Head:
    """Return the heading rows around the row ``best``: groups above it, parts and numbering below it."""
    first = last = best
    while first - 1 in top and _is_group_row(top[first - 1], top[first]):
        first -= 1
    while last + 1 in top and _continues(grid, top, best, last):
        last += 1
    return Head(first, last, _headings(top, first, best, last))


def _is_group_row(texts: Sequence[str], below: Sequence[str]) -> bool:
    """A row of headings above headings: several texts, none a sentence, a label with a value, or a number.

    What goes on in the row below, merged with it, is a heading of that row too: it may have a day, ``XN lần 1 (29/1)``.
    """
    given = {text for text in texts if text}
    if len(given) < 2 or len(given) > len({text for text in below if text}) + 1:
        return False
    given -= {text for text, under in zip(texts, below, strict=True) if text == under}
    if any(len(t) > 60 or t.endswith(":") or ": " in t for t in given):
        return False
    again = {text for text in below if text and below.count(text) > 1}
    if len(again) > 1 and all(
        is_known(text) or fold(text) in _SUBHEADS for text in again
    ):  # the same parts below each: groups may be days
        given = {text for text in given if not DAY_TOLD.search(text)}
    return not any(re.search(r"\d{3}|\d[/.]\d", text) for text in given)


def _continues(grid: Grid, top: dict[int, list[str]], best: int, last: int) -> bool:
    """Tell whether the row below ``last`` belongs to the headings too."""
    texts, above = top[last + 1], top[best]
    given = [text for text in texts if text]
    below = [text for i, text in enumerate(texts) if text and text != above[i]]
    if _is_numbering(texts) or (given and not below):
        return True
    if not given:
        return False
    if any(t <= last < b and b >= last + 1 and b - t < CLUSTER for t, _, b, _ in grid.merged if t >= best - CLUSTER):
        return any(t <= best <= last < b for t, _, b, _ in grid.merged)
    free = [not text or above.count(text) > 1 for text in above]
    if _are_below_groups(grid, top, best, last):
        return True
    if all(fold(text) in _SUBHEADS for text in below) and len(below) <= len([t for t in above if t]):
        return _are_parts(top, last + 1, free)
    known = sum(is_known(text) for text in below)
    spread = any(text and free[i] for i, text in enumerate(texts))
    return spread and known >= 1 and known * 2 >= len(below)


def _are_below_groups(grid: Grid, top: dict[int, list[str]], best: int, last: int) -> bool:
    """Tell whether a row only has words, below headings that are merged over several columns: parts of these headings.

    A row of the table has a cell elsewhere too. A number is no heading, a day only where all of them are days.
    """
    wide = [
        (left, right) for first, left, bottom, right in grid.merged if best <= first and bottom <= last and left < right
    ]
    inside = {column for left, right in wide for column in range(left, right + 1)}
    given = {column: text for column, text in enumerate(top[last + 1]) if text}
    days = all(_DAY_ALONE.fullmatch(text) for text in given.values())
    if len(given) < 2 or not set(given) <= inside:
        return False
    if not days and any(re.search(r"\d{2}|\d[/.]\d", text) for text in given.values()):
        return False
    return all(sum(left <= column <= right for column in given) >= 2 for left, right in wide)


def _are_parts(top: dict[int, list[str]], row: int, free: Sequence[bool]) -> bool:
    """Tell whether the words of a row (``Nam | Nữ``) part the headings above it, and are not values below them.

    Each stands below no heading of its own, or its heading goes on over the next column, which has a word too; and
    no later row has one of them again in its column, as values would, but below the headings said again.  ``free``
    tells the columns without a heading of their own.
    """
    texts = top[row]
    for i, text in enumerate(texts):
        if text and not free[i] and not (i + 1 < len(texts) and free[i + 1] and texts[i + 1]):
            return False
    later = [top[other] for other in top if other > row and not (top[other] == texts and is_head(top[other - 1]))]
    return not any(text and fold(other[i]) == fold(text) for other in later for i, text in enumerate(texts))


def _weekdays_of_dates(top: dict[int, list[str]], rows: Sequence[int]) -> set[int]:
    """Return the rows that name the days of the week of the dates above or below them.

    What is merged down from above stands in them too.
    """
    found = set()
    for row in rows[1:]:
        own = [at for at, text in enumerate(top[row]) if text and text != top[row - 1][at]]
        others = [other for other in rows if other != row]
        if _are_weekdays([top[row][at] for at in own]) and any(
            all(_DAY_OR_NUMBER.fullmatch(top[other][at]) for at in own) for other in others
        ):
            found.add(row)
    return found


def _headings(top: dict[int, list[str]], first: int, best: int, last: int) -> list[str]:
    rows = [row for row in range(first, last + 1) if row <= best or not _is_numbering(top[row])]
    little = _weekdays_of_dates(top, rows)
    rows = [row for row in rows if row not in little]
    headings = []
    for column in range(len(top[best])):
        parts: list[str] = []
        for row in rows:
            text = re.sub(r"\s+", " ", top[row][column]).strip()
            if text and text not in parts:
                parts.append(text)
        joined = " › ".join(parts[-2:])
        unclear = len(parts) > 1 and field_of(parts[-1], PEOPLE) is None and field_of(joined, PEOPLE) is not None
        alone, whole = (field_of(text, PEOPLE) or ("", 0.0) for text in (parts[-1] if parts else "", joined))
        exact = whole[0] not in ("", alone[0]) and (whole[1] == 1.0 or alone[0] in _BARE)
        if unclear or exact or (len(parts) > 1 and of_others(parts[-2]) is not None):
            headings.append(joined)
        elif len(parts) > 1 and not (is_known(parts[-1]) and fold(parts[-1]) not in _SUBHEADS):
            under_best = [text for text in parts if text in top[best]]
            headings.append(joined if parts[-1] not in under_best[:1] else parts[-1])
        else:
            headings.append(parts[-1] if parts else "")
    headings = _with_whose(top, rows, headings)
    _keep_with_group(headings, top, rows)
    counts = {heading: headings.count(heading) for heading in headings}
    for column, heading in enumerate(headings):
        above = [top[row][column] for row in rows if top[row][column] and top[row][column] != heading]
        above = above or _group_to_the_left(top, rows, column)
        if counts[heading] > 1 and above and " › " not in heading:
            headings[column] = f"{above[-1]} › {heading}"
    return headings


def _with_whose(top: dict[int, list[str]], rows: Sequence[int], headings: Sequence[str]) -> list[str]:
    """Return the headings with a general word (``Từ | Đến``) below a group that goes on over it as a part of the group.

    The word is no part of a group where it stands below one of its own, nor where the group tells no such part.
    """
    found = list(headings)
    for column, heading in enumerate(headings):
        if heading and not any(top[row][column] for row in rows[:-1]):
            group = _group_to_the_left(top, rows, column)
            if group and part_below(spaced(group[0]), spaced(heading)):
                found[column] = f"{group[0]} › {heading}"
    return found


def _keep_with_group(headings: list[str], top: dict[int, list[str]], rows: Sequence[int]) -> None:
    """Name a day or an hour with the heading above it where the column beside it, below the same one, is named so."""
    for column in range(1, len(headings)):
        upper, mark, lower = headings[column - 1].rpartition(" › ")
        own = headings[column]
        above = [top[row][column] for row in rows if top[row][column] and top[row][column] != own]
        if mark and fold(own) in _MOMENT and fold(lower) in _MOMENT and upper in above[-1:]:
            headings[column] = f"{upper} › {own}"


def _group_to_the_left(top: dict[int, list[str]], rows: Sequence[int], column: int) -> list[str]:
    """Return the group that goes on over a column although nothing is merged: ``Lượt 1 |`` over ``Vào | Ra``."""
    if len(rows) < 2 or not all(top[rows[-1]][column - 1 : column + 1]):
        return []
    above = rows[-2]
    start = next((i for i in range(column, -1, -1) if top[above][i] or not top[rows[-1]][i]), 0)
    return [top[above][start]] if top[above][start] and top[rows[-1]][start] else []
