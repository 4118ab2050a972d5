"""Find the heading rows of a grid: below title lines, over several rows, under merged cells."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.headings import is_known
from loaders.files.grid import OWN_PREFIX, Grid, Sheet, column_letter

_SEARCHED_ROWS: Final = 30


def find_sheet(grid: Grid) -> Sheet | None:
    """Return the grid's data rows with their headings; None if there is no cell at all."""
    if grid.headings is not None:
        return _sheet(grid, list(grid.headings), -1)
    top = [_filled(grid, row) for row in range(min(_SEARCHED_ROWS, len(grid.cells)))]
    filled = [row for row, texts in enumerate(top) if any(texts)]
    if not filled:
        return None
    if _is_numbers(top[filled[0]]):
        return _sheet(grid, [column_letter(i) for i in range(grid.cells.shape[1])], -1)
    scores = [sum(is_known(text) for text in set(texts) if text) for texts in top]
    best = int(np.argmax(scores))
    if scores[best] == 0:
        best = max(filled[:10], key=lambda row: len({t for t in top[row] if t}))
    first, last = _band(top, best)
    return _sheet(grid, _headings(top, first, best, last), last)


def _filled(grid: Grid, row: int) -> list[str]:
    """Return the texts of a row, a merged cell's text in each of its columns."""
    texts = [_text(value) for value in grid.cells.iloc[row].tolist()]
    for top, left, bottom, right in grid.merged:
        if top <= row <= bottom and top < _SEARCHED_ROWS:
            text = _text(grid.cells.iat[top, left])
            for column in range(left, min(right, len(texts) - 1) + 1):
                if row == top or column == left or bottom > top:
                    texts[column] = texts[column] or text
    return texts


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _is_numbers(texts: list[str]) -> bool:
    given = [text for text in texts if text]
    return len(given) >= 3 and all(re.fullmatch(r"-?\d+(\.\d+)?", text) for text in given)


def _is_numbering(texts: list[str]) -> bool:
    """A row that only numbers the columns: (1) (2) (3) or A B 1 2."""
    given = [re.sub(r"\W", "", text) for text in texts if text]
    if len(given) < 3 or not all(re.fullmatch(r"\d{1,2}|[A-Z]", text) for text in given):
        return False
    numbers = [int(text) for text in given if text.isdigit()]
    return len(numbers) >= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _band(top: list[list[str]], best: int) -> tuple[int, int]:
    first = last = best
    while first > 0 and len({text for text in top[first - 1] if text}) >= 2 and not _is_numbers(top[first - 1]):
        first -= 1
    while last + 1 < len(top):
        texts = top[last + 1]
        given = [text for text in texts if text]
        below = [text for i, text in enumerate(texts) if text and text != top[best][i]]
        known = sum(is_known(text) for text in below)
        continued = bool(given) and any(
            not top[best][i] or top[best].count(top[best][i]) > 1 for i, text in enumerate(texts) if text
        )
        same = bool(given) and not below
        if not (_is_numbering(texts) or same or (continued and known >= 1 and known * 2 >= len(below))):
            break
        last += 1
    return first, last


def _headings(top: list[list[str]], first: int, best: int, last: int) -> list[str]:
    rows = [row for row in range(first, last + 1) if row <= best or not _is_numbering(top[row])]
    headings = []
    for column in range(len(top[best])):
        parts: list[str] = []
        for row in rows:
            text = top[row][column]
            if text and text not in parts:
                parts.append(text)
        known = [text for text in parts if is_known(text)]
        headings.append(known[-1] if known else (parts[-1] if parts else ""))
    counts = {heading: headings.count(heading) for heading in headings}
    for column, heading in enumerate(headings):
        above = [top[row][column] for row in rows if top[row][column] and top[row][column] != heading]
        if counts[heading] > 1 and above:
            headings[column] = f"{above[-1]} › {heading}"
    return headings


def _sheet(grid: Grid, headings: list[str], last: int) -> Sheet:
    headings = [re.sub(r"\s+", " ", heading).strip() for heading in headings]
    letters = [column_letter(i) for i in range(len(headings))]
    shown: list[str] = []
    for column, heading in enumerate(headings):
        name = heading or f"({letters[column]})"
        shown.append(name if name not in shown else f"{name} ({letters[column]})")
    body = grid.cells.iloc[last + 1 :]
    positions = np.arange(last + 1, len(grid.cells))
    keep: npt.NDArray[np.bool_] = np.array(body.notna().to_numpy().any(axis=1), dtype=bool)
    for row in {place[0] for place in grid.errors} | set(grid.ragged):
        if row > last:
            keep[row - last - 1] = True
    repeated = _repeated(body, headings) & keep
    keep &= ~repeated
    cells, positions = body[keep].reset_index(drop=True), positions[keep]
    place = {int(old): new for new, old in enumerate(positions)}
    used = [i for i, heading in enumerate(headings) if heading or cells[i].notna().any()]
    own = [i for i in used if shown[i].startswith(OWN_PREFIX)]
    used = [i for i in used if i not in own]
    at = {old: new for new, old in enumerate(used)}
    origin = cells[own].set_axis([shown[i].removeprefix(OWN_PREFIX) for i in own], axis=1) if own else None
    return Sheet(
        file=grid.file,
        sheet=grid.sheet,
        headings=tuple(shown[i] for i in used),
        letters=tuple(letters[i] for i in used),
        cells=cells[used].set_axis(range(len(used)), axis=1),
        numbers=grid.numbers[positions],
        errors={(place[r], at[c]): t for (r, c), t in grid.errors.items() if r in place and c in at},
        ragged={place[r]: n for r, n in grid.ragged.items() if r in place},
        lettered=grid.lettered,
        origin=origin,
        repeated=int(repeated.sum()),
    )


def _repeated(body: pd.DataFrame, headings: list[str]) -> npt.NDArray[np.bool_]:
    """Tell which rows say the headings again (a new page)."""
    again: npt.NDArray[np.bool_] = np.ones(len(body), dtype=bool)
    compared = 0
    for column, heading in enumerate(headings):
        if heading and " › " not in heading:
            again &= (body[column] == heading).fillna(False).to_numpy(dtype=bool)
            compared += 1
            if not again.any():
                break
    return again & (compared > 1)
