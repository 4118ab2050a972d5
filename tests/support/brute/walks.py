"""Every exposure walk from the cases, one step after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from brute.data import Data, Meeting, Reading, Truth, counted_cases, rows_of
from brute.isolations import Free, isolations, times_at_large
from brute.windows import case_windows, way_of

from tracing.policy.model import Policy
from tracing.times import NEVER


@dataclass(frozen=True)
class Exposure:
    """One step of a walk: ``person`` exposed by ``parent`` at step ``step`` from ``at`` to ``until``."""

    reading: Reading
    step: int
    person: str
    parent: str
    contact: str
    at: int
    until: int
    start: int
    end: int


class Walks:
    """Every exposure walk p0 –c1– p1 … –ck– pk from the seeds, in one reading."""

    def __init__(
        self,
        records: Data,
        contacts: list[tuple[Meeting, Truth]],
        policy: Policy,
        reading: Reading,
        as_of: int,
        seeds: set[str],
        *,
        simple: bool = False,
    ) -> None:
        self.policy, self.reading, self.as_of, self.simple = policy, reading, as_of, simple
        self.periods = isolations(records)
        self.large = {
            person: times_at_large(periods, reading, as_of) for person, periods in isolations(records).items()
        }
        persons = rows_of(records, "persons")
        self.blocked = {row["person"] for row in persons if policy.immune_excluded and row["immune"]}
        self.contacts = contacts
        self.seeds = seeds
        self.cases = counted_cases(records)
        self.ways: dict[Meeting, str] = {}
        self.records = records
        self.found: set[Exposure] = set()
        self.walked: set[tuple[Any, ...]] = set()

    def windows(self, person: str, way: str) -> list[tuple[int, int]]:
        """Return the windows of a case as p0."""
        return case_windows(self.cases[person], self.records, self.policy, self.reading, self.as_of, way)

    def way(self, meeting: Meeting) -> str:
        """Return which isolations of the source, as p0, end this contact."""
        if meeting not in self.ways:
            self.ways[meeting] = way_of(meeting, self.records, self.policy, self.reading)
        return self.ways[meeting]

    def run(self) -> set[Exposure]:
        """Walk from every seed."""
        for person in sorted(self.seeds):
            for way in ("community", "home", "patient"):
                for opens, closes in self.windows(person, way):
                    self.step((person,), opens, closes, way)
        return self.found

    def step(self, path: tuple[str, ...], opens: int, closes: int, way: str | None = None) -> None:
        """Go on from the last person of ``path``, infectious in ``[opens, closes)``."""
        depth = len(path)
        if depth > self.policy.depth:
            return
        here = (path if self.simple else (depth, path[-1]), opens, closes, way)
        if here in self.walked:
            return
        self.walked.add(here)
        for meeting, verdict in self.contacts:
            counts = verdict is True or (verdict is None and self.reading == "possible")
            if meeting.source != path[-1] or not counts or meeting.target in self.blocked:
                continue
            if self.simple and meeting.target in path:
                continue
            if way is not None and self.way(meeting) != way:
                continue
            for at, until, once in self.exposures(meeting, opens, closes):
                counted = until if once else at
                self.found.add(
                    Exposure(
                        self.reading,
                        depth,
                        meeting.target,
                        path[-1],
                        meeting.contact,
                        counted,
                        until - 1,
                        meeting.start,
                        meeting.end,
                    )
                )
                for window in self.next_windows(meeting.target, at, until, once=once):
                    self.step((*path, meeting.target), *window)

    def exposures(self, meeting: Meeting, opens: int, closes: int) -> Iterator[tuple[int, int, bool]]:
        """Yield (from, to, once): exposed at every instant of ``[from, to)``, or once in it."""
        if self.reading == "possible":
            at, until = max(meeting.start, opens), min(meeting.end, closes)
            if at < until:
                yield at, until, False
            return
        for part in meeting.sure:
            if not part.throughout:
                if opens <= part.start and part.end <= closes:
                    yield part.start, part.end, True
            elif max(part.start, opens) < min(part.end, closes):
                yield max(part.start, opens), min(part.end, closes), False

    def next_windows(self, person: str, at: int, until: int, *, once: bool) -> Iterator[tuple[int, int]]:
        """Yield the windows of a person exposed in ``[at, until)``: until the next isolation, and after each release.

        After a release only by an exposure that makes them infectious after it or that happened in that isolation.
        """
        latent = self.policy.window.latent.seconds
        for free in self.large.get(person, [Free(NEVER, self.as_of, NEVER)]):
            first = min(free.opens - latent, free.since)
            if once:
                if at < first:
                    continue
                opens = max(until + latent, free.opens)
            else:
                moment = max(at, first)
                if moment >= until:
                    continue
                opens = max(moment + latent, free.opens)
            if opens < free.closes:
                yield opens, free.closes
