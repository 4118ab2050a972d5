"""Texts of ``truyvet generate``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "generate.short": Text(
        "Tạo một tỉnh giả định có ổ dịch, cỡ tùy ý.", "Make an invented province with an outbreak, of any size."
    ),
}
