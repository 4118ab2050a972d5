"""Lists of people isolated at home, several of a room in a row, with a case and the day of the contact beside them."""

from __future__ import annotations

from pathlib import Path

from lists import asked_of, isolations_of, load_lists, names_of, pairs_of, without_accents

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN81001", "Trịnh Quốc Bửu", "1978", "20/07/2021"],
]
CASE = "Trịnh Quốc Bửu"
ROOMS = [
    ["DANH SÁCH CÁCH LY Y TẾ TẠI NHÀ, cập nhật ngày 28/7/2021"],
    ["TT", "Họ và tên", "SĐT", "Đối tượng", "Ca bệnh tiếp xúc", "Ngày TX cuối", "Từ ngày", "Đến ngày", "Ghi chú"],
    ["1", "Ngô Văn Dự", "0901222333", "F1", "BN81001", "22/7", "24/7", "07/8", ""],
    ["2", "Phòng 4: Danh Út (1995) + vợ Thị Sen (1997)", "", "F1", "BN81001", "cả 2: 21/7", "24/7", "07/8", ""],
    ["3", "P5: bé Lê Hoài An (2020)", "", "F1", "BN81001", "23/7", "24/7", "07/8", ""],
    [
        "4",
        "Nhà 12 - Lý Trọng Hữu (2001), em là Lý Trọng Nhân (2003)",
        "",
        "F1 (Hữu)",
        "BN81001",
        "Hữu: 22/7; Nhân chưa gặp F0",
        "25/7",
        "08/8",
        "",
    ],
    ["5", "Mai Thị Lụa", "0901222444", "F2", "", "", "", "", "chưa gặp F0, không ra QĐ"],
]
HOMES = {
    ("Ngô Văn Dự", "home", "", "2021-07-24", "2021-08-07"),
    ("Danh Út", "home", "", "2021-07-24", "2021-08-07"),
    ("Thị Sen", "home", "", "2021-07-24", "2021-08-07"),
    ("Lê Hoài An", "home", "", "2021-07-24", "2021-08-07"),
    ("Lý Trọng Hữu", "home", "", "2021-07-25", "2021-08-08"),
    ("Lý Trọng Nhân", "home", "", "2021-07-25", "2021-08-08"),
}
MET = {
    ("Ngô Văn Dự", CASE, "", "2021-07-22"),
    ("Danh Út", CASE, "", "2021-07-21"),
    ("Thị Sen", CASE, "", "2021-07-21"),
    ("Lê Hoài An", CASE, "", "2021-07-23"),
    ("Lý Trọng Hữu", CASE, "", "2021-07-22"),
}


def test_days_beside_a_day_of_contact_are_those_of_the_isolation_that_the_title_names(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.csv": CASES, "cltn.xlsx": ROOMS})
    assert isolations_of(result) == HOMES
    assert pairs_of(result) == MET
    assert not asked_of(result)
    assert "Mai Thị Lụa" in names_of(result).values()


def test_two_rows_of_headings_say_that_the_days_are_of_the_isolation(tmp_path: Path) -> None:
    rows = [
        ["Công an phường 8"],
        ["Họ và tên", "SĐT", "Ca bệnh tiếp xúc", "Ngày TX cuối", "Thời gian cách ly", ""],
        ["", "", "", "", "Từ ngày", "Đến ngày"],
        ["Ngô Văn Dự", "0901222333", "BN81001", "22/7/2021", "24/7/2021", "07/8/2021"],
        ["Mai Thị Lụa", "0901222444", "BN81001", "21/7/2021", "24/7/2021", "07/8/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "cl.xlsx": rows}, merged=("E2:F2",))
    assert {(name, first) for name, _kind, _place, first, _last in isolations_of(result)} == {
        ("Ngô Văn Dự", "2021-07-24"),
        ("Mai Thị Lụa", "2021-07-24"),
    }
    assert ("Mai Thị Lụa", CASE, "", "2021-07-21") in pairs_of(result)


def test_without_accents_the_rooms_are_parted_alike(tmp_path: Path) -> None:
    result = load_lists(tmp_path, {"ca.csv": without_accents(CASES), "cltn.xlsx": without_accents(ROOMS)})
    assert {tuple(sorted(pair[:2])) for pair in pairs_of(result)} == {
        tuple(sorted((name, "Trinh Quoc Buu")))
        for name in ("Ngo Van Du", "Danh Ut", "Thi Sen", "Le Hoai An", "Ly Trong Huu")
    }
    assert len(isolations_of(result)) == len(HOMES)


def test_of_two_rows_of_seats_a_line_says_which_met_the_case(tmp_path: Path) -> None:
    rows = [
        ["NGƯỜI DỰ LỄ TẠI CHÙA AN LẠC, 14h00 – 16h00 NGÀY 22/7/2021", "", "", "", ""],
        ["DÃY TRÁI", "", "", "DÃY PHẢI", "", ""],
        ["TT", "Họ tên", "NS", "TT", "Họ tên", "NS"],
        ["1", "Trịnh Quốc Bửu (F0)", "1978", "4", "Đặng Văn Nhật", "1973"],
        ["2", "Trần Kim Phượng", "1960", "5", "Vương Mỹ Linh", "1975"],
        ["3", "Ngô Văn Tốt", "1956", "", "", ""],
        ["F0 là ông Bửu (BN81001). Người ngồi dãy trái đều là F1, tiếp xúc ngày 22/7. Dãy phải ngồi xa, chưa gặp F0."],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "le.xlsx": rows}, merged=("A2:C2", "D2:F2"))
    assert {next(name for name in pair[:2] if name != CASE) for pair in pairs_of(result)} == {
        *("Trần Kim Phượng", "Ngô Văn Tốt")
    }
    assert {pair[2][:10] for pair in pairs_of(result)} == {"2021-07-22"}
