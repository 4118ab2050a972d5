"""Chains: declared links that are whole, broken, circular; exposures between cases; three questions; the drawing."""

from __future__ import annotations

import json
from itertools import pairwise

import networkx as nx
import pytest
from outbreaks import at, build, day, time_columns

from tracing.chains.chains import Chains, trace_chains
from tracing.chains.describe import describe_backward, describe_chains, describe_sideward
from tracing.chains.html_page import page_of_rows
from tracing.chains.text_tree import STYLES, draw_chain, plain_text
from tracing.errors import NothingFound, UsageError
from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers
from tracing.times import NEVER


def case(person, onset=None, **more):
    times = {name: more.pop(name) for name in ("sample", "confirmed", "isolated") if name in more}
    return {"person": person, **time_columns(onset=onset, **times), **more}


def link(source, target, date=None, **more):
    return {"source": source, "target": target, **time_columns(date=date), **more}


def chains_of(links=(), cases=(), *, tiers=False, **tables) -> Chains:
    graph = build_contact_graph(build(links=list(links), cases=list(cases), **tables))
    return trace_chains(graph, tiers=trace_tiers(graph, policy=load_policy("vn-3638")) if tiers else None)


def row(chains, person):
    return chains.table.set_index("id").loc[person]


def test_nothing_on_record_gives_empty_tables_and_a_sentence():
    chains = trace_chains(build_contact_graph(Records()))
    assert chains.table.empty and chains.edges.empty and chains.findings.empty
    assert (chains.roots, chains.components, chains.longest, chains.depth) == ((), (), (), 0)
    assert plain_text(describe_chains(chains)) == "No case is on record."
    assert chains.to_dict()["cases"] == []


def test_one_case_without_links_is_in_no_chain():
    chains = chains_of(cases=[case("A", day(3))], tiers=True)
    assert chains.unlinked == ("A",)
    wanted = {"id": "A", "secondary": 0, "sources": [], "root": None, "depth": 0}
    assert chains.to_dict()["cases"][0].items() >= wanted.items()
    assert "led to no case" in plain_text(draw_chain(chains, "A"))
    assert "unknown" in plain_text(describe_backward(chains, "A"))
    assert "Nobody else" in plain_text(describe_sideward(chains, "A"))


def test_a_tree_with_several_sources():
    chains = chains_of(
        [link("A", "B"), link("B", "D"), link("C", "D"), link("A", "D")],
        [case("A", day(3)), case("B", day(5)), case("C", day(1)), case("D", day(8))],
    )
    d = row(chains, "D")
    assert (d["sources"], d["roots"], d["root"], d["depth"]) == (("A", "B", "C"), ("C", "A"), "C", 1)
    assert row(chains, "A")["secondary"] == 2 and row(chains, "A")["descendants"] == 2
    assert chains.roots == ("C", "A") and chains.longest == ("A", "B", "D") and chains.several == ("D",)
    assert chains.components == (("A", "B", "C", "D"),)


def test_among_roots_of_one_day_the_smaller_id_is_shown():
    chains = chains_of([link("B", "C"), link("A", "C")], [case(p, day(3)) for p in "ABC"])
    assert row(chains, "C")["root"] == "A"


def test_a_link_declared_twice_counts_once():
    chains = chains_of([link("A", "B", kind="ward"), link("A", "B", kind="visit")], [case("A"), case("B")])
    assert row(chains, "A")["secondary"] == 1 and len(chains.edges) == 1


def test_a_missing_source_is_a_gap_and_a_root():
    chains = chains_of([link("X", "A")], [case("A", day(3))])
    assert chains.missing == ("A",) and chains.counts() == {"source.missing": 1}
    assert row(chains, "A")["root"] == "X" and not row(chains, "X")["case"]
    assert chains.backward("A")["status"].tolist() == ["gap"]
    assert "not in the line list" in plain_text(draw_chain(chains, "A"))


def test_a_case_that_was_ruled_out_is_somebody_whom_links_name():
    links = [link("A", "X", day(3)), link("X", "B"), link("A", "Y")]
    out = [case("X", day(2), status="discarded"), case("Y", status="discarded", **time_columns(exposure_start=day(9)))]
    chains = chains_of(links, [case("A", day(1)), case("B", day(9)), *out, case("Z", day(2), status="discarded")])
    assert chains.table["id"].tolist() == ["A", "B", "X", "Y"]
    assert not row(chains, "X")["case"] and row(chains, "X")["descendants"] == 1
    assert chains.missing == ("B",) and chains.counts() == {"source.missing": 1, "target.missing": 2}
    assert (chains.unlinked, chains.ruled_out) == ((), {"X", "Y", "Z"})
    assert [k.first for k in chains.walks.links if k.target == "Y"] == [NEVER], "when Y was exposed is of no case"
    drawn = plain_text(draw_chain(chains, "A"))
    assert drawn.count("ruled out as a case") == 2 and "not in the line list" not in drawn
    assert "3 cases" not in plain_text(describe_chains(chains))


def test_a_self_link_is_counted_and_no_edge():
    chains = chains_of([link("A", "A")], [case("A")])
    assert chains.counts() == {"link.self": 1} and chains.links.number_of_edges() == 0


def test_a_circle_is_counted_listed_and_not_fatal():
    chains = chains_of([link("A", "B"), link("B", "C"), link("C", "A"), link("C", "D")], [case(p) for p in "ABCD"])
    assert chains.counts() == {"link.cycle": 3}
    assert row(chains, "D")["root"] == "A" and row(chains, "D")["depth"] == 1
    assert row(chains, "A")["descendants"] == 3 and bool(row(chains, "A")["in_circle"])
    assert set(chains.forward("A")["case"]) == {"B", "C", "D"}
    assert "impossible" in chains.backward("A")["status"].tolist()
    assert "×" in plain_text(draw_chain(chains, "A"))


@pytest.mark.parametrize(
    ("links", "cases", "code"),
    [
        ([link("A", "B", day(9))], [case("A", day(1)), case("B", day(8))], "onset.before_exposure"),
        ([link("A", "B", day(9))], [case("A", day(1), isolated=day(8)), case("B", day(12))], "source.isolated"),
        ([link("A", "B")], [case("A", day(20)), case("B", day(8))], "source.not_yet_infectious"),
        ([link("A", "B")], [case("A", day(9)), case("B", day(8))], "onset.before_source"),
    ],
)
def test_links_that_cannot_be_are_found(links, cases, code):
    assert code in chains_of(links, cases, tiers=True).counts()


def test_a_link_on_the_day_of_isolation_or_onset_is_possible():
    chains = chains_of([link("A", "B", day(8))], [case("A", day(6), isolated=day(8)), case("B", day(8))], tiers=True)
    assert chains.counts() == {}


def meeting(name, one, two, time, **more):
    return {
        "contact": name,
        "person_a": one,
        "person_b": two,
        **time_columns(start=time, end=more.pop("end", None)),
        "kind": "household",
        "closed_space": True,
        "distance_m": 1.0,
        "minutes": 60.0,
        **more,
    }


def test_contacts_are_told_apart_from_links_and_run_forward_in_time():
    chains = chains_of(
        [link("A", "B")],
        [case("A", day(5)), case("B", day(8)), case("C", day(12))],
        contacts=[meeting("c1", "A", "B", day(4)), meeting("c2", "B", "C", day(7)), meeting("c3", "A", "C", day(1))],
        tiers=True,
    )
    assert set(chains.edges["basis"]) == {"link", "contact"}
    assert row(chains, "C")["contact_sources"] == ("B",) and row(chains, "C")["sources"] == ()
    forward = chains.forward("A")
    assert [tuple(r) for r in forward[["case", "basis", "steps"]].to_numpy()] == [
        ("B", "link", 1),
        ("B", "contact", 1),
        ("C", "contact", 2),
    ]
    back = chains.backward("C").set_index("id")
    assert back.loc["c2", "status"] == "possible"
    assert (back.loc["c3", "status"], back.loc["c3", "reason"]) == ("impossible", "contact.outside_window")


def test_a_contact_after_the_onset_is_no_source():
    cases = [case("A", day(5)), case("B", day(6))]
    chains = chains_of((), cases, contacts=[meeting("c1", "A", "B", day(8))], tiers=True)
    back = chains.backward("B")
    assert back["reason"].tolist() == ["exposure.too_late"] and row(chains, "B")["contact_sources"] == ()
    assert "Nobody on record could have been" in plain_text(describe_backward(chains, "B"))


def test_exposures_that_do_not_follow_each_other_do_not_make_a_chain():
    chains = chains_of(
        (),
        [case("A", day(9)), case("B", day(11)), case("C", day(14))],
        contacts=[meeting("c1", "A", "B", day(10)), meeting("c2", "B", "C", day(9))],
        tiers=True,
    )
    assert set(chains.forward("A")["case"]) == {"B"}


def test_who_else_was_there():
    visits = [
        {"visit": "v1", "person": "A", "place": "market", **time_columns(start=at(3, 8), end=at(3, 10))},
        {"visit": "v2", "person": "N", "place": "market", **time_columns(start=at(3, 9), end=at(3, 11))},
        {"visit": "v3", "person": "O", "place": "market", **time_columns(start=at(3, 10), end=at(3, 11))},
        {"visit": "v4", "person": "P", "place": "office", **time_columns(start=at(3, 9), end=at(3, 11))},
    ]
    contacts = [meeting("c1", "Q", "R", at(3, 9), end=at(3, 9.5), place="market")]
    for tiers in (True, False):
        links, places = [link("S", "A"), link("S", "T")], [{"place": "market"}, {"place": "office"}]
        cases = [case("A", day(3)), case("S", day(1)), case("T", day(4))]
        chains = chains_of(links, cases, visits=visits, contacts=contacts, places=places, tiers=tiers)
        found = chains.sideward("A")
        assert set(found.loc[found["basis"] == "place", "person"]) == {"N", "Q", "R"}
        assert found.loc[found["basis"] == "source", "person"].tolist() == ["T"]
        assert "market" in plain_text(describe_sideward(chains, "A", lang="vi"))


def test_a_case_is_found_by_code_and_an_unknown_one_is_told_without_naming():
    chains = chains_of((), [case("p1", day(3), case_code="BN1")])
    assert chains.find("BN1") == "p1"
    with pytest.raises(NothingFound) as error:
        chains.find("Nguyen Van A")
    assert "Nguyen" not in error.value.text() and error.value.text("vi") != error.value.text("en")


def test_tiers_of_other_records_are_refused():
    other = build_contact_graph(build(cases=[case("Z", day(1))]))
    with pytest.raises(UsageError):
        trace_chains(build_contact_graph(Records()), tiers=trace_tiers(other, policy=load_policy("vn-3638")))


def long_chain(n):
    ids = [f"C{i:05}" for i in range(n)]
    return [link(a, b) for a, b in pairwise(ids)], [case(i) for i in ids]


def test_five_thousand_cases_in_one_chain():
    links, cases = long_chain(5000)
    chains = chains_of(links, cases)
    assert chains.depth == 4999 and len(chains.longest) == 5000
    assert row(chains, "C00000")["descendants"] == 4999
    assert len(chains.forward("C00000")) == len(chains.backward("C04999")) == 4999
    for person in ("C00000", "C02500", "C04999"):
        rows = draw_chain(chains, person)
        text = plain_text(rows)
        assert len(rows) <= 160 and person in text and max(map(len, text.splitlines())) <= 100
    assert len(plain_text(describe_chains(chains))) < 2000


def test_five_thousand_cases_in_one_circle():
    links, cases = long_chain(5000)
    chains = chains_of([*links, link("C04999", "C00000")], cases)
    assert chains.counts() == {"link.cycle": 5000} and chains.depth == 0
    assert len(draw_chain(chains, "C02500")) <= 160


def test_wide_branches_fold_into_counts_that_add_up():
    links = [link("A", f"L{i}") for i in range(300)] + [link(f"L{i}", f"M{i}") for i in range(200)]
    people = {p for one in links for p in (one["source"], one["target"])}
    chains = chains_of(links, [case(p, day(3 + len(p) % 9)) for p in sorted(people)])
    rows = draw_chain(chains, "M199", marks=40)
    text = plain_text(rows)
    assert len(rows) < 60 and "M199" in text and "Chain from A · declared links · 501 cases" in text


def test_the_drawing_speaks_both_languages_and_uses_known_styles():
    chains = chains_of([link("A", "B", day(4))], [case("A", day(3)), case("B", sample=day(7))], tiers=True)
    english, vietnamese = (draw_chain(chains, "B", lang=lang, width=80) for lang in ("en", "vi"))
    assert "onset" in plain_text(english) and "khởi phát" in plain_text(vietnamese)
    assert {style for one in english for _, style in one} <= set(STYLES)
    assert "●" in plain_text(english) and "○" in plain_text(english)
    for words in (english, vietnamese, describe_chains(chains), describe_chains(chains, lang="vi")):
        assert "generation" not in plain_text(words) and "thế hệ" not in plain_text(words)


def test_the_page_escapes_what_it_shows():
    chains = chains_of([link("<b>A</b>", "B")], [case("<b>A</b>", day(3)), case("B", day(5))])
    page = page_of_rows(draw_chain(chains, "B"), title="<i>")
    assert "<b>A" not in page and "<title>&lt;i&gt;" in page


def test_the_json_can_be_written_and_the_graph_is_networkx():
    chains = chains_of([link("A", "B", day(4))], [case("A", day(3)), case("B", day(7))], tiers=True)
    written = json.loads(json.dumps(chains.to_dict("B")))
    assert written["backward"][0]["source"] == "A" and written["case"] == "B"
    assert nx.is_directed_acyclic_graph(chains.links) and nx.is_frozen(chains.links)
    assert "Chains" in repr(chains) and "<table" in chains._repr_html_()


def test_a_link_is_judged_against_its_source_too():
    """A infected B on the 10th: what B is said to have passed on on the 5th is impossible."""
    links = [link("A", "B", day(10)), link("B", "C", day(5))]
    chains = chains_of(links, [case("A"), case("B"), case("C")])
    codes = chains.findings[["code", "source", "target"]].to_numpy().tolist()
    assert codes == [["source.not_yet_infected", "B", "C"]]
    same_day = chains_of([link("A", "B", day(10)), link("B", "C", day(10))], [case("A"), case("B"), case("C")])
    assert same_day.findings.empty


def test_a_link_from_before_the_sources_window_is_impossible():
    chains = chains_of([link("A", "B", day(2))], [case("A", day(8)), case("B", day(12))], tiers=True)
    assert chains.findings["code"].tolist() == ["link.before_window"]


def test_a_recorded_time_of_exposure_bounds_links_on_both_sides():
    exposed = case("B", day(12)) | time_columns(exposure_start=day(8), exposure_end=day(9))
    rows = [case("A", day(6)), exposed, case("C", day(14))]
    found = chains_of([link("A", "B", day(5)), link("B", "C", day(7))], rows).findings
    assert set(found["code"]) == {"exposure.outside", "source.not_yet_infected"}
    assert chains_of([link("A", "B", day(9)), link("B", "C", day(10))], rows).findings.empty


def test_the_longest_chain_exists_link_by_link_and_agrees_with_the_depth():
    """X → M1, M1 ⇄ M2, M2 → Y: nobody declared a link from X's side of the circle to Y's."""
    chains = chains_of([link("X", "M1"), link("M1", "M2"), link("M2", "M1"), link("M2", "Y")])
    assert all(chains.links.has_edge(*pair) for pair in pairwise(chains.longest))
    assert (chains.longest, chains.depth) == (("X", "M1"), 1)
    assert {"link.cycle"} <= set(chains.findings["code"])


def test_what_was_passed_on_before_the_source_was_infected_is_no_descendant():
    """A infected B on the 10th, B is said to have infected C on the 5th and D on the 10th (S4)."""
    links = [link("A", "B", day(10)), link("B", "C", day(5)), link("B", "D", day(10))]
    chains = chains_of(links, [case(p) for p in "ABCD"])
    assert set(chains.forward("A")["case"]) == {"B", "D"} and row(chains, "A")["descendants"] == 2
    assert set(chains.backward("C")["source"]) == {"B"} and set(chains.backward("D")["source"]) == {"B", "A"}
    assert chains.longest == ("A", "B", "D") and row(chains, "C")["root"] == "B"
    assert "1 earlier link left out" in plain_text(draw_chain(chains, "D"))
    assert "×" in plain_text(draw_chain(chains, "C")) and chains.counts() == {"source.not_yet_infected": 1}


def test_an_undated_link_is_followed_and_only_possible():
    chains = chains_of([link("A", "B", day(10)), link("B", "C")], [case(p) for p in "ABC"])
    assert dict(zip(*chains.forward("A")[["case", "reading"]].T.to_numpy(), strict=True)) == {
        "B": "certain",
        "C": "possible",
    }
    assert "1 declared link has no date" in plain_text(describe_chains(chains))


def test_a_recorded_time_of_exposure_dates_an_undated_link():
    """B passed nothing on before the 8th, when it was exposed itself; C's time of exposure ended on the 7th."""
    rows = [
        case("A"),
        case("B") | time_columns(exposure_start=day(8), exposure_end=day(9)),
        case("C") | time_columns(exposure_start=day(6), exposure_end=day(7)),
    ]
    chains = chains_of([link("A", "B"), link("B", "C")], rows)
    assert set(chains.forward("A")["case"]) == {"B"} and chains.counts() == {"source.not_yet_infected": 1}
    assert chains.edges.set_index("target").loc["B", "first"] == day(8)[0]
    assert "┈" in plain_text(draw_chain(chains, "B"))


def test_a_circle_is_shown_as_it_was_declared():
    links = [link("X", "B"), link("A", "B"), link("B", "C"), link("C", "A"), link("B", "A")]
    chains = chains_of(links, [case("A", day(3)), case("B", day(5)), case("C", day(4))])
    assert chains.circles == (("A", "B"),) and chains.to_dict()["circles"] == [["A", "B"]]
    assert "A > B > A" in plain_text(describe_chains(chains))


def test_a_period_is_said_with_what_lies_outside_it():
    links = [link("A", "B", day(2)), link("B", "C", day(6)), link("C", "D")]
    graph = build_contact_graph(build(links=links, cases=[case(p) for p in "ABCD"]))
    chains = trace_chains(graph, period=(day(5)[0], day(9)[1]))
    assert set(chains.links.edges) == {("B", "C"), ("C", "D")} and (chains.outside, chains.undated) == (1, 1)
    assert "Period 5 Jul 2021–9 Jul 2021: 1 declared" in plain_text(describe_chains(chains)).replace("\xa0", " ")
    with pytest.raises(UsageError):
        trace_chains(graph, period=(5, 5))
