"""What a text lists: people below a tier, those who met a case that a line names, who was in which room."""

from __future__ import annotations

from typing import Final

from loaders.columns.person_line import GROUP, ITEM, people_of_line
from loaders.files.chat import CHAT
from loaders.files.grid import Document
from loaders.files.spelt import Spelt
from loaders.files.titles import read_facts
from loaders.shapes.cast import Cast
from loaders.shapes.titled import told_in_text
from tracing.patterns import regex

FEWEST: Final = 2
"""So many people make a list."""
TIER: Final = Spelt(
    r"(?i)^\s*(?:[-–+•*●▪>]+\s*)?F\s?(?P<tier>[1-4])\s*(?:số\s*)?(?P<number>\d{0,2})\s*[:.)\-–]\s*(?P<rest>\S.*)?$"
)
"""A line that begins with somebody's tier: ``F1: Lê Văn Tư, 1980``."""
TIER_ALONE: Final = Spelt(
    r"(?i)^\s*(?:[-–+•*●▪>]+\s*)?(?:các\s+|danh sách\s+)?F\s?(?P<tier>[1-4])(?:\s+(?:gồm|có|là))?"
    r"\s*:?\s*(?:\(?\d+ (?:người|trường hợp|ca)\)?)?(?:\s+(?:gồm|là))?\s*:?\s*$"
)
"""A line that is the tier of the people of the next ones: ``F1: 03 người``."""
GREETING: Final = regex(
    r"(?i)^\s*(?:kính|thưa|dạ|chào|alo|trân trọng|cảm ơn|cám ơn|hết|ạ|trạm|ttyt|trung tâm|ubnd|nơi nhận"
    r"|người (?:báo|lập|gửi|tổng hợp)|tổng (?:cộng|số))\b"
)
"""A line that greets, signs or counts."""
HEADLINE: Final = Spelt(
    r"(?i)^\W{0,5}(?:báo cáo|tin nhanh|cập nhật|tổng hợp|thông tin)(?: [^\W\d]{1,9}){0,4}[ :-]{0,3}(?:ngày )?"
    r"(?:\d{1,2}/\d{1,2}(?:/\d{4})?)?\s{0,3}:?$"
)
"""The head of a report, with its day: ``Báo cáo nhanh 15/7:``."""
#: A line of an itinerary: it begins with its day or its hour.
_DAY_FIRST: Final = Spelt(r"(?i)^\W*(?:(?:sáng|trưa|chiều|tối|đêm)\s+)?(?:ngày\s+)?\d{1,2}(?:/\d|\s?(?:h|giờ|:)\s?\d)")


def lists_tiers(document: Document) -> bool:
    """Tell whether a text lists people below ``F1: 03 người`` and the like, and nobody's days: no itinerary."""
    heads = [at for at, line in enumerate(document.lines) if TIER_ALONE.match(line.text)]
    if not heads or any(_DAY_FIRST.match(line.text) for line in document.lines):
        return False
    items = [ITEM.match(line.text) for line in document.lines[heads[0] :]]
    return sum(bool(people_of_line(item["rest"], called=True)) for item in items if item is not None) >= FEWEST


def lists_met(document: Document) -> bool:
    """Tell whether people are listed below a line that says whom they met, ``F1 của BN72:``, and it is no itinerary."""
    lines = document.lines
    heads = [at for at, line in enumerate(lines) if _names_met(line.text)]
    if not heads or any(_DAY_FIRST.match(line.text) for line in lines):
        return False
    items = [ITEM.match(line.text) for line in lines[heads[0] + 1 :]]
    return sum(bool(people_of_line(item["rest"])) for item in items if item is not None) >= FEWEST


def lists_present(document: Document) -> bool:
    """Tell whether lines name who was in which room or as what, ``Phòng 2, 20h-22h: Lê Văn Tư, …``: no itinerary."""
    lines = document.lines
    items = [match["rest"] for line in lines if (match := ITEM.match(line.text)) is not None]
    present = [rest for rest in items if GROUP.match(rest) is not None and people_of_line(rest)]
    return len(present) >= FEWEST and not any(_DAY_FIRST.match(line.text) for line in lines)


def _names_met(text: str) -> bool:
    return not ITEM.match(text) and bool(told_in_text(text.strip().rstrip(":")))


def tells_tiers(document: Document) -> bool:
    """Tell whether lines begin with a tier and somebody of it, ``F1: Lê Văn Tư, 1980``, and it is no itinerary."""
    lines = document.lines
    told = [match for line in lines if (match := TIER.match(line.text.strip())) is not None and match["rest"]]
    if any(_DAY_FIRST.match(line.text) for line in lines):
        return False
    return sum(bool(people_of_line(match["rest"])) for match in told) >= FEWEST


def only_case(document: Document) -> str | None:
    """Return the one case that the lines of a text name above the people whom it lists; None of several."""
    forms = (TIER_ALONE, TIER)
    heads = [at for at, line in enumerate(document.lines) if any(form.match(line.text) for form in forms)]
    facts = read_facts(document.lines[: heads[0]] if heads else (), None, document.file)
    cases = {fact.value for fact in facts if fact.name == "case" and fact.source == "title"}
    return cases.pop() if len(cases) == 1 else None


def lists_together(document: Document) -> bool:
    """Tell whether a chat lists people below a line that says with which of its cases they were, and no itinerary."""
    if not any(fact.name == CHAT.name for fact in document.facts):
        return False
    cast = Cast()
    for at, line in enumerate(document.lines):
        cast.hear(line.text)
        if line.text.rstrip().endswith(":") and cast.with_whom(line.text) is not None:
            items = [ITEM.match(one.text) for one in document.lines[at + 1 :]]
            return sum(bool(people_of_line(item["rest"])) for item in items if item is not None) >= FEWEST
    return False
