"""``truyvet tiers``: who is F0, F1, F2 …, what is new, and what to do next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from cli.language import say
from cli.options import Settings, case_option, json_option, make_command, option
from cli.screen import Progress, paint, write_table
from cli.shown import shown_as_of, shown_instant, shown_number
from cli.use_cases.open import (
    check_time,
    choose_policy,
    open_existing,
    policy_line,
    time_asked,
)
from cli.use_cases.server import send_back
from cli.words import CERTAIN, COUNTED, POSSIBLE, next_step
from tracing.errors import NothingFound
from tracing.text import catalogue
from tracing.times import EVER, local

if TYPE_CHECKING:
    from graph import Run, Store
    from tracing.policy.library import Policy
    from tracing.tiers.tiers import Tiers

_, _n = catalogue("cli")


@make_command(
    "tiers",
    short=_("Who is F0, F1, F2 …, certain and possible."),
    help=_(
        "Trace everybody whom an exposure path reaches from the cases, under the rule chosen:"
        " certain, or only possible because something is not known. The last column says what is new"
        " since the last run for the same cases."
    ),
    examples=_(
        "truyvet tiers\n"
        "truyvet tiers --case BN22348 --as-of 2021-07-08\n"
        "truyvet tiers --list --tier 1 --area 32041\n"
        "truyvet tiers --policy vn-3468 --json > tiers.json"
    ),
)
@case_option
@option("--list", "listing", is_flag=True, help=_("List the people, one per line."))
@option("--tier", type=int, metavar="N", help=_("Only this tier (0, 1, 2 …)."))
@option(
    "--area",
    "areas",
    multiple=True,
    metavar=_("CODE"),
    help=_("Only people who live in this area (its code) or in one inside it; can be repeated."),
)
@option("--no-save", is_flag=True, help=_("Do not keep this run in the store (it is only read)."))
@json_option
@click.pass_obj
def command(
    settings: Settings,
    cases: tuple[str, ...],
    listing: bool,
    tier: int | None,
    areas: tuple[str, ...],
    no_save: bool,
    as_json: bool,
) -> None:
    """Trace the tiers and show them."""
    check_time(settings.as_of)
    with open_existing(settings, read_only=no_save) as store:
        as_of = time_asked(settings, store)
        policy = choose_policy(settings, store, cases)
        tiers = trace(store, policy=policy, as_of=as_of, cases=cases, quiet=settings.quiet)
        run = run_of(tiers, cases)
        before = None if as_json else earlier_run(store, run)
        if not no_save:
            store.save_run(run)
            send_back(settings, store, run, tiers=tiers)
    wanted = choose_people(tiers, tier=tier, areas=areas)
    if as_json:
        result = tiers.to_dict()
        result["people"] = [person for person in result["people"] if person["id"] in wanted]
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    click.echo(policy_line(policy, as_of=time_of(tiers)))
    narrowed = tier is not None or bool(areas)
    if listing:
        write_people(tiers, wanted, before, show_names=settings.show_names)
    else:
        write_summary(tiers, wanted, before, narrowed=narrowed)
    if not settings.quiet and not listing:
        write_next(tiers, wanted, before, asked="".join(f" --case {case}" for case in cases) + settings.again)


_READINGS = {"certain": _("certain tiers"), "possible": _("possible tiers")}
_HEADS = {
    "person": _("id"),
    "tier": _("tier"),
    "name": _("name"),
    "born": _("born"),
    "commune": _("commune"),
    "last": _("last exposure"),
    "through": _("through"),
}


def trace(
    store: Store, *, policy: Policy, as_of: int | str | None = None, cases: Sequence[str] = (), quiet: bool = False
) -> Tiers:
    """Return the tiers around ``cases``, or around all.

    Raises
    ------
    NothingFound
        If no case is on record, or one of ``cases`` is not.
    """
    from tracing.tiers.tiers import trace_tiers

    with Progress(quiet=quiet) as progress:
        progress.step(say(_("reading records")), 0, 0)
        graph = store.slice(cases=list(cases), steps=policy.depth + 1) if cases else store.slice()
        if graph.records.cases.empty:
            raise NothingFound(_("There is no case on record."), fix=_("Load a line list of cases: truyvet load FILES"))
        return trace_tiers(
            graph,
            policy=policy,
            as_of=as_of,
            progress=lambda reading, step, steps: progress.step(say(_READINGS[reading]), step, steps),
        )


def run_of(
    tiers: Tiers, cases: Sequence[str] = (), *, command: str = "tiers", options: Mapping[str, object] | None = None
) -> Run:
    """Return the tiers as a run to keep."""
    from graph import Run
    from tracing.lists.changes import run_tables

    made = tiers.provenance
    return Run.build(
        command,
        inputs=made["inputs"],
        version=made["version"],
        policy=tiers.policy.id,
        policy_digest=tiers.policy.digest,
        as_of=None if tiers.as_of >= EVER else tiers.as_of,
        options={"cases": sorted(set(cases))} | dict(options or {}),
        tables=run_tables(tiers) | {"co_present": tiers.co_present},
    )


def earlier_run(store: Store, run: Run) -> Run | None:
    """Return the run for the same cases under the same rule that was kept before ``run``, None if there is none."""
    same = [h for h in store.runs() if (h.command, h.policy, h.options) == (run.command, run.policy, run.options)]
    ids = [header.id for header in same]
    earlier = ids[: ids.index(run.id)] if run.id in ids else ids
    return store.load_run(earlier[-1]) if earlier else None


def choose_people(tiers: Tiers, *, tier: int | None = None, areas: Sequence[str] = ()) -> set[str]:
    """Return the ids of the listed people at ``tier`` (certain or possible) who live in or below ``areas``."""
    table = tiers.table
    if tier is not None:
        table = table[(table["tier_possible"] == tier).fillna(False) | (table["tier_certain"] == tier).fillna(False)]
    people: list[str] = table["person"].tolist()
    if not areas:
        return set(people)
    from cli.use_cases.people import People

    known = People.of(tiers.graph.records)
    return {person for person in people if not set(areas).isdisjoint(known.ancestry(known.area_of(person)))}


def time_of(tiers: Tiers) -> str:
    """Return the instant up to which the data speak, as people read it."""
    return shown_as_of(tiers.as_of, tiers.graph.records.zone)


def changes(tiers: Tiers, before: Run | None) -> dict[str, int | None]:
    """Return who is new at their tier, with the tier they had before (None: not listed); empty on a first run."""
    if before is None:
        return {}
    from tracing.lists.changes import FALLEN, NEW, RISEN, TracedRun, compare_runs

    table = compare_runs(before, TracedRun.of(tiers)).table
    moved = table[table["change"].isin([NEW, RISEN, FALLEN])]
    then = moved["tier_possible_before"].astype(object)
    return dict(zip(moved["person"], then.where(then.notna(), None), strict=True))


def write_summary(tiers: Tiers, wanted: set[str], before: Run | None, *, narrowed: bool) -> None:
    """Print the table of tiers: certain, possible, new; and the co-present people."""
    table = tiers.table[tiers.table["person"].isin(wanted)]
    if table.empty:
        click.echo(say(_("Nobody in this tier or area.")))
        return
    new = changes(tiers, before)
    head = ["", say(CERTAIN), say(POSSIBLE)]
    rows = [head + ([say(_("new since last run"))] if before is not None else [])]
    for tier in range(tiers.policy.depth + 1):
        own = table[(table["tier_possible"] == tier).fillna(False)]
        sure = int((own["tier_certain"] == tier).fillna(False).sum())
        row = [paint(f"F{tier}", tier), shown_number(sure), shown_number(len(own) - sure)]
        if before is not None:
            row.append(_plus(sum(person in new for person in own["person"])))
        if len(own) or (tier <= 1 and not narrowed):
            rows.append(row)
    present = set(tiers.co_present["person"])
    if present and not narrowed:
        row = [paint(say(_("co-present (not F1)")), None), shown_number(len(present)), "—"]
        if before is not None:
            row.append(_plus(len(present - set(before.tables["co_present"]["person"]))))
        rows.append(row)
    write_table(rows, right=(1, 2, 3))
    if len(tiers.table) == int(tiers.table["case"].sum()):
        records = tiers.graph.records
        sizes = {"cases": len(tiers.table), "contacts": len(records.contacts), "visits": len(records.visits)}
        counts = {name: COUNTED[name](size) for name, size in sizes.items()}
        click.echo(say(_("Nobody else is listed: {cases}, {contacts} and {visits} are on record.", **counts)))


def _plus(count: int) -> str:
    return f"+{shown_number(count)}" if count else "—"


def write_people(tiers: Tiers, wanted: set[str], before: Run | None, *, show_names: bool) -> None:
    """Print the people, one per line: id, tier, year of birth, commune, last exposure, through whom."""
    from cli.use_cases.people import People

    table = tiers.table[tiers.table["person"].isin(wanted)].sort_values(["tier_possible", "person"])
    if table.empty:
        click.echo(say(_("Nobody in this tier or area.")))
        return
    people, zone = People.of(tiers.graph.records), tiers.graph.records.zone
    new = changes(tiers, before)
    parents = tiers.parents.drop_duplicates("person").set_index("person")["parent"].to_dict()
    heads = ["person", "tier", *(["name"] if show_names else []), "born", "commune", "last", "through"]
    rows = [[say(_HEADS[head]) for head in heads]]
    for row in table.itertuples(index=False):
        cells = [str(row.person), tier_cell(row)]
        cells += [people.name(str(row.person))] if show_names else []
        cells += [people.birth_year(str(row.person)), people.commune(str(row.person))]
        cells += [_instant(row.last_exposure, zone), parents.get(row.person, "")]
        if row.person in new:
            was = new[str(row.person)]
            cells.append(say(_("new")) if was is None else say(_("was F{tier}", tier=was)))
        rows.append(cells)
    write_table(rows)


def tier_cell(row: Any) -> str:
    """Return a person's tier in words and colour: "F1 certain", "F1 possible"."""
    certain = str(row.tier_certain) == str(row.tier_possible)
    word = say(CERTAIN if certain else POSSIBLE)
    return paint(f"F{row.tier_possible} {word}", int(row.tier_possible))


def _instant(at: Any, zone: str) -> str:
    if str(at) == "<NA>" or abs(int(at)) >= EVER // 2:
        return ""
    return shown_instant(local(int(at), zone))


def write_next(tiers: Tiers, wanted: set[str], before: Run | None, *, asked: str = "") -> None:
    """Print what is uncertain and what to do next; ``asked`` are the options that repeat this question."""
    from cli.use_cases.people import People

    table = tiers.table[tiers.table["person"].isin(wanted) & ~tiers.table["case"]]
    unsure = int((table["tier_certain"] != table["tier_possible"]).fillna(True).sum())
    if unsure:
        click.echo(
            say(
                _(
                    "{some} of {all} are only possible, because something is not known: truyvet why ID says what.",
                    some=unsure,
                    all=len(table),
                )
            )
        )
    close = table[(table["tier_possible"] == 1).fillna(False)]
    isolated = set(tiers.graph.records.isolations["person"])
    free = [person for person in close["person"] if person not in isolated]
    new = changes(tiers, before)
    fresh = [person for person in free if person in new]
    free = fresh or free
    if free:
        communes = People.of(tiers.graph.records).communes(free)
        values: dict[str, object] = {
            "count": len(free),
            "communes": _n("{n} commune", "{n} communes", communes, n=communes),
        }
        every = _("{count} F1 in {communes} have no isolation on record", **values)
        new_ones = _("{count} new F1 in {communes} have no isolation on record", **values)
        told = say(new_ones if fresh else every)
        click.echo(say(next_step(f"{told}      truyvet tiers{asked} --list --tier 1")))
        click.echo(say(_("Why one is listed: truyvet why {id}{asked}", id=free[0], asked=asked)))
