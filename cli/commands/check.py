"""``truyvet check``: what a load would say, without writing."""

from __future__ import annotations

import shlex
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.language import say
from cli.options import Settings, argument, json_option, make_command, option, see_help
from cli.screen import show, show_call, show_json
from cli.use_cases.account import SET_ASIDE, as_object, nothing_usable
from cli.use_cases.contradictions import as_objects, contradictions_of, write_questions_of_stays
from cli.use_cases.findings import write_errors, write_questions, write_remarks, write_summaries
from cli.use_cases.foreign import InputPath, input_of
from cli.use_cases.load import examine, open_to_read, reading_options
from cli.words import NEXT
from tracing.errors import InputError, NothingFound, RowsSetAside, UsageError
from tracing.text import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.account import Account

_, _n = catalogue("cli")


@make_command(
    "check",
    help=_(
        "Read files as truyvet load does and tell everything found, but write nothing. Where there"
        " is a store, they are compared with it too.\n"
        "--set-aside checks the truyvet-set-aside.xlsx files here: which rows still need a"
        " correction."
    ),
    examples=_("truyvet check contact-list.xlsx\ntruyvet check folder --all\ntruyvet check --set-aside"),
)
@argument(
    "paths",
    metavar=_("FILES…"),
    nargs=-1,
    type=InputPath(),
    help=_("Files, or one folder; or the address of a Neo4j graph, with --map FILE.toml."),
)
@option("--set-aside", is_flag=True, help=_("Check the rows set aside in this folder."))
@reading_options
@json_option
@click.pass_obj
def command(
    settings: Settings,
    /,
    paths: tuple[Path | str, ...],
    set_aside: bool,
    everything: bool,
    as_json: bool,
    **reading: Any,
) -> int:
    """Read files and tell what is in them, without writing."""
    if set_aside:
        waiting = Path(SET_ASIDE)
        paths = (*paths, *sorted(Path().glob(f"{waiting.stem}*{waiting.suffix}")))
        if not paths:
            raise NothingFound(
                _("No rows are set aside here."),
                fix=_("truyvet load makes truyvet-set-aside.xlsx when rows need a correction."),
            )
    if not paths:
        raise UsageError(_("No file was named."), fix=see_help("truyvet check"))
    called = [*map(str, paths), *(word for said in reading["mapping"] for word in ("--map", said))]
    with input_of(paths, reading, settings) as (files, options):
        account = examine(files, options=options, settings=settings)
    with open_to_read(settings) or nullcontext() as store:
        stays = contradictions_of(account.result.records, store)
    if as_json:
        show_json(as_object(account, None, None) | {"contradicted_stays": as_objects(stays)})
    else:
        write_findings(account, called, everything=everything, settings=settings)
        write_questions_of_stays(stays, zone=options.zone)
    if nothing_usable(account):
        raise InputError(
            _("Nothing in these files can be used; the store is as it was."), fix=_("See the lines above.")
        )
    return 0 if account.complete else RowsSetAside.exit_code


def write_findings(account: Account, called: Sequence[str], *, everything: bool, settings: Settings) -> None:
    """Print the summaries, everything that is wrong, and what to look at."""
    names = shlex.join(called)
    findings = account.result.findings
    files = len({summary.file for summary in account.result.summaries})
    again = f"truyvet check {names} --all"
    write_summaries(account, checking=True)
    errors = findings.to_answer
    if len(errors):
        show()
        show(
            say(_n("{count} row to correct:", "{count} rows to correct:", account.to_correct, count=account.to_correct))
            if account.to_correct
            else say(_("Cannot be used:"))
        )
        write_errors(errors, files=files, everything=everything, more=again)
    write_questions(account.result.questions, everything=everything, more=again)
    remarks = findings.of() if everything else findings.of(severity="warning")
    remarks = remarks[~remarks["severity"].isin(("error", "question"))]
    if len(remarks):
        show()
        show(
            _n(
                "{count} thing to look at (the rows can be used):",
                "{count} things to look at (the rows can be used):",
                int((findings.table["severity"] == "warning").sum()),
                count=int((findings.table["severity"] == "warning").sum()),
            )
        )
        write_remarks(remarks, files=files, everything=everything, more=again)
    if account.complete:
        show()
        show(_("Every row can be used. Nothing was loaded."))
        if not settings.quiet:
            show_call(NEXT, f"truyvet load {names}" + settings.again)
