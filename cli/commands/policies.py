"""``truyvet policies``: the rules, listed, shown, compared, checked."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.language import say, spoken
from cli.options import Group, Settings, argument, json_option, option
from cli.screen import show, show_call, show_json, show_lines, show_table
from cli.shown import shown_day
from cli.use_cases.rule import find_policy
from tracing.policy.words import OUR_READING
from tracing.text import catalogue

if TYPE_CHECKING:
    from tracing.policy.model import Policy

_, _n = catalogue("cli")

command = Group(
    "policies",
    usual="list",
    help=_(
        "The rules that come with the software, and your own in a TOML file.\n"
        "Every number has its source; what was not checked against it says so."
    ),
    examples=_(
        "truyvet policies\n"
        "truyvet policies show vn-3638\n"
        "truyvet policies compare vn-3468 vn-3638\n"
        "truyvet policies for 2021-07-08\n"
        "truyvet policies check my-rule.toml"
    ),
)


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
    show_json(value)


@command.child(
    "list",
    short=_("List the rules."),
    help=_("Every rule there is, when it was in force, and how much of it is not verified."),
    examples="truyvet policies list",
)
@json_option
def _list(as_json: bool) -> None:
    from tracing.policy.shipped import list_policies, load_policy

    policies = [load_policy(policy_id) for policy_id in list_policies()]
    if as_json:
        _write_json([_head(policy) for policy in policies])
        return
    rows = []
    for policy in policies:
        open_points = say(_("{some} of {all} rule items", some=len(policy.unverified()), all=len(policy.rule_items())))
        rows.append(
            [
                policy.id,
                shown_day(policy.valid_from) if policy.valid_from else "…",
                shown_day(policy.valid_to) if policy.valid_to else "…",
                open_points,
                policy.title.of(spoken()),
            ]
        )
    show_table(rows, head=[_("rule"), _("from"), _("to"), _("not verified"), _("title")])
    stays = max(policy.assumed_stays() for policy in policies)
    show()
    show(_("Each rule also uses {stays} assumptions about lengths of stay, counted apart.", stays=stays))
    show(OUR_READING)
    show(_("Default: the Vietnamese rule in force on the day of the answer (auto)."))
    show_call(_("See one:"), "truyvet policies show vn-3638")


@command.child(
    "show",
    short=_("Show the whole of one rule."),
    help=_("The whole of a rule: infectious window, clauses, quarantine, and the source of each number."),
    examples=_("truyvet policies show vn-3638\ntruyvet policies show my-rule.toml"),
)
@argument("rule", metavar=_("RULE"), help=_("A rule's id, or your own TOML file."))
@json_option
def _show(rule: str, as_json: bool) -> None:
    from tracing.policy.describe import describe_policy, policy_rows

    policy = find_policy(rule)
    if as_json:
        _write_json(_head(policy) | {"fields": policy_rows(policy, lang=spoken())})
        return
    show_lines(describe_policy(policy, lang=spoken()))


@command.child(
    "compare",
    short=_("Compare two rules."),
    help=_("The points in which two rules differ, side by side."),
    examples="truyvet policies compare vn-3468 vn-3638",
)
@argument("rule_a", metavar=_("RULE"), help=_("One rule: its id or TOML file."))
@argument("rule_b", metavar=_("RULE"), help=_("The other rule."))
@json_option
def _compare(rule_a: str, rule_b: str, as_json: bool) -> None:
    from tracing.policy.describe import compare_policies
    from tracing.policy.words import field_words

    a, b = find_policy(rule_a), find_policy(rule_b)
    table = compare_policies(a, b, lang=spoken())
    if as_json:
        _write_json({"a": a.id, "b": b.id, "fields": table.to_dict("records")})
        return
    if table.empty:
        show(_("The two rules are the same."))
        return
    for row in table.itertuples(index=False):
        show(say(field_words(str(row.field))))
        show_table([["", a.id, str(row.a)], ["", b.id, str(row.b)]])


@command.child(
    "for",
    short=_("Which rule was in force on a day."),
    help=_("The rule in force on the given day (year-month-day)."),
    examples="truyvet policies for 2021-07-08\ntruyvet policies for 2020-04-01 --family who",
)
@argument("date", metavar=_("DATE"), help=_("A day, such as 2021-07-08."))
@option(
    "--family",
    default="vn",
    show_default=True,
    metavar=_("NAME"),
    help=_("Which line of rules: vn, who, cdc, ecdc, measles, ebola."),
)
@json_option
def _for(date: str, family: str, as_json: bool) -> None:
    from tracing.policy.shipped import policy_for_date

    policy = policy_for_date(date, family=family)
    if as_json:
        _write_json(_head(policy))
        return
    show(f"{policy.id}: {policy.title.of(spoken())}")


@command.child(
    "check",
    short=_("Check your own rule file."),
    help=_("Read a rule file and tell everything wrong in it at once, one line for each."),
    examples=_("truyvet policies check my-rule.toml"),
)
@argument(
    "file",
    metavar=_("FILE"),
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("Your own rule, a TOML file."),
)
@click.pass_obj
def _check(settings: Settings, file: Path) -> None:
    policy = find_policy(str(file))
    show(_("{name}: can be used ({id}).", name=file.name, id=policy.id))
    told = _(
        "{some} of {all} rule items not verified; {stays} assumptions about lengths of stay.",
        some=len(policy.unverified()),
        all=len(policy.rule_items()),
        stays=policy.assumed_stays(),
    )
    show(told)
    if not settings.quiet:
        show(_("Use it: truyvet tiers --policy {name}", name=shlex.quote(str(file))))
