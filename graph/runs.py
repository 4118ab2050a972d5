"""What the stores share about runs and exports: a run's header as JSON, each of its tables as one Parquet value."""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from tracing.model.arrow import TEXT, nulls_of, to_arrow, to_numpy
from tracing.model.columns import Column, Numbers, TableColumns, Tables, Texts

if TYPE_CHECKING:
    import pandas as pd

#: What pandas calls numbers that may be missing.
_NULLABLE: Final = {"i": "Int64", "f": "Float64", "b": "boolean"}


@dataclass(frozen=True)
class RunHeader:
    """What a result was computed from, and by what.

    Attributes
    ----------
    id
        Hash of everything below but ``created`` and ``revision``: the same question to the same records is the same
        run.
    created
        When it was first computed, epoch seconds.
    command, options
        What was asked for; the options are JSON values.
    policy, policy_digest
        The rule: its id, and the hash of its text.
    as_of
        The instant the answer is for, epoch seconds; None where it has none.
    inputs
        Hash of the Records (:meth:`tracing.model.records.Records.content_hash`).
    version
        Version of this software.
    revision
        The store's revision when the records were read: while it has that one, the run is of all that it holds. None:
        unknown, or not of all of it.
    """

    id: str
    created: int
    command: str
    policy: str | None
    policy_digest: str | None
    as_of: int | None
    inputs: str
    version: str
    options: Mapping[str, object] = field(default_factory=dict)
    revision: int | None = None


@dataclass(frozen=True)
class Run(RunHeader):
    """A computed result, kept so that a later one can be compared with it; its header is a :class:`RunHeader`.

    Attributes
    ----------
    tables
        Name of a result table to the table; :meth:`columns` returns one without pandas.
    """

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", Tables(self.tables))

    def columns(self, name: str) -> TableColumns:
        """Return the table of this name as columns."""
        assert isinstance(self.tables, Tables)
        return self.tables.columns(name)

    @classmethod
    def build(
        cls,
        command: str,
        *,
        inputs: str,
        version: str,
        tables: Mapping[str, Any],
        policy: str | None = None,
        policy_digest: str | None = None,
        as_of: int | None = None,
        options: Mapping[str, object] | None = None,
        created: int | None = None,
        revision: int | None = None,
    ) -> Run:
        """Return the run with its id worked out; ``created`` is now where it is not given.

        ``tables`` are frames or columns.
        """
        options = dict(options or {})
        asked = [command, options, policy, policy_digest, as_of, inputs, version]
        text = json.dumps(asked, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        ident = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
        at = int(time.time()) if created is None else created
        return cls(ident, at, command, policy, policy_digest, as_of, inputs, version, options, revision, dict(tables))

    def header(self) -> RunHeader:
        """Return the run without its tables."""
        return RunHeader(**{name: getattr(self, name) for name in RunHeader.__dataclass_fields__})


def header_json(header: RunHeader) -> str:
    """Write a run's header as JSON text."""
    fields = {name: getattr(header, name) for name in RunHeader.__dataclass_fields__}
    return json.dumps(fields, sort_keys=True, ensure_ascii=False)


def later_revision(header: str, kept: RunHeader) -> str | None:
    """Return the header kept of a run, JSON text, with the revision for which it was traced again; None: it has it."""
    known = parse_header(header)
    return None if known.revision == kept.revision else header_json(replace(known, revision=kept.revision))


def parse_header(text: str) -> RunHeader:
    """Read what :func:`header_json` wrote."""
    return RunHeader(**json.loads(text))


@dataclass(frozen=True)
class ExportEntry:
    """One line of the export log: who took what out of the store.

    Attributes
    ----------
    who
        Name of the user's account.
    at
        When, epoch seconds.
    what
        The file, by its kind.
    masked
        Whether it went out without names.
    rows
        Rows in it.
    """

    who: str
    at: int
    what: str
    masked: bool
    rows: int


def pack_table(table: TableColumns) -> bytes:
    """Return a table as one value: a Parquet file that pandas reads with its types, too."""
    from pyarrow.parquet import write_table

    told = pa.table({name: _packed(column) for name, column in table.items()})
    named = [
        {"name": name, "field_name": name, "pandas_type": _pandas_type(c), "numpy_type": _type(c), "metadata": None}
        for name, c in table.items()
    ]
    index = {"kind": "range", "name": None, "start": 0, "stop": len(table), "step": 1}
    told = told.replace_schema_metadata({"pandas": json.dumps({"index_columns": [index], "columns": named})})
    value = io.BytesIO()
    write_table(told, value, compression="zstd")
    return value.getvalue()


def unpack_table(value: bytes) -> TableColumns:
    """Return the table that :func:`pack_table` packed, type for type."""
    from pyarrow.parquet import ParquetFile

    told = ParquetFile(pa.BufferReader(value)).read()
    types = {one["field_name"]: one["numpy_type"] for one in told.schema.pandas_metadata["columns"]}
    names = [name for name in told.column_names if name in types]
    return TableColumns({name: _unpacked(told[name].combine_chunks(), types[name]) for name in names}, told.num_rows)


def _packed(column: Column) -> pa.Array:
    return column.arrow if isinstance(column, Texts) else to_arrow(column.values, column.missing)


def _type(column: Column) -> str:
    if isinstance(column, Texts):
        return "string"
    return _NULLABLE[column.values.dtype.kind] if column.may_miss else str(column.values.dtype)


def _pandas_type(column: Column) -> str:
    return "unicode" if isinstance(column, Texts) else str(column.values.dtype)


def _unpacked(values: pa.Array, kind: str) -> Column:
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type) or pa.types.is_null(values.type):
        return Texts.of(values.cast(TEXT))
    return Numbers(to_numpy(values), nulls_of(values) if kind in _NULLABLE.values() else None)
