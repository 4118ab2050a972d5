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
