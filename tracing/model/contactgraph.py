"""ContactGraph: an immutable columnar graph of contacts that NetworkX sees as a frozen ``MultiGraph``.

The arrays are the graph; node and adjacency mappings are views on them, so every NetworkX algorithm runs without a
copy. Our own kernels use the arrays only.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeVar

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.records import Records
from tracing.model.rows import arrow_texts, stable_order
from tracing.times import EVER, NEVER

Ints = npt.NDArray[np.int64]
Smalls = npt.NDArray[np.int8]
V = TypeVar("V")

#: Seconds; what begins farther away begins at all times alike.
_ALL_TIME: Final = 1 << 40
SURE_NEVER: Final = 0
SURE_PRESENCE: Final = 1
SURE_SOMETIME: Final = 2

_FEW: Final = 2_000
_NODE_COLUMNS: Final = ("sex", "birth_year", "household", "area", "occupation", "vaccine_doses", "immune")
_EDGE_COLUMNS: Final = (
    "start",
    "end",
    "time_kind",
    "place",
    "kind",
    "distance_m",
    "minutes",
    "closed_space",
    "physical",
)


@dataclass(frozen=True)
class Spans:
    """When each contact can have been, columnar, all shape (contacts,).

    Attributes
    ----------
    lo, hi
        The contact lies inside ``[lo, hi)``, epoch seconds.
    sure
        What holds in every reading: nothing (0), presence at every instant of ``[c1, c2)`` (1), or one meeting inside
        ``[lo, c1)`` and one inside ``[c2, hi)`` (2).
    """

    lo: Ints
    hi: Ints
    c1: Ints
    c2: Ints
    sure: Smalls


def contact_spans(contacts: pd.DataFrame) -> Spans:
    """Read the time columns of a contacts table (see "Two kinds of contact time" in the semantics).

    *Presence* where said, or where both start and end are instants; else *sometime*. First and last day of contact:
    a meeting on each of the two days, the time between only possible. Undated: in all of time, only possible. A
    contact known by its last day alone: a meeting on that day, before it only possible; by its first day alone: a
    meeting on that day, after it only possible (until ``end``, where that is given).
    """
    start, start_to, end, end_to = (_times(contacts[c]) for c in ("start", "start_to", "end", "end_to"))
    no_start, no_end = start == NEVER, end == NEVER
    end = np.where(no_end, start, end)
    end_to = np.where(no_end, start_to, end_to)
    undated = no_start & no_end
    start_day, end_day = start_to > start, end_to > end
    first_day, last_day = _says(contacts, "first_day") & ~no_start, _says(contacts, "last_day") & ~no_end
    lo = start.copy()
    hi = np.where(end_day, end_to, np.maximum(end + no_start, start + 1))
    hi = np.where(undated | (first_day & no_end), EVER, hi)
    hi = np.where(first_day | last_day, np.maximum(hi, np.where(first_day, start_to, end + 1)), hi)
    unsaid = contacts["time_kind"].isna().to_numpy(dtype=bool)
    presence = np.where(unsaid, ~start_day & ~end_day, _says(contacts, "presence")) & ~no_start
    two_days = ~presence & start_day & end_day & (start_to <= end) & ~no_start
    c1 = np.where(presence, lo, np.where(two_days, start_to, np.where(no_start, lo, hi)))
    c2 = np.where(presence, hi, np.where(two_days | no_start, end, lo))
    c1 = np.where(first_day, np.maximum(start_to, start + 1), np.where(last_day, lo, c1))
    c2 = np.where(first_day, hi, np.where(last_day, end, c2))
    sure = np.where(presence, SURE_PRESENCE, SURE_SOMETIME)
    sure = np.where(undated, SURE_NEVER, sure).astype(np.int8)
    return Spans(lo, hi, c1, c2, sure)


def _times(values: pd.Series) -> Ints:
    return values.to_numpy(dtype=np.int64, na_value=NEVER)


def _says(contacts: pd.DataFrame, kind: str) -> npt.NDArray[np.bool_]:
    return np.asarray((contacts["time_kind"] == kind).fillna(False).to_numpy(dtype=bool))


class PersonNumbers:
    """The number of each person: the position of the id in ``people``, which are in ascending order."""

    def __init__(self, people: npt.NDArray[np.object_]) -> None:
        self._people = people

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Every number by id, for those who ask for one after the other."""
        return dict(zip(self._people.tolist(), range(len(self._people)), strict=True))

    @cached_property
    def _ids(self) -> pa.Array:
        return pa.array(self._people, pa.large_string())

    def of_one(self, person: str) -> int:
        """Return the number of one person; ``KeyError`` for an unknown id."""
        at = bisect_left(self._people, person)
        if at == len(self._people) or self._people[at] != person:
            raise KeyError(person)
        return at

    def of(self, ids: Sequence[str] | pd.Series) -> Ints:
        """Return the numbers of many people at once, -1 where an id is unknown; shape (ids,)."""
        if len(ids) <= _FEW:
            return np.array([self.by_id.get(person, -1) for person in ids], dtype=np.int64)
        asked = arrow_texts(ids) if isinstance(ids, pd.Series) else pa.array(ids, pa.large_string())
        return np.asarray(pc.index_in(asked, value_set=self._ids).fill_null(-1), dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class ContactArrays:
    """The arrays of a ContactGraph.

    Attributes
    ----------
    people
        Person ids in ascending order, shape (people,), dtype object; ``numbers`` finds them.
    a, b
        Person index of either side of each contact, shape (contacts,); row ``i`` is row ``i`` of ``records.contacts``.
    spans
        Times of each contact.
    indptr, neighbour, contact
        Half-edges in CSR form, sorted by (person, start): those of person ``p`` are ``indptr[p]:indptr[p + 1]``.
    """

    people: npt.NDArray[np.object_]
    numbers: PersonNumbers
    a: Ints
    b: Ints
    spans: Spans
    indptr: Ints
    neighbour: Ints
    contact: Ints


def _build_columns(records: Records) -> ContactArrays:
    people, a, b = records.numbered_people()
    spans = contact_spans(records.contacts)
    by_start = stable_order(np.clip(spans.lo, -_ALL_TIME, _ALL_TIME))
    source, target = (
        np.column_stack(sides).ravel() for sides in ((a[by_start], b[by_start]), (b[by_start], a[by_start]))
    )
    edge = np.repeat(by_start, 2)
    once = np.ones(len(edge), dtype=bool)
    once[1::2] = source[1::2] != target[1::2]  # a contact with oneself has one half
    source, target, edge = source[once], target[once], edge[once]
    order = stable_order(source)
    indptr = np.zeros(len(people) + 1, dtype=np.int64)
    np.cumsum(np.bincount(source, minlength=len(people)), out=indptr[1:])
    return ContactArrays(
        people=people,
        numbers=PersonNumbers(people),
        a=a,
        b=b,
        spans=spans,
        indptr=indptr,
        neighbour=target[order],
        contact=edge[order],
    )


class ContactGraph(nx.MultiGraph):  # type: ignore[type-arg]  # generic in its type stubs only, not when it runs
    """People (nodes, by id) and contacts (edges, keyed by contact id).

    Build one with :func:`build_contact_graph` or a store's ``slice``. Built so it is frozen; made empty, as NetworkX
    does inside its algorithms, it is an ordinary mutable ``MultiGraph``. Visits to places are not edges: they are
    joined lazily, around the people in question (see :mod:`tracing.tiers.colocation`).

    Attributes
    ----------
    records
        The Records the graph was built from.
    columns
        The arrays.
    focus
        Ids of the people whose case was asked for, or None for all cases.
    """

    records: Records
    columns: ContactArrays
    focus: tuple[str, ...] | None

    def __repr__(self) -> str:
        return f"<ContactGraph: {self.number_of_nodes()} people, {self.number_of_edges()} contacts>"

    def _repr_html_(self) -> str:
        return f"<b>ContactGraph</b>: {self.number_of_nodes():,} people, {self.number_of_edges():,} contacts"

    def number_of_edges(self, u: Any = None, v: Any = None) -> int:
        """Return the number of contacts, or of those between ``u`` and ``v``."""
        if u is None and "columns" in self.__dict__:
            return len(self.columns.a)
        return int(super().number_of_edges(u, v))

    def person_index(self, person: str) -> int:
        """Return the position of ``person`` in ``columns.people``; ``KeyError`` for an unknown id."""
        return self.columns.numbers.of_one(person)

    def positions(self, ids: Sequence[str] | pd.Series) -> Ints:
        """Return positions of ``ids`` in ``columns.people``, -1 where unknown."""
        return self.columns.numbers.of(ids)


def build_contact_graph(records: Records, *, focus: Sequence[str] | None = None) -> ContactGraph:
    """Return the frozen ContactGraph of ``records``; an empty one for empty records. O(contacts log contacts).

    The graph keeps its own view of the tables (copied on write): a later edit of ``records`` changes neither what is
    answered from the graph nor what the answer says it was made from. Raises nothing of its own.

    Parameters
    ----------
    records
        What is on record; people who occur in a contact, a visit or a case only are people of the graph, too.
    focus
        Ids of the people whose case is asked for; None for all cases.

    Returns
    -------
    ContactGraph
        A frozen ``MultiGraph``: people as nodes, contacts as edges; its arrays hold one entry per contact, times in
        epoch seconds, half-open (:mod:`tracing.times`).
    """
    records = Records({name: table.copy(deep=False) for name, table in records.tables.items()}, records.zone)
    graph = ContactGraph()
    graph.records = records
    graph.columns = _build_columns(records)
    graph.focus = None if focus is None else tuple(sorted(focus))
    views: Any = graph
    views._node, views._adj = _People(graph), _Adjacency(graph)
    frozen: ContactGraph = nx.freeze(graph)
    return frozen


def _row(frame: pd.DataFrame, position: int, columns: Sequence[str]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for column in columns:
        value = frame[column].iloc[position]
        if value is not pd.NA:
            out[column] = value.item() if isinstance(value, np.generic) else value
    return out


class _ByPerson(Mapping[str, V]):
    """What there is of every person of a graph, by id; made when asked for."""

    def __init__(self, graph: ContactGraph) -> None:
        self._columns = graph.columns

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns.numbers.by_id)

    def __len__(self) -> int:
        return len(self._columns.people)

    def __contains__(self, person: object) -> bool:
        return person in self._columns.numbers.by_id


class _People(_ByPerson[dict[str, Any]]):
    """Node mapping: person id to the person's non-identifying attributes."""

    def __init__(self, graph: ContactGraph) -> None:
        super().__init__(graph)
        self._persons = graph.records.persons
        self._case_ids = graph.records.cases["person"]

    @cached_property
    def _rows(self) -> dict[str, int]:
        return dict(zip(self._persons["person"].tolist(), range(len(self._persons)), strict=True))

    @cached_property
    def _cases(self) -> set[str]:
        return set(self._case_ids.tolist())

    def __getitem__(self, person: str) -> dict[str, Any]:
        if person not in self:
            raise KeyError(person)
        row = self._rows.get(person)
        attributes = {} if row is None else _row(self._persons, row, _NODE_COLUMNS)
        return attributes | {"case": person in self._cases}


class _Attributes(Mapping[str, Any]):
    """The known attributes of one contact, read from the table when asked for."""

    __slots__ = ("_contacts", "_row")

    def __init__(self, contacts: pd.DataFrame, row: int) -> None:
        self._contacts = contacts
        self._row = row

    def copy(self) -> dict[str, Any]:
        return _row(self._contacts, self._row, _EDGE_COLUMNS)

    def __deepcopy__(self, memo: object) -> dict[str, Any]:
        return self.copy()

    def __getitem__(self, name: str) -> Any:
        if name not in _EDGE_COLUMNS:
            raise KeyError(name)
        return self.copy()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.copy())

    def __len__(self) -> int:
        return len(self.copy())

    def __repr__(self) -> str:
        return repr(self.copy())


class _Adjacency(_ByPerson[dict[str, dict[str, _Attributes]]]):
    """Adjacency mapping: person id to neighbours to contacts by key, made from the arrays when asked for."""

    def __init__(self, graph: ContactGraph) -> None:
        super().__init__(graph)
        self._contacts = graph.records.contacts

    @cached_property
    def _keys(self) -> npt.NDArray[np.object_]:
        keys: npt.NDArray[np.object_] = self._contacts["contact"].to_numpy(dtype=object)
        return keys

    def __getitem__(self, person: str) -> dict[str, dict[str, _Attributes]]:
        columns, position = self._columns, self._columns.numbers.by_id[person]
        half_edges = slice(columns.indptr[position], columns.indptr[position + 1])
        edges = columns.contact[half_edges]
        neighbours: dict[str, dict[str, _Attributes]] = {}
        for neighbour, edge in zip(columns.people[columns.neighbour[half_edges]], edges.tolist(), strict=True):
            neighbours.setdefault(neighbour, {})[self._keys[edge]] = _Attributes(self._contacts, edge)
        return neighbours
