"""Books of a gate that tell who went out and came back, ``Giờ ra | Giờ vào lại | Lý do``: where they were in between.

``mua thuốc ở nhà thuốc Ngọc Lan`` names the place; where no place with a name is told, it is asked. Who did not come
back left for good, and was at no place that the book tells.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from loaders.columns.hours import read_hours
from loaders.columns.texts import by_distinct
from loaders.files.grid import Sheet
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.spelt import Spelt
from loaders.place_words import STORY_PLACES
from tracing.patterns import regex
from tracing.spelling import fold

_OUT: Final = regex(r"(?:gio |luc |thoi gian )?(?:ra|di)(?: cong| ngoai| khoi \w+)?|(?:time )?out|left(?: at)?")
_BACK: Final = regex(
    r"(?:gio |luc |thoi gian )?(?:vao|ve|tro|quay)(?: ve| vao)? lai(?: cong)?"
    r"|return(?:ed)?(?: time| at)?|(?:time )?back(?: at)?"
)
#: When they came first: such a book tells of a day at work with a break.
_IN: Final = regex(r"(?:gio |luc |thoi gian )?(?:vao|den)(?: cong| ca| lam)?|(?:time )?in|arrived(?: at)?")
_WHY: Final = regex(
    r"ly do(?: .{1,20})?|muc dich|(?:noi|di) (?:den|dau)|ra ngoai lam gi|reason|purpose|destination|where to"
)
#: A place with a name of its own: ``nhà trọ Hồng Phúc``, ``nhà thuốc Ngọc Lan``.
_PLACE: Final = Spelt(
    rf"(?<!\w)(?P<place>(?i:{'|'.join(STORY_PLACES)})(?:\s+(?i:phường|xã|số|bà|ông|P\.?))?"
    r"(?:\s+(?:[A-ZÀ-ỸĐ][\wÀ-ỹ.]*|\d{1,3}(?![\d:hg/]))){1,5})"
)
_CAME, _WENT, _AT, _REASON = "Giờ đến", "Giờ về", "Địa điểm", "Lý do"


def with_outings(sheet: Sheet) -> Sheet:
    """Return a book of who went out and came back as the list of where they were meanwhile."""
    heads = [fold(heading) for heading in sheet.headings]
    out, back, why = (
        next((at for at, head in enumerate(heads) if form.fullmatch(head)), None) for form in (_OUT, _BACK, _WHY)
    )
    columns = read_headings(sheet.headings, PEOPLE, {}).columns
    named = {"name", "first_name"} & set(columns) and not {"place", "isolation_start"} & set(columns)
    if sheet.origin is not None or out is None or back is None or not named or any(map(_IN.fullmatch, heads)):
        return sheet
    why = len(heads) if why is None else why
    sheet = sheet if why < len(heads) else sheet.with_column(_REASON, [None] * len(sheet))
    places = by_distinct(sheet.cells[why], _place)
    came = by_distinct(sheet.cells[back], lambda text: text if read_hours(text)[0] else None)
    cells, gone = sheet.cells.copy(deep=False), came.isna()
    for at in {out, *(columns[name] for name in ("day", "visit_date") if name in columns)}:
        told = (cells[why] + ("; " + cells[at])).fillna(cells[why]).fillna(cells[at])
        cells[why] = told.where(gone, cells[why])
        cells[at] = cells[at].mask(gone)
    cells[back] = came
    said = {out: _CAME, back: _WENT, why: f"Ghi chú ({sheet.headings[why]})"}
    headings = tuple(said.get(at, heading) for at, heading in enumerate(sheet.headings))
    facts = tuple(fact for fact in sheet.facts if fact.name not in ("place", "room"))
    moved = replace(sheet, headings=headings, cells=cells, facts=facts, as_read=sheet.original)
    return moved.with_column(_AT, places.where(came.notna()), letter=sheet.letters[why])


def _place(text: str) -> str | None:
    """Return the place with a name of its own that a reason names last."""
    found = [match["place"].strip() for match in _PLACE.finditer(text)]
    return found[-1] if found else None
