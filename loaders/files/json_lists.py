"""Lists in JSON: an array of objects, an object of such arrays, or one object per line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from loaders.files.cells import Unreadable, cells_of_rows
from loaders.files.grid import Grid
from loaders.files.headings import PEOPLE, read_headings
from loaders.files.text import decode
from loaders.findings import FindingLog, shorten
from loaders.options import LoadOptions
from tracing.patterns import regex
from tracing.spelling import fold
from tracing.text import catalogue

_, _n = catalogue("loaders")

#: A text, also one that has no end, or a bracket; what was read once is not tried again.
_MARK: Final = regex(r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]')
#: Lists inside the objects of another that tell of contacts, visits or tests of each.
_HOUSEHOLD: Final = regex(r"household|family|cohabit|nguoi nha|gia dinh|ho gia dinh")
_INSIDE_MET: Final = regex(rf"contact|tiep ?xuc|^f[1-3]$|exposed|{_HOUSEHOLD.pattern}")
_INSIDE: Final = regex(
    rf"{_INSIDE_MET.pattern}|visit|check_?in|movement|itinerary|lich ?trinh|^tests?$|results?$|samples?$|xet ?nghiem"
)
_WHO: Final = frozenset(
    {"person", "case_code", "name", "first_name", "last_name", "phone", "birth_year", "national_id"}
)
#: Of these a list inside an object tells at least two, of which one says where or what: events, exposures, places.
_WHERE: Final = frozenset({"place", "contact_place", "test_result", "vehicle"})
_WHEN: Final = frozenset(
    {"day", "moment", "visit_date", "visit_start", "visit_end", "hours", "from_day", "from_time", "sample", "resulted"}
)
#: What a program notes of its answer, not of those in it.
_BOOKS: Final = regex(
    r"\b(?:total|count|pages?|limit|offset|next|previous|status|success|message|errors?|version|schema|format|title"
    r"|description|source|code|(?:generated|exported|created|updated)(?:[ _]?(?:at|on|by))?|timestamp|url|type|id)\b"
)
_MET, _KIND = "Tiếp xúc với ca", "Loại tiếp xúc"


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
            return _grids(path.name, None, tables[path.stem], options)
        whole = _of_all({key: value for key, value in content.items() if key not in tables})
        tables = {name: [{**whole, **row} for row in rows] for name, rows in tables.items()}
        return [grid for name, rows in tables.items() for grid in _grids(path.name, name, rows, options)]
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise Unreadable("file.unreadable", kind="JSON", reason=_("it is not a list of objects"))
    return _grids(path.name, None, content, options)


def _of_all(beside: dict[str, Any]) -> dict[str, Any]:
    """Return what stands beside the lists of a file and is true of each of their rows: ``trip.plate``."""
    told = _flat(beside)
    return {key: one for key, one in told.items() if not isinstance(one, dict | list) and not _BOOKS.search(fold(key))}


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


def _grids(file: str, sheet: str | None, rows: list[dict[str, Any]], options: LoadOptions) -> list[Grid]:
    """Return the table of the rows, and one of each list inside them that tells of contacts, visits or tests."""
    rows = [_flat(row) for row in rows]
    inside = [key for key in dict.fromkeys(key for row in rows for key in row) if _is_list(rows, key)]
    own = [{key: value for key, value in row.items() if key not in inside} for row in rows]
    found = [_json_grid(file, sheet, own, options, np.arange(1, len(own) + 1))]
    for key in inside:
        met = _INSIDE_MET.search(fold(key)) is not None
        whose = [_whose(row, met=met) if rows[at].get(key) else {} for at, row in enumerate(own)]
        if met and _HOUSEHOLD.search(fold(key)):
            whose = [of and {_KIND: "household", **of} for of in whose]
        said = [(at, {**_flat(one), **whose[at]}) for at in range(len(own)) for one in rows[at].get(key) or ()]
        numbers = np.array([at + 1 for at, _one in said])
        found.append(_json_grid(file, f"{sheet}.{key}" if sheet else key, [one for _, one in said], options, numbers))
    return found


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return an object with what stands in objects inside it beside the rest: ``home.phone``."""
    out: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict) and value and not any(isinstance(one, dict | list) for one in value.values()):
            out |= {f"{key}.{name}": one for name, one in value.items()}
        else:
            out[key] = value
    return out


def _is_list(rows: list[dict[str, Any]], key: str) -> bool:
    told = [row[key] for row in rows if row.get(key) is not None]
    lists = all(isinstance(one, list) and all(isinstance(item, dict) for item in one) for one in told)
    return lists and any(told) and (_INSIDE.search(fold(key)) is not None or _tells_where(told))


def _tells_where(told: list[list[dict[str, Any]]]) -> bool:
    """Tell whether lists inside the objects of another say where somebody was, or what was found, and when."""
    columns = set(
        read_headings(tuple(dict.fromkeys(key for one in told for row in one for key in row)), PEOPLE, {}).columns
    )
    return bool(_WHERE & columns) and bool(_WHEN & columns) and not _WHO & columns


def _whose(row: dict[str, Any], *, met: bool) -> dict[str, Any]:
    """Return what says of whom a row inside another is: whom its person ``met``, else the person's own cells."""
    headings = tuple(row)
    columns = read_headings(headings, PEOPLE, {}).columns
    named = {field: headings[at] for field, at in columns.items() if field in _WHO}
    if not met:
        return {heading: row[heading] for heading in named.values()}
    code = next((named[field] for field in ("person", "case_code", "name") if row.get(named.get(field, ""))), None)
    return {} if code is None else {_MET: row[code]}


def _json_grid(
    file: str, sheet: str | None, rows: list[dict[str, Any]], options: LoadOptions, numbers: npt.NDArray[np.int64]
) -> Grid:
    headings = tuple(dict.fromkeys(key for row in rows for key in row))
    if len(headings) > options.limits.columns:
        raise Unreadable("file.columns", columns=len(headings), limit=options.limits.columns)
    cells = cells_of_rows([[json_text(row.get(h)) for h in headings] for row in rows], len(headings))
    return Grid(file=file, sheet=sheet, cells=cells, numbers=numbers, headings=headings)
