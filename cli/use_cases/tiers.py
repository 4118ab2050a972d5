"""Tracing tiers: the question put to a store, the run to keep, who is new, the table of tiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cli.options import Settings
from cli.screen import Piece, Progress, paint, show, show_error, show_table
from cli.shown import shown_as_of, shown_number
from cli.use_cases.open import no_case
from cli.use_cases.people import People
from cli.use_cases.rule import check_disease, policy_line
from cli.use_cases.runs import TRACING
from cli.words import CERTAIN, COUNTED, POSSIBLE
from tracing.policy.words import F1_CLASSES
from tracing.text import catalogue, join
from tracing.times import EVER

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from graph import Run, Store
    from tracing.model.columns import TableColumns
    from tracing.policy.model import Policy
    from tracing.tiers.tiers import Tiers

_, _n = catalogue("cli")


_READINGS = {"certain": _("certain tiers"), "possible": _("possible tiers")}


def trace(
    store: Store,
    *,
    policy: Policy,
    settings: Settings,
    as_of: int | str | None = None,
    cases: Sequence[str] = (),
    or_arrivals: bool = False,
) -> Tiers:
    """Return the tiers around ``cases``, or around all; with ``or_arrivals`` also where there are arrivals only.

    Raises
    ------
    NothingFound
        If no case is on record, or one of ``cases`` is not.
    UsageError
        If no rule was asked for and the records are about another disease.
    """
    from tracing.results import know_inputs
    from tracing.tiers.tiers import trace_tiers

    with Progress(quiet=settings.quiet) as progress:
        progress.step(_("reading records"), 0, 0)
        inputs = None if cases else _inputs_known(store)
        graph = store.numbered(cases=list(cases), steps=policy.depth + 1) if cases else store.numbered()
        if inputs is not None and _inputs_known(store) == inputs:
            know_inputs(graph, inputs)
        if not graph.records.size("cases") and not (or_arrivals and graph.records.size("arrivals")):
            raise no_case()
        tell_odd(store)
        check_disease(settings, graph.records.columns("persons"))
        return trace_tiers(
            graph,
            policy=policy,
            as_of=as_of,
            progress=lambda reading, step, steps: progress.step(_READINGS[reading], step, steps),
        )


def _inputs_known(store: Store) -> str | None:
    """Return the hash of all records as a run has it that was kept while they were what they are; None without one."""
    from tracing.results import software_version

    kept = [run for run in store.runs() if run.command == TRACING and run.version == software_version()]
    return next((run.inputs for run in kept if store.holds_still(run)), None)


def tell_odd(store: Store) -> None:
    """Say what a Neo4j store holds that does not fit and was left out."""
    if "cypher" not in store.capabilities:
        return
    from graph.neo4j.queries import as_neo4j

    for odd in as_neo4j(store).odd:
        show_error(_("Left out: {what}.", what=odd.told()))


def run_of(
    tiers: Tiers,
    cases: Sequence[str] = (),
    *,
    command: str = "tiers",
    options: Mapping[str, object] | None = None,
    kept: bool = True,
    revision: int | None = None,
    known: Collection[str] = (),
) -> Run:
    """Return the tiers as a run to keep; without its tables where it is not ``kept``, or is one of those ``known``.

    ``revision`` is the store's, from before the records were read. At a crowded place not every meeting is listed, and
    which are depends on who else is traced: such a run stands for no other one.
    """
    from graph import Run
    from tracing.lists.run_tables import run_tables

    made = tiers.provenance
    run = Run.build(
        command,
        inputs=made["inputs"],
        version=made["version"],
        policy=tiers.policy.id,
        policy_digest=tiers.policy.digest,
        as_of=None if tiers.as_of >= EVER else tiers.as_of,
        options={"cases": sorted(set(cases))} | dict(options or {}),
        revision=None if cases or tiers.crowded_places else revision,
        tables={},
    )
    if not kept or run.id in known:
        return run
    return replace(run, tables=run_tables(tiers).given() | {"co_present": tiers.columns("co_present")})


def earlier_run(store: Store, run: Run, *, tables: Collection[str] | None = None) -> Run | None:
    """Return the run for the same cases under the same rule that was kept before ``run``, None if there is none.

    With all its ``tables``, or those that are named.
    """
    same = [h for h in store.runs() if (h.command, h.policy, h.options) == (run.command, run.policy, run.options)]
    ids = [header.id for header in same]
    earlier = ids[: ids.index(run.id)] if run.id in ids else ids
    return store.load_run(earlier[-1], tables=tables) if earlier else None


def rule_line(tiers: Tiers) -> str:
    """Return the first line of an answer: by which rule, what of it is not verified, and up to when."""
    zone = tiers.graph.records.zone
    return policy_line(tiers.policy, as_of=tiers.as_of, zone=zone, shown=shown_as_of(tiers.as_of, zone))


def changes(tiers: Tiers, before: Run | None) -> dict[str, int | None]:
    """Return who is new at their tier, with the tier they had before (None: not listed); empty on a first run."""
    if before is None:
        return {}
    from tracing.lists.standings import moved_tiers

    return moved_tiers(before.columns("tiers"), tiers.people)


def choose_people(tiers: Tiers, *, tier: int | None = None, areas: Sequence[str] = ()) -> TableColumns:
    """Return the rows of the listed people at ``tier`` (certain or possible) who live in or below ``areas``."""
    import numpy as np

    table = tiers.people
    if tier is not None:
        table = table.take(of_tier(table, "tier_possible", tier) | of_tier(table, "tier_certain", tier))
    if not areas:
        return table

    known = People.of(tiers.graph.records, tiers.as_of)
    people = map(str, table.texts("person"))
    living = [not set(areas).isdisjoint(known.ancestry(known.area_of(person))) for person in people]
    return table.take(np.array(living, dtype=bool))


def of_tier(table: TableColumns, column: str, tier: int) -> npt.NDArray[np.bool_]:
    """Tell which rows of a table of tiers have ``tier`` in a column."""
    here: npt.NDArray[np.bool_] = table.numbers(column).filled(-1) == tier
    return here


def write_summary(
    tiers: Tiers, table: TableColumns, before: Run | None, new: Collection[str], *, narrowed: bool
) -> None:
    """Print the table of tiers for the rows ``table``: certain, possible, new; and the co-present people."""
    if not len(table):
        show(_("Nobody in this tier or area."))
        return
    head: list[Piece] = ["", CERTAIN, POSSIBLE, *([_("new since last run")] if before is not None else [])]
    rows: list[list[Piece]] = []
    for tier in range(tiers.policy.depth + 1):
        own = table.take(of_tier(table, "tier_possible", tier))
        sure = int(of_tier(own, "tier_certain", tier).sum())
        row: list[Piece] = [paint(f"F{tier}", tier), shown_number(sure), shown_number(len(own) - sure)]
        if before is not None:
            row.append(_plus(sum(person in new for person in own["person"])))
        if len(own) or (tier <= 1 and not narrowed):
            rows.append(row)
    present = set(tiers.columns("co_present")["person"])
    if present and not narrowed:
        row = [paint(_("co-present (not F1)"), None), shown_number(len(present)), "—"]
        if before is not None:
            row.append(_plus(len(present - set(before.columns("co_present")["person"]))))
        rows.append(row)
    show_table(rows, head=head, right=(1, 2, 3))
    classes = Counter(table["f1_class"])
    told = [_("{f1_class}: {n}", f1_class=F1_CLASSES[c], n=classes[c]) for c in F1_CLASSES if c in classes]
    if told:
        show(_("F1 by class: {classes}.", classes=join(told)))
    if tiers.people.numbers("case").values.all():
        records = tiers.graph.records
        sizes = {"cases": len(tiers.people), "contacts": records.size("contacts"), "visits": records.size("visits")}
        counts = {name: COUNTED[name](size) for name, size in sizes.items()}
        show(_("Nobody else is listed: {cases}, {contacts} and {visits} are on record.", **counts))


def _plus(count: int) -> str:
    return f"+{shown_number(count)}" if count else "—"
