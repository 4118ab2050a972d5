"""Chains in sentences: the summary of all of them, and the answers to backward and sideward, in both languages."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from tracing.chain_links import CONTACT, REASONS
from tracing.chain_text import Row, number, short_day
from tracing.chains import Chains
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
    "more": ("… và {n} ca nữa", "… and {n} more"),
    "backward": ("Ai có thể là nguồn của {id}", "Who could have been the source of {id}"),
    "backward.none": (
        "Hồ sơ không có ai có thể là nguồn của {id}: nguồn chưa rõ.",
        "Nobody on record could have been the source of {id}: the source is unknown.",
    ),
    "unknown": (
        "Nguồn chưa rõ vẫn luôn là một khả năng.",
        "An unknown source always remains possible.",
    ),
    "sideward": ("Ai khác cũng ở đó cùng {id} ({n} người)", "Who else was there with {id} ({n} people)"),
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
    "case": ("ca bệnh", "case"),
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


def describe_backward(chains: Chains, case: str, *, lang: str = "en", show: int = 40) -> list[Row]:
    """Return who could have been the source of ``case`` as rows of (text, style), impossible ones with the reason."""
    person = chains.find(case)
    found = chains.backward(person)
    direct = found[found["steps"] == 1]
    able = direct["status"] != "impossible"
    key = "backward" if able.any() else "backward.none"
    rows: list[Row] = [((words(key, lang, id=person), "title"),)]
    for row in _rows_of(found.head(show)):
        parts = [str(row.source), words(str(row.basis), lang)]
        if row.steps > 1:
            parts.append(words("steps", lang, n=int(row.steps)))
        elif row.status == "possible":
            parts.append(words(str(row.reading), lang) if row.basis == CONTACT else words("possible", lang))
        else:
            parts.append(words(str(row.status), lang))
        parts += [_when(row.first, row.last, lang, chains.zone_name), row.place or "", row.clause or ""]
        if row.reason is not None:
            parts.append(reason_text(str(row.reason), lang))
        style = "impossible" if row.status == "impossible" else "possible" if row.reading == "possible" else "plain"
        rows.append((("  " + " · ".join(part for part in parts if part), style),))
    rows += _rest(len(found) - show, lang)
    return [*rows, (("  " + words("unknown", lang), "faint"),)] if able.any() else rows


def describe_sideward(chains: Chains, case: str, *, lang: str = "en", show: int = 40) -> list[Row]:
    """Return who else was there as rows of (text, style)."""
    person = chains.find(case)
    found = chains.sideward(person)
    if found.empty:
        return [((words("sideward.none", lang, id=person), "title"),)]
    rows: list[Row] = [((words("sideward", lang, id=person, n=int(found["person"].nunique())), "title"),)]
    shared = found[found["basis"] == "source"]
    for source, group in shared.groupby("shared"):
        ids = sorted(set(group["person"]))
        head = f"  {words('source', lang)} · {source} · {number(len(ids), lang)}:"
        rows.append(((head + _listed(ids, lang, _SHOWN)[0][0][1:], "plain"),))
    found = found[found["basis"] == "place"]
    for row in _rows_of(found.head(show)):
        what = words("case", lang) if row.case else "" if row.tier is None else f"F{row.tier}"
        when = _when(row.start, None if row.end is None else row.end - 1, lang, chains.zone_name)
        parts = [str(row.person), what, words(str(row.basis), lang), str(row.shared), when]
        rows.append((("  " + " · ".join(part for part in parts if part), "case" if row.case else "plain"),))
    return rows + _rest(len(found) - show, lang)


def _rest(more: int, lang: str) -> list[Row]:
    return [(("  " + words("more", lang, n=more), "faint"),)] if more > 0 else []


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
