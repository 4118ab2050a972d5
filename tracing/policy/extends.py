"""A policy that starts from another one: what it says in its place, how all of it is graded, the hash of the texts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from tracing.policy.model import (
    Grade,
)
from tracing.policy.stays import ASSUMED_STAYS


def merge_policies(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``base`` with what ``own`` says in its place.

    Tables are merged field by field; a quantity is always replaced whole (a new number needs its own source); clauses
    are replaced by id and new ones added at the end; any other list is replaced.
    """
    out = dict(base)
    for key, value in own.items():
        old = base.get(key)
        if key == "clauses" and isinstance(old, list) and isinstance(value, list):
            out[key] = _merge_clauses(old, value)
        elif isinstance(old, Mapping) and isinstance(value, Mapping) and not _carries_source(old):
            out[key] = merge_policies(old, value)
        else:
            out[key] = value
    return out


def regrade(raw: Any, grade: Grade) -> Any:
    """Return parsed TOML with everything that has a source graded ``grade``."""
    if isinstance(raw, Mapping):
        own = {key: regrade(value, grade) for key, value in raw.items()}
        return own | {"grade": grade} if _carries_source(own) else own
    return [regrade(item, grade) for item in raw] if isinstance(raw, list) else raw


def text_digest(*texts: str) -> str:
    """Return a hash of the texts (line ends do not count) and of the lengths of stay that every policy shares."""
    shared = repr(sorted((kind, stay.seconds) for kind, stay in ASSUMED_STAYS.items()))
    joined = "\x00".join([*(text.replace("\r\n", "\n") for text in texts), shared])
    return hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()


def _carries_source(table: Mapping[str, Any]) -> bool:
    return "source" in table


def _merge_clauses(base: list[Any], own: list[Any]) -> list[Any]:
    def key(clause: Any) -> Any:
        return clause.get("id") if isinstance(clause, Mapping) else None

    known = {key(clause) for clause in base} - {None}
    mine = {key(clause): clause for clause in own if key(clause) in known}
    return [mine.get(key(clause), clause) for clause in base] + [clause for clause in own if key(clause) not in known]
