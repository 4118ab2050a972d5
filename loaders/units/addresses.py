"""Addresses as people write them, taken apart: commune, district, hamlet (ấp, khóm), group (tổ)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import pandas as pd

from loaders.columns.texts import by_distinct, told_of
from loaders.files.grid import distinct_texts
from loaders.files.headings import plain
from loaders.place_words import COMMUNES, HAMLETS, PARTS_OF_COMMUNES, PLACES, STREETS, UNITS, either, folded
from loaders.units.gazetteer import LEVELS, Gazetteer, plain_key
from loaders.units.national import may_be_elsewhere
from tracing.patterns import regex
from tracing.spelling import fold

if TYPE_CHECKING:
    from loaders.columns.columns import Columns

_PARTS: Final = regex(r"[,;–\n]|\s-\s|\s-(?=\S)|(?<=\S)-\s")
#: Where an address without any comma begins its next part: before the word for a unit.
_UNSEPARATED: Final = regex(rf"(?i)(?<=\S)\s+(?=(?:{either(UNITS)})\s)")
#: Units by their numbers, which need no comma between them: "K4 P8", "K.4.P.8", "tổ 3 k4-p8 TPCM".
_NUMBERED: Final = r"(?:tổ|to|ấp|ap|khóm|khom|kp|k|phường|phuong|ph|p|quận|quan|q)\.?\s?\d{1,2}"
_CITY: Final = r"(?:t\.?p|thành phố|thanh pho)\.?\s?(?:cm|cà mau|ca mau)"
_RUN: Final = regex(rf"(?i)(?<![\w/])({_NUMBERED})[ .–/-]{{0,4}}(?=({_NUMBERED}|{_CITY})(?![\w]))|(?<=\s)(?={_CITY}$)")
#: A ward at the end of a street: "158/4 Nguyễn Trãi P9".
_WARD_LAST: Final = regex(r"(?i)(?<=[^\W\d_])\s+(?=(?:phường|phuong|p)\.?\s?\d{1,2}\s*(?:,|$))")
_CM: Final = regex(r"(?i)(?<!\w)t\.?p\.?\s?cm(?!\w)")
#: "A." for ấp and the like, told by the point: a short word before a name.
_POINTED: Final = regex(r"(?i)(?<=\w)\s+(?=(?:x|h|p|tt|tx|tp)\.\s?\w)")
_HAMLET_A: Final = regex(r"(?:^|(?<=,)\s*)[AaẤ]\.\s?(?=\w)")
#: Words for a part of a commune, beside the usual ones, without accents.
_BELOW_COMMUNES: Final = rf"{'|'.join(PARTS_OF_COMMUNES)}|soc(?! trang)|k"
_LEVELS: Final = (
    ("group", regex(r"(?:to dan pho|to|tdp|nhom)\s*(?:so\s*)?(?P<name>\d{1,3}[a-z]?)")),
    ("hamlet", regex(rf"(?:{folded(HAMLETS)}|{_BELOW_COMMUNES})(?:\s+|(?=\d))(?P<name>.+)")),
    ("commune", regex(rf"(?:{folded(COMMUNES)}|dac khu|tt|x|p)\s+(?P<name>.+)|(?:p|ph)\s*(?P<number>\d{{1,2}})")),
    ("district", regex(r"(?:thanh pho|thi xa|huyen|quan|tp|tx|h|q)\s+(?P<name>.+)|q(?P<number>\d{1,2})")),
    ("province", regex(r"(?:tinh|t)\s+(?P<name>.+)")),
)
#: Short forms that are a unit only with a number or a point behind them: "K5", "X. Tân Hưng".
_SHORT: Final = frozenset({"k", "x", "p", "h", "q", "t", "ban", "to"})
#: Unit words that have an accent wherever the text has accents: "Xa Xôi" is no xã.
_ACCENTED: Final = frozenset(
    {"xa", "ap", "to", "thon", "khom", "phuong", "ban", "xom", "buon", "lang", "soc", "tinh", "huyen", "quan"}
)
_STREET: Final = regex(rf"(?:{folded(STREETS)}|ngo|ngach|nha|can ho|chung cu|tinh lo|kenh|cau)\b|\d")
_PLACE: Final = regex(rf"(?:{folded(PLACES)})\s")
_LONGEST: Final = 300
#: What a title says of a list of people who were somewhere: its commune is where that was.
_MET: Final = frozenset({"event", "held", "class", "plate", "departed", "shift", "line"})
_PARTS_OF_WARDS: Final = frozenset({"todanpho", "tdp", "todp"})
#: Share of the homes of a list that no row puts elsewhere than in the commune of its title, which then holds them.
_MOSTLY: Final = 0.8


@dataclass(frozen=True)
class Address:
    """The parts of an address, each as it was written; ``rest`` are parts that do not say what they are."""

    commune: str | None = None
    district: str | None = None
    hamlet: str | None = None
    group: str | None = None
    rest: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def parse_address(text: str) -> Address:
    """Take an address apart: "Tổ 5, Khóm 3, P.5, TP Cà Mau", "Tân Hưng, ấp Rạch Bần", "số 2 đường A, khóm 1"."""
    found: dict[str, str] = {}
    rest: list[str] = []
    text = _between_units(re.sub(r"\([^()]{0,300}\)", " ", text[:_LONGEST]))
    if not _PARTS.search(text) and len(_UNSEPARATED.findall(text)) <= len(_LEVELS):
        text = _UNSEPARATED.sub(", ", text)
    for part_text in [own for part in _PARTS.split(text) for own in _with_names_behind(part.strip(" ."))]:
        level = _level(part_text)
        if level != "rest":
            found.setdefault(level, part_text)
        elif part_text and not _STREET.match(plain_key(part_text)):
            rest.append(part_text)
    return Address(found.get("commune"), found.get("district"), found.get("hamlet"), found.get("group"), tuple(rest))


def parts_of(text: str) -> list[str]:
    """Return the parts of an address, a comma between each, as they were written."""
    return [part.strip(" .") for part in _PARTS.split(_between_units(text[:_LONGEST]))]


def _between_units(text: str) -> str:
    """Return an address with a comma between units that are cut short and stand without one: "K4 P8", "X. A H. B"."""
    text = _CM.sub("TP Cà Mau", text)
    text = _RUN.sub(lambda match: f", {match[1]}, " if match[1] else ", ", text)
    text = re.sub(rf"(?i)(?<=\d)\s+(?=(?:{_CITY}|cà mau|ca mau)\s*$)", ", ", text)
    return _WARD_LAST.sub(", ", _HAMLET_A.sub(" ấp ", _POINTED.sub(", ", text)))


def _with_names_behind(part: str) -> list[str]:
    """Return a hamlet or commune without the names of the units behind it, and these: "ấp 5 Khánh An U Minh".

    Only names of the province's own units are taken off, and never the whole name of the unit itself.
    """
    level = _level(part)
    words = part.split()
    if level not in ("hamlet", "commune") or len(words) < 4:
        return [part]
    communes, districts = _unit_names()
    behind: list[str] = []
    for names in (districts, communes):
        if level == "commune" and (names is communes or plain_key(" ".join(words[1:])) in communes):
            continue
        size = next((n for n in (4, 3, 2) if len(words) - n >= 2 and plain_key(" ".join(words[-n:])) in names), 0)
        if size:
            behind.insert(0, " ".join(words[-size:]))
            words = words[:-size]
    if level == "hamlet" and len(behind) == 1 and plain_key(behind[0]) not in communes:
        return [part]  # only a district: it may be the name of the hamlet
    if level == "hamlet" and len(behind) == 1 and not words[-1].isdigit():
        return [part]  # so may a commune, behind a name
    return [" ".join(words), *behind]


@cache
def _unit_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of all communes and of all districts of the province, without accents and unit words."""
    table = Gazetteer.load().table
    named: dict[bool, set[str]] = {False: set(), True: set()}
    for name, unit in zip(table["name"], table["unit"], strict=True):
        if LEVELS.get(unit) != "province":
            named[unit in LEVELS].add(_bare(re.sub(r"^(?i:huyện|thành phố)\s+", "", name)))
    return frozenset(named[False]), frozenset(named[True])


def _level(part: str) -> str:
    key = plain_key(part)
    for level, pattern in _LEVELS:
        match = pattern.fullmatch(key)
        if match is None:
            continue
        if not part.isascii() and part.split(maxsplit=1)[0].isascii() and key.split()[0] in _ACCENTED:
            continue
        unit = key.split()[0] if " " in key else re.sub(r"\d.*", "", key)
        short = unit in _SHORT and part.split(maxsplit=1)[0].lower() != "bản"
        if short and not re.match(rf"(?i)\W*{unit}\s*[.\d]|.*\d$", part) and level != "group":
            continue
        return level
    return "rest"


def hamlet_key(text: str) -> str:
    """Return a hamlet's or group's name without its unit, for comparison: "Khóm 05" -> "5"."""
    key = plain_key(text)
    for level, pattern in _LEVELS[:2]:
        match = pattern.fullmatch(key)
        if match is not None and _level(text) == level:
            key = match["name"].strip()
    return str(int(key)) if key.isdigit() else key


def home_texts(columns: Columns) -> dict[str, pd.Series]:
    """Return where the people of a sheet live, as texts: commune, district, hamlet, group, and ``guessed``.

    Columns of their own go first, then the address, then the commune that a title line names. ``guessed`` is "yes"
    where the commune is a part of an address that does not say that it is one: if it is none, nothing is said.
    ``bare`` are the parts of an address that do not say what they are, a line each; ``away`` is the whole address,
    which may name another province.
    """
    at = columns.at("address")
    below = at is not None and _names_hamlets(columns.sheet.headings[at])
    codes, distinct = distinct_texts(columns.text("address"))
    parsed = [parse_address(text) for text in distinct]
    read = [_of_address(address, below) for address in parsed]
    out = {}
    for name in ("commune", "district", "hamlet", "group"):
        said = pd.Series([*(getattr(address, name) for address in read), None], dtype="string")
        out[name] = columns.text(name).fillna(said.take(codes).reset_index(drop=True))
    alone = _parts_of_wards(columns, out["group"]).mask(out["hamlet"].notna())
    out |= {"hamlet": out["hamlet"].fillna(alone), "group": out["group"].mask(alone.notna())}
    bare = pd.Series([*("\n".join(address.rest) or None for address in parsed), None], dtype="string")
    out["bare"] = bare.take(codes).reset_index(drop=True)
    guesses = [None if old.commune else new.commune and "yes" for old, new in zip(parsed, read, strict=True)]
    guessed = pd.Series([*guesses, None], dtype="string").take(codes).reset_index(drop=True)
    out["guessed"] = guessed.mask(columns.text("commune").notna())
    out["away"] = _whole(columns)
    out["commune"] = out["commune"].mask(out["away"].notna() & out["guessed"].notna())
    title = _title_commune(columns) if _tells_homes(columns) else None
    homes = out["commune"].fillna(out["hamlet"])[out["away"].isna()]
    if title is not None and _says_all_homes(title, out["commune"][out["away"].isna()], int(homes.notna().sum())):
        spoilt = [row for row, column in columns.sheet.errors if column == at]
        told = out["commune"].fillna(title).mask(out["away"].notna(), out["commune"])
        out["commune"] = told.where(~told.index.isin(spoilt), out["commune"])
        same = {text for text in out["hamlet"].dropna().unique() if _bare(text) == _bare(title)}
        out["hamlet"] = out["hamlet"].mask(out["hamlet"].isin(same))
    return out


def _parts_of_wards(columns: Columns, groups: pd.Series) -> pd.Series:
    """Return the groups that are called tổ dân phố: where no hamlet stands between, they are parts of a ward."""
    at = columns.at("group")
    said = "" if at is None else plain(columns.sheet.headings[at])
    own = columns.text("group")
    if said in _PARTS_OF_WARDS:
        own = by_distinct(own, lambda text: f"Tổ dân phố {text}" if text.strip().isdigit() else text)
        return own.fillna(groups)
    return groups.where(told_of(groups, lambda text: plain_key(text).startswith(("tdp", "to dan pho"))))


def _whole(columns: Columns) -> pd.Series:
    """Return the addresses that name another province, with their district.

    Where a column names the commune, only those whose province has a column, too.
    """
    street = columns.text("address")
    whole = street.where(columns.text("district").isna() | columns.text("province").isna())
    for name in ("district", "province"):
        told = columns.text(name)
        whole = (whole + ", " + told).fillna(whole).fillna(told).astype("string")
    whole = _elsewhere(whole)
    if not columns.has("commune"):
        return whole
    return whole.where(columns.text("commune").isna() | _elsewhere(columns.text("province")).notna())


def _elsewhere(texts: pd.Series) -> pd.Series:
    """Return the texts that name another province; the others are missing."""
    return by_distinct(texts, lambda text: text if may_be_elsewhere(text) else None)


def _of_address(address: Address, below: bool) -> Address:
    """Say what the parts are that do not say it themselves."""
    rest = address.rest
    if below and address.hamlet is None and rest:
        return replace(address, hamlet=rest[0], rest=rest[1:])
    if address.commune is None and rest:
        address = replace(address, commune=rest[0])
        rest = rest[1:]
    if address.district is None and rest and address.hamlet is not None:
        address = replace(address, district=rest[0])
    elif address.district is None and rest:
        address = replace(address, district=rest[0], rest=rest)
    return address


def _names_hamlets(heading: str) -> bool:
    form = plain(heading)
    return form.endswith(("ap", "khom", "thon", "thonban", "xom", "buon"))


def _tells_homes(columns: Columns) -> bool:
    """Tell whether a commune in the title can be one of homes: where people only met it is that of the place."""
    if columns.has("commune", "address", "hamlet", "group", "district"):
        return True
    return not _MET & {fact.name for fact in columns.sheet.facts}


def _title_commune(columns: Columns) -> str | None:
    """Return the commune of the title lines, if they name exactly one."""
    facts = [fact for fact in columns.sheet.facts if fact.name == "commune" and fact.source in ("title", "footer")]
    named = {_bare(fact.value): fact.value for fact in facts}
    return next(iter(named.values())) if len(named) == 1 else None


def _says_all_homes(title: str, told: pd.Series, homes: int) -> bool:
    """Tell whether a commune in the title can be the home of rows that name none: few of all homes are elsewhere.

    A home that names its hamlet alone lies in it; a market or an inn that stands for an address names no commune.
    """
    named = told.dropna()
    named = named[~told_of(named, lambda text: _PLACE.match(fold(text)) is not None)].map(_bare)
    return named.empty or int((named != _bare(title)).sum()) <= (1 - _MOSTLY) * homes


def _bare(commune: str) -> str:
    return re.sub(r"^(?:thi tran|phuong|xa|tt|p|x)\s+(?=\S)", "", plain_key(commune))
