"""Every text that a person reads exists in every language: none missing, none left over, none with other gaps."""

from __future__ import annotations

import re

import pytest
from catalogues import LANGUAGES, PACKAGES, as_mo, as_po, catalogue_path, forms, gaps_differ, merged, read_catalogue

_TYPED = re.compile(r"--policy|load_policy|truyvet policies|\{[^}]*\}")
pytestmark = pytest.mark.parametrize(("package", "lang"), [(p, lang) for p in PACKAGES for lang in LANGUAGES])


def test_catalogues_hold_the_texts_of_the_code(package: str, lang: str) -> None:
    catalog = merged(package, lang)
    missing = [forms(m.id)[0] for m in catalog if m.id and not all(forms(m.string))]
    assert not missing, "translate these, then run make messages"
    assert catalogue_path(package, lang).read_bytes() == as_po(catalog), "run make messages"
    assert catalogue_path(package, lang, "mo").read_bytes() == as_mo(catalog), "run make messages"


def test_gaps_are_the_same(package: str, lang: str) -> None:
    wrong = [forms(m.id)[0] for m in read_catalogue(package, lang) if m.id and gaps_differ(m)]
    assert not wrong


def test_no_text_holds_personal_data(package: str, lang: str) -> None:
    for message in read_catalogue(package, lang):
        for form in (*forms(message.id), *forms(message.string)) if message.id else ():
            assert not re.search(r"\d{8,}", form), "looks like a phone or identity number"
            assert not re.search(r"\b(?:Nguyễn|Trần|Lê|Phạm|Huỳnh|Võ|Đặng|Bùi) [A-ZĐ]", form), "looks like a name"
            assert not re.search(r"\{(?:phone|national_id|address)[:}]", form)


def test_one_word_for_a_rule(package: str, lang: str) -> None:
    """GLOSSARY: *quy định*, a rule; "policy" only in what is typed, such as ``--policy``."""
    for message in read_catalogue(package, lang):
        for english in forms(message.id) if message.id else ():
            assert not re.search(r"\bpolic(?:y|ies)\b", _TYPED.sub("", english)), english
        for translated in forms(message.string) if message.id else ():
            assert "chính sách" not in translated.lower(), translated
