"""Lists with a row per person (line list, contact list, tests, isolations, arrivals) to rows of several tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.values import fold, words
from loaders.findings import shorten
from loaders.rows.identity import full_name, shape, split_ids
from loaders.rows.tables import MENTIONED_PLACES, NAMED_AREAS, Staged, check_order, check_pairs, time_kinds
from tracing.model.schema import CASE_STATUS

_KEPT: Final = ("symptoms", "test_code", "classification", "disease", "level", "commune", "district")


@dataclass
class Context:
    """What a list needs to know of the rest of the load: everybody's id, and each sheet's own ids."""

    everybody: set[str]
    own: dict[int, tuple[pd.Series, int | None]] = field(default_factory=dict)


def build_people(columns: Columns, sheet: int, staged: Staged, context: Context) -> None:
    """Stage everything a list of people says."""
    person, position = context.own[sheet]
    used = [] if position is None else [position]
    case = _cases_among(columns)
    sample = columns.time("sample")
    isolated = columns.time("isolation_start")
    extra = [*_KEPT]
    if columns.has("index"):
        extra += _build_contacts(columns, sheet, staged, person)
    else:
        extra += [
            "first_contact",
            "last_contact",
            "contact_date",
            "kind",
            "contact_place",
            "distance_m",
            "minutes",
            "protected",
        ]
    more: dict[str, pd.Series] = {}
    if columns.has("sources") and not columns.has("index"):
        more["sources"] = _build_links(columns, sheet, staged, person, context.everybody)
    if columns.has("test_result"):
        _build_tests(columns, sheet, staged, person, sample)
    else:
        extra += ["method", "ct", "pool", "resulted"]
    if columns.has("isolation_start"):
        _build_isolations(columns, sheet, staged, person, isolated)
    else:
        extra += ["isolation_end", "isolation_kind", "isolation_place"]
    if columns.has("arrived"):
        _build_arrivals(columns, sheet, staged, person)
    else:
        extra += ["origin", "vehicle", "seat", "checkpoint"]
    _build_stays(columns, sheet, staged, person)
    if case.any():
        _build_cases(columns, sheet, staged, person, case, sample, isolated)
    elif not columns.has("test_result"):
        extra.append("sample")
    _build_persons(columns, sheet, staged, person, extra, used, more)


def _cases_among(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell which rows are cases: by F level, else every row of a line list (with a disease column: where filled)."""
    size = len(columns.sheet)
    case = np.full(size, columns.found.makes_cases)
    if columns.has("level"):
        case = (columns.choice("level", "level") == "F0").fillna(False).to_numpy(dtype=bool)
    elif columns.has("disease"):
        case &= columns.text("disease").notna().to_numpy()
    return case & ~(_status(columns) == "discarded").fillna(False).to_numpy(dtype=bool)


def _status(columns: Columns) -> pd.Series:
    """Return the status of each case; a word that is not known leaves it suspected. Missing where none is given."""
    if not columns.has("classification"):
        return columns.empty()
    said = columns.choice("classification", "classification", open_set=True)
    return said.where(said.isin(CASE_STATUS) | said.isna(), "suspected")


def _build_persons(
    columns: Columns,
    sheet: int,
    staged: Staged,
    person: pd.Series,
    extra: list[str],
    used: list[int],
    more: dict[str, pd.Series],
) -> None:
    birth_date, birth_year = columns.birth()
    attributes = columns.attributes(extra=extra, without=used)
    for name, kept in more.items():
        attributes = _with(attributes, columns.sheet.headings[columns.at(name) or 0], kept)
    values = {
        "person": person,
        "name": full_name(columns),
        "sex": columns.choice("sex", "sex"),
        "birth_date": birth_date,
        "birth_year": birth_year,
        "phone": columns.phone(),
        "national_id": columns.national_id(),
        "household": columns.ids("household"),
        "area": columns.ids("area"),
        "address": columns.text("address"),
        "occupation": columns.text("occupation"),
        "vaccine_doses": _doses(columns),
        "immune": columns.flag("immune"),
        "attributes": attributes,
    }
    staged.add("persons", columns, sheet, values)
    if columns.has("commune"):
        named = {"person": person, "commune": columns.text("commune"), "district": columns.text("district")}
        staged.add(NAMED_AREAS, columns, sheet, named, named["commune"].notna().to_numpy(dtype=bool))


def _with(attributes: pd.Series, name: str, values: pd.Series) -> pd.Series:
    """Add one attribute to JSON texts."""
    import json

    out = []
    for text, value in zip(attributes, values, strict=True):
        held = {} if pd.isna(text) else json.loads(text)
        if not pd.isna(value):
            held[name] = value
        out.append(json.dumps(held, ensure_ascii=False, sort_keys=True) if held else None)
    return pd.Series(pd.array(out, dtype="string"))


def _doses(columns: Columns) -> pd.Series:
    texts = (
        columns.text("vaccine_doses")
        .map(lambda t: "0" if fold(t) in ("chua tiem", "chua", "khong", "no") else t, na_action="ignore")
        .astype("string")
    )
    found = texts.str.extract(r"(\d+)")[0].astype("Int64")
    return found.where(found <= 20)


def _build_cases(
    columns: Columns,
    sheet: int,
    staged: Staged,
    person: pd.Series,
    case: npt.NDArray[np.bool_],
    sample: Times,
    isolation: Times,
) -> None:
    onset, confirmed = columns.time("onset"), columns.time("confirmed")
    isolated = columns.time("isolated") if columns.has("isolated") else isolation
    outcome = columns.choice("outcome", "outcome", open_set=True)
    ended, died = columns.time("outcome_date"), columns.time("death_date")
    fill = died.known & ~ended.known
    ended = Times(np.where(fill, died.start, ended.start), np.where(fill, died.end, ended.end), ended.known | fill)
    asymptomatic = columns.flag("asymptomatic")
    if columns.has("symptoms"):
        said = columns.text("symptoms").str.lower().map(words("flag"), na_action="ignore").astype("string")
        asymptomatic = asymptomatic.fillna(said.map({"true": False, "false": True}).astype("boolean"))
    values = {
        "person": person,
        "case_code": columns.ids("case_code"),
        **span(onset, "onset"),
        **span(sample, "sample"),
        **span(confirmed, "confirmed"),
        **span(isolated, "isolated"),
        "outcome": outcome,
        **span(ended, "outcome_date"),
        "asymptomatic": asymptomatic,
        "source_known": columns.flag("source_known"),
        "found_in": columns.choice("found_in", "found_in"),
        "status": _status(columns),
        **span(columns.time("exposure_start"), "exposure_start"),
        **span(columns.time("exposure_end"), "exposure_end"),
    }
    staged.add("cases", columns, sheet, values, case)


def _build_contacts(columns: Columns, sheet: int, staged: Staged, person: pd.Series) -> list[str]:
    """Stage contacts of each row's person with the index case; return the fields that stay attributes."""
    index = columns.ids("index")
    first, last, on = columns.time("first_contact"), columns.time("last_contact"), columns.time("contact_date")
    start = Times(
        np.where(first.known, first.start, on.start), np.where(first.known, first.end, on.end), first.known | on.known
    )
    end = Times(
        np.where(last.known, last.start, on.start),
        np.where(last.known, last.end, on.end),
        last.known | (on.known & ~first.known),
    )
    check_order(
        columns,
        {"first_contact" if columns.has("first_contact") else "contact_date": start, "last_contact": end},
        *("first_contact" if columns.has("first_contact") else "contact_date", "last_contact"),
    )
    only_last, only_first = end.known & ~start.known, start.known & ~end.known & first.known
    kinds = time_kinds(start, end).mask(only_last, "last_day").mask(only_first, "first_day")
    for rows, code, name in ((only_last, "last", "last_contact"), (only_first, "first", "first_contact")):
        if rows.any():
            columns.sheet.report(columns.log, f"contact.{code}_only", column=columns.at(name), count=int(rows.sum()))
    if not columns.has("level"):
        columns.require("index", index)
    check_pairs(columns, "contacts", {"person_a": index, "person_b": person})
    place = columns.ids("contact_place")
    values = {
        "person_b": person,
        **span(start, "start"),
        **span(end, "end"),
        "time_kind": kinds,
        "kind": columns.choice("kind", "contact_kind"),
        "place": place,
        "distance_m": columns.number("distance_m"),
        "minutes": columns.number("minutes"),
        "protected": columns.flag("protected"),
    }
    rows, cases = split_ids(index)
    if len(rows):
        frame = pd.DataFrame({**values, **columns.source()})
        frame["_sheet"], frame["_row"] = sheet, np.arange(len(frame))
        frame = frame.iloc[rows].reset_index(drop=True)
        frame["person_a"] = cases
        staged.tables.setdefault("contacts", []).append(frame)
    _add_places(columns, sheet, staged, place, None)
    return []


def _add_places(columns: Columns, sheet: int, staged: Staged, place: pd.Series, kind: str | None) -> None:
    """Stage places that a list only mentions: they are put on record where no list of places describes them."""
    given = place.notna().to_numpy()
    if given.any():
        kinds = pd.Series(pd.array([kind] * len(place), dtype="string"))
        staged.add(MENTIONED_PLACES, columns, sheet, {"place": place, "kind": kinds}, given)


def _build_links(columns: Columns, sheet: int, staged: Staged, person: pd.Series, everybody: set[str]) -> pd.Series:
    """Stage a link for each source that is a case; return, per row, the sources that are none."""
    texts = columns.text("sources")
    rows, names = split_ids(texts)
    shapes = person.dropna().map(shape)
    usual = set(shapes.value_counts(normalize=True).loc[lambda s: s >= 0.5].index)
    is_case = np.array([name in everybody or shape(name) in usual for name in names], dtype=bool)
    if is_case.any():
        frame = pd.DataFrame(columns.source())
        frame["target"], frame["_sheet"], frame["_row"] = person, sheet, np.arange(len(frame))
        frame = frame.iloc[rows[is_case]].reset_index(drop=True)
        frame["source"] = names[is_case].reset_index(drop=True)
        own = frame["source"] == frame["target"]
        columns.fail(
            "link.self", frame.loc[own, "_row"], columns.at("sources"), values=frame.loc[own, "source"].tolist()
        )
        staged.tables.setdefault("links", []).append(frame)
    others = names[~is_case]
    if len(others):
        columns.sheet.report(
            columns.log, "link.not_a_case", column=columns.at("sources"), names=shorten(sorted(set(others)), 20)
        )
    joined = others.groupby(rows[~is_case]).agg(";".join) if len(others) else pd.Series(dtype="string")
    return joined.reindex(range(len(texts))).astype("string")


def _build_tests(columns: Columns, sheet: int, staged: Staged, person: pd.Series, sample: Times) -> None:
    result = columns.choice("test_result", "result")
    told = result.notna().to_numpy()
    columns.fail(
        "required.missing",
        np.flatnonzero(told & ~sample.known & ~columns.bad),
        columns.at("sample") if columns.has("sample") else "sample",
    )
    values = {
        "person": person,
        **span(sample, "sample"),
        "result": result,
        **span(columns.time("resulted"), "resulted"),
        "method": columns.choice("method", "method"),
        "ct": columns.number("ct"),
        "pool": columns.ids("pool"),
    }
    staged.add("tests", columns, sheet, values, sample.known)


def _build_isolations(columns: Columns, sheet: int, staged: Staged, person: pd.Series, start: Times) -> None:
    end = columns.time("isolation_end")
    check_order(columns, {"isolation_start": start, "isolation_end": end}, "isolation_start", "isolation_end")
    where = columns.text("isolation_place")
    by_place = where.map(_kind_of_place, na_action="ignore").astype("string")
    place = where.where((by_place != "home").fillna(True))
    values = {
        "person": person,
        **span(start, "start"),
        **span(end, "end"),
        "kind": columns.choice("isolation_kind", "isolation_kind").fillna(by_place),
        "place": place,
    }
    staged.add("isolations", columns, sheet, values, start.known)
    _add_places(columns, sheet, staged, place.where(start.known), None)


def _kind_of_place(text: str) -> str | None:
    known = words("isolation_kind")
    exact = known.get(text.lower()) or known.get(fold(text))
    if exact:
        return exact
    start = fold(text)
    if start.startswith(("benh vien", "bv ")):
        return "hospital"
    return "centre" if re.match(r"(khu|truong|ktx|ky tuc xa|khach san|trung tam)\b", start) else None


def _build_arrivals(columns: Columns, sheet: int, staged: Staged, person: pd.Series) -> None:
    arrived = columns.time("arrived")
    vehicle, seat = columns.ids("vehicle"), columns.text("seat")
    values = {
        "person": person,
        **span(arrived, "arrived"),
        "origin": columns.text("origin"),
        "vehicle": vehicle,
        "seat_row": seat.str.extract(r"^(\d+)\s*[A-Za-z]?$")[0].astype("Int64"),
        "seat": seat,
        "checkpoint": columns.text("checkpoint"),
    }
    staged.add("arrivals", columns, sheet, values, arrived.known)
    _add_places(columns, sheet, staged, vehicle.where(arrived.known), "vehicle")


def _build_stays(columns: Columns, sheet: int, staged: Staged, person: pd.Series) -> None:
    """Stage a visit for each place with its arrival and leave (center1, arrival1, leave1, center2, …)."""
    for name in sorted(f for f in columns.found.reading.columns if f.startswith("stay_place_")):
        number = name.rsplit("_", 1)[1]
        place = columns.ids(name)
        start, end = columns.time(f"stay_start_{number}"), columns.time(f"stay_end_{number}")
        check_order(
            columns,
            {f"stay_start_{number}": start, f"stay_end_{number}": end},
            f"stay_start_{number}",
            f"stay_end_{number}",
        )
        given = place.notna().to_numpy()
        columns.fail(
            "required.missing", np.flatnonzero(given & ~start.known & ~columns.bad), columns.at(f"stay_start_{number}")
        )
        values = {"person": person, "place": place, **span(start, "start"), **span(end, "end")}
        staged.add("visits", columns, sheet, values, given & start.known)
        _add_places(columns, sheet, staged, place, None)
