"""People with a positive result of their own whom no list names as a case: it is asked what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.further import TEST
from loaders.findings import FindingLog
from loaders.options import Known
from loaders.questions import NO, ONE_BY_ONE, Choice, positive_question
from loaders.rows.cases import onset_texts
from loaders.rows.tables import ROW, SHEET, Staged
from tracing.text import catalogue

_, _n = catalogue("loaders")

_ALONE: Final = (
    Choice("confirmed", _("a confirmed case")),
    Choice("suspected", _("a suspected case, until another test says more")),
    Choice(NO, _("no case")),
)
_CHOICES: Final = (
    Choice("confirmed", _("confirmed cases")),
    Choice("suspected", _("suspected cases, until another test says more")),
    Choice(NO, _("no")),
)


def ask_positive(sheets: Sequence[tuple[int, Columns]], staged: Staged, known: Known | None) -> None:
    """Ask of every list what its people with a positive result are who are no cases.

    A positive pool says nothing of one of its members, and nothing is asked of them.
    """
    tests = staged.table("tests")
    if tests is None:
        return
    own = (tests["result"] == "positive").fillna(False) & tests["pool"].isna() & tests["person"].notna()
    asked = tests[own & ~_are_cases(tests["person"], staged, known)]
    for number, columns in sheets:
        found = asked[asked[SHEET] == number].drop_duplicates("person")
        if not len(found):
            continue
        groups = [found] if len(found) > ONE_BY_ONE else [found.iloc[[n]] for n in range(len(found))]
        for group in groups:
            _ask(number, columns, group, staged)


def _ask(number: int, columns: Columns, found: pd.DataFrame, staged: Staged) -> None:
    """Ask what the people of these tests are; stage the cases that the answer makes of them."""
    rows = found[ROW].to_numpy(dtype=np.int64)
    alone = len(rows) == 1
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("Positive, and on no list of cases: what is this person?")
        if alone
        else _("Positive, and on no list of cases: what are these people?"),
        ids=[positive_question(*found["person"])],
        row=int(rows[0]) if alone else None,
        rows=rows,
        column=_told_in(columns, rows),
        choices=_ALONE if alone else _CHOICES,
    )
    if answer in ("confirmed", "suspected"):
        status = pd.Series(pd.array([answer] * len(columns.sheet), dtype="string"))
        told = staged.frame(columns, number, {"status": status, **_symptoms(columns)})
        staged.put("cases", _cases(told.iloc[rows], found))


def _symptoms(columns: Columns) -> dict[str, pd.Series]:
    """Return the onset that the row of a case tells, or that there was none; noted already where the list was read."""
    quiet = Columns(columns.found, columns.options, FindingLog())
    texts, none = onset_texts(quiet)
    return {**span(quiet.time("onset", texts=texts), "onset"), "asymptomatic": none.where(none.fillna(False))}


def _told_in(columns: Columns, rows: npt.NDArray[np.int64]) -> int | None:
    """Return the column in which the positive result of the first of these rows stands, of several tests in a row."""
    for part in columns.parts(TEST):
        result = part.texts_of("test_result", "result").iloc[int(rows[0])]
        if isinstance(result, str) and result == "positive":
            return part.at("test_result")
    return columns.at("test_result")


def _are_cases(people: pd.Series, staged: Staged, known: Known | None) -> npt.NDArray[np.bool_]:
    cases = staged.table("cases")
    found = people.isin(set() if cases is None else cases["person"].dropna())
    if known is not None:
        found |= people.isin(set(known.ids("cases")))
    return found.to_numpy(dtype=bool)


def _cases(cases: pd.DataFrame, tests: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of cases with the person and the day of the sample of their tests."""
    told = tests[["person", "sample", "sample_to"]].reset_index(drop=True)
    return pd.concat([cases.reset_index(drop=True), told], axis=1)
