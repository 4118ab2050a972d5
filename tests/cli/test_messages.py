"""Every text of the command line exists in both languages, with the same gaps, and none holds a person's data."""

from __future__ import annotations

import re
import string
from importlib import import_module
from pkgutil import iter_modules

import pytest

import cli.messages
from cli.language import Count, Text, choose_language, find_text, say, speak
from cli.main import COMMANDS

MODULES = [module.name for module in iter_modules(cli.messages.__path__)]
TEXTS = [(key, text) for name in MODULES for key, text in import_module(f"cli.messages.{name}").TEXTS.items()]


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_command_has_texts() -> None:
    assert {name.replace("-", "_") for name in COMMANDS} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_a_key_begins_with_its_module(name: str) -> None:
    keys = import_module(f"cli.messages.{name}").TEXTS
    assert [key for key in keys if key.partition(".")[0].replace("-", "_") != name] == []


@pytest.mark.parametrize(("key", "text"), TEXTS, ids=[key for key, _ in TEXTS])
def test_a_text_exists_in_both_languages_with_the_same_gaps(key: str, text: Text) -> None:
    assert text.vi.strip() and text.en.strip()
    assert gaps(text.vi) == gaps(text.en)


@pytest.mark.parametrize(("key", "text"), TEXTS, ids=[key for key, _ in TEXTS])
def test_a_text_holds_no_personal_data(key: str, text: Text) -> None:
    for form in text:
        assert not re.search(r"\d{8,}", form), "looks like a phone or identity number"
        assert not re.search(r"\b(?:Nguyễn|Trần|Lê|Phạm|Huỳnh|Võ|Đặng|Bùi) [A-ZĐ]", form), "looks like a name"
        assert not gaps(form) & {"phone", "national_id", "address"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_number_in_a_text_is_written_as_the_language_does(language: str) -> None:
    speak(language)
    try:
        assert f"{Count(1391)}" == {"vi": "1.391", "en": "1,391"}[language]
        assert f"{Count(1):row|rows}" == "1 row"
        assert f"{Count(1391):row|rows}".endswith(" rows")
        assert say("load.rows", rows=1391, new=1, known=2, aside=3).startswith(f"{Count(1391)} ")
    finally:
        speak("en")


def test_a_text_that_is_not_there_is_none() -> None:
    assert find_text("load.nothing_of_the_kind") is None
    assert find_text("nowhere.at_all") is None
    with pytest.raises(KeyError):
        say("nowhere.at_all")


@pytest.mark.parametrize(
    ("arguments", "environ", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "vi_VN.UTF-8"}, "vi"),
        ([], {"LANG": "vi_VN.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8", "TRUYVET_LANG": "vi"}, "vi"),
        (["tiers", "--lang", "en"], {"TRUYVET_LANG": "vi"}, "en"),
        (["--lang=vi", "tiers"], {}, "vi"),
        (["tiers", "--lang", "fr"], {"TRUYVET_LANG": "vi"}, "vi"),
        (["tiers", "--lang"], {}, "en"),
    ],
)
def test_the_language_is_chosen(arguments: list[str], environ: dict[str, str], language: str) -> None:
    assert choose_language(arguments, environ) == language
