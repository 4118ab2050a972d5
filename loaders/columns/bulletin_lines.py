"""The lines of a bulletin as they are read: a sentence with a day of its own in each, hours beside their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from loaders.columns.bracketed import people_in_brackets
from loaders.columns.day_first import plain_times
from loaders.columns.movements import POINT, has_day_line
from loaders.columns.person_line import ITEM
from loaders.files.grid import Line
from tracing.patterns import regex
from tracing.spelling import fold

_HOURS_BELOW: Final = regex(r"(?i)\s*(?:[-+•*–]\s*)?(?:thời gian|thời điểm)(?: có mặt)?\s*:\s*(?=\S)")
#: Who tells it, or the label of it, before the first day: ``Bà Hai khai: Tối 9/8 …``, ``Lịch trình: …``.
_TELLER: Final = regex(
    r"(?i)^\W{0,3}(?:[^:.;\d]{0,60}(?<!\w)(?:khai(?: báo| nhận)?|trình bày|cho (?:biết|hay)|kể(?: lại)?|tường trình)"
    r"|lịch trình(?: di chuyển)?|lịch sử di chuyển|quá trình di chuyển|tiền sử dịch tễ)(?: rằng| như sau| thêm)?\s*:\s*"
)
_POINT: Final = regex(POINT)
#: By whom something is known, before it is told: ``Theo báo cáo ban đầu của CDC, khoảng 8 giờ ngày 23/8 …``.
_ACCORDING: Final = regex(r"(?i)^\W{0,3}(?:theo|qua|được biết|kết quả|thông tin)(?!\w)[^.;:\d]{0,160},\s+")


def with_days_apart(lines: Sequence[Line]) -> list[Line]:
    """Return lines cut where a sentence begins with a day; ``- Thời gian: …`` goes with the line above it."""
    return _with_hours_below([part for line in lines for part in _days_apart(line)])


def _days_apart(line: Line) -> Iterator[Line]:
    """Yield the sentences of a line that begin with a day of their own, each with those behind it up to the next."""
    text = plain_times(line.text.strip())
    cuts = [end.end() for end in _POINT.finditer(text) if has_day_line(text[end.end() :])]
    for begin, end in pairwise([0, *cuts, len(text)]):
        yield Line(line.row, (text[begin:end].strip(),)) if cuts else line


def without_teller(text: str) -> str:
    """Return a line without the words that say who tells it, where a day follows them."""
    teller = _TELLER.match(text) or _ACCORDING.match(text)
    return text[teller.end() :] if teller is not None and has_day_line(text[teller.end() :]) else text


def _with_hours_below(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a text; ``- Thời gian: …`` goes behind the place that the line above it names."""
    out: list[Line] = []
    for line in lines:
        hours = _HOURS_BELOW.match(line.text)
        if hours is not None and out and not has_day_line(out[-1].text):
            out[-1] = Line(out[-1].row, (f"{out[-1].text.strip(' .:;')}: {line.text[hours.end() :]}",))
        else:
            out.append(line)
    return out


#: A line that lists people behind its colon, and whose they are: ``F1 của BN34: cha Lê Văn Tư (1960, …) và …``; or how
#: many there are: ``Bước đầu ghi nhận 04 F1: …``.
_LIST_OF: Final = regex(
    r"(?i)\W{0,4}(?:(?:(?:các|danh sách|ds|những)\s+)?(?:trường hợp\s+|người\s+)?F\s?[1-4]\s+(?:của|liên quan)"
    r"|[^:;.]{0,80}?(?<!\w)(?:ghi nhận|phát hiện|xác định|có|được|gồm)\s+(?:\d{1,3}\s+)?(?:trường hợp\s+|người\s+)?"
    r"(?:là\s+)?(?:F\s?[1-4]|tiếp xúc gần)(?!\w))[^:]{0,60}:\s*(?=\S)"
)
_BEGINS_WITH_DAY: Final = regex(
    r"(?i)(?:(?:sáng|trưa|chiều|tối|đêm)\s+)?(?:ngày\s+|hôm\s+)?\d{1,2}/\d",
)
#: A line above somebody's days, which are those of whom the lines before are about; without accents.
_DAYS_FOLLOW: Final = regex(
    r"\W*(?:moc dich te|lich trinh|lich su di(?: lai| chuyen)?|tien su dich te|yeu to dich te"
    r"|qua trinh di(?: lai| chuyen)|di chuyen)(?: (?:cua|di lai|di chuyen|benh nhan|ca benh|bn ?\d+)){0,4} ?:\W*"
)
#: Where the sentence of somebody's home ends and the next one tells something else.
_HOME_ENDS: Final = regex(r"\.\s+(?=(?:Bệnh nhân|Ngày|Hiện|Nghề|Tiền sử|Yếu tố|Từ|Là|Có|Trước|Sau)(?!\w))")


def names_listed(text: str, *, below: bool) -> bool:
    """Tell whether a line names several people in brackets: ``below`` others who are listed, or as those of a case."""
    item, head = ITEM.match(text), _LIST_OF.match(text)
    rest = text[head.end() :] if head is not None else item["rest"] if item is not None and below else ""
    return bool(people_in_brackets(rest)) and (head is not None or _BEGINS_WITH_DAY.match(rest) is None)


def days_follow(text: str) -> bool:
    """Tell whether a line only says that somebody's days follow: ``Mốc dịch tễ:``."""
    return _DAYS_FOLLOW.fullmatch(fold(text)) is not None


def home_alone(text: str) -> str:
    """Return where somebody lives without the sentence behind it."""
    return _HOME_ENDS.split(text, maxsplit=1)[0].strip(" ,.")
