"""The servers for these tests."""

from tests.fixtures_neo4j import each_neo4j_server, neo4j_server, neo4j_server_2026, start_neo4j

__all__ = ["each_neo4j_server", "neo4j_server", "neo4j_server_2026", "start_neo4j"]
