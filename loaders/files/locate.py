"""Find the tables of a grid: their headings below title lines, over several rows, under merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.code_words import with_codes_joined
from loaders.files.body import fill_merged, find_members, is_footer, sort_lines
from loaders.files.grid import OWN_PREFIX, Grid, Line, Sheet, column_letter
from loaders.files.headings import is_known
from loaders.files.heads import CLUSTER, Head, band, is_head
from loaders.files.marks import join_marks
from loaders.files.orders import DateEvidence, hints
from loaders.files.pages import fill_dittos
from loaders.files.titles import OF_A_PAGE, facts_of_footers, of_next_page, read_facts
from loaders.files.trees import unfold_tree
from loaders.findings import FindingLog, kinds_of_lines
from tracing.patterns import regex
from tracing.spelling import fold

_SEARCHED_ROWS: Final = 30
#: In a table of so few columns a row with a single cell may be one; only headings said again begin another table.
_NARROW: Final = 3
_SHIFT_1904: Final = 1_462
#: At so many places below a gap at most is a second table looked for.
_MOST_GAPS: Final = 2_000
#: What begins the title of a table, whatever else the line looks like: ``MẪU ĐƠN, ngày 17/9/2021``.
_TITLE: Final = regex(r"(?:[a-z\d]{1,4}[.)/] ?)?(?:ket qua|danh sach|ds|mau|xet nghiem|xn|test|lay mau|tach mau)\b")
_VALUE: Final = regex(r"\d{2,}|\d+[.,]\d+|\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{1,4})?(?:[ T].*)?")
_MACHINE: Final = regex(r"[A-Za-z][A-Za-z0-9_.]*")


def find_sheets(grid: Grid) -> list[Sheet]:
    """Return the tables of a grid, each with its headings and data rows; none if there is no cell at all.

    A second table begins where other headings stand below a gap or a section line; headings said again only where
    the lines above them say something else than before: another vehicle, trip, place or day.
    """
    size = len(grid.cells)
    if grid.headings is not None:
        return [_sheet(grid, Head(-1, -1, list(grid.headings)), 0, size, (), 1, 1)]
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
    struck = {int(sheet.numbers[row]): row for row in sorted(sheet.struck, reverse=True)}
    sheet.report(log, "row.struck", sorted(struck.values())) if struck else None


# ------------------------------------------------------------------------------------------------------ heading rows


def _heads(grid: Grid, given: npt.NDArray[np.int64]) -> list[Head]:
    for row in range(min(CLUSTER, len(grid.cells))):
        own = filled(grid, row)
        if any(text.startswith(OWN_PREFIX) for text in own):  # a sheet that we wrote has one head
            return [Head(row, row, own)]
    first = _first_head(grid, given)
    heads = [first]
    narrow = grid.cells.shape[1] <= _NARROW
    below = (given[:-1] <= 1) & _says(grid, first)[1:] if narrow else given[:-1] <= 1
    gap = np.flatnonzero((below | (given[:-1] == 0)) & (given[1:] >= 2)) + 1
    for start in gap[gap > first.last + 1][:_MOST_GAPS].tolist():
        if start <= heads[-1].last:
            continue
        rows = range(start, min(start + CLUSTER, len(grid.cells)))
        texts = {row: filled(grid, row) for row in rows if given[row]}
        if not is_head(texts[start]) and not (start + 1 in texts and is_head(texts[start + 1])):
            continue
        head = band(grid, texts, max(texts, key=lambda row: (_score(texts[row]), -row)))
        if not _same_heads(head, heads[-1]) or _new_titles(grid, given, heads, head):
            heads.append(head)
    return heads


def _says(grid: Grid, head: Head) -> npt.NDArray[np.bool_]:
    """Tell which rows say the same as the first row of a head."""
    said = grid.cells.iloc[max(head.first, 0)]
    same = ((grid.cells == said) | (grid.cells.isna() & said.isna())).fillna(False).to_numpy(dtype=bool)
    return np.asarray(same.all(axis=1), dtype=bool)


def _same_heads(one: Head, other: Head) -> bool:
    return [h for h in one.headings if h] == [h for h in other.headings if h]


def _new_titles(grid: Grid, given: npt.NDArray[np.int64], heads: Sequence[Head], head: Head) -> bool:
    """Tell whether the lines above headings said again speak of another vehicle, trip, place or day."""
    top = _title_top(grid, given, heads[-1].last, head.first)
    lines = [
        line
        for line in _lines(grid, given, top, head.first)
        if _TITLE.match(fold(line.text)) or not is_footer(line.text)
    ]
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


def _first_head(grid: Grid, given: npt.NDArray[np.int64]) -> Head:
    top = {row: filled(grid, row) for row in range(min(_SEARCHED_ROWS, len(grid.cells)))}
    some = [row for row in top if given[row]]
    if not some:
        some = [int(np.flatnonzero(given)[0])]
        top = {row: filled(grid, row) for row in range(some[0], min(some[0] + _SEARCHED_ROWS, len(grid.cells)))}
        some = [row for row in top if given[row]]
    if _is_numbers(top[some[0]]):
        return Head(some[0], some[0] - 1, [column_letter(i) for i in range(grid.cells.shape[1])])
    likely = next((row for row in some if is_head(top[row])), None)
    if likely is not None:
        cluster = [row for row in range(likely, likely + CLUSTER) if row in top and is_head(top[row])]
        best = max(cluster, key=lambda row: (_score(top[row]), -row))
        best = _machine_names(top, best)
    else:
        best = max(some, key=lambda row: (_score(top[row]), -row))
        if _score(top[best]) == 0:
            best = max(some[:10], key=lambda row: (len({t for t in top[row] if t}), -row))
        if _holds_values(top[best]):  # a row of the table that happens to have a word like a heading
            words = [row for row in some if row < best and not _holds_values(top[row])]
            wide = [row for row in words if len({*top[row]} - {""}) >= len({*top[best]} - {""})]
            best = max(wide, key=lambda row: (_score(top[row]), -row), default=best)
    return band(grid, top, best)


def _holds_values(texts: Sequence[str]) -> bool:
    """Tell whether a row has a number or a day, which no heading is."""
    return any(_VALUE.fullmatch(text) for text in texts if text)


def _score(texts: Sequence[str]) -> int:
    return sum(is_known(text) for text in set(texts) if text)


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


# ------------------------------------------------------------------------------------------------- lines and the table


def _title_top(grid: Grid, given: npt.NDArray[np.int64], after: int, head: int) -> int:
    """Return the first of the lines above the headings in row ``head`` that belong to them and not to the table before.

    These are the lines above them up to a blank line that has a table above it.
    """
    top, blank = head, False
    few = 1 if grid.cells.shape[1] <= _NARROW else 2
    while top - 1 > after and given[top - 1] <= few:
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
            texts = tuple(with_codes_joined(text) for text in grid.cells.iloc[row].tolist() if isinstance(text, str))
            out.append(Line(int(grid.numbers[row]), texts))
    return tuple(out)


def _sheet(grid: Grid, head: Head, top: int, end: int, titles: tuple[Line, ...], part: int, parts: int) -> Sheet:
    headings = [re.sub(r"\s+", " ", heading).strip() for heading in head.headings]
    first = head.last + 1
    body = sort_lines(grid, headings, first, end, head=head.first, titles=titles)
    positions = np.arange(first, end)[body.keep]
    cells = grid.cells.iloc[first:end][body.keep].reset_index(drop=True)
    cells, merged = fill_merged(cells, positions, grid, list(range(cells.shape[1])))
    headings, cells = join_marks(headings, cells)
    cells, under = find_members(cells, positions, grid)
    cells, dittos = fill_dittos(cells, headings)
    shown = _shown(headings)
    used = [i for i, heading in enumerate(headings) if heading or cells[i].notna().any()]
    own = [i for i in used if shown[i].startswith(OWN_PREFIX)]
    used = [i for i in used if i not in own]
    at = {old: new for new, old in enumerate(used)}
    place = {int(old): new for new, old in enumerate(positions)} if grid.errors or grid.ragged or grid.struck else {}
    titled = read_facts(titles, grid.sheet, grid.file)
    facts = (*titled, *facts_of_footers(body.notes, titled))
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
        notes=tuple(Line(line.row, tuple(map(with_codes_joined, line.texts))) for line in body.notes),
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
        comments=grid.comments if part == 1 else (),
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
    texts = [with_codes_joined(sections[starts[i]]) if i >= 0 else None for i in which.tolist()]
    return pd.Series(pd.array(texts, dtype="string"))
