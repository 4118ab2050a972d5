"""Where records live: several stores behind one protocol.

``open_store(address)`` opens one; everything after it is the same for every store (see :class:`graph.Store`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from graph.address import open_store
    from graph.loads import LoadEntry, TableReport, WriteReport
    from graph.protocol import Store
    from graph.runs import ExportEntry, Run, RunHeader

__all__ = ["ExportEntry", "LoadEntry", "Run", "RunHeader", "Store", "TableReport", "WriteReport", "open_store"]

_HOMES: Final = {
    "graph.address": ["open_store"],
    "graph.loads": ["LoadEntry", "TableReport", "WriteReport"],
    "graph.protocol": ["Store"],
    "graph.runs": ["ExportEntry", "Run", "RunHeader"],
}


def __getattr__(name: str) -> Any:
    """Import what is asked for only now, so that ``import graph`` costs nothing."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
