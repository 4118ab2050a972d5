"""Reports of several cases, a block of lines for each, with tables or lists of those whom they met."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
import pytest
from lists import ZONE, isolations_of, pairs_of, visits_of

from loaders import LoadResult, load_files
from loaders.files.case_heads import head_of_case
from tracing.times import format_iso

Part = str | list[list[str]]
TABLES: list[Part] = [
    "TRUNG TÂM KIỂM SOÁT BỆNH TẬT",
    "Về 02 trường hợp dương tính (tính đến 18 giờ ngày 16/7/2021)",
    "1. BN34001 – LÊ VĂN TƯ, sinh năm 1980, nam, phụ xe. ĐT: 0901.222.333. Nơi ở: khóm 3, phường 2, TP Cà Mau.",
    "Khởi phát ngày 11/7 (sốt). Lấy mẫu ngày 13/7, kết quả RT-PCR dương tính ngày 14/7/2021. Cách ly, điều trị tại BV "
    "Dã chiến Cà Mau từ 14/7.",
    "Lịch trình:",
    "- 10/7, 8h15 – 8h40: khám bệnh tại phòng khám Hải Âu (phường 8).",
    "- 10/7, 14h00: về đến nhà trọ Sao Mai, ở tại đây đến 13/7.",
    "Các F1:",
    [
        ["TT", "Họ và tên F1", "Năm sinh", "Quan hệ", "TX lần cuối"],
        ["1", "Ngô Thị Bưởi", "1982", "Vợ", "13/7"],
        ["2", "Lê Minh Đạt", "1979", "Tài xế", "10/7"],
    ],
    "2. BN34002 – NGÔ THỊ MẬN, sinh năm 1990, nữ. ĐT: 0901.222.444. Nơi ở: khóm 6, phường 8, TP Cà Mau.",
    "Không triệu chứng. Lấy mẫu ngày 14/7, kết quả dương tính ngày 15/7/2021.",
    "Lịch trình:",
    "- 11/7, 7h00 – 7h30: mua rau tại sạp của ông Tư (BN34001) ở chợ Phường 7.",
    "- Từ 6h30 ngày 12/7 đến 14/7: ở tại Công ty Hải Sản.",
    "F1 trong gia đình (tiếp xúc lần cuối 14/7): chồng Phan Văn Cam (1988), con Phan Thị Chanh (2012).",
    "F1: tổ trưởng Trần Văn Quýt (1985), làm chung ca ngày 13/7. Các F1 cùng ca do công ty lập danh sách.",
    "Anh Võ Văn Ổi (1991, phường 8) làm khác ca, chưa tiếp xúc gần với BN34002.",
    "Người báo cáo: BS Trần Thị Na",
]
BARE = """BAO CAO NHANH 02 CA DUONG TINH NGAY 12/7/2021
Ca 1: BN40101, LY THI CUC, nu, sinh nam 1970, noi o: ap Kinh Tu, xa Long Dien. SDT 0912 334 455
Ngay 08/7 sot, ho. Lay mau ngay 10/7, ket qua PCR duong tinh ngay 11/7/2021. Nhap vien BV Da khoa Bac Lieu tu ngay 11/7.
Lich su di lai:
- Ngay 05/7, 7h - 9h: di cho Ho Phong
F1:
1. Le Van Tam, 1965, chong, sdt 0913 222 111, tx cuoi 10/7
2. Tran Thi Bay (1990), hang xom, tx ngay 09/7
Ca 2: BN40102, DANH VAN SOL, nam, 45 tuoi, noi o: ap Bau Sang, xa Long Dien.
Chua co trieu chung. PCR duong tinh 11/7/2021
F1 (tx cuoi 09/7): vo Thach Thi Ly (1980), con Danh Sang (2005)
Ong Kim Sa Rit (1970) chua tiep xuc voi BN40102, chi di ngang nha
"""
SHEET: list[Part] = [
    "BÁO CÁO CÁC TRƯỜNG HỢP MẮC COVID-19, ngày 20/6/2021",
    "I. DOÃN HỮU PHƯỚC (BN30301), nam, 46 tuổi, bảo vệ. Địa chỉ: 23/4 Nguyễn Duy, P.9, Q.8",
    "Ngày 15/6 xuất hiện sốt, ho. Mẫu lấy ngày 17/6 có kết quả dương tính ngày 18/6.",
    "Ngày 18/6 được chuyển vào Bệnh viện dã chiến số 3 điều trị.",
    "Danh sách F1:",
    [
        ["STT", "Họ tên", "Giới", "Năm sinh", "SĐT", "Lần cuối gặp BN"],
        ["1", "Viên Thị Đào", "Nữ", "1978", "0908112234", "17/6"],
    ],
    "II. KHA VĂN ĐỨC, mã BN 30302, nam, 1988, công nhân. Địa chỉ: 12 Hưng Phú, P.9, Q.8",
    "Không triệu chứng, kết quả xét nghiệm RT-PCR ngày 19/6: dương tính",
    "Danh sách F1:",
    [
        ["STT", "Họ tên", "Giới", "Năm sinh", "SĐT", "Lần cuối gặp BN"],
        ["1", "Lý A Páo", "Nam", "2000", "0912000111", "16/6"],
    ],
]


def _word(path: Path, parts: Sequence[Part]) -> Path:
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(0, len(part[0]))
        for texts in part:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def _workbook(path: Path, parts: Sequence[Part]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for part in parts:
        for row in [[part]] if isinstance(part, str) else part:
            sheet.append(row)
        if not isinstance(part, str):
            sheet.append([None])
    book.save(path)
    return path


def _day(instant: object) -> str:
    return format_iso(int(str(instant)), int(str(instant)), ZONE)[:10]


def _confirmed(result: LoadResult) -> dict[str, str]:
    return {str(case): _day(day) for case, day in result.records.cases.set_index("person")["confirmed"].items()}


def _names(result: LoadResult) -> set[str]:
    return set(result.records.persons["name"].dropna())


def test_each_block_is_a_case_and_its_table_lists_whom_it_met(tmp_path: Path) -> None:
    result = load_files([_word(tmp_path / "bc.docx", TABLES)])
    assert _confirmed(result) == {"BN34001": "2021-07-14", "BN34002": "2021-07-15"}
    assert pairs_of(result) == {
        ("Lê Văn Tư", "Ngô Thị Bưởi", "", "2021-07-13"),
        ("Lê Minh Đạt", "Lê Văn Tư", "", "2021-07-10"),
        ("Ngô Thị Mận", "Phan Văn Cam", "", "2021-07-14"),
        ("Ngô Thị Mận", "Phan Thị Chanh", "", "2021-07-14"),
        ("Ngô Thị Mận", "Trần Văn Quýt", "2021-07-13", "2021-07-13"),
        ("Lê Văn Tư", "Ngô Thị Mận", "", "2021-07-11"),  # whose stall she came to
    }
    assert isolations_of(result) == {("Lê Văn Tư", "hospital", "BV Dã chiến Cà Mau", "2021-07-14", "")}
    assert not result.questions


def test_who_is_said_to_have_met_no_case_is_a_person_and_who_signs_is_none(tmp_path: Path) -> None:
    names = _names(load_files([_word(tmp_path / "bc.docx", TABLES)]))
    assert "Võ Văn Ổi" in names
    assert not any("Na" in name.split() for name in names)


def test_days_of_a_block_are_visits_until_their_last_day(tmp_path: Path) -> None:
    result = load_files([_word(tmp_path / "bc.docx", TABLES)])
    assert visits_of(result) == {
        ("Lê Văn Tư", "phòng khám Hải Âu", "2021-07-10T08:15", "2021-07-10T08:40"),
        ("Lê Văn Tư", "nhà trọ Sao Mai", "2021-07-10T14:00", "2021-07-13"),
        ("Ngô Thị Mận", "chợ Phường 7", "2021-07-11T07:00", "2021-07-11T07:30"),
        ("Ngô Thị Mận", "Công ty Hải Sản", "2021-07-12T06:30", "2021-07-14"),
    }


def test_a_report_without_accents_is_read_alike(tmp_path: Path) -> None:
    (tmp_path / "bc.txt").write_text(BARE, encoding="utf-8")
    result = load_files([tmp_path / "bc.txt"])
    assert _confirmed(result) == {"BN40101": "2021-07-11", "BN40102": "2021-07-11"}
    assert pairs_of(result) == {
        ("Le Van Tam", "Ly Thi Cuc", "2021-07-10", "2021-07-10"),
        ("Ly Thi Cuc", "Tran Thi Bay", "2021-07-09", "2021-07-09"),
        ("Danh Van Sol", "Thach Thi Ly", "", "2021-07-09"),
        ("Danh Sang", "Danh Van Sol", "", "2021-07-09"),
    }
    assert isolations_of(result) == {("Ly Thi Cuc", "hospital", "BV Da khoa Bac Lieu", "2021-07-11", "")}
    assert "Kim Sa Rit" in _names(result)
    assert "Ho Phong" not in _names(result)  # a market, "chợ Hộ Phòng"


def test_blocks_of_a_workbook_with_the_code_behind_the_name(tmp_path: Path) -> None:
    result = load_files([_workbook(tmp_path / "bc.xlsx", SHEET)])
    assert _confirmed(result) == {"BN30301": "2021-06-18", "BN30302": "2021-06-19"}
    assert pairs_of(result) == {
        ("Doãn Hữu Phước", "Viên Thị Đào", "", "2021-06-17"),
        ("Kha Văn Đức", "Lý A Páo", "", "2021-06-16"),
    }
    assert isolations_of(result) == {("Doãn Hữu Phước", "hospital", "Bệnh viện dã chiến số 3", "2021-06-18", "")}


def test_heads_of_blocks() -> None:
    assert head_of_case("3. BN 653.201 - LÊ MINH, sinh năm 1994") == ("BN653201", "Lê Minh", ", sinh năm 1994")
    assert head_of_case("Bệnh nhân 2: Lục Văn Thìn, mã BN 3652, nam") == ("BN3652", "Lục Văn Thìn", ", nam")
    assert head_of_case("- Ngày 5/7: đi chợ với BN34") is None
    assert head_of_case("F1 của BN34: Lê Văn Tư, 1980") is None


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("F1: sống cùng nhà, TX lần cuối 9/7 gồm chồng Lê Văn Cam (1972), con gái Lê Thị Mít (2003).", {"07-09"}),
        ("F1: TX lan cuoi 9/7 gom chong Lê Văn Cam (1972) va con Lê Thị Mít (2003)", {"07-09"}),
        (
            "F1: tại phòng khám ngày 8/7: BS Lê Văn Cam (1972) và điều dưỡng Lê Thị Mít (1986) trực tiếp khám.",
            {"07-08"},
        ),
        ("F1: ăn trưa ngày 8/7 có Lê Văn Cam (1972); cùng nhà, TX cuối 9/7: Lê Thị Mít (1986)", {"07-08", "07-09"}),
        ("F1: lấy mẫu ngày 10/7 gồm chồng Lê Văn Cam (1972), con gái Lê Thị Mít (2003).", {"-"}),
    ],
)
def test_a_day_before_the_people_of_a_clause_is_that_of_all_of_them(tmp_path: Path, line: str, days: set[str]) -> None:
    text = [
        "BÁO CÁO NHANH 01 CA DƯƠNG TÍNH NGÀY 12/7/2021",
        "1. BN34001 – NGÔ THỊ BƯỞI, sinh năm 1975, nữ. ĐT: 0901.222.333.",
        "Khởi phát ngày 7/7. Lấy mẫu ngày 10/7, kết quả dương tính ngày 11/7/2021.",
        "Lịch trình:",
        "- Ngày 5/7, 7h - 9h: đi chợ Hồ Phòng",
        line,
    ]
    path = tmp_path / "bc.txt"
    path.write_text("\n".join(text), encoding="utf-8")
    met = pairs_of(load_files([path]))
    assert {name for one, other, *_ in met for name in (one, other)} >= {"Lê Văn Cam", "Lê Thị Mít"}
    assert {end[5:] or "-" for *_, end in met} == days
