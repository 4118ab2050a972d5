"""``truyvet chains``: who led to whom, who could be the source, who else was there."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.language import say, spoken
from cli.options import Settings, argument, json_option, make_command, option
from cli.screen import Progress, show, show_json
from cli.short import shorten
from cli.use_cases.chains import chain_rows, write_rows
from cli.use_cases.find_person import find_person
from cli.use_cases.open import check_time, mark_of_part, no_case, open_existing, time_asked
from cli.use_cases.rule import check_disease, choose_policy
from cli.use_cases.server import send_back
from cli.use_cases.tiers import rule_line, run_of, tell_odd
from cli.writers.files import put_in_place
from tracing.errors import NothingFound, UsageError
from tracing.text import catalogue
from tracing.times import EVER, NEVER, parse_iso

if TYPE_CHECKING:
    from graph import Store
    from tracing.chains.chains import Chains
    from tracing.chains.text_tree import Row

_, _n = catalogue("cli")


@make_command(
    "chains",
    help=_(
        "Draw the chain of a case on a time axis, and answer: who could have been its source, and"
        " who else was there. Declared links and dated contacts are always told apart.\n"
        "With --all: a summary of all chains, roots, cases with several or missing sources, links"
        " that cannot be. Depth counts links on record.\n"
        "Links are followed in time: none that was before the one that led to it. One without a date"
        " may have been at any time. --from and --to keep what can have been between two days."
    ),
    examples=_(
        "truyvet chains BN133\n"
        "truyvet chains BN133 --backward\n"
        "truyvet chains --all\n"
        "truyvet chains BN133 --from 2020-03-05 --to 2020-03-20\n"
        "truyvet chains --all --json > chains.json\n"
        "truyvet chains BN133 --html chain-bn133.html"
    ),
)
@argument("case", metavar=_("[CASE]"), required=False, help=_("A case code, a person's id, or a name."))
@option("--all", "all_chains", is_flag=True, help=_("All chains."))
@option("--forward", is_flag=True, help=_("Ask only: whom did this case lead to."))
@option("--backward", is_flag=True, help=_("Ask only: who could have been the source."))
@option("--sideward", is_flag=True, help=_("Ask only: who else was there."))
@option("--contacts", is_flag=True, help=_("Draw by dated contacts instead of declared links."))
@option("--from", "since", metavar=_("DATE"), help=_("Only links, contacts and visits from this day or instant on."))
@option("--to", "until", metavar=_("DATE"), help=_("Only those up to this day, itself included, or instant."))
@option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Write the result as an HTML page."),
)
@json_option
@click.pass_obj
def command(
    settings: Settings,
    *,
    case: str | None,
    all_chains: bool,
    forward: bool,
    backward: bool,
    sideward: bool,
    contacts: bool,
    since: str | None,
    until: str | None,
    page: Path | None,
    as_json: bool,
) -> None:
    """Trace the chains and show them."""
    since, until = check_time(since, option="--from"), check_time(until, option="--to")
    if case is None and not all_chains:
        raise UsageError(_("Which case is missing."), fix=_("truyvet chains ID, or truyvet chains --all"))
    if case is not None and all_chains:
        raise UsageError(_("A case and --all do not go together."), fix=_("truyvet chains ID, or truyvet chains --all"))
    from graph.address import takes_results

    with open_existing(settings, read_only=not takes_results(settings.address)) as store:
        person = None if case is None else find_person(store, case)[0]
        chains = _trace(store, settings, person, (since, until))
        traced = chains.tiers
        assert traced is not None
        asked = () if person is None else (person,)
        send_back(settings, store, lambda: run_of(traced, asked, command="chains"), chains=chains)
    if as_json:
        show_json(mark_of_part(store) | chains.to_dict(person))
        return
    wanted = {"forward": forward or contacts, "backward": backward, "sideward": sideward}
    again = settings.again if page is None else ""  # a page may go to people who have no business with the store
    rows = _all(chains) if person is None else chain_rows(chains, person, wanted, contacts=contacts, again=again)
    head = rule_line(traced)
    if page is None:
        show(head)
        write_rows(rows)
    else:
        _write_page(page, [((head, "faint"),), *rows], chains, person)
        show(_("Written: {name}.", name=page))


def _trace(store: Store, settings: Settings, person: str | None, asked: tuple[str | None, str | None]) -> Chains:
    """Return the chains of all cases, or those around the chain of ``person``."""
    from tracing.chains.chains import trace_chains
    from tracing.model.numbered import number_records
    from tracing.tiers.tiers import trace_tiers

    as_of = time_asked(settings, store)
    with Progress(quiet=settings.quiet) as progress:
        progress.step(_("reading records"), 0, 0)
        linked = number_records(store.read(tables=["cases", "links"], united=True))
        if linked.records.cases.empty and linked.records.links.empty:
            raise no_case()
        if person is None:
            policy, graph = choose_policy(settings, store, as_of), store.numbered()
        else:
            policy = choose_policy(settings, store, as_of)
            graph = store.numbered(people=_chain_of(trace_chains(linked), person), steps=policy.depth + 1)
        tell_odd(store)
        check_disease(settings, graph.records.columns("persons"))
        tiers = trace_tiers(graph, policy=policy, as_of=as_of)
        return trace_chains(graph, tiers=tiers, period=_period(asked, graph.records.zone))


def _period(asked: tuple[str | None, str | None], zone: str) -> tuple[int, int]:
    """Return the period asked for; a day as its end is part of it."""
    since, until = asked
    first = NEVER if since is None else parse_iso(since, zone)[0]
    last = EVER if until is None else max(parse_iso(until, zone)[1], parse_iso(until, zone)[0] + 1)
    if first >= last:
        raise UsageError(_("--to lies before --from."), fix=_("truyvet chains --from 2021-07-01 --to 2021-07-31"))
    return first, last


def _chain_of(chains: Chains, person: str) -> list[str]:
    """Return the members of the component in which ``person`` is."""
    if person not in chains.links:
        raise NothingFound(
            _("This person is not a case on record."),
            fix=_("truyvet why {id} says in which tier they are", id=shlex.quote(person)),
        )
    return next((list(c) for c in chains.components if person in c), [person])


def _all(chains: Chains) -> list[Row]:
    from tracing.chains.describe import describe_chains

    return describe_chains(chains, lang=spoken())


def _write_page(page: Path, rows: list[Row], chains: Chains, person: str | None) -> None:
    from tracing.chains.html_page import page_of_rows

    title = say(_("Chains")) + (f" · {person}" if person else "")
    drawn = page_of_rows(rows, title=title, lang=spoken(), provenance=chains.provenance)
    put_in_place(page, lambda draft: draft.write_text(shorten(drawn), encoding="utf-8"))
