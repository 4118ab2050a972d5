"""Chats that somebody pasted into a file: what stands before each message (who sent it, when) is taken away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from loaders.files.grid import Document, Fact, Line
from tracing.patterns import regex
from tracing.spelling import fold

CHAT: Final = Fact("chat", "yes", "title", 0, "")
"""The fact that says that the lines of a document are messages of a chat, each of which stands for itself."""
_CLOCK: Final = r"\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp][Mm])?"
_DAY: Final = r"\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d{2}"
_WHEN: Final = rf"(?:{_CLOCK}(?:\s*,?\s+{_DAY})?|{_DAY},?\s+{_CLOCK})"
#: ``[08:15, 20/07/2021] Trạm y tế: …``, ``20/07/2021, 08:15 - Trạm y tế: …``, ``Trạm y tế, [20/07/2021 08:15]: …``.
_BEFORE: Final = regex(
    rf"^\s*(?:\[{_WHEN}\]\s*[-–]?\s*[^:\[\]]{{1,60}}:|{_DAY},?\s+{_CLOCK}\s*[-–]\s*[^:\[\]]{{1,60}}:"
    rf"|[^:\[\]]{{1,60}},?\s*\[{_WHEN}\]\s*:?)\s*"
)
#: A line that only tells when the message below it was sent, by whom the line above says.
_SENT: Final = regex(rf"\s*(?:lúc\s+)?{_WHEN}\s*")
#: The day of the messages below it, as a line of its own: ``Thứ Sáu, 09/07/2021``.
_DAY_ALONE: Final = regex(rf"(?i)\W*(?:(?:thứ \w+|chủ nhật|cn|t[2-7]|ngày|hôm nay)\s*,?\s*){{0,2}}(?P<day>{_DAY})\W*")
#: Who sent a message, as what stands before it says: between the time and the colon, or before the time.
_BY: Final = regex(rf"{_WHEN}|[\[\]]|^[\s,–-]+|[\s,:–-]+$")
#: What a chat writes for something that is no text, and what says nothing of anybody, without accents.
_NO_TEXT: Final = regex(
    r"\[ ?(?:hinh anh|anh|video|tep|file|tin nhan thoai|nhan dan|sticker|gif|album|photo|image|vi tri|location"
    r"|danh thiep) ?\]"
    r"|(?:ban |tin nhan )(?:da |nay )*(?:duoc |bi )?(?:thu hoi|xoa)(?: (?:mot )?tin nhan)?"
    r"|(?:this )?message (?:was )?(?:deleted|recalled)|you (?:deleted|unsent) (?:this|a) message"
)
#: The end of a question that tells nothing itself, without accents.
_ASKS: Final = regex(r".*\b(?:o dau|the nao|ra sao|nhu nao)(?: roi| vay| the)?(?: a| nhi)?\W*")
_COURTEOUS: Final = frozenset(
    [
        "ok",
        "oke",
        "okie",
        "okay",
        "da",
        "vang",
        "u",
        "em",
        "e",
        "anh",
        "chi",
        "a",
        "ah",
        "nha",
        "nhe",
        "roi",
        "nhan",
        "sua",
        "biet",
        "cam",
        "on",
        "cám",
        "moi",
        "nguoi",
        "duoc",
        "de",
        "xem",
        "check",
        "lai",
        "gui",
        "cho",
        "het",
        "thoi",
        "minh",
        "thanks",
        "tks",
        "nhieu",
        "nhung",
        "that",
    ]
)
_SENDER: Final = 60
_FEWEST: Final = 2


def is_chat(text: str) -> bool:
    """Tell whether a text is a chat: several of its lines say who sent them, or when the next one was sent."""
    lines = [line for line in text[:65536].split("\n")[:200] if line.strip()]
    begun = sum(_BEFORE.match(line) is not None for line in lines)
    sent = sum(_SENT.fullmatch(line) is not None for line in lines[1:])
    return begun >= _FEWEST or (begun > 0 and begun * 2 >= len(lines)) or (sent >= _FEWEST and sent * 4 >= len(lines))


def messages(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a chat without their senders and times; a line of nothing else is gone."""
    out: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if is_day(line):
            continue
        if _SENT.fullmatch(text):
            above = out[-1] if out and out[-1].row == line.row - 1 else None
            if above is not None and len(above.text) <= _SENDER and not re.search(r"\d{3}", above.text):
                out.pop()  # who sent it
            continue
        said = _BEFORE.sub("", text, count=1).strip()
        if said:
            out.append(Line(line.row, (said,), line.indent))
    return out


def is_day(line: Line) -> bool:
    """Tell whether a line only tells the day of the messages below it."""
    return _DAY_ALONE.fullmatch(line.text.strip()) is not None


def is_noise(text: str) -> bool:
    """Tell whether a message is no text, or only courteous: ``[Hình ảnh]``, ``Tin nhắn đã được thu hồi``, ``ok em``."""
    said = fold(text).strip(" .!,~")
    words = re.findall(r"\w+", text)
    if _NO_TEXT.fullmatch(said) or _ASKS.fullmatch(said) or not words:
        return True
    return all(fold(word) in _COURTEOUS and (at == 0 or word.islower()) for at, word in enumerate(words))


def senders(lines: Sequence[Line]) -> dict[int, str]:
    """Return who sent the message of each line, as written, by the line's number."""
    out: dict[int, str] = {}
    by: str | None = None
    above = ""
    for line in lines:
        text = line.text.strip()
        before = _BEFORE.match(text)
        if before is not None:
            by = _BY.sub("", _BY.sub("", before[0])).strip()
        elif _SENT.fullmatch(text):
            by = above
        above = text
        if by:
            out[line.row] = by
    return out


def days_sent(lines: Sequence[Line]) -> dict[int, str]:
    """Return the day on which the message of each line was sent, as written, by the line's number."""
    out: dict[int, str] = {}
    day: str | None = None
    for line in lines:
        before = _BEFORE.match(line.text) or _SENT.fullmatch(line.text.strip()) or _DAY_ALONE.fullmatch(line.text)
        told = None if before is None else re.search(_DAY, before[0])
        day = day if told is None else told[0]
        if day is not None:
            out[line.row] = day
    return out


def days_of_messages(document: Document) -> Mapping[int, str]:
    """Return the day of each message, as written, by the line's number; that of the first line where none has its own.

    Hours alone stand before messages of one day, which the chat tells once: ``Nhóm trực 09/07/2021``.
    """
    if document.sent or not document.lines:
        return document.sent
    told = re.findall(rf"(?<![\d/]){_DAY}(?![\d/])", document.lines[0].text)
    return dict.fromkeys((line.row for line in document.lines), told[0]) if len(told) == 1 else {}
