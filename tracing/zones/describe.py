"""What a zone proposal says in words: what is not known, when to look again, when to lift, why a unit is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from tracing.policy.model import RuleText
from tracing.text import Text, catalogue, say_day, say_number
from tracing.times import EVER
from tracing.zones.units import NOT_PLACED, Units

if TYPE_CHECKING:
    from tracing.zones.zones import Zones

_, _n = catalogue("tracing")

KINDS: Final = {
    "household": RuleText("cùng nhà", "household"),
    "work": RuleText("nơi làm việc", "work"),
    "school": RuleText("trường học", "school"),
    "care": RuleText("chăm sóc, y tế", "care"),
    "transport": RuleText("đi cùng xe", "transport"),
    "social": RuleText("gặp gỡ", "social"),
    "other": RuleText("khác", "other"),
}

_HCMC: Final = "danviet.vn 20210705134136944"
_LIFT: Final = "suckhoedoisong.vn 169198478"
_LESSON: Final = "doanhnghiepvn.vn 20210914082221653"


def _both(vi: str, en: str, **numbers: float) -> RuleText:
    return RuleText(
        vi.format(**{k: say_number(v, "vi") for k, v in numbers.items()}),
        en.format(**{k: say_number(v, "en") for k, v in numbers.items()}),
    )


def review_sentences(zones: Zones) -> tuple[RuleText, ...]:
    """Return when the zone is looked at again and when it may be lifted, each with its source."""
    out = [
        RuleText(
            "Khi có kết quả xét nghiệm đợt đầu: nếu tất cả âm tính và đã đưa hết F1 đi cách ly thì xem xét thu hẹp"
            f" ngay; nếu có ca mới thì điều tra lại toàn bộ ({_HCMC}).",
            "At the first test results: if all are negative and every F1 has been taken to quarantine, consider"
            f" narrowing at once; with a new case, investigate everything again ({_HCMC}).",
        )
    ]
    days = zones.parameters.review_day
    if zones.tiers.as_of < EVER // 2:
        at, zone = zones.tiers.as_of - 1 + days.seconds, zones.tiers.graph.records.zone
        out.append(
            RuleText(
                f"Ngày thứ {days.value:.0f}, tức {say_day(at, 'vi', zone)} nếu khoanh hôm nay: không dỡ bỏ trước ngày"
                f" này, có thể lâu hơn ({_HCMC}).",
                f"Day {days.value:.0f}, that is {say_day(at, 'en', zone)} if it is drawn today: not lifted before,"
                f" longer if needed ({_HCMC}).",
            )
        )
    out.append(
        RuleText(
            "Dỡ bỏ từng phần: nơi nguy cơ thấp trước, nơi rất cao sau cùng; nhà có F1 hoặc F0 vẫn được theo dõi sau khi"
            f" dỡ ({_LIFT}). Dỡ bỏ không phải là bằng chứng: một hộ ở vùng đệm đủ 14 ngày, 3 lần âm tính, vẫn"
            f" dương tính sau đó ({_LESSON}).",
            "Lifted in parts: low risk first, very high last; houses with an F1 or F0 stay supervised afterwards"
            f" ({_LIFT}). Lifting is not a proof: a buffer household held 14 days with 3 negative samples was positive"
            f" afterwards ({_LESSON}).",
        )
    )
    return tuple(out)


def unknown_sentences(zones: Zones, units: Units) -> tuple[RuleText, ...]:
    """Return what the proposal does not know, one sentence each, the gravest first; empty where nothing is missing."""
    return (*_no_frontier(zones, units), *_people(zones, units), *_unit_facts(zones), *_contacts(zones))


def _no_frontier(zones: Zones, units: Units) -> Iterator[RuleText]:
    cases = int(zones.tiers.table["case"].sum())
    if cases == 0:
        yield RuleText(
            "Chưa có ca bệnh nào trong hồ sơ, nên không có gì để khoanh.",
            "There is no case on record, so there is nothing to draw a line around.",
        )
    elif len(units) == 0:
        yield RuleText(
            "Không biết ai ở đâu: hồ sơ không có ấp, khóm, tổ hay xã nào của người nào.",
            "Nobody's place is known: no hamlet, group or commune of anybody is on record.",
        )
    elif zones.table.empty:
        yield RuleText(
            "Không đơn vị nào có nguy cơ: các ca và tiếp xúc đã lâu, hoặc đã được đưa đi cách ly, hoặc không rõ nơi ở.",
            "No unit is at risk: cases and contacts are long past, were taken to quarantine, or have no known home.",
        )
    if cases == 1:
        yield RuleText(
            "Chỉ có một ca bệnh: mọi con số dựa vào lời kể của một người.",
            "There is one case only: every figure rests on what one person told.",
        )
    if cases and len(units) and zones.risk.table.empty:
        yield RuleText(
            "Chưa có tiếp xúc nào được ghi nhận quanh các ca: đường khoanh chỉ dựa vào nơi ở và nơi đến của ca bệnh.",
            "No contact around the cases is on record: the line rests on where cases live and went, nothing else.",
        )
    if len(units) == 1:
        yield RuleText(
            "Mọi người đều thuộc một đơn vị: không thể chọn hẹp hơn; cần biết tổ hoặc ấp.",
            "Everybody is in one unit: nothing narrower can be chosen; groups or hamlets are needed.",
        )


def _people(zones: Zones, units: Units) -> Iterator[RuleText]:
    at = zones.tiers.graph.positions(zones.tiers.table["person"])
    lost = units.of_person[at] == NOT_PLACED
    coarse = units.too_coarse[at]
    case = zones.tiers.table["case"].to_numpy(dtype=bool)
    if len(units) and (lost & ~coarse).any():
        yield _both(
            "{n} người trong danh sách ({c} ca bệnh) không rõ nơi ở, không nằm trong đơn vị nào.",
            "{n} listed people ({c} of them cases) live nobody knows where and are in no unit.",
            n=int((lost & ~coarse).sum()), c=int((lost & ~coarse & case).sum()),
        )  # fmt: skip
    if coarse.any():
        yield _both(
            "{n} người trong danh sách ({c} ca bệnh) chỉ biết xã, trong khi nơi khác trong xã đã biết ấp hoặc tổ: họ"
            " không nằm trong đơn vị nào, và không khoanh cả xã vì họ.",
            "{n} listed people ({c} of them cases) are known by a wider area only, where smaller units are known for"
            " others: they are in no unit, and no whole commune is closed for them.",
            n=int(coarse.sum()), c=int((coarse & case).sum()),
        )  # fmt: skip
    whole = float(zones.units["expected"].sum()) + zones.unplaced
    if len(units) and zones.unplaced >= 0.005 * whole > 0:
        yield _both(
            "{share} % nguy cơ thuộc về người không rõ nơi ở.",
            "{share} % of the risk belongs to people whose place is not known.",
            share=round(100 * zones.unplaced / whole),
        )


def _unit_facts(zones: Zones) -> Iterator[RuleText]:
    units = zones.units
    inside = units[units["enters"].notna()]
    communes = inside[inside["level"].fillna("commune") == "commune"]
    if len(communes) and zones.parameters.smallest != "commune":
        yield _both(
            "Ở {n} xã, phường không biết đơn vị nào nhỏ hơn: đơn vị ở đó là cả xã. Cần biết ấp, khóm, tổ"
            " của người trong danh sách.",
            "In {n} communes nothing smaller is known: there the unit is the whole commune. Hamlets or groups of the"
            " listed people are needed.",
            n=len(communes),
        )  # fmt: skip
    named = inside[inside["level"].fillna("") != "household"]
    missing = int(named["people"].isna().sum())
    if missing:
        yield _both(
            "{n} trong {all} đơn vị không có số dân trong hồ sơ: không tính được số người, số mẫu và số chốt của vùng"
            " có các đơn vị đó. Cần số dân của các đơn vị (cột population của danh sách địa bàn).",
            "Of {all} units, {n} have no population on record: people, samples and posts of a zone that holds one are"
            " not known. Their populations are needed (column population of the list of areas).",
            n=missing, all=len(named),
        )  # fmt: skip
    unknown = int(inside["households"].isna().sum())
    if unknown:
        yield _both("{n} đơn vị không rõ số hộ.", "The number of households of {n} units is not known.", n=unknown)


def _contacts(zones: Zones) -> Iterator[RuleText]:
    links = zones.links
    if len(zones.units) > 1 and not len(links.rate):
        yield RuleText(
            "Không có tiếp xúc nào giữa các đơn vị trong hồ sơ: mỗi đơn vị được xét riêng.",
            "No contact between units is on record: each unit is judged alone.",
        )
    if links.assumed:
        yield RuleText(
            "Không có tiếp xúc nào giữa các đơn vị trong hồ sơ: giả định các đơn vị gần nhau có qua lại.",
            "No contact between units is on record: units near each other are assumed to meet.",
        )
    if links.hubs:
        yield _both(
            "{n} lượt địa điểm trong ngày quá đông (trên 500 đơn vị) không được tính vào tiếp xúc giữa các đơn vị.",
            "{n} days of places with visitors from over 500 units are left out of the contacts between units.",
            n=links.hubs,
        )
    open_points = len(zones.risk.parameters.unverified()) + len(zones.parameters.unverified())
    if not zones.table.empty:
        yield _both(
            "{n} tham số của ước tính nguy cơ và khoanh vùng là giả định hoặc chưa đối chiếu: con số dùng để so sánh"
            " các đơn vị với nhau, không phải để dự báo.",
            "{n} numbers behind risk and zones are assumptions or not checked against their source: the figures"
            " compare units with each other and are no forecast.",
            n=open_points,
        )


def null_reasons(zones: Zones) -> dict[str, Text]:
    """Return why numbers are null in JSON, by name."""
    out = {
        name: _(
            "Not calibrated: the risk ranks people and units and gives shares; how many infections that is, is not"
            " known."
        )
        for name in ("captured", "residual", "expected", "unplaced")
    }
    if zones.units["people"].isna().any():
        for name in ("people", "posts"):
            out[name] = _("A unit inside has no population on record; people on a list are not those who live there.")
    return out


def reason_sentence(zones: Zones, reason: pd.Series, lang: str, *, shown: Callable[[str], str] = str) -> str:
    """Return why one person counts in a unit; ``shown`` writes a person's id."""
    vi = lang == "vi"
    share = f"{say_number(100 * float(reason['share']), lang)} %"
    if int(reason["tier"]) == 0:
        return (
            f"{shown(reason['person'])}, F0: quanh ca này danh sách thường còn sót ({share})"
            if vi
            else f"{shown(reason['person'])}, F0: what lists usually miss around this case ({share})"
        )
    kind = KINDS[reason["kind"]].of(lang) if isinstance(reason["kind"], str) else KINDS["other"].of(lang)
    hours = (
        "" if pd.isna(reason["hours"]) else say_number(float(reason["hours"]), lang, digits=int(reason["hours"] < 10))
    )
    case = shown(reason["case"]) if isinstance(reason["case"], str) else "?"
    if vi:
        return f"{shown(reason['person'])}, F{reason['tier']}: {kind}, {hours} giờ, chuỗi từ ca {case} ({share})"
    return f"{shown(reason['person'])}, F{reason['tier']}: {kind}, {hours} h, chain from case {case} ({share})"


def step_figures(zones: Zones, step: int, lang: str) -> dict[str, str]:
    """Return the figures of one step as people read them, "?" for what is not known."""
    row: dict[Any, Any] = zones.table.iloc[[step - 1]].to_dict("records")[0]
    counted = ("units", "people", "households", "posts")
    whole = {k: "?" if pd.isna(row[k]) else say_number(int(row[k]), lang) for k in counted}
    return whole | {
        "step": str(step), "contacts_cut": say_number(float(row["contacts_cut"]), lang, digits=1),
        "share": f"{say_number(100 * float(row['share']), lang)} %",
        "outside": f"{say_number(100 - round(100 * float(row['share'])), lang)} %",
    }  # fmt: skip
