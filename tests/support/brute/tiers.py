"""Tiers by brute force: every exposure walk, one after the other, in plain Python.

An independent reading of the definitions, for tests on small records only. It takes records and a policy as data and
shares no code with the engine: its own times, windows, visits, verdicts and walks. One module per question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from brute.contacts import judged
from brute.data import Apart, Data, Reading, Truth, counted_cases
from brute.days import last_day_on_record
from brute.walks import Exposure, Walks
from brute.windows import opening_of

from tracing.policy.model import Policy


@dataclass(frozen=True)
class Answer:
    """Everything that is compared, as plain values."""

    table: dict[str, tuple[Any, ...]]
    parents: set[tuple[Any, ...]]
    co_present: set[Apart]
    met_after_isolation: set[Apart]
    source_finding: set[Apart]


def brute_tiers(
    data: Data, policy: Policy, *, as_of: int | None = None, cases: list[str] | None = None, simple: bool = False
) -> Answer:
    """Return tiers, exposures, parents and co-present contacts of everybody, by walking every path.

    With ``simple`` no person appears twice in a walk.
    """
    until = last_day_on_record(data) if as_of is None else as_of
    contacts = judged(data, policy)
    judgements = {(m.source, m.target, m.contact): (m.facts["f1_class"], verdict) for m, verdict in contacts}
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
            tier["certain"],
            tier["possible"],
            min((e.at for e in own["possible"]), default=None),
            max((e.until for e in own["possible"]), default=None),
            min((e.at for e in own["certain"]), default=None),
            class_of_f1(own, judgements) if tier["possible"] == 1 else None,
        )
    listed = {
        (
            *key,
            "certain" if any(e.reading == "certain" for e in found) else "possible",
            min(e.at for e in found),
            max(e.until for e in found),
            found[0].start,
            found[0].end,
        )
        for key, found in parents.items()
    }
    walks = Walks(data, contacts, policy, "possible", until, seeds)
    counted = {(e.parent, e.person, e.contact) for by in steps["possible"].values() for e in by.get(1, [])}
    return Answer(
        table,
        listed,
        co_present_by_hand(walks, set(table)),
        met_after_isolation_by_hand(walks, counted),
        source_finding_by_hand(walks, set(table)),
    )


def class_of_f1(
    own: dict[Reading, list[Exposure]], judgements: dict[tuple[str, str, str], tuple[str | None, Truth]]
) -> str | None:
    """Tell the class of an F1 from the contacts that make it one: what is not known makes nobody a far one."""
    met = {judgements[e.parent, e.person, e.contact] for found in own.values() for e in found if e.step == 1}
    if ("near", True) in met:
        return "near"
    classes = {name for name, _verdict in met}
    return classes.pop() if len(classes) == 1 else "undecided"


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
