"""Whom a load took rows for that tell too little of their person: kept as decisions, forgotten with the rows."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.use_cases.same import all_decisions, settle
from cli.use_cases.user import user_name

if TYPE_CHECKING:
    from graph import Store
    from loaders.people.meant import MeantRow


def keep_meant(store: Store, rows: Sequence[MeantRow]) -> int:
    """Put on record whom a load took its rows for; return how many.

    What was decided on a pair before stays decided, but for what went with an answer that was taken back.
    """
    from tracing.identity.decisions import JOIN, NOTE, UNDO, Decision
    from tracing.identity.words import MEANT

    decisions = store.identity().decisions
    taken_back = {(one.undoes, one.why) for one in decisions if one.what == UNDO and one.why}
    decided = {frozenset(one.people) for one in decisions if (one.number, one.why) not in taken_back}
    new = [row for row in rows if frozenset((row.ident, row.person)) not in decided]
    last, now = max((one.number for one in all_decisions(store)), default=0), int(time.time())
    for number, row in enumerate(new, last + 1):
        basis, why = (row.why, "") if row.why in MEANT else (None, row.why)
        people = (min(row.ident, row.person), max(row.ident, row.person))
        told = Decision(number=number, what=JOIN, people=people, who=user_name(), at=now, why=why, basis=basis)
        store.save_note(NOTE, *told.to_note())
    if new:
        settle(store)
    return len(new)


def forget_meant(store: Store) -> None:
    """Take out what loads joined of rows that are no longer on record."""
    from tracing.identity.decisions import NOTE

    here = store.ids("persons")
    for one in store.identity().decisions:
        if one.basis is not None and not here.issuperset(one.people):
            store.save_note(NOTE, one.to_note()[0], None)
