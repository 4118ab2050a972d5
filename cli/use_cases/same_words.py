"""What is said of people who are on record twice: what was found, and what a decision changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cli.language import say, spoken
from cli.options import Settings
from cli.screen import Piece, show, show_call, show_table
from cli.use_cases.same import Proposed, called, changes_by, united_with
from cli.words import NEXT
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    import pandas as pd

    from graph import Store
    from tracing.lists.changes import Changes

_, _n = catalogue("cli")

_SHOWN = 20


def write_proposed(found: Proposed, *, settings: Settings) -> None:
    """Say what a search for people on record twice came to."""
    write_found(found, settings=settings)
    show(_n("{n} join without asking in all.", "{n} joins without asking in all.", found.joins, n=found.joins))
    if len(found.shared):
        many = int(found.shared["many"].sum())
        show(
            _n(
                "{n} telephone number is given by several people; by many, as a company's is: {many}.",
                "{n} telephone numbers are given by several people; by many, as a company's is: {many}.",
                len(found.shared),
                n=len(found.shared),
                many=many,
            )
        )
        if settings.show_names:
            rows = [[str(r.number), str(r.people)] for r in found.shared.head(_SHOWN).itertuples()]
            show_table(rows, head=[_("number"), _("people")], right=(1,))


def write_found(found: Proposed, *, settings: Settings) -> None:
    """Say who is joined now and what is to be asked; nothing where there is nothing new to say."""
    if found.joined:
        n = len(found.joined)
        show(
            _n(
                "{n} pair of ids is one person, joined without asking (truyvet same log).",
                "{n} pairs of ids are one person each, joined without asking (truyvet same log).",
                n,
                n=n,
            )
        )
    if found.withdrawn:
        n = len(found.withdrawn)
        show(
            _n(
                "{n} join without asking no longer holds and was taken back.",
                "{n} joins without asking no longer hold and were taken back.",
                n,
                n=n,
            )
        )
    if found.questions:
        n, first = len(found.questions), sum(one.changes_tier for one in found.questions)
        show(
            _n(
                "{n} pair may be one person; case and contact at once, so that a tier changes: {first}.",
                "{n} pairs may be one person each; case and contact at once, so that a tier changes: {first}.",
                n,
                n=n,
                first=first,
            )
        )
        if not settings.quiet:
            show_call(NEXT, "truyvet same review" + settings.again)


def effect_of(store: Store, people: tuple[str, str], settings: Settings) -> Text | None:
    """Return what it would change if two people were one; None where there is no case."""
    from cli.use_cases.open import time_asked
    from cli.use_cases.rule import choose_policy

    graph, named = store.slice(), called(store)
    one, other = (named.get(person, person) for person in people)
    changes = changes_by(
        graph, united_with(graph, one, other), choose_policy(settings, store), time_asked(settings, store)
    )
    return None if changes is None else _("A yes: {counts}.", counts=_counts(changes))


def _counts(changes: Changes) -> Text:
    found = changes.counts()
    return _(
        "{risen} rise, {fallen} fall, {new} come, {gone} go, {certainty} change in certainty",
        **{name: found.get(name, 0) for name in ("risen", "fallen", "new", "gone", "certainty")},
    )


def sources_of(persons: pd.DataFrame) -> dict[str, str]:
    """Return for everybody the list and the row in which they stand."""
    told = persons[["person", "source_file", "source_sheet", "source_row"]].astype(object)
    told = told.where(told.notna(), None)
    return {
        str(person): " · ".join(str(part) for part in (file, sheet, row) if part is not None)
        for person, file, sheet, row in told.itertuples(index=False)
    }


def members_of(store: Store, person: str) -> list[dict[str, Any]]:
    """Return the ids under which a person stands on record, each with its list; empty for a single one."""
    members = store.identity().members(person)
    persons = store.read(tables=["persons"]).persons if len(members) > 1 else None
    if persons is None:
        return []
    own = persons[persons["person"].isin(list(members))]
    sources = sources_of(own)
    years = dict(zip(own["person"], own["birth_year"].astype("string").fillna(""), strict=True))
    return [{"id": one, "source": sources[one], "birth_year": years[one] or None} for one in members if one in sources]


def write_members(members: list[dict[str, Any]]) -> None:
    """Say from which lists a person's facts come, and where these disagree."""
    if len(members) < 2:
        return
    show(_("One person under {n} ids (truyvet same log says who decided it):", n=len(members)))
    rows = [[one["id"], _("b. {year}", year=one["birth_year"] or "?"), one["source"]] for one in members]
    show_table(rows)


def write_effect(changes: Changes | None, was: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Say who rose, fell, came and went, and why; ``was``, ``now``: by which id those of several are called."""
    if changes is None:
        return
    if changes.table.empty:
        show(_("No tier changes."))
        return
    show(_("What it changes: {counts}.", counts=_counts(changes)))
    from cli.words import CHANGES

    reason = f"reason_{spoken()}"
    rows: list[list[Piece]] = []
    for row in changes.table.head(_SHOWN).to_dict("records"):
        person, why = str(row["person"]), str(row[reason])
        if row["change"] == "gone" and now.get(person, person) != person:
            why = say(_("stands under {id} now", id=now[person]))
        elif row["change"] == "new" and was.get(person, person) != person:
            why = say(_("stood under {id} before", id=was[person]))
        rows.append([person, CHANGES[row["change"]], why])
    show_table(rows, head=[_("id"), _("change"), _("why")])
    if len(changes.table) > _SHOWN:
        show(f"… (+{len(changes.table) - _SHOWN})")
