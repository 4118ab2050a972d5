"""Quotation marks alone in cells of a delimited text, ``;";";``: they stand for the cell above and quote nothing."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

#: The sign that is written for such a mark, which no reader of quoted cells mistakes.
MARK: Final = "〃"
_LOOKED_AT: Final = 200


def with_marks_plain(text: str, delimiter: str) -> str:
    """Return a text in which a quotation mark that is a whole cell is the sign for "as above".

    Only in lines that the separator alone cuts into as many cells as most lines have: a quoted text with a separator
    inside is none.
    """
    if f'{delimiter}"{delimiter}' not in text and f'{delimiter}"\n' not in text:
        return text
    alone = re.compile(rf'(?:(?<={re.escape(delimiter)})|^)[ \t]*"[ \t]*(?={re.escape(delimiter)}|$)')
    lines = text.split("\n")
    width = Counter(line.count(delimiter) for line in lines[:_LOOKED_AT] if line.strip()).most_common(1)[0][0]
    return "\n".join(
        alone.sub(MARK, line) if '"' in line and line.count(delimiter) == width else line for line in lines
    )
