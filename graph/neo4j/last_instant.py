"""The last instant on record, noted on the store's node so that no question about one case has to look at everything.

A note holds as long as the server counts as many rows as when it was taken; where rows were added or removed by other
means, or a load was broken off, everything is looked at instead. A load takes the note away before it writes more than
one transaction, and leaves a new one at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from graph.neo4j.model import pattern_of, property_of
from graph.neo4j.rows import Runner, fetch, fetch_column, run
from tracing.model.records import WATCHED_TIMES, Records

_COUNTS: Final = " UNION ALL ".join(f"MATCH {pattern_of(name)} RETURN count(r) AS rows" for name in WATCHED_TIMES)
_STORE: Final = "MATCH (s:TruyVetStore {key: 'store'})"


@dataclass(frozen=True)
class Note:
    """A note that holds. ``last`` None: no record has a time."""

    last: int | None


def read_last_instant(runner: Runner) -> int | None:
    """Return the last instant on record; None where no record has a time."""
    note = read_note(runner)
    return _look_at_everything(runner) if note is None else note.last


def read_note(runner: Runner) -> Note | None:
    """Return the note, None where there is none or it no longer holds."""
    kept = fetch(runner, f"{_STORE} WHERE s.lastOf IS NOT NULL RETURN s.lastOf, s.last")
    if not kept or kept[0][0] != fetch_column(runner, _COUNTS):
        return None
    return Note(kept[0][1])


def remove_note(runner: Runner) -> None:
    """Take the note away."""
    run(runner, f"{_STORE} REMOVE s.lastOf, s.last").consume()


def write_note(runner: Runner, before: Note | None, added: Records | None) -> None:
    """Leave a note after a load.

    ``before``: the note that held before it. ``added``: what it wrote; None where not all of that was taken as it
    stands, so that only a look at everything tells.
    """
    if before is None or added is None:
        last = _look_at_everything(runner)
    else:
        last = max((one for one in (before.last, added.last_instant()) if one is not None), default=None)
    counts = fetch_column(runner, _COUNTS)
    run(runner, f"{_STORE} SET s.lastOf = $counts, s.last = $last", counts=counts, last=last).consume()


def _look_at_everything(runner: Runner) -> int | None:
    moments = [
        moment
        for name, columns in WATCHED_TIMES.items()
        for moment in fetch(runner, f"MATCH {pattern_of(name)} RETURN {', '.join(map(_last_second, columns))}")[0]
    ]
    return max((moment for moment in moments if moment is not None), default=None)


def _last_second(column: str) -> str:
    at, to = property_of(column), property_of(f"{column}_to")
    return f"max(CASE WHEN r.{to} > r.{at} THEN r.{to} - 1 ELSE r.{to} END)"
