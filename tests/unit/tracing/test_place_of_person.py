"""A place that is called after somebody is shown without them; a place that only sounds so keeps its name."""

from __future__ import annotations

import pytest

from tracing.spelling import without_person


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("nhà ông Bảy", "nhà …"),
        ("Nhà ông Bảy, ấp 3", "Nhà …, ấp 3"),
        ("Đám giỗ nhà bà Lê Thị Sáu (ấp Long Hòa)", "Đám giỗ nhà … (ấp Long Hòa)"),
        ("Nhà của anh Út Lượm", "Nhà …"),
        ("hộ Nguyễn Văn Ba", "hộ …"),
        ("Gia đình chú Tư Hải", "Gia đình …"),
        ("house of Mr Bay", "house of …"),
        ("quán bà Sáu", "quán …"),
        ("Quán cà phê cô Ba Lành, ấp 3", "Quán cà phê …, ấp 3"),
        ("vựa tôm chú Tư Hải", "vựa tôm …"),
        ("đám giỗ ông Năm (ấp 2)", "đám giỗ … (ấp 2)"),
        ("tàu cá anh Nam", "tàu cá …"),
        ("Quán Gió Lộng", "Quán Gió Lộng"),
        ("Tiệm vàng Kim Anh", "Tiệm vàng Kim Anh"),
        ("Nhà thờ Đức Bà", "Nhà thờ Đức Bà"),
        ("Nhà văn hóa ấp 3", "Nhà văn hóa ấp 3"),
        ("Nhà Bè", "Nhà Bè"),
        ("Công ty Ông Bảy", "Công ty Ông Bảy"),
        ("Chợ Bà Chiểu", "Chợ Bà Chiểu"),
        ("Nhà máy Vũ Gia", "Nhà máy Vũ Gia"),
    ],
)
def test_who_lives_there_is_left_out(name: str, shown: str) -> None:
    assert without_person(name) == shown


def test_a_long_name_takes_no_time() -> None:
    assert without_person("nhà ông " * 20_000).endswith("ông ")
    assert len(without_person("quán ăn " * 20_000)) == 160_000
