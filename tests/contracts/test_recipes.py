"""The four recipes of CONTRIBUTING, each by the smallest example: what they name is all that a new thing touches."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pandas as pd
import pytest
from jinja2 import ChoiceLoader, DictLoader, PackageLoader
from report_examples import analyse, case, near, states
from small_records import records_of

from cli.main import COMMANDS, run
from cli.options import Settings, make_command
from cli.screen import show
from graph import Store, address, open_store
from graph.address import StoreKind
from loaders import load_files
from loaders.columns.columns import span
from loaders.files import headings
from loaders.rows import kinds
from loaders.rows.kind import Kind, ListRows
from tracing.model.contactgraph import build_contact_graph
from tracing.policy import shipped
from tracing.report import page, sections, write_report
from tracing.results import Result
from tracing.text import catalogue
from tracing.tiers.tiers import Tiers, trace_tiers

CASES = "Mã BN,Họ và tên,Ngày khởi phát\nBN1,Lê Văn Tám,2021-07-08\n"


# --- a kind of list ---------------------------------------------------------------------------------------------------


def watches(rows: ListRows) -> None:
    """Stage a visit to the post, on the day of the watch."""
    day, post = rows.columns.time("watch_day"), rows.columns.text("watch_post")
    rows.stage("visits", {"person": rows.person, "place": post, **span(day, "start")}, day.known)
    rows.mention_places(post.where(day.known))


WATCHES = Kind(
    name="watches",
    fields=("watch_day", "watch_post"),
    marks=(frozenset({"watch_day", "watch_post"}),),
    build=watches,
)
HEADINGS = [("people", "watch_day", "ngày gác"), ("people", "watch_post", "chốt gác")]


@pytest.fixture
def known_watches(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A kind of list more: its description, and its headings as further lines of the table."""
    kept = (headings.aliases, headings.patterns, headings.known_headings, headings.fields_of, headings.field_of)
    lines = [*headings.told_headings(), *HEADINGS]
    monkeypatch.setattr(headings, "told_headings", lambda: iter(lines))
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, WATCHES))
    for table in kept:
        table.cache_clear()
    yield
    monkeypatch.undo()
    for table in kept:
        table.cache_clear()


def test_a_kind_of_list_is_one_description_and_its_headings(known_watches: None, tmp_path: Path) -> None:
    text = "DANH SÁCH GÁC CHỐT;;;\nSTT;Họ và tên;Năm sinh;Ngày gác;Chốt gác\n1;Lê Một;1980;5/7/2021;Chốt Cái Nước\n"
    path = tmp_path / "gac.csv"
    path.write_text(text + "2;Lê Hai;1981;6/7/2021;Chốt Cái Nước\n3;Lê Ba;1982;;\n", encoding="utf-8")
    result = load_files([path])
    visits = result.records.visits
    assert visits["place"].tolist() == ["Chốt Cái Nước"] * 2 and len(result.records.persons) == 3
    assert (visits["start_to"] - visits["start"]).tolist() == [86_400] * 2
    (sheet,) = result.summaries
    assert (sheet.rows, sheet.loaded, sheet.set_aside) == (3, 3, 0)
    assert "column.not_read" not in set(result.findings)


# --- a rule -----------------------------------------------------------------------------------------------------------

RULE = """
extends = "vn-3638"
id = "mine"
deepest_tier = { value = 4, unit = "tier", source = "a test", grade = "ours" }
"""
RULES = ("vn-3638", "mine")


def test_a_rule_is_one_file_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in Path(shipped.__file__).parent.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "mine.toml").write_text(RULE, encoding="utf-8")
    assert run(["policies", "check", str(tmp_path / "mine.toml")]) == 0
    monkeypatch.setattr(shipped, "files", lambda package: tmp_path)
    assert "mine" in shipped.list_policies()
    capsys.readouterr()
    assert run(["policies", "list"]) == 0 and "mine" in capsys.readouterr().out
    met = [{"contact": f"c{i}", **near(f"p{i}", f"p{i + 1}", 3 + i)} for i in range(4)]
    graph = build_contact_graph(records_of({"cases": [case("p0", 2)], "contacts": met}))
    depth = {name: trace_tiers(graph, policy=shipped.load_policy(name)).table["tier_possible"].max() for name in RULES}
    assert depth == {"vn-3638": 3, "mine": 4}


# --- a store ----------------------------------------------------------------------------------------------------------


def test_a_store_is_found_by_the_scheme_of_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from graph.duckdb.store import open_at

    def open_shelf(text: str, capabilities: frozenset[str], **options: Any) -> Store:
        return open_at(str(tmp_path / text.removeprefix("shelf://")), capabilities, **options)

    module = ModuleType("a_store_of_somebody_else")
    monkeypatch.setattr(module, "open_at", open_shelf, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    kind = StoreKind(frozenset({"shelf"}), module.__name__)
    monkeypatch.setattr(address, "KINDS", (*address.KINDS, kind))
    monkeypatch.chdir(tmp_path)
    Path("cases.csv").write_text(CASES, encoding="utf-8")
    assert run(["load", "cases.csv", "--store", "shelf://one", "--quiet"]) == 0
    with open_store("shelf://one", create=False) as store:
        assert store.ids("cases") == {"BN1"}
    capsys.readouterr()
    assert run(["tiers", "--store", "shelf://one", "--json"]) == 0
    assert [person["id"] for person in json.loads(capsys.readouterr().out)["people"]] == ["BN1"]
    assert run(["query", "met-on-day", "--store", "shelf://one"]) == 6, "it has no Cypher"


# --- an analysis ------------------------------------------------------------------------------------------------------


_, _n = catalogue("tracing")


@dataclass(frozen=True)
class Share(Result):
    """How many of those on record are listed."""

    listed: int = 0
    people: int = 0


def share_listed(tiers: Tiers) -> Share:
    listed, people = len(tiers.table), len(tiers.graph.columns.people)
    return Share(pd.DataFrame({"listed": [listed]}), tiers.provenance, listed, people)


def describe_share(share: Share, *, lang: str) -> str:
    return _("{listed} of {people} are listed", listed=share.listed, people=share.people).say(lang)


@make_command("share", help=_("Says how many of those on record are listed."), examples="truyvet share")
@click.pass_obj
def share_command(settings: Settings) -> int:
    with open_store("truyvet.duckdb", create=False) as store:
        share = share_listed(trace_tiers(store.slice(), policy=shipped.load_policy("vn-3638")))
    show(describe_share(share, lang="en"))
    return 0


def test_an_analysis_is_a_function_a_command_and_a_section(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = ModuleType("cli.commands.share")
    monkeypatch.setattr(module, "command", share_command, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(COMMANDS, "share", _("How many are listed."))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRUYVET_STORE", raising=False)
    Path("cases.csv").write_text(CASES, encoding="utf-8")
    assert run(["load", "cases.csv", "--quiet"]) == 0
    capsys.readouterr()
    assert run(["share"]) == 0 and capsys.readouterr().out.strip() == "1 of 1 are listed"
    assert run(["--help", "--lang", "en"]) == 0 and "How many are listed." in capsys.readouterr().out


def test_a_section_of_the_page_is_a_template_and_its_view(monkeypatch: pytest.MonkeyPatch) -> None:
    own = '<section id="share"><p>{{ share }}</p></section>'
    whole = (Path(page.__file__).parent / "templates" / "page.html").read_text(encoding="utf-8")
    at = '{% include "curve.html" %}'
    assert at in whole
    texts = {"share.html": own, "page.html": whole.replace(at, f'{at}\n{{% include "share.html" %}}')}
    monkeypatch.setattr(page, "PackageLoader", lambda name: ChoiceLoader([DictLoader(texts), PackageLoader(name)]))
    monkeypatch.setitem(
        sections.SECTIONS, "share", lambda facts: describe_share(share_listed(facts.tiers), lang=facts.lang)
    )
    text = write_report(*analyse(states()["one_unit"]), lang="en")
    assert '<section id="share"><p>4 of 6 are listed</p></section>' in text
