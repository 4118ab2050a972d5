"""Bulletins that tell several days in one line, and places in words of a town: bars, gyms, dormitories."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import visits_of

from loaders import Answers, LoadResult, load_files
from loaders.columns.movements import read_movements

CASES = "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát\nBN70101,Huỳnh Văn Đực,1975,18/07/2021\n"
HEAD = (
    "THÔNG BÁO KHẨN SỐ 5\n(19h00 ngày 20/7/2021)\nNgười dân từng có mặt tại các địa điểm sau liên hệ trạm y tế:\n"
    "1. Bệnh nhân BN70101 (H.V.Đ., nam, sinh năm 1975):\n"
)


def _load(folder: Path, *lines: str, answers: dict[str, str] | None = None) -> LoadResult:
    (folder / "ca.csv").write_text(CASES, encoding="utf-8")
    (folder / "tb.txt").write_text(HEAD + "".join(f"- {line}\n" for line in lines), encoding="utf-8")
    return load_files([folder / "ca.csv", folder / "tb.txt"], answers=Answers(answers or {}))


def _visits(result: LoadResult) -> set[tuple[str, str, str]]:
    return {(place, start, end) for _, place, start, end in visits_of(result)}


@pytest.mark.parametrize(
    "days",
    ["Ngày 14/7 và 15/7", "Các ngày 14/7, 15/7", "Ngày 14 và 15/7", "Hai ngày 14, 15/7", "Ngày 14 / 7 và 15 / 7"],
)
def test_what_a_line_tells_of_several_days_holds_on_each(tmp_path: Path, days: str) -> None:
    line = f"{days}: từ 7h30 đến 16h30 tại Trường THCS Sao Mai; riêng ngày 14/7 từ 18h00 đến 19h00 tại bar Hải Đăng."
    result = _load(tmp_path, line)
    assert result.complete
    assert _visits(result) == {
        ("Trường THCS Sao Mai", "2021-07-14T07:30", "2021-07-14T16:30"),
        ("Trường THCS Sao Mai", "2021-07-15T07:30", "2021-07-15T16:30"),
        ("bar Hải Đăng", "2021-07-14T18:00", "2021-07-14T19:00"),
    }


def test_the_place_of_several_days_is_asked_once_and_holds_on_each(tmp_path: Path) -> None:
    line = "Các ngày 11/7, 12/7 và 13/7: từ 18h00 đến 20h00 đi tập thể dục."
    (question,) = _load(tmp_path, line).questions
    assert question.said is not None and "18h00" in question.said
    result = _load(tmp_path, line, answers={question.id: "sân Đá Xanh"})
    assert result.complete
    assert _visits(result) == {
        ("sân Đá Xanh", f"2021-07-{day}T18:00", f"2021-07-{day}T20:00") for day in ("11", "12", "13")
    }


@pytest.mark.parametrize(
    "place",
    [
        *("bar Hải Đăng", "pub Mắt Biếc", "karaoke Sao Đêm", "spa Hoa Sen", "gym Đá Xanh", "vũ trường Ánh Trăng"),
        *("tòa nhà Sao Mai", "ký túc xá Bình Minh", "resort Biển Bạc", "homestay Lá Phong", "massage Tre Vàng"),
    ],
)
def test_words_of_a_town_name_places(place: str) -> None:
    (told,) = read_movements(f"Ngày 30/7: từ 21h00 đến 23h30 ở {place}, 120 Bạch Đằng")
    assert (told.what, told.place, told.day) == ("visit", place, "30/7")
    (alone,) = read_movements(f"Tối 30/7 đi {place}")
    assert (alone.what, alone.place) == ("visit", place)
