"""How a person is written: id, year of birth, commune; the name only where it was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cli.language import say
from cli.shown import shown_area
from tracing.text import catalogue
from tracing.times import EVER

if TYPE_CHECKING:
    from tracing.model.areas import Localities
    from tracing.model.records import Records

_, _n = catalogue("cli")


@dataclass(frozen=True)
class People:
    """What may be shown of people: no phone, no national id, ever."""

    records: Records
    places: Localities

    @classmethod
    def of(cls, records: Records, at: int = EVER) -> People:
        """Take what is needed from the tables persons and areas, those as they were just before ``at``."""
        from tracing.model.areas import Localities

        return cls(records, Localities.of(records, at))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names, by person."""
        return self._known("name")

    @cached_property
    def birth_years(self) -> Mapping[str, str]:
        """Years of birth, by person; where lists give several, the one that is taken first: ``1971 / 1917``."""
        from tracing.identity.unite import other_years

        known, also = dict(self._known("birth_year")), other_years(self.records.columns("persons"))
        return known | {who: f"{known[who]} / {years}" for who, years in also.items() if who in known}

    def _known(self, column: str) -> Mapping[str, str]:
        told = self.records.columns("persons").rows("person", column)
        return {person: str(value) for person, value in told if value is not None}

    def birth_year(self, person: str) -> str:
        """Return the year of birth, empty where it is not known."""
        return self.birth_years.get(person, "")

    def area_of(self, person: str) -> str | None:
        """Return the code of the area in which the person lives, None where it is not known."""
        return self.places.homes.get(person)

    def ancestry(self, area: str | None) -> list[str]:
        """Return the code of an area and of everything it lies in, the smallest first."""
        return self.places.ancestry(area)

    def commune_code(self, person: str) -> str | None:
        """Return the code of the commune; of the area on record where no commune is."""
        return self.places.locality_of(person)

    def commune(self, person: str) -> str:
        """Return the commune's name, empty where nothing is known."""
        code = self.commune_code(person)
        return "" if code is None else self.area_name(code)

    def area_name(self, code: str) -> str:
        """Return an area's name; its code is never alone."""
        return shown_area(self.places.name(code), code)

    def name(self, person: str) -> str:
        """Return the name, empty where it is not known. Only for those who asked for names."""
        return self.names.get(person, "")

    def line(self, person: str, *, show_names: bool = False, hamlet: bool = False) -> str:
        """Return "P-000412 (b. 1991, Tân Lộc)", with the name before the bracket, the hamlet before the commune."""
        year = self.birth_year(person)
        facts = [say(_("b. {year}", year=year))] if year else []
        commune = self.commune(person)
        within = self.places.hamlet(person) if hamlet else None
        facts += [place for place in dict.fromkeys((within, commune)) if place]
        name = f" {self.name(person)}" if show_names and self.name(person) else ""
        return f"{person}{name}" + (f" ({', '.join(facts)})" if facts else "")

    def communes(self, persons: Iterable[str]) -> int:
        """Count the communes in which ``persons`` live; unknown ones are not counted."""
        areas = {self.area_of(person) for person in persons}
        return len({self.places.locality(area) for area in areas} - {None})
