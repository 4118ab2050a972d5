"""More lists in other people's hands: every one is read right or asked about, nothing is passed over in silence."""

from __future__ import annotations

from pathlib import Path

from lists import asked_of, load_lists, names_of, pairs_of, visits_of

from loaders.files.headings import KEEP
from tracing.spelling import bare_words, clean_name, is_full, phone_numbers

CASES = [
    ["CDC CÀ MAU - DANH SÁCH CA BỆNH XÁC ĐỊNH ĐẾN NGÀY 03/8/2021"],
    ["TT", "Mã BN", "Họ tên bệnh nhân", "NS", "SĐT", "Khởi phát", "Lấy mẫu", "KQ (+)", "F1 của"],
    [1, "BN77101", "Trần Quốc Toản", 1981, "0907000001", "28/7", "30/7", "31/7", "chưa rõ"],
    [2, "BN77102", "Ngô Thị Xuân Hòa", 1990, "0907000002", "30/7", "31/7", "01/8", "BN77101"],
]

CENTRE = [
    ["Phòng", "Họ tên", "Năm sinh", "SĐT", "Ngày vào"],
    ["201", "Võ Thị Kim Thoa", 1988, "0919000109", "25/7/2021"],
    ["201", "Võ Gia Huy", 2013, "0919000109", "25/7/2021"],
    ["202", "Sơn Thị Rây", 1983, "0933000113", "25/7/2021"],
    ["202", "Thạch Sóc Kha", 1981, "0933000113", "25/7/2021"],
]
COACH = [
    ["DANH SÁCH HÀNH KHÁCH - Biển số: 69B-000.12"],
    ["Xuất phát: 20h00 ngày 24/7/2021 - Đến: 4h45 ngày 25/7/2021"],
    ["Ghế", "Họ tên hành khách", "Năm sinh", "Điện thoại"],
    ["A01", "Võ Thị Kim Thoa", "1988", "0919000109"],
    ["A02", "Bé Huy (con chị Thoa)", "", ""],
    ["B01", "SƠN THỊ RÂY", 1983, "0933000113"],
    ["B02", "chồng chị Rây", "", ""],
]


class TestNames:
    def test_forms_of_address_are_told_by_their_accents(self) -> None:
        assert bare_words("Dương Ngọc Bích") == ["duong", "ngoc", "bich"] and is_full("Dương Ngọc Bích")
        assert bare_words("Dượng Bích") == ["bich"] and bare_words("Anh Công tài xế") == ["cong"]
        assert clean_name("Bà Quách Thị Út") == "Quách Thị Út" and clean_name("Lê Văn Tám, con ông Hai") == "Lê Văn Tám"
        assert is_full("Từ Thị Bạch") and not is_full("Tư Bạch") and not is_full("Ba Cẩm")

    def test_letters_for_zeros_and_numbers_of_other_countries(self) -> None:
        assert phone_numbers("O9O89OOOO3") == ("0908900003",)
        assert phone_numbers("+49 171 5550101") == () and phone_numbers("+84 907 000 001") == ("0907000001",)


class TestWhoIsCalledSo:
    def test_a_child_is_found_by_name_and_family_a_husband_is_asked(self, tmp_path: Path) -> None:
        lists = {"15.xlsx": CENTRE, "09.xlsx": COACH}
        result = load_lists(tmp_path, lists)
        assert {name for name, *_ in visits_of(result)} >= {"Võ Gia Huy", "chồng chị Rây"}
        (question,) = (q for q in result.questions if q.said == "chồng chị Rây")
        ids = {name: ident for ident, name in names_of(result).items()}
        assert question.choices[0].value == ids["Thạch Sóc Kha"] and question.rows == 1
        answered = load_lists(tmp_path, lists, answers={question.id: ids["Thạch Sóc Kha"]})
        assert "chồng chị Rây" not in names_of(answered).values()
        assert {name for name, *_ in visits_of(answered)} >= {"Thạch Sóc Kha"}
        assert question.id not in {q.id for q in answered.questions}

    def test_names_alone_are_asked_once_for_a_list(self, tmp_path: Path) -> None:
        roll = [["Lễ cầu siêu tại Chùa Phật Tổ sáng 29/7/2021 (7h - 9h)"], ["Họ và tên", "Ghi chú"]]
        roll += [["Trần Quốc Toản", ""], ["Ngô Thị Xuân Hòa", "về sớm 8h"], ["Hồ Văn Đực", ""]]
        result = load_lists(tmp_path, {"ca.xlsx": CASES, "le.xlsx": roll})
        names, remark = sorted((q for q in result.questions if q.file == "le.xlsx"), key=lambda q: -q.rows)
        assert names.rows == 2 and [c.value for c in names.choices] == ["yes", "no"]
        assert remark.rows == 1 and [c.value for c in remark.choices] == [KEEP]
        whole = load_lists(tmp_path, {"ca.xlsx": CASES, "le.xlsx": roll}, answers={names.id: "yes", remark.id: KEEP})
        assert whole.complete and len(whole.records.persons) == 3

    def test_members_of_a_household_by_given_name_year_and_the_telephone_of_the_family(self, tmp_path: Path) -> None:
        homes = [
            ["Số hộ", "Chủ hộ / nhân khẩu", "Quan hệ với chủ hộ", "Năm sinh", "SĐT"],
            ["HK14", "Hộ: Lê Thị Nhung", "Chủ hộ", 1993, "0912000129"],
            ["HK14", "  - Ngân", "Con", 2015, ""],
        ]
        contacts = [
            ["Họ và tên", "Năm sinh", "Số ĐT", "Tiếp xúc với F0", "Ngày tiếp xúc"],
            ["Nguyễn Thị Bảo Ngân", 2015, "0912 000 129 (mẹ)", "BN77101", "30/7/2021"],
        ]
        result = load_lists(tmp_path, {"ca.xlsx": CASES, "ho.xlsx": homes, "f1.xlsx": contacts})
        assert "Ngân" not in {name.strip(" -") for name in names_of(result).values()}
        assert len(result.records.persons) == 4


class TestRemarksAndNumbers:
    def test_an_isolation_in_a_remark_is_read_and_a_broken_number_asked(self, tmp_path: Path) -> None:
        rows = [
            ["Họ và tên", "Năm sinh", "SĐT", "F0", "Ngày TX", "Ghi chú"],
            ["Lê Một", 1990, "0912000001", "BN77101", "28/7/2021", "cách ly tại nhà từ 7h 02/8"],
            ["Lê Hai", 1991, "0912 119", "BN77101", "28/7/2021", "tiêm mũi 1 ngày 3/6"],
            ["Lê Ba", 1992, "0912000003", "BN77101", "28/7/2021", ""],
        ]
        result = load_lists(tmp_path, {"ca.xlsx": CASES, "f1.csv": rows})
        (isolation,) = result.records.isolations.to_dict("records")
        assert isolation["kind"] == "home" and names_of(result)[isolation["person"]] == "Lê Một"
        assert asked_of(result) == {(3, "0912 119")}
        (question,) = result.questions
        mended = load_lists(tmp_path, {"ca.xlsx": CASES, "f1.csv": rows}, answers={question.id: "0912000119"})
        assert mended.complete and "0912000119" in set(mended.records.persons["phone"])

    def test_who_came_back_to_isolate_does_so_since_that_day(self, tmp_path: Path) -> None:
        rows = [
            ["DANH SÁCH CÔNG DÂN VỀ TỪ VÙNG DỊCH - tháng 7/2021"],
            ["Họ tên", "Sinh năm", "Về từ", "Ngày về", "HT cách ly"],
            ["Lê Một", 1990, "Bình Dương", "25/7", "CLTN"],
            ["Lê Hai", 1991, "Long An", "26/7", "tập trung"],
        ]
        result = load_lists(tmp_path, {"ve.xlsx": rows})
        assert sorted(result.records.isolations["kind"]) == ["centre", "home"] and result.complete


class TestRowsTakenApart:
    def test_driver_and_mates_pass_a_post(self, tmp_path: Path) -> None:
        rows = [
            ["CHỐT KIỂM SOÁT DỊCH BỆNH TẮC VÂN - NHẬT KÝ TRỰC"],
            ["Ngày", "Giờ", "Biển số", "Tên lái xe", "SĐT lái xe", "Người đi cùng", "Nơi đi", "Nơi đến"],
            ["28/7/2021", "4h15", "69C-045.67", "Lâm Chí Dũng", "0907000003", "Tạ Văn Sĩ; Đỗ Út Em", "TP.HCM", "chợ"],
            ["", "5h40", "51C 234.56", "Bành Văn Khởi", "0907600002", "không", "Long An", "KCN"],
        ]
        result = load_lists(tmp_path, {"chot.xlsx": rows})
        passed = {
            ("Lâm Chí Dũng", "69C-045.67", "2021-07-28T04:15"),
            ("Tạ Văn Sĩ", "69C-045.67", "2021-07-28T04:15"),
            ("Đỗ Út Em", "69C-045.67", "2021-07-28T04:15"),
            ("Bành Văn Khởi", "51C-234.56", "2021-07-28T05:40"),
        }
        post = "CHỐT KIỂM SOÁT DỊCH BỆNH TẮC VÂN"
        assert {(name, place, start) for name, place, start, _ in visits_of(result)} == passed | {
            (name, post, start) for name, _, start in passed
        }
        assert result.records.persons["phone"].notna().sum() == 2, "the driver's number is nobody else's"

    def test_several_times_in_and_out_in_a_row(self, tmp_path: Path) -> None:
        rows = [
            ["SỔ RA VÀO CỔNG - CTY MŨI ĐẤT - ngày 29/07/2021"],
            ["TT", "Họ tên", "SĐT", "Giờ vào 1", "Giờ ra 1", "Giờ vào 2", "Giờ ra 2"],
            [1, "Lê Thị Diễm", "0907200002", "6h55", "11h00", "12h25", "15h05"],
            [2, "Hồ Minh Nhựt", "0907300003", "9h00", "9h40", "", ""],
        ]
        result = load_lists(tmp_path, {"cong.xlsx": rows})
        assert visits_of(result) == {
            ("Lê Thị Diễm", "CTY MŨI ĐẤT", "2021-07-29T06:55", "2021-07-29T11:00"),
            ("Lê Thị Diễm", "CTY MŨI ĐẤT", "2021-07-29T12:25", "2021-07-29T15:05"),
            ("Hồ Minh Nhựt", "CTY MŨI ĐẤT", "2021-07-29T09:00", "2021-07-29T09:40"),
        }
        assert result.complete

    def test_guests_below_their_tables(self, tmp_path: Path) -> None:
        rows = [["TIỆC CƯỚI Thanh Tâm - trưa 25/7/2021"], ["Bàn 1", "Bàn 2"]]
        rows += [["Trần Quốc Toản", "Lê Văn Út"], ["Tám Thành", "Lê Thị Ba"], ["", "Cao Minh"]]
        result = load_lists(tmp_path, {"cuoi.xlsx": rows})
        assert {(name, place[-5:]) for name, place, *_ in visits_of(result)} == {
            ("Trần Quốc Toản", "bàn 1"),
            ("Tám Thành", "bàn 1"),
            ("Lê Văn Út", "bàn 2"),
            ("Lê Thị Ba", "bàn 2"),
            ("Cao Minh", "bàn 2"),
        }


class TestColumns:
    def test_f1_of_in_a_list_of_cases_is_the_source(self, tmp_path: Path) -> None:
        records = load_lists(tmp_path, {"ca.xlsx": CASES}).records
        assert len(records.cases) == 2 and not len(records.contacts) and records.cases["confirmed"].notna().all()
        assert list(zip(records.links["source"], records.links["target"], strict=True)) == [("BN77101", "BN77102")]

    def test_exports_in_which_the_id_is_that_of_the_case(self, tmp_path: Path) -> None:
        sormas = [
            ["Contact ID", "Case ID", "Contact status", "First name", "Last name", "Date of last contact"],
            ["WSHJ-1", "BN77102", "Active contact", "Hai", "Trinh", "30/07/2021"],
        ]
        kobo = [
            ["contact/first_name", "contact/last_name", "contact/phone", "exposure/case_id", "exposure/last_date"],
            ["Van Be", "Huynh", "0908100001", "BN77102", "2021-07-29"],
            ["Thi Lan", "Quach", "0908100002", "BN77102", "2021-07-31"],
        ]
        result = load_lists(tmp_path, {"ca.xlsx": CASES, "sormas.csv": sormas, "kobo.csv": kobo})
        met = {one if other == "Ngô Thị Xuân Hòa" else other for one, other, *_ in pairs_of(result)}
        assert met == {"Trinh Hai", "Huynh Van Be", "Quach Thi Lan"} and len(result.records.cases) == 2

    def test_a_german_and_a_french_list(self, tmp_path: Path) -> None:
        german = [
            ["Nr.", "Name", "Vorname", "Telefon", "Indexfall", "Letzter Kontakt am", "Quarantäne von"],
            [1, "Krüger", "Anja", "+49 171 5550101", "BN77102", "29.07.2021", "31.07.2021"],
            [2, "Özdemir", "Cem", "+49 171 5550102", "BN77102", "30.07.2021", "31.07.2021"],
        ]
        french = [
            ["Nom", "Prénom", "Téléphone", "Cas index", "Date du dernier contact", "Lieu"],
            ["Martin", "Claire", "0908300001", "BN77102", "29/07/2021", "salle 2"],
        ]
        result = load_lists(tmp_path, {"ca.xlsx": CASES, "de.csv": german, "fr.csv": french})
        met = {one if other == "Ngô Thị Xuân Hòa" else other for one, other, *_ in pairs_of(result)}
        assert met == {"Krüger Anja", "Özdemir Cem", "Martin Claire"} and result.complete
        assert result.records.persons["sex"].isna().all(), "1 and 2 number the rows"

    def test_hours_from_to_below_a_heading_of_time(self, tmp_path: Path) -> None:
        rows = [["Danh sách khách karaoke NNICE đêm 27/7/2021"], ["Tên", "SĐT", "Xã/phường", "Thời gian"]]
        rows += [["Lâm Chí Dũng", "0907000003", "Lý Văn Lâm", "19h30 - 22h"], ["Cao Minh", "0908200001", "p5", "20h15"]]
        assert visits_of(load_lists(tmp_path, {"khach.xlsx": rows})) == {
            ("Lâm Chí Dũng", "karaoke NNICE", "2021-07-27T19:30", "2021-07-27T22:00"),
            ("Cao Minh", "karaoke NNICE", "2021-07-27T20:15", ""),
        }

    def test_passengers_of_a_flight(self, tmp_path: Path) -> None:
        rows = [["VIETNAM AIRLINES VN8073 SGN-CAH Date: 26/07/2021 STD 09:40 STA 10:45"]]
        rows += [["Seat", "Pax name", "Phone"], ["4A", "MR TRAN/QUOC TOAN", "0907000001"]]
        assert visits_of(load_lists(tmp_path, {"bay.xlsx": rows})) == {
            ("TRAN QUOC TOAN", "VN8073", "2021-07-26T09:40", "2021-07-26T10:45")
        }

    def test_a_crew_is_aboard_and_a_dose_is_no_stay(self, tmp_path: Path) -> None:
        boats = [["ĐỒN BIÊN PHÒNG SÔNG ĐỐC"], ["Số hiệu tàu", "Họ tên", "SĐT", "Xuất bến", "Nhập bến"]]
        boats += [["CM-92345-TS", "Kim Sáng", "0908700001", "15/7/2021", "29/7/2021"]]
        doses = [["DANH SÁCH TIÊM VẮC XIN - Điểm tiêm: Nhà thi đấu tỉnh - Ngày: 29/7/2021"]]
        doses += [["Họ và tên", "Năm sinh", "SĐT", "Tên vắc xin", "Số lô", "Giờ tiêm"]]
        doses += [["Thái Thị Ngà", 1980, "0908600002", "AZ", "4120Z", "13h50"]]
        result = load_lists(tmp_path, {"tau.xlsx": boats, "tiem.xlsx": doses})
        assert ("Kim Sáng", "CM-92345-TS", "2021-07-15", "2021-07-29") in visits_of(result)
        assert not any("4120Z" in place for _, place, *_ in visits_of(result))

    def test_rooms_of_no_named_building_are_asked_for(self, tmp_path: Path) -> None:
        rows = [["Phòng", "Họ tên", "Năm sinh", "Ngày vào", "Ngày ra"]]
        rows += [["A101", "Mai Thị Thắm", 1993, "14/7/2021", "28/7/2021"]]
        first = load_lists(tmp_path, {"ban giao.xlsx": rows})
        again = load_lists(tmp_path, {"gui lai.xlsx": rows})
        (question,), (same,) = first.questions, again.questions
        assert question.id == same.id
        named = load_lists(tmp_path, {"gui lai.xlsx": rows}, answers={question.id: "KCL Trường Quân sự"})
        assert list(named.records.isolations["place"]) == ["KCL Trường Quân sự, phòng A101"] and named.complete
