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
HELD: Final = "#a9c8e6"
"""Fill of the core."""
HATCH: Final = "#a5c9e6"
"""Lines across the buffer."""
BUFFER_EDGE: Final = "#7fa3c2"
BOX_EDGE: Final = "#9dbad3"
"""Outlines of the buffer: of a polygon, and lighter of a box."""
UNIT_EDGE: Final = "#a9a9a9"
DOT_EDGE: Final = "#8a8a8a"
WIRE: Final = "#7a7a7a"
QUIET: Final = "#d6d6d6"
"""Outlines of a unit and of a dot, a link between cases, what stands back."""
SURE_WINDOW: Final = "#f0b58f"
"""The time in which a case was infectious in every reading."""
HOVER: Final = "#f4f7fa"
"""A row under the pointer."""


def of_tier(tier: int | None) -> str:
    """Return the colour of a tier; None is co-present."""
    return CO_PRESENT if tier is None else TIERS[min(tier, len(TIERS) - 1)]


def css_properties() -> str:
    """Return the colours as custom properties of a page's style sheet: ``--f0``, ``--ground``, …"""
    named = {f"f{k}": colour for k, colour in enumerate(TIERS)}
    named |= {f"f{k}-text": colour for k, colour in enumerate(TIER_TEXT)}
    named |= {
        "co": CO_PRESENT,
        "core": CORE,
        "buffer": BUFFER,
        "ink": INK,
        "faint": FAINT,
        "line": LINE,
        "band": BAND,
        "ground": GROUND,
        "held": HELD,
        "hatch": HATCH,
        "buffer-edge": BUFFER_EDGE,
        "box-edge": BOX_EDGE,
        "unit-edge": UNIT_EDGE,
        "dot-edge": DOT_EDGE,
        "wire": WIRE,
        "quiet": QUIET,
        "sure-window": SURE_WINDOW,
        "hover": HOVER,
    }
    return ":root{" + ";".join(f"--{name}:{colour}" for name, colour in named.items()) + "}"
