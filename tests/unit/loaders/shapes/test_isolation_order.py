"""Orders to isolate, and statements that people write themselves, as text."""

from __future__ import annotations

from pathlib import Path

from lists import ZONE, pairs_of, visits_of

from loaders import LoadResult, load_files
from tracing.times import format_iso

CASES = "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát\nBN7001,Viên Thị Nhung,1975,28/07/2021\n"
ONE = (
    "Áp dụng biện pháp cách ly y tế tại nhà đối với bà Đào Thị Mỹ, sinh năm 1980, điện thoại 0911222444, địa chỉ: ấp 5,"
    " xã Khánh Lâm, huyện U Minh; lý do: tiếp xúc gần (F1) với ca bệnh BN7001 ngày 06/8/2021."
)
MANY = "Áp dụng biện pháp cách ly y tế tập trung tại Trường THCS Sao Mai đối với các ông/bà có tên sau:"
BASIS = "Căn cứ Luật Phòng, chống bệnh truyền nhiễm ngày 21/11/2007;"
PERIOD = "Thời gian cách ly: 14 ngày, kể từ ngày 07/8/2021 đến hết ngày 20/8/2021."


def _load(folder: Path, *lines: str) -> LoadResult:
    (folder / "ca.csv").write_text(CASES, encoding="utf-8")
    (folder / "qd.txt").write_text("\n".join(lines), encoding="utf-8")
    return load_files([folder / "ca.csv", folder / "qd.txt"])


def _stays(result: LoadResult) -> set[tuple[str, str, str, str]]:
    names = result.records.persons.set_index("person")["name"].to_dict()
    return {
        (names[one.person], one.kind, _day(one.start, one.start_to), _day(one.end, one.end_to))
        for one in result.records.isolations.itertuples()
    }


def _day(start: object, end: object) -> str:
    return format_iso(int(str(start)), int(str(end)), ZONE)[:10]


def test_an_order_to_isolate_somebody_is_an_isolation_and_a_contact(tmp_path: Path) -> None:
    result = _load(tmp_path, "QUYẾT ĐỊNH", BASIS, f"Điều 1. {ONE}", PERIOD, "Nơi nhận: Như trên.")
    assert result.complete
    assert _stays(result) == {("Đào Thị Mỹ", "home", "2021-08-07", "2021-08-20")}
    assert {(a, b, end[:10]) for a, b, _, end in pairs_of(result)} == {("Viên Thị Nhung", "Đào Thị Mỹ", "2021-08-06")}


def test_an_order_about_several_people_names_the_place(tmp_path: Path) -> None:
    people = ("1. Lý Văn Hải, 1970, ấp 5", "2. Kha Thị Sáu, 1950, SĐT 0911222555")
    result = _load(tmp_path, "QUYẾT ĐỊNH", BASIS, f"Điều 1. {MANY}", *people, PERIOD)
    assert _stays(result) == {
        ("Lý Văn Hải", "centre", "2021-08-07", "2021-08-20"),
        ("Kha Thị Sáu", "centre", "2021-08-07", "2021-08-20"),
    }
    assert set(result.records.isolations["place"]) == {"Trường THCS Sao Mai"}


def test_what_somebody_states_is_about_them_to_the_end(tmp_path: Path) -> None:
    result = _load(
        tmp_path,
        "BẢN TƯỜNG TRÌNH",
        "Kính gửi: Công an xã",
        "Tôi tên: Kha Văn Sáu, sinh năm 1950, thường trú ấp 5, xã Khánh Lâm. SĐT 0911222555",
        "Tôi xin tường trình như sau:",
        "Sáng ngày 04/8/2021 khoảng 6h tôi uống cà phê tại quán Bảy Lúa đến 7h thì về.",
    )
    assert result.complete
    assert visits_of(result) == {("Kha Văn Sáu", "quán Bảy Lúa", "2021-08-04T06:00", "2021-08-04T07:00")}


def test_a_message_that_lists_others_too_is_no_order(tmp_path: Path) -> None:
    listed = ("F1 của BN7001:", "- Lý Văn Hải, 1970, hàng xóm, tiếp xúc 26/7", "- Kha Thị Sáu, 1950, sđt 0911222555")
    told = "Xã đã áp dụng cách ly y tế tại nhà đối với bà Đào Thị Mỹ, từ ngày 07/8/2021 đến ngày 20/8/2021"
    result = _load(tmp_path, told, *listed)
    assert {"Lý Văn Hải", "Kha Thị Sáu"} <= set(result.records.persons["name"])
