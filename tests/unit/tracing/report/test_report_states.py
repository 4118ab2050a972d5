"""The report in every state: something is said, nothing is empty, the same input gives the same bytes."""

from __future__ import annotations

import json
import re
from functools import cache
from html.parser import HTMLParser

import pandas as pd
import pytest
from report_examples import EVIL, JULY, analyse, case, evil, long_chain, near, states
from small_records import records_of

from tracing import figures
from tracing.errors import InputError
from tracing.lists.lists import make_lists
from tracing.model.records import Records
from tracing.report import parse_geometry, write_report
from tracing.report.page import to_json
from tracing.times import DAY

EXAMPLES = states()
VOID = {"meta", "link", "input", "br", "hr", "img"}


class Page(HTMLParser):
    """What a page holds: elements, whether they are balanced, and texts outside scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if not {"script", "style"} & set(self.open):
            self.words.append(data)

    @property
    def said(self) -> str:
        return " ".join("".join(self.words).split())


@cache
def analysed(state: str):
    """Analyse one of the examples, once for all that ask."""
    return analyse(EXAMPLES[state])


@cache
def page_of(state: str, lang: str) -> str:
    """Write the page of one of the examples, once for all that ask."""
    return write_report(*analysed(state), lang=lang)


def report(records, lang="vi", **more) -> str:
    state = next((name for name, example in EXAMPLES.items() if example is records), None)
    if state is None:
        return write_report(*analyse(records), lang=lang, **more)
    return write_report(*analysed(state), lang=lang, **more) if more else page_of(state, lang)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("state", EXAMPLES)
def test_every_state_is_a_sound_page_that_says_what_is_known(state: str, lang: str) -> None:
    text = report(EXAMPLES[state], lang)
    page = Page(text)
    assert page.open == []
    assert len(page.said) > 800
    assert f'<html lang="{lang}">' in text
    assert not re.search(r"\bnan\b|<NA>|None|\{\w+\}", page.said)
    for name in re.findall(r'type="application/json" id="[\w-]+">(.*?)</script>', text):
        json.loads(name)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("nothing", "There is no case on record, so nobody to trace."),
        ("no_case", "On record are 6 people and 3 contacts."),
        ("no_contact", "No contact on record makes an F1"),
        ("no_area", "Nobody's place is known"),
        ("no_date", "No case has a day of onset, sample or confirmation"),
        ("one_unit", "Everybody is in one unit"),
        ("circle", "the links run in a circle"),
        ("no_people", "live nobody knows where"),
    ],
)
def test_what_is_missing_is_said(state: str, sentence: str) -> None:
    said = Page(report(EXAMPLES[state], "en")).said
    assert sentence in said


def test_texts_in_the_records_are_never_markup() -> None:
    for show_names in (False, True):
        text = report(evil(), show_names=show_names)
        page = Page(text)
        assert page.open == []
        assert "<img" not in text
        assert "onerror" not in {name for _, attributes in page.elements for name in attributes}
        assert sum(name == "script" for name, _ in page.elements) == 4
        assert "alert(2)" in page.said or "alert(2)" in text


def test_data_in_a_script_element_hold_no_tag() -> None:
    assert "<" not in to_json({"a": EVIL})
    assert json.loads(to_json({"a": EVIL})) == {"a": EVIL}


def test_nothing_of_a_person_but_id_year_and_commune() -> None:
    records = EXAMPLES["two_units"]
    hidden = report(records)
    assert "Nguyễn Thị" not in hidden
    assert "09000000" not in hidden
    shown = report(records, show_names=True)
    assert "Nguyễn Thị 3" in shown
    assert "09000000" not in shown


def data_of(text: str, name: str = "data") -> dict:
    found = re.search(rf'type="application/json" id="{name}">(.*?)</script>', text)
    assert found is not None
    return json.loads(found.group(1))


def without_population(records: Records) -> Records:
    return Records(
        records.tables
        | {"areas": records.areas.assign(population=pd.array([None] * len(records.areas), dtype="Int64"))},
        records.zone,
    )


def test_people_on_a_list_are_never_shown_as_the_people_who_live_there() -> None:
    known, unknown = EXAMPLES["two_units"], without_population(EXAMPLES["two_units"])
    step = data_of(report(known, "en"))["steps"][0]
    assert step["figures"]["people"] in ("90", "100")
    text = report(unknown, "en")
    for step in data_of(text)["steps"]:
        assert {step["figures"][name] for name in ("people", "samples", "posts")} == {"?"}
        assert "How many people live there is not on record." in step["told"]
    said = Page(text).said
    assert "not known, because a unit inside has no population on record" in said
    assert not re.search(r"F2 \d+; \d+ (person|people)", said)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_number_of_infections_is_shown(lang: str) -> None:
    text = report(EXAMPLES["two_units"], lang)
    said = Page(text).said
    assert not re.search(r"expected infect|infectious people|nhiễm ước tính|ca nhiễm \(ước tính\)", said)
    assert set(data_of(text)["steps"][0]["figures"]) == {
        "people",
        "share",
        "outside",
        "cut",
        "posts",
        "samples",
        "places",
        "beds",
    }


def test_every_step_says_its_own_headline() -> None:
    steps = data_of(report(EXAMPLES["two_units"], "en"))["steps"]
    assert len({step["told"] for step in steps}) == len(steps) > 1
    assert sum(step["told"].startswith("Proposed: ") for step in steps) == 1


def test_whom_to_act_on_comes_first_and_each_date_names_its_own_person() -> None:
    people = [{"person": f"p{i}", "area": "A"} for i in range(6)]
    isolated = [
        {"person": p, "start": JULY + 4 * DAY, "start_to": JULY + 4 * DAY, "kind": "hospital"} for p in ("p0", "p2")
    ]
    records = records_of(
        {
            "persons": people,
            "cases": [case("p0", 2), case("p4", 3)],
            "isolations": isolated,
            "contacts": [near("p0", "p1", 2), near("p4", "p1", 5), near("p0", "p2", 3), near("p0", "p3", 2.5)],
        }
    )
    people = data_of(report(records, "en"), "people-data")
    assert people["id"] == ["p1", "p3", "p4", "p2", "p0"]
    assert people["act"] == 3
    assert people["days"][people["last"][0]] == "6 Jul"
    assert people["id"][people["last_by"][0]] == "p4"
    assert people["id"][people["parent"][0]] == "p0"


@pytest.mark.parametrize(
    ("policy", "days", "told"),
    [
        ("vn-3468", [2], "2 F1 still within their 21 days of quarantine have no isolation on record."),
        (
            "vn-3638",
            [],
            "2 F1 without an isolation on record have no days of quarantine: the rule has no days for the"
            " time of their contact.",
        ),
    ],
)
def test_page_and_lists_say_the_same_of_july_2021(policy: str, days: list[int], told: str) -> None:
    people = [{"person": f"p{i}", "area": "A"} for i in range(4)]
    met = [near("p0", "p1", 2), near("p0", "p2", 3), near("p0", "p3", 3)]
    isolated = {"start": JULY + 4 * DAY, "start_to": JULY + 4 * DAY, "end": JULY + 40 * DAY, "end_to": JULY + 40 * DAY}
    records = records_of(
        {
            "persons": people,
            "areas": [{"area": "A", "name": "Xã A", "level": "commune"}],
            "cases": [case("p0", 2)],
            "contacts": met,
            "isolations": [{"person": "p3", "kind": "centre", **isolated}],
        }
    )
    tiers, chains, zones = analyse(records, policy=policy, as_of="2021-07-09")
    assert make_lists(tiers).summary()["due"].dropna().tolist() == days
    text = write_report(tiers, chains, zones, lang="en")
    assert {step["figures"]["places"] for step in data_of(text)["steps"]} == {str(sum(days)) if days else "?"}
    assert told in Page(text).said
    assert data_of(text, "people-data")["act"] == 3


def test_who_was_met_after_an_isolation_has_a_list_of_their_own() -> None:
    isolated = {"isolated": JULY + 4 * DAY, "isolated_to": JULY + 4 * DAY}
    people = [{"person": p, "area": "A"} for p in ("p0", "p1", "p2")]
    records = records_of(
        {
            "persons": people,
            "cases": [case("p0", 2, **isolated)],
            "contacts": [near("p0", "p1", 3), near("p0", "p2", 6)],
        }
    )
    text = report(records, "en")
    assert data_of(text, "people-data")["id"] == ["p1", "p0"]
    assert re.search(r"Met after isolation: 1.*p2 ?p0 ?7 Jul", Page(text).said)


def test_the_traced_sentence_has_no_bracket_and_no_nought() -> None:
    for lang, words in (("en", "Traced: 2 F1"), ("vi", "Đã tìm ra 2 F1")):
        found = re.findall(r"<p>(.*?)</p>", report(EXAMPLES["two_units"], lang))
        told = next(sentence for sentence in found if words in sentence)
        assert not re.search(r"[()]|\b0\b", told)


def test_a_code_is_never_alone() -> None:
    records = EXAMPLES["two_units"]
    areas = records.areas.assign(area=["32083", "32086"], name=pd.array([None, None], dtype="string"))
    move = {"A": "32083", "B": "32086"}
    persons = records.persons.assign(area=records.persons["area"].map(move).astype("string"))
    nameless = Records(records.tables | {"areas": areas, "persons": persons}, records.zone)
    assert set(data_of(report(nameless, "en"))["units"]) == {f"code {code} (no name)" for code in move.values()}
    named = data_of(report(nameless, "en", names={"32083": "Xã Tân Lộc Bắc", "32086": "Xã Tân Lộc Đông"}))
    assert set(named["units"]) == {"Xã Tân Lộc Bắc", "Xã Tân Lộc Đông"}


def test_a_unit_with_cases_says_why_it_stands_outside() -> None:
    zones = analysed("circle")[2]
    assert int(zones.units["f0"].max()) == 3
    assert "Why each unit is inside" in Page(report(EXAMPLES["circle"], "en")).said
    assert re.search(
        r"3 cases: .*the last case is of 3 Jul 2021; it holds \d+\s% of the risk for 100 people; step 1",
        Page(report(EXAMPLES["circle"], "en")).said,
    )


def test_the_same_records_give_the_same_bytes() -> None:
    records = EXAMPLES["two_units"]
    assert write_report(*analyse(records), lang="vi") == report(records)


def test_it_asks_for_nothing_from_outside() -> None:
    page = Page(report(EXAMPLES["two_units"]))
    addresses = [value for _, found in page.elements for key, value in found.items() if key in {"src", "href"}]
    assert addresses == ["data:,"]
    policy = next(found["content"] for name, found in page.elements if "http-equiv" in found)
    assert policy is not None and policy.startswith("default-src 'none'")


def test_five_thousand_cases_in_one_chain_stay_a_small_page() -> None:
    text = report(long_chain())
    assert len(text.encode()) < 6_000_000
    data = re.search(r'id="data">(.*?)</script>', text)
    if data is not None and data.group(1).startswith("{"):
        chains = json.loads(data.group(1))["chains"]
        assert len(chains[0]["rows"]) <= 152


SQUARE = [[105.0, 9.0], [105.1, 9.0], [105.1, 9.1], [105.0, 9.1], [105.0, 9.0]]


def square(code: str) -> dict[str, object]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": f"Ấp {code} <b>"},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }


def test_polygons_draw_units_and_those_without_a_match_are_counted() -> None:
    records = EXAMPLES["two_units"]
    geometry = parse_geometry({"features": [square("A"), square("Z")]}, id_property="code")
    said = Page(report(records, "en", geometry=geometry)).said
    assert "1 unit has a polygon; 1 have none, 1 polygons match no unit." in said
    none = parse_geometry({"features": [square("Z")]}, id_property="code")
    text = report(records, "en", geometry=none)
    assert "no code matches an area on record" in Page(text).said
    assert 'class="schematic"' in text


@pytest.mark.parametrize("data", [[], {"type": "Feature"}, {"features": [square("A")]}])
def test_a_file_that_is_no_geometry_is_an_error_with_a_way_out(data: object) -> None:
    with pytest.raises(InputError) as caught:
        parse_geometry(data, id_property="other")
    assert caught.value.fix


def test_broken_polygons_are_left_out() -> None:
    broken = {**square("B"), "geometry": {"type": "Polygon", "coordinates": [[["x", None]]]}}
    found = parse_geometry({"features": [square("A"), broken, None]}, id_property="code")
    assert list(found.shapes) == ["A"]
    assert found.unnamed == 2


def test_findings_of_loading_are_told() -> None:
    findings = pd.DataFrame(
        [
            {
                "severity": "error",
                "code": "exposure.date",
                "file": "f1.xlsx",
                "message_vi": "không phải ngày <b>",
                "message_en": "not a day <b>",
            }
        ]
        * 3
    )
    said = Page(report(EXAMPLES["two_units"], "en", findings=findings)).said
    assert "3 × not a day <b> (f1.xlsx) [exposure.date]" in said


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="language"):
        report(EXAMPLES["one_unit"], "fr")


@pytest.mark.parametrize("state", EXAMPLES)
def test_figures_hold_something_in_every_state(state: str) -> None:
    tiers, chains, zones = analysed(state)
    for lang in ("vi", "en"):
        made = [
            figures.epidemic_curve(tiers, chains=chains, lang=lang),
            figures.frontier(zones, lang=lang),
            figures.unit_map(zones, lang=lang),
        ]
        made += [figures.chain(chains, case, lang=lang) for case in chains.table["id"].tolist()[:1]]
        for figure in made:
            assert figure.data or figure.layout.annotations
            figure.to_json()


def test_a_figure_of_a_chain_can_be_asked_of_tiers() -> None:
    tiers, _, _ = analysed("two_units")
    assert figures.chain(tiers, "p0", contacts=True).data
