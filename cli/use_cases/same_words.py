"""What is said of people and places that are on record twice."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from cli.options import Settings
from cli.screen import show, show_call, show_table
from cli.use_cases.same import Proposed
from cli.words import NEXT
from tracing.identity.decisions import PEOPLE
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from graph import Store
    from tracing.model.columns import TableColumns

_, _n = catalogue("cli")

_SHOWN = 20


def write_proposed(found: Proposed, *, settings: Settings) -> None:
    """Say what a search for people or places on record twice came to."""
    write_found(found, settings=settings)
    n = found.joins
    if found.of == PEOPLE:
        show(_n("{n} join without asking in all.", "{n} joins without asking in all.", n, n=n))
    else:
        show(_n("Places: {n} join without asking in all.", "Places: {n} joins without asking in all.", n, n=n))
    if found.shared is not None and len(found.shared):
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


def write_meant(n: int) -> None:
    """Say of how many rows a load found whom they mean."""
    if n:
        show(
            _n(
                "{n} row that tells a short name or an age was joined to the person whom it means (truyvet same log).",
                "{n} rows that tell a short name or an age were joined to those whom they mean (truyvet same log).",
                n,
                n=n,
            )
        )


def write_found(found: Proposed, *, settings: Settings, asked: Collection[str] = ()) -> None:
    """Say who or what is joined now and what is to be asked, but for the questions ``asked`` already, by id."""
    people = found.of == PEOPLE
    if found.joined:
        show((_people_joined if people else _places_joined)(len(found.joined)))
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
    questions = [one for one in found.questions if one.id not in asked]
    if questions:
        n, first = len(questions), sum(one.changes_tier for one in questions)
        show(_people_asked(n, first) if people else _places_asked(n))
        if not settings.quiet:
            show_call(NEXT, "truyvet same review" + settings.again)


def _people_joined(n: int) -> Text:
    return _n(
        "{n} pair of ids is one person, joined without asking (truyvet same log).",
        "{n} pairs of ids are one person each, joined without asking (truyvet same log).",
        n,
        n=n,
    )


def _places_joined(n: int) -> Text:
    return _n(
        "{n} pair of spellings is one place, joined without asking (truyvet same log).",
        "{n} pairs of spellings are one place each, joined without asking (truyvet same log).",
        n,
        n=n,
    )


def _people_asked(n: int, first: int) -> Text:
    return _n(
        "{n} pair may be one person; case and contact at once, so that a tier changes: {first}.",
        "{n} pairs may be one person each; case and contact at once, so that a tier changes: {first}.",
        n,
        n=n,
        first=first,
    )


def _places_asked(n: int) -> Text:
    return _n("{n} pair may be one place.", "{n} pairs may be one place each.", n, n=n)


def sources_of(table: TableColumns, key: str = "person") -> dict[str, str]:
    """Return for everybody (every place, with its key) the list and the row in which they stand."""
    told = table.rows(key, "source_file", "source_sheet", "source_row")
    return {ident: " · ".join(str(part) for part in source if part is not None) for ident, *source in told}


def members_of(store: Store, person: str) -> list[dict[str, Any]]:
    """Return the ids under which a person stands on record, each with its list; empty for a single one."""
    members = store.identity().members(person)
    if len(members) < 2:
        return []
    persons = store.read(tables=["persons"]).columns("persons")
    own = persons.take(persons.texts("person").says(*members))
    sources = sources_of(own)
    years = {one: None if year is None else str(year) for one, year in own.rows("person", "birth_year")}
    return [{"id": one, "source": sources[one], "birth_year": years[one]} for one in members if one in sources]
