"""What general words mean below a heading that speaks of one thing: ``Nơi điều trị › Từ ngày``, ``Xét nghiệm › PP``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from tracing.patterns import regex

MEASURED: Final = regex(r"(?:.* )?(?:sp ?o ?2|nhiet do|mach|huyet ap|can nang|nhip tho|temp[a-z]*|pulse)\b.*")
"""A heading of what is measured of somebody, day by day below it."""
OF_TESTS: Final = regex(r"(?:xn|xet nghiem|test|lay mau|lm|pcr|rt pcr|mau|swab)\b")
"""A heading that speaks of a test: the day below it is that of its sample, ``XN lần 1 › Ngày``."""
OF_OTHERS: Final = {
    "carer": {
        **{"name": "carer", "phone": "carer_phone", "birth_year": "carer_birth_year"},
        **dict.fromkeys(("isolation_start", "visit_start", "from_day", "day", "first_contact"), "carer_start"),
        **dict.fromkeys(("isolation_end", "visit_end", "to_day", "last_contact"), "carer_end"),
    },
    "index": {"person": "index", "case_code": "index", "name": "index", "test_code": "index"},
    "driver": {"name": "driver", "phone": "driver_phone"},
    "mate": {"name": "mate"},
}
"""Of what stands below a heading that speaks of somebody else than the row's person: field -> what it means then."""
THEIRS: Final = frozenset({"phone", "birth_year", "birth_date", "sex", "age", "address", "relation", "national_id"})
"""Facts of that person, which are kept."""
#: What a bare day or hour below a heading of tests is.
_MOMENTS_OF_TESTS: Final = {"ngay": "sample", "date": "sample", "gio": "sample_hour"}
#: A bare day below the heading of what it is of: how both are said in one; and the days that it may be.
_DAY_SAID: Final = {"ngay": "ngày {}", "date": "{} date"}
_DAYS_BELOW: Final = frozenset(
    (
        *("onset", "contact_date", "last_contact", "first_contact", "sample", "resulted", "confirmed", "birth_date"),
        *("isolation_start", "isolation_end", "arrived", "visit_date", "(kept)"),
    )
)
#: Where a time begins and ends, in English.
_FROM: Final = r"from|since|(?:first|start|begin)(?: (?:date|day))?"
_TO: Final = r"to|until|till|(?:last|end)(?: (?:date|day))?"
#: What general words mean below a heading of isolation or treatment, of carers, and of tests.
_PARTS: Final = (
    (
        regex(
            r"(?:(?:noi|dia diem|co so|thoi gian|thoi han|thong tin|so ngay) )?(?:(?:dang|thuc hien|ap dung) )?"
            r"(?:cach ly|cl|dieu tri)\b(?!.*\b(?:f0|ca benh)\b)|(?:isolation|quarantine|treatment)\b"
        ),
        (
            (
                "isolation_place",
                regex(
                    r"(?:ten )?(?:co so|noi|dia diem|khu)(?: cach ly| dieu tri)?|tai|o dau"
                    r"|place|location|where|facility"
                ),
            ),
            ("isolation_start", regex(rf"tu(?: ngay)?|(?:ngay )?(?:bat dau|vao)|{_FROM}")),
            ("isolation_end", regex(rf"den(?: ngay)?|(?:ngay )?(?:ket thuc|ra)|{_TO}")),
        ),
    ),
    (
        regex(r"(?:.* )?(?:nguoi (?:nuoi|cham|nha|cs)|than nhan)\b"),
        (
            ("carer_start", regex(rf"tu(?: ngay)?|(?:ngay )?(?:bat dau|vao)|{_FROM}")),
            ("carer_end", regex(rf"den(?: het)?(?: ngay)?|(?:ngay )?(?:ket thuc|ra|thoi)|{_TO}")),
        ),
    ),
    (
        regex(
            r"(?:thong tin |thoi gian |ngay |lan )?(?:tiep xuc|tx|t ?xuc|gap)\b"
            r"|(?:time of )?(?:contact|exposure)(?: time)?$"
        ),
        (
            ("first_contact", regex(rf"tu(?: ngay| luc)?|(?:ngay |lan )?(?:bat dau|dau(?: tien)?)|{_FROM}")),
            (
                "last_contact",
                regex(rf"(?:den|toi)(?: ngay| luc)?|(?:ngay |lan )?(?:ket thuc|cuoi(?: cung)?)|{_TO}"),
            ),
            ("kind", regex(r"hinh thuc|(?:cach|kieu|loai)(?: tiep xuc| tx)?|nhu the nao")),
            ("contact_place", regex(r"(?:noi|dia diem|cho)(?: tiep xuc| tx)?|tai|o dau")),
        ),
    ),
    (
        regex(r"(?:ket qua )?(?:xn|xet nghiem|test)\b"),
        (("method", regex(r"pp|phuong phap|ky thuat|loai(?: test| xn| xet nghiem)?|hinh thuc")),),
    ),
)


def moment_below(upper: str, lower: str, called: Callable[[str], str | None] | None) -> str | None:
    """Return what a bare day or hour below a heading is, both without accents: that of a sample, or by its words.

    ``called`` tells what a heading means that says both: ``Khởi phát › Ngày`` is ``ngày khởi phát``.
    """
    if OF_TESTS.match(upper) and lower in _MOMENTS_OF_TESTS:
        return _MOMENTS_OF_TESTS[lower]
    if not upper or called is None or lower not in _DAY_SAID:
        return None
    told = called(_DAY_SAID[lower].format(upper))
    return told if told in _DAYS_BELOW else None


def part_below(upper: str, lower: str) -> str | None:
    """Return the field of a column below a heading, both without accents; None where the words say it themselves."""
    told = next((parts for group, parts in _PARTS if group.match(upper)), ())
    return next((name for name, words in told if words.fullmatch(lower)), None)


#: A question of a form below the name of its group, as exports of Kobo and ODK write it: ``contact/first_name``.
_GROUPED: Final = regex(r"(?:[A-Za-z]\w*[/.-])+([A-Za-z]+(?:_[a-z0-9]+)*)", re.ASCII)
#: Words that points join, as R writes every heading: ``cluster.id`` is nobody's id, and ``epi.date`` no bare day.
_POINTED: Final = regex(
    r"(?!(?i:person|patient|case|caze|contact|individual|subject|member)\.)[A-Z]?[a-z]+(?:\.[A-Z]?[a-z]*\d*)+"
)


def last_part(heading: str) -> str | None:
    """Return the question of a form in a heading that has its group before it; None where there is no group."""
    grouped = _GROUPED.fullmatch(heading)
    return None if grouped is None or _POINTED.fullmatch(heading) else grouped[1]
