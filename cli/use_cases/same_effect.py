"""What it changes that people, or places, are one: who rises, falls, comes and goes on the list, and why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cli.language import say, spoken
from cli.options import Settings
from cli.screen import Piece, show, show_table
from cli.use_cases.same import Proposed, called
from cli.use_cases.same_pairs import AskedPair
from tracing.errors import NothingFound, UsageError
from tracing.identity.decisions import PEOPLE, PLACES
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from graph import Store
    from tracing.lists.changes import Changes, TracedRun
    from tracing.model.numbered import NumberedRecords
    from tracing.policy.model import Policy

_, _n = catalogue("cli")

_SHOWN: Final = 20


def changes_by(
    before: NumberedRecords,
    after: Callable[[], NumberedRecords],
    policy: Policy,
    as_of: int | str | None,
    *,
    people: Collection[str] | None = None,
) -> Changes | None:
    """Return who rises, falls, comes and goes if people are united as in ``after``; None where nothing can.

    Where it is known that only ``people`` are united otherwise, and nobody of them is listed before, nothing can
    change, and ``after`` is not worked out.
    """
    from tracing.lists.changes import compare_runs

    if before.records.cases.empty:
        return None
    was = _traced(before, policy, as_of)
    if people is not None and set(people).isdisjoint(was.tables["tiers"]["person"]):
        return None
    return compare_runs(was, _traced(after(), policy, as_of), zone=before.records.zone)


def _traced(graph: NumberedRecords, policy: Policy, as_of: int | str | None) -> TracedRun:
    from tracing.lists.changes import TracedRun
    from tracing.results import know_inputs
    from tracing.tiers.tiers import trace_tiers

    know_inputs(graph, "")  # of what records both are is not told: their hash need not be worked out
    return TracedRun.of(trace_tiers(graph, policy=policy, as_of=as_of))


def effects_of(store: Store, questions: Iterable[AskedPair], settings: Settings) -> dict[str, Text]:
    """Return what a yes to each question would change, by its id; nothing where there is no case."""
    from cli.use_cases.open import time_asked
    from cli.use_cases.rule import choose_policy
    from tracing.identity.decisions import representatives
    from tracing.identity.unite import unite
    from tracing.lists.changes import compare_runs
    from tracing.model.numbered import number_records

    questions = list(questions)
    graph, named = store.numbered(), called(store)
    if not questions or graph.records.cases.empty:
        return {}
    as_of = time_asked(settings, store)
    policy = choose_policy(settings, store, as_of)
    was = _traced(graph, policy, as_of)
    cases, present = store.ids("cases"), store.ids("persons")
    found = {}
    for asked in questions:
        pair = [tuple(named.get(person, person) for person in asked.people)] if asked.of == PEOPLE else []
        united = unite(graph.records, pair, places=[asked.people] if asked.of == PLACES else [])
        changes = compare_runs(was, _traced(number_records(united), policy, as_of), zone=graph.records.zone)
        now = representatives(pair, cases=cases, present=present)
        found[asked.id] = _("A yes: {counts}.", counts=_counts(without_new_ids(changes, now)))
    return found


def write_effect_of_joins(store: Store, found: Sequence[Proposed], settings: Settings) -> None:
    """Say what the joins without asking that a load made or took back change; nothing where no rule can be chosen."""
    from cli.use_cases.open import time_asked
    from cli.use_cases.rule import choose_policy
    from tracing.identity.decisions import Identity
    from tracing.identity.unite import unite
    from tracing.model.numbered import number_records

    changed = [one for one in found if one.joined or one.withdrawn]
    if not changed or not store.ids("cases"):
        return
    try:
        as_of = time_asked(settings, store)
        policy = choose_policy(settings, store, as_of)
    except (NothingFound, UsageError):
        return
    now = {of: store.identity(of) for of in (PEOPLE, PLACES)}
    was = dict(now)
    people: set[str] | None = set()
    for one in changed:
        joined = {pair.people for pair in one.joined}
        pairs = [pair for pair in now[one.of].automatic if pair not in joined] + [p.people for p in one.withdrawn]
        was[one.of] = Identity.of(now[one.of].decisions, pairs)
        ids = {ident for pair in (*one.joined, *one.withdrawn) for ident in pair.people}
        groups = [group for group in was[one.of].groups if not ids.isdisjoint(group)]
        people = None if one.of == PLACES or people is None else ids.union(*groups)
    records = store.read()

    def united(known: Mapping[str, Identity]) -> NumberedRecords:
        return number_records(unite(records, known[PEOPLE].groups, places=known[PLACES].groups))

    changes = changes_by(united(was), lambda: united(now), policy, as_of, people=people)
    write_effect(changes, called(store, was[PEOPLE]), called(store, now[PEOPLE]))


def without_new_ids(changes: Changes, now: Mapping[str, str]) -> Changes:
    """Leave out who only stands under another id ``now``: gone under the one, new under the other, at the same tier."""
    table = changes.table
    told = table.astype(object).where(table.notna(), None).to_dict("records")
    came = {
        row["person"]: (row["tier_certain_after"], row["tier_possible_after"]) for row in told if row["change"] == "new"
    }
    left_out: set[str] = set()
    for row in told:
        other = now.get(row["person"], row["person"])
        before = row["tier_certain_before"], row["tier_possible_before"]
        if row["change"] == "gone" and other not in left_out and came.get(other) == before:
            left_out |= {row["person"], other}
    return replace(changes, table=table[~table["person"].isin(left_out)].reset_index(drop=True))


def _counts(changes: Changes) -> Text:
    found = changes.counts()
    return _(
        "{risen} rise, {fallen} fall, {new} come, {gone} go, {certainty} change in certainty",
        **{name: found.get(name, 0) for name in ("risen", "fallen", "new", "gone", "certainty")},
    )


def write_effect(changes: Changes | None, was: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Say who rose, fell, came and went, and why; ``was``, ``now``: by which id those of several are called."""
    changes = None if changes is None else without_new_ids(changes, now)
    if changes is None or changes.table.empty:
        show(_("No tier changes."))
        return
    show(_("What it changes: {counts}.", counts=_counts(changes)))
    from cli.words import CHANGES

    reason = f"reason_{spoken()}"
    rows: list[list[Piece]] = []
    for row in changes.table.head(_SHOWN).to_dict("records"):
        person, why = str(row["person"]), str(row[reason])
        if row["change"] == "gone" and now.get(person, person) != person:
            why = say(_("stands under {id} now", id=now[person]))
        elif row["change"] == "new" and was.get(person, person) != person:
            why = say(_("stood under {id} before", id=was[person]))
        rows.append([person, CHANGES[row["change"]], why])
    show_table(rows, head=[_("id"), _("change"), _("why")])
    if len(changes.table) > _SHOWN:
        show(f"… (+{len(changes.table) - _SHOWN})")
