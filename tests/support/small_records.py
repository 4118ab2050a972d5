"""Small Records for the stores' tests: rows of every table with nasty texts, and little towns in which people meet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from tracing.model.normal import normalise_table
from tracing.model.records import Records
from tracing.model.schema import TABLES, Column, Table
from tracing.times import DAY, HOUR

Row = dict[str, Any]

#: Midnight of 1 July 2021 in Vietnam.
JULY = 1_625_072_400
NASTY = (
    "O'Brien",
    'say "hi"',
    "x'); DROP TABLE persons; --",
    "$since",
    "{id}",
    "%s",
    "\\",
    "Trần Văn Ấn",
    "Tra\u0302\u0300n",
    "👩\u200d🔬",
    "\u202eright to left",
    "line\nbreak",
    "pending",
    "NULL",
    "None",
    "nan",
    "0",
    "00",
    "1e5",
    " blank ",
)
_INT64 = st.integers(-(1 << 63), (1 << 63) - 1)
_TEXT = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8),
)

_ATTRIBUTES = st.dictionaries(_TEXT, _TEXT, max_size=2).map(
    lambda kept: json.dumps(kept, ensure_ascii=False, sort_keys=True)
)


def records_of(tables: Mapping[str, Iterable[Row]]) -> Records:
    """Return Records of rows; tables without rows are empty."""
    built = {}
    for name, rows in tables.items():
        frame = pd.DataFrame(list(rows))
        if len(frame):
            built[name] = frame
    return Records.build(built)


def assert_same_records(got: Records, wanted: Records) -> None:
    """Fail unless both hold the same rows in the same order with the same types."""
    assert got.zone == wanted.zone
    for name in TABLES:
        pd.testing.assert_frame_equal(got[name], wanted[name], obj=name, check_exact=True)


def _values(column: Column) -> st.SearchStrategy[Any]:
    values: st.SearchStrategy[Any] = {
        "id": _TEXT,
        "text": _TEXT,
        "choice": st.sampled_from(column.choices or ("",)),
        "flag": st.booleans(),
        "integer": _INT64,
        "number": st.floats(allow_nan=False),
        "time": _INT64,
    }[column.kind]
    return values if column.required else st.none() | values


@st.composite
def _rows(draw: st.DrawFn, table: Table) -> Row:
    row: Row = {}
    for column in table:
        value = draw(_values(column))
        row[column.name] = value
        if column.kind == "time":
            row[f"{column.name}_to"] = None if value is None else max(value, draw(st.none() | _INT64) or value)
    row["attributes"] = draw(st.none() | _ATTRIBUTES)
    row["source_file"] = draw(st.none() | _TEXT)
    row["source_sheet"] = draw(st.none() | _TEXT)
    row["source_row"] = draw(st.none() | _INT64)
    return row


@st.composite
def any_records(draw: st.DrawFn, *, one_row_per_key: bool = True) -> Records:
    """Draw Records with up to four rows in a few of the tables, any value the types allow."""
    tables = {}
    for name in sorted(draw(st.sets(st.sampled_from(sorted(TABLES)), max_size=4))):
        table = TABLES[name]
        rows = draw(st.lists(_rows(table), max_size=4))
        if rows:
            frame = normalise_table(table.name, pd.DataFrame(rows, dtype=object))
            if one_row_per_key:
                frame = frame.drop_duplicates(table.key, ignore_index=True)
            tables[table.name] = frame
    return Records(tables)


def _time(draw: st.DrawFn) -> tuple[int, int]:
    day = JULY + DAY * draw(st.integers(0, 5))
    hour = draw(st.none() | st.integers(0, 23))
    return (day, day + DAY) if hour is None else (day + HOUR * hour, day + HOUR * hour)


def _span(draw: st.DrawFn, *, dated: bool) -> Row:
    if not dated and draw(st.integers(0, 5)) == 0:
        return {"start": None, "start_to": None, "end": None, "end_to": None}
    start = _time(draw)
    shape = draw(st.integers(0, 3 if dated else 4))
    if shape == 0:
        return {"start": start[0], "start_to": start[1], "end": None, "end_to": None}
    end = max(start, _time(draw)) if shape == 1 else (start[1] + HOUR * shape,) * 2
    row = {"start": start[0], "start_to": start[1], "end": end[0], "end_to": end[1]}
    return row | {"start": None, "start_to": None} if shape == 4 else row


@st.composite
def towns(draw: st.DrawFn) -> Records:
    """Draw a little town: up to nine people, some with a record of their own, who meet, visit, test and arrive."""
    names = [f"p{i}" for i in range(draw(st.integers(1, 9)))]
    places = [f"m{i}" for i in range(draw(st.integers(1, 3)))]
    person, place = st.sampled_from(names), st.sampled_from(places)
    area = st.sampled_from(["a", "b", "c", "d", "e"])

    def some(most: int) -> range:
        return range(draw(st.integers(0, most)))

    tables: dict[str, list[Row]] = {
        "persons": [{"person": n, "area": draw(st.none() | area)} for n in names if draw(st.booleans())],
        "cases": [
            {"person": n, "case_code": draw(st.sampled_from([None, f"BN{n}", "BN", "p0"]))}
            for n in names
            if draw(st.integers(0, 2)) == 0
        ],
        "contacts": [
            {"contact": f"c{i}", "person_a": draw(person), "person_b": draw(person), "place": draw(st.none() | place)}
            | _span(draw, dated=False)
            for i in some(8)
        ],
        "visits": [
            {"visit": f"v{i}", "person": draw(person), "place": draw(place)} | _span(draw, dated=True) for i in some(10)
        ],
        "places": [
            {"place": n, "area": draw(st.none() | area), "kind": draw(st.sampled_from([None, "room", "market"]))}
            for n in places
            if draw(st.booleans())
        ],
        "areas": [
            {"area": draw(area), "parent": draw(st.none() | area), "valid_from": JULY + DAY * i, "level": "commune"}
            for i in some(7)
        ],
        "tests": [{"test": f"t{i}", "person": draw(person), "sample": JULY, "result": "negative"} for i in some(3)],
        "isolations": [
            {"isolation": f"i{i}", "person": draw(person), "place": draw(st.none() | place)} | _span(draw, dated=True)
            for i in some(3)
        ],
        "arrivals": [
            {"arrival": f"f{i}", "person": draw(person), "arrived": JULY, "vehicle": draw(st.none() | place)}
            for i in some(3)
        ],
        "links": [{"link": f"l{i}", "source": draw(person), "target": draw(person)} for i in some(4)],
        "outbreaks": [{"unit": f"u{i}", "outbreak_level": "high", "valid_from": JULY + DAY * i} for i in some(2)],
        "counts": [{"what": "cases", "number": i, "day": JULY + DAY * i, "unit": draw(area)} for i in some(2)],
    }
    return records_of(tables)


@st.composite
def questions(draw: st.DrawFn, records: Records) -> dict[str, Any]:
    """Draw a slice to ask of ``records``; everything named is there."""

    def some(values: Iterable[Any]) -> list[str] | None:
        known = sorted({v for v in values if v is not None and not pd.isna(v)})
        if not known or draw(st.booleans()):
            return None
        return draw(st.lists(st.sampled_from(known), min_size=1, max_size=2))

    people = sorted(records.person_ids()) or ["p0"]
    period = sorted(draw(st.lists(st.integers(0, 6 * 24), min_size=2, max_size=2, unique=True)))
    since, until = (draw(st.none() | st.just(JULY + hour * HOUR)) for hour in period)
    return {
        "cases": some([*records.cases["person"], *records.cases["case_code"]]),
        "people": some(records.person_ids()),
        "areas": some([*records.areas["area"], *records.persons["area"]]),
        "places": some([*records.visits["place"], *records.contacts["place"]]),
        "steps": draw(st.none() | st.integers(0, 3)),
        "since": since,
        "until": until,
        "through": draw(st.none() | st.dictionaries(st.sampled_from(people), st.integers(0, 3))),
        "others": draw(st.integers(0, 2)),
    }
