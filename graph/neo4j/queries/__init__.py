"""Ready questions in Cypher for epidemiologists: one ``.cypher`` file each, which also runs in the Neo4j Browser.

A file begins with comment lines that are TOML: what it answers (``en``, ``vi``), its ``parameters`` (``type``,
``example``, ``en``, ``vi``, ``default`` or ``optional``), the columns that are ``times`` (a column ``x`` may come with
``x_to``), and what it ``needs`` to have been written back first ("tiers" or "zones"). Values only ever travel as
parameters; a transaction may read only.

Types of parameters: ``text``, ``integer`` and ``number`` (from 0), ``level`` (of an area); ``from`` and ``until`` (a
day or an instant, ISO 8601; given to Cypher as epoch seconds, a day for ``until`` as its end); ``case`` (an id or a
case code), ``person``, ``place``, ``area`` (ids that must be on record); ``run`` (a run's id; else the latest of
``truyvet tiers`` or ``truyvet zones``, as the query needs).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import neo4j
import pandas as pd

from graph.neo4j.read import read_zone
from graph.neo4j.rows import Runner, fetch, fetch_column, run
from tracing.errors import NothingFound, StoreError, UsageError
from tracing.model.schema import AREA_LEVELS
from tracing.times import DEFAULT_ZONE, format_iso, parse_iso

if TYPE_CHECKING:
    from graph.neo4j.store import Neo4jStore

SECONDS: Final = 300.0
"""A query that takes longer is given up."""
_FIRST: Final = -(1 << 62)
_LAST: Final = 1 << 62
_MOST: Final = 1 << 31
PEOPLE: Final[Mapping[str, str]] = {"person": "name", "other": "name_of_other", "f0": "name_of_f0"}
"""Columns that hold a person's id, and what a column with their names is called."""
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "from": ("a day or an instant", "ngày hay giờ"),
    "until": ("a day or an instant", "ngày hay giờ"),
    "integer": ("a whole number from 0", "số nguyên từ 0"),
    "number": ("a number from 0", "số từ 0"),
    "level": ("a level of area", "cấp đơn vị"),
}
_ON_RECORD: Final = {
    "case": "MATCH (c:Case) WHERE c.person = $name OR c.case_code = $name RETURN c.person",
    "person": "MATCH (x:Person {person: $name}) RETURN x.person",
    "place": "MATCH (x:Place {place: $name}) RETURN x.place UNION MATCH ()-[x:CONTACT]->() WHERE x.place = $name"
    " RETURN DISTINCT x.place",
    "area": "MATCH (x:Area {area: $name}) RETURN x.area",
}
_RUNS: Final = {
    "tiers": "MATCH (r:Run) WHERE r.results = 'done' AND EXISTS { (r)<-[:OF_RUN]-(:Tier) }",
    "zones": "MATCH (r:Run) WHERE r.results = 'done' AND EXISTS { (r)<-[:OF_RUN]-(:Zone) }",
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of a query: how it is written, what it means (``en``, ``vi``), and what stands in for it."""

    name: str
    type: str
    example: Any
    en: str
    vi: str
    default: Any = None
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return not self.optional and self.default is None and self.type != "run"


@dataclass(frozen=True)
class Query:
    """A ready query: its name, what it answers (``en``, ``vi``), its parameters and its Cypher, as in its file."""

    name: str
    en: str
    vi: str
    text: str
    parameters: tuple[Parameter, ...] = ()
    times: tuple[str, ...] = ()
    needs: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a query answered: its columns and rows; times are ISO 8601 text, local, a day where no hour is known."""

    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    times: tuple[str, ...] = ()

    def to_table(self) -> pd.DataFrame:
        """Return the rows as a DataFrame."""
        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as JSON objects."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


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
    from difflib import get_close_matches

    known = {query.name: query for query in list_queries()}
    if name in known:
        return known[name]
    near = ", ".join(get_close_matches(name, known, n=3))
    raise UsageError(
        f"there is no query called {name}",
        fix=f"did you mean {near}?" if near else "truyvet query --list shows them all",
        vi=f"không có câu hỏi nào tên là {name}",
        fix_vi=f"ý là {near}?" if near else "truyvet query --list liệt kê tất cả",
    )


def parse_query(name: str, text: str) -> Query:
    """Read a query's file."""
    head = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        head.append(line.removeprefix("//").strip())
    told = tomllib.loads("\n".join(head))
    parameters = tuple(Parameter(name=key, **value) for key, value in told.get("parameters", {}).items())
    return Query(name, told["en"], told["vi"], text, parameters, tuple(told.get("times", ())), told.get("needs"))


def ask_query(
    store: Neo4jStore, query: Query, values: Mapping[str, Any], *, names: bool = False, seconds: float = SECONDS
) -> Answer:
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
        If the server cannot answer, or not in time.
    """
    _check_names(query, values)

    @neo4j.unit_of_work(timeout=seconds)
    def ask(tx: neo4j.ManagedTransaction) -> tuple[str, dict[str, Any], list[str], list[list[Any]]]:
        zone = read_zone(tx) or DEFAULT_ZONE
        given = {p.name: _value(tx, query, p, values.get(p.name), zone) for p in query.parameters}
        _check_order(query, values, given)
        result = run(tx, query.text, **given, zone=zone)
        columns, rows = list(result.keys()), result.values()
        return (zone, given, *(_with_names(tx, columns, rows) if names else (columns, rows)))

    with store.session(access="READ") as session:
        zone, given, columns, rows = session.execute_read(ask)
    told, wide = _shown_columns(columns, query.times)
    shown = tuple(tuple(_cell(row, at, to, timed, zone) for at, to, timed in wide) for row in rows)
    return Answer(query.name, told, shown, given, query.times)


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
        "this works on a Neo4j database, and the store named is none",
        fix="name one: --store neo4j://127.0.0.1:7687 (truyvet neo4j up starts one here)",
        vi="việc này chỉ làm được trên cơ sở dữ liệu Neo4j, còn kho đã nêu không phải",
        fix_vi="nêu kho: --store neo4j://127.0.0.1:7687 (truyvet neo4j up khởi động một máy chủ ở đây)",
    )


def _check_names(query: Query, values: Mapping[str, Any]) -> None:
    known = [p.name for p in query.parameters]
    unknown = [name for name in values if name not in known]
    missing = [p.name for p in query.parameters if p.required and values.get(p.name) is None]
    if unknown or missing:
        told = ", ".join(unknown or missing)
        raise UsageError(
            f"query {query.name}: {'unknown' if unknown else 'missing'} {told}",
            fix=f"its parameters: {', '.join(known) or '–'}; truyvet query --show {query.name}",
            vi=f"câu hỏi {query.name}: {'không có' if unknown else 'thiếu'} tham số {told}",
            fix_vi=f"các tham số: {', '.join(known) or '–'}; truyvet query --show {query.name}",
        )


def _value(runner: Runner, query: Query, parameter: Parameter, given: Any, zone: str) -> Any:
    """Return a parameter's value for Cypher."""
    given = parameter.default if given is None else given
    if parameter.type == "run":
        return _run_of(runner, query.needs or "tiers", given)
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
            f"{ends['until']} lies before {ends['from']}",
            fix="change the two round; a day alone means the whole of it",
            vi=f"{ends['until']} sớm hơn {ends['from']}",
            fix_vi="đổi chỗ hai mốc; chỉ ghi ngày thì hiểu là cả ngày đó",
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
        f"{parameter.name}: {'several cases have this code' if found else 'not on record'}",
        fix="ids and case codes are written exactly as in the lists",
        vi=f"{parameter.name}: {'nhiều ca có cùng mã này' if found else 'không có trong hồ sơ'}",
        fix_vi="mã phải viết đúng như trong danh sách",
    )


def _run_of(runner: Runner, needs: str, given: Any) -> str:
    narrowed = " AND r.run = $run" if given is not None else f" AND r.command = '{needs}'"
    found = fetch_column(runner, f"{_RUNS[needs]}{narrowed} RETURN r.run ORDER BY r.number DESC LIMIT 1", run=given)
    if found:
        return str(found[0])
    raise NothingFound(
        f"no {needs} are written in this database" + (" under that run" if given is not None else ""),
        fix=f"truyvet {needs} --store … computes them and writes them back; truyvet neo4j runs lists what is there",
        vi="chưa có kết quả "
        + ("phân tầng" if needs == "tiers" else "khoanh vùng")
        + " nào trong cơ sở dữ liệu này"
        + (" với mã lần chạy đó" if given is not None else ""),
        fix_vi=f"chạy truyvet {needs} --store … để tính và ghi vào; truyvet neo4j runs liệt kê các lần chạy",
    )


def _unreadable(parameter: Parameter) -> UsageError:
    kind, kind_vi = _KINDS[parameter.type]
    like = ", ".join(AREA_LEVELS) if parameter.type == "level" else str(parameter.example)
    return UsageError(
        f"{parameter.name}: not {kind}",
        fix=f"one of {like}" if parameter.type == "level" else f"write it like {like}",
        vi=f"{parameter.name}: không phải {kind_vi}",
        fix_vi=f"một trong: {like}" if parameter.type == "level" else f"viết như {like}",
    )


def _shown_columns(
    columns: Sequence[str], times: Sequence[str]
) -> tuple[tuple[str, ...], list[tuple[int, int | None, bool]]]:
    """Return the columns to show, and of each its position, that of its ``_to``, and whether it is a time."""
    told, wide = [], []
    for position, name in enumerate(columns):
        if name.endswith("_to") and name.removesuffix("_to") in times:
            continue
        end = columns.index(f"{name}_to") if name in times and f"{name}_to" in columns else None
        told.append(name)
        wide.append((position, end, name in times))
    return tuple(told), wide


def _cell(row: Sequence[Any], at: int, to: int | None, timed: bool, zone: str) -> Any:
    value = row[at]
    if not timed or value is None or isinstance(value, str):
        return value
    end = row[to] if to is not None and row[to] is not None else value
    return format_iso(value, end, zone)
