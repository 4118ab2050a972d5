"""``truyvet zones``: where to draw the line, from the narrowest to the widest, and why."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from cli.language import say, spoken
from cli.options import Settings, case_option, json_option, make_command, option
from cli.screen import Piece, Progress, faint, show, show_call, show_json, show_table
from cli.shown import shown_number
from cli.use_cases.areas import name_units
from cli.use_cases.find_person import cases_asked
from cli.use_cases.open import check_time, mark_of_part, open_existing, time_asked
from cli.use_cases.rule import choose_policy
from cli.use_cases.server import send_back
from cli.use_cases.tiers import rule_line, run_of, trace
from cli.use_cases.zones import FIGURES, population, write_finding
from cli.words import NEXT
from tracing.errors import NothingFound, UsageError
from tracing.model.schema import SMALLEST_UNITS
from tracing.model.words import nameless
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from tracing.zones.zones import Zones

_, _n = catalogue("cli")

_UNITS = 15


@make_command(
    "zones",
    help=_(
        "Ranks the smallest named units (group, hamlet; a commune only where nothing smaller is known) by the risk of"
        " infected people not found there, and lays out zones from the narrowest to the widest; a wider one always"
        " holds a narrower one. Says core, buffer, reasons, what one step either way would mean, when to look"
        " again, and what is not known. A place to start from, not an order."
    ),
    examples="truyvet zones\ntruyvet zones --step 3\ntruyvet zones --smallest household --json",
)
@case_option
@option("--step", type=int, metavar="N", help=_("The step to show, 1 is the narrowest [default: the one proposed]."))
@option(
    "--lambda",
    "price",
    type=float,
    metavar="X",
    help=_("The best zone where each person inside must hold at least X of risk (lambda in --json)."),
)
@option(
    "--smallest",
    type=click.Choice(SMALLEST_UNITS),
    default="group",
    show_default=True,
    help=_("The smallest unit to draw a line around: a household, group, hamlet or commune."),
)
@json_option
@click.pass_obj
def command(
    settings: Settings, cases: tuple[str, ...], step: int | None, price: float | None, smallest: Any, as_json: bool
) -> int:
    """Propose zones and show them; 3 where there is nothing to propose."""
    if step is not None and price is not None:
        raise UsageError(_("Use --step or --lambda, not both."))
    from graph.address import takes_results
    from tracing.zones.parameters import ZoneParameters
    from tracing.zones.zones import suggest_zones

    check_time(settings.as_of)
    with open_existing(settings, read_only=not takes_results(settings.address)) as store:
        cases = cases_asked(store, cases)
        as_of = time_asked(settings, store)
        policy = choose_policy(settings, store, as_of)
        tiers = trace(store, policy=policy, as_of=as_of, cases=cases, settings=settings)
        with Progress(quiet=settings.quiet) as progress:
            zones = suggest_zones(
                tiers,
                parameters=ZoneParameters(smallest=smallest),
                progress=lambda done, whole: progress.step(_("zones"), done, whole),
            )
        zones = name_units(zones)
        asked = {"smallest": smallest}
        send_back(settings, store, lambda: run_of(tiers, cases, command="zones", options=asked), zones=zones)
    chosen = _choose_step(zones, step, price)
    if as_json:
        show_json(mark_of_part(store) | zones.to_dict(step=chosen, lang=spoken()))
        return 3 if chosen is None else 0
    show(rule_line(tiers))
    if chosen is None:
        _write_sentences(say(_("There is no zone to propose:")), [text.say(spoken()) for text in zones.unknowns])
        return 3
    write_zones(zones, chosen, settings=settings)
    return 0


def _choose_step(zones: Zones, step: int | None, price: float | None) -> int | None:
    if zones.proposal is None:
        return None
    if price is None:
        return zones.check_step(step)
    found = zones.step_at(price)
    if not found:
        most = f"{zones.table['lambda'].iloc[0]:.3g}"
        raise NothingFound(
            _("At this price no zone is worth it."),
            fix=_("use --lambda of at most {most}", most=most),
        )
    return found


def write_zones(zones: Zones, step: int, *, settings: Settings) -> None:
    """Print the frontier around ``step``, core and buffer with reasons, one step either way, what is not known."""
    from tracing.zones.describe import review_sentences

    lang = spoken()
    write_finding(zones, step)
    show()
    _write_core(zones, step)
    _write_buffer(zones, step)
    _write_either_way(zones, step)
    _write_sentences(
        say(_("When to look again and when to lift:")), [text.say(lang) for text in review_sentences(zones)]
    )
    _write_sentences(say(_("What is not known:")), [text.say(lang) for text in zones.unknowns])
    show()
    show(_("This is computed from the records and is not an order; look at the place before deciding."))
    if not settings.quiet:
        heaviest = zones.reasons[zones.reasons["unit"].isin(zones.core(step))].sort_values("expected", ascending=False)
        contacts = heaviest[heaviest["tier"] > 0]
        first = contacts if len(contacts) else heaviest
        if len(first):
            show_call(NEXT, f"truyvet why {shlex.quote(str(first['person'].iloc[0]))}{settings.again}")


def _write_core(zones: Zones, step: int) -> None:
    from tracing.zones.describe import reason_sentence

    inside = zones.units[zones.units["unit"].isin(zones.core(step))]
    inside = inside.sort_values(["expected", "unit"], ascending=[False, True])
    codes = zones.tiers.graph.records.cases.dropna(subset="case_code").set_index("person")["case_code"].to_dict()
    show(_n("Core: {count} unit", "Core: {count} units", len(inside), count=len(inside)))
    head: list[Piece] = ["", FIGURES["people"], FIGURES["share"], "F0/F1/F2", _("main reason")]
    rows = []
    for row in inside.head(_UNITS).to_dict("records"):
        why = zones.reasons[zones.reasons["unit"] == row["unit"]]
        first = why.head(1).to_dict("records")
        told = reason_sentence(zones, first[0], spoken(), shown=lambda p: str(codes.get(p, p))) if first else ""
        figures = [population([row["people"]]), f"{shown_number(100 * float(row['share']))} %"]
        rows.append([f"  {_name(row)}", *figures, f"{row['f0']}/{row['f1']}/{row['f2']}", told])
    show_table(rows, head=head, right=(1, 2, 3))
    if len(inside) > _UNITS:
        show("  ", faint(_and_more(len(inside) - _UNITS)))


def _and_more(count: int) -> Text:
    return _n("… and {count} unit more (--json)", "… and {count} units more (--json)", count, count=count)


def _name(unit: dict[Any, Any]) -> str:
    """Return a unit's name and code; a code is never alone."""
    if unit["unit"] == unit["name"]:
        return say(nameless(str(unit["unit"])))
    if unit["unit"] == f"household:{unit['name']}":
        return say(_("household {id}", id=str(unit["name"])))
    return f"{unit['name']} ({unit['unit']})"


def _write_buffer(zones: Zones, step: int) -> None:
    around = zones.units[zones.units["unit"].isin(zones.buffer(step))]
    if around.empty:
        show(_("Buffer: no unit meets the core often or belongs to the same hamlet."))
        return
    names = [_name(row) for row in around.to_dict("records")]
    more = [say(_and_more(len(names) - _UNITS))] if len(names) > _UNITS else []
    head = _n(
        "Buffer, {count} unit, {people} people:",
        "Buffer, {count} units, {people} people:",
        len(names),
        count=len(names),
        people=population(around["people"]),
    )
    show(head, " ", ", ".join(names[:_UNITS] + more))


def _write_either_way(zones: Zones, step: int) -> None:
    table = zones.table
    for other in (step - 1, step + 1):
        wider = other > step
        if not 1 <= other <= len(table):
            show(_("This is the widest step.") if wider else _("This is the narrowest step."))
            continue
        here, there = table.iloc[step - 1], table.iloc[other - 1]
        low, high = (step, other) if wider else (other, step)
        changed = sorted(set(zones.core(high)) - set(zones.core(low)))
        names = zones.units.set_index("unit").loc[changed, "name"].tolist()
        people = zones.units.set_index("unit").loc[changed, "people"]
        values: dict[str, object] = {
            "names": ", ".join(names[:3]) + (" …" if len(names) > 3 else ""),
            "people": population(people),
            "share": f"{shown_number(100 * abs(float(there['share'] - here['share'])))} %",
        }
        more = _("One step wider: with {names}; {people} more people, {share} more of the risk inside.", **values)
        less = _(
            "One step narrower: without {names}; {people} fewer people, {share} more of the risk outside.", **values
        )
        show(more if wider else less)


def _write_sentences(head: str, sentences: list[str]) -> None:
    if sentences:
        show()
        show(head)
        for sentence in sentences:
            show(f"  · {sentence}")
