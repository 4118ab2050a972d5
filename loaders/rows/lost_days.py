"""The day of rows, or of hours, that tell none, asked once for all of them; rows that one text tells together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns
from loaders.columns.dates import Times, read_times
from loaders.files.grid import Fact
from loaders.questions import LEFT_OUT, NOBODY, OTHER, Choice
from tracing.text import Text, catalogue

_, _n = catalogue("loaders")


def ask_day_of_hours(columns: Columns, rows: npt.NDArray[np.int64], at: int | None) -> str | None:
    """Return on which day the hours of ``rows`` were, as answered (None: not yet); those of the title stand first."""
    return columns.asked.ask(
        columns.sheet,
        "value",
        _("Hours are told and no day: on which day was this?"),
        rows=rows,
        column=at,
        choices=[
            *(Choice(day, _("on {day}, the day in the title", day=day)) for day in days_of_title(columns.sheet.facts)),
            Choice(NOBODY, LEFT_OUT),
            Choice(OTHER, _("type the day")),
        ],
    )


def days_of_title(facts: Iterable[Fact]) -> list[str]:
    """Return the days that titles tell, one without a year as people write it: ``2021-05-16``, ``16/5``."""
    told = {fact.value for fact in facts if fact.name == "day" and "/" not in fact.value}
    short = (f"{int(day[5:7])}/{int(day[2:4])}" for day in sorted(told) if day.startswith("--"))
    return [*(day for day in sorted(told) if len(day) == 10), *short]


def ask_day(
    columns: Columns,
    times: Times,
    lost: npt.NDArray[np.bool_],
    text: Text,
    *,
    at: int | None,
    missing: int | str,
    choices: Sequence[Choice],
) -> Times:
    """Return ``times`` with the day that was answered for the ``lost`` rows.

    ``text`` is asked of column ``at``; while there is no answer, ``missing`` is found to be missing in these rows.
    """
    rows = np.flatnonzero(lost)
    if not len(rows):
        return times
    answer = columns.asked.ask(columns.sheet, "value", text, rows=rows, column=at, choices=choices)
    if answer is None:
        columns.query("required.missing", rows, missing)
    read = read_times(pd.Series([answer], dtype="string"), zone=columns.options.zone, day_first=True)
    if not read.known[0]:
        return times
    start, end = np.where(lost, read.start[0], times.start), np.where(lost, read.end[0], times.end)
    return Times(start, end, times.known | lost)


def rows_of_one_text(columns: Columns, rows: npt.NDArray[np.int64]) -> list[npt.NDArray[np.int64]]:
    """Return the rows one by one; those of one line that the same words tell, of several days, together."""
    told = columns.text("told")
    groups: dict[tuple[object, ...], list[int]] = {}
    for row in rows.tolist():
        words = told.iloc[row]
        key = (int(columns.sheet.numbers[row]), words) if isinstance(words, str) else (row,)
        groups.setdefault(key, []).append(row)
    return [np.array(group) for group in groups.values()]
