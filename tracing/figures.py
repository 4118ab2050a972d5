"""Plotly figures of results, in the house's colours: they say their finding in the title and label directly.

Every function takes results and returns a ``plotly.graph_objects.Figure``; where there is nothing to draw the figure
holds a sentence that says so. Person ids are the only thing shown of people.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import plotly.graph_objects as go

from tracing import colours
from tracing.curve import Curve, count_curve, say_curve
from tracing.text import catalogue, join, say, say_number
from tracing.times import DAY, EVER, local
from tracing.zones.frontier_words import measure_of, say_frontier, size_words

if TYPE_CHECKING:
    from tracing.chains.chains import Chains
    from tracing.chains.timeline import ChainRow, DrawnChain
    from tracing.model.geometry import Geometry
    from tracing.tiers.tiers import Tiers
    from tracing.zones.zones import Zones

_, _n = catalogue("tracing")

_FONT: Final = 'system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif'
#: Below this every day of the curve has its mark, and none has two.
_FEW_DAYS: Final = 10
_MOST_SQUARES: Final = 400
_ABOVE_LEFT: Final = {
    **{"x": 0, "xref": "paper", "xanchor": "left"},
    **{"y": 1.02, "yref": "paper", "yanchor": "bottom", "showarrow": False},
}
_INSIDE: Final = {"people": _("people inside"), "units": _("units inside")}
_HOVER: Final = {"people": _("{n} people", n="%{x:,d}"), "units": _("{n} units", n="%{x:,d}")}


def _layout(lang: str, title: str, **more: Any) -> dict[str, Any]:
    axis = {
        "showline": True,
        "linecolor": colours.LINE,
        "ticks": "outside",
        "tickcolor": colours.LINE,
        "gridcolor": colours.BAND,
        "zeroline": False,
        "fixedrange": True,
    }
    return {
        "template": None,
        "paper_bgcolor": colours.GROUND,
        "plot_bgcolor": colours.GROUND,
        "font": {"family": _FONT, "size": 14, "color": colours.INK},
        "title": {"text": escape(title), "x": 0, "xref": "paper", "font": {"size": 16}},
        "separators": ",." if lang == "vi" else ".,",
        "showlegend": False,
        "hovermode": "closest",
        "margin": {"l": 48, "r": 16, "t": 56, "b": 44},
        "dragmode": False,
        "xaxis": dict(axis),
        "yaxis": dict(axis),
        "height": 320,
    } | more


def _say_instead(sentence: str, lang: str) -> go.Figure:
    """Return a figure that holds a sentence where there is nothing to draw."""
    figure = go.Figure(layout=_layout(lang, ""))
    figure.update_layout(xaxis_visible=False, yaxis_visible=False, height=120)
    figure.add_annotation(text=escape(sentence), x=0, y=0.5, xref="paper", yref="paper", showarrow=False)
    return figure


def _date(at: int, zone: str) -> str:
    return local(at, zone).strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")


def _days(lang: str) -> dict[str, str]:
    return {"type": "date", "tickformat": _("%-d %b").say(lang), "hoverformat": _("%-d %b").say(lang)}


def epidemic_curve(tiers: Tiers, *, chains: Chains | None = None, lang: str = "en") -> go.Figure:
    """Return cases by day of onset (else sample, else confirmation); with ``chains``, open where no source is known.

    One square is one case while they can be counted, bars otherwise; days that are not complete yet lie in a grey band.
    """
    return draw_curve(count_curve(tiers, chains), lang=lang)


def draw_curve(curve: Curve, *, lang: str = "en") -> go.Figure:
    """Return the figure of a curve; see :func:`epidemic_curve`."""
    if curve.table.empty and curve.counted.empty:
        return _say_instead(say_curve(curve, lang), lang)
    table = curve.table.assign(open=~curve.table["source_known"].fillna(True))
    table = table.sort_values(["day", "open", "case"], kind="stable", ignore_index=True)
    table["level"] = table.groupby("day").cumcount()
    figure = go.Figure(layout=_layout(lang, say_curve(curve, lang), barmode="overlay", bargap=0))
    for is_open, word in ((False, _("source known").say(lang)), (True, _("no known source").say(lang))):
        rows = table[table["open"] == is_open]
        if rows.empty:
            continue
        if len(table) > _MOST_SQUARES:
            grouped = rows.groupby("day").agg(base=("level", "min"), height=("level", "size")).reset_index()
            x, base, height = grouped["day"].tolist(), grouped["base"].tolist(), grouped["height"].tolist()
            text = [say_number(n, lang) for n in height]
        else:
            x, base, height = rows["day"].tolist(), rows["level"].tolist(), [1] * len(rows)
            text = [escape(str(case)) for case in rows["case"]]
        figure.add_bar(
            x=[_date(int(at), curve.zone) for at in x],
            y=height,
            base=base,
            width=0.88 * DAY * 1000,
            name=word,
            hovertext=text,
            hovertemplate="%{hovertext}, %{x}<extra>" + word + "</extra>",
            textposition="none",
            marker={
                "color": colours.GROUND if is_open else colours.TIERS[0],
                "line": {"color": colours.TIERS[0] if is_open else colours.GROUND, "width": 1.5},
            },
        )
    _add_counted(figure, curve, lang)
    most = max([0, *(table["level"] + 1).tolist(), *curve.counted["number"].tolist()])
    _curve_axes(figure, curve, int(most), lang)
    return figure


def _add_counted(figure: go.Figure, curve: Curve, lang: str) -> None:
    """Draw the cases that lists only count: a line of diamonds over the bars."""
    if curve.counted.empty:
        return
    word = _("counted by lists, nobody known").say(lang)
    figure.add_scatter(
        x=[_date(int(at), curve.zone) for at in curve.counted["day"]],
        y=curve.counted["number"].tolist(),
        mode="lines+markers",
        name=word,
        hovertemplate="%{y:,d}, %{x}<extra>" + word + "</extra>",
        line={"color": colours.INK, "width": 1, "dash": "dot"},
        marker={"symbol": "diamond-open", "color": colours.INK, "size": 9, "opacity": 1},
    )


def _curve_axes(figure: go.Figure, curve: Curve, most: int, lang: str) -> None:
    days = [*curve.table["day"].tolist(), *curve.counted["day"].tolist()]
    first, last = int(min(days)), int(max(days))
    right = max(last + DAY, min(curve.end, last + 21 * DAY)) - DAY // 2
    figure.update_xaxes(
        **_days(lang),
        range=[_date(first - DAY // 2, curve.zone), _date(right, curve.zone)],
        tick0=_date(first, curve.zone),
        dtick=DAY * 1000 if right - first < _FEW_DAYS * DAY else None,
        showgrid=False,
    )
    figure.update_yaxes(range=[0, most * 1.12 + 0.2], dtick=1 if most <= 6 else None, tickformat=",d", nticks=6)
    keys = [] if curve.table["source_known"].fillna(True).all() else [_("■ source known  □ no known source")]
    keys += [] if curve.counted.empty else [_("◇ counted by lists")]
    if keys:
        figure.add_annotation(
            text="  ".join(key.say(lang) for key in keys),
            font={"color": colours.TIER_TEXT[0]},
            **_ABOVE_LEFT,
        )
    if curve.delay and curve.complete_until < right:
        left = max(curve.complete_until, first) - DAY // 2
        figure.add_vrect(
            x0=_date(left, curve.zone), x1=_date(right, curve.zone), fillcolor=colours.BAND, line_width=0, layer="below"
        )
        figure.add_annotation(
            text=_("not complete").say(lang),
            x=_date(right, curve.zone),
            y=1.02,
            yref="paper",
            xanchor="right",
            yanchor="bottom",
            showarrow=False,
            font={"color": colours.FAINT},
        )


def frontier(zones: Zones, *, step: int | None = None, lang: str = "en") -> go.Figure:
    """Return the frontier: people (else units) inside against the share of the risk inside, one point per step."""
    if zones.table.empty:
        return _say_instead(say_frontier(zones, lang), lang)
    chosen = zones.check_step(step)
    steps = zones.shown_steps()
    rows = zones.table.iloc[[s - 1 for s in steps]]
    share = (100 * rows["share"]).round(2).tolist()
    what = measure_of(zones)
    size = [int(n) for n in rows[what]]
    figure = go.Figure(layout=_layout(lang, say_frontier(zones, lang)))
    hover = _("step {step}: {size}, {share} %", step="%{customdata}", size=_HOVER[what], share="%{y:.0f}").say(lang)
    figure.add_scatter(
        x=size,
        y=share,
        customdata=steps,
        mode="lines+markers",
        hovertemplate=hover + "<extra></extra>",
        line={"color": colours.CORE, "width": 1.5},
        marker={
            "color": [colours.CORE if s == chosen else colours.GROUND for s in steps],
            "size": [15 if s == chosen else 8 for s in steps],
            "line": {"color": colours.CORE, "width": 1.5},
            "opacity": 1,
        },
    )
    figure.update_xaxes(
        rangemode="tozero",
        tickformat=",d",
        nticks=6,
        title={"text": _INSIDE[what].say(lang), "font": {"size": 14}},
    )
    figure.update_yaxes(range=[0, 108], ticksuffix=" %", nticks=6)
    figure.add_annotation(
        text=_("share of the risk held inside").say(lang),
        font={"color": colours.FAINT},
        **_ABOVE_LEFT,
    )
    return figure


def chain(source: Chains | Tiers, case: str, *, lang: str = "en", contacts: bool = False, most: int = 150) -> go.Figure:
    """Return the chain of a case on a time axis: onsets as dots, infectious windows as bars, links at their time.

    Parameters
    ----------
    source
        Chains, or tiers (their chains are traced first).
    contacts
        Follow exposures between cases rather than declared links.

    Raises
    ------
    NothingFound
        If there is no such case.
    """
    from tracing.chains.chains import Chains, trace_chains
    from tracing.chains.links import CONTACT, LINK
    from tracing.chains.timeline import chain_rows

    chains = source if isinstance(source, Chains) else trace_chains(source.graph, tiers=source)
    drawn = chain_rows(chains, case, basis=CONTACT if contacts else LINK, lang=lang, most=most)
    return _draw_chain(drawn, chains.zone_name, lang)


def _draw_chain(drawn: DrawnChain, zone: str, lang: str) -> go.Figure:
    from tracing.chains.timeline import day_range

    found = day_range(drawn)
    size = drawn.size
    if found is None:
        undated = _n("{n} case, without a date.", "{n} cases, none with a date.", size, n=size)
        return _say_instead(undated.say(lang), lang)
    first, last = found[0] - DAY, found[1] + DAY
    title = _n("{root}: {n} case in the chain", "{root}: {n} cases in the chain", size, root=drawn.root, n=size)
    figure = go.Figure(layout=_layout(lang, title.say(lang), height=90 + 24 * len(drawn.rows)))
    for place, row in enumerate(drawn.rows):
        for span, dash in ((row.possible, "dash"), (row.certain, "solid")):
            _line(figure, _clip(span, first, last), place, zone, color=colours.TIERS[0], width=5, dash=dash)
        dash = "solid" if row.exposure_certain and not row.impossible else "dash"
        _line(figure, _clip(row.exposure, first, last), place, zone, color=colours.TIERS[3], width=2, dash=dash)
        _link(figure, drawn, row, place, zone, (first, last))
    dots = [(place, row) for place, row in enumerate(drawn.rows) if row.date is not None]
    figure.add_scatter(
        x=[_date(row.date[0], zone) for _, row in dots if row.date],
        y=[place for place, _ in dots],
        mode="markers",
        marker={
            "size": 11,
            "color": [colours.TIERS[0] if r.date_of == "onset" else colours.GROUND for _, r in dots],
            "line": {"color": colours.TIERS[0], "width": 2},
        },
        hovertext=[escape(row.cases[0]) for _, row in dots],
        hoverinfo="text+x",
    )
    names = ["\u2003" * row.depth + (_folded(row, lang) if row.folded else escape(row.cases[0])) for row in drawn.rows]
    figure.update_xaxes(**_days(lang), range=[_date(first, zone), _date(last, zone)], side="top")
    figure.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=names,
        range=[len(names) - 0.4, -0.6],
        ticklabelstandoff=4,
        automargin=True,
        showline=False,
        ticks="",
    )
    return figure


def _folded(row: ChainRow, lang: str) -> str:
    return _n("{n} more case", "{n} more cases", row.total, n=row.total).say(lang)


def _clip(span: tuple[int, int] | None, first: int, last: int) -> tuple[int, int] | None:
    if span is None or span[0] > last or span[1] < first:
        return None
    return max(span[0], first), min(span[1], last)


def _line(figure: go.Figure, span: tuple[int, int] | None, place: int, zone: str, **style: Any) -> None:
    if span is not None:
        figure.add_scatter(
            x=[_date(span[0], zone), _date(span[1], zone)],
            y=[place, place],
            mode="lines",
            line=style,
            hoverinfo="skip",
            opacity=0.45 if style["width"] > 3 else 1,
        )


def _link(figure: go.Figure, drawn: DrawnChain, row: ChainRow, place: int, zone: str, ends: tuple[int, int]) -> None:
    """Draw the thin line from the source's row down to this one, at the time of the exposure, else of the date."""
    if row.above is None:
        return
    span = _clip(row.exposure, *ends) or row.date or ((row.dates[0],) * 2 if row.dates else None)
    if span is not None:
        at = _date(span[0], zone)
        style = {"color": colours.FAINT, "width": 1, "dash": "dot" if row.impossible else "solid"}
        figure.add_scatter(x=[at, at], y=[row.above, place], mode="lines", line=style, hoverinfo="skip")


def unit_map(zones: Zones, *, geometry: Geometry | None = None, step: int | None = None, lang: str = "en") -> go.Figure:
    """Return the units as a map: the core outlined, the buffer filled, cases counted.

    Units without a polygon stand at their coordinates; those with neither are counted in the title.
    """
    if zones.proposal is None:
        return _say_instead(say_frontier(zones, lang), lang)
    core, buffer = set(zones.core(step)), set(zones.buffer(step))
    shapes = geometry.shapes if geometry is not None else {}
    figure = go.Figure(layout=_layout(lang, "", height=520, hovermode="closest"))
    lost = 0
    for unit in zones.units.sort_values(["enters", "unit"], ascending=[False, True], na_position="first").to_dict(
        "records"
    ):
        inside, around = unit["unit"] in core, unit["unit"] in buffer
        lost += not _draw_unit(figure, unit, shapes, inside, around, lang)
    if lost == len(zones.units):
        sentence = _("No unit has a polygon or coordinates").say(lang)
        return _say_instead(f"{sentence}: {', '.join(sorted(core)[:10])}", lang)
    figure.update_yaxes(scaleanchor="x", visible=False)
    figure.update_xaxes(visible=False)
    title = [
        _n("Core of {n} unit, buffer of {m}", "Core of {n} units, buffer of {m}", len(core), n=len(core), m=len(buffer))
    ]
    if lost:
        title.append(_n("{n} unit has no place on the map", "{n} units have no place on the map", lost, n=lost))
    figure.update_layout(title_text=escape(join(title)(lang)))
    return figure


def _draw_unit(
    figure: go.Figure, unit: Mapping[Any, Any], shapes: Mapping[str, Any], inside: bool, around: bool, lang: str
) -> bool:
    """Draw one unit; false where it has neither a polygon nor coordinates."""
    outline = {"color": colours.CORE if inside else colours.LINE, "width": 3 if inside else 1}
    fill = colours.BUFFER if around else colours.GROUND
    known = not pd.isna(unit["people"])
    people = say(size_words(int(unit["people"]), "people"), lang) + ", " if known else ""
    text = f"{escape(str(unit['name']))}: {people}F0 {unit['f0']}"
    rings = shapes.get(str(unit["unit"]))
    if rings:
        x: list[float | None] = []
        y: list[float | None] = []
        for ring in rings:
            x += [point[0] for point in ring] + [None]
            y += [point[1] for point in ring] + [None]
        figure.add_scatter(
            x=x, y=y, mode="lines", fill="toself", fillcolor=fill, line=outline, text=text, hoverinfo="text"
        )
        return True
    lat, lon = unit["lat"], unit["lon"]
    if not isinstance(lat, float) or not isinstance(lon, float) or abs(lat) >= EVER:
        return False
    figure.add_scatter(
        x=[lon],
        y=[lat],
        mode="markers",
        hovertext=text,
        hoverinfo="text",
        marker={"size": 14, "symbol": "square", "color": fill, "line": outline},
    )
    return True
