"""No command becomes twice as slow, beside a library that walks the same contacts in the same run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import bench_load
import run

from loaders import load_files

#: Processor time as a multiple of that of DuckDB's walk, or of its typed read of the same files; see BENCHMARKS.md.
USUAL = {"tiers": 8.0, "tiers --json": 8.5, "tiers --case": 8.0, "why": 8.0}
USUAL_LOAD = 10.0
REPEATS = 3


@pytest.mark.slow
def test_tiers_and_why_beside_the_walk_by_duckdb() -> None:
    measured = run.beside_libraries(20_000, REPEATS)
    ratios = {name: measured[name].processor / measured["DuckDB"].processor for name in USUAL}
    assert {name: ratio for name, ratio in ratios.items() if ratio > 2 * USUAL[name]} == {}


@pytest.mark.slow
def test_load_beside_the_typed_read_by_duckdb(tmp_path: Path) -> None:
    measured = run.load_beside_duckdb(2_000, tmp_path, REPEATS)
    assert measured["load"].processor / measured["DuckDB's typed read"].processor < 2 * USUAL_LOAD


def test_the_benchmark_of_loading_reads_what_duckdb_reads(tmp_path: Path) -> None:
    for shape, options in bench_load.OPTIONS.items():
        path = tmp_path / f"{shape}.csv"
        bench_load.write_visits(path, 2_000, shape)
        bench_load.check_same(path, load_files([path], options=options), shape)
