"""From typed columns to rows of the record tables."""
