"""Both languages: which one is spoken, how a text is found, how numbers and days are written."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from importlib import import_module
from typing import Final, NamedTuple

LANGUAGES: Final = ("vi", "en")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_spoken: ContextVar[str] = ContextVar("spoken", default="en")


class Text(NamedTuple):
    """A text in Vietnamese and English, with ``{gaps}`` for values.

    A gap for a whole number may name what is counted: ``{rows:row|rows}`` gives "1 row" and "1,391 rows"; in
    Vietnamese ``{rows:dòng}`` gives "1.391 dòng".
    """

    vi: str
    en: str


class Count(int):
    """A whole number that writes itself in the spoken language, with its noun if the gap names one."""

    def __format__(self, noun: str) -> str:
        one, _, many = noun.partition("|")
        return f"{number(self)} {one if self == 1 or not many else many}" if noun else number(self)


def choose_language(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """Return "vi" or "en": ``--lang`` in ``arguments``, else TRUYVET_LANG, else the locale, else English."""
    for here, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or next(iter(arguments[here + 1 : here + 2]), "")
            if value in LANGUAGES:
                return value
    wanted = environ.get("TRUYVET_LANG", "")
    if wanted in LANGUAGES:
        return wanted
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "vi" if locale.lower().startswith("vi") else "en"


def speak(language: str) -> None:
    """Speak ``language`` from here on."""
    _spoken.set(language)


def spoken() -> str:
    """Return the language spoken now, "vi" or "en"."""
    return _spoken.get()


def texts_of(area: str) -> Mapping[str, Text]:
    """Return the texts of one command (``cli/messages/<area>.py``) by their whole key; empty if it has none."""
    name = f"cli.messages.{area.replace('-', '_')}"
    try:
        texts: Mapping[str, Text] = import_module(name).TEXTS
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return {}
    return texts


def find_text(key: str) -> Text | None:
    """Return the text called ``key``; the part before the first dot names its module."""
    return texts_of(key.partition(".")[0]).get(key)


def say(key: str, **values: object) -> str:
    """Return the text ``key`` in the spoken language, its gaps filled; whole numbers are written as the language does.

    Raises
    ------
    KeyError
        If there is no such text or a value is missing: a fault of this software.
    """
    text = find_text(key)
    if text is None:
        raise KeyError(key)
    form = text.vi if spoken() == "vi" else text.en
    plain = {k: Count(v) if isinstance(v, int) and not isinstance(v, bool) else v for k, v in values.items()}
    return form.format(**plain)


def number(value: int) -> str:
    """Write a whole number: 1.391 in Vietnamese, 1,391 in English."""
    text = f"{int(value):,d}"
    return text.replace(",", ".") if spoken() == "vi" else text


def decimal(value: float, digits: int = 1) -> str:
    """Write a number with ``digits`` decimals: 1.391,5 in Vietnamese, 1,391.5 in English."""
    text = f"{value:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if spoken() == "vi" else text


def day(at: date) -> str:
    """Write a day: 2/7/2021 in Vietnamese, 2 Jul 2021 in English."""
    if spoken() == "vi":
        return f"{at.day}/{at.month}/{at.year}"
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"


def moment(at: datetime) -> str:
    """Write a local instant: 8/7/2021 02:10 in Vietnamese, 8 Jul 2021 02:10 in English."""
    return f"{day(at.date())} {at:%H:%M}"
