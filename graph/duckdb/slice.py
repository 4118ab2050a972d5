"""The slice of :mod:`graph.selection` in DuckDB: a ring of people is held as Arrow texts, joins run inside.

A step reads the two columns of people of all contacts once (about 30 ms per million), whatever their order in the
file; an index would save little of that and cost more on every load. Joining visits never lists pairs: the visits of
the people in question become disjoint stretches of time per place, and every other visit is looked up in them, so that
a market with a million visits costs a sort of its visits, not their square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph.duckdb.file import ENDS
from graph.duckdb.numbers import every_numbered
from graph.duckdb.rows import column_list, fetch_in_order
from graph.frames import to_columns
from graph.selection import SLACK, Selection, check_found
from tracing.model.arrow import texts_to_arrow, to_arrow, to_numpy
from tracing.model.columns import TableColumns
from tracing.model.schema import ROOM, TABLES
from tracing.times import EVER

_ROWS_OF_PEOPLE: Final = ("persons", "cases", "tests", "isolations", "arrivals")
_LATE: Final = 1 << 62  # times are cut here before the slack is added, so that nothing overflows

_IN_PERIOD: Final = """(($until::BIGINT IS NULL OR {undated} "start" < $until)
    AND ($since::BIGINT IS NULL OR coalesce(end_to, start_to) > $since OR "start" >= $since))"""
_VISIT_IN_PERIOD: Final = _IN_PERIOD.format(undated="")
_CONTACT_IN_PERIOD: Final = (
    '(("start" IS NULL AND "end" IS NULL) OR ' + _IN_PERIOD.format(undated='"start" IS NULL OR') + ")"
)

_NOBODY: Final = pa.nulls(0, pa.string())
_PEOPLE_ASKED: Final = {
    "cases": "SELECT person FROM cases WHERE person IN (FROM asked) OR case_code IN (FROM asked)",
    "people": "SELECT id AS person FROM asked",
    "areas": """
        WITH RECURSIVE below(area) AS (
            SELECT id FROM asked UNION SELECT a.area FROM areas a JOIN below b ON a.parent = b.area
        ) SELECT person FROM persons WHERE area IN (FROM below)""",
    "places": f"""
        SELECT person FROM visits WHERE place IN (FROM asked) AND {_VISIT_IN_PERIOD}
        UNION ALL SELECT unnest([person_a, person_b]) AS person FROM contacts
        WHERE place IN (FROM asked) AND {_CONTACT_IN_PERIOD}""",
}

_ROOMS: Final = f"SELECT place FROM places WHERE kind = '{ROOM}'"
_OF_VISITS: Final = 'SELECT rowid AS number, person, place, "start", start_to, end_to FROM visits'
_IN_ROOMS: Final = f"""
        SELECT NULL::BIGINT AS number, person, place, "start", start_to, coalesce(end_to, {EVER}) AS end_to
        FROM isolations WHERE place IN (FROM rooms)"""

# Visits that begin at one place in the same day (of SLACK seconds) all overlap, so they are taken together first. Of
# those that begin before a visit's end the longest decides: it is the only one to look at.
_JOIN_VISITS: Final = f"""
    WITH told AS (
        SELECT place, "start" AS a, least(greatest(coalesce(end_to, start_to), "start"), {_LATE}) + {SLACK} AS z
        FROM ({{stays}}) WHERE person IN (FROM frontier) AND {_VISIT_IN_PERIOD}
    ), own AS (
        FROM told {{elsewhere}}
    ), days AS (
        SELECT place, min(a) AS a, max(z) AS z FROM own GROUP BY place, a // {SLACK}, a < 0
    ), stretches AS (
        SELECT place, a, max(z) OVER (PARTITION BY place ORDER BY a) AS z FROM days
    ), near AS (
        SELECT number, person, place, "start" AS a,
            least(greatest(coalesce(end_to, start_to), "start"), {_LATE}) + {SLACK} AS z
        FROM ({{stays}}) WHERE place IN (SELECT place FROM stretches) AND {_VISIT_IN_PERIOD}
    ) SELECT n.number, n.person
    FROM near n ASOF JOIN stretches s ON n.place = s.place AND n.z > s.a WHERE s.z > n.a"""
_ELSEWHERE: Final = "UNION ALL SELECT s.other, t.a, t.z FROM told t JOIN same_places s ON s.id = t.place"

_MEET: Final = f"""
    SELECT rowid AS number, {{a}}, {{b}} FROM contacts
    WHERE ({{a}} {{who}} OR {{b}} {{who}}) AND {_CONTACT_IN_PERIOD}"""
_NUMBERS_OF: Final = "SELECT number FROM truyvet_numbers WHERE id IN (FROM frontier)"
_IDS_OF: Final = "SELECT id, number FROM truyvet_numbers WHERE number IN (FROM meeting)"
# The ids are the columns that take longest to read, and are known.
_CONTACTS_MET: Final = """
    SELECT c.* REPLACE (m.person_a AS person_a, m.person_b AS person_b)
    FROM contacts c JOIN met m ON c.rowid = m.number"""
_ONE: Final = "= (FROM meeting)"  # compared in place, in half the time of a look-up
_SEVERAL: Final = "IN (FROM meeting)"


class Slicer:
    """One slice on one connection of its own; what is made known there ends with the connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, selection: Selection) -> None:
        self._connection = connection
        self._selection = selection
        self._period = {"since": selection.since, "until": selection.until}
        self._same = _Same(selection.same)
        self._same_places = _Same(selection.same_places)
        self._ring = _NOBODY
        self._met: list[pa.Table] = []
        self._joined: list[pa.Table] = []

    def select(self) -> tuple[dict[str, TableColumns], list[str] | None]:
        """Return the tables of the slice, those with rows, and the ids of the people whose cases were asked for."""
        self._connection.execute("BEGIN")  # one state of the store for all that follows
        if self._selection.everybody:
            rows = {name: f"SELECT * FROM {name}" for name in TABLES}
            rows["contacts"] += f" WHERE {_CONTACT_IN_PERIOD}"
            rows["visits"] += f" WHERE {_VISIT_IN_PERIOD}"
            return {
                name: fetch_in_order(self._connection, name, sql, self._used_in(sql)) for name, sql in rows.items()
            }, None
        focus = self._first_ring()
        for _step in self._grow():
            pass
        return self._collect(), focus

    def rings(self) -> dict[str, int]:
        """Return everybody in the rings with the number of their first one."""
        self._connection.execute("BEGIN")
        self._first_ring()
        found: dict[str, int] = dict.fromkeys(self._ring.to_pylist(), 0)
        for step, reached in self._grow():
            found |= dict.fromkeys(reached.to_pylist(), step)
        return found

    def _read(self, sql: str) -> pa.Table:
        return self._connection.sql(sql, params=self._used_in(sql)).to_arrow_table()

    def _used_in(self, sql: str) -> dict[str, int | None]:
        return {k: v for k, v in self._period.items() if f"${k}" in sql}

    def _fetch(self, name: str, sql: str) -> pa.Table:
        return self._read(f"SELECT {column_list(name)} FROM ({sql}) ORDER BY {TABLES[name].key}")

    def _know(self, name: str, **columns: pa.Array | pa.ChunkedArray) -> None:
        """Make columns known to SQL as a table, in place of the one known by this name before."""
        self._connection.register(name, pa.table(columns))

    def _first_ring(self) -> list[str] | None:
        focus, found = None, []
        self._know("same_places", id=self._same_places.id, other=self._same_places.other)
        for selector in ("cases", "people", "areas", "places"):
            names: tuple[str, ...] | None = getattr(self._selection, selector)
            if names is None:
                continue
            asked = _ids(names)
            self._know("asked", id=asked)
            check_found(selector, names, self._count_missing(selector, asked))
            if selector == "places":
                self._know("asked", id=self._same_places.complete(asked))
            people = self._read(_PEOPLE_ASKED[selector])["person"]
            if selector == "cases":
                focus = sorted(set(people.to_pylist()))
            found += people.chunks
        self._ring = self._same.complete(pa.chunked_array(found, pa.string()).unique())
        return focus

    def _count_missing(self, selector: str, asked: pa.Array) -> int:
        """Count the names that occur nowhere; large tables are read only for names not found before."""
        if selector == "cases":
            mentions = [("cases", "person"), ("cases", "case_code")]
        else:
            target = {"people": "persons", "areas": "areas", "places": "places"}[selector]
            mentions = [(target, "area" if selector == "areas" else TABLES[target].key)]
            mentions += [(t.name, c.name) for t in TABLES.values() for c in t if c.refers_to == target]
        for table, column in mentions:
            found = self._read(f"SELECT DISTINCT {column} AS id FROM {table} WHERE {column} IN (FROM asked)")["id"]
            asked = _without(asked, found)
            if not len(asked):
                break
        return len(asked)

    def _grow(self) -> Iterator[tuple[int, pa.Array]]:
        """Yield each ring's number and who is new in it.

        Leaves the last ring, and the numbers of the rows of the contacts and the visits of the slice.
        """
        if self._selection.steps == 0:
            if self._selection.places is not None:
                at = "SELECT rowid AS number, {} FROM {} WHERE place IN (FROM asked) AND {}"  # the places
                self._met.append(self._read(at.format("person_a, person_b", "contacts", _CONTACT_IN_PERIOD)))
                self._joined.append(self._read(at.format("person", "visits", _VISIT_IN_PERIOD)))
            return
        join = self._joining()
        frontier = self._ring
        for step in range(1, self._selection.steps + 1):
            self._know("frontier", person=frontier)
            met = self._meet(frontier)
            self._met.append(met)
            reached = [*met["person_a"].chunks, *met["person_b"].chunks]
            if join is not None:
                joined = self._read(join)
                self._joined.append(joined)
                reached += joined["person"].chunks
            new = _without(pa.chunked_array(reached, pa.string()).unique(), self._ring)
            new = _without(self._same.complete(new), self._ring)
            self._ring = pa.concat_arrays([self._ring, new])
            yield step, new
            frontier = self._who_goes_on(new, step)
            if not len(frontier):
                return

    def _meet(self, frontier: pa.Array) -> pa.Table:
        """Return number and ids of the contacts of those in ``frontier``, found by number if all have one."""
        ends, who = [*ENDS], frontier
        if self._numbered:
            ends, who = [*ENDS.values()], self._read(_NUMBERS_OF)["number"]
        self._know("meeting", who=who)
        a, b = ends
        found = self._read(_MEET.format(a=a, b=b, who=_ONE if len(who) == 1 else _SEVERAL))
        if not self._numbered:
            return found
        self._know("meeting", number=pa.chunked_array([*found[a].chunks, *found[b].chunks], pa.int32()).unique())
        known = self._read(_IDS_OF)
        ids, numbers = (known[column].combine_chunks() for column in ("id", "number"))
        named = {side: ids.take(pc.index_in(found[end], numbers)) for side, end in ENDS.items()}
        return pa.table({"number": found["number"], **named})

    @cached_property
    def _numbered(self) -> bool:
        return every_numbered(self._connection)

    def _joining(self) -> str | None:
        """Return what joins the visits of those in ``frontier``; None where nobody is on record at any place."""
        rooms = self._same_places.complete(_texts(self._read(_ROOMS)["place"]))
        self._know("rooms", place=rooms)
        stays = [*([_OF_VISITS] if "visits" in self._filled else []), *([_IN_ROOMS] if len(rooms) else [])]
        if not stays:
            return None
        return _JOIN_VISITS.format(stays=" UNION ALL ".join(stays), elsewhere=_ELSEWHERE if self._same_places else "")

    def _who_goes_on(self, reached: pa.Array, step: int) -> pa.Array:
        if self._through is None:
            return reached
        named, steps = self._through
        far = np.append(steps, self._selection.others)[to_numpy(pc.index_in(reached, named), -1)]
        return reached.take(to_arrow(np.flatnonzero(far >= step)))

    @cached_property
    def _through(self) -> tuple[pa.Array, npt.NDArray[np.int64]] | None:
        """How far everybody who is named may stand for the slice to go on from them."""
        through = self._selection.through
        if through is None:
            return None
        return _ids(through), np.fromiter(through.values(), np.int64, len(through))

    @cached_property
    def _filled(self) -> set[str]:
        """The tables that have a row."""
        looks = " UNION ALL ".join(f"(SELECT '{name}' FROM {name} LIMIT 1)" for name in TABLES)
        return {name for (name,) in self._connection.execute(looks).fetchall()}

    def _collect(self) -> dict[str, TableColumns]:
        self._know("ring", person=self._ring)
        rows = {name: f"SELECT * FROM {name} WHERE person IN (FROM ring)" for name in _ROWS_OF_PEOPLE}
        rows["links"] = "SELECT * FROM links WHERE source IN (FROM ring) AND target IN (FROM ring)"
        met, joined = _once(self._met, "person_a", "person_b"), _once(self._joined)
        self._know("met", **met)
        self._know("joined", **joined)
        rows["contacts"] = _CONTACTS_MET
        rows["visits"] = "SELECT * FROM visits WHERE rowid IN (FROM joined)"
        rows |= {name: f"SELECT * FROM {name}" for name in ("counts", "outbreaks")}
        out = {name: self._fetch(name, sql) for name, sql in rows.items() if name in self._filled}
        referring = [("contacts", "place"), ("visits", "place"), ("isolations", "place"), ("arrivals", "vehicle")]
        self._know("named_places", id=self._same_places.complete(_named(out, referring)))
        out["places"] = self._fetch("places", "SELECT * FROM places WHERE place IN (FROM named_places)")
        self._know("named_areas", id=_named(out, [("persons", "area"), ("places", "area")]))
        out["areas"] = self._fetch(
            "areas",
            """WITH RECURSIVE above(area) AS (
                SELECT id FROM named_areas
                UNION SELECT a.parent FROM areas a JOIN above b ON a.area = b.area WHERE a.parent IS NOT NULL
            ) SELECT * FROM areas WHERE area IN (FROM above)""",
        )
        return {name: to_columns(name, table) for name, table in out.items()}


class _Same:
    """Ids that are one: each with every other."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        pairs = [(a, b) for group in groups for a in group for b in group if a != b]
        self.id, self.other = _ids(a for a, _b in pairs), _ids(b for _a, b in pairs)

    def __bool__(self) -> bool:
        return len(self.id) > 0

    def complete(self, ids: pa.Array) -> pa.Array:
        """Return ids with, after them, the others that are one with them."""
        if not self:
            return ids
        others = self.other.filter(pc.is_in(self.id, value_set=ids)).unique()
        return pa.concat_arrays([ids, _without(others, ids)])


def _ids(people: Iterable[str]) -> pa.Array:
    return texts_to_arrow(people).cast(pa.string())


def _texts(column: pa.ChunkedArray) -> pa.Array:
    return pa.chunked_array(column.chunks, pa.string()).unique()


def _once(tables: list[pa.Table], *columns: str) -> dict[str, pa.ChunkedArray]:
    """Return ``number`` and other columns of tables, each number once; rows without one are left out."""
    kept = [table.select(["number", *columns]) for table in tables]
    if not kept:
        return {"number": pa.chunked_array([], pa.int64())} | {
            name: pa.chunked_array([], pa.string()) for name in columns
        }
    told = pa.concat_tables(kept)
    told = told.filter(told["number"].is_valid())
    rows = np.unique(to_numpy(told["number"].combine_chunks()), return_index=True)[1]
    return dict(zip(told.column_names, told.take(to_arrow(rows)).columns, strict=True))


def _without(ids: pa.Array, known: pa.Array | pa.ChunkedArray) -> pa.Array:
    return ids.filter(pc.invert(pc.is_in(ids, value_set=known)))


def _named(tables: dict[str, pa.Table], columns: Iterable[tuple[str, str]]) -> pa.Array:
    """Return the ids that columns of tables name."""
    chunks = [
        one.cast(pa.string()) for table, column in columns if table in tables for one in tables[table][column].chunks
    ]
    return pa.chunked_array(chunks, pa.string()).unique().drop_null()
