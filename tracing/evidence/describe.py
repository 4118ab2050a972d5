"""Evidence in words, in Vietnamese and English: the finding first, then the path, then what would change it."""

from __future__ import annotations

from typing import Final

import pandas as pd

from tracing.evidence.evidence import Change, Evidence, Step
from tracing.policy.model import Policy
from tracing.text import say_instant, say_span
from tracing.times import EVER

#: What a fact is called, in Vietnamese and English.
FACT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "kind": ("hoàn cảnh tiếp xúc", "the setting"),
    "place_kind": ("loại địa điểm", "the kind of place"),
    "distance_m": ("khoảng cách", "the distance"),
    "closed_space": ("có phải không gian kín", "whether the space is closed"),
    "physical": ("có chạm vào nhau", "whether they touched"),
    "protected": ("phương tiện phòng hộ", "protective equipment"),
    "minutes": ("số phút bên nhau hoặc khẩu trang", "minutes together, or masks"),
    "seat_row": ("hàng ghế", "the seat rows"),
}
#: Why a time is not certain, in Vietnamese and English.
TIME_WORDS: Final[dict[str, tuple[str, str]]] = {
    "undated": ("không rõ ngày tiếp xúc", "the contact has no date"),
    "no_checkout": ("không có giờ rời địa điểm", "no check-out time"),
    "day": ("chỉ biết ngày, không biết giờ", "the day is known, the hour is not"),
}


def write_evidence(evidence: Evidence, lang: str) -> str:
    """Return the evidence as lines of text. Ids, places and times only: no names."""
    lines = _listed(evidence, lang) if evidence.listed else _unlisted(evidence, lang)
    return "\n".join(lines)


def _pick(lang: str, vi: str, en: str) -> str:
    return vi if lang == "vi" else en


def _zone(evidence: Evidence) -> str:
    return evidence.tiers.graph.records.zone


def tier_words(certain: int | None, possible: int | None, lang: str) -> str:
    """Return both tiers in words: "F2, certain", "F1 possible, F2 certain" …"""
    sure, maybe = _pick(lang, "chắc chắn", "certain"), _pick(lang, "có thể", "possible")
    if possible is None:
        return _pick(lang, "không thuộc diện F", "not listed")
    if certain == possible:
        return f"F{possible}, {sure}"
    return f"F{possible}, {maybe}" + ("" if certain is None else f"; F{certain}, {sure}")


def _listed(evidence: Evidence, lang: str) -> list[str]:
    zone = _zone(evidence)
    head = f"{evidence.person}: {tier_words(evidence.tier_certain, evidence.tier_possible, lang)}"
    if evidence.path:
        last = evidence.path[-1]
        head += _pick(lang, ", phơi nhiễm ", ", exposed ") + say_span(last.begin, last.until + 1, lang, zone, year=True)
    lines = [head]
    if not evidence.path:
        lines.append(_pick(lang, "  là ca bệnh; không có ca nào khác tiếp xúc với người này trong hồ sơ",
                           "  a case; no exposure by another case is on record"))  # fmt: skip
        return lines
    if evidence.case:
        lines.append(
            _pick(
                lang,
                "  là ca bệnh và cũng là người tiếp xúc của ca khác:",
                "  a case that is also a contact of another case:",
            )
        )
    lines.append("  " + _case_line(evidence, lang))
    for depth, step in enumerate(evidence.path):
        lines.append("   " + "   " * depth + "└ " + step_words(evidence, step, lang))
    doubts = _doubts(evidence, lang)
    if doubts:
        lines.append(_pick(lang, "Chưa chắc chắn vì: ", "Not certain because: ") + "; ".join(doubts) + ".")
    lines.append(_also(evidence, lang) + _change(evidence.change, evidence, lang))
    return lines


def _case_line(evidence: Evidence, lang: str) -> str:
    records, zone = evidence.tiers.graph.records, _zone(evidence)
    person = evidence.path[0].parent
    case = records.cases[records.cases["person"] == person].iloc[0]
    parts = []
    for column, vi, en in (
        ("onset", "khởi phát", "onset"),
        ("sample", "lấy mẫu", "sample"),
        ("isolated", "cách ly", "isolated"),
    ):
        if not pd.isna(case[column]):
            end = max(int(case[f"{column}_to"]), int(case[column]) + 1)
            parts.append(f"{_pick(lang, vi, en)} {say_span(int(case[column]), end, lang, zone)}")
    if evidence.window is not None:
        infectious = _pick(lang, "có thể lây ", "infectious ") + say_span(*evidence.window, lang, zone)
        if evidence.window_certain is not None and evidence.window_certain != evidence.window:
            sure = say_span(*evidence.window_certain, lang, zone)
            infectious += _pick(lang, f", chắc chắn {sure}", f", certainly {sure}")
        parts.append(infectious)
    code = "" if pd.isna(case["case_code"]) or case["case_code"] == person else f" {case['case_code']}"
    return _pick(lang, f"ca bệnh {person}{code}", f"case {person}{code}") + f" ({'; '.join(parts)})"


def place_words(evidence: Evidence, place: str | None, lang: str) -> str:
    """Return a place by its name and area, its id where it has no name; a phrase where it is not known."""
    if place is None:
        return _pick(lang, "không rõ địa điểm", "place not recorded")
    records = evidence.tiers.graph.records
    rows = records.places[records.places["place"] == place]
    if rows.empty or pd.isna(rows["name"].iloc[0]):
        return place
    area = rows["area"].iloc[0]
    names = records.areas.loc[records.areas["area"] == area, "name"].dropna() if not pd.isna(area) else []
    return ", ".join([str(rows["name"].iloc[0]), *list(names)[:1]])


def step_words(evidence: Evidence, step: Step, lang: str) -> str:
    """Return one contact of the path: when, where, whom it made what, by which clause."""
    policy: Policy = evidence.tiers.policy
    when = say_span(step.start, step.end, lang, _zone(evidence))
    clause = ""
    if step.clause:
        verdict = "" if step.verdict == "meets" else _pick(lang, ", chưa đủ dữ liệu", ", not enough data")
        clause = f"   [{step.clause}: {policy.clause(step.clause).text.of(lang)}{verdict}]"
    becomes = _pick(lang, f"{step.person} là F{step.tier}", f"{step.person} is F{step.tier}")
    return f"{when}  {place_words(evidence, step.place, lang)}  → {becomes}{clause}"


def _doubts(evidence: Evidence, lang: str) -> list[str]:
    if evidence.reading == "certain" and evidence.tier_certain == evidence.tier_possible:
        return []
    out = []
    for step in evidence.path:
        out += [
            _pick(lang, f"thiếu {FACT_WORDS[name][0]}", f"{FACT_WORDS[name][1]} is not recorded")
            for name in step.unknown
        ]
        if step.vague:
            out.append(_pick(lang, *TIME_WORDS[step.vague]))
    return list(dict.fromkeys(out))


def _also(evidence: Evidence, lang: str) -> str:
    parents = list(dict.fromkeys(parent for parent, _ in evidence.also if parent != evidence.path[-1].parent))
    more = len(evidence.also)
    if not more:
        return ""
    tier = evidence.path[-1].tier
    if not parents:
        return _pick(
            lang, f"Còn {more} lần tiếp xúc khác với cùng người đó. ", f"{more} more contacts with the same person. "
        )
    shown = ", ".join(parents[:3]) + (f" (+{len(parents) - 3})" if len(parents) > 3 else "")
    return _pick(lang, f"Cũng là F{tier} qua {shown}. ", f"Also F{tier} through {shown}. ")


def _change(change: Change, evidence: Evidence, lang: str) -> str:
    zone = _zone(evidence)
    if change.kind == "isolation" and change.before is not None:
        tier = evidence.path[-1].tier
        if abs(change.before) >= EVER // 2:
            return _pick(lang, f"Sẽ không là F{tier} nếu: {change.person} đã được cách ly suốt thời gian đó.",
                         f"Would not be F{tier} if: {change.person} had been in isolation all the time.")  # fmt: skip
        when = say_instant(change.before, lang, zone)
        return _pick(lang, f"Sẽ không là F{tier} nếu: {change.person} đã được cách ly trước {when}.",
                     f"Would not be F{tier} if: {change.person} was isolated before {when}.")  # fmt: skip
    if change.kind == "contact":
        tier, count = evidence.path[-1].tier, len(change.contacts)
        return _pick(lang, f"Sẽ không là F{tier} nếu: cả {count} lần tiếp xúc này không xảy ra.",
                     f"Would not be F{tier} if: none of these {count} contacts took place.")  # fmt: skip
    return ""


def _unlisted(evidence: Evidence, lang: str) -> list[str]:
    zone, near, change = _zone(evidence), evidence.near, evidence.change
    policy = evidence.tiers.policy
    lines = [
        _pick(
            lang,
            f"{evidence.person}: không thuộc diện F theo {policy.id}",
            f"{evidence.person}: not listed under {policy.id}",
        )
    ]
    if near is None:
        lines.append(_pick(lang, "  Hồ sơ không ghi tiếp xúc nào với người mà quy định còn theo dõi tiếp.",
                           "  No contact with anybody whose contacts the rule follows is on record."))  # fmt: skip
        return lines
    source = f"{near.parent} (F{near.tier - 1})"
    when = say_span(near.start, near.end, lang, zone, year=True)
    where = place_words(evidence, near.place, lang)
    lines.append(_pick(lang, f"  Gần nhất: gặp {source} {when}, {where}.", f"  Nearest: met {source} {when}, {where}."))
    lines.append("  " + _why_not(change, evidence, lang))
    return lines


def _why_not(change: Change, evidence: Evidence, lang: str) -> str:
    near, zone = evidence.near, _zone(evidence)
    assert near is not None
    if change.kind == "immune":
        return _pick(
            lang,
            "Người này có miễn dịch; quy định không tính người đã miễn dịch.",
            "This person is immune; the rule leaves immune people out.",
        )
    if change.kind == "depth":
        return _pick(
            lang,
            f"{near.parent} đã ở tầng sâu nhất mà quy định theo dõi.",
            f"{near.parent} is already at the deepest tier that the rule follows.",
        )
    if change.kind == "as_of":
        return _pick(lang, "Lần gặp này sau thời điểm tính.", "That meeting lies after the time asked for.")
    window = say_span(change.opens or 0, change.closes or 0, lang, zone)
    if change.kind == "time":
        return _pick(lang, f"{near.parent} chỉ có thể lây {window}. Sẽ thuộc diện F nếu lần gặp rơi vào khoảng đó.",
                     f"{near.parent} was infectious {window} at most. Would be listed had they met then.")  # fmt: skip
    wanted = "; ".join(f"{_pick(lang, *FACT_WORDS[column])}: {needs}" for column, needs in change.needs)
    when = "" if near.start < (change.closes or 0) and near.end > (change.opens or 0) else f" ({window})"
    if not change.needs:
        return _pick(
            lang,
            "Chỉ cùng có mặt một nơi; theo quy định này như vậy chưa phải là tiếp xúc gần.",
            "Was only at the same place; under this rule that alone is not a close contact.",
        )
    return _pick(
        lang,
        f"Không đạt [{change.clause}]. Sẽ thuộc diện F nếu {wanted}{when}.",
        f"Fails [{change.clause}]. Would be listed if {wanted}{when}.",
    )
