"""JSON as people can read it, written level by level."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any, Final

from tracing.json_rows import JsonRows, RowsOfEach

_BETWEEN: Final = "\x00"
"""Stands between values that are written together: inside of one it is written as an escape."""
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(_BETWEEN, ": "))


def json_text(value: Any) -> str:
    """Return ``value`` as ``json.dumps(value, ensure_ascii=False, indent=2)`` does.

    The standard library indents in Python, one value at a time; here all that holds nothing inside and lies at one
    depth is written by its C code together, several times as fast; so is each column of :class:`JsonRows`, which may
    stand in place of a list in an object.
    """
    return _texts([value], 0)[0]


def _texts(values: Sequence[Any], depth: int) -> list[str]:
    """Return the text of each value at one depth."""
    rows = {at: value for at, value in enumerate(values) if isinstance(value, JsonRows)}
    if rows:
        others = iter(_texts([value for value in values if not isinstance(value, JsonRows)], depth))
        return [_list(_rows(rows[at], depth + 1), depth) if at in rows else next(others) for at in range(len(values))]
    held: list[Iterable[Any]] = [_inside(value) for value in values]
    if not any(held):
        return _plain(values)
    below = iter(_texts(list(chain.from_iterable(held)), depth + 1))
    plain = iter(_plain([value for value, inside in zip(values, held, strict=True) if not inside]))
    return [
        _around(value, depth, tuple(islice(below, len(value)))) if inside else next(plain)
        for value, inside in zip(values, held, strict=True)
    ]


def _rows(rows: JsonRows, depth: int) -> list[str]:
    """Return the text of each row at one depth."""
    form = _form(tuple(rows.columns), (str,) * len(rows.columns), depth)
    columns = [
        _lists(values, depth + 1) if isinstance(values, RowsOfEach) else _plain(values)
        for values in rows.columns.values()
    ]
    return [form % row for row in zip(*columns, strict=True)]


def _lists(each: RowsOfEach, depth: int) -> list[str]:
    written = _rows(each.rows, depth + 1)
    begin, between, end = f"[{_pad(depth)}", f",{_pad(depth)}", f"{_pad(depth - 1)}]"
    return [
        begin + between.join(written[start:stop]) + end if start < stop else "[]"
        for start, stop in zip(each.starts, each.stops, strict=True)
    ]


def _list(inside: Sequence[str], depth: int) -> str:
    return f"[{_pad(depth)}{f',{_pad(depth)}'.join(inside)}{_pad(depth - 1)}]" if inside else "[]"


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values() if value else ()
    return value if isinstance(value, list | tuple) else ()


def _plain(values: Sequence[Any]) -> list[str]:
    return _ENCODER.encode(values)[1:-1].split(_BETWEEN) if values else []


def _around(value: Any, depth: int, inside: tuple[str, ...]) -> str:
    """Return a value by the texts of what is inside it."""
    if isinstance(value, dict):
        return _form(tuple(value), tuple(map(type, value)), depth) % inside
    return _list(inside, depth)


@cache
def _form(names: tuple[Any, ...], _kinds: tuple[type, ...], depth: int) -> str:
    """Return the text of an object of these names (1 and true are two), a ``%s`` where each value stands."""
    rows = [_ENCODER.encode({name: 0})[1:-2].replace("%", "%%") + "%s" for name in names]
    return f"{{{_pad(depth)}{f',{_pad(depth)}'.join(rows)}{_pad(depth - 1)}}}"


def _pad(depth: int) -> str:
    return "\n" + "  " * (depth + 1)
