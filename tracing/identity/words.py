"""Why two people, or places, may be one, in words: what is the same, what differs, what joined them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tracing.identity.decisions import PEOPLE
from tracing.text import In, Text, catalogue, join

_, _n = catalogue("tracing")

REASONS: Final[Mapping[str, Mapping[str, Text]]] = {
    "name": {
        "same": _("same name"),
        "accents": _("same name, written once without accents"),
        "order": _("same name in another order"),
        "short": _("the name is a short form of the other"),
        "typed": _("the names differ by a letter or two"),
        "marks": _("the names differ by accents"),
        "given": _("only the given name is the same"),
        "different": _("another name"),
    },
    "phone": {
        "same": _("same phone"),
        "many": _("a phone that many people give"),
        "typed": _("the phones differ by one digit"),
        "different": _("another phone"),
    },
    "national_id": {
        "same": _("same identity number"),
        "typed": _("the identity numbers differ by one digit"),
        "different": _("another identity number"),
    },
    "birth": {
        "date": _("same date of birth"),
        "year": _("same year of birth"),
        "day": _("same year of birth, another day"),
        "near": _("the years of birth are nearly the same"),
        "different": _("another year of birth"),
    },
    "home": {
        "household": _("same household"),
        "hamlet": _("same hamlet"),
        "commune": _("same commune"),
        "different": _("another commune"),
    },
    "sex": {
        "different": _("another sex"),
        "hint": _("another sex, by the name"),
    },
    "case_code": {
        "same": _("same case code"),
        "different": _("another case code"),
    },
}
"""By comparison and level. What says little ("same sex", "not known") has no words."""

PLACE_REASONS: Final[Mapping[str, Mapping[str, Text]]] = {
    "name": {
        "same": _("same name, spelled otherwise"),
        "order": _("same words in another order"),
        "typed": _("the names differ by a letter or two"),
        "part": _("one name is part of the other"),
        "marks": _("the names differ by accents"),
        "different": _("another name"),
    },
    "code": {"same": _("same plate or flight"), "different": _("another plate or flight")},
    "address": {"same": _("same address"), "different": _("another address")},
    "area": {
        "same": _("same area"),
        "within": _("the area of one lies in that of the other"),
        "different": _("another area"),
    },
    "kind": {"same": _("same kind of place"), "different": _("another kind of place")},
    "spot": {"near": _("within 150 m"), "apart": _("more than 1 km apart")},
}
"""The same for places."""

MEANT: Final[Mapping[str, Text]] = {
    "family": _("the name fits one person who shares a telephone with the household or relative told"),
    "hamlet": _("same name, year of birth and hamlet"),
    "age": _("same full name and home; the age fits the year of birth"),
    "name": _("the only person of this full name"),
    "sheet": _("another table of the same sheet lists one person of this full name"),
    "row": _("the same row of a list, read otherwise before"),
}
"""What tells a load whom a row means that tells too little of its person."""

_WORSE: Final = ("marks", "given", "different", "hint", "day", "typed", "many", "apart")


def say_reasons(levels: Mapping[str, str], *, of: str = PEOPLE) -> In:
    """Return the reasons for and, after them, against two people, or places, being one; ``levels``: by comparison."""
    known = REASONS if of == PEOPLE else PLACE_REASONS
    worse = {*_WORSE, *(("near",) if of == PEOPLE else ())}
    told = [(level in worse, known[name][level]) for name, level in levels.items() if level in known.get(name, {})]
    return join([text for _worse, text in sorted(told, key=lambda one: one[0])])
