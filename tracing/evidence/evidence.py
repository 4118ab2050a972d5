"""Evidence: why somebody is listed, or why not, and what fact would change it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np

from tracing.errors import NothingFound
from tracing.evidence.answer import Change, Evidence, Step
from tracing.evidence.describe import describe_evidence
from tracing.evidence.otherwise import retrace
from tracing.evidence.paths import RECORDED, Hop, contact_name, find_path, half_edges_to, incoming
from tracing.model.columns import TableColumns
from tracing.model.numbered import SURE_SOMETIME
from tracing.text import catalogue
from tracing.tiers.edges import HalfEdges
from tracing.tiers.exposure import Spread
from tracing.tiers.tiers import NO_TIER, Tiers, own_tiers
from tracing.tiers.verdict import FAILS, UNDECIDED, ContactFacts, conditions
from tracing.tiers.windows import READINGS, TierReading
from tracing.times import EVER, NEVER

_, _n = catalogue("tracing")

#: How many contacts of somebody who met nobody listed are named.
OTHERS: Final = 3


def explain(tiers: Tiers, person: str, *, otherwise: bool = True) -> Evidence:
    """Return why ``person`` is listed with their tiers, or why not and what would change it.

    Parameters
    ----------
    tiers
        Who is listed, traced once.
    person
        An id on record.
    otherwise
        Trace the tiers that they would have after the change that is named, too: about as much work as tracing once.
        Without it many answers from the same ``tiers`` cost little each: what they share is worked out once.

    Returns
    -------
    Evidence
        The path of exposures or the nearest contact, the change, and the sentences that say it.

    Raises
    ------
    NothingFound
        If nobody on record has this id.
    """
    found = _find_answer(tiers, person, alone=otherwise)
    if otherwise:
        found = replace(found, otherwise=retrace(tiers, person, found.change))
    return replace(found, lines=describe_evidence(found, alone=otherwise))


def _find_answer(tiers: Tiers, person: str, *, alone: bool) -> Evidence:
    spread = tiers.spread
    try:
        at = spread.graph.person_index(person)
    except KeyError:
        raise NothingFound(_("nobody on record has this id")) from None
    own: dict[TierReading, int | None] = {}
    for reading in READINGS:
        tier = int(own_tiers(spread, reading)[at])
        own[reading] = None if tier >= NO_TIER else tier
    if own["possible"] is None:
        return _explain_unlisted(tiers, person, at)
    case = at in spread.openings.person
    reading = "possible" if own["certain"] is None else "certain"
    step = own[reading] or (1 if case and spread.labels[reading].exposure[1, at] < EVER else 0)
    if case and not step and spread.labels["possible"].exposure[1, at] < EVER:
        reading, step = "possible", 1
    hops = find_path(spread, reading, step, at)
    path = _steps(spread, hops, reading)
    windows = _case_windows(spread, hops[0]) if hops else (None, None)
    rows = tiers.parents_of(person) if alone else _own_parents(tiers, at)
    rows = rows.take(rows.numbers("tier").values == step)
    pairs = list(rows.rows("parent", "contact"))
    also = tuple(pair for pair in pairs if not path or pair != (path[-1].parent, path[-1].contact))
    begins = [hop.begin for hop in incoming(spread, reading, step, at)] if step else []
    change = _undo(spread, step, pairs, [*begins, *rows["exposure"]])
    other: tuple[Step, ...] = ()
    if reading == "certain" and 0 < own["possible"] < step:
        other = _steps(spread, find_path(spread, "possible", own["possible"], at), "possible")
    return Evidence(
        person=person,
        listed=True,
        case=case,
        tier_certain=own["certain"],
        tier_possible=own["possible"],
        reading=reading,
        path=path,
        path_possible=other,
        window=windows[0],
        window_certain=windows[1],
        also=also,
        near=None,
        others=(),
        change=change,
        otherwise=None,
        tiers=tiers,
    )


def _own_parents(tiers: Tiers, at: int) -> TableColumns:
    """Return the parents of one person from those of everybody, which are worked out once."""
    of = tiers.columns("exposures").numbers("target").values
    return tiers.columns("parents").take(np.arange(np.searchsorted(of, at), np.searchsorted(of, at, side="right")))


def _case_windows(spread: Spread, hop: Hop) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the possible and the certain window of the case whose exposure ``hop`` is."""
    source = int(spread.edges()[hop.table].source[hop.edge])
    found: list[tuple[int, int] | None] = []
    for reading in READINGS:
        labels = spread.labels[reading]
        way = int(spread.edges()[hop.table].ways[reading][hop.edge])
        windows = labels.cases[way]
        rows = np.flatnonzero(windows.person == source)
        spans = [(int(windows.opens[i]), int(windows.closes[i])) for i in rows]
        holding = [span for span in spans if span[0] <= hop.until and span[1] > hop.exposure]
        best = holding or spans
        found.append(best[0] if best else None)
    return found[0], found[1]


def _undo(spread: Spread, step: int, pairs: list[tuple[str, str]], exposures: list[int]) -> Change:
    """Name what would undo the tier: isolation of the only parent, else the absence of all contacts that gave it."""
    if not pairs:
        return Change("none")
    contacts = tuple(sorted({contact for _, contact in pairs}))
    parents = {parent for parent, _ in pairs}
    if len(parents) == 1 and _isolation_ends(spread, step, contacts):
        return Change("isolation", contacts=contacts, person=parents.pop(), before=min(exposures))
    return Change("contact", contacts=contacts)


def _isolation_ends(spread: Spread, step: int, contacts: tuple[str, ...]) -> bool:
    """Tell whether isolation of the source would end these contacts: that of a case ends some, under some rules."""
    if step > 1:
        return True
    if "isolation" not in spread.policy.window.end_events or any("~" in contact for contact in contacts):
        return False
    rows = np.flatnonzero(spread.graph.records.columns("contacts").texts("contact").says(*contacts))
    edges = np.isin(spread.recorded.ref, rows)
    return not any(spread.recorded.ways[reading][edges].any() for reading in READINGS)


def _facts(spread: Spread, table: int, edge: int) -> ContactFacts:
    facts = spread.facts if table == RECORDED else spread.covisits.facts
    return facts.take(spread.edges()[table].ref[[edge]])


def _place(spread: Spread, table: int, edge: int) -> str | None:
    ref = int(spread.edges()[table].ref[edge])
    if table == RECORDED:
        return spread.graph.records.columns("contacts").texts("place")[ref]
    return spread.visits.table.texts("place")[spread.visits.row[spread.covisits.source[ref]]]


def _steps(spread: Spread, hops: list[Hop], reading: TierReading) -> tuple[Step, ...]:
    before = [None, *hops]
    return tuple(_step(spread, hop, reading, at + 1, before[at]) for at, hop in enumerate(hops))


def _step(spread: Spread, hop: Hop, reading: TierReading, tier: int, before: Hop | None = None) -> Step:
    edges: HalfEdges = spread.edges()[hop.table]
    edge, people = hop.edge, spread.graph.columns.people
    number = int(edges.clause[edge])
    clause = spread.policy.clauses[number] if number >= 0 else None
    unknown: tuple[str, ...] = ()
    if edges.verdict[edge] == UNDECIDED and clause is not None:
        answers = conditions(_facts(spread, hop.table, edge), clause)
        unknown = tuple(name for name, answer in answers.items() if answer[0] == UNDECIDED)
    lo, hi = int(edges.lo[edge]), int(edges.hi[edge])
    return Step(
        person=str(people[edges.target[edge]]),
        tier=tier,
        parent=str(people[edges.source[edge]]),
        contact=contact_name(spread, hop.table, edge),
        place=_place(spread, hop.table, edge),
        start=lo,
        end=hi,
        begin=hop.begin,
        exposure=hop.exposure,
        until=hop.until,
        clause="" if clause is None else clause.id,
        verdict=("fails", "undecided", "meets")[int(edges.verdict[edge])],
        by_day=_by_day(spread, hop.table, edge),
        unknown=unknown,
        vague=_vague(spread, hop, reading, tier, before),
    )


def _by_day(spread: Spread, table: int, edge: int) -> bool:
    if table != RECORDED:
        return False
    contacts, row = spread.graph.records.columns("contacts"), int(spread.recorded.ref[edge])
    start = contacts.numbers("start")[row]
    return start is not None and bool(contacts.numbers("start_to")[row] > start)


def _vague(spread: Spread, hop: Hop, reading: TierReading, tier: int, before: Hop | None) -> str:
    """Say why the time of a possible exposure at ``tier`` is not certain; ``before`` exposed its source."""
    if reading == "certain":
        return ""
    edges = spread.edges()[hop.table]
    lo, hi = int(edges.lo[hop.edge]), int(edges.hi[hop.edge])
    if lo <= NEVER // 2 or hi >= EVER // 2:
        return "undated" if lo <= NEVER // 2 and hi >= EVER // 2 else "one_day"
    if edges.sure[hop.edge] == 0:
        return "no_checkout" if hop.table != RECORDED else "undated"
    source, way = int(edges.source[hop.edge]), int(edges.ways["certain"][hop.edge])
    sure = _windows(spread, "certain", tier - 1, source, way)
    if before is None and not sure:
        return "window"
    if edges.sure[hop.edge] != SURE_SOMETIME or any(opens <= lo and hi <= closes for opens, closes in sure):
        return ""
    open_then = hop.opens <= lo and hi <= hop.closes and (before is None or before.until < lo)
    return "" if open_then and not sure else "day"


def _explain_unlisted(tiers: Tiers, person: str, at: int) -> Evidence:
    """Find the contact that came nearest to listing somebody and what kept it from doing so."""
    spread = tiers.spread
    best: tuple[tuple[int, int, int, str], Step, Change] | None = None
    for table, edge in half_edges_to(spread, at):
        source = int(spread.edges()[table].source[edge])
        way = int(spread.edges()[table].ways["possible"][edge])
        for step in range(spread.policy.depth + 1):
            for opens, closes in _windows(spread, "possible", step, source, way):
                rank, near, change = _miss(spread, table, edge, step, opens, closes)
                if step >= spread.policy.depth and change.kind != "depth":
                    continue
                key = (rank[0], step, rank[1], near.contact)
                if best is None or key < best[0]:
                    best = (key, near, change)
    nearest = None if best is None else best[1]
    change = Change("none") if best is None else best[2]
    if spread.blocked[at]:
        change = Change("immune")
    return Evidence(
        person=person,
        listed=False,
        case=False,
        tier_certain=None,
        tier_possible=None,
        reading="possible",
        path=(),
        path_possible=(),
        window=None,
        window_certain=None,
        also=(),
        near=nearest,
        others=() if nearest is not None else _met_others(tiers, at),
        change=change,
        otherwise=None,
        tiers=tiers,
    )


def _met_others(tiers: Tiers, at: int) -> tuple[Step, ...]:
    """Return the first contacts of somebody who met only people that could expose nobody."""
    spread, people = tiers.spread, tiers.spread.graph.columns.people
    own = dict(tiers.people.rows("person", "tier_possible"))
    found = []
    for table, edge in half_edges_to(spread, at):
        tier = own.get(str(people[spread.edges()[table].source[edge]]))
        hop = _recorded_hop(spread, table, edge)
        found.append(_step(spread, hop, "possible", 0 if tier is None else tier + 1))
    return tuple(sorted(found, key=lambda step: (step.start, step.contact))[:OTHERS])


def _recorded_hop(spread: Spread, table: int, edge: int) -> Hop:
    """Return a contact as it is on record, whatever the window of its source."""
    edges = spread.edges()[table]
    lo, hi = int(edges.lo[edge]), int(edges.hi[edge])
    name = contact_name(spread, table, edge)
    return Hop(
        table=table,
        edge=edge,
        node=0,
        opens=lo,
        closes=hi,
        begin=lo,
        exposure=lo,
        until=hi - 1,
        once=False,
        sort=(lo, name),
    )


def _windows(spread: Spread, reading: TierReading, step: int, source: int, way: int) -> list[tuple[int, int]]:
    """Return the windows of ``source`` after ``step`` steps, for contacts of this ``way``, in one reading."""
    found = []
    for sources in spread.labels[reading].sources(step):
        if sources.way in (None, way):
            mine = np.flatnonzero(sources.person == source)
            found += [(int(sources.opens[i]), int(sources.closes[i])) for i in mine]
    return found


def _miss(
    spread: Spread, table: int, edge: int, step: int, opens: int, closes: int
) -> tuple[tuple[int, int], Step, Change]:
    """Return how near a contact came (faults, seconds from the window), the contact and what would have to differ."""
    edges = spread.edges()[table]
    lo, hi = int(edges.lo[edge]), int(edges.hi[edge])
    name = contact_name(spread, table, edge)
    gap = max(0, opens - hi + 1, lo - closes + 1)
    fails = edges.verdict[edge] == FAILS
    hop = replace(
        _recorded_hop(spread, table, edge),
        opens=opens,
        closes=closes,
        begin=max(lo, opens),
        exposure=max(lo, opens),
        until=min(hi, closes) - 1,
    )
    near = _step(spread, hop, "possible", step + 1)
    clause, needs = _nearest_clause(spread, table, edge) if fails else (None, ())
    if step >= spread.policy.depth and not fails and not gap:
        return (0, 0), near, Change("depth", contacts=(name,))
    faults = int(bool(gap)) + int(fails)
    if fails:
        change = Change("value", (name,), needs=needs, clause=clause, opens=opens, closes=closes)
    elif closes >= spread.as_of and lo >= spread.as_of:
        change = Change("as_of", (name,), before=lo)
    else:
        person = str(spread.graph.columns.people[edges.source[edge]])
        change = Change("time", (name,), person=person, opens=opens, closes=closes)
    return (faults, gap), near, change


def _nearest_clause(spread: Spread, table: int, edge: int) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    """Return the clause with the fewest failed conditions and, for each of these, the column and what it asks for."""
    facts = _facts(spread, table, edge)
    ranked: list[tuple[int, int, str, tuple[tuple[str, str], ...]]] = []
    for number, clause in enumerate(spread.policy.clauses):
        failed = [name for name, answer in conditions(facts, clause).items() if answer[0] == FAILS]
        if failed:
            ranked.append((len(failed), number, clause.id, tuple((name, _asks(clause, name)) for name in failed)))
    if not ranked:
        return None, ()
    return min(ranked)[2:]


def _asks(clause: Any, column: str) -> str:
    if column == "distance_m":
        return f"<= {clause.distance_max.value:g}"
    if column == "kind":
        return " | ".join(clause.kinds)
    if column == "place_kind":
        return " | ".join(clause.place_kinds)
    if column == "seat_row":
        return f"<= {clause.seat_rows.value:g}"
    if column == "minutes":
        needed = [q.value for q in (clause.minutes.both, clause.minutes.one, clause.minutes.none) if q is not None]
        return f">= {max(needed):g}"
    flag = {"closed_space": clause.closed_space, "physical": clause.physical, "protected": clause.protected}[column]
    return "yes" if flag else "no"
