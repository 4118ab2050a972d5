"""Where records live: three stores behind one protocol.

``open_store(address)`` opens one; everything after it is the same for every store (see :class:`graph.Store`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.address import open_store
    from graph.protocol import ExportEntry, LoadEntry, Run, RunHeader, Store, TableReport, WriteReport

__all__ = ["ExportEntry", "LoadEntry", "Run", "RunHeader", "Store", "TableReport", "WriteReport", "open_store"]


def __getattr__(name: str) -> Any:
    """Import what is asked for only now, so that ``import graph`` costs nothing."""
    if name == "open_store":
        from graph.address import open_store

        return open_store
    if name in __all__:
        from graph import protocol

        return getattr(protocol, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
