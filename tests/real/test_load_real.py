"""Real and simulated outbreaks: the facts that are known of each are found again in its Records."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from loaders import LoadOptions, LoadResult, load_files
from tracing.times import format_iso, parse_iso


def _load(folder: Path, *names: str, **options: object) -> LoadResult:
    result = load_files([folder / name for name in names], options=LoadOptions(**options))
    for summary in result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
    return result


def test_mers_korea(shared_data: Path) -> None:
    result = _load(shared_data / "mers_korea_2015", "linelist.csv", "contacts.csv")
    assert result.complete
    records = result.records
    assert (len(records.persons), len(records.cases), len(records.links), len(records.contacts)) == (162, 162, 98, 0)
    assert Counter(records.links["source"]).most_common(3) == [("SK_14", 38), ("SK_1", 26), ("SK_16", 21)]
    kinds = Counter(records.links["kind"])
    assert kinds["Family member"] == 1 and kinds["Hospital room"] == 44  # the trailing blank is gone
    cases = records.cases
    assert int(cases["onset"].isna().sum()) == 27
    days = [
        format_iso(int(a), int(b)) for a, b in zip(cases["onset"].dropna(), cases["onset_to"].dropna(), strict=True)
    ]
    assert (min(days), max(days)) == ("2015-05-11", "2015-06-15")
    assert int((cases["outcome"] == "died").sum()) == 19
    assert {s.kind for s in result.summaries} == {"line list", "links"}


def test_vietnam(shared_data: Path) -> None:
    result = _load(shared_data / "vncovid19", "patients.csv")
    asked = [question.column for question in result.questions]  # where they were treated, and by what they came
    assert asked == ["treat_loc", "flights"] and result.rows_waiting == 0
    links = result.records.links
    assert len(result.records.cases) == 288 and len(links) == 85
    assert Counter(links["source"]).most_common(2) == [("BN243", 10), ("BN91", 9)]
    several = links.groupby("target")["source"].nunique()
    assert sorted(several[several > 1].index) == [
        "BN207",
        "BN247",
        "BN254",
        "BN258",
        "BN259",
        "BN260",
        "BN267",
        "BN35",
        "BN48",
        "BN65",
    ]
    attributes = [json.loads(text) for text in result.records.persons["attributes"]]
    others = Counter(s for a in attributes for s in a.get("source", "").split(";") if s)
    assert (others["GB"], others["BVBM"], others["IMPORT"], others["VN"]) == (55, 38, 25, 1)
    assert "link.not_a_case" in list(result.findings)
    assert (result.records.cases["confirmed"] == parse_iso("2020-01-23")[0]).sum() == 2


def test_simulist_clean(shared_data: Path) -> None:
    result = _load(shared_data / "simulist_small", "linelist.csv", "contacts.csv")
    assert result.complete
    records = result.records
    assert (len(records.cases), len(records.contacts)) == (239, 2340)
    assert set(records.cases["person"]) <= set(records.persons["person"])
    assert "case_name" in result.findings.of(code="column.id")["column"].tolist()
    contact = records.contacts.set_index(["person_a", "person_b"]).loc[("P00001", "P00002")]
    assert contact["start"] == parse_iso("2021-04-24")[0] and contact["end_to"] == parse_iso("2021-04-30")[1]
    assert contact["time_kind"] == "sometime"
    for table in records.tables.values():  # the answers are nowhere in the Records
        text = " ".join(table["attributes"].dropna())
        assert "was_case" not in text and "under_followup" not in text


def test_simulist_messy_finds_the_same_people_and_reports_all_dirt(shared_data: Path) -> None:
    clean = _load(shared_data / "simulist_small", "linelist.csv", "contacts.csv").records
    result = _load(shared_data / "simulist_small", "linelist_MESSY.csv", "contacts.csv")
    raw = pd.read_csv(shared_data / "simulist_small" / "linelist_MESSY.csv", dtype=str)
    messy = result.records
    nameless = raw["id"].isna() & raw["case_name"].isna()
    assert result.findings.of(code="person.missing")["row"].tolist() == (raw.index[nameless] + 2).tolist()
    assert result.rows_set_aside == int(nameless.sum()) == 2
    assert set(messy.cases["person"]) <= set(clean.cases["person"])
    assert len(clean.cases) - len(messy.cases) <= 2
    odd_names = ~raw["case_name"].fillna("").str.fullmatch(r"P\d{5}") & ~nameless
    assert set(result.findings.of(code="id.completed")["row"]) == set(raw.index[odd_names] + 2)
    words = {"male", "m", "female", "f"}
    odd_sex = raw["sex"].notna() & ~raw["sex"].str.lower().isin(words)
    read = result.findings.of(code="value.read_as")
    assert set(read[read["column"] == "sex"]["row"]) == set(raw.index[odd_sex & ~nameless] + 2)
    odd_outcome = raw["outcome"].notna() & ~raw["outcome"].isin(["recovered", "died"])
    assert set(read[read["column"] == "outcome"]["row"]) == set(raw.index[odd_outcome & ~nameless] + 2)
    both = clean.cases.merge(messy.cases, on="person")
    for column in ("onset", "outcome", "outcome_date"):  # what was read is what it was before it was made messy
        assert not (both[f"{column}_x"] != both[f"{column}_y"]).fillna(False).any(), column
    people = clean.persons.merge(messy.persons, on="person")
    assert not (people["sex_x"] != people["sex_y"]).fillna(False).any()


def test_covasim(shared_data: Path) -> None:
    result = _load(
        shared_data / "covasim_5k",
        "agents.csv",
        "diagnosed.csv",
        "reported_contacts.csv",
        "reported_visits.csv",
        "venues.csv",
    )
    assert result.complete
    records = result.records
    assert (len(records.persons), len(records.cases), len(records.places)) == (5000, 339, 50)
    communes = records.areas[~records.areas["area"].isin(records.areas["parent"])]
    assert (len(records.visits), len(communes), len(records.areas)) == (930, 101, 111)  # nine districts, one province
    names = records.areas.set_index("area")["name"]  # only codes are listed: the gazetteer's names of that day
    assert names.notna().all() and (names["31999"], names["32002"]) == ("Phường 9", "Phường 4")
    assert set(records.contacts["kind"].dropna()) <= {"household", "school", "work", "social", "other"}
    loaded = {s.file: (s.kind, s.rows) for s in result.summaries}
    assert loaded["reported_contacts.csv"] == ("contact list", 5447) and loaded["agents.csv"][0] == "list of people"
    refused = _load(shared_data / "covasim_5k", "states_TRUTH.csv", "infection_log_TRUTH.csv")
    assert len(refused.records) == 0 and list(refused.findings) == ["file.truth"] * 2


def test_varicella_shelters(shared_data: Path) -> None:
    result = _load(shared_data / "varicella_berlin", "varicella_sim_berlin.csv")
    raw = pd.read_csv(shared_data / "varicella_berlin" / "varicella_sim_berlin.csv")
    wrong = (raw["leave1"] < raw["arrival1"]) | (raw["leave2"] < raw["arrival2"])
    assert result.rows_set_aside == int(wrong.sum())
    good = raw[~wrong]
    assert len(result.records.persons) == len(good)
    assert len(result.records.cases) == int(good["disease"].notna().sum())
    assert len(result.records.visits) == int(good[["center1", "center2"]].notna().sum().sum())
    assert len(result.records.places) == 4
    assert (result.records.visits["start_to"] - result.records.visits["start"]).min() >= 82_800


def test_haslemere(shared_data: Path) -> None:
    result = _load(shared_data / "haslemere", "edges.csv")
    raw = pd.read_csv(shared_data / "haslemere" / "edges.csv")
    pairs = {frozenset(pair) for pair in zip(raw["id1"], raw["id2"], strict=True)}
    assert result.complete and len(result.records.contacts) == len(pairs) == 1257
    assert result.summaries[0].loaded == len(raw)
    assert result.records.contacts["start"].isna().all()
    people = {str(i) for i in (*raw["id1"], *raw["id2"])}
    assert set(result.records.persons["person"]) == people


@pytest.mark.parametrize(("name", "rows"), [("tij_InVS.dat", 9827), ("workplace_InVS15_tij.dat", 78249)])
def test_sensors(shared_data: Path, name: str, rows: int) -> None:
    result = _load(shared_data / "sociopatterns", name, start_date=date(2013, 6, 24))
    contacts = result.records.contacts
    assert result.complete and len(contacts) == rows and (contacts["time_kind"] == "presence").all()
    assert ((contacts["end"] - contacts["start"]) == 20).all()


def test_ebola_links_and_missing_people(shared_data: Path) -> None:
    result = _load(shared_data / "ebola_sim_clean", "linelist.csv", "contacts.csv")
    assert len(result.records.cases) == 5829
    assert len(result.findings.of(code="person.unknown")) == 59  # the infected one is in no list
    assert len(result.records.links) == 3800 - 59
    assert len(result.findings.of(code="case.outcome_before_onset")) == 197
    assert "generation" in result.findings.of(code="column.not_read")["message_en"].iloc[0]
    assert Counter(result.records.links["source"]).most_common(1)[0] == ("916d0a", 6)


def test_microbetrace_with_an_empty_heading(shared_data: Path) -> None:
    result = _load(shared_data / "microbetrace", "COVID-19_simulated_ContactTracing_snp.csv")
    assert result.complete and len(result.records.links) == 40


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("sormas_region_import_test.csv", None),
        ("sormas_region_import_test_iso_8859_1.csv", "file.decoded"),
        ("sormas_region_import_test_windows_1252.csv", "file.decoded"),
        ("sormas_region_import_test_large_file_utf8_with_bom.csv", None),
        ("sormas_district_bom_test.csv", None),
    ],
)
def test_encodings(shared_data: Path, name: str, code: str | None) -> None:
    result = _load(shared_data / "sormas_import_tests", name)
    said = [c for c in result.findings if c.startswith("file.")]
    assert said == ([code] if code else [])
    assert result.summaries[0].rows >= 1


@pytest.mark.slow
def test_every_import_file_is_answered_without_a_traceback(shared_data: Path) -> None:
    files = sorted((shared_data / "sormas_import_tests").glob("*.csv")) + sorted(
        (shared_data / "godata_demo").glob("*.csv")
    )
    for path in files:
        result = load_files([path])
        for summary in result.summaries:
            assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
        assert result.summaries or len(result.findings), path.name


def test_all_real_vietnamese_headings_are_known(shared_data: Path) -> None:
    from loaders.files.headings import is_known

    known = json.loads((shared_data / "vn_headers" / "headers.json").read_text(encoding="utf-8"))
    heads = [h for source in known["sources"] for h in source.get("headers", [])]
    unknown = {h for h in heads if not is_known(h)}
    assert len(unknown) < len(heads) / 3, sorted(unknown)
