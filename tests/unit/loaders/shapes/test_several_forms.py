"""Several forms about one case each in one file: what stands in a form is of its person alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from joined import joined
from lists import ZONE, pairs_of, visits_of

from loaders import LoadOptions, LoadResult, load_files
from loaders.columns.companions import companions_of
from loaders.columns.movements import read_movements
from tracing.times import format_iso

LETTERED = """PHIẾU ĐIỀU TRA CA BỆNH COVID-19
1. Người báo cáo
a. Tên người báo cáo: Đặng Thị Hậu
b. Ngày báo cáo: 06/11/2021
2. Thông tin bệnh nhân (mã số: BN33101)
a. Họ và tên bệnh nhân: Cao Văn Lộc
b. Ngày tháng năm sinh: ../../1972
c. Giới: 1. Nam ☒  2. Nữ ☐
d. Nơi ở hiện nay: Khóm 3, thị trấn Năm Căn, huyện Năm Căn, tỉnh Cà Mau
e. SĐT: 0918 000 111
3. Diễn biến
a. Ngày khởi phát: 02/11/2021
b. Ngày lấy mẫu: 04/11/2021
c. Kết quả PCR: dương tính ngày 05/11/2021
4. Lịch sử đi lại
- Từ 25/10 đến 30/10/2021: đánh bắt trên tàu CM-90077-TS.
- Ngày 31/10/2021 nhận phòng khách sạn Mũi Biển, trả phòng ngày 01/11/2021.
- Ngày 03/11/2021, từ 7h đến 9h: đi chợ Năm Căn, gặp ông Mai Văn Hòa (SN 1970).
- Từ ngày 02/11/2021 ở nhà, gặp lần cuối với con trai Cao Văn Liêm (1995), vợ là Ngô Thị Sương (1974) ngày 04/11/2021.
Người điều tra: Đặng Thị Hậu

PHIẾU ĐIỀU TRA CA BỆNH COVID-19
1. Người báo cáo
a. Tên người báo cáo: Đặng Thị Hậu
b. Ngày báo cáo: 07/11/2021
2. Thông tin bệnh nhân (mã số: BN33102)
a. Họ và tên bệnh nhân: Trần Thị Bưởi
b. Ngày tháng năm sinh: ../../1980
c. Giới: 1. Nam ☐  2. Nữ ☒
d. Nơi ở hiện nay: Ấp 2, xã Hàm Rồng, huyện Năm Căn, tỉnh Cà Mau
e. SĐT: 0918 000 222
3. Diễn biến
a. Ngày khởi phát: 03/11/2021
b. Ngày lấy mẫu: 05/11/2021
c. Kết quả PCR: dương tính ngày 06/11/2021
4. Lịch sử đi lại
- Ngày 04/11/2021, từ 6h đến 10h: bán rau tại chợ Hàm Rồng, ghi hàng cho BN33101.
- Ở nhà với chồng Lý Văn Tâm (1978), tiếp xúc lần cuối 05/11/2021.
Người điều tra: Đặng Thị Hậu
"""
PLAIN = """PHIẾU KHAI THÁC DỊCH TỄ
Họ tên: Cao Văn Lộc; Năm sinh: 1972; Giới tính: Nam; Mã BN: BN33101
Địa chỉ: Khóm 3, thị trấn Năm Căn; SĐT: 0918000111
Ngày khởi phát: 02/11/2021; ngày lấy mẫu 04/11/2021, kết quả dương tính ngày 05/11/2021
Lịch trình:
- Ngày 03/11/2021: 7h-9h đi chợ Năm Căn, gặp Mai Văn Hòa (1970).
Những người tiếp xúc:
1. Cao Văn Liêm, 1995, con, 04/11/2021
2. Ngô Thị Sương, 1974, vợ, 04/11/2021

PHIẾU KHAI THÁC DỊCH TỄ
Họ tên: Trần Thị Bưởi; Năm sinh: 1980; Giới tính: Nữ; Mã BN: BN33102
Địa chỉ: Ấp 2, xã Hàm Rồng; SĐT: 0918000222
Ngày khởi phát: 03/11/2021; ngày lấy mẫu 05/11/2021, kết quả dương tính ngày 06/11/2021
Lịch trình:
- Ngày 04/11/2021: 6h-10h bán rau tại chợ Hàm Rồng.
Những người tiếp xúc:
1. Lý Văn Tâm, 1978, chồng, 05/11/2021
"""
CASES = [
    ("BN33101", "Cao Văn Lộc", 1972, "0918000111", "2021-11-02", "2021-11-04", "2021-11-05"),
    ("BN33102", "Trần Thị Bưởi", 1980, "0918000222", "2021-11-03", "2021-11-05", "2021-11-06"),
]
MET = {
    ("Cao Văn Lộc", "Mai Văn Hòa", "2021-11-03"),
    ("Cao Văn Liêm", "Cao Văn Lộc", "2021-11-04"),
    ("Cao Văn Lộc", "Ngô Thị Sương", "2021-11-04"),
    ("Lý Văn Tâm", "Trần Thị Bưởi", "2021-11-05"),
}


def load(path: Path) -> LoadResult:
    return load_files([path], options=LoadOptions(today=date(2021, 11, 20)))


def day(instant: object) -> str:
    return format_iso(int(str(instant)), int(str(instant)), ZONE)[:10]


def cases_of(result: LoadResult) -> list[tuple[object, ...]]:
    """Return code, name, year of birth, telephone, onset, day of the sample and of the result of each case."""
    once = joined(result.records)
    tests = once.tests.set_index("person")
    told = once.cases.merge(once.persons, on="person").sort_values("person")
    return [
        (
            one.person,
            one.name,
            int(str(one.birth_year)),
            one.phone,
            day(one.onset),
            day(tests.at[one.person, "sample"]),
            day(tests.at[one.person, "resulted"]),
        )
        for one in told.itertuples(index=False)
    ]


def met_by(result: LoadResult) -> set[tuple[str, str, str]]:
    return {(one, other, (first or last)[:10]) for one, other, first, last in pairs_of(result)}


@pytest.mark.parametrize("text", [LETTERED, PLAIN])
def test_each_form_is_about_its_own_case(tmp_path: Path, text: str) -> None:
    (tmp_path / "phieu.txt").write_text(text, encoding="utf-8")
    result = load(tmp_path / "phieu.txt")
    assert cases_of(result) == CASES and met_by(result) == MET
    places = {(str(name), str(place)) for name, place, *_ in visits_of(result)}
    assert {("Cao Văn Lộc", "chợ Năm Căn"), ("Trần Thị Bưởi", "chợ Hàm Rồng")} <= places
    assert "Đặng Thị Hậu" not in set(joined(result.records).persons["name"])


def test_what_a_bulletin_tells_above_a_form_is_read_as_well(tmp_path: Path) -> None:
    text = (
        "BẢN TIN\nBN33200 (Mai Thị Rớt, nữ, sinh năm 1991): 7h ngày 03/11/2021 đi chợ Rạch Gốc.\n"
        + PLAIN[: PLAIN.index("\n\n")]
    )
    (tmp_path / "ban tin.txt").write_text(text, encoding="utf-8")
    result = load(tmp_path / "ban tin.txt")
    assert {(name, place) for name, place, *_ in visits_of(result)} == {
        ("Mai Thị Rớt", "chợ Rạch Gốc"),
        ("Cao Văn Lộc", "chợ Năm Căn"),
    }


def form(word: WordDocument, case: tuple[str, ...], moves: list[tuple[str, str]], met: list[tuple[str, ...]]) -> None:
    """Write one form with its tables below the others of a document."""
    code, name, born, sex, phone, onset, sample, result = case
    for line in (
        "PHIẾU ĐIỀU TRA TRƯỜNG HỢP BỆNH",
        f"Mã số ca bệnh: {code}",
        "I. THÔNG TIN NGƯỜI ĐIỀU TRA",
        "Họ và tên: Đặng Thị Hậu        Điện thoại: 0901234567",
        "II. THÔNG TIN BỆNH NHÂN",
        f"1. Họ và tên: {name}    2. Năm sinh: {born}    3. Giới tính: {sex}",
        f"4. Số điện thoại: {phone}",
        "III. LÂM SÀNG VÀ XÉT NGHIỆM",
        f"1. Ngày khởi phát: {onset}",
        f"2. Ngày lấy mẫu: {sample}. Kết quả: dương tính ngày {result}",
        "IV. LỊCH SỬ ĐI LẠI",
    ):
        word.add_paragraph(line)
    _table(word, ("Thời gian", "Địa điểm", "Ghi chú"), [(*one, "có đeo khẩu trang") for one in moves])
    word.add_paragraph("V. NGƯỜI TIẾP XÚC GẦN")
    _table(word, ("Họ và tên", "Năm sinh", "Quan hệ", "Ngày TX cuối"), met)


def _table(word: WordDocument, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    table = word.add_table(rows=1, cols=len(headings))
    for texts, cells in ((headings, table.rows[0].cells), *((row, table.add_row().cells) for row in rows)):
        for text, cell in zip(texts, cells, strict=True):
            cell.text = text


def test_tables_of_a_form_are_of_its_own_case(tmp_path: Path) -> None:
    word = docx.Document()
    first = ("BN33101", "Cao Văn Lộc", "1972", "Nam", "0918000111", "02/11/2021", "04/11/2021", "05/11/2021")
    met = [
        ("Cao Văn Liêm", "1995", "con", "04/11/2021"),
        ("Ngô Thị Sương", "1974", "vợ", "04/11/2021"),
        ("Mai Văn Hòa", "1970", "bạn", "03/11/2021"),
    ]
    form(word, first, [("7h-9h ngày 03/11/2021", "Chợ Năm Căn"), ("19h ngày 03/11/2021", "Quán Hai Râu")], met)
    second = ("BN33102", "Trần Thị Bưởi", "1980", "Nữ", "0918000222", "03/11/2021", "05/11/2021", "06/11/2021")
    moves = [("6h-10h ngày 04/11/2021", "Chợ Hàm Rồng"), ("15h ngày 04/11/2021", "Quán Ba Mây")]
    form(word, second, moves, [("Lý Văn Tâm", "1978", "chồng", "05/11/2021")])
    word.save(str(tmp_path / "phieu.docx"))
    result = load(tmp_path / "phieu.docx")
    assert cases_of(result) == CASES and met_by(result) == MET
    assert {(str(name), str(place)) for name, place, *_ in visits_of(result)} == {
        ("Cao Văn Lộc", "Chợ Năm Căn"),
        ("Cao Văn Lộc", "Quán Hai Râu"),
        ("Trần Thị Bưởi", "Chợ Hàm Rồng"),
        ("Trần Thị Bưởi", "Quán Ba Mây"),
    }
    assert "Đặng Thị Hậu" not in set(joined(result.records).persons["name"])


def test_days_on_a_boat_and_in_a_hotel_are_one_stay() -> None:
    [boat] = read_movements("Từ 25/10 đến 30/10/2021: đánh bắt trên tàu CM-90077-TS")
    assert (boat.day, boat.last, boat.place) == ("25/10/2021", "30/10/2021", "CM-90077-TS")
    [hotel] = read_movements("Ngày 31/10 nhận phòng khách sạn Mũi Biển, trả phòng ngày 01/11")
    assert (hotel.day, hotel.last, hotel.place) == ("31/10", "01/11", "khách sạn Mũi Biển")
    work = read_movements("Từ 25/10 đến 27/10/2021: 7h-17h làm tại công ty Đá Xanh")
    assert len(work) == 3 and {one.last for one in work} == {"17:00"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("gặp lần cuối với cha Lê Văn Tám (1964), mẹ Trần Thị Cẩm (1967) ngày 26/10", ["26/10", "26/10"]),
        ("ở nhà với con trai Trần Quốc Bảo (2012), tiếp xúc lần cuối 28/10", ["28/10"]),
        ("ăn sáng với Lê Văn Tám (1964), sau đó ngày 27/10 đi chợ", [None]),
    ],
)
def test_the_day_behind_those_whom_somebody_met_is_theirs(text: str, days: list[str | None]) -> None:
    assert [one.get("Ngày tiếp xúc") for one in companions_of(text).named] == days
