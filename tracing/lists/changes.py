"""What changed between two runs: who is new on the list, who rose, fell or left, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, Protocol

import pandas as pd

from tracing.lists.run_tables import run_tables
from tracing.lists.standings import FAR, NOWHERE, Place, compared_standings, placed, places
from tracing.model.columns import TableColumns
from tracing.model.rows import is_among
from tracing.results import Result, software_version
from tracing.text import Text, catalogue
from tracing.tiers.tiers import Tiers
from tracing.times import DEFAULT_ZONE, EVER, format_iso

_, _n = catalogue("tracing")

NEW, RISEN, FALLEN, GONE, CERTAINTY, UNCHANGED = "new", "risen", "fallen", "gone", "certainty", "unchanged"
CHANGES: Final = (NEW, RISEN, FALLEN, GONE, CERTAINTY, UNCHANGED)
#: The change when the two runs are compared the other way round.
MIRROR: Final = {NEW: GONE, GONE: NEW, RISEN: FALLEN, FALLEN: RISEN, CERTAINTY: CERTAINTY, UNCHANGED: UNCHANGED}

#: Why somebody came nearer, and (second) why somebody went further away: reason code and text.
REASONS: Final[Mapping[str, tuple[tuple[str, Text], tuple[str, Text]]]] = {
    "case": (
        ("case.new", _("turned out to be a case (F0)")),
        ("case.gone", _("is no longer a case (F0)")),
    ),
    "source.case": (
        ("source.new_case", _("{source} turned out to be a case (F0)")),
        ("source.no_case", _("{source} is no longer a case")),
    ),
    "source.tier": (
        ("source.nearer", _("{source} is newly listed or rose")),
        ("source.further", _("{source} left the list or fell")),
    ),
    "as_of": (
        ("as_of.later", _("the answer is for a later moment")),
        ("as_of.earlier", _("the answer is for an earlier moment")),
    ),
    "policy": (
        ("policy.differs", _("the rule is another")),
        ("policy.differs", _("the rule is another")),
    ),
    "contact.corrected": (
        ("contact.corrected", _("the contact with {source} was corrected")),
        ("contact.corrected", _("the contact with {source} was corrected")),
    ),
    "source.isolation": (
        ("source.isolated_later", _("isolation of {source} is recorded later than before")),
        ("source.isolated_earlier", _("isolation of {source} is recorded earlier than before")),
    ),
    "source.dates": (
        ("source.dates", _("the dates of {source} were corrected")),
        ("source.dates", _("the dates of {source} were corrected")),
    ),
    "contact": (
        ("contact.new", _("a contact with {source} is new on record or counts now")),
        ("contact.gone", _("the contact with {source} is no longer on record or no longer counts")),
    ),
    "records": (
        ("records.differ", _("the records differ")),
        ("records.differ", _("the records differ")),
    ),
}
_COLUMNS: Final = {
    "person": "string",
    "change": "string",
    "tier_certain_before": "Int64",
    "tier_possible_before": "Int64",
    "tier_certain_after": "Int64",
    "tier_possible_after": "Int64",
    "reason": "string",
    "source": "string",
    "contact": "string",
    "reason_vi": "string",
    "reason_en": "string",
}


class RunTables(Protocol):
    """A run as a store keeps it (``graph.runs.Run`` is one).

    ``tables`` holds "tiers" and "parents" (as :class:`tracing.tiers.tiers.Tiers` has them) and, if reasons are to tell
    an isolation from a contact, "facts" (see :func:`tracing.lists.run_tables.run_tables`).
    """

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Tables by name."""

    @property
    def policy(self) -> str | None:
        """Id of the rule."""

    @property
    def policy_digest(self) -> str | None:
        """Hash of the rule's text."""

    @property
    def as_of(self) -> int | None:
        """The instant the answer is for, epoch seconds."""

    @property
    def inputs(self) -> str:
        """Hash of the records."""


@dataclass(frozen=True)
class TracedRun:
    """Tiers as a run, before or without a store.

    Attributes
    ----------
    tables
        "tiers", "parents" and "facts" (:func:`tracing.lists.run_tables.run_tables`).
    policy, policy_digest
        The rule: its id, and the hash of its text.
    as_of
        The instant the answer is for, epoch seconds.
    inputs
        Hash of the records.
    """

    tables: Mapping[str, pd.DataFrame]
    policy: str | None
    policy_digest: str | None
    as_of: int | None
    inputs: str

    @classmethod
    def of(cls, tiers: Tiers) -> TracedRun:
        """Return ``tiers`` as a run."""
        made = tiers.provenance
        return cls(run_tables(tiers), made["policy"], made["policy_digest"], tiers.as_of, made["inputs"])


@dataclass(frozen=True)
class Changes(Result):
    """Who changed between two runs, and why.

    Attributes
    ----------
    table
        One row per person whose place on the list changed, sorted by person: ``change`` ("new" on the list, "risen"
        nearer to a case, "fallen" further away, "gone" from the list, by the possible tier; "certainty" where only the
        certain tier changed; "unchanged" only if asked for), tiers before and after (NA: not listed), ``reason``
        (code), ``source`` and ``contact`` (behind the reason, NA where it is not one contact), ``reason_vi``,
        ``reason_en``.
    differences
        What differs between the runs as a whole: ``what`` ("policy", "as_of", "inputs"), ``before``, ``after``.
    """

    differences: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        counts = ", ".join(f"{n} {change}" for change, n in self.counts().items())
        return f"<Changes: {counts or 'nobody'}>"

    def counts(self) -> dict[str, int]:
        """Return how many people there are of each change that occurs."""
        found = Counter(self.table["change"].tolist())
        return {change: found[change] for change in CHANGES if found[change]}

    def to_dict(self) -> dict[str, Any]:
        """Return a JSON object: counts, differences, changes."""
        plain = self.table.astype(object)
        rows = plain.where(plain.notna(), None).to_dict("records")
        return {
            "provenance": dict(self.provenance),
            "counts": self.counts(),
            "differences": self.differences.to_dict("records"),
            "changes": rows,
        }


def compare_runs(before: RunTables, after: RunTables, *, unchanged: bool = False, zone: str = DEFAULT_ZONE) -> Changes:
    """Return who is new, risen, fallen or gone in ``after`` against ``before``, with the reason.

    The reason is read from the parents that came or went: the earliest one that the nearer side has and the other has
    not. Two equal runs give an empty table; swapping the runs mirrors it.

    Parameters
    ----------
    before, after
        Two runs: kept ones, or tiers as :class:`TracedRun`.
    unchanged
        List everybody else, too.
    zone
        Time zone in which days are told.

    Returns
    -------
    Changes
        One row per person whose place changed, sorted by person, with the reason in words.

    Raises
    ------
    KeyError
        If a run does not hold the tables "tiers" and "parents": a run of another command.
    """
    stood = compared_standings(TableColumns.of(before.tables["tiers"]), TableColumns.of(after.tables["tiers"]))
    moved = stood.take(stood.numbers("moved").values)
    changed = set(moved["person"])
    parents = [_rows_of(run, "parents", changed) for run in (before, after)]
    named = changed.union(*(table["parent"] for table in parents))
    old, new = (_Side.of(run, table, named) for run, table in zip((before, after), parents, strict=True))
    rows = []
    for person, was, now in placed(stood if unchanged else moved):
        change, nearer = _change(was, now)
        if change == UNCHANGED:
            if unchanged:
                rows.append([person, change, *_numbers(was), *_numbers(now), *[pd.NA] * 5])
            continue
        kind, source, contact = _explain(person, change, *((old, new) if nearer else (new, old)))
        code, text = REASONS[kind][0 if nearer else 1]
        said = [text.fill(source=source).say(lang) for lang in ("vi", "en")]
        rows.append([person, change, *_numbers(was), *_numbers(now), code, source or pd.NA, contact or pd.NA, *said])
    table = pd.DataFrame(rows, columns=list(_COLUMNS)).astype(_COLUMNS)
    return Changes(table, _made(before, after, zone), _differences(before, after, zone))


def _numbers(place: Place) -> tuple[Any, Any]:
    certain, possible = (pd.NA if tier == FAR else tier for tier in (place.certain, place.possible))
    return certain, possible


class _Parent(NamedTuple):
    tier: int
    certain: bool
    source: str
    contact: str
    exposure: int
    content: tuple[Any, ...]


@dataclass(frozen=True)
class _Side:
    """One run, ready to be asked."""

    run: RunTables
    tiers: Mapping[str, Place]
    parents: Mapping[str, list[_Parent]]
    facts: Mapping[str, tuple[Any, ...]]

    @classmethod
    def of(cls, run: RunTables, parents: pd.DataFrame, named: set[str]) -> _Side:
        """Read ``parents``, the earliest first, and the places and dates of those who are ``named``."""
        parents = parents.sort_values(["person", "exposure", "contact", "parent"])
        by_person: dict[str, list[_Parent]] = {}
        for row in _plain_rows(parents):
            found = _Parent(
                tier=row.tier,
                certain=row.reading == "certain",
                source=row.parent,
                contact=row.contact,
                exposure=row.exposure,
                content=(row.start, row.end, row.place),
            )
            by_person.setdefault(row.person, []).append(found)
        facts = _plain_rows(_rows_of(run, "facts", named)) if "facts" in run.tables else ()
        known = {row.person: (row.isolated, row.onset, row.sample, row.confirmed) for row in facts}
        return cls(run, places(TableColumns.of(_rows_of(run, "tiers", named))), by_person, known)


def _rows_of(run: RunTables, name: str, people: set[str]) -> pd.DataFrame:
    table = run.tables[name]
    return table[is_among(table["person"], people)]


def _plain_rows(table: pd.DataFrame) -> Iterator[Any]:
    """Yield rows, None for what is missing."""
    plain = table.astype(object)
    return iter(plain.where(plain.notna(), None).itertuples(index=False))


def _change(was: Place, now: Place) -> tuple[str, bool]:
    """Return the change and whether the person came nearer (more certain)."""
    if was.possible == now.possible:
        return (UNCHANGED if was.certain == now.certain else CERTAINTY), now.certain < was.certain
    if was.possible == FAR:
        return NEW, True
    if now.possible == FAR:
        return GONE, False
    nearer = now.possible < was.possible
    return (RISEN if nearer else FALLEN), nearer


def _explain(person: str, change: str, far: _Side, near: _Side) -> tuple[str, str, str]:
    """Return (kind of reason, source, contact) for which ``person`` is nearer in ``near`` than in ``far``."""
    place, there = near.tiers.get(person, NOWHERE), far.tiers.get(person, NOWHERE)
    if place.case and not there.case:
        return "case", "", ""
    sure = change == CERTAINTY
    tier = place.certain if sure else place.possible
    had = {(p.tier, p.source, p.contact) for p in far.parents.get(person, []) if p.certain or not sure}
    rows = [p for p in near.parents.get(person, []) if p.tier == tier and (p.certain or not sure)]
    rows = [p for p in rows if (p.tier, p.source, p.contact) not in had] or rows
    if not rows:
        return _whole(far, near), "", ""
    return _why(person, rows[0], sure, far, near), rows[0].source, rows[0].contact


def _why(person: str, row: _Parent, sure: bool, far: _Side, near: _Side) -> str:
    source, there = near.tiers.get(row.source, NOWHERE), far.tiers.get(row.source, NOWHERE)
    if source.case and not there.case:
        return "source.case"
    if source.possible < there.possible or (sure and source.certain < there.certain):
        return "source.tier"
    if (far.run.as_of or EVER) < (near.run.as_of or EVER) and row.exposure >= (far.run.as_of or EVER):
        return "as_of"
    if far.run.inputs == near.run.inputs:
        return _whole(far, near)
    same_pair = [p for p in far.parents.get(person, []) if p.source == row.source]
    now = {p.contact for p in near.parents.get(person, [])}
    if any(p.content != row.content if p.contact == row.contact else p.contact not in now for p in same_pair):
        return "contact.corrected"
    facts, known = near.facts.get(row.source), far.facts.get(row.source)
    if facts is not None and known is not None and facts != known:
        return "source.isolation" if _isolated_later(facts[0], known[0]) else "source.dates"
    if far.run.policy_digest != near.run.policy_digest:
        return "policy"
    return "records" if same_pair else "contact"


def _isolated_later(near: int | None, far: int | None) -> bool:
    return far is not None and (near is None or near > far)


def _whole(far: _Side, near: _Side) -> str:
    """Return what differs between the runs as a whole."""
    if far.run.policy_digest != near.run.policy_digest:
        return "policy"
    return "as_of" if (far.run.as_of or EVER) < (near.run.as_of or EVER) else "records"


def _time(run: RunTables, zone: str) -> str:
    return "" if run.as_of is None or run.as_of >= EVER else format_iso(run.as_of, run.as_of, zone)


def _differences(before: RunTables, after: RunTables, zone: str) -> pd.DataFrame:
    pairs = {
        "policy": [f"{run.policy or ''} {run.policy_digest or ''}".strip() for run in (before, after)],
        "as_of": [_time(run, zone) for run in (before, after)],
        "inputs": [run.inputs for run in (before, after)],
    }
    rows = [[what, *pair] for what, pair in pairs.items() if pair[0] != pair[1]]
    return pd.DataFrame(rows, columns=["what", "before", "after"]).astype("string")


def _made(before: RunTables, after: RunTables, zone: str) -> dict[str, str]:
    return {
        "version": software_version(),
        "policy": after.policy or "",
        "policy_digest": after.policy_digest or "",
        "as_of": _time(after, zone),
        "inputs": after.inputs,
        "inputs_before": before.inputs,
        "as_of_before": _time(before, zone),
    }
