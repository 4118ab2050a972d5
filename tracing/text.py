"""Texts, numbers and days in the languages of the house.

A text stands in the code in English, marked for translation, with gaps for its values; each package has a gettext
catalogue per language beside it (``<package>/locale/<language>/LC_MESSAGES/<package>.po``, compiled by ``make
messages``). Nothing is translated before somebody is there to read it: a :class:`Text` is a key and its values.

>>> _, _n = catalogue("tracing")
>>> _n("{n} case", "{n} cases", 1391, n=1391).say("en")
'1,391 cases'
"""

from __future__ import annotations

import gettext
import re
import string
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from tracing.patterns import regex
from tracing.times import DAY, EVER, local

LANGUAGES: Final = ("vi", "en")
"""Languages with a catalogue, and English, which stands in the code."""


@dataclass(frozen=True)
class Text:
    """A text that is not yet in a language.

    Attributes
    ----------
    domain
        Package whose catalogue holds the translation.
    message, plural
        English text for one and for many, with ``{gaps}``; ``plural`` is None where nothing is counted.
    count
        What decides between the two.
    values
        What fills the gaps. A whole number is written as the language does (1,391 or 1.391), a fraction with the
        digits that its gap names (``{share:.1}``), a ``Text`` in the language asked for, and a function is called
        with the language.
    """

    domain: str
    message: str
    plural: str | None = None
    count: int = 1
    values: Mapping[str, object] | None = None

    def say(self, lang: str = "en") -> str:
        """Return the text in ``lang``; in English where it has no translation."""
        known = _translations(self.domain, lang)
        if self.plural is None:
            form = known.gettext(self.message)
        else:
            form = known.ngettext(self.message, self.plural, self.count)
        return _Filler(lang).vformat(form, (), self.values or {})

    def fill(self, **values: object) -> Text:
        """Return the text with these values added."""
        return replace(self, values={**(self.values or {}), **values})

    def __str__(self) -> str:
        return self.say()

    def __hash__(self) -> int:
        return hash((self.domain, self.message, self.count))


class One(Protocol):
    """Marks a text for translation."""

    def __call__(self, message: str, /, **values: object) -> Text:
        """Return ``message`` with its values."""


class Many(Protocol):
    """Marks a text about a number of things for translation."""

    def __call__(self, one: str, many: str, count: int, /, **values: object) -> Text:
        """Return ``one`` or ``many``, as the language has it for ``count``, with its values."""


def catalogue(domain: str) -> tuple[One, Many]:
    """Return the two markers of a package's texts, by custom called ``_`` and ``_n``."""

    def one(message: str, /, **values: object) -> Text:
        return Text(domain, message, values=values)

    def many(one: str, many: str, count: int, /, **values: object) -> Text:
        return Text(domain, one, many, count, values)

    return one, many


def say(text: Words, lang: str) -> str:
    """Return ``text`` in ``lang``; what is a word already stays as it is."""
    if isinstance(text, Text):
        return text.say(lang)
    return text if isinstance(text, str) else text(lang)


def join(parts: Iterable[Words], between: Words = "; ") -> In:
    """Return several texts as one, with ``between`` between them."""
    kept = tuple(parts)
    return lambda lang: say(between, lang).join(say(part, lang) for part in kept)


def say_lines(lines: Lines, lang: str) -> str:
    """Return lines of text, each indented by its number of blanks."""
    return "\n".join(" " * indent + say(words, lang) for indent, words in lines)


In = Callable[[str], str]
"""A value that is written in the language asked for."""
Words = Text | str | In
"""What becomes words in a language: a text, a name or number that is the same in all, or a function of the language."""
Lines = tuple[tuple[int, Words], ...]
"""Lines of text, each with the number of blanks before it."""


@cache
def _translations(domain: str, lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    return gettext.translation(
        domain, Path(import_module(domain).__path__[0]) / "locale", languages=[lang], fallback=True
    )


class _Filler(string.Formatter):
    def __init__(self, lang: str) -> None:
        self.lang = lang

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        value, key = super().get_field(field_name, args, kwargs)
        if isinstance(value, Text):
            value = value.say(self.lang)
        elif callable(value):
            value = value(self.lang)
        return value, key

    def format_field(self, value: Any, format_spec: str) -> str:
        digits = format_spec.removeprefix(".")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and (digits.isdigit() or (not digits and isinstance(value, int))):
            return say_number(value, self.lang, digits=int(digits or 0))
        return str(format(value, format_spec))


_, _n = catalogue("tracing")

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SAID: Final = regex(
    rf"(\d{{1,2}})(?:/| )(\d{{1,2}}(?=/)|{'|'.join(_MONTHS)})(?:/| )(\d{{4}})(?: (\d{{1,2}}:\d\d))?", re.IGNORECASE
)


def say_number(value: float, lang: str, *, digits: int = 0) -> str:
    """Return 1.391 or 0,5 in Vietnamese, 1,391 or 0.5 in English."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "vi" else text


def say_day(at: int, lang: str, zone: str, *, year: bool = True) -> str:
    """Return the local day of an instant: 2/7/2021 or 2 Jul 2021, without the year if asked."""
    return say_date(local(at, zone), lang, year=year)


def say_date(day: date, lang: str, *, year: bool = True) -> str:
    """Return a day of the calendar: 2/7/2021 or 2 Jul 2021, without the year if asked."""
    if lang == "vi":
        return f"{day.day}/{day.month}/{day.year}" if year else f"{day.day}/{day.month}"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if year else f"{day.day} {_MONTHS[day.month - 1]}"


def written_day(text: str) -> str:
    """Return a day or instant that is written as this module says it, in either language, in ISO 8601.

    Any other text stays as it is: whether it can be read is not looked at.
    """
    found = _SAID.fullmatch(text.strip())
    if found is None:
        return text
    day, month, year, time = found.groups()
    number = _MONTHS.index(month.title()) + 1 if month.title() in _MONTHS else month
    return f"{year}-{number:>02}-{day:>02}" + (f"T{time:>05}" if time else "")


def say_instant(at: int, lang: str, zone: str, *, year: bool = True) -> str:
    """Return day and time of an instant; midnight is shown as the day alone."""
    day = say_day(at, lang, zone, year=year)
    moment = local(at, zone)
    return day if (moment.hour, moment.minute, moment.second) == (0, 0, 0) else f"{day} {moment:%H:%M}"


def say_span(start: int, end: int, lang: str, zone: str, *, year: bool = False) -> str:
    """Return the half-open span ``[start, end)``: hours within a day, days where it covers whole days."""
    if start <= -EVER // 2 and end >= EVER // 2:
        return _("date not known").say(lang)
    if start <= -EVER // 2:
        return _("before {day}", day=say_instant(end, lang, zone, year=year)).say(lang)
    if end >= EVER // 2:
        return _("from {day}", day=say_instant(start, lang, zone, year=year)).say(lang)
    opens, closes = local(start, zone), local(end, zone)
    first, last = say_date(opens, lang, year=year), say_day(end - 1, lang, zone, year=year)
    begin, until = (f"{moment.hour:02}:{moment.minute:02}" for moment in (opens, closes))
    if begin == until == "00:00" and end - start >= DAY // 2:
        return first if first == last else f"{first}–{last}"
    if until == "00:00":
        until = "24:00"  # of the day that ends then, not of the next one
    if end - start <= 1:
        return f"{first} {begin}"
    return f"{first} {begin}–{until}" if first == last else f"{first} {begin} – {last} {until}"


def say_meeting(start: int, end: int, lang: str, zone: str, *, year: bool = False) -> str:
    """Return when two people met: as :func:`say_span`, but of a time with one end that it is the last or first time."""
    no_start, no_end = start <= -EVER // 2, end >= EVER // 2
    if no_start and not no_end:
        last = say_day(end - 1, lang, zone, year=year)
        shown = say_instant(end, lang, zone, year=year)
        return _("last on {when}", when=last if shown == say_day(end, lang, zone, year=year) else shown).say(lang)
    if no_end and not no_start:
        return _("first on {when}", when=say_instant(start, lang, zone, year=year)).say(lang)
    return say_span(start, end, lang, zone, year=year)


def plain_words(value: float) -> In:
    """Return a number with the decimals that it has, at most six digits, without grouping: 0.25 or 0,25."""
    text = f"{value:g}"
    return lambda lang: text.replace(".", ",") if lang == "vi" else text


def span_words(start: int, end: int, zone: str, *, year: bool = False) -> In:
    """Return :func:`say_span` as a value of a text."""
    return lambda lang: say_span(start, end, lang, zone, year=year)


def meeting_words(start: int, end: int, zone: str, *, year: bool = False) -> In:
    """Return :func:`say_meeting` as a value of a text."""
    return lambda lang: say_meeting(start, end, lang, zone, year=year)


def day_words(at: int, zone: str, *, year: bool = True) -> In:
    """Return :func:`say_day` as a value of a text."""
    return lambda lang: say_day(at, lang, zone, year=year)


def instant_words(at: int, zone: str, *, year: bool = True) -> In:
    """Return :func:`say_instant` as a value of a text."""
    return lambda lang: say_instant(at, lang, zone, year=year)


#: Đ, and the letters that look like it: of Icelandic and of African alphabets, as code pages mix them.
_CROSSED: Final = str.maketrans("đðɖĐÐƉ", "dddDDD")


def unaccented(text: str) -> str:
    """Return ``text`` without the marks of its letters; đ becomes d, and so does what looks like it."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFD", text.translate(_CROSSED)).translate(_LETTERS)


class _Letters(dict[int, int | None]):
    """Which letters stay: a mark on a letter goes. Each is looked up once."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_LETTERS: Final = _Letters()
