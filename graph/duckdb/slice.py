"""The slice of :mod:`graph.selection` in DuckDB: rings of people grow in temporary tables, joins run inside.

A step reads the two columns of people of all contacts once (about 30 ms per million), whatever their order in the
file; an index would save little of that and cost more on every load. Joining visits never lists pairs: the visits of
the people in question become disjoint stretches of time per place, and every other visit is looked up in them, so that
a market with a million visits costs a sort of its visits, not their square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import duckdb
import pandas as pd
import pyarrow as pa

from graph.duckdb.file import fetch_row
from graph.duckdb.rows import column_list, to_pandas
from graph.selection import SLACK, Selection, check_found
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

_PEOPLE_ASKED: Final = {
    "cases": "SELECT person FROM cases WHERE person IN (FROM asked) OR case_code IN (FROM asked)",
    "people": "SELECT id FROM asked",
    "areas": """
        WITH RECURSIVE below(area) AS (
            SELECT id FROM asked UNION SELECT a.area FROM areas a JOIN below b ON a.parent = b.area
        ) SELECT person FROM persons WHERE area IN (FROM below)""",
    "places": f"""
        SELECT person FROM visits WHERE place IN (FROM asked) AND {_VISIT_IN_PERIOD}
        UNION ALL SELECT unnest([person_a, person_b]) FROM contacts
        WHERE place IN (FROM asked) AND {_CONTACT_IN_PERIOD}""",
}

_ROOMS: Final = f"""
    CREATE TEMP TABLE rooms AS SELECT place FROM places WHERE kind = '{ROOM}';
    INSERT INTO rooms SELECT DISTINCT other FROM same_places WHERE id IN (FROM rooms)"""
_STAYS: Final = f"""(
        SELECT rowid AS visit_row, person, place, "start", start_to, end_to FROM visits
        UNION ALL
        SELECT NULL, person, place, "start", start_to, coalesce(end_to, {EVER}) FROM isolations
        WHERE place IN (FROM rooms)
    )"""

# Visits that begin at one place in the same day (of SLACK seconds) all overlap, so they are taken together first.
_STRETCHES: Final = f"""
    CREATE OR REPLACE TEMP TABLE stretches AS
    WITH told AS (
        SELECT place, "start" AS a, least(greatest(coalesce(end_to, start_to), "start"), {_LATE}) + {SLACK} AS z
        FROM {_STAYS} WHERE person IN (FROM frontier) AND {_VISIT_IN_PERIOD}
    ), own AS (
        FROM told UNION ALL SELECT s.other, t.a, t.z FROM told t JOIN same_places s ON s.id = t.place
    ), days AS (
        SELECT place, min(a) AS a, max(z) AS z FROM own GROUP BY place, a // {SLACK}, a < 0
    ), marked AS (
        SELECT *, a > max(z) OVER (
            PARTITION BY place ORDER BY a ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS apart
        FROM days
    ), numbered AS (
        SELECT *, count(*) FILTER (apart) OVER (PARTITION BY place ORDER BY a ROWS UNBOUNDED PRECEDING) AS stretch
        FROM marked
    ) SELECT place, min(a) AS a, max(z) AS z FROM numbered GROUP BY place, stretch"""

# Stretches of one place are disjoint: the last one that begins before a visit's end is the only one to look at.
_JOIN_VISITS: Final = f"""
    INSERT INTO joined
    WITH near AS (
        SELECT visit_row, person, place, "start" AS a,
            least(greatest(coalesce(end_to, start_to), "start"), {_LATE}) + {SLACK} AS z
        FROM {_STAYS} WHERE place IN (SELECT place FROM stretches) AND {_VISIT_IN_PERIOD}
    ) SELECT n.visit_row, n.person
    FROM near n ASOF JOIN stretches s ON n.place = s.place AND n.z > s.a WHERE s.z > n.a"""

_MEET: Final = f"""
    INSERT INTO met SELECT rowid, person_a, person_b FROM contacts
    WHERE (person_a IN (FROM frontier) OR person_b IN (FROM frontier)) AND {_CONTACT_IN_PERIOD}"""

_REACHED: Final = """
    CREATE OR REPLACE TEMP TABLE reached AS
    SELECT DISTINCT person FROM (
        SELECT person_a AS person FROM met UNION ALL SELECT person_b FROM met UNION ALL SELECT person FROM joined
    ) WHERE person NOT IN (FROM ring)"""


class Slicer:
    """One slice on one connection of its own; its temporary tables end with the connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, selection: Selection) -> None:
        self._connection = connection
        self._selection = selection
        self._period = {"since": selection.since, "until": selection.until}

    def select(self) -> tuple[dict[str, pd.DataFrame], list[str] | None]:
        """Return the tables of the slice and the ids of the people whose cases were asked for."""
        self._connection.execute("BEGIN")  # one state of the store for all that follows
        if self._selection.everybody:
            rows = {name: f"SELECT * FROM {name}" for name in TABLES}
            rows["contacts"] += f" WHERE {_CONTACT_IN_PERIOD}"
            rows["visits"] += f" WHERE {_VISIT_IN_PERIOD}"
            return {name: to_pandas(self._fetch(name, sql)) for name, sql in rows.items()}, None
        focus = self._first_ring()
        for _step in self._grow():
            pass
        return self._collect(), focus

    def rings(self) -> dict[str, int]:
        """Return everybody in the rings with the number of their first one."""
        self._connection.execute("BEGIN")
        self._first_ring()
        found = dict.fromkeys(self._people("ring"), 0)
        for step in self._grow():
            found |= dict.fromkeys(self._people("reached"), step)
        return found

    def _people(self, table: str) -> list[str]:
        return list(self._connection.sql(f"SELECT person FROM {table}").to_arrow_table()["person"].to_pylist())

    def _run(self, sql: str) -> None:
        self._connection.execute(sql, {k: v for k, v in self._period.items() if f"${k}" in sql})

    def _fetch(self, name: str, sql: str) -> pa.Table:
        used = {k: v for k, v in self._period.items() if f"${k}" in sql}
        ordered = f"SELECT {column_list(name)} FROM ({sql}) ORDER BY {TABLES[name].key}"
        return self._connection.sql(ordered, params=used).to_arrow_table()

    def _first_ring(self) -> list[str] | None:
        self._run("CREATE TEMP TABLE ring (person VARCHAR)")
        self._know_same("same", self._selection.same)
        self._know_same("same_places", self._selection.same_places)
        self._run("CREATE TEMP TABLE asked_places (place VARCHAR)")
        focus = None
        for selector in ("cases", "people", "areas", "places"):
            names: tuple[str, ...] | None = getattr(self._selection, selector)
            if names is None:
                continue
            asked = pa.table({"id": pa.array(names, pa.string())})
            self._connection.register("asked_names", asked)
            self._run("CREATE OR REPLACE TEMP TABLE asked AS SELECT id FROM asked_names")
            self._connection.unregister("asked_names")
            check_found(selector, names, _count_missing(self._connection, selector))
            if selector == "cases":
                found = self._connection.execute(_PEOPLE_ASKED[selector]).fetchall()
                focus = sorted({row[0] for row in found})
            if selector == "places":
                self._run("INSERT INTO asked SELECT DISTINCT other FROM same_places WHERE id IN (FROM asked)")
                self._run("INSERT INTO asked_places FROM asked")
            self._run(f"INSERT INTO ring {_PEOPLE_ASKED[selector]}")
        self._run("CREATE OR REPLACE TEMP TABLE ring AS SELECT DISTINCT person FROM ring")
        self._complete("ring")
        return focus

    def _know_same(self, table: str, groups: Iterable[Iterable[str]]) -> None:
        """Make the ids that are one known as a table: each with every other."""
        pairs = [(a, b) for group in groups for a in group for b in group if a != b]
        told = pa.table({"id": _ids(a for a, _b in pairs), "other": _ids(b for _a, b in pairs)})
        self._connection.register("told_same", told)
        self._run(f"CREATE TEMP TABLE {table} AS FROM told_same")
        self._connection.unregister("told_same")

    def _complete(self, table: str) -> None:
        """Add to people the other ids of each."""
        if self._selection.same:
            self._run(
                f"INSERT INTO {table} SELECT DISTINCT other FROM same WHERE id IN (FROM {table})"
                f" AND other NOT IN (FROM {table}) AND other NOT IN (FROM ring)"
            )

    def _grow(self) -> Iterator[int]:
        """Yield each ring's number, who is new in it in ``reached``.

        Leaves ``ring`` = Rk, ``met`` and ``joined`` = the contacts and the visits of the slice.
        """
        self._run("CREATE TEMP TABLE met (contact_row BIGINT, person_a VARCHAR, person_b VARCHAR)")
        self._run("CREATE TEMP TABLE joined (visit_row BIGINT, person VARCHAR)")
        if self._selection.steps == 0:
            at = "place IN (FROM asked_places) AND"
            self._run(f"INSERT INTO met SELECT rowid, person_a, person_b FROM contacts WHERE {at} {_CONTACT_IN_PERIOD}")
            self._run(f"INSERT INTO joined SELECT rowid, person FROM visits WHERE {at} {_VISIT_IN_PERIOD}")
            return
        self._run(_ROOMS)
        self._run("CREATE TEMP TABLE frontier AS FROM ring")
        through = self._selection.through
        if through is not None:
            self._connection.register("through", pa.table({"person": _ids(through), "steps": list(through.values())}))
        for step in range(1, self._selection.steps + 1):
            for sql in (_STRETCHES, _JOIN_VISITS, _MEET, _REACHED):
                self._run(sql)
            self._complete("reached")
            self._run("INSERT INTO ring FROM reached")
            yield step
            going_on = "" if through is None else f" WHERE person {self._who_goes_on(step)}"
            self._run(f"CREATE OR REPLACE TEMP TABLE frontier AS FROM reached{going_on}")
            if _count(self._connection, "frontier") == 0:
                return

    def _who_goes_on(self, step: int) -> str:
        if self._selection.others >= step:
            return f"NOT IN (SELECT person FROM through WHERE steps < {step})"
        return f"IN (SELECT person FROM through WHERE steps >= {step})"

    def _collect(self) -> dict[str, pd.DataFrame]:
        rows = {name: f"SELECT * FROM {name} WHERE person IN (FROM ring)" for name in _ROWS_OF_PEOPLE}
        rows["links"] = "SELECT * FROM links WHERE source IN (FROM ring) AND target IN (FROM ring)"
        rows["counts"] = "SELECT * FROM counts"
        rows["contacts"] = "SELECT * FROM contacts WHERE rowid IN (SELECT contact_row FROM met)"
        rows["visits"] = "SELECT * FROM visits WHERE rowid IN (SELECT visit_row FROM joined)"
        out = {name: self._fetch(name, sql) for name, sql in rows.items()}
        referring = [("contacts", "place"), ("visits", "place"), ("isolations", "place"), ("arrivals", "vehicle")]
        self._note("named_places", [out[table][column] for table, column in referring])
        self._run("INSERT INTO named_places SELECT DISTINCT other FROM same_places WHERE id IN (FROM named_places)")
        out["places"] = self._fetch("places", "SELECT * FROM places WHERE place IN (FROM named_places)")
        self._note("named_areas", [out["persons"]["area"], out["places"]["area"]])
        out["areas"] = self._fetch(
            "areas",
            """WITH RECURSIVE above(area) AS (
                SELECT id FROM named_areas
                UNION SELECT a.parent FROM areas a JOIN above b ON a.area = b.area WHERE a.parent IS NOT NULL
            ) SELECT * FROM areas WHERE area IN (FROM above)""",
        )
        out["outbreaks"] = self._fetch("outbreaks", "SELECT * FROM outbreaks")
        return {name: to_pandas(out[name]) for name in TABLES}

    def _note(self, name: str, columns: list[pa.ChunkedArray]) -> None:
        chunks = [chunk.cast(pa.string()) for column in columns for chunk in column.chunks]
        noted = pa.table({"id": pa.chunked_array(chunks, pa.string())})
        self._connection.register("noted", noted)
        self._run(f"CREATE TEMP TABLE {name} AS SELECT DISTINCT id FROM noted WHERE id IS NOT NULL")
        self._connection.unregister("noted")


def _ids(people: Iterable[str]) -> pa.Array:
    return pa.array(list(people), pa.string())


def _count_missing(connection: duckdb.DuckDBPyConnection, selector: str) -> int:
    """Count the names in ``asked`` that occur nowhere; large tables are read only for names not found before."""
    if selector == "cases":
        mentions = [("cases", "person"), ("cases", "case_code")]
    else:
        target = {"people": "persons", "areas": "areas", "places": "places"}[selector]
        mentions = [(target, "area" if selector == "areas" else TABLES[target].key)]
        mentions += [(t.name, c.name) for t in TABLES.values() for c in t if c.refers_to == target]
    connection.execute("CREATE OR REPLACE TEMP TABLE unseen AS FROM asked")
    for table, column in mentions:
        connection.execute(f"DELETE FROM unseen WHERE id IN (SELECT {column} FROM {table} WHERE {column} IS NOT NULL)")
        if _count(connection, "unseen") == 0:
            return 0
    return _count(connection, "unseen")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = fetch_row(connection, f"SELECT count(*) FROM {table}")
    return int(found[0]) if found else 0
