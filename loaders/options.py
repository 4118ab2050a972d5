"""What a caller may say about a load, and what a load asks of a store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias

import pandas as pd

from loaders.limits import Limits
from tracing.times import DEFAULT_ZONE

LoadProgress = Callable[[str, int, int], None]
"""Called with what is being done, how many files are done, and how many there are."""


Corrections: TypeAlias = Mapping[str, Mapping[str, str | None]]
"""Rows corrected after earlier loads: key of the row, as it was read -> its corrected texts by heading."""


class Known(Protocol):
    """What is already on record; every store is one."""

    def ids(self, table: str) -> set[str]:
        """Return the keys on record in ``table`` (for areas: the area codes)."""
        ...

    def among(self, table: str, keys: pd.Series) -> set[str]:
        """Return which of ``keys`` are on record in ``table``."""
        return self.ids(table) & set(keys.dropna())

    def holds(self, table: str) -> bool:
        """Tell whether anything is on record in ``table``."""
        return bool(self.ids(table))


@dataclass(frozen=True, kw_only=True)
class LoadOptions:
    """How files are read.

    Attributes
    ----------
    zone
        Time zone of times without an offset.
    day_first
        How to read 03/04/2021 where the column itself does not show it: True day first, False month first, None: such a
        row is set aside. It is never guessed.
    table
        Read every sheet as this table: a name of :data:`tracing.model.schema.TABLES`, "people" or "sensor".
    tables
        The same for single files, by their names.
    mapping
        Own heading -> column name (of the table, or a field of ``loaders/data/headings.csv``).
    create_people
        True: people who are only mentioned are put on record. False: a mention of somebody unknown is set aside.
        None: the second, unless nobody at all is known.
    answers
        Answers to questions of this or earlier loads: id of the question -> choice.
    corrected
        Rows corrected after earlier loads, see :mod:`loaders.corrections`.
    encoding, delimiter
        Of text files; found from the file where not given.
    start_date
        Day on which a sensor file's clock starts.
    today
        Dates after this day are findings; the present day where not given.
    limits
        How large a file may be.
    """

    zone: str = DEFAULT_ZONE
    day_first: bool | None = None
    table: str | None = None
    tables: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    create_people: bool | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    corrected: Corrections = field(default_factory=dict, repr=False)
    encoding: str | None = None
    delimiter: str | None = None
    start_date: date | None = None
    today: date | None = None
    limits: Limits = field(default_factory=Limits)
