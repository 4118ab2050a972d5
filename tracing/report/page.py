"""The whole page: sections, data, style and script in one file that needs nothing else."""

from __future__ import annotations

import base64
import json
import zlib
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any, Final

import pandas as pd

from tracing.chains.chains import Chains
from tracing.figures import draw_curve, frontier
from tracing.model.geometry import Geometry
from tracing.report import sections
from tracing.report.chains import chain_pages
from tracing.report.facts import Facts
from tracing.report.first_screen import first_screen, title_of
from tracing.report.markup import Markup, tag, to_json
from tracing.report.people import people_columns
from tracing.report.units import draw_units, unit_names
from tracing.report.words import Words
from tracing.tiers.tiers import Tiers
from tracing.zones.zones import Zones

_SCRIPTS: Final = ("base.js", "zones.js", "people.js", "chains.js", "charts.js")
_PACK_OVER: Final = 100_000
_TEXTS: Final = (
    "slider.step", "inside.detail", "inside.nohouseholds", "people.shown", "people.nobody", "people.print", "p.id",
    "p.name", "p.tier", "p.born", "p.commune", "p.unit", "p.last", "p.through", "p.isolated", "p.certain", "p.possible",
    "p.co", "p.met", "p.more", "chains.fold", "chains.above", "chains.undated", "chains.option", "draw.failed",
)  # fmt: skip


def write_report(
    tiers: Tiers,
    chains: Chains,
    zones: Zones,
    *,
    lang: str,
    findings: pd.DataFrame | None = None,
    geometry: Geometry | None = None,
    case: str | None = None,
    show_names: bool = False,
    masked: bool = True,
) -> str:
    """Return the report as one HTML page that needs no network and no other file.

    The same results give the same text, byte for byte. Nothing of a person's phone, identity number or address is ever
    in it.

    Parameters
    ----------
    tiers, chains, zones
        Results of the same records.
    lang
        "vi" or "en".
    findings
        Findings of loading (columns ``severity``, ``code``, ``file``, ``message_vi``, ``message_en``), if there are.
    geometry
        Polygons of areas; without them units stand at their coordinates or in a schematic.
    case
        The case whose chain is drawn first (a person id).
    show_names
        Put names into the file.
    masked
        Show of people nothing smaller than their commune; else their hamlet, group or household too.

    Raises
    ------
    ValueError
        If ``lang`` is neither "vi" nor "en".
    """
    if lang not in ("vi", "en"):
        raise ValueError(f"no such language: {lang}")
    facts = Facts(
        tiers,
        chains,
        zones,
        Words(lang),
        show_names,
        masked and not show_names,
        {} if geometry is None else geometry.names,
    )
    pages = chain_pages(facts, case)
    made = [
        first_screen(facts, draw_units(facts, geometry)),
        sections.why_section(facts),
        sections.options_section(facts),
        sections.curve_section(facts),
        sections.chains_section(facts, pages),
        sections.people_section(facts),
        sections.lists_section(facts),
        sections.quality_section(facts, findings),
        sections.unknown_section(facts),
        sections.method_section(facts),
        sections.made_section(facts),
    ]
    data = _data(facts, pages)
    title = tag("title", title_of(facts))
    return Template(_asset("page.html")).substitute(
        lang=lang, title=title, style=Markup(sections.colour_rules() + _asset("page.css")),
        noscript=tag("p", facts.words("noscript"), class_="note"), body="\n".join(str(part) for part in made if part),
        data=_embed("data", data), people=_embed("people-data", people_columns(facts)), plotly=_plotly(),
        script="\n".join(_asset(name) for name in _SCRIPTS),
    )  # fmt: skip


def _data(facts: Facts, pages: dict[str, Any]) -> dict[str, Any]:
    enters = facts.zones.units["enters"]
    charts: dict[str, Any] = {}
    if facts.steps:
        charts["frontier"] = _chart(frontier(facts.zones, lang=facts.lang))
    if len(facts.curve.table):
        charts["curve"] = _chart(draw_curve(facts.curve, lang=facts.lang))
    return {
        "lang": facts.lang, "texts": facts.words.raw(*_TEXTS), "steps": facts.steps, "all": len(facts.zones.table),
        "own": facts.zones.proposal, "enters": [None if pd.isna(n) else int(n) for n in enters.tolist()],
        "units": unit_names(facts), "chains": pages["chains"], "charts": charts,
    }  # fmt: skip


def _chart(figure: Any) -> dict[str, Any]:
    """Return a figure as plain data; its title stands in the page, where it can be read aloud and broken in lines."""
    plain: dict[str, Any] = json.loads(figure.to_json())
    plain["layout"].pop("title", None)
    plain["layout"]["margin"] = {"l": 44, "r": 12, "t": 30, "b": 44}
    return plain


def _embed(name: str, value: Any) -> Markup:
    """Return data as a script element that is no script: JSON, packed where it is large."""
    text = to_json(value)
    if len(text) < _PACK_OVER:
        return Markup(f'<script type="application/json" id="{name}">{text}</script>')
    return _packed(name, text.encode())


def _packed(name: str, content: bytes) -> Markup:
    return Markup(f'<script type="application/deflate" id="{name}">{_pack(content)}</script>')


def _pack(content: bytes) -> str:
    return base64.b64encode(zlib.compress(content, 7)).decode("ascii")


@cache
def _plotly() -> Markup:
    """Return plotly's own script, packed: unpacked by the page when a chart comes into view."""
    from plotly.offline import get_plotlyjs

    return _packed("plotly", get_plotlyjs().encode())


@cache
def _asset(name: str) -> str:
    return files("tracing.report").joinpath("templates", name).read_text(encoding="utf-8")
