"""Remarks beside the rows: an isolation that only a remark tells is read; other days and hours in remarks are asked."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

from loaders.columns.columns import span
from loaders.columns.dates import Times, read_times
from loaders.columns.texts import told_of
from loaders.files.headings import KEEP
from loaders.questions import Choice, question_id
from loaders.rows.kind import ListRows
from tracing.spelling import fold, phone_numbers
from tracing.text import catalogue

_, _n = catalogue("loaders")

_REMARK: Final = re.compile(r"(?:ghi chu|chu thich|note|remark|comment|thong tin khac|bemerkung|remarque|observation)")
_ISOLATED: Final = re.compile(
    r"cach ly(?: y te)?(?P<how> tai nha| tap trung)?,? (?:ke )?(?:tu )?(?:luc )?(?:ngay )?"
    r"(?P<when>(?:\d{1,2} ?(?:h|gio|:) ?\d{0,2},? (?:ngay )?)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?)"
)
_TIME: Final = re.compile(
    r"(?<![\d/.,])(?:[0-3]?\d[/.-][01]?\d(?:[/.-](?:20)?\d\d)?|[0-2]?\d ?(?:h|gio|:) ?[0-5]?\d?)(?![\d/])"
)
#: What no rule asks for, and words that say that a day in another column does not hold.
_NO_MATTER: Final = re.compile(r"\b(?:tiem|mui|vac|vaccin\w*|astra\w*|pfizer|moderna|xang|ca may)\b")
_HOLDS_NOT: Final = re.compile(
    r"\b(?:o lai|tinh lai|gia han|keo dai|bo tron|tron|bo ve|ve som|chua ve|khong dung|sai|nham)\b"
)
_KINDS: Final = {"tai nha": "home", "tap trung": "centre"}


def build(rows: ListRows) -> None:
    """Stage the isolations that remarks tell, and ask about days and hours that stand nowhere else."""
    columns = rows.columns
    for at in columns.found.reading.kept:
        if _REMARK.match(fold(columns.sheet.headings[at])):
            texts = columns.sheet.cells[at]
            read = _stage_isolations(rows, texts)
            _ask(rows, at, texts.where(~read))


def _stage_isolations(rows: ListRows, texts: pd.Series) -> pd.Series:
    """Stage isolations of rows whose columns tell none; return of which rows nothing is left to ask."""
    columns = rows.columns
    found = [None if pd.isna(text) else _ISOLATED.search(fold(text)) for text in texts]
    own = columns.text("isolation_start").notna().to_numpy(dtype=bool)
    whens = pd.Series(pd.array([None if m is None else m["when"] for m in found], dtype="string"))
    times = read_times(
        whens.where(~own), zone=columns.options.zone, day_first=True, hints=columns.sheet.dates, is_end=False
    )
    kinds = [None if m is None else _KINDS.get((m["how"] or "").strip()) for m in found]
    size = len(columns.sheet)
    nothing = Times(np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, dtype=bool))
    kind = pd.Series(pd.array(kinds, dtype="string")).fillna(columns.texts_of("isolation_kind", "isolation_kind"))
    values = {"person": rows.person, **span(times, "start"), **span(nothing, "end"), "kind": kind}
    rows.stage("isolations", values | {"place": columns.empty()}, times.known)
    if times.known.any():
        columns.sheet.report(columns.log, "remark.isolation", count=int(times.known.sum()))
    return pd.Series(times.known)


def _ask(rows: ListRows, at: int, texts: pd.Series) -> None:
    """Ask once for a column whether the days and hours that its remarks tell matter."""
    columns = rows.columns
    told = told_of(texts, tells_time)
    where = np.flatnonzero(told)
    if not len(where):
        return
    distinct = sorted(set(texts.iloc[where]))
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _n(
            "{n} remark tells a day, an hour or a change that no column holds: does it say something else of the row?",
            "{n} remarks tell a day, an hour or a change that no column holds: do they say something else of the rows?",
            len(where),
            n=len(where),
        ),
        ids=[question_id("remarks", *distinct)],
        column=at,
        rows=where,
        choices=[Choice(KEEP, _("no: keep them as they are"), _("else write it into a column and load again"))],
    )
    if answer is None:
        columns.query("remark.time", where, at)


def tells_time(text: str) -> bool:
    """Tell whether a remark names a day or an hour, or says that one in another column does not hold."""
    said = fold(text)
    if _NO_MATTER.search(said) or phone_numbers(text):
        return False
    return bool(_TIME.search(said) or _HOLDS_NOT.search(said))
