"""``truyvet demo``: the whole way on an invented outbreak, each step as the command that does it."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.language import say, spoken
from cli.options import Settings, make_command, option
from cli.screen import Piece, Progress, faint, open_page, show, show_table
from cli.use_cases.account import SET_ASIDE
from cli.use_cases.chains import show_chain
from cli.use_cases.evidence import write_evidence
from cli.use_cases.findings import write_account
from cli.use_cases.load import keep_aside, load_into
from cli.use_cases.open import open_at, time_asked
from cli.use_cases.report import keep_page
from cli.use_cases.rule import choose_policy
from cli.use_cases.same_words import write_found
from cli.use_cases.server import send_back
from cli.use_cases.tiers import rule_line, run_of, trace, write_summary
from cli.use_cases.zones import write_finding
from tracing.errors import SafetyError
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph import Run, Store
    from tracing.chains.chains import Chains
    from tracing.tiers.tiers import Tiers
    from tracing.zones.zones import Zones

_, _n = catalogue("cli")

SEED: Final = 2021
CONTACTS_PER_PERSON: Final = 3.0
STORE: Final = "demo.duckdb"
RECORDS: Final = "records"
PAGE: Final = "report.html"


@make_command(
    "demo",
    help=_(
        "Make an invented outbreak (always the same), load it into a store, trace its tiers, and"
        " show why one person is listed. All files lie in one folder, to look at and to go on with;"
        " nothing else is changed. With --store: into that store, if it is empty."
    ),
    examples=_("truyvet demo\ntruyvet demo --out try --people 5000\ntruyvet demo --store neo4j://127.0.0.1:7687"),
)
@option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo",
    show_default=True,
    metavar=_("DIR"),
    help=_("Folder for all files of the demo."),
)
@option("--people", type=int, default=3000, show_default=True, metavar="N", help=_("Number of people."))
@click.pass_obj
def command(settings: Settings, out: Path, people: int) -> None:
    """Show the whole way from files to tiers with reasons."""
    show(
        _n(
            "An invented outbreak among {people} person, nobody of whom exists. All files are in {folder}.",
            "An invented outbreak among {people} people, nobody of whom exists. All files are in {folder}.",
            people,
            people=people,
            folder=out,
        )
    )
    if settings.store is None:
        out.mkdir(parents=True, exist_ok=True)
        (out / STORE).unlink(missing_ok=True)
        settings.store = str(out / STORE)
    with open_at(settings) as store:
        need_empty(store, settings)
        make_records(out / RECORDS, people, quiet=settings.quiet)
        show_load(store, out, settings)
        tiers, run = show_tiers(store, settings)
        show_reason(tiers, settings)
        chains, zones = show_decision(tiers, out / PAGE, settings)
        send_back(settings, store, lambda: run, tiers=tiers, chains=chains, zones=zones)
    show()
    write_next(f"--store {shlex.quote(settings.address)}", listed_person(tiers))
    if sys.stdout.isatty() and not os.environ.get("CI"):
        open_page(str(out / PAGE))


def write_next(store: str, person: str | None) -> None:
    """Print what can be tried with what the demo made."""
    show(_("Try next:"))
    rows: list[list[Piece]] = [
        [f"  truyvet tiers --list --tier 1 {store}", _("every F1")],
        [f"  truyvet tiers --policy vn-3638 {store}", _("under the rule that followed")],
        [f"  truyvet why {'…' if person is None else shlex.quote(person)} --show-names {store}", ""],
        ["  truyvet policies show vn-3638", _("the rule and its sources")],
        ["  truyvet load " + say(_("YOUR-FILES")), _("your own data, into a store of their own")],
    ]
    show_table(rows)


def need_empty(store: Store, settings: Settings) -> None:
    """Keep what is invented apart from what is real.

    Raises
    ------
    SafetyError
        If the store holds records.
    """
    from tracing.model.schema import TABLES

    if any(store.ids(name) for name in TABLES):
        raise SafetyError(
            _("{store} holds records; an invented outbreak must not be mixed with others", store=settings.address),
            fix=_("leave --store out for a store of its own in the demo's folder, or name an empty one"),
        )


def show_command(settings: Settings, *words: str) -> None:
    """Print the command by which a reader can do the same."""
    show()
    show(faint(" ".join(["$ truyvet", *words, "--store", settings.address])))


def make_records(folder: Path, people: int, *, quiet: bool) -> None:
    """Write the invented outbreak's records into ``folder``."""
    from loaders.invented.province import generate_province
    from loaders.invented.write import write_province

    with Progress(quiet=quiet) as progress:
        progress.step(_("making the province"), 0, 0)
        province = generate_province(
            people=people,
            seed=SEED,
            contacts_per_person=CONTACTS_PER_PERSON,
            language="vi" if spoken() == "vi" else "en",
        )
        write_province(province, folder)


def show_load(store: Store, out: Path, settings: Settings) -> None:
    """Load the records and show the account of every row."""
    from loaders import LoadOptions

    show_command(settings, "load", str(out / RECORDS))
    loaded = load_into(store, [out / RECORDS], options=LoadOptions(), settings=settings)
    account, report, taken = loaded.account, loaded.report, loaded.taken
    aside = keep_aside(account, out / SET_ASIDE)
    quiet = Settings(store=settings.address, quiet=True)
    write_account(account, report, taken, aside, everything=False, settings=quiet)
    for found in loaded.found:
        write_found(found, settings=quiet)


def show_tiers(store: Store, settings: Settings) -> tuple[Tiers, Run]:
    """Trace the tiers, keep the run and show the summary."""
    as_of = time_asked(settings, store)
    policy = choose_policy(settings, store, as_of)
    show_command(settings, "tiers")
    tiers = trace(store, policy=policy, as_of=as_of, settings=settings)
    run = run_of(tiers)
    store.save_run(run)
    show(rule_line(tiers))
    write_summary(tiers, tiers.people, None, (), narrowed=False)
    return tiers, run


def listed_person(tiers: Tiers) -> str | None:
    """Return somebody whose path is worth seeing: a certain F2 through one parent, at a known place; else any."""
    table = tiers.table[~tiers.table["case"]]
    placed = set(tiers.parents.loc[tiers.parents["place"].notna(), "person"])
    two = table[(table["tier_certain"] == 2).fillna(False) & (table["parents"] == 1) & table["person"].isin(placed)]
    found: Sequence[str] = two["person"].tolist() or table["person"].tolist()
    return found[0] if found else None


def show_reason(tiers: Tiers, settings: Settings) -> None:
    """Show why one person is listed."""
    from tracing.evidence.evidence import explain

    person = listed_person(tiers)
    if person is not None:
        show_command(settings, "why", person)
        write_evidence(explain(tiers, person), show_names=settings.show_names)


def show_decision(tiers: Tiers, page: Path, settings: Settings) -> tuple[Chains, Zones]:
    """Show the greatest chain and where a zone could be drawn, and write the page that holds it all."""
    from tracing.chains.chains import trace_chains
    from tracing.report import write_report
    from tracing.zones.zones import suggest_zones

    chains = trace_chains(tiers.graph, tiers=tiers)
    table = chains.table
    if len(table):
        case = str(table.sort_values(["descendants", "id"], ascending=[False, True])["id"].iloc[0])
        show_command(settings, "chains", case)
        show_chain(chains, case, again=settings.again)
    zones = suggest_zones(tiers)
    if zones.proposal is not None:
        show_command(settings, "zones")
        write_finding(zones, zones.proposal)
    show_command(settings, "report", "--out", str(page))
    keep_page(write_report(tiers, chains, zones, lang=spoken()), page)
    return chains, zones
