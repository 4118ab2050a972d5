"""A walk through a frozen object and its parts, each called by its dotted name: ``quarantine[1].days``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import TypeVar

Found = TypeVar("Found")


def parts_of(name: str, value: object) -> Iterator[tuple[str, object]]:
    """Yield the named parts of a dataclass, mapping or tuple of dataclasses; nothing for a plain value."""
    if isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            if is_dataclass(item):
                yield f"{name}[{getattr(item, 'id', number)}]", item
    elif isinstance(value, Mapping):
        yield from ((f"{name}.{key}", value[key]) for key in sorted(value))
    elif is_dataclass(value):
        yield from ((f"{name}.{item.name}", getattr(value, item.name)) for item in fields(value))


def all_of(kind: type[Found], name: str, value: object) -> Iterator[tuple[str, Found]]:
    """Yield every part of ``kind``, the value itself first."""
    if isinstance(value, kind):
        yield name, value
    for part, item in parts_of(name, value):
        yield from all_of(kind, part, item)


def leaves_of(name: str, value: object, *, whole: tuple[type, ...]) -> Iterator[tuple[str, object]]:
    """Yield what has no parts, plain values and what is of a kind ``whole``."""
    parts = [] if isinstance(value, whole) else list(parts_of(name, value))
    if not parts:
        yield name, value
    for part, item in parts:
        yield from leaves_of(part, item, whole=whole)
