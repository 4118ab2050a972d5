"""``truyvet runs``: the runs kept in the store and what was exported from it: list, show, compare, delete."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from cli.language import say, spoken
from cli.options import Group, Settings, argument, json_option
from cli.screen import faint, show, show_json, show_table
from cli.shown import shown_as_of, shown_instant, shown_number
from cli.use_cases.open import open_existing
from cli.use_cases.runs import TRACING, cases_of, find_run
from cli.words import CHANGES
from tracing.errors import UsageError
from tracing.text import Text, catalogue
from tracing.times import local

if TYPE_CHECKING:
    from graph import RunHeader
    from tracing.lists.changes import Changes

_, _n = catalogue("cli")


_HEADS = (_("id"), _("made"), _("command"), _("rule"), _("as of"), _("cases"))
_EXPORTED = {"lists all": _("whole lists"), "lists new": _("changes only"), "all records": _("all records")}
_DIFFERING = {"policy": _("rule"), "as_of": _("as of")}
_COUNTS: Final[Mapping[str, Callable[[int], Text]]] = {
    "new": lambda n: _("{count} new", count=n),
    "risen": lambda n: _("{count} risen", count=n),
    "fallen": lambda n: _("{count} fallen", count=n),
    "gone": lambda n: _("{count} gone", count=n),
    "certainty": lambda n: _("{count} changed in certainty", count=n),
}

command = Group(
    "runs",
    usual="list",
    help=_(
        "Every tracing is kept with its rule, time and a hash of the records, to be compared with a"
        " later one.\n"
        "Every export is noted: who, when, what, with names or without."
    ),
    examples="truyvet runs\ntruyvet runs show last\ntruyvet runs compare 1a2b 3c4d",
)


@command.child(
    "list",
    short=_("List the runs and the exports."),
    help=_("List the runs kept, in the order in which they were saved, then the log of exports."),
    examples="truyvet runs\ntruyvet runs list --json",
)
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
        show(_("No run is kept in this store."))
    else:
        show_table([_cells(header, zone) for header in headers], head=_HEADS)
    if len(kept) > len(headers) and not settings.quiet:
        show(
            faint(
                say(
                    _n(
                        "Besides, {count} run of chains and zones written into Neo4j: truyvet neo4j runs",
                        "Besides, {count} runs of chains and zones written into Neo4j: truyvet neo4j runs",
                        len(kept) - len(headers),
                        count=len(kept) - len(headers),
                    )
                )
                + settings.again
            )
        )
    if exports:
        show()
        show(_("Exported:"))
        rows = []
        for entry in exports:
            names = say(_("masked") if entry.masked else _("with names"))
            made = shown_instant(local(entry.at, zone))
            rows.append([made, entry.who, shown_number(entry.rows), names, exported(entry.what)])
        show_table(rows, head=[_("when"), _("who"), _("people"), _("names"), _("what")], right=(2,))


def exported(what: str) -> str:
    """Return what an export held, as the log has it, in words."""
    for noted, words in _EXPORTED.items():
        if what.startswith(f"{noted},"):
            return say(words) + what.removeprefix(noted)
    return what


def _cells(header: RunHeader, zone: str) -> list[str]:
    as_of = shown_as_of(header.as_of, zone)
    made = shown_instant(local(header.created, zone))
    return [header.id, made, header.command, header.policy or "", as_of, cases_of(header)]


def _plain(header: RunHeader) -> dict[str, Any]:
    return {name: getattr(header, name) for name in header.__dataclass_fields__ if name not in ("tables", "revision")}


def _write_json(value: object) -> None:
    show_json(value)


@command.child(
    "show",
    short=_("Show one run."),
    help=_("Show one run: rule, time, hash of the records, people in each tier."),
    examples="truyvet runs show last\ntruyvet runs show 1a2b --json",
)
@argument("run", metavar=_("RUN"), help=_("The run's id or its beginning; last is the latest."))
@json_option
@click.pass_obj
def _show(settings: Settings, run: str, as_json: bool) -> None:
    with open_existing(settings, read_only=True) as store:
        kept, zone = store.load_run(find_run(store, run)), store.read(tables=[]).zone
    sizes = {name: len(table) for name, table in kept.tables.items()}
    if as_json:
        _write_json(_plain(kept) | {"rows": sizes})
        return
    rows = [[say(head), cell] for head, cell in zip(_HEADS, _cells(kept, zone), strict=True)]
    rows += [[say(_("hash of the rule")), kept.policy_digest or ""], [say(_("hash of the records")), kept.inputs]]
    rows += [[say(_("version")), kept.version]]
    table = kept.tables.get("tiers")
    if table is not None:
        for tier in sorted(table["tier_possible"].dropna().unique().tolist()):
            own = table[table["tier_possible"] == tier]
            sure = int((own["tier_certain"] == tier).fillna(False).sum())
            rows.append(
                [f"F{tier}", say(_("{certain} certain, {possible} possible", certain=sure, possible=len(own) - sure))]
            )
    show_table(rows)


@command.child(
    "compare",
    short=_("Compare two runs: who changed, and why."),
    help=_(
        "Who is new on the list, rose nearer to a case, fell further away or left it between two"
        " runs, and why. A question mark: the tier is only possible."
    ),
    examples="truyvet runs compare 1a2b last\ntruyvet runs compare 1a2b 3c4d --json",
)
@argument("run_a", metavar=_("RUN"), help=_("The earlier run."))
@argument("run_b", metavar=_("RUN"), help=_("The later run."))
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
            raise UsageError(_("Run {id} is no tracing of tiers.", id=kept.id))
    changes = compare_runs(before, after, zone=zone)
    if as_json:
        _write_json({"before": ids[0], "after": ids[1], **changes.to_dict()})
        return
    write_changes(changes)


def write_changes(changes: Changes) -> None:
    """Print who changed and why: the counts first, then a line per person."""
    for row in changes.differences.to_dict("records"):
        if row["what"] != "inputs":
            show(faint(_("{what}: {before} → {after}", what=say(_DIFFERING[row["what"]]), **_two(row))))
    if changes.table.empty:
        show(_("Nobody's tier changed."))
        return
    show(", ".join(say(_COUNTS[change](n)) for change, n in changes.counts().items()))
    rows = []
    for row in changes.table.to_dict("records"):
        tiers = [_tiers(row, side) for side in ("before", "after")]
        rows.append([row["person"], say(CHANGES[row["change"]]), *tiers, row[f"reason_{spoken()}"]])
    show_table(rows, head=[_("id"), _("change"), _("before"), _("after"), _("why")])


def _two(row: dict[Any, Any]) -> dict[str, str]:
    return {side: str(row[side] or "–") for side in ("before", "after")}


def _tiers(row: dict[Any, Any], side: str) -> str:
    """Return "F1", "F1?" where it is only possible, "–" where not listed."""
    import pandas as pd

    possible, certain = row[f"tier_possible_{side}"], row[f"tier_certain_{side}"]
    if pd.isna(possible):
        return "–"
    return f"F{possible}" if not pd.isna(certain) and possible == certain else f"F{possible}?"


@command.child(
    "delete",
    short=_("Delete one run."),
    help=_("Delete the result of one run. The records stay; the same question gives the same result again."),
    examples="truyvet runs delete 1a2b",
)
@argument("run", metavar=_("RUN"), help=_("The run's id or its beginning."))
@click.pass_obj
def _delete(settings: Settings, run: str) -> None:
    with open_existing(settings) as store:
        found = find_run(store, run)
        store.delete_run(found)
    show(_("Run {id} is deleted. The same question gives the same result again.", id=found))
