"""``truyvet neo4j``: a Neo4j server of one's own, up, down and how it is; the runs written back into one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.language import moment, number, say, spoken
from cli.options import Group, Settings, json_option, option
from cli.screen import faint, write_table
from cli.use_cases.open import open_existing, shown_time
from cli.use_cases.server import is_neo4j
from tracing.errors import NothingFound, StoreError
from tracing.times import local

if TYPE_CHECKING:
    from graph.neo4j.server import Notice, ServerState
    from graph.neo4j.store import Neo4jStore

command = Group("neo4j")
_runs = Group("runs", key="neo4j.runs", usual="list")

_COUNTED = ("people", "exposures", "links", "zones")


def _home(given: Path | None) -> Path:
    from graph.neo4j.server import default_home

    return given or default_home()


def home_option(function: Any) -> Any:
    """Add ``--home``."""
    return option(
        "--home", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER", key="neo4j.option.home"
    )(function)


@command.child("up")
@home_option
@option("--version", metavar="VERSION")
@option("--port", type=click.IntRange(0, 65535), metavar="N")
@json_option
@click.pass_obj
def _up(settings: Settings, home: Path | None, version: str | None, port: int | None, as_json: bool) -> None:
    from graph.neo4j import server as neo4j_server

    def told(notice: Notice) -> None:
        if not settings.quiet:
            click.echo(notice.vi if spoken() == "vi" else notice.en, err=True)

    state = neo4j_server.up(_home(home), version=version, bolt_port=port, notify=told)
    if as_json:
        _write_json(_plain(state))
        return
    click.echo(say("neo4j.up.started" if state.started else "neo4j.up.there", version=state.version))
    _write_state(state)
    if not settings.quiet:
        click.echo(say("common.next", what=f"truyvet load … --store {state.uri}"))
        if home is not None and home.expanduser().resolve() != neo4j_server.default_home().resolve():
            click.echo(faint(say("neo4j.up.home")))


@command.child("down")
@home_option
def _down(home: Path | None) -> None:
    from graph.neo4j import server as neo4j_server

    stopped = neo4j_server.down(_home(home))
    click.echo(say("neo4j.down.done" if stopped else "neo4j.down.nothing"))


@command.child("status")
@home_option
@json_option
def _status(home: Path | None, as_json: bool) -> int:
    from graph.neo4j import server as neo4j_server

    found = neo4j_server.status(_home(home))
    if as_json:
        _write_json({"condition": found.condition} | ({} if found.state is None else _plain(found.state)))
    else:
        click.echo(say(f"neo4j.status.{found.condition}", version=found.version or ""))
        if found.state is not None:
            _write_state(found.state)
    return 0 if found.running else NothingFound.exit_code if found.condition in ("absent", "stopped") else 6


command.add_command(_runs)  # listed last


def _plain(state: ServerState) -> dict[str, Any]:
    shown = ("uri", "http_uri", "user", "version", "pid")
    return {name: getattr(state, name) for name in shown} | {
        "home": str(state.home), "password_file": str(state.password_file),
    }  # fmt: skip


def _write_state(state: ServerState) -> None:
    rows = [
        [say("neo4j.state.address"), state.uri],
        [say("neo4j.state.http"), state.http_uri],
        [say("neo4j.state.user"), state.user],
        [say("neo4j.state.password"), str(state.password_file)],
        [say("neo4j.state.home"), str(state.home)],
    ]
    write_table([[f"  {name}", value] for name, value in rows])


def _write_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def open_neo4j(settings: Settings, *, read_only: bool = False) -> Neo4jStore:
    """Open the Neo4j store meant: that of ``--store`` or TRUYVET_STORE, else that of the server of this user.

    Raises
    ------
    StoreError
        If there is none, or it cannot be opened.
    """
    from graph.neo4j.queries import as_neo4j
    from graph.neo4j.server import default_home, status

    if settings.store is None and not is_neo4j(settings.address):
        state = status(default_home()).state
        if state is None or state.pid is None:
            raise StoreError(say("neo4j.none" if state is None else "neo4j.stopped"), fix=say("neo4j.none.fix"))
        settings = replace(settings, store=state.uri)
    if not is_neo4j(settings.address):
        return as_neo4j(None)
    return as_neo4j(open_existing(settings, read_only=read_only))


@_runs.child("list")
@json_option
@click.pass_obj
def _list(settings: Settings, as_json: bool) -> None:
    from cli.commands.runs import cases_of
    from graph.neo4j.results import result_counts

    with open_neo4j(settings, read_only=True) as store:
        headers, counts, zone = store.runs(), result_counts(store), store.read(tables=[]).zone
    if as_json:
        _write_json(
            [
                {"id": h.id, "command": h.command, "policy": h.policy, "as_of": h.as_of, "created": h.created}
                | {"cases": h.options.get("cases") or []}
                | {name: counts.get(h.id, {}).get(name, 0) for name in _COUNTED}
                for h in headers
            ]
        )
        return
    if not headers:
        click.echo(say("neo4j.runs.none"))
        return
    rows = [[say(f"neo4j.head.{name}") for name in ("id", "made", "command", "rule", "as_of", *_COUNTED, "cases")]]
    for header in headers:
        as_of = say("common.always") if header.as_of is None else shown_time(header.as_of, zone)
        own = counts.get(header.id, {})
        told = [number(own[name]) if name in own else "–" for name in _COUNTED]
        made = moment(local(header.created, zone))
        rows.append([header.id, made, header.command, header.policy or "", as_of, *told, cases_of(header)])
    write_table(rows, right=(5, 6, 7, 8))


@_runs.child("delete")
@click.argument("run", metavar="ID")
@click.pass_obj
def _delete(settings: Settings, run: str) -> None:
    from cli.commands.runs import find_run
    from graph.neo4j.results import delete_run

    with open_neo4j(settings) as store:
        found = find_run(store, run, tracing=False)
        delete_run(store, found)
    click.echo(say("neo4j.runs.deleted", id=found))
