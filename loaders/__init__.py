"""Files become Records: read, recognise, clean, check; nothing is dropped silently.

``load_files`` and ``load_folder`` give a :class:`~loaders.result.LoadResult`; ``view_sheet`` shows a sheet as it looks,
what each column becomes and what is to be answered; ``write_template`` writes a form to fill in; ``write_set_aside``
writes the rows that need a correction, and the questions, into a workbook that can be filled in and loaded again. Names
are imported on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from loaders.findings import Findings
    from loaders.load import load_files, load_folder
    from loaders.options import Known, LoadOptions
    from loaders.questions import Answers, Question
    from loaders.result import LoadResult, Summary
    from loaders.set_aside import write_set_aside
    from loaders.templates import write_template
    from loaders.view import SheetView, view_sheet, view_sheets

__all__ = [
    "Answers",
    "Findings",
    "Known",
    "LoadOptions",
    "LoadResult",
    "Question",
    "SheetView",
    "Summary",
    "load_files",
    "load_folder",
    "view_sheet",
    "view_sheets",
    "write_set_aside",
    "write_template",
]

_HOMES = {
    "Answers": "loaders.questions",
    "Findings": "loaders.findings",
    "Known": "loaders.options",
    "LoadOptions": "loaders.options",
    "LoadResult": "loaders.result",
    "Question": "loaders.questions",
    "SheetView": "loaders.view",
    "Summary": "loaders.result",
    "load_files": "loaders.load",
    "load_folder": "loaders.load",
    "view_sheet": "loaders.view",
    "view_sheets": "loaders.view",
    "write_set_aside": "loaders.set_aside",
    "write_template": "loaders.templates",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'loaders' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
