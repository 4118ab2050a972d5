"""What keeps somebody from being certain: the facts that are missing at the earliest contact of their tier."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from tracing.evidence.describe import FACT_WORDS, TIME_WORDS, missing_fact
from tracing.text import catalogue, join
from tracing.tiers.tiers import Tiers
from tracing.tiers.verdict import UNDECIDED, ContactFacts, conditions
from tracing.times import EVER, NEVER

Ints = npt.NDArray[np.int64]

_, _n = catalogue("tracing")

_TIMES: Final = {
    **TIME_WORDS,
    "source": _("the person behind it is only possible too"),
    "f1_class": _("whether a near or a far F1 is not known"),
}


def say_doubts(codes: str | None, lang: str) -> str:
    """Return doubts ("minutes; day") in words, in Vietnamese ("vi") or English; empty for none."""
    if codes is None or pd.isna(codes):
        return ""
    return join(missing_fact(code) if code in FACT_WORDS else _TIMES[code] for code in codes.split("; "))(lang)


def find_doubts(tiers: Tiers) -> dict[str, str]:
    """Return, for each person whose possible tier is not certain, codes of the doubts, "; " between.

    Codes: names of the facts that the clause asks for and that are missing; "source" (the parent is only possible at
    its tier); "undated", "one_day", "no_checkout" or "day" (why the time is not certain); "window" (the source's
    infectious time is not). They are those of the earliest contact that gives the tier; any other may be completed
    instead. Also of those certain at their tier: "f1_class" (near is not excluded).
    """
    table, parents = tiers.table, tiers.parents
    unsure = table[(table["tier_certain"] != table["tier_possible"]).fillna(True)]
    first = parents.merge(unsure[["person", "tier_possible"]], on="person")
    first = first[first["tier"] == first["tier_possible"]].drop_duplicates("person").reset_index(drop=True)
    certain = dict(zip(table["person"], table["tier_certain"].fillna(1 << 30).astype(int), strict=True))
    missing = _missing_facts(tiers, first)
    timing = _timing(tiers, first)
    out = {}
    columns = (first[c].tolist() for c in ("person", "parent", "tier"))
    for at, (person, parent, tier) in enumerate(zip(*columns, strict=True)):
        doubts = [*missing.get(at, ())]
        if certain.get(parent, 1 << 30) > tier - 1:
            doubts.append("source")
        if not doubts or timing[at] in ("undated", "one_day"):
            doubts.append(timing[at])
        out[person] = "; ".join(dict.fromkeys(doubts))
    for person in table.loc[(table["f1_class"] == "undecided").fillna(False), "person"]:
        out[person] = "; ".join([*filter(None, [out.get(person)]), "f1_class"])
    return out


def _timing(tiers: Tiers, rows: pd.DataFrame) -> list[str]:
    """Say of each contact why its time may not be certain."""
    contacts = tiers.graph.records.contacts
    at = pd.Index(contacts["contact"]).get_indexer(pd.Index(rows["contact"]))
    no_hour = (contacts["start_to"] > contacts["start"]).fillna(True).to_numpy(dtype=bool)
    once = (contacts["time_kind"] != "presence").fillna(False).to_numpy(dtype=bool)
    day = np.append(no_hour | once, False)[at]
    no_start = (rows["start"] <= NEVER // 2).to_numpy(dtype=bool)
    no_end = (rows["end"] >= EVER // 2).to_numpy(dtype=bool)
    joined = rows["joined"].to_numpy(dtype=bool)
    said = np.where(joined, "no_checkout", np.where(day, "day", "window"))
    said = np.where(no_start | no_end, np.where(no_start & no_end, "undated", "one_day"), said)
    return [str(code) for code in said]


def _missing_facts(tiers: Tiers, rows: pd.DataFrame) -> dict[int, list[str]]:
    """Return, by position in ``rows``, the facts without which the clause is undecided."""
    out: dict[int, list[str]] = {}
    undecided = (rows["verdict"] == "undecided").to_numpy(dtype=bool)
    joined = rows["joined"].to_numpy(dtype=bool)
    spread = tiers.spread
    recorded = np.flatnonzero(undecided & ~joined)
    contacts = pd.Index(tiers.graph.records.contacts["contact"])
    _ask(tiers, rows, recorded, spread.facts, contacts.get_indexer(pd.Index(rows["contact"].iloc[recorded])), out)
    visited = np.flatnonzero(undecided & joined)
    if len(visited):
        known = _covisits(tiers, rows["contact"].iloc[visited])
        refs = np.array([known[name] for name in rows["contact"].iloc[visited]], dtype=np.int64)
        _ask(tiers, rows, visited, spread.covisits.facts, refs, out)
    return out


def _ask(
    tiers: Tiers, rows: pd.DataFrame, at: Ints, facts: ContactFacts, refs: Ints, out: dict[int, list[str]]
) -> None:
    clauses = rows["clause"].iloc[at].to_numpy(dtype=object)
    for clause in tiers.policy.clauses:
        own = np.flatnonzero(clauses == clause.id)
        if len(own):
            answers = conditions(facts.take(refs[own].astype(np.int64)), clause)
            for name, answer in answers.items():
                for position in at[own[answer == UNDECIDED]].tolist():
                    out.setdefault(position, []).append(name)


def _covisits(tiers: Tiers, names: Iterable[str]) -> dict[str, int]:
    """Return the row of each pair of joined visits ("a~b")."""
    spread = tiers.spread
    wanted = set(names)
    visits = np.array(spread.visits.table["visit"].tolist(), dtype=object)[spread.visits.row]
    needed = {visit for name in wanted for visit in (name, *name.split("~"))}
    some = np.flatnonzero(np.isin(spread.covisits.source, np.flatnonzero(pd.Index(visits).isin(list(needed)))))
    pairs = zip(visits[spread.covisits.source[some]], visits[spread.covisits.target[some]], strict=True)
    found = {"~".join(sorted(pair)): int(row) for row, pair in zip(some, pairs, strict=True)}
    return {name: found[name] for name in wanted}
