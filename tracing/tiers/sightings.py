"""Where people were seen who are on record as being isolated: what contradicts a stay.

An order to stay at home, given before the case was found, that another record contradicts is a question: until it is
answered it interrupts the case's certain window only. A contradicted stay in a centre or hospital is a finding and
changes no window.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.numbered import NumberedRecords
from tracing.model.rows import arrow_texts, stable_order, text_array
from tracing.model.schema import ROOM
from tracing.tiers.windows import midnights
from tracing.times import EVER

Ints = npt.NDArray[np.int64]

AT_HOME: Final = frozenset({"household", "home"})
_CARE: Final = frozenset({"hospital", "clinic"})
_OUTSIDE_KINDS: Final = frozenset({"work", "school", "transport"})
_COLUMNS: Final = {"at": "int64", "lo": "int64", "hi": "int64", "place": "string", "record": "string", "care": "bool"}


def sightings(
    graph: NumberedRecords, rows: pd.DataFrame, kinds: tuple[str, ...], people: Ints | None = None
) -> pd.DataFrame:
    """Return who was seen elsewhere during a stay of some kind, on a day after its first and before its last.

    Parameters
    ----------
    rows
        Stays as :func:`tracing.tiers.isolation.isolation_rows` gives them.
    kinds
        The kinds of stay that are looked at.
    people
        Whose stays are looked at (indices); None: everybody's.

    Returns
    -------
    DataFrame
        One row per stay and sighting: ``at`` (row of the stay), ``lo``, ``hi`` (epoch seconds, half-open), ``place``,
        ``record`` (id of the visit or contact), ``care`` (it was a place or contact of care).
    """
    looked_at = _is_one(arrow_texts(rows["kind"]), *kinds)
    person = rows["person"].to_numpy(dtype=np.int64)
    chosen = np.flatnonzero(looked_at if people is None else looked_at & np.isin(person, people))
    if not len(chosen):
        return pd.DataFrame(columns=list(_COLUMNS)).astype(_COLUMNS)
    zone = graph.records.zone
    start, end, end_to = (rows[name].to_numpy(dtype=np.int64)[chosen] for name in ("start", "end", "end_to"))
    first = midnights(start, zone, 1)
    last = np.where(end_to >= EVER, 0, np.maximum(end, end_to - 1))
    until = np.where(end_to >= EVER, EVER, midnights(last, zone))
    seen = _seen_outside(graph, np.unique(person[chosen]))
    order = stable_order(person[chosen])
    sighting, nth = _matches(seen.person, person[chosen][order])
    stay = order[nth]
    within = (seen.lo[sighting] >= first[stay]) & (seen.hi[sighting] <= until[stay])
    own = arrow_texts(rows["place"]).take(pa.array(chosen[stay]))
    here = np.asarray(pc.fill_null(pc.equal(seen.place.take(pa.array(sighting)), own), False))
    sighting, stay = sighting[within & ~here], stay[within & ~here]
    record = np.asarray(pc.rank(seen.record, tiebreaker="dense"), dtype=np.int64)[sighting]
    by_stay = np.lexsort((record, seen.lo[sighting], stay))
    sighting, stay = sighting[by_stay], stay[by_stay]
    return pd.DataFrame(
        {
            "at": chosen[stay],
            "lo": seen.lo[sighting],
            "hi": seen.hi[sighting],
            "place": text_array(seen.place.take(pa.array(sighting))),
            "record": text_array(seen.record.take(pa.array(sighting))),
            "care": seen.care[sighting],
        }
    )


def _matches(persons: Ints, ordered: Ints) -> tuple[Ints, Ints]:
    """Return every pair of a position in ``persons`` and one in ``ordered`` (ascending) that hold the same number."""
    first, behind = np.searchsorted(ordered, persons), np.searchsorted(ordered, persons, "right")
    many = behind - first
    left = np.repeat(np.arange(len(persons)), many)
    begin = np.cumsum(many) - many
    return left, np.arange(len(left)) - np.repeat(begin - first, many)


class _Seen(NamedTuple):
    """Who was at a place, or met somebody, when; ids of the places and of the records as Arrow has texts."""

    person: Ints
    lo: Ints
    hi: Ints
    place: pa.Array
    record: pa.Array
    care: npt.NDArray[np.bool_]


def _seen_outside(graph: NumberedRecords, people: Ints) -> _Seen:
    """Return when some people were seen at a place other than a home or a room."""
    records, columns, spans = graph.records, graph.columns, graph.columns.spans
    contacts, visits, places = records.contacts, records.visits, records.places
    asked = np.zeros(len(columns.people), dtype=bool)
    asked[people] = True
    visitor = graph.positions(visits["person"])
    unsure = _is_one(arrow_texts(visits["certainty"]), "possible")
    visit = np.flatnonzero(asked[visitor] & ~unsure)
    mine = [np.flatnonzero(asked[number]) for number in (columns.a, columns.b)]
    met = np.concatenate(mine)
    place, record = (
        pa.concat_arrays([_take(visits[of_visit], visit), _take(contacts[of_contact], met)])
        for of_visit, of_contact in (("place", "place"), ("visit", "contact"))
    )
    kind = pa.concat_arrays([pa.nulls(len(visit), pa.large_string()), _take(contacts["kind"], met)])
    where = arrow_texts(places["kind"]).take(pc.index_in(place, value_set=arrow_texts(places["place"])))
    elsewhere = np.asarray(place.is_valid()) & ~_is_one(where, *AT_HOME, ROOM)
    outside = np.flatnonzero(elsewhere | _is_one(kind, *_OUTSIDE_KINDS))
    care = _is_one(where, *_CARE) | _is_one(kind, "care")
    person = np.concatenate([visitor[visit], columns.a[mine[0]], columns.b[mine[1]]])
    lo, to = (
        np.concatenate([visits[column].to_numpy(dtype=np.int64)[visit], of_contacts[met]])
        for column, of_contacts in (("start", spans.lo), ("start_to", spans.hi))
    )
    hi = np.maximum(to, lo + 1)
    chosen = pa.array(outside)
    return _Seen(person[outside], lo[outside], hi[outside], place.take(chosen), record.take(chosen), care[outside])


def _take(texts: pd.Series, rows: Ints) -> pa.Array:
    return arrow_texts(texts).take(pa.array(rows))


def _is_one(texts: pa.Array, *words: str) -> npt.NDArray[np.bool_]:
    """Tell which texts are one of some words; a missing one is none."""
    return np.asarray(pc.is_in(texts, value_set=pa.array(words, pa.large_string())))
