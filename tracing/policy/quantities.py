"""Bundles of numbers that a science rests on: each with unit and source, and whether it was read there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from tracing.policy.model import Quantity


def read_value(value: float, unit: str, source: str) -> Quantity:
    """Return a value that was read in its source or follows from values that were."""
    return Quantity(value, unit, source, grade="primary")


def remembered(value: float, unit: str, source: str) -> Quantity:
    """Return a published value that was not looked up again."""
    return Quantity(value, unit, source, grade="ours")


def assumed(value: float, unit: str, why: str) -> Quantity:
    """Return a value of our own, with the reason for it."""
    return Quantity(value, unit, f"assumption: {why}", grade="ours")


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """Base of a frozen bundle: fields that are a quantity, or quantities by name, can be listed."""

    def named(self) -> Iterator[tuple[str, Quantity]]:
        """Yield every quantity as (dotted name, quantity), in the order of the fields."""
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, Quantity):
                yield item.name, value
            elif isinstance(value, Mapping):
                yield from ((f"{item.name}.{key}", value[key]) for key in sorted(value))

    def unverified(self) -> tuple[tuple[str, Quantity], ...]:
        """Return what was not read in its source, as (dotted name, quantity); empty where all was."""
        return tuple((name, item) for name, item in self.named() if not item.verified)
