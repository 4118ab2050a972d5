"""``truyvet load``: files into the store, with an account of every row."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from cli.language import say, spoken
from cli.options import Settings, argument, json_option, make_command, option
from cli.screen import Progress
from cli.use_cases.conflicts import conflicting_rows, with_conflicts
from cli.use_cases.load import (
    SET_ASIDE,
    Account,
    keys_before,
    load_options,
    new_rows,
    read_input,
    reading_options,
    write_errors,
    write_remarks,
    write_summaries,
)
from cli.use_cases.server import password_prompt
from cli.words import COUNTED, TABLES, next_step
from tracing.errors import InputError, RowsSetAside
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph import Store, WriteReport
    from loaders import LoadOptions, LoadResult

_, _n = catalogue("cli")


@make_command(
    "load",
    short=_("Load files into the store."),
    help=_(
        "Load line lists, contacts, visits, tests, isolations … from CSV, Excel, JSON, Parquet, or a"
        " whole folder. All or nothing; loading the same file again adds nothing.\n"
        "Rows that cannot be used are set aside in truyvet-set-aside.xlsx: correct them there and"
        " load that file. When rows were set aside the exit code is 4."
    ),
    examples=_(
        "truyvet load contact-list.xlsx pcr-results.xlsx\n"
        "truyvet load folder\n"
        'truyvet load list.csv --map "Patient no=person" --day-first\n'
        "truyvet load truyvet-set-aside.xlsx --replace"
    ),
)
@argument(
    "paths",
    metavar=_("FILES…"),
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help=_("Files, or one folder."),
)
@reading_options
@option("--replace", is_flag=True, help=_("Where a row contradicts what is stored: take the new value."))
@option("--allow-set-aside", is_flag=True, help=_("Exit code 0 even when rows were set aside."))
@json_option
@click.pass_obj
def command(
    settings: Settings,
    /,
    paths: tuple[Path, ...],
    everything: bool,
    replace: bool,
    allow_set_aside: bool,
    as_json: bool,
    **reading: Any,
) -> int:
    """Load files into the store."""
    from graph import open_store

    options = load_options(**reading)
    with open_store(settings.address, prompt=password_prompt()) as store:
        account, report = load_into(store, paths, options=options, replace=replace, settings=settings)
    aside = keep_aside(account, Path(SET_ASIDE), loaded=paths)
    if as_json:
        click.echo(json.dumps(as_object(account, report, aside), ensure_ascii=False, indent=2))
    else:
        write_account(account, report, aside, everything=everything, settings=settings)
    if nothing_usable(account):
        raise InputError(
            _("Nothing in these files can be used; the store is as it was."), fix=_("See the lines above.")
        )
    return 0 if account.complete or allow_set_aside else RowsSetAside.exit_code


def load_into(
    store: Store, paths: Sequence[Path], *, options: LoadOptions, settings: Settings, replace: bool = False
) -> tuple[Account, WriteReport]:
    """Read files and write their records into the store, all or nothing; return the account of every row."""
    result = read_input(paths, options=options, known=store, settings=settings)
    before = keys_before(store, result)
    with Progress(quiet=settings.quiet) as progress:
        report = store.write(
            result.records,
            replace=replace,
            progress=lambda table, done, total: progress.step(
                say(_("writing {name}", name=TABLES[table])), done, total
            ),
        )
    result_and_conflicts: LoadResult = with_conflicts(result, report.conflicts)
    return Account(result_and_conflicts, new_rows(result, before), conflicting_rows(report.conflicts)), report


def keep_aside(account: Account, wanted: Path, *, loaded: Sequence[Path] = ()) -> Path | None:
    """Write the rows set aside and return where, None where there are none.

    Never over rows of an earlier load that wait for a correction, unless their file was loaded just now. A load that
    is repeated finds its own file and leaves it as it is.
    """
    from loaders import write_set_aside

    # A sheet that was not recognised is read again from its own file, once it is said what it is.
    rows = tuple(kept for kept in account.result.set_aside if kept.table is not None)
    if not rows:
        return None
    given = {path.resolve() for path in loaded}
    with TemporaryDirectory() as folder:
        written = Path(folder) / wanted.name
        write_set_aside(dataclasses.replace(account.result, set_aside=rows), written, lang=spoken())
        number, path = 1, wanted
        while path.exists() and path.resolve() not in given and not _same_rows(path, written):
            number += 1
            path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        if path.resolve() in given or not path.exists():
            shutil.copyfile(written, path)
    return path


def _same_rows(one: Path, other: Path) -> bool:
    """Tell whether two workbooks hold the same sheets, cell by cell."""
    from python_calamine import CalamineError, load_workbook

    try:
        books = [load_workbook(path) for path in (one, other)]
        sheets = [{name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names} for book in books]
    except CalamineError:
        return False
    return sheets[0] == sheets[1]


def write_account(
    account: Account, report: WriteReport, aside: Path | None, *, everything: bool, settings: Settings
) -> None:
    """Print the summaries, what is to be corrected, what to look at, and what was written."""
    findings = account.result.findings
    files = len({summary.file for summary in account.result.summaries})
    write_summaries(account)
    errors = findings.of(severity="error")
    if len(errors):
        click.echo()
        if aside is not None:
            click.echo(
                say(
                    _n(
                        "{count} row set aside in {file}; correct them there and load that file:",
                        "{count} rows set aside in {file}; correct them there and load that file:",
                        account.to_correct,
                        count=account.to_correct,
                        file=aside,
                    )
                )
            )
        else:
            click.echo(say(_("Cannot be used:")))
        write_errors(errors, files=files, everything=everything, more="truyvet check --set-aside --all")
    remarks = findings.of() if everything else findings.of(severity="warning")
    remarks = remarks[remarks["severity"] != "error"]
    if len(remarks):
        click.echo()
        count = int((findings.table["severity"] == "warning").sum())
        click.echo(
            say(
                _n(
                    "{count} thing to look at (the rows were loaded):",
                    "{count} things to look at (the rows were loaded):",
                    count,
                    count=count,
                )
            )
        )
        write_remarks(remarks, files=files, everything=everything, more="truyvet check --all")
    if settings.quiet or nothing_usable(account):
        return
    click.echo()
    if not report.changed:
        click.echo(say(_("{store} already had all of it; nothing changed.", store=settings.address)))
        return
    tables = {name: row.new for name, row in report.tables.items() if row.new}
    parts = [say(COUNTED[name](new)) for name, new in tables.items()]
    parts += (
        [say(_n("{count} row completed", "{count} rows completed", report.completed, count=report.completed))]
        if report.completed
        else []
    )
    click.echo(say(_("New in {store}: {what}.", store=settings.address, what=", ".join(parts))))
    click.echo(say(next_step("truyvet tiers" + settings.again)))


def nothing_usable(account: Account) -> bool:
    """Tell whether nothing in the files could be used, and no single row could be corrected."""
    return not len(account.result.records) and account.to_correct == 0 and not account.complete


def as_object(account: Account, report: WriteReport | None, aside: Path | None) -> dict[str, Any]:
    """Return the account as plain data: sheets, findings, and what was written."""
    sheets = []
    for summary in account.result.summaries:
        new, known, bad = account.of(summary)
        sheets.append(
            {
                "file": summary.file,
                "sheet": summary.sheet,
                "table": summary.table,
                "rows": summary.rows,
                "new": new,
                "known": known,
                "set_aside": bad,
                "headings": summary.headings,
                "headings_known": summary.headings_known,
                "unused": list(summary.unused),
            }
        )
    table = account.result.findings.table
    written = {} if report is None else {name: vars(row) for name, row in report.tables.items()}
    return {
        "sheets": sheets,
        "findings": table.astype(object).where(table.notna(), None).to_dict("records"),
        "set_aside_file": None if aside is None else str(aside),
        "written": written,
    }
