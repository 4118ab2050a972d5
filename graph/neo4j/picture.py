"""The answer of a ready query as nodes and ties, to be drawn: what its rows name, and what ties these in the graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph.neo4j.queries import PEOPLE, Query
from graph.neo4j.queries.answer import QueryAnswer
from graph.neo4j.rows import Runner, fetch
from graph.neo4j.store import Neo4jStore
from tracing.report.network import Node, SignKind, Tie, TieKind

MOST: Final = 300
"""Nodes that are drawn at most: more cannot be told apart."""
_CENTRES: Final[Mapping[str, SignKind]] = {"case": "person", "person": "person", "place": "place"}
_OWN: Final = "((:Person)<-[:SAME_AS]-(:SamePerson)-[:SAME_AS]->(:Person)){0,1}"
_NOT_DISCARDED: Final = "WHERE c.status IS NULL OR c.status <> 'discarded' "
"""What holds of the case ``c`` of an F0."""
_RUN: Final = (
    "MATCH (r:Run) WHERE CASE WHEN $run IS NULL THEN r:LatestRun AND r.command = 'tiers' ELSE r.run = $run END "
)
_ABOUT: Final[Mapping[SignKind, str]] = {
    "person": "MATCH (p:Person) WHERE p.person IN $ids "
    f"OPTIONAL {_RUN}"
    "CALL (p, r) { OPTIONAL MATCH (p)-[h:HAS_TIER {run: r.run}]->(x:Tier) RETURN h, x LIMIT 1 } "
    f"CALL (p) {{ OPTIONAL MATCH (p) {_OWN} (:Person)-[:HAS_CASE]->(c:Case) {_NOT_DISCARDED}"
    "RETURN c ORDER BY c.person LIMIT 1 } "
    "RETURN p.person, coalesce(x.tier, CASE WHEN c IS NULL THEN null ELSE 0 END), "
    "x IS NULL OR coalesce(h.tierCertain = x.tier, false), coalesce(c.caseCode, ''), coalesce(p.name, '')",
    "place": "MATCH (p:Place) WHERE p.place IN $ids "
    "RETURN p.place, null, true, coalesce(p.kind, ''), coalesce(p.name, '')",
    "area": "MATCH (p:Area) WHERE p.area IN $ids "
    "RETURN p.area, null, true, coalesce(p.level, ''), coalesce(p.name, '')",
}
_EXPOSURES: Final = (
    f"{_RUN}MATCH (p:Person) WHERE p.person IN $people "
    "MATCH (p)-[:HAS_TIER {run: r.run}]->(x:Tier) "
    "MATCH (p)-[e:EXPOSED_BY {run: r.run}]->(s:Person) WHERE e.tier = x.tier "
    "RETURN s.person, p.person, count(*), max(e.certain) ORDER BY s.person, p.person"
)
_CONTACTS: Final = (
    f"MATCH (c:Case)<-[:HAS_CASE]-(f:Person) {_NOT_DISCARDED}MATCH (f) {_OWN} (own:Person) WITH DISTINCT own "
    "MATCH (own)-[c:CONTACT]-(q:Person) "
    "WITH coalesce(head([(s:SamePerson)-[:SAME_AS]->(own) | s.person]), own.person) AS f0, "
    "coalesce(head([(s:SamePerson)-[:SAME_AS]->(q) | s.person]), q.person) AS person, c "
    "WHERE f0 <> person AND person IN $people RETURN f0, person, count(c), true ORDER BY f0, person"
)
_LINKS: Final = (
    "UNWIND range(0, size($people) - 1) AS i MATCH (me:Person {person: $people[i]}) "
    "MATCH SHORTEST 1 (me) ((:Person|SamePerson)-[:LINK|SAME_AS]-(:Person|SamePerson))* (a:Person) "
    "MATCH (a)-[l:LINK]->(b:Person) "
    "WITH i, coalesce(head([(s:SamePerson)-[:SAME_AS]->(a) | s.person]), a.person) AS source, "
    "coalesce(head([(s:SamePerson)-[:SAME_AS]->(b) | s.person]), b.person) AS target, count(DISTINCT l) AS times "
    "WHERE source <> target RETURN source, target, times, true ORDER BY i, source, target"
)
_VISITORS: Final = (
    f"MATCH (c:Case)<-[:HAS_CASE]-(f:Person) {_NOT_DISCARDED}MATCH (f) {_OWN} (own:Person) WITH DISTINCT own "
    "MATCH (own)-[v:VISITED]->(d:PlaceDay) "
    "WITH own, v, coalesce(head([(d)-[:OF]->(:Place)<-[:SAME_AS]-(s:SamePlace) | s.place]), d.place) AS place "
    "WHERE place IN $places "
    "RETURN coalesce(head([(s:SamePerson)-[:SAME_AS]->(own) | s.person]), own.person) AS f0, place, "
    "count(v), true ORDER BY f0, place"
)


@dataclass(frozen=True)
class Picture:
    """Nodes and ties to draw; ``left``: how many nodes are not among them, since there are too many."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left: int = 0


def read_picture(store: Neo4jStore, query: Query, answer: QueryAnswer, *, names: bool = False) -> Picture:
    """Return an answer as a picture. Names of people are in it only where ``names`` says so.

    Raises
    ------
    StoreError
        If the server cannot answer.
    """
    found = _of_rows(query, answer)
    asked = {one for one, _kind in _asked(query, answer)}
    run = answer.run.id if answer.run is not None and query.needs == "tiers" else None

    def read(work: Runner) -> Picture:
        nodes, ties = dict(_nodes_of_rows(query, answer)), list(found)
        if not ties:
            ties = _around(work, query, nodes, run)
            for tie in ties:
                nodes.setdefault(tie.source, "person")
                nodes.setdefault(tie.target, "person")
        drawn = _drawn(nodes, ties)
        told = {kind: {row[0]: row[1:] for row in fetch(work, _ABOUT[kind], ids=drawn, run=run)} for kind in _ABOUT}
        made = tuple(_node(one, nodes[one], told, asked=one in asked, names=names) for one in drawn)
        kept = tuple(tie for tie in ties if tie.source in set(drawn) and tie.target in set(drawn))
        return Picture(made, kept, len(nodes) - len(drawn))

    with store.session(access="READ") as session:
        return session.execute_read(read)


def _drawn(nodes: Mapping[str, SignKind], ties: Sequence[Tie]) -> list[str]:
    """Return which nodes are drawn: all, or as many as can be: the first of the answer, each with its neighbours."""
    if len(nodes) <= MOST:
        return list(nodes)
    tied: dict[str, dict[str, None]] = defaultdict(dict)
    for tie in ties:
        tied[tie.source][tie.target] = tied[tie.target][tie.source] = None
    drawn: dict[str, None] = {}
    for one in nodes:
        drawn |= dict.fromkeys([one, *tied[one]])
        if len(drawn) >= MOST:
            break
    return list(drawn)[:MOST]


def _node(one: str, kind: SignKind, told: Mapping[SignKind, Mapping[str, Any]], *, asked: bool, names: bool) -> Node:
    tier, certain, more, name = told[kind].get(one, (None, True, "", ""))
    if kind == "person":
        said = ", ".join(filter(None, (more, name if names else "")))
        return Node(id=one, label=one, tier=tier, certain=certain, asked=asked, told=said)
    return Node(id=one, label=name or one, kind=kind, asked=asked, told=more)


def _asked(query: Query, answer: QueryAnswer) -> Iterator[tuple[str, SignKind]]:
    """Give what the question named: people and places."""
    for parameter in query.parameters:
        kind = _CENTRES.get(parameter.type)
        value = answer.parameters.get(parameter.name)
        if kind is not None and isinstance(value, str):
            yield value, kind


def _nodes_of_rows(query: Query, answer: QueryAnswer) -> Iterator[tuple[str, SignKind]]:
    asked = list(_asked(query, answer))
    yield from asked
    for row in answer.to_dicts():
        people = [row[column] for column in PEOPLE if row.get(column)]
        for one in (*people, *(row.get("sources") or ())):
            yield one, "person"
        if row.get("place") and not (people and asked):
            yield row["place"], "place"
        if not people and "place" not in row:
            for column in ("area", "other_area"):
                if row.get(column):
                    yield row[column], "area"


def _of_rows(query: Query, answer: QueryAnswer) -> list[Tie]:
    """Return the ties that the rows themselves say; one of each kind between two nodes, with how often."""
    centres, before = list(_asked(query, answer)), answer.parameters.get("source")
    counted: Counter[tuple[str, str, TieKind]] = Counter()
    first: dict[tuple[str, str, TieKind], str] = {}
    for row in answer.to_dicts():
        at = next((str(row[name]) for name in answer.times if row.get(name)), "")
        for source, target, kind, times in _of_row(row, centres, before):
            counted[source, target, kind] += times
            first.setdefault((source, target, kind), at)
        before = row.get("person") if "step" in row else before
    return [Tie(source=s, target=t, kind=k, times=n, at=first[s, t, k]) for (s, t, k), n in counted.items()]


def _of_row(
    row: Mapping[str, Any], centres: list[tuple[str, SignKind]], before: str | None
) -> Iterator[tuple[str, str, TieKind, int]]:
    person, kind = row.get("person"), _kind_of(row)
    if row.get("other_area"):
        yield row["area"], row["other_area"], "contact", int(row.get("contacts") or 1)
    if person is None:
        return
    if "step" in row and before is not None:
        yield before, person, kind, 1
    elif "sources" in row:
        yield from ((source, person, "link", 1) for source in row["sources"] or ())
    elif others := [row[column] for column in PEOPLE if column != "person" and row.get(column)]:
        yield from ((other, person, kind, 1) for other in others)
    elif centres:
        yield from ((one, person, "visit" if of == "place" else kind, 1) for one, of in centres)
    elif row.get("place"):
        yield row["place"], person, "visit", 1


def _kind_of(row: Mapping[str, Any]) -> TieKind:
    return "visit" if row.get("basis") == "visit" else "contact"


def _around(work: Runner, query: Query, nodes: Mapping[str, SignKind], run: str | None) -> list[Tie]:
    """Return what ties them in the graph where their rows say nothing: exposures, else contacts with cases; visits.

    What the question itself is about comes before: the links that make a cluster.
    """
    people = [one for one, kind in nodes.items() if kind == "person"]
    places = [one for one, kind in nodes.items() if kind == "place"]
    asked: list[tuple[TieKind, list[list[Any]]]] = []
    if query.ties == "link":
        asked = [("link", fetch(work, _LINKS, people=people))]
    elif people:
        asked = [("exposed", fetch(work, _EXPOSURES, people=people, run=run))]
        if not asked[0][1]:
            asked = [("contact", fetch(work, _CONTACTS, people=people))]
    if places:
        asked.append(("visit", fetch(work, _VISITORS, places=places)))
    return [
        Tie(source=source, target=target, kind=kind, times=int(times), certain=bool(certain))
        for kind, rows in asked
        for source, target, times, certain in rows
    ]
