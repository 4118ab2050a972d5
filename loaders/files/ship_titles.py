"""What the lines above the crew or the passengers of a ship say: its name, its last port, when it left and came."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from loaders.files.day_words import days_in_numbers
from loaders.files.grid import Fact, Line
from tracing.patterns import regex
from tracing.spelling import fold

#: A label and what stands behind it, with the number of a form's question before it: ``1.1 Name of ship: MV ANNA``.
_LABELLED: Final = regex(r"\W*(?:\d{1,2}(?:\.\d{1,2})?[.)]?\s+)?(?P<label>[^:]{3,60}?)\s*:\s*(?P<value>\S.*)")
_LABELS: Final = (
    (r"name of (?:the )?(?:ship|vessel)|(?:ship|vessel)(?:'?s)?(?: name)?|ten tau(?: bien)?|ten phuong tien", "ship"),
    (r"last port(?: of call)?|port of (?:departure|origin)|cang (?:roi cuoi(?: cung)?|xuat phat)", "from_place"),
    (r"port of (?:arrival|call|destination)(?: ?/ ?departure)?|cang den", "to_place"),
    (r"date(?: and time)? of arrival(?: ?/ ?departure)?|(?:date|time) arrived|eta|ngay (?:tau )?den cang", "arrived"),
    (r"date(?: and time)? of departure|(?:date|time) departed|etd|ngay (?:tau )?roi cang", "departed"),
)
_LABEL: Final = regex("|".join(f"(?P<{name}>{words})" for words, name in _LABELS))
_LEAVES: Final = regex(r"\[ ?[x✓] ?\] ?departure|departure ?\[ ?[x✓] ?\]")
_DAY: Final = regex(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_CLOCK: Final = regex(r"(?i)(?<![\d/.:])([01]\d|2[0-3])[:.h]?([0-5]\d)(?![\d/])\s*(?:LT|UTC|Z|hrs?|hours)?")


def ship_facts(titles: Sequence[Line]) -> tuple[Fact, ...]:
    """Return what the lines say of a ship and its voyage; nothing where they name none."""
    leaves = any(_LEAVES.search(fold(line.text)) for line in titles)
    found: list[Fact] = []
    for line in titles:
        for text in (part for cell in line.texts for part in re.split(r"\s*[;|]\s*", cell)):
            match = _LABELLED.fullmatch(text.strip())
            label = None if match is None else _LABEL.fullmatch(fold(match["label"]))
            if match is not None and label is not None and label.lastgroup is not None:
                told = _told(label.lastgroup, days_in_numbers(match["value"].strip()), leaves=leaves)
                found += [Fact(name, value, "title", line.row, text) for name, value in told]
    if not any(fact.name == "ship" for fact in found):
        return ()
    ships = [fact for fact in found if fact.name == "ship"]
    return (*ships, *(fact for fact in found if fact not in ships), *(replace(fact, name="plate") for fact in ships))


def without_number(text: str) -> str:
    """Return a line of a form without the number of its question, which looks like a day: ``1.1 Name of ship: …``."""
    return re.sub(r"^\W*\d{1,2}(?:\.\d{1,2})?[.)]?\s+(?=[^:]{3,60}:)", "", text)


def _told(name: str, value: str, *, leaves: bool) -> Iterator[tuple[str, str]]:
    """Yield the facts of a labelled value: of a port its name, and when the ship left it."""
    if name in ("arrived", "departed"):
        when = _instant(value)
        if when is not None:
            yield "departed" if leaves else name, when
    elif name == "from_place":
        when = _instant(value)
        port = re.split(r"\s*(?:\(|,\s*\d|\s-\s)", value, maxsplit=1)[0].strip(" .,")
        if port:
            yield name, port
        if when is not None and not leaves:
            yield "departed", when
    elif len(value) <= 60:
        yield name, value.strip(" .,")


def _instant(text: str) -> str | None:
    """Return the day of a text, with its hour where one is told: ``2021-08-09T06:00``."""
    day = _DAY.search(text)
    if day is None or not 1 <= int(day[2]) <= 12 or not 1 <= int(day[1]) <= 31:
        return None
    hour = _CLOCK.search(text[day.end() :])
    told = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    return told if hour is None else f"{told}T{hour[1]}:{hour[2]}"
