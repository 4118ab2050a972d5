"""People whom a line of a message lists behind what they are together: ``Bạn hàng ở chợ ngày 6/9: chị Mỹ …``."""

from __future__ import annotations

import re
from typing import Final

from loaders.columns.bracketed import people_of_text as people_of_line
from loaders.columns.person_line import DAYS, REMARK
from loaders.files.spelt import Spelt
from tracing.patterns import regex

#: A day in the words for a group of people, and where the next of them begins, by a form of address.
_DAY: Final = regex(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/20\d\d)?(?![\d/])")
_DAY_IN: Final = regex(rf"(?i)(?:(?:ngày|hôm|sáng|trưa|chiều|tối)\s+)?{_DAY.pattern}")
_EACH: Final = regex(r"[,;]\s*(?=(?i:anh|chị|ông|bà|em|cô|chú|bác|dì|cậu|mợ|thím|bé)\s+[A-ZĐÀ-Ỹ])")
_GROUP: Final = Spelt(
    r"(?i)^\W{0,3}(?:gia đình|người (?:nhà|thân|cùng|trong|ở|ngồi|bán|mua|đi)|hàng xóm|họ hàng|bà con|bạn|đồng nghiệp"
    r"|nhân viên(?! y tế)|khách|học sinh|công nhân|hành khách|tiểu thương|thợ|cùng|chung)(?!\w)"
)
_LONGEST_HEAD: Final = 80


def people_of_group(text: str) -> list[dict[str, str]]:
    """Return the people whom a line lists behind what they are together: ``Bạn hàng ở chợ ngày 6/9: chị Mỹ …``."""
    head, colon, behind = text.partition(":")
    if not colon or len(head) > _LONGEST_HEAD or not _GROUP.match(head):
        return []
    people = [one for part in _EACH.split(behind) for one in people_of_line(part.strip(), called=True)]
    days = _DAY.findall(head)
    group = re.sub(r"\s+", " ", _DAY_IN.sub(" ", head)).strip(" -–+•*.,(")
    for cells in people:
        if len(days) == 1:
            cells.setdefault(DAYS, days[0])
        cells[REMARK] = f"{group}; {cells[REMARK]}" if REMARK in cells else group
    return people
