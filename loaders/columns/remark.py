"""Which columns hold remarks, by their headings."""

from __future__ import annotations

import re
from typing import Final

from tracing.spelling import fold

_REMARK: Final = re.compile(
    r"(?:(?:additional|other|special|general|further) )?"
    r"(?:ghi chu|g\.? ?chu\b|gc\b|chu thich|note"
    r"|remark|comment|thong tin khac|tom tat\b|bemerkung|remarque|observation|yeu to"
    r"|tien su|ly do|lich su|dien giai|noi dung|mo ta|dac diem|reason|details?|description|history|background)"
)


def is_remark(heading: str) -> bool:
    """Tell whether a heading is one of remarks."""
    return _REMARK.match(fold(heading)) is not None
