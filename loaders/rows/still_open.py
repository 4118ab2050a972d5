"""What stays open when all lists of a load are read: positive people on no list of cases, F1 of nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.texts import told_of
from loaders.files.headings import KEEP
from loaders.options import Known
from loaders.people.directory import Directory
from loaders.questions import ONE_BY_ONE, OTHER, Choice, question_id
from loaders.rows.met import CODE, known_case
from loaders.rows.positives import ask_positive
from loaders.rows.refer import column_of
from loaders.rows.tables import ROW, SHEET, Staged, time_kinds
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

_F1: Final = regex(r"f ?1\b")
_CHOICES: Final = (
    Choice(KEEP, _("not known: keep what the list says")),
    Choice(OTHER, _("type the code of the case")),
)


def ask_what_is_open(
    sheets: Sequence[tuple[int, Columns]], staged: Staged, known: Known | None, people: Directory
) -> None:
    """Ask of lists of people what their positives are who are no cases, and whom their F1 met of whom no list tells."""
    ask_positive(sheets, staged, known)
    called = {number: list(_f1(number, columns, staged)) for number, columns in sheets}
    met = _who_met(staged) if any(called.values()) else set()
    for number, columns in sheets:
        rows = [row for row, person, keys in called[number] if person not in met and not keys & met]
        groups = [rows] if len(rows) > ONE_BY_ONE else [[row] for row in rows]
        for group in groups:
            _ask(number, columns, np.array(group, dtype=np.int64), staged, people)


def _who_met(staged: Staged) -> set[str]:
    """Return the ids of those of whom a contact is told, and what their lists tell of who they are."""
    contacts = staged.table("contacts")
    out: set[str] = set() if contacts is None else {*contacts["person_a"].dropna(), *contacts["person_b"].dropna()}
    listed = staged.table("persons")
    if listed is not None:
        for row in listed[listed["person"].isin(list(out))].to_dict("records"):
            out |= _keys(row)
    cases = staged.table("cases")
    return out if cases is None else out | set(cases["person"].dropna())


def _f1(number: int, columns: Columns, staged: Staged) -> Iterator[tuple[int, str, set[str]]]:
    """Yield row, id and keys of those whom a list without cases calls F1."""
    sheet, listed = columns.sheet, staged.table("persons")
    if not columns.has("level") or columns.has("index", "sources", "household") or listed is None:
        return
    if sheet.fact("case") is not None or (columns.found.makes_cases and columns.has("onset", "confirmed", "case_code")):
        return
    levels = told_of(columns.text("level"), lambda text: _F1.match(fold(text)) is not None)
    own = listed[listed[SHEET] == number] if levels.any() else listed.iloc[:0]
    for row in own[levels[own[ROW].to_numpy(dtype=np.int64)]].to_dict("records"):
        if isinstance(row["person"], str):
            yield int(row[ROW]), row["person"], _keys(row)


def _keys(row: dict[Any, Any]) -> set[str]:
    """Return by what a person may be found on another list: the name with the telephone, or with the year of birth."""
    name = row.get("name")
    told = [row.get("phone"), row.get("birth_year")]
    return {f"{fold(str(name))}\x1f{one}" for one in told if isinstance(name, str) and not pd.isna(one)}


def _ask(number: int, columns: Columns, rows: npt.NDArray[np.int64], staged: Staged, people: Directory) -> None:
    alone = len(rows) == 1
    at = columns.at("level")
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("F1, and no list names the case: whom did this person meet?")
        if alone
        else _("F1, and no list names the case: whom did these people meet?"),
        ids=[question_id("whose f1", *(columns.asked.key(columns.sheet, row) for row in rows.tolist()))],
        row=int(rows[0]) if alone else None,
        rows=rows,
        column=at,
        choices=_CHOICES,
    )
    cases = [] if answer is None else [known_case(people, code) for code in CODE.findall(answer)]
    named = [case for case in cases if case is not None]
    if answer is None or (answer != KEEP and not named):
        columns.query("contact.no_case", rows, at)
    for case in named:
        _stage(number, columns, rows, staged, case)


def _stage(number: int, columns: Columns, rows: npt.NDArray[np.int64], staged: Staged, case: str) -> None:
    none = Times.none(len(columns.sheet))
    values = {**span(none, "start"), **span(none, "end"), "time_kind": time_kinds(none, none)}
    frame = staged.frame(columns, number, values).iloc[rows].reset_index(drop=True)
    listed = staged.table("persons")
    assert listed is not None
    ids = listed[listed[SHEET] == number].set_index(ROW)["person"]
    frame["person_a"] = column_of([case] * len(rows))
    frame["person_b"] = column_of([str(ids[row]) for row in rows.tolist()])
    staged.put("contacts", frame)
