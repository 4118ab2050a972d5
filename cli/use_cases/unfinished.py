"""A load that was stopped on its way is said by the next command, and finished by loading the same files again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cli.screen import show_error
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph import Store

_, _n = catalogue("cli")

#: Kind and key of the note that stands in a store while a load is under way.
UNFINISHED: Final = "unfinished"
_LOAD: Final = "load"


@contextlib.contextmanager
def finishing(store: Store, paths: Sequence[Path]) -> Iterator[None]:
    """Note that a load is under way; whatever ends it here takes the note away, a killed process leaves it."""
    store.save_note(UNFINISHED, _LOAD, {"files": [path.name for path in paths], "after": _last(store)})
    try:
        yield
    except BaseException:
        with contextlib.suppress(Exception):  # the first error is told
            store.save_note(UNFINISHED, _LOAD, None)
        raise
    store.save_note(UNFINISHED, _LOAD, None)


def tell_unfinished(store: Store) -> None:
    """Say what a load that was stopped has left, and how to finish it."""
    note = store.notes(UNFINISHED).get(_LOAD)
    if note is None:
        return
    files = ", ".join(note["files"])
    if _last(store) == note["after"]:
        show_error(_("A load of {files} was stopped before it was whole: nothing of it is in the store.", files=files))
    else:
        show_error(
            _(
                "A load of {files} was stopped after its rows were stored, perhaps before its questions and the rows to"
                " correct were written.",
                files=files,
            )
        )
    show_error(_("Load the same files again: nothing is added twice, and what is missing is written."))


def tell_unfinished_purge(store: Store) -> None:
    """Say that a removal of people was broken off, and how to finish it."""
    from graph.loads import BROKEN_OFF

    if store.notes(BROKEN_OFF[0]).get(BROKEN_OFF[1]):
        show_error(_("A removal of people was broken off: some of it is still on record."))
        show_error(_("Finish it: truyvet purge"))


def _last(store: Store) -> str | None:
    loads = store.loads()
    return loads[-1].id if loads else None
