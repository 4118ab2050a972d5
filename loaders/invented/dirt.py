"""Dirt as it comes: slips in ids, impossible and ambiguous days, lost hours, rows typed twice, shared phones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loaders.units.gazetteer import plain_key

SHARED_PHONE: Final = "0600000123"
"""The manager's phone that was entered for many."""

_Spoil = Callable[[np.random.Generator, str], str | None]
_IDS: Final = ("person", "person_a", "person_b", "index", "source", "target")
_TIMES: Final = ("onset", "sample", "confirmed", "isolated", "start", "end", "arrived", "resulted", "date")
_SPANS: Final = (("start", "end"),)


def spoil(
    rng: np.random.Generator, frame: pd.DataFrame, *, rate: float, vietnamese: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Spoil about a share ``rate`` of the rows of a table of texts, each in one way.

    Returns the spoilt table and what was done, a row per spoilt row: row (from 1), column, what. The columns are known
    by their record names; a table without any that can be spoilt stays as it is, but for rows typed twice.
    """
    ways = _ways(frame, vietnamese)
    rows = np.flatnonzero(rng.random(len(frame)) < rate)
    way = rng.integers(0, len(ways) + 2, len(rows))
    cells = {str(c): np.array(frame[c].astype(object).where(frame[c].notna(), None), dtype=object) for c in frame}
    done: list[tuple[int, str, str]] = []
    for number, (column, what, change) in enumerate(ways):
        for row in rows[way == number].tolist():
            old = cells[column][row]
            if old is not None and (new := change(rng, str(old))) != old:
                cells[column][row] = new
                done.append((row, column, what))
    again = rows[way == len(ways)]
    done += _swap(cells, rows[way == len(ways) + 1])
    out = pd.DataFrame(cells)
    position_of = np.argsort(np.concatenate([np.arange(len(out)), again + 0.5]), kind="stable")
    out = pd.concat([out, out.iloc[again]], ignore_index=True).iloc[position_of].reset_index(drop=True)
    moved = np.arange(len(frame)) + np.searchsorted(again, np.arange(len(frame)), side="left")
    notes = [(int(moved[row]) + 1, column, what) for row, column, what in done]
    notes += [(int(moved[row]) + 2, "", "row typed twice") for row in again.tolist()]
    return out, pd.DataFrame(sorted(notes), columns=["row", "column", "what"])


def _ways(frame: pd.DataFrame, vietnamese: bool) -> list[tuple[str, str, _Spoil]]:
    """Return the ways in which this table can be spoilt: column, what is said of it, and the change."""
    ways: list[tuple[str, str, _Spoil]] = []
    ids = [c for c in _IDS if c in frame]
    own = "person" if "name" in frame and "index" not in frame else None
    for column in ids:
        if column != own:
            ways.append((column, "slip in an id", _slip))
        ways.append((column, "blank after an id", lambda rng, text: f"{text} "))
    for column in [c for c in _TIMES if c in frame]:
        impossible = _impossible_vietnamese if vietnamese else _impossible_iso
        ways.append((column, "impossible day", impossible))
        if not vietnamese:
            ways.append((column, "day in another form", _slashes))
        if column in ("start", "end", "sample"):
            ways.append((column, "hour lost", lambda rng, text: text.replace("T", " ").split(" ")[0]))
        if column == "isolated":
            ways.append((column, "isolation missing", lambda rng, text: None))
    if "address" in frame:
        ways.append(("address", "written in capitals without accents", lambda rng, text: plain_key(text).upper()))
        ways.append(("address", "unit word shortened", _shorten))
    if "phone" in frame:
        ways.append(("phone", "phone of the company", lambda rng, text: SHARED_PHONE))
    if "name" in frame and "person" in frame:
        ways.append(("name", "capitals", lambda rng, text: f" {text.upper()}  "))
    return ways


def _swap(cells: dict[str, NDArray[np.object_]], rows: NDArray[np.int64]) -> list[tuple[int, str, str]]:
    """Exchange start and end in ``rows``, where both are given and differ."""
    done = []
    for first, last in _SPANS:
        if first not in cells or last not in cells:
            continue
        for row in rows.tolist():
            start, end = cells[first][row], cells[last][row]
            if start is not None and end is not None and start != end:
                cells[first][row], cells[last][row] = end, start
                done.append((row, first, "start and end exchanged"))
    return done


def _slip(rng: np.random.Generator, text: str) -> str:
    """Exchange two neighbouring digits, or write O for 0."""
    if rng.random() < 0.3 and "0" in text:
        return text.replace("0", "O", 1)
    places = [i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    if not places:
        return f"{text}1"
    at = places[int(rng.integers(0, len(places)))]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _impossible_iso(rng: np.random.Generator, text: str) -> str:
    return f"{text[:5]}{'06-31' if rng.random() < 0.5 else '13-07'}{text[10:]}"


def _impossible_vietnamese(rng: np.random.Generator, text: str) -> str:
    return f"{'31/6' if rng.random() < 0.5 else '30/2'}{text[5:]}"


def _slashes(rng: np.random.Generator, text: str) -> str:
    """Write a day as d/M/yyyy; up to the 12th it can be read two ways."""
    year, month, day = text[:10].split("-")
    return f"{int(day)}/{int(month)}/{year}"


def _shorten(rng: np.random.Generator, text: str) -> str:
    for word, short in (("Phường ", "P."), ("Thị trấn ", "TT "), ("Xã ", "X. "), ("Thành phố", "TP")):
        text = text.replace(word, short)
    return text
