"""Where and when somebody was found who is no case: crossing a border, on the road, without papers."""

from __future__ import annotations

from typing import Final

from loaders.columns.by_neighbours import CASE_FIELDS
from loaders.columns.values import words
from loaders.files.grid import Sheet, distinct_texts, some_of
from loaders.files.headings import Reading
from tracing.patterns import regex
from tracing.spelling import fold

#: When somebody was found, without accents: ``Phát hiện lúc``, ``Thời gian bắt giữ``.
_WHEN: Final = regex(
    r"(?:(?:thoi gian|thoi diem|luc|ngay|gio|ngay gio) (?:bi )?)?"
    r"(?:phat hien|bat giu|bat gap|kiem tra|ngan chan|tiep nhan)(?: (?:luc|ngay|vao|gio|ngay gio|thoi gian)){0,2}"
)
#: Whom a title says to have been found: crossing a border, on the way, and handed over; and who is a case.
_FOUND: Final = regex(
    r"\b(?:nhap canh|xuat canh|vuot bien|bien phong|bien gioi|trai phep|ban giao|tuan tra|(?:tai|qua) chot|di chui"
    r"|qua lai|lang thang|vi pham)\b"
)
_POSITIVE: Final = regex(r"\bduong tinh\b|\bf ?0\b|\bca (?:benh|mac|nhiem)\b|\bbenh nhan\b|\(\+\)")
_TIMES: Final = frozenset({"visit_start", "visit_date", "day", "moment", "hours", "arrived"})


def says_how(sheet: Sheet, at: int) -> bool:
    """Tell whether a column says of anybody how a case was found: in a closed zone, in the community."""
    known = words("found_in")
    told = some_of(distinct_texts(sheet.cells[at])[1])
    return not told or any(text.lower() in known or fold(text) in known for text in told)


def where_found(reading: Reading, sheet: Sheet) -> Reading:
    """Return a reading in which ``Nơi phát hiện`` is where somebody was, where nothing says that they are cases.

    Of a case it tells how it was found: in a closed zone, in the community.
    """
    at = reading.columns.get("found_in")
    others = (CASE_FIELDS - {"found_in"}) | {"person", "level"}
    if at is None or reading.by.get(at) == "said" or others & set(reading.columns):
        return reading
    said = fold(" ".join([*(line.text for line in sheet.titles), sheet.sheet or "", sheet.file]))
    if not _FOUND.search(said) or _POSITIVE.search(said) or says_how(sheet, at):
        return reading
    if "place" in reading.columns:
        return reading.without("found_in")
    reading = reading.renamed("found_in", "place")
    when = [i for i in (*reading.unused, *reading.kept) if _WHEN.fullmatch(fold(sheet.headings[i]))]
    return reading.with_heading(when[0], "visit_start", 0.8) if when and not _TIMES & set(reading.columns) else reading
