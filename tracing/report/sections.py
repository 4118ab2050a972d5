"""The sections under the first screen, in the order in which they are asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pandas as pd

from tracing import colours
from tracing.chains.links import REASONS
from tracing.curve import say_curve
from tracing.figures import say_frontier
from tracing.policy.describe import describe_policy
from tracing.report.facts import Facts
from tracing.report.markup import Child, Markup, tag
from tracing.report.quality import quality_sentences, unknown_sentences
from tracing.report.units import full_names
from tracing.risk.parameters import named_quantities
from tracing.text import say_day
from tracing.zones.describe import reason_sentence, review_sentences

_UNITS: Final = 15
_EVIDENCE: Final = 8
_ALTERNATIVES: Final = 12
_COLUMNS: Final = ("units", "people", "households", "share", "outside", "cut", "posts")


def section(name: str, title: str, *children: Child) -> Markup:
    """Return a section with its heading."""
    return tag("section", tag("h2", title), children, id=name)


def table_of(
    heads: Sequence[str],
    rows: Iterable[Sequence[Child]],
    *,
    figures: Sequence[int] = (),
    marked: Sequence[int] = (),
    class_: str | None = None,
) -> Markup:
    """Return a table; columns ``figures`` are flush right, rows ``marked`` stand out. It scrolls in itself."""
    head = tag(
        "tr", [tag("th", text, scope="col", class_="n" if at in figures else None) for at, text in enumerate(heads)]
    )
    body = [
        tag("tr", [tag("td", cell, class_="n" if at in figures else None) for at, cell in enumerate(row)],
            class_="here" if number in marked else None)
        for number, row in enumerate(rows)
    ]  # fmt: skip
    return tag("div", tag("table", tag("thead", head), tag("tbody", body), class_=class_), class_="scroll", tabindex=0)


def why_section(facts: Facts) -> Markup | None:
    """Return why each unit is in the core, with the contact path of the person who weighs most."""
    zones, words = facts.zones, facts.words
    if zones.proposal is None:
        return None
    names = full_names(facts)
    core = set(zones.core())
    inside = zones.units[zones.units["unit"].isin(core)].sort_values(["expected", "unit"], ascending=[False, True])
    blocks = [_why(facts, row, names[at], number) for number, (at, row) in
              enumerate(zip(inside.index[:_UNITS], inside.to_dict("records"), strict=False))]  # fmt: skip
    more = tag("p", words("why.more", n=len(inside) - _UNITS), class_="note") if len(inside) > _UNITS else None
    return section(
        "why", words("why"), tag("p", words("why.step"), class_="note"), tag("ol", blocks, class_="why"), more
    )


def _why(facts: Facts, unit: dict[Any, Any], name: str, number: int) -> Markup:
    zones, words = facts.zones, facts.words
    people = [] if pd.isna(unit["people"]) else [words("people.n", n=int(unit["people"])), " · "]
    head = tag("p", tag("strong", name), " · ", people,
               f"F0 {words.number(unit['f0'])}, F1 {words.number(unit['f1'])}, F2 {words.number(unit['f2'])} · ",
               f"{words('expected')}: {words.number(100 * float(unit['share']))} %")  # fmt: skip
    rows = zones.reasons[zones.reasons["unit"] == unit["unit"]]
    heavy = rows[(rows["share"] >= 0.005) | (rows["share"] == rows["share"].max())]
    reasons = [tag("li", reason_sentence(zones, row, facts.lang, shown=facts.shown)) for _, row in heavy.iterrows()]
    return tag("li", head, tag("ul", reasons), _path(facts, rows) if number < _EVIDENCE else None)


def _path(facts: Facts, rows: pd.DataFrame) -> Markup | None:
    """Return the contact path of the heaviest person who is no case, else of the heaviest."""
    from tracing.evidence.evidence import explain

    if rows.empty:
        return None
    contacts = rows[rows["tier"] > 0]
    person = str((contacts if len(contacts) else rows)["person"].iloc[0])
    text = explain(facts.tiers, person, otherwise=False).text(facts.lang)
    return tag("details", tag("summary", f"{facts.words('why.evidence')}: {facts.shown(person)}"), tag("pre", text))


def options_section(facts: Facts) -> Markup | None:
    """Return the frontier as a figure and its steps side by side."""
    words, zones = facts.words, facts.zones
    if not facts.steps:
        return None
    steps = {step["step"]: step for step in facts.steps}
    near = [zones.proposal + d for d in (-1, 0, 1)] if zones.proposal is not None else []
    shown = sorted({s for s in (*zones.shown_steps(_ALTERNATIVES), *near) if s in steps})
    rows, marked = [], []
    for number, at in enumerate(shown):
        step = steps[at]
        own = at == zones.proposal
        marked += [number] if own else []
        name: Child = [words.number(at), tag("small", f" {words('proposed')}")] if own else words.number(at)
        rows.append([name, *(_cell(facts, step[key]) for key in _COLUMNS)])
    heads = [words("col.step"), *(words(f"col.{key}") for key in _COLUMNS)]
    return section(
        "options", words("options"), tag("p", say_frontier(zones, facts.lang), class_="finding"),
        tag("div", id="chart-frontier", class_="chart", data_chart="frontier"),
        table_of(heads, rows, figures=range(len(heads)), marked=marked),
    )  # fmt: skip


def _cell(facts: Facts, value: float | None) -> str:
    if value is None:
        return "?"
    return facts.words.number(value, 0 if isinstance(value, int) else facts.digits(value))


def curve_section(facts: Facts) -> Markup | None:
    """Return the epidemic curve with its finding, and its numbers as a table."""
    words, curve = facts.words, facts.curve
    if not facts.counts["cases"]:
        return None
    if curve.table.empty:
        return section("curve", words("curve"), tag("p", say_curve(curve, facts.lang), class_="empty"))
    by_day = (
        curve.table.assign(open=~curve.table["source_known"].fillna(True)).groupby("day")["open"].agg(["size", "sum"])
    )
    rows = [[say_day(int(at), facts.lang, facts.zone_name), words.number(int(n)), words.number(int(unknown))]
            for at, n, unknown in zip(by_day.index, by_day["size"], by_day["sum"], strict=True)]  # fmt: skip
    heads = [words("day"), words("count"), words("unknown_source")]
    notes = [words("curve.source")]
    notes += [words("curve.undated", n=curve.undated)] if curve.undated else []
    notes += [words("curve.delay", n=curve.delay)] if curve.delay else []
    return section(
        "curve", words("curve"), tag("p", say_curve(curve, facts.lang), class_="finding"),
        tag("div", id="chart-curve", class_="chart", data_chart="curve"),
        tag("p", " ".join(notes), class_="note"),
        tag("details", tag("summary", words("as_table")), table_of(heads, rows, figures=(1, 2)), class_="numbers"),
    )  # fmt: skip


def chains_section(facts: Facts, pages: dict[str, Any]) -> Markup | None:
    """Return the place where one chain at a time is drawn; a sentence where there is none."""
    words = facts.words
    if not facts.counts["cases"] and not len(facts.chains.table):
        return None
    if not pages["chains"]:
        return section("chains", words("chains"), tag("p", words("chains.none"), class_="empty"))
    options = [
        tag("option", words("chains.option", root=chain["root"], n=chain["size"]), value=number)
        for number, chain in enumerate(pages["chains"])
    ]
    pick = tag("label", words("chains.pick"), " ", tag("select", options, id="chain-pick"), class_="pick")
    left = tag("p", words("chains.missing", n=pages["left"]), class_="note") if pages["left"] else None
    keys = ("onset", "other", "window", "possible", "exposure")
    key = tag("p", [tag("span", tag("i", class_=f"sign {name}"), words(f"key.{name}")) for name in keys],
              tag("span", words("key.impossible")), class_="key")  # fmt: skip
    return section("chains", words("chains"), tag("p", words(f"chains.{pages['basis']}"), class_="note"), pick, key,
                   tag("div", id="chain"), left)  # fmt: skip


def people_section(facts: Facts) -> Markup:
    """Return the search, the filters and the frame of the table of people; its rows come from the data."""
    words = facts.words
    notice = tag("p", words("people.named" if facts.show_names else "people.masked"), class_="note")
    if facts.tiers.table.empty:
        return section("people", words("people"), tag("p", words("people.none"), class_="empty"))
    find = words("people.find.names" if facts.show_names else "people.find")
    depths = sorted({int(t) for t in facts.tiers.table["tier_possible"].dropna()})
    near = [-1] if len(facts.tiers.co_present) else []
    tiers = tag("div", [
        tag("label", tag("input", type="checkbox", value=t, checked=t >= 0, class_="tier"),
            tag("span", words("p.co") if t < 0 else f"F{t}", class_=f"t t{t if 0 <= t < 3 else 3 if t >= 0 else 'c'}"))
        for t in (*depths, *near)], class_="tiers", role="group", aria_label=words("p.tier"))  # fmt: skip
    choose = [
        _choice("sure", ((("", "p.sure_only")), ("1", "p.certain"), ("0", "p.possible")), words("p.tier"), facts),
        tag("select", tag("option", words("p.any_commune"), value=""), id="commune", aria_label=words("p.commune")),
        tag(
            "select", tag("option", words("p.any_isolation"), value=""), id="isolation", aria_label=words("p.isolated")
        ),
    ]
    return section(
        "people", words("people"), notice,
        tag("div", tag("input", type="search", id="find", placeholder=find, aria_label=find, autocomplete="off"), tiers,
            choose, class_="filters"),
        tag("p", "", id="people-shown", class_="note", role="status"),
        tag("div", id="people-table", class_="people", role="table", tabindex=0, aria_label=words("people")),
        tag("div", id="people-print"),
        _near(facts),
    )  # fmt: skip


def _choice(name: str, options: Sequence[tuple[str, str]], label: str, facts: Facts) -> Markup:
    return tag(
        "select", [tag("option", facts.words(key), value=value) for value, key in options], id=name, aria_label=label
    )


def _near(facts: Facts) -> Markup | None:
    count = facts.tiers.co_present["person"].nunique()
    return tag("p", facts.words("co_present", n=int(count)), class_="note") if count else None


def lists_section(facts: Facts) -> Markup | None:
    """Return who is listed by commune, as counts."""
    words, table = facts.words, facts.tiers.table
    if table.empty:
        return None
    commune = [None if pd.isna(code) else str(code) for code in facts.commune.tolist()]
    due = table["person"].astype(str).isin(facts.due).tolist()
    tier = table["tier_possible"].to_numpy(dtype=object)
    counts: dict[str | None, Counter[str]] = {}
    for code, t, is_due in zip(commune, tier, due, strict=True):
        row = counts.setdefault(code, Counter())
        row[f"F{min(int(t), 3)}"] += 1
        row["free"] += int(is_due)
    order = sorted(counts, key=lambda c: (-counts[c]["F0"], -counts[c]["F1"], c is None, str(c)))
    rows = [
        [facts.area_name(c), *(words.number(counts[c][k]) for k in ("F0", "F1", "F2", "F3", "free"))] for c in order
    ]
    heads = [words("p.commune"), "F0", "F1", "F2", "F3+", words("lists.free")]
    return section("lists", words("lists"), table_of(heads, rows, figures=range(1, 6)),
                   tag("p", words("lists.export"), class_="note"))  # fmt: skip


def quality_section(facts: Facts, findings: pd.DataFrame | None) -> Markup:
    """Return what is wrong or thin in the records: counts, faulty links, the findings of loading."""
    words = facts.words
    parts: list[Child] = [tag("ul", [tag("li", text) for text in quality_sentences(facts)])]
    links = facts.chains.counts()
    if links:
        rows = [f"{words.number(n)} × {REASONS[code][1].say(facts.lang)} [{code}]" for code, n in links.items()]
        parts += [tag("h3", words("quality.links")), tag("ul", [tag("li", row) for row in rows])]
    if findings is not None and len(findings):
        message = f"message_{facts.lang}"
        grouped = Counter((str(r["severity"]), str(r["code"]), str(r["file"])) for r in findings.to_dict("records"))
        example = findings.drop_duplicates(["severity", "code", "file"]).set_index(["severity", "code", "file"])[
            message
        ]
        items = [f"{words.number(n)} × {example[key]} ({key[2]}) [{key[1]}]" for key, n in grouped.most_common(40)]
        parts += [tag("h3", words("quality.load")), tag("ul", [tag("li", item) for item in items])]
    else:
        parts.append(tag("p", words("quality.check"), class_="note"))
    return section("quality", words("quality"), parts)


def unknown_section(facts: Facts) -> Markup:
    """Return what is not known, and when to look again."""
    words = facts.words
    parts: list[Child] = [tag("ul", [tag("li", text) for text in unknown_sentences(facts)])]
    if facts.zones.proposal is not None:
        review = [tag("li", text.say(facts.lang)) for text in review_sentences(facts.zones)]
        parts += [tag("h3", words("review")), tag("ul", review)]
    return section("unknown", words("unknown"), parts)


def method_section(facts: Facts) -> Markup:
    """Return how it was computed: the rule with its sources, the numbers behind risk and zones."""
    words, zones = facts.words, facts.zones
    numbers = [*named_quantities(zones.risk.parameters), *named_quantities(zones.parameters)]
    rows = [
        [name, f"{words.number(q.value, 0 if q.value == int(q.value) else 4 if abs(q.value) < 0.01 else 2)} "
         f"{'' if q.unit == '1' else q.unit}".strip(),
         [q.source, None if q.verified else tag("em", f" [{words('not_verified')}]")]]
        for name, q in numbers
    ]  # fmt: skip
    heads = [words("number"), words("value"), words("source")]
    return section(
        "method", words("method"), tag("p", words("method.tiers")), tag("p", words("method.zones")),
        tag("details", tag("summary", words("method.rule"), f": {facts.tiers.policy.id}"),
            tag("pre", describe_policy(facts.tiers.policy, lang=facts.lang))),
        tag("details", tag("summary", words("method.numbers")), table_of(heads, rows, figures=(1,), class_="sources")),
    )  # fmt: skip


def made_section(facts: Facts) -> Markup:
    """Return what the page was made from."""
    words = facts.words
    made = dict(facts.zones.provenance) | dict(facts.tiers.provenance)
    keys = ("as_of", "policy", "policy_digest", "inputs", "version", "cases", "smallest", "score")
    rows = [[words(f"made.{key}"), str(made[key])] for key in keys if made.get(key)]
    files = sorted({name for frame in facts.tiers.graph.records.tables.values()
                    for name in frame["source_file"].dropna().unique().tolist()})  # fmt: skip
    if files:
        told = ", ".join(str(name) for name in files[:40])
        rows.append([words("made.files"), told + (f" … (+{len(files) - 40})" if len(files) > 40 else "")])
    body = [tag("div", tag("dt", name), tag("dd", value)) for name, value in rows]
    return section("made", words("made"), tag("dl", body, class_="made"), tag("p", words("made.same"), class_="note"))


def colour_rules() -> str:
    """Return the house's colours as custom properties of the page's style sheet."""
    named = {f"f{k}": colour for k, colour in enumerate(colours.TIERS)}
    named |= {f"f{k}-text": colour for k, colour in enumerate(colours.TIER_TEXT)}
    named |= {"co": colours.CO_PRESENT, "core": colours.CORE, "buffer": colours.BUFFER, "ink": colours.INK,
              "faint": colours.FAINT, "line": colours.LINE, "band": colours.BAND, "ground": colours.GROUND}  # fmt: skip
    return ":root{" + ";".join(f"--{name}:{colour}" for name, colour in named.items()) + "}"
