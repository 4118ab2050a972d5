"""What the words for a contact tell: how long, how far apart, masks, the place, the kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loaders import LoadOptions, load_files
from loaders.columns.circumstances import read_circumstances


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("trò chuyện khoảng 10 phút, cách 2m", ("social", "10", "2", None, None)),
        ("Nhậu ở nhà chị Bảy, không khẩu trang", ("social", None, None, "false", "nhà chị Bảy")),
        ("mua rau, cả hai đều đeo khẩu trang", ("social", None, None, "true", None)),
        ("F0 có khẩu trang", (None, None, None, None, None)),
        ("đi chung xe trong 2 tiếng", ("transport", "120", None, None, None)),
        ("chủ trọ", (None, None, None, None, None)),
    ],
)
def test_what_words_tell_of_a_contact(text: str, told: tuple[str | None, ...]) -> None:
    read = read_circumstances(text)
    assert (read.kind, read.minutes, read.distance, read.protected, read.place) == told


def test_the_words_stay_with_the_contact_and_the_commune_of_the_title_is_that_of_the_hamlets(tmp_path: Path) -> None:
    (tmp_path / "f1.csv").write_text(
        'DANH SÁCH F1 CỦA BN52007,,,,\n"Xã Phú Hưng, ngày 12/8/2021",,,,\n'
        "Họ và tên,Năm sinh,Địa chỉ,Ngày TX gần nhất,Hoàn cảnh tiếp xúc\n"
        'Lữ Thị Hương,1968,Ấp Cái Rắn,9/8/2021,"nói chuyện 5 phút, cách 3m"\n'
        "Lữ Văn Sỹ,1999,chợ Rau Dừa,9/8/2021,chủ trọ\n",
        encoding="utf-8",
    )
    (tmp_path / "f0.csv").write_text(
        "Mã BN,Họ và tên,Ngày khởi phát\nBN52007,Đinh Văn Sang,9/8/2021\n", encoding="utf-8"
    )
    paths = [tmp_path / "f0.csv", tmp_path / "f1.csv"]
    records = load_files(paths, options=LoadOptions(today=date(2021, 8, 20))).records
    assert set(records.contacts["minutes"].dropna()) == {5.0}
    assert set(records.contacts["distance_m"].dropna()) == {3.0}
    assert sum("chủ trọ" in text for text in records.contacts["attributes"].dropna()) == 1
    areas = records.persons.set_index("name")["area"].dropna()
    assert areas["Lữ Thị Hương"].endswith("cai-ran")
    assert "Lữ Văn Sỹ" not in areas
