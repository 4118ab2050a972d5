"""All of one store into another that is empty: a backup of records through whatever keeps them, and the way back."""

from __future__ import annotations

from dataclasses import replace

from graph.protocol import Store, WriteProgress
from graph.refusals import changed_while_copied


def copy_store(
    source: Store, target: Store, *, place: object, records: bool = True, progress: WriteProgress | None = None
) -> int:
    """Copy records, notes (answers, who is one person), the record of loads, kept runs and the export log.

    What a store keeps to take loads back, and results that it shows to those who browse, are not copied: loads stay on
    record as ones that can no longer be taken back, and a run's results come with the next ``truyvet tiers``.

    Parameters
    ----------
    source
        Where everything is.
    target
        An empty store.
    place
        What ``source`` is called in a message.
    records
        False where ``target`` has the records of ``source`` already.
    progress
        Called while records are written.

    Returns
    -------
    int
        Rows of records on both sides.

    Raises
    ------
    StoreError
        If either cannot do its part, or ``source`` was changed meanwhile.
    """
    revision = source.revision()
    for (kind, key), value in source.all_notes().items():  # first of all: short ids stay what they are
        target.save_note(kind, key, value)
    whole = source.read()
    if records:
        target.write(whole, progress=progress)
    target.keep_loads(source.loads())
    for header in source.runs():
        target.save_run(replace(source.load_run(header.id), revision=None))  # the target counts its own
    for entry in source.exports():
        target.log_export(entry)
    target.show_identity()
    if source.revision() != revision:
        raise changed_while_copied(place)
    return len(whole)
