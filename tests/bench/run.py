"""Measure this machine: ``make bench``, or ``python tests/bench/run.py --contacts 100000 --write BENCHMARKS.md``.

Whole commands are measured from outside: processor seconds (all threads), wall seconds, peak memory; medians of
several runs. ``tiers`` stands beside the same walk by DuckDB, polars, pandas and NetworkX (:mod:`walk`), after all were
found to list the same people; ``load`` beside DuckDB reading the same files with types into a file; the kernel alone
beside the walk over a NetworkX graph and a memory copy. Quote ratios, not single times. polars is measured where it is
installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import walk

TRUYVET = [sys.executable, "-c", "from cli.main import main; main()"]
# A small process starts what is measured: a large one would leave its own memory in the child's peak.
_LAUNCH = """
import json, resource, subprocess, sys, time
begin = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
told = [used.ru_utime + used.ru_stime, time.perf_counter() - begin, used.ru_maxrss / 1024, done.returncode]
sys.stderr.write(json.dumps(told))
sys.stdout.buffer.write(done.stdout)
"""
_DUCKDB_READ = """
import duckdb, pathlib, sys
connection = duckdb.connect(sys.argv[2])
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.csv")):
    connection.execute(f"CREATE TABLE {path.stem} AS SELECT * FROM read_csv(?)", [str(path)])
"""


class Measured(NamedTuple):
    """Medians: processor seconds, wall seconds, peak memory in MB."""

    processor: float
    wall: float
    peak_mb: float


def measure(command: Sequence[str], folder: Path, repeats: int) -> tuple[Measured, bytes]:
    """Run a command several times, its modules compiled as pip does; return the medians and what it printed last."""
    runs = []
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(repeats):
        done = subprocess.run(
            [sys.executable, "-S", "-c", _LAUNCH, *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=True,
        )
        *told, code = json.loads(done.stderr.decode().splitlines()[-1])
        if code not in (0, 4):
            raise SystemExit(f"{' '.join(command)} ended with {code}")
        runs.append(told)
    return Measured(*(statistics.median(column) for column in zip(*runs, strict=True))), done.stdout


def libraries() -> list[str]:
    """Return the libraries of :mod:`walk` that are installed."""
    return [name for name in walk.LIBRARIES if importlib.util.find_spec(name.lower()) is not None]


def beside_libraries(contacts: int, repeats: int) -> dict[str, Measured]:
    """Measure ``tiers`` and the small commands on a random outbreak, and the walk by each library, in one run."""
    from bench_kernel import random_records

    from graph import open_store
    from tracing import load_policy
    from tracing.results import resolve_as_of
    from tracing.tiers.exposure import spread_exposure

    out: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_store(folder / "s.duckdb", create=True) as store:
            store.write(random_records(contacts // 10, contacts, contacts // 500, seed=7))
            graph = store.slice()
        policy = load_policy("vn-3638")
        spread = spread_exposure(graph, policy, resolve_as_of(None, graph), seeds=None)
        expected = walk.write_inputs(spread, folder)
        some = str(graph.records.cases["person"].iloc[0])
        del graph, spread
        store_of = ["--store", "s.duckdb", "--policy", policy.id]
        for title, words in {
            "tiers --json": ["tiers", "--json"],
            "tiers": ["tiers"],
            "tiers --case": ["tiers", "--case", some],
            "why": ["why", some],
        }.items():
            out[title], printed = measure([*TRUYVET, *words, *store_of], folder, repeats)
            if title == "tiers --json":
                _check(title, _listed(printed), expected)
        for library in libraries():
            command = [sys.executable, str(Path(walk.__file__)), library, str(folder)]
            out[library], printed = measure(command, folder, repeats)
            _check(library, printed.decode().strip(), expected)
    return out


def _listed(printed: bytes) -> str:
    people = json.loads(printed)["people"]
    return walk.told({int(p["id"][1:]): p["tier_possible"] for p in people if p["tier_possible"] is not None})


def _check(name: str, found: str, expected: str) -> None:
    if found != expected:
        raise AssertionError(f"{name} lists other people than the engine: {found}, not {expected}")


def load_beside_duckdb(people: int, folder: Path, repeats: int) -> dict[str, Measured]:
    """Measure ``load`` of an invented province into new stores, beside DuckDB's typed read of the same files."""
    measure([*TRUYVET, "generate", "--people", str(people), "--seed", "7", "--out", "province"], folder, 1)
    runs: dict[str, list[Measured]] = {"load": [], "DuckDB's typed read": []}
    for number in range(repeats):
        load = ["load", "province", "--store", f"s{number}.duckdb", "--allow-set-aside"]
        read = [sys.executable, "-c", _DUCKDB_READ, "province", f"d{number}.duckdb"]
        for title, command in zip(runs, ([*TRUYVET, *load], read), strict=True):
            runs[title].append(measure(command, folder, 1)[0])
    return {
        title: Measured(*(statistics.median(column) for column in zip(*rows, strict=True)))
        for title, rows in runs.items()
    }


def on_province(people: int, repeats: int) -> dict[str, Measured]:
    """Measure whole commands on an invented province."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        out = load_beside_duckdb(people, folder, repeats)
        listed = json.loads(measure([*TRUYVET, "tiers", "--json", "--store", "s0.duckdb"], folder, 1)[1])["people"]
        person = str(next(p["id"] for p in listed if p["tier_possible"] == 2))
        for title, words in {
            "--help": ["--help"],
            "tiers": ["tiers", "--store", "s0.duckdb"],
            "why": ["why", person, "--store", "s0.duckdb"],
            "zones": ["zones", "--store", "s0.duckdb"],
            "report": ["report", "--store", "s0.duckdb", "--out", "report.html"],
        }.items():
            out[title] = measure([*TRUYVET, *words], folder, repeats)[0]
        out |= load_one_row(folder, repeats)
    return out


def load_one_row(folder: Path, repeats: int) -> dict[str, Measured]:
    """Measure ``load`` of one row of a list, with the comparison of people after it, into stores that are loaded."""
    (folder / "f1.csv").write_text(
        "Họ tên,Năm sinh,SĐT,Địa chỉ,Ngày tiếp xúc cuối\nTrần Văn Bảy,1980,0912345999,Phường 5,27/7/2021\n",
        encoding="utf-8",
    )
    stores = [f"s{number}.duckdb" for number in range(repeats)]
    runs = [measure([*TRUYVET, "load", "f1.csv", "--store", store], folder, 1)[0] for store in stores]
    return {"load of one row": Measured(*(statistics.median(column) for column in zip(*runs, strict=True)))}


def rows_of(measured: Mapping[str, Measured], peer: str, own: str) -> Iterator[str]:
    """Yield a table: each command or library, and how many times the processor time of ``peer`` ``own`` takes."""
    yield "| What | Processor time | Wall time | Peak memory |"
    yield "|---|---|---|---|"
    for title, m in measured.items():
        yield f"| {title} | {m.processor:.2f} s | {m.wall:.2f} s | {m.peak_mb:,.0f} MB |"
    if peer in measured:
        ratio = measured[own].processor / measured[peer].processor
        yield f"\n`{own}` takes {ratio:.1f} times the processor time of {peer}."


def machine() -> str:
    """Return the processor, the cores and the memory of this machine in words."""
    import platform

    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else 0
    return f"{model}, {os.cpu_count()} cores, {pages / (1 << 30):.0f} GiB, Python {platform.python_version()}"


def growth(by_size: Mapping[int, Mapping[str, Measured]]) -> str:
    """Return processor seconds against contacts as an SVG picture, both axes in powers of ten."""
    import math

    points = [(size, name, m.processor) for size, row in by_size.items() for name, m in row.items()]
    left, right = (math.log10(f(size for size, _, _ in points)) for f in (min, max))
    low, high = (math.log10(f(seconds for _, _, seconds in points)) for f in (min, max))

    def at(size: float, seconds: float) -> tuple[float, float]:
        across, up = (math.log10(size) - left) / (right - left or 1), (math.log10(seconds) - low) / (high - low or 1)
        return 60 + 460 * across, 300 - 270 * up

    drawn = [f'<text x="{at(s, 10**low)[0]:.0f}" y="325" text-anchor="middle">{s:,}</text>' for s in by_size]
    for power in range(math.ceil(low), math.floor(high) + 1):
        y = at(10**left, 10**power)[1]
        label = f'<text x="55" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g} s</text>'
        drawn.append(f'<path d="M60 {y:.0f}H520" stroke="#ddd"/>{label}')
    for number, name in enumerate(next(iter(by_size.values()))):
        line = [at(size, row[name].processor) for size, row in by_size.items() if name in row]
        colour = f"hsl({number * 47 % 360} 70% 40%)"
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in line)
        drawn.append(f'<polyline points="{joined}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn.append(f'<text x="525" y="{line[-1][1] + 4:.0f}" fill="{colour}">{name}</text>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 340" font-family="sans-serif" font-size="11">'
        '<rect width="640" height="340" fill="#fff"/>' + "".join(drawn) + "</svg>\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--people", type=int, default=100_000, help="of the province; 0: none")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--write", type=Path, help="a page of Markdown; its picture is written beside it")
    options = parser.parse_args()
    page = ["# Benchmarks", "", f"{machine()}. Medians of {options.repeats} runs; `make bench` measures yours.", ""]
    by_size = {}
    for contacts in options.contacts:
        by_size[contacts] = beside_libraries(contacts, options.repeats)
        page += [f"## A random outbreak: {contacts:,} contacts of {contacts // 10:,} people", ""]
        page += [*rows_of(by_size[contacts], "polars", "tiers"), ""]
    if options.people:
        page += [f"## An invented province: {options.people:,} people, {options.people * 10:,} contacts, visits", ""]
        page += [*rows_of(on_province(options.people, options.repeats), "DuckDB's typed read", "load"), ""]
    page += ["## The kernel alone", "", *kernel_rows(max(options.contacts, default=100_000), options.repeats), ""]
    if options.write is not None:
        picture = options.write.with_suffix(".svg")
        picture.write_text(growth(by_size), encoding="utf-8")
        page.insert(4, f"![Processor seconds by contacts]({picture.name})\n")
        options.write.write_text("\n".join(page), encoding="utf-8")
    print("\n".join(page))


def kernel_rows(contacts: int, repeats: int) -> Iterator[str]:
    """Yield the kernel's time and its ratios to NetworkX and to a memory copy."""
    import bench_kernel

    told: dict[str, Any] = bench_kernel.run(contacts // 10, contacts, contacts // 500, repeats=repeats)
    yield f"Three steps over {contacts:,} contacts: {told['kernel_s']:.3f} s of wall time,"
    yield f"{told['networkx/kernel']:.0f} times faster than the same rule over a resident NetworkX graph,"
    yield f"{told['kernel/memory_copy']:.1f} times as long as copying its arrays."


if __name__ == "__main__":
    main()
