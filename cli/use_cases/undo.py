"""The way back of a load: its records by the store, and beside them the answers and the questions that came with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cli.use_cases.questions import ANSWER, CORRECTED, OPEN, QUESTIONS
from cli.use_cases.same import follow_answers, propose_again
from cli.use_cases.same_meant import forget_meant
from cli.use_cases.told import forget_told

if TYPE_CHECKING:
    from graph import LoadEntry, Store

#: Kind of notes: what was answered and asked before a load, by the load's id.
_BEFORE: Final = "before load"


@dataclass(frozen=True)
class Kept:
    """Answers by the id of their question, the open questions, and corrected rows by their key, as a store has them."""

    answers: Mapping[str, Any]
    open: tuple[dict[str, Any], ...]
    corrected: Mapping[str, Any]

    @classmethod
    def of(cls, store: Store) -> Kept:
        """Read them."""
        return cls(store.notes(ANSWER), tuple(store.notes(QUESTIONS).get(OPEN) or ()), store.notes(CORRECTED))

    def put(self, store: Store) -> None:
        """Make the store have these, and no others."""
        for kind, kept in ((ANSWER, self.answers), (CORRECTED, self.corrected)):
            for ident in store.notes(kind).keys() | kept.keys():
                store.save_note(kind, ident, kept.get(ident))
        store.save_note(QUESTIONS, OPEN, list(self.open) or None)


@dataclass(frozen=True)
class TakenBack:
    """A load taken back: what the store says of it, and how many answers and questions went with it."""

    load: LoadEntry
    answers: int = 0
    questions: int = 0


@contextmanager
def with_way_back(store: Store, load: LoadEntry | None) -> Iterator[None]:
    """Note what a load changes of answers and questions; where it fails they are as before."""
    before = Kept.of(store)
    try:
        yield
    except BaseException:
        before.put(store)
        raise
    if load is None:
        return
    now = Kept.of(store)
    changed, corrected = _changed(before.answers, now.answers), _changed(before.corrected, now.corrected)
    if changed or corrected or before.open != now.open:
        asked = sorted({one["id"] for one in now.open} - {one["id"] for one in before.open})
        store.save_note(
            _BEFORE, load.id, {"answers": changed, "corrected": corrected} | {"open": list(before.open), "asked": asked}
        )
    known = {entry.id for entry in store.loads()[-_kept_loads() :]}
    for ident in store.notes(_BEFORE).keys() - known:
        store.save_note(_BEFORE, ident, None)


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return what differs: key -> what it was and what it is now."""
    keys = sorted(before.keys() | now.keys())
    return {key: [before.get(key), now.get(key)] for key in keys if before.get(key) != now.get(key)}


def _kept_loads() -> int:
    from graph.loads import LOADS_KEPT

    return LOADS_KEPT


def undo_last(store: Store) -> TakenBack:
    """Take the last load back, with the answers given in it and the questions that it asked.

    What was answered since stays, and what was opened again since is open.

    Raises
    ------
    NothingFound, SafetyError
        As :meth:`graph.protocol.Store.undo_load` does.
    """
    load = store.undo_load()
    forget_meant(store)
    forget_told(store, load)
    propose_again(store)
    before = store.notes(_BEFORE).get(load.id)
    if before is None:
        return TakenBack(load)
    now = Kept.of(store)
    back = [ident for ident, (_was, became) in before["answers"].items() if now.answers.get(ident) == became]
    answers = {**now.answers, **{ident: before["answers"][ident][0] for ident in back}}
    answers = {ident: said for ident, said in answers.items() if said is not None}
    asked = {one["id"]: one for one in before["open"]}
    asked = {one["id"]: one for one in now.open if one["id"] not in before["asked"]} | asked
    rest = tuple(one for ident, one in asked.items() if ident not in answers)
    corrected = {**now.corrected, **{key: was for key, (was, _became) in before.get("corrected", {}).items()}}
    Kept(answers, rest, {key: texts for key, texts in corrected.items() if texts is not None}).put(store)
    store.save_note(_BEFORE, load.id, None)
    follow_answers(store, back)
    gone = {one["id"] for one in now.open} - {one["id"] for one in rest}
    return TakenBack(load, len(back), len(gone))
