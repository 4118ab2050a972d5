"""The dated gazetteer of Cà Mau: which unit a name or a code meant on a day.

A code needs its date (32002 was Phường 4, then Phường 2, now Phường An Xuyên), and a name needs its unit or district
(Tân Thành is a ward and a commune of one city). What is not clear is returned as such, with the candidates; nothing
is guessed. Table and sources: ``loaders/data/camau_areas.md``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final, Literal, Self

import pandas as pd

from loaders.place_words import LEVELS_OF_WORDS
from tracing.patterns import regex
from tracing.text import Text, catalogue, unaccented
from tracing.times import day_span

_, _n = catalogue("loaders")

Reason = Literal["code", "name", "name_without_unit", "other_name", "unit_differs", "spelling", "other_time"]
Problem = Literal["unknown", "ambiguous", "other_time", "spelling", "unit_differs", "district_unknown"]

LEVELS: Final = {"province": "province", "city": "district", "rural district": "district"}
"""Level of a unit by its type; every other type is a commune."""

_SCORES: Final[dict[Reason, float]] = {
    "code": 1.0,
    "name": 1.0,
    "name_without_unit": 0.95,
    "other_name": 0.9,
    "unit_differs": 0.6,
    "spelling": 0.5,
    "other_time": 0.3,
}
_SURE: Final = 0.9
_WITHOUT_ACCENTS: Final = 0.98
_PARTS: Final = r"[,;–]|\s-\s"
_BELOW: Final = regex(r"^(?:(?:khom|ap|thon|kp|khu pho|duong)\b|(?:so nha|so|to|ho|nha|hem)\s*\d)")
_MESSAGES: Final[dict[Problem, Text]] = {
    "unknown": _("no unit of this name or code on that day"),
    "ambiguous": _("several units fit"),
    "other_time": _("a unit of this name or code existed on other days only"),
    "spelling": _("no unit is spelled like this; some are close"),
    "unit_differs": _("the name exists with another unit word"),
    "district_unknown": _("the district is not known"),
}


@dataclass(frozen=True)
class Match:
    """One unit that fits: its code and name (with accents), level, and how well and why it fits (score 0 to 1)."""

    area: str
    name: str
    level: str
    score: float
    reason: Reason


@dataclass(frozen=True)
class Unresolved:
    """A text that does not name exactly one unit: why, and the candidates, best first."""

    reason: Problem
    candidates: tuple[Match, ...]

    @property
    def text(self) -> Text:
        """The reason and the candidates as one sentence."""
        names = ", ".join(f"{m.name} ({m.area})" for m in self.candidates[:5])
        return _("{problem}: {names}", problem=_MESSAGES[self.reason], names=names) if names else _MESSAGES[self.reason]


@dataclass(frozen=True)
class Successor:
    """A later unit that holds the whole of an earlier one, or (``part``) some of it."""

    area: str
    name: str
    part: bool


@dataclass(frozen=True)
class DatedUnit:
    """A unit with its kind, the code of the one that it lies in, first and last day, and other names."""

    code: str
    name: str
    unit: str
    parent: str | None
    since: date
    until: date
    others: tuple[str, ...]

    @classmethod
    def of_row(cls, row: Mapping[Any, Any], **more: Any) -> Self:
        """Return the unit of a row of a table of units; empty days are open."""
        since = date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min
        until = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        others = tuple(row["other_names"].split("|")) if row["other_names"] else ()
        return cls(row["code"], row["name"], row["unit"], row["parent"] or None, since, until, others, **more)

    def there(self, on: date) -> bool:
        """Tell whether there was such a unit on a day."""
        return self.since <= on <= self.until


@dataclass(frozen=True)
class _Unit(DatedUnit):
    @property
    def level(self) -> str:
        return LEVELS.get(self.unit, "commune")


@dataclass(frozen=True)
class UnitName:
    """The name of a unit as read: the unit types that its words allow, if any, its bare key, and that with accents."""

    units: tuple[str, ...]
    key: str
    accented: str


def plain_key(text: str) -> str:
    """Return ``text`` in lower case without accents, punctuation and extra blanks: "Tạ An Khương  Đông" → "ta an …"."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", unaccented(text).lower()).split())


def read_name(text: str) -> UnitName:
    """Take the unit word off: "P.01" → ward 1, "TT Năm Căn" → town, "TAN LOC BAC" → no unit said."""
    plain = plain_key(text)
    for word, unit in LEVELS_OF_WORDS:
        found = re.match(rf"^{word}(?:\s+(?P<name>.+)|\s*(?P<number>\d+))$", plain)
        if found:
            key = found["name"] or found["number"]
            return UnitName((unit,), _number(key), _accented(text, found["name"] or found["number"]))
    return UnitName((), _number(plain), _accented(text, plain))


def _number(key: str) -> str:
    return str(int(key)) if key.isdigit() and len(key) <= 2 else key.replace(" ", "")


def _accented(text: str, key: str) -> str:
    """Return the last words of ``text`` that make up ``key``, composed and in lower case, for comparing accents."""
    words = unicodedata.normalize("NFC", text).lower().replace(",", " ").split()
    return " ".join(words[-len(key.split()) :])


def _clean(text: str | float) -> str:
    """Return a cell as text; a number that came through a spreadsheet loses its ".0"."""
    if isinstance(text, float) and text == int(text):
        return str(int(text))
    return re.sub(r"^\s*(\d+)\.0+\s*$", r"\1", str(text)).strip()


@dataclass(frozen=True)
class Gazetteer:
    """Every province, district and commune unit of Cà Mau with the days on which it existed.

    ``table`` has one row per unit and period (code, name, unit, parent, valid_from, valid_to (last day), lat, lon,
    inner_radius_km, other_names, population (NA where no source has one)); ``changes`` one row per old and new code and
    day of change.
    """

    table: pd.DataFrame
    changes: pd.DataFrame

    @classmethod
    def load(cls) -> Gazetteer:
        """Return the packaged gazetteer. Read once."""
        return _load()

    def units(self, *, on: date) -> pd.DataFrame:
        """Return the rows of ``table`` that held on the day ``on``, indexed by code."""
        day = on.isoformat()
        there = (self.table["valid_from"].fillna("") <= day) & (self.table["valid_to"].fillna("9999") >= day)
        return self.table[there].set_index("code")

    def areas(self, *, on: date | None = None) -> pd.DataFrame:
        """Return the units as rows of the areas table; all versions, or those that held on the day ``on``.

        ``valid_from`` and ``valid_to`` are whole days (first and last day); empty where open.
        """
        table = self.table if on is None else self.units(on=on).reset_index()
        out = pd.DataFrame(
            {
                "area": table["code"],
                "name": table["name"],
                "level": table["unit"].map(lambda unit: LEVELS.get(unit, "commune")),
                "parent": table["parent"],
                "population": table["population"],
                "lat": table["lat"],
                "lon": table["lon"],
            }
        )
        for column in ("valid_from", "valid_to"):
            spans = [day_span(date.fromisoformat(v)) if isinstance(v, str) else (None, None) for v in table[column]]
            out[column] = pd.array([s[0] for s in spans], dtype="Int64")
            out[f"{column}_to"] = pd.array([s[1] for s in spans], dtype="Int64")
        return out.reset_index(drop=True)

    def find(
        self, text: str | float, *, on: date, district: str | None = None, level: str | None = None
    ) -> list[Match]:
        """Return the units that ``text`` (a name, a code, or an address with commas) may mean on a day, best first.

        Parameters
        ----------
        text
            "Phường 1", "P.01", 1, "TAN LOC BAC", 32026, "ấp 3, Tân Lộc Bắc, Thới Bình" … Empty gives nothing.
        on
            The day that is spoken of, since names and codes change.
        district
            Name or code of the district in which to look; ignored for days without districts.
        level
            "province", "district" or "commune", where the column says it.

        Matches with reason ``spelling``, ``unit_differs`` or ``other_time`` are hints only: :meth:`resolve` never
        takes them.
        """
        text = _clean(text)
        within = self._district(district, on)
        if within is None:
            return []
        matches = self._match(text, on, within, level)
        if (not matches or matches[0].score < _SURE) and re.search(_PARTS, text):
            matches = self._address(text, on, within, level) or matches
        return matches

    def resolve(
        self, text: str | float, *, on: date, district: str | None = None, level: str | None = None
    ) -> Match | Unresolved:
        """Return the one unit that ``text`` means on a day, or why there is none (see :meth:`find`)."""
        if self._district(district, on) is None:
            return Unresolved("district_unknown", ())
        matches = self.find(text, on=on, district=district, level=level)
        sure = [m for m in matches if m.score >= _SURE]
        if len(sure) == 1:
            return sure[0]
        if sure:
            return Unresolved("ambiguous", tuple(sure))
        for reason in ("unit_differs", "other_time", "spelling"):
            close = tuple(m for m in matches if m.reason == reason)
            if close:
                return Unresolved(reason, close)
        return Unresolved("unknown", ())

    def names_district(self, text: str, *, on: date) -> bool:
        """Tell whether a text is the name or the code of one district of the province on a day."""
        return bool(self._district(text, on))

    def successors(self, code: str, *, on: date, until: date | None = None) -> list[Successor]:
        """Return the units that hold the land of ``code`` (as read on the day ``on``) after all changes to ``until``.

        By default up to the last change known. A unit that did not change is its own successor; a code that did not
        exist on that day has none.
        """
        if not any(u.code == code and u.there(on) for u in self._all):
            return []
        held = {code}
        for day, moves in self._moves.items():
            if on < day and (until is None or day <= until):
                held = {new for old in held for new in moves.get(old, (old,))}
        end = until or max([on, *self._moves])
        names = {u.code: u.name for u in self._all if u.there(end)}
        return [Successor(new, names[new], len(held) > 1) for new in sorted(held) if new in names]

    @cached_property
    def _all(self) -> tuple[_Unit, ...]:
        rows = self.table.astype(object).where(self.table.notna(), None).to_dict("records")
        return tuple(_Unit.of_row(row) for row in rows)

    @cached_property
    def _by_key(self) -> dict[str, list[tuple[_Unit, str, bool]]]:
        """Bare key → unit, its accented bare name, and whether that is another name of it."""
        index: dict[str, list[tuple[_Unit, str, bool]]] = {}
        for unit in self._all:
            for name in (unit.name, *unit.others):
                query = read_name(name)
                index.setdefault(query.key, []).append((unit, query.accented, name != unit.name))
        return index

    @cached_property
    def _moves(self) -> dict[date, dict[str, list[str]]]:
        """Day of a change → old code → new codes; in the order of days. A code not listed did not change."""
        moves: dict[date, dict[str, list[str]]] = {}
        for row in self.changes.sort_values(["date", "old", "new"]).to_dict("records"):
            moves.setdefault(date.fromisoformat(row["date"]), {}).setdefault(row["old"], []).append(row["new"])
        return moves

    def _district(self, district: str | None, on: date) -> str | None:
        """Return the district's code, "" where none is asked for or none exist on that day, None if unknown."""
        there = any(u.level == "district" and u.there(on) for u in self._all)
        if district is None or not _clean(district) or not there:
            return ""
        sure = [m for m in self._match(_clean(district), on, "", "district") if m.score >= _SURE]
        return sure[0].area if len(sure) == 1 else None

    def _match(self, text: str, on: date, within: str, level: str | None) -> list[Match]:
        found: dict[tuple[str, str], Match] = {}
        for unit, score, reason in (*self._by_code(text), *self._by_name(text)):
            if (within and unit.parent != within) or (level is not None and unit.level != level):
                continue
            match = Match(unit.code, unit.name, unit.level, score, reason)
            if not unit.there(on):
                if score < _SURE:
                    continue
                match = Match(unit.code, unit.name, unit.level, _SCORES["other_time"], "other_time")
            known = found.get((unit.code, unit.name))
            if known is None or known.score < match.score:
                found[unit.code, unit.name] = match
        return sorted(found.values(), key=lambda m: (-m.score, m.area, m.name))

    def _by_code(self, text: str) -> Iterable[tuple[_Unit, float, Reason]]:
        if text.isdigit():
            codes = {text, text.zfill(2), text.zfill(3), text.zfill(5)}
            for unit in self._all:
                if unit.code in codes:
                    yield unit, _SCORES["code"], "code"

    def _by_name(self, text: str) -> Iterable[tuple[_Unit, float, Reason]]:
        query = read_name(text)
        if not query.key:
            return
        for unit, accented, is_other in self._by_key.get(query.key, []):
            reason: Reason = "other_name" if is_other else "name" if query.units else "name_without_unit"
            if query.units and unit.unit not in query.units:
                reason = "unit_differs"
            same = query.accented == accented
            yield unit, round(_SCORES[reason] * (1 if same or is_other else _WITHOUT_ACCENTS), 3), reason
        if query.key not in self._by_key and len(query.key) >= 5:
            for key, entries in self._by_key.items():
                if len(key) >= 5 and _one_slip(query.key, key):
                    for unit, _, _ in entries:
                        if not query.units or unit.unit in query.units:
                            yield unit, _SCORES["spelling"], "spelling"

    def _address(self, text: str, on: date, within: str, level: str | None) -> list[Match]:
        """Read an address from its smallest part up; a later part that is a district narrows it."""
        parts = [p.strip() for p in re.split(_PARTS, text)]
        parts = [p for p in parts if p and not _BELOW.match(plain_key(p))]
        hints: list[Match] = []
        for number, part in enumerate(parts):
            matches = self._match(part, on, within, level or "commune")
            sure = [m for m in matches if m.score >= _SURE]
            for later in parts[number + 1 :] if sure else ():
                districts = {m.area for m in self._match(later, on, "", "district") if m.score >= _SURE}
                inside = [m for m in sure if self._parent(m, on) in districts]
                if inside:
                    return inside
            if sure:
                return sure
            hints = hints or matches
        return hints

    def _parent(self, match: Match, on: date) -> str | None:
        return next((u.parent for u in self._all if u.code == match.area and u.there(on)), None)


def _one_slip(a: str, b: str) -> bool:
    """Tell whether one letter inserted, left out, changed or swapped with its neighbour makes ``a`` into ``b``."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[start:], b[start:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[:2][::-1] and x[2:] == y[2:])


def names_of(codes: Iterable[str], *, on: date) -> dict[str, str]:
    """Return the names that units had on a day, by code; none at all where one of ``codes`` is no unit of that day.

    A list with other codes among them counts its areas in its own way, and a number in it is no unit of Cà Mau.
    """
    asked = set(codes)
    names = Gazetteer.load().units(on=on)["name"]
    return {code: str(names[code]) for code in sorted(asked)} if asked <= set(names.index) else {}


@cache
def _load() -> Gazetteer:
    folder = files("loaders") / "data"
    tables = []
    for name in ("camau_areas.csv", "camau_changes.csv", "camau_population.csv"):
        with (folder / name).open(encoding="utf-8") as file:
            tables.append(pd.read_csv(file, dtype="string"))
    areas, changes, people = tables
    people["population"] = people["population"].astype("Int64")
    areas = areas.merge(people, on=["code", "valid_from"], how="left", validate="one_to_one")
    for column in ("lat", "lon", "inner_radius_km"):
        areas[column] = areas[column].astype("Float64")
    return Gazetteer(areas, changes)
