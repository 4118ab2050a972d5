"""What is asked of whole columns and of pairs of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from loaders.columns.columns import Columns
from loaders.columns.headings import KEEP, PEOPLE, fields_of
from loaders.columns.looks import Look
from loaders.questions import NO, OTHER, YES, Asked, Choice
from loaders.rows.directory import Directory
from loaders.rows.kinds import used_fields
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")

#: Fields whose values must not stay unused without a question.
_MUST: Final = frozenset(
    [
        "first_contact",
        "last_contact",
        "contact_date",
        "onset",
        "sample",
        "confirmed",
        "isolation_start",
        "isolation_end",
        "arrived",
        "visit_start",
        "visit_end",
        "visit_date",
        "from_day",
        "to_day",
        "from_time",
        "to_time",
        "moment",
        "day",
        "hours",
        "sample_hour",
        "place",
        "contact_place",
        "room",
        "index",
        "sources",
        "vehicle",
    ]
)
FIELD_WORDS: Final[dict[str, Text]] = {
    "index": _("the case that they met"),
    "sources": _("by whom they were infected"),
    "contact_date": _("the day of contact"),
    "first_contact": _("the first day of contact"),
    "last_contact": _("the last day of contact"),
    "onset": _("the day of onset"),
    "sample": _("when the sample was taken"),
    "confirmed": _("the day of confirmation"),
    "resulted": _("the day of the result"),
    "isolation_start": _("the first day of isolation"),
    "isolation_end": _("the last day of isolation"),
    "arrived": _("the day of arrival"),
    "visit_start": _("when they came to the place"),
    "visit_end": _("when they left the place"),
    "visit_date": _("the day of the visit"),
    "hours": _("the hours"),
    "place": _("the place where they were"),
    "contact_place": _("where they met"),
    "isolation_place": _("where they are isolated"),
    "person": _("the id of the person"),
    "case_code": _("the code of the case"),
    "national_id": _("the identity number"),
    "test_code": _("the code of the sample"),
    "pool": _("the code of the pool"),
    "phone": _("the telephone number"),
    "vehicle": _("the vehicle"),
    "birth_date": _("the date of birth"),
    "origin": _("from where they came"),
    "address": _("the address"),
}
_BY_LOOK: Final = {
    "date": ("contact_date", "last_contact", "onset", "sample", "confirmed", "isolation_start", "isolation_end",
             "arrived", "visit_date", "birth_date"),
    "hour": ("hours", "visit_start", "visit_end"),
    "place": ("place", "contact_place", "isolation_place", "origin", "address"),
    "case": ("index", "sources"),
    "code": ("person", "case_code", "index", "test_code", "pool", "national_id"),
    "phone": ("phone",),
    "national_id": ("national_id",),
    "plate": ("vehicle",),
}  # fmt: skip


def unused_columns(columns: Columns) -> dict[int, Look | None]:
    """Return the columns of days, hours, places, ids or cases that nothing uses."""
    found = columns.found
    asked: dict[int, Look | None] = dict(found.asked)
    if found.layout == PEOPLE:
        facts = frozenset(fact.name for fact in columns.sheet.facts)
        used = used_fields(frozenset(found.reading.columns), facts)
        for name in (_MUST & set(found.reading.columns)) - used:
            at = found.reading.columns[name]
            if columns.sheet.cells[at].notna().any():
                asked[at] = None
    return asked


def ask_columns(sheets: Sequence[Columns]) -> None:
    """Ask what every column is that must not be passed over; an answer is given before the sheet is recognised."""
    for columns in sheets:
        for at, look in sorted(unused_columns(columns).items()):
            names = _BY_LOOK.get(look.kind if look is not None else "date", _BY_LOOK["date"])
            known = fields_of(columns.found.layout)
            have = columns.found.reading.columns
            choices = [Choice(n, FIELD_WORDS[n]) for n in names if n in known and n not in have]
            if look is None and "index" in known and "index" not in have:
                text = _("Days of contact, but nobody says whom they met: what is this column?")
            else:
                text = _("Nothing uses this column: what is it?")
            choices += [Choice(KEEP, _("nothing that a rule asks for: keep it")), Choice(OTHER, _("another column"))]
            given = columns.sheet.cells[at].notna()
            if (
                columns.asked.ask(columns.sheet, "column", text, column=at, choices=choices, rows=int(given.sum()))
                is None
            ):
                columns.sheet.report(columns.log, "column.meaning", column=at)


def ask_people(directory: Directory, sheets: Sequence[Columns], asked: Asked) -> None:
    """Ask whether two people are one, where it changes who is a case."""
    for doubt in directory.doubts:
        places = sorted((*doubt.one.places, *doubt.other.places))
        if not places:
            continue
        number, row = places[0]
        people = tuple(sorted((doubt.one.key, doubt.other.key)))
        case = doubt.one if doubt.one.case else doubt.other
        if doubt.why == "id":
            text = _("Two rows whose ids differ only in spelling: one person?")
        elif doubt.why == "name":
            text = _("Somebody of whom only the name is told, and somebody of that name: one person?")
        else:
            text = _("The same name and telephone number under two ids, one of them a case: one person?")
        asked.ask(
            sheets[number].sheet,
            "person",
            text,
            row=row,
            choices=[
                Choice(
                    YES,
                    _("one person"),
                    _("{id} stands for both: their contacts are contacts of the case", id=case.key),
                ),
                Choice(NO, _("two people"), _("both stay as they are")),
            ],
            people=people,
        )
