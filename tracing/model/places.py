"""Kinds of contact in words."""

from __future__ import annotations

from typing import Final

from tracing.text import Text, catalogue

_, _n = catalogue("tracing")

KIND_WORDS: Final[dict[str, Text]] = {
    "household": _("household"),
    "work": _("work"),
    "school": _("school"),
    "care": _("care"),
    "transport": _("transport"),
    "social": _("social"),
    "other": _("other"),
}
"""Kinds of contact as people read them."""
