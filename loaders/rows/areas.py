"""Names of communes to area codes: by the list of areas that was loaded, else by the gazetteer; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.rows.gazetteer import Gazetteer, Unresolved, plain_key
from loaders.rows.tables import NAMED_AREAS, ROW, SHEET
from tracing.model.records import Records
from tracing.model.schema import SOURCE_COLUMNS
from tracing.times import local

if TYPE_CHECKING:
    from loaders.rows.checks import Finish

_UNIT_WORD: Final = re.compile(r"^(?:thi tran|phuong|xa|tt|p|x)\s+(?=\S)")
_FEW: Final = 20


def name_areas(finish: Finish) -> None:
    """Put people whose commune is given by name, and who have no area, into that area.

    Names mean what they meant on the last day of the load. People already on record keep what is recorded there. A name
    that does not mean exactly one commune is a finding; the text stays with the person's attributes either way. Units
    found in the gazetteer are added to the areas with all they lie in.
    """
    rows, persons = finish.rows(NAMED_AREAS), finish.frames.get("persons")
    if rows is None or rows.empty or persons is None:
        return
    homeless = set(persons.loc[persons["area"].isna(), "person"]) - finish.people
    rows = rows[rows["person"].isin(homeless)]
    names = AreaNames(finish.frames.get("areas"), _day(finish))
    codes = [names.code(commune, district) for commune, district in _texts(rows)]
    rows = rows.assign(code=pd.array(codes, dtype="string"))
    _tell(finish, rows, names)
    sure = rows.dropna(subset="code").groupby("person")["code"].agg(lambda found: sorted(set(found)))
    homes = {person: found[0] for person, found in sure.items() if len(found) == 1}
    area = persons["area"].fillna(persons["person"].map(homes).astype("string"))
    finish.frames["persons"] = persons.assign(area=area)
    _add_units(finish, rows[rows["code"].isin(set(homes.values()) & names.from_gazetteer)], names)


def _texts(rows: pd.DataFrame) -> list[tuple[str, str | None]]:
    districts = [None if pd.isna(text) else str(text) for text in rows["district"]]
    return list(zip(rows["commune"].astype(str), districts, strict=True))


def _day(finish: Finish) -> date:
    """Return the day that the load speaks of: its last one, else the present."""
    last = Records(finish.frames, finish.options.zone).last_instant()
    today = finish.options.today or datetime.now(UTC).date()
    return today if last is None else min(today, local(last, finish.options.zone).date())


@dataclass
class AreaNames:
    """Which area a commune's name means: first by the list ``areas``, then by the gazetteer ``on`` a day."""

    areas: pd.DataFrame | None
    on: date
    unclear: dict[tuple[str, str | None], Unresolved | tuple[str, ...]] = field(default_factory=dict)
    from_gazetteer: set[str] = field(default_factory=set)
    _found: dict[tuple[str, str | None], str | None] = field(default_factory=dict)

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

    def code(self, commune: str, district: str | None) -> str | None:
        """Return the code of the one commune that is meant, else None (and ``unclear`` says why)."""
        asked = (commune, district)
        if asked not in self._found:
            self._found[asked] = self._listed_code(commune, district) or self._gazetteer_code(commune, district)
        return self._found[asked]

    def _listed_code(self, commune: str, district: str | None) -> str | None:
        found = self._listed.get(plain_key(commune)) or self._listed.get(_bare(commune)) or set()
        if len(found) > 1 and district is not None:
            wanted = _bare(district)
            found = {area for area in found if _bare(self._names.get(self._parents.get(area, ""), "")) == wanted}
        return next(iter(found)) if len(found) == 1 else None

    def _gazetteer_code(self, commune: str, district: str | None) -> str | None:
        listed = self._listed.get(plain_key(commune)) or self._listed.get(_bare(commune)) or set()
        if listed:
            self.unclear[commune, district] = tuple(sorted(f"{self._names[area]} ({area})" for area in listed))
            return None
        found = Gazetteer.load().resolve(commune, on=self.on, district=district, level="commune")
        if isinstance(found, Unresolved):
            self.unclear[commune, district] = found
            return None
        self.from_gazetteer.add(found.area)
        return found.area

    def why(self, commune: str, district: str | None, lang: str) -> str:
        """Return in words why a name is not clear, with the candidates."""
        problem = self.unclear[commune, district]
        if isinstance(problem, Unresolved):
            return problem.text(lang)
        return ("có nhiều xã phù hợp: " if lang == "vi" else "several fit: ") + ", ".join(problem)


def _bare(name: str) -> str:
    """Return a name's key without its unit word."""
    key = plain_key(name)
    return re.sub(r"^(?:thanh pho|tp|huyen|quan|thi xa)\s+", "", _UNIT_WORD.sub("", key))


def _tell(finish: Finish, rows: pd.DataFrame, names: AreaNames) -> None:
    for sheet, own in rows.groupby(SHEET, sort=True):
        columns = finish.sheets[int(str(sheet))]
        at = columns.at("commune")
        known = int(own["code"].notna().sum())
        if known:
            columns.sheet.report(
                finish.log,
                "area.by_name",
                column=at,
                count=known,
                day=f"{names.on.day}/{names.on.month}/{names.on.year}",
            )
        unclear = own[own["code"].isna()].assign(district=own["district"].fillna(""))
        for number, ((commune, district), same) in enumerate(unclear.groupby(["commune", "district"], sort=True)):
            if number == _FEW:
                break
            asked = (str(commune), str(district) or None)
            columns.sheet.report(
                finish.log, "area.name_unclear", [int(same[ROW].min())], column=at,
                value=", ".join(filter(None, asked)), count=len(same), why=names.why(*asked, "en"),
                why_vi=names.why(*asked, "vi"),
            )  # fmt: skip


def _add_units(finish: Finish, rows: pd.DataFrame, names: AreaNames) -> None:
    """Add the gazetteer's units named by ``rows``, and all they lie in, where no list has them."""
    units = Gazetteer.load().areas(on=names.on).drop_duplicates("area")
    parents = dict(zip(units["area"], units["parent"], strict=True))
    sources: dict[str, tuple[object, ...]] = {}
    for code, *source in rows.sort_values(list(SOURCE_COLUMNS), kind="stable")[["code", *SOURCE_COLUMNS]].to_numpy():
        area = code
        while isinstance(area, str) and area in parents:
            sources.setdefault(area, tuple(source))
            area = parents[area]
    listed = finish.on_record("areas")
    if "areas" in finish.frames:
        listed |= set(finish.frames["areas"]["area"])
    new = units[units["area"].isin(set(sources) - listed)]
    if len(new):
        origin = pd.DataFrame([sources[area] for area in new["area"]], columns=list(SOURCE_COLUMNS), index=new.index)
        finish.append("areas", pd.concat([new, origin], axis=1))
