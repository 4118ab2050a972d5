"""Lines by which a form about one person is known: ``PHIẾU ĐIỀU TRA CA BỆNH``, ``1. Người báo cáo``, ``Họ tên: …``."""

from __future__ import annotations

from typing import Final

from tracing.patterns import regex
from tracing.spelling import fold

_TITLE: Final = regex(
    r"(?:phieu|mau|bieu mau|bien ban)(?: so \d+)?(?: bao cao)? (?:dieu tra|khai thac|thong tin|giam sat|xac minh)\b"
    r"(?:(?! theo )[^:]){0,100}"
)
SECTION_NUMBER: Final = r"(?:(?:phan )?(?:\d{1,2}|[ivx]{1,4}|[a-d])\s?[.)/:]\s?)"
"""The number or letter before the head of a section, without accents."""
#: The head of the section about who fills a form in, without accents.
_BY_WHOM: Final = regex(
    rf"{SECTION_NUMBER}?(?:thong tin (?:ve )?)?(?:nguoi|don vi|co quan|can bo) "
    r"(?:bao cao|dieu tra|thuc hien|phong van)\s?:?"
)
NAME_ASKED: Final = regex(r"(?:^|[\s.)])(?:ho (?:va )?ten|ten (?:benh nhan|nguoi benh|ca benh))[^:]{0,30}:")
"""Where a form asks for a name, without accents."""


def is_form_title(text: str) -> bool:
    """Tell whether a line is the title of a form about one person."""
    return len(text) <= 160 and _TITLE.fullmatch(fold(text.strip())) is not None


def is_of_teller(text: str) -> bool:
    """Tell whether a line is the head of the section about who fills a form in."""
    return len(text) <= 80 and _BY_WHOM.fullmatch(fold(text.strip())) is not None


def is_form(text: str) -> bool:
    """Tell whether a text is a form about somebody: below its title it asks for a name."""
    lines = [line.strip() for line in text.split("\n")[:200]]
    begin = next((at for at, line in enumerate(lines) if is_form_title(line)), len(lines))
    return any(NAME_ASKED.search(fold(line)) for line in lines[begin + 1 :])
