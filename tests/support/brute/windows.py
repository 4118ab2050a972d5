"""When can a case infect others? Its opening, what closes it, and whom an isolation keeps away."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from brute.contacts import in_one_room, recorded_meetings
from brute.data import ROOM, Data, Meeting, Reading, Row, counted_cases, rows_of
from brute.days import earlier, last_of, later, midnight, times_of
from brute.isolations import Isolation, isolations, seen_outside

from tracing.policy.model import Policy, Quantity, WindowRule
from tracing.times import EVER, NEVER


def anchor(case: Row, rule: WindowRule) -> tuple[int, int] | None:
    """Return the first anchor of ``rule`` that is known."""
    return next(iter(times_of(case, *rule.anchors)), None)


@dataclass
class Opening:
    """When a case's window opens, in ``[earliest, latest]``, and closes by the rule alone."""

    earliest: int = NEVER
    latest: int = EVER
    close_possible: int = EVER
    close_certain: int = EVER
    source_from: int | None = None


def by_rule(rule: WindowRule, at: tuple[int, int], zone: str) -> Opening:
    """Apply a rule to an anchor."""
    latest = last_of(at) if rule.before.unit == "day" else at[1]
    opening = Opening(earlier(at[0], rule.before, zone), earlier(latest, rule.before, zone))
    if rule.after is not None:
        opening.close_possible = later(last_of(at) if rule.after.unit == "day" else at[1], rule.after, zone)
        opening.close_certain = later(at[0], rule.after, zone)
    return opening


def opening_of(case: Row, records: Data, policy: Policy) -> Opening | None:
    """Return the opening of a case's window; None where the rule calls it not infectious."""
    window, zone = policy.window, records.zone
    onset = anchor(case, window.symptomatic)
    if onset is not None:
        opening = by_rule(window.symptomatic, onset, zone)
    elif window.asymptomatic is None:
        if case["asymptomatic"] is True:
            return None
        opening = Opening()
    else:
        found = anchor(case, window.asymptomatic)
        if found is None or case["asymptomatic"] is False:
            opening = Opening()
        else:
            opening = by_rule(window.asymptomatic, found, zone)
            if window.source_known is not None:
                open_at_source(opening, case, found, records, window.source_known)
            if window.source_finding is not None:
                opening.source_from = earlier(found[0], window.source_finding, zone)
    if "negative_test" in window.end_events:
        close_at_negative(opening, case, records, policy)
    return opening


def open_at_source(opening: Opening, case: Row, sample: tuple[int, int], records: Data, wait: Quantity) -> None:
    """Open at the first contact with a known source, at the sample at the latest; in days at the day's beginning."""
    sources = {row["source"] for row in rows_of(records, "links") if row["target"] == case["person"]}
    if case["source_known"] is False or (case["source_known"] is None and not sources):
        return
    days, zone = wait.unit == "day", records.zone

    def bound(at: int) -> int:
        return midnight(at, zone) if days else at

    def opens(at: int) -> int:
        return midnight(at, zone, int(wait.value)) if days else at + wait.seconds

    dated = [
        meeting
        for meeting in recorded_meetings(records)
        if meeting.source in sources and meeting.target == case["person"] and meeting.start > NEVER and meeting.sure
    ]
    latest = bound(last_of(sample) if days else sample[1])
    if not dated:
        opening.latest = latest
        return
    met = min(meeting.start for meeting in dated)
    met_by = min(min(part.start if part.throughout else part.end for part in meeting.sure) for meeting in dated)
    opening.earliest = min(opens(met), bound(sample[0]))
    opening.latest = min(opens(max(met, met_by - 1) if days else met_by), latest)


def close_at_negative(opening: Opening, case: Row, records: Data, policy: Policy) -> None:
    """Close at the first negative test, or one with a Ct above the limit, sampled after the case's anchor."""
    known = times_of(case, "onset", "sample", "confirmed")
    if not known:
        return
    limit = policy.window.end_ct_above
    first, last = known[0][0], max(known[0][1], known[0][0] + 1) - 1
    for test in rows_of(records, "tests"):
        above = limit is not None and test["ct"] is not None and test["ct"] > limit.value
        if test["person"] != case["person"] or not (test["result"] == "negative" or above):
            continue
        if max(test["sample_to"] - 1, test["sample"]) > first:
            opening.close_certain = min(opening.close_certain, max(test["sample"], first))
        if test["sample"] > last:
            opening.close_possible = min(opening.close_possible, test["sample_to"])


def case_windows(
    case: Row, records: Data, policy: Policy, reading: Reading, as_of: int, way: str
) -> list[tuple[int, int]]:
    """Return a case's windows for those whom some isolations do not keep away.

    ``way``: "community" (each isolation counts), "home" (those at home do not), "patient" (none does).
    """
    opening = opening_of(case, records, policy)
    if opening is None or (reading == "certain" and case["status"] == "suspected"):
        return []
    possible, zone = reading == "possible", records.zone
    opens = opening.earliest if possible else opening.latest
    closes = min(opening.close_possible if possible else opening.close_certain, as_of)
    if "isolation" not in policy.window.end_events or way == "patient":
        return [(opens, closes)] if opens < closes else []
    periods = isolations(records).get(case["person"], [])
    first = min((at[0] for at in times_of(case, "onset", "sample", "confirmed")), default=None)

    def as_a_case(period: Isolation) -> bool:
        if first is None:
            return period.dated
        return midnight(last_of((period.begin, period.begin_to)), zone) >= midnight(first, zone)

    tests = times_of(case, "sample", "confirmed")
    found = tests + [(p.begin, p.begin_to) for p in periods if as_a_case(p)]
    found_by_others = tests + [(p.begin, p.begin_to) for p in periods if as_a_case(p) and p.kind != "home"]
    found_by = min((last_of(at) for at in found), default=EVER)
    found_from = min((at[0] for at in found), default=NEVER if first is None else first)
    breaks = []
    for period in periods:
        begin, end = period.at(reading)
        at_home = None if period.kind is None else period.kind in ("home", "zone")
        if way == "home" and (at_home or (at_home is None and possible)):
            continue
        ordered_before = period.begin < min((last_of(at) for at in found_by_others), default=EVER)
        if possible and period.kind == "home" and ordered_before and seen_outside(case["person"], period, records):
            continue
        if as_a_case(period):
            closes = min(closes, begin)
        elif period.dated:  # a stay of which no end is on record
            if not possible:
                closes = min(closes, begin)
        elif (period.end if possible else period.end_to) <= (found_by if possible else found_from):
            breaks.append((begin, end))
        else:
            closes = min(closes, begin)
    marks = sorted({opens, *(at for pair in breaks for at in pair if opens < at < closes), closes})
    pieces = [
        (a, b) for a, b in pairwise(marks) if b <= closes and not any(begin <= a and b <= end for begin, end in breaks)
    ]
    return joined_pieces(pieces) if opens < closes else []


def joined_pieces(pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return pieces of time, those that touch as one."""
    out: list[tuple[int, int]] = []
    for begin, end in pieces:
        if out and out[-1][1] == begin:
            out[-1] = (out[-1][0], end)
        else:
            out.append((begin, end))
    return out


def way_of(meeting: Meeting, records: Data, policy: Policy, reading: Reading) -> str:
    """Return which isolations of the source end this contact."""
    open_kinds, facts = policy.window.stays_open.contacts, meeting.facts
    case = counted_cases(records).get(meeting.source)
    homes = {row["person"]: row["household"] for row in rows_of(records, "persons")}
    touched = facts["physical"] is not False and not facts["joined"]  # of visits that overlap nobody says so
    if "dead" in open_kinds and touched and case is not None and case["outcome"] == "died":
        died = times_of(case, "outcome_date")
        if reading == "possible" and (not died or meeting.end > died[0][0]):
            return "patient"
        if reading == "certain" and facts["physical"] and died and meeting.start >= died[0][1]:
            return "patient"
    if "room" in open_kinds and (facts["place_kind"] == ROOM or in_one_room(meeting, records, reading)):
        return "patient"
    if "care" in open_kinds and facts["care"]:
        return "patient"
    one_home = homes.get(meeting.source) is not None and homes.get(meeting.source) == homes.get(meeting.target)
    if "home" in open_kinds and (facts["kind"] == "household" or one_home):
        return "home"
    return "community"
