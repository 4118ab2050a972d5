"""Spellings of one place in several lists: accents, capitals, blanks and words for its kind make no other place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from loaders.columns.movements import is_vehicle
from loaders.options import Known
from loaders.rows.tables import MENTIONED_PLACES, Staged
from tracing.spelling import fold

_TABLES: Final = ("visits", "contacts", "isolations", MENTIONED_PLACES)
#: Short forms of kinds of places, without accents -> the words for them.
_SHORT: Final = {
    "cty": "cong ty",
    "bv": "benh vien",
    "pk": "phong kham",
    "kcl": "khu cach ly",
    "ks": "khach san",
    "ttyt": "trung tam y te",
    "tyt": "tram y te",
}
#: What stands before the name of a café or an eating place, one for the other.
_EATING: Final = re.compile(
    r"^(?:(?:quan|tiem|qc|cf|cafe|coffee|ca phe|ca fe|nuoc|nhau|an|com|tra sua)\s+)+(?=\S+\s+\S)"
)


def place_key(name: str) -> str:
    """Return what spellings of one place have in common: ``QC Gió Lộng`` and ``quán cà phê gió lộng``."""
    words = re.sub(r"[^\w\s]", " ", fold(name)).split()
    whole = " ".join(_SHORT.get(word, word) for word in words)
    bare = _EATING.sub("", whole)
    return whole if bare == whole else f"quan {bare}"


def one_spelling_of_places(staged: Staged, known: Known | None) -> None:
    """Give places of one name one spelling in everything that the lists of a load say of them.

    A spelling on record stays; else it is the one met most often, with accents before without.
    """
    counts: Counter[str] = Counter()
    for frame in staged.tables.get(MENTIONED_PLACES, []):
        counts.update({str(name): int(many) for name, many in frame["place"].value_counts().items()})
    if not counts:
        return
    recorded = set() if known is None else known.ids("places")
    described = {str(place) for frame in staged.tables.get("places", []) for place in frame["place"].dropna()}
    spelled = _spellings(counts, recorded | described)
    if not spelled:
        return
    for table in _TABLES:
        for frame in staged.tables.get(table, []):
            if "place" in frame:
                frame["place"] = frame["place"].map(lambda name: spelled.get(name, name), na_action="ignore")


def _spellings(counts: Mapping[str, int], fixed: set[str]) -> dict[str, str]:
    """Return spelling -> the one used, where these differ."""
    alike: dict[str, set[str]] = defaultdict(set)
    for name in {*counts, *fixed}:
        if not is_vehicle(name):
            alike[place_key(name)].add(name)
    out: dict[str, str] = {}
    for names in alike.values():
        best = min(names, key=lambda n: (n not in fixed, -counts.get(n, 0), n.isascii(), n.isupper(), n))
        if len(names & fixed) <= 1:
            out |= {name: best for name in names if name != best and name not in fixed}
    return out
