"""Names and numbers that are written plainly are read on a shorter way: it leads to the same."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tracing.papers import identity_number
from tracing.spelling import bare_words, clean_name, fold, name_key
from tracing.text import unaccented

_WORDS = (
    *("Nguyễn", "THỊ", "văn", "Ông", "bà", "Út", "Hai", "bảy", "Trần", "N", "A", "Đặng", "đ", "Anh", "chị", "Cụ", "hộ"),
    *("con", "chú", "Dương", "duong", "tài", "xế", "é", "ΑΣ", "ß", "Ⅷ", "²", "٣", "ª", "ǆ", "ﬁ"),
)
_NAMES = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(" ".join)


@given(_NAMES | st.text(max_size=20))
def test_a_text_is_folded_word_by_word_as_it_is_whole(text: str) -> None:
    whole = re.sub(r"\s+", " ", unaccented(text).lower())
    assert fold(text) == re.sub(" +", " ", whole).strip()


@given(_NAMES)
def test_blanks_and_a_dash_about_a_name_change_nothing(name: str) -> None:
    longer = f" - {name.replace(' ', '  ')} ,"
    assert clean_name(longer) == clean_name(name)
    assert name_key(longer) == name_key(name)
    assert bare_words(longer) == bare_words(name)


@given(st.text("0123456789", min_size=9, max_size=9) | st.text("0123456789", min_size=12, max_size=12))
def test_a_number_is_the_same_with_blanks_in_it(number: str) -> None:
    assert identity_number(f"{number[:4]} {number[4:]}.") == identity_number(number)
