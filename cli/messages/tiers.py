"""Texts of ``truyvet tiers``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "tiers.short": Text("Ai là F0, F1, F2 …, chắc chắn và có thể.", "Who is F0, F1, F2 …, certain and possible."),
}
