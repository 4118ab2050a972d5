"""Records as plain rows, and the things that the questions are about: meetings, what is sure of them, answers."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from typing import Any, Literal

from pandas import NA

from tracing.model.records import Records
from tracing.model.schema import TABLES

Reading = Literal["possible", "certain"]
Row = dict[str, Any]
Truth = bool | None
Apart = tuple[str, str, str, int, int]
ROOM = "room"


@dataclass(frozen=True)
class Sure:
    """What holds in every reading: together at every instant of ``[start, end)``, or once in it."""

    start: int
    end: int
    throughout: bool


@dataclass(frozen=True)
class Meeting:
    """A contact from ``source`` to ``target``, inside ``[start, end)`` in the widest reading."""

    source: str
    target: str
    contact: str
    start: int
    end: int
    sure: tuple[Sure, ...]
    facts: Row = field(hash=False, compare=False)


class Data:
    """The rows of all tables as plain dictionaries, with None for what is missing."""

    def __init__(self, records: Records) -> None:
        self.zone = records.zone
        self.tables = {
            name: [
                {c: None if v is NA or v != v else v for c, v in row.items()}
                for row in table.astype(object).to_dict("records")
            ]
            for name, table in records.tables.items()
        }

    def part(self, prefix: str) -> Data:
        """Return the rows whose ids begin with ``prefix``."""
        part = copy(self)
        part.tables = {
            name: [row for row in rows if row[TABLES[name].key].startswith(prefix)]
            for name, rows in self.tables.items()
        }
        return part


def rows_of(records: Data, table: str) -> list[Row]:
    """Return the rows of a table."""
    return records.tables[table]


def counted_cases(records: Data) -> dict[str, Row]:
    """Return the cases that are not discarded."""
    return {row["person"]: row for row in rows_of(records, "cases") if row["status"] != "discarded"}
