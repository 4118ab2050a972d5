"""The slice of :mod:`graph.selection` in Neo4j: ring by ring, always from known nodes, never over the whole graph.

A ring costs three questions: the contacts of its people, the days on which they were somewhere, and who else was there
then. The last one asks for the buckets of the place (``PlaceDay``) that can hold such a visit: no later than the
stretch, and with a visit that lasts into it (``PlaceDay.last``). So a market with a million visits costs its days, and
the visits of those days that matter.
"""

from __future__ import annotations

import gc
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

import pandas as pd

from graph.neo4j.model import EDGES, NODES, row_of
from graph.neo4j.odd import Odd, TakeNote, checked_table, fits, without_odd
from graph.neo4j.read import CONTACT_IN_PERIOD, IN_PERIOD, read_table
from graph.neo4j.rows import Row, Runner, fetch, fetch_column, to_frame
from graph.selection import SLACK, Selection, check_found
from tracing.model.schema import ROOM, TABLES, stored_columns
from tracing.times import DAY, EVER

LOWEST: Final = -(1 << 63)
HIGHEST: Final = (1 << 63) - 1

_TABLE_OF: Final = {
    EDGES["links"].type: "links",
    **{NODES[name].references[0].type: name for name in ("cases", "tests", "isolations", "arrivals")},
}
"""What else is known of a person: the type of the relationship to the table."""
_OTHER_ROWS: Final = " ".join(
    f"WHEN '{type}' THEN {row_of(name, 'r' if name in EDGES else 'n')}" for type, name in _TABLE_OF.items()
)
_AT: Final = {name: {column: i for i, column in enumerate(stored_columns(TABLES[name]))} for name in TABLES}
"""Where each column stands in a row."""
_AT_ONCE: Final = 2_000
"""People, or stretches of time, in one question: its answer is one value, which should not become too large."""
_IS_ROOM: Final = (
    f"(x.kind = '{ROOM}' OR EXISTS {{ (x)<-[:SAME_AS]-(:SamePlace)-[:SAME_AS]->(y:Place) WHERE y.kind = '{ROOM}' }})"
)
_ROOM_IN_PERIOD: Final = (
    f"($until IS NULL OR r.start < $until) AND ($since IS NULL OR coalesce(r.endTo, {EVER}) > $since)"
)

QUERIES: Final[Mapping[str, str]] = {
    "cases": """
        UNWIND $names AS name
        MATCH (c:Case {person: name}) USING INDEX SEEK c:Case(person) RETURN name, c.person
        UNION
        UNWIND $names AS name
        MATCH (c:Case {caseCode: name}) USING INDEX SEEK c:Case(caseCode) RETURN name, c.person""",
    "people": """
        MATCH (x:Person) USING INDEX SEEK x:Person(person)
        WHERE x.person IN $names AND (x.recorded OR EXISTS { (x)--() }) RETURN x.person""",
    "areas": """
        MATCH (x:Area) USING INDEX SEEK x:Area(area)
        WHERE x.area IN $names AND EXISTS { (x)<-[:LIVES_IN|LOCATED_IN|VERSION_OF|WITHIN]-() } RETURN x.area""",
    "places": """
        MATCH (x:Place) USING INDEX SEEK x:Place(place)
        WHERE x.place IN $names AND (x.recorded OR EXISTS { (x)<-[:AT|ABOARD]-() }
            OR EXISTS { (x)<-[:OF]-(:PlaceDay)<-[:VISITED]-() })
        RETURN x.place""",
    "contact places": """
        UNWIND $names AS name
        MATCH ()-[r:CONTACT]->() USING INDEX SEEK r:CONTACT(place) WHERE r.place = name RETURN DISTINCT name""",
    "below": """
        MATCH (x:Area)<-[:WITHIN]-(:AreaVersion)-[:VERSION_OF]->(y:Area)
        USING INDEX SEEK x:Area(area) WHERE x.area IN $areas
        RETURN DISTINCT y.area""",
    "people of areas": """
        MATCH (x:Area)<-[:LIVES_IN]-(p:Person) USING INDEX SEEK x:Area(area)
        WHERE x.area IN $areas RETURN DISTINCT p.person""",
    "visits at": f"""
        MATCH (d:PlaceDay) USING INDEX SEEK d:PlaceDay(place, day)
        WHERE d.place IN $places AND $first <= d.day <= $last_day AND d.last >= $from
        MATCH (d)<-[r:VISITED]-() WHERE {IN_PERIOD} RETURN collect({row_of("visits")})""",
    "contacts at": f"""
        MATCH ()-[r:CONTACT]->() USING INDEX SEEK r:CONTACT(place)
        WHERE r.place IN $places AND {CONTACT_IN_PERIOD} RETURN collect({row_of("contacts")})""",
    "ring": f"""
        CALL () {{
            MATCH (p:Person)-[r:CONTACT]-(d) USING INDEX SEEK p:Person(person)
            WHERE p.person IN $people AND {CONTACT_IN_PERIOD}
                AND NOT coalesce(d.person IN $asked OR (d.person IN $people AND d.person < p.person), false)
            RETURN collect({row_of("contacts")}) AS contacts
        }}
        CALL () {{
            MATCH (p:Person)-[r:VISITED]->(d) USING INDEX SEEK p:Person(person)
            WHERE p.person IN $people AND {IN_PERIOD}
            RETURN collect([d.place, r.start, coalesce(r.endTo, r.startTo)]) AS stays
        }}
        CALL () {{
            MATCH (p:Person)-[:ISOLATED]->(r:Isolation)-[:AT]->(x:Place) USING INDEX SEEK p:Person(person)
            WHERE p.person IN $people AND {_IS_ROOM} AND {_ROOM_IN_PERIOD}
            RETURN collect([x.place, r.start, coalesce(r.endTo, {EVER})]) AS rooms
        }}
        RETURN contacts, stays + rooms""",
    "joined visits": f"""
        CALL () {{
            UNWIND $stretches AS s
            MATCH (d:PlaceDay) USING INDEX SEEK d:PlaceDay(place, day)
            WHERE d.place = s[0] AND $first <= d.day <= s[3] AND d.last >= s[2]
            MATCH (d)<-[r:VISITED]-() WHERE r.start <= s[1]
                AND (r.start >= s[2] OR coalesce(r.endTo, r.startTo) >= s[2]) AND {IN_PERIOD}
            RETURN collect({row_of("visits")}) AS visits
        }}
        CALL () {{
            UNWIND $stretches AS s
            MATCH (x:Place)<-[:AT]-(r:Isolation) USING INDEX SEEK x:Place(place)
            WHERE x.place = s[0] AND {_IS_ROOM} AND r.start <= s[1]
                AND coalesce(r.endTo, {EVER}) >= s[2] AND {_ROOM_IN_PERIOD}
            RETURN collect(DISTINCT r.person) AS others
        }}
        RETURN visits, others""",
    "rows of people": f"""
        MATCH (p:Person) USING INDEX SEEK p:Person(person) WHERE p.person IN $people
        RETURN collect(CASE WHEN p.recorded THEN {row_of("persons", "p")} END),
            collect([(p)-[r:{"|".join(_TABLE_OF)}]->(n) |
                [type(r), CASE type(r) {_OTHER_ROWS} END]])""",
    "places of": f"""
        MATCH (r:Place) USING INDEX SEEK r:Place(place)
        WHERE r.place IN $ids AND r.recorded RETURN collect({row_of("places")})""",
    "areas of": f"""
        MATCH (x:Area)<-[:VERSION_OF]-(r:AreaVersion) USING INDEX SEEK x:Area(area)
        WHERE x.area IN $ids RETURN collect({row_of("areas")})""",
    "outbreaks": f"""
        MATCH (r:Outbreak) USING INDEX SEEK r:Outbreak(outbreak)
        WHERE r.outbreak >= '' RETURN collect({row_of("outbreaks")})""",
}
"""Every question a slice asks. Each names its index: a plan made while the store was small would scan the rest.

The tests look at the plans: index seeks only."""


class NotNoted(Exception):
    """A row does not fit of which nobody knew: a value was changed by other means."""


@cache
def _questions(odd: frozenset[Odd]) -> Mapping[str, str]:
    """Return the questions of a slice, for rows that fit alone where some are ``odd``."""
    found = {name: without_odd(text, odd) for name, text in QUERIES.items()}
    kinds = {one.kind for one in odd}
    for type, name in _TABLE_OF.items():
        if name in NODES and NODES[name].label in kinds:
            row = f"WHEN '{type}' THEN {row_of(name, 'n')}"
            fitting = f"WHEN '{type}' THEN CASE WHEN {fits(name, 'n')} THEN {row_of(name, 'n')} END"
            found["rows of people"] = found["rows of people"].replace(row, fitting)
    return found


class Slicer:
    """One slice in one transaction; ``odd`` are the rows that are known not to fit."""

    def __init__(self, runner: Runner, selection: Selection, note: TakeNote, odd: Sequence[Odd] = ()) -> None:
        self._runner = runner
        self._note = note
        self._odd = odd
        self._questions = _questions(frozenset(odd))
        self._selection = selection
        self._period = {"since": selection.since, "until": selection.until}
        self._ring: set[str] = set()
        self._contacts: dict[str, Row] = {}
        self._visits: dict[str, Row] = {}
        self._same = {person: set(group) for group in selection.same for person in group}
        self._same_places = {place: set(group) for group in selection.same_places for place in group}

    def select(self) -> tuple[dict[str, pd.DataFrame], list[str] | None]:
        """Return the tables of the slice and the ids of the people whose cases were asked for."""
        if self._selection.everybody:
            return self._everybody(), None
        with _no_search_for_circles():
            focus = self._first_ring()
            self._grow()
            return self._collect(), focus

    def _everybody(self) -> dict[str, pd.DataFrame]:
        timeless = self._selection.everything or set(self._period.values()) == {None}
        dated = {} if timeless else {"contacts": CONTACT_IN_PERIOD, "visits": IN_PERIOD}
        return {
            name: read_table(self._runner, name, note=self._note, odd=self._odd, where=dated.get(name), **self._period)
            for name in TABLES
        }

    def _ask(self, query: str, **parameters: Any) -> list[Any]:
        return fetch_column(self._runner, self._questions[query], **parameters)

    def _ask_of_people(self, query: str, people: Iterable[str], asked: Iterable[str] = ()) -> Iterator[list[Any]]:
        """Ask about people, some at a time; give the two lists that each answer consists of.

        Contacts with those who were ``asked`` about before are known.
        """
        before = list(asked)
        for some in _some(sorted(people)):
            yield fetch(self._runner, self._questions[query], people=some, asked=before, **self._period)[0]
            before += some

    def _first_ring(self) -> list[str] | None:
        asked, focus = self._selection, None
        if asked.cases is not None:
            found = fetch(self._runner, self._questions["cases"], names=list(asked.cases))
            check_found("cases", asked.cases, len(set(asked.cases) - {name for name, _ in found}))
            focus = sorted({person for _, person in found})
            self._ring |= set(focus)
        if asked.people is not None:
            self._ring |= set(self._check("people", asked.people))
        if asked.areas is not None:
            self._ring |= set(self._ask("people of areas", areas=self._below(self._check("areas", asked.areas))))
        if asked.places is not None:
            self._check("places", asked.places)
            self._visit_places(sorted(self._places_with_same(asked.places)))
        self._ring = self._with_same(self._ring)
        return focus

    def _with_same(self, people: set[str]) -> set[str]:
        """Return people with the other ids of each."""
        return people.union(*(self._same[person] for person in people & self._same.keys()))

    def _places_with_same(self, places: Iterable[str]) -> set[str]:
        """Return places with the other ids of each."""
        return set().union(*(self._same_places.get(place, {place}) for place in places))

    def _check(self, selector: str, names: Sequence[str]) -> list[str]:
        missing = set(names) - set(self._ask(selector, names=list(names)))
        if missing and selector == "places":
            missing -= set(self._ask("contact places", names=sorted(missing)))
        check_found(selector, names, len(missing))
        return list(names)

    def _below(self, areas: Iterable[str]) -> list[str]:
        found, edge = set(areas), set(areas)
        while edge:
            edge = set(self._ask("below", areas=sorted(edge))) - found
            found |= edge
        return sorted(found)

    def _visit_places(self, places: Sequence[str]) -> None:
        """Take the people who were at places; their visits and contacts there are the slice's only without steps."""
        since, until = self._selection.since, self._selection.until
        days = {
            "first": LOWEST,
            "last_day": HIGHEST if until is None else (until - 1) // DAY + 1,
            "from": LOWEST if since is None else since,
        }
        visits = self._ask("visits at", places=list(places), **days, **self._period)[0]
        contacts = self._ask("contacts at", places=list(places), **self._period)[0]
        self._ring |= _values("visits", "person", visits) | _people_of(contacts)
        if self._selection.steps == 0:
            self._visits = _by_key("visits", visits)
            self._contacts = _by_key("contacts", contacts)

    def _grow(self) -> None:
        edge, before = set(self._ring), set[str]()
        through, others = self._selection.through, self._selection.others
        for step in range(1, self._selection.steps + 1):
            met: set[str] = set()
            stays: list[Sequence[Any]] = []
            for contacts, visited in self._ask_of_people("ring", edge, before):
                self._contacts |= _by_key("contacts", contacts)
                met |= _people_of(contacts)
                stays += [[at, *rest] for place, *rest in visited for at in self._same_places.get(place, (place,))]
            for some in _some(_stretches(stays)):
                asked = {"stretches": some, "first": LOWEST, **self._period}
                visits, lodgers = fetch(self._runner, self._questions["joined visits"], **asked)[0]
                self._visits |= _by_key("visits", visits)
                met |= _values("visits", "person", visits) | set(lodgers)
            reached = self._with_same(met) - self._ring
            self._ring |= reached
            before = edge
            edge = reached if through is None else {one for one in reached if through.get(one, others) >= step}
            if not edge:
                return

    def _collect(self) -> dict[str, pd.DataFrame]:
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        for persons, others in self._ask_of_people("rows of people", self._ring):
            rows["persons"] += persons
            for kind, row in itertools.chain(*others):
                if row is None:  # it does not fit
                    continue
                if kind != "LINK" or row[_AT["links"]["target"]] in self._ring:
                    rows[_TABLE_OF[kind]].append(row)
        rows |= {"contacts": list(self._contacts.values()), "visits": list(self._visits.values())}
        named = _values("arrivals", "vehicle", rows["arrivals"]).union(
            *(_values(name, "place", rows[name]) for name in ("contacts", "visits", "isolations"))
        )
        places = self._places_with_same(named)
        if places:
            rows["places"] = self._ask("places of", ids=sorted(places))[0]
        rows["areas"] = self._above(set().union(*(_values(name, "area", rows[name]) for name in ("persons", "places"))))
        rows["outbreaks"] = self._ask("outbreaks")[0]
        counts = read_table(self._runner, "counts", note=self._note, odd=self._odd)
        return {name: self._frame(name, rows[name]) for name in TABLES} | {"counts": counts}

    def _frame(self, name: str, rows: list[Row]) -> pd.DataFrame:
        columns = list(zip(*rows, strict=True))
        return to_frame(name, [checked_table(self._runner, name, columns, self._note)] if rows else [])

    def _above(self, areas: set[Any]) -> list[Row]:
        found: list[Row] = []
        seen, edge = set(areas), set(areas)
        while edge:
            rows = self._ask("areas of", ids=sorted(edge))[0]
            found += rows
            edge = _values("areas", "parent", rows) - seen
            seen |= edge
        return found


@contextmanager
def _no_search_for_circles() -> Iterator[None]:
    """Let Python not look for circles among the rows, a list each: it would go through all of them again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _some(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))


def _people_of(contacts: Iterable[Row]) -> set[str]:
    rows = list(contacts)
    return _values("contacts", "person_a", rows) | _values("contacts", "person_b", rows)


def _values(name: str, column: str, rows: Iterable[Row]) -> set[Any]:
    """Return the values of a column that are not missing."""
    at = _AT[name][column]
    return {row[at] for row in rows} - {None}


def _by_key(name: str, rows: Iterable[Row]) -> dict[str, Row]:
    at = _AT[name][TABLES[name].key]
    return {row[at]: row for row in rows}


def _stretches(visits: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Return the disjoint stretches of time per place that visits cover with their slack.

    Each is [place, latest start of a visit joined to it, earliest end of one, last day, of any time zone, on
    which one can begin].
    """
    spans: dict[str, list[tuple[int, int]]] = {}
    for place, start, end in visits:
        if type(start) is not int or type(end) is not int:
            raise NotNoted
        spans.setdefault(place, []).append((start, max(end, start) + SLACK))
    out: list[list[Any]] = []
    for place, own in sorted(spans.items()):
        own.sort()
        first, last = own[0]
        for start, end in own[1:]:
            if start > last:
                out.append(_limits(place, first, last))
                first, last = start, end
            last = max(last, end)
        out.append(_limits(place, first, last))
    return out


def _limits(place: str, first: int, last: int) -> list[Any]:
    latest = min(last - 1, HIGHEST)
    return [place, latest, max(first - SLACK + 1, LOWEST), latest // DAY + 1]
