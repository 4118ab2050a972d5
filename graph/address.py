"""From a store's address to the store."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracing.errors import UsageError
from tracing.patterns import regex
from tracing.text import catalogue

if TYPE_CHECKING:
    from graph.protocol import Capability, Store

_, _n = catalogue("graph")

_TLS: Final = ("", "+s", "+ssc")
#: A server's address whose beginning was forgotten or misspelt: host:7687, neo4j:host, bolt:/host:7687/records.
_FORGOTTEN: Final = regex(r"(neo4j|bolt)(\+s|\+ssc)?:.*|[\w.-]+:\d{2,5}(/\w*)?")


@dataclass(frozen=True)
class StoreKind:
    """One kind of store: how its addresses begin, the module whose ``open_at`` opens it, and what it can."""

    schemes: frozenset[str]
    module: str
    capabilities: frozenset[Capability] = frozenset()


FILE: Final = StoreKind(frozenset({""}), "graph.duckdb.store")
SERVER: Final = StoreKind(
    frozenset(name + tls for name in ("neo4j", "bolt") for tls in _TLS),
    "graph.neo4j.store",
    frozenset({"cypher", "results"}),
)
KINDS: Final = (FILE, SERVER)
"""Every kind of store; a further one is one more entry here, and a package with an ``open_at``."""


def find_kind(address: str) -> StoreKind:
    """Return the kind of store that an address is of.

    Raises
    ------
    UsageError
        If it is of no known form.
    """
    scheme, mark = address.partition("://")[:2]
    if not mark and _FORGOTTEN.fullmatch(address) and not Path(address).exists():
        raise UsageError(
            _("the store reads like a server's address, but it does not begin with neo4j://"),
            fix=_("write it as neo4j://host:7687/database"),
        )
    for kind in KINDS:
        if (scheme if mark else "") in kind.schemes:
            return kind
    raise UsageError(
        _("no store is known for addresses that begin with {scheme}://", scheme=scheme),
        fix=_("give a path, such as truyvet.duckdb, or neo4j://host:7687/database"),
    )


def is_server(address: str) -> bool:
    """Tell whether an address is one of a Neo4j server, not of a file."""
    scheme, mark = address.partition("://")[:2]
    return bool(mark) and scheme in SERVER.schemes


def takes_results(address: str) -> bool:
    """Tell whether the store at an address takes results back, to be browsed."""
    return "results" in find_kind(address).capabilities


def open_store(
    address: str | os.PathLike[str],
    *,
    create: bool = True,
    read_only: bool = False,
    memory_limit: str = "50%",
    threads: int | None = None,
    prompt: Callable[[str, str], str] | None = None,
    key: str | None = None,
    ask_key: Callable[[str], str] | None = None,
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
    key
        The key of an embedded store that is encrypted; a new store becomes so.
    ask_key
        Asks a person for it, given the path; asked only where the store is encrypted and no ``key`` was given.

    Returns
    -------
    Store
        Open until ``close``; an empty one where it was made.

    Raises
    ------
    StoreError
        If the store cannot be opened: absent (without ``create``), in use, unreadable, damaged, not a store, or made
        by a later version; for a server, also if it is not there, too old, or refuses the password.
    UsageError
        If the address is of no known form.
    """
    text = os.fspath(address)
    kind = find_kind(text)
    opened: Store = import_module(kind.module).open_at(
        text,
        kind.capabilities,
        create=create,
        read_only=read_only,
        memory_limit=memory_limit,
        threads=threads,
        prompt=prompt,
        key=key,
        ask_key=ask_key,
    )
    return opened
