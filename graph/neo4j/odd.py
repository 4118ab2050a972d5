"""Rows of others that do not fit: nodes and relationships with our labels that no loader of ours wrote.

A contact whose ``start`` is a native ``datetime`` or has no ``startTo``, a relationship without its key, a visit
straight to a place, a case that hangs on nobody: such a row is left out by every reading and every ready query,
counted, and named by the server's own id of it, and the rest goes on. One condition, :func:`fits`, says which rows
these are; :func:`find_odd` has the server look for them, and :func:`without_odd` puts the condition into a question.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from graph.neo4j.model import EDGES, NODES, key_property, label_of, pattern_of, property_of, row_of, value_of
from graph.neo4j.rows import Column, Runner, fetch, plain, to_table
from tracing.model.schema import TABLES, ColumnKind, stored_columns
from tracing.patterns import regex
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
_RELATIONSHIP: Final = regex(r"\[(\w*):([A-Z_|]+)\]")
_NODE: Final = regex(r"\((\w*):(\w+)((?: \{[^}]*\})?)(?: WHERE ([^()]*))?\)")
_HAS_DAY: Final = (
    "CASE WHEN {row}.start IS :: INTEGER NOT NULL AND {row}.startTo IS :: INTEGER AND {row}.endTo IS :: INTEGER THEN "
    "EXISTS {{ WITH endNode({row}) AS d_ MATCH (d_:PlaceDay)-[:OF]->(x_:Place) WHERE x_.place = d_.place "
    "AND d_.day IS :: INTEGER NOT NULL AND {row}.start / 86400 - 2 <= d_.day <= {row}.start / 86400 + 1 "
    "AND d_.last IS :: INTEGER NOT NULL AND d_.last >= {row}.start "
    "AND d_.last >= coalesce({row}.endTo, {row}.startTo) }} ELSE true END"
)
"""That a visit hangs on the day of its place on which it begins, which says when all visits of that day have ended."""


@dataclass(frozen=True)
class Odd:
    """Rows of one label or relationship type that were left out: why, how many, and the ids of some.

    ``found`` is what a column has instead; without ``column`` it is what the row lacks in the graph, "" its key.
    """

    kind: str
    column: str | None
    found: str
    count: int
    elements: tuple[str, ...]

    def told(self) -> Text:
        """Return what is said of them."""
        told: dict[str, object] = {"count": self.count, "kind": self.kind, "elements": ", ".join(self.elements)}
        if self.column is None and self.found:
            told["wanted"] = self.found
            return _("{count} {kind} without {wanted} as the model has it ({elements})", **told)
        if self.column is None:
            return _("{count} {kind} without key ({elements})", **told)
        told |= {"column": property_of(self.column), "found": self.found}
        return _("{count} {kind} whose {column} is {found} ({elements})", **told)


TakeNote = Callable[[Odd], None]


@cache
def fits(name: str, row: str = "r") -> str:
    """Return the condition of Cypher that holds of the rows of a table that are read, and of no others."""
    of_kind = []
    for column, kind in stored_columns(TABLES[name]).items():
        given = " NOT NULL" if column in _required(name) else ""
        types = " | ".join(f"{one}{given}" for one in _CYPHER.get(kind, ("STRING",)))
        of_kind.append(f"{value_of(name, column, row)} IS :: {types}")
    spans = (f"({row}.{property_of(a)} IS NULL) = ({row}.{property_of(b)} IS NULL)" for a, b in _spans(name))
    return " AND ".join([*of_kind, *spans, *_places(name, row).values()])


def _spans(name: str) -> list[tuple[str, str]]:
    """Return the columns that are the two ends of one time: either both are given, or none."""
    columns = stored_columns(TABLES[name])
    return [(column, f"{column}_to") for column in columns if f"{column}_to" in columns]


def _places(name: str, row: str) -> dict[str, str]:
    """Return what ties a row into the graph, each with the condition that it is as in the model."""
    if name in EDGES:
        others = [] if name == "visits" else [f"endNode({row}):Person"]
        found = {"Person": " AND ".join([f"startNode({row}):Person", *others])}
        return found | ({"PlaceDay": _HAS_DAY.format(row=row)} if name == "visits" else {})
    found = {}
    for reference in () if NODES[name].mentioned else NODES[name].references:
        any_one = reference.pattern.replace("[r:", "[:").replace("(n)", f"({row})").replace("(m)", "()")
        own = any_one.replace("()", f"(m_:{reference.label})")
        value = f"{row}.{property_of(reference.column)}"
        found[reference.type] = (
            f"CASE WHEN {value} IS NULL THEN NOT EXISTS {{ {any_one} }} "
            f"ELSE COUNT {{ {any_one} }} = 1 AND EXISTS {{ {own} WHERE m_.{reference.key} = {value} }} END"
        )
    return found


def without_odd(cypher: str, odd: Iterable[Odd]) -> str:
    """Return a question that asks for rows that fit alone, where some are ``odd``; else the same question."""
    tables = {label_of(name): name for name in TABLES if name in EDGES or not NODES[name].mentioned}
    kinds = {one.kind: tables[one.kind] for one in odd if one.kind in tables}
    names = (f"odd_{number}" for number in itertools.count())

    def relationship(found: re.Match[str]) -> str:
        row, types = found[1], found[2].split("|")
        if kinds.keys().isdisjoint(types):
            return found[0]
        row = row or next(names)
        conditions = (f"(NOT {row}:{kind} OR {fits(kinds[kind], row)})" for kind in types if kind in kinds)
        return f"[{row}:{found[2]} WHERE {' AND '.join(conditions)}]"

    def node(found: re.Match[str]) -> str:
        if found[2] not in kinds:
            return found[0]
        row = found[1] or next(names)
        own = f" AND ({found[4]})" if found[4] else ""
        return f"({row}:{found[2]}{found[3]} WHERE {fits(kinds[found[2]], row)}{own})"

    if not kinds:
        return cypher
    return _NODE.sub(node, _RELATIONSHIP.sub(relationship, cypher))


def rows_of(name: str) -> str:
    """Return the pattern of Cypher that finds the rows ``r`` of a table, not what is only mentioned elsewhere."""
    recorded = " WHERE r.recorded" if name in NODES and NODES[name].mentioned else ""
    return f"MATCH {pattern_of(name)}{recorded}"


def find_odd(runner: Runner, name: str) -> list[Odd]:
    """Return what there is of the rows of a table that do not fit."""
    left = f"{rows_of(name)} WITH r WHERE NOT ({fits(name)})"
    places = _places(name, "r")
    told = ", ".join(places.values())
    rows = fetch(runner, f"{left} RETURN elementId(r), {row_of(name)}, [{told}] ORDER BY elementId(r)")
    at = list(stored_columns(TABLES[name])).index(TABLES[name].key)
    found: dict[tuple[str | None, str], list[str]] = {}
    for element, row, tied in rows:
        wrong = (None, "") if row[at] is None else _wrong(name, row)
        apart = next((what for what, there in zip(places, tied, strict=True) if not there), None)
        if wrong is not None or apart is not None:
            found.setdefault(wrong or (None, str(apart)), []).append(element)
    return [Odd(label_of(name), *wrong, len(all_), tuple(all_[:SHOWN])) for wrong, all_ in found.items()]


def checked_table(runner: Runner, name: str, columns: Sequence[Column], note: TakeNote) -> pa.Table:
    """Return columns as a table; rows that do not fit are noted and left out."""
    try:
        table = to_table(name, columns)
        required, spans = (table[column].null_count for column in _required(name)), _spans(name)
        halves = (pc.any(pc.xor(pc.is_null(table[a]), pc.is_null(table[b]))).as_py() for a, b in spans)
        if not any(required) and not any(halves):
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
    given = dict(zip(stored_columns(TABLES[name]), row, strict=True))
    halves = (b if given[b] is None else a for a, b in _spans(name) if (given[a] is None) != (given[b] is None))
    half = next(halves, None)
    return None if half is None else (half, "nothing")


@cache
def _required(name: str) -> frozenset[str]:
    return frozenset({TABLES[name].key, *(column.name for column in TABLES[name] if column.required)})


def _elements_of(runner: Runner, name: str, keys: Sequence[Any]) -> tuple[str, ...]:
    query = f"MATCH {pattern_of(name)} WHERE r.{key_property(name)} IN $keys RETURN elementId(r) ORDER BY elementId(r)"
    return tuple(ident for (ident,) in fetch(runner, query, keys=list(keys)))
