"""Stays that other records contradict, as data: what is to be asked, what is to be looked into, and what it changes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
import pyarrow.compute as pc

from tracing.model.arrow import to_numpy
from tracing.model.columns import Numbers, TableColumns, Texts, concat_columns
from tracing.tiers.exposure import Spread
from tracing.tiers.sightings import sightings

_ORDERED: Final = ("home",)
_KEPT: Final = ("centre", "hospital")


def contradicted_stays(spread: Spread, people: Collection[str] | None = None) -> TableColumns:
    """Return who was seen elsewhere during an isolation on record, a row per stay and sighting.

    Parameters
    ----------
    people
        Whose stays are looked at, by id; None: everybody's.

    Returns
    -------
    TableColumns
        ``person``, ``kind`` of the stay, ``start``, ``end`` (epoch seconds; a year beyond the calendar: not known);
        ``severity``: "question" for an order to stay at home that was given before the case was found (until it is
        answered it interrupts the certain window only), "finding" for every other (it changes no window); ``record``
        (id of the visit or contact), ``seen_from``, ``seen_to``, ``place``.
    """
    graph = spread.graph
    rows = spread.stays
    of_cases = np.flatnonzero(np.isin(rows.numbers("person").values, spread.openings.person))
    asked = of_cases[spread.isolations.doubted]
    whose = None if people is None else graph.positions(sorted(people))
    found = sightings(graph, rows, (*_ORDERED, *_KEPT), whose)
    ordered = rows.texts("kind").says(*_ORDERED)[found.numbers("at").values]
    seen = concat_columns([found.take(ordered), found.take(~ordered & ~found.numbers("care").values)])
    at = seen.numbers("at").values
    stays, never = rows.take(at), np.zeros(len(seen), dtype=bool)
    severity = np.where(np.isin(at, asked), 0, 1)
    person = stays.numbers("person").values
    start, seen_from, record = stays.numbers("start").values, seen.numbers("lo").values, seen.texts("record").arrow
    table = TableColumns(
        {
            "person": Texts(graph.columns.numbers.ids, person).plain(),
            "kind": stays.texts("kind"),
            "start": Numbers(start, never),
            "end": Numbers(stays.numbers("end_to").values, never),
            "severity": Texts.of(["question", "finding"]).take(severity),
            "record": seen.texts("record"),
            "seen_from": Numbers(seen_from, never),
            "seen_to": Numbers(seen.numbers("hi").values, never),
            "place": seen.texts("place"),
        }
    )
    rank = to_numpy(pc.rank(record, tiebreaker="dense"))
    return table.take(np.lexsort([rank, seen_from, start, person]))
