"""Lines below a list of cases that tell where each was, ``1. BN34: Ngày 8/5, từ 7h đến 11h dự đám tang tại …``.

They become cells of the rows of these cases: the column of their movements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from loaders.code_words import NAMED_CODE
from loaders.columns.met_cases import met_cases
from loaders.columns.movements import read_movements
from loaders.columns.references import loose
from loaders.files.grid import Line, Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.heads import DAY_TOLD
from loaders.files.spelt import Spelt
from tracing.patterns import regex

_OF_CASE: Final = Spelt(
    rf"(?i)^\s*(?:(?:[-+•*]|\d{{1,2}}[.)/]|[a-z][.)])\s*)?(?:(?:ca bệnh|ca|bệnh nhân)\s+)?"
    rf"(?P<code>{NAMED_CODE.pattern})"
    r"(?:\s*\([^()]{1,60}\)|\s*[-–,]?\s+(?:[^\W\d_]+\s+){1,5}[^\W\d_]+)?\s*[:–-]\s*(?P<text>.{8,})$"
)
_AND_ON: Final = regex(r"^\s*[-+•*]\s*(?P<text>.{8,})$")
_HEADING: Final = "Lịch trình di chuyển"
_CASES: Final = ("case_code", "person")


def with_movements_below(sheet: Sheet) -> Sheet:
    """Return such a list with the movements in the rows of the cases; any other as it is."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = next((columns[name] for name in _CASES if name in columns), None)
    if at is None or sheet.origin is not None or not sheet.notes or "movements" in columns or "index" in columns:
        return sheet
    rows = {loose(code): row for row, code in enumerate(sheet.cells[at]) if isinstance(code, str)}
    told, read = _told_of(sheet.notes, rows)
    if not told:
        return sheet
    texts = ["\n".join(told[row]) or None if row in told else None for row in range(len(sheet))]
    left = tuple(line for line in sheet.notes if line not in read)
    return replace(sheet, notes=left).with_column(_HEADING, texts, letter=sheet.letters[at])


def _told_of(lines: Sequence[Line], rows: Mapping[str, int]) -> tuple[dict[int, list[str]], set[Line]]:
    """Return for each row what lines tell of where its case was, and these lines."""
    told: dict[int, list[str]] = defaultdict(list)
    read: set[Line] = set()
    row: int | None = None
    for line in lines:
        of_case, more = _OF_CASE.of(line.text).match(line.text), _AND_ON.match(line.text)
        if of_case is not None:
            row = rows.get(loose(of_case["code"]))
        found = of_case or (more if row is not None else None)
        if found is None or row is None or not (_tells_where(found["text"]) or met_cases(found["text"])):
            row = row if found is not None else None
            continue
        told[row].append(found["text"])
        read.add(line)
    return told, read


def _tells_where(text: str) -> bool:
    """Tell whether a line tells of a day and a place."""
    return DAY_TOLD.search(text) is not None and any(one.what == "visit" for one in read_movements(text, None))
