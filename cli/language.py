"""Which language is spoken, and texts in it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextvars import ContextVar

from tracing.text import LANGUAGES, Words
from tracing.text import say as say_in

_spoken: ContextVar[str] = ContextVar("spoken", default="en")


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


def say(text: Words) -> str:
    """Return ``text`` in the spoken language; what is a word already stays as it is."""
    return say_in(text, spoken())
