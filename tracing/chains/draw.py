"""A chain as a tree on a time axis, in plain text: rows of (text, style), to be coloured by whoever prints them."""

from __future__ import annotations

import heapq
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracing.chains.chains import Chains
from tracing.chains.links import CONTACT, LINK, UNDATED, CaseDate, case_dates
from tracing.times import DAY, EVER, NEVER, end_of_day, local

Span = tuple[str, str]
Row = tuple[Span, ...]
#: Styles of a span. "case": a case; "focus": the one asked for; "missing": not on the line list; "fold": a count.
STYLES: Final = ("title", "case", "focus", "missing", "fold", "possible", "impossible", "faint")

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TEXTS: Final = {
    "link": ("liên kết khai báo", "declared links"),
    "contact": ("tiếp xúc theo thời gian", "contacts in order of time"),
    "title": ("Chuỗi từ {root} · {basis} · {n} ca", "Chain from {root} · {basis} · {n} case{s}"),
    "one": ("{root} · {basis} · không dẫn đến ca nào trong hồ sơ", "{root} · {basis} · led to no case on record"),
    "above": ("… {n} ca phía trên không vẽ", "… {n} case{s} above not drawn"),
    "fold": ("{n} ca", "{n} case{s}"),
    "fold.below": ("gồm các ca phía sau", "with those after them"),
    "below": ("+{n} ca phía sau", "+{n} case{s} after"),
    "also": ("cũng từ {ids}", "also from {ids}"),
    "missing": ("không có trong danh sách ca", "not in the line list"),
    "undated": ("không có ngày", "no date"),
    "undated.some": ("{n} không có ngày", "{n} without a date"),
    "exposed": ("+{n} người tiếp xúc", "+{n} contact{s}"),
    "●": ("● khởi phát", "● onset"),
    "○": ("○ lấy mẫu hoặc xác định", "○ sample or confirmation"),
    "━": ("━ có thể lây", "━ infectious"),
    "┈": ("┈ phơi nhiễm", "┈ exposure"),
    "╌": ("╌ chỉ là có thể", "╌ only possible"),
    "×": ("× không thể", "× cannot be"),
    "digits": ("chữ số: số ca trong cột", "digits: cases in that column"),
}
_SIGNS: Final = ("●", "○", "━", "┈", "╌", "×")


def phrase(key: str, lang: str, **gaps: object) -> str:
    """Return a text of the drawing in ``lang``, whole numbers written as the language does."""
    plain = {k: number(v, lang) if isinstance(v, int) else v for k, v in gaps.items()}
    return _TEXTS[key][0 if lang == "vi" else 1].format(**plain, s="" if gaps.get("n") == 1 else "s")


def number(value: int, lang: str) -> str:
    """Write a whole number: 1.391 in Vietnamese, 1,391 in English."""
    text = f"{int(value):,d}"
    return text.replace(",", ".") if lang == "vi" else text


def short_day(at: int, lang: str, zone: str) -> str:
    """Write the local day of ``at``: 2/7 in Vietnamese, 2 Jul in English."""
    day = local(at, zone)
    return f"{day.day}/{day.month}" if lang == "vi" else f"{day.day} {_MONTHS[day.month - 1]}"


@dataclass
class Mark:
    """One row of the tree: a case, or several folded into one row that stands for ``total`` cases."""

    cases: tuple[str, ...]
    parent: str | None
    trunk: str
    note: str
    folded: bool = False
    total: int = 1


@dataclass(frozen=True)
class _Tree:
    """Who stands under whom, each case once; ``below`` counts the cases in each subtree, itself not counted."""

    root: str
    children: Mapping[str, tuple[str, ...]]
    below: Mapping[str, int]

    def internal(self, case: str) -> bool:
        return case in self.children


def draw_chain(
    chains: Chains,
    case: str,
    *,
    forward: bool = False,
    basis: str = LINK,
    lang: str = "en",
    width: int = 100,
    marks: int = 150,
) -> list[Row]:
    """Return the chain of ``case`` as rows of (text, style).

    The tree begins at the case's root (with ``forward``, or over contacts: at the case itself) and shows every case
    once, under the source that is nearest to the root. More than four cases of one source that led to nobody are one
    row with their count; beyond ``marks`` rows, the smallest branches are too. Bars stand at their true time.

    Parameters
    ----------
    basis
        "link" for declared links, "contact" for exposures that follow each other in time (needs tiers).
    width
        Columns to use, at least 40.
    marks
        Most rows of the tree.

    Raises
    ------
    NothingFound
        If there is no such case.
    """
    tree, shown, above = choose_marks(chains, case, forward=forward, basis=basis, lang=lang, marks=marks)
    person = chains.find(case)
    size = tree.below[tree.root] + 1
    title = phrase("title" if size > 1 else "one", lang, root=tree.root, basis=phrase(basis, lang), n=size)
    head: list[Row] = [((title, "title"),)]
    if above > 0:
        head.append(((phrase("above", lang, n=above), "fold"),))
    return head + _lay_out(chains, shown, person, basis, lang, max(width, 40))


def choose_marks(
    chains: Chains, case: str, *, forward: bool = False, basis: str = LINK, lang: str = "en", marks: int = 150
) -> tuple[_Tree, list[Mark], int]:
    """Return the tree of ``case``, the rows to show of it in order, and how many cases above are left out.

    The parameters are those of :func:`draw_chain`.
    """
    person = chains.find(case)
    rows = {str(row["id"]): {str(k): v for k, v in row.items()} for row in chains.table.to_dict("records")}
    root = rows[person]["root"]
    start = person if forward or basis == CONTACT or pd.isna(root) else str(root)
    tree = _tree(chains, start, basis)
    path = _path(tree, person)
    above = len(path) - marks // 2
    if above > 0:
        tree = _tree(chains, path[above], basis)
        path = path[above:]
    shown = _unfold(tree, set(path), marks, lang)
    _add_notes(shown, rows, lang, basis)
    return tree, shown, above


def _tree(chains: Chains, root: str, basis: str) -> _Tree:
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
    return _Tree(root, by_date, below)


def _path(tree: _Tree, person: str) -> list[str]:
    above = {child: node for node, children in tree.children.items() for child in children}
    path = [person] if person in tree.below else [tree.root]
    while path[-1] in above:
        path.append(above[path[-1]])
    return path[::-1]


def _unfold(tree: _Tree, keep: set[str], marks: int, lang: str) -> list[Mark]:
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
    return _in_order(tree, rows_under, lang)


def _split(tree: _Tree, children: Sequence[str], keep: set[str], room: int) -> tuple[list[str], list[str]]:
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


def _in_order(tree: _Tree, rows_under: Mapping[str, tuple[list[str], list[str]]], lang: str) -> list[Mark]:
    marks: list[Mark] = []
    stack = [Mark((tree.root,), None, "", "")]
    while stack:
        mark = stack.pop()
        marks.append(mark)
        node = mark.cases[0]
        if mark.folded:
            continue
        if node not in rows_under:
            mark.note = phrase("below", lang, n=tree.below[node]) if tree.below[node] else ""
            continue
        alone, folded = rows_under[node]
        trunk = mark.trunk[:-1] + {"├": "│ ", "└": "  "}.get(mark.trunk[-1:], "") if mark.trunk else ""
        under = [Mark((c,), node, trunk, "") for c in alone]
        if folded:
            count = sum(tree.below[c] + 1 for c in folded)
            note = phrase("fold.below", lang) if count > len(folded) else ""
            under.append(Mark(tuple(folded), node, trunk, note, folded=True, total=count))
        for place, child in enumerate(under):
            child.trunk += "└" if place == len(under) - 1 else "├"
        stack += under[::-1]
    return marks


def _add_notes(shown: list[Mark], rows: Mapping[str, Mapping[str, Any]], lang: str, basis: str) -> None:
    column = "sources" if basis == LINK else "contact_sources"
    for mark in shown:
        if mark.folded:
            undated = sum(bool(pd.isna(rows[case]["date"])) for case in mark.cases)
            extra = [phrase("undated.some", lang, n=undated)] if undated else []
        else:
            row = rows[mark.cases[0]]
            others = [s for s in row[column] if s != mark.parent]
            extra = [phrase("also", lang, ids=", ".join(others))] if others and mark.parent else []
            if not row["case"]:
                extra.append(phrase("missing", lang))
            elif pd.isna(row["date"]):
                extra.append(phrase("undated", lang))
            if not pd.isna(row["exposed"]) and row["exposed"]:
                extra.append(phrase("exposed", lang, n=int(row["exposed"])))
        mark.note = "; ".join([mark.note] * bool(mark.note) + extra)


@dataclass(frozen=True)
class _Axis:
    first: int
    last: int
    columns: int

    def column(self, at: int) -> int:
        share = (at - self.first) / max(self.last - self.first, 1)
        return min(max(int(share * self.columns), 0), self.columns - 1)


def _lay_out(chains: Chains, shown: list[Mark], person: str, basis: str, lang: str, width: int) -> list[Row]:
    dates = case_dates(chains.graph)
    edges = edges_of(chains, basis)
    windows = windows_of(chains)
    widest = max(24, width * 2 // 5)
    labels = [_label(mark, edges, person, widest, dates, lang) for mark in shown]
    label_width = max(columns_of(spans) for spans in labels) + 1
    note_width = min(max(len(mark.note) for mark in shown) + 1, width // 3)
    axis = _axis(shown, dates, edges, width - label_width - note_width, chains.zone_name)
    rows: list[Row] = []
    if axis is not None:
        rows.append(((" " * label_width, "faint"), (_ticks(axis, lang, chains.zone_name), "faint")))
    for mark, label in zip(shown, labels, strict=True):
        bar = [] if axis is None else _bar(mark, axis, dates, edges, windows)
        space = (" " * (label_width - columns_of(label)), "faint")
        note = ((" " + _cut(mark.note, width // 3 - 1), "fold" if mark.folded else "faint"),) if mark.note else ()
        rows.append((*label, space, *bar, *note))
    return rows + _legend(rows, any(mark.folded for mark in shown) and axis is not None, lang, width)


def _legend(rows: Sequence[Row], digits: bool, lang: str, width: int) -> list[Row]:
    """Explain the signs that occur."""
    drawn = {letter for row in rows for text, _ in row for letter in text}
    parts = [phrase(sign, lang) for sign in _SIGNS if sign in drawn] + [phrase("digits", lang)] * digits
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f"   {part}"
        else:
            lines.append(part)
    return [((line, "faint"),) for line in lines]


def _cut(text: str, columns: int) -> str:
    return text if len(text) <= columns else text[: max(columns - 1, 0)] + "…"


def columns_of(spans: Iterable[Span]) -> int:
    """Return the terminal columns that ``spans`` take; marks above letters take none."""
    return sum(not unicodedata.combining(letter) for text, _ in spans for letter in text)


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
        persons = people[labels.at_large.person[labels.nodes]].tolist()
        for case, opens, closes in zip(persons, labels.opens.tolist(), labels.closes.tolist(), strict=True):
            out.setdefault(case, {}).setdefault(reading, (opens, closes))
    return out


def _label(
    mark: Mark,
    edges: Mapping[tuple[str, str], Edge],
    person: str,
    widest: int,
    dates: Mapping[str, CaseDate],
    lang: str,
) -> list[Span]:
    trunk = mark.trunk
    if trunk:
        edge = edges.get((mark.parent or "", mark.cases[0]))
        certain = mark.folded or (edge is not None and edge[2] == "certain")
        trunk += "× " if edge is not None and edge[3] == "impossible" and not mark.folded else "─ " if certain else "╌ "
    name = phrase("fold", lang, n=mark.total) if mark.folded else mark.cases[0]
    style = "fold" if mark.folded else "focus" if name == person else "case" if name in dates else "missing"
    name = _cut(name, widest - 8)
    if len(trunk) + len(name) > widest:
        depth = str(len(mark.trunk) // 2 + 1)
        trunk = f"⋯{depth} {trunk[-(widest - len(name) - len(depth) - 2) :]}"
    return [(trunk, "faint"), (name, style)] if trunk else [(name, style)]


def _axis(
    shown: list[Mark],
    dates: Mapping[str, CaseDate],
    edges: Mapping[tuple[str, str], Edge],
    columns: int,
    zone: str,
) -> _Axis | None:
    """Return the axis over the whole days of all dates and exposures shown; None where nothing is dated."""
    times: list[int] = []
    for mark in shown:
        for case in mark.cases:
            date = dates.get(case, UNDATED)
            times += [date.at, date.end] if date.known else []
        edge = edges.get((mark.parent or "", mark.cases[0]))
        if edge is not None and edge[0] is not None and edge[1] is not None and not mark.folded:
            times += [t for t in (edge[0], edge[1]) if NEVER // 2 < t < EVER // 2]
    if not times or columns < 8:
        return None
    return _Axis(end_of_day(min(times), zone) - DAY, end_of_day(max(times) - 1, zone), columns)


def _ticks(axis: _Axis, lang: str, zone: str) -> str:
    """Return the line of dates above the tree, as many as fit."""
    line = [" "] * axis.columns
    days = max((axis.last - axis.first) // DAY, 1)
    step = -(-days // max(axis.columns // 10, 1))
    for day in range(0, days, step):
        text = "│" + short_day(axis.first + day * DAY + DAY // 2, lang, zone)
        column = axis.column(axis.first + day * DAY)
        if column + len(text) <= axis.columns:
            line[column : column + len(text)] = text
    return "".join(line)


def _bar(
    mark: Mark,
    axis: _Axis,
    dates: Mapping[str, CaseDate],
    edges: Mapping[tuple[str, str], Edge],
    windows: Mapping[str, Mapping[str, tuple[int, int]]],
) -> list[Span]:
    cells: list[Span] = [(" ", "faint")] * axis.columns

    def draw(first: int, last: int, letter: str, style: str) -> None:
        if first <= axis.last and last >= axis.first:
            for column in range(axis.column(first), axis.column(last) + 1):
                cells[column] = (letter, style)

    if mark.folded:
        known = [dates[c] for c in mark.cases if c in dates and dates[c].known]
        for column, count in Counter(axis.column(d.at) for d in known).items():
            cells[column] = (str(count) if count < 10 else "+", "fold")
        return _joined(cells)
    case = mark.cases[0]
    edge = edges.get((mark.parent or "", case))
    for reading, letter, style in (("possible", "╌", "possible"), ("certain", "━", "case")):
        if reading in windows.get(case, {}):
            opens, closes = windows[case][reading]
            draw(opens, closes - 1, letter, style)
    if edge is not None and edge[0] is not None and edge[1] is not None:
        draw(edge[0], edge[1], "┈", "faint" if edge[2] == "certain" else "possible")
    date = dates.get(case, UNDATED)
    if date.known:
        draw(date.at, date.at, "●" if date.what == "onset" else "○", "case")
    return _joined(cells)


def _joined(cells: Sequence[Span]) -> list[Span]:
    """Join neighbouring cells of one style."""
    out: list[Span] = []
    for letter, style in cells:
        if out and out[-1][1] == style:
            out[-1] = (out[-1][0] + letter, style)
        else:
            out.append((letter, style))
    return out


def plain_text(rows: Iterable[Row]) -> str:
    """Return rows as text without colour, one line per row."""
    return "\n".join("".join(text for text, _ in row).rstrip() for row in rows)
