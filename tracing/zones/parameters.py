"""The numbers of the zone proposal, each with unit and source."""

# ruff: noqa: RUF009 (the calls below make frozen values)
from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from tracing.policy.model import Quantity
from tracing.policy.quantities import Parameters, assumed, read_value

Smallest = Literal["household", "group", "hamlet", "commune"]

_HUE: Final = "core and surroundings as in Phú Lộc, Huế, 25/9/2021, tapchisonghuong.com.vn n30714"
_HCMC: Final = "Ho Chi Minh City Department of Health, July 2021, danviet.vn 20210705134136944"


@dataclass(frozen=True, kw_only=True)
class ZoneParameters(Parameters):
    """Every number of the zone proposal (see :mod:`tracing.zones.zones`).

    Attributes
    ----------
    smallest
        The smallest units a line is drawn around: "household", "group" (tổ; the default), "hamlet", "commune".
    leak
        Infections that cross the line for each contact a day with an infected person (the objective's mu).
    days
        How many days before ``as_of`` contacts between units are counted.
    meetings_per_visit
        Other visitors somebody meets on a visit to a place.
    prior_contacts, prior_km
        Where no contact between any two units is on record: contacts per person and day with the nearest units, and
        the distance over which they fall to 1/e.
    unseen, unseen_visits
        Infected people per recent case whom no list holds, and the share of them placed where the case went rather
        than where it lives.
    at_home, taken_away
        What the risk of somebody isolated at home, or taken to a centre or hospital, counts in the unit.
    buffer_share, buffer_km
        A unit outside belongs to the buffer where it has at least this share of the core's contacts across the line;
        where no such contact is on record, where it lies within this distance of a unit inside.
    posts_per_unit
        Ways out of a unit that need a post, at most.
    review_day
        The latest day on which the zone is looked at again.
    """

    smallest: Smallest = "group"
    leak: Quantity = assumed(0.14, "1/(contact/day)", "14 days, 1 % risk per contact with an infected person")
    days: Quantity = assumed(14, "day", "the longest incubation that quarantine rules reckon with")
    meetings_per_visit: Quantity = assumed(2, "people", "close contacts on a visit")
    prior_contacts: Quantity = assumed(0.05, "contacts/(person day)", "one in twenty meets somebody next door")
    prior_km: Quantity = assumed(1, "km", "neighbouring hamlets")
    unseen: Quantity = assumed(0.5, "people", "lists hold only part of the hidden infections")
    unseen_visits: Quantity = assumed(0.3, "1", "most infections happen at home")
    at_home: Quantity = assumed(0.5, "1", "isolated, but still in the house")
    taken_away: Quantity = assumed(0, "1", "no longer there")
    buffer_share: Quantity = assumed(0.05, "1", _HUE)
    buffer_km: Quantity = assumed(0.5, "km", _HUE)
    posts_per_unit: Quantity = assumed(4, "posts", "roads and waterways out of a hamlet")
    review_day: Quantity = read_value(14, "day", _HCMC)
