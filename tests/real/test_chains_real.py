"""Chains of real outbreaks: the counts that their publishers and the investigators' lists give."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from loaders import load_files
from tracing.chains.chains import trace_chains
from tracing.chains.describe import describe_chains
from tracing.chains.text_tree import draw_chain, plain_text
from tracing.model.contactgraph import build_contact_graph
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.tiers.tiers import trace_tiers


def chains_of(folder, *names):
    graph = build_contact_graph(load_files([folder / name for name in names]).records)
    return trace_chains(graph, tiers=trace_tiers(graph, policy=load_policy("vn-3638")))


@pytest.fixture(scope="module")
def mers(shared_data):
    return chains_of(shared_data / "mers_korea_2015", "linelist.csv", "contacts.csv")


@pytest.fixture(scope="module")
def vietnam(shared_data):
    return chains_of(shared_data / "vncovid19", "patients.csv")


@pytest.fixture(scope="module")
def ebola(shared_data):
    """The file as it is: the loader sets aside the 59 links whose later case is not in the line list."""
    folder = shared_data / "ebola_sim_clean"
    cases, links = (pd.read_csv(folder / name, dtype="string") for name in ("linelist.csv", "contacts.csv"))
    tables = {
        "cases": pd.DataFrame({"person": cases["case_id"]}),
        "links": pd.DataFrame({"source": links["infector"], "target": links["case_id"]}),
    }
    return trace_chains(build_contact_graph(Records.build(tables)))


def test_mers_chains(mers):
    table = mers.table.set_index("id")
    assert len(table) == 162 and len(mers.unlinked) == 65
    led = table["secondary"][table["secondary"] > 0].to_dict()
    assert led == {
        "SK_14": 38,
        "SK_1": 26,
        "SK_16": 21,
        "SK_15": 4,
        "SK_6": 2,
        "SK_76": 2,
        "SK_11": 1,
        "SK_12": 1,
        "SK_87": 1,
        "SK_118": 1,
        "SK_123": 1,
    }
    assert mers.roots == ("SK_1", "SK_76")
    assert (table["descendants"]["SK_1"], table["descendants"]["SK_76"]) == (93, 2)
    assert [len(c) for c in mers.components] == [94, 3]
    assert mers.depth == 3 and mers.longest == ("SK_1", "SK_14", "SK_123", "SK_147")
    assert Counter(table.loc[table["component"].notna(), "depth"]) == {0: 2, 1: 28, 2: 65, 3: 2}
    assert {c: table["sources"][c] for c in mers.several} == {
        "SK_107": ("SK_16", "SK_87"),
        "SK_39": ("SK_11", "SK_12", "SK_14"),
    }
    assert mers.findings.empty


def test_mers_as_json_and_as_a_picture(mers):
    cases = {case["id"]: case for case in mers.to_dict()["cases"]}
    assert cases["SK_14"].items() >= {"secondary": 38, "sources": ["SK_1"], "root": "SK_1", "depth": 1}.items()
    text = plain_text(draw_chain(mers, "SK_147"))
    assert "94 cases" in text and "SK_147" in text and "35 cases" in text and len(text.splitlines()) < 30
    assert mers.backward("SK_39")["source"].tolist() == ["SK_11", "SK_12", "SK_14", "SK_1"]
    assert "SK_14 38, SK_1 26, SK_16 21" in plain_text(describe_chains(mers))


def test_the_first_288_patients_of_vietnam(vietnam):
    table = vietnam.table.set_index("id")
    assert len(table) == 288 and vietnam.links.number_of_edges() == 85
    assert (table["secondary"] > 0).sum() == 40 and table["secondary"]["BN243"] == 10
    assert len(vietnam.roots) == 21 and not vietnam.missing
    assert {c: table["descendants"][c] for c in ("BN91", "BN243", "BN34", "BN5", "BN133")} == {
        "BN91": 16,
        "BN243": 12,
        "BN34": 11,
        "BN5": 6,
        "BN133": 6,
    }
    assert vietnam.longest == ("BN133", "BN161", "BN163", "BN209", "BN227") and vietnam.depth == 4
    several = "BN35 BN48 BN65 BN207 BN247 BN254 BN258 BN259 BN260 BN267"
    assert set(vietnam.several) == set(several.split())
    assert not vietnam.table["in_circle"].any()
    assert "BN209" in plain_text(draw_chain(vietnam, "BN227", lang="vi"))


def test_ebola_with_most_sources_missing(ebola):
    linked = ebola.table[ebola.table["component"].notna()]
    assert len(linked) == 5511 and ebola.links.number_of_edges() == 3800
    assert len(ebola.components) == len(ebola.roots) == 1711 and len(ebola.components[0]) == 14
    assert ebola.depth == 8 and not ebola.several
    assert ebola.counts()["source.missing"] == 1657 and ebola.counts()["target.missing"] == 59
    assert ebola.table.set_index("id")["secondary"].max() == 6


def test_an_outbreak_of_1861_keeps_its_dates(tmp_path):
    """Columns as in the published list of the measles of Hagelloch, the people invented."""
    rows = ["1,45,1861-11-21,1861-12-01", "45,184,1861-11-11,", "184,,1861-10-30,", "7,1,28/11/1861,"]
    for number, made in enumerate((rows[:3], rows)):
        path = tmp_path / f"measles-{number}.csv"
        path.write_text("\n".join(["case_ID,infector,date_of_prodrome,date_of_death", *made]), encoding="utf-8")
        chains = chains_of(tmp_path, path.name)
        cases = {case["id"]: case["date"] for case in chains.to_dict()["cases"]}
        assert cases.items() >= {"184": "1861-10-30", "45": "1861-11-11", "1": "1861-11-21"}.items()
        assert chains.longest[:3] == ("184", "45", "1") and "1861" in chains.provenance["as_of"]
    assert cases["7"] == "1861-11-28" and chains.depth == 3
