"""Findings: what a message may show of a value, their words in both languages, and what many of them cost."""

from __future__ import annotations

import time

import pytest

from loaders.findings import FindingLog, shape
from loaders.messages import MESSAGES, QUOTING
from tracing.text import Text


def _said(code: str, value: str, lang: str = "en") -> str:
    log = FindingLog()
    log.add(code, file="a.csv", row=2, column="onset", value=value, known="a, b", read="x")
    return str(log.freeze().table[f"message_{lang}"][0])


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("date.impossible", "31/6/2021", '"31/6/2021"'),
        ("date.impossible", "92/7", '"92/7"'),
        ("date.impossible", "29/7/21 18:00", '"29/7/21 18:00"'),
        ("date.relative", "hôm qua", '"hôm qua"'),
        ("date.unreadable", "32 Jun 2021", '"32 Jun 2021"'),
        ("date.unreadable", "0977 123 488", "10 digits"),
        ("date.unreadable", "0977123488", "10 digits"),
        ("date.unreadable", "096000000111", "12 digits"),
        ("date.unreadable", "Lê Văn Tám", "a text of 3 words"),
        ("date.unreadable", "Tám", "a text of 1 word"),
        ("date.unreadable", "anh Tám 0977123488", "a text of 3 words, with digits"),
        ("value.number", "1e9", '"1e9"'),
        ("value.number", "call 0912345678", "a text of 2 words, with digits"),
        ("value.unknown", "lạ", '"lạ"'),
        ("value.unknown", "Nguyễn Thị Bé", "a text of 3 words"),
    ],
)
def test_a_value_is_quoted_only_where_it_is_of_the_kind_of_its_column(code: str, value: str, shown: str) -> None:
    said = _said(code, value)
    assert shown in said and (shown.startswith('"') or value not in said)


def test_shapes_in_both_languages() -> None:
    assert shape("0977 123 488").say("vi") == "10 chữ số" and shape("Lê Tám").say("vi") == "chuỗi 2 từ"


def test_every_finding_is_a_text_in_both_languages() -> None:
    for code, message in MESSAGES.items():
        assert message.severity in {"error", "question", "warning", "note"}, code
        for text in (message.text, message.fix):
            assert isinstance(text, Text) and text.message, code
    assert set(QUOTING) <= set(MESSAGES)


def test_a_finding_has_its_place_and_each_is_said_once() -> None:
    log = FindingLog()
    for _ in range(2):
        log.add("required.missing", file="a.xlsx", sheet="F1", row=7, column="onset", letters="C")
    log.add("file.missing", file="b.csv")
    table = log.freeze().table
    assert table[["file", "cell", "code"]].fillna("").values.tolist() == [
        ["a.xlsx", "C7", "required.missing"],
        ["b.csv", "", "file.missing"],
    ]
    assert table["message_en"][0] == "onset is empty" and table["message_vi"][0] == "thiếu onset"


def test_many_different_findings_cost_little() -> None:
    log = FindingLog()
    size = 100_000
    begin = time.process_time()
    log.add_many(
        "date.impossible",
        range(size),
        file="a.csv",
        column="onset",
        values=[f"{i % 99 + 32}/7/{i % 9999:04}" for i in range(size)],
    )
    table = log.freeze().table
    assert len(log.groups) == 1 and len(table) == size
    assert time.process_time() - begin < 20
