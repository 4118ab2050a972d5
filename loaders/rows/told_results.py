"""Texts, not of a column of results, that tell of a positive test: it is asked whose it is."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import span
from loaders.columns.further import method_of
from loaders.columns.texts import by_distinct, told_of
from loaders.files.body import matches
from loaders.files.headings import KEEP
from loaders.questions import ONE_BY_ONE, Choice, question_id
from loaders.rows.became_cases import one_of_several
from loaders.rows.kind import ListRows
from loaders.rows.outside import POSITIVE
from loaders.rows.tests import stage_samples
from loaders.shapes.several_results import DAY_TOLD
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

_F0: Final = regex(r"^f0\b|^bn ?\d+$|\b(?:la|thanh|chuyen) (?:f0|bn ?\d+)\b")
#: What every such text has, for a first look at columns of millions.
_FIRST_LOOK: Final = r"(?i)d[uư][oơ]ng|\+|positive|reactive|f ?0|bn ?\d"
#: When somebody of a row was there to be tested, where a text tells no day.
_WHEN: Final = ("sample", "visit_start", "visit_date", "date")
_ALONE: Final = (
    Choice("confirmed", _("of this person, a confirmed case")),
    Choice("suspected", _("of this person, a suspected case until another test says more")),
    Choice(KEEP, _("somebody else's, or nothing more: keep the text")),
)


def ask_positive_texts(rows: ListRows, at: int, texts: pd.Series) -> npt.NDArray[np.bool_]:
    """Ask of rows whose text tells a positive test of somebody who is no case; return which rows these are."""
    columns = rows.columns
    asked = np.zeros(len(texts), dtype=bool)
    about_cases = columns.found.makes_cases or columns.sheet.fact("list_of") == "cases"
    if about_cases or not matches(texts, _FIRST_LOOK).any():
        return asked
    for row in np.flatnonzero(told_of(texts, _tells)).tolist():
        entry = rows.people.entry_of(rows.sheet, row)
        asked[row] = entry is not None and not entry.case and not pd.isna(rows.person.iloc[row])
    where = np.flatnonzero(asked)
    lines, line = np.unique(columns.sheet.numbers[where], return_inverse=True)  # one of the file may be several rows
    groups = [where] if len(lines) > ONE_BY_ONE else [where[line == n] for n in range(len(lines))]
    for group in groups:
        _ask(rows, at, texts, group, alone=len(lines) <= ONE_BY_ONE)
    return asked


def _tells(text: str) -> bool:
    said = fold(text)
    return POSITIVE.search(said) is not None or _F0.search(said) is not None


def _ask(rows: ListRows, at: int, texts: pd.Series, group: npt.NDArray[np.int64], *, alone: bool) -> None:
    columns = rows.columns
    count = 1 if alone else len(group)
    whom = one_of_several(columns.found, str(texts.iloc[group[0]]))
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _n(
            "{n} text tells of a positive test that no column holds: whose is it?",
            "{n} texts tell of positive tests that no column holds: whose are they?",
            count,
            n=count,
        ),
        ids=[question_id("told positive", *(columns.asked.key(columns.sheet, row) for row in group.tolist()))],
        row=int(group[0]) if alone else None,
        rows=group,
        column=at,
        said=texts.iloc[group[0]] if alone else None,
        choices=_ALONE if whom is None else _choices(whom),
    )
    if answer is None:
        columns.query("remark.positive", group, at)
    elif answer != KEEP:
        _stage(rows, texts, group, answer)


def _choices(heading: str) -> tuple[Choice, ...]:
    """Return the choices where a row names several people: those of the one below ``heading``."""
    return (
        Choice("confirmed", _("of who stands below {heading}, a confirmed case", heading=heading)),
        Choice("suspected", _("of who stands below {heading}, a suspected case", heading=heading)),
        *_ALONE[2:],
    )


def _stage(rows: ListRows, texts: pd.Series, group: npt.NDArray[np.int64], status: str) -> None:
    """Stage the cases, with the day that their text tells or on which they were there, and the test of that day."""
    columns, size = rows.columns, len(texts)
    days = pd.Series(pd.array([None] * size, dtype="string"))
    for row in group.tolist():
        found = DAY_TOLD.findall(texts.iloc[row])
        days.iloc[row] = found[0] if len(found) == 1 else None
    own = next((name for name in _WHEN if columns.has(name)), None)
    if own is not None:
        days = days.fillna(columns.text(own))
    if (fact := rows.fact("day")) is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}", fact):
        days = days.fillna(fact)
    chosen = np.isin(np.arange(size), group)
    sample = columns.time(own or "sample", texts=days.where(chosen), field_name="sample")
    cases = {"person": rows.person, "status": rows.constant(status), **span(sample, "sample")}
    rows.stage("cases", cases, chosen)
    stage_samples(rows, sample, chosen, result="positive", method=by_distinct(texts, method_of))
