"""Records in which everybody stands once: the ids of one person become one, their facts are put together.

What contradicts is kept: another name or year of birth goes into the attributes; of a case, two days become the span
that holds both, which the tiers read as *possible* and *certain*. A full name comes before a short one or a
relation ("chồng chị Rây"), accents before none, small letters before capitals. The records on file stay as they came.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

import numpy as np

from tracing.identity.called import Calls
from tracing.identity.decisions import place_names, representatives
from tracing.model.columns import TableColumns
from tracing.model.records import Records
from tracing.model.schema import TABLES


def unite(records: Records, groups: Iterable[Collection[str]], *, places: Iterable[Collection[str]] = ()) -> Records:
    """Return ``records`` with one id per person and per place; the same object where nobody stands twice in them.

    Parameters
    ----------
    records
        Records; the table ``cases`` decides by which id a person is called.
    groups
        Ids that are one person each (:attr:`tracing.identity.decisions.Identity.groups`).
    places
        Ids that are one place each.
    """
    groups, places = list(groups), list(places)
    if groups:
        cases = set(records.columns("cases").texts("person").given())
        named = representatives(groups, cases=cases, present=set(records.person_ids()))
        records = _renamed(records, "persons", named)
    if places:
        records = _renamed(
            records, "places", place_names(places, set(records.columns("places").texts("place").given()))
        )
    return records


def other_years(persons: TableColumns) -> dict[str, str]:
    """Return the years of birth that lists give beside the one that is taken, by person, "; " between several."""
    found = {}
    for person, year, text in persons.rows("person", "birth_year", "attributes"):
        if text is None or '"birth_year"' not in text:
            continue
        value = json.loads(text).get("birth_year")
        years = {str(one) for one in (value if isinstance(value, list) else [value])} - {str(year)}
        if years := {one for one in years if one.isdecimal()}:
            found[person] = "; ".join(sorted(years))
    return found


def _renamed(records: Records, of: str, named: Mapping[str, str]) -> Records:
    """Return ``records`` in which the ids of people, or of places, are those by which they are called."""
    calls = Calls.of({one: called for one, called in named.items() if one != called})
    if not len(calls.before):
        return records
    given = records.given()
    for name, table in TABLES.items():
        columns = [c.name for c in table if c.refers_to == of or (name == of and c.name == table.key)]
        concerned = [calls.concern(records.columns(name).texts(column)) for column in columns]
        touched = np.logical_or.reduce(concerned) if concerned else np.zeros(0, dtype=bool)
        if touched.any():
            from tracing.identity.united import unite_rows

            given[name] = unite_rows(table, records[name], columns, touched, calls, people=of == "persons")
    return Records(given, records.zone)
