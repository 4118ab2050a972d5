"""One walk, four libraries: three steps of exposure over the same contacts, each in a process of its own.

``python tests/bench/walk.py LIBRARY FOLDER`` reads ``contacts.parquet`` (``a``, ``b``, ``lo``, ``hi``: contacts that
count, epoch seconds), ``cases.parquet`` (``person``, ``opens``, ``closes``: infectious windows) and ``closes.parquet``
(``person``, ``closes``: until when anybody else can infect), and prints how many people it lists and a digest of them
with their tiers. The libraries do less than ``truyvet tiers``: one reading, no rule, no evidence.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

DEPTH = 3

_DUCKDB_STEP = """
    CREATE OR REPLACE TABLE reached AS
    SELECT person, min(since) AS since FROM (
        SELECT c.b AS person, greatest(c.lo, w.opens) AS since, least(c.hi, w.closes) AS until
        FROM contacts c JOIN windows w ON c.a = w.person
        UNION ALL
        SELECT c.a, greatest(c.lo, w.opens), least(c.hi, w.closes) FROM contacts c JOIN windows w ON c.b = w.person
    ) WHERE since < until GROUP BY person"""
_DUCKDB_NEXT = """
    CREATE OR REPLACE TABLE windows AS
    SELECT person, since AS opens, closes FROM reached JOIN closes USING (person) WHERE since < closes"""


def by_duckdb(folder: Path) -> Mapping[int, int]:
    import duckdb

    connection = duckdb.connect()
    for name in ("contacts", "closes"):
        connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{folder / name}.parquet')")
    connection.execute(f"CREATE TABLE windows AS FROM read_parquet('{folder / 'cases'}.parquet')")
    connection.execute("CREATE TABLE tiers AS SELECT person, 0 AS tier FROM windows")
    for step in range(1, DEPTH + 1):
        connection.execute(_DUCKDB_STEP)
        connection.execute(f"INSERT INTO tiers SELECT person, {step} FROM reached")
        connection.execute(_DUCKDB_NEXT)
    return dict(connection.sql("SELECT person, min(tier) FROM tiers GROUP BY person").fetchall())


def by_polars(folder: Path) -> Mapping[int, int]:
    import polars as pl

    contacts, windows, closes = (
        pl.scan_parquet(folder / f"{name}.parquet") for name in ("contacts", "cases", "closes")
    )
    tiers = [windows.select("person", tier=pl.lit(0))]
    for step in range(1, DEPTH + 1):
        met = [
            contacts.join(windows, left_on=one, right_on="person").select(
                person=other, at=pl.max_horizontal("lo", "opens"), until=pl.min_horizontal("hi", "closes")
            )
            for one, other in (("a", "b"), ("b", "a"))
        ]
        reached = pl.concat(met).filter(pl.col("at") < pl.col("until")).group_by("person").agg(pl.col("at").min())
        reached = reached.collect().lazy()
        tiers.append(reached.select("person", tier=pl.lit(step)))
        windows = reached.join(closes, on="person").filter(pl.col("at") < pl.col("closes")).rename({"at": "opens"})
    found = pl.concat(tiers).group_by("person").agg(pl.col("tier").min()).collect()
    return dict(zip(found["person"].to_list(), found["tier"].to_list(), strict=True))


def by_pandas(folder: Path) -> Mapping[int, int]:
    import numpy as np
    import pandas as pd

    contacts, windows, closes = (
        pd.read_parquet(folder / f"{name}.parquet") for name in ("contacts", "cases", "closes")
    )
    tiers = dict.fromkeys(windows["person"].tolist(), 0)
    for step in range(1, DEPTH + 1):
        met = []
        for one, other in (("a", "b"), ("b", "a")):
            pairs = contacts.merge(windows, left_on=one, right_on="person")
            at, until = np.maximum(pairs["lo"], pairs["opens"]), np.minimum(pairs["hi"], pairs["closes"])
            met.append(pd.DataFrame({"person": pairs[other], "at": at})[at < until])
        reached = pd.concat(met).groupby("person", as_index=False)["at"].min()
        for person in reached["person"].tolist():
            tiers.setdefault(person, step)
        windows = reached.merge(closes, on="person").rename(columns={"at": "opens"})
        windows = windows[windows["opens"] < windows["closes"]]
    return tiers


def by_networkx(folder: Path) -> Mapping[int, int]:
    import networkx as nx
    import pyarrow.parquet as pq

    contacts, cases, closes = (pq.read_table(folder / f"{name}.parquet") for name in ("contacts", "cases", "closes"))
    graph = nx.MultiGraph()
    spans = ({"lo": lo, "hi": hi} for lo, hi in zip(*(contacts[c].to_pylist() for c in ("lo", "hi")), strict=True))
    graph.add_edges_from(zip(contacts["a"].to_pylist(), contacts["b"].to_pylist(), spans, strict=True))
    until = dict(zip(closes["person"].to_pylist(), closes["closes"].to_pylist(), strict=True))
    columns = (cases[name].to_pylist() for name in ("person", "opens", "closes"))
    windows = {person: (opens, shut) for person, opens, shut in zip(*columns, strict=True)}
    tiers = dict.fromkeys(windows, 0)
    for step in range(1, DEPTH + 1):
        reached: dict[int, int] = {}
        for person, (opens, shut) in windows.items():
            for _, other, span in graph.edges(person, data=True) if person in graph else ():
                at = max(span["lo"], opens)
                if at < min(span["hi"], shut) and at < reached.get(other, at + 1):
                    reached[other] = at
        for person in reached:
            tiers.setdefault(person, step)
        windows = {person: (at, until[person]) for person, at in reached.items() if at < until[person]}
    return tiers


LIBRARIES: Mapping[str, Callable[[Path], Mapping[int, int]]] = {
    "polars": by_polars,
    "DuckDB": by_duckdb,
    "pandas": by_pandas,
    "NetworkX": by_networkx,
}


def told(tiers: Mapping[int, int]) -> str:
    """Return how many people are listed, and a digest of who at which tier."""
    text = ";".join(f"{person}:{tier}" for person, tier in sorted(tiers.items()))
    return f"{len(tiers)} {hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


def write_inputs(spread: Any, folder: Path) -> str:
    """Write what the walk reads of a spread, and return what the engine found, as :func:`told`."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from tracing.tiers.exposure import COUNTING
    from tracing.tiers.tiers import NO_TIER, own_tiers

    columns, labels = spread.graph.columns, spread.labels["possible"]
    counts = np.zeros(len(columns.a), dtype=bool)
    counts[spread.recorded.ref] = np.isin(spread.recorded.verdict, COUNTING["possible"])
    counts &= columns.a != columns.b
    spans = columns.spans
    contacts = {"a": columns.a[counts], "b": columns.b[counts], "lo": spans.lo[counts], "hi": spans.hi[counts]}
    windows = labels.cases[0]
    cases = {"person": windows.person, "opens": windows.opens, "closes": windows.closes}
    closes = {"person": np.arange(len(columns.people)), "closes": labels.at_large.closes[labels.at_large.indptr[:-1]]}
    for name, table in (("contacts", contacts), ("cases", cases), ("closes", closes)):
        pq.write_table(pa.table(table), folder / f"{name}.parquet")
    tier = own_tiers(spread, "possible")
    listed = np.flatnonzero(tier < NO_TIER)
    return told(dict(zip(listed.tolist(), tier[listed].tolist(), strict=True)))


if __name__ == "__main__":
    print(told(LIBRARIES[sys.argv[1]](Path(sys.argv[2]))))
