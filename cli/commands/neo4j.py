"""``truyvet neo4j``: a Neo4j server of one's own, up, down and how it is; the runs written back into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.language import say
from cli.options import Group, Settings, argument, json_option, option
from cli.screen import faint, show, show_call, show_error, show_json, show_table
from cli.shown import shown_as_of, shown_instant, shown_number
from cli.use_cases.runs import cases_of, find_run
from cli.use_cases.server import open_neo4j
from cli.words import NEXT
from tracing.errors import NothingFound, UsageError
from tracing.text import catalogue
from tracing.times import local

if TYPE_CHECKING:
    from graph.neo4j.server import ServerState
    from tracing.text import Text

_, _n = catalogue("cli")

command = Group(
    "neo4j",
    help=_(
        "Starts a Neo4j server on this machine, on 127.0.0.1 only, with a password of its own. It"
        " needs Java 17 or newer and Maven, or an installed Neo4j that NEO4J_HOME names. Data"
        " survive a stop and a new start. The server is a separate program (Neo4j Community, GPL-3),"
        " fetched when it is first wanted.\n"
        "Every other command works with this server, or another one, by --store"
        " neo4j://host:port/database. The password comes from TRUYVET_NEO4J_USER and"
        ' TRUYVET_NEO4J_PASSWORD, the options file ~/.config/truyvet/neo4j.toml (lines user = "…"'
        ' and password = "…", readable only by you), or is asked for; it is never written in the'
        " call."
    ),
    examples=_(
        "truyvet neo4j up\n"
        "truyvet load lists.xlsx --store neo4j://127.0.0.1:7687\n"
        "truyvet tiers --store neo4j://127.0.0.1:7687\n"
        "truyvet neo4j runs\n"
        "truyvet neo4j down"
    ),
)
_runs = Group(
    "runs",
    usual="list",
    short=_("Results written into Neo4j: list, delete."),
    help=_(
        "The runs in the Neo4j database and what was written of each: people with a tier, exposures,"
        " links, zones. Without --store, that of the server of truyvet neo4j up."
    ),
    examples="truyvet neo4j runs\ntruyvet neo4j runs delete 3f2a9c1d",
)

_COUNTED = ("people", "exposures", "links", "zones")
_HEADS = (
    *(_("id"), _("made"), _("command"), _("rule"), _("as of")),
    *(_("people"), _("exposures"), _("links"), _("zone steps"), _("cases")),
)
_REPLACED = _("Everything that the database holds now will be gone. Go on? This cannot be undone.")
_CONDITIONS = {
    "absent": _("No server was ever started here; truyvet neo4j up makes one."),
    "stopped": _("The server is down (start it again: truyvet neo4j up):"),
    "silent": _("The server has a process but does not answer; wait a moment, or stop and start it:"),
    "locked": _("The server answers but refuses the password in its file; put the right one there (chmod 600):"),
}


def _home(given: Path | None) -> Path:
    from graph.neo4j.server import default_home

    return given or default_home()


def home_option(function: Any) -> Any:
    """Add ``--home``."""
    return option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        metavar=_("FOLDER"),
        help=_("The server's folder [default: ~/.local/share/truyvet/neo4j]."),
    )(function)


@command.child(
    "up",
    short=_("Start the server."),
    help=_(
        "Starts the server and tells its address; a running one is left as it is. The password is in"
        " a file that only you can read; the commands of truyvet on this machine find it."
    ),
    examples="truyvet neo4j up\ntruyvet neo4j up --home /data/neo4j --port 7700",
)
@home_option
@option(
    "--version",
    metavar=_("VERSION"),
    help=_("Version of Neo4j, such as 5.26.28 [default: the one last used in that folder, else 5.26 LTS]."),
)
@option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    help=_("Bolt port on 127.0.0.1; 0: any free one [default: that of the last time, else 7687, if free]."),
)
@json_option
@click.pass_obj
def _up(settings: Settings, home: Path | None, version: str | None, port: int | None, as_json: bool) -> None:
    from graph.neo4j import server as neo4j_server

    def told(notice: Text) -> None:
        if not settings.quiet:
            show_error(notice)

    state = neo4j_server.up(_home(home), version=version, bolt_port=port, notify=told)
    if as_json:
        _write_json(_plain(state))
        return
    show(
        _("Neo4j {version} is up:", version=state.version)
        if state.started
        else _("Neo4j {version} was up already:", version=state.version)
    )
    _write_state(state)
    if not settings.quiet:
        show_call(NEXT, f"truyvet load … --store {state.uri}")
        if home is not None and home.expanduser().resolve() != neo4j_server.default_home().resolve():
            show(
                faint(
                    _(
                        "This folder is not the default one: set TRUYVET_NEO4J_HOME so that other commands find the"
                        " password."
                    )
                )
            )


@command.child(
    "down",
    short=_("Stop the server; its data stay."),
    help=_("Stops the server. Data, password and address stay for the next start."),
    examples="truyvet neo4j down",
)
@home_option
def _down(home: Path | None) -> None:
    from graph.neo4j import server as neo4j_server

    stopped = neo4j_server.down(_home(home))
    show(
        _("The server is down; its data stay (start it again: truyvet neo4j up).")
        if stopped
        else _("No server was running.")
    )


@command.child(
    "status",
    short=_("Whether the server runs, and where."),
    help=_("Tells how the server is. Exit code 0: it runs; 3: it does not; 6: it runs but cannot be used."),
    examples="truyvet neo4j status",
)
@home_option
@json_option
def _status(home: Path | None, as_json: bool) -> int:
    from graph.neo4j import server as neo4j_server

    found = neo4j_server.status(_home(home))
    if as_json:
        _write_json({"condition": found.condition} | ({} if found.state is None else _plain(found.state)))
    else:
        show(
            _("Neo4j {version} is running:", version=found.version or "")
            if found.running
            else _CONDITIONS[found.condition]
        )
        if found.state is not None:
            _write_state(found.state)
    return 0 if found.running else NothingFound.exit_code if found.condition in ("absent", "stopped") else 6


@command.child(
    "backup",
    short=_("Write a backup."),
    help=_(
        "A FILE that ends in .dump is the whole database of your own server, results too; the server stops for it and"
        " is started again. One that ends in .duckdb holds the records, decisions, answers, runs and the log, taken"
        " from any server while it runs; every command reads it as a store. Without FILE it is the first for your own"
        " server, the second for one that --store names.\n"
        "Either holds everything in the clear: only you can read the file, so keep it where that stays so."
    ),
    examples=_(
        "truyvet neo4j backup\n"
        "truyvet neo4j backup saturday.dump\n"
        "truyvet neo4j backup saturday.duckdb --store neo4j+s://team:7687"
    ),
)
@argument("file", metavar=_("FILE"), help=_("The file to write."), required=False)
@home_option
@click.pass_obj
def _backup(settings: Settings, file: str | None, home: Path | None) -> None:
    from cli.use_cases import keep
    from graph.neo4j.server import keeping

    own = keep.own_home(settings, home)
    path = keep.backup_file(None if file is None else Path(file).expanduser(), own=own is not None)
    if path.suffix == keep.DUMP and own is not None:
        keep.check_quiet(own)
        keeping.dump(own, path, notify=keep.notices(settings))
        show(_("{file}: the whole database. It holds everything in the clear; only you can read it.", file=path))
        return
    rows = keep.copy_records(settings, path)
    show(
        _(
            "{file}: {rows}. It holds everything in the clear; only you can read it.",
            file=path,
            rows=_n("{n} row", "{n} rows", rows, n=rows),
        )
    )


@command.child(
    "restore",
    short=_("Put a backup back."),
    help=_(
        "Puts what a backup holds in the place of everything in the database, and asks before. A .dump goes into your"
        " own server, which is stopped and started again; a .duckdb (a backup of records, or any store) into any"
        " server. Loads of a .duckdb can no longer be taken back; results come with the next truyvet tiers.\n"
        "Broken off, a .dump leaves all as it was or all as it is to be; with a .duckdb run it again."
    ),
    examples="truyvet neo4j restore saturday.dump\ntruyvet neo4j restore saturday.duckdb --store neo4j+s://team:7687",
)
@argument("file", metavar=_("FILE"), help=_("The backup."), type=click.Path(exists=True, dir_okay=False))
@option("--yes", "sure", is_flag=True, help=_("Do not ask."))
@home_option
@click.pass_obj
def _restore(settings: Settings, file: str, sure: bool, home: Path | None) -> None:
    from cli.use_cases import keep
    from graph.neo4j.server import keeping

    own, path = keep.own_home(settings, home), Path(file)
    keep.check_kind(path, own=own is not None)
    if not keep.agreed(_REPLACED, sure=sure):
        show(_("Nothing was changed."))
    elif path.suffix == keep.DUMP and own is not None:
        keep.check_quiet(own)
        keeping.restore(own, path, notify=keep.notices(settings))
        show(_("The database is as {file} holds it.", file=path))
    else:
        rows = keep.restore_records(settings, path)
        show(_("The database holds what {file} does: {rows}.", file=path, rows=_n("{n} row", "{n} rows", rows, n=rows)))


@command.child(
    "clear",
    short=_("Remove everything from the database."),
    help=_(
        "Removes records, decisions, loads, runs, results, constraints and indexes, and asks before. A database of"
        " somebody else is refused. Your own server stops for it, gets new files and is started again. On another one"
        " it takes a while, and removed values may stand in the server's files and logs until it writes over them;"
        " broken off, it is said by the next command: run it again."
    ),
    examples="truyvet neo4j clear\ntruyvet neo4j clear --store neo4j+s://team:7687 --yes",
)
@option("--yes", "sure", is_flag=True, help=_("Do not ask."))
@click.pass_obj
def _clear(settings: Settings, sure: bool) -> None:
    from cli.use_cases import keep
    from cli.use_cases.user import user_name
    from graph.neo4j.server import keeping

    own = keep.own_home(settings, None)
    with open_neo4j(settings) as store:
        if not keep.agreed(_REPLACED, sure=sure):
            show(_("Nothing was changed."))
            return
        if own is None:
            store.clear(user_name())
    if own is not None:
        keep.check_quiet(own)
        keeping.empty(own, notify=keep.notices(settings))
    show(_("The database is empty."))


@command.child(
    "import",
    short=_("A first load of very many records."),
    help=_(
        "Fills your own server with the records of a STORE that is a file, by the server's own offline importer: many"
        " times as fast as a load. It stops and starts the server, and asks before where the database holds anything,"
        " since that goes. Decisions, runs and the log come too; its loads can no longer be taken back."
    ),
    examples="truyvet load province/ --store province.duckdb\ntruyvet neo4j import province.duckdb",
)
@argument(
    "file", metavar=_("STORE"), help=_("The file of an embedded store."), type=click.Path(exists=True, dir_okay=False)
)
@option("--yes", "sure", is_flag=True, help=_("Do not ask."))
@home_option
@click.pass_obj
def _import(settings: Settings, file: str, sure: bool, home: Path | None) -> None:
    from cli.use_cases import keep
    from graph.neo4j.server import up

    own = keep.own_home(settings, home)
    if own is None:
        raise UsageError(
            _("The importer works where the server's own files are, and this server was not started here."),
            fix=_("For another server: truyvet export --format neo4j-import writes its files and the command."),
        )
    up(own, notify=keep.notices(settings))
    if keep.holds_anything(own) and not keep.agreed(_REPLACED, sure=sure):
        show(_("Nothing was changed."))
        return
    keep.check_quiet(own)
    rows = keep.import_records(settings, own, Path(file))
    show(_("The database holds what {file} does: {rows}.", file=file, rows=_n("{n} row", "{n} rows", rows, n=rows)))


command.add_command(_runs)  # listed last


def _plain(state: ServerState) -> dict[str, Any]:
    shown = ("uri", "http_uri", "user", "version", "pid")
    return {name: getattr(state, name) for name in shown} | {
        "home": str(state.home),
        "password_file": str(state.password_file),
    }


def _write_state(state: ServerState) -> None:
    rows = [
        [say(_("address")), state.uri],
        [say("HTTP"), state.http_uri],
        [say(_("user")), state.user],
        [say(_("password file")), str(state.password_file)],
        [say(_("folder")), str(state.home)],
    ]
    show_table([[f"  {name}", value] for name, value in rows])


def _write_json(value: object) -> None:
    show_json(value)


@_runs.child(
    "list",
    short=_("List the runs."),
    help=_("One line for each run: id, rule, time, and how much was written."),
    examples="truyvet neo4j runs list",
)
@json_option
@click.pass_obj
def _list(settings: Settings, as_json: bool) -> None:
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
        show(_("No run is kept yet."))
        return
    rows = []
    for header in headers:
        as_of = shown_as_of(header.as_of, zone)
        own = counts.get(header.id, {})
        told = [shown_number(own[name]) if name in own else "–" for name in _COUNTED]
        made = shown_instant(local(header.created, zone))
        rows.append([header.id, made, header.command, header.policy or "", as_of, *told, cases_of(header)])
    show_table(rows, head=_HEADS, right=(5, 6, 7, 8))


@_runs.child(
    "delete",
    short=_("Delete a run and all its results."),
    help=_("Deletes a run and all that was written of it; records are not touched. To have it again: truyvet tiers."),
    examples="truyvet neo4j runs delete 3f2a9c1d5e7b8a60",
)
@argument("run", metavar=_("RUN"), help=_("The run's id or its beginning."))
@click.pass_obj
def _delete(settings: Settings, run: str) -> None:

    with open_neo4j(settings) as store:
        found = find_run(store, run, tracing=False)
        store.delete_run(found)
    show(_("Run {id} and its results are gone; the records are as they were.", id=found))
