"""Does a contact count? One clause after the other, with unknown facts as a third answer."""

from __future__ import annotations

from itertools import product
from math import ceil, floor, inf
from typing import Any

from brute.data import Meeting, Truth

from tracing.policy.model import Clause, MinutesByMask

SETTINGS = {
    "transport": "vehicle flight bus boat taxi train ship car motorbike",
    "household": "household home",
    "work": "workplace factory office company",
    "school": "school kindergarten university",
    "care": "hospital clinic",
}
SETTING_OF = {kind: name for name, kinds in SETTINGS.items() for kind in kinds.split()}


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
        some = {f"some {SETTING_OF.get(kind, 'social')}" for kind in clause.place_kinds}
        answers.append(None if facts["place_kind"] in some | {None} else facts["place_kind"] in clause.place_kinds)
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
