"""What a list says of its people themselves: name, birth, home, telephone, and everything that no rule asks for."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.corrected import broken_phones, old_births, rounded_numbers
from loaders.columns.texts import by_distinct
from loaders.rows.identity import full_name
from loaders.rows.kind import ListRows
from loaders.rows.sexes import sexes
from loaders.rows.tables import NAMED_AREAS
from loaders.units.addresses import home_texts
from tracing.spelling import fold

#: Fields that say something of the person themselves.
OWN = frozenset(
    {
        *("person", "name", "first_name", "middle_name", "last_name", "sex", "birth_date", "birth_day"),
        *("birth_month", "birth_year"),
        *("phone", "national_id", "household", "area", "address", "occupation", "vaccine_doses", "immune", "commune"),
        "district",
        "province",
        "hamlet",
        "age",
    }
)
#: Fields that stay with the person in any case.
KEPT = (
    *("symptoms", "test_code", "classification", "disease", "level", "commune", "district", "province", "hamlet"),
    *("group", "age", "relation", "count", "bed", "people_met", "shift", "sample_hour", "told", "movements"),
    *("at_home", "carer", "carer_phone", "home", "declared_at", "bluezone", "lat", "lon", "insurance"),
)


def build(rows: ListRows) -> None:
    """Stage the people of a list."""
    columns = rows.columns
    birth_date, birth_year = columns.birth()
    attributes = columns.attributes(extra=[*KEPT, *rows.kept, *_parts_alone(columns)], without=rows.used)
    attributes = _with(attributes, columns.sheet.headings[columns.at("birth_year") or 0], columns.age_for_year())
    for name, kept in rows.more.items():
        attributes = _with(attributes, columns.sheet.headings[columns.at(name) or 0], kept)
    for name in ("phone", "national_id"):
        attributes = _with(attributes, columns.sheet.headings[columns.at(name) or 0], columns.told_beside(name))
    columns.query("national_id.rounded", rounded_numbers(columns.found), columns.at("national_id"))
    old = old_births(columns.found)
    for at in sorted(set(old.values())):
        columns.query("birth.too_old", [row for row, column in old.items() if column == at], at)
    broken = broken_phones(columns.found)
    columns.query("phone.incomplete", broken, columns.at("phone"))
    phone = columns.phone()
    phone.iloc[broken] = pd.NA
    values = {
        "person": rows.person,
        "name": full_name(columns),
        "sex": sexes(columns),
        "birth_date": birth_date,
        "birth_year": birth_year,
        "phone": phone,
        "national_id": columns.national_id(),
        "household": columns.ids("household"),
        "area": columns.ids("area"),
        "address": columns.text("address"),
        "occupation": columns.text("occupation"),
        "vaccine_doses": _doses(columns.text("vaccine_doses")),
        "immune": columns.flag("immune"),
        "attributes": attributes,
    }
    rows.stage("persons", values)
    homes = home_texts(columns)
    told = np.any([homes[name].notna().to_numpy(dtype=bool) for name in ("commune", "away", "hamlet")], axis=0)
    if told.any():
        rows.stage(NAMED_AREAS, {"person": rows.person, **homes}, told)


def _parts_alone(columns: Columns) -> list[str]:
    """Return the parts of a name or of a day of birth whose other parts a list has not: they stay as they are."""
    names = ["middle_name"] if columns.has("name") else []
    whole = all(map(columns.has, ("birth_month", "birth_year"))) and columns.has("birth_day", "birth_date")
    births = [] if whole else ["birth_day", "birth_month"]
    return names + births


def _with(attributes: pd.Series, name: str, values: pd.Series) -> pd.Series:
    """Add one attribute to the JSON texts of the rows that have a value."""
    rows = np.flatnonzero(values.notna().to_numpy(dtype=bool))
    if not len(rows):
        return attributes
    out = attributes.astype(object).to_numpy(copy=True)
    for row, value in zip(rows.tolist(), values.iloc[rows], strict=True):
        held = {} if pd.isna(out[row]) else json.loads(out[row])
        out[row] = json.dumps({**held, name: value}, ensure_ascii=False, sort_keys=True)
    return pd.Series(pd.array(out, dtype="string"))


def _doses(texts: pd.Series) -> pd.Series:
    texts = by_distinct(texts, lambda t: "0" if fold(t) in ("chua tiem", "chua", "khong", "no") else t)
    found = texts.str.extract(r"(\d+)")[0].astype("Int64")
    return found.where(found <= 20)
