"""Why a person is listed, or is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli.language import spoken
from cli.screen import paint, show
from tracing.text import catalogue
from tracing.text import say as say_in

if TYPE_CHECKING:
    from tracing.evidence.answer import Evidence

_, _n = catalogue("cli")


def write_evidence(evidence: Evidence, *, show_names: bool) -> None:
    """Print the evidence, its first line in the colour of the tier; names below it where they were asked for."""
    # Line by line from the answer itself, so that no name on record can begin a line of its own.
    head, *rest = (" " * indent + say_in(words, spoken()) for indent, words in evidence.lines)
    listed = evidence.tier_possible is not None
    show(paint(head, evidence.tier_possible) if listed else head)
    for line in rest:
        show(line)
    if show_names:
        from cli.use_cases.people import People

        people = People.of(evidence.tiers.graph.records, evidence.tiers.as_of)
        named = [evidence.person, *(step.parent for step in reversed(evidence.path))]
        named += [] if evidence.near is None else [evidence.near.parent]
        for person in dict.fromkeys(named):
            if people.name(person):
                show(_("{id} is {name}", id=person, name=people.name(person)))
