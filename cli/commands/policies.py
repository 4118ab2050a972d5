"""``truyvet policies``: the rules, listed, shown, compared, checked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.language import day, say, spoken
from cli.options import Group, Settings, json_option, option
from cli.screen import write_table
from cli.use_cases.open import find_policy

if TYPE_CHECKING:
    from tracing.policy.library import Policy

command = Group("policies", usual="list")


def _head(policy: Policy) -> dict[str, Any]:
    return {
        "id": policy.id,
        "family": policy.family,
        "title": {"vi": policy.title.vi, "en": policy.title.en},
        "document": policy.document,
        "valid_from": policy.valid_from.isoformat() if policy.valid_from else None,
        "valid_to": policy.valid_to.isoformat() if policy.valid_to else None,
        "rule_items": len(policy.rule_items()),
        "unverified": [name for name, _ in policy.unverified()],
        "assumed_stays": policy.assumed_stays(),
        "digest": policy.digest,
    }


def _write_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


@command.child("list")
@json_option
def _list(as_json: bool) -> None:
    from tracing.policy.library import DEFAULT_POLICY, list_policies, load_policy

    policies = [load_policy(policy_id) for policy_id in list_policies()]
    if as_json:
        _write_json([_head(policy) for policy in policies])
        return
    rows = [[say(f"policies.head.{name}") for name in ("id", "from", "to", "unverified", "title")]]
    for policy in policies:
        open_points = say("policies.of", some=len(policy.unverified()), all=len(policy.rule_items()))
        rows.append(
            [
                policy.id,
                day(policy.valid_from) if policy.valid_from else "…",
                day(policy.valid_to) if policy.valid_to else "…",
                open_points,
                policy.title.of(spoken()),
            ]
        )
    write_table(rows)
    click.echo(f"\n{say('policies.stays', stays=max(policy.assumed_stays() for policy in policies))}")
    click.echo(say("policies.default", id=DEFAULT_POLICY))


@command.child("show")
@click.argument("rule", metavar="RULE")
@json_option
def _show(rule: str, as_json: bool) -> None:
    from tracing.policy.describe import policy_rows
    from tracing.policy.library import describe_policy

    policy = find_policy(rule)
    if as_json:
        _write_json(_head(policy) | {"fields": policy_rows(policy, lang=spoken())})
        return
    click.echo(describe_policy(policy, lang=spoken()))


@command.child("compare")
@click.argument("rule_a", metavar="RULE")
@click.argument("rule_b", metavar="RULE")
@json_option
def _compare(rule_a: str, rule_b: str, as_json: bool) -> None:
    from tracing.policy.library import compare_policies

    a, b = find_policy(rule_a), find_policy(rule_b)
    table = compare_policies(a, b, lang=spoken())
    if as_json:
        _write_json({"a": a.id, "b": b.id, "fields": table.to_dict("records")})
        return
    if table.empty:
        click.echo(say("policies.equal"))
        return
    for row in table.itertuples(index=False):
        click.echo(str(row.field))
        write_table([["", a.id, str(row.a)], ["", b.id, str(row.b)]], gap=2)


@command.child("for")
@click.argument("date", metavar="DATE")
@option("--family", default="vn", show_default=True, metavar="NAME")
@json_option
def _for(date: str, family: str, as_json: bool) -> None:
    from tracing.policy.library import policy_for_date

    policy = policy_for_date(date, family=family)
    if as_json:
        _write_json(_head(policy))
        return
    click.echo(f"{policy.id}: {policy.title.of(spoken())}")


@command.child("check")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def _check(settings: Settings, file: Path) -> None:
    policy = find_policy(str(file))
    click.echo(say("policies.good", name=file.name, id=policy.id))
    counts = {"some": len(policy.unverified()), "all": len(policy.rule_items()), "stays": policy.assumed_stays()}
    click.echo(say("policies.good.unverified", **counts))
    if not settings.quiet:
        click.echo(say("policies.try", name=file))
