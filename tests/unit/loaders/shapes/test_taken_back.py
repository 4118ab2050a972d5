"""Messages of a chat that withdraw whom an earlier one listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from two_cases import LOC, load_text, met_of

CHAT = """\
[14/07/2021 07:15] CA xã: thêm F1 của BN501: bà Hồ Thị Sáu sn 1960, gặp hôm 10/7
[14/07/2021 07:20] CA xã: thêm F1 của BN501: anh Lê Văn Đực sn 1977, gặp hôm 11/7
[14/07/2021 08:01] CA xã: {said}
"""


@pytest.mark.parametrize(
    "said",
    [
        "Em báo nhầm, bỏ bà Hồ Thị Sáu ra nhé, hôm 10/7 bà đi viện không gặp ông Lộc",
        "dạ em nhắn sai, bà Hồ Thị Sáu không gặp BN501",
        "bỏ bà Hồ Thị Sáu ra khỏi danh sách giúp em",
        "Xoá tên bà Hồ Thị Sáu, bà không tiếp xúc",
    ],
)
def test_who_is_withdrawn_in_a_later_message_is_no_contact_and_asked_about(tmp_path: Path, said: str) -> None:
    result = load_text(tmp_path, "nhom.txt", CHAT.format(said=said))
    assert met_of(result) == {("Lê Văn Đực", LOC, "2021-07-11")}
    assert result.questions


def test_a_message_that_only_speaks_of_somebody_who_is_listed_withdraws_nobody(tmp_path: Path) -> None:
    result = load_text(tmp_path, "nhom.txt", CHAT.format(said="bỏ qua, bà Hồ Thị Sáu đang ở nhà"))
    assert {who for who, *_ in met_of(result)} == {"Hồ Thị Sáu", "Lê Văn Đực"}
