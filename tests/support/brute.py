"""Tiers by brute force: every exposure walk, one after the other, in plain Python.

An independent reading of the definitions, for tests on small records only. It takes records and a policy as data and
shares no code with the engine: its own times, windows, visits, verdicts and walks.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise, product
from math import ceil, floor, inf
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pandas import NA

from tracing.model.records import Records
from tracing.model.schema import TABLES
from tracing.policy.model import Clause, MinutesByMask, Policy, Quantity, WindowRule
from tracing.times import EVER, NEVER

Reading = Literal["possible", "certain"]
Row = dict[str, Any]
Truth = bool | None
Apart = tuple[str, str, str, int, int]
#: A visit to a room that has no check-out lasts at least this.
ASSUMED_IN_ROOM = 3600

ROOM = "room"
SETTINGS = {
    "transport": "vehicle flight bus boat taxi train ship car motorbike",
    "household": "household home",
    "work": "workplace factory office company",
    "school": "school kindergarten university",
    "care": "hospital clinic",
}


@dataclass(frozen=True)
class Sure:
    """What holds in every reading: together at every instant of ``[start, end)``, or once in it."""

    start: int
    end: int
    throughout: bool


@dataclass(frozen=True)
class Meeting:
    """A contact from ``source`` to ``target``, inside ``[start, end)`` in the widest reading."""

    source: str
    target: str
    contact: str
    start: int
    end: int
    sure: tuple[Sure, ...]
    facts: Row = field(hash=False, compare=False)


@dataclass(frozen=True)
class Exposure:
    """One step of a walk: ``person`` exposed by ``parent`` at step ``step`` from ``at`` to ``until``."""

    reading: Reading
    step: int
    person: str
    parent: str
    contact: str
    at: int
    until: int
    start: int
    end: int


@dataclass(frozen=True)
class Answer:
    """Everything that is compared, as plain values."""

    table: dict[str, tuple[Any, ...]]
    parents: set[tuple[Any, ...]]
    co_present: set[Apart]
    met_after_isolation: set[Apart]
    source_finding: set[Apart]


class Data:
    """The rows of all tables as plain dictionaries, with None for what is missing."""

    def __init__(self, records: Records) -> None:
        self.zone = records.zone
        self.tables = {
            name: [
                {c: None if v is NA or v != v else v for c, v in row.items()}
                for row in table.astype(object).to_dict("records")
            ]
            for name, table in records.tables.items()
        }

    def part(self, prefix: str) -> Data:
        """Return the rows whose ids begin with ``prefix``."""
        part = copy(self)
        part.tables = {
            name: [row for row in rows if row[TABLES[name].key].startswith(prefix)]
            for name, rows in self.tables.items()
        }
        return part


def rows_of(records: Data, table: str) -> list[Row]:
    """Return the rows of a table."""
    return records.tables[table]


# --- verdicts -------------------------------------------------------------------------------------------------------


def all_of(answers: list[Truth]) -> Truth:
    """Kleene's AND."""
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def any_of(answers: list[Truth]) -> Truth:
    """Kleene's OR."""
    if any(answer is True for answer in answers):
        return True
    return None if any(answer is None for answer in answers) else False


def agree(answers: list[Truth]) -> Truth:
    """What all completions of a missing value say; None where they differ."""
    return answers[0] if len(set(answers)) == 1 else None


def enough(needed: MinutesByMask, masks: tuple[Truth, Truth], least: float, most: float) -> Truth:
    """Judge the minutes for every way in which the unknown masks can have been worn."""
    answers: list[Truth] = []
    for worn in product(*([mask] if mask is not None else [True, False] for mask in masks)):
        quantity = (needed.none, needed.one, needed.both)[sum(worn)]
        if quantity is None:
            answers.append(False)
            continue
        minutes = quantity.seconds / 60
        answers.append(True if least >= minutes else False if most < minutes else None)
    return agree(answers)


def holds(clause: Clause, meeting: Meeting, same_pair: list[Meeting]) -> Truth:
    """Judge one clause, condition by condition."""
    facts = meeting.facts
    answers: list[Truth] = []

    def ask(fact: Any, condition: bool) -> None:
        answers.append(None if fact is None else condition)

    if clause.kinds:
        ask(facts["kind"], facts["kind"] in clause.kinds)
    if clause.place_kinds:
        ask(facts["place_kind"], facts["place_kind"] in clause.place_kinds)
    if clause.distance_max is not None:
        ask(facts["distance"], facts["distance"] is not None and facts["distance"] <= clause.distance_max.value)
    for name in ("closed_space", "physical", "protected"):
        wanted = getattr(clause, name)
        if wanted is not None:
            ask(facts[name], facts[name] == wanted)
    if clause.seat_rows is not None:
        ask(facts["rows_apart"], facts["rows_apart"] is not None and facts["rows_apart"] <= clause.seat_rows.value)
    if clause.minutes is not None:
        least, most = facts["least"], facts["most"]
        if clause.cumulative_hours is not None:
            least, most = sums_in_windows(meeting, same_pair, clause.cumulative_hours.seconds)
        answers.append(enough(clause.minutes, facts["masks"], least, most))
    return all_of(answers)


def sums_in_windows(meeting: Meeting, same_pair: list[Meeting], length: int) -> tuple[float, float]:
    """Slide a window over the pair's contacts: the greatest least and most minutes of a window that meets this one.

    Only where a contact begins or ceases to add to the sum can the sum turn.
    """
    turns: set[int] = set()
    for other in same_pair:
        most = other.facts["most"]
        marks = [other.start, other.end]
        if most != inf:
            marks += [ceil(other.start + most * 60), floor(other.end - most * 60)]
        for mark in marks:
            turns |= {mark + back + slip for back in (0, -length) for slip in (-1, 0, 1)}
    best = [0.0, 0.0]
    for begin in turns:
        end = begin + length
        if meeting.end <= begin or meeting.start >= end:
            continue
        shares = [share(other, begin, end) for other in same_pair]
        best = [max(best[i], sum(pair[i] for pair in shares)) for i in (0, 1)]
    return best[0], best[1]


def share(meeting: Meeting, begin: int, end: int) -> tuple[float, float]:
    """Return the least and most minutes of a contact that lie inside ``[begin, end)``."""
    facts = meeting.facts
    inside = min(meeting.end, end) - max(meeting.start, begin)
    if inside <= 0:
        return 0.0, 0.0
    span = meeting.end - meeting.start
    if not facts["through"]:
        return (facts["least"] if inside == span else 0.0), facts["most"]
    least = max(0.0, facts["least"] - (span - inside) / 60)
    # Recorded minutes may exceed the recorded span (an instant with a duration): then the span is no bound.
    most = facts["most"] if facts["most"] * 60 >= span + 1 else min(facts["most"], inside / 60)
    return least, most


# --- contacts and visits --------------------------------------------------------------------------------------------


def touched(row: Row) -> Truth:
    """Tell whether they touched; people more than 2 m apart did not."""
    if row["physical"] is None and row["distance_m"] is not None and row["distance_m"] > 2:
        return False
    return bool(row["physical"]) if row["physical"] is not None else None


def place_kind(row: Row, place: Row, kind: str | None) -> str | None:
    """Return the kind of place; a known setting other than transport, at no place on record, is not a vehicle."""
    if place.get("kind") is None and row["place"] is None and kind not in (None, "transport"):
        return "not on board"
    return place.get("kind")


def setting(place_kind: str | None) -> str | None:
    """Return the setting that a kind of place implies; what goes on in a room is not known."""
    if place_kind is None or place_kind == ROOM:
        return None
    return next((name for name, kinds in SETTINGS.items() if place_kind in kinds.split()), "social")


def closed(place: Row) -> Truth:
    """Tell whether a place is a closed space; a room is one."""
    return True if place.get("kind") == ROOM else place.get("closed_space")


def contact_times(row: Row) -> tuple[int, int, tuple[Sure, ...]]:
    """Return (start, end, sure parts) of a recorded contact."""
    start, start_to, end, end_to = row["start"], row["start_to"], row["end"], row["end_to"]
    if start is None and end is None:
        return NEVER, EVER, ()
    if row["time_kind"] == "first_day" and start is not None:
        met_by = max(start_to, start + 1)
        return start, EVER if end is None else max(end_to, end, met_by), (Sure(start, met_by, False),)
    if row["time_kind"] == "last_day" and end is not None:
        last = max(end_to, end + 1)
        return (NEVER if start is None else start), last, (Sure(end, last, False),)
    if start is None:
        last = max(end_to, end + 1)
        return NEVER, last, (Sure(end, last, False),)
    start_by_day = start_to > start
    if end is None:
        last, by_instants = (start_to, False) if start_by_day else (start + 1, True)
        several_days = False
    else:
        by_day = end_to > end
        last = end_to if by_day else max(end, start + 1)
        by_instants = not start_by_day and not by_day
        several_days = start_by_day and by_day and end >= start_to
    presence = by_instants if row["time_kind"] is None else row["time_kind"] == "presence"
    if presence:
        return start, last, (Sure(start, last, True),)
    if several_days:
        return start, last, (Sure(start, start_to, False), Sure(end, end_to, False))
    return start, last, (Sure(start, last, False),)


def recorded_meetings(records: Data) -> list[Meeting]:
    """Return every recorded contact in both directions."""
    places = {row["place"]: row for row in rows_of(records, "places")}
    out = []
    for row in rows_of(records, "contacts"):
        place = places.get(row["place"], {})
        start, end, sure = contact_times(row)
        through = any(part.throughout for part in sure)
        timed = through and not (row["end"] is None and row["start"] == row["start_to"])
        lasted = (end - start) / 60
        kind = row["kind"] or setting(place.get("kind"))
        facts = {
            "kind": kind,
            "place_kind": place_kind(row, place, kind),
            "distance": row["distance_m"],
            "closed_space": row["closed_space"] if row["closed_space"] is not None else closed(place),
            "physical": touched(row),
            "protected": row["protected"],
            "masks": (row["mask_a"], row["mask_b"]),
            "rows_apart": None,
            "least": row["minutes"] if row["minutes"] is not None else lasted if timed else 0.0,
            "most": row["minutes"] if row["minutes"] is not None else lasted if timed else inf,
            "through": through,
            "care": row["kind"] == "care",
            "joined": False,
        }
        for source, target in ((row["person_a"], row["person_b"]), (row["person_b"], row["person_a"])):
            out.append(Meeting(source, target, row["contact"], start, end, sure, facts))
    return out


def visit_times(row: Row, stay: int) -> tuple[int, int, int, int]:
    """Return (possible start, possible end, sure start, sure end) of a visit; sure is empty where start >= end."""
    start, start_to, end, end_to = row["start"], row["start_to"], row["end"], row["end_to"]
    by_day = start_to > start
    if end is None:
        if by_day:
            return start, start_to, start, start
        last, sure_end = max(start + stay, start + 1), start + 1
    else:
        last = max(end_to, start + 1)
        sure_end = end if by_day else max(end, start + 1)
    if row["certainty"] == "possible":
        return start, last, start, start
    return start, last, start_to, sure_end


def stays_somewhere(records: Data) -> list[Row]:
    """Return all visits, an isolation in a room being one (without an end on record: still there)."""
    rooms = {row["place"] for row in rows_of(records, "places") if row["kind"] == ROOM}
    out = list(rows_of(records, "visits"))
    for row in rows_of(records, "isolations"):
        if row["place"] in rooms:
            end = {"end": EVER, "end_to": EVER} if row["end"] is None else {}
            out.append(row | {"visit": row["isolation"], "seat_row": None, "mask": None, "certainty": None} | end)
    return out


def joined_meetings(records: Data, policy: Policy) -> list[Meeting]:
    """Join all visits to one place that overlap, the source's lingering."""
    places = {row["place"]: row for row in rows_of(records, "places")}
    visits = stays_somewhere(records)
    linger = policy.linger.seconds
    out = []
    for one, two in product(visits, visits):
        if one["place"] != two["place"] or one["person"] == two["person"]:
            continue
        place = places.get(one["place"], {})
        stay = policy.stays.get(place.get("kind") or "default", policy.stays["default"]).seconds
        start_1, end_1, sure_start_1, sure_end_1 = visit_times(one, stay)
        start_2, end_2, sure_start_2, sure_end_2 = visit_times(two, stay)
        start, end = max(start_1, start_2), min(end_1 + linger, end_2)
        if start >= end:
            continue
        sure_start, sure_end = max(sure_start_1, sure_start_2), min(sure_end_1 + linger, sure_end_2)
        sure: tuple[Sure, ...] = ()
        if sure_start_1 < sure_end_1 and sure_start_2 < sure_end_2 and sure_start < sure_end:
            sure = (Sure(sure_start, sure_end, True),)
        rows = (one["seat_row"], two["seat_row"])
        facts = {
            "kind": setting(place.get("kind")),
            "place_kind": place.get("kind"),
            "distance": None,
            "closed_space": closed(place),
            "physical": None,
            "protected": None,
            "masks": (one["mask"], two["mask"]),
            "rows_apart": None if None in rows else abs(rows[0] - rows[1]),
            "least": sum(part.end - part.start for part in sure) / 60,
            "most": (end - start) / 60,
            "through": True,
            "care": False,
            "joined": True,
        }
        name = "~".join(sorted((one["visit"], two["visit"])))
        out.append(Meeting(one["person"], two["person"], name, start, end, sure, facts))
    return out


def judged(records: Data, policy: Policy) -> list[tuple[Meeting, Truth]]:
    """Return every directed contact with its verdict."""
    recorded, joined = recorded_meetings(records), joined_meetings(records, policy)
    pairs: dict[tuple[str, str], list[Meeting]] = {}
    for meeting in recorded + joined:
        pairs.setdefault((meeting.source, meeting.target), []).append(meeting)
    out = []
    for number, meeting in enumerate(recorded + joined):
        same_pair = pairs[meeting.source, meeting.target]
        verdict = any_of([holds(clause, meeting, same_pair) for clause in policy.clauses])
        alone = policy.co_present is not None and policy.co_present.presence_alone
        if number >= len(recorded):
            if meeting.facts["place_kind"] == ROOM:
                verdict = None if verdict is False else verdict
            elif verdict is None and alone:
                verdict = False
        out.append((meeting, verdict))
    return out


# --- windows --------------------------------------------------------------------------------------------------------


def midnight(at: int, zone: str, days: int = 0) -> int:
    """Return 00:00 of the local day that is ``days`` after the one of ``at``."""
    day = datetime.fromtimestamp(at, ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return int((day + timedelta(days=days)).replace(tzinfo=ZoneInfo(zone)).timestamp())


def last_of(time: tuple[int, int]) -> int:
    """Return the last instant that a time on record can be."""
    return time[1] - 1 if time[1] > time[0] else time[0]


def times_of(row: Row, *names: str) -> list[tuple[int, int]]:
    """Return the known ones of some times of a row."""
    return [(row[name], row[f"{name}_to"]) for name in names if row[name] is not None]


@dataclass
class Isolation:
    """An isolation that begins in ``[begin, begin_to]`` and ends in ``[end, end_to]``; ``dated``: a case's own date."""

    begin: int
    begin_to: int
    end: int
    end_to: int
    kind: str | None
    place: str | None
    dated: bool

    def at(self, reading: Reading) -> tuple[int, int]:
        """Return (begin, end) in a reading: the shortest isolation is the widest possibility."""
        return (self.begin_to, self.end) if reading == "possible" else (self.begin, self.end_to)


def isolations(records: Data) -> dict[str, list[Isolation]]:
    """Return everybody's isolations, in order of their beginning."""
    found: dict[str, list[Isolation]] = {}
    roster = rows_of(records, "isolations")
    for row in roster:
        end, end_to = (EVER, EVER) if row["end"] is None else (row["end"], row["end_to"])
        period = Isolation(row["start"], row["start_to"], end, end_to, row["kind"], row["place"], False)
        found.setdefault(row["person"], []).append(period)
    for row in counted_cases(records).values():
        known = any(other["person"] == row["person"] and other["start"] == row["isolated"] for other in roster)
        if row["isolated"] is not None and not known:
            period = Isolation(row["isolated"], row["isolated_to"], EVER, EVER, None, None, True)
            found.setdefault(row["person"], []).append(period)
    for periods in found.values():
        periods.sort(key=lambda p: (p.begin, p.begin_to, p.end, p.end_to))
    return found


def counted_cases(records: Data) -> dict[str, Row]:
    """Return the cases that are not discarded."""
    return {row["person"]: row for row in rows_of(records, "cases") if row["status"] != "discarded"}


@dataclass(frozen=True)
class Free:
    """A time at large: open in ``[opens, closes)``; exposed from ``since`` on is exposed in the isolation before it."""

    opens: int
    closes: int
    since: int


def chains_of(periods: list[Isolation]) -> list[list[Isolation]]:
    """Return the periods in groups that may be one isolation: each may touch an earlier one of its group."""
    groups: list[list[Isolation]] = []
    for period in periods:
        if groups and period.begin <= max(other.end_to for other in groups[-1]):
            groups[-1].append(period)
        else:
            groups.append([period])
    return groups


def times_at_large(periods: list[Isolation], reading: Reading, as_of: int) -> list[Free]:
    """Return the times between isolations: as many and as long as can be (possible), or as surely are (certain)."""
    walls: list[tuple[int, int, int]] = []
    for group in chains_of(periods):
        if reading == "certain":
            # Whoever was exposed after the last beginning that may have followed a release stayed in to the end.
            sure_starts = [
                p.begin_to
                for i, p in enumerate(group)
                if not any(q.begin_to <= p.begin and p.begin_to <= q.end for q in group[:i])
            ]
            walls.append((group[0].begin, max(p.end_to for p in group), max(sure_starts)))
            continue
        merged: list[list[int]] = []
        for begin, end in sorted((p.begin_to, p.end) for p in group if p.begin_to < p.end):
            if merged and begin <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([begin, end])
        walls += [(begin, end, group[0].begin) for begin, end in merged]
    out, free, since = [], NEVER, NEVER
    for begin, end, inside in walls:
        out.append(Free(free, min(begin, as_of), since))
        free, since = end, inside
    return [*out, Free(free, as_of, since)]


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


def earlier(at: int, quantity: Quantity, zone: str) -> int:
    """Return ``at`` less a time; a time in days leads to the beginning of a day."""
    if quantity.unit == "day":
        return midnight(at, zone, -int(quantity.value))
    return at - quantity.seconds


def later(at: int, quantity: Quantity, zone: str) -> int:
    """Return ``at`` and a time; a time in days leads to the end of a day."""
    if quantity.unit == "day":
        return midnight(at, zone, int(quantity.value) + 1)
    return at + quantity.seconds


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


def seen_outside(person: str, period: Isolation, records: Data) -> bool:
    """Tell whether a record has ``person`` out of home on a day after the order's first and before its last."""
    kinds = {row["place"]: row["kind"] for row in rows_of(records, "places")}
    zone = records.zone
    begin = midnight(period.begin, zone, 1)
    end = EVER if period.end_to >= EVER else midnight(last_of((period.end, period.end_to)), zone)

    def outside(place: str | None) -> bool:
        return place is not None and kinds.get(place) not in ("household", "home", ROOM)

    seen: list[tuple[int, int]] = [
        (row["start"], max(row["start_to"], row["start"] + 1))
        for row in rows_of(records, "visits")
        if row["person"] == person and row["certainty"] != "possible"
        if outside(row["place"]) and row["place"] != period.place
    ]
    for row in rows_of(records, "contacts"):
        if person not in (row["person_a"], row["person_b"]):
            continue
        elsewhere = outside(row["place"]) or row["kind"] in ("work", "school", "transport")
        if elsewhere and (row["place"] is None or row["place"] != period.place):
            seen.append(contact_times(row)[:2])
    return any(begin <= start and stop <= end for start, stop in seen)


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


def in_one_room(meeting: Meeting, records: Data, reading: Reading) -> bool:
    """Tell whether both stayed in one room at some moment of a recorded contact, or surely all the time."""
    if meeting.facts["joined"]:
        return False
    rooms = {row["place"] for row in rows_of(records, "places") if row["kind"] == ROOM}
    stays = [row for row in stays_somewhere(records) if row["place"] in rooms]
    for one, two in product(stays, stays):
        if (one["person"], two["person"]) != (meeting.source, meeting.target) or one["place"] != two["place"]:
            continue
        first, second = visit_times(one, ASSUMED_IN_ROOM), visit_times(two, ASSUMED_IN_ROOM)
        if reading == "possible" and max(first[0], second[0], meeting.start) < min(first[1], second[1], meeting.end):
            return True
        if (
            reading == "certain"
            and max(first[2], second[2]) <= meeting.start
            and meeting.end <= min(first[3], second[3])
        ):
            return True
    return False


def end_of_day(at: int, zone: str) -> int:
    """Return the first instant of the local day after the one that holds ``at``."""
    moment = datetime.fromtimestamp(at, ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return int((moment + timedelta(days=1)).replace(tzinfo=ZoneInfo(zone)).timestamp())


def last_day_on_record(records: Data) -> int:
    """Return the end of the last local day on record; all of time where no record has a date."""
    watched = {
        "cases": "onset sample confirmed isolated",
        "contacts": "start end",
        "visits": "start end",
        "tests": "sample resulted",
        "isolations": "start",
    }
    known = [
        max(row[f"{name}_to"] - 1, row[name])
        for table, names in watched.items()
        for row in rows_of(records, table)
        for name in names.split()
        if row[f"{name}_to"] is not None
    ]
    return end_of_day(max(known), records.zone) if known else EVER


# --- walks ----------------------------------------------------------------------------------------------------------


class Walks:
    """Every exposure walk p0 –c1– p1 … –ck– pk from the seeds, in one reading."""

    def __init__(
        self,
        records: Data,
        contacts: list[tuple[Meeting, Truth]],
        policy: Policy,
        reading: Reading,
        as_of: int,
        seeds: set[str],
        *,
        simple: bool = False,
    ) -> None:
        self.policy, self.reading, self.as_of, self.simple = policy, reading, as_of, simple
        self.periods = isolations(records)
        self.large = {
            person: times_at_large(periods, reading, as_of) for person, periods in isolations(records).items()
        }
        persons = rows_of(records, "persons")
        self.blocked = {row["person"] for row in persons if policy.immune_excluded and row["immune"]}
        self.contacts = contacts
        self.seeds = seeds
        self.cases = counted_cases(records)
        self.ways: dict[Meeting, str] = {}
        self.records = records
        self.found: set[Exposure] = set()
        self.walked: set[tuple[Any, ...]] = set()

    def windows(self, person: str, way: str) -> list[tuple[int, int]]:
        """Return the windows of a case as p0."""
        return case_windows(self.cases[person], self.records, self.policy, self.reading, self.as_of, way)

    def way(self, meeting: Meeting) -> str:
        """Return which isolations of the source, as p0, end this contact."""
        if meeting not in self.ways:
            self.ways[meeting] = way_of(meeting, self.records, self.policy, self.reading)
        return self.ways[meeting]

    def run(self) -> set[Exposure]:
        """Walk from every seed."""
        for person in sorted(self.seeds):
            for way in ("community", "home", "patient"):
                for opens, closes in self.windows(person, way):
                    self.step((person,), opens, closes, way)
        return self.found

    def step(self, path: tuple[str, ...], opens: int, closes: int, way: str | None = None) -> None:
        """Go on from the last person of ``path``, infectious in ``[opens, closes)``."""
        depth = len(path)
        if depth > self.policy.depth:
            return
        here = (path if self.simple else (depth, path[-1]), opens, closes, way)
        if here in self.walked:
            return
        self.walked.add(here)
        for meeting, verdict in self.contacts:
            counts = verdict is True or (verdict is None and self.reading == "possible")
            if meeting.source != path[-1] or not counts or meeting.target in self.blocked:
                continue
            if self.simple and meeting.target in path:
                continue
            if way is not None and self.way(meeting) != way:
                continue
            for at, until, once in self.exposures(meeting, opens, closes):
                counted = until if once else at
                self.found.add(
                    Exposure(
                        self.reading, depth, meeting.target, path[-1], meeting.contact, counted, until - 1,
                        meeting.start, meeting.end,
                    )
                )  # fmt: skip
                for window in self.next_windows(meeting.target, at, until, once=once):
                    self.step((*path, meeting.target), *window)

    def exposures(self, meeting: Meeting, opens: int, closes: int) -> Iterator[tuple[int, int, bool]]:
        """Yield (from, to, once): exposed at every instant of ``[from, to)``, or once in it."""
        if self.reading == "possible":
            at, until = max(meeting.start, opens), min(meeting.end, closes)
            if at < until:
                yield at, until, False
            return
        for part in meeting.sure:
            if not part.throughout:
                if opens <= part.start and part.end <= closes:
                    yield part.start, part.end, True
            elif max(part.start, opens) < min(part.end, closes):
                yield max(part.start, opens), min(part.end, closes), False

    def next_windows(self, person: str, at: int, until: int, *, once: bool) -> Iterator[tuple[int, int]]:
        """Yield the windows of a person exposed in ``[at, until)``: until the next isolation, and after each release.

        After a release only by an exposure that makes them infectious after it or that happened in that isolation.
        """
        latent = self.policy.window.latent.seconds
        for free in self.large.get(person, [Free(NEVER, self.as_of, NEVER)]):
            first = min(free.opens - latent, free.since)
            if once:
                if at < first:
                    continue
                opens = max(until + latent, free.opens)
            else:
                moment = max(at, first)
                if moment >= until:
                    continue
                opens = max(moment + latent, free.opens)
            if opens < free.closes:
                yield opens, free.closes


def brute_tiers(
    data: Data, policy: Policy, *, as_of: int | None = None, cases: list[str] | None = None, simple: bool = False
) -> Answer:
    """Return tiers, exposures, parents and co-present contacts of everybody, by walking every path.

    With ``simple`` no person appears twice in a walk.
    """
    until = last_day_on_record(data) if as_of is None else as_of
    contacts = judged(data, policy)
    all_cases = counted_cases(data)
    sure_cases = {person for person, row in all_cases.items() if row["status"] != "suspected"}
    seeds = set(all_cases) if cases is None else set(cases)
    steps: dict[Reading, dict[str, dict[int, list[Exposure]]]] = {}
    for reading in ("possible", "certain"):
        steps[reading] = {}
        for found in Walks(data, contacts, policy, reading, until, seeds, simple=simple).run():
            steps[reading].setdefault(found.person, {}).setdefault(found.step, []).append(found)
    table: dict[str, tuple[Any, ...]] = {}
    parents: dict[tuple[Any, ...], list[Exposure]] = {}
    for person in sorted(seeds | set(steps["possible"]) | set(steps["certain"])):
        own: dict[Reading, list[Exposure]] = {}
        tier: dict[Reading, int | None] = {}
        for reading in ("possible", "certain"):
            by_step = steps[reading].get(person, {})
            least = min(by_step, default=None)
            case = person in (all_cases if reading == "possible" else sure_cases)
            tier[reading] = 0 if case else least
            own[reading] = by_step.get(1 if case else least or 0, [])
            for exposure in own[reading]:
                parents.setdefault((person, exposure.step, exposure.parent, exposure.contact), []).append(exposure)
        table[person] = (
            tier["certain"], tier["possible"],
            min((e.at for e in own["possible"]), default=None), max((e.until for e in own["possible"]), default=None),
            min((e.at for e in own["certain"]), default=None),
        )  # fmt: skip
    listed = {
        (*key, "certain" if any(e.reading == "certain" for e in found) else "possible", min(e.at for e in found),
         max(e.until for e in found), found[0].start, found[0].end)
        for key, found in parents.items()
    }  # fmt: skip
    walks = Walks(data, contacts, policy, "possible", until, seeds)
    counted = {(e.parent, e.person, e.contact) for by in steps["possible"].values() for e in by.get(1, [])}
    return Answer(
        table,
        listed,
        co_present_by_hand(walks, set(table)),
        met_after_isolation_by_hand(walks, counted),
        source_finding_by_hand(walks, set(table)),
    )


def co_present_by_hand(walks: Walks, listed: set[str]) -> set[Apart]:
    """Return (person, case, contact, start, end) of contacts that fail with a case in its window."""
    return {
        (meeting.target, meeting.source, meeting.contact, meeting.start, meeting.end)
        for meeting, verdict in walks.contacts
        if verdict is False and meeting.source in walks.seeds and meeting.target not in listed
        for opens, closes in walks.windows(meeting.source, walks.way(meeting))
        if max(opens, meeting.start) < min(closes, meeting.end)
    }


def met_after_isolation_by_hand(walks: Walks, counted: set[tuple[str, str, str]]) -> set[Apart]:
    """Return recorded contacts that would have exposed somebody had the case not been isolated."""
    return {
        (meeting.target, meeting.source, meeting.contact, meeting.start, meeting.end)
        for meeting, verdict in walks.contacts
        if verdict is not False and meeting.source in walks.seeds and not meeting.facts["joined"]
        if meeting.target not in walks.blocked
        if (meeting.source, meeting.target, meeting.contact) not in counted
        for opens, closes in walks.windows(meeting.source, "patient")
        if max(opens, meeting.start) < min(closes, meeting.end)
    }


def source_finding_by_hand(walks: Walks, listed: set[str]) -> set[Apart]:
    """Return recorded contacts before a case's window that are looked for to find its source."""
    out = set()
    for meeting, verdict in walks.contacts:
        if verdict is False or meeting.source not in walks.seeds or meeting.facts["joined"]:
            continue
        opening = opening_of(walks.cases[meeting.source], walks.records, walks.policy)
        if opening is None or opening.source_from is None or meeting.target in listed | walks.blocked:
            continue
        if max(opening.source_from, meeting.start) < min(opening.latest, walks.as_of, meeting.end):
            out.add((meeting.target, meeting.source, meeting.contact, meeting.start, meeting.end))
    return out
