"""Known cases whom sentences about somebody name with a day, and sentences that tell no meeting."""

from __future__ import annotations

import pytest

from loaders.columns.met_cases import met_cases, without_met_cases


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("làm cùng xưởng, ngày 22/7 ăn ca cùng bàn với BN70201. Sau đó về nhà.", ("22/7", None, False)),
        ("lai xe tuyen 3, ngay 22/7 cho BN70201 di lam", ("22/7", None, False)),
        ("28/7 trực tiếp tiêm truyền cho BN70201", ("28/7", None, False)),
        ("Từ 18h đến 20h ngày 22/7 ngồi cạnh BN70201 tại quán", ("22/7 18:00", "22/7 20:00", False)),
        ("từ 20 đến 22/7 chăm sóc BN70201", ("20/7", "22/7", False)),
        ("Vợ BN70201, gặp chồng lần cuối ngày 3/7", ("3/7", None, True)),
        ("con gái của BN70201, sống cùng bố, tiếp xúc cuối với bố 3/7", ("3/7", None, True)),
        ("tối 24/7 ăn cơm tại nhà BN70201", ("24/7", None, False)),
        ("Ngày 22/7 tiếp xúc với BN70201; lấy mẫu 25/7 âm tính", ("22/7", None, False)),
        ("had dinner with BN70201 on 22/7", ("22/7", None, False)),
    ],
)
def test_a_sentence_tells_which_case_was_met_and_when(text: str, told: tuple[str, str | None, bool]) -> None:
    (one,) = met_cases(text)
    assert (one.code, one.first, one.last, one.only_last) == ("BN70201", *told)
    assert "BN70201" not in without_met_cases(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 22/7 không tiếp xúc với BN70201",
        "hình như ngày 22/7 có gặp BN70201",
        "ngày 22/7 đi chợ với mẹ BN70201",
        "cùng thôn với BN70201",
        "Ngày 22/7 tiếp xúc với BN70201, sốt từ 25/7",
        "gặp BN70201 các ngày 21, 23/7",
        "gặp BN70201 ngày 21, ngày 23/7",
        "gặp BN70201 ngày 22/7 và ngày 25/7, ngày 27/7",
        "con gái BN70201, ngày 22/7 đi học cùng bạn",
        "được xác định dương tính ngày 22/7, liên quan BN70201",
    ],
)
def test_what_is_no_meeting_or_not_sure_tells_none(text: str) -> None:
    assert not met_cases(text)
    assert "BN70201" in without_met_cases(text)
