"""Every text of the command line, one module per command; ``TEXTS`` maps a key to its Vietnamese and English."""
