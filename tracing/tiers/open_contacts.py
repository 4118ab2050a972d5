"""Which contacts of a case its isolation does not end: its home, its carers, its room, and touching the dead."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from tracing.model.numbered import NumberedRecords
from tracing.model.order import matches, stable_order
from tracing.model.schema import CONTACT_KINDS, ROOM
from tracing.policy.model import Policy
from tracing.tiers.colocation import CoVisits, VisitTimes
from tracing.tiers.isolation import WAYS
from tracing.tiers.kernels import Column, OfContacts, Whole, half_edges_of
from tracing.tiers.verdict import ContactFacts
from tracing.tiers.windows import READINGS, TierReading
from tracing.times import EVER

Ints = npt.NDArray[np.int64]
Smalls = npt.NDArray[np.int8]
Bools = npt.NDArray[np.bool_]

_COMMUNITY: Final = WAYS.index("community")
_HOME: Final = WAYS.index("home")
_PATIENT: Final = WAYS.index("patient")
_HOUSEHOLD: Final = CONTACT_KINDS.index("household")
_DIED: Final = "died"


def joined_ways(
    graph: NumberedRecords, policy: Policy, covisits: CoVisits, source: Ints, target: Ints
) -> dict[TierReading, Smalls]:
    """Return the way of each joined visit, by reading (see :class:`tracing.tiers.exposure.HalfEdges`)."""
    ways = ways_of_places(policy, covisits.facts)
    if "home" in policy.window.stays_open.contacts:
        ways[(ways == _COMMUNITY) & _same_home(graph, source, target)] = _HOME
    return dict.fromkeys(READINGS, ways)


def ways_of_places(policy: Policy, facts: ContactFacts) -> Smalls:
    """Return the way that being at a place together has whoever the two are."""
    open_kinds = policy.window.stays_open.contacts
    ways = np.full(len(facts), _COMMUNITY, dtype=np.int8)
    if "home" in open_kinds:
        ways[facts.kind == _HOUSEHOLD] = _HOME
    if "room" in open_kinds:
        ways[facts.at_kinds(ROOM)] = _PATIENT
    return ways


def recorded_ways(
    graph: NumberedRecords, policy: Policy, visits: VisitTimes, facts: ContactFacts
) -> dict[TierReading, Column]:
    """Return the way of each half-edge of the recorded contacts, by reading."""
    open_kinds, contacts = policy.window.stays_open.contacts, graph.records.columns("contacts")
    ways = np.full(len(contacts), _COMMUNITY, dtype=np.int8)
    if "home" in open_kinds:
        ways[(facts.kind == _HOUSEHOLD) | _same_home(graph, graph.columns.a, graph.columns.b)] = _HOME
    if "care" in open_kinds:
        ways[contacts.texts("kind").says("care")] = _PATIENT
    if "room" in open_kinds:
        ways[facts.at_kinds(ROOM)] = _PATIENT
    by_contact = dict.fromkeys(READINGS, ways)
    if "room" in open_kinds:
        for reading, shared in _in_one_room(graph, visits).items():
            by_contact[reading] = np.where(shared, np.int8(_PATIENT), ways)
    by_reading: dict[TierReading, Column] = {}
    dead = _touched_the_dead(graph, facts) if "dead" in open_kinds else {}
    for reading in READINGS:
        by_reading[reading] = OfContacts(by_contact[reading], graph.columns.contact)
        if len(edges := dead.get(reading, ())):
            of_edges = by_contact[reading][graph.columns.contact]
            of_edges[edges] = _PATIENT
            by_reading[reading] = of_edges
    return by_reading


def _same_home(graph: NumberedRecords, one: Whole, two: Whole) -> Bools:
    codes = graph.households
    if not len(codes) or codes.max() < 0:
        return np.zeros(len(one), dtype=bool)
    own = codes[one]
    return np.asarray((own >= 0) & (own == codes[two]))


def _in_one_room(graph: NumberedRecords, visits: VisitTimes) -> dict[TierReading, Bools]:
    """Tell of each recorded contact whether both stayed in one room then: at some moment of it, or all the time.

    Nothing where nobody stayed in a room.
    """
    columns, places = graph.columns, graph.records.columns("places")
    rooms = places.take(places.texts("kind").says(ROOM)).texts("place").arrow
    stay = np.flatnonzero(visits.table.texts("place").among(rooms)[visits.row])
    if not len(stay):
        return {}
    out: dict[TierReading, Bools] = {reading: np.zeros(len(columns.a), dtype=bool) for reading in READINGS}
    many = np.int64(len(visits.longest))
    stay = stay[stable_order(visits.person[stay] * many + visits.place[stay])]
    person, place = visits.person[stay], visits.place[stay]
    lodges = np.zeros(len(columns.people), dtype=bool)
    lodges[person] = True
    contact = np.flatnonzero(lodges[columns.a] & lodges[columns.b])
    row, own = matches(columns.a[contact], person)
    pair, other = matches(columns.b[contact[row]] * many + place[own], person * many + place)
    at, one, two = contact[row[pair]], stay[own[pair]], stay[other]
    lo, hi = columns.spans.lo[at], columns.spans.hi[at]
    begin, end = np.maximum(visits.lo[one], visits.lo[two]), np.minimum(visits.hi[one], visits.hi[two])
    sure_begin = np.maximum(visits.sure_lo[one], visits.sure_lo[two])
    sure_end = np.minimum(visits.sure_hi[one], visits.sure_hi[two])
    out["possible"][at[np.maximum(lo, begin) < np.minimum(hi, end)]] = True
    out["certain"][at[(sure_begin <= lo) & (hi <= sure_end)]] = True
    return out


def _touched_the_dead(graph: NumberedRecords, facts: ContactFacts) -> dict[TierReading, Ints]:
    """Return the half-edges whose source had died: maybe, or surely, before they were touched.

    Where nobody says whether they were, they may have been.
    """
    cases, columns = graph.records.columns("cases"), graph.columns
    cases = cases.take(cases.texts("outcome").says(_DIED))
    died = np.full(len(columns.people), EVER, dtype=np.int64)
    died_by = died.copy()
    at = graph.positions(cases.texts("person"))
    died[at] = cases.numbers("outcome_date").filled(-EVER)
    died_by[at] = cases.numbers("outcome_date_to").filled(EVER)
    some = np.unique(at)
    edge = half_edges_of(columns.indptr, some)
    source, ref = np.repeat(some, columns.indptr[some + 1] - columns.indptr[some]), columns.contact[edge]
    physical, spans = facts.physical[ref], columns.spans
    return {
        "possible": edge[(physical != 0) & (spans.hi[ref] > died[source])],
        "certain": edge[(physical == 1) & (spans.lo[ref] >= died_by[source]) & (died_by[source] < EVER)],
    }
