"""Lines between the rows that name a hamlet or a commune, ``ẤP TÂN PHÚ``, ``II. XÃ TÂN HƯNG``: homes of those below."""

from __future__ import annotations

from functools import partial
from typing import Final

from loaders.columns.texts import by_distinct
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt

_NUMBER: Final = r"(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,2})(?:\s?[.)/:-]\s?|\s)"
_END: Final = r"\s*(?:[:(,;–-].*)?"
_NAME: Final = r"(?:\d{1,2}[A-Za-z]?|[A-ZÀ-ỸĐ][\wÀ-ỹ']*(?: (?:\d{1,2}[A-Za-z]?|[A-ZÀ-ỸĐ][\wÀ-ỹ']*)){0,3})"
#: Unit, the heading under which it is told, and the fields beside which it would say nothing new.
_UNITS: Final = (
    ("hamlet", "Ấp/khóm", Spelt(rf"\s*(?:{_NUMBER})?((?i:ấp|khóm|thôn) {_NAME}){_END}")),
    ("commune", "Xã/phường", Spelt(rf"\s*(?:{_NUMBER})?((?i:xã|phường|thị trấn) {_NAME}){_END}")),
)
_FEWEST: Final = 0.5


def with_homes_of_sections(sheet: Sheet) -> Sheet:
    """Return a list of people with the hamlets or communes that the lines between its rows name as a column."""
    sections = sheet.sections
    if sections is None or sheet.origin is not None:
        return sheet
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if not {"name", "first_name"} & set(columns) or "area" in columns:
        return sheet
    for field, heading, form in _UNITS:
        if field in columns:
            continue
        told = by_distinct(sections, partial(_unit, form))
        if told.notna().sum() > _FEWEST * len(sheet):
            return sheet.with_column(heading, told)
    return sheet


def _unit(form: Spelt, text: str) -> str | None:
    match = form.of(text).fullmatch(text)
    return None if match is None else match[1]
