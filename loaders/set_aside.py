"""The rows set aside, as a workbook of the same shape that can be corrected and loaded again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.answers import ANSWER, BETWEEN, IDENT
from loaders.files.context import CONTEXT
from loaders.files.grid import OWN_PREFIX, column_letter
from loaders.questions import OTHER
from loaders.text_book import MOST_ROWS, TextSheet, write_text_book
from tracing.patterns import regex
from tracing.text import catalogue, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.questions import Question
    from loaders.result import LoadResult, SetAside

_, _n = catalogue("loaders")

#: Added columns, in order. They are recognised and ignored as data when the workbook is loaded again.
ADDED: Final = ("problem", "to do", "row", "sheet", "file", "code", "table", "dates", "key", "section", CONTEXT)
#: Columns of the sheet of questions, in order; the drop-down takes its choices from the last.
ASKED: Final = (_("Where it stands"), _("Question"), _("What stands there"), _("Rows"))
_TITLE: Final = _("Questions")
_WHOLE: Final = -1
_LONG: Final = (f"{OWN_PREFIX}problem", f"{OWN_PREFIX}to do")
_FORBIDDEN: Final = regex(r"[\[\]:*?/\\']")


def write_set_aside(result: LoadResult, path: Path, *, lang: str = "en") -> int:
    """Write the rows that were set aside or of which a part waits, and the questions; return how many rows.

    A sheet per origin has the origin's headings and texts, then columns (``truyvet:code``, …) that say what is wrong
    and what to do, and from which file, sheet and row it came. The first sheet has a row per question with a cell to
    fill from a drop-down.

    Parameters
    ----------
    result
        What a load gave.
    path
        The workbook (.xlsx) to write.
    lang
        Language of what is added: "en" or "vi".

    Returns
    -------
    int
        Rows written; 0 where there is neither a row nor a question, and then no file.

    Raises
    ------
    OSError
        If the file cannot be written.
    """
    if not result.set_aside and not result.questions:
        return 0
    names: set[str] = set()
    sheets: list[TextSheet] = []
    if result.questions:
        sheets.append(_questions_sheet(_named(_TITLE.say(lang), names), result.questions, lang))
    for kept in result.set_aside:
        headings = [*map(str, kept.cells.columns), *(f"{OWN_PREFIX}{name}" for name in ADDED)]
        rows = _rows(kept, _problems(result.findings.table, kept, lang))
        wide = frozenset(at for at, heading in enumerate(headings) if heading in _LONG)
        for first in range(0, len(rows), MOST_ROWS - 1):
            part = rows[first : first + MOST_ROWS - 1]
            sheets.append(TextSheet(name=_sheet_name(kept, names), headings=headings, rows=part, wide=wide))
    write_text_book(path, sheets)
    return sum(len(kept.numbers) for kept in result.set_aside)


def _rows(kept: SetAside, problems: dict[int, tuple[str, str, str]]) -> list[list[object]]:
    """Return the rows of a sheet: the cells as they stood, then what is wrong with each and where it came from."""
    cells = kept.cells.to_numpy(dtype=object).tolist()
    nothing = [None] * len(cells)
    out = []
    for number, key, section, row in zip(
        kept.numbers, kept.keys or nothing, kept.sections or nothing, cells, strict=True
    ):
        code, problem, to_do = problems.get(number, ("", "", ""))
        added = [problem, to_do, number, kept.sheet, kept.file, code, kept.table, kept.dates, key, section]
        out.append([*row, *added, kept.context])
    return out


def _questions_sheet(name: str, questions: Sequence[Question], lang: str) -> TextSheet:
    """Return a row per question; its answer is chosen from what stands at the end of the row, or typed."""
    most = max(len(_choices(question, lang)) for question in questions)
    heads = [f"{OWN_PREFIX}{name}" for name in (*(f"choice {n}" for n in range(1, most + 1)), IDENT)]
    headings = [*(text.say(lang) for text in ASKED), f"{OWN_PREFIX}{ANSWER}", *heads]
    at, first, last = (column_letter(len(ASKED) + n) for n in (0, 1, most))
    rows: list[list[object]] = []
    drop_downs = []
    for place, question in enumerate(questions, start=2):
        choices = _choices(question, lang)
        where = [question.file, question.sheet, question.cell or question.row, question.column]
        said = [" ".join(str(part) for part in where if part), say(question.text, lang), question.said, question.rows]
        rows.append([*said, None, *choices, *[None] * (most - len(choices)), question.id])
        if choices:
            free = any(choice.value == OTHER for choice in question.choices)
            drop_downs.append((f"{at}{place}", f"${first}${place}:${last}${place}", free))
    return TextSheet(name=name, headings=headings, rows=rows, choices=drop_downs)


def _choices(question: Question, lang: str) -> list[str]:
    return [f"{c.value}{BETWEEN}{say(c.text, lang)}" for c in question.choices if c.value != OTHER]


def _sheet_name(kept: SetAside, taken: set[str]) -> str:
    return _named(f"{Path(kept.file).stem} {kept.sheet or ''}", taken)


def _named(wanted: str, taken: set[str]) -> str:
    base = _FORBIDDEN.sub(" ", wanted).strip()[:28] or "rows"
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base} {number}", number + 1
    taken.add(name.lower())
    return name


def _problems(findings: pd.DataFrame, kept: SetAside, lang: str) -> dict[int, tuple[str, str, str]]:
    """Return row -> codes, messages and fixes of one origin, in ``lang``."""
    own = findings[(findings["file"] == kept.file) & findings["severity"].isin(("error", "question"))]
    own = own[own["sheet"].isna() if kept.sheet is None else (own["sheet"] == kept.sheet).fillna(False)]
    said: dict[int, list[tuple[str, str, str]]] = {}
    columns = ["row", "column", "code", f"message_{lang}", f"fix_{lang}"]
    for row, column, code, message, fix in own[columns].astype(object).to_numpy().tolist():
        place = f"{column}: " if isinstance(column, str) else ""
        said.setdefault(_WHOLE if pd.isna(row) else int(row), []).append((code, f"{place}{message}", fix))
    joined = {row: _joined(problems) for row, problems in said.items()}
    whole = joined.get(_WHOLE, ("", "", ""))
    return {number: joined.get(number, whole) for number in kept.numbers}


def _joined(problems: list[tuple[str, str, str]]) -> tuple[str, str, str]:
    codes, messages, fixes = zip(*problems, strict=True)
    return "; ".join(dict.fromkeys(codes)), "; ".join(messages), "; ".join(dict.fromkeys(fixes))
