"""A connection to a Neo4j server whose version is known to do and whose database has our constraints and indexes."""

from __future__ import annotations

import importlib.metadata
import logging
import re
from functools import partial
from typing import Final

import neo4j

from graph.neo4j.errors import translated
from graph.neo4j.login import Login, ServerAddress
from graph.neo4j.migrate import bring_up_to_date, needs_work
from graph.neo4j.model import FORMAT, constraints, indexes
from graph.neo4j.rows import fetch_column
from graph.neo4j.schema import is_complete, make_schema
from tracing.errors import StoreAbsent, StoreError
from tracing.text import catalogue

_, _n = catalogue("graph")

OLDEST: Final = (5, 26)
"""Versions before this line are not tested and lack Cypher that is used."""
_PATIENCE: Final = 10.0
_RETRIES: Final = 20.0


def connect(
    address: ServerAddress, login: Login, *, create: bool, read_only: bool, patience: float = _PATIENCE
) -> neo4j.Driver:
    """Connect, check the server's version, and make or check what the store needs in its database.

    Raises
    ------
    StoreError
        With what is wrong and what to do.
    """
    with translated(str(address), opening=True):
        driver = open_driver(address, login, patience=patience)
    try:
        with translated(str(address), opening=True):
            _check_version(address, driver.get_server_info().agent)
            create = create and not read_only

            def open_session() -> neo4j.Session:
                return driver.session(database=address.database)

            with open_session() as session:
                _check_store(session, address, create=create)
                ready = not needs_work(session) and is_complete(session, constraints() | indexes())
            if read_only and not ready:
                raise _not_ready(address)
            if not ready:
                bring_up_to_date(open_session, partial(make_schema, open_session, constraints() | indexes()))
    except BaseException:
        driver.close()
        raise
    return driver


def open_driver(address: ServerAddress, login: Login, *, patience: float = _PATIENCE) -> neo4j.Driver:
    """Return a driver for the server, which is not asked anything yet."""
    logging.getLogger("neo4j").addHandler(logging.NullHandler())  # whatever it says is said by our errors
    return neo4j.GraphDatabase.driver(
        address.uri,
        auth=(login.user, login.password),
        connection_timeout=patience,
        connection_acquisition_timeout=6 * patience,
        max_transaction_retry_time=_RETRIES,
        notifications_min_severity="OFF",
        user_agent=f"truyvet/{importlib.metadata.version('truyvet')}",
        telemetry_disabled=True,
    )


def _not_ready(address: ServerAddress) -> StoreError:
    """Return the error of a reader whom the store would keep waiting, or answer from an older form of itself."""
    return StoreError(
        _("the database of {server} lacks indexes, or is of an earlier form", server=address),
        fix=_(
            "somebody who may write there runs truyvet tiers --store {server} once: it makes what is missing",
            server=address,
        ),
    )


def _check_version(address: ServerAddress, agent: str) -> None:
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    if found and (int(found[1]), int(found[2])) >= OLDEST:
        return
    oldest = ".".join(map(str, OLDEST))
    raise StoreError(
        _(
            "the server at {server} is {agent}, which is too old: Neo4j {oldest} or newer is needed",
            server=address,
            agent=agent[:40],
            oldest=oldest,
        ),
        fix=_("ask who runs it for Neo4j {oldest} or newer, or start one here with `truyvet neo4j up`", oldest=oldest),
    )


def _check_store(session: neo4j.Session, address: ServerAddress, *, create: bool) -> None:
    """Refuse a store of a later version, a graph of somebody else and, unless one is to be made, an empty database."""
    kept = fetch_column(session, "MATCH (s:TruyVetStore) RETURN s.format")
    if kept and (kept[0] is None or kept[0] > FORMAT):
        raise StoreError(
            _("the records in {server} were written by a later version of this software", server=address),
            fix=_("install the newer version (pip install --upgrade truyvet); the database was left as it was"),
        )
    if not kept and fetch_column(session, "MATCH (n) RETURN 1 LIMIT 1"):
        raise StoreError(
            _("the database of {server} holds a graph that is not one of truyvet", server=address),
            fix=_("give truyvet a database, or a server, of its own; nothing was changed"),
        )
    if not kept and not create:
        raise StoreAbsent(
            _("there are no records of truyvet in {server}", server=address),
            fix=_("check the address and the database's name; truyvet load makes a store there"),
        )
