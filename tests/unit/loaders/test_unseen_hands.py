"""Lists of hands not seen before: households, wards, forms of other systems, counts; what is asked of them."""

from __future__ import annotations

from pathlib import Path

from lists import load_lists, names_of, pairs_of, visits_of

from tracing.times import format_iso

CASES = [
    ["Mã BN", "Họ và tên", "Năm sinh", "Ngày khởi phát"],
    ["BN70101", "Huỳnh Văn Đực", "1975", "18/07/2021"],
    ["BN70102", "Mai Thị Cẩm", "1982", "19/07/2021"],
]
ONE, OTHER = "Huỳnh Văn Đực", "Mai Thị Cẩm"


def _days(start: int, end: int) -> str:
    return format_iso(int(start), int(end), "Asia/Ho_Chi_Minh")


def test_beside_the_head_of_a_household_its_members_are_who_the_rows_are_about(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ và tên chủ hộ", "Họ tên người cách ly", "Năm sinh", "Lý do cách ly", "Từ ngày", "Đến ngày"],
        ["1", "Hà Văn Chủ", "Hà Thị Con", "2001", "Tiếp xúc F1", "20/7/2021", "03/8/2021"],
        ["2", "Vi Văn Tám", "Vi Văn Tám", "1969", "Về từ Đồng Nai", "21/7/2021", "04/8/2021"],
    ]
    homes = [
        ["Mã hộ", "Chủ hộ", "Thành viên", "Quan hệ với chủ hộ", "Năm sinh"],
        ["H01", "Tống Văn Sang", "Tống Văn Sang", "Chủ hộ", "1960"],
        ["H01", "Tống Văn Sang", "Tống Thị Nga", "Vợ", "1962"],
    ]
    result = load_lists(tmp_path, {"cl.csv": rows, "ho.csv": homes})
    assert result.complete
    names = names_of(result)
    assert set(names.values()) == {"Hà Thị Con", "Vi Văn Tám", "Tống Văn Sang", "Tống Thị Nga"}
    stays = result.records.isolations
    assert {names[str(p)]: _days(s, e) for p, s, e in stays[["person", "end", "end_to"]].itertuples(index=False)} == {
        "Hà Thị Con": "2021-08-03",
        "Vi Văn Tám": "2021-08-04",
    }
    assert set(result.records.persons["household"].dropna()) == {"H01"}


def test_a_bed_tells_the_room_in_which_patients_and_carers_were(tmp_path: Path) -> None:
    rows = [
        ["KHOA NỘI TỔNG HỢP - BVĐK NĂM CĂN", "", "", "", "", "", ""],
        ["Số giường", "Họ tên NB", "Tuổi", "Ngày VV", "Ngày RV", "Người chăm sóc", "ĐT người CS"],
        ["P3-G1", "Mã Thị Lan", "39", "17/7/2021", "22/7/2021", "Mã Văn Nam", "0944000111"],
        ["P3-G2", "Bùi Thị Thơm", "61", "16/7/2021", "21/7/2021", "", ""],
    ]
    result = load_lists(tmp_path, {"bv.xlsx": rows}, merged=["A1:G1"])
    room = "KHOA NỘI TỔNG HỢP, phòng P3"
    assert visits_of(result) == {
        ("Mã Thị Lan", room, "2021-07-17", "2021-07-22"),
        ("Mã Văn Nam", room, "2021-07-17", "2021-07-22"),
        ("Bùi Thị Thơm", room, "2021-07-16", "2021-07-21"),
    }
    phones = result.records.persons.set_index("name")["phone"]
    assert phones["Mã Văn Nam"] == "0944000111"
    assert phones.isna()["Mã Thị Lan"]


def test_numbers_of_people_by_tier_are_counts_and_nobody(tmp_path: Path) -> None:
    rows = [
        ["TỔNG HỢP SỐ LIỆU PHÒNG CHỐNG DỊCH NGÀY 25/7/2021", "", "", "", ""],
        ["STT", "Xã/phường", "F0", "F1", "F2"],
        ["1", "Phường 1", "3", "25", "110"],
        ["2", "Xã Tân Thành", "1", "8", "34"],
    ]
    records = load_lists(tmp_path, {"th.xlsx": rows}, merged=["A1:E1"]).records
    assert len(records.persons) == len(records.contacts) == 0
    assert set(zip(records.counts["what"], records.counts["number"], strict=True)) == {
        *(("cases", 3), ("cases", 1), ("f1", 25), ("f1", 8), ("f2", 110), ("f2", 34)),
    }


def test_days_and_results_below_the_headings_of_tests_and_an_expected_last_day_of_isolation(tmp_path: Path) -> None:
    rows = [
        ["Họ và tên", "Năm sinh", "F1 của BN", "Ngày vào", "Ngày dự kiến về", "XN lần 1", "", "XN lần 2", ""],
        ["", "", "", "", "", "Ngày", "KQ", "Ngày", "KQ"],
        ["Tiêu Văn Hành", "1991", "BN70101", "20/7/2021", "3/8/2021", "21/7/2021", "ÂT", "24/7/2021", "DT"],
    ]
    merged = ["F1:G1", "H1:I1", "A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2"]
    lists = {"ca.csv": CASES, "td.xlsx": rows}
    result = load_lists(tmp_path, lists, merged=merged)
    tests = result.records.tests
    days = [_days(s, e) for s, e in tests[["sample", "sample_to"]].itertuples(index=False)]
    assert set(zip(days, tests["result"], strict=True)) == {("2021-07-21", "negative"), ("2021-07-24", "positive")}
    assert pairs_of(result) == {(ONE, "Tiêu Văn Hành", "", "")}
    (stay,) = result.records.isolations.itertuples()
    assert _days(stay.end, stay.end_to) == "2021-08-03"
    (asked,) = result.questions
    assert asked.said is None and "on no list of cases" in str(asked.text)
    answered = load_lists(tmp_path, lists, merged=merged, answers={asked.id: "suspected"})
    assert answered.complete
    found = answered.records.cases.set_index("person")
    person = next(ident for ident, name in names_of(answered).items() if name == "Tiêu Văn Hành")
    assert found["status"][person] == "suspected" and _days(*found.loc[person, ["sample", "sample_to"]]) == "2021-07-24"
    assert not load_lists(tmp_path, lists, merged=merged, answers={asked.id: "no"}).questions


def test_members_below_the_first_of_a_pool_are_asked_about(tmp_path: Path) -> None:
    rows = [
        ["Mã gộp", "Họ tên", "Năm sinh", "Ngày lấy"],
        ["G01", "Trà Văn Nam", "1990", "23/7/2021"],
        ["", "Trà Văn Bắc", "1991", "23/7/2021"],
    ]
    results = [["Mã gộp", "Ngày trả KQ", "Kết quả"], ["G01", "24/7/2021", "Âm tính"]]
    lists = {"mau.csv": rows, "kq.csv": results}
    (asked,) = load_lists(tmp_path, lists).questions
    answered = load_lists(tmp_path, lists, answers={asked.id: "yes"})
    assert answered.complete
    assert answered.records.tests["result"].tolist() == ["negative", "negative"]


def test_the_form_of_one_case_and_the_export_of_another_system(tmp_path: Path) -> None:
    form = [
        ["CONTACT LISTING FORM", "", "", "", ""],
        ["Case ID: BN70101", "", "", "", ""],
        ["Surname", "Other names", "Age (yrs)", "Phone number", "Date of last contact with case"],
        ["Nguyễn", "Văn Ba", "34", "0901000111", "2021-07-21"],
    ]
    export = [
        ["Contact Last Name", "Contact First Name", "Index Case ID", "Last Exposure Date", "Final outcome"],
        ["Lê", "Thị Bông", "BN70102", "2021-07-20", "became case"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "who.xlsx": form, "cdc.csv": export}, merged=["A1:E1"])
    assert pairs_of(result) == {
        (ONE, "Nguyễn Văn Ba", "", "2021-07-21"),
        ("Lê Thị Bông", OTHER, "", "2021-07-20"),
    }
    assert [question.column for question in result.questions] == ["Final outcome"]


def test_ids_below_a_heading_of_names_and_f1_of_a_case_as_a_source(tmp_path: Path) -> None:
    told = [["Người khai", "Ngày", "Giờ", "Địa điểm"], ["BN70101", "18/7/2021", "7h-9h", "Quán cà phê Hương"]]
    cases = [
        ["MÃ BN", "HỌ TÊN", "NGUỒN LÂY", "NGÀY (+)"],
        ["BN70301", "La Văn Sáu", "F1 BN70101", "24/7/2021"],
        ["BN70302", "La Thị Bảy", "Chưa rõ", "25/7/2021"],
    ]
    result = load_lists(tmp_path, {"ca.csv": CASES, "moi.csv": cases, "khai.csv": told})
    assert visits_of(result) == {(ONE, "Quán cà phê Hương", "2021-07-18T07:00", "2021-07-18T09:00")}
    links = result.records.links
    assert list(zip(links["source"], links["target"], strict=True)) == [("BN70101", "BN70301")]
    days = result.records.cases.set_index("person")[["confirmed", "confirmed_to"]]
    assert _days(*days.loc["BN70302"]) == "2021-07-25"


def test_classes_are_no_names_and_a_negative_result_makes_no_sure_case(tmp_path: Path) -> None:
    german = [
        [
            "Vorname des Kontakts",
            "Nachname des Kontakts",
            "Datum des letzten Kontakts",
            "Quellfall",
            "Kontaktkategorie",
        ],
        ["Anna", "Schulz", "20.07.2021", "BN70101", "Kategorie I"],
        ["Bernd", "Maier", "21.07.2021", "BN70102", "Kategorie II"],
    ]
    system = [
        ["Local Case ID", "First name", "Surname", "Date of symptom onset", "Sample date", "Lab test result"],
        ["CM-1", "Hoa", "Ly", "2021-07-18", "2021-07-19", "Positive"],
        ["CM-2", "Tin", "Vo", "2021-07-19", "2021-07-20", "Negative"],
    ]
    lists = {"ca.csv": CASES, "so.csv": german, "d.csv": system}
    result = load_lists(tmp_path, lists)
    assert {pair[:2] for pair in pairs_of(result)} == {(ONE, "Schulz Anna"), (OTHER, "Maier Bernd")}
    assert result.records.cases.set_index("person")["status"]["CM-2"] == "suspected"
    asked = next(question for question in result.questions if question.column == "Lab test result")
    answered = load_lists(tmp_path, lists, answers={asked.id: "discarded"})
    assert set(answered.records.cases["person"]) == {"BN70101", "BN70102", "CM-1"}
