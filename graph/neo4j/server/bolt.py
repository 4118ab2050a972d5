"""Speak to a starting server: wait for its first answer, change its first password, ask its version."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import LiteralString

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.neo4j.server.layout import HOST, ServerState

HALTED = "critical error, and needs to be restarted"
"""What a server says once it has stopped itself: it will not write any more."""

FIRST_PASSWORD = "neo4j"
ASK_EVERY = 0.1
PATIENCE = 5.0
TOO_MANY_WRONG = "Neo.ClientError.Security.AuthenticationRateLimit"
LOCK_SECONDS = 6.0
"""A little more than the 5 s for which a server, as it is set up unless told otherwise, then takes no password."""


def bolt_answers(port: int) -> bool:
    """Tell whether anything accepts connections on this port of the loopback address."""
    import socket

    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def ask_version(state: ServerState, password: str) -> str:
    """Log in, run a query on the user's database, and return the version the server says it has.

    A server that takes no password for some seconds, because too many were wrong, is asked again after them.

    Raises
    ------
    neo4j.exceptions.AuthError
        The server refuses the password.
    neo4j.exceptions.DriverError, neo4j.exceptions.Neo4jError
        The server does not answer, or not yet.
    """
    agent = _ask(state, password, "RETURN 1", database=None).server.agent
    return agent.rpartition("/")[2]


def replace_first_password(state: ServerState, password: str) -> None:
    """Change the password that every new server begins with; waiting and errors as in :func:`ask_version`."""
    query = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
    _ask(state, FIRST_PASSWORD, query, database="system", old=FIRST_PASSWORD, new=password)


def log_in(state: ServerState, password: str, *, deadline: float, alive: Callable[[], bool]) -> bool:
    """Wait until the server lets us in with ``password``, giving it that password first if it is new.

    Returns False when ``deadline`` (of ``time.monotonic``) passes or ``alive()`` turns false.

    Raises
    ------
    neo4j.exceptions.AuthError
        The server knows neither ``password`` nor the first one.
    """
    while time.monotonic() < deadline and alive():
        try:
            if bolt_answers(state.bolt_port):
                _enter(state, password)
                return True
        except AuthError:
            raise
        except (DriverError, Neo4jError):
            pass  # it listens, but is not ready
        time.sleep(ASK_EVERY)
    return False


def _enter(state: ServerState, password: str) -> None:
    try:
        ask_version(state, password)
    except AuthError:
        replace_first_password(state, password)
        ask_version(state, password)


def _ask(
    state: ServerState, password: str, query: LiteralString, *, database: str | None, **parameters: str
) -> neo4j.ResultSummary:
    """Log in and run one query, after the seconds for which the server takes no password, if it is in them."""
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            with _driver(state, password) as driver, driver.session(database=database) as session:
                return session.run(query, parameters).consume()
        except Neo4jError as error:
            if error.code != TOO_MANY_WRONG or time.monotonic() > deadline:
                raise
        time.sleep(ASK_EVERY)


def _driver(state: ServerState, password: str) -> neo4j.Driver:
    address = f"bolt://{HOST}:{state.bolt_port}"
    return neo4j.GraphDatabase.driver(
        address,
        auth=(state.user, password),
        connection_timeout=PATIENCE,
        connection_acquisition_timeout=PATIENCE,
    )
