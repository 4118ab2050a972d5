"""Isolations that other records contradict: found in what a load brings, printed with what they change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from cli.screen import Piece, show, show_table
from cli.shown import shown_instant
from tracing.text import Text, catalogue
from tracing.times import EVER, local

if TYPE_CHECKING:
    from graph import Store
    from tracing.model.columns import TableColumns
    from tracing.model.records import Records

_, _n = catalogue("cli")

_SHOWN: Final = ("person", "start", "seen_from", "record", "place")
_HEADS: Final = (_("id"), _("isolated"), _("seen"), _("record"), _("place"))


def contradictions_of(loaded: Records, store: Store | None) -> TableColumns:
    """Return the contradicted stays of the people whom a load speaks of, with what is on record of them.

    Which stay is contradicted is the same under every rule. ``store`` may hold the loaded rows already, or not yet.

    Returns
    -------
    TableColumns
        As :func:`tracing.tiers.contradictions.contradicted_stays`; empty where no isolation is on record.
    """
    from tracing.model.numbered import number_records
    from tracing.policy.shipped import load_policy
    from tracing.tiers.tiers import trace_tiers

    sources = [loaded] if store is None else [loaded, store.read(tables=["cases", "isolations"])]
    ordered, cases = ({p for one in sources for p in one[name]["person"]} for name in ("isolations", "cases"))
    mine = ordered & cases
    mine &= set(loaded.person_ids()) if mine else set()
    records = _about(loaded, mine)
    known = set() if store is None else store.among("persons", sorted(mine))
    if store is not None and known:
        records = _together(_about(store.numbered(people=sorted(known), steps=1).records, mine), records)
    traced = trace_tiers(number_records(records), policy=load_policy("vn-3638"), as_of=EVER)
    return traced.columns("contradicted_stays")


def _about(records: Records, people: set[str]) -> Records:
    """Return the rows that speak of ``people``, and the places."""
    from tracing.model.records import Records

    tables = {"places": records.places}
    for name in ("persons", "cases", "isolations", "visits"):
        tables[name] = records[name][records[name]["person"].isin(people)]
    contacts = records.contacts
    tables["contacts"] = contacts[contacts["person_a"].isin(people) | contacts["person_b"].isin(people)]
    return Records({name: table.reset_index(drop=True) for name, table in tables.items()}, records.zone)


def _together(known: Records, new: Records) -> Records:
    """Return the rows of both; where they contradict each other those on record."""
    import pandas as pd

    from tracing.model.normal import merge_table
    from tracing.model.records import Records
    from tracing.model.rows import repeated_rows
    from tracing.model.schema import TABLES

    tables = {}
    for name, table in TABLES.items():
        both = pd.concat([known[name], new[name]], ignore_index=True)
        again = repeated_rows((both[column] for column in both), len(both))[len(known[name]) :]
        put = merge_table(name, known[name], new[name][~again]).put
        kept = known[name][~known[name][table.key].isin(put[table.key])]
        parts = [part for part in (kept, put) if len(part)]
        if parts:
            tables[name] = pd.concat(parts, ignore_index=True)
    return Records.build(tables, zone=known.zone)


def write_contradictions(found: TableColumns, *, zone: str, listing: bool) -> None:
    """Print how many isolations other records contradict and what that changes, and with ``listing`` each of them."""
    for severity in dict.fromkeys(found.texts("severity")):
        rows = found.take(found.texts("severity").says(str(severity)))
        show(_told(str(severity), len(set(rows["person"]))))
        if listing:
            cells: list[list[Piece]] = [list(_cells(*row, zone=zone)) for row in rows.rows(*_SHOWN)]
            show_table(cells, head=list(_HEADS))


def write_questions_of_stays(found: TableColumns, *, zone: str) -> None:
    """Print the orders to stay at home that other records contradict: they are to be answered by a correction."""
    asked = found.take(found.texts("severity").says("question"))
    if len(asked):
        show()
        write_contradictions(asked, zone=zone, listing=True)


def _told(severity: str, people: int) -> Text:
    if severity == "question":
        return _n(
            "Question: {n} person was ordered to stay at home before being found, but seen elsewhere. Until"
            " the wrong record is corrected, the order interrupts the certain infectious time only.",
            "Question: {n} people were ordered to stay at home before being found, but seen elsewhere. Until"
            " the wrong record is corrected, the order interrupts the certain infectious time only.",
            people,
            n=people,
        )
    return _n(
        "Seen elsewhere during an isolation on record, to be looked into; it changes no tier: {n} person.",
        "Seen elsewhere during an isolation on record, to be looked into; it changes no tier: {n} people.",
        people,
        n=people,
    )


def _cells(person: str, start: int, seen_from: int, record: str, place: str | None, *, zone: str) -> Iterator[Piece]:
    yield person
    yield from (_instant(at, zone) for at in (start, seen_from))
    yield record
    yield place or ""


def _instant(at: int, zone: str) -> str:
    return "" if abs(at) >= EVER // 2 else shown_instant(local(at, zone))


def as_objects(found: TableColumns) -> list[dict[str, Any]]:
    """Return contradicted stays as plain data (times in epoch seconds)."""
    return [dict(zip(found.names, row, strict=True)) for row in found.rows()]
