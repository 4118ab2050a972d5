"""The settings that a server is started with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.neo4j.server.layout import HOST, ServerState, write_private
from tracing.errors import UsageError
from tracing.text import catalogue

_, _n = catalogue("graph")


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What the server may take, in MiB: the heap for queries and loads, the page cache for the graph's files.

    The defaults suit a laptop and a province; a server alone on its machine is better with more of both.
    """

    heap_mb: int = 1024
    page_cache_mb: int = 512

    def __post_init__(self) -> None:
        if self.heap_mb < 256 or self.page_cache_mb < 8:
            raise UsageError(
                _(
                    "Neo4j does not run with {heap_mb} MiB of heap and {page_cache_mb} MiB of page cache.",
                    heap_mb=self.heap_mb,
                    page_cache_mb=self.page_cache_mb,
                ),
                fix=_("Give it at least 256 MiB of heap and 8 MiB of page cache."),
            )


def write_settings(state: ServerState, memory: Memory, more: Mapping[str, str]) -> None:
    """Write ``conf/neo4j.conf`` for this state; ``more`` comes last and wins.

    Everything listens on the loopback address only, a password is always asked for, nothing is reported to anyone,
    and queries (whose parameters are people's data) are not logged.
    """
    lines = {
        "server.default_listen_address": HOST,
        "server.default_advertised_address": HOST,
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"{HOST}:{state.bolt_port}",
        "server.bolt.advertised_address": f"{HOST}:{state.bolt_port}",
        "server.http.enabled": "true",
        "server.http.listen_address": f"{HOST}:{state.http_port}",
        "server.http.advertised_address": f"{HOST}:{state.http_port}",
        "server.https.enabled": "false",
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "db.logs.query.enabled": "OFF",
        # Should somebody turn it on all the same: neither values in a query's text nor its parameters are written.
        "db.logs.query.obfuscate_literals": "true",
        "db.logs.query.parameter_logging_enabled": "false",
        "server.memory.pagecache.size": f"{memory.page_cache_mb}m",
        # Each of the two databases reserves one such file on disk at once; 256 MiB is the server's own default.
        "db.tx_log.rotation.size": "64m",
        # What is older than this is of no use but for backups while it runs, which Community does not have.
        "db.tx_log.rotation.retention_policy": "1 days 256M",
        # Data are safe on disk before this wait begins; 5 s, twice, is the server's own default.
        "internal.server.bolt.thread_pool_shutdown_wait_time": "500ms",
        **more,
    }
    for name, value in more.items():
        if "\n" in name + value or "=" in name:
            raise UsageError(
                _("{name} is not a setting of Neo4j.", name=repr(name)),
            )
    text = "".join(f"{name}={value}\n" for name, value in lines.items())
    write_private(state.home / "conf" / "neo4j.conf", "# Written by truyvet at every start.\n" + text)
