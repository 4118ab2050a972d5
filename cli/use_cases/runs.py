"""Runs that a store keeps: which one is meant, and the cases it was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cli.language import say
from tracing.errors import NothingFound, UsageError
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph import RunHeader, Store

_, _n = catalogue("cli")


#: What is kept of a tracing, in every store. A Neo4j store keeps what chains and zones wrote into it as runs too.
TRACING: Final = "tiers"


def find_run(store: Store, wanted: str, *, tracing: bool = True) -> str:
    """Return the id of the run meant by an id or its beginning, or by "last".

    "last" is the latest tracing, the same in every store; without ``tracing`` the latest run of any command.

    Raises
    ------
    NothingFound
        If there is none.
    UsageError
        If several ids begin so.
    """
    headers = store.runs()
    ids = [header.id for header in headers]
    latest = [header.id for header in headers if not tracing or header.command == TRACING]
    if wanted == "last" and latest:
        return latest[-1]
    found = [run for run in ids if run == wanted] or [run for run in ids if wanted and run.startswith(wanted)]
    if len(found) > 1:
        raise UsageError(_("Several runs begin so: {ids}.", ids=", ".join(found)))
    if not found:
        fix = (
            say(_("truyvet runs lists those that are."))
            if tracing
            else say(_("truyvet neo4j runs lists those that are."))
        )
        raise NothingFound(_("No run {id} is kept in this store.", id=wanted), fix=fix)
    return found[0]


def cases_of(header: RunHeader) -> str:
    """Return the cases that a run was asked about."""
    cases = header.options.get("cases") or []
    return ", ".join(map(str, cases)) if isinstance(cases, list) and cases else say(_("all"))
