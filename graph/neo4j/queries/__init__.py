"""Ready questions in Cypher for epidemiologists: one ``.cypher`` file each, which also runs in the Neo4j Browser.

A file begins with comment lines that are TOML: its ``title`` (what it answers), its ``parameters`` (``type``,
``example``, ``means``, ``default`` or ``optional``), the columns that are ``times`` (a column ``x`` may come with
``x_to``), what it ``needs`` to have been written back first ("tiers" or "zones"), how long ``stays`` last, what
``ties`` its people in a picture where its rows do not say ("link"), and of which rows it cannot tell whether they
belong to the answer (``undecided``: the condition in the place of its last ``WITH * WHERE``). Titles and meanings are
texts of the catalogue.

Types of parameters: ``text``, ``integer`` and ``number`` (from 0), ``level`` (of an area); ``from`` and ``until`` (a
day or an instant, ISO 8601; given to Cypher as epoch seconds, a day for ``until`` as its end); ``case`` (an id or a
case code), ``person``, ``place``, ``area`` (ids that must be on record); ``run`` (a run's id; else the latest of
everybody of ``truyvet tiers`` or ``truyvet zones``, as the query needs, or where there is none, the last one).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import neo4j

from graph.neo4j.last_instant import find_late, read_odd
from graph.neo4j.odd import Odd, without_odd
from graph.neo4j.queries.answer import QueryAnswer, cell, shown_columns
from graph.neo4j.queries.asked_run import find_asked_run
from graph.neo4j.read import read_zone
from graph.neo4j.rows import Runner, fetch, fetch_column, run
from tracing.errors import InternalError, NothingFound, StoreError, UsageError
from tracing.model.schema import AREA_LEVELS
from tracing.nearest import nearest_words
from tracing.text import LANGUAGES, Text, catalogue
from tracing.times import DEFAULT_ZONE, parse_iso

if TYPE_CHECKING:
    from graph.neo4j.store import Neo4jStore

_, _n = catalogue("graph")

SECONDS: Final = 300.0
"""A query that takes longer is given up."""
_DECIDED: Final = "WITH * WHERE "
_FIRST: Final = -(1 << 62)
_LAST: Final = 1 << 62
_MOST: Final = 1 << 31
PEOPLE: Final[Mapping[str, str]] = {"person": "name", "other": "name_of_other", "f0": "name_of_f0"}
"""Columns that hold a person's id, and what a column with their names is called."""
_KINDS: Final[Mapping[str, Text]] = {
    "from": _("a day or an instant"),
    "until": _("a day or an instant"),
    "integer": _("a whole number from 0"),
    "number": _("a number from 0"),
    "level": _("a level of area"),
}
_ON_RECORD: Final = {
    "case": "MATCH (c:Case) WHERE c.person = $name OR c.caseCode = $name RETURN c.person",
    "person": "MATCH (x:Person {person: $name}) RETURN x.person",
    "place": "MATCH (x:Place {place: $name}) RETURN x.place UNION MATCH ()-[x:CONTACT]->() WHERE x.place = $name"
    " RETURN DISTINCT x.place",
    "area": "MATCH (x:Area {area: $name}) RETURN x.area",
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query: how it is written, what it means, and what stands in for it."""

    name: str
    type: str
    example: Any
    means: Text
    default: Any = None
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return not self.optional and self.default is None and self.type != "run"

    def to_dict(self) -> dict[str, Any]:
        """Return the parameter as a JSON object, its meaning in every language."""
        told = {name: getattr(self, name) for name in ("name", "type", "example", "default", "optional", "required")}
        return told | {lang: self.means.say(lang) for lang in LANGUAGES}


@dataclass(frozen=True)
class Query:
    """A ready query: its name, what it answers, its parameters and its Cypher, as in its file."""

    name: str
    title: Text
    text: str
    parameters: tuple[Parameter, ...] = ()
    times: tuple[str, ...] = ()
    needs: str | None = None
    stays: bool = False
    rooms: bool = True
    ties: str | None = None
    undecided: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return name, title in every language and parameters as a JSON object."""
        titles = {lang: self.title.say(lang) for lang in LANGUAGES}
        return {"name": self.name, **titles, "parameters": [parameter.to_dict() for parameter in self.parameters]}


@cache
def list_queries() -> tuple[Query, ...]:
    """Return every ready query, by name."""
    here = files("graph.neo4j.queries")
    found = sorted((entry for entry in here.iterdir() if entry.name.endswith(".cypher")), key=lambda entry: entry.name)
    return tuple(parse_query(entry.name.removesuffix(".cypher"), entry.read_text(encoding="utf-8")) for entry in found)


def find_query(name: str) -> Query:
    """Return the ready query called ``name``.

    Raises
    ------
    UsageError
        If there is none.
    """
    known = {query.name: query for query in list_queries()}
    if name in known:
        return known[name]
    near = ", ".join(nearest_words(name, known, most=3))
    raise UsageError(
        _("there is no query called {name}", name=name),
        fix=_("did you mean {near}?", near=near) if near else _("truyvet query --list shows them all"),
    )


def parse_query(name: str, text: str) -> Query:
    """Read a query's file."""
    head = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        head.append(line.removeprefix("//").strip())
    told = tomllib.loads("\n".join(head))
    parameters = tuple(
        Parameter(name=key, **value | {"means": Text("graph", value["means"])})
        for key, value in told.get("parameters", {}).items()
    )
    title = Text("graph", told["title"])
    stays, rooms, ties = "stays" in told, told.get("rooms", True), told.get("ties")
    undecided, times, needs = told.get("undecided"), tuple(told.get("times", ())), told.get("needs")
    return Query(name, title, text, parameters, times, needs, stays, rooms, ties, undecided)


def ask_query(
    store: Neo4jStore, query: Query, values: Mapping[str, Any], *, names: bool = False, seconds: float = SECONDS
) -> QueryAnswer:
    """Run a query in one transaction that may only read.

    Parameters
    ----------
    store
        An open Neo4j store.
    query
        From :func:`find_query`.
    values
        Parameters by name, as text or of their own type; what is absent has its default.
    names
        Put people's names beside their ids.
    seconds
        How long the server may take.

    Raises
    ------
    UsageError
        If a parameter is unknown, missing, or cannot be read.
    NothingFound
        If someone or something named is not on record, or nothing was written back yet.
    StoreError
        If the server cannot answer, or not in time; if a load is not whole, unless the store answers anyway.
    """
    _check_names(query, values)

    @neo4j.unit_of_work(timeout=seconds)
    def ask(tx: neo4j.ManagedTransaction) -> QueryAnswer:
        return _ask(tx, query, values, names=names)

    def asked() -> QueryAnswer:
        with store.session(access="READ") as session:
            return session.execute_read(ask)

    try:
        return store.of_whole_loads(asked)
    except InternalError as error:  # of rows that do not fit, also of a value changed meanwhile, which no note tells
        with store.session(access="READ") as session:
            odd = _asked_for(query, session.execute_read(partial(read_odd, look=True)))
        raise (_in_the_way(odd) if odd else error) from error


def _ask(runner: Runner, query: Query, values: Mapping[str, Any], *, names: bool) -> QueryAnswer:
    """Return the answer of a query, without rows of others that do not fit."""
    odd = _asked_for(query, read_odd(runner))
    text, zone = without_odd(query.text, odd), read_zone(runner) or DEFAULT_ZONE
    rule = fetch_column(runner, "MATCH (s:TruyVetStore {key: 'store'}) RETURN s.staysOf") if query.stays else []
    of_run = find_asked_run(runner, query.needs, values.get("run")) if query.needs else None
    given = {p.name: _value(runner, p, values.get(p.name), zone) for p in query.parameters if p.type != "run"}
    given |= {} if of_run is None else {"run": of_run.id}
    _check_order(query, values, given)
    result = run(runner, text, **given, zone=zone)
    columns, rows = list(result.keys()), result.values()
    if names:
        columns, rows = _with_names(runner, columns, rows)
    undecided = 0
    if query.undecided:
        left = f"{text.rpartition(_DECIDED)[0]}{_DECIDED}{query.undecided} RETURN count(*)"
        undecided = int(fetch_column(runner, left, **given, zone=zone)[0])
    told, wide = shown_columns(columns, query.times)
    return QueryAnswer(
        query.name,
        told,
        tuple(tuple(cell(row, at, to, timed, zone) for at, to, timed in wide) for row in rows),
        given,
        query.times,
        stays_of=next(iter(rule), None),
        rooms=query.rooms,
        odd=tuple(odd),
        late=tuple(find_late(runner) if query.stays else ()),
        undecided=undecided,
        run=of_run,
        zone=zone,
    )


def _asked_for(query: Query, odd: Iterable[Odd]) -> list[Odd]:
    """Return those of the kinds that a query asks for."""
    return [one for one in odd if re.search(rf"\b{one.kind}\b", query.text)]


def _in_the_way(odd: list[Odd]) -> StoreError:
    return StoreError(
        _("rows that others wrote do not fit, and are in the way of an answer: {what}", what=odd[0].told()),
        fix=_("correct or remove them; truyvet tiers leaves them out"),
    )


def as_neo4j(store: Any) -> Neo4jStore:
    """Return the store if it is one of Neo4j.

    Raises
    ------
    StoreError
        If it is another.
    """
    from graph.neo4j.store import Neo4jStore

    if isinstance(store, Neo4jStore):
        return store
    raise StoreError(
        _("this works on a Neo4j database, and the store named is none"),
        fix=_(
            "name one: --store neo4j://127.0.0.1:7687 (truyvet neo4j up starts one here); "
            "the runs of a store that is a file: truyvet runs"
        ),
    )


def _check_names(query: Query, values: Mapping[str, Any]) -> None:
    known = [p.name for p in query.parameters]
    unknown = [name for name in values if name not in known]
    missing = [p.name for p in query.parameters if p.required and values.get(p.name) is None]
    if unknown or missing:
        told = {"query": query.name, "parameters": ", ".join(unknown or missing)}
        raise UsageError(
            _("query {query}: unknown {parameters}", **told)
            if unknown
            else _("query {query}: missing {parameters}", **told),
            fix=_(
                "its parameters: {known}; truyvet query --show {query}",
                known=", ".join(known) or "–",
                query=query.name,
            ),
        )


def _value(runner: Runner, parameter: Parameter, given: Any, zone: str) -> Any:
    """Return a parameter's value for Cypher."""
    given = parameter.default if given is None else given
    if parameter.type in ("from", "until"):
        return _instant(parameter, given, zone)
    if given is None:
        return None
    try:
        if parameter.type == "integer":
            return _in_range(parameter, int(given))
        if parameter.type == "number":
            return _in_range(parameter, float(given))
    except ValueError:
        raise _unreadable(parameter) from None
    if parameter.type == "level" and given not in AREA_LEVELS:
        raise _unreadable(parameter)
    return _on_record(runner, parameter, str(given)) if parameter.type in _ON_RECORD else str(given)


def _in_range(parameter: Parameter, value: float) -> float:
    if not (math.isfinite(value) and 0 <= value <= _MOST):
        raise _unreadable(parameter)
    return value


def _check_order(query: Query, values: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """Refuse a period that ends before it begins; one instant is a period."""
    ends = {p.type: p.name for p in query.parameters if p.type in ("from", "until")}
    if len(ends) < 2:
        return
    since, until = given[ends["from"]], given[ends["until"]]
    told = values.get(ends["until"])
    is_day = isinstance(told, str) and len(told.strip()) == 10
    if since > until or (since == until and is_day):
        raise UsageError(
            _("{until} lies before {since}", until=ends["until"], since=ends["from"]),
            fix=_("change the two round; a day alone means the whole of it"),
        )


def _with_names(runner: Runner, columns: list[str], rows: list[list[Any]]) -> tuple[list[str], list[list[Any]]]:
    """Return columns and rows with the name of each person right of their id."""
    places = [place for place, column in enumerate(columns) if column in PEOPLE]
    people = sorted({row[place] for row in rows for place in places})
    query = "MATCH (p:Person) WHERE p.person IN $people AND p.name IS NOT NULL RETURN p.person, p.name"
    known = dict(fetch(runner, query, people=people))
    for place in reversed(places):
        columns = [*columns[: place + 1], PEOPLE[columns[place]], *columns[place + 1 :]]
        rows = [[*row[: place + 1], known.get(row[place]), *row[place + 1 :]] for row in rows]
    return columns, rows


def _instant(parameter: Parameter, given: Any, zone: str) -> int:
    if given is None:
        return _FIRST if parameter.type == "from" else _LAST
    if isinstance(given, int):
        return given
    try:
        at, to = parse_iso(str(given), zone)
    except (ValueError, OverflowError):
        raise _unreadable(parameter) from None
    return at if parameter.type == "from" else to


def _on_record(runner: Runner, parameter: Parameter, name: str) -> str:
    found = fetch_column(runner, _ON_RECORD[parameter.type], name=name)
    if name in found:
        return name
    if len(found) == 1:
        return str(found[0])
    raise NothingFound(
        _("{parameter}: several cases have this code", parameter=parameter.name)
        if found
        else _("{parameter}: not on record", parameter=parameter.name),
        fix=_("ids and case codes are written exactly as in the lists"),
    )


def _unreadable(parameter: Parameter) -> UsageError:
    like = ", ".join(AREA_LEVELS) if parameter.type == "level" else str(parameter.example)
    return UsageError(
        _("{parameter}: not {kind}", parameter=parameter.name, kind=_KINDS[parameter.type]),
        fix=_("one of {like}", like=like) if parameter.type == "level" else _("write it like {like}", like=like),
    )
