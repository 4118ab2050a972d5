"""Each unit's answers: why it is in, why it is not, and whom its risk comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from tracing.report.facts import PageFacts
from tracing.report.units import full_names
from tracing.text import Text, catalogue, say_day
from tracing.zones.describe import reason_sentence
from tracing.zones.units import NOT_PLACED

_, _n = catalogue("tracing")

_UNITS: Final = 400
_EVIDENCE: Final = 8
_MANY: Final = 2


@dataclass(frozen=True, kw_only=True)
class UnitAnswer:
    """What a click on a unit shows.

    ``enters``: the step from which on it is in the core, None never; ``path`` the contact path of the person who weighs
    most, where it was asked for; ``outside`` says why a unit with many cases may stand outside, None where it has few.
    """

    row: int
    name: str
    counts: str
    risk: str
    enters: int | None
    inside: bool
    reasons: tuple[str, ...]
    path: tuple[str, str] | None
    outside: str | None


def unit_answers(facts: PageFacts) -> list[UnitAnswer]:
    """Return the answers for units with risk or cases, the heaviest first."""
    units = facts.zones.units
    told = units[(units["expected"] > 0) | (units["f0"] > 0)]
    told = told.sort_values(["expected", "unit"], ascending=[False, True]).head(_UNITS)
    names, cases = full_names(facts), _Cases(facts)
    reasons: dict[str, list[dict[Any, Any]]] = {}
    for reason in facts.zones.reasons.to_dict("records"):
        reasons.setdefault(reason["unit"], []).append(reason)
    own = facts.zones.proposal or 0
    ranks = units["expected"].rank(method="min", ascending=False)
    out: list[UnitAnswer] = []
    paths = 0
    for row, unit in zip(told.index.tolist(), told.to_dict("records"), strict=True):
        rows = reasons.get(str(unit["unit"]), [])
        enters = None if pd.isna(unit["enters"]) else int(unit["enters"])
        inside = enters is not None and enters <= own
        path = _path(facts, rows) if inside and paths < _EVIDENCE else None
        paths += path is not None
        out.append(
            UnitAnswer(
                row=row,
                name=names[row],
                counts=_counts(facts, unit),
                risk=_risk(facts, unit, int(ranks[row])),
                enters=enters,
                inside=inside,
                reasons=tuple(_reasons(facts, rows)),
                path=path,
                outside=facts.say(cases.why_outside(row, unit)) if int(unit["f0"]) >= _MANY else None,
            )
        )
    return out


def _counts(facts: PageFacts, unit: dict[Any, Any]) -> str:
    tiers = ", ".join(f"F{k} {facts.number(unit[f'f{k}'])}" for k in range(3))
    people = _("population not on record")
    if not pd.isna(unit["people"]):
        people = _n("{n} person", "{n} people", int(unit["people"]), n=int(unit["people"]))
    return f"{tiers}; {facts.say(people)}"


def _risk(facts: PageFacts, unit: dict[Any, Any], rank: int) -> str:
    share = 100 * float(unit["share"])
    if not unit["expected"] > 0:
        return facts.say(_("no risk left on record"))
    text = _("less than 1 % of the risk, rank {rank} of {all}", rank=rank, all=len(facts.zones.units))
    if share >= 1:
        text = _(
            "{share} % of the risk, rank {rank} of {all}", share=round(share), rank=rank, all=len(facts.zones.units)
        )
    return facts.say(text)


def _reasons(facts: PageFacts, rows: list[dict[Any, Any]]) -> Iterator[str]:
    most = max((row["share"] for row in rows), default=0)
    for row in rows:
        if row["share"] >= 0.005 or row["share"] == most:
            yield facts.say(reason_sentence(facts.zones, row, facts.lang, shown=facts.shown))


def _path(facts: PageFacts, rows: list[dict[Any, Any]]) -> tuple[str, str] | None:
    """Return who is the heaviest person that is no case (else the heaviest), and their contact path."""
    from tracing.evidence.evidence import explain

    if not rows:
        return None
    person = str(next((row for row in rows if row["tier"] > 0), rows[0])["person"])
    return facts.shown(person), explain(facts.tiers, person, otherwise=False).text(facts.lang)


class _Cases:
    """The cases of each unit: how many are isolated on record, and the last day."""

    def __init__(self, facts: PageFacts) -> None:
        self._facts = facts
        cases = facts.tiers.table.loc[facts.tiers.table["case"], "person"].astype(str).tolist()
        self._isolated = facts.count_by_unit([case for case in cases if case in facts.isolated])
        self._last = np.full(len(facts.zones.units), np.iinfo(np.int64).min)
        days = facts.curve.table
        rows = facts.unit_of(days["case"].astype(str))
        placed = rows != NOT_PLACED
        np.maximum.at(self._last, rows[placed], days["day"].to_numpy(dtype=np.int64)[placed])

    def why_outside(self, row: int, unit: dict[Any, Any]) -> Text:
        """Return why a unit with many cases can stand outside: cases taken away, long past, or many people for it."""
        n, away = int(unit["f0"]), int(self._isolated[row])
        parts: list[Text] = []
        if away == n:
            parts.append(_("all {n} cases are isolated on record", n=n))
        elif away:
            parts.append(_("{away} of {n} cases are isolated on record", away=away, n=n))
        if self._last[row] > np.iinfo(np.int64).min:
            last = say_day(int(self._last[row]), self._facts.lang, self._facts.zone_name)
            parts.append(_("the last case is of {day}", day=last))
        share = round(100 * float(unit["share"]))
        if pd.isna(unit["people"]):
            parts.append(_("it holds {share} % of the risk", share=share))
        else:
            parts.append(_("it holds {share} % of the risk for {n} people", share=share, n=int(unit["people"])))
        if pd.isna(unit["enters"]):
            parts.append(_("no step closes it"))
        else:
            parts.append(_("step {step} closes it", step=int(unit["enters"])))
        told = "; ".join(self._facts.say(part) for part in parts)
        return _n("{n} case: {told}.", "{n} cases: {told}.", n, n=n, told=told)
