"""Contacts that an answer tells: of people of a list with cases that a text or its title names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from loaders.columns.circumstances import read_circumstances
from loaders.columns.columns import span
from loaders.columns.dates import Times
from loaders.columns.references import Named
from loaders.columns.texts import by_distinct
from loaders.people.directory import Directory
from loaders.questions import NOBODY, OTHER, Choice
from loaders.rows.kind import ListRows, is_person
from loaders.rows.refer import column_of
from loaders.rows.tables import time_kinds
from tracing.patterns import regex
from tracing.text import catalogue

_, _n = catalogue("loaders")

CODE: Final = regex(r"(?<!\w)[A-Za-zĐđ]{1,6}[\s.\-]?(?:\d{1,3}(?:[. ]\d{3}){1,2}(?![\d.]*\d)|\d{2,})(?!\w)")
"""What may be the code of a case in a text."""
MET = "met"
"""The answer that people met the case that is named, nobody says when."""
#: What a list may tell beside a case in its title: of each of these its people were somewhere or met somebody else.
_BESIDE = frozenset({"tests", "isolations", "households", "arrivals", "cases"})


def known_case(people: Directory, code: str) -> str | None:
    """Return the id of the one known case of this code; None of any other."""
    found = people.find(Named(code, code=True, case=True), cases=True)
    entry = people.entry(found.people[0]) if found.sure and len(found.people) == 1 else None
    return entry.key if entry is not None and entry.case else None


def stage_met(
    rows: ListRows, pairs: Sequence[tuple[int, str, str]], times: Times | None = None, *, last: bool = False
) -> None:
    """Stage a contact for each row, the id of the case, and the words that tell of it; on no day without ``times``.

    ``last`` says that this day is the last of several, the others not being known.
    """
    pairs = [(row, case, words) for row, case, words in pairs if not is_person(rows, row, case)]
    if not pairs:
        return
    columns, size = rows.columns, len(rows.columns.sheet)
    none = Times.none(size)
    on = none if times is None else times
    since, kinds = (none, rows.constant("last_day")) if last and times is not None else (on, time_kinds(on, on))
    values = {"person_b": rows.person, **span(since, "start"), **span(on, "end"), "time_kind": kinds}
    positions = np.array([row for row, _, _ in pairs])
    frame = rows.staged.frame(columns, rows.sheet, values).iloc[positions].reset_index(drop=True)
    frame["person_a"] = column_of([case for _, case, _ in pairs])
    frame["kind"] = by_distinct(column_of([words for _, _, words in pairs]), lambda text: read_circumstances(text).kind)
    rows.staged.put("contacts", frame)


def ask_case_of_title(rows: ListRows, said: frozenset[str]) -> None:
    """Ask whether the people of a list met the case that its title names, where the list does not tell it otherwise."""
    columns = rows.columns
    sheet = columns.sheet
    told = {fact.value for fact in sheet.facts if fact.name == "case" and fact.source == "title"}
    about_cases = sheet.fact("list_of") == "cases" or columns.found.makes_cases
    if said - _BESIDE or len(told) != 1 or about_cases or not columns.has("name", "phone"):
        return
    case = known_case(rows.people, code := told.pop())
    everybody = [row for row in range(len(sheet)) if not is_person(rows, row, case)]
    if case is None or not everybody:
        return
    days = sorted({fact.value for fact in sheet.facts if fact.name == "day" and len(fact.value) == 10})
    answer = columns.asked.ask(
        sheet,
        "value",
        _("The title names the case {case}: did these people meet it?", case=code),
        rows=everybody,
        choices=[
            *(Choice(day, _("yes, on {day}", day=day)) for day in days[:2]),
            Choice(MET, _("yes, nobody says on which day")),
            Choice(NOBODY, _("no: these are no contacts")),
            Choice(OTHER, _("yes, on another day: type it")),
        ],
    )
    if answer is None:
        columns.query("contact.in_title", everybody, None)
    elif answer != NOBODY:
        times = None if answer == MET else columns.time("contact_date", texts=rows.constant(answer))
        stage_met(rows, [(row, case, code) for row in everybody], times)
