"""Every finding by its code: how grave it is, what it says, what to do. No text holds anybody's name or number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from loaders.messages.files import FILES
from loaders.messages.message import Message
from loaders.messages.places import PLACES
from loaders.messages.rows import ROWS
from loaders.messages.values import VALUES

__all__ = ["MESSAGES", "QUOTING", "Message"]

MESSAGES: Final[Mapping[str, Message]] = {**FILES, **VALUES, **ROWS, **PLACES}
"""The findings by code."""

QUOTING: Final[Mapping[str, str]] = {
    **{code: "date" for code in VALUES if code.startswith("date.")},
    "value.number": "number",
    "value.range": "number",
    "value.unknown": "word",
    "value.read_as": "word",
}
"""Code -> kind of value ("date", "number", "word") that its message may quote; anything else is shown as a shape."""
