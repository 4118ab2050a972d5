"""Chats of several senders about contacts, boats with their crews, and ferries, of one night on a coast."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import Rows, asked_of, isolations_of, pairs_of, results_of, visits_of
from two_cases import DIEM, LOC, load_with_cases
from two_cases import load_text as load_named

from loaders import LoadResult
from loaders.columns.whereabouts import find_place
from loaders.files.chat import is_noise, senders
from loaders.files.grid import Line


def load_text(folder: Path, text: str) -> LoadResult:
    return load_named(folder, "zalo.txt", text)


# ------------------------------------------------------------------------------------------------------------- chats

HEAD = "[18:01, 13/08/2021] Trạm Đông: F1 của BN501:\n1. Lữ Thị Sim, nữ 1990, KP Cửa Đông, 0912000101, mua cá 12/8\n"


def test_a_heading_ends_with_the_message_of_another_sender(tmp_path: Path) -> None:
    text = f"{HEAD}2. Lữ Văn Tấn, 1991, gặp 12/8\n[18:20, 13/08/2021] Trạm Tây: 3. Bế Văn Quý, 1980, 0912000103\n"
    result = load_text(tmp_path, text)
    assert {pair[:2] for pair in pairs_of(result)} == {("Lữ Thị Sim", LOC), ("Lữ Văn Tấn", LOC)}
    assert (4, "3. Bế Văn Quý, 1980, 0912000103") in asked_of(result) or result.rows_set_aside == 1


def test_who_answers_a_request_lists_the_contacts_that_were_asked_for(tmp_path: Path) -> None:
    text = (
        "[18:01, 13/08/2021] CDC: Gửi giúp em F1 của BN501:\n"
        "[18:20, 13/08/2021] Trạm Tây: 1. Bế Văn Quý, 1980, 0912000103\n2. Lữ Văn Tấn, 1991, 0912000104\n"
    )
    assert {pair[:2] for pair in pairs_of(load_text(tmp_path, text))} == {("Bế Văn Quý", LOC), ("Lữ Văn Tấn", LOC)}


def test_the_same_sender_goes_on_with_a_list_past_what_says_nothing(tmp_path: Path) -> None:
    text = (
        f"{HEAD}[18:02, 13/08/2021] CDC: ok em\n[18:03, 13/08/2021] CDC: [Hình ảnh]\n"
        "[18:04, 13/08/2021] Trạm Đông: 2. Lữ Văn Tấn, 1991, gặp 12/8\n"
    )
    result = load_text(tmp_path, text)
    assert {pair[:2] for pair in pairs_of(result)} == {("Lữ Thị Sim", LOC), ("Lữ Văn Tấn", LOC)}
    assert result.rows_set_aside == 0


def test_a_quarter_of_a_town_is_nobody(tmp_path: Path) -> None:
    people = load_text(tmp_path, f"{HEAD}2. Lữ Văn Tấn, 1991, gặp 12/8\n").records.persons
    assert set(people["name"]) == {LOC, DIEM, "Lữ Thị Sim", "Lữ Văn Tấn"}
    assert people.set_index("name")["address"]["Lữ Thị Sim"] == "KP Cửa Đông"


def test_a_correction_takes_the_contact_back_until_it_is_answered(tmp_path: Path) -> None:
    text = (
        f"{HEAD}2. Lữ Văn Tấn, 1991, gặp 12/8\n"
        "[18:30, 13/08/2021] Trạm Đông: Em sửa lại số 2: Lữ Văn Tấn là F1 của BN502, không phải của BN501\n"
    )
    result = load_text(tmp_path, text)
    assert {pair[:2] for pair in pairs_of(result)} == {("Lữ Thị Sim", LOC)}
    assert "Ghi chú" in {question.column for question in result.questions}


def test_a_correction_of_a_telephone_takes_no_contact_back(tmp_path: Path) -> None:
    text = f"{HEAD}2. Lữ Văn Tấn, 1991, gặp 12/8\n[18:30, 13/08/2021] Trạm Đông: Em sửa lại sđt số 2: 0912000199\n"
    result = load_text(tmp_path, text)
    assert len(pairs_of(result)) == 2 and result.rows_set_aside == 1


def test_where_somebody_was_taken_is_told_behind_a_polite_word(tmp_path: Path) -> None:
    text = (
        f"{HEAD}2. Lữ Văn Tấn, 1991, gặp 12/8\n[18:40, 13/08/2021] CDC: anh Tấn giờ ở đâu ạ\n"
        "[18:41, 13/08/2021] Trạm Đông: Dạ anh Lữ Văn Tấn chiều nay 13/8 đưa đi cách ly tập trung trường Sao Mai rồi\n"
    )
    result = load_text(tmp_path, text)
    assert isolations_of(result) == {("Lữ Văn Tấn", "centre", "trường Sao Mai", "2021-08-13", "")}


def test_a_test_told_in_a_sentence_is_one_and_whom_another_met_is_asked(tmp_path: Path) -> None:
    text = (
        f"{HEAD}2. Lữ Văn Tấn, 1991, gặp 12/8\n[19:01, 13/08/2021] Khoa Nội: Chị Bế Thị Na test nhanh 13/8 âm tính\n"
        "[19:05, 13/08/2021] Trạm Tây: Anh Bế Văn Quý 1980 khai sáng 12/8 có giao hàng cho anh Diễm BN502\n"
    )
    result = load_text(tmp_path, text)
    assert ("Bế Thị Na", "2021-08-13", "negative") in results_of(result)
    assert {pair[:2] for pair in pairs_of(result)} == {("Lữ Thị Sim", LOC), ("Lữ Văn Tấn", LOC)}
    [asked] = [question for question in result.questions if question.row == 5]
    assert [choice.value for choice in asked.choices] == ["met", "kept", "*"]


@pytest.mark.parametrize("text", ["👍", "[Hình ảnh]", "Tin nhắn đã được thu hồi", "ok em sửa rồi", "dạ vâng ạ"])
def test_what_is_no_text_says_nothing(text: str) -> None:
    assert is_noise(text)


@pytest.mark.parametrize("text", ["ok anh Sửa dương tính", "em gửi F1 của BN501", "nhận 2 mẫu", "Dạ Lữ Văn Được 1990"])
def test_what_names_somebody_or_something_is_no_noise(text: str) -> None:
    assert not is_noise(text)


def test_who_sent_a_line_of_a_chat() -> None:
    lines = [
        Line(1, ("[18:01, 13/08/2021] Trạm Đông: F1",)),
        Line(2, ("1. A",)),
        Line(3, ("13/08/2021, 08:15 - B: x",)),
    ]
    assert senders(lines) == {1: "Trạm Đông", 2: "Trạm Đông", 3: "B"}


# ------------------------------------------------------------------------------------------------- boats and ferries


def test_the_crew_below_a_line_with_boat_and_voyage_was_aboard(tmp_path: Path) -> None:
    rows: Rows = [
        ["DANH SÁCH THUYỀN VIÊN"],
        ["TT", "Họ tên", "Năm sinh", "Chức danh", "SĐT"],
        ["TÀU QB 91234 TS - chuyến biển từ 04h00 01/8/2021 đến 05h30 12/8/2021", "", "", "", ""],
        ["1", "Lữ Văn Tấn", "1991", "Thuyền trưởng", "0912000111"],
        ["2", "Bế Văn Quý", "1980", "Bạn thuyền", "0912000112"],
        ["TÀU QB 95678 TS", "", "", "", ""],
        ["1", "Sầm Văn Hợi", "1983", "Thuyền trưởng", "0912000113"],
    ]
    visits = {(name, start, end) for name, _place, start, end in visits_of(load_with_cases(tmp_path, "ds.xlsx", rows))}
    assert visits == {
        ("Lữ Văn Tấn", "2021-08-01T04:00", "2021-08-12T05:30"),
        ("Bế Văn Quý", "2021-08-01T04:00", "2021-08-12T05:30"),
    }


def test_a_case_of_such_a_line_who_has_no_row_is_asked_about(tmp_path: Path) -> None:
    rows: Rows = [
        ["TT", "Họ tên", "Năm sinh", "SĐT"],
        ["TÀU QB 91234 TS - từ 01/8/2021 đến 12/8/2021 (đi cùng BN BN502)", "", "", ""],
        ["1", "Lữ Văn Tấn", "1991", "0912000111"],
        ["2", "Bế Văn Quý", "1980", "0912000112"],
    ]
    result = load_with_cases(tmp_path, "ds.xlsx", rows)
    assert any("met" in [choice.value for choice in question.choices] for question in result.questions)


@pytest.mark.parametrize(
    ("title", "named"), [("TÀU SAO MAI 05", True), ("PHÀ CỬA ĐÔNG", True), ("TUYẾN CỬA ĐÔNG", False)]
)
def test_a_ferry_that_its_list_calls_by_name_is_where_the_passengers_were(
    tmp_path: Path, title: str, named: bool
) -> None:
    rows: Rows = [
        ["HTX VẬN TẢI CỬA ĐÔNG"],
        [f"DANH SÁCH HÀNH KHÁCH {title}"],
        ["Tuyến Cửa Đông - Đảo Én, ngày 12/8/2021, khởi hành 8h00, cập bến 9h15"],
        ["Ghế", "Họ tên", "Năm sinh", "SĐT"],
        ["A1", "Lữ Thị Sim", "1990", "0912000101"],
        ["A2", "Lữ Văn Tấn", "1991", "0912000102"],
    ]
    places = {(place, start, end) for _name, place, start, end in visits_of(load_with_cases(tmp_path, "ds.xlsx", rows))}
    assert (places == {(title, "2021-08-12T08:00", "2021-08-12T09:15")}) is named


def test_a_friend_of_the_boat_is_no_place_and_a_boat_is_one() -> None:
    assert find_place("đi biển cùng các bạn ghe Trần Văn Út") is None
    assert find_place("đi biển trên tàu QB 91234 TS cùng bạn ghe") == "QB-91234-TS"
    assert find_place("đến Trung tâm Y tế huyện Cửa Đông khám") == "Trung tâm Y tế huyện Cửa Đông"
    assert find_place("đến phòng khám Đa khoa Sao Mai") == "phòng khám Đa khoa Sao Mai"
