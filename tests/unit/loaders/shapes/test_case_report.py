"""Reports of cases in running text, with sections, as a centre sends them to the ministry."""

from __future__ import annotations

from pathlib import Path

from lists import ZONE, pairs_of, visits_of

from loaders import LoadResult, load_files
from loaders.columns.person_line import people_of_line
from loaders.files.tick_boxes import chosen
from tracing.times import format_iso

CASES = "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát\nBN30201,Đào Thị Sen,1980,02/07/2021\n"
REPORT = """TRUNG TÂM KIỂM SOÁT BỆNH TẬT
BÁO CÁO CA BỆNH COVID-19
Kính gửi: Cục Y tế Dự phòng;
1. Thông tin ca bệnh
Bệnh nhân: DOÃN HỮU PHƯỚC (BN30301), giới tính: Nam, sinh năm: 1975, quốc tịch: Việt Nam, CMND: 024556778
Số điện thoại: 0908 112 233
Địa chỉ nơi ở: 23/4 Nguyễn Duy, P.9, Q.8, TP.HCM
Nghề nghiệp: Bảo vệ
Tiền sử: tăng huyết áp
Yếu tố dịch tễ: BN là F1 của BN30201 (gặp ngày 04/07/2021 tại nhà BN30201).
Ngày 07/07/2021 bệnh nhân có triệu chứng sốt, ho. Ngày 09/07/2021 lấy mẫu lần 1, kết quả dương tính ngày 10/07/2021.
2. Lịch sử đi lại và tiền sử tiếp xúc và triệu chứng lâm sàng
- Ngày 05/07/2021: 6h đi làm tại công ty Đá Xanh đến 18h về nhà.
- Ngày 06/07/2021: ở nhà.
3. Các hoạt động đã triển khai
Điều tra được 2 F1: vợ Viên Thị Đào (1978), SĐT 0908112234; con Doãn Hữu Tài (2003).
Chuyển BN đến BV dã chiến số 3 ngày 10/07/2021.
"""
UNCODED = """BÁO CÁO
Trường hợp mắc COVID-19
I. Thông tin bệnh nhân
- Họ và tên: Doãn Thị Hồng, giới: Nữ
- Ngày tháng năm sinh: 12/8/1999
- Số CCCD: 024199001234; SĐT: 0356.778.990
- Nơi ở hiện tại: phòng trọ, thôn My Điền 1, xã Hoàng Ninh, huyện Việt Yên, tỉnh Bắc Giang
- Địa chỉ thường trú: thôn Đông, xã Quang Minh, huyện Hiệp Hòa
- Bệnh nhân chưa có triệu chứng
II. Tiền sử dịch tễ và diễn biến
- Ngày 8/5/2021: từ 7h30 đến 19h30 làm việc tại công ty Đá Xanh.
- Ngày 11/5/2021: được lấy mẫu tại công ty, ngày 13/5/2021 kết quả dương tính (RT-PCR).
III. Các hoạt động đã triển khai
1. Danh sách tiếp xúc gần (F1):
1. Viên Thị Mơ, 1998, SĐT 0356.778.991
2. Lý A Páo, 2000
- Đã chuyển bệnh nhân tới Bệnh viện Phổi lúc 21h ngày 13/5/2021
"""
TWO = """BÁO CÁO NHANH CÁC CA BỆNH NGÀY 12/7/2021
Thông tin ca bệnh 1
Bệnh nhân: LÝ THỊ CÚC (BN40101), nữ, sinh năm 1970
Lấy mẫu lần 1 ngày 06/7 âm tính; lần 2 ngày 10/7 kết quả dương tính ngày 11/7
Thông tin ca bệnh 2
Bệnh nhân: KHA VĂN ĐỨC (BN40102), nam, sinh năm 1988
Dịch tễ: chưa rõ nguồn lây. Ngày 09/7 sốt, ho, đi khám, test nhanh dương tính, PCR dương tính ngày 10/7
"""


def _load(folder: Path, text: str, *, cases: str = CASES) -> LoadResult:
    (folder / "ca.csv").write_text(cases, encoding="utf-8")
    (folder / "bc.txt").write_text(text, encoding="utf-8")
    return load_files([folder / "ca.csv", folder / "bc.txt"])


def _day(instant: object) -> str:
    return format_iso(int(str(instant)), int(str(instant)), ZONE)[:10]


def _tests(result: LoadResult) -> list[tuple[str, str, str]]:
    rows = result.records.tests.sort_values(["person", "sample", "resulted"]).to_dict("records")
    return [(str(row["person"]), _day(row["sample"]), str(row["result"])) for row in rows]


def test_the_first_section_is_a_line_of_a_case_list(tmp_path: Path) -> None:
    result = _load(tmp_path, REPORT)
    assert result.complete
    person = result.records.persons.set_index("person").loc["BN30301"]
    assert (person["birth_year"], person["sex"], person["phone"]) == (1975, "male", "0908112233")
    assert (person["national_id"], person["area"]) == ("024556778", "27403")
    assert "tăng huyết áp" in person["attributes"]
    case = result.records.cases.set_index("person").loc["BN30301"]
    assert (_day(case["onset"]), _day(case["confirmed"])) == ("2021-07-07", "2021-07-10")
    assert _tests(result) == [("BN30301", "2021-07-09", "positive")]


def test_whom_the_case_met_where_it_was_and_who_met_it_are_on_record(tmp_path: Path) -> None:
    result = _load(tmp_path, REPORT)
    named = {(frozenset({a, b}), start, end) for a, b, start, end in pairs_of(result)}
    assert {pair for pair, _, _ in named} == {
        frozenset({"DOÃN HỮU PHƯỚC", other}) for other in ("Đào Thị Sen", "Viên Thị Đào", "Doãn Hữu Tài")
    }
    assert any("2021-07-04" in end for pair, _, end in named if "Đào Thị Sen" in pair)
    assert ("DOÃN HỮU PHƯỚC", "công ty Đá Xanh", "2021-07-05T06:00", "2021-07-05T18:00") in visits_of(result)
    (isolation,) = result.records.isolations.to_dict("records")
    assert (isolation["kind"], _day(isolation["start"])) == ("hospital", "2021-07-10")


def test_a_case_without_a_code_is_one_person_in_all_sections(tmp_path: Path) -> None:
    result = _load(tmp_path, UNCODED)
    assert result.complete
    (person,) = (row for row in result.records.persons.to_dict("records") if row["name"] == "Doãn Thị Hồng")
    assert (str(person["birth_date"])[:10], person["phone"]) == ("1999-08-12", "0356778990")
    assert person["area"] == "222"
    case = result.records.cases.set_index("person").loc[person["person"]]
    assert bool(case["asymptomatic"])
    assert _day(case["confirmed"]) == "2021-05-13"
    assert _tests(result) == [(person["person"], "2021-05-11", "positive")]
    assert len(result.records.contacts) == 2
    assert list(result.records.isolations["kind"]) == ["hospital"]


def test_several_cases_in_one_text_have_their_own_tests(tmp_path: Path) -> None:
    result = _load(tmp_path, TWO)
    assert _tests(result) == [
        ("BN40101", "2021-07-06", "negative"),
        ("BN40101", "2021-07-10", "positive"),
        ("BN40102", "2021-07-09", "positive"),
        ("BN40102", "2021-07-09", "positive"),
    ]
    cases = result.records.cases.set_index("person")
    assert _day(cases.loc["BN40102", "onset"]) == "2021-07-09"
    assert _day(cases.loc["BN40101", "confirmed"]) == "2021-07-11"


def test_a_case_in_doubt_is_a_suspected_one(tmp_path: Path) -> None:
    lines = ("Báo cáo trường hợp nghi mắc", "1. Thông tin ca bệnh", "Bệnh nhân: KHA VĂN ĐỨC, nam, sinh năm 1988")
    text = "\n".join((*lines, "Chưa có kết quả"))
    result = _load(tmp_path, text)
    (case,) = (row for row in result.records.cases.to_dict("records") if row["person"] != "BN30201")
    assert case["status"] == "suspected"


def test_kin_before_a_name_is_no_part_of_it() -> None:
    told = [people_of_line(text)[0] for text in ("vợ Viên Thị Đào (1978)", "Mẹ: Lê Thị Hai, 1950", "Võ Văn Tư, 1980")]
    assert [(one["Họ và tên"], one.get("Quan hệ")) for one in told] == [
        ("Viên Thị Đào", "vợ"),
        ("Lê Thị Hai", "Mẹ"),
        ("Võ Văn Tư", None),
    ]


def test_people_behind_what_they_are_together_met_the_case_on_the_day_of_that(tmp_path: Path) -> None:
    lines = (
        "Kính gửi: BCĐ PCD xã",
        "Danh sách F1 của ca bệnh BN30201, ngày 9/7/2021:",
        "Gia đình (ở cùng nhà):",
        "- Chồng: Lý Văn Hải, SN 1970",
        "Bạn hàng chợ phường 3 ngày 6/7: chị Viên Thị Mỹ (bán cá) 0911222333, chị Út Lan bán rau",
        "Nhân viên tiệm bánh 7/7: em Vân, 22 tuổi",
        "Liên hệ: anh Tú trạm y tế 0911222444",
    )
    result = _load(tmp_path, "\n".join(lines) + "\n")
    met = {(({a, b} - {"Đào Thị Sen"}).pop(), end[:10]) for a, b, _, end in pairs_of(result)}
    assert met == {
        ("Lý Văn Hải", ""),
        ("Viên Thị Mỹ", "2021-07-06"),
        ("Chị Út Lan", "2021-07-06"),
        ("Em Vân", "2021-07-07"),
    }
    assert (result.records.contacts["kind"] == "household").sum() == 1
    assert any(question.row == 7 for question in result.questions)


FORM = """PHỤ LỤC 1
PHIẾU ĐIỀU TRA CA BỆNH XÁC ĐỊNH/NGHI NGỜ COVID-19
(Kèm theo Quyết định ngày 30/7/2021)
1. Thông tin người báo cáo
a. Tên người báo cáo: BS. Kha Văn Tới
2. Thông tin bệnh nhân
2.1. Họ và tên bệnh nhân: Doãn Thị Thắm
2.2. Ngày tháng năm sinh: 12/5/1988   Tuổi: 33
2.3. Giới: □ Nam  ☒ Nữ
2.6. Địa chỉ nơi sinh sống: ấp 7, xã Khánh Lâm, huyện U Minh, tỉnh Cà Mau
2.7. Điện thoại liên hệ: 0918 777 666
3. Địa chỉ nơi bệnh nhân khởi phát: như trên
4. Ngày khởi phát: 05/8/2021
5. Ngày vào viện: 07/8/2021
6. Nơi đang điều trị: BVĐK huyện U Minh
7. Triệu chứng: ☒ Sốt ☒ Ho □ Khó thở
8. Tiền sử dịch tễ (trong vòng 14 ngày trước khởi phát)
8.1. Có tiếp xúc với ca bệnh: ☒ Có □ Không   Nếu có, họ tên ca bệnh: Đào Thị Sen (BN30201), tiếp xúc ngày 02/8/2021
9. Xét nghiệm: Ngày lấy mẫu: 06/8/2021. Loại mẫu: tỵ hầu. Kết quả: Dương tính. Ngày có kết quả: 07/8/2021
10. Chẩn đoán cuối cùng: ☒ Ca bệnh xác định □ Ca bệnh nghi ngờ
"""


def test_the_form_of_an_investigation_with_ticked_choices(tmp_path: Path) -> None:
    result = _load(tmp_path, FORM)
    assert result.complete
    (person,) = (row for row in result.records.persons.to_dict("records") if row["name"] == "Doãn Thị Thắm")
    assert (person["sex"], person["phone"], str(person["area"])[:5]) == ("female", "0918777666", "32056")
    case = result.records.cases.set_index("person").loc[person["person"]]
    days = [_day(case[name]) for name in ("onset", "confirmed", "isolated")]
    assert days == ["2021-08-05", "2021-08-07", "2021-08-07"]
    assert _tests(result) == [(person["person"], "2021-08-06", "positive")]
    assert {(a, b, end[:10]) for a, b, _, end in pairs_of(result)} == {("Doãn Thị Thắm", "Đào Thị Sen", "2021-08-02")}
    assert list(result.records.isolations["kind"]) == ["hospital"]


def test_only_choices_that_were_made_are_left() -> None:
    made = {
        "Giới: □ Nam  ☒ Nữ": "Giới: Nữ",
        "Giới: 1. Nam □ 2. Nữ ☑": "Giới: 2. Nữ",
        "Ho [x]  Sốt [ ]": "Ho",
        "Có tiếp xúc: ☒ Có □ Không   Nếu có, ai: Sen": "Có tiếp xúc: Có Nếu có, ai: Sen",
        "không có ô nào": "không có ô nào",
    }
    assert {text: " ".join(chosen(text).split()) for text in made} == made


TRACED = """CÔNG AN HUYỆN U MINH
KẾT QUẢ TRUY VẾT CA DƯƠNG TÍNH ĐÀO THỊ SEN (BN30201)
1. Mốc dịch tễ:
- Ngày 25/7/2021: 5h-9h bán cá tại chợ Khánh Lâm.
2. F1 (3 người):
1. Lý Văn Hải, SN 1970, chồng, ở chung nhà
2. Viên Thị Mỹ, SN 1980, sạp số 13, tiếp xúc 25/7
3. Ba Chà, chạy xe ôm, SĐT 0911222333, tiếp xúc 27/7
3. F2:
- Vợ Ba Chà: Lê Thị Năm (1958)
- Con Viên Thị Mỹ: Lý Văn Bé (2010)
4. Đề xuất: phong tỏa chợ Khánh Lâm.
"""


def test_places_f1_and_f2_of_one_report_stand_below_numbered_heads(tmp_path: Path) -> None:
    result = _load(tmp_path, TRACED)
    assert result.complete
    assert {place for _, place, _, _ in visits_of(result)} == {"chợ Khánh Lâm"}
    assert {(frozenset({a, b}), end[:10]) for a, b, _, end in pairs_of(result)} == {
        (frozenset({"Đào Thị Sen", "Lý Văn Hải"}), ""),
        (frozenset({"Đào Thị Sen", "Viên Thị Mỹ"}), "2021-07-25"),
        (frozenset({"Đào Thị Sen", "Ba Chà"}), "2021-07-27"),
        (frozenset({"Ba Chà", "Lê Thị Năm"}), ""),
        (frozenset({"Viên Thị Mỹ", "Lý Văn Bé"}), ""),
    }


def test_f1_told_in_the_section_of_the_case_are_contacts(tmp_path: Path) -> None:
    lines = ("Thông tin ca bệnh", "Bệnh nhân: KHA VĂN ĐỨC (BN40102), nam, sinh năm 1988", "F1: vợ Viên Thị Đào (1990)")
    result = _load(tmp_path, "\n".join(lines))
    assert {frozenset({a, b}) for a, b, _, _ in pairs_of(result)} == {frozenset({"KHA VĂN ĐỨC", "Viên Thị Đào"})}
