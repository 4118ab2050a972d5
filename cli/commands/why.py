"""``truyvet why``: the evidence for one person."""

from __future__ import annotations

import click

from cli.options import Settings, argument, case_option, json_option, make_command
from cli.screen import show, show_json
from cli.use_cases.evidence import trace_around, write_evidence
from cli.use_cases.find_person import find_person
from cli.use_cases.open import check_time, mark_of_part, open_existing, time_asked
from cli.use_cases.rule import choose_policy
from cli.use_cases.same_words import members_of
from cli.use_cases.tiers import rule_line
from cli.use_cases.told import lists_of, plain_lists, write_lists
from tracing.text import catalogue

_, _n = catalogue("cli")


@make_command(
    "why",
    help=_(
        "For a listed person: the exposure path from the case, places, hours, clause, and what would"
        " change the answer. For one who is not: the contact that came nearest, and what it lacks.\n"
        "PERSON is an id, a case code, a telephone number, or a name; accents, capitals, dots and blanks do not matter."
    ),
    examples='truyvet why P-000412\ntruyvet why "tran van a"\ntruyvet why P-000412 --policy vn-3468 --json',
)
@argument("person", metavar=_("PERSON"), help=_("An id, a case code, a telephone number, or a name."))
@case_option
@json_option
@click.pass_obj
def command(settings: Settings, person: str, cases: tuple[str, ...], as_json: bool) -> None:
    """Say why one person is listed, or is not."""
    check_time(settings.as_of)
    with open_existing(settings, read_only=True) as store:
        as_of = time_asked(settings, store)
        found, by_name = find_person(store, person)
        policy = choose_policy(settings, store, as_of)
        seeds = [find_person(store, case)[0] for case in cases] or None
        tiers = trace_around(store, found, policy=policy, as_of=as_of, cases=seeds, settings=settings)
        members = members_of(store, found)
        lists = lists_of(store, [found], tiers.graph.records)[found]
    from tracing.evidence.evidence import explain

    evidence = explain(tiers, found)
    if as_json:
        told = plain_lists(lists) | ({"members": members} if members else {})
        show_json(mark_of_part(store) | evidence.to_dict() | told)
        return
    show(rule_line(tiers))
    write_evidence(evidence, show_names=settings.show_names or by_name)
    write_lists(lists, show_names=settings.show_names or by_name)
