"""``truyvet purge``: remove people for good, with all that is theirs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import Settings, json_option, make_command, option, see_help
from cli.screen import ask_yes, show, show_json, show_table
from cli.shown import shown_instant
from cli.use_cases.open import check_time, open_existing
from cli.use_cases.people import People
from cli.use_cases.purge import (
    Leaving,
    people_before,
    people_left,
    people_named,
    remove,
    removed_before,
    rows_aside,
)
from cli.words import COUNTED
from tracing.errors import NothingFound, SafetyError, UsageError
from tracing.text import catalogue
from tracing.times import local, parse_iso

if TYPE_CHECKING:
    from graph import Store
    from graph.purge import Purge

_, _n = catalogue("cli")

_SHOWN = 20


@make_command(
    "purge",
    help=_(
        "Remove people for good: one person with all of their ids, or everybody whose last event is before a day. Their"
        " cases, contacts, visits, tests, isolations, journeys and links go with them; whoever they met loses that"
        " contact only. Where remarks of others, names of places, questions or the log of loads name them, the name"
        ' becomes "…". Kept runs go, and loads so far can no longer be taken back. That somebody was removed stays on'
        " record: who did it, when, why, how many; no name, no number.\n"
        "It says what goes, and asks. A list that still names them brings them back when it is loaded again. Exports"
        " and files that were loaded are not touched.\n"
        "Without --person and --before it finishes a removal that was broken off."
    ),
    examples=_(
        'truyvet purge --person P-4127 --why "asked to"\n'
        "truyvet purge --before 2021-06-01 --dry-run\n"
        "truyvet purge --list"
    ),
)
@option("--person", "persons", multiple=True, metavar=_("ID"), help=_("Whom: as with truyvet why; can be repeated."))
@option("--before", metavar=_("DAY"), help=_("Everybody whose last event on record is before this day."))
@option("--why", metavar=_("TEXT"), default="", help=_("The reason, kept with the record of the removal."))
@option("--dry-run", "dry", is_flag=True, help=_("Say what would go; remove nothing."))
@option("--yes", "sure", is_flag=True, help=_("Do not ask."))
@option("--list", "listing", is_flag=True, help=_("Show what was removed so far; remove nothing."))
@json_option
@click.pass_obj
def command(
    settings: Settings,
    *,
    persons: tuple[str, ...],
    before: str | None,
    why: str,
    dry: bool,
    sure: bool,
    listing: bool,
    as_json: bool,
) -> None:
    """Say what goes, ask, remove it, and say what is left outside the store."""
    if sum(map(bool, (persons, before, listing))) > 1:
        raise UsageError(_("Give either --person, --before or --list."), fix=see_help("truyvet purge"))
    with open_existing(settings, read_only=dry or listing) as store:
        if listing:
            _show_removed(store, as_json)
            return
        asked = _asked(store, persons, before)
        plan = store.plan_purge(asked.people)
        if not as_json:
            _tell(store, plan, asked, named=bool(persons))
        removed = not dry and _agreed(sure)
        if removed:
            remove(store, plan, why)
        left = rows_aside(plan.traces, Path(), Path(settings.address).expanduser().parent) if removed else []
    if as_json:
        rows = {name: len(keys) for name, keys in plan.gone.items()}
        told = {"people": len(plan.people), "rows": rows, "cleaned": plan.cleaned, "runs": plan.runs}
        show_json(told | {"removed": removed, "named_in": [str(path) for path in left]})
    elif removed:
        show(_n("Removed: {n} id of a person.", "Removed: {n} ids of people.", len(plan.people), n=len(plan.people)))
        for path in left:
            show(_("Rows set aside still name them: delete these rows, or the file: {path}", path=path))
    elif not dry:
        show(_("Nothing was removed."))


def _asked(store: Store, persons: tuple[str, ...], before: str | None) -> Leaving:
    """Return whom it is about.

    Raises
    ------
    NothingFound
        If it is about nobody.
    """
    if persons:
        return people_named(store, persons)
    day = check_time(before, option="--before")
    asked = people_left(store) if day is None else people_before(store, parse_iso(day, store.read(tables=[]).zone)[0])
    if asked is None:
        raise UsageError(_("Say whom to remove: --person ID, or --before DAY."), fix=see_help("truyvet purge"))
    if not asked.people:
        raise NothingFound(_("Nobody's last event on record is before that day."))
    return asked


def _tell(store: Store, plan: Purge, asked: Leaving, *, named: bool) -> None:
    """Say what goes."""
    counts = [COUNTED[name](len(keys)) for name, keys in plan.gone.items()]
    show(_("To be removed for good: {rows}", rows=lambda lang: ", ".join(one.say(lang) for one in counts)))
    if named:
        people = People.of(store.read(tables=["persons", "areas"]))
        for person in sorted(plan.people)[:_SHOWN]:
            show("  ", people.line(person))
    if plan.cleaned:
        n = plan.cleaned
        show(
            _n(
                "{n} row of others names them; the name becomes …",
                "{n} rows of others name them; the name becomes …",
                n,
                n=n,
            )
        )
    if plan.runs:
        show(_n("{n} kept run goes.", "{n} kept runs go.", plan.runs, n=plan.runs))
    if plan.loads:
        show(_("The loads so far can no longer be taken back."))
    if asked.undated:
        show(
            _n(
                "{n} person has no event with a day on record and stays.",
                "{n} people have no event with a day on record and stay.",
                asked.undated,
                n=asked.undated,
            )
        )


def _agreed(sure: bool) -> bool:
    """Tell whether it is to be done.

    Raises
    ------
    SafetyError
        If nobody is there to be asked.
    """
    agreed = True if sure else ask_yes(_("Remove them? This cannot be undone."))
    if agreed is None:
        raise SafetyError(
            _("Nobody is there to be asked, so nothing was removed."), fix=_("Add --yes if that is meant.")
        )
    return agreed


def _show_removed(store: Store, as_json: bool) -> None:
    removed, zone = removed_before(store), store.read(tables=[]).zone
    if as_json:
        show_json(removed)
    elif not removed:
        show(_("Nobody was removed from this store."))
    else:
        rows = [
            [shown_instant(local(one["at"], zone)), one["who"], str(one["people"]), str(one["rows"]), one["why"]]
            for one in removed
        ]
        show_table(rows, head=[_("when"), _("who"), _("ids of people"), _("rows"), _("why")], right=(2, 3))
