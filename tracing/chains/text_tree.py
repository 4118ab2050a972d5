"""A chain as a tree on a time axis, in plain text: rows of (text, style), to be coloured by whoever prints them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tracing.chains.chains import Chains
from tracing.chains.dates import UNDATED, CaseDate, case_dates
from tracing.chains.links import LINK
from tracing.chains.tree import Edge, Mark, choose_marks, edges_of, windows_of
from tracing.text import Text, catalogue, say, say_day
from tracing.times import DAY, EVER, NEVER, end_of_day

_, _n = catalogue("tracing")

Styled = tuple[str, str]
Row = tuple[Styled, ...]
#: Styles of a text. "case": a case; "focus": the one asked for; "missing": not on the line list; "fold": a count.
STYLES: Final = ("title", "case", "focus", "missing", "fold", "possible", "impossible", "faint")
BASIS_WORDS: Final = {"link": _("declared links"), "contact": _("contacts in order of time")}
_SIGNS: Final = {
    "●": _("● onset"),
    "○": _("○ sample or confirmation"),
    "━": _("━ infectious"),
    "┈": _("┈ exposure"),
    "╌": _("╌ only possible"),
    "×": _("× cannot be"),
}
_DIGITS: Final = _("digits: cases in that column")


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
    tree, shown, above = choose_marks(chains, case, forward=forward, basis=basis, marks=marks)
    person = chains.find(case)
    size = tree.below[tree.root] + 1
    head: list[Row] = [((say(_title(tree.root, basis, size), lang), "title"),)]
    if above > 0:
        left_out = _n("… {n} case above not drawn", "… {n} cases above not drawn", above, n=above)
        head.append(((say(left_out, lang), "fold"),))
    return head + _lay_out(chains, shown, person, basis, lang, max(width, 40))


def _title(root: str, basis: str, size: int) -> Text:
    words = BASIS_WORDS[basis]
    if size == 1:
        return _("{root} · {basis} · led to no case on record", root=root, basis=words)
    return _n(
        "Chain from {root} · {basis} · {n} case",
        "Chain from {root} · {basis} · {n} cases",
        size,
        root=root,
        basis=words,
        n=size,
    )


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
    notes = [say(mark.note, lang) for mark in shown]
    note_width = min(max(len(note) for note in notes) + 1, width // 3)
    axis = _axis(shown, dates, edges, width - label_width - note_width, chains.zone_name)
    rows: list[Row] = []
    if axis is not None:
        rows.append(((" " * label_width, "faint"), (_ticks(axis, lang, chains.zone_name), "faint")))
    for mark, label, said in zip(shown, labels, notes, strict=True):
        bar = [] if axis is None else _bar(mark, axis, dates, edges, windows)
        space = (" " * (label_width - columns_of(label)), "faint")
        note = ((" " + _cut(said, width // 3 - 1), "fold" if mark.folded else "faint"),) if said else ()
        rows.append((*label, space, *bar, *note))
    return rows + _legend(rows, any(mark.folded for mark in shown) and axis is not None, lang, width)


def _legend(rows: Sequence[Row], digits: bool, lang: str, width: int) -> list[Row]:
    """Explain the signs that occur."""
    drawn = {letter for row in rows for text, _ in row for letter in text}
    parts = [say(words, lang) for sign, words in _SIGNS.items() if sign in drawn] + [say(_DIGITS, lang)] * digits
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f"   {part}"
        else:
            lines.append(part)
    return [((line, "faint"),) for line in lines]


def _cut(text: str, columns: int) -> str:
    return text if len(text) <= columns else text[: max(columns - 1, 0)] + "…"


def columns_of(spans: Iterable[Styled]) -> int:
    """Return the terminal columns that ``spans`` take; marks above letters take none."""
    return sum(not unicodedata.combining(letter) for text, _ in spans for letter in text)


def _cases(count: int) -> Text:
    return _n("{n} case", "{n} cases", count, n=count)


def _label(
    mark: Mark,
    edges: Mapping[tuple[str, str], Edge],
    person: str,
    widest: int,
    dates: Mapping[str, CaseDate],
    lang: str,
) -> list[Styled]:
    trunk = mark.trunk
    if trunk:
        edge = edges.get((mark.parent or "", mark.cases[0]))
        certain = mark.folded or (edge is not None and edge[2] == "certain")
        trunk += "× " if edge is not None and edge[3] == "impossible" and not mark.folded else "─ " if certain else "╌ "
    name = say(_cases(mark.total), lang) if mark.folded else mark.cases[0]
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
        text = "│" + say_day(axis.first + day * DAY + DAY // 2, lang, zone, year=False)
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
) -> list[Styled]:
    cells: list[Styled] = [(" ", "faint")] * axis.columns

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


def _joined(cells: Sequence[Styled]) -> list[Styled]:
    """Join neighbouring cells of one style."""
    out: list[Styled] = []
    for letter, style in cells:
        if out and out[-1][1] == style:
            out[-1] = (out[-1][0] + letter, style)
        else:
            out.append((letter, style))
    return out


def plain_text(rows: Iterable[Row]) -> str:
    """Return rows as text without colour, one line per row."""
    return "\n".join("".join(text for text, _ in row).rstrip() for row in rows)
