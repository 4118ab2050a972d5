"""The record tables: every column named once, with its kind.

A ``time`` column ``x`` is stored as two columns, ``x`` and ``x_to`` (see :mod:`tracing.times`). Every table also
has ``attributes`` (JSON object of columns that were kept but are not used) and the row's source.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

ColumnKind = Literal["id", "text", "choice", "flag", "integer", "number", "time"]

SOURCE_COLUMNS: Final = ("source_file", "source_sheet", "source_row")


@dataclass(frozen=True)
class Column:
    """One column of a record table: its name, kind, choices and unit."""

    name: str
    kind: ColumnKind
    required: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Table:
    """One record table. ``key`` is unique; it is derived from ``identity`` where the input does not give it."""

    name: str
    key: str
    identity: tuple[str, ...]
    columns: tuple[Column, ...]

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def column(self, name: str) -> Column:
        """Return the column called ``name``; ``KeyError`` if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns an input must have (a derived key is not one)."""
        return tuple(column.name for column in self.columns if column.required)


def _id(name: str, refers_to: str | None = None, *, required: bool = False) -> Column:
    return Column(name, "id", required=required, refers_to=refers_to)


def _text(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "text") for name in names)


def _flag(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "flag") for name in names)


def _time(name: str, *, required: bool = False) -> Column:
    return Column(name, "time", required=required)


def _choice(name: str, *choices: str) -> Column:
    return Column(name, "choice", choices=choices)


def _number(name: str, unit: str) -> Column:
    return Column(name, "number", unit=unit)


def _integer(name: str, unit: str | None = None) -> Column:
    return Column(name, "integer", unit=unit)


CONTACT_KINDS: Final = ("household", "work", "school", "care", "transport", "social", "other")
AREA_LEVELS: Final = ("province", "district", "commune", "hamlet", "group", "household")
"""Levels of areas, the widest first."""
BELOW_COMMUNE: Final = AREA_LEVELS[AREA_LEVELS.index("commune") + 1 :]
SMALLEST_UNITS: Final = AREA_LEVELS[: AREA_LEVELS.index("commune") - 1 : -1]
"""What may be the smallest unit of a zone, the smallest first."""
FOUND_IN: Final = ("community", "quarantine", "zone", "home_isolation", "arrival")
OUTBREAK_LEVELS: Final = ("none", "low", "medium", "high", "very_high", "outbreak")
"""What is said of the epidemic in a unit: no outbreak, one of four levels, or an outbreak without a level."""
CERTAINTY: Final = ("certain", "possible")
CASE_STATUS: Final = ("confirmed", "probable", "suspected", "discarded")
"""Status of a case. Not given: confirmed. Suspected: possible only. Discarded: a person with a test, no case."""
TIME_KINDS: Final = ("presence", "sometime", "first_day", "last_day")
"""How the times of a contact are meant.

*presence*: both stay from ``start`` to ``end``. *sometime*: one meeting inside it (where both are days: one on each).
*first_day*: only the first day of contact is known: a meeting on ``start``; later ones are possible until ``end``, the
day on which the list was written (none: not known). *last_day*: only the last day is known: a meeting on ``end``;
earlier ones are possible (from ``start`` on, where that is given).
"""
COUNTED: Final = ("cases", "f1", "f2", "positive_samples", "people")
"""What an aggregate counts."""
ROOM: Final = "room"
"""The kind of a place that is a room (of a camp, a ward, a boarding house): an isolation there is a visit to it."""

TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        Table(
            "persons",
            "person",
            ("person",),
            (
                _id("person", required=True),
                *_text("name"),
                _choice("sex", "female", "male", "other"),
                *_text("birth_date"),
                _integer("birth_year"),
                *_text("phone", "national_id"),
                _id("household"),
                _id("area", "areas"),
                *_text("address", "occupation"),
                _integer("vaccine_doses"),
                *_flag("immune"),
            ),
        ),
        Table(
            "cases",
            "person",
            ("person",),
            (
                _id("person", "persons", required=True),
                _id("case_code"),
                _time("onset"),
                _time("sample"),
                _time("confirmed"),
                _time("isolated"),
                *_text("outcome"),
                _time("outcome_date"),
                *_flag("asymptomatic", "source_known"),
                _choice("found_in", *FOUND_IN),
                _choice("status", *CASE_STATUS),
                _time("exposure_start"),
                _time("exposure_end"),
            ),
        ),
        Table(
            "contacts",
            "contact",
            (
                "person_a",
                "person_b",
                "start",
                "start_to",
                "end",
                "end_to",
                "time_kind",
                "place",
                "kind",
                "distance_m",
                "minutes",
                "closed_space",
                "mask_a",
                "mask_b",
                "physical",
                "protected",
                "reported_by",
            ),
            (
                _id("contact"),
                _id("person_a", "persons", required=True),
                _id("person_b", "persons", required=True),
                _time("start"),
                _time("end"),
                _choice("time_kind", *TIME_KINDS),
                _id("place", "places"),
                _choice("kind", *CONTACT_KINDS),
                _number("distance_m", "m"),
                _number("minutes", "min"),
                *_flag("closed_space", "mask_a", "mask_b", "physical", "protected"),
                *_text("reported_by"),
            ),
        ),
        Table(
            "visits",
            "visit",
            ("person", "place", "start", "start_to", "end", "end_to", "seat_row", "seat"),
            (
                _id("visit"),
                _id("person", "persons", required=True),
                _id("place", "places", required=True),
                _time("start", required=True),
                _time("end"),
                _integer("seat_row"),
                *_text("seat"),
                *_flag("mask"),
                _choice("certainty", *CERTAINTY),
            ),
        ),
        Table(
            "places",
            "place",
            ("place",),
            (
                _id("place", required=True),
                *_text("name", "kind"),
                _id("area", "areas"),
                *_flag("closed_space"),
                _number("lat", "degree"),
                _number("lon", "degree"),
                _integer("capacity", "people"),
            ),
        ),
        Table(
            "areas",
            "area_version",
            ("area", "valid_from", "valid_from_to"),
            (
                _id("area_version"),
                _id("area", required=True),
                *_text("name"),
                _choice("level", *AREA_LEVELS),
                _id("parent", "areas"),
                _integer("population", "people"),
                _integer("households", "households"),
                _number("lat", "degree"),
                _number("lon", "degree"),
                _time("valid_from"),
                _time("valid_to"),
            ),
        ),
        Table(
            "tests",
            "test",
            ("person", "sample", "sample_to", "method", "pool"),
            (
                _id("test"),
                _id("person", "persons", required=True),
                _time("sample", required=True),
                _choice("result", "positive", "negative", "pending", "invalid"),
                _time("resulted"),
                _choice("method", "pcr", "antigen"),
                _number("ct", "cycles"),
                _id("pool"),
            ),
        ),
        Table(
            "isolations",
            "isolation",
            ("person", "start", "start_to", "kind"),
            (
                _id("isolation"),
                _id("person", "persons", required=True),
                _time("start", required=True),
                _time("end"),
                _choice("kind", "hospital", "centre", "home", "zone"),
                _id("place", "places"),
            ),
        ),
        Table(
            "arrivals",
            "arrival",
            ("person", "arrived", "arrived_to", "vehicle"),
            (
                _id("arrival"),
                _id("person", "persons", required=True),
                _time("arrived", required=True),
                *_text("origin"),
                _id("vehicle", "places"),
                _integer("seat_row"),
                *_text("seat", "checkpoint"),
            ),
        ),
        Table(
            "links",
            "link",
            ("source", "target", "date", "date_to", "kind"),
            (
                _id("link"),
                _id("source", "persons", required=True),
                _id("target", "persons", required=True),
                _time("date"),
                *_text("kind"),
                _choice("certainty", *CERTAINTY),
            ),
        ),
        Table(
            "outbreaks",
            "outbreak",
            ("unit", "valid_from", "valid_from_to"),
            (
                _id("outbreak"),
                Column("unit", "text", required=True),
                Column("outbreak_level", "choice", required=True, choices=OUTBREAK_LEVELS),
                _time("valid_from", required=True),
                _time("valid_to"),
            ),
        ),
        Table(
            "counts",
            "tally",
            ("what", "cumulative", "day", "day_to", "unit"),
            (
                _id("tally"),
                Column("what", "choice", required=True, choices=COUNTED),
                Column("number", "integer", required=True, unit="people"),
                _time("day"),
                *_text("unit"),
                *_flag("cumulative"),
            ),
        ),
    )
}
"""Every record table by name, in the order in which they are written."""


def stored_columns(table: Table) -> dict[str, ColumnKind]:
    """Return the columns of ``table`` as stored: time columns doubled, attributes and source added."""
    stored: dict[str, ColumnKind] = {}
    for column in table:
        stored[column.name] = column.kind
        if column.kind == "time":
            stored[f"{column.name}_to"] = "time"
    return stored | {"attributes": "text", "source_file": "text", "source_sheet": "text", "source_row": "integer"}


def known_by(table: str) -> str:
    """Return the column by which rows of a table are referred to: the key, of areas (one row per period) the code."""
    return "area" if table == "areas" else TABLES[table].key
