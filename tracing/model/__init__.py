"""What is on record: tables, records, the contact graph, areas and places."""
