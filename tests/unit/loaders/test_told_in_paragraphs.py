"""Movements as newspapers and offices tell them: in a paragraph, by initials, with buses, addresses in brackets."""

from __future__ import annotations

from pathlib import Path

import pytest
from lists import visits_of

from loaders import LoadResult, load_files
from loaders.columns.movements import read_movements
from loaders.columns.whereabouts import find_place, is_specific

CASES = "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát\nBN7001,Viên Thị Nhung,1975,08/09/2021\n"
PARAGRAPH = " ".join(
    (
        "Theo báo cáo ban đầu của trung tâm, khoảng 8 giờ ngày 23-8, bà Nh. đến siêu thị Sao Mai để mua thực phẩm, đến",
        "9 giờ ra về, không nhớ người tiếp xúc. Khoảng 15 giờ 30 ngày 24-8, bà Nh. đến Trung tâm Giáo dục thường xuyên",
        "(phường 7) để lấy mẫu xét nghiệm. Khoảng 14 giờ 30 ngày 28-8, bà Nh. đến điểm lấy mẫu tại Công an tỉnh. Đến",
        "15 giờ cùng ngày, bà Nh. về nhà. Từ 28-8 đến 5-9, bà Nh. chỉ sinh hoạt tại nhà. Khoảng 9 giờ ngày 6-9, bà Nh.",
        "đến Bệnh xá Công an tỉnh để tiêm. Đến 11 giờ, bà Nh. ra về, di chuyển đến chợ phường 3 mua đậu xanh.",
    )
)


def _load(folder: Path, text: str) -> LoadResult:
    (folder / "ca.csv").write_text(CASES, encoding="utf-8")
    (folder / "tin.txt").write_text(f"BÁO CÁO DỊCH TỄ BN7001 NĂM 2021\n{text}\n", encoding="utf-8")
    return load_files([folder / "ca.csv", folder / "tin.txt"])


def test_a_paragraph_about_one_case_is_read_sentence_by_sentence(tmp_path: Path) -> None:
    result = _load(tmp_path, PARAGRAPH)
    assert result.complete
    assert {(place, start, end) for _, place, start, end in visits_of(result)} == {
        ("siêu thị Sao Mai", "2021-08-23T08:00", "2021-08-23T09:00"),
        ("Trung tâm Giáo dục thường xuyên", "2021-08-24T15:30", ""),
        ("điểm lấy mẫu tại Công an tỉnh", "2021-08-28T14:30", "2021-08-28T15:00"),
        ("Bệnh xá Công an tỉnh", "2021-09-06T09:00", ""),
        ("chợ phường 3", "2021-09-06T11:00", ""),
    }


def test_a_bus_whose_plate_nobody_tells_is_asked_about_beside_the_place_where_it_went(tmp_path: Path) -> None:
    result = _load(tmp_path, "- Ngày 14/7: bệnh nhân đi xe khách Đá Xanh từ TP Quảng Ngãi đến Bệnh viện Sao Mai.")
    assert {place for _, place, _, _ in visits_of(result)} == {"Bệnh viện Sao Mai"}
    (question,) = result.questions
    assert question.said is not None and "xe khách Đá Xanh" in question.said


@pytest.mark.parametrize("text", ["Ngày 17/7: về Quảng Ngãi trên xe Đá Xanh", "Ngày 17/7: đi xe khách từ Cà Mau về"])
def test_a_ride_with_others_is_open(text: str) -> None:
    assert [one.what for one in read_movements(text)] == ["open"]


def test_who_goes_to_a_place_by_own_means_rides_with_nobody() -> None:
    assert [one.what for one in read_movements("Ngày 17/7: đi xe đến chợ Sao Mai lúc 9h")] == ["visit"]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Quán thịt xiên nướng (31A Hồ Đắc Di)", "Quán thịt xiên nướng, 31A Hồ Đắc Di"),
        ("Quán miến lươn: địa chỉ 42 phố Thái Hà", "Quán miến lươn, 42 phố Thái Hà"),
        ("đến siêu thị Sao Mai trong Vincom Đá Xanh (số 2)", "siêu thị Sao Mai, Vincom Đá Xanh"),
        ("đến quán Gió Biển trong khoảng 10 phút", "quán Gió Biển"),
    ],
)
def test_an_address_tells_which_of_such_places_it_is(words: str, place: str) -> None:
    assert find_place(words) == place and is_specific(place)


@pytest.mark.parametrize("written", ["VN0054", "VN 54", "VN-54", "vn54"])
def test_a_flight_is_one_place_however_its_number_is_written(tmp_path: Path, written: str) -> None:
    flown = f"Họ và tên,Năm sinh,SĐT,Chuyến bay,Số ghế,Ngày bay\nĐoàn Văn Lực,1980,0912345678,{written},5K,02/07/2021\n"
    (tmp_path / "ds.csv").write_text(flown, encoding="utf-8")
    (tmp_path / "ca.csv").write_text(CASES, encoding="utf-8")
    told = "Lịch trình BN7001 năm 2021\n- Ngày 02/7: chuyến bay VN0054 từ London về Hà Nội\n"
    (tmp_path / "tb.txt").write_text(told, encoding="utf-8")
    result = load_files([tmp_path / name for name in ("ca.csv", "ds.csv", "tb.txt")])
    assert list(result.records.visits["place"]) == ["VN54", "VN54"]
