"""``truyvet zones``: where to draw the line, from the narrowest to the widest, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from cli.commands.tiers import run_of, time_of, trace
from cli.language import decimal, number, say, spoken
from cli.options import Settings, case_option, json_option, make_command, option
from cli.screen import Progress, faint, write_table
from cli.use_cases.open import check_time, choose_policy, open_existing, policy_line, time_asked
from cli.use_cases.server import is_neo4j, send_back
from tracing.errors import NothingFound, UsageError

if TYPE_CHECKING:
    from tracing.zones.zones import Zones

SMALLEST = ("household", "group", "hamlet", "commune")
_STEPS = 9
_UNITS = 15
_FIGURES = ("units", "people", "households", "share", "contacts_cut")


@make_command("zones")
@case_option
@option("--step", type=int, metavar="N")
@option("--lambda", "price", type=float, metavar="X")
@option("--smallest", type=click.Choice(SMALLEST), default="group", show_default=True)
@json_option
@click.pass_obj
def command(
    settings: Settings, cases: tuple[str, ...], step: int | None, price: float | None, smallest: Any, as_json: bool
) -> int:
    """Propose zones and show them; 3 where there is nothing to propose."""
    if step is not None and price is not None:
        raise UsageError(say("zones.error.both"))
    from tracing.zones.parameters import ZoneParameters
    from tracing.zones.zones import suggest_zones

    check_time(settings.as_of)
    with open_existing(settings, read_only=not is_neo4j(settings.address)) as store:
        as_of = time_asked(settings, store)
        policy = choose_policy(settings, store, cases)
        tiers = trace(store, policy=policy, as_of=as_of, cases=cases, quiet=settings.quiet)
        with Progress(quiet=settings.quiet) as progress:
            zones = suggest_zones(
                tiers, parameters=ZoneParameters(smallest=smallest),
                progress=lambda done, whole: progress.step(say("zones.progress"), done, whole),
            )  # fmt: skip
        run = run_of(tiers, cases, command="zones", options={"smallest": smallest})
        send_back(settings, store, run, zones=zones)
    chosen = _choose_step(zones, step, price)
    if as_json:
        click.echo(json.dumps(zones.to_dict(step=chosen, lang=spoken()), ensure_ascii=False, indent=2))
        return 3 if chosen is None else 0
    click.echo(policy_line(policy, as_of=time_of(tiers)))
    if chosen is None:
        _write_sentences(say("zones.none"), [text.of(spoken()) for text in zones.unknowns])
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
        raise NothingFound(
            say("zones.error.price"), fix=say("zones.error.price.fix", most=f"{zones.table['lambda'].iloc[0]:.3g}")
        )
    return found


def write_finding(zones: Zones, step: int) -> None:
    """Print what a step means and the frontier around it."""
    own = step == zones.proposal
    click.echo(
        say("zones.finding.own" if own else "zones.finding.asked", **_figures(zones, step), all=len(zones.table))
    )
    click.echo()
    _write_frontier(zones, step)


def write_zones(zones: Zones, step: int, *, settings: Settings) -> None:
    """Print the frontier around ``step``, core and buffer with reasons, one step either way, what is not known."""
    from tracing.zones.describe import review_sentences

    lang = spoken()
    write_finding(zones, step)
    click.echo()
    _write_core(zones, step)
    _write_buffer(zones, step)
    _write_either_way(zones, step)
    _write_sentences(say("zones.head.review"), [text.of(lang) for text in review_sentences(zones)])
    _write_sentences(say("zones.head.unknown"), [text.of(lang) for text in zones.unknowns])
    click.echo(say("zones.no_order"))
    if not settings.quiet:
        heaviest = zones.reasons[zones.reasons["unit"].isin(zones.core(step))].sort_values("expected", ascending=False)
        listed = heaviest[heaviest["tier"] > 0]
        if len(listed):
            click.echo(say("common.next", what=f"truyvet why {listed['person'].iloc[0]}{settings.again}"))


def _figures(zones: Zones, step: int) -> dict[str, str]:
    from tracing.zones.describe import step_figures

    return step_figures(zones, step, spoken())


def _write_frontier(zones: Zones, step: int) -> None:
    rows = [["", say("zones.head.step"), *(say(f"zones.head.{name}") for name in _FIGURES)]]
    shown = {*zones.shown_steps(_STEPS), step, max(step - 1, 1), min(step + 1, len(zones.table))}
    for at in sorted(shown):
        figures = _figures(zones, at)
        rows.append([say("zones.here") if at == step else "", str(at), *(figures[name] for name in _FIGURES)])
    write_table(rows, right=tuple(range(1, len(_FIGURES) + 2)))


def _write_core(zones: Zones, step: int) -> None:
    from tracing.zones.describe import reason_sentence

    inside = zones.units[zones.units["unit"].isin(zones.core(step))]
    inside = inside.sort_values(["expected", "unit"], ascending=[False, True])
    codes = zones.tiers.graph.records.cases.dropna(subset="case_code").set_index("person")["case_code"].to_dict()
    click.echo(say("zones.head.core", count=len(inside)))
    rows = [["", *(say(f"zones.head.{name}") for name in ("people", "share", "tiers", "why"))]]
    for row in inside.head(_UNITS).to_dict("records"):
        why = zones.reasons[zones.reasons["unit"] == row["unit"]]
        told = reason_sentence(zones, why.iloc[0], spoken(), shown=lambda p: str(codes.get(p, p))) if len(why) else ""
        figures = [_people([row["people"]]), f"{decimal(100 * float(row['share']), 0)} %"]
        rows.append([f"  {_name(row)}", *figures, f"{row['f0']}/{row['f1']}/{row['f2']}", told])
    write_table(rows, right=(1, 2, 3))
    if len(inside) > _UNITS:
        click.echo(faint("  " + say("zones.more", count=len(inside) - _UNITS)))


def _people(populations: Iterable[Any]) -> str:
    """Return how many people live in units, "?" where one's population is not known."""
    import pandas as pd

    known = list(populations)
    return "?" if any(pd.isna(n) for n in known) else number(sum(int(n) for n in known))


def _name(unit: dict[Any, Any]) -> str:
    """Return a unit's name and code; the code alone where it has no other name."""
    if unit["unit"] in (unit["name"], f"household:{unit['name']}"):
        return str(unit["name"])
    return f"{unit['name']} ({unit['unit']})"


def _write_buffer(zones: Zones, step: int) -> None:
    around = zones.units[zones.units["unit"].isin(zones.buffer(step))]
    if around.empty:
        click.echo(say("zones.buffer.none"))
        return
    names = [_name(row) for row in around.to_dict("records")]
    more = [say("zones.more", count=len(names) - _UNITS)] if len(names) > _UNITS else []
    click.echo(
        say("zones.buffer", count=len(names), people=_people(around["people"])) + " " + ", ".join(names[:_UNITS] + more)
    )


def _write_either_way(zones: Zones, step: int) -> None:
    table = zones.table
    for other, key in ((step - 1, "zones.narrower"), (step + 1, "zones.wider")):
        if not 1 <= other <= len(table):
            click.echo(say(f"{key}.none"))
            continue
        here, there = table.iloc[step - 1], table.iloc[other - 1]
        low, high = (other, step) if other < step else (step, other)
        changed = sorted(set(zones.core(high)) - set(zones.core(low)))
        names = zones.units.set_index("unit").loc[changed, "name"].tolist()
        told = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
        people = zones.units.set_index("unit").loc[changed, "people"]
        share = 100 * abs(float(there["share"] - here["share"]))
        click.echo(say(key, names=told, people=_people(people), share=f"{decimal(share, 0)} %"))


def _write_sentences(head: str, sentences: list[str]) -> None:
    if sentences:
        click.echo(f"\n{head}")
        for sentence in sentences:
            click.echo(f"  · {sentence}")
