"""Every ready query on a real server, against the answer worked out from the embedded store with pandas and loops."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
import pytest
from query_answers import (
    FIRST,
    GROUPS,
    LAST,
    Rows,
    World,
    all_shared,
    at_level,
    below,
    brute_path,
    clusters_of,
    crossings,
    meetings,
    members,
    met,
    rows_of,
    shared_stays,
    shown,
    sides,
    spans,
    stays,
)

from graph.neo4j.queries import list_queries
from tracing.times import DAY, parse_iso

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
SINCE, UNTIL = parse_iso("2021-07-01")[0], parse_iso("2021-07-14")[1]
PERIOD = {"since": "2021-07-01", "until": "2021-07-14"}


def test_every_query_is_documented_and_tested() -> None:
    names = [query.name for query in list_queries()]
    assert len(names) >= 20
    for query in list_queries():
        assert query.title.say("vi") != query.title.say("en")
        for parameter in query.parameters:
            assert parameter.means.say("vi") != parameter.means.say("en") and parameter.example is not None
            assert f"${parameter.name}" in query.text
        assert f"test_{query.name.replace('-', '_')}" in globals(), query.name


def test_chain_forward(world: World, backward: bool = False) -> None:
    walks = world.chains.walks
    table = world.chains.table.set_index("id")
    for case in world.cases:
        found = world.ask("chain-backward" if backward else "chain-forward", case=case)
        reached = walks.backward(case) if backward else walks.forward(case)
        assert {r["person"]: r["depth"] for r in found} == {p: r.steps for p, r in reached.items() if r.steps}
        for row in found:
            of = table.loc[row["person"]]
            assert row["date"] == shown(of["date"], of["date_to"])
            assert row["sources"] == list(of["sources"])
        dates = [table.loc[r["person"], "date"] for r in found]
        assert dates == sorted(dates)


def test_chain_backward(world: World) -> None:
    test_chain_forward(world, backward=True)


@pytest.mark.parametrize("place", ["PL-00006", "PL-00012", "ROOM-1"])
def test_people_at_place(world: World, place: str) -> None:
    since, until = "2021-07-02T12:00", "2021-07-10T18:00" if place == "ROOM-1" else "2021-07-04T18:00"
    low, high = parse_iso(since)[0], parse_iso(until)[1]
    wanted = {
        ("visit", r["visit"], r["person"])
        for r in stays(world)
        if r["place"] == place and r["start"] < high and r["until"] > low
    } | {
        ("contact", r["contact"], person)
        for r in rows_of(world.records.contacts)
        if r["place"] == place and spans(r, low, high)
        for person in sides(r)
    }
    found = world.ask("people-at-place", place=place, since=since, until=until)
    assert {(r["basis"], r["record"], r["person"]) for r in found} == wanted and len(found) == len(wanted) > 3
    assert {r["person"] for r in found if r["case"]} == {p for _, _, p in wanted} & set(world.cases)
    days = [r["start"][:10] if r["start"] else "undated" for r in found]
    assert days == sorted(days)
    assumed = {r["visit"]: r["until"] for r in stays(world) if r["assumed"]}
    for row in found:
        if row["basis"] == "visit":
            assert row["end_assumed"] is (row["record"] in assumed)
            assert not row["end_assumed"] or row["end"] == shown(assumed[row["record"]])


def test_shared_contacts(world: World) -> None:
    seen = 0
    for one, other in zip(world.cases, world.cases[1:], strict=False):
        a, b = meetings(world, one, SINCE, UNTIL), meetings(world, other, SINCE, UNTIL)
        found = world.ask("shared-contacts", case_a=one, case_b=other, **PERIOD)
        wanted = {p: (len(a[p]), len(b[p])) for p in set(a) & set(b) - {one, other}}
        assert {r["person"]: (r["contacts_a"], r["contacts_b"]) for r in found} == wanted
        for row in found:
            for name, theirs in (("first_a", a), ("first_b", b)):
                times = [at for at in theirs[row["person"]] if at[0] is not None]
                assert row[name] == (shown(*min(times)) if times else None)
        seen += len(found)
    assert seen


@pytest.mark.parametrize(("tier", "level"), [(1, "group"), (2, "commune")])
def test_tier_by_area(world: World, tier: int, level: str) -> None:
    own = members(world, tier)
    where = pd.Series([at_level(world.records, area, level) for area in own["area"]])
    sure = (own["tier_certain"] == tier).fillna(False).to_numpy()
    wanted = {
        area: (int(sure[(where == area).to_numpy()].sum()), int((where == area).sum())) for area in where.unique()
    }
    found = world.ask("tier-by-area", tier=tier, level=level)
    assert {r["area"]: (r["certain"], r["certain"] + r["possible"]) for r in found} == wanted


def test_spreading_events(world: World) -> None:
    groups = defaultdict(list)
    for row in rows_of(world.tiers.parents):
        if row["tier"] == 1 and row["place"] is not None and abs(row["exposure"]) < 1 << 59:
            groups[row["place"], shown(row["exposure"])[:10]].append(row)
    wanted = {}
    for key, rows in groups.items():
        people = {r["person"] for r in rows}
        if len(people) >= 2:
            wanted[key] = (len(people & set(world.cases)), len(people), len({r["parent"] for r in rows}))
    found = world.ask("spreading-events", minimum=2, limit=1000)
    figures = ("became_cases", "exposed", "spreaders")
    assert {(r["place"], r["day"]): tuple(r[name] for name in figures) for r in found} == wanted
    order = [(-r["became_cases"], -r["exposed"], r["place"], r["day"]) for r in found]
    assert order == sorted(order) and found
    assert world.ask("spreading-events", minimum=2, limit=3) == found[:3]


def test_cases_without_source(world: World) -> None:
    linked = set(world.records.links["target"])
    wanted = {r["person"] for r in rows_of(world.records.cases) if r["person"] not in linked and not r["source_known"]}
    assert {r["person"] for r in world.ask("cases-without-source")} == wanted != set()


@pytest.mark.parametrize("target", ["P-000300", "P-000015", "P-000201"])
def test_path_in_time(world: World, target: str) -> None:
    since, until = "2021-07-03", "2021-07-20"
    wanted = brute_path(world, "P-000049", target, parse_iso(since)[0], parse_iso(until)[1])
    found = world.ask("path-in-time", source="P-000049", target=target, since=since, until=until)
    assert (
        wanted is not None
        and found[-1]["person"] == target
        and found[-1]["at"] == shown(wanted[0])
        and len(found) == wanted[1]
    )
    contacts = {r["contact"]: set(sides(r)) for r in rows_of(world.records.contacts)}
    visitor = {r["visit"]: r["person"] for r in stays(world)}
    here = "P-000049"
    for row in found:
        both = contacts.get(row["contact"]) or {visitor[one] for one in row["contact"].split("~")}
        assert both == {here, row["person"]}
        here = row["person"]
    assert [r["at"] for r in found] == sorted(r["at"] for r in found)


@pytest.mark.parametrize("area", [GROUPS[0], "32008-01-02-09", "32008"])
def test_crossed_from_area(world: World, area: str) -> None:
    inside = below(world.records, {area})
    people = {r["person"] for r in rows_of(world.records.persons) if r["area"] in inside}
    wanted = crossings(world, {area}, people, parse_iso("2021-07-10")[0])
    found = world.ask("crossed-from-area", area=area, since="2021-07-10")
    assert {(r["basis"], r["record"], r["person"]) for r in found} == wanted and len(found) == len(wanted)
    assert bool(wanted) is (area != "32008")


@pytest.mark.parametrize("step", [None, 1])
def test_crossed_from_zone(world: World, step: int | None) -> None:
    core = set(world.zones.core(step))
    inside = below(world.records, core)
    people = {r["person"] for r in rows_of(world.records.persons) if r["area"] in inside}
    wanted = crossings(world, core, people, parse_iso("2021-07-10")[0])
    found = world.ask("crossed-from-zone", since="2021-07-10", **({} if step is None else {"step": step}))
    assert {(r["basis"], r["record"], r["person"]) for r in found} == wanted != set()


def test_cases_isolated_late(world: World) -> None:
    other = world.records.isolations.groupby("person")["start"].min()
    wanted = {}
    for row in rows_of(world.records.cases):
        began = next((row[n] for n in ("onset", "sample", "confirmed") if row[n] is not None), None)
        ends = [v for v in (row["isolated"], other.get(row["person"])) if v is not None]
        if began is not None and (not ends or min(ends) - began > 2.5 * DAY):
            wanted[row["person"]] = round((min(ends) - began) / DAY, 2) if ends else None
    found = world.ask("cases-isolated-late", days=2.5)
    assert {r["person"]: r["days_late"] for r in found} == wanted != {}
    cases = world.records.cases.set_index("person")
    for row in found:  # a day on record is shown as a day, not as its midnight
        name = next(n for n in ("onset", "sample", "confirmed") if not pd.isna(cases.loc[row["person"], n]))
        assert row["began"] == shown(*(int(cases.loc[row["person"], n]) for n in (name, f"{name}_to")))
    assert any(len(row["began"]) == 10 for row in found)


def test_f1_not_isolated(world: World) -> None:
    isolated = set(world.records.isolations["person"])
    wanted = set(members(world, 1).index) - isolated
    assert {r["person"] for r in world.ask("f1-not-isolated")} == wanted != set()
    assert world.ask("f1-not-isolated", run=world.run) == world.ask("f1-not-isolated")


def test_f1_not_tested(world: World) -> None:
    own = members(world, 1)
    last = world.records.tests.groupby("person")["sample_to"].max()
    wanted = {p for p in own.index if not (p in last.index and last[p] >= own.loc[p, "first_exposure"])}
    found = world.ask("f1-not-tested")
    assert {r["person"] for r in found} == wanted != set()
    assert {r["person"]: r["born"] for r in found} == {
        p: None if pd.isna(own.loc[p, "birth_year"]) else own.loc[p, "birth_year"] for p in wanted
    }


@pytest.mark.parametrize("person", ["P-000049", "P-000366", "P-000218", "P-000315"])
def test_met_on_day(world: World, person: str) -> None:
    day = "2021-07-19" if person == "P-000315" else "2021-07-01"
    low, high = parse_iso(day)
    wanted = {
        ("contact", row["contact"], other)
        for other, rows in met(world, person, low, high).items()
        for row in rows
        if row["start"] is not None
    }
    wanted |= {
        ("visit", visit, other)
        for other, shared in shared_stays(world, person, low, high).items()
        for _, _, visit in shared
    }
    found = world.ask("met-on-day", person=person, since=day, until=day)
    assert {(r["basis"], r["record"], r["person"]) for r in found} == wanted != set()


def test_household_contacts(world: World) -> None:
    persons = world.records.persons.set_index("person")["household"]
    wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case in world.cases:
        for person in persons.index[(persons == persons[case]).fillna(False)]:
            wanted[case, person].add("household")
        wanted.pop((case, case), None)
    for row in rows_of(world.records.contacts):
        for here, there in (sides(row), sides(row)[::-1]):
            if row["kind"] == "household" and here in world.cases:
                wanted[here, there].add("contact")
    found = world.ask("household-contacts")
    assert {(r["f0"], r["person"]): r["basis"] for r in found} == {k: sorted(v) for k, v in wanted.items()}
    one = world.ask("household-contacts", case=world.cases[0])
    assert one == [r for r in found if r["f0"] == world.cases[0]]


def test_places_of_several_cases(world: World) -> None:
    by_place: dict[str, Rows] = defaultdict(list)
    for row in stays(world, rooms=False):
        if row["person"] in world.cases:
            by_place[row["place"]].append(row)
    wanted = {}
    for place, rows in by_place.items():
        near = [
            a
            for a in rows
            if any(
                a["person"] != b["person"]
                and b["start"] - a["until"] <= 0.25 * DAY
                and a["start"] - b["until"] <= 0.25 * DAY
                for b in rows
            )
        ]
        if len({a["person"] for a in near}) >= 2:
            wanted[place] = (len({a["person"] for a in near}), len(near))
    found = world.ask("places-of-several-cases", days=0.25)
    assert {r["place"]: (r["cases"], r["visits"]) for r in found} == wanted != {}


@pytest.mark.parametrize("vehicle", ["PL-00014", "PL-00015"])
def test_people_aboard(world: World, vehicle: str) -> None:
    wanted = {
        ("visit", r["visit"], r["person"], r["seat_row"])
        for r in rows_of(world.records.visits)
        if r["place"] == vehicle
    } | {
        ("arrival", r["arrival"], r["person"], r["seat_row"])
        for r in rows_of(world.records.arrivals)
        if r["vehicle"] == vehicle
    }
    found = world.ask("people-aboard", vehicle=vehicle)
    assert {(r["basis"], r["record"], r["person"], r["seat_row"]) for r in found} == wanted != set()


@pytest.mark.parametrize("level", ["group", "commune"])
def test_bridges_between_areas(world: World, level: str) -> None:
    home = dict(zip(world.records.persons["person"], world.records.persons["area"], strict=True))
    where = {p: at_level(world.records, area, level) for p, area in home.items()}
    contacts: dict[tuple[str, ...], int] = defaultdict(int)
    pairs = defaultdict(set)
    for row in rows_of(world.records.contacts):
        ends = tuple(sorted(str(where[p]) for p in sides(row)))
        if row["start"] is not None and spans(row, SINCE, UNTIL) and ends[0] != ends[1]:
            contacts[ends] += 1
            pairs[ends].add(sides(row))
    found = world.ask("bridges-between-areas", level=level, **PERIOD)
    assert {(r["area"], r["other_area"]): (r["contacts"], r["pairs"]) for r in found} == {
        ends: (n, len(pairs[ends])) for ends, n in contacts.items()
    }
    assert bool(found) is (level == "group")


def test_met_most_cases(world: World) -> None:
    cases = defaultdict(set)
    for case in world.cases:
        for there in set(meetings(world, case, FIRST, LAST)) - set(world.cases):
            cases[there].add(case)
    found = world.ask("met-most-cases", minimum=2, limit=1000)
    assert {r["person"]: r["cases"] for r in found} == {p: len(c) for p, c in cases.items() if len(c) >= 2} != {}


def test_minutes_with_cases(world: World) -> None:
    minutes: dict[str, float] = defaultdict(float)
    for row in rows_of(world.records.contacts):
        exact = row["start_to"] == row["start"] and row["end"] is not None and row["end_to"] == row["end"]
        lasted = row["minutes"] if row["minutes"] is not None else (row["end"] - row["start"]) // 60 if exact else 0
        for here, there in (sides(row), sides(row)[::-1]):
            if here in world.cases and there not in world.cases:
                minutes[there] += lasted
    for here, there, low, high in all_shared(world, rooms=False):
        if here in world.cases and there not in world.cases:
            minutes[there] += (high - low) // 60
    found = world.ask("minutes-with-cases", minimum=15, limit=1000)
    assert {r["person"]: r["minutes"] for r in found} == {p: int(n) for p, n in minutes.items() if int(n) >= 15} != {}
    assert [r["minutes"] for r in found] == sorted((r["minutes"] for r in found), reverse=True)


def test_places_by_share_of_cases(world: World) -> None:
    here: dict[str, Rows] = defaultdict(list)
    for row in stays(world, rooms=False):
        if row["start"] < UNTIL and row["until"] > SINCE:
            here[row["place"]].append(row)
    wanted = {}
    for place, rows in here.items():
        sick = [r for r in rows if r["person"] in world.cases]
        if len({r["person"] for r in sick}) >= 2:
            wanted[place] = (len({r["person"] for r in sick}), len(sick), len(rows), round(len(sick) / len(rows), 3))
    found = world.ask("places-by-share-of-cases", limit=1000, **PERIOD)
    figures = ("cases", "visits_of_cases", "visits", "share")
    assert {r["place"]: tuple(r[name] for name in figures) for r in found} == wanted != {}


def test_positives_among_f1(world: World) -> None:
    first: dict[str, int] = {}
    for row in rows_of(world.tiers.parents):
        if row["tier"] == 1:
            first[row["person"]] = min(row["exposure"], first.get(row["person"], row["exposure"]))
    wanted = {
        r["test"]
        for r in rows_of(world.records.tests)
        if r["result"] == "positive" and r["person"] in first and r["sample_to"] >= first[r["person"]]
    }
    found = world.ask("positives-among-f1")
    assert {r["record"] for r in found} == wanted != set()
    assert {r["person"] for r in found if r["case"]} == {r["person"] for r in found} & set(world.cases)


def test_arrivals_from(world: World) -> None:
    wanted = {r["arrival"]: r for r in rows_of(world.records.arrivals) if "Hồ Chí Minh" in (r["origin"] or "")}
    assert (
        {r["person"] for r in world.ask("arrivals-from", origin="hồ chí minh")}
        == {r["person"] for r in wanted.values()}
        != set()
    )
    assert world.ask("arrivals-from", origin="hồ chí minh", until="2020-12-31") == []


def test_clusters(world: World) -> None:
    cluster = clusters_of(world)
    table = world.chains.table.set_index("id")
    latest = table["date"].max()
    unknown, wanted = {r["person"] for r in world.ask("cases-without-source")}, []
    for one in sorted(set(cluster.values())):
        own = [case for case in world.cases if cluster[case] == one]
        days = [shown(*table.loc[case, ["date", "date_to"]]) for case in own]
        recent = int((table.loc[own, "date"] > latest - 7 * DAY).sum())
        wanted.append((recent, len(own), len(unknown & set(own)), min(days), max(days)))
    found = world.ask("clusters", minimum=1, limit=1000)
    told = [(r["recent"], r["cases"], r["without_source"], r["first"], r["last"]) for r in found]
    assert sorted(told) == sorted(wanted)
    assert told == sorted(told, key=lambda r: r[:3], reverse=True) and any(r["cases"] > 1 for r in found)


def test_undated_contacts(world: World) -> None:
    wanted = {r["contact"] for r in rows_of(world.records.contacts) if r["start"] is None and r["end"] is None}
    found = world.ask("undated-contacts")
    many = [len(r["cases"]) for r in found]
    assert {r["contact"] for r in found} == wanted != set() and many == sorted(many, reverse=True)
