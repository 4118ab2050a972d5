"""A graph of somebody else's as tables: a question in Cypher for each, which only reads; every answer becomes a file.

What is asked stands in a TOML file (docs/foreign_graph.md): a section per table with its ``cypher``, whose columns are
headings like those of a sheet. The files are Parquet with texts only, one row per row of the answer, in its order; so
the loaders read and check them like any other list.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import neo4j
import pyarrow as pa
import pyarrow.parquet as pq
from neo4j.exceptions import ClientError, CypherSyntaxError, DatabaseError
from neo4j.time import Date, DateTime, Time

from graph.neo4j.connect import open_driver
from graph.neo4j.errors import translated
from graph.neo4j.login import Prompt, ServerAddress, find_login, parse_address
from tracing.errors import InputError
from tracing.model.schema import TABLES
from tracing.nearest import nearest_words
from tracing.patterns import regex
from tracing.text import Text, catalogue

_, _n = catalogue("graph")

PEOPLE: Final = "people"
"""Beside the record tables: a list of people, whose columns may say of each what a line list does."""
_KEYS: Final = ("cypher", "table")
_NAME: Final = regex(r"[A-Za-z0-9_-]+")
_AT_ONCE: Final = 20_000
_WRITES: Final = "AccessMode"
_IN_STATEMENT: Final = "Neo.DatabaseError.Statement"
_Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class TableQuery:
    """One question of a map: the section's name, the table that its rows are of, and the Cypher."""

    name: str
    table: str
    cypher: str


def read_map(path: Path) -> tuple[TableQuery, ...]:
    """Read a map of a foreign graph.

    Raises
    ------
    InputError
        If it cannot be read, or a section is not as it should be; the section is named.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(_("{file}: it cannot be read", file=path.name), fix=_("check the path")) from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            _("{file}: it is no TOML: {reason}", file=path.name, reason=str(error)),
            fix=_("texts of several lines stand between three quotation marks"),
        ) from error
    if not told:
        raise _wrong(path, _("there is no section in it"))
    return tuple(_query(path, name, section) for name, section in told.items())


def _query(path: Path, name: str, section: object) -> TableQuery:
    if not isinstance(section, dict) or not _NAME.fullmatch(name):
        raise _wrong(path, _("{name} is no section such as [visits]", name=name))
    unknown = [key for key in section if key not in _KEYS]
    if unknown:
        raise _wrong(path, _("[{name}] has {keys}, which nobody reads", name=name, keys=", ".join(unknown)))
    cypher, table = section.get("cypher"), section.get("table", name)
    if not isinstance(cypher, str) or not cypher.strip():
        raise _wrong(path, _("[{name}] has no cypher", name=name))
    known = (PEOPLE, *TABLES)
    if table not in known:
        near = ", ".join(nearest_words(str(table), known, most=3)) or ", ".join(known)
        raise _wrong(
            path, _("[{name}]: there is no table {table}; did you mean {near}?", name=name, table=table, near=near)
        )
    return TableQuery(name, table, cypher)


def _wrong(path: Path, what: Text) -> InputError:
    return InputError(
        _("{file}: {what}", file=path.name, what=what),
        fix=_('write a section per table, such as [visits] with cypher = """MATCH … RETURN … AS person, …"""'),
    )


def fetch_tables(
    address: str, queries: Sequence[TableQuery], folder: Path, *, prompt: Prompt | None = None, progress: _Progress
) -> dict[str, str]:
    """Ask every question and write its answer into ``folder``; return the table of each file by the file's name.

    Raises
    ------
    InputError
        If a question cannot be asked, would write, or answers with what is no text, number, time or list of these.
    StoreError
        If the server cannot be reached or does not answer.
    """
    server = parse_address(address)
    login = find_login(server, prompt=prompt)
    files = {}
    with translated(str(server), opening=True):
        driver = open_driver(server, login)
    with driver, translated(str(server)):
        driver.verify_connectivity()
        for number, query in enumerate(queries):
            progress(query.name, number, len(queries))
            path = folder / f"{folder.name}.{query.name}.parquet"
            _fetch(driver, server, query, path)
            files[path.name] = query.table
    return files


def _fetch(driver: neo4j.Driver, server: ServerAddress, query: TableQuery, path: Path) -> None:
    with driver.session(database=server.database, default_access_mode="READ", fetch_size=_AT_ONCE) as session:
        try:
            result = session.run(neo4j.Query(query.cypher))
            columns = list(result.keys())
            schema = pa.schema([(name, pa.string()) for name in columns])
            with pq.ParquetWriter(path, schema) as writer:
                for rows in _batches(result):
                    cells = [
                        [_text(query, columns[place], row[place]) for row in rows] for place in range(len(columns))
                    ]
                    writer.write_table(pa.table(cells, schema=schema))
        except CypherSyntaxError as error:
            first = (error.message or "").splitlines()[:1]
            raise _refused(query, _("the server does not understand it: {words}", words="".join(first))) from error
        except ClientError as error:
            if _WRITES in (error.code or ""):
                raise _refused(query, _("it would write, and this only reads")) from error
            raise _refused(query, _("the server refuses it ({code})", code=error.code or "")) from error
        except DatabaseError as error:
            if not (error.code or "").startswith(_IN_STATEMENT):
                raise
            raise _refused(
                query,
                _(
                    "a function in it ends with an error ({code}): is a value absent, or of another kind?",
                    code=error.code,
                ),
            ) from error


def _batches(result: neo4j.Result) -> Iterator[list[neo4j.Record]]:
    while rows := result.fetch(_AT_ONCE):
        yield rows


def _refused(query: TableQuery, why: Text) -> InputError:
    return InputError(
        _("[{name}]: {why}", name=query.name, why=why), fix=_("try it in the Neo4j Browser; nothing was loaded")
    )


def _text(query: TableQuery, column: str, value: Any) -> str | None:
    """Return a value of an answer as it would stand in a cell of a sheet."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, DateTime):
        return value.to_native().isoformat(timespec="seconds")
    if isinstance(value, Date | Time):
        return value.iso_format()
    if isinstance(value, list):
        return "; ".join(said for one in value if (said := _text(query, column, one)) is not None)
    raise _refused(
        query,
        _(
            "{column} is a {kind}; return what it holds, such as x.name",
            column=column,
            kind=type(value).__name__.lower(),
        ),
    )
