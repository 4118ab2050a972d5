"""Areas as they were at an instant, the walk up from one, and the locality (commune) of each person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.arrow import to_arrow, to_numpy
from tracing.model.columns import TableColumns, Texts
from tracing.model.records import Records
from tracing.model.schema import BELOW_COMMUNE
from tracing.times import EVER, NEVER


def areas_at(records: Records, at: int) -> TableColumns:
    """Return the version of each area that is valid at the instant ``at`` (else its latest), in the order of codes."""
    areas = records.columns("areas")
    begins, ends = areas.numbers("valid_from").filled(NEVER), areas.numbers("valid_to_to").filled(EVER)
    valid = (begins <= at) & (at < ends)
    order = np.lexsort((begins, valid))
    codes, named = areas.texts("area").encoded()
    latest = np.zeros(len(named), dtype=np.int64)
    latest[codes[order]] = order  # the last one of each area stays
    return areas.take(latest[to_numpy(pc.sort_indices(named))])


def areas_known(records: Records, as_of: int) -> TableColumns:
    """Return each area as it was at the instant that ``as_of`` means, in the order of codes."""
    return areas_at(records, instant_meant(records, as_of))


def instant_meant(records: Records, as_of: int) -> int:
    """Return the instant an answer ``as_of`` speaks of: just before it; for all of time, the last one on record."""
    last = records.last_instant() if as_of >= EVER // 2 else None
    return as_of - 1 if last is None else last


def walk_up(area: str | None, parent: Mapping[str, str]) -> list[str]:
    """Return an area and everything it lies in, the smallest first; a circle ends the walk."""
    line: list[str] = []
    while area is not None and area not in line:
        line.append(area)
        area = parent.get(area)
    return line


def first_above(areas: Iterable[str], parent: Mapping[str, str], holds: Callable[[str], bool]) -> dict[str, str | None]:
    """Return for each area, and all on the way up, the first on its :func:`walk_up` that ``holds``; None without one.

    Each area is looked at once, however many lie in it.
    """
    found: dict[str, str | None] = {}
    for area in areas:
        line: list[str] = []
        at: str | None = area
        while at is not None and at not in found:
            if holds(at):
                found[at] = at
                break
            line.append(at)
            found[at] = None  # a circle ends here
            at = parent.get(at)
        first = None if at is None else found[at]
        found.update(dict.fromkeys(line, first))
    return found


def areas_above(records: Records, lived: pa.Array, levels: Sequence[str]) -> dict[str, pa.Array]:
    """Return for each of some areas the first of each level among itself and what it lies in, missing where none is.

    As :func:`walk_up` finds it, of all areas at once: with each round the way that is looked at is twice as long.
    """
    areas = areas_known(records, EVER)
    known, level = areas.texts("area").arrow, areas.texts("level")
    above = areas.texts("parent").index_in(known)
    found = {name: np.where(level.says(name), np.arange(len(known)), -1) for name in levels}
    for _round in range(len(known).bit_length() + 1):
        found = {name: np.where(here < 0, _at(here, above), here) for name, here in found.items()}
        above = _at(above, above)
    own = _index_in(lived, known)
    of_lived = {name: _at(here, own) for name, here in found.items()}
    return {name: known.take(to_arrow(at, at < 0)) for name, at in of_lived.items()}


def _index_in(texts: pa.Array, known: pa.Array) -> npt.NDArray[np.int64]:
    """Return the positions of texts in ``known``, -1 where they are not among them."""
    return Texts.of(texts).index_in(known)


def _at(values: npt.NDArray[np.int64], places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the values at places; -1 at -1."""
    return np.append(values, -1)[places]


def commune_of(line: Sequence[str], level: Mapping[str, str]) -> str | None:
    """Return the commune among an area and what it lies in (``walk_up``); None for no area.

    Where no commune is known, it is the smallest area that is not smaller than one; where there is none, the widest
    that is known. An area without a level counts as a commune.
    """
    found = (area for area in line if level.get(area) == "commune")
    wider = (area for area in line if level.get(area) not in BELOW_COMMUNE)
    return next(found, None) or next(wider, line[-1] if line else None)


@dataclass(frozen=True)
class Localities:
    """Where people live: ``homes`` (area code by person); ``names``, ``levels``, ``parents`` of areas, where known."""

    homes: Mapping[str, str]
    names: Mapping[str, str]
    levels: Mapping[str, str]
    parents: Mapping[str, str]

    @classmethod
    def of(cls, records: Records, as_of: int) -> Localities:
        """Read the areas as they were known ``as_of`` an instant, and people's homes."""
        areas = areas_known(records, as_of)
        told = (areas.texts_by("area", column) for column in ("name", "level", "parent"))
        return cls(records.columns("persons").texts_by("person", "area"), *told)

    def ancestry(self, area: str | None) -> list[str]:
        """Return the code of an area and of everything it lies in, the smallest first."""
        return walk_up(area, self.parents)

    def ancestry_of(self, person: str) -> list[str]:
        """Return the codes of the areas in which a person lives, the smallest first; empty where not known."""
        return self.ancestry(self.homes.get(person))

    def locality_of(self, person: str) -> str | None:
        """Return the code of the commune (``commune_of``) in which a person lives; None where nothing is known."""
        return self.locality(self.homes.get(person))

    def locality(self, area: str | None) -> str | None:
        """Return the code of the commune (``commune_of``) in which an area lies; None for no area."""
        return commune_of(self.ancestry(area), self.levels)

    def name(self, code: str) -> str:
        """Return an area's name, its code where it has none."""
        return self.names.get(code, code)

    def district_name(self, locality: str | None) -> str | None:
        """Return the name of the district in which a locality lies, None where none is known."""
        districts = (code for code in self.ancestry(locality) if self.levels.get(code) == "district")
        return next((self.name(code) for code in districts if self.name(code) != code), None)

    def address(self, person: str, given: str | None) -> str | None:
        """Return the address as known: what was given, and the units below the commune."""
        parts = [] if given is None else [given]
        for code in self.ancestry_of(person):
            if self.levels.get(code) not in BELOW_COMMUNE:
                break
            if self.name(code) != code:
                parts.append(self.name(code))
        return ", ".join(parts) or None

    def hamlet(self, person: str) -> str | None:
        """Return the names of the units below the commune, the smallest first; None where none is known."""
        return self.address(person, None)

    def rest_of_address(self, person: str, given: str | None) -> str | None:
        """Return the given address without its parts that only name the areas in which the person lives."""
        if given is None:
            return None
        said = {_plain(self.name(code)) for code in self.ancestry_of(person)}
        parts = [part.strip() for part in given.split(",")]
        kept = [part for part in parts if _plain(part) not in said]
        return given if kept == parts else ", ".join(kept) or None

    def order(self, locality: str | None) -> tuple[bool, str, str]:
        """Return what to sort localities by: name and code, those not known last."""
        known = isinstance(locality, str)  # in a frame what is missing is no text
        return (not known, self.name(str(locality)) if known else "", str(locality) if known else "")


def _plain(name: str) -> str:
    """Return an area's name as people shorten it: without its kind, marks of case and spare blanks."""
    words = name.casefold().split()
    kinds = {"xã", "phường", "thị", "trấn", "huyện", "thành", "phố", "tp.", "tp", "tỉnh", "ấp", "khóm", "x.", "h."}
    kept = words
    while kept[1:] and kept[0] in kinds:
        kept = kept[1:]
    return " ".join(kept)
