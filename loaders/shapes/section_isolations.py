"""Lines between the rows that tell where those below are isolated, ``Cách ly tại chỗ làm: Xưởng gỗ Phú Tài``."""

from __future__ import annotations

from functools import partial
from typing import Final

from loaders.columns.texts import by_distinct
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from tracing.patterns import regex
from tracing.spelling import fold

_ISOLATED_AT: Final = Spelt(
    r"\s*(?:(?:[IVXivx]{1,5}|[A-Za-z]|\d{1,2})\s?[.)/:-]\s?)?(?i:nhóm |những người |các trường hợp )?"
    r"(?i:cách ly|CL)(?i: y tế| tập trung){0,2} (?i:tại|ở) "
    r"(?:(?i:nơi làm việc|chỗ làm(?: việc)?|nơi làm|cơ quan|nơi lưu trú|cơ sở(?: y tế| lưu trú)?)\s*[:–(-]\s*)?"
    r"(?P<place>\S[^():;]{2,60}?)\s*(?:[:(;].*|[-–,]\s*\d+ (?:người|khẩu).*)?"
)
_HOME: Final = regex(r"(?:nha|gia dinh|noi cu tru|noi o)(?: rieng)?")
_TREATED: Final = regex(r"(?:benh vien|bv|ttyt|trung tam y te|tram y te)\b")
_PLACE, _KIND = "Nơi cách ly", "Hình thức cách ly"


def with_isolations_of_sections(sheet: Sheet) -> Sheet:
    """Return a list of isolations with the places that the lines between its rows name, and how people are there.

    Whom such a line names a place for is not at home there, whatever the title says of the list.
    """
    if sheet.sections is None or sheet.origin is not None:
        return sheet
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if "isolation_start" not in columns or {"isolation_place", "isolation_kind", "room"} & set(columns):
        return sheet
    places = by_distinct(sheet.sections, partial(_place, home=False))
    if not places.notna().any():
        return sheet
    kinds = by_distinct(sheet.sections, _kind)
    return sheet.with_column(_PLACE, places).with_column(_KIND, kinds)


def _place(text: str, *, home: bool) -> str | None:
    """Return where a line says that those below are isolated; the own home only with ``home``."""
    match = _ISOLATED_AT.of(text).fullmatch(text)
    place = None if match is None else match["place"].strip(" .-–")
    return place if place is None or home or not _HOME.fullmatch(fold(place)) else None


def _kind(text: str) -> str | None:
    place = _place(text, home=True)
    if place is None or _TREATED.match(fold(place)):
        return None
    return "Tại nhà" if _HOME.fullmatch(fold(place)) else "Tập trung"
