"""The embedded store: one DuckDB file, nothing to install, the default."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, Unpack

import duckdb
import pyarrow as pa

from graph.base import BaseStore
from graph.duckdb import loads, runs
from graph.duckdb.errors import NeedsKey, translated
from graph.duckdb.file import STORE, open_file
from graph.duckdb.index import pays, read_index, remove_index, write_index
from graph.duckdb.rows import fetch_in_order, read_zone
from graph.duckdb.slice import Slicer
from graph.loads import LoadEntry, WriteReport
from graph.protocol import Capability, SliceOptions, Store, WriteProgress
from graph.refusals import closed
from graph.selection import Selection, parse_selection
from graph.short_ids import CALLED
from tracing.identity.decisions import PEOPLE, PLACES
from tracing.model.columns import TableColumns, Texts
from tracing.model.numbered import NumberedRecords
from tracing.model.records import WATCHED_TIMES, Records
from tracing.model.schema import known_by

if TYPE_CHECKING:
    import pandas as pd

    from graph.purge import Purge, PurgeEntry

T = TypeVar("T")


def open_at(
    address: str,
    capabilities: frozenset[Capability],
    *,
    create: bool,
    read_only: bool,
    memory_limit: str,
    threads: int | None,
    key: str | None,
    ask_key: Callable[[str], str] | None,
    **_: Any,
) -> Store:
    """Open the store in the file at the path ``address`` (:func:`graph.open_store`)."""
    opened = partial(
        EmbeddedStore,
        Path(address).expanduser(),
        capabilities,
        create=create,
        read_only=read_only,
        memory_limit=memory_limit,
        threads=threads,
    )
    try:
        return opened(key=key)
    except NeedsKey:
        if ask_key is None:
            raise
        return opened(key=ask_key(address))


class EmbeddedStore(BaseStore[duckdb.DuckDBPyConnection]):
    """Records in one DuckDB file (see :class:`graph.protocol.Store`; open one with :func:`graph.open_store`).

    While it is open for writing no other process can open the file. A write is one transaction: a process that is
    killed leaves the file as it was.
    """

    def __init__(
        self,
        path: Path,
        capabilities: frozenset[Capability] = frozenset(),
        *,
        create: bool = True,
        read_only: bool = False,
        memory_limit: str = "50%",
        threads: int | None = None,
        key: str | None = None,
    ) -> None:
        super().__init__(path, capabilities, runs=runs, loads=loads)
        self.path = path
        self._key = key
        self._open = partial(open_file, path, read_only=read_only, memory_limit=memory_limit, threads=threads)
        self._opened: duckdb.DuckDBPyConnection | None = self._open(create=create, key=key)

    def _is_closed(self) -> bool:
        return self._opened is None

    @contextmanager
    def _session(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a connection of its own to one piece of work; what it left unfinished is undone."""
        if self._opened is None:
            raise closed(self.path)
        with translated(self.path):
            session = self._opened.cursor()
            try:
                if self._key is not None:
                    session.execute(f"USE {STORE}")
                yield session
            finally:
                session.close()

    def _do(self, work: Callable[[duckdb.DuckDBPyConnection], T], *, writes: bool = False) -> T:
        with self._session() as session:
            return work(session)

    def _write(
        self, records: Records, *, load: LoadEntry | None, replace: bool, progress: WriteProgress | None
    ) -> WriteReport:
        from graph.duckdb.write import write_records

        with self._session() as session:
            return write_records(session, records, load=load, replace=replace, progress=progress)

    def rows_of_files(self, table: str, files: Sequence[str], *, but: pd.Series | None = None) -> pd.DataFrame:
        """Return key and source of the rows of a table that came from ``files``."""
        from graph.duckdb.withdraw import rows_of_files

        return self._do(partial(rows_of_files, name=table, files=files, but=but))

    def _withdraw(self, keys: Mapping[str, Sequence[str]], load: LoadEntry) -> None:
        from graph.duckdb.withdraw import withdraw

        self._do(partial(withdraw, keys=keys, load=load), writes=True)

    def undo_load(self) -> LoadEntry:
        """Take the last load back, all or nothing."""
        return self._do(loads.undo_load, writes=True)

    def _read_tables(self, names: Sequence[str]) -> tuple[Mapping[str, TableColumns], str | None]:
        with self._session() as session:
            session.execute("BEGIN")
            tables = {name: fetch_in_order(session, name, f"SELECT * FROM {name}") for name in names}
            return tables, read_zone(session)

    def _read_ids(self, work: duckdb.DuckDBPyConnection, table: str) -> set[str]:
        column = known_by(table)
        return set(work.sql(f"SELECT {column} FROM {table}").to_arrow_table()[column].to_pylist())

    def _read_among(self, work: duckdb.DuckDBPyConnection, table: str, keys: Texts) -> set[str]:
        work.register("asked", pa.table({"key": keys.arrow}))
        column = known_by(table)
        found = work.sql(f"SELECT DISTINCT {column} AS key FROM {table} WHERE {column} IN (FROM asked)")
        told = set(found.to_arrow_table()["key"].to_pylist())
        work.unregister("asked")
        return told

    def _has_rows(self, work: duckdb.DuckDBPyConnection, table: str) -> bool:
        return bool(work.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall())

    def _read_called_ids(self, work: duckdb.DuckDBPyConnection) -> set[str]:
        found = work.execute(
            "SELECT person FROM persons WHERE regexp_full_match(person, ?)"
            " OR person = name OR person = phone OR person = national_id",
            [CALLED],
        )
        return {person for (person,) in found.fetchall()}

    def _read_zone(self, work: duckdb.DuckDBPyConnection) -> str | None:
        return read_zone(work)

    def last_instant(self) -> int | None:
        """Return the last instant on record, of all records; None where no record has a time."""
        latest = [
            f'SELECT max(CASE WHEN "{c}_to" > "{c}" THEN "{c}_to" - 1 ELSE "{c}_to" END) AS moment FROM {table}'
            for table, columns in WATCHED_TIMES.items()
            for c in columns
        ]
        with self._session() as session:
            found = session.execute(f"SELECT max(moment) FROM ({' UNION ALL '.join(latest)})").fetchall()[0][0]
        return None if found is None else int(found)

    def _select(
        self, work: duckdb.DuckDBPyConnection, selection: Selection
    ) -> tuple[Mapping[str, TableColumns], list[str] | None]:
        return Slicer(work, selection).select()

    def numbered(self, **asked: Unpack[SliceOptions]) -> NumberedRecords:
        """Return the part of the records around what is named; everything is read from the index beside the store."""
        if self.encrypted or any(given is not None for given in asked.values()):
            return super().numbered(**asked)
        state = self._do(loads.read_state)
        if state is not None and (known := read_index(self.path, state)):
            return known
        found = super().numbered()
        if state is not None and pays(found.records) and self._do(loads.read_state) == state:
            write_index(self.path, state, found)
        return found

    def near_cases(self, steps: int) -> dict[str, int] | None:
        """Return who is near a case (:meth:`graph.protocol.Store.near_cases`)."""
        cases = sorted(self.ids("cases"))

        def find(work: duckdb.DuckDBPyConnection) -> dict[str, int]:
            groups, places = (self._read_identity(work, of).groups for of in (PEOPLE, PLACES))
            return Slicer(work, parse_selection(cases=cases, steps=steps).complete(groups, places)).rings()

        return self._do(find) if cases else {}

    def purge(self, plan: Purge, entry: PurgeEntry) -> None:
        """Remove people for good: the file is written anew without them, and put in place whole."""
        from graph.duckdb.rewrite import copy_without

        self._rewrite(lambda new: copy_without(new, plan, entry, self.path), self._key)

    @property
    def encrypted(self) -> bool:
        """Whether a key is needed to open it."""
        return self._key is not None

    def change_key(self, key: str | None) -> None:
        """Encrypt the store under another key; None: no longer. The file is written anew and put in place whole."""
        from graph.duckdb.rewrite import copy_all

        self._rewrite(copy_all, key)

    def _rewrite(self, fill: Callable[[duckdb.DuckDBPyConnection], None], key: str | None) -> None:
        from graph.duckdb.rewrite import rewriting

        if self._opened is None:
            raise closed(self.path)
        self.close()
        try:
            with translated(self.path):
                remove_index(self.path)
            with translated(self.path), rewriting(self.path, key=self._key, new_key=key) as new:
                fill(new)
            self._key = key
        finally:
            self._opened = self._open(create=False, key=self._key)

    def close(self) -> None:
        """Let go of the file; closing twice is harmless."""
        opened, self._opened = self._opened, None
        if opened is not None:
            with translated(self.path):
                opened.close()
