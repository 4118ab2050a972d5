"""A file that is loaded again under other answers replaces what its rows said before; nothing of it stays beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from cli.screen import show
from cli.use_cases.questions import TAKEN_BACK
from cli.use_cases.told import told_elsewhere
from tracing.model.schema import SOURCE_COLUMNS, TABLES
from tracing.model.words import TABLE_WORDS
from tracing.text import catalogue

if TYPE_CHECKING:
    import pandas as pd

    from graph import LoadEntry, Store, WriteReport
    from loaders import LoadResult
    from loaders.people.meant import MeantRow

_, _n = catalogue("cli")

#: What a row says of people; where the places lie stays on record, and who it is where others tell of them.
_SAID: Final = ("cases", "contacts", "visits", "tests", "isolations", "arrivals", "links", "counts")
_Source = tuple[str, str, int]


@dataclass(frozen=True)
class Again:
    """What files that were loaded before no longer say: rows withdrawn by table, and rows corrected.

    ``meant``: whom a row named under an id that a person decided on, and under which it names them now.
    """

    withdrawn: Mapping[str, int] = field(default_factory=dict)
    corrected: int = 0
    meant: tuple[MeantRow, ...] = ()


NOTHING_AGAIN: Final = Again()


@dataclass(frozen=True)
class Before:
    """Which files are read again, by their names without folder.

    ``loads``: of a name under which other bytes are on record too (a list of another folder, or of another day), the
    loads whose rows these files told; rows of such a name that no such load brought are of another file.
    """

    files: frozenset[str] = frozenset()
    loads: Mapping[str, frozenset[str]] = field(default_factory=dict)


def loaded_before(store: Store, result: LoadResult, load: LoadEntry | None) -> Before:
    """Return which files are read again.

    A file is, where an earlier load brought the same bytes under its name; so are rows that were set aside.
    """
    if load is None:
        return Before()
    own = _bytes_by_name(load)
    aside = {file for file, _ in result.read} - own.keys()
    kept = [(entry.id, _bytes_by_name(entry)) for entry in store.loads()]
    again = {file for file, told in own.items() if any(told & of.get(file, set()) for _, of in kept)} | aside
    loads = {}
    for file in again:
        on_record = set[str]().union(*(of.get(file, ()) for _, of in kept))
        told = own[file] if file in own else on_record if len(on_record) < 2 else set()
        if not on_record <= told:
            loads[file] = frozenset(ident for ident, of in kept if file in of and of[file] <= told)
    return Before(frozenset(again), loads)


def _bytes_by_name(load: LoadEntry) -> dict[str, set[str]]:
    """Return the hashes of the files of a load by their names without folder."""
    found: dict[str, set[str]] = {}
    for name, told in load.files.items():
        found.setdefault(PurePath(name).name, set()).update({told} - {""})
    return found


def _said_before(store: Store, name: str, before: Before, but: pd.Series | None = None) -> pd.DataFrame:
    """Return key and source of the rows of a table that the files told before."""
    rows = store.rows_of_files(name, sorted(before.files), but=but)
    shared = rows["source_file"].isin(list(before.loads))
    if not shared.any():
        return rows
    brought = store.brought_by(name, rows.loc[shared, "key"])
    told = [
        file not in before.loads or brought.get(key) in before.loads[file]
        for key, file in zip(rows["key"], rows["source_file"], strict=True)
    ]
    return rows[told]


def replace_said(
    store: Store, result: LoadResult, report: WriteReport, before: Before, load: LoadEntry | None
) -> tuple[WriteReport, Again]:
    """Take out what rows said ``before`` and no longer say; their new values replace their own old ones."""
    if load is None or not before.files:
        return report, NOTHING_AGAIN
    report, corrected = _corrected(store, result, report, before, load)
    back = store.notes(TAKEN_BACK).keys() & {one.id for one in result.questions}
    gone = {}
    for name in _SAID:
        said = _said_before(store, name, before, result.records[name][TABLES[name].key])
        if keys := _gone(result, name, said, back):
            gone[name] = keys
    meant: tuple[MeantRow, ...] = ()
    said = _said_before(store, "persons", before, result.records.persons["person"])
    if people := _gone(result, "persons", said, back):
        people = _told_by_these_alone(store, result, people, gone, before)
        meant = _named_otherwise(store, result, said[said["key"].isin(people)])
        people = sorted(set(people) - _decided(store))
        gone |= {"persons": people} if people else {}
    if gone:
        store.withdraw(gone, load=load)
    for ident in back:
        store.save_note(TAKEN_BACK, ident, None)
    return report, Again({name: len(keys) for name, keys in gone.items()}, corrected, meant)


def _told_by_these_alone(
    store: Store, result: LoadResult, people: Collection[str], gone: Mapping[str, Collection[str]], before: Before
) -> list[str]:
    """Return those of ``people`` whom nothing else on record tells of: no row but those ``gone``, no other list."""
    of_people = {
        name: [column.name for column in table if column.refers_to == "persons"] for name, table in TABLES.items()
    }
    stored = store.read(tables=[name for name, columns in of_people.items() if columns])
    left = set(people) - told_elsewhere(store, people, result.read.keys(), before.loads)
    for name, columns in of_people.items():
        rows = stored[name]
        stays = ~rows[TABLES[name].key].isin(list(gone.get(name, ())))
        for column in columns:
            left -= set(rows.loc[stays & rows[column].isin(list(left)), column])
    return sorted(left)


def _decided(store: Store) -> set[str]:
    """Return of whom somebody decided who they are."""
    return {person for one in store.identity().decisions for person in one.people}


def _named_otherwise(store: Store, result: LoadResult, said: pd.DataFrame) -> tuple[MeantRow, ...]:
    """Return whom rows name now, of those on whom somebody decided under the id that the row had before."""
    from loaders.people.meant import MeantRow

    decided = _decided(store)
    said = said[said["key"].isin(list(decided))]
    persons = result.records.persons
    now = dict(zip(_sources(persons), persons["person"], strict=True))
    pairs = [
        (str(now[place]), str(key)) for key, place in zip(said["key"], _sources(said), strict=True) if place in now
    ]
    return tuple(MeantRow(new, old, "row") for new, old in pairs)


def _gone(result: LoadResult, name: str, said: pd.DataFrame, back: Collection[str]) -> list[str]:
    """Return the keys of what rows that were read whole said before and do not say now.

    A row that waits or is set aside keeps what it said, and so does a sheet that is asked what it or a column of it is;
    not where that is asked again because its answer was taken ``back`` (ids of questions).
    """
    if said.empty:
        return []
    undecided = {(one.file, one.sheet or "") for one in result.questions if one.kind in ("column", "sheet")}
    undecided |= {source for one in result.summaries if one.table is None for source in one.sources}
    again = {(one.file, one.sheet or "") for one in result.questions if one.id in back}
    undecided -= again
    open_rows: dict[tuple[str, str], set[int]] = {}
    for summary in result.summaries:
        for source, rows in summary.open_rows.items():
            open_rows.setdefault(source, set()).update(rows)
    read = {source: None if rows is None else set(rows.tolist()) for source, rows in result.read.items()}
    telling = set(_sources(result.records[name]))
    out = []
    for key, place in zip(said["key"], _sources(said), strict=True):
        sheet, row = (place[0], place[1]), place[2]
        if sheet not in read or sheet in undecided:
            continue
        if row in open_rows.get(sheet, ()) and sheet not in again:
            continue
        numbers = read[sheet]
        if numbers is None or (row in numbers and place in telling):  # of a row set aside: what it says otherwise now
            out.append(str(key))
    return out


def _sources(rows: pd.DataFrame) -> list[_Source]:
    """Return file, sheet ("" without) and row of each of the rows."""
    import pandas as pd

    told = (rows[column].tolist() for column in SOURCE_COLUMNS)
    return [
        (str(file), "" if pd.isna(sheet) else str(sheet), -1 if pd.isna(row) else int(row))
        for file, sheet, row in zip(*told, strict=True)
    ]


def _corrected(
    store: Store, result: LoadResult, report: WriteReport, before: Before, load: LoadEntry
) -> tuple[WriteReport, int]:
    """Write what contradicts only what the same row said before; return the report without that, and how many."""
    from tracing.model.rows import is_among

    clashes = report.conflicts
    if clashes.empty:
        return report, 0
    said = {
        (str(name), str(key), source)
        for name in clashes["table"].unique()
        for rows in (_said_before(store, str(name), before),)
        for key, source in zip(rows["key"], _sources(rows), strict=True)
    }
    own = [
        (str(name), str(key), source) in said
        for name, key, source in zip(clashes["table"], clashes["key"], _sources(clashes), strict=True)
    ]
    keys = {(str(name), str(key)) for name, key in clashes.loc[own, ["table", "key"]].itertuples(index=False)}
    others = clashes.loc[[not one for one in own], ["table", "key"]].itertuples(index=False)
    keys -= {(str(name), str(key)) for name, key in others}
    if not keys:
        return report, 0
    tables = {
        name: rows[is_among(rows[TABLES[name].key], {key for of, key in keys if of == name})].reset_index(drop=True)
        for name, rows in result.records.tables.items()
    }
    written = store.write(replace(result.records, tables=tables), load=load, replace=True)
    left = [(str(n), str(k)) not in keys for n, k in clashes[["table", "key"]].itertuples(index=False)]
    figures = {
        name: replace(
            one,
            completed=one.completed + sum(of == name for of, _ in keys),
            conflicting=one.conflicting - sum(of == name for of, _ in keys),
        )
        for name, one in report.tables.items()
    }
    filled = {name: set(report.filled.get(name, ())) | set(written.filled.get(name, ())) for name in TABLES}
    whole = replace(
        report,
        tables=figures,
        conflicts=clashes[left].reset_index(drop=True),
        filled={name: some for name, some in filled.items() if some},
    )
    return whole, len(keys)


def write_again(again: Again) -> None:
    """Say what files that were loaded before no longer say."""
    if again.withdrawn:
        count = sum(again.withdrawn.values())
        tables = ", ".join(f"{TABLE_WORDS[name]}: {number}" for name, number in again.withdrawn.items())
        show(
            _n(
                "Loaded before: {n} record that the rows no longer say was withdrawn ({tables}).",
                "Loaded before: {n} records that the rows no longer say were withdrawn ({tables}).",
                count,
                n=count,
                tables=tables,
            )
        )
    if again.corrected:
        show(
            _n(
                "Loaded before: {n} row says something else now, which replaces what it said.",
                "Loaded before: {n} rows say something else now, which replaces what they said.",
                again.corrected,
                n=again.corrected,
            )
        )
