"""``truyvet load``: files into the store, with an account of every row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import Settings, argument, json_option, make_command, option
from cli.screen import show_json
from cli.use_cases.account import SET_ASIDE, as_object, nothing_usable
from cli.use_cases.again import write_again
from cli.use_cases.contradictions import as_objects, contradictions_of, write_questions_of_stays
from cli.use_cases.findings import write_account
from cli.use_cases.foreign import InputPath, input_of
from cli.use_cases.load import keep_aside, load_into, reading_options, taken_back
from cli.use_cases.open import remember_ids
from cli.use_cases.positives import positive_without_case, write_positive_without_case
from cli.use_cases.same import said_of
from cli.use_cases.same_effect import write_effect_of_joins
from cli.use_cases.same_words import write_found, write_meant
from cli.use_cases.server import open_to_load
from cli.use_cases.unfinished import finishing
from cli.use_cases.view import show_dry_run
from cli.use_cases.waiting import released_by_cases, write_released
from tracing.errors import InputError, RowsSetAside
from tracing.text import catalogue

if TYPE_CHECKING:
    from loaders import LoadOptions

_, _n = catalogue("cli")


@make_command(
    "load",
    help=_(
        "Load line lists, contacts, visits, tests, isolations … from CSV, Excel, Word, JSON, Parquet,"
        " or a whole folder. All or nothing; loading the same file again adds nothing.\n"
        "Rows that cannot be used are set aside in truyvet-set-aside.xlsx: correct them there and"
        " load that file. What cannot be decided is asked: truyvet questions, truyvet answer. When rows were set aside"
        " or a question is open that holds rows back or changes a tier, the exit code is 4.\n"
        "--dry-run shows sheet by sheet what it is, what each column becomes and how sure, and the first rows as they"
        " will be; names, telephone numbers and ids as shapes unless --show-names."
    ),
    examples=_(
        "truyvet load contact-list.xlsx pcr-results.xlsx\n"
        "truyvet load folder\n"
        'truyvet load list.csv --map "Patient no=person" --day-first\n'
        "truyvet load contact-list.xlsx --dry-run\n"
        "truyvet load truyvet-set-aside.xlsx --replace\n"
        "truyvet load neo4j://host:7687 --map contact-tracing.toml"
    ),
)
@argument(
    "paths",
    metavar=_("FILES…"),
    nargs=-1,
    required=True,
    type=InputPath(),
    help=_("Files, or one folder; or the address of a Neo4j graph, with --map FILE.toml."),
)
@reading_options
@option("--replace", is_flag=True, help=_("Where a row contradicts what is stored: take the new value."))
@option("--allow-set-aside", is_flag=True, help=_("Exit code 0 even when rows were set aside."))
@option("--dry-run", is_flag=True, help=_("Show every sheet as it looks and what would be asked; write nothing."))
@option("--wait", is_flag=True, help=_("Where somebody else is loading into the same Neo4j database: wait for them."))
@json_option
@click.pass_obj
def command(
    settings: Settings,
    /,
    paths: tuple[Path | str, ...],
    everything: bool,
    replace: bool,
    allow_set_aside: bool,
    dry_run: bool,
    wait: bool,
    as_json: bool,
    **reading: Any,
) -> int:
    """Load files into the store."""
    with input_of(paths, reading, settings) as (files, options):
        if dry_run:
            complete = show_dry_run(files, options=options, settings=settings).complete
        else:
            shown = (everything, as_json)
            complete = _load(settings, files, options, replace=replace, wait=wait, shown=shown)
    return 0 if complete or allow_set_aside else RowsSetAside.exit_code


def _load(
    settings: Settings,
    paths: Sequence[Path],
    options: LoadOptions,
    *,
    replace: bool,
    wait: bool,
    shown: tuple[bool, bool],
) -> bool:
    """Load, and show the account of every row: all of it, as JSON; return whether nothing is left to be done."""
    everything, as_json = shown
    with open_to_load(settings, wait=wait) as store, finishing(store, paths):
        remember_ids(store, settings)
        loaded = load_into(store, paths, options=options, replace=replace, settings=settings)
        account, report, taken = loaded.account, loaded.report, loaded.taken
        remember_ids(store, settings)
        with taken_back(store, loaded):
            aside = None if nothing_usable(account) else keep_aside(account, Path(SET_ASIDE), loaded=paths)
        stays = contradictions_of(account.result.records, store)
        positive = positive_without_case(account.result.records, store)
        if as_json:
            told = (
                as_object(account, report, aside)
                | said_of(loaded.found, loaded.meant)
                | {"contradicted_stays": as_objects(stays), "withdrawn": dict(loaded.again.withdrawn)}
            )
            show_json(told | {"positive_without_case": positive})
        else:
            write_account(account, report, taken, aside, everything=everything, settings=settings)
            write_again(loaded.again)
            write_meant(loaded.meant)
            for found in loaded.found:
                write_found(found, settings=settings, asked={q.id for q in account.result.questions})
            if loaded.had_cases:
                write_effect_of_joins(store, loaded.found, settings)
            write_positive_without_case(positive)
            write_released(released_by_cases(store, account.result))
            write_questions_of_stays(stays, zone=options.zone)
    if nothing_usable(account):
        raise InputError(
            _("Nothing in these files can be used; the store is as it was."), fix=_("See the lines above.")
        )
    changing = any(one.changes_tier for found in loaded.found for one in found.questions)
    return account.complete and not changing
