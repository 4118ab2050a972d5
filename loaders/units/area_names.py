"""Which area a name means on a day: by the list of areas that was loaded, else by the gazetteer; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pandas as pd

from loaders.place_words import COMMUNES, SHORT_COMMUNES, folded
from loaders.units.communes import communes_called, district_told, find_commune
from loaders.units.gazetteer import Gazetteer, Unresolved, plain_key
from loaders.units.national import NationalUnit, called_elsewhere, find_units, names_elsewhere, province_of
from tracing.patterns import regex
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

_UNIT_WORD: Final = regex(rf"^(?:{folded(COMMUNES)}|{'|'.join(SHORT_COMMUNES)}|x)\s+(?=\S)")


_IN_VIETNAMESE: Final = {"ward": "Phường", "commune": "Xã", "township": "Thị trấn"}
_ENGLISH: Final = regex(
    r"(?i)(?P<before>ward|commune|township)\s+(?:no\.?\s*)?(?P<name>\S.*)|(?P<called>\S.*)\s+(?P<behind>ward|commune|township)"
)


@dataclass(frozen=True)
class CommuneAsked:
    """The name of a commune: with the district beside it, the day, and where its list was written (None: at home)."""

    commune: str
    district: str | None
    on: date
    around: NationalUnit | None


@dataclass
class AreaNames:
    """Which area a commune's name means: first by the list ``areas``, then by the gazetteer on a day.

    A commune elsewhere is looked up in the district or province that stands beside it, or in which its list was
    written.
    """

    areas: pd.DataFrame | None
    last: date
    unclear: dict[CommuneAsked, Unresolved | tuple[tuple[str, str], ...]] = field(default_factory=dict)
    from_gazetteer: set[str] = field(default_factory=set)
    _found: dict[CommuneAsked, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._listed: dict[str, set[str]] = {}
        self._parents: dict[str, str] = {}
        self._names: dict[str, str] = {}
        if self.areas is None:
            return
        for area, name, level, parent in self.areas[["area", "name", "level", "parent"]].astype(object).to_numpy():
            self._names[area] = "" if pd.isna(name) else str(name)
            if not pd.isna(parent):
                self._parents[area] = parent
            if level == "commune" and not pd.isna(name):
                for key in {plain_key(name), _bare(name)}:
                    self._listed.setdefault(key, set()).add(area)

    def code(
        self, commune: str, district: str | None, on: date | None = None, around: NationalUnit | None = None
    ) -> str | None:
        """Return the code of the one commune that is meant on a day, else None (and ``unclear`` says why)."""
        english = _ENGLISH.fullmatch(commune.strip())
        if english is not None:  # "Ward 5", "Tan Thanh commune"
            word = _IN_VIETNAMESE[(english["before"] or english["behind"]).lower()]
            commune = f"{word} {english['name'] or english['called']}"
        asked = CommuneAsked(commune, district, on or self.last, around)
        if asked not in self._found:
            self._found[asked] = self._listed_code(commune, district) or self._code(asked)
        return self._found[asked]

    def lists(self, commune: str) -> bool:
        """Tell whether the list of areas has a commune of this name."""
        return plain_key(commune) in self._listed or _bare(commune) in self._listed

    def called(self, code: str, on: date) -> str:
        """Return the name of an area: that of the list ``areas``, else what it was called on a day; else its code."""
        if not self._names.get(code) and (far := find_commune(code, on)) is not None:
            self._names[code] = far.name
        if not self._names.get(code):
            units = Gazetteer.load().areas(on=on)
            self._names |= dict(zip(units["area"].tolist(), units["name"].tolist(), strict=True))
        return self._names.get(code) or called_elsewhere(code) or code

    def _listed_code(self, commune: str, district: str | None) -> str | None:
        found = self._listed.get(plain_key(commune)) or self._listed.get(_bare(commune)) or set()
        if len(found) > 1 and district is not None:
            wanted = _bare(district)
            found = {area for area in found if _bare(self._names.get(self._parents.get(area, ""), "")) == wanted}
        return next(iter(found)) if len(found) == 1 else None

    def _code(self, asked: CommuneAsked) -> str | None:
        listed = self._listed.get(plain_key(asked.commune)) or self._listed.get(_bare(asked.commune)) or set()
        if listed:
            self.unclear[asked] = tuple(sorted((area, self._names[area]) for area in listed))
            return None
        if asked.district is not None and Gazetteer.load().names_district(asked.district, on=asked.on):
            return self._gazetteer_code(asked)
        within = None if asked.district is None else district_told(asked.district, asked.around, asked.on)
        if within is None and asked.around is None:
            return self._gazetteer_code(asked)
        found = [] if within is None else communes_called(asked.commune, within, asked.on)
        if not found and asked.around is not None:  # what stands behind a commune may be its hamlet
            found = communes_called(asked.commune, asked.around, asked.on)
            if not found and _UNIT_WORD.match(plain_key(asked.commune)):  # of another district, if it says what it is
                found = [
                    one
                    for whole in find_units(province_of(asked.around))
                    for one in communes_called(asked.commune, whole, asked.on)
                ]
        if len(found) != 1:
            self.unclear[asked] = tuple((unit.code, unit.name) for unit in found) or Unresolved("unknown", ())
            return None
        return found[0].code

    def _gazetteer_code(self, asked: CommuneAsked) -> str | None:
        units = Gazetteer.load()
        found = units.resolve(asked.commune, on=asked.on, district=asked.district, level="commune")
        if (
            isinstance(found, Unresolved)
            and found.reason == "district_unknown"
            and not elsewhere(asked.district or "", asked.on)
        ):
            # What stands behind a commune may be its hamlet; it then narrows nothing.
            found = units.resolve(asked.commune, on=asked.on, level="commune")
        if isinstance(found, Unresolved):
            self.unclear[asked] = found
            return None
        self.from_gazetteer.add(found.area)
        return found.area

    def why(self, asked: CommuneAsked) -> Text:
        """Return in words why a name is not clear, with the candidates."""
        problem = self.unclear[asked]
        if isinstance(problem, Unresolved):
            return problem.text
        return _("several fit: {names}", names=", ".join(sorted(f"{name} ({code})" for code, name in problem)))

    def candidates(self, asked: CommuneAsked) -> list[tuple[str, str]]:
        """Return the codes and names of the communes that a name which is not clear may mean, the likeliest first."""
        problem = self.unclear[asked]
        return [(m.area, m.name) for m in problem.candidates] if isinstance(problem, Unresolved) else list(problem)


def elsewhere(district: str, on: date) -> bool:
    """Tell whether a text names a district or province that is none of Cà Mau's: "TP HCM", "Quận 8", "Bạc Liêu"."""
    key = plain_key(district)
    if "ca mau" in key:
        return False
    bare = re.sub(r"^(?:tinh|t|tp|thanh pho)\s+", "", key)
    return (
        key.isdigit()
        or names_elsewhere(bare, on)
        or re.match(r"(?:tp|thanh pho|quan|q|huyen|thi xa|tx|tinh)\b", key) is not None
    )


def _bare(name: str) -> str:
    """Return a name's key without its unit word."""
    key = plain_key(name)
    return re.sub(r"^(?:thanh pho|tp|huyen|quan|thi xa)\s+", "", _UNIT_WORD.sub("", key))
