"""Who was kept in when, and who was at large between."""

from __future__ import annotations

from dataclasses import dataclass

from brute.contacts import contact_times
from brute.data import ROOM, Data, Reading, counted_cases, rows_of
from brute.days import last_of, midnight

from tracing.times import EVER, NEVER


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
