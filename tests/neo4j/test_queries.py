"""Every ready query on a real server, against the answer worked out from the embedded store with pandas and loops."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import neo4j
import networkx as nx
import pandas as pd
import pytest
from query_answers import (
    GROUPS,
    Rows,
    World,
    at_level,
    below,
    brute_path,
    crossings,
    members,
    met,
    province,
    rows_of,
    shown,
    sides,
    spans,
)

from cli.language import speak
from cli.main import run as truyvet
from cli.shown import shown_instant
from cli.use_cases.answers import COLUMNS, OF_A_FEW
from cli.use_cases.people import People
from cli.use_cases.tiers import run_of
from graph import open_store
from graph.neo4j.queries import find_query, list_queries
from graph.neo4j.results import write_results
from graph.neo4j.store import Neo4jStore
from tracing.chains.chains import trace_chains
from tracing.errors import NothingFound, UsageError
from tracing.model.places import KIND_WORDS
from tracing.model.schema import CONTACT_KINDS, FOUND_IN
from tracing.policy.shipped import load_policy
from tracing.text import Text
from tracing.tiers.tiers import trace_tiers
from tracing.times import DAY, local, parse_iso
from tracing.zones.zones import suggest_zones

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
SINCE, UNTIL = parse_iso("2021-07-01")[0], parse_iso("2021-07-14")[1]
PERIOD = {"since": "2021-07-01", "until": "2021-07-14"}


@pytest.fixture(scope="module")
def world(neo4j_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    neo4j_server.empty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TRUYVET_NEO4J_USER", neo4j_server.user)
        patch.setenv("TRUYVET_NEO4J_PASSWORD", neo4j_server.password)
        with (
            open_store(neo4j_server.uri) as store,
            open_store(tmp_path_factory.mktemp("embedded") / "truyvet.duckdb") as embedded,
        ):
            assert isinstance(store, Neo4jStore)
            for each in (store, embedded):
                each.write(province())
            graph = embedded.slice()
            tiers = trace_tiers(graph, policy=load_policy("vn-3638"))
            chains, zones = trace_chains(graph, tiers=tiers), suggest_zones(tiers)
            kept = run_of(tiers)
            assert write_results(store, kept, tiers=tiers)
            assert write_results(store, run_of(tiers, command="zones"), zones=zones)
            yield World(store, embedded, graph.records, tiers, chains, zones, kept.id)


# Every query has its test below; this one makes sure of it.
def test_every_query_is_documented_and_tested() -> None:
    names = [query.name for query in list_queries()]
    assert len(names) >= 20
    for query in list_queries():
        assert query.title.say("vi") != query.title.say("en")
        for parameter in query.parameters:
            assert parameter.means.say("vi") != parameter.means.say("en") and parameter.example is not None
            assert f"${parameter.name}" in query.text
        assert f"test_{query.name.replace('-', '_')}" in globals(), query.name


@pytest.mark.parametrize("backward", [False, True])
def test_chain_forward(world: World, backward: bool) -> None:
    links = world.chains.links.reverse() if backward else world.chains.links
    table = world.chains.table.set_index("id")
    for case in world.cases:
        found = world.ask("chain-backward" if backward else "chain-forward", case=case)
        depth = nx.single_source_shortest_path_length(links, case)
        assert {r["person"]: r["depth"] for r in found} == {p: n for p, n in depth.items() if n}
        for row in found:
            of = table.loc[row["person"]]
            assert row["date"] == shown(of["date"], of["date_to"])
            assert row["sources"] == list(of["sources"])
        dates = [table.loc[r["person"], "date"] for r in found]
        assert dates == sorted(dates)


def test_chain_backward(world: World) -> None:
    test_chain_forward(world, backward=True)


@pytest.mark.parametrize("place", ["PL-00006", "PL-00012"])
def test_people_at_place(world: World, place: str) -> None:
    since, until = "2021-07-02T12:00", "2021-07-04T18:00"
    low, high = parse_iso(since)[0], parse_iso(until)[1]
    wanted = {
        ("visit", r["visit"], r["person"])
        for r in rows_of(world.records.visits)
        if r["place"] == place and spans(r, low, high)
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


def test_shared_contacts(world: World) -> None:
    seen = 0
    for one, other in zip(world.cases, world.cases[1:], strict=False):
        a, b = met(world, one, SINCE, UNTIL), met(world, other, SINCE, UNTIL)
        found = world.ask("shared-contacts", case_a=one, case_b=other, **PERIOD)
        wanted = {p: (len(a[p]), len(b[p])) for p in set(a) & set(b) - {one, other}}
        assert {r["person"]: (r["contacts_a"], r["contacts_b"]) for r in found} == wanted
        for row in found:
            for name, theirs in (("first_a", a), ("first_b", b)):
                times = [(r["start"], r["start_to"]) for r in theirs[row["person"]] if r["start"] is not None]
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
    assert wanted is not None
    assert found[-1]["person"] == target and found[-1]["at"] == shown(wanted[0]) and len(found) == wanted[1]
    contacts = {r["contact"]: r for r in rows_of(world.records.contacts)}
    here = "P-000049"
    for row in found:
        assert set(sides(contacts[row["contact"]])) == {here, row["person"]}
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


@pytest.mark.parametrize("person", ["P-000049", "P-000366", "P-000218"])
def test_met_on_day(world: World, person: str) -> None:
    low, high = parse_iso("2021-07-01")
    wanted = {
        ("contact", row["contact"], other)
        for other, rows in met(world, person, low, high).items()
        for row in rows
        if row["start"] is not None
    }
    visits = rows_of(world.records.visits)

    def left(row: dict[str, Any]) -> int:
        return int(row["end_to"] if row["end_to"] is not None else row["start_to"])

    for mine in (v for v in visits if v["person"] == person and spans(v, low, high)):
        wanted |= {
            ("visit", v["visit"], v["person"])
            for v in visits
            if v["place"] == mine["place"]
            and v["person"] != person
            and spans(v, low, high)
            and v["start"] <= left(mine)
            and mine["start"] <= left(v)
        }
    found = world.ask("met-on-day", person=person, since="2021-07-01", until="2021-07-01")
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
    for row in rows_of(world.records.visits):
        if row["person"] in world.cases:
            by_place[row["place"]].append(row)
    wanted = {}
    for place, stays in by_place.items():
        near = [
            a
            for a in stays
            if any(a["person"] != b["person"] and abs(a["start"] - b["start"]) <= 0.5 * DAY for b in stays)
        ]
        if len({a["person"] for a in near}) >= 2:
            wanted[place] = (len({a["person"] for a in near}), len(near))
    found = world.ask("places-of-several-cases", days=0.5)
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
        if row["start"] is not None and SINCE <= row["start"] < UNTIL and ends[0] != ends[1]:
            contacts[ends] += 1
            pairs[ends].add(sides(row))
    found = world.ask("bridges-between-areas", level=level, **PERIOD)
    assert {(r["area"], r["other_area"]): (r["contacts"], r["pairs"]) for r in found} == {
        ends: (n, len(pairs[ends])) for ends, n in contacts.items()
    }
    assert bool(found) is (level == "group")


def test_met_most_cases(world: World) -> None:
    cases = defaultdict(set)
    for row in rows_of(world.records.contacts):
        for here, there in (sides(row), sides(row)[::-1]):
            if here in world.cases and there not in world.cases:
                cases[there].add(here)
    found = world.ask("met-most-cases", minimum=2, limit=1000)
    assert {r["person"]: r["cases"] for r in found} == {p: len(c) for p, c in cases.items() if len(c) >= 2} != {}


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
    found = world.ask("arrivals-from", origin="hồ chí minh")
    assert {r["person"] for r in found} == {r["person"] for r in wanted.values()} != set()
    assert world.ask("arrivals-from", origin="hồ chí minh", until="2020-12-31") == []


def test_undated_contacts(world: World) -> None:
    wanted = {r["contact"] for r in rows_of(world.records.contacts) if r["start"] is None and r["end"] is None}
    found = world.ask("undated-contacts")
    assert {r["contact"] for r in found} == wanted != set()
    assert [len(r["cases"]) for r in found] == sorted((len(r["cases"]) for r in found), reverse=True)


# What goes wrong, and the command line.


def test_what_is_wrong_is_said(world: World) -> None:
    with pytest.raises(UsageError, match="unknown nobody"):
        world.ask("chain-forward", case=world.cases[0], nobody=1)
    with pytest.raises(UsageError, match="missing case"):
        world.ask("chain-forward")
    with pytest.raises(NothingFound, match="not on record"):
        world.ask("chain-forward", case="no such case")
    with pytest.raises(UsageError, match="not a day or an instant"):
        world.ask("crossed-from-area", area=GROUPS[0], since="yesterday")
    with pytest.raises(UsageError, match="lies before since"):
        world.ask("met-on-day", person=world.cases[0], since="2021-07-02", until="2021-07-01")
    noon = "2021-07-02T12:00"
    assert world.ask("people-at-place", place="PL-00006", since=noon, until=noon)
    for name, value in (("limit", "-1"), ("limit", "9" * 30), ("limit", "1.5"), ("minimum", "two")):
        with pytest.raises(UsageError, match=f"{name}: not a whole number"):
            world.ask("met-most-cases", **{name: value})
    for value in ("nan", "-1", "inf", "two"):
        with pytest.raises(UsageError, match="days: not a number"):
            world.ask("cases-isolated-late", days=value)
    with pytest.raises(UsageError, match="level: not a level of area") as refused:
        world.ask("tier-by-area", level="xã")
    assert all("commune" in refused.value.text(lang) for lang in ("en", "vi"))
    with pytest.raises(UsageError, match="until: not a day"):
        world.ask("arrivals-from", origin="x", until="9999-12-31")
    with pytest.raises(NothingFound, match="under that run"):
        world.ask("tier-by-area", run="0000")
    with pytest.raises(UsageError, match="did you mean"):
        try:
            find_query("chain-forwards")
        except UsageError as error:
            raise UsageError(str(error.fix)) from None


def test_a_query_can_only_read(world: World) -> None:
    with world.store.session(access="READ") as session, pytest.raises(neo4j.exceptions.ClientError):
        session.run("CREATE (:Person {person: 'x'})").consume()


def test_case_codes_are_understood(world: World) -> None:
    codes = world.records.cases.set_index("case_code")["person"]
    for code, person in codes.items():
        assert world.ask("chain-forward", case=code) == world.ask("chain-forward", case=person)


def test_the_command(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    address = ["--store", str(world.store.address), "--lang", "en"]
    asked = ["query", "tier-by-area", "--param", "level=group", *address]
    assert truyvet([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["run"] == world.run and told["rows"] == world.ask("tier-by-area", level="group")
    assert truyvet([*asked, "--csv"]) == 0
    read = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [r["area"] for r in read] == [r["area"] for r in told["rows"]]
    assert truyvet(asked) == 0
    page = capsys.readouterr().out.splitlines()
    assert page[0] == f"F1, or another tier, by commune, or another level: {len(told['rows'])}"
    assert "area name" in page[1]
    assert truyvet(["query", "arrivals-from", "-p", "origin=nowhere", *address]) == 3
    assert "Nothing on record answers this: People who arrived" in capsys.readouterr().out
    assert truyvet(["query", "arrivals-from", "-p", "origin", *address]) == 2
    assert truyvet(["query", "tier-by-area", "--store", "some.duckdb"]) == 6


def test_times_are_shown_as_people_read_them(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    address = ["--store", str(world.store.address)]
    asked = ["query", "f1-not-isolated", *address]
    own = members(world, 1)
    person = world.ask("f1-not-isolated")[0]["person"]
    for lang, at in (("vi", own.loc[person, "first_exposure"]), ("en", own.loc[person, "last_exposure"])):
        assert truyvet([*asked, "--lang", lang]) == 0
        line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith(person))
        speak(lang)
        assert shown_instant(local(int(at), world.records.zone)) in line and "T" not in line.partition("Xã")[0][9:]
    assert truyvet(["query", "spreading-events", *address, "--lang", "vi"]) == 0
    page = capsys.readouterr().out
    assert "/7/2021" in page and "2021-07" not in page
    assert truyvet(["query", "met-most-cases", "-p", "limit=2", *address, "--lang", "en"]) == 0
    assert "the first 2 (more: --param limit=N)" in capsys.readouterr().out


def in_words(word: Any, lang: str) -> str:
    return word.say(lang) if isinstance(word, Text) else str(getattr(word, lang))


def test_values_of_a_few_are_said_in_words(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    person = world.records.contacts["person_a"].mode()[0]
    met = ["met-on-day", "-p", f"person={person}", "-p", "since=2021-07-01", "-p", "until=2021-07-28"]
    found = {code: OF_A_FEW["found_in"][code] for code in FOUND_IN}
    assert set(KIND_WORDS) == set(CONTACT_KINDS)
    for asked, column, words in ((["cases-without-source"], "found_in", found), (met, "kind", KIND_WORDS)):
        command = ["query", *asked, "--store", str(world.store.address)]
        assert truyvet([*command, "--json"]) == 0
        held = {row[column] for row in json.loads(capsys.readouterr().out)["rows"]} & set(words)
        assert held
        for lang in ("vi", "en"):
            assert truyvet([*command, "--lang", lang]) == 0
            cells = set(re.split(r"\s{2,}|\n", capsys.readouterr().out))
            assert {in_words(words[code], lang) for code in held} <= cells, (column, lang)
            assert lang == "en" or not held & cells, column


def test_names_are_shown_where_they_are_asked_for(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    names = world.records.persons.set_index("person")["name"].to_dict()
    address = ["--store", str(world.store.address), "--lang", "en"]
    for query, column, beside in (
        ("f1-not-isolated", "person", "name"),
        ("household-contacts", "f0", "name_of_f0"),
        ("undated-contacts", "other", "name_of_other"),
    ):
        assert truyvet(["query", query, "--json", *address]) == 0
        masked = capsys.readouterr().out
        assert truyvet(["query", query, "--json", "--show-names", *address]) == 0
        rows = json.loads(capsys.readouterr().out)["rows"]
        assert all(row[beside] == names.get(row[column]) for row in rows)
        assert not any(name in masked for name in {row[beside] for row in rows})
    assert truyvet(["query", "f1-not-isolated", *address]) == 0
    assert not any(row["name"] in capsys.readouterr().out for row in rows)


def test_people_are_listed_with_their_commune(world: World) -> None:
    people = People.of(world.records)
    for query in ("f1-not-isolated", "f1-not-tested", "met-most-cases"):
        rows = world.ask(query)
        assert rows and all(row["commune"] == people.commune(row["person"]) for row in rows)


def test_every_column_has_a_heading(world: World) -> None:
    with world.store.session(access="READ") as session:
        for query in list_queries():
            columns = session.run(f"EXPLAIN\n{query.text}", {"zone": None}).keys()
            shown_ones = [c for c in columns if not (c.endswith("_to") and c.removesuffix("_to") in query.times)]
            assert [c for c in shown_ones if c not in COLUMNS] == [], query.name


def test_the_queries_are_listed_and_shown_without_a_server(capsys: pytest.CaptureFixture[str]) -> None:
    assert truyvet(["query", "--list", "--lang", "vi"]) == 0
    page = capsys.readouterr().out
    assert all(query.name in page and query.title.say("vi") in page for query in list_queries())
    assert "people-at-place place=PL-00006 since=" in page and "[tier=1] [level=commune] [run=…]" in page
    assert "truyvet query --show" in page and "bậc" in page and "tầng" not in page  # one word for a tier
    assert truyvet(["query", "--list", "--json"]) == 0
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["tier-by-area"]["parameters"][0]["default"] == 1
    for query in list_queries():
        assert truyvet(["query", "--show", query.name, "--lang", "en"]) == 0
        page = capsys.readouterr().out
        assert query.title.say("en") in page and "MATCH" in page
