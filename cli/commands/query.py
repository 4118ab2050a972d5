"""``truyvet query``: ready questions in Cypher, run on a Neo4j store."""

from __future__ import annotations

import itertools
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.language import say, spoken
from cli.options import Settings, argument, json_option, make_command, option
from cli.screen import faint, show, show_call, show_data, show_error, show_json, show_lines, show_table
from cli.short import shorten
from cli.shown import shown_as_of
from cli.use_cases.answers import answer_csv, answer_table, plain_value
from cli.use_cases.open import mark_of_part
from cli.use_cases.server import open_neo4j
from cli.writers.files import put_in_place
from tracing.errors import NothingFound, UsageError
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from graph.neo4j.queries import Parameter, Query
    from graph.neo4j.queries.answer import QueryAnswer
    from graph.neo4j.store import Neo4jStore

_, _n = catalogue("cli")

_TYPES: Final[Mapping[str, Text | str]] = {
    "text": _("text"),
    "integer": _("whole number"),
    "number": _("number"),
    "level": _("level of area"),
    "from": _("day or instant"),
    "until": _("day or instant"),
    "case": _("case"),
    "person": _("person's id"),
    "place": _("place's id"),
    "area": _("area's code"),
    "run": _("run's id"),
}
_TIMES: Final = ("from", "until")


@make_command(
    "query",
    help=_(
        "Runs a ready question on a Neo4j store: chains in time order, who was in a place, F1 by"
        " commune, cases with no known source, super-spreading events… It reads only. The .cypher"
        " files also run in the Neo4j Browser. Questions on tiers and zones need results written"
        " back: truyvet tiers, truyvet zones with the same --store.\n"
        "Without --store, that of the server of truyvet neo4j up."
    ),
    examples="truyvet query --list\n"
    "truyvet query --show chain-forward\n"
    "truyvet query chain-forward --param case=BN133\n"
    "truyvet query people-at-place -p place=PL-00006 -p since=2021-07-02T12:00 -p"
    " until=2021-07-02T18:00 --csv\n"
    "truyvet query household-contacts --html households.html",
)
@argument("name", metavar=_("[NAME]"), required=False, help=_("Name of the question (see --list)."))
@option(
    "--param",
    "-p",
    "given",
    multiple=True,
    metavar=_("NAME=VALUE"),
    help=_("A parameter of the question; can be repeated. Times like 2021-07-08 or 2021-07-08T14:00."),
)
@option("--list", "listing", is_flag=True, help=_("List the questions and their parameters."))
@option("--show", "in_full", metavar=_("NAME"), help=_("Show one question: parameters and Cypher."))
@option("--csv", "as_csv", is_flag=True, help=_("The result as CSV."))
@option(
    "--html",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FILE"),
    help=_("Draw the answer: a page with who and what is tied to whom, which needs no network."),
)
@json_option
@click.pass_obj
def command(
    settings: Settings,
    *,
    name: str | None,
    given: tuple[str, ...],
    listing: bool,
    in_full: str | None,
    as_csv: bool,
    page: Path | None,
    as_json: bool,
) -> int:
    """Run one, or list or show them; 3 where nothing answers."""
    from graph.neo4j.queries import ask_query, find_query, list_queries

    if in_full is not None:
        _show(find_query(in_full))
        return 0
    if listing or name is None:
        _list(list_queries(), as_json)
        return 0
    if (as_csv, as_json, page is not None).count(True) > 1:
        raise UsageError(_("Use one of --json, --csv and --html."))
    query = find_query(name)
    values = _read_values(given)
    with open_neo4j(settings, read_only=True) as store:
        answer = ask_query(store, query, values, names=settings.show_names)
        for told in _say_odd(answer):
            show_error(told)
        if page is not None and answer.rows:
            _draw(store, query, answer, page, values, settings)
            return 0
    notes = () if settings.quiet else tuple(_say_notes(answer))
    if as_json:
        of = answer.run
        found: dict[str, object] = {"query": answer.query, "run": of and of.id}
        found |= {} if of is None else {"as_of": of.as_of, "cases": list(of.cases)}
        found |= {"undecided": answer.undecided} if query.undecided else {}
        found |= {"rows": answer.to_dicts()}
        odd = [one.told().say(spoken()) for one in (*answer.odd, *answer.late)]
        show_json(mark_of_part(store) | ({"rows_of_others": odd} if odd else {}) | found)
    elif as_csv:
        show_data(answer_csv(answer))
        for note in notes:
            show_error(note)
    elif not answer.rows:
        show(_("Nothing on record answers this: {question}", question=_say(query)))
        for note in notes:
            show(faint(note))
    else:
        if not settings.quiet:
            counted: dict[str, object] = {"question": _say(query).rstrip("."), "count": len(answer.rows)}
            cut = answer.parameters.get("limit") == len(answer.rows)
            first = _("{question}: the first {count} (more: --param limit=N)", **counted)
            show(first if cut else _("{question}: {count}", **counted))
        head, rows, figures = answer_table(answer)
        show_table(rows, head=head, right=figures)
        for note in notes:
            show(faint(note))
    return 0 if answer.rows else NothingFound.exit_code


def _draw(
    store: Neo4jStore, query: Query, answer: QueryAnswer, page: Path, given: Mapping[str, str], settings: Settings
) -> None:
    """Write the answer as a page, which says what was asked: times as they were ``given``."""
    from graph.neo4j.picture import read_picture
    from tracing.report.network import write_network

    picture = read_picture(store, query, answer, names=settings.show_names)
    asked = {p.name: plain_value(answer.parameters[p.name]) for p in query.parameters if _is_said(p, answer)}
    asked |= {p.name: given[p.name] for p in query.parameters if p.type in _TIMES and p.name in given}
    notes = [", ".join(f"{p.name}={asked[p.name]}" for p in query.parameters if p.name in asked)] if asked else []
    notes += map(say, itertools.chain(_say_notes(answer), _say_odd(answer)))
    if store.unfinished is not None:
        notes.append(say(_("Careful: {why}.", why=store.unfinished.told())))
    if picture.left:
        notes.append(
            say(_n("{n} sign more is not drawn.", "{n} signs more are not drawn.", picture.left, n=picture.left))
        )
    head, rows, _figures = answer_table(answer)
    drawn = write_network(
        picture.nodes, picture.ties, title=_say(query), notes=notes, head=head, rows=rows, lang=spoken()
    )
    put_in_place(page, lambda draft: draft.write_text(shorten(drawn), encoding="utf-8"))
    show(_("Written: {name}.", name=page))


def _say_notes(answer: QueryAnswer) -> Iterator[Text]:
    """Say what is to be known of an answer: what cannot be decided, how long stays last, by which run it is."""
    yield from _say_undecided(answer)
    yield from _say_stays(answer)
    yield from _say_run(answer)


def _say_stays(answer: QueryAnswer) -> Iterator[Text]:
    """Say which stays count, and how long."""
    if answer.stays_of:
        yield _("A stay without check-out is taken to last as {rule} says.", rule=answer.stays_of)
    if not answer.rooms:
        yield _(
            "Stays in a room that are known from an isolation alone are not counted here; truyvet tiers counts them."
        )


def _say_undecided(answer: QueryAnswer) -> Iterator[Text]:
    """Say of how many rows it cannot be told whether they belong to the answer."""
    if answer.undecided:
        yield _n(
            "{n} more stay or contact may lie outside: the area of its place is not known, or reaches beyond.",
            "{n} more stays or contacts may lie outside: the area of their place is not known, or reaches beyond.",
            answer.undecided,
            n=answer.undecided,
        )


def _say_run(answer: QueryAnswer) -> Iterator[Text]:
    """Say by which run is answered, where one is: of which cases, and up to when."""
    if (run := answer.run) is None:
        return
    told: dict[str, object] = {"id": run.id, "as_of": shown_as_of(run.as_of, answer.zone)}
    if run.cases:
        yield _(
            "By run {id}, of {cases} alone, as of {as_of} (truyvet neo4j runs).", cases=", ".join(run.cases), **told
        )
    else:
        yield _("By run {id}, of all cases, as of {as_of} (truyvet neo4j runs).", **told)


def _say_odd(answer: QueryAnswer) -> Iterator[Text]:
    """Say which rows of others do not count here: those that do not fit, and those that count after the next run."""
    for odd in answer.odd:
        yield _("Left out: {what}.", what=odd.told())
    for late in answer.late:
        yield _(
            "Not counted here before the next truyvet tiers, which works out how long it lasts: {what}.",
            what=late.told(),
        )


def _is_said(parameter: Parameter, answer: QueryAnswer) -> bool:
    """Tell whether a parameter can be told as the answer has it: a time is not."""
    return parameter.type not in _TIMES and answer.parameters.get(parameter.name) is not None


def _read_values(given: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in given:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise UsageError(_("--param is written as name=value."), fix=_("such as --param case=BN133"))
        values[name.strip()] = value.strip()
    return values


def _list(queries: tuple[Query, ...], as_json: bool) -> None:
    if as_json:
        show_json([query.to_dict() for query in queries])
        return
    for query in queries:
        show_call("", _call(query))
        show("    ", _say(query))
        more = " ".join(_written(p) for p in query.parameters if not p.required)
        if more:
            show("    ", faint(_("may be added: {parameters}", parameters=more)))
    show()
    show(_("One question in full (parameters, an example, its Cypher): truyvet query --show NAME"))


def _call(query: Query) -> str:
    """Return the call as it can be typed, an example standing for everything that must be given."""
    return " ".join(["truyvet query", query.name, *(_written(p) for p in query.parameters if p.required)])


def _written(parameter: Parameter) -> str:
    stands = parameter.example if parameter.default is None else parameter.default
    return f"--param {shlex.quote(f'{parameter.name}={stands}')}"


def _say(told: Query | Parameter) -> str:
    from graph.neo4j.queries import Query

    return (told.title if isinstance(told, Query) else told.means).say(spoken())


def _show(query: Query) -> None:
    show(_say(query))
    rows = []
    for parameter in query.parameters:
        stands = "" if parameter.default is None else say(_("default: {value}", value=parameter.default))
        must = say(_("required")) if parameter.required else stands or say(_("optional"))
        rows.append([f"  {parameter.name}", say(_TYPES[parameter.type]), must, _say(parameter)])
    show_table(rows)
    show()
    show_call("", _call(query))
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("//"))
    show()
    show_lines(body.strip())
