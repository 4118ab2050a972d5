"""Names and numbers of a column are made comparable as each text is by itself; areas are walked up as one by one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.people.recorded import NO_PHONE, PHONE
from tracing.alike import Names, numbers_of, paper_keys
from tracing.model.areas import areas_above, walk_up
from tracing.model.records import Records
from tracing.papers import paper_key
from tracing.spelling import (
    accents,
    bare_words,
    called_numbers,
    clean_name,
    is_full,
    name_key,
    nicknames,
    phone_numbers,
    same_name,
)

TEXT = """Nguyễn Trần Lê Thị Văn Hồng Hoà Hòa Hùng Hưng An Sáu Bảy Út Ba ông Bà anh Chị. mr A T. V Y Blơ NGUYEN van thi
tài xế thợ may hộ: ( ) (Tám [Lúa] Đen) , con - ; không rõ tên unknown male 0912345679 O'Brien Sa-Rây ﬁ İ ß"""
WORDS = [*TEXT.split(), "", "\u0300", "\n"]
NAMES = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=8)
DIGITS = st.text(st.sampled_from("0123456789 .-+;/oO٣"), max_size=16) | st.from_regex(r"\A[0-9]{8,12}\Z")
NUMBERS = DIGITS | st.sampled_from(["0912345679", "84912345679", "0" * 10, "1" * 12, "HS4010123456789", "B1234567"])


def column(texts: list[str]) -> pa.Array:
    return pa.array(texts, type=pa.large_string())


def full_name(name: str, words: list[str]) -> bool:
    letter = bool(words) and len(words[-1]) == 1 and ("." in name or len(words[0]) <= 2)
    return bool(words) and is_full(name) and not letter


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(NAMES, max_size=12, unique=True))
def test_names_of_a_column_are_compared_by_what_each_is_by_itself(texts: list[str]) -> None:
    names = Names(column(texts))
    words = [bare_words(text) for text in texts]
    assert names.key.to_pylist() == [name_key(text) for text in texts]
    assert names.bare.to_pylist() == [" ".join(one) or None for one in words]
    assert names.ordered.to_pylist() == [" ".join(sorted(one)) or None for one in words]
    assert names.given.to_pylist() == [one[-1] if one else None for one in words]
    assert names.full.tolist() == [full_name(text, one) for text, one in zip(texts, words, strict=True)]
    assert names.female.tolist() == ["thi" in one[1:-1] for one in words]
    assert names.cleaned.to_pylist() == [clean_name(text) for text in texts]
    first = [" ".join(word for nick in nicknames(text)[:1] for word in bare_words(nick)) or None for text in texts]
    assert names.called.to_pylist() == first


@settings(max_examples=200, deadline=None)
@given(texts=st.lists(NAMES, min_size=1, max_size=12, unique=True))
def test_which_names_of_a_column_are_the_same(texts: list[str]) -> None:
    names = Names(column(texts))
    x, y = (side.ravel() for side in np.meshgrid(np.arange(len(texts)), np.arange(len(texts))))
    expected = [same_name(texts[a], texts[b]) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    assert names.same(x, y).tolist() == expected


def test_most_names_are_plain_and_those_with_more_than_words_are_not() -> None:
    plain = ["Nguyễn Thị Hồng", "LE VAN TAM", "Trần An", "Y Blơ"]
    others = ["anh Tâm", "Lê Văn Tám (Tám Lúa)", "Sa-Rây", "Võ Công tài xế", "Ng. V. A", "", " Lê Sáu"]
    assert Names(column([*plain, *others])).plain.tolist() == [True] * len(plain) + [False] * len(others)
    assert accents("Hòa") == accents("Hoà") != accents("Hoa")


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(NUMBERS, max_size=12, unique=True))
def test_numbers_of_a_column_are_those_of_its_texts(texts: list[str]) -> None:
    for read, patterns in (
        (called_numbers, {"plain": "0[0-9]{9}"}),
        (phone_numbers, {"plain": PHONE, "nothing": NO_PHONE}),
    ):
        text, place, numbers = numbers_of(column(texts), read, **patterns)
        told = sorted(zip(text.tolist(), place.tolist(), numbers.to_pylist(), strict=True))
        assert told == [(at, n, number) for at, one in enumerate(texts) for n, number in enumerate(read(one))]
    assert paper_keys(column(texts)).to_pylist() == [paper_key(text) for text in texts]


LEVELS = ("household", "hamlet", "commune", "district")


@settings(max_examples=100, deadline=None)
@given(
    areas=st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.tuples(st.sampled_from([*LEVELS, None]), st.sampled_from([*"abcdefghx", None])),
        max_size=8,
    ),
    lived=st.lists(st.sampled_from([*"abcdefghx", None]), min_size=1, max_size=6),
)
def test_areas_above_many_are_those_above_each(
    areas: dict[str, tuple[str | None, str | None]], lived: list[str | None]
) -> None:
    table = pd.DataFrame([(code, *told) for code, told in areas.items()], columns=["area", "level", "parent"])
    level, parents = ({code: told[at] for code, told in areas.items() if told[at] is not None} for at in (0, 1))
    found = areas_above(Records.build({"areas": table}), column(lived), LEVELS)
    for name in LEVELS:
        first = [next((c for c in walk_up(area, parents) if level.get(c) == name), None) for area in lived]
        assert found[name].to_pylist() == first
