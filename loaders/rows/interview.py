"""Interview forms of the tracing centre: declared beside investigated, and what somebody concluded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from loaders.columns.circumstances import read_circumstances
from loaders.columns.columns import Columns
from loaders.columns.dates import Times, read_times
from loaders.columns.texts import told_of
from loaders.questions import NO, OTHER, YES, Choice
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue
from tracing.times import format_iso

_, _n = catalogue("loaders")

_NONE: Final = regex(
    r"(?:khong|ko|k)(?: co)?(?: (?:tiep xuc|tx|gap|phai|lien quan|di cung)\b.*)?|no|none"
    r"|no[ _]contact|not[ _]a[ _]contact"
)
#: No contact as the kind of one; whoever only met nobody closely (``không tiếp xúc trực tiếp``) did meet somebody.
_NO_KIND: Final = regex(
    r"(?:(?:khong|ko|k|chua)(?: (?:co|he|tung|tiep xuc|tx|gap|gi|ai|voi|f ?0|ca|benh|nhan|bn ?\d*|lan nao)){0,6}"
    r"|no|none|no[ _]contact|not[ _]a[ _]contact)[ .,;–-]*(?:\(.*\))?"
)
_UNSURE: Final = regex(
    r"(?:khong|ko|k|chua) (?:ro|nho|biet|xac dinh|dieu tra|xac minh|lien he|co).*|dang .*|cho .*|[?-]"
)
#: What a verdict says and nothing more: a tier, yes, no, not known.
_VERDICT: Final = regex(
    r"f ?\d(?:\.\d)?|co(?: tiep xuc| tx)?|dung|sai|yes|y|n|x|-|\?"
    r"|(?:da |chua |dang )?(?:xac minh|dieu tra|lien he)(?: duoc)?"
    rf"|{_NONE.pattern}|{_UNSURE.pattern}"
)
_TELLER: Final = regex(r"chi diem|nguoi khai|khai bao|interview|named by")
FIELDS: Final = (
    "declared",
    "investigated",
    "concluded",
    "declared_first",
    "declared_last",
    "investigated_first",
    "investigated_last",
)
"""Fields of an interview form that a contact list has not."""


@dataclass(frozen=True)
class Verdicts:
    """What the two sides say of each row's contact: there was none, or they differ and nobody has concluded."""

    none: npt.NDArray[np.bool_]
    open: npt.NDArray[np.bool_]


def verdicts(columns: Columns) -> Verdicts:
    """Return what is to be made of each row; where the sides differ, what a human concludes is asked for."""
    size = len(columns.sheet)
    none, unsure = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    if not columns.has("declared", "investigated", "concluded"):
        return Verdicts(none, unsure)
    sides = (columns.text(name).to_numpy(dtype=object) for name in ("declared", "investigated", "concluded"))
    for row, (said, found, end) in enumerate(zip(*sides, strict=True)):
        told = [text for text in (said, found) if _says_something(text)]
        concluded = _says_something(end)
        last: str | None = end if concluded else told[-1] if told else None
        if not concluded and len(told) == 2 and _meaning(told[0]) != _meaning(told[1]):
            last = _asked(columns, row, "investigated", told)
            unsure[row] = last is None
        none[row] = last is not None and bool(_NONE.fullmatch(fold(last)))
    return Verdicts(none, unsure)


def tells_none(text: str) -> bool:
    """Tell whether a text of a column of kinds of contact says that there was none: ``Không``, ``Không tiếp xúc``."""
    return _NO_KIND.fullmatch(fold(text).strip()) is not None and not read_circumstances(text).told


def denied(columns: Columns, *, dated: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Tell of which rows the column of kinds says that there was no contact; beside a day of contact that is asked."""
    said = told_of(columns.text("kind"), tells_none)
    column = columns.at("kind")
    if column is None or not said.any():
        return said
    both = np.flatnonzero(said & dated)
    if len(both) < said.sum():
        columns.sheet.report(columns.log, "contact.none", column=column, count=int(said.sum()) - len(both))
    if not len(both):
        return said
    answer = columns.asked.ask(
        columns.sheet,
        "value",
        _("The kind of contact says that there was none, and a day of contact is told: did they meet?"),
        column=column,
        rows=both,
        choices=[Choice(YES, _("yes, on that day")), Choice(NO, _("no"))],
    )
    if answer is None:
        columns.query("contact.none_dated", both, column)
    if answer == YES:
        said[both] = False
    return said


def none_on_any_day(columns: Columns) -> npt.NDArray[np.bool_]:
    """Tell of which rows a cell of the days of contact says that there was none, and no other cell tells a day."""
    said = np.zeros(len(columns.sheet), dtype=bool)
    dated = np.zeros(len(columns.sheet), dtype=bool)
    for name in ("first_contact", "last_contact", "contact_date"):
        texts = columns.text(name)
        none = told_of(texts, tells_none) & columns.text("index").notna().to_numpy(dtype=bool)
        if none.any():
            columns.sheet.report(columns.log, "contact.none", column=columns.at(name), count=int(none.sum()))
        said |= none
        dated |= texts.notna().to_numpy(dtype=bool) & ~none
    return said & ~dated


def told_more(columns: Columns) -> dict[int, pd.Series]:
    """Return what the columns of both sides tell in words: neither a verdict nor that there was no contact."""
    found = [at for name in ("declared", "investigated") if (at := columns.at(name)) is not None]
    return {at: columns.sheet.cells[at].where(told_of(columns.sheet.cells[at], _is_told)) for at in found}


def _is_told(text: str) -> bool:
    return _VERDICT.fullmatch(fold(text).strip(" .")) is None


def _says_something(text: object) -> bool:
    return isinstance(text, str) and not (_UNSURE.fullmatch(fold(text)) and not _NONE.fullmatch(fold(text)))


def _meaning(text: str) -> str:
    """Return a label for comparison: ``F1.1`` and ``f1`` stay apart, ``Không`` and ``không tiếp xúc`` do not."""
    bare = re.sub(r"[^a-z0-9.]+", " ", fold(text)).strip()
    return "-" if _NONE.fullmatch(bare) else bare


def _asked(columns: Columns, row: int, name: str, told: list[str]) -> str | None:
    """Ask a human to conclude where declared and investigated differ; the row waits until then."""
    column = columns.at(name)
    answer = columns.asked.ask(
        columns.sheet,
        "difference",
        _("Declared and investigated differ: which one holds?"),
        row=row,
        column=column,
        said=" | ".join(told),
        choices=[
            Choice(told[0], _("as declared: {value}", value=told[0])),
            Choice(told[1], _("as investigated: {value}", value=told[1])),
            Choice(OTHER, _("another conclusion")),
        ],
    )
    if answer is None:
        columns.query("contact.declared_differs", [row], column)
    return answer


def two_sided(columns: Columns, part: str, otherwise: Times) -> Times:
    """Return the first or last time of contact: as investigated, else as declared; asked where both differ.

    Until it is answered the time is not known.
    """
    names = (f"declared_{part}", f"investigated_{part}")
    if not columns.has(*names):
        return otherwise
    said, found = (columns.time(name) for name in names)
    start = np.where(found.known, found.start, said.start)
    end = np.where(found.known, found.end, said.end)
    known = found.known | said.known
    differ = said.known & found.known & ((said.end <= found.start) | (found.end <= said.start))
    zone = columns.options.zone
    for row in np.flatnonzero(differ).tolist():
        told = [format_iso(int(times.start[row]), int(times.end[row]), zone)[:16] for times in (said, found)]
        answer = _asked(columns, row, names[1], told)
        known[row] = answer is not None
        if answer == told[0]:
            start[row], end[row] = said.start[row], said.end[row]
        elif answer is not None and answer != told[1]:
            start[row], end[row], known[row] = _as_answered(columns, answer)
    fill = otherwise.known & ~known & ~differ
    return Times(np.where(fill, otherwise.start, start), np.where(fill, otherwise.end, end), known | fill)


def _as_answered(columns: Columns, text: str) -> tuple[int, int, bool]:
    read = read_times(
        pd.Series([text], dtype="string"), zone=columns.options.zone, day_first=True, hints=columns.sheet.dates
    )
    return int(read.start[0]), int(read.end[0]), bool(read.known[0])


def named_by(columns: Columns, column: int | None) -> bool:
    """Tell whether the column of whom somebody met says who named them."""
    return column is not None and bool(_TELLER.search(fold(columns.sheet.headings[column])))
