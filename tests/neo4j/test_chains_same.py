"""Ready queries on chains and bridges say what *tracing* says of cases ruled out, and when links and contacts were."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest
from query_answers import shown
from small_records import JULY

from graph import open_store
from graph.neo4j.queries import ask_query, find_query
from graph.neo4j.store import Neo4jStore
from tracing.chains.chains import trace_chains
from tracing.identity.decisions import JOIN, NOTE, Decision
from tracing.times import DAY

pytestmark = pytest.mark.neo4j
HOUR: Final = 3600
Keep = Callable[[dict[str, Any]], str]


def case(person: str, **more: Any) -> dict[str, Any]:
    return {"person": person, "case_code": person, "onset": JULY, "sample": JULY, **more}


def exposed(person: str, first: int, last: int, **more: Any) -> dict[str, Any]:
    return case(person, exposure_start=JULY + first * DAY, exposure_end=JULY + last * DAY, **more)


def link(source: str, target: str, day: int | None = None) -> dict[str, Any]:
    dated = {} if day is None else {"date": JULY + day * DAY, "date_to": JULY + (day + 1) * DAY}
    return {"link": f"{source}{target}", "source": source, "target": target, **dated}


CHAINS: Final[dict[str, Any]] = {
    "persons": [{"person": "E2"}],
    "cases": [
        *(case(p) for p in ("BN1", "BN2", "LATE", "OPEN")),
        case("OUT", status="discarded"),
        exposed("EARLY", 0, 1),
        exposed("TIMELY", 5, 7),
        exposed("ODD", 7, 5),
        exposed("GONE", 0, 1, status="discarded"),
    ],
    "links": [
        link("BN1", "BN2", 5),
        link("BN2", "OUT"),
        link("OUT", "LATE", 6),
        *(link("BN2", p) for p in ("EARLY", "TIMELY", "ODD", "GONE", "OPEN")),
        *(link(p, f"K{p}", 8) for p in ("EARLY", "TIMELY", "GONE")),
        link("E2", "BN1", 1),
    ],
}


@pytest.mark.parametrize("joined", [(), ("EARLY", "E2")], ids=["apart", "two ids of one"])
def test_chains_are_those_of_tracing(keep: Keep, joined: tuple[str, ...]) -> None:
    with open_store(keep(CHAINS)) as store:
        assert isinstance(store, Neo4jStore)
        if joined:
            store.save_note(NOTE, *Decision(number=1, what=JOIN, people=joined, who="test", at=0).to_note())
            store.show_identity()
        chains = trace_chains(store.slice())
        table = chains.table.set_index("id")
        compared = set()
        for asked in table.index[table["case_code"].notna()]:
            for name, reached in (
                ("chain-forward", chains.walks.forward(asked)),
                ("chain-backward", chains.walks.backward(asked)),
            ):
                found = ask_query(store, find_query(name), {"case": asked}).to_dicts()
                assert {r["person"]: r["depth"] for r in found} == {p: r.steps for p, r in reached.items() if r.steps}
                for row in found:
                    of = table.loc[row["person"]]
                    assert row["date"] == shown(of["date"], of["date_to"]), row["person"]
                    assert row["sources"] == list(of["sources"])
                    compared.add(row["person"])
        early = ask_query(store, find_query("chain-forward"), {"case": "BN1"}).to_dicts()
    assert {"OUT", "GONE", "KGONE", "TIMELY"} <= compared
    assert table.loc[["OUT", "GONE"], "date"].isna().all()
    assert joined or "KEARLY" not in {row["person"] for row in early}


def met(number: int, a: str, b: str, start: int, **more: Any) -> dict[str, Any]:
    return {"contact": f"c{number}", "person_a": a, "person_b": b, "start": start, **more}


def test_bridges_count_every_contact_that_can_have_been_then(keep: Keep) -> None:
    last = JULY + 13 * DAY
    contacts = [
        met(1, "A1", "B1", last - HOUR, end=last + HOUR),  # began on the day before
        met(2, "A1", "B1", last - 2 * DAY, start_to=last + DAY),  # on one of three days
        met(3, "A1", "B1", last, start_to=last + DAY),  # some time on the day
        met(4, "A1", "B2", last + DAY - 60),  # in its last minute
        met(5, "A1", "B1", last - 2 * HOUR, end=last - HOUR),
        met(6, "A1", "B1", last + DAY),
        met(7, "A1", "B1", last - DAY, start_to=last),  # some time on the day before
        {
            **met(8, "A2", "B2", last),
            "start": None,
            "end": last,
            "end_to": last + DAY,
        },  # of which only the end is known
        {**met(9, "A2", "B2", last), "start": None, "end": last - DAY, "end_to": last},
    ]
    tables = {
        "persons": [{"person": f"{area}{n}", "area": area} for area in "AB" for n in (1, 2)],
        "areas": [{"area": area, "level": "commune"} for area in "AB"],
        "contacts": contacts,
    }
    with open_store(keep(tables)) as store:
        assert isinstance(store, Neo4jStore)
        [found] = ask_query(
            store, find_query("bridges-between-areas"), {"since": "2021-07-14", "until": "2021-07-14"}
        ).to_dicts()
    assert (found["contacts"], found["pairs"]) == (5, 3)
