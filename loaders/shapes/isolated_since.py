"""Since when people of a list are isolated: a caption tells it of all, ``Danh sách F2 (cách ly tại nhà từ 20/8)``, or
cells of one column tell where and since when: ``Licogi 29/1``, ``tại nhà từ 29/1``.
"""

from __future__ import annotations

from typing import Final

from loaders.code_words import NAMED_CODE
from loaders.files.grid import Sheet, distinct_texts, some_of
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.shapes.split_cells import with_columns_of
from tracing.patterns import regex
from tracing.spelling import fold

_KIND, _SINCE, _PLACE = "Hình thức cách ly", "Ngày bắt đầu cách ly", "Nơi cách ly"
#: Whom the caption lists, that they are isolated, how or where, and since when.
_CAPTION: Final = Spelt(
    r"(?i)(?:danh sách|F\s?[1-4]|người|trường hợp)(?!\w)(?P<whose>[^()]{0,80}?)[\s(,:–-]+"
    r"(?:(?:hiện |đã |đang |được |cho |đưa )*)(?:cách ly|CL)(?: y tế)?\s+"
    r"(?P<how>tại nhà|tập trung|tại (?P<place>(?:trường|khu|trung tâm|khách sạn|ký túc xá)\s[^(),;.\d]{2,60}?))"
    r"\s+(?:kể )?từ(?: ngày)?\s+(?P<day>\d{1,2}[/.-]\d{1,2}(?:[/.-]20\d\d)?)(?!\s*(?:-|–|đến|tới))"
)
#: A heading of who is isolated, where and since when, without accents.
_ASKS: Final = regex(
    r"(?:(?:tinh trang|hien|dang|da|noi|hinh thuc|thong tin|xu ly|dia diem|khu)\W*)*"
    r"(?:cach ly|cl|isolation|quarantined?)"
    r"(?:\W*(?:y te|tai|tu|tu ngay|ngay|o dau|noi|tai dau|tu khi nao|place|since|from|date|hinh thuc|va|and|&))*"
)
#: A heading of what became of somebody: it is of isolation where every cell speaks of it.
_DONE: Final = regex(
    r"(?:(?:bien phap|huong|ket qua|da) )?xu ly|bien phap(?: ap dung)?|hien (?:dang|trang|tai)|tinh trang.*"
)
_ISOLATED: Final = regex(r"(?:da |dang |duoc |dua |di |cho |hien )*(?:cach ly|cl|cltt|cltn|kcl|khu cach ly)\b")
_DAY: Final = r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:20)?\d\d)?"
#: What may stand before the place.
_AT: Final = r"(?:(?:cách ly|CL)(?:\s?(?:tập trung|y tế|TT))?\s+)?(?:(?:tại|ở)\s+(?!nhà))?"
#: Where or how somebody is isolated, and the day since when, in either order.
_PLACE_DAY: Final = Spelt(
    rf"(?i)\W*(?:(?:đã|đang|được|đưa|đi|cho)\s+)*{_AT}"
    rf"(?P<place>[^\W\d][^,;()\d]{{1,50}}?)\s*[,(:–-]?\s*"
    rf"(?:(?:từ|kể từ|ngày|từ ngày|hôm|since|from|on)\s+)*(?P<day>{_DAY})\)?\W*"
)
_DAY_PLACE: Final = Spelt(
    rf"(?i)\W*(?:(?:từ|ngày|hôm|since|from|on)\s+)*(?P<day>{_DAY})\s*[,:;–-]?\s*(?:(?:đã|đưa|đi|cho|được|vào)\s+)*"
    rf"{_AT}(?P<place>[^\W\d][^,;()\d]{{1,50}}?)\)?\W*"
)
#: What tells that somebody is not isolated, or no longer, without accents.
_NO: Final = regex(r"\b(?:khong|chua|het|xong|hoan thanh|ve|den|toi|ra|not|no|until|released|ended)\b")
_MOST: Final = 0.6
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


def with_isolation_of_cells(sheet: Sheet) -> Sheet:
    """Return a list of people in which cells below ``Cách ly`` that tell where and since when are two columns."""
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    if sheet.origin is not None or not {"name", "first_name", "person", "phone"} & set(columns):
        return sheet
    for at, heading in enumerate(sheet.headings):
        others = {name for name, i in columns.items() if i != at}
        if {"isolation_start", "from_day", "to_day", "isolation_end"} & others:
            continue
        distinct = distinct_texts(sheet.cells[at])[1]
        some = some_of(distinct)
        share = sum(_place_and_day(text) is not None for text in some) / max(len(some), 1)
        done = _DONE.fullmatch(fold(heading)) and share > 0 and all(_ISOLATED.match(fold(text)) for text in some)
        if not done and not (_ASKS.fullmatch(fold(heading)) and share >= _MOST):
            continue
        told = [_place_and_day(text) for text in distinct]
        kept = [text if one is None else one[0] for one, text in zip(told, distinct, strict=True)]
        days = [(None if one is None else one[1],) for one in told]
        return with_columns_of(sheet, at, days, (_SINCE,), keep=(_PLACE, kept))
    return sheet


def _place_and_day(text: str) -> tuple[str, str] | None:
    """Return where or how and since when somebody is isolated, as a cell tells both."""
    if _NO.search(fold(text)):
        return None
    found = _PLACE_DAY.fullmatch(text) or _DAY_PLACE.fullmatch(text)
    return None if found is None else (found["place"].strip(" -–:"), found["day"])
