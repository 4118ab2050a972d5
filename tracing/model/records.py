"""Records: the named bundle of tables that flows from loaders through stores into the analyses."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.arrow import texts_to_arrow, texts_to_objects, to_arrow
from tracing.model.columns import Codes, Column, Numbers, TableColumns, Tables, Texts, code_numbers
from tracing.model.schema import SOURCE_COLUMNS, TABLES, ColumnKind, stored_columns
from tracing.times import DEFAULT_ZONE, NEVER

if TYPE_CHECKING:
    import pandas as pd

#: The times that tell how far the records go (see :meth:`Records.last_instant`).
WATCHED_TIMES: Final[Mapping[str, tuple[str, ...]]] = {
    "cases": ("onset", "sample", "confirmed", "isolated"),
    "contacts": ("start", "end"),
    "visits": ("start", "end"),
    "tests": ("sample", "resulted"),
    "isolations": ("start",),
    "arrivals": ("arrived",),
}
SEPARATOR: Final = "\x1f"
#: How columns that are no texts are kept.
NUMBERS: Final[Mapping[ColumnKind, type]] = {
    "integer": np.int64,
    "time": np.int64,
    "number": np.float64,
    "flag": np.bool_,
}
#: What stands for a missing value in a hash, by kind of type.
_HOLES: Final = {"f": float("nan"), "b": -1, "i": -(1 << 62)}


def nothing(kind: ColumnKind, size: int) -> Column:
    """Return a column of a kind in which nothing is given."""
    return Texts.constant(None, size) if kind not in NUMBERS else Numbers.nothing(NUMBERS[kind], size)


def complete_columns(name: str, columns: Mapping[str, Column], size: int) -> TableColumns:
    """Return some columns as the table ``name``: every stored column in its place, empty where it is not there."""
    stored = stored_columns(TABLES[name])
    return TableColumns({c: columns[c] if c in columns else nothing(kind, size) for c, kind in stored.items()}, size)


@cache
def empty_columns(name: str) -> TableColumns:
    """Return the table ``name`` with every stored column and no row."""
    return complete_columns(name, {}, 0)


@dataclass(frozen=True)
class Records:
    """A bundle of all record tables, each normalised (see :func:`tracing.model.normal.normalise_table`).

    Attributes
    ----------
    tables
        Table name to DataFrame; every table of :data:`tracing.model.schema.TABLES` is present. They may be given as
        :class:`tracing.model.columns.TableColumns`, which :meth:`columns` returns of each.
    zone
        Time zone in which dates were read and in which times are shown.
    """

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    zone: str = DEFAULT_ZONE

    def __post_init__(self) -> None:
        given = self.tables.given() if isinstance(self.tables, Tables) else self.tables
        whole = {name: given[name] if name in given else empty_columns(name) for name in TABLES}
        object.__setattr__(self, "tables", Tables(whole))

    @classmethod
    def build(cls, tables: Mapping[str, pd.DataFrame], *, zone: str = DEFAULT_ZONE) -> Records:
        """Return Records of the given tables, normalised; absent tables are empty."""
        normalise_table = import_module("tracing.model.normal").normalise_table
        return cls({name: normalise_table(name, frame) for name, frame in tables.items()}, zone)

    @classmethod
    def of(cls, tables: Mapping[str, TableColumns], zone: str = DEFAULT_ZONE) -> Records:
        """Return Records of tables given as columns; absent tables are empty."""
        given: Mapping[str, Any] = tables
        return cls(given, zone)

    def apart(self) -> Records:
        """Return the same records, which a later edit of the frames of these does not change."""
        same = Records(zone=self.zone)
        object.__setattr__(same, "tables", Tables(self._tables.given(), apart=True))
        return same

    @property
    def _tables(self) -> Tables:
        assert isinstance(self.tables, Tables)
        return self.tables

    def given(self) -> dict[str, Any]:
        """Return the tables as they are kept: columns, or frames."""
        return self._tables.given()

    def columns(self, name: str) -> TableColumns:
        """Return a table as columns."""
        return self._tables.columns(name)

    def size(self, name: str) -> int:
        """Return how many rows a table has."""
        return self._tables.size(name)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    persons = property(lambda self: self.tables["persons"])
    cases = property(lambda self: self.tables["cases"])
    contacts = property(lambda self: self.tables["contacts"])
    visits = property(lambda self: self.tables["visits"])
    places = property(lambda self: self.tables["places"])
    areas = property(lambda self: self.tables["areas"])
    tests = property(lambda self: self.tables["tests"])
    isolations = property(lambda self: self.tables["isolations"])
    arrivals = property(lambda self: self.tables["arrivals"])
    links = property(lambda self: self.tables["links"])
    outbreaks = property(lambda self: self.tables["outbreaks"])
    counts = property(lambda self: self.tables["counts"])

    def __len__(self) -> int:
        return sum(map(self.size, TABLES))

    def __repr__(self) -> str:
        return "Records(" + ", ".join(f"{n}={self.size(n)}" for n in TABLES if self.size(n)) + ")"

    def content_hash(self) -> str:
        """Return a hash of all rows but their sources: the same for shuffled, repeated or split input."""
        digest = hashlib.blake2b(digest_size=16)
        for name in TABLES:
            table = self.columns(name)
            if name == "counts" and not len(table):
                continue  # a table that came later: without a row the hash is what it was
            digest.update(name.encode())
            for column, values in table.items():
                if column in SOURCE_COLUMNS:
                    continue
                digest.update(column.encode())
                if not len(table):
                    continue
                if isinstance(values, Texts):
                    digest.update(_joined(values.arrow))
                else:
                    dtype = np.float64 if values.values.dtype.kind == "f" else np.int64
                    digest.update(values.filled(_HOLES[values.values.dtype.kind], dtype).data)
        return digest.hexdigest()

    def person_ids(self) -> np.ndarray:
        """Return the sorted ids of everybody named in any table, shape (people,), dtype object."""
        return texts_to_objects(self.numbered_people()[0])

    def numbered_people(self) -> tuple[pa.Array, Codes, Codes]:
        """Return the ids of :meth:`person_ids`, and the positions in them of either side of each contact."""
        sides = [self.columns("contacts").texts(side).held() for side in ("person_a", "person_b")]
        named = [self.columns("persons").texts("person").arrow, *(_occurring(*side) for side in sides)]
        for table in TABLES.values():
            if table.name != "contacts":
                columns = self.columns(table.name)
                named += [columns.texts(c.name).arrow for c in table if c.refers_to == "persons"]
        everybody = pa.chunked_array(named).unique().drop_null()
        everybody = everybody.take(pc.sort_indices(everybody))
        a, b = (np.append(code_numbers(pc.index_in(t, everybody)), np.int32(-1))[codes] for codes, t in sides)
        return everybody, a, b

    def last_instant(self) -> int | None:
        """Return the last instant on record at which something can have happened or been found; None without any.

        Of a date it is the last second of that day.
        """
        last = max(_last_second(self.columns(t), c) for t, columns in WATCHED_TIMES.items() for c in columns)
        return None if last == NEVER else last


def _occurring(codes: Codes, texts: pa.Array) -> pa.Array:
    """Return those of ``texts`` that occur."""
    occurs = np.zeros(len(texts) + 1, dtype=bool)
    occurs[codes] = True
    return texts.take(to_arrow(np.flatnonzero(occurs[:-1])))


def _joined(texts: pa.Array) -> memoryview | bytes:
    """Return the bytes of texts, of a missing one a zero, a separator between them."""
    if texts.null_count == len(texts):
        return ((SEPARATOR + "\x00").encode() * len(texts))[1:]
    if texts.null_count:
        texts = pc.coalesce(texts, texts_to_arrow(["\x00"])[0])
    rows = pa.LargeListArray.from_arrays(to_arrow(np.array([0, len(texts)])), texts)
    return memoryview(pc.binary_join(rows, texts_to_arrow([SEPARATOR])[0])[0].as_buffer())


def _last_second(table: TableColumns, column: str) -> int:
    begin, end = (table.numbers(name).filled(NEVER) for name in (column, f"{column}_to"))
    return int(np.where((begin > NEVER) & (end > NEVER), end - (end > begin), NEVER).max(initial=NEVER))
