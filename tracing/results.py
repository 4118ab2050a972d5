"""What every result has in common: a table, its provenance and how it shows itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import pandas as pd

from tracing.model.numbered import NumberedRecords
from tracing.policy.model import Policy
from tracing.times import DEFAULT_ZONE, EVER, end_of_day, format_iso, parse_iso

_INPUTS: Final = "inputs"


def software_version() -> str:
    """Return the installed version of truyvet, "unknown" in a tree that was never installed."""
    try:
        return version("truyvet")
    except PackageNotFoundError:
        return "unknown"


def resolve_as_of(as_of: int | str | None, graph: NumberedRecords) -> int:
    """Return the instant up to which the data speak.

    Text is an ISO 8601 instant or date (the end of that day). None is the end of the last day on record, so that the
    same records always give the same answer; all of time where no record has a date.
    """
    zone = graph.records.zone
    if isinstance(as_of, str):
        return parse_iso(as_of, zone)[1]
    if as_of is not None:
        return as_of
    last = graph.records.last_instant()
    return EVER if last is None else end_of_day(last, zone)


class Provenance(Mapping[str, str]):
    """What a result was made from; the hash of the records, ``inputs``, is worked out when it is asked for."""

    def __init__(self, graph: NumberedRecords, told: Mapping[str, str]) -> None:
        self._graph, self._told = graph, told

    def __getitem__(self, name: str) -> str:
        return inputs_hash(self._graph) if name == _INPUTS else self._told[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def __repr__(self) -> str:
        return repr(dict(self))


def provenance(graph: NumberedRecords, policy: Policy, as_of: int, *, cases: str) -> Provenance:
    """Return what a result was made from: version, rule, time, a hash of the records, and how many ``cases``."""
    told = {
        "version": software_version(),
        "policy": policy.id,
        "policy_digest": policy.digest,
        "as_of": "" if as_of >= EVER else format_iso(as_of, as_of, graph.records.zone),
        _INPUTS: "",
        "cases": cases,
    }
    return Provenance(graph, told)


def inputs_hash(graph: NumberedRecords) -> str:
    """Return the content hash of the graph's records, computed once per graph."""
    known = graph.__dict__.get("_inputs_hash")
    if known is None:
        known = graph.records.content_hash()
        graph.__dict__["_inputs_hash"] = known
    return str(known)


@dataclass(frozen=True)
class Result:
    """A result: a documented table and what it was made from.

    Attributes
    ----------
    table
        The main table.
    provenance
        Version, policy, as_of and hash of the inputs.
    """

    table: pd.DataFrame
    provenance: Mapping[str, str]

    @property
    def zone(self) -> str:
        """Time zone in which the result's times are shown."""
        return DEFAULT_ZONE

    def _repr_html_(self) -> str:
        made = ", ".join(f"{k} {v}" for k, v in self.provenance.items() if v)
        return f"{self.table.head(20).to_html(index=False)}<p><small>{len(self.table):,} rows · {made}</small></p>"
