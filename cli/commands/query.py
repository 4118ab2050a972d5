"""``truyvet query``: ready questions in Cypher, run on a Neo4j store."""

from __future__ import annotations

import csv
import io
import json
import shlex
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from cli.commands.neo4j import open_neo4j
from cli.language import day, decimal, find_text, number, say, spoken
from cli.options import Settings, json_option, make_command, option
from cli.screen import faint, write_table
from cli.use_cases.open import shown_instant
from tracing.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from graph.neo4j.queries import Answer, Parameter, Query

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
#: Numbers that name something.
_PLAIN: Final = ("born", "source_row", "seat_row")
#: Columns of a few values that have a word in both languages.
_OF_A_FEW: Final = ("basis", "found_in")


@make_command("query")
@click.argument("name", metavar="[NAME]", required=False)
@option("--param", "-p", "given", multiple=True, metavar="NAME=VALUE")
@option("--list", "listing", is_flag=True)
@option("--show", metavar="NAME")
@option("--csv", "as_csv", is_flag=True)
@json_option
@click.pass_obj
def command(
    settings: Settings,
    *,
    name: str | None,
    given: tuple[str, ...],
    listing: bool,
    show: str | None,
    as_csv: bool,
    as_json: bool,
) -> int:
    """Run one, or list or show them; 3 where nothing answers."""
    from graph.neo4j.queries import ask_query, find_query, list_queries

    if show is not None:
        _show(find_query(show))
        return 0
    if listing or name is None:
        _list(list_queries(), as_json)
        return 0
    if as_csv and as_json:
        raise UsageError(say("query.both"))
    query = find_query(name)
    values = _read_values(given)
    with open_neo4j(settings, read_only=True) as store:
        answer = ask_query(store, query, values, names=settings.show_names)
    if as_json:
        click.echo(
            json.dumps(
                {"query": answer.query, "run": answer.parameters.get("run"), "rows": answer.to_dicts()},
                ensure_ascii=False,
                indent=2,
            )
        )
    elif as_csv:
        click.echo(_csv(answer), nl=False)
    elif not answer.rows:
        click.echo(say("query.nothing", question=_say(query)))
    else:
        if not settings.quiet:
            cut = answer.parameters.get("limit") == len(answer.rows)
            key = "query.found.first" if cut else "query.found"
            click.echo(say(key, question=_say(query).rstrip("."), count=len(answer.rows)))
        _write(answer)
        if query.needs and not settings.quiet:
            click.echo(faint(say("query.run", id=answer.parameters["run"])))
    return 0 if answer.rows else NothingFound.exit_code


def _read_values(given: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise UsageError(say("query.pair"), fix=say("query.pair.fix"))
        values[name.strip()] = value.strip()
    return values


def _list(queries: tuple[Query, ...], as_json: bool) -> None:
    if as_json:
        told = [
            {"name": q.name, "en": q.en, "vi": q.vi,
             "parameters": [vars(p) | {"required": p.required} for p in q.parameters]}
            for q in queries
        ]  # fmt: skip
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for query in queries:
        needed = " ".join(_written(p) for p in query.parameters)
        click.echo(f"{query.name} {faint(needed)}".rstrip())
        click.echo(f"    {_say(query)}")
    click.echo(f"\n{say('query.more')}")


def _written(parameter: Parameter) -> str:
    stands = parameter.example if parameter.default is None else parameter.default
    told = f"{parameter.name}={shlex.quote(str(stands))}"
    return told if parameter.required else f"[{told}]" if parameter.default is not None else f"[{parameter.name}=…]"


def _say(told: Query | Parameter) -> str:
    return told.vi if spoken() == "vi" else told.en


def _show(query: Query) -> None:
    click.echo(_say(query))
    rows = []
    for parameter in query.parameters:
        stands = "" if parameter.default is None else say("common.default", value=parameter.default)
        must = say("query.required") if parameter.required else stands or say("query.optional")
        rows.append([f"  {parameter.name}", say(f"query.type.{parameter.type}"), must, _say(parameter)])
    write_table(rows)
    needed = " ".join(f"--param '{p.name}={p.example}'" for p in query.parameters if p.required)
    click.echo(f"\n  truyvet query {query.name} {needed}".rstrip())
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("//"))
    click.echo(f"\n{body.strip()}")


def _write(answer: Answer) -> None:
    figures = [
        place
        for place in range(len(answer.columns))
        if any(isinstance(row[place], int | float) and not isinstance(row[place], bool) for row in answer.rows)
    ]
    rows = [[_heading(column) for column in answer.columns]]
    for row in answer.rows:
        told = zip(row, answer.columns, strict=True)
        rows.append([_time(v) if v is not None and c in answer.times else _cell(v, c) for v, c in told])
    write_table(rows, right=figures)


def _time(value: str) -> str:
    """Return a time of an answer, a day or a local instant, as people read it."""
    return day(date.fromisoformat(value)) if len(value) == 10 else shown_instant(datetime.fromisoformat(value))


def _heading(column: str) -> str:
    text = find_text(f"query.column.{column}")
    return column if text is None else say(f"query.column.{column}")


def _cell(value: Any, column: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("query.yes") if value else ""
    if isinstance(value, int):
        return number(value) if column not in _PLAIN else str(value)
    if isinstance(value, float):
        return decimal(value, 2)
    if isinstance(value, list):
        return ", ".join(_cell(one, column) for one in value)
    if (word := _word(value, column)) is not None:
        return word
    # Whatever was loaded can stand here: nothing in it may steer the terminal.
    return "".join(sign if sign.isprintable() else "·" for sign in str(value))


def _word(value: str, column: str) -> str | None:
    """Return what people call a value that is one of a few; None for one that somebody wrote, as a kind of place is."""
    if column == "kind":
        from tracing.zones.describe import KINDS

        return KINDS[value].of(spoken()) if value in KINDS else None
    named = f"query.{column}.{value}"
    return say(named) if column in _OF_A_FEW and find_text(named) is not None else None


def _csv(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    for row in answer.rows:
        writer.writerow([_harmless(value) for value in row])
    return out.getvalue()


def _harmless(value: Any) -> Any:
    """Return a value as CSV holds it: lists joined by blanks, nothing that a spreadsheet takes for a formula."""
    if isinstance(value, list):
        value = " ".join(str(one) for one in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
