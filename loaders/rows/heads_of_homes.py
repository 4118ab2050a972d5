"""Lists of homes whose head's line tells where all of them live: ``Hộ: Nguyễn Văn Lành (Tân Hưng - Rạch Bần Nhỏ)``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import pandas as pd

from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.rows.addresses import parse_address

HEADING: Final = "Địa chỉ (theo dòng chủ hộ)"
_HEAD: Final = re.compile(r"(?i)\s*(?:chủ\s+)?hộ\s*:\s*[^()]{2,80}(?:\([^()]{1,40}\)\s*)?\((?P<home>[^()]{3,120})\)\s*")
_TOLD: Final = frozenset({"address", "commune", "hamlet", "area"})


def with_homes_of_heads(sheet: Sheet) -> Sheet:
    """Return a list of homes with the address in brackets behind each head's name as a column, for all below it."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if "name" not in columns or _TOLD & set(columns) or sheet.origin is not None:
        return sheet
    names = sheet.cells[columns["name"]]
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


def _is_home(text: str) -> bool:
    """Tell whether a text in brackets is an address, not a nickname: it names a unit, or two places."""
    address = parse_address(text)
    return bool(address.commune or address.hamlet or address.group) or len(address.rest) > 1
