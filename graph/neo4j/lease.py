"""One load at a time: a lease on the store's node, which a load renews and a dead one lets lapse.

A write that is one transaction holds the lock of that node until it ends; others wait for it. A longer load takes the
lease and renews it every few seconds; whoever comes meanwhile is refused. The lease of a load that was killed is taken
over as soon as it has lapsed, at once if it was of this machine and its process is gone.

Several transactions of a load are under way at once. Each is fenced by a node of its own (``TruyVetWriter``), which it
locks before it commits: so they do not wait for each other, and whoever takes the lease over, who locks all of these,
waits for what is being committed, and is waited for by whatever comes after it.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any, Final

import neo4j

from graph.neo4j.rows import Runner, fetch, run
from graph.refusals import other_zone
from tracing.errors import StoreError, TruyVetError
from tracing.text import catalogue

_, _n = catalogue("graph")

LASTS: Final = 20.0
RENEWED: Final = 4.0
FENCES: Final = 3
"""Transactions of one load under way at once."""
_LIVE: Final = set[str]()

# Setting a property takes the node's lock; what is read after it is what the last holder left.
_LOCK: Final = "MERGE (s:TruyVetStore {key: 'store'}) SET s.turns = coalesce(s.turns, 0) + 1 WITH s "
_TURN: Final = "SET w.turns = coalesce(w.turns, 0) + 1"
_MAKE_FENCES: Final = f"UNWIND range(0, $fences - 1) AS number MERGE (w:TruyVetWriter {{number: number}}) {_TURN}"
_LOCK_FENCES: Final = f"MATCH (w:TruyVetWriter) {_TURN}"
_FENCE: Final = (
    f"MATCH (w:TruyVetWriter {{number: $number}}) {_TURN} "
    "WITH w MATCH (s:TruyVetStore {key: 'store', writer: $owner}) RETURN 1"
)
_SESSION = Callable[[], neo4j.Session]


class Busy(StoreError):
    """Another load holds the lease."""

    def __init__(self) -> None:
        super().__init__(
            _("another load is writing to this database"),
            fix=_(
                "wait until it is done and run the same command again; one that was killed is forgotten "
                "after {lasts} s",
                lasts=int(LASTS),
            ),
        )


def enter(runner: Runner, zone: str | None, *, owner: str | None = None) -> None:
    """Lock the store for this transaction, agree on the time zone, and take or renew the lease for ``owner``.

    ``zone`` None: nothing is written that has one.

    Raises
    ------
    StoreError
        If another load holds the lease.
    InputError
        If the records kept were read in another time zone.
    """
    holder, left, kept = fetch(runner, f"{_LOCK} RETURN s.writer, coalesce(s.writingUntil, 0) - timestamp(), s.zone")[0]
    if holder is not None and holder != owner and left > 0 and not is_dead(holder):
        raise Busy
    if kept is not None and zone is not None and kept != zone:
        raise other_zone(zone, kept)
    until = "timestamp() + $lasts" if owner else "null"
    query = (
        "MATCH (s:TruyVetStore {key: 'store'}) "
        f"SET s.zone = coalesce($zone, s.zone), s.writer = $owner, s.writingUntil = {until}"
    )
    run(runner, query, zone=zone, owner=owner, lasts=int(LASTS * 1000)).consume()
    if holder != owner:
        run(runner, _MAKE_FENCES if owner else _LOCK_FENCES, fences=FENCES).consume()


def check(runner: Runner, owner: str) -> None:
    """Make sure in a transaction of a long load that the lease is still its own."""
    if not fetch(runner, "MATCH (s:TruyVetStore {key: 'store', writer: $owner}) RETURN 1", owner=owner):
        raise _taken_over()


def fence(runner: Runner, owner: str, number: int) -> None:
    """Make sure, last in a transaction of a load, that the lease is its own until the transaction has ended.

    ``number`` from 0, less than :data:`FENCES`, is of no other transaction under way.
    """
    if not fetch(runner, _FENCE, owner=owner, number=number):
        raise _taken_over()


def _taken_over() -> StoreError:
    return StoreError(
        _("this load stood still for so long that another one took over"),
        fix=_("wait until that one is done and run the same command again; what is there already is kept"),
    )


class Lease:
    """The right to load in several transactions; use it in ``with``."""

    def __init__(self, session: _SESSION, zone: str | None) -> None:
        self.owner = f"{socket.gethostname()} {os.getpid()} {uuid.uuid4().hex}"
        self._session = session
        self._zone = zone
        self.begun = False
        """Set by whoever holds it as soon as something is written: then an error leaves the mark of it."""
        self._done = threading.Event()
        self._renewing = threading.Thread(target=self._renew, daemon=True, name="truyvet-lease")

    def __enter__(self) -> Lease:
        patience = time.monotonic() + LASTS + 2 * RENEWED
        seen: Any = None
        while True:
            try:
                self._write(lambda tx: enter(tx, self._zone, owner=self.owner))
                break
            except Busy:
                until = self._write(lambda tx: fetch(tx, "MATCH (s:TruyVetStore) RETURN s.writingUntil"))[0][0]
                if (seen is not None and until != seen) or time.monotonic() > patience:
                    raise  # it was renewed: somebody is at work
                seen = until
                time.sleep(RENEWED / 4)
        _LIVE.add(self.owner)
        self._renewing.start()
        return self

    def __exit__(self, kind: type[BaseException] | None = None, *_: object) -> None:
        self._done.set()
        _LIVE.discard(self.owner)
        self._renewing.join()
        freed = "MATCH (s:TruyVetStore {key: 'store', writer: $owner}) "
        if kind is not None and self.begun:
            freed += "SET s.writingUntil = 0"
        else:
            freed += "REMOVE s.writer, s.writingUntil WITH s MATCH (w:TruyVetWriter) DELETE w"
        try:
            with self._session() as session:  # without the patience of a managed transaction: it lapses anyway
                run(session, freed, owner=self.owner).consume()
        except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError):
            return

    def _renew(self) -> None:
        while not self._done.wait(RENEWED):
            try:
                self._write(lambda tx: enter(tx, self._zone, owner=self.owner))
            except (neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError, TruyVetError):
                continue  # the load itself meets the same trouble and tells it

    def _write(self, work: Callable[[neo4j.ManagedTransaction], Any]) -> Any:
        with self._session() as session:
            return session.execute_write(work)


def is_dead(holder: str) -> bool:
    """Tell whether the holder was a process of this machine that is gone, or a load of this process that has ended."""
    host, pid = (*holder.split(" "), "")[:2]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return holder not in _LIVE
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
