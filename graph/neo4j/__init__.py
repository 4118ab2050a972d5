"""The Neo4j store: records, results and queries in a graph database."""
