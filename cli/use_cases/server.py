"""What the command line does only for a Neo4j store: ask for a password, write results back for those who browse."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import click

from cli.language import say, spoken
from cli.options import Settings
from cli.screen import Progress
from tracing.errors import StoreError
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph import Run, Store
    from tracing.chains.chains import Chains
    from tracing.tiers.tiers import Tiers
    from tracing.zones.zones import Zones

_, _n = catalogue("cli")

_WRITING: Final = {"tiers": _("writing tiers"), "chains": _("writing chains"), "zones": _("writing zones")}
_SCHEMES: Final = ("neo4j", "bolt")


def is_neo4j(address: str) -> bool:
    """Tell whether an address is one of a Neo4j server."""
    scheme, mark, _ = address.partition("://")
    return bool(mark) and scheme.partition("+")[0] in _SCHEMES


def password_prompt() -> Callable[[str, str], str] | None:
    """Return what asks a person for a password, None where nobody is there to be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def ask(address: str, user: str) -> str:
        asked = say(_("Password of {user} at {server}", user=user, server=address))
        return str(click.prompt(asked, hide_input=True, err=True, default="", show_default=False))

    return ask


def send_back(
    settings: Settings,
    store: Store,
    run: Run,
    *,
    tiers: Tiers | None = None,
    chains: Chains | None = None,
    zones: Zones | None = None,
) -> None:
    """Write results into the store if it is one of Neo4j; where that cannot be done, say so and go on."""
    if not is_neo4j(settings.address):
        return
    from graph.neo4j.queries import as_neo4j
    from graph.neo4j.results import write_results

    try:
        with Progress(quiet=settings.quiet) as progress:
            write_results(
                as_neo4j(store), run, tiers=tiers, chains=chains, zones=zones,
                progress=lambda name, done, total: progress.step(say(_WRITING[name]), done, total),
            )  # fmt: skip
    except StoreError as error:
        click.echo(
            say(
                _(
                    "The results could not be written into the database, so Neo4j does not show them: {why}",
                    why=error.text(spoken()),
                )
            ),
            err=True,
        )


def forget_run(store: Store, run: str) -> None:
    """Delete a run, of a Neo4j store with all that was written back of it."""
    from graph.neo4j.results import delete_run
    from graph.neo4j.store import Neo4jStore

    if isinstance(store, Neo4jStore):
        delete_run(store, run)
    else:
        store.delete_run(run)
