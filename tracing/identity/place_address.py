"""The address behind the name of a place: ``Cà phê Hoa Sứ, 12 Lý Bôn, P.2`` is a name, a house, a street and a ward."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tracing.patterns import regex
from tracing.spelling import fold

#: Where the name may end and the address begin.
_BEHIND: Final = regex(r"\s*[,;(]\s*|\s+[-–—]\s+|\s+(?=(?:số|so|đường|duong|địa chỉ|dia chi|đ/c)\s)", re.IGNORECASE)
_CALLED: Final = regex(r"^(?:(?:dia chi|d c|so nha|so|tai|o|duong|d)\s+)+(?=\S)")
_HOUSE: Final = regex(r"^(\d{1,4}(?: ?[a-z])?(?: \d{1,4}[a-z]?){0,3})\s+(?=[a-z]{2})")
#: Words before the name or number of a unit, by unit.
_UNITS: Final = {
    "hamlet": regex(r"(?:ap|khom|khu pho|kp|khu vuc|kv|thon|to dan pho|to) (.+)|k ?(\d{1,2})"),
    "ward": regex(r"(?:phuong|xa|x|thi tran|tt) (.+)|(?:phuong|ph|p|f) ?(\d{1,2})"),
    "district": regex(r"(?:quan|q|huyen|h|thi xa|tx|thanh pho|tp) ?(.+)"),
    "province": regex(r"(?:tinh) (.+)"),
}
_STREET: Final = regex(r"^(?:duong|pho|hem|quoc lo|ql|tinh lo|tl|dt)\s+\S.*$")


def split_place(text: str) -> tuple[str, Mapping[str, str]]:
    """Return the name of a place and what of its address stands behind it: house, street, hamlet, ward and so on.

    A text with no address behind it is a name whole.
    """
    for cut in _BEHIND.finditer(text):
        name, rest = text[: cut.start()], text[cut.end() :]
        if address := _address(rest) if name.strip() else {}:
            return name.strip(), address
    return text, {}


def compare_addresses(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """Return whether two addresses agree in all that both tell ("same"), differ, or tell nothing in common."""
    both = one.keys() & other.keys()
    if not both:
        return "unknown"
    return "same" if all(one[part] == other[part] for part in both) else "different"


def _address(text: str) -> dict[str, str]:
    """Read an address; empty where the first part of the text is none."""
    out: dict[str, str] = {}
    for part in re.split(r"[,;()]|\s[-–—]\s", text):
        said = " ".join(re.findall(r"\w+", fold(part)))
        told = _unit(said) or _street(said)
        if not told and said and not out:
            return {}
        out = {**told, **out}
    return out


def _unit(said: str) -> dict[str, str]:
    found = ((level, words.fullmatch(said)) for level, words in _UNITS.items())
    return next(({level: (got[got.lastindex or 1]).lstrip("0")} for level, got in found if got is not None), {})


def _street(said: str) -> dict[str, str]:
    bare = _CALLED.sub("", said)
    house = _HOUSE.match(bare)
    if house is None:
        return {"street": _by_ear(bare)} if _STREET.match(said) else {}
    return {"house": house[1], "street": _by_ear(_CALLED.sub("", bare[house.end() :]))}


def _by_ear(street: str) -> str:
    """Return the name of a street with one letter for what is written in two ways: Lý, Lí."""
    return street.replace("y", "i")
