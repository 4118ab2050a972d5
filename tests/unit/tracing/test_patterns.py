"""Regular expressions that are made when they are first looked for."""

from __future__ import annotations

import re

import pytest

from tracing.patterns import regex


def test_answers_as_the_pattern_does() -> None:
    words = regex(r"(?P<tier>f\d)\s*của", re.IGNORECASE)
    made = re.compile(r"(?P<tier>f\d)\s*của", re.IGNORECASE)
    text = "F1 của BN34, f2 của BN35"
    for _ in range(2):
        assert words.findall(text) == made.findall(text)
        assert [one["tier"] for one in words.finditer(text)] == ["F1", "f2"]
        assert words.sub("x", text) == made.sub("x", text)
        assert words.fullmatch(text) is None
        assert (words.pattern, words.groups, words.flags) == (made.pattern, made.groups, made.flags)


def test_is_made_at_the_first_question_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    made = re.compile

    def counted(pattern: str, flags: int = 0) -> re.Pattern[str]:
        asked.append(pattern)
        return made(pattern, flags)

    monkeypatch.setattr("tracing.patterns.re.compile", counted)
    words = regex("tổ [0-9]+")
    assert words.pattern == "tổ [0-9]+"
    assert repr(words) == "regex('tổ [0-9]+')"
    assert not asked
    assert words.search("tổ 4, ấp 2") is not None
    assert words.search("ấp 2") is None
    assert asked == ["tổ [0-9]+"]


@pytest.mark.parametrize("name", ["no_such_thing", "__len__"])
def test_no_method_of_another_thing(name: str) -> None:
    with pytest.raises(AttributeError):
        getattr(regex("a"), name)
