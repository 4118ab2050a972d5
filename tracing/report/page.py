"""The whole page: sections, data, style and script in one file that needs nothing else."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tracing import colours
from tracing.chains.chains import Chains
from tracing.figures import draw_curve, frontier
from tracing.model.geometry import Geometry
from tracing.report import sections
from tracing.report.chains import chain_pages
from tracing.report.facts import PageFacts
from tracing.report.first_screen import first_view
from tracing.report.people import people_columns
from tracing.report.script_texts import SCRIPT_TEXTS
from tracing.report.steps import find_steps
from tracing.report.units import draw_units, full_names
from tracing.report.why import unit_answers
from tracing.text import catalogue, say_number
from tracing.tiers.tiers import Tiers
from tracing.zones.zones import Zones

_, _n = catalogue("tracing")

_SCRIPTS: Final = ("base.js", "zones.js", "people.js", "chains.js", "charts.js")
_PACK_OVER: Final = 100_000
_JSON_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class Embedded:
    """Data in a script element that is no script: JSON, packed where it is large."""

    type: str
    text: Markup


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
    print_lists: bool = False,
    names: Mapping[str, str] | None = None,
    told: Mapping[str, str] | None = None,
) -> str:
    """Return the report as one HTML page that needs no network and no other file.

    The same results give the same bytes. Nothing of a person's phone, identity number or address is ever in it.

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
    print_lists
        Print everything, the people too; else the two sheets of A4 that a decision needs.
    names
        Names of areas by code, for those that have none on record.
    told
        From which lists a person's facts come, by person: a sentence in the page's language.

    Raises
    ------
    ValueError
        If ``lang`` is neither "vi" nor "en".
    """
    if lang not in ("vi", "en"):
        raise ValueError(f"no such language: {lang}")
    facts = PageFacts(
        tiers=tiers,
        chains=chains,
        zones=zones,
        lang=lang,
        show_names=show_names,
        masked=masked and not show_names,
        other_names=({} if geometry is None else dict(geometry.names)) | dict(names or {}),
        told=told or {},
    )
    return _render(facts, chain_pages(facts, case), findings, geometry, print_lists=print_lists)


def _render(
    facts: PageFacts,
    drawn: dict[str, Any],
    findings: pd.DataFrame | None,
    geometry: Geometry | None,
    *,
    print_lists: bool,
) -> str:
    steps = find_steps(facts)
    return (
        make_templates(facts.lang)
        .get_template("page.html")
        .render(
            lang=facts.lang,
            named=facts.show_names,
            print_lists=print_lists,
            style=Markup(colours.css_properties() + read_asset("page.css")),
            script=Markup("\n".join(read_asset(name) for name in _SCRIPTS)),
            data=_embed(_data(facts, steps, drawn)),
            people_data=_embed(people_columns(facts)),
            plotly=_plotly(),
            first=first_view(facts, steps),
            map=draw_units(facts, geometry),
            chains=drawn if facts.counts["cases"] or len(facts.chains.table) else None,
            options=sections.options_view(facts, steps),
            quality=sections.quality_view(facts, findings),
            answers=unit_answers(facts),
            people=_people(facts),
            **{name: view(facts) for name, view in sections.SECTIONS.items()},
        )
    )


def make_templates(lang: str) -> Environment:
    """Return the templates in one language: what is not known to a template is an error, every text is escaped."""
    made = Environment(
        loader=PackageLoader("tracing.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "_": lambda message, **values: _(message, **values).say(lang),
        "_n": lambda one, many, count, **values: _n(one, many, count, **values).say(lang),
        "say": lambda text: text if isinstance(text, str) else text.say(lang),
        "number": lambda value: say_number(value, lang),
    }
    return made


def _people(facts: PageFacts) -> dict[str, Any] | None:
    """Return what stands around the list of people; None where nobody is listed."""
    if facts.tiers.table.empty:
        return None
    near = facts.tiers.co_present["person"].nunique()
    depths = sorted({int(t) for t in facts.tiers.table["tier_possible"].dropna()})
    return {"tiers": [*depths, *([-1] if near else [])], "near": near, "apart": sections.apart_view(facts)}


def _data(facts: PageFacts, steps: list[dict[str, Any]], drawn: dict[str, Any]) -> dict[str, Any]:
    units = facts.zones.units
    charts: dict[str, Any] = {}
    if steps:
        charts["frontier"] = _chart(frontier(facts.zones, lang=facts.lang))
    if len(facts.curve.table) or len(facts.curve.counted):
        charts["curve"] = _chart(draw_curve(facts.curve, lang=facts.lang))
    return {
        "lang": facts.lang,
        "texts": {name: facts.say(text) for name, text in SCRIPT_TEXTS.items()},
        "steps": steps,
        "own": facts.zones.proposal,
        "enters": [None if pd.isna(n) else int(n) for n in units["enters"].tolist()],
        "units": full_names(facts),
        "chains": drawn["chains"],
        "charts": charts,
    }


def _chart(figure: Any) -> dict[str, Any]:
    """Return a figure as plain data; its title stands in the page, where it can be read aloud and broken in lines."""
    plain: dict[str, Any] = json.loads(figure.to_json())
    plain["layout"].pop("title", None)
    plain["layout"]["margin"] = {"l": 44, "r": 12, "t": 30, "b": 44}
    return plain


def to_json(value: Any) -> Markup:
    """Return a value as JSON that may stand inside a script element: no tag can begin or end in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for letter, safe in _JSON_ESCAPES.items():
        text = text.replace(letter, safe)
    return Markup(text)


def _embed(value: Any) -> Embedded:
    text = to_json(value)
    return Embedded("application/json", text) if len(text) < _PACK_OVER else _packed(text.encode())


def _packed(content: bytes) -> Embedded:
    return Embedded("application/deflate", Markup(base64.b64encode(zlib.compress(content)).decode("ascii")))


@cache
def _plotly() -> Embedded:
    """Return plotly's own script, packed: unpacked by the page when a chart comes into view."""
    from plotly.offline import get_plotlyjs

    return _packed(get_plotlyjs().encode())


@cache
def read_asset(name: str) -> str:
    """Return the text of a file beside the templates."""
    return files("tracing.report").joinpath("templates", name).read_text(encoding="utf-8")
