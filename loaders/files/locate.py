"""Find the tables of a grid: their headings below title lines, over several rows, under merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.files.body import NUMBERING, fill_merged, find_members, is_footer, join_marks, sort_lines
from loaders.files.grid import OWN_PREFIX, Grid, Line, Sheet, column_letter
from loaders.files.headings import PEOPLE, field_of, is_known, of_others
from loaders.files.orders import DateEvidence, hints
from loaders.files.pages import fill_dittos
from loaders.files.titles import OF_A_PAGE, of_next_page, read_facts
from loaders.files.trees import unfold_tree
from loaders.findings import FindingLog, kinds_of_lines
from tracing.spelling import fold

_SEARCHED_ROWS: Final = 30
_SHIFT_1904: Final = 1_462
#: At so many places below a gap at most is a second table looked for.
_MOST_GAPS: Final = 2_000
_CLUSTER: Final = 4
_SUBHEADS: Final = frozenset(
    (
        *("nam", "nu", "male", "female", "tu", "den", "tu ngay", "den ngay", "lan dau", "lan cuoi", "ngay", "gio"),
        *("thang", "bat dau", "ket thuc", "vao", "ra", "co", "khong", "ap", "xa", "huyen", "tinh", "lan 1", "lan 2"),
        *("lan 3", "from", "to", "start", "end", "first", "last", "day", "month", "year"),
        *("am tinh", "duong tinh", "negative", "positive", "(+)", "(-)", "+", "-"),
    )
)
_WEEKDAY: Final = re.compile(r"t[2-7]|thu(?: ?(?:[2-7]|hai|ba|tu|nam|sau|bay))?|cn|chunhat|mon|tue|wed|fri|sat|sun")
_MACHINE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]*")


@dataclass(frozen=True)
class _Head:
    """The heading rows ``first`` to ``last`` of a table and their joined texts."""

    first: int
    last: int
    headings: list[str]


def find_sheets(grid: Grid) -> list[Sheet]:
    """Return the tables of a grid, each with its headings and data rows; none if there is no cell at all.

    A second table begins where other headings stand below a gap or a section line; headings said again only where
    the lines above them say something else than before: another vehicle, trip, place or day.
    """
    size = len(grid.cells)
    if grid.headings is not None:
        return [_sheet(grid, _Head(-1, -1, list(grid.headings)), 0, size, (), 1, 1)]
    given = grid.cells.notna().to_numpy().sum(axis=1)
    if not given.any():
        return []
    heads = _heads(grid, given)
    tops = [0] + [_title_top(grid, given, heads[i - 1].last, head.first) for i, head in enumerate(heads) if i]
    ends = [*tops[1:], size]
    found: list[Sheet] = []
    for number, (head, top, end) in enumerate(zip(heads, tops, ends, strict=True), start=1):
        sheet = _sheet(grid, head, top, end, _lines(grid, given, top, head.first), number, len(heads))
        if found and _same_heads(head, heads[number - 2]):
            sheet = replace(sheet, facts=of_next_page(sheet.facts, found[-1].facts))
        found.append(sheet)
    return [unfold_tree(sheet) for sheet in found]


def share_years(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return the sheets of one load; one that names no year takes the one that all others of its file name, else the
    one that all others of the load name, if they agree.
    """
    out = list(sheets)
    for same in (lambda one, other: one.file == other.file, lambda one, other: True):
        given = list(out)
        for at, sheet in enumerate(given):
            years = {other.dates.year for other in given if same(sheet, other)} - {None}
            if sheet.dates.year is None and len(years) == 1:
                days = [fact.value for fact in sheet.facts if fact.name == "day"]
                told = hints(DateEvidence(), days, [str(year) for year in years])
                out[at] = replace(sheet, dates=replace(sheet.dates, year=told.year, day=told.day))
    return out


def note_lines(sheet: Sheet, log: FindingLog) -> None:
    """Say how many lines of a sheet were passed over, and which rows are struck through."""
    passed = dict(sheet.passed)
    repeated = passed.pop("repeated heading", 0)
    if repeated:
        sheet.report(log, "row.repeated_heading", count=repeated)
    if sheet.dittos:
        sheet.report(log, "row.ditto", count=sheet.dittos)
    if passed:
        sheet.report(log, "row.passed", count=sum(passed.values()), kinds=kinds_of_lines(passed))
    sheet.report(log, "row.struck", sorted(sheet.struck)) if sheet.struck else None


# ------------------------------------------------------------------------------------------------------ heading rows


def _heads(grid: Grid, given: npt.NDArray[np.int64]) -> list[_Head]:
    for row in range(min(_CLUSTER, len(grid.cells))):
        own = filled(grid, row)
        if any(text.startswith(OWN_PREFIX) for text in own):  # a sheet that we wrote has one head
            return [_Head(row, row, own)]
    first = _first_head(grid, given)
    heads = [first]
    gap = np.flatnonzero((given[:-1] <= (1 if grid.cells.shape[1] > 3 else 0)) & (given[1:] >= 2)) + 1
    for start in gap[gap > first.last + 1][:_MOST_GAPS].tolist():
        if start <= heads[-1].last:
            continue
        rows = range(start, min(start + _CLUSTER, len(grid.cells)))
        texts = {row: filled(grid, row) for row in rows if given[row]}
        if not _is_head(texts[start]) and not (start + 1 in texts and _is_head(texts[start + 1])):
            continue
        head = _band(grid, texts, max(texts, key=lambda row: (_score(texts[row]), -row)))
        if not _same_heads(head, heads[-1]) or _new_titles(grid, given, heads, head):
            heads.append(head)
    return heads


def _same_heads(one: _Head, other: _Head) -> bool:
    return [h for h in one.headings if h] == [h for h in other.headings if h]


def _new_titles(grid: Grid, given: npt.NDArray[np.int64], heads: Sequence[_Head], head: _Head) -> bool:
    """Tell whether the lines above headings said again speak of another vehicle, trip, place or day."""
    top = _title_top(grid, given, heads[-1].last, head.first)
    lines = [line for line in _lines(grid, given, top, head.first) if not is_footer(line.text)]
    before = _lines(grid, given, 0, heads[0].first)
    for last, again in pairwise(heads):
        before += _lines(grid, given, _title_top(grid, given, last.last, again.first), again.first)
    said, known = (
        {
            (fact.name, re.sub(r"^(?:\d{4}|-)-", "", fact.value))
            for fact in read_facts(of, None, "")
            if fact.name in OF_A_PAGE
        }
        for of in (lines, before)
    )
    return bool(said - known)


def _first_head(grid: Grid, given: npt.NDArray[np.int64]) -> _Head:
    top = {row: filled(grid, row) for row in range(min(_SEARCHED_ROWS, len(grid.cells)))}
    some = [row for row in top if given[row]]
    if not some:
        some = [int(np.flatnonzero(given)[0])]
        top = {row: filled(grid, row) for row in range(some[0], min(some[0] + _SEARCHED_ROWS, len(grid.cells)))}
        some = [row for row in top if given[row]]
    if _is_numbers(top[some[0]]):
        return _Head(some[0], some[0] - 1, [column_letter(i) for i in range(grid.cells.shape[1])])
    likely = next((row for row in some if _is_head(top[row])), None)
    if likely is not None:
        cluster = [row for row in range(likely, likely + _CLUSTER) if row in top and _is_head(top[row])]
        best = max(cluster, key=lambda row: (_score(top[row]), -row))
        best = _machine_names(top, best)
    else:
        best = max(some, key=lambda row: (_score(top[row]), -row))
        if _score(top[best]) == 0:
            best = max(some[:10], key=lambda row: (len({t for t in top[row] if t}), -row))
    return _band(grid, top, best)


def _score(texts: Sequence[str]) -> int:
    return sum(is_known(text) for text in set(texts) if text)


def _is_head(texts: Sequence[str]) -> bool:
    """At least two texts that are known as headings, and at least half of all; or a row that begins with ``STT``."""
    distinct = {text for text in texts if text}
    known = sum(is_known(text) for text in distinct)
    if known >= 2 and known * 2 >= len(distinct):
        return True
    first = next((text for text in texts if text), "")
    return fold(first) in NUMBERING and len(distinct) >= 3 and not any(re.search(r"\d{2}", text) for text in distinct)


def _machine_names(top: dict[int, list[str]], best: int) -> int:
    """Prefer a second head of machine names (``full_name``, ``dob``) some lines below, without rows between."""
    for row in range(best + 1, best + 7):
        texts = [text for text in top.get(row, []) if text]
        if len(texts) >= 3 and all(_MACHINE.fullmatch(text) for text in texts) and _score(top[row]) >= 2:
            return row if any("_" in t or "." in t or re.search(r"[a-z][A-Z]", t) for t in texts) else best
        if any(re.search(r"\d{4}|\d[/.]\d", text) for text in texts):
            return best
    return best


def filled(grid: Grid, row: int) -> list[str]:
    """Return the texts of a row, a merged cell's text in each of its columns."""
    texts = [value if isinstance(value, str) else "" for value in grid.cells.iloc[row].tolist()]
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom:
            value = grid.cells.iat[top, left]
            for column in range(left, min(right, len(texts) - 1) + 1):
                texts[column] = texts[column] or (value if isinstance(value, str) else "")
    return texts


def _is_numbers(texts: Sequence[str]) -> bool:
    given = [text for text in texts if text]
    numbers = [re.fullmatch(r"-?\d+(\.\d+)?", text) for text in given]
    log = len(given) == 4 and all(numbers[2:]) and all(re.fullmatch(r"[0-9A-Fa-f]{6,64}", text) for text in given[:2])
    return log or (len(given) >= 3 and all(numbers))


def _is_numbering(texts: Sequence[str]) -> bool:
    """A row that only numbers the columns, (1) (2) (3) or A B 1 2, or names the days of the week below their dates."""
    given = [re.sub(r"\W", "", text) for text in texts if text]
    if len(given) >= 2 and all(_WEEKDAY.fullmatch(fold(text)) for text in given):
        return True
    if len(given) < 3 or not all(re.fullmatch(r"\d{1,2}|[A-Z]", text) for text in given):
        return False
    numbers = [int(text) for text in given if text.isdigit()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _band(grid: Grid, top: dict[int, list[str]], best: int) -> _Head:
    """Return the heading rows around the row ``best``: groups above it, parts and numbering below it."""
    first = last = best
    while first - 1 in top and _is_group_row(top[first - 1], top[first]):
        first -= 1
    while last + 1 in top and _continues(grid, top, best, last):
        last += 1
    return _Head(first, last, _headings(top, first, best, last))


def _is_group_row(texts: Sequence[str], below: Sequence[str]) -> bool:
    """A row of headings above headings: several texts, none a sentence, a label with a value, or a number."""
    given = {text for text in texts if text}
    if len(given) < 2 or len(given) > len({text for text in below if text}) + 1:
        return False
    return not any(len(t) > 60 or t.endswith(":") or ": " in t or re.search(r"\d{3}|\d[/.]\d", t) for t in given)


def _continues(grid: Grid, top: dict[int, list[str]], best: int, last: int) -> bool:
    """Tell whether the row below ``last`` belongs to the headings too."""
    texts, above = top[last + 1], top[best]
    given = [text for text in texts if text]
    below = [text for i, text in enumerate(texts) if text and text != above[i]]
    if _is_numbering(texts) or (given and not below):
        return True
    if not given:
        return False
    if any(t <= last < b and b >= last + 1 and b - t < _CLUSTER for t, _, b, _ in grid.merged if t >= best - _CLUSTER):
        return any(t <= best <= last < b for t, _, b, _ in grid.merged)
    free = [not text or above.count(text) > 1 for text in above]
    if all(fold(text) in _SUBHEADS for text in below) and len(below) <= len([t for t in above if t]):
        return _are_parts(top, last + 1, free)
    known = sum(is_known(text) for text in below)
    spread = any(text and free[i] for i, text in enumerate(texts))
    return spread and known >= 1 and known * 2 >= len(below)


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
    later = [top[other] for other in top if other > row and not (top[other] == texts and _is_head(top[other - 1]))]
    return not any(text and fold(other[i]) == fold(text) for other in later for i, text in enumerate(texts))


def _headings(top: dict[int, list[str]], first: int, best: int, last: int) -> list[str]:
    rows = [row for row in range(first, last + 1) if row <= best or not _is_numbering(top[row])]
    headings = []
    for column in range(len(top[best])):
        parts: list[str] = []
        for row in rows:
            text = re.sub(r"\s+", " ", top[row][column]).strip()
            if text and text not in parts:
                parts.append(text)
        joined = " › ".join(parts[-2:])
        unclear = len(parts) > 1 and field_of(parts[-1], PEOPLE) is None and field_of(joined, PEOPLE) is not None
        if unclear or (len(parts) > 1 and of_others(parts[-2]) is not None):
            headings.append(joined)
        elif len(parts) > 1 and not (is_known(parts[-1]) and fold(parts[-1]) not in _SUBHEADS):
            under_best = [text for text in parts if text in top[best]]
            headings.append(joined if parts[-1] not in under_best[:1] else parts[-1])
        else:
            headings.append(parts[-1] if parts else "")
    counts = {heading: headings.count(heading) for heading in headings}
    for column, heading in enumerate(headings):
        above = [top[row][column] for row in rows if top[row][column] and top[row][column] != heading]
        if counts[heading] > 1 and above and " › " not in heading:
            headings[column] = f"{above[-1]} › {heading}"
    return headings


# ------------------------------------------------------------------------------------------------- lines and the table


def _title_top(grid: Grid, given: npt.NDArray[np.int64], after: int, head: int) -> int:
    """Return the first of the lines above the headings in row ``head`` that belong to them and not to the table before.

    These are the lines above them up to a blank line that has a table above it.
    """
    top, blank = head, False
    while top - 1 > after and given[top - 1] <= 2:
        if given[top - 1] == 0:
            if blank:
                break
            blank = top < head
        top -= 1
    return top


def _lines(grid: Grid, given: npt.NDArray[np.int64], first: int, end: int) -> tuple[Line, ...]:
    out = []
    for row in range(first, max(first, min(end, first + 4 * _SEARCHED_ROWS))):
        if given[row]:
            texts = tuple(text for text in grid.cells.iloc[row].tolist() if isinstance(text, str))
            out.append(Line(int(grid.numbers[row]), texts))
    return tuple(out)


def _sheet(grid: Grid, head: _Head, top: int, end: int, titles: tuple[Line, ...], part: int, parts: int) -> Sheet:
    headings = [re.sub(r"\s+", " ", heading).strip() for heading in head.headings]
    first = head.last + 1
    body = sort_lines(grid, headings, first, end, head=head.first, titles=titles)
    positions = np.arange(first, end)[body.keep]
    cells = grid.cells.iloc[first:end][body.keep].reset_index(drop=True)
    cells, merged = fill_merged(cells, positions, grid, list(range(cells.shape[1])))
    headings, cells = join_marks(headings, cells)
    cells, under = find_members(cells, positions, grid)
    cells, dittos = fill_dittos(cells)
    shown = _shown(headings)
    used = [i for i, heading in enumerate(headings) if heading or cells[i].notna().any()]
    own = [i for i in used if shown[i].startswith(OWN_PREFIX)]
    used = [i for i in used if i not in own]
    at = {old: new for new, old in enumerate(used)}
    place = {int(old): new for new, old in enumerate(positions)} if grid.errors or grid.ragged or grid.struck else {}
    facts = read_facts(titles, grid.sheet, grid.file)
    days, years = ([fact.value for fact in facts if fact.name == name] for name in ("day", "year"))
    told = hints(grid.evidence, days, years)
    letters = [column_letter(i) for i in used]
    rows = (max(head.first, 0), int(positions[-1]) if len(positions) else max(head.last, 0))
    return Sheet(
        file=grid.file,
        sheet=grid.sheet,
        headings=tuple(shown[i] for i in used),
        letters=tuple(letters),
        cells=cells[used].set_axis(range(len(used)), axis=1),
        numbers=grid.numbers[positions],
        errors={(place[r], at[c]): t for (r, c), t in grid.errors.items() if r in place and c in at},
        ragged={place[r]: n for r, n in grid.ragged.items() if r in place},
        lettered=grid.lettered,
        origin=cells[own].set_axis([shown[i].removeprefix(OWN_PREFIX) for i in own], axis=1) if own else None,
        titles=titles,
        facts=facts,
        dates=replace(told, serial_shift=_SHIFT_1904 if grid.from_1904 else 0),
        notes=tuple(body.notes),
        passed=body.passed,
        dittos=dittos,
        sections=_sections(body.sections, positions),
        under=under,
        struck=frozenset(place[row] for row in grid.struck if row in place),
        merged=tuple((at[column], top, bottom) for column, top, bottom in merged if column in at),
        part=part,
        parts=parts,
        area=f"{letters[0]}{grid.numbers[rows[0]]}:{letters[-1]}{grid.numbers[rows[1]]}"
        if used and len(grid.numbers)
        else "",
        hidden=tuple(at[column] for column in sorted(grid.hidden_columns) if column in at),
    )


def _shown(headings: list[str]) -> list[str]:
    """Return the headings without a double; a column without one is shown by its letters."""
    shown: list[str] = []
    taken: set[str] = set()
    for column, heading in enumerate(headings):
        name = heading or f"({column_letter(column)})"
        name = f"{name} ({column_letter(column)})" if name in taken else name
        shown.append(name)
        taken.add(name)
    return shown


def _sections(sections: dict[int, str], positions: npt.NDArray[np.int64]) -> pd.Series | None:
    """Return for each row the section line above it."""
    if not sections:
        return None
    starts = sorted(sections)
    which = np.searchsorted(np.array(starts), positions) - 1
    texts = [sections[starts[i]] if i >= 0 else None for i in which.tolist()]
    return pd.Series(pd.array(texts, dtype="string"))
