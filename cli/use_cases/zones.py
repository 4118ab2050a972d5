"""What a step of the zones means, and the steps around it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cli.language import spoken
from cli.screen import Piece, show, show_table
from cli.shown import shown_number
from tracing.text import catalogue

if TYPE_CHECKING:
    from tracing.zones.zones import Zones

_, _n = catalogue("cli")


_STEPS = 9


FIGURES = {
    "units": _("units"),
    "people": _("people"),
    "households": _("households"),
    "share": _("share of risk"),
    "contacts_cut": _("contacts cut/day"),
}


def write_finding(zones: Zones, step: int) -> None:
    """Print what a step means and the frontier around it."""
    units = int(zones.table["units"].iloc[step - 1])
    figures: dict[str, object] = dict(_figures(zones, step))
    figures["units"] = _n("{count} unit", "{count} units", units, count=units)
    at: dict[str, object] = {"step": step, "all": len(zones.table)}
    proposed = _("Step {step} of {all}, proposed to start from.", **at)
    told = _(
        "Inside: {units}, {people} people, {households} households, {share} of the risk; {outside} left outside;"
        " {contacts_cut} contacts a day cut; at most {posts} posts needed.",
        **figures,
    )
    show(proposed if step == zones.proposal else _("Step {step} of {all}.", **at), " ", told)
    show()
    _write_frontier(zones, step)


def _figures(zones: Zones, step: int) -> dict[str, str]:
    from tracing.zones.describe import step_figures

    return step_figures(zones, step, spoken())


def _write_frontier(zones: Zones, step: int) -> None:
    rows: list[list[Piece]] = []
    shown = {*zones.shown_steps(_STEPS), step, max(step - 1, 1), min(step + 1, len(zones.table))}
    for at in sorted(shown):
        figures = _figures(zones, at)
        rows.append(["→" if at == step else "", str(at), *(figures[name] for name in FIGURES)])
    show_table(rows, head=["", _("step"), *FIGURES.values()], right=tuple(range(1, len(FIGURES) + 2)))
    if any("?" in row for row in rows):
        show(_("?: not known"))


def population(populations: Iterable[Any]) -> str:
    """Return how many people live in units, "?" where one's population is not known."""
    import pandas as pd

    known = list(populations)
    return "?" if any(pd.isna(n) for n in known) else shown_number(sum(int(n) for n in known))
