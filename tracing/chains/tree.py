"""A chain as a tree: who stands under whom, and which rows of it are shown."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from tracing.chains.chains import Chains
from tracing.chains.dates import UNDATED, case_dates
from tracing.chains.links import CONTACT, LINK
from tracing.text import Words, catalogue, join

_, _n = catalogue("tracing")


@dataclass
class Mark:
    """One row of the tree: a case, or several folded into one row that stands for ``total`` cases."""

    cases: tuple[str, ...]
    parent: str | None
    trunk: str
    notes: tuple[Words, ...] = ()
    folded: bool = False
    total: int = 1

    @property
    def note(self) -> Words:
        """What else there is to say of it; nothing said in words is an empty text."""
        return join(self.notes) if self.notes else ""


@dataclass(frozen=True)
class Tree:
    """Who stands under whom, each case once; ``below`` counts the cases in each subtree, itself not counted."""

    root: str
    children: Mapping[str, tuple[str, ...]]
    below: Mapping[str, int]

    def internal(self, case: str) -> bool:
        """Whether anybody stands under ``case``."""
        return case in self.children


def choose_marks(
    chains: Chains, case: str, *, forward: bool = False, basis: str = LINK, marks: int = 150
) -> tuple[Tree, list[Mark], int]:
    """Return the tree of ``case``, the rows to show of it in order, and how many cases above are left out.

    Parameters
    ----------
    forward
        Begin at the case itself instead of at its root.
    basis
        "link" for declared links, "contact" for exposures that follow each other in time (needs tiers).
    marks
        Most rows of the tree.
    """
    person = chains.find(case)
    root = chains.rows[person]["root"]
    start = person if forward or basis == CONTACT or pd.isna(root) else str(root)
    tree = _tree(chains, start, basis)
    path = _path(tree, person)
    above = len(path) - marks // 2
    if above > 0:
        tree = _tree(chains, path[above], basis)
        path = path[above:]
    shown = _unfold(tree, set(path), marks)
    _add_notes(chains, shown, basis)
    if basis == LINK:
        _add_untaken(chains, tree, shown)
    return tree, shown, above


def _tree(chains: Chains, root: str, basis: str) -> Tree:
    found = chains.forward(root)
    found = found[found["basis"] == basis]
    dates = case_dates(chains.graph)
    children: dict[str, list[str]] = {}
    for source, case in zip(found["source"].tolist(), found["case"].tolist(), strict=True):
        children.setdefault(source, []).append(case)
    order = [root]
    for node in order:
        order += children.get(node, [])
    below = dict.fromkeys(order, 0)
    for node in reversed(order):
        below[node] = sum(below[child] + 1 for child in children.get(node, []))
    by_date = {k: tuple(sorted(v, key=lambda c: (dates.get(c, UNDATED).at, c))) for k, v in children.items()}
    return Tree(root, by_date, below)


def _path(tree: Tree, person: str) -> list[str]:
    above = {child: node for node, children in tree.children.items() for child in children}
    path = [person] if person in tree.below else [tree.root]
    while path[-1] in above:
        path.append(above[path[-1]])
    return path[::-1]


def _unfold(tree: Tree, keep: set[str], marks: int) -> list[Mark]:
    """Open branches, the largest first, until ``marks`` rows are used; those in ``keep`` always."""
    rows_under: dict[str, tuple[list[str], list[str]]] = {}
    used, waiting = 1, [(0, -tree.below[tree.root], tree.root)]
    while waiting:
        unkept, _, node = heapq.heappop(waiting)
        children = tree.children.get(node, ())
        if not children or (unkept and used >= marks):
            continue
        alone, folded = _split(tree, children, keep, marks - used)
        rows_under[node] = alone, folded
        used += len(alone) + bool(folded)
        for child in alone:
            heapq.heappush(waiting, (int(child not in keep), -tree.below[child], child))
    return _in_order(tree, rows_under)


def _split(tree: Tree, children: Sequence[str], keep: set[str], room: int) -> tuple[list[str], list[str]]:
    """Return (children with a row of their own, children folded into one row), both in the given order."""
    leaves = [c for c in children if not tree.internal(c) and c not in keep]
    first = [c for c in children if c in keep]
    branches = sorted((c for c in children if tree.internal(c) and c not in keep), key=lambda c: -tree.below[c])
    alone = set(first) | set(branches[: max(room - len(first) - 1, 0)])
    if len(leaves) <= 4 and len(alone) + len(leaves) <= room:
        alone |= set(leaves)
    if len(children) - len(alone) == 1:
        alone = set(children)
    return [c for c in children if c in alone], [c for c in children if c not in alone]


def _in_order(tree: Tree, rows_under: Mapping[str, tuple[list[str], list[str]]]) -> list[Mark]:
    marks: list[Mark] = []
    stack = [Mark((tree.root,), None, "")]
    while stack:
        mark = stack.pop()
        marks.append(mark)
        node = mark.cases[0]
        if mark.folded:
            continue
        if node not in rows_under:
            after = tree.below[node]
            mark.notes = (_n("+{n} case after", "+{n} cases after", after, n=after),) if after else ()
            continue
        alone, folded = rows_under[node]
        trunk = mark.trunk[:-1] + {"├": "│ ", "└": "  "}.get(mark.trunk[-1:], "") if mark.trunk else ""
        under = [Mark((c,), node, trunk) for c in alone]
        if folded:
            count = sum(tree.below[c] + 1 for c in folded)
            notes = (_("with those after them"),) if count > len(folded) else ()
            under.append(Mark(tuple(folded), node, trunk, notes, folded=True, total=count))
        for place, child in enumerate(under):
            child.trunk += "└" if place == len(under) - 1 else "├"
        stack += under[::-1]
    return marks


def _add_notes(chains: Chains, shown: list[Mark], basis: str) -> None:
    column = "sources" if basis == LINK else "contact_sources"
    for mark in shown:
        if mark.folded:
            undated = sum(bool(pd.isna(chains.rows[case]["date"])) for case in mark.cases)
            mark.notes += (_("{n} without a date", n=undated),) if undated else ()
        else:
            mark.notes += tuple(_notes_of(chains, mark, column))


def _add_untaken(chains: Chains, tree: Tree, shown: list[Mark]) -> None:
    """Say where a declared link is not followed: it was before anything can have been passed on to its source."""
    for mark in shown:
        if not mark.folded:
            early = sum(target not in tree.below for target in chains.links.successors(mark.cases[0]))
            note = _n("{n} earlier link left out", "{n} earlier links left out", early, n=early)
            mark.notes = (note, *mark.notes) if early else mark.notes


def _notes_of(chains: Chains, mark: Mark, column: str) -> Iterator[Words]:
    row = chains.rows[mark.cases[0]]
    others = [source for source in row[column] if source != mark.parent]
    if others and mark.parent:
        yield _("also from {ids}", ids=", ".join(others))
    if not row["case"]:
        yield _("ruled out as a case") if row["id"] in chains.ruled_out else _("not in the line list")
    elif pd.isna(row["date"]):
        yield _("no date")
    if not pd.isna(row["exposed"]) and row["exposed"]:
        exposed = int(row["exposed"])
        yield _n("+{n} contact", "+{n} contacts", exposed, n=exposed)


Edge = tuple[int | None, int | None, str, str]


def edges_of(chains: Chains, basis: str) -> dict[tuple[str, str], Edge]:
    """Return (first, last, reading, status) by (source, target); a declared link without a date takes a contact's."""
    frame = chains.edges.sort_values(["basis", "first"], ascending=[basis == CONTACT, True], kind="stable")
    out: dict[tuple[str, str], Edge] = {}
    columns = [frame[c].tolist() for c in ("source", "target", "basis", "first", "last", "reading", "status")]
    for source, target, kind, first, last, reading, status in zip(*columns, strict=True):
        span = (None, None) if pd.isna(first) else (int(first), int(last))
        known = out.get((source, target))
        if known is None and kind == basis:
            out[source, target] = (*span, reading, status)
        elif known is not None and known[0] is None:
            out[source, target] = (*span, *known[2:])
    return out


def windows_of(chains: Chains) -> dict[str, dict[str, tuple[int, int]]]:
    """Return each case's infectious window in both readings; empty without tiers."""
    if chains.tiers is None:
        return {}
    out: dict[str, dict[str, tuple[int, int]]] = {}
    people = chains.graph.columns.people
    for reading, labels in chains.tiers.spread.labels.items():
        windows = labels.cases[0]
        persons = people[windows.person].tolist()
        for case, opens, closes in zip(persons, windows.opens.tolist(), windows.closes.tolist(), strict=True):
            out.setdefault(case, {}).setdefault(reading, (opens, closes))
    return out
