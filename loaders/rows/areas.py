"""Names of communes to area codes: by the list of areas that was loaded, else by the gazetteer; nothing is guessed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from loaders.rows.hamlets import by_hamlets
from loaders.rows.tables import NAMED_AREAS, ROW, SHEET
from loaders.rows.unclear import MANY, is_unclear, settle_unclear
from loaders.rows.written_in import written_in
from loaders.units.addresses import hamlet_key, parts_of
from loaders.units.area_names import AreaNames, CommuneAsked
from loaders.units.communes import communes_called, district_told, find_commune, find_far, versions_of
from loaders.units.gazetteer import Gazetteer
from loaders.units.national import bare_name, find_elsewhere, province_of, with_parents
from tracing.model.records import Records
from tracing.model.rows import first_of_each, row_groups
from tracing.model.schema import SOURCE_COLUMNS
from tracing.text import catalogue
from tracing.times import local

if TYPE_CHECKING:
    from loaders.rows.staging import Staging

_, _n = catalogue("loaders")

_DAYS: Final = ("valid_from", "valid_from_to", "valid_to", "valid_to_to")


def name_areas(finish: Staging) -> None:
    """Put people whose home is given by name, and who have no area, into that area.

    A name means what it meant on the day of its list, else on the last day of the load. People whose area is on record
    keep it. A name that does not mean exactly one commune is a finding; the text stays with the person's
    attributes either way. A hamlet (ấp, khóm) and a group (tổ) become areas inside their commune. Units found in the
    gazetteer are added to the areas with all they lie in.
    """
    rows, persons = finish.rows(NAMED_AREAS), finish.frames.get("persons")
    if rows is None or rows.empty or persons is None:
        return
    homeless = set(persons.loc[persons["area"].isna(), "person"]) - finish.housed
    rows = rows[rows["person"].isin(homeless)].reset_index(drop=True)
    last = _day(finish)
    names = AreaNames(finish.frames.get("areas"), last)
    days = {int(sheet): _list_day(finish, int(sheet), last) for sheet in rows[SHEET].unique()}
    written = written_in(finish, days, last, rows, names)
    around = written.around
    told = [name for name in ("commune", "district", "hamlet", "group", "bare", "away", SHEET) if name in rows]
    group, first = row_groups([rows[name] for name in told], len(rows))
    alike = rows.iloc[first].reset_index(drop=True)
    on = [days[sheet] for sheet in alike[SHEET]]
    alike = alike.assign(on=on, around=pd.Series([around.get(int(sheet)) for sheet in alike[SHEET]], dtype=object))
    told_away = zip(_column(alike, "away"), _texts(alike), on, strict=True)
    away = [_away(text, commune, district, day) for text, (commune, district), day in told_away]
    codes = [
        code or (None if commune is None else names.code(commune, district, day, there))
        for code, (commune, district), day, there in zip(away, _texts(alike), on, alike["around"], strict=True)
    ]
    far = [code is not None and not versions_of(code) for code in away]
    alike = alike.assign(far=pd.array(far, dtype="boolean"), code=pd.array(codes, dtype="string"))
    alike = alike.assign(asked=False)
    if not written.waits:
        alike = settle_unclear(finish, alike, names, rows.assign(_alike=group))
    alike = by_hamlets(finish, alike, names, rows.assign(_alike=group))
    alike = alike.assign(area=_below(alike))
    rows = rows.assign(
        **{name: alike[name].array.take(group) for name in ("code", "on", "around", "area", "far", "hamlet", "asked")}
    )
    _tell(finish, rows, names, waits=written.waits)
    if written.assumed and rows["code"].isin(names.from_gazetteer).any():
        at = int(rows.loc[rows["code"].isin(names.from_gazetteer), SHEET].min())
        finish.sheets[at].sheet.report(finish.log, "area.assumed")
    homes = _homes(rows.dropna(subset="code"))
    area = persons["area"].fillna(persons["person"].map(homes).astype("string"))
    finish.frames["persons"] = persons.assign(area=area)
    used = rows[rows["area"].isin(set(homes.values())) | rows["code"].isin(set(homes.values()))]
    at_home = used["code"].isin(names.from_gazetteer)
    _add_units(finish, used[at_home])
    _add_far(finish, used[~at_home])
    _add_hamlets(finish, used[~used["far"].astype(bool)])


def _homes(rows: pd.DataFrame) -> dict[str, str]:
    """Return person -> the one area that all their rows fit into."""
    different = rows.iloc[row_groups([rows["person"], rows["area"]], len(rows))[1]]
    several = different["person"].duplicated(keep=False)
    one, more = different[~several], different[several]
    found = dict(zip(one["person"].tolist(), one["area"].tolist(), strict=True))
    return found | dict(more.groupby("person")["area"].agg(_most_exact).dropna().to_dict())


def add_official(finish: Staging) -> None:
    """Add the communes that lists give by their official code alone, with all they lie in, as on the last day.

    Only where most codes that no list of areas explains are those of communes, and one is a commune of the
    gazetteer: codes of another system are none of ours.
    """
    told = [finish.frames[name][["area", *SOURCE_COLUMNS]] for name in ("persons", "places") if name in finish.frames]
    rows = pd.concat(told, ignore_index=True).dropna(subset="area").rename(columns={"area": "code"}) if told else None
    if rows is None or rows.empty:
        return
    on, listed = _day(finish), finish.areas_there()
    codes = [code for code in rows["code"].unique() if code not in listed]
    units = Gazetteer.load().areas(on=on)
    at_home = set(units.loc[units["level"] == "commune", "area"]) & set(codes)
    far = {code for code in codes if find_commune(code, on) is not None}
    if not at_home or (len(at_home) + len(far)) * 3 < len(codes) * 2:
        return
    rows = rows.assign(on=on)
    _add_units(finish, rows[rows["code"].isin(at_home)])
    _add_far(finish, rows[rows["code"].isin(far)])
    day = f"{on.day}/{on.month}/{on.year}"
    finish.log.add("area.by_code", file=str(rows["source_file"].iloc[0]), count=len(at_home) + len(far), day=day)


def name_codes(finish: Staging) -> None:
    """Name areas of which the load tells only the code, as the gazetteer called them on its last day.

    Only where all such codes are communes of the gazetteer: codes of another system keep none of our names.
    """
    areas = finish.frames.get("areas")
    if areas is None:
        return
    nameless = areas["name"].isna() if "name" in areas else pd.Series(True, index=areas.index)
    codes = areas.loc[nameless, "area"].astype("string")
    if codes.empty:
        return
    units = Gazetteer.load().areas(on=_day(finish))
    names = dict(units.loc[units["level"] == "commune", ["area", "name"]].itertuples(index=False, name=None))
    if codes.isin(list(names)).all():
        given = areas["name"] if "name" in areas else pd.Series(pd.NA, index=areas.index, dtype="string")
        finish.frames["areas"] = areas.assign(name=given.fillna(areas["area"].map(names)).astype("string"))


def _most_exact(areas: pd.Series) -> str | None:
    """Return the one area that all rows of a person fit into: the deepest, if all others hold it; else the commune."""
    found: list[str] = sorted(set(areas), key=lambda area: (-len(area), area))
    above = _far_above(found[0].partition("-")[0])
    if all(found[0] == area or found[0].startswith(f"{area}-") or area in above for area in found):
        return found[0]
    communes = {area.partition("-")[0] for area in found}
    return communes.pop() if len(communes) == 1 else None


def _far_above(code: str) -> set[str]:
    """Return the codes of a commune elsewhere and of the district and province in which it lies."""
    return {one.code for unit in versions_of(code) for one in with_parents(unit, unit.until)}


def _below(rows: pd.DataFrame) -> pd.Series:
    """Return the code of the smallest area that each row names: ``32128``, ``32128-rach-ban`` or ``32128-5-to-2``."""
    out = []
    columns = (rows["code"], rows["far"], _column(rows, "hamlet"), _column(rows, "group"))
    for code, far, hamlet, group in zip(*columns, strict=True):
        parts = [code]
        if not far and isinstance(code, str) and isinstance(hamlet, str) and hamlet_key(hamlet):
            parts.append(hamlet_key(hamlet).replace(" ", "-"))
            parts += [f"to-{hamlet_key(group)}"] if isinstance(group, str) and hamlet_key(group) else []
        out.append("-".join(parts) if isinstance(code, str) else None)
    return pd.Series(pd.array(out, dtype="string"), index=rows.index)


def _column(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series(None, index=rows.index, dtype="string")


def _add_hamlets(finish: Staging, rows: pd.DataFrame) -> None:
    """Add the hamlets and groups that rows name as areas of their communes, under the spelling met most often."""
    listed = finish.areas_there()
    found: dict[str, tuple[str, str, tuple[object, ...]]] = {}
    titles: dict[str, Counter[str]] = defaultdict(Counter)
    sources = list(SOURCE_COLUMNS)
    rows = rows.sort_values(sources, kind="stable")
    group, first = row_groups([_column(rows, name) for name in ("code", "area", "hamlet", "group")], len(rows))
    alike = rows.iloc[first].astype(object).assign(count=np.bincount(group, minlength=len(first)))
    for row in alike.to_dict("records"):
        code, area = row["code"], row["area"]
        if area == code:
            continue
        hamlet = f"{code}-{hamlet_key(row['hamlet']).replace(' ', '-')}"
        source = tuple(row[name] for name in sources)
        found.setdefault(hamlet, ("hamlet", code, source))
        titles[hamlet][_title(row["hamlet"])] += row["count"]
        if area != hamlet:
            found.setdefault(area, ("group", hamlet, source))
            titles[area][_title(row["group"])] += row["count"]
    new = [
        {"area": area, "name": titles[area].most_common(1)[0][0], "level": level, "parent": parent}
        | dict(zip(sources, source, strict=True))
        for area, (level, parent, source) in sorted(found.items())
        if area not in listed
    ]
    if new:
        finish.append("areas", pd.DataFrame(new))


def _title(text: str) -> str:
    """Return a name as areas are written: ``ấp RẠCH BẦN`` -> ``Ấp Rạch Bần``, ``tdp 5`` -> ``TDP 5``."""
    text = re.sub(r"\s+", " ", text).strip()
    text = text.title() if text.isupper() or text.islower() else text
    text = re.sub(r"^(?:Tdp|Kp|Kdc)(?![^\W\d_])", lambda short: short[0].upper(), text)
    return text[:1].upper() + text[1:]


def _texts(rows: pd.DataFrame) -> list[tuple[str | None, str | None]]:
    districts = [None if pd.isna(text) else str(text) for text in rows["district"]]
    communes = [None if pd.isna(text) else str(text) for text in rows["commune"]]
    return list(zip(communes, districts, strict=True))


def _away(text: object, commune: str | None, district: str | None, on: date) -> str | None:
    """Return the code of the commune elsewhere in which a home certainly lies, else of the district or province.

    Where no part of the address says that it is the commune, one of its parts is, if no other can be.
    """
    if commune is not None and find_commune(commune.strip(), on) is not None:
        return commune.strip()
    found = find_elsewhere(text, on) if isinstance(text, str) else None
    if found is None or found.unit is None or not found.away:
        return None
    told = None if district is None else district_told(district, found.unit, on)
    within = told if told is not None and province_of(told) == province_of(found.unit) else found.unit
    whole = {bare_name(unit.name) for unit in with_parents(within, on)}
    parts = [part for part in parts_of(str(text)) if bare_name(part) not in whole] if commune is None else [commune]
    inside = {unit.code for part in parts for unit in communes_called(part, within, on)}
    return inside.pop() if len(inside) == 1 else within.code


def _add_far(finish: Staging, rows: pd.DataFrame) -> None:
    """Add the provinces, districts and communes elsewhere in which people live."""
    listed = finish.areas_there()
    new: dict[str, dict[str, object]] = {}
    first = first_of_each(rows, "code", SOURCE_COLUMNS).sort_values(list(SOURCE_COLUMNS), kind="stable")
    for row in first[~first["code"].isin(listed)].astype(object).to_dict("records"):
        on = _date(row["on"])
        for one in with_parents(find_far(row["code"], on), on):
            if one.code not in listed:
                new.setdefault(one.code, one.area() | {name: row[name] for name in SOURCE_COLUMNS})
    if new:
        finish.append("areas", pd.DataFrame(list(new.values())).astype(dict.fromkeys(_DAYS, "Int64")))


def _day(finish: Staging) -> date:
    """Return the day that the load speaks of: its last one, else the present."""
    last = Records(finish.frames, finish.options.zone).last_instant()
    today = finish.options.today or datetime.now(UTC).date()
    return today if last is None else min(today, local(last, finish.options.zone).date())


def _list_day(finish: Staging, sheet: int, last: date) -> date:
    """Return the day of one list: of its title or name; within its year the last day of the load."""
    told = finish.sheets[sheet].sheet.dates
    if told.day is not None:
        return told.day
    return last if told.year is None or last.year == told.year else date(told.year, 12, 31)


def _tell(finish: Staging, rows: pd.DataFrame, names: AreaNames, *, waits: bool) -> None:
    for sheet, own in rows.groupby(SHEET, sort=True):
        columns, on = finish.sheets[int(str(sheet))], _date(own["on"].iloc[0])
        at = columns.at("commune") if columns.has("commune") else columns.at("address")
        known = int(own["code"].notna().sum())
        if known:
            day = f"{on.day}/{on.month}/{on.year}"
            columns.sheet.report(finish.log, "area.by_name", column=at, count=known, day=day)
        if waits:
            continue  # it is asked for once where all of them lie
        unclear = own[is_unclear(own) & ~own["asked"]].assign(district=own["district"].fillna(""))
        for number, ((commune, district), same) in enumerate(unclear.groupby(["commune", "district"], sort=True)):
            if number == MANY:
                break
            asked = CommuneAsked(str(commune), str(district) or None, on, own["around"].iloc[0])
            columns.sheet.report(
                finish.log,
                "area.name_unclear",
                [int(same[ROW].min())],
                column=at,
                value=", ".join(filter(None, (asked.commune, asked.district))),
                count=len(same),
                why=names.why(asked),
            )


def _add_units(finish: Staging, rows: pd.DataFrame) -> None:
    """Add the gazetteer's units named by ``rows``, and all they lie in, where no list has them."""
    for on in sorted({_date(day) for day in rows["on"]}):
        _add_units_of(finish, rows[rows["on"] == on], on)


def _date(value: object) -> date:
    assert isinstance(value, date)
    return value


def _add_units_of(finish: Staging, rows: pd.DataFrame, on: date) -> None:
    units = Gazetteer.load().areas(on=on).drop_duplicates("area")
    parents = dict(zip(units["area"], units["parent"], strict=True))
    sources: dict[str, tuple[object, ...]] = {}
    first = first_of_each(rows, "code", SOURCE_COLUMNS).sort_values(list(SOURCE_COLUMNS), kind="stable")
    for code, *source in first[["code", *SOURCE_COLUMNS]].to_numpy():
        area = code
        while isinstance(area, str) and area in parents:
            sources.setdefault(area, tuple(source))
            area = parents[area]
    listed = finish.areas_there()
    new = units[units["area"].isin(set(sources) - listed)]
    if len(new):
        origin = pd.DataFrame([sources[area] for area in new["area"]], columns=list(SOURCE_COLUMNS), index=new.index)
        finish.append("areas", pd.concat([new, origin], axis=1))
