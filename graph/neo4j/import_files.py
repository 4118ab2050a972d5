"""A first load of a nation: the files that the server's own offline importer takes, in the model of the Neo4j store.

The importer (``neo4j-admin database import full``) writes a new database while the server is down, many times as fast
as any transaction. What it makes is what :meth:`Neo4jStore.write` would have made of the same records; constraints,
indexes and what follows from the records (:mod:`graph.neo4j.derived`) come when the store is first opened.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from graph.neo4j.derived import local_days
from graph.neo4j.model import EDGES, FORMAT, NODES, NodeReference, property_columns, property_of
from graph.neo4j.write_part import place_days
from tracing.model.records import Records
from tracing.model.schema import TABLES, ColumnKind, stored_columns

_TYPES: Final[dict[ColumnKind, str]] = {"flag": "boolean", "integer": "long", "number": "double", "time": "long"}
_OPTIONS: Final = ("--id-type=string", "--multiline-fields=true")


@dataclass(frozen=True)
class ImportFiles:
    """What was written: the folder, each file with its label or type and its rows, and how to import it.

    ``nodes`` and ``relationships``: file name without ending to (label or type, rows); a header file lies beside each.
    """

    folder: Path
    nodes: dict[str, tuple[str, int]]
    relationships: dict[str, tuple[str, int]]

    @property
    def arguments(self) -> list[str]:
        """The importer's arguments, files by their whole path."""
        listed = [
            f"--{what}={kind}={self.folder / f'{name}-header.csv'},{self.folder / f'{name}.csv'}"
            for what, files in (("nodes", self.nodes), ("relationships", self.relationships))
            for name, (kind, _) in files.items()
        ]
        return [*listed, *_OPTIONS]

    def command(self, database: str = "neo4j") -> str:
        """Return the command line to run where the server is, while it is down.

        The importer makes a new database and refuses one that is there already; a server that was ever started has one,
        empty, called ``neo4j``. ``--overwrite-destination`` at the end replaces it: everything in it is lost.
        """
        report = f"--report-file={self.folder / 'import.report'}"  # it quotes rows, so it stays here
        words = ["neo4j-admin", "database", "import", "full", database, *self.arguments, report]
        return " \\\n  ".join([shlex.join(words[:5]), *map(shlex.quote, words[5:])])


def write_import_files(records: Records, folder: Path) -> ImportFiles:
    """Write headers and CSV files for ``neo4j-admin database import full``.

    Parameters
    ----------
    records
        What to load. Empty tables give no file.
    folder
        Made if it is not there; files of the same names are replaced.

    Returns
    -------
    ImportFiles
        What was written, and the command line for it.

    Raises
    ------
    OSError
        If the folder cannot be written.
    """
    folder = folder.expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    nodes: dict[str, tuple[str, int]] = {}
    relationships: dict[str, tuple[str, int]] = {}
    for name, kind, frame, header in _node_files(records):
        _write(folder, name, frame, header)
        nodes[name] = (kind, len(frame))
    for name, kind, frame, header in _relationship_files(records):
        if len(frame):
            _write(folder, name, frame, header)
            relationships[name] = (kind, len(frame))
    return ImportFiles(folder, nodes, relationships)


File = tuple[str, str, pd.DataFrame, list[str]]


def _node_files(records: Records) -> Iterator[File]:
    for name, kind in NODES.items():
        frame, key = records[name], TABLES[name].key
        own = frame[list(property_columns(name))]
        header = _header(name, list(own.columns), key, kind.label)
        if kind.mentioned:
            own, header = own.assign(recorded=True), [*header, "recorded:boolean"]
        if len(own):
            yield name, kind.label, own, header
        if kind.mentioned:
            others = sorted(_mentioned(records, kind.label) - set(frame[key]))
            if others:
                named = pd.DataFrame({key: pd.array(others, dtype="string")})
                yield f"{name}-mentioned", kind.label, named, [f"{key}:ID({kind.label})"]
    areas = _areas(records)
    if len(areas):
        yield "area-codes", "Area", areas, ["area:ID(Area)", "name:string", "level:string"]
    if len(records.visits):
        days = place_days(records.visits, records.zone)
        header = ["place:string", "day:long", "last:long", ":ID(PlaceDay)"]
        yield "place-days", "PlaceDay", days.assign(id=_bucket(days)), header
    store = pd.DataFrame({"key": ["store"], "format": [FORMAT], "zone": [records.zone], "derived": False})
    yield "store", "TruyVetStore", store, ["key:ID(TruyVetStore)", "format:long", "zone:string", "derived:boolean"]


def _relationship_files(records: Records) -> Iterator[File]:
    for name, kind in NODES.items():
        for reference in kind.references:
            yield _reference_file(records, name, kind.label, reference)
    for name, edge in EDGES.items():
        frame = records[name]
        columns = list(property_columns(name))
        first, second = edge.ends
        ends, header = frame[[first, second]], [":START_ID(Person)", ":END_ID(Person)"]
        if name == "visits":
            days = _bucket(frame.assign(day=local_days(frame["start"], records.zone)))
            ends, header = ends.assign(**{second: days}), [":START_ID(Person)", ":END_ID(PlaceDay)"]
        whole = pd.concat([ends.set_axis(["_first", "_second"], axis=1), frame[columns]], axis=1)
        yield name, edge.type, whole, [*header, *_header(name, columns)]
    if len(records.visits):
        of = place_days(records.visits, records.zone)
        yield (
            "place-days-of",
            "OF",
            of.assign(id=_bucket(of))[["id", "place"]],
            [":START_ID(PlaceDay)", ":END_ID(Place)"],
        )


def _bucket(days: pd.DataFrame) -> pd.Series:
    """Return the importer's id of each place-day; it is not kept in the database."""
    named: pd.Series = days["place"].astype("string") + " " + days["day"].astype("string")
    return named


def _reference_file(records: Records, name: str, label: str, reference: NodeReference) -> File:
    frame, key = records[name], TABLES[name].key
    known = frame[frame[reference.column].notna()]
    ends = pd.DataFrame({"own": known[key], "other": known[reference.column]})
    header = [f":START_ID({label})", f":END_ID({reference.label})"]
    if reference.incoming:
        ends, header = ends[["other", "own"]], [f":START_ID({reference.label})", f":END_ID({label})"]
    return f"{name}-{reference.type.lower().replace('_', '-')}", reference.type, ends, header


def _mentioned(records: Records, label: str) -> set[str]:
    """Return the ids of people or places that other tables refer to."""
    found: set[str] = set()
    for name, kind in NODES.items():
        for reference in kind.references:
            if reference.label == label:
                found |= set(records[name][reference.column].dropna())
    for name, edge in EDGES.items():
        for column in edge.ends:
            if ("Place" if column == "place" else "Person") == label:
                found |= set(records[name][column].dropna())
    return found


def _areas(records: Records) -> pd.DataFrame:
    """Return every area code with the name and level of its latest version, as the store keeps them."""
    codes = _mentioned(records, "Area")
    order = records.areas.assign(begins=records.areas["valid_from"].fillna(-(1 << 63)))
    latest = order.sort_values(["begins", "area_version"], kind="stable").drop_duplicates("area", keep="last")
    named = latest.set_index("area")[["name", "level"]]
    whole: pd.DataFrame = named.reindex(sorted(codes | set(named.index))).rename_axis("area").reset_index()
    return whole.astype("string")


def _header(name: str, columns: list[str], key: str | None = None, label: str = "") -> list[str]:
    kinds = stored_columns(TABLES[name])
    return [f"{property_of(c)}:{f'ID({label})' if c == key else _TYPES.get(kinds[c], 'string')}" for c in columns]


def _write(folder: Path, name: str, frame: pd.DataFrame, header: list[str]) -> None:
    (folder / f"{name}-header.csv").write_text(",".join(header) + "\n", encoding="utf-8")
    table = pa.Table.from_pandas(frame, preserve_index=False)
    # Texts stand in quotes, an absent value is nothing at all: so an empty text stays one.
    csv.write_csv(table, folder / f"{name}.csv", csv.WriteOptions(include_header=False, quoting_style="needed"))
