"""From grids to typed columns: headings, dates, words."""
