"""Where to draw the line: units, cuts, proposals."""
