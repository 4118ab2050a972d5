"""Whom a removal means, what goes with them, and what is left outside the store."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.use_cases.account import SET_ASIDE
from cli.use_cases.find_person import find_person
from cli.use_cases.user import user_name
from tracing.errors import NothingFound

if TYPE_CHECKING:
    from graph import Store
    from graph.purge import Purge
    from graph.traces import Traces


@dataclass(frozen=True)
class Leaving:
    """The people meant, by id; how many have no event with a time, so that ``--before`` does not reach them."""

    people: frozenset[str]
    undated: int = 0


def people_named(store: Store, words: Iterable[str]) -> Leaving:
    """Return the people meant by what was typed, with all of their ids; also those who are only mentioned.

    Raises
    ------
    NothingFound, UsageError
        As :func:`cli.use_cases.find_person.find_person`.
    """
    identity, found = store.identity(), set[str]()
    for word in words:
        try:
            person = find_person(store, word)[0]
        except NothingFound:
            if word not in set(store.read().person_ids()):
                raise
            person = word
        found.update(identity.members(person))
    return Leaving(frozenset(found))


def people_before(store: Store, at: int) -> Leaving:
    """Return everybody whose last event on record is before ``at``, under whichever of their ids it stands."""
    from graph.purge import last_events

    records = store.read()
    last = last_events(records).to_dict()
    for group in store.identity().groups:
        known = [last[one] for one in group if one in last]
        last |= dict.fromkeys(group, max(known)) if known else {}
    people = {*records.person_ids()}
    return Leaving(frozenset(one for one in people if one in last and last[one] < at), len(people - last.keys()))


def people_left(store: Store) -> Leaving | None:
    """Return those whose removal was broken off, None where none was."""
    from graph.loads import BROKEN_OFF

    left = store.notes(BROKEN_OFF[0]).get(BROKEN_OFF[1])
    return Leaving(frozenset(left)) if left else None


def remove(store: Store, plan: Purge, why: str) -> None:
    """Remove them, and keep that somebody was removed."""
    from cli.use_cases.same import propose_again
    from graph.purge import PurgeEntry

    store.purge(plan, PurgeEntry(who=user_name(), at=int(time.time()), why=plan.traces.clean(why)))
    propose_again(store)


def removed_before(store: Store) -> list[dict[str, Any]]:
    """Return what was removed from the store, oldest first."""
    from dataclasses import asdict

    from graph.purge import PURGED, parse_purges

    return [asdict(one) for one in parse_purges(store.notes(PURGED))]


def rows_aside(traces: Traces, *folders: Path) -> list[Path]:
    """Return the workbooks of rows set aside that name them, in these folders."""
    found = dict.fromkeys(path.resolve() for folder in folders if (path := folder / SET_ASIDE).is_file())
    return [path for path in found if _names(path, traces)]


def _names(path: Path, traces: Traces) -> bool:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return any(
            traces.names(str(cell)) for sheet in book for row in sheet.values for cell in row if cell is not None
        )
    finally:
        book.close()
