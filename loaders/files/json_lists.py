"""Lists in JSON: an array of objects, an object of such arrays, or one object per line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import numpy as np

from loaders.files.cells import Unreadable, cells_of_rows
from loaders.files.grid import Grid
from loaders.files.text import decode
from loaders.findings import FindingLog, shorten
from loaders.options import LoadOptions
from tracing.text import catalogue

_, _n = catalogue("loaders")

#: A text, also one that has no end, or a bracket; what was read once is not tried again.
_MARK: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]')


def read_json(path: Path, data: bytes, ending: str, options: LoadOptions, log: FindingLog) -> list[Grid]:
    """Read an array of objects, an object of such arrays (a table each), or one object per line."""
    text = decode(path, data, options, log)
    if _depth(text) > options.limits.depth:
        raise Unreadable("file.deep", limit=options.limits.depth)
    double: set[str] = set()
    try:
        content: Any = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, double))
    except ValueError as wrong:
        content = _json_lines(text, wrong, double)
    if double:
        log.add("json.double", file=path.name, keys=shorten(sorted(double)))
    if isinstance(content, dict):
        tables = {k: v for k, v in content.items() if isinstance(v, list) and all(isinstance(r, dict) for r in v)}
        if not tables:
            tables = {path.stem: [content]}
            return [_json_grid(path.name, None, tables[path.stem], options)]
        return [_json_grid(path.name, name, rows, options) for name, rows in tables.items()]
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise Unreadable("file.unreadable", kind="JSON", reason=_("it is not a list of objects"))
    return [_json_grid(path.name, None, content, options)]


def _depth(text: str) -> int:
    """Return how deep brackets stand in each other; those inside texts do not count."""
    level = deepest = 0
    for found in _MARK.finditer(text):
        bracket = found[0]
        level += bracket in "[{" if len(bracket) == 1 else 0
        deepest = max(deepest, level)
        level -= bracket in "]}" if len(bracket) == 1 else 0
    return deepest


def _object(pairs: list[tuple[str, Any]], double: set[str]) -> dict[str, Any]:
    """Return an object of JSON; keys that stand in it more than once are added to ``double``."""
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            double |= {key} & seen
            seen.add(key)
    return made


def _json_lines(text: str, first: ValueError, double: set[str]) -> list[Any]:
    lines = [line for line in text.split("\n") if line.strip()]
    try:
        rows = [json.loads(line, object_pairs_hook=lambda pairs: _object(pairs, double)) for line in lines]
    except ValueError:
        rows = []
    if len(rows) < 2 or not all(isinstance(row, dict) for row in rows):
        raise Unreadable(
            "file.unreadable",
            kind="JSON",
            reason=_("it is damaged or cut off near row {at}", at=str(getattr(first, "lineno", 1))),
        ) from first
    return rows


def json_text(value: object) -> str | None:
    """Return a value of JSON as the text of a cell; None for null."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _json_grid(file: str, sheet: str | None, rows: list[dict[str, object]], options: LoadOptions) -> Grid:
    headings = tuple(dict.fromkeys(key for row in rows for key in row))
    if len(headings) > options.limits.columns:
        raise Unreadable("file.columns", columns=len(headings), limit=options.limits.columns)
    cells = cells_of_rows([[json_text(row.get(h)) for h in headings] for row in rows], len(headings))
    numbers = np.arange(1, len(rows) + 1)
    return Grid(file=file, sheet=sheet, cells=cells, numbers=numbers, headings=headings)
