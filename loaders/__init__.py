"""Files become Records: read, recognise, clean, check; nothing is dropped silently.

``load_files`` and ``load_folder`` give a :class:`~loaders.load.LoadResult`; ``write_set_aside`` writes the rows that
need a correction into a workbook that can be corrected and loaded again. Names are imported on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loaders.findings import Findings
    from loaders.load import LoadResult, Summary, load_files, load_folder
    from loaders.options import Known, LoadOptions
    from loaders.questions import Answers, Question
    from loaders.set_aside import write_set_aside

__all__ = [
    "Answers",
    "Findings",
    "Known",
    "LoadOptions",
    "LoadResult",
    "Question",
    "Summary",
    "load_files",
    "load_folder",
    "write_set_aside",
]

_HOMES = {
    "Answers": "loaders.questions",
    "Findings": "loaders.findings",
    "Known": "loaders.options",
    "LoadOptions": "loaders.options",
    "LoadResult": "loaders.load",
    "Question": "loaders.questions",
    "Summary": "loaders.load",
    "load_files": "loaders.load",
    "load_folder": "loaders.load",
    "write_set_aside": "loaders.set_aside",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'loaders' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
