"""Pairs that are joined or asked about, of people and of places, as they are kept beside the records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from tracing.identity.decisions import PEOPLE, PLACES

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store

#: The kind of note that keeps the open questions, under the keys of :data:`ASKED_OF`.
QUESTIONS: Final = "identity questions"
#: Of people and of places: the key of their open questions, and the first word of a question's id.
ASKED_OF: Final = {PEOPLE: ("open", "person"), PLACES: ("places", "place")}


@dataclass(frozen=True, kw_only=True)
class AskedPair:
    """A pair that may be one person, or place (``of``).

    ``levels``: level by comparison; ``at``: when it was joined, None: a question.
    """

    people: tuple[str, str]
    probability: float
    levels: Mapping[str, str]
    changes_tier: bool = False
    basis: str | None = None
    at: int | None = None
    of: str = PEOPLE

    @cached_property
    def id(self) -> str:
        """By what it is named: the same as of the question of a load."""
        from loaders.questions import question_id

        return question_id(ASKED_OF[self.of][1], *self.people)

    @classmethod
    def read(cls, note: Sequence[Any]) -> AskedPair:
        """Read what :meth:`note` wrote."""
        one, other, told = note
        return cls(people=(one, other), **told)

    def note(self) -> list[Any]:
        """Return it as kept."""
        told = {"probability": self.probability, "levels": dict(self.levels), "changes_tier": self.changes_tier}
        return [*self.people, told | {"basis": self.basis, "at": self.at, "of": self.of}]


def read_pairs(
    table: pd.DataFrame, of: str, *, at: int | None = None, before: Mapping[tuple[str, str], int | None] | None = None
) -> list[AskedPair]:
    """Return the pairs of a table of those that may be one: joined ``at`` an instant, or asked about (None).

    ``before``: when those were joined that are joined already.
    """
    import pandas as pd

    from tracing.identity.compare import LEVELS
    from tracing.identity.places import PLACE_LEVELS

    ids, names = (("person_a", "person_b"), LEVELS) if of == PEOPLE else (("place_a", "place_b"), PLACE_LEVELS)
    changes = table["changes_tier"] if "changes_tier" in table else pd.Series(data=False, index=table.index)
    columns = (table["probability"], changes, table["basis"], *(table[name] for name in (*ids, *names)))
    told = [column.to_numpy(dtype=object).tolist() for column in columns]
    known = before or {}
    return [
        AskedPair(
            people=(one, other),
            probability=float(probability),
            levels=dict(zip(names, levels, strict=True)),
            changes_tier=bool(changing),
            basis=None if at is None else str(basis),
            at=known.get((one, other), at),
            of=of,
        )
        for probability, changing, basis, one, other, *levels in zip(*told, strict=True)
    ]


def kept_pairs(store: Store, kind: str, key: str) -> list[AskedPair]:
    """Return the pairs that a note keeps."""
    return [AskedPair.read(note) for note in store.notes(kind).get(key, [])]


def keep_pairs(store: Store, kind: str, key: str, asked: Sequence[AskedPair]) -> None:
    """Keep pairs in the place of those that are there."""
    store.save_note(kind, key, [one.note() for one in asked] or None)
