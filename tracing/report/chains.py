"""Chains as data for the page: rows with their times as shares of the axis."""

from __future__ import annotations

from typing import Any

from tracing.chains.links import LINK
from tracing.chains.timeline import ChainRow, DrawnChain, Period, chain_rows, chain_starts, day_range
from tracing.report.facts import PageFacts
from tracing.text import say_day
from tracing.times import DAY, EVER, end_of_day

_CHAINS = 25
_TICKS = 8


def chain_pages(facts: PageFacts, first: str | None = None) -> dict[str, Any]:
    """Return the chains to choose from, the one that holds ``first`` before the others.

    ``basis`` "link" or "contact"; ``left`` counts chains that are not among them; ``chains`` has one object each:
    ``root``, ``size``, ``above``, ``ticks`` ([share of the axis, day]), ``rows``. Empty where nobody led to anybody.
    """
    basis, starts = chain_starts(facts.chains, most=_CHAINS)
    left = max(len(facts.chains.roots) - len(starts), 0) if basis == LINK else 0
    if first is not None:
        row = facts.chains.table.set_index("id")["root"].get(first)
        root = str(row) if basis == LINK and isinstance(row, str) else first
        starts = [root, *(case for case in starts if case != root)][:_CHAINS] if starts else starts
    drawn = [chain_rows(facts.chains, case, basis=basis, lang=facts.lang) for case in starts]
    return {"basis": basis, "left": left, "chains": [_chain(chain, facts) for chain in drawn]}


def _chain(chain: DrawnChain, facts: PageFacts) -> dict[str, Any]:
    found = day_range(chain)
    ends = (
        None
        if found is None
        else (
            end_of_day(found[0], facts.zone_name) - 2 * DAY,
            end_of_day(max(found[1] - 1, found[0]), facts.zone_name) + DAY,
        )
    )
    return {
        "root": facts.shown(chain.root),
        "size": chain.size,
        "above": chain.above,
        "ticks": [] if ends is None else _ticks(ends, facts),
        "rows": [_row(row, ends, facts) for row in chain.rows],
    }


def _ticks(ends: Period, facts: PageFacts) -> list[list[Any]]:
    days = max((ends[1] - ends[0]) // DAY, 1)
    step = max(-(-days // _TICKS), 1)
    return [
        [
            _share(ends[0] + day * DAY, ends),
            say_day(ends[0] + day * DAY + DAY // 2, facts.lang, facts.zone_name, year=False),
        ]
        for day in range(1, days, step)
        if 20 * day < 19 * days
    ]


def _share(at: int, ends: Period) -> float:
    return round(100 * min(max((at - ends[0]) / (ends[1] - ends[0]), 0.0), 1.0), 2)


def _span(span: Period | None, ends: Period | None) -> list[float] | None:
    if span is None or ends is None or span[1] < ends[0] or span[0] > ends[1] or span[0] <= -EVER // 2:
        return None
    return [_share(span[0], ends), _share(span[1], ends)]


def _row(row: ChainRow, ends: Period | None, facts: PageFacts) -> dict[str, Any]:
    out: dict[str, Any] = {"n": row.note} if row.note else {}
    out |= {"c": [facts.shown(case) for case in row.cases[:200]], "d": row.depth}
    if row.above is not None:
        out["a"] = row.above
    if row.folded:
        out["f"] = row.total
        out["ds"] = [] if ends is None else [_share(at, ends) for at in row.dates[:200]]
    for key, span in (("o", row.date), ("p", row.possible), ("s", row.certain), ("e", row.exposure)):
        shares = _span(span, ends)
        if shares is not None:
            out[key] = shares
    out |= {"w": 1} if row.date_of == "onset" else {}
    out |= {"x": 1} if row.impossible else {}
    out |= {"sure": 1} if row.exposure_certain else {}
    if row.date is not None:
        out["t"] = say_day(row.date[0], facts.lang, facts.zone_name, year=False)
    return out
