"""From files to grids of text: one module per format."""
