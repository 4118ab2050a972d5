"""Who is tied to whom as one page: a drawing that stands still, its key, a table; it needs nothing else and no network.

The same nodes and ties give the same drawing: they begin on a spiral and are drawn together by their ties, pushed apart
by each other (Fruchterman and Reingold 1991, Software: Practice and Experience 21:1129). Shape and letters say what
colour says: people are round and bear their tier, places square, areas have round corners.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
from markupsafe import Markup

from tracing import colours
from tracing.report.page import make_templates, read_asset, to_json
from tracing.text import Text, catalogue

_, _n = catalogue("tracing")

SignKind = Literal["person", "place", "area"]
TieKind = Literal["link", "exposed", "contact", "visit"]
TIES: Final[dict[str, Text]] = {
    "link": _("declared link"),
    "exposed": _("exposure"),
    "contact": _("contact"),
    "visit": _("stay there"),
}
KINDS: Final[dict[str, Text]] = {"person": _("person"), "place": _("place"), "area": _("area")}
WIDTH: Final = 1000.0
"""Width of the drawing; what lies in it is measured by it."""
_ROUNDS: Final = 250
_ALL_LABELS: Final = 60
_SOME_LABELS: Final = 30
_MANY: Final = 150
_LETTERS: Final = 24
_LINE: Final = 15.0
_BELOW: Final = 9.0
"""From the rim of a sign to the middle of its name."""
_Points = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Node:
    """Somebody, a place or an area: ``label`` is what it is called; ``tier`` None where nobody traced or found one.

    ``asked``: the question named it. ``told``: what else is said of it, in one line.
    """

    id: str
    label: str
    kind: SignKind = "person"
    tier: int | None = None
    certain: bool = True
    asked: bool = False
    told: str = ""


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What ties two nodes; a link and an exposure go from the source on. ``times``: how often it is on record."""

    source: str
    target: str
    kind: TieKind
    times: int = 1
    certain: bool = True
    at: str = ""


def write_network(
    nodes: Sequence[Node],
    ties: Sequence[Tie],
    *,
    title: str,
    notes: Sequence[str] = (),
    head: Sequence[str] = (),
    rows: Sequence[Sequence[str]] = (),
    lang: str,
) -> str:
    """Return nodes and their ties as one HTML page, with the rows of a table below.

    Parameters
    ----------
    nodes, ties
        What to draw; ties to a node that is not there are left out. Up to some hundred can be read.
    title
        What was asked.
    notes
        What to know, a sentence each.
    head, rows
        The answer as a table.
    lang
        "vi" or "en".
    """
    known = {node.id: number for number, node in enumerate(nodes)}
    ties = [tie for tie in ties if tie.source in known and tie.target in known and tie.source != tie.target]
    ends = np.array([[known[tie.source], known[tie.target]] for tie in ties], dtype=np.int64).reshape(-1, 2)
    height = WIDTH * (0.45 if len(nodes) < 12 else 0.62)
    at = place_nodes(len(nodes), ends, WIDTH, height)
    named = _labelled(nodes, ends, at)
    said = [
        {"id": n.id, "told": ", ".join(filter(None, (n.label if n.label != n.id else "", _tier_of(n, lang), n.told)))}
        for n in nodes
    ]
    between = [[int(a), int(b), _say_tie(tie, lang)] for (a, b), tie in zip(ends, ties, strict=True)]
    return (
        make_templates(lang)
        .get_template("network.html")
        .render(
            lang=lang,
            title=title,
            notes=notes,
            style=Markup(colours.css_properties() + read_asset("page.css") + read_asset("network.css")),
            script=Markup(read_asset("network.js")),
            data=to_json({"nodes": said, "ties": between}),
            width=WIDTH,
            height=round(height),
            nodes=[_drawn(n, at[i], below=named.get(i), lang=lang) for i, n in enumerate(nodes)],
            size=radius_of(len(nodes)) / radius_of(1),
            ties=[_line(tie, at[a], at[b], radius_of(len(nodes)) + 1) for tie, (a, b) in zip(ties, ends, strict=True)],
            kinds=[(k, KINDS[k]) for k in KINDS if any(n.kind == k for n in nodes)],
            tiers=sorted({n.tier for n in nodes if n.tier is not None}),
            unlisted=any(n.tier is None and n.kind == "person" for n in nodes),
            tie_kinds=[(k, TIES[k]) for k in TIES if any(t.kind == k for t in ties)],
            possible=any(not t.certain for t in ties),
            head=head,
            rows=rows,
        )
    )


def place_nodes(count: int, ends: npt.NDArray[np.int64], width: float, height: float) -> _Points:
    """Return where ``count`` nodes stand, tied as ``ends`` says (pairs of their numbers); x and y of each."""
    order = np.arange(count)
    turn, far = order * 2.399963229728653, np.sqrt((order + 0.5) / max(count, 1)) / 2
    at = np.column_stack((far * np.cos(turn), far * np.sin(turn)))
    ends = np.unique(np.sort(ends, axis=1), axis=0)
    ideal = 0.9 / np.sqrt(max(count, 1))
    for heat in np.linspace(0.12, 0.002, _ROUNDS if count > 1 else 0):
        apart = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-4)
        move = (apart * (ideal**2 / distance**2)[..., None]).sum(axis=1) - 0.6 * at
        drawn = at[ends[:, 0]] - at[ends[:, 1]]
        pull = drawn * (np.hypot(drawn[:, 0], drawn[:, 1]) / ideal)[:, None]
        np.add.at(move, ends[:, 0], -pull)
        np.add.at(move, ends[:, 1], pull)
        length = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        at = at + move * (np.minimum(length, heat) / length)[:, None]
    low, high = at.min(axis=0, initial=0), at.max(axis=0, initial=0)
    room = np.array([width - 120, height - 70])
    placed = (at - (low + high) / 2) / np.maximum(high - low, 0.05) * room + np.array([width / 2, height / 2 - 6])
    return np.round(_push_apart(placed, 2.8 * radius_of(count), width, height), 1)


def _push_apart(at: _Points, least: float, width: float, height: float) -> _Points:
    """Return the places with those nearer than ``least`` moved away from each other, inside the drawing."""
    for _round in range(60):
        apart = at[:, None, :] - at[None, :, :]
        distance = np.hypot(apart[..., 0], apart[..., 1])
        near = (distance < least) & ~np.eye(len(at), dtype=bool)
        if not near.any():
            break
        push = np.where(near, (least - distance) / 2 / np.maximum(distance, 1e-3), 0.0)
        at = np.clip(at + (apart * push[..., None]).sum(axis=1), [40, 20], [width - 40, height - 40])
    return at


def radius_of(count: int) -> float:
    """Return how large the signs are where there are ``count`` of them."""
    return 12.0 if count <= _ALL_LABELS else 9.0 if count <= _MANY else 7.0


def _labelled(nodes: Sequence[Node], ends: npt.NDArray[np.int64], at: _Points) -> dict[int, float]:
    """Return which nodes bear their name in the drawing, and how far below the middle of their sign it stands.

    Those asked for and of most ties come first, where there is room. The name of a person stands where it hides no
    sign; that of a place, or of whom was asked for, may have to.
    """
    ties = np.bincount(ends.ravel(), minlength=len(nodes))
    first = sorted(range(len(nodes)), key=lambda i: (not nodes[i].asked, -int(ties[i]), i))
    most = _SOME_LABELS if len(nodes) > _ALL_LABELS else len(nodes)
    wide = np.array([3.5 * len(_short(node.label)) for node in nodes])
    radius = radius_of(len(nodes))
    names, taken = np.zeros_like(at), dict[int, float]()
    for one in first:
        signs = _near(at, at[one], wide[one] + radius, 2 * (radius + _BELOW))
        needed = nodes[one].asked or nodes[one].kind != "person"
        for below in (radius + _BELOW, -radius - _BELOW):
            middle, others = at[one] + [0, below], list(taken)
            on_signs = _near(at[signs], middle, wide[one] + radius, _LINE / 2 + radius)
            if (len(on_signs) and not (needed and below > 0)) or len(taken) == most:
                continue
            if not len(_near(names[others], middle, wide[others] + wide[one], _LINE)):
                names[one], taken[one] = middle, below
                break
    return taken


def _near(at: _Points, one: _Points, wide: float | npt.NDArray[np.float64], high: float) -> npt.NDArray[np.int64]:
    """Return the numbers of the places that are less than so far from one, sideways and up or down."""
    off = np.abs(at - one)
    return np.flatnonzero((off[:, 0] < wide) & (off[:, 1] < high))


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS else label[: _LETTERS - 1] + "…"


def _tier_of(node: Node, lang: str) -> str:
    if node.tier is None:
        return ""
    told = f"F{node.tier}"
    return told if node.certain else _("{tier}, possible", tier=told).say(lang)


def _say_tie(tie: Tie, lang: str) -> str:
    words = TIES[tie.kind].say(lang)
    if tie.times > 1:
        words = _("{what}, {n} times", what=words, n=tie.times).say(lang)
    return ", ".join(filter(None, (words, "" if tie.certain else _("possible").say(lang), tie.at)))


def _drawn(node: Node, at: _Points, *, below: float | None, lang: str) -> dict[str, Any]:
    tier = _tier_of(node, lang)
    return {
        "x": float(at[0]),
        "y": float(at[1]),
        "kind": node.kind,
        "class": "asked" if node.asked else "",
        "tier": None if node.tier is None else min(node.tier, len(colours.TIERS) - 1),
        "letters": "" if node.tier is None else f"F{node.tier}",
        "label": _short(node.label),
        "below": below,
        "told": ": ".join(
            filter(None, (KINDS[node.kind].say(lang), ", ".join(filter(None, (node.label, tier, node.told)))))
        ),
    }


def _line(tie: Tie, a: _Points, b: _Points, rim: float) -> dict[str, Any]:
    """Return a line that ends at the rims of its two nodes."""
    way = b - a
    length = max(float(np.hypot(way[0], way[1])), 1.0)
    short = way / length * min(rim, length / 3)
    (x1, y1), (x2, y2) = a + short, b - short
    return {
        "x1": round(float(x1), 1),
        "y1": round(float(y1), 1),
        "x2": round(float(x2), 1),
        "y2": round(float(y2), 1),
        "kind": tie.kind,
        "possible": not tie.certain,
        "wide": min(1 + (tie.times - 1) * 0.5, 4),
    }
