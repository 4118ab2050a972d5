"""Lists as offices, hospitals, factories and shops send them, in their own words: what is read, and what is asked."""

from __future__ import annotations

from pathlib import Path

from lists import asked_of, load_lists, names_of, pairs_of, visits_of

from tracing.identity.decisions import Identity
from tracing.identity.places import find_place_pairs
from tracing.identity.unite import unite


def test_an_english_line_list_whose_only_id_is_the_code_of_the_case(tmp_path: Path) -> None:
    lists = {
        "line list.xlsx": [
            [
                "No.",
                "Case code",
                "Patient's full name",
                "YOB",
                "Gender",
                "Contact No.",
                "Symptom onset",
                "Swab date",
                "Lab confirmed",
                "Case status",
                "Infected by",
            ],
            [
                1,
                "BN99201",
                "Phạm Văn Tới",
                1985,
                "M",
                "0911000101",
                "2021-07-24",
                "2021-07-26",
                "2021-07-27",
                "Confirmed",
                "Unknown",
            ],
            [
                2,
                "BN99202",
                "Đỗ Thị Lài",
                1990,
                "F",
                "0911000102",
                "Asymptomatic",
                "2021-07-27",
                "",
                "Suspected",
                "BN99201",
            ],
        ],
        "f1.csv": [["Ho va ten", "TX voi BN", "Ngay TX gan nhat"], ["Vo Van Tam", "99202", "26/07/2021"]],
    }
    result = load_lists(tmp_path, lists)
    assert result.complete
    cases = result.records.cases
    assert set(zip(cases["person"], cases["status"], strict=True)) == {
        ("BN99201", "confirmed"),
        ("BN99202", "suspected"),
    }
    assert pairs_of(result) == {("Vo Van Tam", "Đỗ Thị Lài", "", "2021-07-26")}


def test_pools_under_a_word_of_the_laboratory_and_results_in_signs(tmp_path: Path) -> None:
    pools = [
        ["TT", "Ký hiệu ống", "Người được lấy mẫu", "SN", "Ngày lấy", "Kết luận"],
        [1, "OG-01", "Phạm Thị Hường", 1987, "27/7/2021", "Âm tính"],
        [2, "", "Ngô Văn Sĩ", 1979, "", ""],
        [3, "OG-02", "Hồ Thị Kiều", 1993, "27/7/2021", "Dương tính"],
    ]
    signs = [["Người test", "SN", "KQ (+/-)"], ["Tô Thị Ngà", "1971", "-"], ["Lê Thị Mận", "1966", "+"]]
    lists = {"KQ PCR.xlsx": pools, "test nhanh 29-07-2021.csv": signs}
    result = load_lists(tmp_path, lists, merged=["B2:B3", "E2:E3", "F2:F3"])
    names = names_of(result)
    tests = result.records.tests.astype(object).where(result.records.tests.notna(), None)
    assert {(names[t.person], t.result, t.pool) for t in tests.itertuples()} == {
        ("Phạm Thị Hường", "negative", "OG-01"),
        ("Ngô Văn Sĩ", "negative", "OG-01"),
        ("Hồ Thị Kiều", "positive", None),  # alone in the tube
        ("Tô Thị Ngà", "negative", None),
        ("Lê Thị Mận", "positive", None),
    }
    assert asked_of(result) == {(3, None), (4, None)}  # who is positive, with nobody, and on no list of cases


def test_shops_and_posts_have_words_of_their_own_for_when(tmp_path: Path) -> None:
    lists = {
        "qr.csv": [
            ["venue_name", "visitor", "mobile_no", "checkin_time", "checkout_time"],
            ["Quán Gió", "Ngô Văn Sĩ", "0911000203", "2021-07-24 07:10:22", "2021-07-24 08:40:00"],
        ],
        "nha thuoc.csv": [["Nhà thuốc", "Khách hàng", "Ngày mua"], ["Minh Châu", "Hà Thị Xíu", "25/07/2021 09:10"]],
        "cho.xlsx": [
            ["BAN QUẢN LÝ CHỢ PHƯỜNG 7"],
            ["Tiểu thương", "Kiốt", "Bán các ngày", "Giờ bán"],
            ["Tô Thị Ngà", "A13", "25/7/2021", "5h-11h"],
        ],
        "khoa.xlsx": [
            ["BỆNH VIỆN CÀ MAU"],
            ["Số buồng", "Họ và tên NB", "Vào khoa ngày", "Ra khoa ngày", "Họ tên người nuôi"],
            ["302", "Đặng Văn Quới", "22/07/2021", "27/07/2021", "Đặng Thị Hai"],
        ],
        "quan.xlsx": [
            ["Người có mặt tại quán Sao Đêm ngày 23/7/2021"],
            ["Họ tên", "Thời gian có mặt"],
            ["Đào Thị Kim", "từ 19h30 đến 21h30"],
        ],
    }
    result = load_lists(tmp_path, lists)
    assert not asked_of(result)
    assert visits_of(result) == {
        ("Ngô Văn Sĩ", "Quán Gió", "2021-07-24T07:10", "2021-07-24T08:40"),
        ("Hà Thị Xíu", "Minh Châu", "2021-07-25T09:10", ""),
        ("Tô Thị Ngà", "CHỢ PHƯỜNG 7", "2021-07-25T05:00", "2021-07-25T11:00"),
        ("Đặng Văn Quới", "BỆNH VIỆN CÀ MAU, phòng 302", "2021-07-22", "2021-07-27"),
        ("Đặng Thị Hai", "BỆNH VIỆN CÀ MAU, phòng 302", "2021-07-22", "2021-07-27"),
        ("Đào Thị Kim", "quán Sao Đêm", "2021-07-23T19:30", "2021-07-23T21:30"),
    }


def test_a_journey_in_one_line_a_flight_and_a_crew(tmp_path: Path) -> None:
    lists = {
        "xe.csv": [
            ["NHÀ XE TUẤN HƯNG - BKS: 69B-012.34"],
            ["Xuất bến: 20h00 ngày 22/07/2021 BX Miền Tây - đến Cà Mau 04h30 ngày 23/07/2021"],
            ["Ghế", "Tên khách", "SĐT"],
            ["A2", "Hồ Thị Kiều", ""],
            ["A3", "Lê Thị Na", "0911000999"],
        ],
        "pax.csv": [
            ["Flight: VN8061  Date: 23/07/2021  STD 06:10 STA 07:15"],
            ["Pax name", "Seat"],
            ["TRINH VAN DAT", "3A"],
        ],
        "tau.csv": [
            ["Danh sách thuyền viên tàu CM 91234 TS cập cảng cá Sông Đốc lúc 5h30 ngày 25/7/2021"],
            ["Họ và tên", "Chức danh"],
            ["Sơn Minh Trí", "Máy trưởng"],
            ["Danh Út", "Thủy thủ"],
        ],
    }
    result = load_lists(tmp_path, lists)
    assert visits_of(result) == {
        ("Hồ Thị Kiều", "69B-012.34", "2021-07-22T20:00", "2021-07-23T04:30"),
        ("Lê Thị Na", "69B-012.34", "2021-07-22T20:00", "2021-07-23T04:30"),
        ("TRINH VAN DAT", "VN8061", "2021-07-23T06:10", "2021-07-23T07:15"),
    }
    assert [(q.file, q.rows) for q in result.questions] == [("tau.csv", 2)]


def test_a_camp_with_its_buildings_and_an_inn_are_not_the_same(tmp_path: Path) -> None:
    camp = [
        ["KHU CÁCH LY TRƯỜNG CAO ĐẲNG"],
        ["Dãy", "P.", "Công dân", "Vào ngày", "Dự kiến hết hạn"],
        ["A", "101", "Hồ Thị Kiều", "24/7/2021", "07/8/2021"],
        ["B", "101", "Ngô Văn Sĩ", "28/7/2021", "11/8/2021"],
    ]
    inn = [["NHÀ TRỌ BẢY HƯỜNG"], ["Phòng", "Họ tên", "Từ ngày", "Đến ngày"], ["3", "Lê Ba", "20/7/2021", "25/7/2021"]]
    result = load_lists(tmp_path, {"camp.xlsx": camp, "tro.xlsx": inn})
    assert not asked_of(result)
    assert set(result.records.isolations["place"]) == {
        "KHU CÁCH LY TRƯỜNG CAO ĐẲNG, dãy A, phòng 101",
        "KHU CÁCH LY TRƯỜNG CAO ĐẲNG, dãy B, phòng 101",
    }
    assert visits_of(result) == {("Lê Ba", "NHÀ TRỌ BẢY HƯỜNG, phòng 3", "2021-07-20", "2021-07-25")}


def test_the_itinerary_of_a_case_and_whom_it_met(tmp_path: Path) -> None:
    lists = {
        "f0.csv": [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN99201", "Phạm Văn Tới", "24/7/2021"]],
        "di chuyen.xlsx": [
            ["LỊCH TRÌNH DI CHUYỂN CỦA BN99201"],
            ["Ngày", "Giờ", "Địa điểm", "Người tiếp xúc"],
            ["23/7/2021", "7h-9h", "Quán Gió Lộng", "Ngô Văn Sĩ; Đào Thị Kim"],
            ["24/7/2021", "8h10", "Chợ Phường 7", "không rõ"],
        ],
    }
    result = load_lists(tmp_path, lists)
    assert visits_of(result) == {
        ("Phạm Văn Tới", "Quán Gió Lộng", "2021-07-23T07:00", "2021-07-23T09:00"),
        ("Phạm Văn Tới", "Chợ Phường 7", "2021-07-24T08:10", ""),
    }
    assert {pair[:2] for pair in pairs_of(result)} == {("Ngô Văn Sĩ", "Phạm Văn Tới"), ("Phạm Văn Tới", "Đào Thị Kim")}


def test_a_roster_of_duty_names_several_people_in_a_row(tmp_path: Path) -> None:
    duty = [
        ["LỊCH TRỰC KHOA CẤP CỨU TỪ 24/7 ĐẾN 26/7/2021"],
        ["Ngày trực", "Ca sáng (7h-15h)", "Ca chiều (15h-22h)"],
        ["24/7/2021", "BS Trương Quốc Huy, ĐD Mã Thị Lan", "BS Vương Thị Hằng"],
    ]
    assert visits_of(load_lists(tmp_path, {"truc.xlsx": duty})) == {
        ("Trương Quốc Huy", "KHOA CẤP CỨU", "2021-07-24T07:00", "2021-07-24T15:00"),
        ("Mã Thị Lan", "KHOA CẤP CỨU", "2021-07-24T07:00", "2021-07-24T15:00"),
        ("Vương Thị Hằng", "KHOA CẤP CỨU", "2021-07-24T15:00", "2021-07-24T22:00"),
    }


def test_a_place_or_a_second_name_that_nothing_uses_is_asked_about(tmp_path: Path) -> None:
    places = [["Họ và tên", "Khu vực ngồi", "SĐT"], ["Lê Ba", "sân sau", "0911000001"]]
    names = [
        ["Họ và tên", "Địa điểm", "Giờ vào", "Đi chung"],
        ["Lê Ba", "Quán Gió", "24/7/2021 7h", "Trần Văn Tư"],
        ["Lê Hai", "Quán Gió", "24/7/2021 8h", "Trần Văn Năm"],
    ]
    result = load_lists(tmp_path, {"cho ngoi.csv": places, "di chung.csv": names})
    assert {question.column for question in result.questions} == {"Họ và tên", "Khu vực ngồi", "Đi chung"}


def test_a_title_says_whom_everybody_on_a_list_met(tmp_path: Path) -> None:
    lists = {
        "f0.csv": [
            ["Bí danh bệnh nhân", "Tên BN", "Năm", "Ngày bắt đầu có triệu chứng", "Tiếp xúc nguồn lây"],
            ["PT-001", "Cao Thanh Nhã", "1984", "5/8/2021", "Từ TP.HCM về"],
            ["PT-002", "Cao Thị Bích", "1986", "7/8/2021", "PT-001"],
        ],
        "f1.xlsx": [
            ["DANH SÁCH F1 CỦA BN PT-001"],
            ["Họ và tên", "Năm sinh", "Ngày tiếp xúc cuối"],
            ["Cao Văn Sung", 1955, "07/8/2021"],
        ],
        "f2.xlsx": [
            ["DANH SÁCH F2 LIÊN QUAN BN PT-001"],
            ["Họ và tên", "F1 tiếp xúc", "Ngày TX với F1"],
            ["Cao Thị Lan", "Cao Văn Sung", "08/8/2021"],
        ],
        "yte.xlsx": [
            ["Nhân viên y tế tiếp xúc BN PT-002 ngày 08/8/2021"],
            ["Họ và tên", "Bảo hộ", "Thời gian"],
            ["Võ Thị Phấn", "Có", "10 phút"],
        ],
    }
    result = load_lists(tmp_path, lists)
    assert pairs_of(result) == {
        ("Cao Thanh Nhã", "Cao Văn Sung", "", "2021-08-07"),
        ("Cao Thị Lan", "Cao Văn Sung", "2021-08-08", "2021-08-08"),
        ("Cao Thị Bích", "Võ Thị Phấn", "", ""),
    }
    assert set(result.records.contacts["minutes"].dropna()) == {10.0}
    assert set(result.records.links["source"]) == {"PT-001"}


def test_marks_below_negative_and_positive_are_one_result(tmp_path: Path) -> None:
    rows = [
        ["KẾT QUẢ TEST NHANH - ĐỢT 1 (11/8/2021)"],
        ["STT", "HỌ VÀ TÊN", "NĂM SINH", "", "KẾT QUẢ", "", "GHI CHÚ"],
        ["", "", "NAM", "NỮ", "ÂM TÍNH", "DƯƠNG TÍNH", ""],
        [1, "ĐINH CÔNG THÀNH", 1985, "", "x", "", ""],
        [2, "NGÔ THỊ HOA", "", 1992, "", "x", "chuyển PCR"],
    ]
    result = load_lists(tmp_path, {"test.xlsx": rows}, merged=["C2:D2", "E2:F2"])
    names = names_of(result)
    tests = result.records.tests
    assert {names[p]: r for p, r in zip(tests["person"], tests["result"], strict=True)} == {
        "ĐINH CÔNG THÀNH": "negative",
        "NGÔ THỊ HOA": "positive",
    }
    assert asked_of(result) == {(5, None)}  # positive, and on no list of cases


def test_a_title_with_day_and_place_of_a_meeting_or_a_service(tmp_path: Path) -> None:
    lists = {
        "hop.xlsx": [
            ["BIÊN BẢN HỌP TỔ DÂN PHỐ SỐ 4"],
            ["Thời gian: 19h00 ngày 05/8/2021"],
            ["Địa điểm: Nhà văn hóa Khóm 1"],
            ["STT", "Họ và tên", "Chức vụ"],
            [1, "Trịnh Văn Lụa", "Tổ phó"],
            [2, "Hồng Thị Đẹp", "Hội viên"],
        ],
        "tang.xlsx": [
            ["NGƯỜI DỰ ĐÁM TANG BÀ CỤ TÁM (NGÀY 4-6/8/2021)"],
            ["Họ tên", "Tuổi", "Dự ngày nào"],
            ["Nguyễn Văn Bé Ba", 60, "4/8, 5/8"],
            ["Thích Minh Đạo", 55, "6/8 (sáng)"],
        ],
    }
    result = load_lists(tmp_path, lists)
    assert not asked_of(result)
    assert visits_of(result) == {
        ("Trịnh Văn Lụa", "Nhà văn hóa Khóm 1", "2021-08-05T19:00", ""),
        ("Hồng Thị Đẹp", "Nhà văn hóa Khóm 1", "2021-08-05T19:00", ""),
        ("Nguyễn Văn Bé Ba", "ĐÁM TANG BÀ CỤ TÁM", "2021-08-04", ""),
        ("Nguyễn Văn Bé Ba", "ĐÁM TANG BÀ CỤ TÁM", "2021-08-05", ""),
        ("Thích Minh Đạo", "ĐÁM TANG BÀ CỤ TÁM", "2021-08-06", ""),
    }


def test_a_scan_on_the_way_out_ends_the_visit(tmp_path: Path) -> None:
    scans = [
        ["ho_ten", "sdt", "thoi_gian_quet", "ten_diem", "loai"],
        ["Cao Thanh Nhã", "0912000111", "05/08/2021 08:00:12", "Tạp hóa Ba Lẹ", "VAO"],
        ["Ngô Thị Hoa", "0912000301", "05/08/2021 08:05:00", "Tạp hóa Ba Lẹ", "VAO"],
        ["Cao Thanh Nhã", "0912000111", "05/08/2021 08:20:40", "Tạp hóa Ba Lẹ", "RA"],
    ]
    assert visits_of(load_lists(tmp_path, {"qr.csv": scans})) == {
        ("Cao Thanh Nhã", "Tạp hóa Ba Lẹ", "2021-08-05T08:00", "2021-08-05T08:20"),
        ("Ngô Thị Hoa", "Tạp hóa Ba Lẹ", "2021-08-05T08:05", ""),
    }


def test_a_week_in_the_title_and_a_sheet_that_marks_only_absences(tmp_path: Path) -> None:
    week = [
        ["Cty Minh Phú - Tuần 02/8 - 07/8/2021"],
        ["Họ và tên", "Tổ sản xuất", "T2", "T3"],
        ["Đinh Công Thành", "Kho", "x", ""],
        ["Lâm Thị Diệu", "Kho", "x", "x"],
    ]
    absences = [
        ["TRƯỜNG TH CÁI ĐÔI VÀM 1"],
        ["Họ và tên", "Ngày sinh", "T2 02/8/2021", "T3 03/8/2021"],
        ["Trịnh Gia Huy", "12/03/2010", "", "P"],
        ["Cao Bảo Trân", "01/12/2010", "", ""],
    ]
    assert {visit[2] for visit in visits_of(load_lists(tmp_path, {"ca.xlsx": week}))} == {"2021-08-02", "2021-08-03"}
    (folder := tmp_path / "2").mkdir()
    asked = load_lists(folder, {"lop.xlsx": absences})
    assert not len(asked.records.visits)
    (question,) = asked.questions
    told = load_lists(folder, {"lop.xlsx": absences}, answers={question.id: "yes"})
    assert {(name, start) for name, _, start, _ in visits_of(told)} == {
        ("Trịnh Gia Huy", "2021-08-02"),
        ("Cao Bảo Trân", "2021-08-02"),
        ("Cao Bảo Trân", "2021-08-03"),
    }


def test_a_list_whose_title_alone_speaks_of_cases_is_asked_about(tmp_path: Path) -> None:
    rows = [["DANH SÁCH F0 MỚI"], ["Mã BN", "Họ tên", "NS", "Ngày XN"], ["PT-005", "Phan Văn Lực", 1988, "12/8/2021"]]
    asked = load_lists(tmp_path, {"moi.xlsx": rows})
    assert not len(asked.records.cases)
    question = next(q for q in asked.questions if q.kind == "value")
    told = load_lists(tmp_path, {"moi.xlsx": rows}, answers={question.id: "yes"})
    assert list(told.records.cases["person"]) == ["PT-005"]
    assert not told.questions


def test_the_same_room_of_two_houses_without_a_name_is_not_one_place(tmp_path: Path) -> None:
    rows = [["Họ tên", "Phòng", "Ngày giờ đến", "Ngày giờ đi"], ["Lê Ba", "05", "3/8/2021 22h00", "4/8/2021 6h30"]]
    result = load_lists(tmp_path, {"hai yen.csv": rows, "hong hoa.csv": [rows[0], ["Lê Tư", *rows[1][1:]]]})
    assert len(set(result.records.visits["place"])) == 2


def test_one_place_under_several_spellings_is_one(tmp_path: Path) -> None:
    head = ["Địa điểm", "Họ và tên", "Giờ vào"]
    lists = {
        f"qr{n}.csv": [head, [place, name, "24/7/2021 7h10"]]
        for n, (place, name) in enumerate(
            [
                ("Quán cà phê Gió Lộng", "Lê Một"),
                ("QC GIÓ LỘNG", "Lê Hai"),
                ("cafe gio  long", "Lê Ba"),
                ("BV Cà Mau", "Lê Tư"),
                ("Bệnh viện Cà Mau", "Lê Năm"),
                ("Quán Út", "Lê Sáu"),
                ("Cà phê Út", "Lê Bảy"),
            ]
        )
    }
    records = load_lists(tmp_path, lists).records
    assert records.visits["place"].nunique() == 7, "records keep what the lists say"
    found = find_place_pairs(records)
    groups = Identity.of([], zip(found["place_a"], found["place_b"], strict=True)).groups
    assert set(found["verdict"]) == {"automatic"}
    assert sorted(unite(records, (), places=groups).visits["place"].value_counts().tolist()) == [1, 1, 2, 3]


def test_somebody_named_by_a_case_is_asked_with_that_case_as_a_choice(tmp_path: Path) -> None:
    lists = {
        "f0.csv": [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN34", "Trần A", "2021-08-06"]],
        "f1.csv": [
            ["Họ và tên", "Tiếp xúc với ca", "Ngày tiếp xúc cuối"],
            ["Lê Một", "mẹ BN34", "2021-08-07"],
            ["Lê Hai", "F1 của BN34", "2021-08-07"],
        ],
    }
    result = load_lists(tmp_path, lists)
    (question,) = result.questions
    assert (question.said, question.choices[0].value) == ("mẹ BN34", "BN34")
    assert len(result.records.contacts) == 1
