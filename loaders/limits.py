"""How large a file may be. What is larger is refused by its outline, before it is read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits of what is read from a file that others made.

    Attributes
    ----------
    file_bytes
        Size of the file itself.
    unpacked_bytes
        Size of what a packed file (a workbook, gzip) holds.
    columns
        Columns of a table that are not empty.
    cells
        Cells of a sheet's rectangle, empty ones too; a single cell far away makes a large rectangle.
    cell_chars
        Characters in one cell; more are cut off, and said.
    depth
        Levels of JSON inside each other.
    """

    file_bytes: int = 8 << 30
    unpacked_bytes: int = 2 << 30
    columns: int = 2_000
    cells: int = 60_000_000
    cell_chars: int = 100_000
    depth: int = 64


LIMITS = Limits()
"""The limits where nobody says anything else."""
