"""By which rule a command traces: the one asked for, else the one in force; and how that is said."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cli.language import say
from cli.options import Settings
from cli.shown import shown_day
from cli.use_cases.open import no_case
from tracing.errors import InputError, NothingFound, UsageError
from tracing.text import Text, catalogue
from tracing.times import EVER, local, parse_iso

if TYPE_CHECKING:
    from graph import Store
    from tracing.model.columns import TableColumns
    from tracing.policy.model import Policy

_, _n = catalogue("cli")

FAMILY: Final = "vn"
_OFFERED: Final = 4


def find_policy(rule: str) -> Policy:
    """Return the policy with this id, or the one in this TOML file.

    Raises
    ------
    NothingFound
        If it is neither the name of a file nor an id.
    InputError
        If the file is not text, or anything in it is wrong.
    """
    from tracing.policy.shipped import load_policy, parse_policy

    path = Path(rule)
    if path.suffix.lower() != ".toml" and not path.is_file():
        return load_policy(rule)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(
            _("{rule}: not a UTF-8 text", rule=rule),
            fix=_("save it as UTF-8"),
        ) from None
    return parse_policy(text, name=path.stem)


def choose_policy(settings: Settings, store: Store, as_of: int | str | None) -> Policy:
    """Return the rule to trace by: the one asked for, else the Vietnamese one in force on the day of ``as_of``.

    Raises
    ------
    UsageError
        If no rule was in force that day, or no day is known: which rule is meant?
    NothingFound
        If there is no case.
    """
    from tracing.policy.shipped import AUTO, DEFAULT_POLICY, policy_for_date

    rule = settings.policy or DEFAULT_POLICY
    if rule != AUTO:
        return find_policy(rule)
    day = _day_of(as_of, store.read(tables=[]).zone)
    if day is None and not store.read(tables=["cases"]).size(
        "cases"
    ):  # of a load that is not whole this is said instead
        raise no_case()
    if day is None:
        raise _which(_("No record has a date, so no rule can be chosen by date. Which rule is meant?"), settings)
    try:
        return policy_for_date(day, family=FAMILY)
    except NothingFound:
        told = _("No Vietnamese rule was in force on {day}. Which rule is meant?", day=shown_day(day))
        raise _which(told, settings, day=day) from None


def check_disease(settings: Settings, persons: TableColumns) -> None:
    """Do nothing where the rule was asked for, or fits the disease that the records name.

    Raises
    ------
    UsageError
        If the records name another disease than the rules that are chosen by date: which rule is meant?
    """
    from tracing.policy.disease import other_diseases
    from tracing.policy.shipped import AUTO, DEFAULT_POLICY

    if (settings.policy or DEFAULT_POLICY) != AUTO:
        return
    others = other_diseases(persons, FAMILY)
    if others:
        told = _("The records are about another disease: {words}. Which rule is meant?", words=", ".join(others))
        raise _which(told, settings, families={family for found in others.values() for family in found})


def _day_of(as_of: int | str | None, zone: str) -> date | None:
    """Return the local day of the instant asked for; an instant at midnight ends the day before."""
    if as_of is None:
        return None
    if isinstance(as_of, str):
        return local(parse_iso(as_of, zone)[0], zone).date()
    return local(as_of - 1, zone).date()


def _which(told: Text, settings: Settings, *, day: date | None = None, families: set[str] | None = None) -> UsageError:
    """Return the question, with commands that answer it: of ``families``, or in force on ``day``."""
    from tracing.policy.shipped import list_policies, load_policy

    known = [load_policy(policy_id) for policy_id in list_policies()]
    fitting = [p for p in known if p.family in families] if families else [p for p in known if day and p.in_force(day)]
    context = click.get_current_context(silent=True)
    command = "truyvet" if context is None else context.command_path + _arguments(context)
    lines = "".join(f"\n  {command}{settings.again} --policy {policy.id}" for policy in fitting[:_OFFERED])
    if not lines:
        return UsageError(told, fix=_("name one with --policy; truyvet policies lists them"))
    return UsageError(told, fix=_("name one (truyvet policies lists all):{commands}", commands=lines))


def _arguments(context: click.Context) -> str:
    """Return the arguments that the command was given, such as the person that ``why`` was asked about."""
    names = [p.name for p in context.command.params if isinstance(p, click.Argument)]
    given = [context.params.get(name or "") for name in names]
    values = [one for value in given for one in (value if isinstance(value, tuple) else (value,)) if one is not None]
    return "".join(f" {shlex.quote(str(value))}" for value in values)


def policy_line(policy: Policy, *, as_of: int, zone: str, shown: str) -> str:
    """Return the first line: by which rule, whether it was in force, what of it is not verified, and up to when.

    ``shown`` is the instant ``as_of`` as people read it.
    """
    day = None if as_of >= EVER else _day_of(as_of, zone)
    some, of = len(policy.unverified()), len(policy.rule_items())
    parts: list[Text] = []
    if policy.valid_from is not None or policy.valid_to is not None:
        first, last = (shown_day(d) if d else "…" for d in (policy.valid_from, policy.valid_to))
        if day is not None and policy.in_force(day):
            parts.append(_("in force on {day}", day=shown_day(day)))
        else:
            parts.append(_("in force {first} – {last}, not on the day of the answer", first=first, last=last))
    parts.append(_("{some} of {all} rule items not verified", some=some, all=of))
    facts = "; ".join(say(part) for part in parts)
    return say(_("Rule {id} ({facts}) · as of {as_of}", id=policy.id, facts=facts, as_of=shown))
