"""Relations told instead of a name, or in brackets behind one: ``vợ anh Tư``, ``Huy (con chị Thoa)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tracing.patterns import regex

_KIN: Final = "|".join(
    (
        r"(?P<wife>vợ)|(?P<husband>chồng)",
        r"(?P<man>con (?:trai|rể)|anh (?:trai|ruột|rể|chồng|vợ)|em (?:trai|rể)|bạn trai|cha|bố|ba ruột"
        r"|ông (?:nội|ngoại))",
        r"(?P<woman>con (?:gái|dâu)|chị (?:gái|ruột|dâu|chồng|vợ)|em (?:gái|dâu)|bạn gái|mẹ(?: ruột| vợ| chồng)?|má"
        r"|bà (?:nội|ngoại))",
        r"con(?: út| nuôi)?|cháu(?: nội| ngoại)?|em (?:ruột|chồng|vợ)|người nhà",
    )
)
#: A relation, and of whom: ``chồng chị Rây``, ``mẹ F0 Hòa``, ``con út``; without accents in small letters only.
_RELATED: Final = regex(rf"(?:bé |em )?(?:{_KIN})(?:\s+(?:của\s+)?(?P<of>.+))?", re.IGNORECASE)
_PLAIN: Final = regex(
    r"(?:(?P<wife>vo)|(?P<husband>chong)|(?P<woman>me)|(?P<man>cha)|con(?: trai| gai| ut)?|em ruot|nguoi nha)"
    r"(?:\s+(?:cua\s+)?(?P<of>.+))?"
)
_SEXES: Final = {"wife": "female", "woman": "female", "husband": "male", "man": "male"}
BRACKETS: Final = regex(r"\(([^)]{0,300})\)|\[([^\]]{0,300})\]")


@dataclass(frozen=True)
class Related:
    """A relation told instead of a name, or beside it: of whom, and the sex that it tells."""

    of: str | None
    sex: str | None


@lru_cache(maxsize=100_000)
def read_related(text: str) -> Related | None:
    """Read a relation: ``vợ anh Tư``, ``mẹ F0 Hòa``, ``con út``; None of what is a name ("Võ Văn Tư")."""
    bare = re.sub(r"\s+", " ", text).strip(" .,;:-–")
    match = _RELATED.fullmatch(bare) or _PLAIN.fullmatch(bare)
    if match is None:
        return None
    sex = next((_SEXES[name] for name, said in match.groupdict().items() if said and name in _SEXES), None)
    return Related(match["of"], sex)


def note_of(name: str) -> Related | None:
    """Read the relation in the brackets behind a name: ``Bé Huy (con chị Thoa)``."""
    for a, b in BRACKETS.findall(name):
        found = read_related(a or b)
        if found is not None:
            return found
    return None
