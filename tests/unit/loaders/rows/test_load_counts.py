"""Lists that only count: kept as aggregates with their source, a series of its own in the curve, nobody's tier."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import load_lists

from cli.main import run
from graph import open_store
from loaders import LoadResult
from loaders.set_aside import write_set_aside
from tracing import build_contact_graph, count_curve, say_curve, suggest_zones, trace_chains, trace_tiers
from tracing.figures import draw_curve
from tracing.model.records import Records
from tracing.policy.shipped import load_policy
from tracing.report.page import write_report
from tracing.times import parse_iso

POLICY = load_policy("vn-3468")
DAILY = [
    ["Ngày", "Xã", "Số ca", "Cộng dồn"],
    ["7/7/2021", "Tân Lộc", "3", "3"],
    ["8/7/2021", "Tân Lộc", "5", "8"],
    ["8/7/2021", "Tân Lộc Bắc", "1", "1"],
]


def counts(result: LoadResult) -> list[tuple[str, int, bool, str | None, int | None]]:
    """Return (what, number, from the beginning, unit, day) of every count, sorted."""
    table = result.records.counts
    rows = table.assign(cumulative=table["cumulative"].fillna(False))[["what", "number", "cumulative", "unit", "day"]]
    plain = rows.astype(object).where(rows.notna(), None)
    return sorted(plain.itertuples(index=False, name=None), key=str)


def test_numbers_by_day_and_place_are_kept_with_their_source(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"bao-cao.csv": DAILY})
    seventh, eighth = (parse_iso(f"2021-07-0{day}")[0] for day in (7, 8))
    assert counts(result) == [
        ("cases", 1, False, "Tân Lộc Bắc", eighth),
        ("cases", 1, True, "Tân Lộc Bắc", eighth),
        ("cases", 3, False, "Tân Lộc", seventh),
        ("cases", 3, True, "Tân Lộc", seventh),
        ("cases", 5, False, "Tân Lộc", eighth),
        ("cases", 8, True, "Tân Lộc", eighth),
    ]
    assert set(result.records.counts["source_file"]) == {"bao-cao.csv"}
    assert len(result.records.cases) == len(result.records.persons) == 0
    assert result.rows_set_aside == 0 and not result.questions


def test_the_day_and_the_place_may_stand_in_the_title(tmp_path: Path) -> None:
    rows = [["SỐ CA MẮC XÃ TÂN LỘC NGÀY 8/7/2021", "", ""], ["Ấp", "Số F0", "Số F1"], ["Ấp 3", "2", "17"]]
    found = counts(load_lists(tmp_path, {"n.csv": rows}))
    assert [(what, number, unit.split(",")[0], day) for what, number, _, unit, day in found] == [
        ("cases", 2, "Ấp 3", parse_iso("2021-07-08")[0]),
        ("f1", 17, "Ấp 3", parse_iso("2021-07-08")[0]),
    ]


def test_our_own_table_of_counts(tmp_path: Path) -> None:
    rows = [["what", "number", "day", "unit"], ["cases", "4", "2021-07-08", "Tân Lộc"], ["f1", "40", "", ""]]
    assert counts(load_lists(tmp_path, {"counts.csv": rows})) == [
        ("cases", 4, False, "Tân Lộc", parse_iso("2021-07-08")[0]),
        ("f1", 40, False, None, None),
    ]


def test_another_number_for_the_same_day_and_place_is_asked(tmp_path: Path) -> None:
    again = [DAILY[0], ["7/7/2021", "Tân Lộc", "4", "4"]]
    result = load_lists(tmp_path, {"a.csv": DAILY, "b.csv": again})
    assert result.rows_set_aside == 1 and sorted(result.records.counts["number"]) == [1, 1, 3, 3, 5, 8]
    aside = tmp_path / "aside.xlsx"
    write_set_aside(result, aside)
    assert aside.exists()


def records(tmp_path: Path) -> Records:
    cases = [["Mã BN", "Ngày khởi phát"], ["BN1", "6/7/2021"], ["BN2", "7/7/2021"]]
    return load_lists(tmp_path, {"ca.csv": cases, "so-lieu.csv": DAILY}).records


def test_they_are_a_series_of_their_own_and_nobodys_tier(tmp_path: Path) -> None:
    tiers = trace_tiers(build_contact_graph(records(tmp_path)), policy=POLICY)
    assert set(tiers.table["person"]) == {"BN1", "BN2"} and len(tiers.graph.columns.people) == 2
    curve = count_curve(tiers)
    assert len(curve.table) == 2 and curve.counted_apart == 1
    assert curve.counted["number"].tolist() == [3]  # as of 7 July, the last day of a person
    later = trace_tiers(build_contact_graph(records(tmp_path)), policy=POLICY, as_of="2021-07-09")
    curve = count_curve(later)
    assert curve.counted["number"].tolist() == [3, 6] and curve.counted_apart == 3
    assert "lists that only count tell of 9 cases from 7 Jul to 8 Jul" in say_curve(curve, "en")
    assert "9 ca" in say_curve(curve, "vi")
    (series,) = [trace for trace in draw_curve(curve).data if trace.type == "scatter"]
    assert list(series.y) == [3, 6]
    page = write_report(later, trace_chains(later.graph, tiers=later), suggest_zones(later), lang="en")
    assert "Counted by lists" in page and "3 counts without a day, or from the beginning" in page


def test_with_counts_alone_there_is_a_curve_and_no_case(tmp_path: Path) -> None:
    tiers = trace_tiers(
        build_contact_graph(load_lists(tmp_path, {"n.csv": DAILY}).records), policy=POLICY, as_of="2021-07-09"
    )
    assert tiers.table.empty and count_curve(tiers).counted["number"].tolist() == [3, 6]
    assert len(draw_curve(count_curve(tiers), lang="vi").data) == 1
    page = write_report(tiers, trace_chains(tiers.graph, tiers=tiers), suggest_zones(tiers), lang="vi")
    assert 'id="chart-curve"' in page


def test_a_load_counts_them_and_an_undo_takes_them_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("n.csv").write_text("\n".join(",".join(row) for row in DAILY), encoding="utf-8")
    assert run(["load", "n.csv", "--lang", "en"]) == 0
    assert "6 counts" in capsys.readouterr().out
    with open_store(Path("truyvet.duckdb")) as store:
        assert len(store.read().counts) == 6
    assert run(["undo", "--lang", "en"]) == 0
    with open_store(Path("truyvet.duckdb")) as store:
        assert len(store.read().counts) == 0
