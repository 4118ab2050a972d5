"""Which places on record may be one: a café under four spellings, a vehicle under ``69A-123.45`` and ``69A12345``.

As for people: pairs that share something, compared fact by fact, with a probability and a verdict. Joined without
asking is one plate, or one name in one area or, where nothing but the name is known of one of them, everywhere: a text
that is the same names one place in all lists, and so does one that differs in what spelling changes only. Others are
asked about. Rooms of a list of places are joined with nothing; houses and names that only say what a place is
("chợ") with those that differ in capitals and blanks alone.
"""

from __future__ import annotations

import math
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import combinations
from typing import Any, Final

import pandas as pd
from rapidfuzz.distance import OSA

from tracing.identity.decisions import groups_of
from tracing.identity.pairs import AUTOMATIC, QUESTION
from tracing.identity.place_address import compare_addresses, split_place
from tracing.model.areas import Localities
from tracing.model.records import Records
from tracing.model.schema import ROOM
from tracing.patterns import regex
from tracing.spelling import other_accents, place_key
from tracing.times import EVER

PLACE_LEVELS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("unknown", "same", "order", "typed", "part", "marks", "different"),
    "code": ("unknown", "same", "different"),
    "address": ("unknown", "same", "different"),
    "area": ("unknown", "same", "within", "different"),
    "kind": ("unknown", "same", "different"),
    "spot": ("unknown", "near", "apart"),
}
"""Comparisons of places and their levels.

*name*: *part*: one name has all words of the other; *marks*: both have accents, and others. *code*: the plate of a
vehicle or the number of a flight. *within*: one area lies in the other. *spot*: the coordinates.
"""
_CONTRADICTS: Final = {("name", "marks"), ("spot", "apart")} | {
    (comparison, "different") for comparison in ("code", "address", "area", "kind")
}
_CODE: Final = regex(
    r"(?i)(?<![\w.-])(?:(\d{2})\s?[-. ]?\s?([a-z]{1,2}\d?)\s?[-. ]?\s?(\d{3}\.?\d{2}|\d{4})(?![\d.]*\d)"
    r"|([a-z]{2})[ -]?(\d{3,4})(?![\w.]))"
)
#: Words that say what a place is, and not which, without accents.
_SAYS_LITTLE: Final = frozenset(
    [
        *("an", "anh", "ap", "ba", "ben", "benh", "buyt", "ca", "cach", "cafe", "chi", "cho", "chua", "com", "cong"),
        *("cua", "dinh", "do", "duong", "hang", "hoa", "hoc", "khach", "kham", "khom", "khu", "lam", "ly", "mam"),
        *("mieu", "nghi", "nha", "nhan", "nhau", "non", "nuoc", "o", "ong", "phe", "phong", "phuong", "quan", "rieng"),
        *("sieu", "so", "tai", "tap", "tau", "te", "thcs", "thi", "tho", "thpt", "thuoc", "thuyen", "tiem", "tieu"),
        *("tram", "tran", "tro", "trung", "truong", "ty", "ubnd", "viec", "vien", "xa", "xe", "y"),
    ]
)
_CROWD: Final = 30
"""Places that share a word and are compared for that alone, at most."""
_NEAR, _APART = 150.0, 1_000.0  # metres


@dataclass(frozen=True)
class _Place:
    """What is known of a place, made comparable."""

    place: str
    text: str
    key: str
    address: Mapping[str, str]
    code: str | None
    kind: str | None
    areas: tuple[str, ...]
    spot: tuple[float, float] | None
    described: bool
    listed: tuple[str, str] | None

    @property
    def words(self) -> frozenset[str]:
        return _tells(self.key)

    @property
    def types(self) -> frozenset[str]:
        """The words that say what it is."""
        return frozenset(self.key.split()) & _SAYS_LITTLE

    @property
    def vague(self) -> bool:
        """Whether the name tells too little for another spelling to be the same place: a house, "chợ"."""
        return _is_vague(self.key)

    @cached_property
    def writing(self) -> str:
        """The text but for capitals, blanks and how its accents are typed."""
        return " ".join(unicodedata.normalize("NFC", self.text).casefold().split())

    @property
    def by_name(self) -> bool:
        """Whether its id is its name: a list that writes this text means it."""
        return place_key(split_place(self.place)[0]) == self.key


def _tells(key: str) -> frozenset[str]:
    """Return the words of a name that say which place it is."""
    return frozenset(key.split()) - _SAYS_LITTLE


def _is_vague(key: str) -> bool:
    return not _tells(key) or key.startswith(("nha ", "can ho "))


@cache
def place_weights() -> dict[str, Any]:
    """Return the weights that come with the program: by comparison and level the shares of one and of two places."""
    return tomllib.loads(files("tracing.identity").joinpath("places.toml").read_text(encoding="utf-8"))


def find_place_pairs(records: Records, *, apart: Collection[frozenset[str]] = ()) -> pd.DataFrame:
    """Find out which places may be one.

    Parameters
    ----------
    records
        Records with the tables places and areas.
    apart
        Pairs of places that are known to be two.

    Returns
    -------
    DataFrame
        A row per pair: place_a < place_b, probability, verdict ("automatic" or "question"), basis ("code", "name";
        missing for a question), and the level of each comparison.
    """
    facts = _places(records)
    named = {one.place: one for one in facts}
    many, told = Counter(one.key for one in facts), Counter(one.key for one in facts if one.described)
    branches = _branches(facts)
    rows: list[dict[str, Any]] = []
    sure: list[tuple[str, str]] = []
    for a, b in sorted(_candidates(facts)):
        one, other = named[a], named[b]
        levels = _compare(one, other)
        probability = _probability(levels, many[one.key] - 1 if one.key == other.key else 1)
        basis = None if _is_either(one, other, branches) else _basis(one, other, levels, told[one.key])
        unlikely = basis is None and probability < place_weights()["lower"]
        if frozenset((a, b)) in apart or unlikely or _two(one, other, levels):
            continue
        sure += [(a, b)] if basis else []
        rows.append({"place_a": a, "place_b": b, "probability": probability, "basis": basis, **levels})
    spoilt, group = _joined(sure, named, apart)
    out: list[dict[str, Any]] = []
    asked: set[frozenset[str]] = set()
    for row in sorted(rows, key=lambda r: (-r["probability"], r["place_a"], r["place_b"])):
        a, b = row["place_a"], row["place_b"]
        row["basis"] = None if a in spoilt else row["basis"]
        row["verdict"] = AUTOMATIC if row["basis"] else QUESTION
        both = frozenset((group.get(a, a), group.get(b, b)))
        if row["verdict"] == QUESTION and (len(both) == 1 or both in asked):
            continue
        asked |= {both} if row["verdict"] == QUESTION else set()
        out.append(row)
    columns = ["place_a", "place_b", "probability", "verdict", "basis", *PLACE_LEVELS]
    return pd.DataFrame(out, columns=columns)


def _two(one: _Place, other: _Place, levels: Mapping[str, str]) -> bool:
    """Tell whether two places are surely two: of other names or kinds, or described in one list under two spellings."""
    if levels["code"] == "same":
        return False
    one_list = one.described and other.described and one.listed is not None and one.listed == other.listed
    differ = levels["kind"] == "different" or levels["name"] in ("unknown", "marks", "different")
    return differ or (one_list and levels["name"] not in ("same", "order"))


def _branches(facts: Iterable[_Place]) -> set[str]:
    """Return the names under which more than one address is told: those of chains."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in facts:
        for part, value in one.address.items():
            told[one.key, part].add(value)
    return {key for (key, _part), values in told.items() if len(values) > 1}


def _is_either(one: _Place, other: _Place, branches: Collection[str]) -> bool:
    """Tell whether a name without an address may be another branch than the one with it."""
    return one.key in branches and bool(one.address) != bool(other.address)


def _places(records: Records) -> list[_Place]:
    """Read the places that can be one with another."""
    units = Localities.of(records, EVER)
    table = records.places.astype(object).where(records.places.notna(), None)
    out = []
    for row in table.to_dict("records"):
        text = str(row["name"] or row["place"])
        found = _CODE.search(text)
        code = None if found is None else "".join(part for part in found.groups() if part).replace(".", "").upper()
        spot = None if row["lat"] is None or row["lon"] is None else (float(row["lat"]), float(row["lon"]))
        listed = None if row["source_file"] is None else (str(row["source_file"]), str(row["source_sheet"]))
        areas = tuple(units.ancestry(row["area"]))
        described = row["name"] is not None or row["area"] is not None
        if described and row["kind"] == ROOM:
            continue
        name, address = (text, {}) if row["kind"] == ROOM else split_place(text)
        if _is_vague(place_key(name)):
            name, address = text, {}
        key = place_key(name)
        one = _Place(str(row["place"]), text, key, address, code, row["kind"], areas, spot, described, listed)
        if one.code or one.key:
            out.append(one)
    return out


def _candidates(facts: Iterable[_Place]) -> set[tuple[str, str]]:
    """Return the pairs of places that share a code, a name or a rare word."""
    blocks: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in facts:
        if one.code:
            blocks["code", one.code].add(one.place)
            continue
        blocks["text" if one.vague else "key", one.writing if one.vague else one.key].add(one.place)
        for word in one.words:
            blocks["word", word].add(one.place)
    return {pair for block in blocks.values() if len(block) <= _CROWD for pair in combinations(sorted(block), 2)}


def _compare(one: _Place, other: _Place) -> dict[str, str]:
    """Return the level of every comparison of two places."""
    known = one.kind is not None and other.kind is not None
    return {
        "name": _compare_names(one, other),
        "code": "unknown" if not (one.code and other.code) else "same" if one.code == other.code else "different",
        "address": compare_addresses(one.address, other.address),
        "area": _compare_areas(one.areas, other.areas),
        "kind": "unknown" if not known else "same" if one.kind == other.kind else "different",
        "spot": _compare_spots(one.spot, other.spot),
    }


def _compare_names(one: _Place, other: _Place) -> str:
    if one.code or other.code:
        return "unknown"
    if one.key == other.key:
        return "marks" if other_accents(one.text, other.text) else "same"
    x, y = one.key.split(), other.key.split()
    if sorted(x) == sorted(y):
        return "order"
    if len(x) == len(y) and OSA.distance(one.key, other.key) <= 2:
        differ = [(p, q) for p, q in zip(x, y, strict=True) if p != q]
        slip = len(differ) == 1 and min(map(len, differ[0])) >= 3 and not _SAYS_LITTLE & set(differ[0])
        if slip and len({"".join(filter(str.isdecimal, word)) for word in differ[0]}) == 1:
            return "typed"  # "B201" is no slip of "B202"
    return "part" if _is_part(one, other) or _is_part(other, one) else "different"


def _is_part(short: _Place, long: _Place) -> bool:
    """Tell whether a name has all words of a shorter one, and no number or kind of place that this has not."""
    more = long.words - short.words
    fits = short.words <= long.words and (short.types <= long.types or long.types <= short.types)
    return fits and len(short.words) > 1 and not any(word.isdecimal() for word in more)


def _compare_areas(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    if not one or not other:
        return "unknown"
    if one[0] == other[0]:
        return "same"
    return "within" if one[0] in other or other[0] in one else "different"


def _compare_spots(one: tuple[float, float] | None, other: tuple[float, float] | None) -> str:
    if one is None or other is None:
        return "unknown"
    east = math.cos(math.radians(one[0])) * (one[1] - other[1])
    metres = 111_195 * math.hypot(one[0] - other[0], east)
    return "near" if metres <= _NEAR else "apart" if metres > _APART else "unknown"


def _probability(levels: Mapping[str, str], others: int) -> float:
    """Return the probability that a pair is one place; ``others``: how many more places have its name."""
    weights = place_weights()
    odds: float = weights["prior"] / (1 - weights["prior"]) / max(1, others)
    for comparison, found in levels.items():
        if found != "unknown":
            odds *= weights[comparison][found]["m"] / weights[comparison][found]["u"]
    return round(odds / (1 + odds), 6)


def _basis(one: _Place, other: _Place, levels: Mapping[str, str], told: int) -> str | None:
    """Return what joins two places without asking: the code, or the name where nothing contradicts; else None.

    ``told``: how many places of their name are described on record.
    """
    if levels["code"] == "same":
        return "code"
    if levels["name"] != "same" or _CONTRADICTS & set(levels.items()) or (one.vague and one.writing != other.writing):
        return None
    if one.described and other.described:
        in_one_area = levels["area"] == "same" and not one.vague
        return "name" if in_one_area and (one.listed is None or one.listed != other.listed) else None
    described = one if one.described else other if other.described else None
    return "name" if described is None or (described.by_name and told == 1) else None


def _joined(
    sure: Iterable[tuple[str, str]], named: Mapping[str, _Place], apart: Collection[frozenset[str]]
) -> tuple[set[str], dict[str, str]]:
    """Return the places that are joined with nothing, since two of their group contradict; and each one's group."""
    spoilt: set[str] = set()
    group: dict[str, str] = {}
    for members in groups_of(sure):
        pairs = list(combinations(members, 2))
        levels = [_compare(named[a], named[b]) for a, b in pairs]
        wrong = any(found["code"] != "same" and _CONTRADICTS & set(found.items()) for found in levels)
        if wrong or any(frozenset(pair) in apart for pair in pairs):
            spoilt |= set(members)
        else:
            group |= dict.fromkeys(members, members[0])
    return spoilt, group
