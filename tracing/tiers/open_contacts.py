"""Which contacts of a case its isolation does not end: its home, its carers, its room, and touching the dead."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.model.numbered import NumberedRecords
from tracing.model.schema import CONTACT_KINDS, ROOM
from tracing.policy.model import Policy
from tracing.tiers.colocation import CoVisits, VisitTimes
from tracing.tiers.isolation import WAYS
from tracing.tiers.kernels import half_edges_of
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
) -> dict[TierReading, Smalls]:
    """Return the way of each half-edge of the recorded contacts, by reading."""
    open_kinds, contacts = policy.window.stays_open.contacts, graph.records.contacts
    ways = np.full(len(contacts), _COMMUNITY, dtype=np.int8)
    if "home" in open_kinds:
        ways[(facts.kind == _HOUSEHOLD) | _same_home(graph, graph.columns.a, graph.columns.b)] = _HOME
    if "care" in open_kinds:
        ways[(contacts["kind"] == "care").fillna(False).to_numpy(dtype=bool)] = _PATIENT
    if "room" in open_kinds:
        ways[facts.at_kinds(ROOM)] = _PATIENT
    by_contact = dict.fromkeys(READINGS, ways)
    if "room" in open_kinds:
        for reading, shared in _in_one_room(graph, visits).items():
            by_contact[reading] = np.where(shared, np.int8(_PATIENT), ways)
    by_reading = {reading: by_contact[reading][graph.columns.contact] for reading in READINGS}
    if "dead" in open_kinds:
        for reading, edges in _touched_the_dead(graph, facts).items():
            by_reading[reading][edges] = _PATIENT
    return by_reading


def _same_home(graph: NumberedRecords, one: Ints, two: Ints) -> Bools:
    codes = graph.households
    if not len(codes) or codes.max() < 0:
        return np.zeros(len(one), dtype=bool)
    own = codes[one]
    return np.asarray((own >= 0) & (own == codes[two]))


def _in_one_room(graph: NumberedRecords, visits: VisitTimes) -> dict[TierReading, Bools]:
    """Tell of each recorded contact whether both stayed in one room then: at some moment of it, or all the time."""
    columns, places = graph.columns, graph.records.places
    out: dict[TierReading, Bools] = {reading: np.zeros(len(columns.a), dtype=bool) for reading in READINGS}
    rooms = set(places.loc[(places["kind"] == ROOM).fillna(False), "place"])
    if not rooms:
        return out
    here = visits.table["place"].isin(rooms).fillna(False).to_numpy(dtype=bool)[visits.row]
    if not here.any():
        return out
    stays = pd.DataFrame(
        {
            "person": visits.person,
            "place": visits.place,
            "lo": visits.lo,
            "hi": visits.hi,
            "from": visits.sure_lo,
            "to": visits.sure_hi,
        }
    )[here]
    contacts = pd.DataFrame({"at": np.arange(len(columns.a)), "a": columns.a, "b": columns.b})
    lodgers = set(stays["person"].tolist())
    contacts = contacts[contacts["a"].isin(lodgers) & contacts["b"].isin(lodgers)]
    both = contacts.merge(stays, left_on="a", right_on="person").merge(
        stays, left_on=["b", "place"], right_on=["person", "place"], suffixes=("", "_b")
    )
    at = both["at"].to_numpy(dtype=np.int64)
    lo, hi = columns.spans.lo[at], columns.spans.hi[at]
    begin, end = both[["lo", "lo_b"]].max(axis=1).to_numpy(), both[["hi", "hi_b"]].min(axis=1).to_numpy()
    sure_begin = both[["from", "from_b"]].max(axis=1).to_numpy()
    sure_end = both[["to", "to_b"]].min(axis=1).to_numpy()
    out["possible"][at[np.maximum(lo, begin) < np.minimum(hi, end)]] = True
    out["certain"][at[(sure_begin <= lo) & (hi <= sure_end)]] = True
    return out


def _touched_the_dead(graph: NumberedRecords, facts: ContactFacts) -> dict[TierReading, Ints]:
    """Return the half-edges whose source had died: maybe, or surely, before they were touched.

    Where nobody says whether they were, they may have been.
    """
    cases, columns = graph.records.cases, graph.columns
    cases = cases[(cases["outcome"] == _DIED).fillna(False)]
    died = np.full(len(columns.people), EVER, dtype=np.int64)
    died_by = died.copy()
    at = graph.positions(cases["person"])
    died[at] = cases["outcome_date"].to_numpy(dtype=np.int64, na_value=-EVER)
    died_by[at] = cases["outcome_date_to"].to_numpy(dtype=np.int64, na_value=EVER)
    some = np.unique(at)
    edge = half_edges_of(columns.indptr, some)
    source, ref = np.repeat(some, columns.indptr[some + 1] - columns.indptr[some]), columns.contact[edge]
    physical, spans = facts.physical[ref], columns.spans
    return {
        "possible": edge[(physical != 0) & (spans.hi[ref] > died[source])],
        "certain": edge[(physical == 1) & (spans.lo[ref] >= died_by[source]) & (died_by[source] < EVER)],
    }
