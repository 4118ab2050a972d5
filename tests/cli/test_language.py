"""Which language is spoken, and how numbers and times are written in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from cli.language import choose_language, say, speak
from cli.shown import shown_as_of, shown_instant, shown_number
from cli.words import COUNTED
from tracing.times import EVER, parse_iso


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    speak("en")


@pytest.mark.parametrize(
    ("language", "number", "cases", "one"),
    [("vi", "1.391,5", "1.391 ca bệnh", "1 ca bệnh"), ("en", "1,391.5", "1,391 cases", "1 case")],
)
def test_numbers_are_written_as_the_language_does(language: str, number: str, cases: str, one: str) -> None:
    speak(language)
    assert shown_number(1391.5, 1) == number
    assert say(COUNTED["cases"](1391)) == cases
    assert say(COUNTED["cases"](1)) == one


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("2021-07-08T02:10:00", "8 Jul 2021 02:10"),
        ("2021-07-08T00:00:00", "8 Jul 2021"),
        ("2021-07-08T23:59:59", "8 Jul 2021"),
        ("2021-07-08T10:29:59", "8 Jul 2021 10:30"),
    ],
)
def test_an_instant_says_no_more_than_is_known(at: str, shown: str) -> None:
    assert shown_instant(datetime.fromisoformat(at)) == shown


def test_up_to_midnight_is_the_end_of_the_day_before() -> None:
    zone = "Asia/Ho_Chi_Minh"
    assert shown_as_of(parse_iso("2021-07-09T00:00", zone)[0], zone) == "the end of 8 Jul 2021"
    assert shown_as_of(parse_iso("2021-07-08T02:10", zone)[0], zone) == "8 Jul 2021 02:10"
    assert shown_as_of(EVER, zone) == shown_as_of(None, zone) == "all of time"


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
