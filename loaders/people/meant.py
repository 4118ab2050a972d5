"""What is found out of whom somebody means: certain, unclear, or two who may be one."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.people.entries import Entry


@dataclass(frozen=True)
class Doubt:
    """Two entries that may be one person."""

    one: Entry
    other: Entry
    why: str


@dataclass(frozen=True)
class MeantRow:
    """A row that tells too little of its person, and whom it was taken for.

    ``ident`` is the id that was made for the row, ``person`` an id of who is meant. ``why``: what tells it, a key of
    :data:`tracing.identity.words.MEANT`, or the id of the question that was answered.
    """

    ident: str
    person: str
    why: str


@dataclass(frozen=True)
class WhoIsMeant:
    """What a reference means: ``people`` for certain; else how it is unclear and whom it may mean."""

    people: tuple[str, ...] = ()
    how: str = "exact"
    may_be: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether the reference names exactly known people."""
        return bool(self.people)
