"""Rows of a large load cut into parts, several of which are written at once without waiting for each other's locks.

Whatever a relationship is joined to is locked until the part is written. So the ends are put into groups, each with as
many relationships as another; what lies between two groups is a tile, and tiles without a group in common are written
side by side.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graph.neo4j import lease
from graph.neo4j.derived import local_days
from graph.neo4j.model import EDGES, EdgeKind
from tracing.model.schema import TABLES

_SMALL: Final = 2_500
"""Relationships of a tile, about, if they join everybody with everybody."""
_GROUPS: Final = (6, 16)
"""Groups of ends: enough for three tiles at once, each between two of them."""

_Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Tile:
    """Rows written together, by their places in the table, and the groups that they join; none: it is not known."""

    rows: _Ints
    groups: frozenset[tuple[str, int]] = frozenset()


class Turns:
    """Gives out tiles, each once, of which no two that are out at a time have a group in common."""

    def __init__(self, tiles: Sequence[Tile]) -> None:
        self._waiting = list(tiles)
        self._numbers = list(range(lease.FENCES))
        self._out: set[tuple[str, int]] = set()
        self._changed = threading.Condition()

    @contextmanager
    def take(self) -> Iterator[tuple[Tile, int]]:
        """Wait for a tile, and give it with a number below ``FENCES`` that is of no other one that is out.

        To be asked for as often as there are tiles, by at most ``FENCES`` threads.
        """
        with self._changed:
            while (at := self._find()) is None:
                self._changed.wait()
            tile, number = self._waiting.pop(at), self._numbers.pop()
            self._out |= tile.groups
        try:
            yield tile, number
        finally:
            with self._changed:
                self._out -= tile.groups
                self._numbers.append(number)
                self._changed.notify_all()

    def _find(self) -> int | None:
        return next((at for at, tile in enumerate(self._waiting) if tile.groups.isdisjoint(self._out)), None)


def cut_rows(name: str, frame: pd.DataFrame, most: int) -> list[Tile]:
    """Cut rows in the order of their key; rows of one key stay together, also where they are more than ``most``."""
    keys = frame[TABLES[name].key]
    order: _Ints = np.arange(len(frame))
    if not keys.is_monotonic_increasing:
        order = keys.to_numpy(dtype=object).argsort(kind="stable")
    begins = np.append(np.flatnonzero(~keys.duplicated().to_numpy()[order]), len(frame))
    cuts = [0]
    while cuts[-1] + most < len(frame):
        at = int(np.searchsorted(begins, cuts[-1] + most, side="right")) - 1
        cuts.append(int(begins[at] if begins[at] > cuts[-1] else begins[at + 1]))
    return [Tile(rows) for rows in np.split(order, cuts[1:]) if len(rows)]


def cut_tiles(name: str, frame: pd.DataFrame, most: int, zone: str) -> list[Tile]:
    """Cut relationships into tiles of at most ``most`` rows, the largest first.

    Rows of a tile come in the order of what they point at, so that its record is changed in few of them. Where a key is
    there twice, its rows may join others than each other: then they are cut as rows are.
    """
    if not frame[TABLES[name].key].is_unique:
        return cut_rows(name, frame, most)
    kind = EDGES[name]
    alike = kind.table != "visits"
    wanted = math.isqrt(len(frame) * (2 if alike else 1) // _SMALL)
    number = min(max(wanted, _GROUPS[0]), _GROUPS[1])
    first, second = _ends(kind, frame, zone)
    if alike:
        both = _groups(np.concatenate([first, second]), number)
        one, other = np.sort(both.reshape(2, -1), axis=0)
    else:
        one, other = _groups(first, number), _groups(second, number)
    tile = one * number + other
    start = frame["start"].fillna(0).to_numpy() if "start" in frame else np.zeros(len(frame))
    order = np.lexsort([start, second, tile])
    found = []
    for rows in np.split(order, np.flatnonzero(np.diff(tile[order])) + 1):
        low, high = divmod(int(tile[rows[0]]), number)
        groups = frozenset({("Person", low), ("Person" if alike else "PlaceDay", high)})
        found += [Tile(part, groups) for part in np.array_split(rows, math.ceil(len(rows) / most))]
    return sorted(found, key=lambda tile: -len(tile.rows))


def _ends(kind: EdgeKind, frame: pd.DataFrame, zone: str) -> tuple[_Ints, _Ints]:
    """Return numbers of what relationships are joined to, in the order of ids: like ones stand for neighbours."""
    first, second = (frame[end] for end in kind.ends)
    if kind.table == "visits":
        days = local_days(frame["start"], zone)
        place = _numbers(second)
        return _numbers(first), np.unique(place * (1 << 32) + (days - days.min()), return_inverse=True)[1]
    both = _numbers(pd.concat([first, second]))
    return both[: len(frame)], both[len(frame) :]


def _numbers(ids: pd.Series) -> _Ints:
    codes, names = pd.factorize(ids)
    rank = np.empty(len(names), dtype=np.intp)
    rank[names.argsort()] = np.arange(len(names))
    numbers: _Ints = rank[codes]
    return numbers


def _groups(numbers: _Ints, count: int) -> _Ints:
    """Return for each number its group of neighbours, such that the groups are about as large as each other."""
    before = np.cumsum(np.bincount(numbers)) - 1
    groups: _Ints = (before * count // len(numbers))[numbers]
    return groups
