"""A hospital tells age, hamlet and the card of health insurance: a card that no other list has hinders nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, load_lists

HOMES: Rows = (
    ("Họ và tên", "Năm sinh", "Địa chỉ"),
    ("Kha Văn Tịnh", 1948, "ấp Bến Lá, xã Tân Hưng"),
    ("Liêu Thị Sen", 1989, "ấp Bến Lá, xã Tân Hưng"),
)


@pytest.mark.parametrize("card", ["", "HT3964801234567"])
def test_age_and_hamlet_mean_the_one_of_that_name(tmp_path: Path, card: str) -> None:
    ward: Rows = (
        ("Họ và tên", "Tuổi", "Địa chỉ", "Số thẻ BHYT", "Khoa", "Ngày vào viện"),
        ("Kha Văn Tịnh", 73, "ấp Bến Lá, xã Tân Hưng", card, "Nội", "20/7/2021"),
    )
    records = load_lists(tmp_path, {"ho.csv": HOMES, "vien.csv": ward}).records
    assert len(records.persons) == 2
