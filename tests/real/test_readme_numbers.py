"""The numbers that both READMEs quote, computed again; what is true is read here and nowhere else."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from loaders import load_files
from tracing.chains.chains import Chains, trace_chains
from tracing.model.contactgraph import ContactGraph, build_contact_graph
from tracing.policy.shipped import load_policy
from tracing.risk.score import score_risk
from tracing.tiers.tiers import Tiers, trace_tiers
from tracing.zones.zones import suggest_zones

ROOT = Path(__file__).resolve().parents[2]
READMES = {"en": ROOT / "README.md", "vi": ROOT / "README.vi.md"}
COVASIM = ("agents", "diagnosed", "reported_contacts", "reported_visits", "venues")


def cells(lang: str, section: str, begins: str) -> list[str]:
    """Return the cells of the table row of ``section`` that begins with ``begins``."""
    text = READMES[lang].read_text(encoding="utf-8")
    part = text.split(f"<!-- {section}: begin -->")[1].split(f"<!-- {section}: end -->")[0]
    (row,) = [line for line in part.splitlines() if line.startswith(f"| {begins}")]
    return [cell.strip() for cell in row.strip("|").split("|")]


def numbers(text: str, lang: str) -> list[float]:
    """Return the numbers of a text as written in ``lang``, codes of people left out: "2,284 F1 … 23.7 %"."""
    thousands, point = (",", ".") if lang == "en" else (".", ",")
    text = re.sub(r"\b(?:SK_|BN|F)\d+", " ", text)
    found = re.findall(rf"\d+(?:\{thousands}\d{{3}})*(?:\{point}\d+)?", text)
    return [float(word.replace(thousands, "").replace(point, ".")) for word in found]


def traced(folder: Path, *names: str) -> tuple[ContactGraph, Tiers, Chains]:
    graph = build_contact_graph(load_files([folder / name for name in names]).records)
    tiers = trace_tiers(graph, policy=load_policy("vn-3638"))
    return graph, tiers, trace_chains(graph, tiers=tiers)


@pytest.fixture(params=sorted(READMES))
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def mers(shared_data: Path) -> tuple[list[float], list[float]]:
    graph, tiers, chains = traced(shared_data / "mers_korea_2015", "linelist.csv", "contacts.csv")
    assert tiers.table["tier_possible"].tolist() == [0] * len(tiers.table)
    led = chains.table.set_index("id")["secondary"]
    into = [len(graph.records.cases), len(graph.records.links)]
    return into, [*led[["SK_14", "SK_1", "SK_16"]], len(chains.roots), chains.depth, len(chains.several)]


@pytest.fixture(scope="module")
def vietnam(shared_data: Path) -> tuple[list[float], list[float]]:
    graph, tiers, chains = traced(shared_data / "vncovid19", "patients.csv")
    assert tiers.table["tier_possible"].tolist() == [0] * len(tiers.table)
    into = [len(graph.records.cases), chains.links.number_of_edges()]
    led = chains.table.set_index("id")["secondary"]
    return into, [len(chains.roots), led["BN243"], len(chains.longest), len(chains.several)]


@pytest.fixture(scope="module")
def simulist(shared_data: Path) -> tuple[list[float], list[float]]:
    folder = shared_data / "simulist_small"
    graph, tiers, _ = traced(folder, "linelist.csv", "contacts.csv")
    assert not (tiers.table["tier_certain"] >= 1).any()
    truth = pd.read_csv(folder / "contacts.csv", dtype=str).query("was_case == 'TRUE'")
    listed = set(zip(tiers.parents["parent"], tiers.parents["person"], strict=True))
    found = sum(pair in listed for pair in zip(truth["from"], truth["to"], strict=True))
    into = [len(graph.records.cases), len(graph.records.contacts)]
    return into, [int((tiers.table["tier_possible"] == 1).sum()), found, len(truth)]


@pytest.fixture(scope="module")
def covasim(shared_data: Path) -> tuple[list[float], list[float]]:
    folder = shared_data / "covasim_5k"
    graph, tiers, _ = traced(folder, *(f"{name}.csv" for name in COVASIM))
    truth = pd.read_csv(folder / "states_TRUTH.csv", dtype=str)
    infected = set(truth.loc[truth["date_exposed"].notna(), "agent"])
    table = tiers.table[~tiers.table["case"]]
    assert (table["tier_possible"] == 1).all()
    true, certain = table["person"].isin(infected), table["tier_certain"].notna()
    never = infected - set(graph.records.cases["person"])
    listed = len(never & set(table["person"])) / len(never)
    shares = [100 * share for share in (true.mean(), true[certain].mean(), true[~certain].mean(), listed)]
    return [len(graph.records.persons), len(graph.records.cases)], [
        len(table),
        shares[0],
        shares[1],
        certain.sum(),
        shares[2],
        (~certain).sum(),
        len(never),
        shares[3],
    ]


def test_mers(lang: str, mers: tuple[list[float], list[float]]) -> None:
    _, into, out = cells(lang, "numbers", "MERS")
    assert (numbers(into, lang), sorted(numbers(out, lang))) == (mers[0], sorted(mers[1]))


def test_vietnam(lang: str, vietnam: tuple[list[float], list[float]]) -> None:
    _, into, out = cells(lang, "numbers", "Viet Nam" if lang == "en" else "Việt Nam")
    assert (numbers(into, lang), numbers(out, lang)) == vietnam


def test_simulist(lang: str, simulist: tuple[list[float], list[float]]) -> None:
    _, into, out = cells(lang, "numbers", "simulist")
    assert (numbers(into, lang), numbers(out, lang)) == simulist


def test_covasim(lang: str, covasim: tuple[list[float], list[float]]) -> None:
    what, into, out = cells(lang, "numbers", "covasim")
    assert numbers(what, lang) + numbers(into, lang) == covasim[0]
    assert numbers(out, lang) == pytest.approx(covasim[1], abs=0.05)


@pytest.fixture(scope="module")
def comparison() -> ModuleType:
    """Return the module that compares zones with other ways to choose as many people."""
    place = Path(__file__).with_name("test_zones_covasim.py")
    spec = importlib.util.spec_from_file_location("zones_covasim_for_readme", place)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("day", ["2021-08-31", "2021-09-10", "2021-09-15"])
def test_zones(day: str, shared_data: Path, tmp_path: Path, comparison: ModuleType) -> None:
    folder = shared_data / "covasim_5k"
    tiers, hidden = comparison.tiers_on(folder, day, tmp_path), comparison.hidden_on(folder, day)
    zones = suggest_zones(tiers)
    assert zones.proposal is not None and len(zones.units) == 101
    inside = float(zones.table.set_index("step")["on_record"][zones.proposal])
    compared = comparison.compare(zones, hidden)
    shares = [100 * compared[way][zones.proposal - 1] for way in ("frontier", "f0_count", "random", "oracle")]
    year, month, date = day.split("-")
    for lang in READMES:
        row = cells(lang, "zones", f"{int(date)}/{int(month)}/{year}")
        people, share, infected, *quoted = (number for cell in row[1:] for number in numbers(cell, lang))
        assert (people, infected) == (inside, len(hidden))
        assert share == pytest.approx(100 * inside / len(tiers.graph.records.persons), abs=0.05)
        assert quoted == pytest.approx(shares, abs=0.5 + 1e-9)
    risk = score_risk(tiers).table
    assert 4 < risk["person"].isin(hidden).sum() / risk["probability"].sum() < 6  # "too low by a factor of four to six"
