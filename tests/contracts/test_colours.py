"""A colour of the house stands once, in tracing/colours.py; pages take it from there as a custom property."""

from __future__ import annotations

import re
from pathlib import Path

from tracing.colours import css_properties

ROOT = Path(__file__).resolve().parents[2]
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b(?![-\w])")
PROPERTY = re.compile(r"var\((--[a-z0-9-]+)\)")
KINDS = {".py", ".css", ".js", ".html"}


def shown() -> list[Path]:
    found = [path for room in ("tracing", "cli") for path in sorted((ROOT / room).rglob("*")) if path.suffix in KINDS]
    return [path for path in found if path.name != "colours.py"]


def test_no_colour_stands_outside_its_home() -> None:
    strays = [f"{path.relative_to(ROOT)}: {c}" for path in shown() for c in COLOUR.findall(path.read_text("utf-8"))]
    assert strays == []


def test_every_colour_has_a_name_of_its_own() -> None:
    found = re.findall(r"(--[a-z0-9-]+):(#[0-9a-f]{6})", css_properties())
    values = [value for _, value in found]
    assert len(found) > 20
    assert len(set(values)) == len(values)


def test_the_page_asks_for_no_colour_that_is_not_there() -> None:
    known = set(re.findall(r"--[a-z0-9-]+", css_properties()))
    texts = {path: path.read_text("utf-8") for path in shown() if path.suffix != ".py"}
    set_there = set(re.findall(r"(--[a-z0-9-]+)\s*[:\"]", "".join(texts.values())))
    unknown = {name for text in texts.values() for name in PROPERTY.findall(text)} - known - set_there
    assert unknown == set()
