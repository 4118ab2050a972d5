"""From a store's address to the store."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracing.errors import UsageError
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph.protocol import Store

_, _n = catalogue("graph")

#: A server's address whose beginning was forgotten or misspelt: host:7687, neo4j:host, bolt:/host:7687/records.
_FORGOTTEN: Final = re.compile(r"(neo4j|bolt)(\+s|\+ssc)?:.*|[\w.-]+:\d{2,5}(/\w*)?")
_NEO4J_SCHEMES: Final = tuple(f"{name}{tls}" for name in ("neo4j", "bolt") for tls in ("", "+s", "+ssc"))


def is_server(address: str) -> bool:
    """Tell whether an address is one of a Neo4j server, not of a file."""
    scheme, mark, _ = address.partition("://")
    return bool(mark) and scheme in _NEO4J_SCHEMES


def open_store(
    address: str | os.PathLike[str],
    *,
    create: bool = True,
    read_only: bool = False,
    memory_limit: str = "50%",
    threads: int | None = None,
    prompt: Callable[[str, str], str] | None = None,
) -> Store:
    """Open the store at ``address`` and return it; use it in ``with``, or call its ``close``.

    Parameters
    ----------
    address
        A path opens the embedded store in that one file; ``neo4j://host:port/database`` (or ``bolt://``, and either
        with ``+s`` or ``+ssc``) a database of a Neo4j server.
    create
        Make a new, empty store where there is none.
    read_only
        Never write. Several processes can read one file at the same time, but none while another one has it open
        for writing.
    memory_limit, threads
        What the embedded store may use: memory as a share ("50%") or a size ("4GB"), and processors (default: all).
    prompt
        Asks a person for the password of a server, given its address and the user; asked only where neither the
        environment nor the options file tells it (:func:`graph.neo4j.login.find_login`).

    Raises
    ------
    StoreError
        If the store cannot be opened: absent (without ``create``), in use, unreadable, damaged, not a store, or made
        by a later version; for a server, also if it is not there, too old, or refuses the password.
    UsageError
        If the address is of no known form.
    """
    text = os.fspath(address)
    scheme, mark = text.partition("://")[:2]
    if not mark and _FORGOTTEN.fullmatch(text) and not Path(text).exists():
        raise UsageError(
            _("the store reads like a server's address, but it does not begin with neo4j://"),
            fix=_("write it as neo4j://host:7687/database"),
        )
    if not mark:
        from graph.duckdb.store import EmbeddedStore

        return EmbeddedStore(
            Path(text).expanduser(), create=create, read_only=read_only, memory_limit=memory_limit, threads=threads
        )
    if is_server(text):
        from graph.neo4j.store import Neo4jStore

        return Neo4jStore(text, create=create, read_only=read_only, prompt=prompt)
    raise UsageError(
        _("no store is known for addresses that begin with {scheme}://", scheme=scheme),
        fix=_("give a path, such as truyvet.duckdb, or neo4j://host:7687/database"),
    )
