"""Columns whose heading names several facts, ``Họ tên, năm sinh, SĐT``: each becomes a column of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, field_of, name_of_field, read_headings
from loaders.shapes.split_cells import with_columns_of
from tracing.patterns import regex

_BETWEEN: Final = regex(r"(?:\s*[,;+&\n]\s*|\s+[-–]\s+|\s+(?:và|and)\s+)(?![^()]{0,200}\))")
#: What the cells of a field look like, where that is sure: such a part is found wherever it stands in a cell.
_DAY: Final = r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?"
_FORMS: Final = {
    "phone": regex(r"(?:\+?84|0)(?:[ .-]?\d){8,10}"),
    "birth_year": regex(
        r"(?i)(?:(?:sn|sinh năm|sinh|ns)\s*:?\s*)?((?:19|20)\d\d|(?:khoảng\s*)?\d{1,3}\s*(?:t|tuổi))\b"
    ),
    "age": regex(r"(?i)(?:khoảng\s*)?\d{1,3}\s*(?:t|tuổi)?\b"),
    "birth_date": regex(_DAY),
    "national_id": regex(r"\d{12}|\d{9}"),
    "contact_date": regex(_DAY),
    "last_contact": regex(_DAY),
    "isolation_start": regex(_DAY),
    "sample": regex(_DAY),
    "onset": regex(_DAY),
    "day": regex(_DAY),
    "sex": regex(r"(?i)(?<!\w)(?:nam|nữ|nu|male|female|m|f)(?!\w)"),
}
_ROUGHLY: Final = 0.8
_MOST: Final = 5
#: In this order facts are looked for in a cell of several: the longest numbers first.
_SURE: Final = (
    *("national_id", "phone", "birth_date", "birth_year", "sex", "age"),
    *("contact_date", "last_contact", "isolation_start", "sample", "onset", "day"),
)
#: A word that only says what stands or stood behind it.
_LABEL: Final = regex(r"(?i)^(?:sinh năm|năm sinh|sinh|sn|ns)\s*[:.]?\s*")
_LABELS: Final = regex(r"(?i)\b(?:sinh năm|năm sinh|sinh|sn|ns|sđt|sdt|đt|điện thoại|cccd|cmnd)\s*[:.]?\s*(?=\||$)")
_SIGNS: Final = regex(r"(?:\s*[|,;–-]\s*)+$|^(?:\s*[|,;–-]\s*)+|\(\s*[|,;.\s]*\)")
#: Two of these are one fact: a day and its hour.
_TIMES: Final = frozenset(
    {"day", "hours", "moment", "visit_start", "visit_end", "from_day", "to_day", "isolation_start"}
)


def with_facts_apart(sheet: Sheet) -> Sheet:
    """Return the sheet with each column of several facts as so many: no cell loses a word."""
    if sheet.origin is not None or not len(sheet):
        return sheet
    sheet = _of_everybody(sheet)
    for at in range(len(sheet.headings)):
        parts = _parts(sheet, at)
        if len(parts) == 2:
            sheet = _apart(sheet, at, parts[0], parts[1])
        elif parts:
            sheet = _many_apart(sheet, at, parts)
    return sheet


def _of_everybody(sheet: Sheet) -> Sheet:
    """Return a list whose people are drivers and those with them in one cell, ``Tài xế + người đi cùng``, as a list of
    names.
    """
    if {"name", "first_name", "person"} & set(read_headings(sheet.headings, PEOPLE, {}).columns):
        return sheet
    for at, heading in enumerate(sheet.headings):
        parts = [part for part in _BETWEEN.split(heading) if part.strip()]
        if len(parts) > 1 and {name_of_field(part, PEOPLE) for part in parts} <= {"driver", "mate", "people_met"}:
            headings = (*sheet.headings[:at], "Họ tên", *sheet.headings[at + 1 :])
            return replace(sheet, headings=headings)
    return sheet


def _parts(sheet: Sheet, at: int) -> list[str]:
    """Return the headings that one is, where each alone says something else and the whole is not known; else none.

    Of three and more all but one have to be facts that are known by their form.
    """
    parts = [part.strip() for part in _BETWEEN.split(sheet.headings[at]) if part.strip()]
    halves = [part.strip() for part in sheet.headings[at].split("/")]
    halves_mean = {name_of_field(part, PEOPLE) or "" for part in halves}
    homes = {"address", "hamlet", "commune", "district"}
    told_beside = (
        *(("sex", {"birth_year", "birth_date", "age"}), ("phone", homes), ("birth_year", homes), ("age", homes)),
    )
    if len(halves) == 2 and any(one in halves_mean and halves_mean & others for one, others in told_beside):
        return (
            []
            if halves_mean & {f for f, i in read_headings(sheet.headings, PEOPLE, {}).columns.items() if i != at}
            else halves
        )
    if halves_mean == {"sample", "test_result"}:
        return halves
    whole = field_of(sheet.headings[at], PEOPLE)
    if not 2 <= len(parts) <= _MOST or (whole is not None and whole[1] > _ROUGHLY):
        return []
    fields = [means[0] for part in parts if (means := field_of(part, PEOPLE)) is not None]
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    others = {field for field, place in columns.items() if place != at}
    if len(set(fields)) != len(parts) or set(fields) & others or set(fields) <= _TIMES:
        return []
    return parts if len(parts) == 2 or sum(field not in _FORMS for field in fields) <= 1 else []


def _many_apart(sheet: Sheet, at: int, parts: list[str]) -> Sheet:
    """Take the facts that are known by their form out of the cells; what is left is the one that has none."""
    forms = {part: _FORMS.get(name_of_field(part, PEOPLE) or "") for part in parts}
    kept = next((part for part, form in forms.items() if form is None), parts[0])
    found = {part: form for part, form in forms.items() if part != kept and form is not None}
    ordered = sorted(found, key=lambda part: _SURE.index(name_of_field(part, PEOPLE) or ""))
    told = [_taken(text, {part: found[part] for part in ordered}) for text in distinct_texts(sheet.cells[at])[1]]
    if not any(said for said, _rest in told):
        return sheet
    columns = [tuple(said.get(part) for part in ordered) for said, _rest in told]
    return with_columns_of(sheet, at, columns, tuple(ordered), keep=(kept, [rest for _said, rest in told]))


def _taken(text: str, forms: dict[str, re.Pattern[str]]) -> tuple[dict[str, str], str | None]:
    """Return what a text says in each of the forms, and the rest of it."""
    said: dict[str, str] = {}
    rest = text
    for part, form in forms.items():
        match = form.search(rest)
        if match is not None:
            said[part] = _LABEL.sub("", match[0]).strip()
            rest = _LABELS.sub(" ", f"{rest[: match.start()]}|{rest[match.end() :]}")
            rest = _SIGNS.sub("", rest).strip(" ,;.")
    return said, re.sub(r"\s*\|\s*", ", ", rest) or None


def _apart(sheet: Sheet, at: int, first: str, second: str) -> Sheet:
    told = [_split(text, first, second) for text in distinct_texts(sheet.cells[at])[1]]
    if not any(one is not None and two is not None for one, two in told):
        return sheet
    return with_columns_of(sheet, at, [(two,) for _, two in told], (second,), keep=(first, [one for one, _ in told]))


def _rest_of(text: str) -> str | None:
    """Return what is left of a cell without signs that parted its facts; a bracket that holds something stays."""
    rest = re.sub(r"\s*[-–,;/]\s*(?=\(|$)", " ", text).strip(" ,;-–.:/\n")
    if rest.count("(") != rest.count(")") or re.search(r"\(\W{0,9}\)", rest):
        rest = rest.strip(" ,;-–.:()/\n")
    return re.sub(r"\s+", " ", rest) or None


def _split(text: str, first: str, second: str) -> tuple[str | None, str | None]:
    """Return what a cell says of the first and of the second fact."""
    for heading, turned in ((second, False), (first, True)):
        means = field_of(heading, PEOPLE)
        form = _FORMS.get("" if means is None else means[0])
        match = None if form is None else form.search(text)
        if match is not None:
            rest = _rest_of(f"{text[: match.start()]} {text[match.end() :]}")
            return (match[0], rest) if turned else (rest, match[0])
        if form is not None:
            return (None, text) if turned else (text, None)
    one, *others = _BETWEEN.split(text, maxsplit=1)
    return one or None, others[0] if others else None
