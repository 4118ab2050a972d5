"""Every kind of list, in the order in which a row's records are made; a new one is a file and a line here."""

from __future__ import annotations

from typing import Final

from loaders.rows import (
    arrivals,
    cases,
    contacts,
    households,
    isolations,
    links,
    movements,
    persons,
    remarks,
    rosters,
    stays,
    tests,
    visits,
)
from loaders.rows.kind import Kind, ListRows
from loaders.rows.met import ask_case_of_title
from loaders.rows.outside import ask_outside

KINDS: Final[tuple[Kind, ...]] = (
    contacts.KIND,
    links.KIND,
    tests.KIND,
    isolations.KIND,
    arrivals.KIND,
    visits.KIND,
    stays.KIND,
    households.KIND,
    movements.KIND,
    rosters.KIND,
    rosters.ABOARD,
    rosters.ATTENDANCE,
    cases.KIND,
)
_FIELDS: Final = frozenset(name for kind in KINDS for name in kind.fields)


def build_list(rows: ListRows) -> None:
    """Stage everything that a list of people says; what nothing uses stays with the person."""
    said = [kind for kind in KINDS if kind.said_by(rows)]
    used = {name for kind in said for name in kind.fields}
    rows.kept += sorted((_FIELDS - used) | _of_no_kind(rows))
    for kind in said:
        kind.build(rows)
    households.ask_housemates(rows)
    ask_case_of_title(rows, frozenset(kind.name for kind in said))
    if not said:
        rosters.ask_gathering(rows)
    ask_outside(rows)
    remarks.build(rows)
    persons.build(rows)


def _of_no_kind(rows: ListRows) -> set[str]:
    """Return the fields of a list that no kind of list has, and that say nothing of the people themselves."""
    return set(rows.columns.found.reading.columns) - _FIELDS - persons.OWN


def used_fields(columns: frozenset[str], facts: frozenset[str]) -> frozenset[str]:
    """Return the fields that some kind uses where a list has these columns and facts."""
    have = columns | {f"fact:{name}" for name in facts}
    said = [kind for kind in KINDS if not kind.unless & have and any(mark <= have for mark in kind.marks)]
    return frozenset(name for kind in said for name in kind.fields)
