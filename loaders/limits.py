"""How large a file may be, and what its reader may take. What is larger is refused by its outline where that tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

#: Of how many bytes that are free one may be of a packed file's content: a reader makes about five of each.
_MEMORY_OF_CONTENT: Final = 5
_GB: Final = 1 << 30
#: What the reader of any file may take, and for each byte of it; and of how many bytes it may read a second long.
_READER: Final = 512 << 20
_MEMORY_OF_PACKED: Final = 300
_A_SECOND: Final = 200_000
#: Nothing is refused for memory below this.
_LEAST: Final = 256 << 20


def free_memory(root: Path = Path("/")) -> int | None:
    """Return how many bytes of memory can be had now: of the machine, and of the groups (containers) that this runs in.

    None where the system does not tell.
    """
    told = [free for free in (_of_machine(root), *_of_groups(root)) if free is not None]
    return min(told, default=None)


def _of_machine(root: Path) -> int | None:
    found = re.search(r"^MemAvailable:\s*(\d+) kB", _read(root / "proc/meminfo"), re.MULTILINE)
    return None if found is None else int(found[1]) << 10


def _of_groups(root: Path) -> Iterator[int | None]:
    """Yield what is free in each control group, from the own one up; of the first kind and of the second."""
    for line in _read(root / "proc/self/cgroup").splitlines():
        _number, _, rest = line.partition(":")
        kinds, _, name = rest.partition(":")
        if kinds not in ("", "memory"):
            continue
        top = root / ("sys/fs/cgroup/memory" if kinds else "sys/fs/cgroup")
        files = ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
        most, taken, cache = files if kinds else ("memory.max", "memory.current", "inactive_file")
        group = top / name.lstrip("/")
        for place in (group, *group.parents):
            limit, used = _read(place / most).strip(), _read(place / taken).strip()
            if limit.isdigit() and used.isdigit():
                kept = re.search(rf"^{cache} (\d+)$", _read(place / "memory.stat"), re.MULTILINE)
                yield max(int(limit) - int(used) + (0 if kept is None else int(kept[1])), 0)
            if place == top:
                break


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _share(of_free: int, most: int) -> int:
    free = free_memory()
    return most if free is None else max(min(free // of_free, most), _LEAST)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Limits of what is read from a file that others made.

    Those in bytes are less where less memory is free than they would take.

    Attributes
    ----------
    file_bytes
        Size of the file itself; by custom 8 GB.
    unpacked_bytes
        Size of what a packed file (a workbook, gzip) holds; by custom 2 GB.
    columns
        Columns of a table that are not empty.
    cells
        Cells of a sheet's rectangle, empty ones too; a single cell far away makes a large rectangle.
    cell_chars
        Characters in one cell, as many as a spreadsheet can hold; more are cut off, and said.
    depth
        Levels of JSON inside each other.
    memory_bytes
        What the reader of a file may take; by custom 8 GB, of a small one 512 MB and 300 bytes for each of it.
    seconds
        Seconds of work that the reader of a file may take, and one more for each 200 kB of it.
    """

    file_bytes: int = field(default_factory=lambda: _share(1, 8 * _GB))
    unpacked_bytes: int = field(default_factory=lambda: _share(_MEMORY_OF_CONTENT, 2 * _GB))
    columns: int = 2_000
    cells: int = 60_000_000
    cell_chars: int = 32_767
    depth: int = 64
    memory_bytes: int = field(default_factory=lambda: _share(1, 8 * _GB))
    seconds: int = 20

    def of_size(self, size: int) -> Limits:
        """Return limits with the memory and time that the reader of a file of ``size`` bytes may take."""
        memory = min(self.memory_bytes, _READER + size * _MEMORY_OF_PACKED)
        return replace(self, memory_bytes=memory, seconds=self.seconds + size // _A_SECOND)

    def times(self, factor: float) -> Limits:
        """Return limits that are so many times as large; how deep JSON may be stays."""
        larger: dict[str, Any] = {
            f.name: int(getattr(self, f.name) * factor) for f in fields(self) if f.name != "depth"
        }
        return Limits(**larger, depth=self.depth)
