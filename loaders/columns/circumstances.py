"""How two people met, told in words: ``Uống rượu tại nhà ông Tư``, ``nói chuyện ~5 phút, cách 3m``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from loaders.columns.values import words
from loaders.place_words import PLACES
from tracing.patterns import regex
from tracing.spelling import fold

#: Phrases without accents -> the kind of contact that they tell; the first that is found counts.
_KINDS: Final = (
    (
        r"(?:song|o|an o|ngu) (?:chung|cung)(?! (?:xom|ap|khom|to|xa))|(?:chung|cung) (?:nha|ho|phong tro|phong)\b",
        "household",
    ),
    (r"(?:lam|lam viec) (?:chung|cung)|cung (?:lam|chuyen|xuong|cong ty|cty|co quan|phong ban)|dong nghiep", "work"),
    (r"(?:cung|chung) (?:lop|truong)|hoc (?:chung|cung)", "school"),
    (r"(?:cung|chung|cho|di) xe\b|(?:cung|chung) (?:ghe|tau|chuyen)|ngoi canh tren", "transport"),
    (r"cham soc|nuoi benh|kham benh|tiem thuoc", "care"),
    (
        r"uong (?:ruou|bia|cafe|ca phe)|nhau\b|an (?:sang|trua|toi|com|uong|gio|tiec|cuoi|chung|cung)|ca phe|cafe"
        r"|danh bai|(?:di|du) dam|noi chuyen|tro chuyen|choi\b|ghe tham|tham\b|karaoke|hop\b|mua\b|ban hang",
        "social",
    ),
)
_MINUTES: Final = regex(r"(?:~|≈|khoang|tam|gan|duoi|hon|tren)?\s*(?<![\d/:h])(\d{1,3})\s*(?:phut|p|')(?!\w)")
_HOURS: Final = regex(r"(?:trong|khoang|tam|gan|hon|suot|~)\s*(\d{1,2}(?:[.,]5)?)\s*(?:tieng|gio|h)(?!\w)(?! ?\d)")
_APART: Final = regex(r"cach(?: nhau| xa)?\s*(?:~|khoang|tam|hon|gan|duoi|tren)?\s*(\d{1,2}(?:[.,]\d)?)\s*m(?:et)?\b")
_UNMASKED: Final = regex(r"\b(?:khong|ko|k|chua)(?: ai| co| deo| mang){0,3}\s+(?:khau trang|kt)\b")
_MASKED: Final = regex(
    r"\b(?:ca (?:2|hai)(?: nguoi| ben)?|2 nguoi|hai nguoi|deu)(?: deu| co| deo| mang){0,3}\s+(?:khau trang|kt)\b"
)
_WHERE: Final = regex(
    rf"(?i)\b(?:tại|ở|trong)\s+(?P<place>(?:{'|'.join(PLACES)}|nhà|cà phê|tiệm|đám)\s+"
    r"(?!(?:từ|lúc|ngày|đến|riêng|hôm)\b)[^,;.()]+?)"
    r"(?=\s*(?:[,;.()]|$|\s(?:lúc|ngày|từ|\d)))"
)


@dataclass(frozen=True)
class Circumstances:
    """What a text tells of a contact; None where it does not say."""

    kind: str | None = None
    minutes: str | None = None
    distance: str | None = None
    protected: str | None = None
    place: str | None = None

    @property
    def told(self) -> bool:
        """Whether it tells anything."""
        return self != _NOTHING


_NOTHING: Final = Circumstances()


@lru_cache(maxsize=50_000)
def read_circumstances(text: str) -> Circumstances:
    """Read how long people met, how far apart, with masks or without, where, and what they did."""
    said = fold(text)
    minutes, hours, apart = _MINUTES.search(said), _HOURS.search(said), _APART.search(said)
    where = _WHERE.search(text)
    length = minutes[1] if minutes else f"{float(hours[1].replace(',', '.')) * 60:g}" if hours else None
    return Circumstances(
        kind=next((kind for phrases, kind in _KINDS if re.search(rf"\b(?:{phrases})", said)), None),
        minutes=length,
        distance=None if apart is None else apart[1].replace(",", "."),
        protected="false" if _UNMASKED.search(said) else "true" if _MASKED.search(said) else None,
        place=None if where is None else where["place"].strip(),
    )


def is_plain_kind(text: str) -> bool:
    """Tell whether a text is a word for a kind of contact and nothing else."""
    known = words("contact_kind")
    return text.lower().strip() in known or fold(text) in known
