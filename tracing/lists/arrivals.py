"""Arrivals: whether where people came from had an outbreak on the day they came, and what the rule asks of them then.

The level of the epidemic there is taken from what is on record and never guessed: the dated levels of units (table
``outbreaks``), else cases whose home lies in that unit. Where nothing on record speaks of that unit and day the level
is not known, and nothing is asked of that person by this list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from tracing.lists.apart import PRIVATE, WHO, plain
from tracing.lists.rows import SCHEDULE, RowMaker
from tracing.model.records import Records
from tracing.model.schema import OUTBREAK_LEVELS
from tracing.policy.describe import describe_quantity
from tracing.policy.model import Policy, Quantity
from tracing.policy.words import LEVELS
from tracing.text import Text, catalogue, say_date, unaccented
from tracing.times import EVER, local

_, _n = catalogue("tracing")

TOLD: Final = (
    _("Arrivals"),
    _(
        "People who came from elsewhere, and whether the unit that they came from had an outbreak that day, by the"
        " levels and the cases on record. Not known is no answer: ask, or load the levels of that unit."
    ),
)
"""Title and meaning of the list."""
#: Columns of the list, beside :data:`tracing.lists.apart.PRIVATE`.
ARRIVALS: Final = {
    **WHO,
    "origin": "string",
    "arrived": "string",
    "level": "string",
    "reason_vi": "string",
    "reason_en": "string",
    **SCHEDULE,
    "isolated": "Int64",
    "isolation_kind": "string",
    "source_file": "string",
    "source_sheet": "string",
    "source_row": "Int64",
}
#: Levels that leave it to the cases on record whether there was an outbreak.
_QUIET: Final = OUTBREAK_LEVELS[: OUTBREAK_LEVELS.index("high")]
_UNIT_WORDS: Final = re.compile(
    r"^(?:tinh|t|thanh pho|tp|thi xa|tx|huyen|h|quan|q|xa|x|phuong|p|thi tran|tt)\b[. ]*(?=\D)"
)
_NUMBERED: Final = re.compile(r"^(quan|q|phuong|p)[. ]*0*(\d+)$")
_SAME: Final = {
    "tphcm": "ho chi minh",
    "hcm": "ho chi minh",
    "hcmc": "ho chi minh",
    "ho chi minh city": "ho chi minh",
    "sai gon": "ho chi minh",
    "saigon": "ho chi minh",
    "sg": "ho chi minh",
    "hn": "ha noi",
    "hanoi": "ha noi",
}


def unit_names(text: str) -> frozenset[str]:
    """Return the units that a text names, each in one spelling: "Q.8, TP. HCM" is quan 8 and ho chi minh."""
    found = set()
    for part in re.split(r"[,;/()–-]", unaccented(text).lower()):
        name = " ".join(part.split()).strip(" .")
        numbered = _NUMBERED.match(name)
        if numbered:
            found.add(f"{'quan' if numbered[1][0] == 'q' else 'phuong'} {numbered[2]}")
            continue
        bare = _UNIT_WORDS.sub("", name).strip(" .")
        if bare:
            found.add(_SAME.get(bare, bare))
    return frozenset(found)


@dataclass(frozen=True)
class _Said:
    """A level of a unit from ``start`` until ``end`` (epoch seconds, half-open)."""

    unit: str
    names: frozenset[str]
    level: str
    start: int
    end: int


@dataclass(frozen=True)
class Origins:
    """What is on record of the epidemic in the units that people come from."""

    said: tuple[_Said, ...]
    cases: tuple[tuple[str, frozenset[str], int], ...]
    within: Quantity | None

    @classmethod
    def of(cls, records: Records, maker: RowMaker, policy: Policy) -> Origins:
        """Read levels and cases; a level without an end lasts until the next one of its unit."""
        rows = plain(records.outbreaks.sort_values(["unit", "valid_from"], kind="stable"))
        starts: dict[frozenset[str], list[int]] = {}
        for row in rows:
            starts.setdefault(unit_names(row["unit"]), []).append(row["valid_from"])
        said = []
        for row in rows:
            names = unit_names(row["unit"])
            next_one = min((at for at in starts[names] if at > row["valid_from"]), default=EVER)
            end = next_one if row["valid_to_to"] is None else row["valid_to_to"]
            said.append(_Said(row["unit"], names, row["outbreak_level"], row["valid_from"], end))
        rules = [rule.cases_within for rule in policy.quarantine if rule.cases_within is not None]
        return cls(tuple(said), _cases_by_home(records, maker), max(rules, key=lambda q: q.seconds, default=None))

    def level(self, person: str, origin: str | None, arrived: tuple[int, int], zone: str) -> tuple[str | None, Text]:
        """Return the level where somebody came from when they arrived, and in words by what it is known or why not."""
        first, until = arrived
        day = _words_of(local(first, zone).date())
        names = frozenset() if origin is None else unit_names(origin)
        if not names:
            return None, _("from where they came is not on record")
        fitting = [one for one in self.said if one.names and one.names <= names]
        then = [one for one in fitting if one.start < max(until, first + 1) and first < one.end]
        nearest = [one for one in then if len(one.names) == max(len(other.names) for other in then)]
        worst = max(nearest, key=lambda one: OUTBREAK_LEVELS.index(one.level), default=None)
        if worst is None or worst.level in _QUIET:
            known = self._cases_there(person, names, arrived)
            if known and self.within is not None:
                return "outbreak", _n(
                    "{n} case on record who lives in {origin}, within {days} before {day}",
                    "{n} cases on record who live in {origin}, within {days} before {day}",
                    known,
                    n=known,
                    origin=origin,
                    days=describe_quantity(self.within),
                    day=day,
                )
        if worst is not None:
            return worst.level, _("{unit} on {day}: {level}", unit=worst.unit, day=day, level=LEVELS[worst.level])
        if fitting:
            return None, _("what is on record of {unit} is not of {day}", unit=fitting[0].unit, day=day)
        return None, _("nothing on record says whether {origin} had an outbreak on {day}", origin=origin, day=day)

    def _cases_there(self, person: str, names: frozenset[str], arrived: tuple[int, int]) -> int:
        if self.within is None:
            return 0
        since = arrived[0] - self.within.seconds
        return sum(who != person and names <= home and since <= at < arrived[1] for who, home, at in self.cases)


def _cases_by_home(records: Records, maker: RowMaker) -> tuple[tuple[str, frozenset[str], int], ...]:
    """Return the cases with a home and a date: who, the units in which the home lies, the first date."""
    listed = maker.tiers.table
    cases = set(listed.loc[listed["case"], "person"])
    found = []
    for row in plain(records.cases[["person", "onset", "sample", "confirmed"]]):
        dates = [row[name] for name in ("onset", "sample", "confirmed") if row[name] is not None]
        units = maker.places.ancestry_of(row["person"])
        if dates and units and row["person"] in cases:
            names = frozenset().union(*(unit_names(maker.places.name(unit)) for unit in units))
            found.append((row["person"], names, min(dates)))
    return tuple(found)


def _words_of(day: date) -> Any:
    return lambda lang: say_date(day, lang)


def list_arrivals(maker: RowMaker, *, areas: Collection[str] = (), show_names: bool) -> pd.DataFrame:
    """Return the people who came from elsewhere, by locality: first those who have to be placed, the latest first.

    One row per person, of their last arrival before ``as_of``; ``arrived`` is an ISO day. ``level`` is that of the unit
    they came from on that day (NA: not known; ``reason_vi``, ``reason_en`` say by what it is known, or why not),
    ``quarantine_place`` and the days are those of the rule's schedule for arrivals from a unit of that level. A case
    has no schedule here. ``areas``: only people who live in or below these.
    """
    tiers = maker.tiers
    records, zone = tiers.graph.records, tiers.zone
    came = records.arrivals[records.arrivals["arrived"] < tiers.as_of]
    came = came.sort_values(["person", "arrived", "arrival"], kind="stable").drop_duplicates("person", keep="last")
    origins = Origins.of(records, maker, tiers.policy)
    listed = {row["person"]: row for row in plain(tiers.table[["person", "tier_possible", "case"]])}
    rows = []
    for arrival in plain(came):
        person, tier = arrival["person"], listed.get(arrival["person"], {})
        if areas and not maker.lives_in(person, areas):
            continue
        row = maker.who(person) | {name: arrival[name] for name in ("origin", *_SOURCE)}
        row |= {"arrived": local(arrival["arrived"], zone).date().isoformat()}
        row |= {"tier": tier.get("tier_possible")} | maker.isolated(person, arrival["arrived"])
        level, reason = origins.level(person, arrival["origin"], (arrival["arrived"], arrival["arrived_to"]), zone)
        row |= {"level": level}
        if tier.get("case"):
            reason = _("is a case (F0)")
        elif level is not None:
            row |= maker.quarantine(person, 0, arrival["arrived"], "arrival", level)
        rows.append(row | {"reason_vi": reason.say("vi"), "reason_en": reason.say("en")})
    rows.sort(key=lambda row: (*maker.places.order(row["locality"]), *_urgency(row)))
    shown = {column: kind for column, kind in ARRIVALS.items() if show_names or column not in PRIVATE}
    return pd.DataFrame(rows, columns=list(shown)).astype(shown)


_SOURCE: Final = ("source_file", "source_sheet", "source_row")


def _urgency(row: Mapping[str, Any]) -> tuple[int, int, str]:
    """Return what to sort arrivals of a locality by: a centre to be found, then those not known, then the rest."""
    due = row.get("quarantine") == "due"
    order = 0 if due and row["quarantine_place"] == "centre" else 1 if row["level"] is None else 2 if due else 3
    return (order, -date.fromisoformat(row["arrived"]).toordinal(), row["person"])
