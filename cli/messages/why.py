"""Texts of ``truyvet why``."""

from __future__ import annotations

from typing import Final

from cli.language import Text

TEXTS: Final = {
    "why.short": Text("Vì sao một người có, hay không có, trong danh sách.", "Why a person is listed, or is not."),
}
