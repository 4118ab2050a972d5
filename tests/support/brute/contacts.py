"""Who met whom, when and where: recorded contacts, and visits that overlap."""

from __future__ import annotations

from itertools import product
from math import inf

from brute.data import ROOM, Data, Meeting, Reading, Row, Sure, Truth, rows_of
from brute.verdicts import SETTING_OF, any_of, holds

from tracing.policy.model import Policy
from tracing.times import EVER, NEVER

#: A visit to a room that has no check-out lasts at least this.
ASSUMED_IN_ROOM = 3600


def touched(row: Row) -> Truth:
    """Tell whether they touched; people more than 2 m apart did not."""
    if row["physical"] is None and row["distance_m"] is not None and row["distance_m"] > 2:
        return False
    return bool(row["physical"]) if row["physical"] is not None else None


def place_kind(row: Row, place: Row, kind: str | None) -> str | None:
    """Return the kind of place; of a known setting other than transport, at no place on record: one of that setting."""
    if place.get("kind") is None and row["place"] is None and kind not in (None, "transport"):
        return f"some {kind}"
    return place.get("kind")


def setting(place_kind: str | None) -> str | None:
    """Return the setting that a kind of place implies; what goes on in a room is not known."""
    if place_kind is None or place_kind == ROOM:
        return None
    return SETTING_OF.get(place_kind, "social")


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
        meeting.facts["f1_class"] = class_of(meeting, same_pair, policy)
        out.append((meeting, verdict))
    return out


def class_of(meeting: Meeting, same_pair: list[Meeting], policy: Policy) -> str | None:
    """Tell which class of F1 a contact makes: far only where it is no near one, whatever is not known."""
    near, far = (
        any_of([holds(clause, meeting, same_pair) for clause in policy.clauses if clause.f1_class == name])
        for name in ("near", "far")
    )
    if not any(clause.f1_class == "far" for clause in policy.clauses):
        return None
    if near is True or far is False:
        return "near"
    return "far" if near is False else "undecided"


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
