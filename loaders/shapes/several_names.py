"""Cells that name several people, ``Lê Văn Tư, Lê Thị Năm, Lê Sáu``: a row for each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from loaders.columns.abouts import of_households
from loaders.columns.diary import read_diary
from loaders.columns.looks import is_name
from loaders.files.body import matches
from loaders.files.grid import Sheet, distinct_texts
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.name_cells import column_of_names, name_alone
from loaders.shapes.shared_results import results_of
from tracing.patterns import regex
from tracing.spelling import fold

_JOINS: Final = r"(?:và|and|chở(?: theo)?|cùng(?: với)?|đi cùng|kèm|with)"
#: What parts names, but not what is told of one in brackets.
_PARTS: Final = Spelt(rf"\s*[;,\n+&](?![^()\n]{{0,60}}\))\s*|\s+{_JOINS}\s+(?=[^\s()])")
_CELLS: Final = regex(r"\s*[;,\n+&]\s*|\s+(?:và|and)\s+")
#: What a cell with several names has, for a first look at columns of millions.
_SEVERAL: Final = r"[;,\n+&]|\s(?:và|va|and|chở|cho|cùng|cung|kèm|kem|with)\s"
#: Where those behind the colon belong, before the first of them: ``Phòng 3: Lê Văn Tư, …``.
_LABEL: Final = Spelt(r"(?i)^(?:phòng|tổ|nhóm|lớp|dãy|khu|buồng|hộ|gia đình|nhà|room|group|team)(?: [^:;,]{1,30})?:\s+")
#: What one is to the first of a cell, before the name.
_KIN: Final = Spelt(
    r"(?P<kin>(?i:vợ|chồng|con(?: trai| gái| dâu| rể| nhỏ)?|cháu(?: nội| ngoại)?|mẹ|cha|bố|má|em(?: trai| gái)?"
    r"|anh(?: trai)?|chị(?: gái)?|bạn(?: gái| trai)?|bé|ông|bà|cô|chú|bác|wife|husband|son|daughter))"
    r"(?: (?i:là|tên))?\s+(?=[A-ZÀ-ỸĐ])"
)
#: Headings of names of which a comma parts the family's from the given one.
_FAMILY_FIRST: Final = regex(r"\blast(?: name)?\b.{1,12}\bfirst\b|\b(?:family|sur) ?name\b.{1,12}\bgiven\b")
_NUMBER: Final = regex(r"^\s*(?:\d{1,2}\s*[.)/-]|[-+•*])\s*")
#: What several people of a cell are to each other, before their names, and what one is called before a name.
_TOGETHER: Final = Spelt(
    r"(?i)^(?:\(?(?:\d|hai|ba|bốn)\)?\s+)?(?:vợ chồng|(?:ông|bà|bố|ba|mẹ|cha|má|cô|dì|chú|bác) (?:con|cháu)"
    r"|anh em|chị em|anh chị em|ông bà|bố mẹ|cha mẹ|gia đình)\s*:?\s+"
)
_CALLED: Final = Spelt(r"(?i)^(?:(?:là|có)\s+)?(?:ông|bà|anh|chị|em|cô|chú|bác|cháu|bé)\s+")
#: What a cell tells of all of several people, and of one by the end of the name: ``cả 2: 3/9``, ``Hữu: 2/9``.
_OF_ALL: Final = Spelt(
    r"(?i)(?:cả|tất cả|đều|cùng|both|all)(?:\s+(?:\d|hai|ba|bốn|nhà|gia đình|người|vợ chồng|of them))*\s*[:,–-]?\s+"
    r"(?P<told>\S.*)"
)
_OF_ONE: Final = regex(r"(?P<who>[A-ZÀ-ỸĐ]\w*(?:\s[A-ZÀ-ỸĐ]\w*){0,5})\s*(?::\s*|[–-]\s+|\s)(?P<told>\S.*)")
_ONE_BEHIND: Final = regex(r"(?P<told>[^()]+?)\s*\((?P<who>[^()]+)\)")
_SAID: Final = regex(r"\s*[;\n]\s*|,\s+(?=[A-ZÀ-ỸĐ])")
#: What is one person's own: of several people it is each one's where so many stand in the cell, else nobody's.
_OWN: Final = ("phone", "national_id", "birth_date", "birth_year", "age", "sex", "person", "relation")
WHO: Final = "Ghi chú (là ai)"
"""Heading of what somebody is called before the name in a cell of several."""
SHARED: Final = "Ghi chú (chung)"
"""Heading of what a row of several people tells of which of them nobody knows."""


def with_each_named(sheet: Sheet) -> Sheet:
    """Return a list of people in which each row names one; a row that does is as it was."""
    columns = of_households(read_headings(sheet.headings, PEOPLE, {}), sheet).columns
    at = column_of_names(columns)
    if at is None or sheet.origin is not None or not matches(sheet.cells[at], _SEVERAL).any():
        return sheet
    if _FAMILY_FIRST.search(fold(sheet.headings[at])):
        return sheet
    told = {text: names for text in distinct_texts(sheet.cells[at])[1] if len(names := _names(text)) > 1}
    if not told or read_diary(sheet, {}) is not None:
        return sheet  # who travelled with a vehicle is told for each of its trips
    kin = {text: tuple(fold(_kin(part)) for part in _split(text)) for text in told}
    named = [told.get(text, [text]) if isinstance(text, str) else [None] for text in sheet.cells[at]]
    rows = [row for row, names in enumerate(named) for _name in names]
    shared: list[list[str]] = [[] for _row in rows]
    told_of = {own: _shared_out(sheet, own, named, shared) for own in (columns[f] for f in _OWN if f in columns)}
    told_of |= {
        column: results
        for column in range(len(sheet.headings))
        if column not in {at, *told_of} and (results := _results(sheet, column, at, named, kin)) is not None
    }
    for other in range(len(sheet.headings)):
        if other not in {at, *told_of} and (each := _told_apart(sheet, other, named)) is not None:
            told_of[other] = each
    out = sheet.with_rows_of(rows, {at: [name for names in named for name in names], **told_of})
    beside = [word for text in sheet.cells[at] for word in (map(_kin, _split(text)) if text in told else ("",))]
    out = out.with_column(WHO, [word or None for word in beside], letter=sheet.letters[at]) if any(beside) else out
    texts = ["; ".join(part) or None for part in shared]
    return out.with_column(SHARED, texts) if any(texts) else out


def _results(
    sheet: Sheet, column: int, at: int, named: Sequence[Sequence[str | None]], kin: Mapping[str, tuple[str, ...]]
) -> list[str | None] | None:
    """Return the result of each person of a column that tells one for several; None of a column that tells none so."""
    out: list[str | None] = []
    found = False
    for text, cell, names in zip(sheet.cells[column], sheet.cells[at], named, strict=True):
        told = results_of(text, kin[cell]) if len(names) > 1 and isinstance(text, str) else None
        found = found or told is not None
        out += told or [text if isinstance(text, str) else None] * len(names)
    return out if found else None


def _split(text: str) -> list[str]:
    """Return the parts of a cell that names several people, without numbers and without what stands before them all."""
    text = _LABEL.sub("", text.strip(" ,;"))
    parts = (_NUMBER.sub("", part).strip(" .") for part in _PARTS.of(text).split(text))
    return [part for part in parts if part]


def _kin(part: str) -> str:
    """Return what somebody is called before the name, "" for who is only named."""
    match = None if is_name(name_alone(part)) else _KIN.match(part)
    return "" if match is None else match["kin"]


def _names(text: str) -> list[str]:
    """Return the names, each with what the cell tells of it, of a cell that names several people in full; else none."""
    parts = _split(text)
    if len(parts) > 1 and _TOGETHER.match(parts[0]):
        parts = [_CALLED.sub("", part) for part in (_TOGETHER.sub("", parts[0]), *parts[1:])]
    if len(parts) == 2 and "," in text and parts[0].isupper() and not parts[1].isupper():
        return []  # "DELA CRUZ, Maria P.": the family's name first
    parts = [part if is_name(name_alone(part)) else without_kin(part) for part in parts]
    return parts if len(parts) > 1 and all(is_name(name_alone(part)) for part in parts) else []


def without_kin(part: str) -> str:
    """Return a name without what its bearer is to somebody else, before it: ``vợ Lê Thị Năm``."""
    match = _KIN.match(part)
    return part if match is None else part[match.end() :]


def _told_apart(sheet: Sheet, at: int, named: Sequence[Sequence[str | None]]) -> list[str | None] | None:
    """Return the cells of a column for each person, where one of several people tells of whom what is; else None."""
    out: list[str | None] = []
    apart = False
    for text, names in zip(sheet.cells[at], named, strict=True):
        whole = text if isinstance(text, str) else None
        each = _of_each(whole, names) if whole is not None and len(names) > 1 else None
        apart |= each is not None
        out += [whole] * len(names) if each is None else each
    return out if apart else None


def _of_each(text: str, names: Sequence[str | None]) -> list[str | None] | None:
    """Return what a cell tells of each of several people by name or of all; None of one that does not say of whom."""
    whole = _OF_ALL.fullmatch(text.strip())
    if whole is not None:
        return [whole["told"]] * len(names)
    out: list[str | None] = [None] * len(names)
    for part in _SAID.split(text.strip(" ;")):
        told = _ONE_BEHIND.fullmatch(part.strip()) or _OF_ONE.fullmatch(part.strip())
        meant = [] if told is None else [_whose(who, names) for who in _CELLS.split(told["who"])]
        if told is None or not meant or any(one is None for one in meant):
            return None
        for one in meant:
            out[one or 0] = told["told"] if out[one or 0] is None else f"{out[one or 0]}; {told['told']}"
    return out


def _whose(said: str, names: Sequence[str | None]) -> int | None:
    """Return which of several people is called so: by the full name, or by the end of it."""
    called = f" {fold(_CALLED.sub('', said.strip()))}"
    found = [at for at, name in enumerate(names) if name and f" {fold(name_alone(name))}".endswith(called)]
    return found[0] if len(found) == 1 else None


def _shared_out(
    sheet: Sheet, at: int, named: Sequence[Sequence[str | None]], shared: list[list[str]]
) -> list[str | None]:
    """Return the cells of a column for each person; what cannot be shared out is added to ``shared``."""
    out: list[str | None] = []
    for text, names in zip(sheet.cells[at], named, strict=True):
        parts = [part for part in _CELLS.split(text) if part] if isinstance(text, str) else []
        if len(names) == 1:
            out.append(text if isinstance(text, str) else None)
        elif isinstance(text, str) and (each := _of_each(text, names)) is not None:
            out += each
        elif len(parts) == len(names):
            out += parts
        else:
            for row in range(len(out), len(out) + len(names)) if parts else ():
                shared[row].append(f"{sheet.headings[at]}: {text}")
            out += [None] * len(names)
    return out
