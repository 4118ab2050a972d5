"""What the stores share about runs and exports: a run's header as JSON, each of its tables as one Parquet value."""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

import pandas as pd


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
        Name of a result table to the table.
    """

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    @classmethod
    def build(
        cls,
        command: str,
        *,
        inputs: str,
        version: str,
        tables: Mapping[str, pd.DataFrame],
        policy: str | None = None,
        policy_digest: str | None = None,
        as_of: int | None = None,
        options: Mapping[str, object] | None = None,
        created: int | None = None,
        revision: int | None = None,
    ) -> Run:
        """Return the run with its id worked out; ``created`` is now where it is not given."""
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
    fields = {k: v for k, v in asdict(header).items() if k != "tables"}
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


def pack_table(frame: pd.DataFrame) -> bytes:
    """Return a table as one value."""
    value = io.BytesIO()
    frame.to_parquet(value, engine="pyarrow", compression="zstd")
    return value.getvalue()


def unpack_table(value: bytes) -> pd.DataFrame:
    """Return the table that :func:`pack_table` packed, type for type."""
    return pd.read_parquet(io.BytesIO(value), engine="pyarrow")
