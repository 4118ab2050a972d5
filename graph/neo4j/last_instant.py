"""What only a look at everything tells, noted on the store's node so that no question about one case has to take one.

It is the last instant on record, and which rows of others do not fit (:mod:`graph.neo4j.odd`). A note holds as long as
the server counts as many rows as when it was taken; where rows were added or removed by other means, or a load was
broken off, everything is looked at instead. A load takes the note away before it writes more than one transaction, and
leaves a new one at its end.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import astuple, dataclass
from typing import Final

from graph.neo4j.model import label_of, pattern_of, property_of
from graph.neo4j.odd import SHOWN, Odd, find_odd, fits, rows_of
from graph.neo4j.rows import Runner, fetch, fetch_column, run
from tracing.model.records import WATCHED_TIMES, Records
from tracing.model.schema import TABLES

_COUNTS: Final = " UNION ALL ".join(f"MATCH {pattern_of(name)} RETURN count(r) AS rows" for name in TABLES)
_STORE: Final = "MATCH (s:TruyVetStore {key: 'store'})"


@dataclass(frozen=True)
class Note:
    """A note that holds. ``last`` None: no record has a time. ``odd``: rows of others that do not fit."""

    last: int | None
    odd: tuple[Odd, ...] = ()


def read_last_instant(runner: Runner) -> int | None:
    """Return the last instant on record; None where no record has a time."""
    return (read_note(runner) or _look_at_everything(runner)).last


def read_odd(runner: Runner, names: Collection[str] = tuple(TABLES), *, look: bool = False) -> tuple[Odd, ...]:
    """Return what there is of rows of some tables that others wrote and that do not fit: no reading counts them.

    ``look``: whatever the note says, since a value changed by other means is not in it.
    """
    note = read_note(runner) if names and not look else None
    found = (note or _look_at_everything(runner, names)).odd
    kinds = {label_of(name) for name in names}
    return tuple(one for one in found if one.kind in kinds)


def find_late(runner: Runner) -> list[Odd]:
    """Return the stays of others of which the graph does not say how long they last; the next kept run says it.

    There are none while the note holds: it is taken when they were filled in.
    """
    if read_note(runner) is not None:
        return []
    found = "MATCH ()-[r:VISITED]->() WHERE r.stayTo IS NULL RETURN count(r), collect(elementId(r))[..$shown]"
    count, elements = fetch(runner, found, shown=SHOWN)[0]
    return [Odd("VISITED", "stay_to", "nothing", count, tuple(elements))] if count else []


def read_note(runner: Runner) -> Note | None:
    """Return the note, None where there is none or it no longer holds."""
    kept = fetch(runner, f"{_STORE} WHERE s.lastOf IS NOT NULL AND s.odd IS NOT NULL RETURN s.lastOf, s.last, s.odd")
    if not kept or kept[0][0] != fetch_column(runner, _COUNTS):
        return None
    return Note(kept[0][1], tuple(Odd(a, b, c, n, tuple(ids)) for a, b, c, n, ids in json.loads(kept[0][2])))


def remove_note(runner: Runner) -> None:
    """Take the note away."""
    run(runner, f"{_STORE} REMOVE s.lastOf, s.last, s.odd").consume()


def write_note(runner: Runner, before: Note | None, added: Records | None) -> None:
    """Leave a note after a load.

    ``before``: the note that held before it. ``added``: what it wrote; None where not all of that was taken as it
    stands, so that only a look at everything tells.
    """
    if before is None or added is None:
        note = _look_at_everything(runner)
    else:
        last = max((one for one in (before.last, added.last_instant()) if one is not None), default=None)
        note = Note(last, before.odd)
    counts, odd = fetch_column(runner, _COUNTS), json.dumps([astuple(one) for one in note.odd])
    query = f"{_STORE} SET s.lastOf = $counts, s.last = $last, s.odd = $odd"
    run(runner, query, counts=counts, last=note.last, odd=odd).consume()


def _look_at_everything(runner: Runner, names: Collection[str] = tuple(TABLES)) -> Note:
    moments, odd = [], list[Odd]()
    for name in names:
        asked = [f"max(CASE WHEN fits THEN {_last_second(column)} END)" for column in WATCHED_TIMES.get(name, ())]
        looked = f"{rows_of(name)} WITH r, {fits(name)} AS fits RETURN "
        left, *found = fetch(runner, looked + ", ".join(["count(CASE WHEN NOT fits THEN 1 END)", *asked]))[0]
        moments += [moment for moment in found if moment is not None]
        odd += find_odd(runner, name) if left else []
    return Note(max(moments, default=None), tuple(odd))


def _last_second(column: str) -> str:
    at, to = property_of(column), property_of(f"{column}_to")
    return f"CASE WHEN r.{to} > r.{at} THEN r.{to} - 1 ELSE r.{to} END"
