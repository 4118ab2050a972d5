"""Why a person is listed, or is not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.language import spoken
from cli.options import Settings
from cli.screen import paint, show
from cli.use_cases.rule import check_disease
from cli.use_cases.runs import TRACING
from cli.use_cases.tiers import tell_odd
from tracing.text import catalogue
from tracing.text import say as say_in

if TYPE_CHECKING:
    from graph import RunHeader, Store
    from tracing.evidence.answer import Evidence
    from tracing.model.numbered import NumberedRecords
    from tracing.policy.model import Policy
    from tracing.tiers.tiers import Tiers

_, _n = catalogue("cli")


def trace_around(
    store: Store,
    person: str,
    *,
    policy: Policy,
    as_of: int | str | None,
    cases: Sequence[str] | None,
    settings: Settings,
) -> Tiers:
    """Return the tiers around ``person``, as far as they matter to why they are listed, or are not.

    Where a run of the same question is kept and the records are as they were then, only those are read who stand on a
    way to the person by that run; the evidence is the same.

    Raises
    ------
    UsageError
        If no rule was asked for and the records are about another disease.
    """
    from tracing.evidence.through import agrees, who_matters
    from tracing.tiers.tiers import trace_tiers

    # One step more than the rule follows, since a case's window may begin with what its own source did; and one more,
    # since of somebody who is not listed it is said who would have listed them one tier further.
    steps = policy.depth + 2
    kept = None if cases else _run_that_holds(store, policy, as_of)
    if kept is not None:
        table = store.load_run(kept.id, tables=["tiers"]).columns("tiers")
        graph = store.numbered(people=[person], steps=steps, through=who_matters(table, person, policy.depth))
        check_disease(settings, graph.records.columns("persons"))
        tiers = trace_tiers(graph, policy=policy, as_of=as_of)
        if agrees(tiers, table, person) and store.holds_still(kept):
            tell_odd(store)
            return tiers
    through, others = _toward_cases(store, policy.depth)
    graph = store.numbered(people=[person], steps=steps, through=through, others=others)
    tell_odd(store)
    check_disease(settings, graph.records.columns("persons"))
    return trace_tiers(graph, policy=policy, as_of=as_of, cases=cases and _within(store, graph, cases))


def _within(store: Store, graph: NumberedRecords, cases: Sequence[str]) -> list[str]:
    """Return the cases without those on record that are too far from the person to matter."""
    from tracing.tiers.windows import counted_cases

    near = set(counted_cases(graph)["person"])
    away = [case for case in cases if case not in near]
    on_record = store.ids("cases") if away else set()
    return [case for case in cases if case in near or case not in on_record]


def _toward_cases(store: Store, depth: int) -> tuple[dict[str, int] | None, int]:
    """Return whom to go on from around one person: nobody is listed nearer to a case than they stand."""
    from tracing.evidence.through import who_can_matter

    near = store.near_cases(1)
    return (None, 0) if near is None else who_can_matter(near, 1, depth)


def _run_that_holds(store: Store, policy: Policy, as_of: int | str | None) -> RunHeader | None:
    """Return the latest run of everybody by this rule, up to this instant, of the records as they are now."""
    from tracing.results import software_version
    from tracing.times import parse_iso

    if isinstance(as_of, str):
        as_of = parse_iso(as_of, store.read(tables=[]).zone)[1]
    asked = (TRACING, policy.digest, as_of, software_version())
    same = [
        run
        for run in store.runs()
        if (run.command, run.policy_digest, run.as_of, run.version) == asked and run.options == {"cases": []}
    ]
    return next(filter(store.holds_still, reversed(same)), None)


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
