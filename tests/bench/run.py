"""Measure this machine: ``make bench``, or ``python tests/bench/run.py --people 100000``.

Whole commands are timed from outside (wall seconds, peak memory of the process), the kernel inside one process as a
ratio to the same rule over NetworkX and to a memory copy, the loaders as a ratio to DuckDB's typed read of the same
file. Medians of several runs; quote ratios, not single times.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

TRUYVET = [sys.executable, "-c", "from cli.main import main; main()"]


def timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Run a command and return (wall seconds, peak memory in MB)."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 4):
        error = process.stderr.read().decode() if process.stderr else ""
        raise SystemExit(f"{' '.join(command)} ended with {code}: {error}")
    return seconds, usage.ru_maxrss / 1024


def whole_commands(people: int, repeats: int) -> dict[str, dict[str, float]]:
    """Time help, load, tiers, why, zones and report on a generated province; load always into a fresh store."""
    results: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        province = folder / "province"
        results["generate"] = _row(
            [timed([*TRUYVET, "generate", "--people", str(people), "--seed", "7", "--out", str(province)], folder)]
        )
        runs = []
        for number in range(repeats):
            runs.append(
                timed([*TRUYVET, "load", str(province), "--store", f"s{number}.duckdb", "--allow-set-aside"], folder)
            )
        results["load"] = _row(runs)
        person = _somebody(folder)
        for title, words in {
            "--help": ["--help"],
            "tiers": ["tiers", "--json", "--store", "s0.duckdb"],
            "why": ["why", person, "--store", "s0.duckdb"],
            "zones": ["zones", "--json", "--store", "s0.duckdb"],
            "report": ["report", "--store", "s0.duckdb", "--out", "report.html"],
        }.items():
            results[title] = _row([timed([*TRUYVET, *words], folder) for _ in range(repeats)])
    return results


def _somebody(folder: Path) -> str:
    answer = subprocess.run(
        [*TRUYVET, "tiers", "--json", "--store", "s0.duckdb"], cwd=folder, capture_output=True, check=True
    )
    people = json.loads(answer.stdout)["people"]
    return str(next(p["id"] for p in people if p["tier_possible"] == 2))


def _row(runs: list[tuple[float, float]]) -> dict[str, float]:
    return {
        "seconds": statistics.median(s for s, _ in runs),
        "peak_mb": statistics.median(m for _, m in runs),
        "runs": len(runs),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--kernel-only", action="store_true")
    options = parser.parse_args()
    import bench_kernel
    import bench_load

    kernel = bench_kernel.run(options.people, options.people * 10, options.people // 50, repeats=options.repeats)
    for name, value in kernel.items():
        print(f"{name:20} {value:,.4g}")
    if not options.kernel_only:
        for shape in bench_load.HEADINGS:
            for name, value in bench_load.run(options.people * 10, shape, repeats=options.repeats).items():
                print(f"load {shape:5} {name:18} {value:,.4g}")
        for name, row in whole_commands(options.people, options.repeats).items():
            print(f"truyvet {name:12} {row['seconds']:8.2f} s   {row['peak_mb']:8.0f} MB   median of {row['runs']:.0f}")


if __name__ == "__main__":
    main()
