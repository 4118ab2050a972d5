"""A chain as rows with their times, for pictures: who stands under whom, and what is known of each on the time axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from tracing.chains.chains import Chains
from tracing.chains.dates import UNDATED, case_dates
from tracing.chains.links import CONTACT, LINK
from tracing.chains.tree import Mark, choose_marks, edges_of, windows_of
from tracing.text import say
from tracing.times import EVER

Period = tuple[int, int]


@dataclass(frozen=True)
class ChainRow:
    """One row of a drawn chain; times are epoch seconds.

    Attributes
    ----------
    cases
        The case, or the cases folded into this row; ``total`` counts them with all that come after them.
    above
        Row number of the source, None for the root; ``depth`` counts rows above it.
    date, date_of
        Day or instant ``[from, to)`` of onset, sample or confirmation, None where unknown; of each folded case in
        ``dates``.
    possible, certain
        Infectious window in each reading, None where it has none; its ends may be "ever".
    exposure, exposure_certain, impossible
        When the source can have exposed it, whether that is certain, and whether it cannot be.
    note
        What else there is to say, in words.
    """

    cases: tuple[str, ...]
    total: int
    folded: bool
    above: int | None
    depth: int
    date: Period | None
    date_of: str | None
    dates: tuple[int, ...]
    possible: Period | None
    certain: Period | None
    exposure: Period | None
    exposure_certain: bool
    impossible: bool
    note: str


@dataclass(frozen=True)
class DrawnChain:
    """A chain as rows: ``size`` cases in all, ``above`` cases over the first row are left out."""

    root: str
    basis: str
    size: int
    above: int
    rows: tuple[ChainRow, ...]


def chain_starts(chains: Chains, *, most: int = 25) -> tuple[str, list[str]]:
    """Return the basis to draw chains by and the cases to begin with, the longest chain first.

    Declared links where there are any; else exposures of cases by cases, from those whom no other case exposed (where
    they run in a circle: from the earliest). No case without anybody after it.
    """
    table = chains.table
    if chains.roots:
        below = dict(zip(table["id"].tolist(), table["descendants"].tolist(), strict=True))
        return LINK, sorted(chains.roots, key=lambda case: (-below[case], case))[:most]
    if chains.tiers is None or not (table["contact_secondary"].fillna(0) > 0).any():
        return LINK, []
    able = table[(table["contact_secondary"] > 0).fillna(False)]
    first = able[able["contact_sources"].map(len) == 0]
    if first.empty:
        first = able.sort_values(["date", "id"], na_position="last").head(1)
    first = first.sort_values(["contact_secondary", "id"], ascending=[False, True])
    return CONTACT, first["id"].tolist()[:most]


def chain_rows(
    chains: Chains, case: str, *, basis: str = LINK, forward: bool = False, lang: str = "en", most: int = 150
) -> DrawnChain:
    """Return the chain of ``case`` as at most about ``most`` rows, in the order in which they are drawn.

    Raises
    ------
    NothingFound
        If there is no such case.
    """
    tree, marks, above = choose_marks(chains, case, forward=forward, basis=basis, marks=most)
    known = _Dates(chains, basis, lang)
    number: dict[str, int] = {}
    rows: list[ChainRow] = []
    for place, mark in enumerate(marks):
        parent = None if mark.parent is None else number.get(mark.parent)
        depth = 0 if parent is None else rows[parent].depth + 1
        rows.append(known.row(mark, parent, depth))
        if not mark.folded:
            number[mark.cases[0]] = place
    return DrawnChain(tree.root, basis, tree.below[tree.root] + 1, max(above, 0), tuple(rows))


class _Dates:
    """What is known of each case on the time axis."""

    def __init__(self, chains: Chains, basis: str, lang: str) -> None:
        self.lang = lang
        self.dates = case_dates(chains.graph)
        self.edges = edges_of(chains, basis)
        self.windows = windows_of(chains)

    def row(self, mark: Mark, above: int | None, depth: int) -> ChainRow:
        case = mark.cases[0]
        known = [self.dates[c] for c in mark.cases if c in self.dates and self.dates[c].known]
        date = self.dates.get(case, UNDATED)
        first, last, reading, status = self.edges.get((mark.parent or "", case), (None, None, "", ""))
        single = not mark.folded
        exposure = None if first is None or last is None or not single or abs(first) >= EVER // 2 else (first, last)
        windows: dict[Any, Period] = dict(self.windows.get(case, {})) if single else {}
        return ChainRow(
            cases=mark.cases,
            total=mark.total,
            folded=mark.folded,
            above=above,
            depth=depth,
            date=(date.at, max(date.end, date.at + 1)) if single and date.known else None,
            date_of=date.what if single and date.known else None,
            dates=() if single else tuple(sorted(d.at for d in known)),
            possible=windows.get("possible"),
            certain=windows.get("certain"),
            exposure=exposure,
            exposure_certain=reading == "certain",
            impossible=status == "impossible" and single,
            note=say(mark.note, self.lang),
        )


def day_range(chain: DrawnChain) -> Period | None:
    """Return the first and the last instant of all dates and exposures shown; None where nothing is dated."""
    times: list[int] = []
    for row in chain.rows:
        times += [*(row.date or ()), *row.dates]
        times += [t for t in row.exposure or () if abs(t) < EVER // 2 and not pd.isna(t)]
    return (min(times), max(times)) if times else None
