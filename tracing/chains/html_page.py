"""Rows of (text, style) as one self-contained HTML page: no script, nothing from outside, prints as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Final

from tracing.chains.text_tree import Row
from tracing.colours import css_properties

_STYLE: Final = """
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
h1 { font-size: 1.4rem; }
pre { overflow-x: auto; font: 13px/1.35 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
small { color: var(--faint); }
.title { font-weight: 700; } .case { color: var(--f0-text); } .focus { color: var(--f0-text); font-weight: 700; }
.focus { text-decoration: underline; } .possible { color: var(--f0-text); opacity: .75; }
.missing { color: var(--faint); font-style: italic; } .faint, .impossible { color: var(--faint); }
.fold { color: var(--ink); }
@media print { body { margin: 0; max-width: none; } pre { font-size: 9px; white-space: pre-wrap; } }
"""


def page_of_rows(
    rows: Iterable[Row], *, title: str, lang: str = "en", provenance: Mapping[str, str] | None = None
) -> str:
    """Return the page as text; every text is escaped. Empty rows give a page with its title alone."""
    lines = "\n".join("".join(_span(text, style) for text, style in row) for row in rows)
    made = ", ".join(f"{name} {value}" for name, value in (provenance or {}).items() if value)
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{css_properties()}{_STYLE}</style></head>\n<body><h1>{escape(title)}</h1>\n<pre>{lines}</pre>\n"
        f"<p><small>{escape(made)}</small></p></body></html>\n"
    )


def _span(text: str, style: str) -> str:
    return f'<span class="{escape(style)}">{escape(text)}</span>' if style != "plain" else escape(text)
