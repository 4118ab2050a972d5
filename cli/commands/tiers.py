"""``truyvet tiers``: who is F0, F1, F2 …, what is new, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final

import click

from cli.language import say
from cli.options import Settings, case_option, json_option, make_command, option
from cli.screen import Painted, Piece, paint, show, show_call, show_json, show_table
from cli.short import shorts_of
from cli.shown import shown_instant
from cli.use_cases.contradictions import write_contradictions
from cli.use_cases.find_person import cases_asked
from cli.use_cases.open import check_time, mark_of_part, open_existing, time_asked
from cli.use_cases.people import People
from cli.use_cases.rule import choose_policy
from cli.use_cases.server import send_back
from cli.use_cases.tiers import changes, choose_people, earlier_run, of_tier, rule_line, run_of, trace, write_summary
from cli.words import CERTAIN, POSSIBLE
from tracing.policy.words import F1_CLASSES
from tracing.text import catalogue
from tracing.times import EVER, local

if TYPE_CHECKING:
    from tracing.model.columns import TableColumns
    from tracing.tiers.tiers import Tiers

_, _n = catalogue("cli")


@make_command(
    "tiers",
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
        cases = cases_asked(store, cases)
        as_of = time_asked(settings, store)
        policy = choose_policy(settings, store, as_of)
        revision = store.revision()
        tiers = trace(store, policy=policy, as_of=as_of, cases=cases, settings=settings)
        known = () if "cypher" in store.capabilities else {header.id for header in store.runs()}
        run = run_of(tiers, cases, kept=not no_save, revision=revision, known=known)
        before = None if as_json else earlier_run(store, run, tables=["tiers", "co_present"])
        if not no_save:
            store.save_run(run)
            send_back(settings, store, lambda: run, tiers=tiers)
    wanted = choose_people(tiers, tier=tier, areas=areas)
    if as_json:
        from tracing.json_rows import JsonRows

        result = tiers.to_json(wanted)
        people = result["people"].columns
        short = {"id": people["id"], "short_id": shorts_of(people["id"])}
        result["people"] = JsonRows(short | people)
        show_json(mark_of_part(store) | result)
        return
    show(rule_line(tiers))
    new = changes(tiers, before)
    narrowed = tier is not None or bool(areas)
    if listing:
        write_people(tiers, wanted, new, show_names=settings.show_names)
    else:
        write_summary(tiers, wanted, before, new, narrowed=narrowed)
    if not narrowed:
        write_apart(tiers, listing=listing)
        write_contradictions(tiers.columns("contradicted_stays"), zone=tiers.zone, listing=listing)
    if not settings.quiet and not listing:
        write_next(tiers, wanted, new, asked="".join(f" --case {shlex.quote(case)}" for case in cases) + settings.again)


_LISTED: Final = ("f1_class", "tier_possible", "person", "tier_certain")
_HEADS = {
    "person": _("id"),
    "tier": _("tier"),
    "name": _("name"),
    "born": _("born"),
    "commune": _("commune"),
    "last": _("last exposure"),
    "through": _("through"),
}


def write_people(tiers: Tiers, wanted: TableColumns, new: Mapping[str, int | None], *, show_names: bool) -> None:
    """Print the people, one per line: id, tier, year of birth, commune, last exposure, through whom, who is ``new``."""
    if not len(wanted):
        show(_("Nobody in this tier or area."))
        return
    people, zone = People.of(tiers.graph.records, tiers.as_of), tiers.graph.records.zone
    last, parents = dict(tiers.people.rows("person", "last_exposure")), dict[str, str]()
    for person, parent, until in tiers.columns("parents").rows("person", "parent", "until"):
        if until == last.get(person):
            parents.setdefault(person, parent)
    heads = ["person", "tier", *(["name"] if show_names else []), "born", "commune", "last", "through"]
    rows: list[list[Piece]] = []
    by_tier = sorted(wanted.rows(*_LISTED), key=lambda row: row[1:3])
    for f1_class, possible, person, certain in by_tier:
        cells: list[Piece] = [person, tier_cell(possible, certain, f1_class)]
        cells += [people.name(person)] if show_names else []
        cells += [people.birth_year(person), people.commune(person)]
        cells += [_instant(last[person], zone), parents.get(person, "")]
        if person in new:
            was = new[person]
            cells.append(_("new") if was is None else _("was F{tier}", tier=was))
        rows.append(cells)
    show_table(rows, head=[_HEADS[head] for head in heads])


def write_apart(tiers: Tiers, *, listing: bool) -> None:
    """Print how many contacts stand apart from the tiers, and with ``listing`` each of them."""
    met, finding = tiers.columns("met_after_isolation"), tiers.columns("source_finding")
    if len(met):
        people = len(set(met["person"]))
        show(
            _n(
                "Met a case after its isolation, not counted, to be looked into: {n} person.",
                "Met a case after its isolation, not counted, to be looked into: {n} people.",
                people,
                n=people,
            )
        )
        _write_contacts(tiers, met, listing=listing)
    if len(finding):
        people = len(set(finding["person"]))
        show(
            _n(
                "Met a case before it was infectious, asked about to find its source, no F1: {n} person.",
                "Met a case before it was infectious, asked about to find its source, no F1: {n} people.",
                people,
                n=people,
            )
        )
        _write_contacts(tiers, finding, listing=listing)
    if crowded := tiers.crowded_places:
        show(
            _n(
                "{n} place is too crowded to list every meeting there ({places}): tiers and times are exact,"
                " of each visit the earliest contact is listed.",
                "{n} places are too crowded to list every meeting there ({places}): tiers and times are exact,"
                " of each visit the earliest contact is listed.",
                len(crowded),
                n=len(crowded),
                places=", ".join(crowded),
            )
        )


def _write_contacts(tiers: Tiers, rows: TableColumns, *, listing: bool) -> None:
    if not listing:
        return
    zone = tiers.graph.records.zone
    cells: list[list[Piece]] = [
        [person, case, _instant(start, zone), place or ""]
        for person, case, start, place in rows.rows("person", "case", "start", "place")
    ]
    show_table(cells, head=[_HEADS["person"], _("case"), _("met"), _("place")])


def tier_cell(possible: int, certain: int | None, f1_class: str | None) -> Painted:
    """Return a person's tier in words and colour: "F1 certain", "F1 possible", "F1 certain, far"."""
    words = [say(CERTAIN if certain == possible else POSSIBLE)]
    if f1_class is not None:
        words.append(say(F1_CLASSES[f1_class]))
    return paint(f"F{possible} {', '.join(words)}", possible)


def _instant(at: int | None, zone: str) -> str:
    if at is None or abs(at) >= EVER // 2:
        return ""
    return shown_instant(local(at, zone))


def write_next(tiers: Tiers, wanted: TableColumns, new: Collection[str], *, asked: str = "") -> None:
    """Print what is uncertain and what to do next, for the ``new`` first; ``asked`` repeats this question."""
    from tracing.lists.plans import Plans, dated

    table = wanted.take(~wanted.numbers("case").values)
    unsure = sum(certain != possible for certain, possible in table.rows("tier_certain", "tier_possible"))
    if unsure:
        show(
            _(
                "{some} of {all} are only possible, because something is not known: truyvet why ID says what.",
                some=unsure,
                all=len(table),
            )
        )
    close = table.take(of_tier(table, "tier_possible", 1))
    plans = Plans.of(tiers)
    free = [
        person
        for person, last in close.rows("person", "last_exposure")
        if person not in plans.isolations or plans.isolation(person, dated(last)) is None
    ]
    fresh = [person for person in free if person in new]
    free = fresh or free
    if free:
        communes = People.of(tiers.graph.records, tiers.as_of).communes(free)
        values: dict[str, object] = {
            "count": len(free),
            "communes": _n("{n} commune", "{n} communes", communes, n=communes) if communes else _("unknown communes"),
        }
        every = _("Next: {count} F1 in {communes} have no isolation on record:", **values)
        new_ones = _("Next: {count} new F1 in {communes} have no isolation on record:", **values)
        show_call(new_ones if fresh else every, f"truyvet tiers{asked} --list --tier 1")
        show_call(_("Why one is listed:"), f"truyvet why {shlex.quote(free[0])}{asked}")
