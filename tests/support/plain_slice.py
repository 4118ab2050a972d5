"""The slice of ``graph.selection`` in plain Python: loops over rows, every pair of visits compared, no SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd

from tracing.model.normal import normalise_table
from tracing.model.records import Records
from tracing.model.schema import TABLES

Row = dict[str, Any]
DAY = 86_400
EVER = 1 << 60
OF_PEOPLE = ("persons", "cases", "tests", "isolations", "arrivals")


def rows_of(records: Records, table: str) -> list[Row]:
    """Return the rows of a table with None for what is missing."""
    frame = records[table]
    return [
        {k: None if pd.isna(v) else v for k, v in zip(frame.columns, row, strict=True)}
        for row in frame.itertuples(index=False, name=None)
    ]


def in_period(row: Row, since: int | None, until: int | None) -> bool:
    start, last = row["start"], row["end_to"] if row["end_to"] is not None else row["start_to"]
    if start is None and row["end"] is None:
        return True
    if until is not None and start is not None and start >= until:
        return False
    return since is None or last > since or (start is not None and start >= since)


def joined(a: Row, b: Row) -> bool:
    def end(visit: Row) -> int:
        last = visit["end_to"] if visit["end_to"] is not None else visit["start_to"]
        return max(last, visit["start"]) + DAY

    return a["place"] == b["place"] and a["start"] < end(b) and b["start"] < end(a)


def _as_visit(isolation: Row) -> Row:
    """Return an isolation in a room as a visit to it, for ever where it has no end."""
    return isolation | ({"end": EVER, "end_to": EVER} if isolation["end_to"] is None else {})


def area_closure(areas: list[Row], start: Collection[str], *, down: bool) -> set[str]:
    found, todo = set(), set(start)
    while todo:
        found |= todo
        if down:
            todo = {a["area"] for a in areas if a["parent"] in found} - found
        else:
            todo = {a["parent"] for a in areas if a["area"] in found and a["parent"] is not None} - found
    return found


def plain_slice(
    records: Records,
    *,
    cases: Collection[str] | None = None,
    people: Collection[str] | None = None,
    areas: Collection[str] | None = None,
    places: Collection[str] | None = None,
    steps: int | None = None,
    since: int | None = None,
    until: int | None = None,
    through: Mapping[str, int] | None = None,
    others: int = 0,
) -> tuple[Records, tuple[str, ...] | None]:
    """Return the records of the slice and its focus. Times are epoch seconds here."""
    tables = {name: rows_of(records, name) for name in TABLES}
    contacts = [c for c in tables["contacts"] if in_period(c, since, until)]
    visits = [v for v in tables["visits"] if in_period(v, since, until)]
    rooms = {row["place"] for row in tables["places"] if row["kind"] == "room"}
    stays = [_as_visit(row) for row in tables["isolations"] if row["place"] in rooms]
    stays = visits + [row for row in stays if in_period(row, since, until)]
    if cases is None and people is None and areas is None and places is None:
        return _records(records, tables | {"contacts": contacts, "visits": visits}), None
    if steps is None:
        steps = 3 if cases is not None or people is not None else 0
    focus = {c["person"] for c in tables["cases"] if {c["person"], c["case_code"]} & set(cases or ())}
    below = area_closure(tables["areas"], areas or (), down=True)
    contacts_at = [c for c in contacts if c["place"] in (places or ())]
    visits_at = [v for v in visits if v["place"] in (places or ())]
    ring = focus | set(people or ()) | {p["person"] for p in tables["persons"] if p["area"] in below}
    ring |= {v["person"] for v in visits_at} | {c[side] for c in contacts_at for side in ("person_a", "person_b")}
    from_here = going_on = set(ring)
    for step in range(1, steps + 1):
        contacts_at = [c for c in contacts if c["person_a"] in going_on or c["person_b"] in going_on]
        own = [v for v in stays if v["person"] in going_on]
        joined_here = [v for v in stays if any(joined(v, w) for w in own)]
        visits_at = [v for v in visits if v in joined_here]
        from_here = {c[side] for c in contacts_at for side in ("person_a", "person_b")}
        from_here |= {v["person"] for v in joined_here}
        going_on = going_on | {p for p in from_here - ring if through is None or through.get(p, others) >= step}
        ring = ring | from_here
    out = {name: [row for row in tables[name] if row["person"] in ring] for name in OF_PEOPLE}
    out |= {"contacts": contacts_at, "visits": visits_at, "counts": tables["counts"]}
    out["links"] = [row for row in tables["links"] if row["source"] in ring and row["target"] in ring]
    named = {row["place"] for name in ("contacts", "visits", "isolations") for row in out[name]}
    named |= {row["vehicle"] for row in out["arrivals"]}
    out["places"] = [row for row in tables["places"] if row["place"] in named]
    homes = {row["area"] for name in ("persons", "places") for row in out[name] if row["area"] is not None}
    above = area_closure(tables["areas"], homes, down=False)
    out["areas"] = [row for row in tables["areas"] if row["area"] in above]
    out["outbreaks"] = tables["outbreaks"]
    return _records(records, out), None if cases is None else tuple(sorted(focus))


def _records(whole: Records, tables: dict[str, list[Row]]) -> Records:
    return Records(
        {name: normalise_table(name, pd.DataFrame(tables[name], columns=list(whole[name].columns))) for name in TABLES},
        whole.zone,
    )
