"""The people listed, as columns for the page's table: masked, and small enough for a hundred thousand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow.compute as pc

from tracing.model.rows import arrow_texts
from tracing.policy.words import F1_CLASSES
from tracing.report.facts import PageFacts
from tracing.spelling import without_person
from tracing.text import catalogue, say_day, say_meeting
from tracing.tiers.tiers import Tiers
from tracing.times import EVER, NEVER, local

Ints = npt.NDArray[np.int64]

_, _n = catalogue("tracing")

_KINDS: Final = {
    "free": _("no record"),
    "centre": _("in a centre"),
    "home": _("at home"),
    "hospital": _("in hospital"),
    "zone": _("in a closed zone"),
    "some": _("isolated"),
}
_KIND: Final = {kind: number for number, kind in enumerate(_KINDS)}
_SOME: Final = len(_KINDS) - 1
_NEAR: Final = -1


def people_columns(facts: PageFacts) -> dict[str, Any]:
    """Return the people as columns with dictionaries for what repeats.

    One entry per person, whom to act on first: F1 to isolate, cases without an isolation on record, the others by tier,
    isolated cases; the latest exposure first within each. ``id``; ``tier`` (3 and deeper as they are; co-present people
    are -1); ``act`` (how many stand before the others because something is to be
    done); ``sure`` (0 or 1); ``born`` (0 where not known); ``area`` (number in ``areas``, -1 unknown); ``last`` (number
    in ``days``, -1 unknown) and ``last_by`` (row of the person met then, -1); ``parent`` (row of the person through
    whom, -1), ``met`` (number in ``times``), ``place`` (number in ``places``), ``clause``; ``early`` (the same four by
    row, where the earliest possible exposure is another than the certain one); ``iso`` (number in ``kinds``); ``code``
    (case codes by row); ``told`` (from which lists the facts come, by row, where several tell them); ``cls`` (number
    in ``classes``, -1 none) where the rule has classes of F1; with ``show_names`` ``name``, and without masking
    ``unit``.
    """
    table, act = _rows(facts)
    ids = [str(person) for person in table["person"]]
    row_of = {person: row for row, person in enumerate(ids)}
    persons = facts.tiers.graph.records.persons.set_index("person").reindex(table["person"])
    communes = facts.commune.reindex(pd.Index(ids)).tolist()
    name_of = {code: None if pd.isna(code) else facts.area_name(str(code)) for code in set(communes)}
    areas = _Dictionary()
    days = _Dictionary()
    year = _several_years(facts)
    out: dict[str, Any] = {
        "id": ids,
        "act": act,
        "tier": table["tier_possible"].astype("int64").tolist(),
        "sure": (table["tier_certain"] == table["tier_possible"]).fillna(False).astype(int).tolist(),
        "born": persons["birth_year"].fillna(0).astype("int64").tolist(),
        "area": [areas.number(name_of[code]) for code in communes],
        "last": [days.number(_day(at, facts, year=year)) for at in table["last_exposure"].tolist()],
        "iso": [_KIND.get(facts.isolated[p], _SOME) if p in facts.isolated else 0 for p in ids],
        "code": {str(row): facts.case_codes[p] for p, row in row_of.items() if facts.case_codes.get(p, p) != p},
        "told": {str(row): facts.told[p] for p, row in row_of.items() if p in facts.told},
    }
    out |= _parents(facts, row_of)
    if facts.tiers.policy.has_classes:
        classes = _Dictionary()
        told = [None if pd.isna(c) else facts.say(F1_CLASSES[c]) for c in table["f1_class"]]
        out["cls"], out["classes"] = [classes.number(words) for words in told], classes.values
    if facts.show_names:
        out["name"] = ["" if pd.isna(name) else str(name) for name in persons["name"].tolist()]
    if not facts.masked:
        units = _Dictionary()
        names = [None if pd.isna(a) else facts.area_name(str(a)) for a in persons["area"].tolist()]
        out["unit"], out["units"] = [units.number(name) for name in names], units.values
    out["kinds"] = [facts.say(kind) for kind in _KINDS.values()]
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


def _rows(facts: PageFacts) -> tuple[pd.DataFrame, int]:
    """Return who is listed, whom to act on first, and how many those are; the co-present last."""
    table = facts.tiers.table
    ids = table["person"].tolist()
    free = np.array([person not in facts.isolated for person in ids], dtype=bool)
    due = np.array([person in facts.due or person in facts.unruled for person in ids], dtype=bool)
    group = pd.Series(2, index=table.index).mask(table["case"], 3).mask(table["case"] & free, 1)
    group = group.mask(due, 0)
    table = table.assign(group=group).sort_values(
        ["group", "tier_possible", "last_exposure", "person"],
        ascending=[True, True, False, True],
        kind="stable",
        na_position="last",
    )
    parts = [table]
    others = facts.tiers.co_present[["person"]].drop_duplicates()
    listed = set(ids)
    others = others[[person not in listed for person in others["person"].tolist()]]
    parts.append(others.assign(tier_possible=pd.array([_NEAR] * len(others), dtype="Int64")))
    rows = pd.concat([part for part in parts if len(part)] or [table], ignore_index=True)
    return rows, int((group < 2).sum())


def _day(at: Any, facts: PageFacts, *, year: bool) -> str | None:
    if pd.isna(at) or abs(int(at)) >= EVER // 2:
        return None
    return say_day(int(at), facts.lang, facts.zone_name, year=year)


def _several_years(facts: PageFacts) -> bool:
    """Tell whether exposures lie in more than one year, so that days need it."""
    known = facts.tiers.table["last_exposure"].dropna()
    known = known[known.abs() < EVER // 2]
    if known.empty:
        return False
    return local(int(known.min()), facts.zone_name).year != local(int(known.max()), facts.zone_name).year


def _parents(facts: PageFacts, row_of: dict[str, int]) -> dict[str, Any]:
    """Return through whom each person is listed: the certain exposure where there is one, the earliest first."""
    tiers = facts.tiers
    rows, numbers = tiers.parents, tiers.exposures
    early, sure, last = _chosen(tiers)
    contact = arrow_texts(rows["contact"])
    other = early[pc.not_equal(contact.take(early), contact.take(sure)).to_numpy(zero_copy_only=False)]
    told = np.concatenate([sure, other, last])
    row_at = np.full(len(tiers.graph.columns.people), -1, dtype=np.int64)
    row_at[tiers.graph.positions(list(row_of))] = list(row_of.values())
    person, parent = (row_at[numbers[side].to_numpy(dtype=np.int64)[told]] for side in ("target", "source"))
    meetings = _Meetings(facts, rows.iloc[told])
    met = np.column_stack([parent, meetings.met, meetings.place, meetings.clause])
    firsts, others, lasts = np.split(np.arange(len(told)), np.cumsum([len(sure), len(other)]))
    table = np.full((len(row_of), len(_MEETING)), -1, dtype=np.int64)
    table[person[firsts]] = met[firsts]
    last_by = np.full(len(row_of), -1, dtype=np.int64)
    last_by[person[lasts]] = parent[lasts]
    out: dict[str, Any] = dict(zip(_MEETING, table.T.tolist(), strict=True))
    out["early"] = dict(zip(map(str, person[others].tolist()), met[others].tolist(), strict=True))
    out["last_by"] = last_by.tolist()
    return {**out, "times": meetings.times.values, "places": meetings.places.values, "clauses": meetings.clauses.values}


def _chosen(tiers: Tiers) -> tuple[Ints, Ints, Ints]:
    """Return for everybody listed through somebody three rows of ``tiers.parents``: earliest, certain, last.

    A case's are those of its exposures as a contact. Certain: the earliest that is, else the earliest of all; the last
    exposure, of several the one whose contact's id comes first.
    """
    rows, table = tiers.exposures, tiers.table
    person, tier, until = (rows[name].to_numpy(dtype=np.int64) for name in ("target", "tier", "until"))
    asked = np.full(len(tiers.graph.columns.people), -1, dtype=np.int64)
    own = table["tier_possible"].mask(table["case"], 1)
    asked[tiers.graph.positions(table["person"])] = own.to_numpy(dtype=np.int64, na_value=-1)
    at = np.flatnonzero(tier == asked[person])
    of, first = np.unique(person[at], return_index=True)
    early, sure = at[first], at[first].copy()
    certain = at[(rows["reading"] == "certain").to_numpy(dtype=bool)[at]]
    surely, first_sure = np.unique(person[certain], return_index=True)
    sure[np.searchsorted(of, surely)] = certain[first_sure]
    latest = np.full(len(asked), NEVER, dtype=np.int64)
    np.maximum.at(latest, person[at], until[at])
    late = at[until[at] == latest[person[at]]]
    rank = np.asarray(pc.rank(arrow_texts(tiers.parents["contact"]).take(late), tiebreaker="dense"))
    late = late[np.lexsort((late, rank, person[late]))]
    return early, sure, late[np.unique(person[late], return_index=True)[1]]


_MEETING: Final = ("parent", "met", "place", "clause")


class _Meetings:
    """When, where and by which clause people met, as numbers of texts, -1 where not known; shape (rows,)."""

    def __init__(self, facts: PageFacts, rows: pd.DataFrame) -> None:
        self.times, self.places, self.clauses = _Dictionary(), _Dictionary(), _Dictionary()
        names = facts.tiers.graph.records.places.dropna(subset="name").set_index("place")["name"].to_dict()

        def when(at: int) -> str:
            return say_meeting(int(start[at]), int(end[at]), facts.lang, facts.zone_name)

        def where(place: str) -> str:
            name = str(names.get(place, place))
            return name if facts.show_names else without_person(name)

        start, end = (rows[side].to_numpy(dtype=np.int64) for side in ("start", "end"))
        begins, ends = pd.factorize(start)[0], pd.factorize(end)[0]
        spans = pd.factorize(begins * np.int64(len(rows)) + ends)[0]
        first = np.unique(spans, return_index=True)[1]
        self.met = np.array([self.times.number(when(at)) for at in first.tolist()], dtype=np.int64)[spans]
        self.place = self._numbers(rows["place"], lambda place: self.places.number(where(place)))
        self.clause = self._numbers(rows["clause"], self.clauses.number)

    @staticmethod
    def _numbers(texts: pd.Series, number: Callable[[str], int]) -> Ints:
        codes, distinct = pd.factorize(texts)
        return np.array([*map(number, distinct.tolist()), -1], dtype=np.int64)[codes]
