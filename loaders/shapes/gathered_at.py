"""Texts of who came to one place: the lines above them name it, and the days of their lines are those of the visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from loaders.columns.days import several_days
from loaders.columns.person_line import DAYS
from loaders.files.grid import Document, Fact, Line
from loaders.files.titles import read_facts

VISITED: Final = "Ngày"
"""Heading of the day of a visit."""
#: What the lines above people say of where they were, and how many such lines a message has at most.
_OF_PLACES: Final = frozenset({"place", "site", "event", "commune", "hamlet", "district"})
_MOST: Final = 4
Rows = list[tuple[int, dict[str, str]]]


def facts_above(document: Document, titles: Sequence[Line], first: int, *, chat: bool) -> tuple[Fact, ...]:
    """Return what the lines above the first person, in the row ``first``, tell of all of them.

    Of a chat that is only the message in which the list begins, where a label of it names a place: ``Địa điểm: …``.
    """
    if not chat:
        return tuple(read_facts(titles, None, document.file))
    by = document.senders.get(first)
    above = [line for line in document.lines if line.row < first][-_MOST:]
    begins = max((at + 1 for at, line in enumerate(above) if document.senders.get(line.row) != by), default=0)
    told = read_facts(above[begins:], None, document.file)
    return tuple(fact for fact in told if fact.name in _OF_PLACES) if _is_of_place(told) else ()


def with_days_of_visits(rows: Mapping[str, Rows], facts: Sequence[Fact]) -> dict[str, Rows]:
    """Return the people whom a text lists, by whom they met; of nobody: a row for each day on which they were there.

    That is so below the name of a place alone, and not of those who met a case there.
    """
    if not _is_of_place(facts):
        return dict(rows)
    return {tier: found if tier else _by_days(found) for tier, found in rows.items()}


def _is_of_place(facts: Sequence[Fact]) -> bool:
    """Tell whether lines name the place where people were, and do not say that they met a case."""
    met = any((fact.name, fact.value) == ("list_of", "contacts") for fact in facts)
    return not met and any(fact.name == "site" for fact in facts)


def _by_days(rows: Rows) -> Rows:
    out: Rows = []
    for row, cells in rows:
        rest = {heading: text for heading, text in cells.items() if heading != DAYS}
        out += [(row, rest if day is None else {**rest, VISITED: day}) for day in _each(cells.get(DAYS))]
    return out


def _each(told: str | None) -> list[str | None]:
    """Return the days of a cell, each by itself; what is no list of days as it is."""
    return [told] if told is None else list(several_days(told)) or [told]
