"""From the grids of a file to plain lists: a module for each shape in which people put them."""
