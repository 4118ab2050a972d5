"""A contact on record is never denied, and its time is said as far as it is known."""

from __future__ import annotations

import pytest
from outbreaks import at, day
from told import case, contact, isolation, trace

from tracing import explain


@pytest.mark.parametrize(
    ("times", "told_en", "told_vi"),
    [
        ({"end": day(3)}, "met f0 (F0) last on 3 Jul 2021, ", "gặp f0 (F0) lần cuối 3/7/2021, "),
        ({"end": at(3, 9)}, "met f0 (F0) last on 3 Jul 2021 09:00, ", "gặp f0 (F0) lần cuối 3/7/2021 09:00, "),
    ],
)
def test_of_a_contact_known_by_its_last_day_that_day_is_said(
    times: dict[str, tuple[int, int]], told_en: str, told_vi: str
) -> None:
    found = trace(cases=[case("f0", onset=day(20))], contacts=[contact("c", "f0", "early", None, **times)])
    evidence = explain(found, "early")
    assert told_en in evidence.text("en") and told_vi in evidence.text("vi")


def test_of_a_contact_known_by_its_first_day_that_day_is_said() -> None:
    met = contact("c", "f0", "late", day(19), time_kind="first_day")
    found = trace(cases=[case("f0", onset=day(20))], contacts=[met])
    assert "└ first on 19 Jul  " in explain(found, "late").text("en")


def test_who_met_only_people_that_are_not_listed_is_told_whom() -> None:
    found = trace(
        cases=[case("f0", onset=day(20)), case("no", onset=day(20), status="discarded")],
        contacts=[
            contact("c1", "f0", "early", day(2)),
            contact("c2", "early", "friend", day(20)),
            contact("c3", "no", "friend", day(21)),
            *(contact(f"d{n}", "early", "friend", day(22 + n)) for n in range(3)),
        ],
    )
    evidence = explain(found, "friend")
    assert [step.contact for step in evidence.others] == ["c2", "c3", "d0"] and evidence.near is None
    text = evidence.text("en")
    assert "On record: met early 20 Jul 2021, place not recorded: not listed under " in text
    assert "On record: met no 21 Jul 2021, place not recorded: a case that was discarded, no F0." in text
    assert explain(found, "early").others == ()


def test_an_f1_who_could_infect_at_no_time_is_named() -> None:
    found = trace(
        cases=[case("f0", onset=day(20))],
        contacts=[contact("c1", "f0", "f1", at(20)), contact("c2", "f1", "friend", at(21))],
        isolations=[isolation("f1", at(1))],
    )
    told = explain(found, "friend").text("en")
    assert "On record: met f1 21 Jul 2021 00:00, place not recorded: F1, but able to infect at no time under" in told


def test_only_what_keeps_somebody_from_being_certain_is_named() -> None:
    """The hour matters where the window opens or closes on that day, not in its middle; a suspicion always does."""
    found = trace(
        cases=[
            case("f0", onset=day(20), isolated=at(23)),
            case("s", onset=day(20), status="suspected"),
            case("undated"),
        ],
        contacts=[
            contact("c1", "f0", "far", day(20), distance_m=None),
            contact("c2", "f0", "f1", day(21)),
            contact("c3", "f1", "same day", day(21)),
            contact("c4", "s", "m", day(21)),
            contact("c5", "m", "n", day(22)),
            contact("c6", "f0", "last", None, day(25)),
            contact("c7", "undated", "w", day(22)),
        ],
    )

    def doubts(person: str) -> str:
        return explain(found, person).text("en").partition("Not certain because: ")[2].partition("\n")[0]

    assert doubts("far") == "the distance is not recorded."
    assert doubts("same day") == "the day is known, the hour is not."
    assert doubts("m") == doubts("n") == doubts("s") == "the case is only suspected."
    assert doubts("last") == "only the first or the last day of contact is known."
    assert doubts("w") == "the infectious time is not certain."
    assert doubts("f1") == "" and doubts("f0") == ""


def test_the_clause_that_fails_and_what_it_asks_for_are_said_in_words() -> None:
    met = [
        contact("c1", "f0", "far", day(20), distance_m=4.5, closed_space=False, physical=False, kind="social"),
        contact("c2", "f0", "early", day(2), distance_m=4.5, closed_space=False, physical=False, kind="social"),
    ]
    found = trace(cases=[case("f0", onset=day(20))], contacts=met)
    told = "3638 II.1.3-a: within 2 m of the case, for any time]. Would be listed if the record had "
    assert f"Fails [{told}a distance of at most 2 m." in explain(found, "far").text("en")
    assert f"Fails [{told}a distance of at most 2 m, 17 Jul–20 Jul." in explain(found, "early").text("en")
    vi = explain(found, "far").text("vi")
    assert "Sẽ thuộc diện F nếu hồ sơ có khoảng cách không quá 2 m." in vi and "<=" not in vi
