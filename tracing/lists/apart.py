"""Contacts that are listed apart from the tiers: met after a case's isolation, or to find the source of a case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from tracing.model.areas import Localities
from tracing.model.records import Records
from tracing.spelling import without_person
from tracing.text import Text, catalogue
from tracing.tiers.tiers import Tiers

_, _n = catalogue("tracing")

#: Title and meaning of each list, by its name in :class:`tracing.tiers.tiers.Tiers`.
APART: Final[dict[str, tuple[Text, Text]]] = {
    "met_after_isolation": (
        _("Met after isolation"),
        _(
            "On record, but after the isolation that ended the case's window: no tier through these contacts. Each"
            " has to be looked at: the isolation, or the contact, may be dated wrongly."
        ),
    ),
    "source_finding": (
        _("To find the source"),
        _("Contacts before a case's window, asked about to find who infected it. No tier; they expose nobody."),
    ),
}
PRIVATE: Final = ("name", "phone", "hamlet", "address", "met")
#: What a list beside those of the tiers says of a person.
WHO: Final = {
    "locality": "string",
    "locality_name": "string",
    "person": "string",
    "name": "string",
    "birth_year": "Int64",
    "phone": "string",
    "hamlet": "string",
    "tier": "Int64",
}
_MET: Final = {
    **WHO,
    "met": "string",
    "case": "string",
    "case_code": "string",
    "contact": "string",
    "start": "Int64",
    "end": "Int64",
    "place": "string",
    "source_file": "string",
    "source_sheet": "string",
    "source_row": "Int64",
}


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as dictionaries, missing values as None."""
    values = frame.astype(object)
    rows = values.where(values.notna(), None).to_dict("records")
    return [{str(column): value for column, value in row.items()} for row in rows]


def list_met(
    tiers: Tiers, places: Localities, persons: Mapping[str, Mapping[str, Any]], *, show_names: bool
) -> pd.DataFrame:
    """Return the contacts met after a case's isolation, by locality of the person met, then by time.

    Parameters
    ----------
    tiers
        Who met whom.
    places
        Where people live.
    persons
        What is on record of each person: ``name``, ``birth_year``, ``phone``.
    show_names
        Give ``name``, ``phone``, ``hamlet`` and ``met`` (the case's name and code, the place's name) too.
    """
    codes = _names(tiers.graph.records.cases, "person", "case_code")
    called = case_words(tiers.graph.records)
    names = _names(tiers.graph.records.places, "place", "name")
    tier = dict(zip(tiers.table["person"], tiers.table["tier_possible"], strict=True))
    rows = []
    for row in plain(tiers.met_after_isolation):
        person, case, known = row["person"], row["case"], persons.get(row["person"], {})
        locality = places.locality_of(person)
        whom = called(case)
        where = row["place"] and names.get(row["place"], row["place"])
        where = where if show_names or where is None else without_person(where)
        rows.append(
            row
            | {
                "locality": locality,
                "locality_name": places.name(locality) if locality else None,
                "name": known.get("name"),
                "birth_year": known.get("birth_year"),
                "phone": known.get("phone"),
                "hamlet": places.hamlet(person),
                "tier": tier.get(person),
                "case_code": codes.get(case),
                "met": ", ".join(part for part in (whom, where) if part),
            }
        )
    rows.sort(key=lambda row: (*places.order(row["locality"]), row["start"], row["person"], row["contact"]))
    shown = {column: kind for column, kind in _MET.items() if show_names or column not in PRIVATE}
    return pd.DataFrame(rows, columns=list(shown)).astype(shown)


def case_words(records: Records) -> Callable[[str], str]:
    """Return how somebody is called on a list with names: by name, a case with its code, else its id, behind it."""
    names = _names(records.persons, "person", "name")
    codes = {case: case for case in records.cases["person"]} | _names(records.cases, "person", "case_code")

    def called(person: str) -> str:
        name, code = names.get(person), codes.get(person)
        return (name or code or person) if name is None or code is None else f"{name} ({code})"

    return called


def _names(frame: pd.DataFrame, key: str, name: str) -> dict[str, str]:
    return dict(frame[[key, name]].dropna().itertuples(index=False, name=None))
