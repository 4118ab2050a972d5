"""Hours of shifts: told with the shift in its cell, by a legend under or above the table, or once in the title."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.hours import read_hours
from loaders.columns.texts import by_distinct
from loaders.files.body import CLOCK, SHIFT_HOURS, without_places
from loaders.questions import NOBODY, OTHER, Choice, question_id
from loaders.rows.kind import ListRows
from loaders.shapes.half_days import PART_OF_DAY
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

#: What a mark of an attendance sheet means, without accents: ``S: ca sang 6h-14h``, ``D = dem (22h-6h)``.
_MARK_HOURS: Final = regex(
    rf"(?<!\w)(?P<shift>[a-z]{{1,3}}\d?) ?[:=] ?[a-z ]{{0,24}}? ?[(:]? ?(?:tu )?"
    rf"(?P<hours>{CLOCK} ?(?:-|–|den|->) ?{CLOCK})"
)
#: What stands between two hours in words, without accents.
_TO: Final = regex(r" ?(?:den|->) ?")
#: A mark that says whether somebody was there, without accents.
_MARK_MEANS: Final = regex(
    r"(?<!\w)(?P<mark>[a-z]{1,3}|[x✓0-9+]) ?[:=] ?"
    r"(?:(?:nghi|(?:co|khong) phep|phep|vang|off|om|khong (?:lam|di|co mat|ban|den|truc|mo|co|o)|dong cua|absent"
    r"|closed)"
    r"|(?P<there>co(?: mat| di| ban| lam| truc| den| o| mo)?|di lam|di hoc|lam viec|lam|ban(?: hang)?|mo(?: cua| sap)?"
    r"|truc|den|present|worked|at work|open))(?!\w)"
)


def shift_key(text: str) -> str:
    """Return what tells one shift from the next: ``Ca 1``, ``C1`` and ``1`` are one."""
    return re.sub(r"^(?:ca|c|kip|k)(?=\d|i+$|[abc]$)", "", re.sub(r"\s+", "", re.sub(r"^ca (?!\d)", "", fold(text))))


def legend_of(rows: ListRows) -> dict[str, str]:
    """Return shift -> its hours, as lines above and below the table tell them: ``C1: 6h-14h; C2: 14h-22h``."""
    sheet = rows.columns.sheet
    found: dict[str, str] = {}
    for line in (*sheet.titles, *sheet.notes):
        said = without_places(fold(" ; ".join(line.texts)))
        for match in (*SHIFT_HOURS.finditer(said), *_MARK_HOURS.finditer(said)):
            found.setdefault(shift_key(match["shift"]), _TO.sub("-", match["hours"]))
    return found


def marks_of(rows: ListRows) -> dict[str, bool]:
    """Return mark -> whether it says that somebody was there, as lines about the table or its headings tell it.

    ``N: nghỉ; X: đi làm`` below the table, ``Ngày bán (x: có bán; n: nghỉ)`` above its days.
    """
    sheet = rows.columns.sheet
    lines = (" ; ".join(line.texts) for line in (*sheet.titles, *sheet.notes))
    said = " ; ".join(map(fold, dict.fromkeys([*lines, *sheet.headings])))
    return {match["mark"]: match["there"] is not None for match in _MARK_MEANS.finditer(said)}


def shift_hours(rows: ListRows) -> pd.Series:
    """Return the hours of each row's shift; missing where nothing tells them."""
    legend = legend_of(rows)
    said = rows.columns.text("shift")
    own = by_distinct(said, lambda text: _own_hours(text) or legend.get(shift_key(text)))
    title = rows.fact("hours")
    if len(legend) > 1:
        title = legend.get(shift_key(rows.fact("shift") or ""))
    return own if title is None else own.where(own.notna() | said.notna(), title)


def _own_hours(text: str) -> str | None:
    """Return the hours that a text of a shift tells: of ``Ca 2: 10h-14h`` those behind its number."""
    named = SHIFT_HOURS.match(fold(text))
    hours = text if named is None else _TO.sub("-", named["hours"])
    return hours if read_hours(hours)[1] is not None else None


def ask_shift(rows: ListRows, text: str, where: npt.NDArray[np.int64], at: int | None) -> str | None:
    """Return the hours of a shift that nothing tells, answered once a file; None while it is a whole day."""
    columns = rows.columns
    ident = question_id("shift", columns.sheet.list_file, fold(text))
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("From when to when is this shift or part of the day?"),
        ids=[ident],
        rows=where,
        column=at,
        said=text,
        choices=[
            Choice(NOBODY, _("not known: it counts as the whole day")),
            Choice(OTHER, _("type its hours: 7h-11h")),
        ],
    )
    if answer is not None and answer != NOBODY and read_hours(answer)[1] is None:
        columns.asked.reopen(ident)
        answer = None
    if answer is None:
        columns.query("shift.hours", where, at)
    return None if answer == NOBODY else answer


def hours_of_column(
    rows: ListRows, legend: dict[str, str], shift: str, where: npt.NDArray[np.int64], at: int
) -> str | None:
    """Return the hours of the shift that a heading names: its own, those of the legend, or those that are answered."""
    named = re.match(r"(?:ca|kip) ?\w+|[ck] ?\d", fold(shift))
    hours = _own_hours(shift) or legend.get(shift_key(shift if named is None else named[0]))
    return hours or (ask_shift(rows, shift, where, at) if len(where) else None)


def asked_hours(rows: ListRows) -> pd.Series:
    """Return the hours of each row's shift; of one that only a part of the day names they are asked for once a file."""
    columns = rows.columns
    hours, said, at = shift_hours(rows), columns.text("shift"), columns.at("shift")
    if at is None:
        said = rows.constant(rows.fact("shift"))
    if columns.has("visit_start", "hours"):
        return hours
    named = said.where(hours.isna())
    for text in sorted(text for text in named.dropna().unique() if PART_OF_DAY.fullmatch(fold(text))):
        where = np.flatnonzero((named == text).fillna(False).to_numpy(dtype=bool))
        answer = ask_shift(rows, text, where, at)
        if answer is not None:
            hours = hours.copy()
            hours.iloc[where] = answer
    return hours
