"""Why two people may be one, in words: what is the same, what differs, what joined them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
}
"""By comparison and level. What says little ("same sex", "not known") has no words."""

BASES: Final[Mapping[str, Text]] = {
    "national_id": _("identity number and name agree"),
    "phone": _("phone, name and year of birth agree"),
}
"""What joined a pair without asking."""

_WORSE: Final = ("marks", "given", "different", "hint", "day", "near", "typed", "many")


def say_reasons(levels: Mapping[str, str]) -> In:
    """Return the reasons for and, after them, against two people being one; ``levels``: level by comparison."""
    told = [(level in _WORSE, REASONS[name][level]) for name, level in levels.items() if level in REASONS.get(name, {})]
    return join([text for _worse, text in sorted(told, key=lambda one: one[0])])
