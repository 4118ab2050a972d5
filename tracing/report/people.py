"""The people listed, as columns for the page's table: masked, and small enough for a hundred thousand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from tracing.report.facts import Facts
from tracing.text import say_day, say_span
from tracing.times import EVER, local

_KINDS: Final = ("free", "centre", "home", "hospital", "zone", "some")


def people_columns(facts: Facts) -> dict[str, Any]:
    """Return the people as columns with dictionaries for what repeats.

    One entry per person, the nearest tier first, the latest exposure first within it. ``id``; ``tier`` (3 and deeper
    as they are; co-present people are -1); ``sure`` (0 or 1); ``born`` (0 where not known); ``area`` (number in
    ``areas``, -1 unknown); ``last`` (number in ``days``, -1 unknown); ``parent`` (row of the person through whom, -1),
    ``met`` (number in ``times``), ``place`` (number in ``places``); ``iso`` (number in ``kinds``); ``code`` (case codes
    by row); with ``show_names`` ``name``, and without masking ``unit``.
    """
    table = _rows(facts)
    ids = [str(person) for person in table["person"]]
    row_of = {person: row for row, person in enumerate(ids)}
    persons = facts.tiers.graph.records.persons.set_index("person").reindex(table["person"])
    communes = facts.commune.reindex(pd.Index(ids)).tolist()
    areas = _Dictionary()
    days = _Dictionary()
    year = _several_years(facts)
    out: dict[str, Any] = {
        "id": ids,
        "tier": [int(t) for t in table["tier_possible"].fillna(-1)],
        "sure": (table["tier_certain"] == table["tier_possible"]).fillna(False).astype(int).tolist(),
        "born": [int(year) for year in persons["birth_year"].fillna(0)],
        "area": [areas.number(None if pd.isna(c) else facts.area_name(str(c))) for c in communes],
        "last": [days.number(_day(at, facts, year=year)) for at in table["last_exposure"].tolist()],
        "iso": [_kind(facts, person) for person in ids],
        "code": {str(row): facts.case_codes[p] for p, row in row_of.items() if facts.case_codes.get(p, p) != p},
    }
    out |= _parents(facts, ids, row_of)
    if facts.show_names:
        out["name"] = ["" if pd.isna(name) else str(name) for name in persons["name"].tolist()]
    if not facts.masked:
        units = _Dictionary()
        names = [None if pd.isna(a) else facts.area_names.get(str(a), str(a)) for a in persons["area"].tolist()]
        out["unit"], out["units"] = [units.number(name) for name in names], units.values
    out["kinds"] = [facts.words(f"p.{kind}") for kind in _KINDS]
    return out | {"areas": areas.values, "days": days.values}


class _Dictionary:
    """Numbers for texts in the order in which they come."""

    def __init__(self) -> None:
        self.values: list[str] = []
        self._known: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        if text is None:
            return -1
        if text not in self._known:
            self._known[text] = len(self.values)
            self.values.append(text)
        return self._known[text]


def _rows(facts: Facts) -> pd.DataFrame:
    table = facts.tiers.table.sort_values(
        ["tier_possible", "last_exposure", "person"], ascending=[True, False, True], kind="stable", na_position="last"
    )
    near = facts.tiers.co_present[["person"]].drop_duplicates()
    near = near[~near["person"].isin(set(table["person"]))]
    return pd.concat([table, near], ignore_index=True) if len(near) else table.reset_index(drop=True)


def _day(at: Any, facts: Facts, *, year: bool) -> str | None:
    if pd.isna(at) or abs(int(at)) >= EVER // 2:
        return None
    return say_day(int(at), facts.lang, facts.zone_name, year=year)


def _several_years(facts: Facts) -> bool:
    """Tell whether exposures lie in more than one year, so that days need it."""
    known = facts.tiers.table["last_exposure"].dropna()
    known = known[known.abs() < EVER // 2]
    if known.empty:
        return False
    return local(int(known.min()), facts.zone_name).year != local(int(known.max()), facts.zone_name).year


def _kind(facts: Facts, person: str) -> int:
    kind = facts.isolated.get(person)
    if kind is None:
        return 0
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS) - 1


def _parents(facts: Facts, ids: Sequence[str], row_of: dict[str, int]) -> dict[str, Any]:
    """Return through whom each person is listed: the certain exposure where there is one, the earliest first."""
    rows = facts.tiers.parents
    tier = dict(zip(facts.tiers.table["person"], facts.tiers.table["tier_possible"], strict=True))
    own = rows[rows["tier"].to_numpy(dtype=object) == rows["person"].map(tier).to_numpy(dtype=object)]
    case = set(facts.tiers.table.loc[facts.tiers.table["case"], "person"])
    own = pd.concat([own, rows[rows["person"].isin(case) & (rows["tier"] == 1)]])
    own = own.assign(unsure=own["reading"] != "certain")
    own = own.sort_values(["person", "unsure", "exposure", "contact"], kind="stable").drop_duplicates("person")
    times, places, clauses = _Dictionary(), _Dictionary(), _Dictionary()
    names = facts.tiers.graph.records.places.dropna(subset="name").set_index("place")["name"].to_dict()
    out: dict[str, list[int]] = {name: [-1] * len(ids) for name in ("parent", "met", "place", "clause")}
    spans: dict[tuple[int, int], int] = {}
    columns = [own[c].tolist() for c in ("person", "parent", "start", "end", "place", "clause")]
    for person, parent, start, end, place, clause in zip(*columns, strict=True):
        row = row_of[person]
        out["parent"][row] = row_of.get(parent, -1)
        if (start, end) not in spans:
            spans[start, end] = times.number(say_span(start, end, facts.lang, facts.zone_name))
        out["met"][row] = spans[start, end]
        out["place"][row] = places.number(None if pd.isna(place) else str(names.get(place, place)))
        out["clause"][row] = clauses.number(None if pd.isna(clause) else str(clause))
    return {**out, "times": times.values, "places": places.values, "clauses": clauses.values}
