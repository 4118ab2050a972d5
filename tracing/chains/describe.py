"""Chains in sentences: the summary of all of them, and the answers to backward and sideward."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from tracing.chains.chains import Chains
from tracing.chains.judge import REASONS
from tracing.chains.links import ALWAYS, CONTACT
from tracing.chains.text_tree import Row
from tracing.spelling import without_person
from tracing.text import Text, catalogue, say, say_day, say_number
from tracing.times import EVER, NEVER

_, _n = catalogue("tracing")

_KNOWN: Final = {
    "certain": _("certain"),
    "possible": _("possible"),
    "doubtful": _("doubtful"),
    "impossible": _("impossible"),
    "gap": _("gap in the records"),
}
_BASES: Final = {
    "link": _("declared link"),
    "contact": _("contact"),
    "place": _("same place and time"),
    "source": _("same source"),
}
_SHOWN: Final = 12


def describe_chains(chains: Chains, *, lang: str = "en", show: int = _SHOWN) -> list[Row]:
    """Return the summary of all chains as rows of (text, style): the finding, roots, who led to most, faults.

    ``show`` is the most that is listed of each; the rest is counted.
    """
    table, rows = chains.table, []
    cases, links = int(table["case"].sum()), chains.links.number_of_edges()
    if not len(table):
        return [((_("No case is on record.").say(lang), "title"),)]
    if not links:
        rows.append(_("{cases} cases, no declared link: nothing on record says who led to whom.", cases=cases))
    else:
        count, unlinked = len(chains.components), len(chains.unlinked)
        rows.append(
            _(
                "{cases}, {links}, {chains}; {unlinked}.",
                cases=_n("{n} case", "{n} cases", cases, n=cases),
                links=_n("{n} declared link", "{n} declared links", links, n=links),
                chains=_n("{n} chain", "{n} chains", count, n=count),
                unlinked=_n("{n} case without any link", "{n} cases without any link", unlinked, n=unlinked),
            )
        )
        rows.append(
            _(
                "Greatest depth {depth} (links on record; not a count of infections in a row). Longest chain: {path}",
                depth=chains.depth,
                path=_path(chains.longest),
            )
            if len(chains.longest)
            else _("No link can be followed in time: greatest depth 0.")
        )
    if chains.tiers is not None and (chains.edges["basis"] == CONTACT).any():
        able = int((table["contact_sources"].map(len) > 0).sum())
        rows.append(
            _(
                "By dated contacts: {able} cases may have been infected by another case; {rest} have no such source.",
                able=able,
                rest=cases - able,
            )
        )
    out: list[Row] = [((text.say(lang), "title" if n == 0 else "plain"),) for n, text in enumerate(rows)]
    out += describe_period(chains, lang=lang)
    out += _roots(chains, lang, show) + _secondary(chains, lang, show) + _circles(chains, lang, show)
    several, missing = list(chains.several), list(chains.missing)
    if several:
        out += [_head(_("Several sources ({n})", n=len(several)), lang), _listed(several, lang, show)]
    if missing:
        out += [_head(_("Source not in the line list ({n})", n=len(missing)), lang), _listed(missing, lang, show)]
    return out + _faults(chains, lang)


def _head(text: Text, lang: str) -> Row:
    return ((text.say(lang), "title"),)


def _path(path: tuple[str, ...]) -> str:
    return " > ".join(path) if len(path) <= _SHOWN else f"{' > '.join(path[:3])} > … > {' > '.join(path[-3:])}"


def _listed(items: list[str], lang: str, show: int) -> Row:
    more = len(items) - show
    tail = "  " + _("… and {n} more", n=more).say(lang) if more > 0 else ""
    return ((f"  {', '.join(items[:show])}{tail}", "plain"),)


def _roots(chains: Chains, lang: str, show: int) -> list[Row]:
    if not chains.roots:
        return []
    below = dict(zip(chains.table["id"].tolist(), chains.table["descendants"].tolist(), strict=True))
    order = sorted(chains.roots, key=lambda root: (-below[root], root))
    items = [f"{root} ({say_number(below[root], lang)})" for root in order]
    return [_head(_("Roots (cases after them) ({n})", n=len(order)), lang), _listed(items, lang, show)]


def _circles(chains: Chains, lang: str, show: int) -> list[Row]:
    """Return each circle as it was declared, back to where it began."""
    if not chains.circles:
        return []
    count = len(chains.circles)
    head = _n("Links that run in a circle ({n})", "Links that run in circles ({n})", count, n=count)
    rows: list[Row] = [((f"  {_path((*circle, circle[0]))}", "impossible"),) for circle in chains.circles[:show]]
    more = count - show
    rows += [((f"  {_('… and {n} more', n=more).say(lang)}", "plain"),)] if more > 0 else []
    return [_head(head, lang), *rows]


def describe_period(chains: Chains, *, lang: str = "en") -> list[Row]:
    """Return one line on the period and on links that have no date; nothing where all have their dates."""
    said: list[Text] = []
    if chains.period != ALWAYS:
        said.append(_("Period {period}: {n} declared links lie outside it.", period=_period(chains), n=chains.outside))
    if chains.undated and (chains.period != ALWAYS or chains.undated < chains.links.number_of_edges()):
        said.append(
            _n(
                "{n} declared link has no date: it may fit anywhere, and counts as possible.",
                "{n} declared links have no date: they may fit anywhere, and count as possible.",
                chains.undated,
                n=chains.undated,
            )
        )
    return [((" ".join(text.say(lang) for text in said), "faint"),)] if said else []


def _period(chains: Chains) -> Callable[[str], str]:
    """Return a text in any language: from the first to the last day of the period, as far as it has ends."""

    def told(lang: str) -> str:
        first, until = chains.period
        days = [say_day(at, lang, chains.zone_name) for at in (first, until - 1) if abs(at) < EVER // 2]
        if len(days) == 2:
            return f"{days[0]}–{days[1]}"
        words = _("from {day}", day=days[0]) if first > NEVER else _("until {day}", day=days[0])
        return words.say(lang)

    return told


def _secondary(chains: Chains, lang: str, show: int) -> list[Row]:
    table = chains.table[chains.table["secondary"] > 0].sort_values(["secondary", "id"], ascending=[False, True])
    if table.empty:
        return []
    counts = [int(n) for n in table["secondary"]]
    whole, so_far, few = sum(counts), 0, 0
    while so_far < 0.8 * whole:
        so_far, few = so_far + counts[few], few + 1
    items = [f"{case} {say_number(n, lang)}" for case, n in zip(table["id"], counts, strict=True)]
    share = round(100 * so_far / whole)
    most = _("The first {few} of them account for {share} % of the links.", few=few, share=share)
    return [_head(_("Secondary cases"), lang), _listed(items, lang, show), (("  " + most.say(lang), "plain"),)]


def _faults(chains: Chains, lang: str) -> list[Row]:
    counts = chains.counts()
    if not counts:
        return []
    out: list[Row] = [_head(_("Links to look at"), lang)]
    for code, count in counts.items():
        severity, reason = REASONS[code]
        style = "impossible" if severity == "impossible" else "plain"
        text = f"  {say_number(count, lang)} × {say(_KNOWN[severity], lang)}: {say(reason, lang)}  [{code}]"
        out.append(((text, style),))
    return out


def describe_backward(chains: Chains, case: str, *, lang: str = "en", show: int = 20) -> list[Row]:
    """Return who could have been the source of ``case`` as rows of (text, style), impossible ones with the reason.

    Contacts with one source that are alike in status, reason, rule and place are one row.
    """
    person = chains.find(case)
    found = _rows_of(chains.backward(person))
    able = any(row.steps == 1 and row.status != "impossible" for row in found)
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in found:
        alike = (row.source, row.basis, row.steps, row.status, row.reason, row.clause, row.place)
        groups.setdefault(alike, []).append(row)
    if able:
        title = _("Who could have been the source of {id}", id=person)
    else:
        title = _("Nobody on record could have been the source of {id}: the source is unknown.", id=person)
    rows = [_head(title, lang)]
    rows += [_candidate(group, lang, chains.zone_name) for group in list(groups.values())[:show]]
    rows += _rest(len(groups) - show, lang)
    always = _("An unknown source always remains possible.").say(lang)
    return [*rows, (("  " + always, "faint"),)] if able else rows


def _candidate(group: list[Any], lang: str, zone: str) -> Row:
    """Return one row for contacts (or a link) of one source that are alike."""
    row = group[0]
    sure = any(other.reading == "certain" for other in group)
    known = row.status if row.status != "possible" or not sure or row.basis != CONTACT else "certain"
    parts = [
        row.source,
        say(_n("{n} contact", "{n} contacts", len(group), n=len(group)) if len(group) > 1 else _BASES[row.basis], lang),
        say(_("{n} links before", n=row.steps) if row.steps > 1 else _KNOWN[known], lang),
    ]
    firsts = [other.first for other in group if other.first is not None]
    lasts = [other.last for other in group if other.last is not None]
    parts += [
        _when(min(firsts, default=None), max(lasts, default=None), lang, zone),
        without_person(row.place or ""),
        row.clause or "",
    ]
    parts += [say(REASONS[row.reason][1], lang)] if row.reason is not None else []
    style = "impossible" if row.status == "impossible" else "plain" if sure else "possible"
    return (("  " + " · ".join(part for part in parts if part), style),)


def describe_sideward(chains: Chains, case: str, *, lang: str = "en", show: int = 20) -> list[Row]:
    """Return who else was there as rows of (text, style): one row per shared source, and per place and day."""
    person = chains.find(case)
    found = chains.sideward(person)
    if found.empty:
        nobody = _("Nobody else is on record at the same place and time as {id}, or with the same source.", id=person)
        return [_head(nobody, lang)]
    count = int(found["person"].nunique())
    rows = [_head(_("Who else was there with {id} (people: {n})", id=person, n=count), lang)]
    groups: dict[tuple[str, str, str], set[tuple[bool, str]]] = {}
    for row in _rows_of(found):
        when = _when(row.start, row.start, lang, chains.zone_name) if row.basis == "place" else ""
        groups.setdefault((row.basis, row.shared, when), set()).add((not row.case, row.person))
    ordered = sorted(groups.items(), key=lambda item: item[0][0] != "source")
    for (basis, shared, when), people in ordered[:show]:
        cases = sum(not other for other, _ in people)
        head = " · ".join(part for part in (say(_BASES[basis], lang), without_person(shared), when) if part)
        there = _("people: {n}, cases: {cases}", n=len(people), cases=cases).say(lang)
        ids = [who for _, who in sorted(people)]
        rows.append(((f"  {head} · {there}:{_listed(ids, lang, 8)[0][0][1:]}", "plain"),))
    return rows + _rest(len(ordered) - show, lang)


def _rest(more: int, lang: str) -> list[Row]:
    return [(("  " + _("… and {n} more (--json has all)", n=more).say(lang), "faint"),)] if more > 0 else []


def _rows_of(frame: pd.DataFrame) -> list[Any]:
    """Return the rows as named tuples, None where there is nothing."""
    plain = frame.astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False))


def _when(first: int | None, last: int | None, lang: str, zone: str) -> str:
    if first is None or abs(first) >= EVER // 2:
        return ""
    start = say_day(first, lang, zone, year=False)
    end = start if last is None or abs(last) >= EVER // 2 else say_day(last, lang, zone, year=False)
    return start if start == end else f"{start}–{end}"
