"""The house's colours: one meaning each, everywhere; safe for colour-blind readers (Okabe–Ito family).

Colour is never the only sign: a letter, a shape or a dash says the same.
"""

from __future__ import annotations

from typing import Final

TIERS: Final = ("#d55e00", "#e69f00", "#c8a028", "#6e91af")
"""F0 vermilion, F1 orange, F2 ochre, F3 and deeper grey-blue."""
TIER_TEXT: Final = ("#a84a00", "#8a5f00", "#77600f", "#3f6282")
"""The same hues dark enough to be read as text on white (contrast 4.5 or more)."""
CO_PRESENT: Final = "#b4b4b4"
CORE: Final = "#123c69"
"""Outline of the core, dark blue."""
BUFFER: Final = "#cfe4f5"
"""Fill of the buffer, light blue."""
INK: Final = "#1c1c1c"
FAINT: Final = "#5c5c5c"
LINE: Final = "#c9c9c9"
GROUND: Final = "#ffffff"
BAND: Final = "#eeeeee"
"""A band of uncertainty."""


def of_tier(tier: int | None) -> str:
    """Return the colour of a tier; None is co-present."""
    return CO_PRESENT if tier is None else TIERS[min(tier, len(TIERS) - 1)]
