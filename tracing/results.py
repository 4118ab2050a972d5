"""What every result has in common: a table, its provenance and how it shows itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Protocol

from tracing.model.numbered import NumberedRecords
from tracing.policy.model import Policy
from tracing.times import DEFAULT_ZONE, EVER, end_of_day, format_iso, parse_iso

if TYPE_CHECKING:
    import pandas as pd


@cache
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


class _Made(Mapping[str, str]):
    """What a result was made from; a value that is a function is worked out when it is asked for."""

    def __init__(self, told: Mapping[str, str | Callable[[], str]]) -> None:
        self._told = told

    def __getitem__(self, name: str) -> str:
        value = self._told[name]
        return value if isinstance(value, str) else value()

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def __repr__(self) -> str:
        return repr(dict(self))


def provenance(graph: NumberedRecords, policy: Policy, as_of: int, *, cases: str) -> Mapping[str, str]:
    """Return what a result was made from: version, rule, time, a hash of the records, and how many ``cases``.

    The hash is worked out when it is asked for.
    """
    told: dict[str, str | Callable[[], str]] = {
        "version": software_version(),
        "policy": policy.id,
        "policy_digest": policy.digest,
        "as_of": "" if as_of >= EVER else format_iso(as_of, as_of, graph.records.zone),
        "inputs": partial(inputs_hash, graph),
        "cases": cases,
    }
    return _Made(told)


def made_further(made: Mapping[str, str], more: Mapping[str, str]) -> Mapping[str, str]:
    """Return what a result was made from that was made from another one, ``made``, and ``more``."""
    return _Made({name: more[name] if name in more else partial(made.__getitem__, name) for name in [*made, *more]})


def inputs_hash(graph: NumberedRecords) -> str:
    """Return the content hash of the graph's records, computed once per graph."""
    if "_inputs_hash" not in graph.__dict__:
        know_inputs(graph, graph.records.content_hash())
    return str(graph.__dict__["_inputs_hash"])


def know_inputs(graph: NumberedRecords, inputs: str) -> None:
    """Take the content hash of a graph's records from who knows it."""
    graph.__dict__["_inputs_hash"] = inputs


class Told(Protocol):
    """What a result tells, whichever way it keeps it."""

    @property
    def table(self) -> pd.DataFrame:
        """The main table."""

    @property
    def provenance(self) -> Mapping[str, str]:
        """Version, policy, as_of and hash of the inputs."""


class Shown:
    """How a result shows itself in a notebook."""

    @property
    def zone(self) -> str:
        """Time zone in which the result's times are shown."""
        return DEFAULT_ZONE

    def _repr_html_(self: Told) -> str:
        made = ", ".join(f"{k} {v}" for k, v in self.provenance.items() if v)
        return f"{self.table.head(20).to_html(index=False)}<p><small>{len(self.table):,} rows · {made}</small></p>"


@dataclass(frozen=True)
class Result(Shown):
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
