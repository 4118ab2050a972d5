"""The policies that come with the software, found by name or by day, and a user's own that may start from one."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from tracing.errors import InputError, NothingFound, UsageError
from tracing.nearest import nearest_word
from tracing.policy.extends import merge_policies, regrade, text_digest
from tracing.policy.model import Policy
from tracing.policy.parse import parse_toml, read_policy
from tracing.text import catalogue

_, _n = catalogue("tracing")

AUTO: Final = "auto"
"""In place of an id: the Vietnamese rule in force on a day."""
DEFAULT_POLICY: Final = AUTO
_SUFFIX: Final = ".toml"


def list_policies() -> tuple[str, ...]:
    """Return the ids of the policies that come with the software, sorted. Raises nothing of its own.

    Returns
    -------
    tuple of str
        Ids for :func:`load_policy`, such as "vn-3638" (decision 3638/QĐ-BYT).
    """
    folder = files("tracing.policy")
    return tuple(sorted(item.name[: -len(_SUFFIX)] for item in folder.iterdir() if item.name.endswith(_SUFFIX)))


def load_policy(policy_id: str = DEFAULT_POLICY, *, day: date | str | None = None) -> Policy:
    """Return the policy ``policy_id`` that comes with the software.

    Parameters
    ----------
    policy_id
        Its id, or "auto": the Vietnamese rule in force on ``day``.
    day
        Only for "auto": the local day of the answer (see :func:`policy_for_date`).

    Returns
    -------
    Policy
        The rule; its ``document`` is the number of the decision it was read from, and each number has its source.

    Raises
    ------
    NothingFound
        If there is none of that name, or none was in force; the message names those there are.
    UsageError
        If "auto" is asked for without a day.
    """
    if policy_id != AUTO:
        return _packaged(policy_id)
    if day is None:
        raise UsageError(
            _("which rule was in force depends on the day"),
            fix=_('name the rule, load_policy("vn-3638"), or the day, load_policy("auto", day="2021-08-08")'),
        )
    return policy_for_date(day)


def parse_policy(text: str, *, name: str) -> Policy:
    """Read a policy from TOML text.

    A text that says ``extends = "vn-3638"`` starts from that packaged policy and needs only what differs (see
    :func:`tracing.policy.parse.merge_policies`) and an id of its own. Its digest covers both texts. With
    ``extends_as = "ours"`` everything taken over is graded so: a rule read for another time is not this rule.

    Parameters
    ----------
    text
        The file's text.
    name
        What messages call it; also its id where the text gives none.

    Returns
    -------
    Policy
        The rule, each number with its unit and source.

    Raises
    ------
    InputError
        If it is not TOML, or any field is wrong, missing or unknown: one line for each.
    """
    raw, texts = _whole(text, name)
    return read_policy(raw, name=name, digest=text_digest(*texts))


def _whole(text: str, name: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the parsed text with what it extends, and the texts it was read from."""
    raw = parse_toml(text, name)
    if "extends" not in raw:
        return raw, (text,)
    base_id, grade = raw.pop("extends"), raw.pop("extends_as", None)
    if not isinstance(base_id, str) or base_id not in list_policies():
        known = ", ".join(list_policies())
        raise InputError(
            _("rule {name}: extends: found {found}; allowed: {known}", name=name, found=repr(base_id), known=known)
        )
    own: dict[str, Any] = {"id": name, **raw}
    if own["id"] == base_id:
        raise InputError(
            _("rule {name}: id: {base} is the rule it extends; it needs an id of its own", name=name, base=base_id)
        )
    base, texts = _whole(_packaged_text(base_id), base_id)
    if grade is not None:
        base = regrade(base, grade)
    return merge_policies(base, own), (*texts, text)


def policy_for_date(day: date | str, *, family: str = "vn") -> Policy:
    """Return the policy of ``family`` in force on ``day`` (first and last day included).

    Parameters
    ----------
    day
        A date, or ISO text such as "2021-07-30".
    family
        Which line of rules: vn, who, cdc, ecdc, measles, ebola.

    Returns
    -------
    Policy
        The first in force that day, by id.

    Raises
    ------
    NothingFound
        If the family is unknown or had no rule in force that day; the message names the nearest.
    UsageError
        If ``day`` is a text but not a date.
    """
    wanted = _as_date(day)
    ids = sorted(list_policies(), key=lambda policy_id: not policy_id.startswith(f"{family}-"))
    found = next((one for one in map(load_policy, ids) if one.family == family and not _days_away(one, wanted)), None)
    if found is not None:
        return found
    known = [load_policy(policy_id) for policy_id in ids]
    rules = [policy for policy in known if policy.family == family]
    if not rules:
        families = ", ".join(sorted({policy.family for policy in known}))
        raise NothingFound(
            _("no rule belongs to the family {family}", family=family),
            fix=_("families: {families}", families=families),
        )
    near = min(rules, key=lambda rule: (_days_away(rule, wanted), rule.id))
    span = f"{near.valid_from or '…'} – {near.valid_to or '…'}"
    raise NothingFound(
        _(
            "no rule of the family {family} was in force on {day}; the nearest is {near} ({span})",
            family=family,
            day=str(wanted),
            near=near.id,
            span=span,
        ),
        fix=_("choose one by name, for example --policy {near}", near=near.id),
    )


@cache
def _packaged(policy_id: str) -> Policy:
    return parse_policy(_packaged_text(policy_id), name=policy_id)


def _packaged_text(policy_id: str) -> str:
    known = list_policies()
    if policy_id not in known:
        close = nearest_word(policy_id, known)
        raise NothingFound(
            _("there is no rule {policy}", policy=repr(policy_id)),
            fix=_("did you mean {close}?", close=close) if close else _("the rules: {known}", known=", ".join(known)),
        )
    return (files("tracing.policy") / f"{policy_id}{_SUFFIX}").read_text(encoding="utf-8")


def _as_date(day: date | str) -> date:
    if isinstance(day, datetime):
        return day.date()
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day.strip())
    except ValueError:
        raise UsageError(_("{day} is not a date", day=repr(day)), fix=_("write it like 2021-07-30")) from None


def _days_away(policy: Policy, day: date) -> int:
    """Days from ``day`` to the nearest day the policy was in force; 0 if it was."""
    if policy.valid_from is not None and day < policy.valid_from:
        return (policy.valid_from - day).days
    if policy.valid_to is not None and day > policy.valid_to:
        return (day - policy.valid_to).days
    return 0
