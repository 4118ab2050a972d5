"""A column of sentences about where people were ("Lịch trình di chuyển"): a visit for each place and time told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import span
from loaders.columns.movements import Movement, complete, read_movements
from loaders.columns.references import read_reference
from loaders.columns.whereabouts import one_name
from loaders.questions import LEFT_OUT, NOBODY, OTHER, Choice
from loaders.rows.kind import Kind, ListRows
from loaders.rows.visits import PLACE_IN_WORDS, WHERE, mention, spans

_FIELD: Final = "movements"


def build(rows: ListRows) -> None:
    """Stage the visits that the sentences of a list tell; ask for places that they do not name."""
    columns = rows.columns
    told = [
        [] if pd.isna(text) else complete(read_movements(text, None)) for text in columns.text(_FIELD).to_numpy(object)
    ]
    told = [[_answered(rows, row, one) for one in parts] for row, parts in enumerate(told)]
    names = one_name(one.place for parts in told for one in parts if one.what == "visit" and one.place)
    visits = [[one for one in parts if one.what == "visit" and one.day] for parts in told]
    empty = sum(bool(parts) and all(one.what == "note" for one in parts) for parts in told)
    if empty:
        columns.sheet.report(columns.log, "movement.nothing", column=columns.at(_FIELD), count=empty)
    for number in range(max(map(len, visits), default=0)):
        _stage(rows, [parts[number] if number < len(parts) else None for parts in visits], names)


def _answered(rows: ListRows, row: int, one: Movement) -> Movement:
    """Ask where an open part was; return it as a visit where that is answered."""
    columns = rows.columns
    if one.what != "open":
        return one
    at = columns.at(_FIELD)
    choices = [Choice(NOBODY, LEFT_OUT), Choice(OTHER, PLACE_IN_WORDS)]
    answer = columns.asked.ask(columns.sheet, "value", WHERE, row=row, column=at, said=one.words, choices=choices)
    if answer is None:
        columns.query("movement.open", [row], at)
        return one
    if answer == NOBODY:
        return Movement(what="note", words=one.words)
    return Movement(what="visit", words=one.words, day=one.day, first=one.first, last=one.last, place=answer)


def _stage(rows: ListRows, parts: Sequence[Movement | None], names: dict[str, str]) -> None:
    """Stage one visit of each row that has one."""
    columns = rows.columns
    told = [Movement(what="note", words="") if one is None else one for one in parts]
    days, first, last, place, words = (
        pd.Series(pd.array(texts, dtype="string"))
        for texts in (
            [one.day for one in told],
            [one.first for one in told],
            [one.last for one in told],
            [names.get(one.place, one.place) if one.place else None for one in told],
            [one.words or None for one in told],
        )
    )
    start, end = spans(columns, days, first, last, names=(_FIELD, _FIELD))
    possible = pd.Series(pd.array(["possible" if one.possible else None for one in told], dtype="string"))
    values = {
        "person": rows.person,
        "place": place,
        **span(start, "start"),
        **span(end, "end"),
        "certainty": possible,
        "attributes": columns.json({columns.sheet.headings[columns.at(_FIELD) or 0]: words}),
    }
    where = start.known & place.notna().to_numpy()
    rows.stage("visits", values, where)
    mention(rows, place.where(where))
    _stage_company(rows, told, values, where)


def _stage_company(
    rows: ListRows,
    told: Sequence[Movement],
    values: dict[str, pd.Series],
    where: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> None:
    """Stage the same visit of the cases who were there, too; who is not known is asked for with the words."""
    columns = rows.columns
    for number in range(max((len(one.people) for one in told), default=0)):
        people: list[str | None] = []
        for row, one in enumerate(told):
            code = one.people[number] if number < len(one.people) else None
            found = None if code is None else rows.people.find(read_reference(code).named[0], cases=True)
            people.append(found.people[0] if found is not None and found.sure else None)
            if found is not None and not found.sure:
                columns.query("reference.unclear", [row], columns.at(_FIELD), value=code, near="")
        person = pd.Series(pd.array(people, dtype="string"))
        rows.stage("visits", values | {"person": person}, where & person.notna().to_numpy())


KIND: Final = Kind(name="movements", fields=(_FIELD,), marks=(frozenset({_FIELD}),), build=build)
