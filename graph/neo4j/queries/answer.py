"""What a ready query answered: its rows, and what has to be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from graph.neo4j.odd import Odd
from graph.neo4j.queries.asked_run import AskedRun
from tracing.times import DEFAULT_ZONE, format_iso


@dataclass(frozen=True)
class QueryAnswer:
    """What a query answered: its columns and rows; times are ISO 8601 text, local, a day where no hour is known.

    ``stays_of``: the rule that says how long a stay without check-out lasts, where the query counts stays and a rule
    was traced by; else None. ``rooms``: False where *tracing* counts more stays, those in a room known from an
    isolation alone. ``odd``: rows of others, of the kinds that the query asks for, that do not fit and are left out as
    *tracing* leaves them out. ``late``: stays of others that count when a kept run has said how long they last.
    ``undecided``: how many more rows may belong to the answer. ``run``: the one by whose results it answers, None where
    it goes by records alone. ``zone``: the time zone of the records.
    """

    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    parameters: Mapping[str, Any] = field(default_factory=dict)
    times: tuple[str, ...] = ()
    stays_of: str | None = None
    rooms: bool = True
    odd: tuple[Odd, ...] = ()
    late: tuple[Odd, ...] = ()
    undecided: int = 0
    run: AskedRun | None = None
    zone: str = DEFAULT_ZONE

    def to_table(self) -> pd.DataFrame:
        """Return the rows as a DataFrame."""
        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the rows as JSON objects."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def shown_columns(
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


def cell(row: Sequence[Any], at: int, to: int | None, timed: bool, zone: str) -> Any:
    """Return the value ``at`` of a row as it is shown: a time, the second of a pair at ``to``, as ISO 8601 text."""
    value = row[at]
    if not timed or value is None or isinstance(value, str):
        return value
    end = row[to] if to is not None and row[to] is not None else value
    if not isinstance(value, int) or not isinstance(end, int):  # changed by others: it shows its own time
        return str(value)
    return format_iso(value, end, zone)
