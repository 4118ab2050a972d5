"""The report in every state: something is said, nothing is empty, the same input gives the same bytes."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from report_examples import EVIL, analyse, evil, long_chain, states

from tracing import figures
from tracing.errors import InputError
from tracing.report import parse_geometry, write_report
from tracing.report.markup import Markup, tag, to_json

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


def report(records, lang="vi", **more) -> str:
    return write_report(*analyse(records), lang=lang, **more)


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


def test_markup_escapes_every_text() -> None:
    assert tag("p", "<b>", Markup("<i>x</i>"), title='"') == '<p title="&quot;">&lt;b&gt;<i>x</i></p>'
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


def test_the_same_records_give_the_same_bytes() -> None:
    records = EXAMPLES["two_units"]
    assert report(records) == report(records)


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
    return {"type": "Feature", "properties": {"code": code, "name": f"Ấp {code} <b>"},
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}  # fmt: skip


def test_polygons_draw_units_and_those_without_a_match_are_counted() -> None:
    records = EXAMPLES["two_units"]
    geometry = parse_geometry({"features": [square("A"), square("Z")]}, id_property="code")
    said = Page(report(records, "en", geometry=geometry)).said
    assert "1 units have a polygon; 1 have none, 1 polygons match no unit." in said
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
        [{"severity": "error", "code": "exposure.date", "file": "f1.xlsx", "message_vi": "không phải ngày <b>",
          "message_en": "not a day <b>"}] * 3
    )  # fmt: skip
    said = Page(report(EXAMPLES["two_units"], "en", findings=findings)).said
    assert "3 × not a day <b> (f1.xlsx) [exposure.date]" in said


def test_a_language_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="language"):
        report(EXAMPLES["one_unit"], "fr")


@pytest.mark.parametrize("state", EXAMPLES)
def test_figures_hold_something_in_every_state(state: str) -> None:
    tiers, chains, zones = analyse(EXAMPLES[state])
    for lang in ("vi", "en"):
        made = [figures.epidemic_curve(tiers, chains=chains, lang=lang), figures.frontier(zones, lang=lang),
                figures.unit_map(zones, lang=lang)]  # fmt: skip
        made += [figures.chain(chains, case, lang=lang) for case in chains.table["id"].tolist()[:1]]
        for figure in made:
            assert figure.data or figure.layout.annotations
            figure.to_json()


def test_a_figure_of_a_chain_can_be_asked_of_tiers() -> None:
    tiers, _, _ = analyse(EXAMPLES["two_units"])
    assert figures.chain(tiers, "p0", contacts=True).data
