"""Chains: who led to whom, over declared links and over exposures between cases, told apart.

Chain depth counts links on record. In incomplete data it is less than the number of infections between two cases, so it
is not a generation and is never called one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import networkx as nx
import numpy as np
import pandas as pd

from tracing.chains import questions
from tracing.chains.links import (
    EDGE_COLUMNS,
    UNDATED,
    CaseDate,
    StringDiGraph,
    case_dates,
    contact_edges,
    declared_edges,
    table_of,
)
from tracing.errors import NothingFound, UsageError
from tracing.model.contactgraph import ContactGraph
from tracing.results import Result, inputs_hash, software_version
from tracing.text import catalogue
from tracing.tiers.tiers import Tiers
from tracing.times import EVER, format_iso

_, _n = catalogue("tracing")

CHAIN_COLUMNS: Final = {
    "id": "string", "case": "bool", "case_code": "string", "date": "Int64", "date_to": "Int64", "date_of": "string",
    "secondary": "Int64", "sources": "object", "sources_missing": "object", "root": "string", "roots": "object",
    "depth": "Int64", "descendants": "Int64", "component": "Int64", "in_circle": "bool",
    "contact_secondary": "Int64", "contact_sources": "object", "exposed": "Int64",
}  # fmt: skip


@dataclass(frozen=True)
class Chains(Result):
    """Chains of cases.

    Attributes
    ----------
    table
        One row per case and per person whom a link names, sorted by ``id``: ``case`` (on the line list),
        ``case_code``; ``date``, ``date_to``, ``date_of`` (first known of onset, sample, confirmed; epoch seconds). Over
        declared links: ``secondary`` (cases it is a declared source of), ``sources`` (sorted ids), ``sources_missing``
        (those not on the line list), ``root`` (NA for a case without any link), ``roots`` (all: a case with several
        sources may have several, the earliest by date, then id, first; ``root`` is the first), ``depth`` (fewest links
        from a root; 0 for roots and cases without links), ``descendants``, ``component`` (1 is the largest; NA without
        links), ``in_circle``. Over exposures (NA without tiers): ``contact_secondary`` and ``contact_sources``
        (cases it may have infected, or been infected by, by a contact), ``exposed`` (listed people who are no case and
        have this case as a parent).
    edges
        One row per declared pair ("link") and per exposure of a case by a case ("contact"): ``source``, ``target``,
        ``basis``, ``id``, ``first``, ``last`` (epoch seconds), ``reading``, ``clause``, ``place``, ``status``
        ("possible", "doubtful", "impossible"), ``reason`` (see :data:`tracing.chains.links.REASONS`).
    findings
        One row per declared link and fault: ``code``, ``severity`` ("impossible", "doubtful", "gap"), ``source``,
        ``target``, ``id``. Faulty links are counted and listed; they stay in the chains, as declared, but self links.
    links
        Frozen ``networkx.DiGraph`` of the declared links, from source to target; every row of ``table`` is a node.
    roots
        Roots with at least one secondary case, the earliest first.
    components
        Members of every component with a link, the largest first.
    longest
        The longest chain of declared links, from a root on; empty where there are none. Of several equally long
        ones that to the deepest case, then the smallest id.
    graph, tiers
        What it was computed from.
    """

    edges: pd.DataFrame
    findings: pd.DataFrame
    links: StringDiGraph = field(repr=False)
    roots: tuple[str, ...]
    components: tuple[tuple[str, ...], ...]
    longest: tuple[str, ...]
    graph: ContactGraph = field(repr=False)
    tiers: Tiers | None = field(repr=False)

    def __repr__(self) -> str:
        return (
            f"<Chains: {int(self.table['case'].sum())} cases, {self.links.number_of_edges()} declared links, "
            f"{len(self.components)} chains, greatest depth {self.depth}>"
        )

    @property
    def depth(self) -> int:
        """The links of the longest chain; 0 without links."""
        return max(len(self.longest) - 1, 0)

    @property
    def zone_name(self) -> str:
        """Time zone in which times are shown."""
        return self.graph.records.zone

    @property
    def several(self) -> tuple[str, ...]:
        """Cases with several declared sources."""
        return tuple(self.table.loc[self.table["sources"].map(len) > 1, "id"])

    @property
    def missing(self) -> tuple[str, ...]:
        """Cases with a declared source that is not on the line list."""
        return tuple(self.table.loc[self.table["sources_missing"].map(len) > 0, "id"])

    @property
    def unlinked(self) -> tuple[str, ...]:
        """Cases on the line list without any declared link."""
        return tuple(self.table.loc[self.table["component"].isna() & self.table["case"], "id"])

    def find(self, name: str) -> str:
        """Return the id of the person called ``name`` (an id or a case code).

        Raises
        ------
        NothingFound
            If there is no such case, or the code stands for several.
        """
        ids = self.table["id"]
        if (ids == name).any():
            return name
        found = ids[(self.table["case_code"] == name).fillna(False)].tolist()
        if len(found) == 1:
            return str(found[0])
        if found:
            raise NothingFound(
                _("several cases have the code or id that was asked for"), fix=_("ask by the person's id")
            )
        raise NothingFound(
            _("no case on record has the code or id that was asked for"),
            fix=_("check the code; truyvet chains --all lists the cases"),
        )

    def forward(self, case: str) -> pd.DataFrame:
        """Return the cases to which ``case`` led; see :func:`tracing.chains.questions.forward`."""
        return questions.forward(self, self.find(case))

    def backward(self, case: str) -> pd.DataFrame:
        """Return who could have been the source of ``case``; see :func:`tracing.chains.questions.backward`."""
        return questions.backward(self, self.find(case))

    def sideward(self, case: str) -> pd.DataFrame:
        """Return who else was there; see :func:`tracing.chains.questions.sideward`."""
        return questions.sideward(self, self.find(case))

    def to_dict(self, case: str | None = None) -> dict[str, Any]:
        """Return the JSON object of ``truyvet chains --json``: all cases, or the chain of ``case`` and its answers."""
        rows = self.table
        out: dict[str, Any] = {
            "policy": self.provenance["policy"] or None,
            "as_of": self.provenance["as_of"] or None,
            "provenance": dict(self.provenance),
        }
        if case is not None:
            person = self.find(case)
            component = rows.set_index("id")["component"][person]
            same = rows["id"] == person if pd.isna(component) else (rows["component"] == component).fillna(False)
            rows = rows[same.astype(bool)]
            out["case"] = person
        out["cases"] = [self._case_dict(row) for row in rows.itertuples(index=False)]
        members = set(rows["id"])
        out["roots"] = [root for root in self.roots if root in members]
        out["several_sources"] = [i for i in self.several if i in members]
        out["missing_sources"] = [i for i in self.missing if i in members]
        if case is None:
            out |= {
                "unlinked": list(self.unlinked), "components": [list(c) for c in self.components],
                "longest": list(self.longest), "counts": self.counts(),
            }  # fmt: skip
        else:
            out |= {
                "forward": self._rows(self.forward(person)), "backward": self._rows(self.backward(person)),
                "sideward": self._rows(self.sideward(person)),
            }  # fmt: skip
        listed = self.findings["source"].isin(members) | self.findings["target"].isin(members)
        out["findings"] = self._rows(self.findings[listed])
        return out

    def counts(self) -> dict[str, int]:
        """Return how many findings there are of each reason code."""
        return {str(code): int(n) for code, n in sorted(Counter(self.findings["code"]).items())}

    def _case_dict(self, row: Any) -> dict[str, Any]:
        known = not pd.isna(row.date)
        out = {
            "id": row.id, "case": bool(row.case), "case_code": _plain(row.case_code), "secondary": int(row.secondary),
            "sources": list(row.sources), "root": _plain(row.root), "roots": list(row.roots), "depth": int(row.depth),
            "descendants": int(row.descendants), "component": _plain(row.component),
            "sources_missing": list(row.sources_missing), "in_circle": bool(row.in_circle),
            "date": format_iso(int(row.date), int(row.date_to), self.zone_name) if known else None,
            "date_of": _plain(row.date_of),
        }  # fmt: skip
        if self.tiers is not None:
            out |= {
                "contact_secondary": int(row.contact_secondary), "contact_sources": list(row.contact_sources),
                "exposed": int(row.exposed),
            }  # fmt: skip
        return out

    def _rows(self, frame: pd.DataFrame) -> list[dict[str, Any]]:
        times = {"first", "last", "start", "end"}
        return [
            {str(k): self._time(v) if k in times else _plain(v) for k, v in row.items()}
            for row in frame.to_dict("records")
        ]

    def _time(self, value: Any) -> str | None:
        if pd.isna(value) or abs(int(value)) >= EVER // 2:
            return None
        return format_iso(int(value), int(value), self.zone_name)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return list(value)
    if pd.isna(value):
        return None
    return value.item() if isinstance(value, np.generic) else value


def trace_chains(graph: ContactGraph, *, tiers: Tiers | None = None) -> Chains:
    """Return the chains among the cases of ``graph``.

    Declared links are taken as declared: several sources, sources missing from the line list, circles and links that
    cannot be are kept, counted and listed. With ``tiers`` (of the same graph) exposures of cases by cases come beside
    them, with ``basis`` "contact". Graph questions are NetworkX's; a circle is condensed to one node, so that depth
    and roots always exist. O(cases + links) but for ``descendants``, which takes one bit per pair of linked cases.

    Parameters
    ----------
    graph
        Cases and links; contacts and visits for the questions "backward" and "sideward".
    tiers
        Tiers traced on this very graph; their policy says when a source can have infected.

    Returns
    -------
    Chains
        Empty tables where there is neither a case nor a link.

    Raises
    ------
    UsageError
        If ``tiers`` were traced on other records.
    """
    if tiers is not None and tiers.graph is not graph and inputs_hash(tiers.graph) != inputs_hash(graph):
        raise UsageError(_("these tiers were traced on other records"))
    dates = case_dates(graph)
    declared, findings = declared_edges(graph, dates, tiers)
    exposures = contact_edges(tiers, dates)
    links = StringDiGraph()
    named = set(declared["source"]) | set(declared["target"]) | set(findings["source"]) | set(findings["target"])
    links.add_nodes_from(sorted(set(dates) | named))
    links.add_edges_from(zip(declared["source"], declared["target"], strict=True))
    shape = _shape(links, dates)
    table = _table(graph, links, dates, shape, exposures, tiers)
    edges = pd.concat([f for f in (declared, exposures) if len(f)] or [table_of([], EDGE_COLUMNS)], ignore_index=True)
    return Chains(
        table, _made(graph, tiers), edges, findings, nx.freeze(links), shape.tops, shape.components, shape.longest,
        graph, tiers,
    )  # fmt: skip


def _made(graph: ContactGraph, tiers: Tiers | None) -> Mapping[str, str]:
    if tiers is not None:
        return tiers.provenance
    return {"version": software_version(), "policy": "", "policy_digest": "", "as_of": "", "inputs": inputs_hash(graph)}


@dataclass(frozen=True)
class _Shape:
    """Depth, roots, descendants and components of a graph of links; circles are condensed."""

    depth: dict[str, int]
    roots: dict[str, tuple[str, ...]]
    descendants: dict[str, int]
    circles: set[str]
    tops: tuple[str, ...]
    components: tuple[tuple[str, ...], ...]
    longest: tuple[str, ...]


def _shape(links: StringDiGraph, dates: Mapping[str, CaseDate]) -> _Shape:
    def age(person: str) -> tuple[int, str]:
        return dates.get(person, UNDATED).at, person

    dag = nx.condensation(links)
    members: dict[int, list[str]] = {n: sorted(dag.nodes[n]["members"], key=age) for n in dag}
    roots: dict[int, frozenset[str]] = {}
    for nodes in nx.topological_generations(dag):
        for node in nodes:
            above = list(dag.predecessors(node))
            if not above:
                alone = not dag.out_degree(node) and len(members[node]) == 1
                roots[node] = frozenset() if alone else frozenset(members[node][:1])
            else:
                roots[node] = roots[above[0]] if len(above) == 1 else frozenset().union(*(roots[n] for n in above))
    below = _count_descendants(dag, members)
    joined = [tuple(sorted(c)) for c in nx.weakly_connected_components(links) if len(c) > 1]
    circle = dag.graph["mapping"]
    straight = StringDiGraph()
    straight.add_nodes_from(links)
    straight.add_edges_from((one, two) for one, two in links.edges if circle[one] != circle[two])
    near, path = _longest(straight)
    return _Shape(
        near,
        {person: tuple(sorted(roots[n], key=age)) for n in dag for person in members[n]},
        below,
        {person for persons in members.values() if len(persons) > 1 for person in persons},
        tuple(sorted({p for n in dag if not dag.in_degree(n) for p in roots[n]}, key=age)),
        tuple(sorted(joined, key=lambda c: (-len(c), c[0]))),
        path if len(path) > 1 else (),
    )


def _longest(straight: StringDiGraph) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return everybody's depth (fewest links from somebody without a source) and the longest path, link by link.

    ``straight`` are the links that are not part of a circle: a path never goes around or through one by a link that
    nobody declared. Of several equally long paths the one whose end is deepest, then by id.
    """
    near: dict[str, int] = {}
    far: dict[str, int] = {}
    for level, people in enumerate(nx.topological_generations(straight)):
        for person in people:
            above = straight.predecessors(person)
            far[person], near[person] = level, min((near[source] + 1 for source in above), default=0)
    if not far:
        return near, ()
    person = min(far, key=lambda p: (-far[p], -near[p], p))
    path = [person]
    while far[person]:
        person = min(source for source in straight.predecessors(person) if far[source] == far[person] - 1)
        path.append(person)
    return near, tuple(reversed(path))


def _count_descendants(dag: nx.DiGraph[int], members: Mapping[int, list[str]]) -> dict[str, int]:
    """Return how many others each person leads to. A set of reached people is one long integer, freed once used."""
    counts: dict[str, int] = {}
    for component in nx.weakly_connected_components(dag):
        order = list(nx.topological_sort(dag.subgraph(component)))
        size = sum(len(members[n]) for n in order)
        first_bit = dict(zip(order, np.cumsum([0] + [len(members[n]) for n in order]).tolist(), strict=False))
        reach: dict[int, int] = {}
        waiting = {n: dag.in_degree(n) for n in order}
        for node in reversed(order):
            bits = ((1 << len(members[node])) - 1) << (size - first_bit[node] - len(members[node]))
            for child in dag.successors(node):
                bits |= reach[child]
                waiting[child] -= 1
                if not waiting[child]:
                    del reach[child]
            reach[node] = bits
            counts.update(dict.fromkeys(members[node], bits.bit_count() - 1))
    return counts


def _table(
    graph: ContactGraph,
    links: StringDiGraph,
    dates: Mapping[str, CaseDate],
    shape: _Shape,
    exposures: pd.DataFrame,
    tiers: Tiers | None,
) -> pd.DataFrame:
    cases = graph.records.cases
    code = dict(zip(cases["person"].tolist(), cases["case_code"].tolist(), strict=True))
    number = {person: n for n, component in enumerate(shape.components, start=1) for person in component}
    able = exposures[exposures["status"] == "possible"]
    pairs = sorted(set(zip(able["source"].tolist(), able["target"].tolist(), strict=True)))
    onward = Counter(source for source, _ in pairs)
    back: dict[str, tuple[str, ...]] = {}
    for source, target in pairs:
        back[target] = (*back.get(target, ()), source)
    exposed = _exposed(tiers, dates)
    rows = []
    for person in links:
        date = dates.get(person, UNDATED)
        sources = tuple(sorted(links.predecessors(person)))
        rows.append(
            [
                person, person in dates, code.get(person, pd.NA), *(date if date.known else (pd.NA, pd.NA, pd.NA)),
                links.out_degree(person), sources, tuple(s for s in sources if s not in dates),
                shape.roots[person][0] if shape.roots[person] else pd.NA, shape.roots[person], shape.depth[person],
                shape.descendants[person], number.get(person, pd.NA), person in shape.circles,
                pd.NA if tiers is None else onward[person], back.get(person, ()),
                pd.NA if tiers is None else exposed.get(person, 0),
            ]
        )  # fmt: skip
    return table_of(rows, CHAIN_COLUMNS)


def _exposed(tiers: Tiers | None, dates: Mapping[str, CaseDate]) -> dict[str, int]:
    if tiers is None:
        return {}
    pairs = tiers.parents.loc[~tiers.parents["person"].isin(dates), ["person", "parent"]].drop_duplicates()
    return {str(k): int(n) for k, n in pairs.groupby("parent").size().items()}
