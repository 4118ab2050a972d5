"""Spellings of one place in several lists: accents, capitals, blanks and words for its kind make no other place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Final

from loaders.columns.movements import is_vehicle
from loaders.options import Known
from loaders.rows.tables import MENTIONED_PLACES, Staged
from tracing.spelling import other_accents, place_key

_TABLES: Final = ("visits", "contacts", "isolations", MENTIONED_PLACES)


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
            rest = names - fixed - {best}
            out |= {name: best for name in rest if not other_accents(name, best)}
    return out
