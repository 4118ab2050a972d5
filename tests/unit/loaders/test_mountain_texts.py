"""Texts and tests of one night from a mountain district: chats, bulletins, forms, results in signs, marks and days."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, asked_of, isolations_of, pairs_of, results_of, visits_of, write_list
from mountain import CASES, MO, PAO, load

from loaders import LoadResult, load_files
from loaders.columns.companions import companions_of
from loaders.columns.movements import read_movements
from loaders.files.ditto_marks import with_marks_plain

# --------------------------------------------------------------------------------------------------------------- tests


def test_signs_with_their_words_and_dashes_at_an_hour_are_results(tmp_path: Path) -> None:
    rows: Rows = [
        ["KẾT QUẢ TEST NHANH ngày 13/08/2021"],
        ["TT", "Họ tên", "Năm sinh", "Giờ lấy", "KQ"],
        ["1", "Già Thị Say", "2010", "7h30", "(+) 2 vạch"],
        ["2", "Vừ Thị Chở", "2010", "7h40", "-"],
        ["3", "Sùng Thị Và", "2011", "", "-"],
        ["4", "Lầu Thị Mai", "2011", "7h50", "(-)"],
    ]
    assert {(name, result) for name, _, result in results_of(load(tmp_path, rows))} == {
        ("Già Thị Say", "positive"),
        ("Vừ Thị Chở", "negative"),
        ("Lầu Thị Mai", "negative"),
    }


def test_who_is_tested_at_a_post_is_tested_when_they_come_by(tmp_path: Path) -> None:
    rows: Rows = [
        ["Chốt kiểm soát dịch cầu Gầm"],
        ["Thời gian khai", "Họ tên", "Năm sinh", "SĐT", "Đi từ", "Đến", "Test nhanh tại chốt"],
        ["09/08/2021 08:05", "Lù Seo Páo", "1991", "0945000781", "Bình Dương", "Mèo Vạc", "Âm tính"],
        ["09/08/2021 08:07", "Bàn Mùi Pham", "1990", "0945000782", "Bình Dương", "Mèo Vạc", ""],
    ]
    result = load(tmp_path, rows)
    assert results_of(result) == {("Lù Seo Páo", "2021-08-09", "negative")} and len(visits_of(result)) == 2
    assert not result.questions


def test_two_methods_with_results_and_days_in_their_cells_are_two_tests(tmp_path: Path) -> None:
    rows: Rows = [
        ["TT", "Họ và tên", "Năm sinh", "Test nhanh", "RT-PCR"],
        ["1", "Già Thị Say", "2010", "(+) ngày 12/8/2021", "(-) ngày 13/8/2021"],
    ]
    result = load(tmp_path, rows)
    assert results_of(result) == {
        ("Già Thị Say", "2021-08-12", "positive"),
        ("Già Thị Say", "2021-08-13", "negative"),
    }
    assert set(result.records.tests["method"]) == {"antigen", "pcr"}


def test_since_when_cases_are_treated_where_is_told_by_one_heading(tmp_path: Path) -> None:
    rows: Rows = [["Mã BN", "Họ tên", "Điều trị tại Bệnh viện Bảo Lạc từ ngày"], ["BN7701", PAO, "12/8/2021"]]
    told = isolations_of(load(tmp_path, rows))
    assert told == {(PAO, "hospital", "Bệnh viện Bảo Lạc", "2021-08-12", "")}


def test_a_number_alone_among_remarks_is_how_to_reach_somebody(tmp_path: Path) -> None:
    rows: Rows = [
        ["Họ tên", "Năm sinh", "Địa chỉ", "Ghi chú"],
        ["Già Thị Say", "1990", "xóm Nà Pù", "ĐT 0945 000 791"],
        ["Vừ Thị Chở", "1991", "xóm Nà Pù", "con trai 0945 000 792"],
    ]
    people = load(tmp_path, rows).records.persons.set_index("name")["phone"].dropna()
    assert dict(people) == {"Già Thị Say": "0945000791"}


# --------------------------------------------------------------------------------------------------------------- chats

CHAT = """Truy vết xã Nậm Ban (nhóm 9 thành viên)
--- 12/08/2021 ---
[19:42] CA xã: báo gấp người liên quan cô Lèng Thị Mò (BN7702, SN 1979) nhé
[19:47] Trưởng bản: tối 10/8 cô Mò có dự họp ở quán Hương Rừng, từ 19 giờ đến 21 giờ
[19:48] Trưởng bản: họp cùng cô Mò tối 10/8 có:
1. Lầu A Sở sn 1974 đt 0948000127
2. Mùa A Tểnh 1995 (19h30 mới đến)
[19:58] Trưởng bản: hết rồi. Nhà cô Mò có chồng là Vừ A Ly 1981 với con gái Vừ Thị Khua 2003, ở cùng nhà từ 6/8 đến 11/8
"""


def load_chat(folder: Path, text: str) -> LoadResult:
    (folder / "zalo.txt").write_text(text, encoding="utf-8")
    return load_files([write_list(folder / "ca benh.csv", CASES), folder / "zalo.txt"])


def test_with_a_case_called_by_a_short_name_were_those_whom_the_next_lines_list(tmp_path: Path) -> None:
    met = {(frozenset(pair[:2]) - {MO}, *pair[2:]) for pair in pairs_of(load_chat(tmp_path, CHAT))}
    assert {(*who, start, end) for who, start, end in met} == {
        ("Lầu A Sở", "2021-08-10T19:00", "2021-08-10T21:00"),
        ("Mùa A Tểnh", "2021-08-10T19:30", "2021-08-10T21:00"),
        ("Vừ A Ly", "2021-08-06", "2021-08-11"),
        ("Vừ Thị Khua", "2021-08-06", "2021-08-11"),
    }


def test_where_a_case_and_those_listed_were_together_is_a_visit_of_each(tmp_path: Path) -> None:
    assert visits_of(load_chat(tmp_path, CHAT)) == {
        (who, "quán Hương Rừng", f"2021-08-10T{come}", "2021-08-10T21:00")
        for who, come in ((MO, "19:00"), ("Lầu A Sở", "19:00"), ("Mùa A Tểnh", "19:30"))
    }


def test_whom_a_short_name_means_is_not_guessed_of_two(tmp_path: Path) -> None:
    two = CHAT.replace("nhé", "và Giàng Thị Mò (BN7709)")
    assert not pairs_of(load_chat(tmp_path, two))


def test_the_line_of_a_day_between_messages_is_nobody(tmp_path: Path) -> None:
    assert not any(said and "12/08/2021" in said for _, said in asked_of(load_chat(tmp_path, CHAT)))


# -------------------------------------------------------------------------------------------------- bulletins and forms

BULLETIN = """BẢN TIN SỐ 12 (6h00 ngày 15/08/2021)
BN7702 (Lèng Thị Mò, nữ, sinh năm 1979): 16h ngày 07/08 đến Trường Tiểu học Lũng Pù, ở bán trú đến 12/08.
PHIẾU ĐIỀU TRA CA BỆNH (trích)
1. Họ và tên: Sầm A Pảo          2. Năm sinh: 1988          3. Giới: Nam
4. Mã số: BN 7.701          5. Điện thoại: 0945.000.701
6. Địa chỉ: bản Khuổi Lùng, xã Nậm Ban
7. Tiền sử dịch tễ:
- Từ 18h ngày 03/08 đến 5h40 ngày 04/08: đi xe khách 11B-000.15 về. Ngồi cạnh có Lù Seo Páo (SN 1991).
- Ngày 06/08: được Giàng A Tủa (SN 1992, cùng bản) chở xe máy đến Trạm y tế xã Nậm Ban.
- Ngày 07/08: về nhà bố vợ.
"""


@pytest.fixture
def bulletin(tmp_path: Path) -> LoadResult:
    return load_chat(tmp_path, BULLETIN)


def test_the_days_below_a_form_are_of_whom_the_form_is_about(bulletin: LoadResult) -> None:
    assert {(who, place, start, end) for who, place, start, end in visits_of(bulletin)} == {
        (MO, "Trường Tiểu học Lũng Pù", "2021-08-07T16:00", "2021-08-12"),
        (PAO, "11B-000.15", "2021-08-03T18:00", "2021-08-04T05:40"),
        (PAO, "Trạm y tế xã Nậm Ban", "2021-08-06", ""),
    }


def test_who_sat_beside_somebody_or_drove_them_met_them(bulletin: LoadResult) -> None:
    assert {(frozenset(pair[:2]), pair[2]) for pair in pairs_of(bulletin)} == {
        (frozenset({PAO, "Lù Seo Páo"}), "2021-08-03"),
        (frozenset({PAO, "Giàng A Tủa"}), "2021-08-06"),
    }


def test_where_somebody_boarded_at_school_is_no_home(bulletin: LoadResult) -> None:
    homes = bulletin.records.persons.set_index("name")["address"]
    assert MO not in homes.dropna() and homes[PAO] == "bản Khuổi Lùng, xã Nậm Ban"


def test_a_day_at_the_home_of_others_is_asked_for_its_place(bulletin: LoadResult) -> None:
    assert any(said and "về nhà bố vợ" in said for _, said in asked_of(bulletin))


@pytest.mark.parametrize(
    "text",
    [
        "Từ 18h ngày 03/8 đến 5h40 ngày 04/8: quán Gió Biển",
        "18 giờ ngày 3/8 - 5 giờ 40 ngày 4/8 ở quán Gió Biển",
    ],
)
def test_each_hour_keeps_the_day_behind_it(text: str) -> None:
    told = read_movements(text)
    days = [(one.day.replace("0", ""), one.first, (one.last or "").replace(" 0", " ")) for one in told if one.day]
    assert days == [("3/8", "18:00", "05:40 4/8")]


def test_an_office_that_did_something_for_somebody_is_nobody() -> None:
    assert not companions_of("được CDC Hà Giang lấy mẫu, do Trạm Y Tế lập").named


# ------------------------------------------------------------------------------------------------------- marks and days


def test_quotation_marks_alone_in_cells_side_by_side_are_as_above(tmp_path: Path) -> None:
    path = tmp_path / "test nhanh.csv"
    path.write_text(
        "KẾT QUẢ TEST NHANH ngày 13/08/2021;;;;;\nTT;Họ tên;Năm sinh;Nơi lấy;Giờ lấy;KQ\n"
        '1;Già Thị Say;2010;Nhà văn hóa;7h30;âm\n2;Vừ Thị Chở;2010;";";âm\n3;Sùng Thị Và;2011;";7h40;dương\n',
        encoding="utf-8",
    )
    result = load_files([path])
    assert {(name, told) for name, _, told in results_of(result)} == {
        ("Già Thị Say", "negative"),
        ("Vừ Thị Chở", "negative"),
        ("Sùng Thị Và", "positive"),
    }
    assert "row.quote" not in list(result.findings)


def test_a_quoted_text_with_separators_stays_one_cell() -> None:
    text = 'a;b;c\n1;"x;y";2\n3;";";4;5\n'
    assert with_marks_plain(text, ";") == text


def test_in_which_part_of_the_day_somebody_met_a_case_is_asked_of_nobody(tmp_path: Path) -> None:
    rows: Rows = [
        ["ĐÁM MA: người tiếp xúc với Lèng Thị Mò (BN7702)"],
        ["STT", "Họ tên", "NS", "Ngày", "Buổi"],
        ["1", "Già Thị Say", "1990", "9/8/2021", "tối"],
        ["2", "Vừ Thị Chở", "1991", "10/8/2021", "sáng"],
    ]
    result = load(tmp_path, rows)
    assert {pair[2] for pair in pairs_of(result)} == {"2021-08-09", "2021-08-10"} and not result.questions


def test_who_only_has_the_name_of_a_case_is_not_asked_about(tmp_path: Path) -> None:
    rows: Rows = [
        ["TT", "Họ tên", "Năm sinh", "Ngày lấy mẫu", "Kết quả", "Ghi chú"],
        ["1", "Sầm A Pảo", "1971", "13/8/2021", "âm tính", "không phải BN7701, trùng tên"],
    ]
    assert not [said for _, said in asked_of(load(tmp_path, rows)) if said and "trùng tên" in said]


def test_with_a_case_told_by_its_code_were_those_whom_the_next_lines_list(tmp_path: Path) -> None:
    text = (
        "[12/08/2021 19:42] CA xã: rà soát BN7701 nhé\n"
        "[12/08/2021 19:48] Trưởng thôn: ăn giỗ cùng BN7701 trưa 9/8 gồm:\n"
        "- Lầu A Sở 1974, 0948000127\n- Mùa A Tểnh 1995\n[12/08/2021 19:50] CA xã: ok\n"
    )
    met = {(frozenset(pair[:2]), pair[2]) for pair in pairs_of(load_chat(tmp_path, text))}
    assert met == {(frozenset({PAO, who}), "2021-08-09") for who in ("Lầu A Sở", "Mùa A Tểnh")}
