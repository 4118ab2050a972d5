"""Which run answers for everybody: of each command the one last asked for that is of all cases and up to the last day.

A run of some cases, or as of an earlier day, is kept, and asked for by its id; ``LatestRun`` and the ends of stays stay
with the run of everybody. A run that is asked for again is the latest again, however old it is.
"""

from __future__ import annotations

import time
from typing import Final

from graph.neo4j.derived import Session, set_stays, stays_of, told_stays
from graph.neo4j.last_instant import read_last_instant
from graph.neo4j.rows import Runner, run
from graph.neo4j.runs import cases_of
from graph.runs import RunHeader
from tracing.policy.model import Policy

LOCKED: Final = "MATCH (s:TruyVetStore {key: 'store'}) SET s.lastNumber = coalesce(s.lastNumber, 0)"
"""Takes the lock of the store's node, so that one at a time says which run is the latest."""
_ASKED: Final = (
    f"{LOCKED} + 1 WITH s MATCH (r:Run {{run: $run}}) "
    "SET r.asked = s.lastNumber, r.ofEverybody = $everybody, r.stays = coalesce($stays, r.stays)"
)
_LABELS: Final = (
    "MATCH (r:LatestRun) REMOVE r:LatestRun",
    "MATCH (r:Run) WHERE r.results = 'done' AND r.ofEverybody WITH r ORDER BY r.asked DESC "
    "WITH r.command AS command, head(collect(r)) AS latest SET latest:LatestRun",
)


def show_asked(open_session: Session, kept: RunHeader, policy: Policy | None) -> None:
    """Show a run whose results are there as the one last asked for; ``policy``: by which its stays last, if any do."""
    stays = None if policy is None else told_stays(stays_of(policy))

    def note(runner: Runner) -> None:
        everybody = _is_of_everybody(runner, kept)
        run(runner, _ASKED, run=kept.id, everybody=everybody, stays=stays).consume()
        label_latest(runner)

    with open_session() as session:
        session.execute_write(note)
    set_stays(open_session)


def show_latest(open_session: Session) -> None:
    """Show which run is the latest now that another one is gone."""
    with open_session() as session:
        session.execute_write(label_latest)
    set_stays(open_session)


def label_latest(runner: Runner) -> None:
    """Put the label LatestRun on the latest run of everybody, of each command."""
    run(runner, LOCKED).consume()
    for cypher in _LABELS:
        run(runner, cypher).consume()


def _is_of_everybody(runner: Runner, kept: RunHeader) -> bool:
    """Tell whether a run is of all cases and up to the last instant on record, or to now where one lies ahead."""
    return not cases_of(kept.options) and reaches_last(runner, kept.as_of)


def reaches_last(runner: Runner, as_of: int | None) -> bool:
    """Tell whether an instant (None: all of time) is no earlier than the last on record, or than now."""
    last = None if as_of is None else read_last_instant(runner)
    return as_of is None or last is None or as_of >= min(last, int(time.time()))
