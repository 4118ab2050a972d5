"""The ready queries as somebody asks them: what goes wrong is said, and answers are told in words."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from typing import Any

import neo4j
import pytest
from query_answers import (
    GROUPS,
    World,
    members,
)

from cli.language import speak
from cli.main import run as truyvet
from cli.shown import shown_instant
from cli.use_cases.answers import COLUMNS, OF_A_FEW
from cli.use_cases.people import People
from graph.neo4j.queries import Query, find_query, list_queries
from tests.neo4j.test_store_plans import scans_of
from tracing.errors import NothingFound, UsageError
from tracing.model.places import KIND_WORDS
from tracing.model.schema import CONTACT_KINDS, FOUND_IN
from tracing.text import Text
from tracing.times import local, parse_iso

pytestmark = [pytest.mark.neo4j, pytest.mark.slow]
SINCE, UNTIL = parse_iso("2021-07-01")[0], parse_iso("2021-07-14")[1]
PERIOD = {"since": "2021-07-01", "until": "2021-07-14"}


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


def test_who_leaves_out_stays_in_rooms_says_so(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that ask for isolations in a room count them as *tracing* does; the others that go by stays say it."""
    by_stays = {query.name for query in list_queries() if query.stays}
    told = {query.name for query in list_queries() if not query.rooms}
    without = {name for name in by_stays if "Isolation" not in find_query(name).text}
    assert told == without - {"people-aboard"}, "a vehicle is no room"
    assert truyvet(["query", "places-of-several-cases", "--store", str(world.store.address), "--lang", "en"]) == 0
    assert "Stays in a room that are known from an isolation alone are not counted" in capsys.readouterr().out


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
    assert "people-at-place --param place=PL-00006 --param since=" in page
    assert "--param tier=1 --param level=commune --param run=" in page
    assert "truyvet query --show" in page and "bậc" in page and "tầng" not in page  # one word for a tier
    assert truyvet(["query", "--list", "--json"]) == 0
    told = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert told["tier-by-area"]["parameters"][0]["default"] == 1
    for query in list_queries():
        assert truyvet(["query", "--show", query.name, "--lang", "en"]) == 0
        page = capsys.readouterr().out
        assert query.title.say("en") in page and "MATCH" in page


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_the_list_shows_works_when_it_is_copied(world: World, lang: str, capsys: Any) -> None:
    assert truyvet(["--lang", lang, "query", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    calls = [at for at, line in enumerate(lines) if line.startswith("truyvet query ") and "--show" not in line]
    assert len(calls) == len(list_queries())
    for at in calls:
        more = lines[at + 2] if len(lines) > at + 2 else ""
        words = shlex.split(lines[at])
        if more.startswith("    ") and "--param" in more:
            words += shlex.split(more[more.find("--param") :])
        code = truyvet(["--store", str(world.store.address), "--lang", lang, *words[1:]])
        told = capsys.readouterr()
        # An example may name somebody, or a run, who is not on record here; it is never written wrongly.
        assert code in (0, NothingFound.exit_code), (words, told.err)


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_a_run_is_found_by_its_index_where_there_are_results(world: World, query: Query) -> None:
    """Statistics of one run with more exposures than people made the server begin with everybody."""
    given = {p.name: "x" if p.type == "text" else 1 for p in query.parameters} | {"zone": "UTC"}
    with world.store.session() as session:
        session.run("CALL db.clearQueryCaches()").consume()
        plan = session.run(f"EXPLAIN {query.text}", given).consume().plan
    assert not [told for _name, told in scans_of(plan) if ":Person" in told or ":EXPOSED_BY" in told]
