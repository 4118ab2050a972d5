"""``truyvet undo``: take the last load back, or list the loads on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from cli.language import say
from cli.options import Settings, json_option, make_command, option
from cli.screen import show, show_error, show_json, show_table
from cli.shown import shown_instant
from cli.use_cases.open import open_existing, part_left, read_parts
from cli.use_cases.undo import TakenBack, undo_last
from cli.words import COUNTED
from tracing.text import catalogue
from tracing.times import local

if TYPE_CHECKING:
    from graph import LoadEntry

_, _n = catalogue("cli")


@make_command(
    "undo",
    help=_(
        "Take the last load back, whole: its new rows go, rows that it completed become what they were,"
        " the answers given with it and the questions that it asked go with it; answers given since stay. Run it"
        " again to take the one before back.\n"
        "It is refused where something written later, that is no load, builds on that load."
    ),
    examples=_("truyvet undo\ntruyvet undo --list"),
)
@option("--list", "listing", is_flag=True, help=_("Show the loads on record; take nothing back."))
@json_option
@click.pass_obj
def command(settings: Settings, *, listing: bool, as_json: bool) -> None:
    """Take it back and say what went."""
    with open_existing(settings, read_only=listing) as store:
        if not listing:
            read_parts(store)
        back = None if listing else undo_last(store)
        loads = store.loads() if back is None else [back.load]
        left = None if listing else part_left(store)
        zone = store.read(tables=[]).zone
    if as_json:
        told = [asdict(load) for load in loads]
        show_json(told if back is None else told[0] | {"answers": back.answers, "questions": back.questions})
    elif not loads:
        show(_("No load is on record."))
    elif listing:
        head = [_("loaded"), _("loaded by"), _("new rows"), _("rows completed"), _("files")]
        show_table([_cells(load, zone) for load in loads], head=head, right=(2, 3))
    elif back is not None:
        _tell(back, zone)
    if left is not None:
        show_error(_("Careful: {why}.", why=left))


def _cells(load: LoadEntry, zone: str) -> list[str]:
    sums = [str(sum(getattr(report, what) for report in load.counts.values())) for what in ("new", "completed")]
    told = sums if load.finished else [say(_("not finished")), "–"]
    return [shown_instant(local(load.at, zone)), load.who, *told, ", ".join(load.files)]


def _tell(back: TakenBack, zone: str) -> None:
    load = back.load
    at = shown_instant(local(load.at, zone))
    show(_("Taken back: the load of {at} by {who} ({files}).", at=at, who=load.who, files=", ".join(load.files)))
    gone, restored = _counted(load, "new"), _counted(load, "completed")
    if gone is not None:
        show("  ", _("removed: {rows}", rows=gone))
    if restored is not None:
        show("  ", _("as before again: {rows}", rows=restored))
    if back.answers:
        show(
            "  ",
            _n(
                "{n} answer given with it taken back",
                "{n} answers given with it taken back",
                back.answers,
                n=back.answers,
            ),
        )
    if back.questions:
        show(
            "  ",
            _n(
                "{n} question that it asked is asked no more",
                "{n} questions that it asked are asked no more",
                back.questions,
                n=back.questions,
            ),
        )
    if gone is None and restored is None and not (back.answers or back.questions):
        show("  ", _("It had brought nothing new."))


def _counted(load: LoadEntry, what: str) -> Callable[[str], str] | None:
    counts = [COUNTED[name](getattr(report, what)) for name, report in load.counts.items() if getattr(report, what)]
    return (lambda lang: ", ".join(text.say(lang) for text in counts)) if counts else None
