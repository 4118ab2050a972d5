"""Texts of ``truyvet load``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "load.short": Text("Nạp tệp vào kho dữ liệu.", "Load files into the store."),
}
