"""Lists of homes: the head's line tells where all live, ``Hộ: Lê Văn Lành (Tân Hưng)``, or heads have their column."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.files.body import matches
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.units.addresses import parse_address
from tracing.patterns import regex
from tracing.spelling import fold

HEADING: Final = "Địa chỉ (theo dòng chủ hộ)"
_HEAD: Final = regex(r"(?i)\s*(?:chủ\s+)?hộ\s*:\s*[^()]{2,80}(?:\([^()]{1,40}\)\s*)?\((?P<home>[^()]{3,120})\)\s*")
_HEADS: Final = regex(r"(?:ho (?:va )?ten |ten )?chu ho")
_MEMBERS: Final = regex(
    r"(?:ho (?:va )?ten |ten )?(?:cac )?(?:thanh vien|nhan khau|nguoi (?:trong ho|o cung|cung ho))"
    r"(?: (?:trong|cua|gia dinh|ho)){0,3}"
)
_TOLD: Final = frozenset({"address", "commune", "hamlet", "area"})


def with_homes_of_heads(sheet: Sheet) -> Sheet:
    """Return a list of homes with the address in brackets behind each head's name as a column, for all below it."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if "name" not in columns or _TOLD & set(columns) or sheet.origin is not None:
        return sheet
    names = sheet.cells[columns["name"]]
    if not matches(names, r"(?i)hộ\s*:").any():
        return sheet
    heads = [_HEAD.fullmatch(text) if isinstance(text, str) else None for text in names]
    homes = [None if head is None or not _is_home(head["home"]) else head["home"].strip() for head in heads]
    if not any(homes):
        return sheet
    cells = sheet.cells.copy(deep=False)
    bare = [
        text if home is None else text[: text.rindex("(")].rstrip() for text, home in zip(names, homes, strict=True)
    ]
    cells[columns["name"]] = pd.Series(pd.array(bare, dtype="string"))
    group = pd.Series([head is not None for head in heads]).cumsum()
    return replace(sheet, cells=cells).with_column(HEADING, pd.Series(homes, dtype="string").groupby(group).ffill())


def with_heads_named(sheet: Sheet) -> Sheet:
    """Return a list with heads of homes and their members in two columns with all of them in one, and their home.

    A row that names no member is about the head.
    """
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    at = next((i for i, heading in enumerate(sheet.headings) if _HEADS.fullmatch(fold(heading))), None)
    name = next((i for i, heading in enumerate(sheet.headings) if _MEMBERS.fullmatch(fold(heading))), None)
    if at is None or name is None or sheet.origin is not None or not len(sheet):
        return sheet
    heads, members = sheet.cells[at], sheet.cells[name]
    if not (members.isna() & heads.notna()).any():
        return sheet
    cells = sheet.cells.copy(deep=False)
    cells[name] = members.fillna(heads)
    headings = tuple("Họ và tên" if i == name else heading for i, heading in enumerate(sheet.headings))
    out = replace(sheet, cells=cells, headings=headings, as_read=sheet.original)
    home = heads.ffill().where(cells[name].notna())
    return out if "household" in columns else out.with_column("Hộ gia đình", ("hộ " + home).astype("string"))


def _is_home(text: str) -> bool:
    """Tell whether a text in brackets is an address, not a nickname: it names a unit, or two places."""
    address = parse_address(text)
    return bool(address.commune or address.hamlet or address.group) or len(address.rest) > 1
