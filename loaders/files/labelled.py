"""Forms about one person: labels with their values beside them, ``Họ và tên: | Lê Văn Tư | Năm sinh: | 1979``.

What a form says is a row under its labels. Below it a table may stand, of those whom the person met.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from loaders.files.grid import OWN_PREFIX, Fact, Grid
from loaders.files.headings import PEOPLE, field_of

SUBJECT: Final = "subject"
"""The fact that tells of whom the form above a table is: an id, or a name with the year of birth."""
_SEARCHED: Final = 40
_FEWEST: Final = 4
_INSIDE: Final = re.compile(r"([^:]{2,40}):\s+(\S.*)", re.DOTALL)
#: One of these a form has, and of the others enough to be no title of a list.
_WHO: Final = frozenset({"name", "person"})
_BESIDE: Final = frozenset(
    {
        *("birth_year", "birth_date", "age", "sex", "phone", "national_id", "address", "occupation", "onset", "sample"),
        *("confirmed", "symptoms", "case_code", "person", "test_result", "relation", "isolation_start"),
        *("isolation_place", "vaccine_doses"),
    }
)


def form_apart(grid: Grid) -> tuple[Grid | None, Grid, Fact | None]:
    """Return the form with which a grid begins as a grid of one row, the grid without it, and of whom it is.

    None, the grid and None of a grid that begins with no form.
    """
    if grid.headings is not None:
        return None, grid, None
    found: dict[int, list[tuple[str, str]]] = {}
    for row in range(min(_SEARCHED, len(grid.cells))):
        texts = [text.strip() for text in grid.cells.iloc[row].tolist() if isinstance(text, str) and text.strip()]
        if any(text.startswith(OWN_PREFIX) for text in texts):
            return None, grid, None
        told = _labelled(texts)
        if told:
            found[row] = told
        elif found and len(texts) > 2:
            break  # the table below the form
    pairs = [(label, value) for told in found.values() for label, value in told]
    fields = [_field(label) for label, _ in pairs]
    named = [value for (_, value), field in zip(pairs, fields, strict=True) if field in _WHO]
    if len({field for field in fields if field in _WHO | _BESIDE}) < _FEWEST or not named:
        return None, grid, None
    once = dict(reversed(pairs))
    labels = list(dict.fromkeys(label for label, _ in pairs))
    number = int(grid.numbers[min(found)])
    form = Grid(
        file=grid.file,
        sheet=grid.sheet,
        cells=pd.DataFrame([labels, [once[label] for label in labels]], dtype="string"),
        numbers=np.array([number, number], dtype=np.int64),
        evidence=grid.evidence,
        from_1904=grid.from_1904,
    )
    cells = grid.cells.copy()
    cells.iloc[list(found)] = pd.NA
    rest = replace(grid, cells=cells, merged=tuple(span for span in grid.merged if span[0] not in found))
    told_of = {field: value for (_, value), field in reversed(list(zip(pairs, fields, strict=True)))}
    return form, rest, Fact(SUBJECT, _called(told_of), "title", number, "")


def _labelled(texts: list[str]) -> list[tuple[str, str]]:
    """Return the labels of a line with their values; none of a line that has a cell without a label."""
    out: list[tuple[str, str]] = []
    at = 0
    while at < len(texts):
        inside = _INSIDE.fullmatch(texts[at])
        if texts[at].endswith(":"):
            value = texts[at + 1] if at + 1 < len(texts) and not texts[at + 1].endswith(":") else ""
            out += [(texts[at].rstrip(" :"), value)] if value else []
            at += 2 if value else 1
        elif inside is not None and _field(inside[1]) is not None:
            out.append((inside[1].strip(), inside[2].strip()))
            at += 1
        else:
            return []
    return out


def _field(label: str) -> str | None:
    found = field_of(label, PEOPLE)
    return None if found is None else found[0]


def _called(told: dict[str | None, str]) -> str:
    code = told.get("person") or told.get("case_code")
    year = re.search(r"(?:19|20)\d\d", told.get("birth_year", told.get("birth_date", "")))
    if code:
        return code
    return f"{told['name']} ({year[0]})" if year else told["name"]
