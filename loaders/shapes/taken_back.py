"""Messages of a chat that take back or change what was said of somebody: ``Em sửa lại số 3``, ``nhầm, chị Lan …``.

Both are to be asked about: the row keeps what was said of that person, and the correction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from loaders.columns.gathering import FIRST, LAST
from loaders.columns.meetings import read_days
from loaders.columns.person_line import DAYS, HOURS, NAME, REMARK
from loaders.files.spelt import Spelt
from loaders.shapes.talk import Talk
from loaders.shapes.titled import heading_of
from tracing.patterns import regex
from tracing.spelling import fold

_CORRECTS: Final = Spelt(
    r"(?i)^\W*(?:(?:dạ|à|ah|ạ|em|e|mình|tôi|con|cháu|bên|cty|trạm|xin|xin lỗi|cho|hồi nãy|lúc nãy)[\s,]+){0,5}"
    r"(?:sửa(?: lại)?|đính chính|chỉnh lại|(?:(?:ghi|báo|gửi|nhắn|nói|viết|nhập|khai)\s+)?(?:nhầm|lộn|sai)"
    r"|(?:bỏ|rút|xóa|xoá|gạch|gỡ|loại)(?:\s+(?:tên|giúp|dùm|hộ|ra)){0,2}(?=\s+(?:ông|bà|anh|chị|em|cô|chú|bác|cháu|bé)\s))"
    r"(?!\w)[^:;.\d]{0,40}(?:số\s+(?P<number>\d{1,3}))?"
)
#: What says that somebody met another than was told, or nobody, or not for so long.
_NOT_MET: Final = Spelt(
    r"(?i)(?<!\w)(?:không phải|ko phải|k phải|bỏ|chuyển|rút tên|rút|xóa|xoá|gạch|gỡ|loại"
    r"|(?:không|ko|k|chưa) (?:có mặt|đi|gặp|tiếp xúc|ngồi|ở đó))(?!\w)|(?<!\w)F\s?[1-4]\s+của(?!\w)"
)
_BUT: Final = Spelt(r"(?i)(?<!\w)chứ (?:k|ko|không|chả|đâu)(?!\w)")
_CALLED: Final = regex(
    r"(?<!\w)(?:(?i:anh|chị|ông|bà|em|cô|chú|bác|cháu|bé)\s+)(?P<name>[A-ZÀ-ỸĐ]\w*(?:\s[A-ZÀ-ỸĐ]\w*){0,3})"
)
#: The day on which somebody did not meet a case, and behind it when they did.
_NOT_ON: Final = Spelt(
    r"(?i)(?<!\w)(?:không phải|ko phải|k phải|không phải là|chứ không phải)\s+"
    r"(?:(?:là|vào|ngày|hôm|sáng|trưa|chiều|tối|đêm)\s+)*"
    r"(?P<day>\d{1,2})(?![\dh:])(?:/\d{1,2}(?:/20\d\d)?)?(?P<right>[^\d].*)$"
)
_DAY: Final = regex(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/20\d\d)?(?![\d/])")
_WHEN: Final = (DAYS, HOURS, FIRST, LAST)


def take_back(
    text: str,
    rows: dict[str, list[tuple[int, dict[str, str]]]],
    numbers: Mapping[int, str],
    talk: Talk,
) -> bool:
    """Take back whom somebody met where a message says it otherwise; tell whether it was about one who is listed."""
    said = _CORRECTS.of(text).match(text)
    but = _BUT.of(text).search(text)
    if not (but or (said is not None and _NOT_MET.of(text).search(text))):
        return False
    if _change_time(text, rows, talk):
        return True
    number = None if said is None else said["number"]
    named = [one for match in _CALLED.finditer(text) if (one := talk.meant(match["name"])) is not None]
    for tier, listed in rows.items():
        for at, (row, cells) in enumerate(listed if tier else ()):
            full = bool(cells.get(NAME)) and fold(cells[NAME]) in fold(text)
            called = bool(named) and named[0].get(NAME) == cells.get(NAME)
            if (full or called) and (number is None or numbers.get(row) == number):
                del listed[at]
                before = [cells.pop(heading, None) for heading in (heading_of(tier), *_WHEN)]
                told = "; ".join(part for part in (text, *before) if part)
                remark = f"{told}; {cells[REMARK]}" if REMARK in cells else told
                rows.setdefault("", []).append((row, {**cells, REMARK: remark}))
                return True
    return False


def _change_time(text: str, rows: Mapping[str, list[tuple[int, dict[str, str]]]], talk: Talk) -> bool:
    """Put the time of a meeting right where a message says which day it was not, and which it was; tell whether it did.

    ``nhầm, bà Lan không phải sáng 27, là 16h20 ngày 26/1``: of the one who is called so, met on the 27th.
    """
    match = _NOT_ON.search(text)
    named = [one for called in _CALLED.finditer(text) if (one := talk.meant(called["name"])) is not None]
    if match is None or len(named) != 1 or len(_DAY.findall(match["right"])) != 1:
        return False
    when = read_days(match["right"])
    found = [cells for tier, listed in rows.items() if tier for _, cells in listed if cells.get(NAME) == named[0][NAME]]
    if when is None or when.days is None or len(found) != 1 or LAST in found[0] or FIRST in found[0]:
        return False
    (cells,) = found
    if re.match(rf"0?{int(match['day'])}(?!\d)", cells.get(DAYS, "")) is None:
        return False
    cells.pop(HOURS, None)
    cells |= {DAYS: when.days, **({HOURS: when.hours} if when.hours else {})}
    cells[REMARK] = "; ".join(part for part in (cells.get(REMARK), text) if part)
    return True
