"""Bulletins and messages in the forms of notices, newspapers and chats: who, when, until when, where, with whom."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from loaders.columns.day_first import days_first, plain_times
from loaders.columns.movements import read_movements
from loaders.load import load_files
from loaders.result import LoadResult

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

NOTICE = """THÔNG BÁO KHẨN
Trung tâm Y tế thông báo các mốc dịch tễ của BN41377 (nam, sinh năm 1988, ngụ ấp Tân Phong, xã Tân Hưng Đông):
- Ngày 12-7-2021: 7h30-8h uống cà phê tại quán Hương Quê, ấp Tân Phong, cùng vợ và con.
- Ngày 13/7/2021: 7h00-16h30 làm việc tại Công ty Thủy sản Minh Hải.
- Ngày 14/7/2021: từ 7h đến 8h30 ăn sáng tại quán phở Thu Ba và 2 người bạn.
- Ngày 16/7/2021: làm đến 16h tại Công ty Thủy sản Minh Hải, sau đó về nhà.
Đi phụ bán hằng ngày tại chợ phường 7 từ 17/7 đến 18/7/2021.
Tiệm hớt tóc Thanh Nam, khóm 2, phường 7: 15h00 - 16h00 ngày 21/7/2021.
Đề nghị những ai có mặt tại các địa điểm trên liên hệ trạm y tế.
"""

CHAT = """Kính gửi anh, em báo ca mới
F0: Trần Văn Bé, sn 1990, ấp Cái Bát, xã Hòa Mỹ, sđt 0912 345 678
Hôm 22/7/2021 anh Bé đi nhậu ở nhà ông Ba Khía cùng 4 người
23/7/2021 đi làm đến 16h ở vựa cua Năm Căn
F1:
1. Nguyễn Thị Lành, 1992, vợ, ở chung nhà, 0918222333
2. Lê Văn Tám, 1991, bạn nhậu, ngày 22/7/2021
"""


def load(folder: Path, name: str, text: str) -> LoadResult:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_files(path)


def said(instant: object, as_of: object) -> str | None:
    """Return an instant as ``d HH:MM``, a day as ``d``."""
    if pd.isna(instant):
        return None
    at = pd.Timestamp(int(str(instant)), unit="s", tz="UTC").tz_convert(ZONE)
    return f"{at.day} {at:%H:%M}" if instant == as_of else str(at.day)


def visits(result: LoadResult) -> set[tuple[str | None, ...]]:
    rows = result.records.visits[["place", "start", "start_to", "end", "end_to"]].itertuples(index=False)
    return {(place, said(a, b), said(c, d)) for place, a, b, c, d in rows}


def test_a_notice_names_its_case_in_a_sentence_and_tells_ends_and_places_first(tmp_path: Path) -> None:
    result = load(tmp_path, "moc.txt", NOTICE)
    assert visits(result) == {
        ("quán Hương Quê, ấp Tân Phong", "12 07:30", "12 08:00"),
        ("Công ty Thủy sản Minh Hải", "13 07:00", "13 16:30"),
        ("quán phở Thu Ba", "14 07:00", "14 08:30"),
        ("Công ty Thủy sản Minh Hải", "16", "16 16:00"),
        ("chợ phường 7", "17", None),
        ("chợ phường 7", "18", None),
        ("Tiệm hớt tóc Thanh Nam, khóm 2, phường 7", "21 15:00", "21 16:00"),
    }
    assert list(result.records.cases["person"]) == ["BN41377"]
    assert result.records.persons["birth_year"].tolist() == [1988]
    (company,) = result.questions  # one question for both lines that speak of company
    assert company.rows == 2 and company.column == "Lời khai"


def test_a_chat_tells_a_case_its_places_and_a_list_of_those_it_met(tmp_path: Path) -> None:
    result = load(tmp_path, "zalo.txt", CHAT)
    assert visits(result) == {("nhà ông Ba Khía", "22", None), ("vựa cua Năm Căn", "23", "23 16:00")}
    names = result.records.persons.set_index("person")["name"]
    assert set(names) == {"Trần Văn Bé", "Nguyễn Thị Lành", "Lê Văn Tám"}
    met = result.records.contacts
    assert {frozenset((names[a], names[b])) for a, b in zip(met["person_a"], met["person_b"], strict=True)} == {
        frozenset(("Trần Văn Bé", "Nguyễn Thị Lành")),
        frozenset(("Trần Văn Bé", "Lê Văn Tám")),
    }
    assert [(question.rows, question.column) for question in result.questions] == [(1, "Lời khai")]


def test_a_case_file_takes_its_case_from_the_title_and_the_source_from_its_label(tmp_path: Path) -> None:
    text = """LỊCH TRÌNH CA BỆNH BN51021
Họ tên: Lý Thị Nga, sinh năm 1979
Địa chỉ: Ấp Rạch Ráng, xã Khánh Bình Tây, huyện Trần Văn Thời
Yếu tố dịch tễ: tiếp xúc BN50977 ngày 25/8/2021
- 26/8/2021: 4h00 đến 10h00 bán cá tại chợ Sông Đốc, khóm 7, mua đồ.
- 27/8/2021: ở nhà, có em gái qua chơi.
- 29/8/2021: 7h30 đến TYT thị trấn Sông Đốc test nhanh, kết quả dương tính.
"""
    result = load(tmp_path, "ca.txt", text)
    people = result.records.persons.set_index("person")
    assert people["name"]["BN51021"] == "Lý Thị Nga" and people["area"]["BN51021"].startswith("32104")
    assert set(result.records.visits["person"]) == {"BN51021"}
    assert visits(result) == {
        ("chợ Sông Đốc, khóm 7", "26 04:00", "26 10:00"),
        ("TYT thị trấn Sông Đốc", "29 07:30", None),
    }
    assert list(result.records.links["source"]) == ["BN50977"]
    assert [question.rows for question in result.questions] == [1]  # the sister who came


def test_a_declaration_is_of_its_writer_who_is_no_case(tmp_path: Path) -> None:
    text = "Tôi tên Huỳnh Văn Lợi, sinh năm 1985, ngụ khóm 5, phường 9.\n"
    text += "Ngày 03/8/2021 từ 9h đến 10h mua đồ tại tạp hóa Út Nhỏ, khóm 5.\nNgày 04/8/2021 tôi ở nhà.\n"
    result = load(tmp_path, "to khai.txt", text)
    assert list(result.records.persons["name"]) == ["Huỳnh Văn Lợi"] and not len(result.records.cases)
    assert visits(result) == {("tạp hóa Út Nhỏ, khóm 5", "3 09:00", "3 10:00")}


def test_a_paragraph_per_case_a_place_above_its_hours_and_a_case_in_the_sentence(tmp_path: Path) -> None:
    told = load(
        tmp_path,
        "doan.txt",
        "BN53010, nữ, 1965, ấp Kinh Hòn, xã Khánh Bình Tây. 1/9/2021 bán hàng ở chợ Sông Đốc từ 9h tới 13h.\n"
        "BN53011, nam, 1988, cùng địa chỉ, con BN53010. 1/9/2021 làm ở vựa tôm Tấn Phát 7h-17h. 4/9 test (+).\n",
    )
    assert visits(told) == {("chợ Sông Đốc", "1 09:00", "1 13:00"), ("vựa tôm Tấn Phát", "1 07:00", "1 17:00")}
    assert sorted(told.records.persons["birth_year"]) == [1965, 1988]
    above = load(
        tmp_path,
        "muc.txt",
        "Các địa điểm liên quan đến ca bệnh BN58000 (L.T.H., nữ, 27 tuổi):\n1. Ngân hàng Agribank chi nhánh Cái Nước\n"
        "   - Thời gian: từ 7h30 - 17h các ngày 19, 20/7/2021\n",
    )
    assert visits(above) == {("Ngân hàng Agribank chi nhánh Cái Nước", f"{d} 07:30", f"{d} 17:00") for d in (19, 20)}
    inside = load(
        tmp_path,
        "cau.txt",
        "+ 17 giờ đến 18 giờ 30 ngày 10/8/2021: Quán ốc Đào, số 45 Nguyễn Trãi (BN52001).\n"
        "8h ngày 21/7/2021, BN57000 đến khám tại phòng khám Đa khoa Thanh Vũ.\n",
    )
    assert set(inside.records.visits["person"]) == {"BN52001", "BN57000"}


def test_cases_and_their_contacts_in_one_report(tmp_path: Path) -> None:
    text = """Báo cáo nhanh xã Tân Hưng
Hiện có 2 ca F0:
1. BN54001 - Trần Quốc Việt - 1990 - ấp Tân Hòa - 0911000111
2. BN54002 - Lâm Thị Mai - 1992 - ấp Tân Hòa - 0911000112
F1 của BN54001:
- Trần Thị Lan, 1960, mẹ, ở chung nhà
F1 của BN54002:
- Đỗ Thị Hạnh, 1993, ngày 3/9/2021
"""
    result = load(tmp_path, "bao cao.txt", text)
    assert list(result.records.cases["person"]) == ["BN54001", "BN54002"]
    assert len(result.records.contacts) == 2 and result.complete


def test_a_list_as_people_type_it_is_one_in_a_csv_file_too(tmp_path: Path) -> None:
    text = "F1 của BN41201 (Lê Văn Tư)\n1. Nguyễn Thị Hoa, 1990, vợ, ở chung nhà, 0912345671\n"
    result = load(tmp_path, "f1.csv", text + "2. Lê Văn Út, 2012, con ruột, ở chung nhà\n")
    assert len(result.records.contacts) == 2
    assert result.complete


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "Karaoke Nice: từ 22h ngày 22/7 đến 1h30 ngày 23/7",
            ["Ngày 22/7: từ 22h ngày 22/7 đến 1h30 ngày 23/7 tại Karaoke Nice"],
        ),
        (
            "Chợ phường 7, từ 5h-6h30 các ngày 20, 21/7",
            ["Ngày 20/7: từ 5h-6h30 tại Chợ phường 7", "Ngày 21/7: từ 5h-6h30 tại Chợ phường 7"],
        ),
        ("- Tạp hóa Kim Loan (ấp 3): sáng 20/7.", ["Ngày 20/7: sáng Tạp hóa Kim Loan (ấp 3)"]),
        ("Quán bún: địa chỉ ngõ 13, thời gian 12-14h ngày 13-3", ["Ngày 13/3: 12h-14h tại Quán bún, ngõ 13"]),
        ("Trạm gửi danh sách ngày 13/3", []),
    ],
)
def test_a_day_behind_its_place_goes_first(text: str, lines: list[str]) -> None:
    assert days_first(plain_times(text)) == lines


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Ngày 16/7: làm đến 16h tại quán Ba Lù", None, "16:00"),
        ("Ngày 16/7: đến 16h ghé quán Ba Lù", "16:00", None),
        ("Ngày 16/7: từ 7h làm đến 16h tại quán Ba Lù", "07:00", "16:00"),
        ("Ngày 16/7: dự đám tang tại nhà ông Tư, ấp 5 từ 10h-14h", "10:00", "14:00"),
    ],
)
def test_until_an_hour_is_an_end(text: str, first: str | None, last: str | None) -> None:
    (one,) = read_movements(text)
    assert (one.first, one.last) == (first, last)
