"""What a terminal shows: tables with aligned figures, the colours of the tiers, progress."""

from __future__ import annotations

import os
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

import click

from cli.language import say
from cli.shown import shown_number
from tracing.text import catalogue

_, _n = catalogue("cli")

#: Okabe–Ito family, colour-blind safe: F0 vermilion, F1 orange, F2 ochre, F3 and deeper grey-blue. (RGB, 256-colour.)
TIER_COLOURS: Final = (((213, 94, 0), 166), ((230, 159, 0), 214), ((200, 160, 40), 178), ((110, 145, 175), 67))
CO_PRESENT_COLOUR: Final = ((160, 160, 160), 248)
_INTERVAL: Final = 0.1


def has_colour() -> bool:
    """Tell whether stdout is a terminal that wants colours (NO_COLOR and TERM=dumb are respected)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, tier: int | None) -> str:
    """Return ``text`` in the colour of ``tier`` (None: co-present); as it is where there are no colours.

    Colour is never the only sign: the text says the tier too.
    """
    if not has_colour():
        return text
    rgb, indexed = CO_PRESENT_COLOUR if tier is None else TIER_COLOURS[min(tier, len(TIER_COLOURS) - 1)]
    full = os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}
    return click.style(text, fg=rgb if full else indexed, bold=tier == 0)


def faint(text: str) -> str:
    """Return ``text`` dimmed where the terminal can."""
    return click.style(text, dim=True) if has_colour() else text


def width(text: str) -> int:
    """Return the columns that ``text`` takes in a terminal; marks above letters take none, colours neither."""
    plain = click.unstyle(text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in plain
    )


def write_table(rows: Sequence[Sequence[str]], *, right: Sequence[int] = (), gap: int = 2) -> None:
    """Print rows as aligned columns; the columns numbered in ``right`` are flush right. No row prints nothing."""
    columns = max((len(row) for row in rows), default=0)
    widths = [max(width(row[c]) for row in rows if c < len(row)) for c in range(columns)]
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            space = " " * (widths[place] - width(cell))
            cells.append(space + cell if place in right else cell + space)
        click.echo((" " * gap).join(cells).rstrip())


class Progress:
    """One line on stderr that says what is being done, how far it is, and how fast; gone when it is over.

    Silent where stderr is no terminal, or with ``quiet``. Use it as a context manager, call :meth:`step` as often as
    you like.
    """

    def __init__(self, *, quiet: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self.shown = not quiet and sys.stderr.isatty()
        self._clock = clock
        self._what = ""
        self._began = self._last = clock()
        self._wrote = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._wrote:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self, what: str, done: int, whole: int) -> None:
        """Show that ``done`` of ``whole`` are done of ``what``; more often than ten times a second costs nothing."""
        if not self.shown:
            return
        now = self._clock()
        if what != self._what:
            self._what, self._began, self._last = what, now, 0.0
        if now - self._last < _INTERVAL:
            return
        self._last = now
        seconds = now - self._began
        rate = " · " + say(_("{per_second}/s", per_second=int(done / seconds))) if seconds > 1 and done else ""
        share = f" · {shown_number(done)} / {shown_number(whole)}" if whole else ""
        sys.stderr.write(f"\r\x1b[K{what}{share}{rate}")
        sys.stderr.flush()
        self._wrote = True
