"""Rows that somebody struck through: who they are stays on record, what they tell is left out or asked about once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from loaders.columns.columns import Columns
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE
from loaders.questions import NO, YES, Choice, numbered_at, question_id
from loaders.shapes.asked_contacts import OWN
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

#: What a line about the table says that a stroke means, without accents: ``gach ngang = bo``.
_LEGEND: Final = regex(
    r"\b(?:gach(?: (?:ngang|bo|ten|chan|di|do|dong|giua))*|struck(?: through| out)?|strike ?through|crossed out)"
    r"(?: (?:la|nghia la|means?))?\s?[=:–-]?\s?(?P<means>[^;.=]{2,60})"
)
#: What a cell of such a row says of why it was crossed out, without accents.
_WHY: Final = regex(
    r"(?:^|[,;(–-]\s*)(?:da |bi |ghi |ghi ten |do |duoc )*"
    r"(?:nham|loai(?: tru| bo)?|trung(?: ten)?|huy|xoa|bo ten|rut ten)\b(?! (?:ngay|gio|lop|ca))"
    r"|\b(?:nhap|ghi|viet) (?:nham|trung|sai|lon)\b"
    r"|\bkhong phai (?:f ?[0-3]|ca benh)\b"
)
_LEFT_OUT: Final = regex(
    r"\b(?:bo|loai|xoa|huy|nham|sai|trung|rut|khong (?:tinh|phai|con|di|du|den|tham|lien|tx|tiep)|loai tru"
    r"|removed?|cancel\w*|deleted?|mistakes?|errors?|not counted|invalid|void)\b"
)


def leave_out_struck(columns: Columns) -> None:
    """Take from the rows struck through of a list of people all but who they are, unless they are said to count."""
    sheet = columns.sheet
    if columns.found.layout != PEOPLE or not sheet.struck:
        return
    if not _counts(columns):
        own = {columns.at(name) for name in OWN} | set(columns.found.reading.ids)
        struck = np.isin(np.arange(len(sheet)), sorted(sheet.struck))
        cells = sheet.cells.copy(deep=False)
        for at in set(cells.columns) - own:
            cells[at] = cells[at].mask(struck)
        columns.found = replace(columns.found, sheet=replace(sheet, cells=cells, as_read=sheet.original))
    else:
        columns.found = replace(columns.found, sheet=replace(sheet, struck=frozenset()))


def _counts(columns: Columns) -> bool:
    """Tell whether rows struck through are rows as others, as lines about the table or an answer say."""
    sheet, rows = columns.sheet, np.array(sorted(columns.sheet.struck))
    meaning = _meaning(sheet)
    if meaning is not None and _LEFT_OUT.search(meaning):
        return False
    if all(_says_why(sheet, int(row)) for row in rows):
        return False
    numbers = [":".join(map(str, numbered_at(sheet, int(row)))) for row in rows]
    answer = columns.asked.ask(
        sheet,
        "value",
        _n(
            "{n} row is struck through: does it count?",
            "{n} rows are struck through: do they count?",
            len(rows),
            n=len(rows),
        ),
        ids=[question_id("struck", *numbers)],
        row=int(rows[0]),
        rows=rows,
        choices=[
            Choice(NO, _("no: nothing but who they are is read")),
            Choice(YES, _("yes: they are read as the others")),
        ],
    )
    if answer is None:
        columns.note("row.struck_open", rows, severity="question")
    return answer == YES


def _says_why(sheet: Sheet, row: int) -> bool:
    """Tell whether a cell of a row says in words why it was struck through: ``nhầm``, ``đã loại trừ``."""
    texts = (text for text in sheet.cells.iloc[row].tolist() if isinstance(text, str))
    return any(_WHY.search(fold(text)) is not None for text in texts)


def _meaning(sheet: Sheet) -> str | None:
    """Return what lines about the table say that a stroke through a row means."""
    told = (_LEGEND.search(fold(text)) for line in (*sheet.titles, *sheet.notes) for text in line.texts)
    return next((match["means"] for match in told if match is not None), None)
