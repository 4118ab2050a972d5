"""Lists of homes: who lives with whom, and who was at home on the day of the list; asked: with a known case?"""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import span
from loaders.columns.dates import Times
from loaders.columns.person_line import TOGETHER
from loaders.columns.references import Named
from loaders.people.entries import Entry
from loaders.questions import NO, YES, Choice
from loaders.rows.kind import Kind, ListRows
from loaders.rows.met import CODE, known_case, stage_met
from tracing.patterns import regex
from tracing.spelling import fold, name_key
from tracing.text import catalogue
from tracing.times import parse_iso

_, _n = catalogue("loaders")

_AT_HOME: Final = regex(r"(?:co|dang o nha|o nha|co mat|x|1|yes|y|true)\b.*")
#: Names of so many people are looked up among the known cases.
_MOST: Final = 5_000


def build(rows: ListRows) -> None:
    """Stage a visit to their home, on the day of the list, for each member who was there.

    Without a day, or where nothing says who was at home, only the home is on record.
    """
    columns, day = rows.columns, _day(rows)
    if day is None:
        return
    there = columns.text("at_home").map(lambda text: bool(_AT_HOME.fullmatch(fold(text))), na_action="ignore")
    size = len(columns.sheet)
    known = there.astype("boolean").fillna(False).to_numpy(dtype=bool) & columns.text("household").notna().to_numpy()
    times = Times(np.full(size, day[0]), np.full(size, day[1]), np.ones(size, dtype=bool))
    home: pd.Series = ("nhà " + columns.ids("household")).astype("string")
    rows.stage("visits", {"person": rows.person, "place": home, **span(times, "start"), **span(times, "end")}, known)
    rows.mention_places(home.where(known), "household")


def _day(rows: ListRows) -> tuple[int, int] | None:
    """Return the day of the list: what its title says, its year where need be from the other lists."""
    fact, year = rows.fact("day"), rows.columns.sheet.dates.year
    if fact is not None and fact.startswith("--") and year is not None:
        fact = f"{year}{fact[1:]}"
    return (
        parse_iso(fact, rows.columns.options.zone) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", fact or "") and fact else None
    )


def ask_housemates(rows: ListRows) -> None:
    """Ask once whether those who share a home of the list with a known case are its contacts there."""
    columns = rows.columns
    if not rows.has("household") or not rows.has("name") or rows.has("index"):
        return
    homes: dict[str, list[int]] = {}
    for row, home in enumerate(columns.text("household")):
        if isinstance(home, str) and not columns.bad[row]:
            homes.setdefault(home, []).append(row)
    shared = {home: members for home, members in homes.items() if len(members) > 1}
    cases = _cases(rows, [row for members in shared.values() for row in members])
    pairs = [
        (row, cases[other], TOGETHER)
        for members in shared.values()
        for other in members
        for row in members
        if other in cases and row != other and cases.get(row) != cases[other]
    ]
    if not pairs:
        return
    where, at = sorted({row for row, *_ in pairs}), columns.at("household")
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _n(
            "A known case lives in a home of this list with {n} other: are they contacts in the household?",
            "Known cases live in homes of this list with {n} others: are they contacts in the household?",
            len(where),
            n=len(where),
        ),
        rows=where,
        column=at,
        choices=[Choice(YES, _("yes: they live together")), Choice(NO, _("no: these are no contacts"))],
    )
    if answer is None:
        columns.query("household.case", where, at)
    elif answer == YES:
        stage_met(rows, pairs)


def _cases(rows: ListRows, members: list[int]) -> dict[int, str]:
    """Return row -> the known case that it is about: by its id, the code beside it, or name and birth or telephone."""
    columns = rows.columns
    kept = (*columns.found.reading.kept, *columns.found.reading.unused)
    beside = [columns.sheet.cells[at].to_numpy(dtype=object) for at in kept]
    found: dict[int, str] = {}
    for row in members:
        own = rows.people.entry_of(rows.sheet, row)
        codes = (text.strip() for texts in beside if isinstance(text := texts[row], str))
        named = [known_case(rows.people, code) for code in codes if CODE.fullmatch(code)]
        told = (
            rows.people.find(Named(own.names[0]), cases=True) if own and own.names and len(members) <= _MOST else None
        )
        met = [*named, *(told.people if told is not None and told.sure else ())]
        for ident in [own.key if own and own.case else None, *met]:
            case = None if ident is None else rows.people.entry(ident)
            if case is not None and case.case and (own is None or case is own or _is_one(own, case, ident in named)):
                found.setdefault(row, case.key)
    return found


def _is_one(own: Entry, case: Entry, coded: bool) -> bool:
    """Tell whether a member of a home is a case: of its name, and of its birth or telephone where no code tells it."""
    if not {name_key(name) for name in own.names} & {name_key(name) for name in case.names}:
        return coded and not (own.names and case.names)
    a, b = own.years, case.years
    born = a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1]
    return coded or born or bool(own.phones & case.phones)


KIND: Final = Kind(
    name="households",
    fields=("at_home",),
    marks=(frozenset({"household", "at_home"}),),
    unless=frozenset({"index"}),
    build=build,
)
