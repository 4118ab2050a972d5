"""ContactGraph is a frozen MultiGraph to NetworkX: every algorithm gives what it gives on a plain one."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from outbreaks import at, build, day, seeded_outbreaks, time_columns

from tracing import ContactGraph, build_contact_graph
from tracing.model.numbered import contact_spans
from tracing.model.records import Records
from tracing.times import EVER, NEVER


@pytest.fixture(scope="module")
def records() -> Records:
    """Eight outbreaks of a few people each, not joined to each other."""
    return seeded_outbreaks(range(700, 708))


@pytest.fixture(scope="module")
def graph(records: Records) -> ContactGraph:
    return build_contact_graph(records)


def plain_graph(records: Records) -> nx.MultiGraph:
    """Make the same graph the ordinary way."""
    plain = nx.MultiGraph()
    plain.add_nodes_from(records.person_ids())
    for row in records.contacts.astype(object).to_dict("records"):
        plain.add_edge(row["person_a"], row["person_b"], key=row["contact"], minutes=row["minutes"])
    return plain


@pytest.fixture(scope="module")
def plain(records: Records) -> nx.MultiGraph:
    return plain_graph(records)


def rounded(values: dict[Any, float]) -> dict[Any, float]:
    return {key: round(value, 9) for key, value in values.items()}


def parts(found: Any) -> set[frozenset[Any]]:
    return {frozenset(part) for part in found}


def pairs(found: Any) -> set[frozenset[Any]]:
    return {frozenset(edge[:2]) for edge in found}


ALGORITHMS: dict[str, Callable[[nx.MultiGraph], Any]] = {
    "connected components": lambda g: parts(nx.connected_components(g)),
    "PageRank": lambda g: rounded(nx.pagerank(g)),
    "betweenness": lambda g: rounded(nx.betweenness_centrality(g)),
    "closeness": lambda g: rounded(nx.closeness_centrality(g)),
    "Louvain": lambda g: parts(nx.community.louvain_communities(nx.Graph(g), seed=1)),
    "label propagation": lambda g: parts(nx.community.label_propagation_communities(g)),
    "core number": lambda g: nx.core_number(nx.Graph(g)),
    "all shortest path lengths": lambda g: {s: dict(d) for s, d in nx.all_pairs_shortest_path_length(g)},
    "bridges": lambda g: pairs(nx.bridges(g)),
    "articulation points": lambda g: set(nx.articulation_points(g)),
    "biconnected components": lambda g: parts(nx.biconnected_components(g)),
    "clustering": lambda g: rounded(nx.clustering(nx.Graph(g))),
    "triangles": lambda g: nx.triangles(nx.Graph(g)),
    "degree": lambda g: dict(g.degree()),
    "degree centrality": lambda g: rounded(nx.degree_centrality(g)),
    "density": lambda g: round(nx.density(g), 12),
    "isolates": lambda g: set(nx.isolates(g)),
    "minimum spanning tree": lambda g: len(nx.minimum_spanning_tree(g).edges),
    "adjacency matrix": lambda g: nx.to_numpy_array(g, nodelist=sorted(g)).tolist(),
    "sparse adjacency": lambda g: nx.to_scipy_sparse_array(g, nodelist=sorted(g)).toarray().tolist(),
    "breadth first tree": lambda g: {n: nx.single_source_shortest_path_length(g, n, cutoff=2) for n in g},
    "to directed": lambda g: sorted(nx.MultiDiGraph(g).edges(keys=True)),
    "directed view": lambda g: sorted(g.to_directed().edges(keys=True)),
    "edge list": lambda g: sorted((*sorted((u, v)), k) for u, v, k in g.edges(keys=True)),
    "numbers": lambda g: (g.number_of_nodes(), g.number_of_edges(), g.order(), g.size(), len(g)),
    "selfloops": nx.number_of_selfloops,
    "pandas edge list": lambda g: len(nx.to_pandas_edgelist(g)),
    "relabelled": lambda g: sorted(nx.convert_node_labels_to_integers(g, ordering="sorted").degree()),
    "contracted": lambda g: sorted(dict(nx.ego_graph(g, min(g), radius=2).degree()).items()),
}


@pytest.mark.parametrize("name", sorted(ALGORITHMS))
def test_algorithm_gives_the_same_on_both(name: str, graph: ContactGraph, plain: nx.MultiGraph) -> None:
    assert ALGORITHMS[name](graph) == ALGORITHMS[name](plain)


def test_edges_carry_keys_and_the_known_facts(graph: ContactGraph, records: Records) -> None:
    contacts = records.contacts.set_index("contact")
    assert {key for *_, key in graph.edges(keys=True)} == set(contacts.index)
    for one, two, key, data in graph.edges(keys=True, data=True):
        row = contacts.loc[key]
        assert {one, two} == {row["person_a"], row["person_b"]}
        assert data.get("minutes") == (None if pd.isna(row["minutes"]) else row["minutes"])
        assert not any(value is pd.NA for value in data.values())
        assert graph.edges[one, two, key]["start"] == data["start"] if "start" in data else True
        assert graph.has_edge(one, two, key)
        assert graph.number_of_edges(one, two) == len(graph.adj[one][two]) == len(graph[two][one])


def test_weight_from_the_facts(graph: ContactGraph, plain: nx.MultiGraph) -> None:
    known = {key for _, _, key, minutes in graph.edges(keys=True, data="minutes") if minutes is not None}
    assert known == {key for _, _, key, minutes in plain.edges(keys=True, data="minutes") if not pd.isna(minutes)}


def test_graphml_can_be_written_and_read(graph: ContactGraph, tmp_path: Path) -> None:
    nx.write_graphml(graph, tmp_path / "contacts.graphml")
    back = nx.read_graphml(tmp_path / "contacts.graphml", force_multigraph=True)
    assert set(back) == set(graph)
    assert sorted(key for *_, key in back.edges(keys=True)) == sorted(key for *_, key in graph.edges(keys=True))


def test_no_name_or_phone_leaves_with_the_graph() -> None:
    records = build(
        persons=[{"person": "p1", "name": "Nguyễn Văn A", "phone": "0912345678", "national_id": "079", "address": "x"}],
        contacts=[{"person_a": "p1", "person_b": "p2"}],
    )
    written = "\n".join(nx.generate_graphml(build_contact_graph(records)))
    assert "Nguyễn" not in written
    assert "0912345678" not in written
    assert "079" not in written


def test_subgraph_and_copies(graph: ContactGraph, plain: nx.MultiGraph) -> None:
    some = sorted(graph)[::2]
    assert sorted(graph.subgraph(some).edges(keys=True)) == sorted(plain.subgraph(some).edges(keys=True))
    component = max(nx.connected_components(graph), key=lambda part: (len(part), min(part)))
    assert nx.is_connected(graph.subgraph(component))
    free = nx.MultiGraph(graph)
    free.add_edge("somebody", "else", key="new")
    free.nodes[min(graph)]["seen"] = True
    assert "somebody" not in graph
    assert "seen" not in graph.nodes[min(graph)]


def test_copy_is_mutable_and_apart(graph: ContactGraph) -> None:
    made = graph.copy()
    before = graph.number_of_edges()
    made.add_edge("somebody", "else", key="new")
    made.remove_node(min(graph))
    assert made.number_of_nodes() == graph.number_of_nodes() + 1
    assert graph.number_of_edges() == before
    assert min(graph) in graph


CHANGES: dict[str, Callable[[nx.MultiGraph], Any]] = {
    "add_node": lambda g: g.add_node("x"),
    "add_nodes_from": lambda g: g.add_nodes_from(["x"]),
    "add_edge": lambda g: g.add_edge("x", "y"),
    "add_edges_from": lambda g: g.add_edges_from([("x", "y")]),
    "add_weighted_edges_from": lambda g: g.add_weighted_edges_from([("x", "y", 1)]),
    "remove_node": lambda g: g.remove_node(min(g)),
    "remove_nodes_from": lambda g: g.remove_nodes_from([min(g)]),
    "remove_edge": lambda g: g.remove_edge(*next(iter(g.edges(keys=True)))),
    "remove_edges_from": lambda g: g.remove_edges_from(list(g.edges(keys=True))),
    "clear": lambda g: g.clear(),
    "clear_edges": lambda g: g.clear_edges(),
}


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_frozen(name: str, graph: ContactGraph, plain: nx.MultiGraph) -> None:
    assert nx.is_frozen(graph)
    with pytest.raises(nx.NetworkXError):
        CHANGES[name](graph)
    assert sorted(graph.edges(keys=True)) == sorted(plain.edges(keys=True))


def test_facts_cannot_be_overwritten(graph: ContactGraph) -> None:
    one, two, key = next(iter(graph.edges(keys=True)))
    with pytest.raises((TypeError, nx.NetworkXError)):
        graph.edges[one, two, key]["minutes"] = 0
    graph.nodes[one]["sex"] = "x"
    assert "sex" not in graph.nodes[one]


def test_empty_records_give_an_empty_graph() -> None:
    graph = build_contact_graph(Records())
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (0, 0)
    assert list(nx.connected_components(graph)) == []
    assert nx.is_frozen(graph)


def test_made_empty_it_is_an_ordinary_graph() -> None:
    graph = ContactGraph()
    graph.add_edge("a", "b", key="c")
    assert list(graph.edges(keys=True)) == [("a", "b", "c")]
    assert not nx.is_frozen(graph)


def test_people_without_contacts_are_nodes() -> None:
    graph = build_contact_graph(build(persons=[{"person": "p1"}], cases=[{"person": "p2"}]))
    assert list(graph) == ["p1", "p2"]
    assert "p3" not in graph
    with pytest.raises(KeyError):
        graph["p3"]
    with pytest.raises(KeyError):
        graph.person_index("p3")


def test_focus_and_missing_ids() -> None:
    graph = build_contact_graph(build(persons=[{"person": "p1"}, {"person": "p2"}]), focus=["p2"])
    assert graph.focus == ("p2",)
    assert graph.positions(["p2", "nobody", "p1"]).tolist() == [1, -1, 0]


def test_half_edges_are_sorted_by_person_and_contact(graph: ContactGraph) -> None:
    columns = graph.columns
    assert columns.indptr[0] == 0
    assert columns.indptr[-1] == len(columns.contact) == 2 * len(columns.a)
    for person in range(len(columns.people)):
        half = slice(columns.indptr[person], columns.indptr[person + 1])
        assert (np.diff(columns.contact[half]) > 0).all()
        ends = {tuple(sorted((person, other))) for other in columns.neighbour[half].tolist()}
        sides = zip(columns.a[columns.contact[half]].tolist(), columns.b[columns.contact[half]].tolist(), strict=True)
        assert ends == {tuple(sorted(side)) for side in sides}


def test_graph_survives_pickle_and_deepcopy(graph: ContactGraph) -> None:
    for again in (pickle.loads(pickle.dumps(graph)), copy.deepcopy(graph)):
        assert sorted(again.edges(keys=True)) == sorted(graph.edges(keys=True))


@pytest.mark.parametrize(
    ("start", "end", "kind", "expected"),
    [
        (None, None, None, (NEVER, EVER, 0)),
        (day(6), None, None, (*day(6), 2)),
        (day(6), None, "presence", (*day(6), 1)),
        (at(6, 9), None, None, (at(6, 9)[0], at(6, 9)[0] + 1, 1)),
        (at(6, 9), at(6, 10), None, (at(6, 9)[0], at(6, 10)[0], 1)),
        (at(6, 9), at(6, 10), "sometime", (at(6, 9)[0], at(6, 10)[0], 2)),
        (day(6), day(8), None, (day(6)[0], day(8)[1], 2)),
        (day(6), day(8), "presence", (day(6)[0], day(8)[1], 1)),
        (None, day(8), None, (NEVER, day(8)[1], 2)),
        (None, at(8, 9), None, (NEVER, at(8, 9)[0] + 1, 2)),
    ],
)
def test_times_of_a_contact(start: Any, end: Any, kind: str | None, expected: tuple[int, int, int]) -> None:
    records = build(
        contacts=[{"person_a": "p1", "person_b": "p2", **time_columns(start=start, end=end), "time_kind": kind}]
    )
    spans = contact_spans(records.columns("contacts"))
    assert (spans.lo[0], spans.hi[0], spans.sure[0]) == expected
