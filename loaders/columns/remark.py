"""Which columns hold remarks, by their headings, and which remarks tell a time."""

from __future__ import annotations

from typing import Final

from tracing.patterns import regex
from tracing.spelling import fold, phone_numbers

_REMARK: Final = regex(
    r"(?:(?:additional|other|special|general|further) )?"
    r"(?:ghi chu|g\.? ?chu\b|gc\b|chu thich|note"
    r"|remark|comment|thong tin khac|tom tat\b|bemerkung|remarque|observation|yeu to"
    r"|bien dong|tien su|ly do|lich su|dien giai|noi dung|mo ta|dac diem|reason|details?|description|history"
    r"|background)"
)
_MONTHS: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAYS: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_TIME: Final = regex(
    r"(?<![\d/.,])(?:[0-3]?\d[/.-][01]?\d(?:[/.-](?:20)?\d\d)?|[0-2]?\d ?(?:h|gio|:) ?[0-5]?\d?)(?![\d/])"
    rf"|(?<!\d)[0-3]?\d(?:st|nd|rd|th)? ?(?:of )?{_MONTHS}\b|\b{_MONTHS} [0-3]?\d(?:st|nd|rd|th)?(?![\d:])"
    rf"|\b(?:on|from|since|until|till|last|this|every) {_WEEKDAYS}\b"
    rf"|\b{_WEEKDAYS} (?:morning|noon|afternoon|evening|night)\b|\b[0-2]?\d ?[ap]\.?m\b"
)
#: What no rule asks for, and words that say that a day in another column does not hold.
_NO_MATTER: Final = regex(r"\b(?:tiem|mui|vac|vaccin\w*|astra\w*|pfizer|moderna|xang|ca may)\b")
_HOLDS_NOT: Final = regex(
    r"\b(?:o lai|tinh lai|gia han|keo dai|bo tron|tron|bo ve|ve som|chua ve|khong dung|sai|nham)\b"
)


def is_remark(heading: str) -> bool:
    """Tell whether a heading is one of remarks."""
    return _REMARK.match(fold(heading)) is not None


def tells_time(text: str) -> bool:
    """Tell whether a remark names a day or an hour, or says that one in another column does not hold."""
    said = fold(text)
    if _NO_MATTER.search(said) or phone_numbers(text):
        return False
    return bool(_TIME.search(said) or _HOLDS_NOT.search(said))
