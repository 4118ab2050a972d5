"""A recognised sheet: what it lists, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from loaders.columns.about_cases import HEADING
from loaders.columns.by_neighbours import CASE_FIELDS, WHERE
from loaders.columns.line_lists import said_to_have_met
from loaders.columns.looks import Look
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, Reading

COUNTS: Final = "counts"
"""Layout of a sheet that counts people and names nobody; our own table of such numbers has the same name."""
LEFT_OUT: Final = "left out"
"""Layout of a sheet of which somebody said that it lists nothing of ours."""
NOT_READ: Final = (LEFT_OUT,)
"""Layouts of sheets from which nothing is read."""


@dataclass(frozen=True)
class Recognised:
    """A sheet, what it lists (``layout``), in words (``kind``), and what its columns mean.

    ``asked`` are unused columns that may not be passed over: position -> what their values look like.
    """

    sheet: Sheet
    reading: Reading
    kind: str
    asked: Mapping[int, Look] = field(default_factory=dict)

    @property
    def layout(self) -> str:
        """Name of the layout: a table's name, "people", "sensor" or "counts"."""
        return self.reading.layout

    @cached_property
    def makes_cases(self) -> bool:
        """Whether rows of this list of people can be cases."""
        columns = self.reading.columns
        told = any(fact.source == HEADING for fact in self.sheet.facts)
        return self.layout == PEOPLE and (
            "level" in columns
            or ("index" not in columns and (told or bool(CASE_FIELDS & set(columns))))
            or self.all_confirmed
        )

    @property
    def all_confirmed(self) -> bool:
        """Whether these are cases of whom somebody said whom they met."""
        return said_to_have_met(self.reading, self.sheet)


def kind_of(found: Recognised) -> str:
    """Return what a sheet lists, in English words that name it."""
    columns = set(found.reading.columns)
    if found.layout != PEOPLE:
        return found.layout
    if found.sheet.fact("crew") is not None:
        return "crew"
    if "index" in columns and not found.all_confirmed:
        return "contact list"
    for marks, kind in (
        ({"test_result"} if not {"onset", "confirmed", "classification"} & columns else set(), "test results"),
        ({"level"}, "list of F0 and contacts"),
        (columns if found.makes_cases else set(), "line list"),
        ({"visit_start", "visit_date", "shift"}, "visits"),
        ({"isolation_start", "room"}, "isolation list"),
        ({"arrived"}, "arrivals"),
        ({"seat", "vehicle"}, "passenger list"),
        ({"household"} if "relation" in columns else set(), "household list"),
        ({name for name in columns if name.startswith("present_")}, "roster"),
        ({*WHERE, "room"} if "household" not in columns else set(), "roster"),
    ):
        if marks & columns:
            return kind
    return "list of people"
