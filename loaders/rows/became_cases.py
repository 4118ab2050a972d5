"""Remarks that say what somebody became, ``driver, later BN41``, ``nay là BN34``: that case, if it is said so."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np

from loaders.asked import Asked
from loaders.code_words import OWN_CODE, PROVINCE_CODE
from loaders.columns.recognised import Recognised
from loaders.columns.remark import is_remark
from loaders.columns.texts import by_distinct
from loaders.files.headings import PEOPLE
from loaders.questions import NO, YES, Choice
from loaders.shapes.told_of_carers import CARERS, is_of_carer
from tracing.patterns import regex
from tracing.text import catalogue

_, _n = catalogue("loaders")

HEADING: Final = "Mã ca (theo ghi chú)"
_BECAME: Final = regex(
    r"(?i)(?<!\w)(?:later|now|became|is now|confirmed as|nay là|giờ là|hiện là|sau(?: này| đó)? là|chính là|tức là|tức"
    r"|trở thành|nay thành|công bố là)\s*:?\s*(?:ca (?:bệnh )?|case )?"
    rf"(?P<code>(?:BN|F0|CA)[ \-.]?\d{{2,}}|{PROVINCE_CODE})(?!\w)"
)
#: Columns of others who are named in the row of a person.
_OTHERS: Final = frozenset({"carer", "driver", "mate"})
_TOLD: Final = frozenset({"person", "case_code", "index", "sources", "level"})


def with_cases_of_remarks(found: Recognised, asked: Asked) -> Recognised:
    """Return a list with the codes of those who became cases as their ids, where somebody says that they are these."""
    if not may_tell(found):
        return found
    for at in sorted({*found.reading.kept, *found.reading.unused}):
        if not is_remark(found.sheet.headings[at]):
            continue
        codes = by_distinct(found.sheet.cells[at], became)
        rows = [
            row for row in np.flatnonzero(codes.notna().to_numpy(dtype=bool)).tolist() if _is_it(found, asked, at, row)
        ]
        if rows:
            own = codes.where(codes.index.isin(rows))
            sheet = found.sheet.with_column(HEADING, own, as_read=found.sheet.original)
            place = len(found.sheet.headings)
            reading = replace(found.reading, columns={**found.reading.columns, "person": place}, ids=(place,))
            return replace(found, sheet=sheet, reading=reading)
    return found


def may_tell(found: Recognised) -> bool:
    """Tell whether remarks of a list are asked about in this way: its rows have no code of a case of their own."""
    return found.layout == PEOPLE and not found.makes_cases and not _TOLD & set(found.reading.columns)


def became(text: str) -> str | None:
    """Return the code of the one case that a remark says somebody became."""
    whole = OWN_CODE.fullmatch(text)
    matches = [*_BECAME.finditer(text), *([whole] if whole else [])]
    codes = {re.sub(r"[ .\-]", "", match["code"]).upper() for match in matches}
    return codes.pop() if len(codes) == 1 else None


def one_of_several(found: Recognised, text: str) -> str | None:
    """Return the heading of the person of a row of which a remark may mean another: their kin, their carer."""
    columns = found.reading.columns
    if found.sheet.fact(CARERS) is not None:
        return found.sheet.fact(CARERS)
    at = columns.get("name")
    return found.sheet.headings[at] if at is not None and (_OTHERS & set(columns) or is_of_carer(text)) else None


def _is_it(found: Recognised, asked: Asked, at: int, row: int) -> bool:
    text = str(found.sheet.cells[at].iloc[row])
    whom = one_of_several(found, text)
    case = became(text) or ""
    answer = asked.ask(
        found.sheet,
        "value",
        _("The remark says that this person became the case {case}: is it that case?", case=case)
        if whom is None
        else _(
            "The remark says that somebody became the case {case}: is it who stands below {heading}?",
            case=case,
            heading=whom,
        ),
        row=row,
        column=at,
        said=text,
        choices=[Choice(YES, _("yes: the rows are put together")), Choice(NO, _("no: somebody else"))],
    )
    return answer == YES
