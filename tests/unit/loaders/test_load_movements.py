"""Where people were, told in sentences: bulletins, and columns of long texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from loaders import Answers, LoadOptions, LoadResult, load_files
from loaders.columns.clock import take_times
from loaders.columns.movements import complete, read_movements
from tracing.times import format_iso

ZONE = "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("từ 7h10 đến 9h00 uống cà phê", ("07:10", "09:00", None)),
        ("6h50 - 8h15 quán Gió", ("06:50", "08:15", None)),
        ("Từ 7 giờ tối đến 9h tối ngày 26/7/2021", ("19:00", "21:00", "26/7/2021")),
        ("khoảng 4h20 ngày 25/7 xuống cầu", ("04:20", None, "25/7")),
        ("8 giờ 30 phút đi chợ", ("08:30", None, None)),
        ("tu 7h den 9h", ("07:00", "09:00", None)),
        ("đi chợ", (None, None, None)),
        ("nhà số 5h", ("05:00", None, None)),
    ],
)
def test_hours_of_a_clause(text: str, told: tuple[str | None, str | None, str | None]) -> None:
    span, _ = take_times(text)
    assert (span.first, span.last, span.day) == told


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Ngày 26/7: từ 7h10 đến 9h00 uống cà phê tại quán Bảy Lúa, khóm 3; chiều ở nhà.",
            [("visit", "26/7", "07:10", "09:00", "quán Bảy Lúa, khóm 3"), ("home", "26/7", None, None, None)],
        ),
        (
            "Chiều 26/7: 3h ghé cây xăng Tân Lộc, sau đó qua chợ Thới Bình mua cá khoảng 16h30",
            [
                ("visit", "26/7", "15:00", None, "cây xăng Tân Lộc"),
                ("visit", "26/7", "16:30", None, "chợ Thới Bình"),
            ],
        ),
        (
            "Ngày 24/7: khoảng 20h00 lên xe khách 69B-000.12, xuống cầu Đỏ khoảng 4h20 ngày 25/7",
            [("visit", "24/7", "20:00", "04:20 25/7", "69B-000.12"), ("note", "25/7", "04:20", None, None)],
        ),
        (
            "Từ ngày 30/7 đến 1/8: làm việc tại công ty Minh Phú",
            [("visit", day, None, None, "công ty Minh Phú") for day in ("30/7", "31/7", "1/8")],
        ),
        (
            "Ngày 30/7: làm ca đêm tại xưởng 2, tổ 3 nhà máy tôm, từ 18h00 ngày 30 đến 2h00 sáng hôm sau.",
            [("visit", "30/7", "18:00", "02:00 31/7", "xưởng 2, tổ 3 nhà máy tôm")],
        ),
        (
            "Ngày 28/7: dự đám tang tại ấp Cây Gừa, xã Tân Hưng. Ngày 29/7: 8h - 11h tiếp tục dự đám tang",
            [
                ("visit", "28/7", None, None, "đám tang, ấp Cây Gừa, xã Tân Hưng"),
                ("visit", "29/7", "08:00", "11:00", "đám tang, ấp Cây Gừa, xã Tân Hưng"),
            ],
        ),
        ("Ngày 30/7: 19h00 cùng ngày cách ly tại bệnh viện", [("isolation", "30/7", "19:00", None, "bệnh viện")]),
        (
            "Ngày 29/7: khoảng 16h ghé tiệm tạp hóa, không nhớ tên",
            [("open", "29/7", "16:00", None, "tiệm tạp hóa")],
        ),
        ("Ngày 31/7: sốt, ho; chở con đi học", [("note", "31/7", None, None, None)] * 3),
        (
            "Ngay 26/7: tu 7h10 den 9h00 uong ca phe tai quan Gio Bien, khom Ben La",
            [("visit", "26/7", "07:10", "09:00", "quan Gio Bien, khom Ben La")],
        ),
        (
            "Ngày 26 tháng 7 năm 2021, lúc 8 giờ 30 phút đi chợ Cái Nước",
            [("visit", "26/7/2021", "08:30", None, "chợ Cái Nước")],
        ),
    ],
)
def test_what_sentences_tell(text: str, parts: list[tuple[str | None, ...]]) -> None:
    found = complete(read_movements(text))
    assert [(one.what, one.day, one.first, one.last, one.place) for one in found] == parts


BULLETIN = """TRUNG TÂM Y TẾ HUYỆN XA
THÔNG BÁO SỐ 9 (22h00 ngày 05/8/2021)
V/v lịch trình di chuyển của 02 ca bệnh

1. Bệnh nhân BN990777 (T.V.A., nam, sinh năm 1990, ngụ ấp 3, xã Tân Lộc)
- Yếu tố dịch tễ: là F1 của BN990700.
- Ngày 24/7: khoảng 20h00 lên xe khách 69B-000.12, xuống cầu Đỏ khoảng 4h20 ngày 25/7, về nhà bằng xe ôm (không nhớ \
người chở).
- Ngày 26/7: từ 7h10 đến 9h00 uống cà phê tại quán Bảy Lúa, khóm 3, cùng mẹ (BN990778).
- Ngày 27/7: 6h50 - 8h15 quán Bảy Lúa. Khoảng 16h ghé tiệm tạp hóa, không nhớ tên.
- Ngày 31/6: 8h họp tại công ty Sao Mai.
- Ngày 30/7: 19h00 cách ly tại bệnh viện.
Ai có mặt tại các địa điểm trên liên hệ trạm y tế gần nhất.
Ghi chú nội bộ:
- Tài xế Đ.T.C. test nhanh dương tính tại chốt số 7.
"""


def load(folder: Path, answers: dict[str, str] | None = None) -> LoadResult:
    path = folder / "thong bao.txt"
    path.write_text(BULLETIN, encoding="utf-8")
    return load_files([path], options=LoadOptions(today=date(2021, 8, 6)), answers=Answers(answers or {}))


def visits(result: LoadResult) -> list[tuple[str, ...]]:
    table = result.records.visits
    rows = zip(table["person"], table["place"], table["start"], table["start_to"], table["source_row"], strict=True)
    return sorted((str(p), str(q), format_iso(int(a), int(b), ZONE)[:16], str(line)) for p, q, a, b, line in rows)


def test_a_bulletin_is_a_list_of_visits_with_their_lines(tmp_path: Path) -> None:
    result = load(tmp_path)
    where = "quán Bảy Lúa, khóm 3"
    assert visits(result) == [
        ("BN990777", "69B-000.12", "2021-07-24T20:00", "7"),
        ("BN990777", where, "2021-07-26T07:10", "8"),
        ("BN990777", where, "2021-07-27T06:50", "9"),
        ("BN990778", where, "2021-07-26T07:10", "8"),
    ]
    places = result.records.places.set_index("place")["kind"]
    assert places["69B-000.12"] == "vehicle"
    assert result.records.cases["person"].tolist() == ["BN990777"]
    assert result.records.isolations["kind"].tolist() == ["hospital"]
    assert result.records.links["source"].tolist() == ["BN990700"]


def test_places_with_their_cases_in_brackets_are_visits_of_these(tmp_path: Path) -> None:
    path = tmp_path / "thong bao khan.txt"
    path.write_text(
        "THÔNG BÁO KHẨN\nTìm người đã đến các địa điểm sau:\n"
        "- Từ 7h đến 9h ngày 22/7/2021: Quán cà phê Hương Tràm, khóm 2 (BN120001)\n"
        "- Khoảng 17h30 ngày 22/7/2021: bến phà Đầm Cùng (BN120001, BN120004)\n",
        encoding="utf-8",
    )
    result = load_files([path], options=LoadOptions(today=date(2021, 8, 6)))
    assert visits(result) == [
        ("BN120001", "Quán cà phê Hương Tràm, khóm 2", "2021-07-22T07:00", "3"),
        ("BN120001", "bến phà Đầm Cùng", "2021-07-22T17:30", "4"),
        ("BN120004", "bến phà Đầm Cùng", "2021-07-22T17:30", "4"),
    ]


def test_what_a_case_told_is_a_bulletin_too_and_an_hour_is_no_year(tmp_path: Path) -> None:
    path = tmp_path / "loi khai 30.7.2021.txt"
    path.write_text(
        "BN CM-017 Đoàn Hữu Lộc khai:\n"
        "- 26/7 sáng: đi làm ở Điện lực Cà Mau, chung phòng với anh Nam\n"
        "- 27/7, 17h-20h: đá banh sân bóng Hùng Vương với khoảng 12 người\n",
        encoding="utf-8",
    )
    result = load_files([path], options=LoadOptions(today=date(2021, 8, 6)))
    assert visits(result) == [
        ("CM017", "sân bóng Hùng Vương", "2021-07-27T17:00", "3"),
        ("CM017", "Điện lực Cà Mau", "2021-07-26", "2"),
    ]


def test_what_a_bulletin_leaves_open_is_asked_in_its_line_and_nothing_is_lost(tmp_path: Path) -> None:
    result = load(tmp_path)
    assert sorted((q.row, q.said) for q in result.questions) == [
        (7, "về nhà bằng xe ôm (không nhớ người chở)"),
        (9, "Khoảng 16h ghé tiệm tạp hóa, không nhớ tên"),
        (10, "31/6 08:00"),
    ]
    (left,) = result.set_aside  # whom the note of line 14 is about nobody can tell
    assert 14 in left.numbers and result.rows_set_aside == 1 and not result.complete
    shop = next(q.id for q in result.questions if q.row == 9)
    day = next(q.id for q in result.questions if q.row == 10)
    answered = load(tmp_path, {shop: "tạp hóa Cô Năm", day: "30/7/2021 08:00"})
    assert {
        ("BN990777", "tạp hóa Cô Năm", "2021-07-27T16:00", "9"),
        ("BN990777", "công ty Sao Mai", "2021-07-30T08:00", "10"),
    } <= set(visits(answered))
    assert len(answered.questions) == 1


def test_the_lines_of_a_bulletin_in_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in BULLETIN.split("\n"):
        book.active.append([line or None])
    (tmp_path / "b").mkdir()
    book.save(tmp_path / "b" / "tb.xlsx")
    options = LoadOptions(today=date(2021, 8, 6))
    inside = load_files([tmp_path / "b" / "tb.xlsx"], options=options)
    assert [one[:3] for one in visits(inside)] == [one[:3] for one in visits(load(tmp_path))]


CASES = """Mã BN,Họ và tên,Ngày khởi phát,Lịch trình di chuyển
BN1,Trần A,2021-07-27,"26/7: 7h - 9h quán Bảy Lúa, ấp 3; 27/7: 8h họp tại công ty Sao Mai, cùng BN2"
BN2,Lê B,2021-07-28,"Ngày 26/7: quán Bảy Lúa. Ngày 27/7: ghé tiệm tạp hóa, không nhớ tên"
BN3,Ngô C,2021-07-28,Về từ Bình Dương
"""


def test_a_column_of_long_texts_gives_the_visits_of_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "ca.csv"
    path.write_text(CASES, encoding="utf-8")
    options = LoadOptions(today=date(2021, 8, 6))
    result = load_files([path], options=options)
    told = {
        ("BN1", "quán Bảy Lúa, ấp 3", "2021-07-26T07:00", "2"),
        ("BN1", "công ty Sao Mai", "2021-07-27T08:00", "2"),
        ("BN2", "công ty Sao Mai", "2021-07-27T08:00", "2"),
        ("BN2", "quán Bảy Lúa, ấp 3", "2021-07-26", "3"),
    }
    assert set(visits(result)) == told
    (question,) = result.questions
    assert (question.row, question.column) == (3, "Lịch trình di chuyển") and result.rows_waiting == 1
    assert "movement.nothing" in list(result.findings)
    answered = load_files([path], options=options, answers=Answers({question.id: "tạp hóa Cô Năm"}))
    assert set(visits(answered)) == told | {("BN2", "tạp hóa Cô Năm", "2021-07-27", "3")} and answered.complete
