"""Which disease records are about, as far as their own words say, and which families of rules are for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from tracing.patterns import regex
from tracing.text import unaccented

if TYPE_CHECKING:
    from tracing.model.columns import TableColumns

#: Folded words that name a disease, and the families of rules for it; the first that fits counts.
_DISEASES: Final = {
    ("mers", "middle east respiratory"): (),
    ("covid", "coronavirus", "corona", "2019 n", "ncov", "sars cov"): ("vn", "who", "cdc", "ecdc"),
    ("ebola", "evd"): ("ebola",),
    ("measles", "soi"): ("measles",),
    (
        *("afp", "anthrax", "chickenpox", "cholera", "congenital rubella", "csm", "dengue", "diphtheria"),
        *("guinea worm", "hepatitis", "influenza", "lassa", "malaria", "meningitis", "monkeypox", "mpox", "mumps"),
        *("new influenza", "pertussis", "plague", "polio", "rabies", "rubella", "tuberculosis", "typhoid", "varicella"),
        *("west nile", "yellow fever", "zika", "bach hau", "cum", "dai", "dau mua khi", "ho ga", "lao"),
        *("sot xuat huyet", "sot ret", "tay chan mieng", "ta", "thuong han", "thuy dau", "viem gan", "viem mang nao"),
    ): (),
}
_COLUMNS: Final = ("disease", "benh", "loai benh")
#: A name as short as this counts only alone: "dại" is rabies, "đái tháo đường" is not.
_SHORT: Final = 3
_NAMES_ONE: Final = regex("(?i)disease|bệnh")
_PREFIX: Final = "lng reference data category disease "


def families_for(word: str) -> tuple[str, ...] | None:
    """Return the families of rules for the disease that ``word`` names; None where it names none that is known.

    Codes of other tools (CORONAVIRUS, EVD) and Vietnamese names with or without marks are known; a disease without a
    rule here has no family.
    """
    text = _fold(word).removeprefix(_PREFIX)
    for names, families in _DISEASES.items():
        if any(text == name or (len(name) > _SHORT and text.startswith((f"{name} ", f"{name}1"))) for name in names):
            return families
    return None


def other_diseases(persons: TableColumns, family: str) -> dict[str, tuple[str, ...]]:
    """Return the diseases on record that rules of ``family`` are not for, as they are written, with their families.

    Nothing where any record names the disease that the rules are for. Read from the columns ``disease``, ``bệnh`` and
    ``loại bệnh`` that a load kept as attributes of people; a word that names no disease is not counted.
    """
    kept = {text for text in persons.texts("attributes") if text is not None and _NAMES_ONE.search(text)}
    words: set[str] = set()
    for text in kept:
        found = {_fold(key): value for key, value in json.loads(text).items()}
        words.update(str(found[column]) for column in _COLUMNS if found.get(column))
    named = {word: families for word in sorted(words) if (families := families_for(word)) is not None}
    return {} if any(family in families for families in named.values()) else named


def _fold(text: str) -> str:
    """Return a text without marks and case, its words apart by one blank."""
    letters = "".join(c if c.isalnum() else " " for c in unaccented(text.casefold()))
    return " ".join(letters.split())
