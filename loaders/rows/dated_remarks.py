"""Remarks that tell when people met a case or stayed somewhere, beside rows whose columns do not: read, else asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.columns import Columns, span
from loaders.columns.dates import Times
from loaders.columns.hours import hours_in, with_day
from loaders.columns.references import loose
from loaders.columns.remark import is_remark, tells_time
from loaders.columns.texts import by_distinct, told_of
from loaders.columns.when import cases_named, read_when, tells_meeting, tells_only_when
from loaders.files.headings import KEEP
from loaders.questions import ONE_BY_ONE, OTHER, Choice, question_id
from loaders.rows.kind import ListRows
from loaders.rows.parts import PARTS
from loaders.rows.taken_off import says_not_met
from loaders.rows.visits import place_of
from tracing.text import Text, catalogue
from tracing.times import DAY

_, _n = catalogue("loaders")

_OWN: Final = ("first_contact", "last_contact", "contact_date", "hours")
_SEVERAL: Final = ("index_2", "contact_date_2", "last_contact_2")
#: Fields that tell when somebody was where a list says.
_TIMED: Final = (
    "visit_start",
    "visit_end",
    "visit_date",
    "day",
    "moment",
    "hours",
    "shift",
    "isolation_start",
    "arrived",
)
_TYPED: Final = _("type the day and the hours, or the first and the last day: 14/9 19h-20h; 12/9-13/9")


def meetings_told(columns: Columns) -> dict[int, npt.NDArray[np.bool_]]:
    """Return of each column of remarks which rows of a list of contacts it tells the time of a meeting of.

    Their texts are read or asked about one by one; where they are too many for that, none.
    """
    if not columns.has("index") or columns.has(*_SEVERAL):
        return {}
    met = columns.text("index").notna().to_numpy(dtype=bool)
    return {at: met & told for at, told in _told(columns)}


def _told(columns: Columns) -> Iterator[tuple[int, npt.NDArray[np.bool_]]]:
    for at in sorted(set(columns.found.reading.kept) - set(columns.found.asked)):
        if is_remark(columns.sheet.headings[at]):
            texts = columns.sheet.cells[at]
            told = told_of(texts, _tells_when) & ~told_of(texts, says_not_met)
            told[_of_another(columns, texts, np.flatnonzero(told))] = False
            left = texts[told & ~told_of(texts, _is_plain)]
            if told.any() and left.nunique() <= ONE_BY_ONE:
                yield at, told


def _of_another(columns: Columns, texts: pd.Series, rows: npt.NDArray[np.int64]) -> list[int]:
    """Return of which rows the text names a case, and not the one whom the row says they met: another contact."""
    met, said = (
        [set(map(loose, cases_named(text))) if isinstance(text, str) else set() for text in of.iloc[rows]]
        for of in (columns.text("index"), texts)
    )
    return [row for row, one, other in zip(rows.tolist(), met, said, strict=True) if one and other - one]


def _tells_when(text: str) -> bool:
    """Tell whether a remark says when people met or somebody stayed."""
    return tells_meeting(text) and tells_time(text)


def _is_plain(text: str) -> bool:
    when = read_when(text)
    return when is not None and tells_only_when(when)


def with_meetings_told(columns: Columns, start: Times, end: Times) -> tuple[Times, Times]:
    """Return the times of contacts with those that remarks tell: read where no column tells one, else as answered."""
    own = start.known | end.known
    for name in _OWN:
        own |= columns.text(name).notna().to_numpy(dtype=bool)
    for at, told in meetings_told(columns).items():
        texts = columns.sheet.cells[at]
        plain = told & ~own & told_of(texts, _is_plain)
        words = texts.where(plain)
        if plain.any():
            columns.sheet.report(columns.log, "remark.contact", column=at, count=int(plain.sum()))
        question = _("A remark tells when they met, and no column does: is it so?")
        for group, answer in _answers(columns, at, told & ~plain, question):
            words.iloc[group] = answer
        first, last = _times(columns, words)
        start, end = _filled(start, first, first.known), _filled(end, last, first.known)
    return start, end


def with_hours_of_kinds(columns: Columns, start: Times, end: Times) -> tuple[Times, Times]:
    """Return the times of contacts with the hours that their kind tells beside the one day of another column.

    ``Ăn cơm tại nhà BN từ 18h đến 20h`` beside ``Ngày tiếp xúc``.
    """
    name = next((name for name in ("contact_date", "last_contact") if columns.has(name)), None)
    if name is None or not columns.has("kind") or columns.has("hours", "first_contact"):
        return start, end
    hours = by_distinct(columns.text("kind"), _from_to)
    one_day = end.known & (end.end - end.start == DAY) & (~start.known | (start.start == end.start))
    days = columns.text(name).where(one_day & hours.notna().to_numpy(dtype=bool))
    if days.isna().all():
        return start, end
    first = columns.time("contact_date", texts=with_day(days, hours).where(days.notna()))
    last = columns.time("contact_date", texts=with_day(days, hours, to=True).where(days.notna()))
    told = first.known & last.known
    return _filled(start, first, told), _filled(end, last, told)


def _from_to(text: str) -> str | None:
    """Return the hours of a text that tells from when to when, once and of no day of its own."""
    clocks, rest = hours_in(text)
    if len(clocks) != 1 or None in clocks[0] or read_when(text) is not None or re.search(r"\d[/.-]\d", rest):
        return None
    return "{}-{}".format(*clocks[0])


def ask_stays(rows: ListRows, at: int, texts: pd.Series) -> npt.NDArray[np.bool_]:
    """Ask when people were at the place of a list, where only remarks tell it; return of whom they do."""
    columns = rows.columns
    none = np.zeros(len(columns.sheet), dtype=bool)
    if rows.has("index", *_TIMED) or not (rows.has("place", *PARTS) or rows.fact("place") or rows.fact("event")):
        return none
    told = told_of(texts, _tells_when) & ~told_of(
        texts, lambda text: bool(cases_named(text))
    )  # asked whether it tells of a contact
    if not told.any() or texts[told].nunique() > ONE_BY_ONE:
        return none
    place, _kind = place_of(rows)
    told &= place.notna().to_numpy(dtype=bool)
    words = columns.empty()
    for group, answer in _answers(
        columns, at, told, _("A remark tells when this person was there, and no column does: is it so?")
    ):
        words.iloc[group] = answer
    first, last = _times(columns, words)
    rows.stage(
        "visits", {"person": rows.person, "place": place, **span(first, "start"), **span(last, "end")}, first.known
    )
    rows.mention_places(place.where(first.known))
    return told


def _answers(
    columns: Columns, at: int, told: npt.NDArray[np.bool_], question: Text
) -> Iterator[tuple[npt.NDArray[np.int64], str]]:
    """Ask of each text of a column when it was; yield rows and the time that is answered."""
    texts = columns.sheet.cells[at]
    for text in sorted(set(texts[told])):
        group = np.flatnonzero(told & (texts == text).fillna(False).to_numpy(dtype=bool))
        when, ident = read_when(text), question_id("when", *columns.sheet.headings, text)
        said = None if when is None else " - ".join(filter(None, (when.first, when.last)))
        answer = columns.asked.ask(
            columns.sheet,
            "value",
            question,
            ids=[ident],
            row=int(group[0]) if len(group) == 1 else None,
            column=at,
            rows=group,
            said=text,
            choices=[
                *([] if said is None else [Choice("yes", _("yes: {when}", when=said))]),
                Choice(KEEP, _("no: keep it as it is")),
                Choice(OTHER, _TYPED),
            ],
        )
        if answer == "yes" and when is not None:
            yield group, text
        elif answer is not None and answer != KEEP and read_when(answer) is not None:
            yield group, answer
        elif answer != KEEP:
            columns.asked.reopen(ident)
            columns.query("remark.time", group, at)


def _times(columns: Columns, words: pd.Series) -> tuple[Times, Times]:
    """Return first and last time that texts tell."""
    read = {text: read_when(text) for text in words.dropna().unique()}
    found = [read.get(text) for text in words.to_numpy(dtype=object)]
    first = pd.Series([None if one is None else one.first for one in found], dtype="string")
    last = pd.Series([None if one is None else one.last or one.first for one in found], dtype="string")
    return columns.time("contact_date", texts=first), columns.time("contact_date", texts=last)


def _filled(times: Times, other: Times, where: npt.NDArray[np.bool_]) -> Times:
    return Times(np.where(where, other.start, times.start), np.where(where, other.end, times.end), times.known | where)
