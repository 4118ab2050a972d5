"""Captions that say since when all of a list are isolated: ``2. Danh sách F2 (đang cách ly tại nhà từ ngày 20/8)``."""

from __future__ import annotations

from typing import Final

from loaders.code_words import NAMED_CODE
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt

_KIND, _SINCE, _PLACE = "Hình thức cách ly", "Ngày bắt đầu cách ly", "Nơi cách ly"
#: Whom the caption lists, that they are isolated, how or where, and since when.
_CAPTION: Final = Spelt(
    r"(?i)(?:danh sách|F\s?[1-4]|người|trường hợp)(?!\w)(?P<whose>[^()]{0,80}?)[\s(,:–-]+"
    r"(?:(?:hiện |đã |đang |được |cho |đưa )*)(?:cách ly|CL)(?: y tế)?\s+"
    r"(?P<how>tại nhà|tập trung|tại (?P<place>(?:trường|khu|trung tâm|khách sạn|ký túc xá)\s[^(),;.\d]{2,60}?))"
    r"\s+(?:kể )?từ(?: ngày)?\s+(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-]20\d\d)?)(?!\s*(?:-|–|đến|tới))"
)
#: Fields of a list that tells itself who is isolated.
_TOLD: Final = frozenset({"isolation_start", "isolation_kind", "isolation_place", "isolated", "from_day", "case_code"})


def with_isolation_of_caption(sheet: Sheet) -> Sheet:
    """Return a list of people with the isolation that the line right above it tells of all of them as columns."""
    columns = set(read_headings(sheet.headings, PEOPLE, {}).columns)
    if sheet.origin is not None or not sheet.titles or not len(sheet):
        return sheet
    if not {"name", "first_name", "person", "phone"} & columns or _TOLD & columns:
        return sheet
    said = _CAPTION.search(sheet.titles[-1].text)
    if said is None or NAMED_CODE.search(said["whose"]):
        return sheet  # of a case whom the line names it may be the isolation
    told = {_KIND: "tập trung" if said["place"] else said["how"], _SINCE: said["day"]}
    told |= {_PLACE: said["place"].strip()} if said["place"] else {}
    for heading, text in told.items():
        sheet = sheet.with_column(heading, [text] * len(sheet))
    return sheet
