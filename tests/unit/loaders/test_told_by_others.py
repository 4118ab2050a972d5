"""What others tell of a case: minutes of a talk, forms with tables below, chats, answers of forms."""

from __future__ import annotations

from pathlib import Path

import pytest
from two_cases import DIEM, LOC, load_text, met_of

from loaders.columns.companions import companions_of
from loaders.columns.person_line import NAME

MINUTES = (
    "TRẠM Y TẾ PHƯỜNG 8\nBIÊN BẢN GHI LỜI KHAI\n"
    "Hồi 9 giờ ngày 21 tháng 7 năm 2021, chúng tôi gồm: 1. Y sĩ Đoàn Thị Kiều; 2. Trung úy Cao Hữu Phước.\n"
    "Làm việc với chị Mạc Thị Hường, sinh năm 1982, ĐT 0918222301, là vợ của BN501.\n"
    "Chị Hường trình bày: Ngày 17/7/2021 từ 19h đến 22h tại quán Sông Trăng, có mặt: Kha Vĩnh Tường (sn 1977), "
    "Ông Tám Mía và 2 người bạn. Ngày 18/7 anh Lộc uống cà phê tại quán Hàng Me từ 6h đến 7h với Đinh Thị Lụa, "
    "0918222305. Ngày 19/7 anh Lộc ở nhà, không tiếp xúc với Lâm Văn Hiếu, chỉ gặp chị Hường và em vợ là Mạc Quốc Việt "
    "(1999).\n"
)


def test_those_whom_minutes_of_a_talk_name_beside_a_case_met_it_on_that_day(tmp_path: Path) -> None:
    result = load_text(tmp_path, "bien ban.txt", MINUTES)
    assert met_of(result) == {
        ("Kha Vĩnh Tường", LOC, "2021-07-17T22:00"),
        ("Tám Mía", LOC, "2021-07-17T22:00"),
        ("Đinh Thị Lụa", LOC, "2021-07-18T07:00"),
        ("Chị Hường", LOC, "2021-07-19"),
        ("Mạc Quốc Việt", LOC, "2021-07-19"),
    }
    names = dict(result.records.persons[["name", "phone"]].dropna().values)
    assert names["Mạc Thị Hường"] == "0918222301" and names["Đinh Thị Lụa"] == "0918222305"
    assert not {"Đoàn Thị Kiều", "Cao Hữu Phước", "Lâm Văn Hiếu"} & set(result.records.persons["name"])


def test_who_is_introduced_as_of_a_case_and_who_has_no_name_are_asked_about(tmp_path: Path) -> None:
    result = load_text(tmp_path, "bien ban.txt", MINUTES)
    asked = {(question.column, tuple(choice.value for choice in question.choices)) for question in result.questions}
    assert ("Ghi chú", ("met", "kept")) in asked, "the wife of a case"
    assert ("Lời khai", ("kept",)) in asked, "two friends"
    assert DIEM not in {case for _, case, _ in met_of(result)}


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("đi chợ cùng vợ Lý Thị Bé rồi về nhà", ["Lý Thị Bé"], "đi chợ cùng rồi về nhà"),
        ("nhậu, có mặt: Kha Tường (sn 1977) và vợ chồng Út Lùn", ["Kha Tường"], "nhậu, cùng vợ chồng Út Lùn"),
        ("với chồng là Tô An, con Tô Lê, 1990", ["Tô An", "Tô Lê"], ""),
        ("cùng BN502 và Tô An", ["Tô An"], "cùng BN502"),
        ("có thể gặp Tô An", [], "có thể gặp Tô An"),
        ("không tiếp xúc với Tô An", [], "không tiếp xúc với Tô An"),
        ("họp với Công An Phường 8", [], "họp với Công An Phường 8"),
        ("đi cùng vợ và con", [], "đi cùng vợ và con"),
    ],
)
def test_people_named_behind_with(text: str, names: list[str], rest: str) -> None:
    told = companions_of(text)
    assert ([cells[NAME] for cells in told.named], told.rest) == (names, rest)
