"""Lists of a usual evening: guests with a day and hours, coaches, shifts, hotels of quarantine, who came back."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import ZONE, load_lists, names_of, pairs_of, visits_of

from loaders import LoadResult, load_files
from tracing.times import format_iso

CASES = [["Mã BN", "Họ tên", "Năm sinh", "Ngày dương tính"], ["BN720", "Mai Thị Sen", "1979", "12/08/2021"]]


def load(folder: Path, rows: list[list[str]], name: str = "ds.xlsx") -> LoadResult:
    return load_lists(folder, {"ca.csv": CASES, name: rows})


def test_the_day_of_coming_beside_hours_is_that_of_a_visit(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH NGƯỜI DỰ ĐÁM TANG ÔNG BA - ngày 6 và 7/8/2021"],
        ["Họ tên", "Năm sinh", "Ngày đến", "Giờ đến", "Giờ về"],
        ["Viên Thị Đào", "1963", "6/8/2021", "9h", "11h30"],
        ["Doãn Thị Cúc", "1974", "7/8/2021", "7h30", "9h"],
    ]
    result = load(tmp_path, rows)
    assert {(name, start, end) for name, _place, start, end in visits_of(result)} == {
        ("Viên Thị Đào", "2021-08-06T09:00", "2021-08-06T11:30"),
        ("Doãn Thị Cúc", "2021-08-07T07:30", "2021-08-07T09:00"),
    }
    assert result.records.arrivals.empty


@pytest.mark.parametrize(
    "line",
    [
        "Chuyến: Cần Thơ - Cà Mau, ngày 07/8/2021, xuất bến 05h00, đến bến Cà Mau 12h30",
        "Tuyến Cần Thơ - Cà Mau ngày 07/8/2021 khởi hành lúc 5h, về đến Cà Mau lúc 12h30",
    ],
)
def test_the_hours_of_a_coach_in_its_title_are_those_of_everybody_aboard(tmp_path: Path, line: str) -> None:
    rows = [
        ["DANH SÁCH HÀNH KHÁCH - Biển số: 69B-012.34"],
        [line],
        ["Ghế", "Họ tên", "Năm sinh", "SĐT"],
        ["A1", "Trương Thị Hạnh", "1987", "0919110002"],
        ["A2", "Lai Văn Thanh", "1964", "0919110003"],
    ]
    assert {(start, end) for _name, _place, start, end in visits_of(load(tmp_path, rows))} == {
        ("2021-08-07T05:00", "2021-08-07T12:30")
    }


@pytest.mark.parametrize(
    "legend", ["C1: ca 1 từ 6h00 đến 14h00; C2: ca 2 từ 14h00 đến 22h00", "C1 từ 6h đến 14h; C2: 14h-22h"]
)
def test_a_legend_of_shifts_in_words_tells_their_ends(tmp_path: Path, legend: str) -> None:
    rows = [
        ["XÍ NGHIỆP MINH TÂM - phân ca tháng 8/2021"],
        ["Họ tên", "Năm sinh", "09/8", "10/8"],
        ["Thạch Thị Sa", "1990", "C1", "C2"],
        ["Thạch Văn Ron", "1985", "C2", "C2"],
        [legend],
    ]
    assert {(name, start, end) for name, _place, start, end in visits_of(load(tmp_path, rows))} == {
        ("Thạch Thị Sa", "2021-08-09T06:00", "2021-08-09T14:00"),
        ("Thạch Thị Sa", "2021-08-10T14:00", "2021-08-10T22:00"),
        ("Thạch Văn Ron", "2021-08-09T14:00", "2021-08-09T22:00"),
        ("Thạch Văn Ron", "2021-08-10T14:00", "2021-08-10T22:00"),
    }


def test_guests_in_quarantine_are_isolated_and_tested_on_the_days_of_their_tests(tmp_path: Path) -> None:
    rows = [
        ["Gulf Hotel - Designated quarantine facility"],
        ["Room", "Full name", "Passport No.", "Arrival date", "Check-in", "Check-out (planned)", "PCR 1", "Result 1"],
        ["501", "Lee Min Ho", "M12345678", "08/08/2021", "08/08/2021", "22/08/2021", "09/08/2021", "Negative"],
        ["502", "Sato Ken", "TR1234567", "10/08/2021", "10/08/2021", "24/08/2021", "11/08/2021", "Pending"],
    ]
    records = load(tmp_path, rows).records

    def days(table: str, column: str) -> list[str]:
        frame = records[table]
        return sorted(
            format_iso(int(a), int(b), ZONE) for a, b in zip(frame[column], frame[f"{column}_to"], strict=True)
        )

    assert days("isolations", "start") == ["2021-08-08", "2021-08-10"]
    assert days("isolations", "end") == ["2021-08-22", "2021-08-24"]
    assert days("tests", "sample") == ["2021-08-09", "2021-08-11"]


def test_from_where_people_came_back_is_not_where_they_live_now(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH NGƯỜI VỀ ĐỊA PHƯƠNG XÃ KHÁNH HỘI"],
        ["Họ tên", "Năm sinh", "SĐT", "Nơi về", "Nơi cư trú tại địa phương", "Ngày về", "Hình thức"],
        ["Phù Văn Kiệt", "1999", "0947121201", "TP.HCM", "Ấp 1", "08/08/2021", "CL tại nhà"],
        ["Đồng Văn Nhựt", "1985", "0947121203", "Bình Dương", "Ấp 5", "09/08/2021", "CL tập trung"],
    ]
    records = load(tmp_path, rows).records
    assert set(records.arrivals["origin"]) == {"TP.HCM", "Bình Dương"}
    homes = records.persons.set_index("name")["address"]
    assert homes[["Phù Văn Kiệt", "Đồng Văn Nhựt"]].tolist() == ["Ấp 1", "Ấp 5"]
    assert set(records.isolations["kind"]) == {"home", "centre"}


def test_a_case_with_its_day_in_words_is_one_contact(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "Là F1 của"],
        ["Phó Thị Mai", "1989", "BN720, tiếp xúc ngày 09/8/2021 (làm cùng tổ)"],
        ["Kim Hên", "1980", "BN720"],
    ]
    result = load(tmp_path, rows)
    assert pairs_of(result) == {
        ("Mai Thị Sen", "Phó Thị Mai", "2021-08-09", "2021-08-09"),
        ("Kim Hên", "Mai Thị Sen", "", ""),
    }
    assert set(result.records.contacts["kind"].dropna()) == {"work"}
    assert set(names_of(result).values()) == {"Mai Thị Sen", "Phó Thị Mai", "Kim Hên"}


def test_days_of_a_pasted_itinerary_have_the_year_of_the_first(tmp_path: Path) -> None:
    (tmp_path / "ca.csv").write_text(
        "Mã BN,Họ tên,Năm sinh,Ngày dương tính\nBN720,Mai Thị Sen,1979,12/08/2021\n", encoding="utf-8"
    )
    (tmp_path / "lt.txt").write_text(
        "Lịch trình di chuyển của BN720 (Mai Thị Sen, SN 1979)\n"
        "- Ngày 8/8/2021: 6h-6h30 uống cà phê quán Hương Xưa.\n"
        "- Ngày 9/8: từ 6h đến 14h làm việc tại công ty Minh Tâm.\n"
        "- Ngày 10/8: 18h30 - 20h ăn cơm tại nhà em vợ là Ngô Văn Lành (SN 1990), có vợ là Kim Thị Lan cùng ăn.\n",
        encoding="utf-8",
    )
    result = load_files([tmp_path / "ca.csv", tmp_path / "lt.txt"])
    assert {(start, end) for _name, _place, start, end in visits_of(result)} == {
        ("2021-08-08T06:00", "2021-08-08T06:30"),
        ("2021-08-09T06:00", "2021-08-09T14:00"),
        ("2021-08-10T18:30", "2021-08-10T20:00"),
    }
    (question,) = result.questions
    assert "speaks of a case or of company" in question.text.say("en")


def test_the_question_about_a_positive_result_names_its_own_cell(tmp_path: Path) -> None:
    rows = [
        ["Họ tên", "Năm sinh", "KQ lần 1", "Ngày lấy mẫu lần 1", "KQ lần 2", "Ngày lấy mẫu lần 2"],
        ["Lục Văn Tèo", "1990", "Âm tính", "10/08/2021", "Dương tính", "13/08/2021"],
    ]
    (question,) = load(tmp_path, rows).questions
    assert (question.cell, question.column) == ("E2", "KQ lần 2")
