"""Texts that the page's script fills in itself: their gaps stay open and travel with the data."""

from __future__ import annotations

from typing import Final

from tracing.text import Text, catalogue

_, _n = catalogue("tracing")

SCRIPT_TEXTS: Final[dict[str, Text]] = {
    "why.more": _("… and {n} more units in the core.", n="{n}"),
    "unit.core": _("In the core at this step; it enters at step {n}.", n="{n}"),
    "unit.buffer": _(
        "Buffer at this step: people there meet those of the core, live in the same hamlet or next to it. Step {n}"
        " takes it into the core.",
        n="{n}",
    ),
    "unit.buffer.never": _(
        "Buffer at this step: people there meet those of the core, live in the same hamlet or next to it. No step takes"
        " it into the core."
    ),
    "unit.outside": _(
        "Outside at this step: its risk is small for the people there and their contacts. Step {n} takes it into the"
        " core.",
        n="{n}",
    ),
    "unit.never": _("Outside at every step: no risk there on record, or too little for a line around it."),
    "people.shown": _("{n} of {all} people; {act} of all to act on", n="{n}", all="{all}", act="{act}"),
    "people.nobody": _("Nobody fits. Try fewer conditions."),
    "people.print": _(
        "The first {n} people under the chosen conditions are printed; the whole list is in this file on screen.",
        n="{n}",
    ),
    "p.id": _("Id"),
    "p.name": _("Name"),
    "p.tier": _("Tier"),
    "p.born": _("Born"),
    "p.commune": _("Commune"),
    "p.unit": _("Unit"),
    "p.last": _("Last exposure"),
    "p.through": _("Through"),
    "p.isolated": _("Isolation"),
    "p.certain": _("certain"),
    "p.possible": _("possible"),
    "p.co": _("co-present"),
    "path.case": _("{who} is a case (F0).", who="{who}"),
    "path.step": _(
        "{who} ({tier}) met {other}: {when}{place}",
        who="{who}",
        tier="{tier}",
        other="{other}",
        when="{when}",
        place="{place}",
    ),
    "path.rule": _("clause {clause}", clause="{clause}"),
    "path.isolated": _("Isolation on record: {kind}.", kind="{kind}"),
    "path.last": _("Last exposure {day}, with {who}.", day="{day}", who="{who}"),
    "path.none": _("No contact path: co-present people are in no tier."),
    "path.more": _("Everything about this person: {command}", command="{command}"),
    "chains.fold": _("{n} more cases", n="{n}"),
    "chains.above": _("… {n} cases above are not drawn.", n="{n}"),
    "chains.undated": _("No case of this chain has a date: only who comes after whom can be drawn."),
    "chains.option": _("{root}: {n} cases", root="{root}", n="{n}"),
    "draw.failed": _("This browser cannot draw the figure; the table below has its numbers."),
}
