"""Chats that announce a case by name and tell in sentences who met it, who did not, who was tested or isolated."""

from __future__ import annotations

from pathlib import Path

from lists import ZONE, isolations_of, names_of, pairs_of

from loaders import LoadResult, load_files
from tracing.times import format_iso

HOURS_ALONE = """Nhóm: TRUY VẾT P3
Thứ Hai, 12/07/2021

[19:02] TYT P3 Hạnh: Ca mới nha cả nhà: Đoàn Thu Cúc, SN 2000, nữ, bán hàng ở tiệm tạp hóa Bà Năm, \
ở khóm 5. Mã BN70001. Sốt nhẹ từ 08/7, lấy mẫu 11/7, KQ PCR dương tính hôm nay 12/07. \
sđt 0852 000 964
[19:05] TYT P3 Hạnh: F1 của Cúc:
1. Chị Lưu Thị Bảy (chủ tiệm, 1972) làm chung, gặp lần cuối 10/7
2. BS Bùi Thanh Sơn và ĐD Đinh Thị Mai, khám cho Cúc ngày 09/7
3. Nguyễn Trọng Tín (2001), bạn trai, gặp tối 10/7
[19:11] CA P3 Đạt: Anh Trần Văn Lộc tổ trưởng mua hàng ở tiệm sáng 9/7, Cúc bán, nói chuyện 10 phút => F1
[19:20] TYT P3 Hạnh: Còn chị Ngô Ngọc Trâm (1990)?
[19:21] CA P3 Đạt: Chị Trâm có ghé tiệm nhưng chưa gặp Cúc
[19:22] CA P3 Đạt: Bà Phan Thị Sáu (1954) mua hàng chiều 09/7, lúc đó Cúc về rồi, không gặp
[20:10] CA P3 Đạt: Anh Quách Minh Tâm (1990, P6) sáng nay 12/07 ra TYT test nhanh âm tính, đang cách ly tại nhà từ 10/7
[20:20] TYT P3 Hạnh: 2 anh em Tín với Nguyễn Trọng Nhân test nhanh hôm nay đều ÂT. Vợ chồng phòng 4 chưa test
"""
BARE = """Nhom truy vet xa Tan Loc
[08:10, 12/07/2021] Tram YT: Bao cao co 1 ca duong tinh: Ly Van Ba, 1975, nam, ap 4, ma BN70123. Lay mau 10/7, \
PCR duong tinh hom nay
[08:15, 12/07/2021] CA xa: F1 cua anh Ba gom:
1. Chi Do Thi Nam (1980), vo, gap 11/7
2. Anh Mai Van Nam va chi Mai Thi Sau, nhau chung toi 09/7
[08:20, 12/07/2021] CA xa: Chu Tran Van Bay (1960) ban rau cho anh Ba sang 10/7 -> F1
[08:30, 12/07/2021] Tram YT: Ba Le Thi Chin (1955) chi di ngang, khong gap anh Ba
"""
CODE_FIRST = """12/07/2021, 08:10 - TYT: F0 mới: BN 8812 Kim Sa Rương (nam, 45 tuổi), PCR (+) ngày 11/7, ho từ 08/7
12/07/2021, 08:12 - TYT: Bà Thạch Thị Lan (1970) với ông Danh Hon (1966) ngồi chung xe với ông Rương hôm 9/7, vậy là F1
12/07/2021, 08:20 - CA: Còn anh Sơn Pha (1988) thì sao?
12/07/2021, 08:21 - TYT: Anh Pha chưa tiếp xúc ông Rương
12/07/2021, 09:21 - TYT: Chị Thạch Thị Mai (1990) đang cách ly tập trung tại trường tiểu học An Hòa từ ngày 10/7
"""


def _load(folder: Path, text: str) -> LoadResult:
    (folder / "zalo.txt").write_text(text, encoding="utf-8")
    return load_files([folder / "zalo.txt"])


def _day(instant: object) -> str:
    return format_iso(int(str(instant)), int(str(instant)), ZONE)[:10]


def _tests(result: LoadResult) -> set[tuple[str, str, str]]:
    names = names_of(result)
    return {(names[row.person], _day(row.sample), row.result) for row in result.records.tests.itertuples()}


def test_a_case_announced_by_name_with_its_code_and_days_is_one(tmp_path: Path) -> None:
    result = _load(tmp_path, HOURS_ALONE)
    [case] = result.records.cases.itertuples()
    assert (case.person, _day(case.onset), _day(case.confirmed)) == ("BN70001", "2021-07-08", "2021-07-12")
    person = result.records.persons.set_index("person").loc["BN70001"]
    assert (person["name"], person["birth_year"], person["phone"]) == ("Đoàn Thu Cúc", 2000, "0852000964")


def test_whom_a_list_of_the_short_name_or_a_conclusion_names_met_the_case(tmp_path: Path) -> None:
    result = _load(tmp_path, HOURS_ALONE)
    assert {(tuple(sorted(pair[:2])), pair[3] or pair[2]) for pair in pairs_of(result)} == {
        (tuple(sorted((name, "Đoàn Thu Cúc"))), day)
        for name, day in (
            ("Lưu Thị Bảy", "2021-07-10"),
            ("Bùi Thanh Sơn", "2021-07-09"),
            ("Đinh Thị Mai", "2021-07-09"),
            ("Nguyễn Trọng Tín", "2021-07-10"),
            ("Trần Văn Lộc", "2021-07-09"),
        )
    }
    assert {"Ngô Ngọc Trâm", "Phan Thị Sáu"} <= set(names_of(result).values())  # who did not meet it


def test_tests_and_isolations_of_those_who_are_named(tmp_path: Path) -> None:
    result = _load(tmp_path, HOURS_ALONE)
    assert _tests(result) >= {
        ("Quách Minh Tâm", "2021-07-12", "negative"),
        ("Nguyễn Trọng Tín", "2021-07-12", "negative"),
        ("Nguyễn Trọng Nhân", "2021-07-12", "negative"),
    }
    assert ("Quách Minh Tâm", "home", "", "2021-07-10", "") in isolations_of(result)


def test_a_chat_without_accents_is_read_alike(tmp_path: Path) -> None:
    result = _load(tmp_path, BARE)
    assert {(case.person, _day(case.confirmed)) for case in result.records.cases.itertuples()} == {
        ("BN70123", "2021-07-12")
    }
    assert {next(name for name in pair[:2] if name != "Ly Van Ba") for pair in pairs_of(result)} == {
        *("Do Thi Nam", "Mai Van Nam", "Mai Thi Sau", "Tran Van Bay")
    }


def test_a_case_with_its_code_first_and_two_people_who_sat_beside_it(tmp_path: Path) -> None:
    result = _load(tmp_path, CODE_FIRST)
    assert {(case.person, _day(case.confirmed)) for case in result.records.cases.itertuples()} == {
        ("BN8812", "2021-07-11")
    }
    assert {next(name for name in pair[:2] if name != "Kim Sa Rương") for pair in pairs_of(result)} == {
        *("Thạch Thị Lan", "Danh Hon")
    }
    assert isolations_of(result) == {("Thạch Thị Mai", "centre", "trường tiểu học An Hòa", "2021-07-10", "")}
