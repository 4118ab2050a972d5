"""Policies: dated contact rules as data. The ones that come with the software, and a user's own."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from tracing.errors import InputError, NothingFound, UsageError
from tracing.policy.describe import compare_policies, describe_policy
from tracing.policy.model import (
    Clause,
    CoPresence,
    Definition,
    MinutesByMask,
    Policy,
    Prophylaxis,
    Quantity,
    QuarantineRule,
    RuleText,
    Sourced,
    Window,
    WindowRule,
)
from tracing.policy.parse import merge_policies, nearest, parse_toml, read_policy, regrade, text_digest

__all__ = [
    "DEFAULT_POLICY",
    "Clause",
    "CoPresence",
    "Definition",
    "MinutesByMask",
    "Policy",
    "Prophylaxis",
    "Quantity",
    "QuarantineRule",
    "RuleText",
    "Sourced",
    "Window",
    "WindowRule",
    "compare_policies",
    "describe_policy",
    "list_policies",
    "load_policy",
    "parse_policy",
    "policy_for_date",
]

DEFAULT_POLICY: Final = "vn-3638"
_SUFFIX: Final = ".toml"


def list_policies() -> tuple[str, ...]:
    """Return the ids of the policies that come with the software, sorted."""
    folder = files("tracing.policy")
    return tuple(sorted(item.name[: -len(_SUFFIX)] for item in folder.iterdir() if item.name.endswith(_SUFFIX)))


def load_policy(policy_id: str = DEFAULT_POLICY) -> Policy:
    """Return the policy ``policy_id`` that comes with the software.

    Raises
    ------
    NothingFound
        If there is none of that name; the message lists those there are.
    """
    return _packaged(policy_id)


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

    Raises
    ------
    InputError
        If it is not TOML, or any field is wrong, missing or unknown: one line for each, in both languages.
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
            f"policy {name}: extends: found {base_id!r}; allowed: {known}",
            vi=f"chính sách {name}: extends: là {base_id!r}; cho phép: {known}",
        )
    own: dict[str, Any] = {"id": name, **raw}
    if own["id"] == base_id:
        raise InputError(
            f"policy {name}: id: {base_id} is the policy it extends; it needs an id of its own",
            vi=f"chính sách {name}: id: {base_id} là chính sách gốc; cần một mã riêng",
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

    Raises
    ------
    NothingFound
        If the family is unknown or had no rule in force that day; the message names the nearest.
    UsageError
        If ``day`` is a text but not a date.
    """
    wanted = _as_date(day)
    known = [load_policy(policy_id) for policy_id in list_policies()]
    rules = [policy for policy in known if policy.family == family]
    if not rules:
        families = ", ".join(sorted({policy.family for policy in known}))
        raise NothingFound(
            f"no policy belongs to the family {family}",
            fix=f"families: {families}",
            vi=f"không có chính sách nào thuộc nhóm {family}",
            fix_vi=f"các nhóm: {families}",
        )
    for rule in rules:
        if _days_away(rule, wanted) == 0:
            return rule
    near = min(rules, key=lambda rule: (_days_away(rule, wanted), rule.id))
    span = f"{near.valid_from or '…'} – {near.valid_to or '…'}"
    raise NothingFound(
        f"no policy of the family {family} was in force on {wanted}; the nearest is {near.id} ({span})",
        fix=f"choose one by name, for example --policy {near.id}",
        vi=f"ngày {wanted} không có chính sách nhóm {family} nào có hiệu lực; gần nhất là {near.id} ({span})",
        fix_vi=f"chọn chính sách theo tên, ví dụ --policy {near.id}",
    )


@cache
def _packaged(policy_id: str) -> Policy:
    return parse_policy(_packaged_text(policy_id), name=policy_id)


def _packaged_text(policy_id: str) -> str:
    known = list_policies()
    if policy_id not in known:
        close = nearest(policy_id, known)
        raise NothingFound(
            f"there is no policy {policy_id!r}",
            fix=f"did you mean {close}?" if close else f"policies: {', '.join(known)}",
            vi=f"không có chính sách {policy_id!r}",
            fix_vi=f"có phải {close}?" if close else f"các chính sách: {', '.join(known)}",
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
        raise UsageError(
            f"{day!r} is not a date",
            fix="write it like 2021-07-30",
            vi=f"{day!r} không phải là ngày",
            fix_vi="viết như 2021-07-30",
        ) from None


def _days_away(policy: Policy, day: date) -> int:
    """Days from ``day`` to the nearest day the policy was in force; 0 if it was."""
    if policy.valid_from is not None and day < policy.valid_from:
        return (policy.valid_from - day).days
    if policy.valid_to is not None and day > policy.valid_to:
        return (day - policy.valid_to).days
    return 0
