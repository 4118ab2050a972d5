"""Lists of one night from a mountain district: villages, weddings, diaries, hand-overs, dormitories, chats."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lists import Rows, asked_of, isolations_of, load_lists, names_of, pairs_of, results_of, visits_of, without_accents
from mountain import CASES, MO, PAO, load

from loaders import LoadResult
from loaders.code_words import with_codes_joined
from loaders.columns.hours import read_hours
from loaders.files.headings import PEOPLE, name_of_field
from loaders.files.ods_merged import merged_cells

# --------------------------------------------------------------------------------------------- villages and gatherings

WEDDING: Rows = [
    ["ĐÁM CƯỚI nhà ông Đàm Văn Khải, ngày 08/08/2021. F0: BN7701 có mặt"],
    ["STT", "Họ và tên", "Năm sinh", "Bản", "Đến", "Về", "Tiếp xúc gần với BN (x)"],
    ["1", "Nông Thị Vì", "1990", "Khuổi Lùng", "8h", "11h30", "x"],
    ["2", "Hoàng Văn Choóng", "1985", "Nà Đin", "9 giờ", "15 giờ", ""],
    ["3", "Lý Mùi Ghến", "1971", "Nà Đin", "9h15", "12h", "x"],
]


def test_a_village_is_no_table_at_a_wedding(tmp_path: Path) -> None:
    result = load(tmp_path, WEDDING)
    assert len({place for _, place, _, _ in visits_of(result)}) == 1


@pytest.mark.parametrize("heading", ["Bản", "BẢN", "Thôn, bản", "Bản/xóm", "Thôn/bản", "Nơi ở › Bản"])
def test_where_people_live_in_the_mountains_is_a_hamlet(heading: str) -> None:
    assert name_of_field(heading, PEOPLE) == "hamlet" and name_of_field("Bàn", PEOPLE) == "table"


def test_when_guests_left_stands_right_behind_when_they_came(tmp_path: Path) -> None:
    hours = {(name, start[11:], end[11:]) for name, _, start, end in visits_of(load(tmp_path, WEDDING))}
    assert hours == {
        ("Nông Thị Vì", "08:00", "11:30"),
        ("Hoàng Văn Choóng", "09:00", "15:00"),
        ("Lý Mùi Ghến", "09:15", "12:00"),
    }


@pytest.mark.parametrize(
    "heading", ["Tiếp xúc gần với BN (x)", "TX gần F0", "T.xúc gần", "Ngồi cùng ca bệnh (có/không)"]
)
def test_who_is_marked_as_near_the_case_of_the_title_met_it_on_that_day(tmp_path: Path, heading: str) -> None:
    rows: Rows = [WEDDING[0], [*WEDDING[1][:-1], heading], *WEDDING[2:]]
    met = {(*pair[:2], pair[2][:10]) for pair in pairs_of(load(tmp_path, rows))}
    assert met == {("Nông Thị Vì", PAO, "2021-08-08"), ("Lý Mùi Ghến", PAO, "2021-08-08")}


def test_a_mark_is_of_nobody_where_the_title_names_two_cases(tmp_path: Path) -> None:
    title = ["ĐÁM CƯỚI ngày 08/08/2021. F0: BN7701 và BN7702 có mặt"]
    assert not pairs_of(load(tmp_path, [title, *WEDDING[1:]]))


def test_until_when_a_case_stayed_is_not_until_when_the_guests_did(tmp_path: Path) -> None:
    title = ["ĐÁM CƯỚI nhà ông Đàm Văn Khải, ngày 08/08/2021. F0: BN7701 có mặt cả ngày (9h-16h)"]
    guest = ["4", "Vàng A Dề", "1970", "Nà Đin", "sáng", "", ""]
    stays = {(who, end) for who, _, _, end in visits_of(load(tmp_path, [title, *WEDDING[1:], guest]))}
    assert ("Vàng A Dề", "") in stays
    title = ["Danh sách khách dự lễ cưới tại hội trường Nà Đin, 9h - 16h ngày 08/08/2021 (có ông Sầm A Pảo - BN7701)"]
    stays = {(who, end[11:]) for who, _, _, end in visits_of(load(tmp_path, [title, *WEDDING[1:], guest]))}
    assert ("Vàng A Dề", "16:00") in stays


def test_the_rows_of_a_list_and_of_whom_it_says_to_have_met_a_case_are_one_person(tmp_path: Path) -> None:
    assert len(load(tmp_path, WEDDING).records.persons) == len(CASES) - 1 + len(WEDDING) - 2


# ------------------------------------------------------------------------------------------------------------- diaries

DIARY: Rows = [
    ["SỔ NHẬT KÝ HÀNH TRÌNH"],
    ["Xe tải BKS 11C-012.34. Lái xe: Sầm A Pảo, ĐT 0945000771 (BN7701). Phụ xe: Triệu Văn Sính, ĐT 0945000772"],
    ["Tháng 8 năm 2021"],
    ["Ngày", "Từ", "Đến", "Nơi dừng", "Gặp ai / ai đi cùng", "Ghi chú"],
    ["7/8", "8h30", "9h", "Kho Thành Đạt", "Vương Văn Tài sn 1970, thủ kho, 0945000773", ""],
    ["7/8", "10h", "12h", "(trên xe) Cao Bằng - Bảo Lạc", "Chu Thị Pai sn 1992 đi nhờ", ""],
    ["8/8", "11 giờ", "12 giờ", "Quán Hương", "ăn cơm với chị gái Lèng Thị Mò sn 1979 (BN7702)", "Sính nghỉ"],
    ["8/8", "18h", "20h", "Ở nhà", "", "Sính nghỉ"],
]


def test_the_hours_of_a_stop_in_a_diary_are_from_the_first_to_the_second_column(tmp_path: Path) -> None:
    stops = {(who, place, start[5:], end[5:]) for who, place, start, end in visits_of(load(tmp_path, DIARY))}
    assert {stop for stop in stops if stop[0] == PAO} == {
        (PAO, "Kho Thành Đạt", "08-07T08:30", "08-07T09:00"),
        (PAO, "11C-012.34", "08-07T09:00", "08-07T10:00"),
        (PAO, "11C-012.34", "08-07T10:00", "08-07T12:00"),
        (PAO, "Quán Hương", "08-08T11:00", "08-08T12:00"),
        (PAO, "11C-012.34", "08-08T12:00", "08-08T18:00"),
    }


def test_whom_the_driver_of_a_diary_met_are_contacts_of_the_driver(tmp_path: Path) -> None:
    result = load(tmp_path, DIARY)
    assert {(one, other, start[5:]) for one, other, start, _ in pairs_of(result)} == {
        (PAO, "Vương Văn Tài", "08-07T08:30"),
        ("Chu Thị Pai", PAO, "08-07T10:00"),
        (MO, PAO, "08-08T11:00"),
    }
    assert set(names_of(result).values()) == {PAO, MO, "Vương Văn Tài", "Chu Thị Pai", "Triệu Văn Sính"}


def test_who_goes_along_was_not_there_on_the_days_when_a_remark_says_so(tmp_path: Path) -> None:
    days = {start[:10] for who, _, start, _ in visits_of(load(tmp_path, DIARY)) if who == "Triệu Văn Sính"}
    assert days == {"2021-08-07"}


# ---------------------------------------------------------------------------------------------- camps and hand-overs

CAMP: Rows = [
    ["KHU CÁCH LY TẬP TRUNG TRƯỜNG QUÂN SỰ"],
    ["Danh sách theo phòng - ngày 14 tháng 8 năm 2021"],
    ["Phòng", "Họ và tên", "Năm sinh", "Về từ", "Vào", "", "Ngày ra", "Lần 1", "", "Lần 2", "", "Ghi chú"],
    ["", "", "", "", "Ngày", "Giờ", "", "Ngày", "KQ", "Ngày", "KQ", ""],
    ["P2", "Sầm A Pảo", "1988", "Lào", "9/8/2021", "7h", "13/8", "9/8", "âm", "13/8", "dương", ""],
    [
        "P2",
        "Bàn Mùi Pham",
        "1990",
        "Lào",
        "9/8/2021",
        "7h",
        "",
        "9/8",
        "âm",
        "13/8",
        "âm",
        "F1 BN7701, cùng phòng từ 09/8",
    ],
    ["P2", "Lù Seo Páo", "1991", "Lào", "44418", "10 giờ", "", "", "", "12/8", "(-)", "vợ BN7701, cùng phòng từ 10/8"],
    ["P3", "Giàng Seo Vần", "1995", "Bình Dương", "10/8", "16h", "", "10/8", "âm", "", "", ""],
    ["", "Quân số: 04 (đã chuyển 01)", "", "", "", "", "", "", "", "", "", ""],
    [],
    ["", "", "", "", "", "", "", "", "", "CHỈ HUY KHU CÁCH LY", "", ""],
]
MERGED = ("E3:F3", "H3:I3", "J3:K3", *(f"{at}3:{at}4" for at in "ABCDGL"))
PHAM, SEO, VAN = "Bàn Mùi Pham", "Lù Seo Páo", "Giàng Seo Vần"


@pytest.fixture
def camp(tmp_path: Path) -> LoadResult:
    return load_lists(tmp_path, {"ca benh.csv": CASES, "khu.xlsx": CAMP}, merged=MERGED)


def test_who_comes_to_a_camp_at_a_day_and_an_hour_of_two_columns_is_isolated_there(camp: LoadResult) -> None:
    assert {(name, kind, start, end) for name, kind, _, start, end in isolations_of(camp)} == {
        (PAO, "centre", "2021-08-09", "2021-08-13"),
        (PHAM, "centre", "2021-08-09", ""),
        (SEO, "centre", "2021-08-10", ""),  # the number of the day in a spreadsheet
        (VAN, "centre", "2021-08-10", ""),
    }
    assert not visits_of(camp)


def test_the_day_beside_each_of_two_results_is_that_of_its_sample(camp: LoadResult) -> None:
    assert results_of(camp) == {
        (PAO, "2021-08-09", "negative"),
        (PAO, "2021-08-13", "positive"),
        (PHAM, "2021-08-09", "negative"),
        (PHAM, "2021-08-13", "negative"),
        (SEO, "2021-08-12", "negative"),
        (VAN, "2021-08-10", "negative"),
    }


def test_a_remark_in_a_camp_tells_whom_somebody_met_and_since_when(camp: LoadResult) -> None:
    met = {(frozenset(pair[:2]), *pair[2:]) for pair in pairs_of(camp)}
    assert met == {(frozenset({PHAM, PAO}), "2021-08-09", ""), (frozenset({SEO, PAO}), "2021-08-10", "")}
    assert set(camp.records.contacts["time_kind"]) == {"first_day"}


def test_sums_of_soldiers_and_commands_are_nobody(camp: LoadResult) -> None:
    assert set(names_of(camp).values()) == {PAO, MO, PHAM, SEO, VAN}
    assert "CHỈ HUY KHU CÁCH LY" not in {said for _, said in asked_of(camp)}


BORDER: Rows = [
    ["ĐỒN BIÊN PHÒNG NÀ MÈO - DANH SÁCH NGƯỜI NHẬP CẢNH TRÁI PHÉP BÀN GIAO"],
    ["Stt", "Họ tên", "Sinh năm", "Phát hiện lúc", "Nơi phát hiện"],
    ["1", PHAM, "1990", "01h15 ngày 08/08/2021", "Khu vực mốc 52"],
    ["2", SEO, "1991", "nt", "nt"],
    [],
    ["", "Bên giao: Trung úy Đỗ Văn Khánh", "", "Bên nhận: Trường Quân sự", ""],
]


def test_who_was_found_at_the_border_is_no_case_and_was_there(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ban giao.xlsx": BORDER})
    assert not len(result.records.cases)
    assert visits_of(result) == {(who, "Khu vực mốc 52", "2021-08-08T01:15", "") for who in (PHAM, SEO)}


def test_who_hands_over_is_nobody_of_the_list(tmp_path: Path) -> None:
    assert set(names_of(load_lists(tmp_path, {"ban giao.xlsx": BORDER})).values()) == {PHAM, SEO}


def test_how_cases_were_found_makes_cases_all_the_same(tmp_path: Path) -> None:
    rows: Rows = [
        ["DANH SÁCH CA BỆNH"],
        ["Họ tên", "Sinh năm", "Nơi phát hiện"],
        [PHAM, "1990", "Khu cách ly"],
        [SEO, "1991", "Cộng đồng"],
    ]
    assert len(load_lists(tmp_path, {"ds.xlsx": rows}).records.cases) == 2


def test_a_number_plate_is_no_hour() -> None:
    assert read_hours("Lái xe tải 11C-000.41, gặp BN7701") == (None, None)


# -------------------------------------------------------------------------------------------------- titles and schools


@pytest.mark.parametrize("case", ["ca 7701", "BN 7.701", "bệnh nhân số 7701", "BN số 7701", "BN mã số 7701"])
def test_the_title_of_contacts_names_the_case_in_any_spelling(tmp_path: Path, case: str) -> None:
    rows: Rows = [
        [f"II. Xóm Nà Pù – F1 của {case} (chồng Vì)"],
        ["STT", "Họ tên", "NS", "Tiếp xúc", "Cách ly tại nhà từ"],
        ["1", "Nông Thị Vì", "1990", "ngày 9/8", "11/8"],
        ["2", "Nông Văn Lẩy", "1965", "10/8", "11/8"],
    ]
    met = {(frozenset(pair[:2]), pair[2]) for pair in pairs_of(load(tmp_path, rows))}
    assert met == {
        (frozenset({PAO, "Nông Thị Vì"}), "2021-08-09"),
        (frozenset({PAO, "Nông Văn Lẩy"}), "2021-08-10"),
    }


@pytest.mark.parametrize(
    ("line", "joined"),
    [
        ("F1 của BN 651.203 (An)", "F1 của BN651203 (An)"),
        ("gặp BN số 651203 và BN 651 204", "gặp BN651203 và BN651204"),
        ("BN 34 12/7, BN 12 345 người", "BN 34 12/7, BN 12 345 người"),
    ],
)
def test_the_thousands_of_a_code_are_no_code_of_their_own(line: str, joined: str) -> None:
    assert with_codes_joined(line) == joined


SCHOOL: Rows = [
    ["TRƯỜNG PTDTBT TIỂU HỌC LŨNG PÙ"],
    ["HỌC SINH BÁN TRÚ TIẾP XÚC VỚI EM LÈNG THỊ MÒ LỚP 5A (BN số 7702)"],
    ["Phòng", "Họ và tên", "Năm sinh", "Tiếp xúc với BN", "", "", "Cách ly tại nhà đa năng từ"],
    ["", "", "", "Hình thức", "Từ", "Đến", ""],
    ["P1", "Già Thị Say", "2010", "cùng phòng", "6/8/2021", "11/8/2021", "12/8/2021"],
    ["P1", "Vừ Thị Chở", "2010", "ăn cùng mâm", "10/8/2021", "", "12/8/2021"],
    ["P2", "Sùng Thị Và", "2011", "không", "", "", ""],
]


def test_how_and_from_when_to_when_people_met_stand_below_one_heading(tmp_path: Path) -> None:
    merged = ("D3:F3", *(f"{at}3:{at}4" for at in "ABCG"))
    result = load_lists(tmp_path, {"ca benh.csv": CASES, "ban tru.xlsx": SCHOOL}, merged=merged)
    met = {(frozenset(pair[:2]), *pair[2:]) for pair in pairs_of(result)}
    assert met == {
        (frozenset({MO, "Già Thị Say"}), "2021-08-06", "2021-08-11"),
        (frozenset({MO, "Vừ Thị Chở"}), "2021-08-10", ""),
    }
    stays = {place for _, _, place, _, _ in isolations_of(result)}
    assert stays == {"TRƯỜNG PTDTBT TIỂU HỌC LŨNG PÙ, nhà đa năng"} and not visits_of(result)


def test_a_heading_that_names_the_case_may_stand_above_how_each_met_it(tmp_path: Path) -> None:
    rows: Rows = [
        ["STT", "Họ và tên", "Năm sinh", "Tiếp xúc với BN7702", "Từ ngày", "Đến ngày"],
        ["1", "Đỗ Thị Nga", "1990", "dạy trên lớp", "8/8/2021", "10/8/2021"],
        ["2", "Phan Văn Lực", "1986", "không tiếp xúc", "", ""],
    ]
    met = pairs_of(load(tmp_path, rows))
    assert {(frozenset(pair[:2]), *pair[2:]) for pair in met} == {
        (frozenset({MO, "Đỗ Thị Nga"}), "2021-08-08", "2021-08-10")
    }


def test_merged_cells_of_an_open_document_cover_their_rows() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    rows = (
        cell.format(' table:number-columns-repeated="2"', "x") + cell.format(' table:number-rows-spanned="3"', "P1"),
        cell.format(' table:number-columns-spanned="2"', "y") + "<table:covered-table-cell/>",
    )
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><table:table table:name="DS">'
        f'<table:table-row table:number-rows-repeated="4">{rows[0]}</table:table-row>'
        f"<table:table-row>{rows[1]}</table:table-row></table:table></office:document-content>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", content)
    assert merged_cells(packed.getvalue()) == {"DS": ((0, 2, 2, 2), (4, 0, 4, 1))}
    assert merged_cells(packed.getvalue()[:40]) == {}


def test_of_whom_only_the_place_is_told_where_they_were_found_it_is_asked_whether_they_are_cases(
    tmp_path: Path,
) -> None:
    rows: Rows = [["Họ tên", "Sinh năm", "Nơi phát hiện"], [PHAM, "1990", "Công ty Gỗ An"], [SEO, "1991", "Chợ Lũng"]]
    result = load_lists(tmp_path, {"ds.xlsx": rows})
    assert not len(result.records.cases)
    asked = next(question for question in result.questions if "yes" in {one.value for one in question.choices})
    answered = load_lists(tmp_path, {"ds.xlsx": rows}, answers={asked.id: "yes"})
    assert len(answered.records.cases) == 2


def test_a_village_typed_without_accents_is_no_table_and_a_table_is_no_village(tmp_path: Path) -> None:
    bare = without_accents(WEDDING)
    assert len({place for _, place, _, _ in visits_of(load(tmp_path, bare))}) == 1
    tables = [*bare[:2], *([*row[:3], f"{at}", *row[4:]] for at, row in enumerate(bare[2:], 1))]
    assert len({place for _, place, _, _ in visits_of(load(tmp_path, tables))}) == len(WEDDING) - 2
