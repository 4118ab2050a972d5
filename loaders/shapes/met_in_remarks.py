"""Remarks of any list of people that tell only whom somebody met, and on which day: a list of contacts behind it.

``F1, bán kế F0 Hoa, gặp lần cuối 04/9``. A remark that says more stays as it is.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from loaders.columns.by_neighbours import EXPOSURE
from loaders.columns.remark import is_remark
from loaders.columns.when import is_last, read_when, tells_contact
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.met_at_visits import CODE, LAST, ON, WHOM, with_contacts_behind
from loaders.shapes.met_in_words import LEADS_TO
from loaders.shapes.split_cells import texts_of_rows
from loaders.shapes.titled import KIND_HEADING
from tracing.patterns import regex
from tracing.spelling import fold

#: A case by its code, or by the name that a list calls its F0 by.
_WHOM_MET: Final = regex(
    rf"(?<!\w)(?:{CODE}|(?:[Ff] ?0|[Cc]a(?: bệnh| benh)?)(?: (?:ông|bà|anh|chị|em|cô|chú|bác|cháu))?"
    r"(?: [A-ZĐÀ-ỸẠ-Ỹ](?!\d)[^\W\d_]{0,6}){1,5})(?!\w)"
)
#: What a remark is about that tells more than a meeting, without accents; and names of others.
_MORE: Final = regex(
    r"\b(?:cach ly|cl|kcl|xn|xet nghiem|test|mau|tiem|vien|khai|dieu tri|sot|ho|ve|chuyen|am tinh|duong tinh|nhap|xuat"
    r"|hinh nhu|co the|khong|chua|ko|k|nghi|quarantine|isolat\w+|sample|maybe)\b|\?"
)
_NAMES: Final = regex(r"(?<!\w)[A-ZĐÀ-ỸẠ-Ỹ][a-zà-ỹ]+ [A-ZĐÀ-ỸẠ-Ỹ][a-zà-ỹ]+")
_LEVEL: Final = regex(r"(?i)(?<!\w)(?:là |la )?f ?1(?!\w)[ ,;:-]*")
#: A part of a remark that is about an isolation, without accents.
_ISOLATED: Final = regex(r"(?:da |duoc |dang )*(?:cach ly|cl(?:tn|tt)?|kcl)\b")
#: Words for a meeting and its day that say nothing of how it was.
_MET: Final = Spelt(
    r"(?i)[ ,;]{0,9}(?<!\w)(?:gặp|tiếp xúc|tx|met|contact)(?: lần)?(?: cuối)?"
    r"(?: (?:với|cùng|ngày|hôm|lúc|on|at)){0,5}(?!\w)"
)
_LONGEST: Final = 120


class _Dated(NamedTuple):
    """The case, how somebody met it, and the day, or the last of several."""

    case: str
    kind: str
    day: str | None = None
    last: str | None = None


def with_meetings_in_remarks(sheet: Sheet) -> list[Sheet]:
    """Return a list of people, and behind it those of whom a remark tells whom they met on which day, and no column."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    known = {"index", "sources", "case_code", "people_met", *EXPOSURE} & set(columns)
    if sheet.origin is not None or known or not {"name", "first_name", "person"} & set(columns):
        return [sheet]
    for at in (at for at, heading in enumerate(sheet.headings) if is_remark(heading)):
        codes, distinct = distinct_texts(sheet.cells[at])
        parted = [_isolation_apart(text) for text in distinct]
        told = [_dated(text) for text, _ in parted]
        if any(told):
            left = [own if one else text for one, text, (_, own) in zip(told, distinct, parted, strict=True)]
            rest = texts_of_rows(left, codes)
            made = {
                ON: texts_of_rows([one.day if one else None for one in told], codes),
                LAST: texts_of_rows([one.last if one else None for one in told], codes),
                WHOM: texts_of_rows([one.case if one else None for one in told], codes),
                KIND_HEADING: texts_of_rows([one.kind if one else None for one in told], codes),
            }
            return with_contacts_behind(sheet, columns, at, rest, made)
    return [sheet]


def _isolation_apart(text: str) -> tuple[str, str | None]:
    """Return a remark without the parts that tell an isolation, and these, which stay in it."""
    parts = re.split(r"\s*[;,.]\s+", text) if len(text) <= _LONGEST else [text]
    own = [part for part in parts if _ISOLATED.match(fold(part))]
    return ", ".join(part for part in parts if part not in own), ", ".join(own) or None


def _dated(text: str) -> _Dated | None:
    """Return whom somebody met, how and on which day, as a remark tells it that says nothing else."""
    whom = list(_WHOM_MET.finditer(text)) if len(text) <= _LONGEST else []
    if len(whom) != 1 or not LEADS_TO.fullmatch(fold(text[: whom[0].start()])):
        return None
    rest = _LEVEL.sub("", f"{text[: whom[0].start()]} {text[whom[0].end() :]}")
    when = read_when(rest)
    if when is None or when.last is not None or not tells_contact(text) or _MORE.search(fold(when.rest)):
        return None
    if _NAMES.search(when.rest) or re.search(r"\d", when.rest):
        return None
    kind = _MET.sub(" ", re.sub(r"\s+", " ", when.rest)).strip(" ,;.-–:")
    day, last = (None, when.first) if is_last(text) else (when.first, None)
    return _Dated(whom[0][0], kind, day=day, last=last)
