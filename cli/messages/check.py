"""Texts of ``truyvet check``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "check.short": Text("Kiểm tra tệp mà không nạp.", "Check files without loading them."),
}
