"""Removing people from a store for good: what goes with them, worked out once for every store.

Whoever is removed goes with all that is theirs: cases, contacts, visits, tests, isolations, journeys, links. Those whom
they met lose that contact only. Where texts of others name them (remarks, who reported, what a place is called), the
name becomes "…". Kept runs go, being answers about everybody; loads before can no longer be taken back. No value stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from typing import Any, Final

import pandas as pd

from graph.loads import LoadEntry, NoteKey
from graph.runs import ExportEntry
from graph.traces import GONE, Traces
from tracing.identity.decisions import NOTE as DECISIONS
from tracing.identity.decisions import UNDO
from tracing.model.records import WATCHED_TIMES, Records
from tracing.model.schema import SOURCE_COLUMNS, TABLES, stored_columns

PURGED: Final = "purged"
"""The kind of note that keeps that people were removed, by number: who did it, when, why, how many."""

_OWN: Final = frozenset({"name", "phone", "national_id"})
"""What somebody who stays is called: theirs, whoever else was called so."""


@dataclass(frozen=True, kw_only=True)
class PurgeEntry:
    """That people were removed; nothing tells who they were.

    Attributes
    ----------
    who, at, why
        Who removed them, when (epoch seconds), and the reason given.
    people, rows
        How many people, and how many rows of all tables.
    """

    who: str
    at: int
    why: str = ""
    people: int = 0
    rows: int = 0


@dataclass(frozen=True, kw_only=True)
class Purge:
    """What goes from a store with people.

    Attributes
    ----------
    people
        Their ids.
    revision
        The store's revision for which this holds.
    gone
        Table name to the keys of rows that are removed.
    put
        Table name to rows that stand in place of those with the same keys, or of those ``renamed``.
    renamed
        Table name to keys that named one of them; their rows are put under new ones.
    notes
        Notes that change by kind and key; None: that go.
    loads, exports
        The record of loads and the export log as they will be.
    runs
        How many kept runs go.
    traces
        What tells them in a text.
    """

    people: frozenset[str]
    revision: int
    gone: Mapping[str, tuple[str, ...]]
    put: Mapping[str, pd.DataFrame] = field(repr=False)
    renamed: Mapping[str, tuple[str, ...]] = field(repr=False)
    notes: Mapping[NoteKey, Any] = field(repr=False)
    loads: tuple[LoadEntry, ...] = field(repr=False)
    exports: tuple[ExportEntry, ...] = field(repr=False)
    runs: int
    traces: Traces = field(repr=False, compare=False)

    @property
    def rows(self) -> int:
        """Rows that are removed."""
        return sum(map(len, self.gone.values()))

    @property
    def cleaned(self) -> int:
        """Rows of others in which they are no longer named."""
        return sum(map(len, self.put.values()))

    def without(self, table: str) -> list[str]:
        """Return the keys of all rows that are taken out, those that come back changed among them."""
        put = self.put[table][TABLES[table].key].tolist() if table in self.put else []
        return sorted({*self.gone.get(table, ()), *self.renamed.get(table, ()), *put})

    def entry_of(self, entry: PurgeEntry, kept: Mapping[str, Any]) -> tuple[NoteKey, dict[str, Any]]:
        """Return the note, by kind and key, that says what was removed; ``kept`` are the earlier ones."""
        number = max(map(int, kept), default=0) + 1
        return (PURGED, f"{number:06d}"), asdict(replace(entry, people=len(self.people), rows=self.rows))


def parse_purges(notes: Mapping[str, Any]) -> list[PurgeEntry]:
    """Return from the notes what was removed, oldest first."""
    return [PurgeEntry(**value) for _number, value in sorted(notes.items())]


def plan_purge(
    people: Collection[str],
    records: Records,
    *,
    notes: Mapping[NoteKey, Any],
    loads: Iterable[LoadEntry],
    exports: Iterable[ExportEntry],
    runs: int,
    revision: int,
) -> Purge:
    """Work out what goes with ``people``: all ids of each of them (:mod:`tracing.identity.decisions`)."""
    ids = frozenset(people)
    theirs = {name: _rows_of(records, name, ids) for name in TABLES}
    leaving = {name: records[name][mask] for name, mask in theirs.items()}
    staying = {name: records[name][~mask] for name, mask in theirs.items()}
    codes = set(leaving["cases"]["case_code"].dropna()) - set(staying["cases"]["case_code"].dropna())
    traces = Traces(ids | codes, leaving["persons"], staying["persons"])
    gone: dict[str, tuple[str, ...]] = {}
    renamed: dict[str, tuple[str, ...]] = {}
    put: dict[str, pd.DataFrame] = {}
    for name, (old, new, changed) in _cleaned(staying, traces).items():
        key = TABLES[name].key
        emptied = _emptied(leaving, staying, changed) if name == "places" else changed & False
        put[name] = new[changed & ~emptied]
        gone[name] = (*leaving[name][key], *old.loc[emptied, key])
        renamed |= {name: tuple(old.loc[(new[key] != old[key]) & ~emptied, key])}
    return Purge(
        people=ids,
        revision=revision,
        gone={name: keys for name, keys in gone.items() if keys},
        renamed=renamed,
        put={name: rows for name, rows in put.items() if len(rows)},
        notes=_notes_without(notes, traces, leaving),
        loads=tuple(replace(one, files=_files_without(one.files, traces)) for one in loads),
        exports=tuple(replace(one, what=traces.clean(one.what)) for one in exports),
        runs=runs,
        traces=traces,
    )


def last_events(records: Records) -> pd.Series:
    """Return the last instant on record of everybody who has one, by person: epoch seconds, of a date its last one."""
    found = []
    for name, columns in WATCHED_TIMES.items():
        frame = records[name]
        ends = pd.concat([frame[c].where(frame[c] >= frame[f"{c}_to"], frame[f"{c}_to"] - 1) for c in columns], axis=1)
        latest = ends.max(axis=1)
        found += [
            pd.DataFrame({"person": frame[column.name], "at": latest})
            for column in TABLES[name]
            if column.refers_to == "persons"
        ]
    return pd.concat(found, ignore_index=True).dropna().groupby("person")["at"].max()


def _rows_of(records: Records, name: str, ids: frozenset[str]) -> pd.Series:
    """Tell which rows of a table are of these people, or between one of them and somebody else."""
    found = pd.Series(False, index=records[name].index)
    for column in TABLES[name]:
        if column.refers_to == "persons" or (name, column.name) == ("persons", "person"):
            found |= records[name][column.name].isin(list(ids)).astype(bool)
    return found


def _cleaned(
    staying: Mapping[str, pd.DataFrame], traces: Traces
) -> dict[str, tuple[pd.DataFrame, pd.DataFrame, pd.Series]]:
    """Return the rows of others as they are, as they are without the names of these people, and which differ."""
    called = _renamed(pd.concat([frame[column] for frame, column in _place_columns(staying)]), traces)
    out = {}
    for name, frame in staying.items():
        places = {column for _frame, column in _place_columns({name: frame})}
        new, changed = {}, pd.Series(False, index=frame.index)
        for column, kind in stored_columns(TABLES[name]).items():
            old = values = frame[column]
            if column in places:
                values = _called(old, called)
            elif column in ("household", "pool"):
                values = _called(old, _renamed(old, traces))
            elif kind == "text" and not (name == "persons" and column in _OWN):
                values = traces.clean_column(old, ids=column == "reported_by")
            if values is not old:
                new[column] = values
                changed |= (values.fillna("") != old.fillna("")).astype(bool)
        out[name] = frame, frame.assign(**new), changed
    return out


def _called(column: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return column.replace(names) if names else column


def _renamed(column: pd.Series, traces: Traces) -> dict[str, str]:
    """Return by value what it is called now: a value that names one of these people gets a new one of its own."""
    values = set(column.dropna().unique())
    named = sorted(value for value in values if traces.clean(value) != value)
    fresh = (f"removed-{number}" for number in count(1) if f"removed-{number}" not in values)
    return dict(zip(named, fresh, strict=False))


def _place_columns(tables: Mapping[str, pd.DataFrame]) -> list[tuple[pd.DataFrame, str]]:
    """Return where places stand: each table with a column of it that holds their ids."""
    return [
        (frame, column.name)
        for name, frame in tables.items()
        for column in TABLES[name]
        if column.refers_to == "places" or (name, column.name) == ("places", "place")
    ]


def _emptied(leaving: Mapping[str, pd.DataFrame], staying: Mapping[str, pd.DataFrame], named: pd.Series) -> pd.Series:
    """Tell which places only these people were at, of those that are homes or called after them (``named``)."""
    places = staying["places"]
    before, after = (
        {place for frame, column in _place_columns(tables) if frame is not places for place in frame[column].dropna()}
        for tables in (leaving, staying)
    )
    home = places["kind"].isin(["home", "household"]).astype(bool)
    return (home | named) & places["place"].isin(list(before - after)).astype(bool)


def _files_without(files: Mapping[str, str], traces: Traces) -> dict[str, str]:
    """Return the files of a load, those that are called after these people numbered."""
    return {
        name if traces.clean(name) == name else f"{GONE} {number}": digest
        for number, (name, digest) in enumerate(files.items(), 1)
    }


def _notes_without(
    notes: Mapping[NoteKey, Any], traces: Traces, leaving: Mapping[str, pd.DataFrame]
) -> dict[NoteKey, Any]:
    """Return the notes that change: questions on their rows, answers, decisions and joins that name them."""
    sources = pd.concat([frame[list(SOURCE_COLUMNS)] for frame in leaving.values()]).dropna(subset="source_row")
    rows = set(sources.astype(object).where(sources.notna(), None).itertuples(index=False, name=None))
    changed: dict[NoteKey, Any] = {}
    for (kind, key), value in notes.items():
        left = None if traces.names(key) else traces.clean_json(_without_rows(value, rows))
        if left != value:
            changed[kind, key] = left
    numbers = {int(key) for kind, key in changed if kind == DECISIONS}
    for (kind, key), value in notes.items():
        if kind == DECISIONS and value["what"] == UNDO and value["undoes"] in numbers:
            changed[kind, key] = None
    return changed


def _without_rows(value: Any, rows: Collection[tuple[Any, ...]]) -> Any:
    """Return a note without the questions that stand in one of these rows."""
    if isinstance(value, list):
        return [one for one in value if _without_rows(one, rows) is not None] or None
    if isinstance(value, dict):
        asked = value.get("question") or value
        place = tuple(asked.get(part) for part in ("file", "sheet", "row")) if isinstance(asked, dict) else ()
        return None if place in rows else value
    return value
