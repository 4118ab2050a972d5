"""Loading a CSV of visits with ten columns, beside DuckDB reading it with types and a copy of its bytes.

``python tests/bench/bench_load.py --visits 1000000`` prints medians of several runs, in processor seconds, taken in
turns in the same run; quote the ratios. Before anything is timed, both must give the same visits: person, place, start
and end of every row. Loading is reading, cleaning, checking and putting in order, up to the records; DuckDB only reads.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from loaders import LoadOptions, LoadResult, load_files

HEADINGS = {
    "own": ("person", "place", "place name", "start", "end", "name", "phone", "commune", "device", "temperature"),
    "list": (
        *("Mã người", "Mã địa điểm", "Tên địa điểm", "Thời gian đến", "Thời gian đi"),
        *("Họ tên", "SĐT", "Xã", "Thiết bị", "Nhiệt độ"),
    ),
}
"""``own``: a table of visits as ours are; ``list``: a list of people, who are put together from their rows."""
OPTIONS = {"own": LoadOptions(table="visits"), "list": LoadOptions()}
_JULY = 1_625_072_400
_UTC_7 = 7 * 3600


def write_visits(path: Path, visits: int, shape: str, seed: int = 5) -> None:
    """Write invented visits: ten to a person, five hundred to a place, over four weeks."""
    draw = np.random.default_rng(seed)
    person, place = draw.integers(0, max(visits // 10, 1), visits), draw.integers(0, max(visits // 500, 10), visits)
    start = _JULY + draw.integers(0, 28 * 1440, visits) * 60
    end = start + draw.integers(1, 60, visits) * 60
    family = np.array(["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi"])[person % 8]
    given = np.array(["An", "Bình", "Cường", "Dũng", "Hoa", "Lan", "Mai", "Nam", "Oanh", "Phúc"])[person % 10]
    columns = (
        [f"P{number:07d}" for number in person],
        [f"L{number:05d}" for number in place],
        [f"Quán {number}" for number in place],
        pd.to_datetime(start + _UTC_7, unit="s").strftime("%Y-%m-%d %H:%M"),
        pd.to_datetime(end + _UTC_7, unit="s").strftime("%Y-%m-%d %H:%M"),
        np.char.add(np.char.add(family, " "), given),
        [f"09{10_000_000 + number:08d}" for number in person],
        [f"Xã {number % 90}" for number in person],
        draw.choice(["Zalo", "web", "giấy"], visits),
        np.round(36 + draw.random(visits), 1),
    )
    pd.DataFrame(dict(zip(HEADINGS[shape], columns, strict=True))).to_csv(path, index=False)


def read_typed(path: Path) -> Any:
    """Read with DuckDB into a table of its own, types found from the values; return the connection."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE visits AS SELECT * FROM read_csv(?)", [str(path)])
    return connection


def check_same(path: Path, result: LoadResult, shape: str) -> None:
    """Raise AssertionError unless both give the same visits."""
    person, code, called, start, end = (f'"{name}"' for name in HEADINGS[shape][:5])
    place = code if shape == "own" else called  # a list names its places
    connection = read_typed(path)
    connection.register("ours", pa.Table.from_pandas(result.records.visits[["person", "place", "start", "end"]]))
    theirs = (
        f"SELECT DISTINCT {person}, {place}, epoch({start})::BIGINT - {_UTC_7}, epoch({end})::BIGINT - {_UTC_7} "
        "FROM visits"
    )
    ours = 'SELECT DISTINCT person, place, "start", "end" FROM ours'
    unlike = connection.sql(f"({ours} EXCEPT {theirs}) UNION ALL ({theirs} EXCEPT {ours})").fetchall()
    if unlike or not len(result.records.visits):
        raise AssertionError("the loader and DuckDB give other visits")


def seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of ``work``, all its threads and the processes that it ended together."""
    begin = _taken()
    work()
    return _taken() - begin


def _taken() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


def peaks_of_load(path: Path, shape: str) -> tuple[float, float]:
    """Return the peak memory in MB of a process that loads the file and does nothing else, and of its reader."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_peaks, (path, shape))


def _peaks(path: Path, shape: str) -> tuple[float, float]:
    load_files([path], options=OPTIONS[shape])
    told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    own = int(told["VmHWM"].split()[0])  # what the system counts for the process begins before it is this program
    return own / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def run(visits: int, shape: str, *, repeats: int = 3) -> dict[str, float]:
    """Return processor seconds of loading, of DuckDB's typed read and of a memory copy, their ratios, and memory."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "visits.csv"
        write_visits(path, visits, shape)
        check_same(path, load_files([path], options=OPTIONS[shape]), shape)
        data = np.frombuffer(path.read_bytes(), dtype=np.uint8)
        turns = [
            (
                seconds(lambda: load_files([path], options=OPTIONS[shape])),
                seconds(lambda: read_typed(path)),
                seconds(data.copy),
            )
            for _ in range(repeats)
        ]
        few = Path(name) / "few.csv"
        write_visits(few, visits // 10, shape)
        (peak, reader), (small, _reader) = peaks_of_load(path, shape), peaks_of_load(few, shape)
        size = path.stat().st_size
    load, duck, copy = (statistics.median(column) for column in zip(*turns, strict=True))
    return {
        "visits": visits,
        "file_mb": size / 1e6,
        "load_cpu_s": load,
        "duckdb_cpu_s": duck,
        "load/duckdb": load / duck,
        "memory_copy_s": copy,
        "load/memory_copy": load / max(copy, 1e-9),
        "peak_mb": peak,
        "reader_peak_mb": reader,
        "bytes_per_row": (peak - small) * (1 << 20) / (visits - visits // 10),
    }


def main() -> None:
    """Measure both shapes and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--shape", choices=sorted(HEADINGS), action="append")
    options = parser.parse_args()
    for shape in options.shape or HEADINGS:
        for name, value in run(options.visits, shape, repeats=options.repeats).items():
            print(f"{shape:6}{name:18} {value:14,.2f}")


if __name__ == "__main__":
    main()
