"""ContactGraph: an immutable columnar graph of contacts that NetworkX sees as a frozen ``MultiGraph``.

The arrays are the graph; node and adjacency mappings are views on them, so every NetworkX algorithm runs without a
copy. Our own kernels use the arrays only (:mod:`tracing.model.numbered`), so that they need no NetworkX.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, TypeVar

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.model.numbered import NumberedRecords, number_records
from tracing.model.records import Records

V = TypeVar("V")

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


class ContactGraph(NumberedRecords, nx.MultiGraph):  # type: ignore[type-arg]  # generic in its type stubs only, not when it runs
    """People (nodes, by id) and contacts (edges, keyed by contact id).

    Build one with :func:`build_contact_graph` or a store's ``slice``. Built so it is frozen; made empty, as NetworkX
    does inside its algorithms, it is an ordinary mutable ``MultiGraph``. Visits to places are not edges: they are
    joined lazily, around the people in question (see :mod:`tracing.tiers.colocation`).
    """

    def __repr__(self) -> str:
        return f"<ContactGraph: {self.number_of_nodes()} people, {self.number_of_edges()} contacts>"

    def _repr_html_(self) -> str:
        return f"<b>ContactGraph</b>: {self.number_of_nodes():,} people, {self.number_of_edges():,} contacts"

    def number_of_edges(self, u: Any = None, v: Any = None) -> int:
        """Return the number of contacts, or of those between ``u`` and ``v``."""
        if u is None and "columns" in self.__dict__:
            return len(self.columns.a)
        return int(super().number_of_edges(u, v))


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
    return as_contact_graph(number_records(records, focus=focus))


def as_contact_graph(numbered: NumberedRecords) -> ContactGraph:
    """Return numbered records, the same tables and arrays, as a graph of NetworkX."""
    graph = ContactGraph()
    graph.records, graph.columns, graph.focus = numbered.records, numbered.columns, numbered.focus
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
