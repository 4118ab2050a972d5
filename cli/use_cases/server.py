"""What the command line does only for a Neo4j store: ask for a password, write results back for those who browse."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cli.language import say, spoken
from cli.options import Settings
from cli.screen import Progress, show_error
from cli.use_cases.open import open_at, open_existing
from tracing.errors import StoreError
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph import Run, Store
    from graph.neo4j.store import Neo4jStore
    from tracing.chains.chains import Chains
    from tracing.tiers.tiers import Tiers
    from tracing.zones.zones import Zones

_, _n = catalogue("cli")

_BETWEEN_LOOKS: Final = 2.0
"""Seconds from one look at the load of somebody else to the next."""
_WRITING: Final = {"tiers": _("writing tiers"), "chains": _("writing chains"), "zones": _("writing zones")}


def send_back(
    settings: Settings,
    store: Store,
    run: Callable[[], Run],
    *,
    tiers: Tiers | None = None,
    chains: Chains | None = None,
    zones: Zones | None = None,
) -> None:
    """Write results into the store if it is one of Neo4j; where that cannot be done, say so and go on.

    ``run`` makes the run that they are of: it is asked for there only.
    """
    if "results" not in store.capabilities:
        return
    from graph.neo4j.queries import as_neo4j
    from graph.neo4j.results import write_results

    try:
        with Progress(quiet=settings.quiet) as progress:
            write_results(
                as_neo4j(store),
                run(),
                tiers=tiers,
                chains=chains,
                zones=zones,
                progress=lambda name, done, total: progress.step(_WRITING[name], done, total),
            )
    except StoreError as error:
        show_error(
            _(
                "The results could not be written into the database, so Neo4j does not show them: {why}",
                why=error.text(spoken()),
            )
        )


def open_to_load(settings: Settings, *, wait: bool) -> Store:
    """Return the store to load into; with ``wait`` when nobody else loads into it any more.

    What is there of a load that was broken off may be read: the same files finish it.
    """
    from graph.address import is_server

    store = open_at(settings)
    if is_server(settings.address):
        from graph.neo4j.queries import as_neo4j

        server = as_neo4j(store)
        server.anyway = True
        told = False
        while wait and (state := server.state()).live:
            if not told and not settings.quiet:
                show_error(_("Waiting: {why}.", why=state.told()))
            told = True
            time.sleep(_BETWEEN_LOOKS)
        server.unfinished = None
    return store


def open_neo4j(settings: Settings, *, read_only: bool = False, create: bool = False) -> Neo4jStore:
    """Open the Neo4j store meant: that of ``--store`` or TRUYVET_STORE, else that of the server of this user.

    ``create`` makes one in an empty database.

    Raises
    ------
    StoreError
        If there is none, or it cannot be opened.
    """
    from graph.address import is_server
    from graph.neo4j.queries import as_neo4j
    from graph.neo4j.server import default_home, status

    if settings.store is None and not is_server(settings.address):
        state = status(default_home()).state
        if state is None or state.pid is None:
            raise StoreError(
                say(
                    _("No Neo4j store is named, and no Neo4j server of yours was ever started here.")
                    if state is None
                    else _("No Neo4j store is named, and your own Neo4j server is down.")
                ),
                fix=_("Start the server: truyvet neo4j up; or name a store: --store neo4j://host:7687/database"),
            )
        settings = replace(settings, store=state.uri)
    if not is_server(settings.address):
        return as_neo4j(None)
    return as_neo4j(open_at(settings) if create else open_existing(settings, read_only=read_only))
