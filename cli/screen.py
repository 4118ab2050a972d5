"""The one module that writes to a terminal: lines, tables, what programs read, errors, progress, questions.

In a terminal lines wrap at words and tables at their columns, so that nothing is cut and nothing runs over the edge;
what goes into a pipe or a file is plain text, each line as long as it is. Whatever came from data is shown without the
signs that steer a terminal, turn the direction of writing or begin a new line.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from io import StringIO
from typing import IO, TYPE_CHECKING, Final, NamedTuple

import click

from cli.language import say
from cli.layout import STEERS, clean, longest_word, share_width, width, wrap_call
from cli.short import hide, shorten
from cli.shown import shown_number
from tracing.colours import of_tier
from tracing.patterns import regex
from tracing.text import Text, catalogue

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress as Bar
    from rich.progress import Task, TaskID
    from rich.text import Text as RichText

_, _n = catalogue("cli")

#: The colours of :mod:`tracing.colours` among the 256 that every terminal has: those of the tiers, co-present.
_TIERS_OF_256: Final = (166, 214, 178, 67)
_CO_PRESENT_OF_256: Final = 248
_BEGIN: Final = regex(r"\s*(?:[·→└$] )?")
_GAP: Final = 2
#: Cells up to this width (a day, a tier) wrap only where nothing else helps.
_SHORT: Final = 12
_INTERVAL: Final = 0.1


class Painted(NamedTuple):
    """Words in a style: "bold", "dim", a colour …"""

    words: str
    style: str


Piece = Text | str | Painted
"""What can be shown: a text, a word, or words in a style."""


def _clean_value(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Text):
        return _clean_text(value)
    return (lambda lang: clean(str(value(lang)))) if callable(value) else value


def _clean_text(text: Text) -> Text:
    return replace(text, values={name: _clean_value(value) for name, value in (text.values or {}).items()})


def words_of(piece: Piece) -> str:
    """Return what ``piece`` says: a word on one line; a text with the line breaks of its own, none from its values."""
    if isinstance(piece, Painted):
        return shorten(clean(piece.words))
    return shorten(say(_clean_text(piece)) if isinstance(piece, Text) else clean(piece))


def has_colour() -> bool:
    """Tell whether stdout is a terminal that wants colours (NO_COLOR and TERM=dumb are respected)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _full_colour() -> bool:
    return os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}


def paint(piece: Text | str, tier: int | None) -> Painted:
    """Return ``piece`` in the colour of ``tier`` (None: co-present).

    Colour is never the only sign: the text says the tier too.
    """
    indexed = _CO_PRESENT_OF_256 if tier is None else _TIERS_OF_256[min(tier, len(_TIERS_OF_256) - 1)]
    colour = of_tier(tier) if _full_colour() else f"color({indexed})"
    return Painted(words_of(piece), f"bold {colour}" if tier == 0 else colour)


def faint(piece: Text | str) -> Painted:
    """Return ``piece`` dimmed where the terminal can."""
    return Painted(words_of(piece), "dim")


def bold(piece: Text | str) -> Painted:
    """Return ``piece`` in bold letters where the terminal can."""
    return Painted(words_of(piece), "bold")


def screen_width() -> int:
    """Return the columns of the terminal; 80 where there is none."""
    return max(shutil.get_terminal_size((80, 24)).columns, 20)


def show(*pieces: Piece) -> None:
    """Print one line, or the lines of a text; without a piece, an empty one."""
    for line in _lines(pieces):
        _print_line(line, err=False)


def show_error(piece: Piece) -> None:
    """Print lines on stderr."""
    for line in _lines([piece]):
        _print_line(line, err=True)


def show_call(what: Text | str, call: str) -> None:
    """Print what a call is for and the call, as it can be typed: on lines of its own where the terminal is narrow."""
    said, call = words_of(what), shorten(clean(call))
    line = f"{said} {call}".strip()
    if not sys.stdout.isatty() or width(line) <= screen_width():
        _write(line)
        return
    if said:
        show(said)
    for part in wrap_call(f"  {call}", screen_width()):
        _write(part)


def show_lines(text: str, *, err: bool = False) -> None:
    """Print a text of several lines, each as it stands."""
    for line in text.split("\n"):
        (show_error if err else show)(line)


def show_data(text: str) -> None:
    """Print what programs read: as it is, but for private ids, and signs that steer the terminal it goes to."""
    text = hide(text)
    if sys.stdout.isatty():
        text = "\n".join(STEERS.sub("", line.replace("\t", "    ")) for line in text.split("\n"))
    _write(text.removesuffix("\n"))


def show_json(value: object) -> None:
    """Print a value as JSON."""
    from cli.json_text import json_text

    show_data(json_text(value))


def ask_password(question: Text) -> str:
    """Ask for a password on the terminal and return it."""
    return str(click.prompt(words_of(question), hide_input=True, err=True, default="", show_default=False))


def ask_yes(question: Text) -> bool | None:
    """Ask for yes or no on the terminal; None where nobody is there to be asked."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return click.confirm(words_of(question), err=True, default=False)


def open_page(path: str) -> None:
    """Open a page in the browser of the person who sits here."""
    click.launch(path)


class ReaderLeft(Exception):
    """Whoever read the output has closed it. No OSError, which click would end the program for, with code 1."""


def _write(line: str, *, err: bool = False) -> None:
    try:
        click.echo(line, file=sys.stderr if err else sys.stdout, color=True)
    except BrokenPipeError:
        raise ReaderLeft from None


def _lines(pieces: Sequence[Piece]) -> list[list[Painted]]:
    """Return the pieces as lines; a line break of a text begins a new one."""
    lines: list[list[Painted]] = [[]]
    for piece in pieces:
        style = piece.style if isinstance(piece, Painted) else ""
        first, *more = words_of(piece).split("\n")
        lines[-1].append(Painted(first, style))
        lines += [[Painted(words, style)] for words in more]
    return lines


def _print_line(line: Sequence[Painted], *, err: bool) -> None:
    words = "".join(piece.words for piece in line)
    terminal = (sys.stderr if err else sys.stdout).isatty()
    if not terminal or (width(words) <= screen_width() and not has_colour()):
        _write(words.rstrip(), err=err)
        return
    text = _rich(line if has_colour() else [Painted(words, "")])
    begin = match.end() if (match := _BEGIN.match(words)) else 0
    if begin and width(words) > screen_width() > 3 * begin:
        from rich.table import Table

        grid = Table.grid()
        grid.add_column(width=begin)
        grid.add_column(width=screen_width() - begin, overflow="fold")
        grid.add_row(text[:begin], text[begin:])
        _write(_without_ends(_render(grid)), err=err)
    else:
        _write(_without_ends(_render(text)), err=err)


def _without_ends(block: str) -> str:
    return "\n".join(line.rstrip() for line in block.rstrip("\n").split("\n"))


def _rich(pieces: Iterable[Painted]) -> RichText:
    from rich.text import Text as RichText

    text = RichText(overflow="fold")
    for words, style in pieces:
        text.append(words, style)
    return text


def _render(what: RenderableType) -> str:
    """Return what a terminal is to be sent."""
    console = _console(StringIO(), screen_width())
    with console.capture() as captured:
        console.print(what)
    return captured.get()


def _console(file: IO[str], columns: int) -> Console:
    from rich.console import Console

    return Console(
        file=file,
        width=columns,
        force_terminal=True,
        color_system=("truecolor" if _full_colour() else "256") if has_colour() else None,
        no_color=not has_colour(),
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def show_table(rows: Sequence[Sequence[Piece]], *, head: Sequence[Piece] = (), right: Sequence[int] = ()) -> None:
    """Print rows as columns, under their headings; those numbered in ``right`` are flush right.

    In a terminal the columns share its width: long cells wrap at words.
    """
    cells = [[_cell(piece) for piece in row] for row in ([head, *rows] if head else rows)]
    if not rows:
        return
    count = max(map(len, cells))
    cells = [[*row, *([Painted("", "")] * (count - len(row)))] for row in cells]
    widest = [max(width(row[c].words) for row in cells) for c in range(count)]
    if not sys.stdout.isatty():
        _write_plain(cells, widest, right)
        return
    _write(_without_ends(_render(_rich_table(cells, widest, right, bold_head=bool(head)))))


def _rich_table(
    cells: Sequence[Sequence[Painted]], widest: Sequence[int], right: Sequence[int], *, bold_head: bool
) -> RenderableType:
    """Return a table as wide as the screen at most; what is indented stays so where it wraps."""
    from rich.padding import Padding
    from rich.table import Table

    blanks = [len(row[0].words) - len(row[0].words.lstrip()) for row in cells if row[0].words]
    indent = min(blanks, default=0)
    columns = range(len(widest))
    widest = [widest[0] - indent, *widest[1:]]
    least = [max(longest_word(row[c].words) for row in cells) for c in columns]
    least[0] = max(least[0] - indent, 0)
    whole = screen_width() - indent
    gap = _GAP if sum(least) + _GAP * (len(least) - 1) <= whole else 1
    whole -= gap * (len(least) - 1)
    firm = [w if w <= _SHORT else narrow for w, narrow in zip(widest, least, strict=True)]
    widths = share_width(widest, firm if sum(firm) <= whole else least, whole)
    table = Table(box=None, show_header=False, padding=(0, gap, 0, 0), pad_edge=False)
    for c in columns:
        table.add_column(width=widths[c], overflow="fold", justify="right" if c in right else "left")
    for number, (first, *others) in enumerate(cells):
        row = [_rich([cell]) for cell in (Painted(first.words[indent:], first.style), *others)]
        table.add_row(*row, style="bold" if bold_head and number == 0 else None)
    return Padding(table, (0, 0, 0, indent), expand=False) if indent else table


def _cell(piece: Piece) -> Painted:
    return Painted(clean(words_of(piece)), piece.style if isinstance(piece, Painted) else "")


def _write_plain(cells: Sequence[Sequence[Painted]], widths: Sequence[int], right: Sequence[int]) -> None:
    for row in cells:
        line = []
        for place, (words, _style) in enumerate(row):
            space = " " * (widths[place] - width(words))
            line.append(space + words if place in right else words + space)
        _write((" " * _GAP).join(line).rstrip())


class Progress:
    """One line on stderr that says what is being done, how far it is, and how long it will take; gone when it is over.

    Silent where stderr is no terminal, or with ``quiet``. Use it as a context manager, call :meth:`step` as often as
    you like.
    """

    def __init__(self, *, quiet: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self.shown = not quiet and sys.stderr.isatty()
        self._clock = clock
        self._what: str | None = None
        self._last = 0.0
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def step(self, what: Piece, done: int, whole: int) -> None:
        """Show that ``done`` of ``whole`` are done of ``what``; more often than ten times a second costs nothing."""
        if not self.shown:
            return
        now = self._clock()
        said = words_of(what)
        if said == self._what and now - self._last < _INTERVAL and done < whole:
            return
        self._last = now
        bar = self._bar = self._bar or _progress_bar(self._clock)
        if said != self._what or self._task is None:
            if self._task is not None:
                bar.remove_task(self._task)
            self._what, self._task = said, bar.add_task(said, total=whole or None)
        bar.update(self._task, completed=done, total=whole or None)


def _progress_bar(clock: Callable[[], float]) -> Bar:
    from rich.progress import BarColumn, ProgressColumn, SpinnerColumn, TextColumn
    from rich.progress import Progress as Bar
    from rich.text import Text as RichText

    class Far(ProgressColumn):
        """How many are done, and how long the rest will take."""

        def render(self, task: Task) -> RichText:
            return RichText(how_far(task.completed, task.total, task.time_remaining))

    bar = Bar(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=16),
        Far(),
        console=_console(sys.stderr, screen_width()),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
        get_time=clock,
    )
    bar.start()
    return bar


def how_far(done: float, whole: float | None, seconds_left: float | None) -> str:
    """Return "1,391 / 5,000 · 0:12 left": nothing where it is not known how many there are."""
    if not whole:
        return ""
    share = f"{shown_number(done)} / {shown_number(whole)}"
    if seconds_left is None:
        return share
    minutes, seconds = divmod(round(seconds_left), 60)
    time_left = f"{minutes}:{seconds:02}"
    return f"{share} · " + say(_("{time} left", time=time_left))
