"""Columns that only their values tell, and values that belong to somebody else: nothing is lost, nothing is joined."""

from __future__ import annotations

from pathlib import Path

from lists import load_lists, names_of, pairs_of, visits_of

from tracing.times import format_iso

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN61001", "Cao Văn Lịch", "1975", "18/07/2021"],
    ["BN61002", "Đinh Thị Mùi", "1982", "19/07/2021"],
]
ONE, OTHER = "Cao Văn Lịch", "Đinh Thị Mùi"


def _days(start: int, end: int) -> str:
    return format_iso(int(start), int(end), "Asia/Ho_Chi_Minh")


def test_places_below_a_heading_of_arrival_leave_the_hours_of_a_post_alone(tmp_path: Path) -> None:
    rows = [
        ["CHỐT KIỂM SOÁT SỐ 3", "", "", "", ""],
        ["Ngày 18/7/2021", "", "", "", ""],
        ["Giờ", "Biển số xe", "Họ tên", "Đi từ", "Đến"],
        ["7h30", "69C1-123.45", "Lục Văn Tốt", "Bạc Liêu", "phường 5"],
        ["7h30", "69C1-123.45", "Lục Thị Xấu", "Cần Thơ", "xã Phú Tân"],
        ["8:05", "", "Âu Thị Cơ", "Giá Rai", ""],
    ]
    result = load_lists(tmp_path, {"chot.xlsx": rows}, merged=["A1:E1", "A2:E2"])
    post, car = "CHỐT KIỂM SOÁT SỐ 3", "69C1-123.45"
    assert visits_of(result) == {
        ("Lục Văn Tốt", post, "2021-07-18T07:30", ""),
        ("Lục Thị Xấu", post, "2021-07-18T07:30", ""),
        ("Âu Thị Cơ", post, "2021-07-18T08:05", ""),
        ("Lục Văn Tốt", car, "2021-07-18T07:30", "2021-07-18T07:30"),
        ("Lục Thị Xấu", car, "2021-07-18T07:30", "2021-07-18T07:30"),
    }


def test_from_and_to_beside_passengers_are_where_they_flew(tmp_path: Path) -> None:
    rows = [
        ["Surname", "Given names", "Flight No", "Flight date", "Seat", "From", "To"],
        ["NGUYEN", "THI HOA", "VN8077", "14JUL2021", "12A", "SGN", "CAH"],
        ["SMITH", "JOHN", "VN8077", "14JUL2021", "12C", "SGN", "CAH"],
    ]
    result = load_lists(tmp_path, {"bay.csv": rows})
    assert len(result.records.contacts) == 0
    assert visits_of(result) == {
        ("NGUYEN THI HOA", "VN8077", "2021-07-14", ""),
        ("SMITH JOHN", "VN8077", "2021-07-14", ""),
    }


def test_the_telephone_of_another_column_is_not_that_of_the_row(tmp_path: Path) -> None:
    rows = [
        ["Shipper", "SĐT shipper", "Ngày giao", "Giờ giao", "Người nhận", "SĐT người nhận"],
        ["Cao Văn Cầu", "0938000001", "16/7/2021", "9:10", "Thái Văn Kinh", "0938000002"],
        ["Cao Văn Cầu", "0938000001", "16/7/2021", "9:40", "Đồng Thị Quán", "0938000003"],
    ]
    persons = load_lists(tmp_path, {"giao.csv": rows}).records.persons
    assert dict(zip(persons["name"], persons["phone"], strict=True)) == {
        "Thái Văn Kinh": "0938000002",
        "Đồng Thị Quán": "0938000003",
    }


def test_distance_length_and_masks_of_a_contact_are_read_by_their_values(tmp_path: Path) -> None:
    rows = [
        ["Contact name", "Case ID", "Date last seen", "How close", "How long", "Mask?"],
        ["Sok Dara", "BN61001", "16/07/2021", "50cm", "20 min", "N"],
        ["Chan Thou", "BN61002", "17/07/2021", "1.5 m", "2h", "Y"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "ngo.csv": rows})
    told = result.records.contacts.sort_values("minutes")
    assert told["distance_m"].tolist() == [0.5, 1.5] and told["minutes"].tolist() == [20.0, 120.0]
    assert told["protected"].tolist() == [False, True]


def test_the_kind_and_the_number_of_days_of_an_isolation(tmp_path: Path) -> None:
    home = [
        ["Họ tên", "Về từ đâu", "Ngày về", "Cách ly"],
        ["Đổng Văn Trác", "TP.HCM", "16/7/2021", "Tại nhà"],
        ["Điêu Thị Thuyền", "Bình Dương", "17/7/2021", "KCL tập trung"],
    ]
    orders = [
        ["Số QĐ", "Họ và tên", "Ngày sinh", "Nơi cách ly", "Thời gian CL (ngày)", "Kể từ ngày"],
        ["123/QĐ-UBND", "Mộ Văn Dung", "01/01/1980", "Tại nhà - ấp Cái Keo", "14", "17/07/2021"],
    ]
    result = load_lists(tmp_path, {"ve.csv": home, "qd.csv": orders})
    names = names_of(result)
    stays = {names[str(row.person)]: row for row in result.records.isolations.itertuples()}
    assert {name: row.kind for name, row in stays.items()} == {
        "Đổng Văn Trác": "home",
        "Điêu Thị Thuyền": "centre",
        "Mộ Văn Dung": "home",
    }
    end = stays["Mộ Văn Dung"]
    assert _days(end.end, end.end + 86_400) == "2021-07-30"  # the 14th day, the first one counted
    assert _days(end.end_to - 86_400, end.end_to) == "2021-07-31"  # or not


def test_the_lines_of_rapid_tests_are_results(tmp_path: Path) -> None:
    rows = [
        ["KẾT QUẢ TEST NHANH NGÀY 22/7/2021", "", "", ""],
        ["STT", "Họ và tên", "Vạch C", "Vạch T"],
        ["1", "Ông Tấn Phát", "x", ""],
        ["2", "Bà Cẩm Lệ", "x", "x"],
        ["3", "Âu Văn Phong", "", "x"],
    ]
    result = load_lists(tmp_path, {"test.xlsx": rows}, merged=["A1:D1"])
    names = names_of(result)
    found = {names[str(p)]: r for p, r in result.records.tests[["person", "result"]].itertuples(index=False)}
    assert found == {"Ông Tấn Phát": "negative", "Bà Cẩm Lệ": "positive", "Âu Văn Phong": "invalid"}


def test_those_who_live_with_a_case_are_its_contacts(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH NGƯỜI SỐNG CÙNG NHÀ VỚI BN61001", "", ""],
        ["STT", "Họ tên", "Quan hệ với F0"],
        ["1", "Trịnh Thị Mơ", "Vợ"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "ho.xlsx": rows}, merged=["A1:C1"])
    assert pairs_of(result) == {(ONE, "Trịnh Thị Mơ", "", "")}
    assert result.records.contacts["kind"].tolist() == ["household"]


def test_a_column_that_names_a_case_somewhere_is_used_or_asked_about(tmp_path: Path) -> None:
    mixed = [
        ["Họ và tên", "Năm sinh", "Đối tượng", "Liên quan"],
        ["Lưu Văn Bị", "1980", "F1", "BN61001"],
        ["Tào Văn Tháo", "1975", "Về từ vùng dịch", "TP.HCM"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "dt.csv": mixed})
    assert pairs_of(result) == {(ONE, "Lưu Văn Bị", "", "")}
    assert [question.said for question in result.questions] == ["TP.HCM"]
    words = [
        ["Họ và tên", "Năm sinh", "Diễn biến khác"],
        ["Lưu Văn Bị", "1980", "sốt, gần nhà BN61001"],
        ["Tào Văn Tháo", "1975", "ho khan"],
    ]
    assert load_lists(tmp_path, {"ca.csv": CASES, "kk.csv": words}).questions


def test_the_name_beside_a_code_is_that_of_the_case_and_a_relation_is_not(tmp_path: Path) -> None:
    rows = [
        ["Họ tên F1", "Năm sinh", "F1 của ai", "Lần gặp cuối"],
        ["Ngô Văn Út", "1990", "anh Lịch BN61001", "15.7.2021"],
        ["Ngô Thị Chín", "1993", "BN 61002 (Mùi)", "17.7.2021"],
        ["Ngô Văn Tư", "1970", "mẹ BN61001", "18.7.2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "f1.csv": rows})
    assert {pair[:2] for pair in pairs_of(result)} == {(ONE, "Ngô Văn Út"), ("Ngô Thị Chín", OTHER)}
    assert "mẹ BN61001" in {question.said for question in result.questions}


def test_days_of_the_first_and_of_another_contact_and_ids_of_exports(tmp_path: Path) -> None:
    relations = [
        ["sourcePerson.visualId", "targetPerson.visualId", "targetPerson.name", "contactDate", "dateOfFirstContact"],
        ["BN61001", "CT-011", "Lam Xung", "2021-07-16", "2021-07-14"],
    ]
    exported = [
        ["uuid", "sourceCaseUuid", "lastContactDate", "person.firstName", "person.lastName"],
        ["Q1W2", "BN61002", "17/07/2021", "Linh", "Ho"],
    ]
    events = [
        ["ContactID", "IndexCaseID", "ExposureDate", "ExposureSetting", "Duration_min"],
        ["C-1", "BN61002", "2021-07-17", "Household", "600"],
    ]
    lists = {"ca.csv": CASES, "rel.csv": relations, "sor.csv": exported, "eve.csv": events}
    result = load_lists(tmp_path, lists)
    assert {(ONE, "Lam Xung", "2021-07-14", "2021-07-16"), ("Ho Linh", OTHER, "", "2021-07-17")} <= pairs_of(result)
    people = set(result.records.contacts[["person_a", "person_b"]].to_numpy().ravel())
    assert {"CT-011", "C-1"} <= people


def test_the_number_of_a_case_in_a_line_list_is_its_own_and_tags_below_the_head_are_nobody(tmp_path: Path) -> None:
    listed = [
        ["Case #", "Patient name", "Date of symptom onset", "Lab result", "Final classification"],
        ["KH-01", "Sok Dara", "15-Jul-21", "POS", "Confirmed"],
        ["KH-02", "Sok Chanthy", "16-Jul-21", "NEG", "Not a case"],
    ]
    tagged = [
        ["Case ID", "Name", "Onset date", "Classification"],
        ["#respondee +id", "#respondee +name", "#date +start", "#indicator +type"],
        ["HX-1", "Pham Lai", "2021-07-15", "Confirmed"],
    ]
    result = load_lists(tmp_path, {"km.csv": listed, "hxl.csv": tagged})
    assert set(result.records.cases["person"]) == {"KH-01", "HX-1"}
    assert set(names_of(result).values()) == {"Sok Dara", "Sok Chanthy", "Pham Lai"}


def test_a_diary_of_stops_and_the_company_of_an_itinerary(tmp_path: Path) -> None:
    diary = [
        ["SỔ NHẬT KÝ HÀNH TRÌNH", "", "", ""],
        ["Biển kiểm soát: 69C-077.77; Lái xe: Hồng Văn Thất (0930000001)", "", "", ""],
        ["Ngày", "Giờ đến", "Giờ đi", "Điểm dừng"],
        ["17/7/2021", "8h", "9h", "Kho Sóc Trăng"],
        ["17/7/2021", "13h30", "14h15", "Chợ đầu mối"],
    ]
    went = [
        ["LỊCH TRÌNH BN61001", "", "", ""],
        ["Ngày", "Giờ", "Địa điểm", "Những người có mặt"],
        ["16/7/2021", "18h-20h", "Quán Ba Chuột", "Sử Văn Tiến, Lỗ Thị Đạt"],
        ["17/7/2021", "9h", "Tiệm Phát", "Yến Văn Thanh (chủ tiệm) 0935000001"],
    ]
    lists = {"ca.csv": CASES, "nk.xlsx": diary, "lt.csv": went}
    result = load_lists(tmp_path, lists, merged=["A1:D1", "A2:D2"])
    assert not [question for question in result.questions if question.kind == "column"]
    assert {visit for visit in visits_of(result) if visit[0] == "Hồng Văn Thất"} == {
        ("Hồng Văn Thất", "Kho Sóc Trăng", "2021-07-17T08:00", "2021-07-17T09:00"),
        ("Hồng Văn Thất", "69C-077.77", "2021-07-17T09:00", "2021-07-17T13:30"),
        ("Hồng Văn Thất", "Chợ đầu mối", "2021-07-17T13:30", "2021-07-17T14:15"),
    }
    assert {pair[:2] for pair in pairs_of(result)} == {
        (ONE, "Sử Văn Tiến"),
        (ONE, "Lỗ Thị Đạt"),
        (ONE, "Yến Văn Thanh"),
    }
    assert set(result.records.persons.query("name == 'Yến Văn Thanh'")["phone"]) == {"0935000001"}


def test_the_teacher_in_a_title_and_the_guests_with_a_relation_are_there(tmp_path: Path) -> None:
    school = [
        ["TRƯỜNG THCS NGUYỄN DU", "", ""],
        ["HỌC SINH LỚP 8A2 - NGÀY HỌC 14/7/2021", "", ""],
        ["GVCN: Cô Tô Thị Hiền (0924000009)", "", ""],
        ["STT", "Họ và tên", "SĐT"],
        ["1", "Âu Gia Hân", "0924000001"],
        ["2", "Bàng Minh Trí", "0924000002"],
    ]
    lists = {"lop.xlsx": school}
    merged = ["A1:C1", "A2:C2", "A3:C3"]
    (asked,) = load_lists(tmp_path, lists, merged=merged).questions
    result = load_lists(tmp_path, lists, merged=merged, answers={asked.id: "2021-07-14"})
    assert {visit[0] for visit in visits_of(result)} == {"Âu Gia Hân", "Bàng Minh Trí", "Tô Thị Hiền"}
    phones = result.records.persons.set_index("name")["phone"]
    assert phones["Tô Thị Hiền"] == "0924000009"
    guests = [
        ["ĐÁM CƯỚI NHÀ ÔNG BA TƠ", "", "", ""],
        ["Tại: Nhà hàng Hồng Phúc, 11h00 ngày 15/7/2021", "", "", ""],
        ["Bàn", "Họ tên khách", "SĐT", "Quan hệ"],
        ["1", "Chung Thị Diệm", "0921000001", "bạn cô dâu"],
        ["2", "Hạ Văn Xuân", "0921000003", ""],
    ]
    wedding = load_lists(tmp_path, {"cuoi.xlsx": guests}, merged=["A1:D1", "A2:D2"])
    assert {visit[1] for visit in visits_of(wedding)} == {"Nhà hàng Hồng Phúc, bàn 1", "Nhà hàng Hồng Phúc, bàn 2"}


def test_hours_from_to_below_a_heading_of_scans_and_counts_with_a_word_behind_the_tier(tmp_path: Path) -> None:
    inn = [
        ["Tên quán: Karaoke Ngôi Sao", "", "", ""],
        ["Ngày", "Phòng", "Khách", "Vào - Ra"],
        ["17/7/2021", "VIP1", "Sài Văn Tiến", "20h-22h"],
        ["17/7/2021", "VIP1", "Chu Thị Đồng", "20h15-22h"],
    ]
    counted = [
        ["BÁO CÁO NHANH NGÀY 22/7/2021", "", ""],
        ["Đơn vị", "Số F0 mới", "Số F1"],
        ["Phường 5", "2", "31"],
    ]
    result = load_lists(tmp_path, {"kara.csv": inn, "bc.csv": counted})
    assert {visit[2:] for visit in visits_of(result)} == {
        ("2021-07-17T20:00", "2021-07-17T22:00"),
        ("2021-07-17T20:15", "2021-07-17T22:00"),
    }
    assert set(zip(result.records.counts["what"], result.records.counts["number"], strict=True)) == {
        ("cases", 2),
        ("f1", 31),
    }
