"""A kind of list is one description: the columns it uses, the marks by which it is known, how a row becomes records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns
from loaders.people.directory import Directory
from loaders.rows.tables import MENTIONED_PLACES, NAMED_AREAS, Staged

#: Tables that tell of people themselves.
_OF_PEOPLE: Final = ("persons", NAMED_AREAS)


@dataclass
class ListRows:
    """The rows of one list while they become records.

    ``person`` is the id of each row's person, ``used`` the columns that gave it; ``kept`` grows by the fields whose
    values stay with the person, ``more`` by what else does (field -> texts).
    """

    columns: Columns
    sheet: int
    staged: Staged
    people: Directory
    person: pd.Series
    used: list[int]
    kept: list[str] = field(default_factory=list)
    more: dict[str, pd.Series] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        """Tell whether any of these fields has a column."""
        return self.columns.has(*names)

    def fact(self, name: str) -> str | None:
        """Return what title, sheet name or file name say of all rows."""
        return self.columns.sheet.fact(name)

    def constant(self, value: str | None) -> pd.Series:
        """Return a column that holds one text in every row."""
        return pd.Series(pd.array([value] * len(self.columns.sheet), dtype="string"))

    def stage(self, table: str, values: dict[str, pd.Series], where: npt.NDArray[np.bool_] | None = None) -> None:
        """Stage a row of ``table`` per row of the list, or per row of ``where``; of rows struck through only people."""
        if self.columns.sheet.struck and table not in _OF_PEOPLE:
            where = np.ones(len(self.columns.sheet), dtype=bool) if where is None else where.copy()
            where[sorted(self.columns.sheet.struck)] = False
        self.staged.add(table, self.columns, self.sheet, values, where)

    def mention_places(self, place: pd.Series, kind: str | None = None) -> None:
        """Stage places that the list only mentions: put on record where no list of places describes them."""
        given = place.notna().to_numpy()
        if given.any():
            where = {name: self.columns.number(name) for name in ("lat", "lon") if self.has(name)}
            self.stage(MENTIONED_PLACES, {"place": place, "kind": self.constant(kind), **where}, given)


def is_person(rows: ListRows, row: int, ident: str | None) -> bool:
    """Tell whether somebody is the person of a row, also by name and telephone where the row gives no id."""
    entry = rows.people.entry_of(rows.sheet, row)
    return ident is not None and ident in (rows.people.id_of(rows.sheet, row), None if entry is None else entry.key)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of thing that the rows of a list say of their people.

    Attributes
    ----------
    name
        Name of the kind.
    fields
        Fields of the list whose columns it uses.
    marks
        It is said where all fields of one of these sets have a column.
    build
        Stages the records of all rows.
    unless
        Fields in whose presence something else is meant.
    """

    name: str
    fields: tuple[str, ...]
    marks: tuple[frozenset[str], ...]
    build: Callable[[ListRows], None]
    unless: frozenset[str] = frozenset()

    def said_by(self, rows: ListRows) -> bool:
        """Tell whether the columns of a list say such things."""
        have = set(rows.columns.found.reading.columns) | {f"fact:{fact.name}" for fact in rows.columns.sheet.facts}
        return not self.unless & have and any(mark <= have for mark in self.marks)
