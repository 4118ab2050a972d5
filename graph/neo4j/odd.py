"""Rows of others that do not fit: nodes and relationships with our labels that no loader of ours wrote.

A contact whose ``start`` is a native ``datetime``, a relationship without its key: such a row is left out, counted, and
named by the server's own id of it, and the rest goes on. Reading finds them by the way; :func:`find_odd` has the server
look for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pyarrow as pa

from graph.neo4j.model import NODES, key_property, label_of, pattern_of, property_of, row_of, value_of
from graph.neo4j.rows import Column, Runner, fetch, plain, to_table
from tracing.model.schema import TABLES, ColumnKind, stored_columns
from tracing.text import Text, catalogue

_, _n = catalogue("graph")

SHOWN: Final = 3
"""How many elements are named of each kind of oddity."""
_TYPES: Final[dict[ColumnKind, tuple[type, ...]]] = {"flag": (bool,), "number": (float, int)}
_WHOLE: Final = frozenset({"integer", "time"})
_CYPHER: Final[dict[ColumnKind, tuple[str, ...]]] = {
    "flag": ("BOOLEAN",),
    "number": ("INTEGER", "FLOAT"),
    "integer": ("INTEGER",),
    "time": ("INTEGER",),
}


@dataclass(frozen=True)
class Odd:
    """Rows of one label or relationship type that were left out: why, how many, and the ids of some."""

    kind: str
    column: str | None
    found: str
    count: int
    elements: tuple[str, ...]

    def told(self) -> Text:
        """Return what is said of them."""
        told: dict[str, object] = {"count": self.count, "kind": self.kind, "elements": ", ".join(self.elements)}
        if self.column is None:
            return _("{count} {kind} without key ({elements})", **told)
        told |= {"column": property_of(self.column), "found": self.found}
        return _("{count} {kind} whose {column} is {found} ({elements})", **told)


TakeNote = Callable[[Odd], None]


@cache
def fits(name: str) -> str:
    """Return the condition of Cypher that holds of the rows ``r`` of a table that are read, and of no others."""
    of_kind = []
    for column, kind in stored_columns(TABLES[name]).items():
        given = " NOT NULL" if column in _required(name) else ""
        types = " | ".join(f"{one}{given}" for one in _CYPHER.get(kind, ("STRING",)))
        of_kind.append(f"{value_of(name, column)} IS :: {types}")
    return " AND ".join(of_kind)


def rows_of(name: str) -> str:
    """Return the pattern of Cypher that finds the rows ``r`` of a table, not what is only mentioned elsewhere."""
    recorded = " WHERE r.recorded" if name in NODES and NODES[name].mentioned else ""
    return f"MATCH {pattern_of(name)}{recorded}"


def find_odd(runner: Runner, name: str) -> list[Odd]:
    """Return what there is of the rows of a table that do not fit."""
    left = f"{rows_of(name)} WITH r WHERE NOT ({fits(name)})"
    rows = fetch(runner, f"{left} RETURN elementId(r), {row_of(name)} ORDER BY elementId(r)")
    at = list(stored_columns(TABLES[name])).index(TABLES[name].key)
    found: dict[tuple[str | None, str], list[str]] = {}
    for element, row in rows:
        wrong = (None, "") if row[at] is None else _wrong(name, row)
        if wrong is not None:
            found.setdefault(wrong, []).append(element)
    return [Odd(label_of(name), *wrong, len(all_), tuple(all_[:SHOWN])) for wrong, all_ in found.items()]


def checked_table(runner: Runner, name: str, columns: Sequence[Column], note: TakeNote) -> pa.Table:
    """Return columns as a table; rows that do not fit are noted and left out."""
    try:
        table = to_table(name, columns)
        if not any(table[column].null_count for column in _required(name)):
            return table
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        pass
    rows = list(zip(*map(plain, columns), strict=True))
    at = list(stored_columns(TABLES[name])).index(TABLES[name].key)
    odd: dict[tuple[str, str], list[Any]] = {}
    fitting = []
    for row in rows:
        wrong = _wrong(name, row)
        if wrong is None:
            fitting.append(row)
        else:
            odd.setdefault(wrong, []).append(row[at])
    for (column, found), keys in odd.items():
        if column == TABLES[name].key:
            note_keyless(runner, name, note)
        else:
            note(Odd(label_of(name), column, found, len(keys), _elements_of(runner, name, keys[:SHOWN])))
    return to_table(name, list(zip(*fitting, strict=True)) if fitting else [[] for _column in columns])


def note_keyless(runner: Runner, name: str, note: TakeNote) -> None:
    """Note the rows of a table that have no key, which no reading by keys comes to."""
    found = fetch(
        runner,
        f"MATCH {pattern_of(name)} WHERE r.{key_property(name)} IS NULL "
        f"RETURN count(r), collect(elementId(r))[..{SHOWN}]",
    )
    count, elements = found[0]
    if count:
        note(Odd(label_of(name), None, "", count, tuple(elements)))


def count_all(runner: Runner, name: str) -> int:
    """Return how many nodes or relationships there are of a kind; the server keeps that number at hand."""
    return int(fetch(runner, f"MATCH {pattern_of(name)} RETURN count(r)")[0][0])


def _wrong(name: str, row: Sequence[Any]) -> tuple[str, str] | None:
    """Return the first column whose value is not of its kind, and the type of that value."""
    for (column, kind), value in zip(stored_columns(TABLES[name]).items(), row, strict=True):
        if value is None:
            if column in _required(name):
                return column, "nothing"
            continue
        if kind in _WHOLE:
            fits = isinstance(value, int) and not isinstance(value, bool)
        else:
            fits = isinstance(value, _TYPES.get(kind, (str,))) and (kind == "flag" or not isinstance(value, bool))
        if not fits:
            return column, type(value).__name__.lower()
    return None


@cache
def _required(name: str) -> frozenset[str]:
    return frozenset({TABLES[name].key, *(column.name for column in TABLES[name] if column.required)})


def _elements_of(runner: Runner, name: str, keys: Sequence[Any]) -> tuple[str, ...]:
    query = f"MATCH {pattern_of(name)} WHERE r.{key_property(name)} IN $keys RETURN elementId(r) ORDER BY elementId(r)"
    return tuple(ident for (ident,) in fetch(runner, query, keys=list(keys)))
