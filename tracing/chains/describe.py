"""Chains in sentences: the summary of all of them, and the answers to backward and sideward, in both languages."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from tracing.chains.chains import Chains
from tracing.chains.draw import Row, number, short_day
from tracing.chains.links import CONTACT, REASONS
from tracing.times import EVER

_TEXTS: Final = {
    "none": ("Không có ca bệnh nào trong hồ sơ.", "No case is on record."),
    "no_links": (
        "{cases} ca, không có liên kết khai báo nào: hồ sơ không ghi ai lây cho ai.",
        "{cases} cases, no declared link: nothing on record says who led to whom.",
    ),
    "summary": (
        "{cases} ca, {links} liên kết khai báo, {chains} chuỗi; {unlinked} ca không có liên kết nào.",
        "{cases} cases, {links} declared links, {chains} chains; {unlinked} cases without any link.",
    ),
    "depth": (
        "Độ sâu lớn nhất {depth} (số liên kết có trong hồ sơ, không phải số lần lây nối tiếp nhau)."
        " Chuỗi dài nhất: {path}",
        "Greatest depth {depth} (links on record; not a count of infections in a row). Longest chain: {path}",
    ),
    "few": (
        "{few} ca đứng đầu chiếm {share} % các liên kết.",
        "The first {few} of them account for {share} % of the links.",
    ),
    "roots": ("Ca gốc (ca phía sau, độ sâu)", "Roots (cases after them, depth)"),
    "secondary": ("Số ca thứ phát trực tiếp", "Secondary cases"),
    "several": ("Nhiều nguồn", "Several sources"),
    "missing": ("Nguồn không có trong danh sách ca", "Source not in the line list"),
    "faults": ("Liên kết cần xem lại", "Links to look at"),
    "contacts": (
        "Theo tiếp xúc có ngày: {able} ca có thể đã bị một ca khác lây; {rest} ca không có nguồn nào như vậy.",
        "By dated contacts: {able} cases may have been infected by another case; {rest} have no such source.",
    ),
    "more": ("… và {n} nữa", "… and {n} more"),
    "more.rows": ("… và {n} dòng nữa (--json có đủ)", "… and {n} more (--json has all)"),
    "contacts.some": ("{n} tiếp xúc", "{n} contacts"),
    "people": ("{n} người, {cases} ca", "people: {n}, cases: {cases}"),
    "backward": ("Ai có thể là nguồn của {id}", "Who could have been the source of {id}"),
    "backward.none": (
        "Hồ sơ không có ai có thể là nguồn của {id}: nguồn chưa rõ.",
        "Nobody on record could have been the source of {id}: the source is unknown.",
    ),
    "unknown": (
        "Nguồn chưa rõ vẫn luôn là một khả năng.",
        "An unknown source always remains possible.",
    ),
    "sideward": ("Ai khác cũng ở đó cùng {id} ({n} người)", "Who else was there with {id} (people: {n})"),
    "sideward.none": (
        "Hồ sơ không có ai khác ở cùng nơi, cùng lúc hoặc cùng nguồn với {id}.",
        "Nobody else is on record at the same place and time as {id}, or with the same source.",
    ),
    "forward.none": ("Hồ sơ không có ca nào sau {id}.", "No case on record comes after {id}."),
    "link": ("liên kết khai báo", "declared link"),
    "contact": ("tiếp xúc", "contact"),
    "place": ("cùng nơi, cùng lúc", "same place and time"),
    "source": ("cùng nguồn", "same source"),
    "steps": ("cách {n} liên kết", "{n} links before"),
    "certain": ("chắc chắn", "certain"),
    "possible": ("có thể", "possible"),
    "doubtful": ("đáng ngờ", "doubtful"),
    "impossible": ("không thể", "impossible"),
    "gap": ("thiếu hồ sơ", "gap in the records"),
}
_SHOWN: Final = 12


def words(key: str, lang: str, **gaps: Any) -> str:
    """Return a text in ``lang``, whole numbers written as the language does."""
    plain = {k: number(v, lang) if isinstance(v, int) else v for k, v in gaps.items()}
    return _TEXTS[key][0 if lang == "vi" else 1].format(**plain)


def reason_text(code: str, lang: str) -> str:
    """Return what a reason code says."""
    return REASONS[code][1].of(lang)


def describe_chains(chains: Chains, *, lang: str = "en", show: int = _SHOWN) -> list[Row]:
    """Return the summary of all chains as rows of (text, style): the finding, roots, who led to most, faults.

    ``show`` is the most that is listed of each; the rest is counted.
    """
    table, rows = chains.table, []
    cases, links = int(table["case"].sum()), chains.links.number_of_edges()
    if not len(table):
        return [((words("none", lang), "title"),)]
    if not links:
        rows.append(words("no_links", lang, cases=cases))
    else:
        unlinked = len(chains.unlinked)
        rows.append(words("summary", lang, cases=cases, links=links, chains=len(chains.components), unlinked=unlinked))
        rows.append(words("depth", lang, depth=chains.depth, path=_path(chains.longest)))
    out: list[Row] = [((text, "title" if n == 0 else "plain"),) for n, text in enumerate(rows)]
    if chains.tiers is not None and (chains.edges["basis"] == CONTACT).any():
        able = int((table["contact_sources"].map(len) > 0).sum())
        out.append(((words("contacts", lang, able=able, rest=cases - able), "plain"),))
    out += _roots(chains, lang, show) + _secondary(chains, lang, show)
    for key, ids in (("several", chains.several), ("missing", chains.missing)):
        if ids:
            out += [((f"{words(key, lang)} ({number(len(ids), lang)})", "title"),), _listed(list(ids), lang, show)]
    return out + _faults(chains, lang)


def _path(path: tuple[str, ...]) -> str:
    return " > ".join(path) if len(path) <= _SHOWN else f"{' > '.join(path[:3])} > … > {' > '.join(path[-3:])}"


def _listed(items: list[str], lang: str, show: int) -> Row:
    more = len(items) - show
    tail = f"  {words('more', lang, n=more)}" if more > 0 else ""
    return ((f"  {', '.join(items[:show])}{tail}", "plain"),)


def _roots(chains: Chains, lang: str, show: int) -> list[Row]:
    if not chains.roots:
        return []
    below = dict(zip(chains.table["id"].tolist(), chains.table["descendants"].tolist(), strict=True))
    deepest = chains.table.groupby("root")["depth"].max().to_dict()
    order = sorted(chains.roots, key=lambda root: (-below[root], root))
    items = [f"{root} ({number(below[root], lang)}, {deepest.get(root, 1)})" for root in order]
    return [((f"{words('roots', lang)} ({number(len(order), lang)})", "title"),), _listed(items, lang, show)]


def _secondary(chains: Chains, lang: str, show: int) -> list[Row]:
    table = chains.table[chains.table["secondary"] > 0].sort_values(["secondary", "id"], ascending=[False, True])
    if table.empty:
        return []
    counts = [int(n) for n in table["secondary"]]
    whole, so_far, few = sum(counts), 0, 0
    while so_far < 0.8 * whole:
        so_far, few = so_far + counts[few], few + 1
    items = [f"{case} {number(n, lang)}" for case, n in zip(table["id"], counts, strict=True)]
    share = round(100 * so_far / whole)
    return [
        ((words("secondary", lang), "title"),),
        _listed(items, lang, show),
        ((f"  {words('few', lang, few=few, share=share)}", "plain"),),
    ]


def _faults(chains: Chains, lang: str) -> list[Row]:
    counts = chains.counts()
    if not counts:
        return []
    out: list[Row] = [((words("faults", lang), "title"),)]
    for code, count in counts.items():
        severity = REASONS[code][0]
        style = "impossible" if severity == "impossible" else "plain"
        text = f"  {number(count, lang)} × {words(severity, lang)}: {reason_text(code, lang)}  [{code}]"
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
    rows: list[Row] = [((words("backward" if able else "backward.none", lang, id=person), "title"),)]
    rows += [_candidate(group, lang, chains.zone_name) for group in list(groups.values())[:show]]
    rows += _rest(len(groups) - show, lang, "more.rows")
    return [*rows, (("  " + words("unknown", lang), "faint"),)] if able else rows


def _candidate(group: list[Any], lang: str, zone: str) -> Row:
    """Return one row for contacts (or a link) of one source that are alike."""
    row = group[0]
    sure = any(other.reading == "certain" for other in group)
    parts = [row.source, words(row.basis, lang)]
    if len(group) > 1:
        parts[-1] = words("contacts.some", lang, n=len(group))
    if row.steps > 1:
        parts.append(words("steps", lang, n=row.steps))
    elif row.status == "possible":
        parts.append(words("certain" if sure and row.basis == CONTACT else "possible", lang))
    else:
        parts.append(words(row.status, lang))
    firsts = [other.first for other in group if other.first is not None]
    lasts = [other.last for other in group if other.last is not None]
    parts += [_when(min(firsts, default=None), max(lasts, default=None), lang, zone), row.place or "", row.clause or ""]
    parts += [reason_text(row.reason, lang)] if row.reason is not None else []
    style = "impossible" if row.status == "impossible" else "plain" if sure else "possible"
    return (("  " + " · ".join(part for part in parts if part), style),)


def describe_sideward(chains: Chains, case: str, *, lang: str = "en", show: int = 20) -> list[Row]:
    """Return who else was there as rows of (text, style): one row per shared source, and per place and day."""
    person = chains.find(case)
    found = chains.sideward(person)
    if found.empty:
        return [((words("sideward.none", lang, id=person), "title"),)]
    rows: list[Row] = [((words("sideward", lang, id=person, n=int(found["person"].nunique())), "title"),)]
    groups: dict[tuple[str, str, str], set[tuple[bool, str]]] = {}
    for row in _rows_of(found):
        when = _when(row.start, row.start, lang, chains.zone_name) if row.basis == "place" else ""
        groups.setdefault((row.basis, row.shared, when), set()).add((not row.case, row.person))
    ordered = sorted(groups.items(), key=lambda item: item[0][0] != "source")
    for (basis, shared, when), people in ordered[:show]:
        cases = sum(not other for other, _ in people)
        head = " · ".join(part for part in (words(basis, lang), shared, when) if part)
        count = words("people", lang, n=len(people), cases=cases)
        ids = [who for _, who in sorted(people)]
        rows.append(((f"  {head} · {count}:{_listed(ids, lang, 8)[0][0][1:]}", "plain"),))
    return rows + _rest(len(ordered) - show, lang, "more.rows")


def _rest(more: int, lang: str, key: str) -> list[Row]:
    return [(("  " + words(key, lang, n=more), "faint"),)] if more > 0 else []


def _rows_of(frame: pd.DataFrame) -> list[Any]:
    """Return the rows as named tuples, None where there is nothing."""
    plain = frame.astype(object)
    return list(plain.where(plain.notna(), None).itertuples(index=False))


def _when(first: int | None, last: int | None, lang: str, zone: str) -> str:
    if first is None or abs(first) >= EVER // 2:
        return ""
    start = short_day(first, lang, zone)
    end = start if last is None or abs(last) >= EVER // 2 else short_day(last, lang, zone)
    return start if start == end else f"{start}–{end}"
