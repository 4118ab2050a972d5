"""Lists as files: CSV, Parquet, GraphML (the workbook has its own module). The same lists give the same bytes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from cli.short import hide, short_of
from cli.shown import shown_area
from cli.writers.cells import clean, without_formula
from tracing.times import EVER, format_iso

if TYPE_CHECKING:
    import networkx as nx

    from tracing.lists.lists import Lists
    from tracing.tiers.tiers import Tiers

_INSTANTS: Final = ("first_exposure", "last_exposure", "isolated", "start", "end")
_DAYS: Final = ("quarantine_first", "quarantine_last", "watched_until")


def write_csv(table: pd.DataFrame, path: Path, *, zone: str) -> None:
    """Write a table of the lists as CSV (UTF-8 with a mark, so that a spreadsheet reads the letters).

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    table = with_short_ids(table)
    named = zip(table["locality_name"].tolist(), table["locality"].tolist(), strict=True)
    table["locality_name"] = pd.array([name if pd.isna(name) else shown_area(name, code) for name, code in named])
    for column in (c for c in _INSTANTS if c in table.columns):
        table[column] = pd.array([_iso(value, zone) for value in table[column]], dtype="string")
    for column in table.columns[table.dtypes == "string"]:
        table[column] = pd.array([_harmless(value) for value in table[column]], dtype="string")
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def without_private_ids(lists: Lists) -> Lists:
    """Return lists with short ids in place of private ones, unless names are shown."""
    tables = {name: table for name, table in vars(lists).items() if isinstance(table, pd.DataFrame)}
    hidden: dict[str, Any] = {name: _hidden(table) for name, table in tables.items()}
    return replace(lists, **hidden)


def _hidden(table: pd.DataFrame) -> pd.DataFrame:
    texts = table.columns[table.dtypes == "string"]
    return table.assign(**{column: table[column].map(hide, na_action="ignore").astype("string") for column in texts})


def with_short_ids(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the column ``short_id`` after ``person``, where anybody has one."""
    table = table.copy()
    short = [short_of(person) for person in table["person"]]
    if any(one is not None for one in short):
        table.insert(list(table.columns).index("person") + 1, "short_id", pd.Series(short, table.index, dtype="string"))
    return table


def tables_beside(lists: Lists, path: Path) -> dict[Path, pd.DataFrame]:
    """Return what is listed apart by the file beside ``path`` into which they go; empty lists get none."""
    apart = {
        "met-after-isolation": lists.met_after_isolation,
        "source-finding": lists.source_finding,
        "arrivals": lists.arrivals,
    }
    return {path.with_name(f"{path.stem}-{name}{path.suffix}"): table for name, table in apart.items() if len(table)}


def _iso(value: Any, zone: str) -> str | None:
    if pd.isna(value) or abs(int(value)) >= EVER // 2:
        return None
    return format_iso(int(value), int(value), zone)


def _harmless(value: Any) -> str | None:
    if pd.isna(value):
        return None
    return without_formula(str(value))


def write_parquet(lists: Lists, path: Path, *, zone: str) -> None:
    """Write the lists as Parquet: instants as timestamps, days as dates, the provenance in the file's metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = with_short_ids(lists.table)
    for column in (c for c in _INSTANTS if c in table.columns):
        table[column] = pd.to_datetime(table[column], unit="s", utc=True).dt.tz_convert(zone)
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    for column in _DAYS:
        at = arrow.schema.get_field_index(column)
        arrow = arrow.set_column(at, column, arrow[column].cast(pa.date32()))
    made = {f"truyvet.{key}": value for key, value in lists.provenance.items()}
    pq.write_table(arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **made}), path)


def exposure_graph(lists: Lists, tiers: Tiers) -> nx.MultiDiGraph[str]:
    """Return who exposed whom, for everybody on the lists: an edge for each contact that gave the tier.

    Parents who are not on the lists themselves (another area, unchanged) are nodes with ``listed`` false.
    """
    import networkx as nx

    zone = tiers.graph.records.zone
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph.update({clean(key): clean(value) for key, value in lists.provenance.items()})
    shown = [
        "locality",
        "locality_name",
        "name",
        "address",
        "birth_year",
        "tier",
        "certain",
        "f1_class",
        "case",
        "change",
    ]
    for row in lists.table.to_dict("records"):
        known = {c: row[c] for c in shown if c in row and not pd.isna(row[c])}
        facts = {c: clean(v) if isinstance(v, str) else v for c, v in known.items()}
        graph.add_node(clean(row["person"]), listed=True, **facts)
    people = set(lists.table["person"])
    own = dict(zip(tiers.table["person"], tiers.table["tier_possible"], strict=True))
    parents = tiers.parents[tiers.parents["person"].isin(people)]
    for row in parents.to_dict("records"):
        source, target = clean(row["parent"]), clean(row["person"])
        if source not in graph:
            graph.add_node(source, listed=False, **({"tier": int(own[source])} if source in own else {}))
        facts = {
            "tier": int(row["tier"]),
            "certain": row["reading"] == "certain",
            "clause": row["clause"],
            "verdict": row["verdict"],
            "exposure": _iso(row["exposure"], zone),
        }
        facts = {name: value for name, value in facts.items() if value is not None and not pd.isna(value)}
        graph.add_edge(source, target, key=clean(row["contact"]), **facts)
    return graph


def write_graphml(lists: Lists, tiers: Tiers, path: Path) -> int:
    """Write the graph of exposures as GraphML and return how many people are in it."""
    import networkx as nx

    graph = exposure_graph(lists, tiers)
    graph = nx.relabel_nodes(graph, hide)
    nx.write_graphml(graph, path, named_key_ids=True)
    return len(graph)
