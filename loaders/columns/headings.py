"""Headings to columns: one table of other names (``data/headings.csv``), matched without accents and punctuation."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from loaders.files.grid import OWN_PREFIX
from tracing.model.schema import TABLES

PEOPLE: Final = "people"
SENSOR: Final = "sensor"
NOT_READ: Final = "(not read)"
LAYOUTS: Final = (*TABLES, PEOPLE)
"""Shapes of sheets: our own tables, and lists with one row per person (line list, contact list, test list, …)."""

_STAY: Final = re.compile(r"^(center|centre|shelter|ward|unit|arrival|leave)(\d+)$")
_STAY_FIELDS: Final = {"arrival": "stay_start", "leave": "stay_end"}


def plain(text: str) -> str:
    """Return ``text`` in lower case without accents, blanks and punctuation: "Họ và tên (*)" -> "hovaten"."""
    text = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "d"))
    return re.sub(r"[^a-z0-9]", "", "".join(c for c in text if not unicodedata.combining(c)).lower())


@cache
def aliases() -> Mapping[str, Mapping[str, str]]:
    """Return layout -> plain heading -> field."""
    table: dict[str, dict[str, str]] = {layout: {} for layout in LAYOUTS}
    for name in TABLES:
        for column in TABLES[name]:
            table[name][plain(column.name)] = column.name
    source = resources.files("loaders").joinpath("data/headings.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(source.splitlines()):
        for alias in row["aliases"].split("|"):
            table[row["layout"]].setdefault(plain(alias), row["field"])
    return table


@cache
def known_headings() -> frozenset[str]:
    """Return every plain heading that any layout knows."""
    return frozenset(heading for layout in aliases().values() for heading in layout)


def variants(heading: str) -> tuple[str, ...]:
    """Return the plain forms under which a heading is looked up: whole, without brackets, and its last part."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading)
    forms = [plain(heading), plain(bare)]
    if " › " in heading:
        forms.append(plain(heading.rsplit(" › ", 1)[1]))
    return tuple(dict.fromkeys(form for form in forms if form))


def is_known(heading: str) -> bool:
    """Tell whether any layout knows this heading."""
    return any(form in known_headings() or _STAY.match(form) for form in variants(heading))


def field_of(heading: str, layout: str) -> str | None:
    """Return the field that ``heading`` means in ``layout``, or None."""
    for form in variants(heading):
        field = aliases()[layout].get(form)
        if field is not None:
            return field
        stay = _STAY.match(form) if layout == PEOPLE else None
        if stay is not None:
            return f"{_STAY_FIELDS.get(stay[1], 'stay_place')}_{stay[2]}"
    return None


@dataclass(frozen=True)
class Reading:
    """What the columns of a sheet mean in one layout.

    ``columns`` is field -> column position; ``ids`` are all columns that could be a person's id, in order; ``double``
    are columns whose field another column already has; ``skipped`` must not be read; ``unused`` mean nothing here.
    """

    layout: str
    columns: Mapping[str, int]
    ids: tuple[int, ...]
    double: Mapping[int, str]
    skipped: tuple[int, ...]
    unused: tuple[int, ...]

    @property
    def known(self) -> int:
        """How many columns are understood."""
        return len(self.columns)


def read_headings(headings: tuple[str, ...], layout: str, mapping: Mapping[str, str]) -> Reading:
    """Return what ``headings`` mean in ``layout``; ``mapping`` (own heading -> field) comes first."""
    own = {plain(heading): field for heading, field in mapping.items()}
    answered = "wascase" in {plain(heading) for heading in headings}
    columns: dict[str, int] = {}
    ids, double, skipped, unused = [], {}, [], []
    for position, heading in enumerate(headings):
        if heading.startswith(OWN_PREFIX):
            continue
        field = own.get(plain(heading)) or field_of(heading, layout)
        if plain(heading) == "status" and answered:
            skipped.append(position)
        elif field is None or (field in own.values() and plain(heading) not in own):
            unused.append(position)
        elif field == NOT_READ:
            skipped.append(position)
        else:
            if field == "person" and layout == PEOPLE:
                ids.append(position)
            if field in columns:
                double[position] = field
            else:
                columns[field] = position
    return Reading(layout, columns, tuple(ids), double, tuple(skipped), tuple(unused))
