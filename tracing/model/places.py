"""Kinds of place and of contact: which setting a kind of place is, and kinds of contact in words."""

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

VEHICLES: Final = frozenset({"vehicle", "flight", "bus", "boat", "taxi", "train", "ship", "car", "motorbike"})
"""Kinds of place that move."""

_SETTINGS: Final = {
    **dict.fromkeys(VEHICLES, "transport"),
    **dict.fromkeys(("household", "home"), "household"),
    **dict.fromkeys(("workplace", "factory", "office", "company"), "work"),
    **dict.fromkeys(("school", "kindergarten", "university"), "school"),
    **dict.fromkeys(("hospital", "clinic"), "care"),
}


def setting_of(place_kind: str) -> str:
    """Return the kind of contact that meeting at such a place is; of any other kind of place: social."""
    return _SETTINGS.get(place_kind, "social")
