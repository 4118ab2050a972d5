"""Why somebody is listed, or is not, and what would change it."""
