"""A small province in both stores, and what the ready queries should find in it, worked out with plain loops."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations
from typing import Any, NamedTuple

import pandas as pd

from graph import Store
from graph.neo4j.queries import ask_query, find_query
from graph.neo4j.store import Neo4jStore
from loaders.invented.province import generate_province
from tracing.chains.chains import Chains
from tracing.model.records import Records
from tracing.tiers.colocation import read_visits
from tracing.tiers.tiers import Tiers
from tracing.times import format_iso
from tracing.zones.zones import Zones

Rows = list[dict[str, Any]]


_STAYS: dict[str, Rows] = {}
FIRST, LAST = -(1 << 62), 1 << 62
GROUPS = ("32008-01-01", "32008-01-02", "32008-01-03")


class World(NamedTuple):
    """The same province in both stores, and what was traced on it from the embedded one."""

    store: Neo4jStore
    embedded: Store
    records: Records
    tiers: Tiers
    chains: Chains
    zones: Zones
    run: str

    def ask(self, name: str, **values: Any) -> Rows:
        return ask_query(self.store, find_query(name), values).to_dicts()

    @property
    def cases(self) -> list[str]:
        return list(self.records.cases["person"])


def province() -> Records:
    """A small province whose places lie in its groups, with some contacts that nobody dated."""
    records = generate_province(people=400, seed=5).records
    tables = dict(records.tables)
    places = tables["places"].copy()
    known = places["area"].notna()
    places.loc[known, "area"] = [GROUPS[i % 3] for i in range(int(known.sum()))]
    contacts = tables["contacts"].copy()
    undated = contacts["kind"].eq("other") & (contacts.index % 40 == 0)
    for column in ("start", "start_to", "end", "end_to"):
        contacts.loc[undated, column] = pd.NA
    isolations = tables["isolations"].copy()
    shared = isolations.index[isolations["start"].notna()][:24]
    isolations.loc[shared, "place"] = "ROOM-1"
    isolations.loc[shared[::4], ["end", "end_to"]] = pd.NA
    places = pd.concat([places, pd.DataFrame([{"place": "ROOM-1", "name": "Room 1", "kind": "room"}])])
    return Records.build(tables | {"places": places, "contacts": contacts, "isolations": isolations})


def rows_of(frame: pd.DataFrame) -> Rows:
    plain = frame.astype(object).where(frame.notna(), None)
    return plain.to_dict("records")


def shown(at: Any, to: Any = None) -> str | None:
    return None if at is None or pd.isna(at) else format_iso(int(at), int(at if to is None or pd.isna(to) else to))


def spans(row: dict[str, Any], since: int, until: int) -> bool:
    """Whether a contact or visit can have been in the period."""
    low = since if row["start"] is None else row["start"]
    high = row["end_to"] if row["end_to"] is not None else row["start_to"]
    return low < until and ((until if high is None else high) > since or (row["start"] or -1) >= since)


def stays(world: World, *, rooms: bool = True) -> Rows:
    """The stays of the province as *tracing* takes them: with ``until``, assumed where nobody checked out.

    ``rooms``: those in rooms too that are known from isolations only.
    """
    if world.run not in _STAYS:
        times = read_visits(world.tiers.graph, world.tiers.policy)
        told = times.table.take(times.row).frame.assign(until=times.hi, assumed=times.end_assumed)
        _STAYS[world.run] = rows_of(told)
    visits = set(world.records.visits["visit"])
    return [row for row in _STAYS[world.run] if rooms or row["visit"] in visits]


def shared_stays(world: World, person: str, since: int, until: int) -> dict[str, list[tuple[int, int, str]]]:
    """By person met: from when, its end, and the visit of theirs, for stays that overlap in the period."""
    out = defaultdict(list)
    every = stays(world)
    for mine in (v for v in every if v["person"] == person):
        for row in every:
            low, high = max(mine["start"], row["start"]), min(mine["until"], row["until"])
            if (
                row["place"] == mine["place"]
                and row["person"] != person
                and low < high
                and low < until
                and high > since
            ):
                later = mine if mine["start"] >= row["start"] else row
                out[row["person"]].append((low, later["start_to"], row["visit"]))
    return out


def meetings(world: World, person: str, since: int, until: int) -> dict[str, list[tuple[int | None, int | None]]]:
    """By person met, on record or by a shared stay: when each of the meetings began, and its ``_to``."""
    out = defaultdict(list)
    for other, rows in met(world, person, since, until).items():
        out[other] += [(r["start"], r["start_to"]) for r in rows]
    for other, shared in shared_stays(world, person, since, until).items():
        out[other] += [(low, to) for low, to, _ in shared]
    return out


def sides(row: dict[str, Any]) -> tuple[str, str]:
    return row["person_a"], row["person_b"]


def met(world: World, person: str, since: int, until: int) -> dict[str, Rows]:
    out = defaultdict(list)
    for row in rows_of(world.records.contacts):
        if person in sides(row) and spans(row, since, until):
            out[next(p for p in sides(row) if p != person)].append(row)
    return out


def at_level(records: Records, area: Any, level: str) -> str | None:
    above = records.areas.set_index("area")
    while area is not None and not pd.isna(area) and area in above.index:
        if above.loc[area, "level"] == level:
            return str(area)
        area = above.loc[area, "parent"]
    return None


def members(world: World, tier: int) -> pd.DataFrame:
    table = world.tiers.table
    own = table[(table["tier_possible"] == tier).fillna(False)].set_index("person")
    return own.join(world.records.persons.set_index("person")[["area", "birth_year"]])


def brute_path(world: World, source: str, target: str, since: int, until: int) -> tuple[int, int] | None:
    """Earliest arrival over at most five contacts, and the fewest contacts that arrive then."""
    rows, shared = rows_of(world.records.contacts), all_shared(world)
    reached, best = {source: since}, None
    for n in range(1, 6):
        after: dict[str, int] = {}
        for here, there, low, high in shared:
            at = max(low, reached.get(here, until))
            if here in reached and at < min(high, until):
                after[there] = min(at, after.get(there, at))
        for row in rows:
            for here, there in (sides(row), sides(row)[::-1]):
                if here not in reached or not spans(row, reached[here], until):
                    continue
                at = max(reached[here], row["start"] if row["start"] is not None else reached[here])
                after[there] = min(at, after.get(there, at))
        reached = after
        if target in reached and (best is None or reached[target] < best[0]):
            best = (reached[target], n)
    return best


def all_shared(world: World, *, rooms: bool = True) -> list[tuple[str, str, int, int]]:
    """Every two people at one place at one time, both ways: from when until when."""
    at: dict[str, Rows] = defaultdict(list)
    for row in stays(world, rooms=rooms):
        at[row["place"]].append(row)
    out = []
    for rows in at.values():
        for one, two in permutations(rows, 2):
            low, high = max(one["start"], two["start"]), min(one["until"], two["until"])
            if low < high and one["person"] != two["person"]:
                out.append((one["person"], two["person"], low, high))
    return out


def below(records: Records, areas: set[str]) -> set[str]:
    found = set(areas)
    while True:
        more = set(records.areas.loc[records.areas["parent"].isin(found), "area"]) - found
        if not more:
            return found
        found |= more


def above(records: Records, areas: set[str]) -> set[str]:
    parent = dict(zip(records.areas["area"], records.areas["parent"], strict=True))
    found, edge = set(), set(areas)
    while edge := {parent.get(a) for a in edge} - {None, pd.NA} - found:
        found |= edge
    return found


def crossings(world: World, areas: set[str], people: set[str], since: int) -> set[tuple[str, str, str]]:
    outside = below(world.records, areas) | above(world.records, areas)
    place = {r["place"] for r in rows_of(world.records.places) if r["area"] and r["area"] not in outside}
    visits = {
        ("visit", r["visit"], r["person"])
        for r in stays(world, rooms=False)
        if r["person"] in people and r["until"] > since and r["place"] in place
    }
    return visits | {
        ("contact", r["contact"], person)
        for r in rows_of(world.records.contacts)
        if (r["start"] is not None or r["end"] is not None) and spans(r, since, LAST) and r["place"] in place
        for person in sides(r)
        if person in people
    }


def clusters_of(world: World) -> dict[str, str]:
    """The least case of those that each case is tied to by declared links."""
    cluster = {case: case for case in world.cases}
    for _round in cluster:
        for row in rows_of(world.records.links):
            ends = [end for end in (row["source"], row["target"]) if end in cluster]
            cluster |= dict.fromkeys(ends, min(cluster[end] for end in ends))
    return cluster
