"""The chain of one case, drawn and answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from cli.language import say, spoken
from cli.screen import Painted, faint, paint, screen_width, show
from tracing.text import catalogue

if TYPE_CHECKING:
    from tracing.chains.chains import Chains
    from tracing.chains.text_tree import Row

_, _n = catalogue("cli")


#: Styles of a drawing that have the colour of a tier.
_TIERS: Final = {"case": 0, "focus": 0, "possible": 1, "missing": None}


def show_chain(chains: Chains, person: str, *, again: str = "") -> None:
    """Print the chain of one case as a tree on a time axis; ``again`` are the options that ask the same store."""
    forward = {"forward": True, "backward": False, "sideward": False}
    write_rows(chain_rows(chains, person, forward, contacts=False, again=again))


def chain_rows(chains: Chains, person: str, wanted: dict[str, bool], *, contacts: bool, again: str) -> list[Row]:
    """Return the answers asked for about one case; the whole chain, backward and sideward if none was."""
    from tracing.chains.describe import describe_backward, describe_period, describe_sideward
    from tracing.chains.text_tree import draw_chain

    lang, everything = spoken(), not any(wanted.values())
    basis = "contact" if contacts else "link"
    blocks: list[list[Row]] = []
    if everything or wanted["forward"]:
        only = wanted["forward"]
        blocks.append(draw_chain(chains, person, forward=only, basis=basis, lang=lang, width=min(screen_width(), 160)))
        blocks[-1] += describe_period(chains, lang=lang)
        carried = int((chains.forward(person)["basis"] == "contact").sum())
        if contacts and not carried:
            blocks.append([((say(_("No dated contact leads from {id} to another case.", id=person)), "plain"),)])
        elif carried and not contacts:
            led = _n(
                "By dated contacts it may have led to {count} case: {command}",
                "By dated contacts it may have led to {count} cases: {command}",
                carried,
                count=carried,
                command="truyvet chains " + person + " --contacts" + again,
            )
            blocks.append([((say(led), "plain"),)])
    if everything or wanted["backward"]:
        blocks.append(describe_backward(chains, person, lang=lang))
    if everything or wanted["sideward"]:
        blocks.append(describe_sideward(chains, person, lang=lang))
    empty: Row = (("", "plain"),)
    return [row for n, block in enumerate(blocks) for row in ([empty] * (n > 0) + block)]


def write_rows(rows: Iterable[Row]) -> None:
    """Print rows of (text, style), drawn to the width of the screen."""
    for row in rows:
        show(*(_painted(words, style) for words, style in row))


def _painted(words: str, style: str) -> Painted:
    if style in _TIERS:
        return paint(words, _TIERS[style])
    if style in ("faint", "impossible"):
        return faint(words)
    return Painted(words, "bold" if style == "title" else "")
