"""Where people were seen who are on record as being isolated: what contradicts a stay.

An order to stay at home, given before the case was found, that another record contradicts is a question: until it is
answered it interrupts the case's certain window only. A contradicted stay in a centre or hospital is a finding and
changes no window.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tracing.model.arrow import TEXT, nulls_of, to_arrow, to_numpy
from tracing.model.columns import Numbers, TableColumns, Texts
from tracing.model.numbered import NumberedRecords
from tracing.model.order import matches, stable_order
from tracing.model.schema import ROOM
from tracing.tiers.windows import midnights
from tracing.times import EVER

Ints = npt.NDArray[np.int64]

AT_HOME: Final = frozenset({"household", "home"})
_CARE: Final = frozenset({"hospital", "clinic"})
_OUTSIDE_KINDS: Final = frozenset({"work", "school", "transport"})


def sightings(
    graph: NumberedRecords, rows: TableColumns, kinds: tuple[str, ...], people: Ints | None = None
) -> TableColumns:
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
    TableColumns
        One row per stay and sighting: ``at`` (row of the stay), ``lo``, ``hi`` (epoch seconds, half-open), ``place``,
        ``record`` (id of the visit or contact), ``care`` (it was a place or contact of care).
    """
    looked_at, person = rows.texts("kind").says(*kinds), rows.numbers("person").values
    chosen = np.flatnonzero(looked_at if people is None else looked_at & np.isin(person, people))
    if not len(chosen):
        return _sighted(chosen, _NOTHING, chosen)
    zone = graph.records.zone
    start, end, end_to = (rows.numbers(name).values[chosen] for name in ("start", "end", "end_to"))
    first = midnights(start, zone, 1)
    last = np.where(end_to >= EVER, 0, np.maximum(end, end_to - 1))
    until = np.where(end_to >= EVER, EVER, midnights(last, zone))
    seen = _seen_outside(graph, np.unique(person[chosen]))
    order = stable_order(person[chosen])
    sighting, nth = matches(seen.person, person[chosen][order])
    stay = order[nth]
    within = (seen.lo[sighting] >= first[stay]) & (seen.hi[sighting] <= until[stay])
    own = rows.texts("place").take(chosen[stay]).arrow
    here = to_numpy(pc.equal(seen.place.take(to_arrow(sighting)), own))
    sighting, stay = sighting[within & ~here], stay[within & ~here]
    record = to_numpy(pc.rank(seen.record, tiebreaker="dense"))[sighting]
    by_stay = np.lexsort((record, seen.lo[sighting], stay))
    sighting, stay = sighting[by_stay], stay[by_stay]
    return _sighted(chosen[stay], seen, sighting)


def _sighted(at: Ints, seen: _Seen, rows: Ints) -> TableColumns:
    """Return some rows of what was seen, with the rows ``at`` of the stays."""
    return TableColumns(
        {
            "at": Numbers(at),
            "lo": Numbers(seen.lo[rows]),
            "hi": Numbers(seen.hi[rows]),
            "place": Texts(seen.place.take(to_arrow(rows))),
            "record": Texts(seen.record.take(to_arrow(rows))),
            "care": Numbers(seen.care[rows]),
        }
    )


class _Seen(NamedTuple):
    """Who was at a place, or met somebody, when; ids of the places and of the records as Arrow has texts."""

    person: Ints
    lo: Ints
    hi: Ints
    place: pa.Array
    record: pa.Array
    care: npt.NDArray[np.bool_]


_NONE: Final = np.empty(0, dtype=np.int64)
_NOTHING: Final = _Seen(_NONE, _NONE, _NONE, pa.nulls(0, TEXT), pa.nulls(0, TEXT), _NONE.astype(bool))


def _seen_outside(graph: NumberedRecords, people: Ints) -> _Seen:
    """Return when some people were seen at a place other than a home or a room."""
    records, columns, spans = graph.records, graph.columns, graph.columns.spans
    contacts, visits, places = (records.columns(name) for name in ("contacts", "visits", "places"))
    asked = np.zeros(len(columns.people), dtype=bool)
    asked[people] = True
    visitor = graph.positions(visits.texts("person"))
    visit = np.flatnonzero(asked[visitor] & ~visits.texts("certainty").says("possible"))
    mine = [np.flatnonzero(asked[number]) for number in (columns.a, columns.b)]
    met = np.concatenate(mine)
    seen, named = visits.take(visit), contacts.take(met)
    place, record = (
        pa.concat_arrays([seen.texts(of_visit).arrow, named.texts(of_contact).arrow])
        for of_visit, of_contact in (("place", "place"), ("visit", "contact"))
    )
    kind = Texts(pa.concat_arrays([pa.nulls(len(visit), TEXT), named.texts("kind").arrow]))
    where = Texts(places.texts("kind").arrow.take(pc.index_in(place, value_set=places.texts("place").arrow)))
    elsewhere = ~nulls_of(place) & ~where.says(*AT_HOME, ROOM)
    outside = np.flatnonzero(elsewhere | kind.says(*_OUTSIDE_KINDS))
    care = where.says(*_CARE) | kind.says("care")
    person = np.concatenate([visitor[visit], columns.a[mine[0]], columns.b[mine[1]]])
    lo, to = (
        np.concatenate([seen.numbers(column).values, of_contacts[met]])
        for column, of_contacts in (("start", spans.lo), ("start_to", spans.hi))
    )
    hi = np.maximum(to, lo + 1)
    chosen = to_arrow(outside)
    return _Seen(person[outside], lo[outside], hi[outside], place.take(chosen), record.take(chosen), care[outside])
