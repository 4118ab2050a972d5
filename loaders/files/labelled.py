"""Forms about one person: labels with their values beside them, ``Họ và tên: | Lê Văn Tư | Năm sinh: | 1979``.

What a form says is a row under its labels. Below it a table may stand, of those whom the person met.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from loaders.files.grid import OWN_PREFIX, Fact, Grid
from loaders.files.headings import PEOPLE, name_of_field
from tracing.patterns import regex
from tracing.spelling import fold, phone_numbers

SUBJECT: Final = "subject"
"""The fact that tells of whom the form above a table is: an id, or a name with the year of birth."""
_CODE_HEADING: Final = "Mã BN"
_CASE: Final = regex(r"(?:ca|ca (?:benh|duong tinh|f ?0)|f ?0|bn|benh nhan)(?: so)?")
_CODE: Final = regex(r"(?i)\s*(?:bn|ca|f0)[ .-]?\d{1,9}\s*")
_CASE_LABEL: Final = regex(r"(?:ma |so )?(?:ca|bn|f ?0|case|index case)\b")
_DAYS_OF_CASE: Final = frozenset({"onset", "confirmed", "sample"})
_SEARCHED: Final = 40
_FEWEST: Final = 4
#: So far down a table is looked for below a form; so many cells a line of a form has.
_FURTHEST, _NARROW = 120, 2
#: What a form tells in lines of their own.
_AT_LENGTH: Final = frozenset({"movements", "told", "declared"})
_INSIDE: Final = regex(r"([^:]{2,40}):\s+(\S.*)", re.DOTALL)
#: Where the next label of one line begins: ``Năm sinh: 1989     Giới: Nữ``, ``12/8/2021. Kết quả: dương tính``.
_NEXT: Final = regex(
    r"(?:\s\s|[.,;]\s|\s[-–]\s)\s{0,20}(?:\d{1,2}\s?[.)]\s?)?(?=(?P<label>[^\W\d_][^:;,.\n]{1,40}):\s)"
)
#: The letter of an item before its label: ``a. Họ và tên: …``.
_LETTER: Final = regex(r"^[a-zđ]\s?[.)]\s+(?=[^\W\d_]{2})")
#: A line of somebody's days is no label with its value: ``- Từ ngày 02/8 đến 14/8: đi biển``.
_TOLD_DAY: Final = regex(r"(?i)\W*(?:từ |sáng |chiều |tối )?ngày \d")
#: A result with its day before the colon, and an onset with what was felt in brackets.
_RESULT_ON: Final = regex(r"(?i)(?P<label>kết quả\b[^\d:]{0,40}?)\s+ngày\s+(?P<day>\d{1,2}/\d{1,2}(?:/20\d\d)?)")
_ONSET_FELT: Final = regex(r"(?P<day>[\d/.-]{3,10})\s*\((?P<felt>[^()\d]{3,120})\)\.?")
_NOT_FELT: Final = regex(r"\b(?:khong|chua|k|ko|nghi)\b")
#: One of these a form has, and of the others enough to be no title of a list.
_WHO: Final = frozenset({"name", "person"})
_BESIDE: Final = frozenset(
    {
        *("birth_year", "birth_date", "age", "sex", "phone", "national_id", "address", "occupation", "onset", "sample"),
        *("confirmed", "symptoms", "case_code", "person", "test_result", "relation", "isolation_start"),
        *("isolation_place", "vaccine_doses"),
    }
)

_field = partial(name_of_field, layout=PEOPLE)


def form_apart(grid: Grid) -> tuple[Grid | None, Grid, Fact | None]:
    """Return the form with which a grid begins as a grid of one row, the grid without it, and of whom it is.

    None, the grid and None of a grid that begins with no form.
    """
    if grid.headings is not None:
        return None, grid, None
    begin = _table_below(grid)
    turned = _turned(grid.with_rows(grid.cells.iloc[:begin], grid.numbers[:begin]))
    if turned is not None:
        return _with_lines_below(turned, grid, begin)
    found: dict[int, list[tuple[str, str]]] = {}
    for row in range(min(_SEARCHED, len(grid.cells))):
        given = (text for text in grid.cells.iloc[row].tolist() if isinstance(text, str))
        parts = [part.strip() for text in given for part in text.split(" | ")]
        texts = [one for part in parts if part for one in _one_label_each(_LETTER.sub("", part))]
        if any(text.startswith(OWN_PREFIX) for text in texts):
            return None, grid, None
        told = _labelled(texts)
        if told:
            found[row] = told
        elif found and len(texts) > 2:
            break  # the table below the form
    if found:
        found |= {row: [told] for row, told in _told_in_lines(grid).items() if row not in found}
    pairs = [(_label(label, value), value) for told in found.values() for label, value in told]
    fields = [_field(label) for label, _ in pairs]
    named = [value for (_, value), field in zip(pairs, fields, strict=True) if field in _WHO]
    if (
        len({field for field in fields if field in _WHO | _BESIDE}) < _FEWEST and not _of_case(pairs, fields)
    ) or not named:
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


def _of_case(pairs: Sequence[tuple[str, str]], fields: Sequence[str | None]) -> bool:
    """Tell whether lines give the code of a case and a day of it: ``Case ID: K-34``, ``Date of symptom onset: 3/9``."""
    coded = any(
        field in ("person", "case_code") and _CASE_LABEL.match(fold(label)) and re.search(r"\d", value)
        for (label, value), field in zip(pairs, fields, strict=True)
    )
    return coded and bool(_DAYS_OF_CASE & set(fields))


def _turned(grid: Grid) -> Grid | None:
    """Return a table that lies on its side, labels in its first column and a person in each of the others, upright."""
    if not 2 <= grid.cells.shape[1] <= _SEARCHED or not _FEWEST <= len(grid.cells) <= _SEARCHED:
        return None
    labels = [text.strip(" :") if isinstance(text, str) else "" for text in grid.cells[0]]
    if any(label.startswith(OWN_PREFIX) for label in labels):
        return None  # the help of a form of ours
    given = grid.cells.notna().to_numpy().sum(axis=1)
    fields = [_field(label) if label and count > 1 else None for label, count in zip(labels, given, strict=True)]
    rows = [row for row, count in enumerate(given) if count > 1]
    known = [field for field in fields if field in _WHO | _BESIDE]
    if len(set(known)) < _FEWEST or not {*_WHO, "first_name"} & set(fields) or len(known) * 2 < len(rows):
        return None
    if len({field for text in grid.cells.iloc[rows[0]] if isinstance(text, str) and (field := _field(text))}) > 1:
        return None  # a row of headings
    people = grid.cells.iloc[rows].T.iloc[1:].dropna(how="all")
    head = pd.DataFrame([[labels[row] for row in rows]], dtype="string")
    cells = pd.concat([head, people.set_axis(range(len(rows)), axis=1)], ignore_index=True).astype("string")
    titles = grid.cells.iloc[: rows[0]].dropna(how="all")
    above = pd.DataFrame([[row.dropna().iloc[0]] for _, row in titles.iterrows()], dtype="string")
    if len(above):
        cells = pd.concat([above, cells], ignore_index=True).astype("string")
    number = int(grid.numbers[rows[0]])
    return grid.with_rows(cells, np.full(len(cells), number, dtype=np.int64))


def _table_below(grid: Grid) -> int:
    """Return where a table with headings of its own begins below other lines, its titles included; else the end."""
    given = grid.cells.notna().to_numpy().sum(axis=1)
    for row in range(_FEWEST, min(_FURTHEST, len(grid.cells))):
        texts = [text for text in grid.cells.iloc[row] if isinstance(text, str)] if given[row] > _NARROW else []
        if given[row - 1] <= 1 and len({field for text in texts if (field := _field(text)) is not None}) > _NARROW:
            return int(np.flatnonzero(given[:row] > 1).max(initial=-1)) + 1
    return len(grid.cells)


def _with_lines_below(form: Grid, grid: Grid, begin: int) -> tuple[Grid, Grid, Fact | None]:
    """Return a form with what lines tell of its one person, ``Lịch trình: …``, the tables below, and of whom it is."""
    at = next(row for row in range(len(form.cells)) if form.cells.iloc[row].notna().sum() > 1)
    told = _told_in_lines(grid) if len(form.cells) == at + 2 else {}  # of one person, not of several
    rest = grid.cells.copy()
    rest.iloc[[*range(begin), *(row for row in told if row >= begin)]] = pd.NA
    below = replace(grid, cells=rest, merged=tuple(span for span in grid.merged if span[0] >= begin))
    if begin == len(grid.cells):
        below = replace(grid, cells=grid.cells.iloc[:0], numbers=grid.numbers[:0], merged=())
    if len(form.cells) != at + 2:
        return form, below, None
    for label, value in told.values():
        column = pd.Series([pd.NA] * at + [label, value], dtype="string", index=form.cells.index)
        cells = pd.concat([form.cells, column.rename(form.cells.shape[1])], axis=1).astype("string")
        form = form.with_rows(cells, form.numbers)
    labels, values = (form.cells.iloc[at + which].tolist() for which in (0, 1))
    of = {_field(label): value for label, value in zip(labels, values, strict=True) if isinstance(value, str)}
    of_whom = Fact(SUBJECT, _called(of), "title", int(form.numbers[at]), "") if _WHO & set(of) else None
    return form, below, of_whom


def _told_in_lines(grid: Grid) -> dict[int, tuple[str, str]]:
    """Return the lines that tell at length of the person of a form, row -> label and text."""
    told: dict[int, tuple[str, str]] = {}
    for row in range(min(_FURTHEST, len(grid.cells))):
        given = [text for text in grid.cells.iloc[row] if isinstance(text, str)]
        inside = _INSIDE.fullmatch(given[0].strip()) if len(given) == 1 else None
        label = "" if inside is None else inside[1].strip()
        if inside is not None and _field(label) in _AT_LENGTH and all(label != other for other, _ in told.values()):
            told[row] = label, inside[2].strip()
    return told


def _one_label_each(text: str) -> list[str]:
    """Return the parts of a text that gives several labels with their values, each of which is known."""
    inside = _INSIDE.fullmatch(text)
    if inside is None or (first := _field(inside[1].strip())) is None or first in _AT_LENGTH:
        return [text]
    further = (match for match in _NEXT.finditer(text, inside.start(2)) if _field(match["label"].strip()))
    cuts = [match.span() for match in further]
    begins, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return [text[begin:end].strip(" ;,.") if cuts else text for begin, end in zip(begins, ends, strict=True)]


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
        elif inside is not None and _field(inside[1]) is not None and not _TOLD_DAY.match(inside[1]):
            out += _apart(inside[1].strip(), inside[2].strip())
            at += 1
        else:
            return []
    return out


def _apart(label: str, value: str) -> list[tuple[str, str]]:
    """Return the facts that one label tells: of a result its day, too, of an onset what was felt."""
    dated = _RESULT_ON.fullmatch(label)
    if dated is not None:
        result, _, rest = value.partition(". ")
        told = [(dated["label"], result.strip(" .")), ("Ngày trả kết quả", dated["day"])]
        return told + ([("Ghi chú", rest.strip())] if rest.strip() else [])
    ill = _ONSET_FELT.fullmatch(value) if _field(label) == "onset" else None
    if ill is not None and not _NOT_FELT.search(fold(ill["felt"])):
        return [(label, ill["day"]), ("Triệu chứng", ill["felt"].strip())]
    return [(label, value)]


def _label(label: str, value: str) -> str:
    """Return a label; that of a case with its code is the heading of such codes: ``Ca bệnh: BN34``."""
    return _CODE_HEADING if _CASE.fullmatch(fold(label)) and _CODE.fullmatch(value) else label


def _called(told: dict[str | None, str]) -> str:
    code = told.get("person") or told.get("case_code")
    year = re.search(r"(?:19|20)\d\d", told.get("birth_year", told.get("birth_date", "")))
    if code:
        return code
    name = f"{told['name']} ({year[0]})" if year else told["name"]
    return f"{name} - {phones[0]}" if (phones := phone_numbers(told.get("phone", ""))) else name
