"""What general words mean below a heading that speaks of one thing: ``Nơi điều trị › Từ ngày``, ``Xét nghiệm › PP``."""

from __future__ import annotations

import re
from typing import Final

MEASURED: Final = re.compile(r"(?:.* )?(?:sp ?o ?2|nhiet do|mach|huyet ap|can nang|nhip tho|temp[a-z]*|pulse)\b.*")
"""A heading of what is measured of somebody, day by day below it."""
OF_TESTS: Final = re.compile(r"(?:xn|xet nghiem|test|lay mau|lm|pcr|rt pcr|mau|swab)\b")
"""A heading that speaks of a test: the day below it is that of its sample, ``XN lần 1 › Ngày``."""
#: What general words mean below a heading of isolation or treatment, of carers, and of tests.
_PARTS: Final = (
    (
        re.compile(r"(?:noi |dia diem |co so )?(?:dang )?(?:cach ly|dieu tri)\b(?!.*\b(?:f0|ca benh)\b)"),
        (
            ("isolation_place", re.compile(r"(?:ten )?(?:co so|noi|dia diem|khu)(?: cach ly| dieu tri)?|tai|o dau")),
            ("isolation_start", re.compile(r"tu(?: ngay)?|(?:ngay )?(?:bat dau|vao)")),
            ("isolation_end", re.compile(r"den(?: ngay)?|(?:ngay )?(?:ket thuc|ra)")),
        ),
    ),
    (
        re.compile(r"(?:.* )?(?:nguoi (?:nuoi|cham|nha|cs)|than nhan)\b"),
        (
            ("carer_start", re.compile(r"tu(?: ngay)?|(?:ngay )?(?:bat dau|vao)|from|since")),
            ("carer_end", re.compile(r"den(?: het)?(?: ngay)?|(?:ngay )?(?:ket thuc|ra|thoi)|to|until")),
        ),
    ),
    (
        re.compile(r"(?:thong tin |thoi gian |ngay )?(?:tiep xuc|tx|t ?xuc)\b"),
        (
            ("first_contact", re.compile(r"tu(?: ngay)?|(?:ngay |lan )?(?:bat dau|dau(?: tien)?)")),
            ("last_contact", re.compile(r"(?:den|toi)(?: ngay)?|(?:ngay |lan )?(?:ket thuc|cuoi(?: cung)?)")),
            ("kind", re.compile(r"hinh thuc|(?:cach|kieu|loai)(?: tiep xuc| tx)?|nhu the nao")),
            ("contact_place", re.compile(r"(?:noi|dia diem|cho)(?: tiep xuc| tx)?|tai|o dau")),
        ),
    ),
    (
        re.compile(r"(?:ket qua )?(?:xn|xet nghiem|test)\b"),
        (("method", re.compile(r"pp|phuong phap|ky thuat|loai(?: test| xn| xet nghiem)?|hinh thuc")),),
    ),
)


def part_below(upper: str, lower: str) -> str | None:
    """Return the field of a column below a heading, both without accents; None where the words say it themselves."""
    told = next((parts for group, parts in _PARTS if group.match(upper)), ())
    return next((name for name, words in told if words.fullmatch(lower)), None)
