"""Policies for people: one as a text, two side by side. What was not checked against its source is marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from tracing.policy.model import (
    Clause,
    MinutesByMask,
    Policy,
    Quantity,
    QuarantineRule,
    Sourced,
    Text,
    WindowRule,
)

if TYPE_CHECKING:
    import pandas as pd

_UNITS: Final = {
    "day": Text("ngày", "day"),
    "hour": Text("giờ", "hour"),
    "minute": Text("phút", "minute"),
    "m": Text("m", "m"),
    "row": Text("hàng ghế", "row"),
    "tier": Text("tầng", "tier"),
    "cycle": Text("chu kỳ", "cycle"),
}
_WORDS: Final = {
    "onset": Text("khởi phát", "onset"),
    "sample": Text("lấy mẫu dương tính", "positive sample"),
    "confirmed": Text("xác định ca bệnh", "confirmation"),
    "isolation": Text("cách ly", "isolation"),
    "negative_test": Text("xét nghiệm âm tính", "a negative test"),
    "centre": Text("tập trung", "in a centre"),
    "home": Text("tại nhà", "at home"),
    "none": Text("không cách ly", "no quarantine"),
    "last_exposure": Text("lần tiếp xúc cuối", "last exposure"),
    "first_quarantine_day": Text("ngày cách ly đầu tiên", "first day of quarantine"),
    "entry_or_last_exposure": Text("ngày vào khu cách ly hoặc lần tiếp xúc cuối", "entry or last exposure"),
}
_GRADES: Final = {
    "primary": Text("", ""),
    "quoted": Text(" [theo văn bản trích dẫn]", " [quoted by another text]"),
    "ours": Text(" [CHƯA KIỂM CHỨNG: của phần mềm]", " [NOT VERIFIED: ours]"),
}


def describe_policy(policy: Policy, *, lang: str = "en") -> str:
    """Return the whole policy as text in ``lang`` ("vi" or "en"), each number with its source.

    What is not verified is marked where it stands, and counted at the end.
    """
    return "\n".join(_Writer(lang).lines(policy))


def policy_rows(policy: Policy, *, lang: str = "en") -> dict[str, str]:
    """Return the policy as readable values by dotted field name; a clause and a quarantine rule are one value each.

    A clause is named by its id without the document's number, so that "11042 F1-b" stands beside "1909 F1-b".
    """
    writer = _Writer(lang, doubts_only=True)
    rows: dict[str, str] = {}
    for name, value in policy.leaves():
        if not name.startswith(("id", "digest", "clauses", "quarantine")):
            rows[name] = writer.value(value)
    short = [clause.id.partition(" ")[2] for clause in policy.clauses]
    unique = all(short) and len(set(short)) == len(short)
    for clause, end in zip(policy.clauses, short, strict=True):
        rows[f"clauses[{end if unique else clause.id}]"] = writer.value(clause)
    for number, rule in enumerate(policy.quarantine, start=1):
        rows[f"quarantine[{number}]"] = writer.value(rule)
    return rows


def compare_policies(a: Policy, b: Policy, *, lang: str = "en") -> pd.DataFrame:
    """Return the fields in which two policies differ: columns field, a, b, all text; "–" where one has no such field.

    Numbers are compared with their unit and whether they are verified, not with their source. Equal policies give an
    empty table.
    """
    import pandas as pd

    left, right = policy_rows(a, lang=lang), policy_rows(b, lang=lang)
    names = [*left, *(name for name in right if name not in left)]
    rows = [(name, left.get(name, "–"), right.get(name, "–")) for name in names]
    return pd.DataFrame([row for row in rows if row[1] != row[2]], columns=["field", "a", "b"], dtype="str")


class _Writer:
    """Writes the parts of a policy in one language."""

    def __init__(self, lang: str, *, doubts_only: bool = False) -> None:
        self.lang = lang
        self.doubts_only = doubts_only

    def say(self, vi: str, en: str) -> str:
        return vi if self.lang == "vi" else en

    def word(self, key: str) -> str:
        return _WORDS[key].of(self.lang)

    def mark(self, item: Sourced) -> str:
        return "" if self.doubts_only and item.verified else _GRADES[item.grade].of(self.lang)

    def day(self, day: date | None) -> str:
        if day is None:
            return "…"
        return self.say(f"{day.day}/{day.month}/{day.year}", f"{day.day} {day:%b} {day.year}")

    def number(self, quantity: Quantity) -> str:
        unit = _UNITS[quantity.unit].of(self.lang)
        plural = "s" if self.lang != "vi" and quantity.value != 1 and quantity.unit != "m" else ""
        value = f"{quantity.value:g}"
        return f"{value.replace('.', ',') if self.lang == 'vi' else value} {unit}{plural}"

    def quantity(self, quantity: Quantity) -> str:
        return self.number(quantity) + self.mark(quantity)

    def beside(self, quantity: Quantity, rule: Sourced) -> str:
        """Return a number of ``rule``, marked only where it was not checked in the same way."""
        return self.number(quantity) if quantity.grade == rule.grade else self.quantity(quantity)

    def value(self, value: object) -> str:
        """Return any leaf of a policy as text."""
        if isinstance(value, bool):
            return self.say("có", "yes") if value else self.say("không", "no")
        if isinstance(value, Quantity):
            return self.quantity(value)
        if isinstance(value, Text):
            return value.of(self.lang)
        if isinstance(value, Clause):
            return self.conditions(value) + self.mark(value)
        if isinstance(value, QuarantineRule):
            return self.quarantine(value)
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, tuple):
            return ", ".join(self.value(item) for item in value) or "–"
        return "–" if value is None else str(value)

    def source(self, item: Sourced, indent: str) -> Iterator[str]:
        yield f"{indent}{self.say('nguồn', 'source')}: {item.source}"
        if item.note is not None:
            yield f"{indent}{self.say('ghi chú', 'note')}: {item.note.of(self.lang)}"

    def conditions(self, clause: Clause) -> str:
        """Return what the clause asks for, joined by "and"."""
        parts = []
        if clause.kinds:
            parts.append(f"{self.say('hình thức', 'kind')}: {', '.join(clause.kinds)}")
        if clause.place_kinds:
            parts.append(f"{self.say('loại nơi', 'place')}: {', '.join(clause.place_kinds)}")
        if clause.distance_max is not None:
            parts.append(f"{self.say('khoảng cách', 'distance')} ≤ {self.beside(clause.distance_max, clause)}")
        for flag, vi, en in (
            (clause.closed_space, "không gian kín", "closed space"),
            (clause.physical, "tiếp xúc cơ thể", "physical contact"),
            (clause.protected, "đủ phương tiện phòng hộ", "full protective equipment"),
        ):
            if flag is not None:
                parts.append(f"{self.say(vi, en)}: {self.value(flag)}")
        if clause.seat_rows is not None:
            parts.append(f"{self.say('cách nhau', 'apart')} ≤ {self.beside(clause.seat_rows, clause)}")
        if clause.minutes is not None:
            parts.append(self.minutes(clause.minutes, clause))
        return self.say("; và ", "; and ").join(parts)

    def minutes(self, needed: MinutesByMask, clause: Clause) -> str:
        total = ""
        if clause.cumulative_hours is not None:
            hours = self.beside(clause.cumulative_hours, clause)
            total = self.say(f", cộng dồn trong {hours}", f", added up over {hours}")
        if needed.both == needed.one == needed.none and needed.both is not None:
            return f"≥ {self.beside(needed.both, clause)}{total}"
        states = (
            (self.say("cả hai đeo khẩu trang", "both masked"), needed.both),
            (self.say("một người đeo", "one masked"), needed.one),
            (self.say("không ai đeo", "none masked"), needed.none),
        )
        shown = [f"{label} {self.needed(quantity, clause)}" for label, quantity in states]
        return f"{self.say('thời gian', 'duration')}: {', '.join(shown)}{total}"

    def needed(self, quantity: Quantity | None, clause: Clause) -> str:
        if quantity is None:
            return self.say("không bao giờ", "never")
        if quantity.value == 0:
            mark = "" if quantity.grade == clause.grade else self.mark(quantity)
            return self.say("bất kể bao lâu", "any") + mark
        return f"≥ {self.beside(quantity, clause)}"

    def quarantine(self, rule: QuarantineRule) -> str:
        who = {
            None: "",
            True: self.say(" đã tiêm đủ hoặc đã khỏi", " vaccinated or recovered"),
            False: self.say(" còn lại", " all others"),
        }[rule.vaccinated]
        tests = ", ".join(str(day) for day in rule.test_days)
        span = f"{self.day(rule.valid_from)} – {self.day(rule.valid_to)}"
        place = self.word(rule.place)
        return (
            f"F{rule.tier}{who}: {self.beside(rule.days, rule)} {place}"
            + self.say(", theo dõi ", ", then monitoring ")
            + self.beside(rule.monitoring_days, rule)
            + (self.say(", xét nghiệm ngày ", ", tests on day ") + tests if tests else "")
            + self.say(", tính từ ", ", counted from ")
            + f"{self.word(rule.counting_from)} ({span}){self.mark(rule)}"
        )

    def window_rule(self, rule: WindowRule, ends: list[str]) -> str:
        anchor = self.say(", nếu không có thì ", ", else ").join(self.word(name) for name in rule.anchors)
        opening = self.say(
            f"từ {self.quantity(rule.before)} trước {anchor}", f"from {self.quantity(rule.before)} before {anchor}"
        )
        if rule.after is not None:
            after = self.quantity(rule.after)
            ends = [*ends, self.say(f"{after} sau {anchor}", f"{after} after {anchor}")]
        return opening + self.say(" đến ", " until ") + self.say(" hoặc ", " or ").join(ends)

    def lines(self, policy: Policy) -> Iterator[str]:
        """Yield the lines of the whole description."""
        yield f"{policy.id}: {policy.title.of(self.lang)}"
        yield f"  {self.say('bệnh', 'disease')}: {policy.disease.of(self.lang)}"
        if policy.document:
            yield f"  {self.say('văn bản', 'document')}: {policy.document}"
        in_force = f"{self.day(policy.valid_from)} – {self.day(policy.valid_to)}"
        if policy.valid_from is None and policy.valid_to is None:
            in_force = self.say("không ghi ngày", "no dates given")
        yield f"  {self.say('hiệu lực', 'in force')}: {in_force}"
        yield ""
        yield from self.window_lines(policy)
        yield ""
        yield self.say("Tiếp xúc gần, chỉ cần một điều khoản", "Close contact, by any one of these")
        for clause in policy.clauses:
            yield f"  [{clause.id}] {clause.text.of(self.lang)}{self.mark(clause)}"
            yield f"      {self.conditions(clause)}"
            yield from self.source(clause, "      ")
        if policy.co_present is not None:
            yield self.say("Cùng có mặt (không phải tiếp xúc gần)", "Co-present (not a close contact)")
            yield f"  {policy.co_present.text.of(self.lang)}{self.mark(policy.co_present)}"
            if policy.co_present.presence_alone:
                yield "  " + self.say(
                    "chỉ cùng có mặt, không biết gì thêm: xếp vào đây, không phải có thể là F1",
                    "present together and nothing else known: listed here, not as a possible F1",
                )
            yield from self.source(policy.co_present, "      ")
        if policy.immune_excluded:
            yield self.say("Người đã có miễn dịch không bị truy vết", "People who are immune are left out")
        yield from self.other_lines(policy)

    def window_lines(self, policy: Policy) -> Iterator[str]:
        window = policy.window
        ends = [self.word(event) for event in window.end_events]
        if window.end_ct_above is not None:
            ends.append(f"Ct > {window.end_ct_above.value:g}{self.mark(window.end_ct_above)}")
        yield self.say("Thời kỳ lây truyền", "Infectious window")
        yield f"  {self.say('có triệu chứng', 'with symptoms')}: {self.window_rule(window.symptomatic, ends)}"
        yield from self.source(window.symptomatic.before, "      ")
        label = self.say("không triệu chứng", "without symptoms")
        if window.asymptomatic is None:
            yield f"  {label}: {self.say('không lây', 'not infectious')}"
        else:
            yield f"  {label}: {self.window_rule(window.asymptomatic, ends)}"
            yield from self.source(window.asymptomatic.before, "      ")
        if window.source_known is not None:
            known = self.say("không triệu chứng, rõ nguồn lây", "without symptoms, source known")
            after = self.say("sau lần đầu tiếp xúc với nguồn", "after the first contact with the source")
            yield f"  {known}: {self.quantity(window.source_known)} {after}"
            yield from self.source(window.source_known, "      ")
        exposed = self.say("người tiếp xúc có thể lây sau phơi nhiễm", "a contact can expose others after exposure by")
        yield f"  {exposed}: {self.quantity(window.latent)}"
        yield from self.source(window.latent, "      ")

    def other_lines(self, policy: Policy) -> Iterator[str]:
        for vi, en, quantity in (
            ("Tầng sâu nhất", "Deepest tier", policy.deepest_tier),
            ("Còn lây trong không khí sau khi rời đi", "Stays in the air after leaving", policy.linger),
        ):
            yield f"{self.say(vi, en)}: {self.quantity(quantity)}"
            yield from self.source(quantity, "      ")
        yield self.say("Lượt đến không có giờ ra được coi là kéo dài", "A visit without check-out is taken to last")
        by_stay: dict[str, list[str]] = {}
        for kind, stay in sorted(policy.stays.items(), key=lambda item: (item[1].seconds, item[0])):
            by_stay.setdefault(self.quantity(stay), []).append(kind)
        yield from (f"  {stay}: {', '.join(kinds)}" for stay, kinds in by_stay.items())
        if policy.quarantine:
            yield self.say("Cách ly người tiếp xúc", "Quarantine of contacts")
        for rule in policy.quarantine:
            yield f"  {self.quarantine(rule)}"
            yield from self.source(rule, "      ")
        if policy.notes:
            yield self.say("Ghi chú", "Notes")
            yield from (f"  {note.of(self.lang)}" for note in policy.notes)
        yield ""
        yield self.open_points(policy)

    def open_points(self, policy: Policy) -> str:
        """Return how much of the rule nobody read in a text, and apart from it how many stays are assumed."""
        some, of, stays = len(policy.unverified()), len(policy.rule_items()), policy.assumed_stays()
        return self.say(
            f"{some} trong {of} mục của quy định chưa kiểm chứng; {stays} giả định về thời gian lưu lại.",
            f"{some} of {of} rule items not verified; {stays} assumptions about lengths of stay.",
        )
