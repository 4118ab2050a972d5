"""A real Neo4j server for newcomers and tests: started on loopback, kept in its own folder, stopped again.

The server is Neo4j Community Edition, a separate program under the GPL-3 that is fetched when it is first wanted; it
is neither linked into this software nor shipped with it.

>>> from graph.neo4j.server import down, read_password, up
>>> server = up("neo4j-home")  # doctest: +SKIP
>>> server.uri, server.user, read_password(server)  # doctest: +SKIP
>>> down("neo4j-home")  # doctest: +SKIP
"""

from graph.neo4j.server.jars import DEFAULT_VERSION, Notify
from graph.neo4j.server.layout import ServerState, cache_dir, compose_file, default_home, read_password
from graph.neo4j.server.server import Condition, ManagedServer, ServerStatus, down, status, up
from graph.neo4j.server.settings import Memory

__all__ = [
    "DEFAULT_VERSION",
    "Condition",
    "ManagedServer",
    "Memory",
    "Notify",
    "ServerState",
    "ServerStatus",
    "cache_dir",
    "compose_file",
    "default_home",
    "down",
    "read_password",
    "status",
    "up",
]
