"""``truyvet runs``: the runs kept in the store and what was exported from it: list, show, compare, delete."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from cli.language import moment, say, spoken
from cli.options import Group, Settings, json_option
from cli.screen import faint, write_table
from cli.use_cases.open import open_existing, shown_time
from cli.use_cases.server import forget_run
from tracing.errors import NothingFound, UsageError
from tracing.times import local

if TYPE_CHECKING:
    from graph import RunHeader, Store
    from tracing.lists.changes import Changes

#: What is kept of a tracing, in every store. A Neo4j store keeps what chains and zones wrote into it as runs too.
TRACING: Final = "tiers"

command = Group("runs", usual="list")


def find_run(store: Store, wanted: str, *, tracing: bool = True) -> str:
    """Return the id of the run meant by an id or its beginning, or by "last".

    "last" is the latest tracing, the same in every store; without ``tracing`` the latest run of any command.

    Raises
    ------
    NothingFound
        If there is none.
    UsageError
        If several ids begin so.
    """
    headers = store.runs()
    ids = [header.id for header in headers]
    latest = [header.id for header in headers if not tracing or header.command == TRACING]
    if wanted == "last" and latest:
        return latest[-1]
    found = [run for run in ids if run == wanted] or [run for run in ids if wanted and run.startswith(wanted)]
    if len(found) > 1:
        raise UsageError(say("runs.several", ids=", ".join(found)))
    if not found:
        fix = say("runs.unknown.fix") if tracing else say("neo4j.runs.unknown.fix")
        raise NothingFound(say("runs.unknown", id=wanted), fix=fix)
    return found[0]


@command.child("list")
@json_option
@click.pass_obj
def _list(settings: Settings, as_json: bool) -> None:
    with open_existing(settings, read_only=True) as store:
        kept, exports, zone = store.runs(), store.exports(), store.read(tables=[]).zone
    headers = [header for header in kept if header.command == TRACING]
    if as_json:
        _write_json({"runs": [_plain(h) for h in headers], "exports": [asdict(entry) for entry in exports]})
        return
    if not headers:
        click.echo(say("runs.none"))
    else:
        rows = [[say(f"runs.head.{name}") for name in ("id", "made", "command", "rule", "as_of", "cases")]]
        rows += [_cells(header, zone) for header in headers]
        write_table(rows)
    if len(kept) > len(headers) and not settings.quiet:
        click.echo(faint(say("runs.others", count=len(kept) - len(headers)) + settings.again))
    if exports:
        click.echo(f"\n{say('runs.exports')}")
        rows = [[say(f"runs.head.{name}") for name in ("when", "who", "people", "names", "what")]]
        for entry in exports:
            names = say("runs.masked" if entry.masked else "runs.unmasked")
            rows.append([moment(local(entry.at, zone)), entry.who, str(entry.rows), names, entry.what])
        write_table(rows, right=(2,))


def _cells(header: RunHeader, zone: str) -> list[str]:
    as_of = say("common.always") if header.as_of is None else shown_time(header.as_of, zone)
    made = moment(local(header.created, zone))
    return [header.id, made, header.command, header.policy or "", as_of, cases_of(header)]


def cases_of(header: RunHeader) -> str:
    """Return the cases that a run was asked about."""
    cases = header.options.get("cases") or []
    return ", ".join(map(str, cases)) if isinstance(cases, list) and cases else say("runs.all")


def _plain(header: RunHeader) -> dict[str, Any]:
    return {name: getattr(header, name) for name in header.__dataclass_fields__ if name != "tables"}


def _write_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@command.child("show")
@click.argument("run", metavar="RUN")
@json_option
@click.pass_obj
def _show(settings: Settings, run: str, as_json: bool) -> None:
    with open_existing(settings, read_only=True) as store:
        kept, zone = store.load_run(find_run(store, run)), store.read(tables=[]).zone
    sizes = {name: len(table) for name, table in kept.tables.items()}
    if as_json:
        _write_json(_plain(kept) | {"rows": sizes})
        return
    heads = ("id", "made", "command", "rule", "as_of", "cases")
    rows = [[say(f"runs.head.{head}"), cell] for head, cell in zip(heads, _cells(kept, zone), strict=True)]
    rows += [[say("runs.head.digest"), kept.policy_digest or ""], [say("runs.head.inputs"), kept.inputs]]
    rows += [[say("runs.head.version"), kept.version]]
    table = kept.tables.get("tiers")
    if table is not None:
        for tier in sorted(table["tier_possible"].dropna().unique().tolist()):
            own = table[table["tier_possible"] == tier]
            sure = int((own["tier_certain"] == tier).fillna(False).sum())
            rows.append([f"F{tier}", say("runs.tier", certain=sure, possible=len(own) - sure)])
    write_table(rows)


@command.child("compare")
@click.argument("run_a", metavar="RUN")
@click.argument("run_b", metavar="RUN")
@json_option
@click.pass_obj
def _compare(settings: Settings, run_a: str, run_b: str, as_json: bool) -> None:
    from tracing.lists.changes import compare_runs

    with open_existing(settings, read_only=True) as store:
        ids = [find_run(store, run) for run in (run_a, run_b)]
        before, after = (store.load_run(run) for run in ids)
        zone = store.read(tables=[]).zone
    for kept in (before, after):
        if not {"tiers", "parents"} <= set(kept.tables):
            raise UsageError(say("runs.not_tiers", id=kept.id))
    changes = compare_runs(before, after, zone=zone)
    if as_json:
        _write_json({"before": ids[0], "after": ids[1], **changes.to_dict()})
        return
    write_changes(changes)


def write_changes(changes: Changes) -> None:
    """Print who changed and why: the counts first, then a line per person."""
    for row in changes.differences.to_dict("records"):
        if row["what"] != "inputs":
            click.echo(faint(say("runs.differs", what=say(f"runs.what.{row['what']}"), **_two(row))))
    if changes.table.empty:
        click.echo(say("runs.equal"))
        return
    click.echo(", ".join(say(f"runs.count.{change}", count=n) for change, n in changes.counts().items()))
    rows = [[say(f"runs.head.{name}") for name in ("person", "change", "before", "after", "reason")]]
    for row in changes.table.to_dict("records"):
        tiers = [_tiers(row, side) for side in ("before", "after")]
        rows.append([row["person"], say(f"runs.change.{row['change']}"), *tiers, row[f"reason_{spoken()}"]])
    write_table(rows)


def _two(row: dict[Any, Any]) -> dict[str, str]:
    return {side: str(row[side] or "–") for side in ("before", "after")}


def _tiers(row: dict[Any, Any], side: str) -> str:
    """Return "F1", "F1?" where it is only possible, "–" where not listed."""
    import pandas as pd

    possible, certain = row[f"tier_possible_{side}"], row[f"tier_certain_{side}"]
    if pd.isna(possible):
        return "–"
    return f"F{possible}" if not pd.isna(certain) and possible == certain else f"F{possible}?"


@command.child("delete")
@click.argument("run", metavar="RUN")
@click.pass_obj
def _delete(settings: Settings, run: str) -> None:
    with open_existing(settings) as store:
        found = find_run(store, run)
        forget_run(store, found)
    click.echo(say("runs.deleted", id=found))
