"""Announcements of cases by the ministry: a line for each case, or for several."""

from __future__ import annotations

from pathlib import Path

from lists import ZONE, visits_of

from loaders import LoadResult, load_files
from loaders.columns.movements import read_movements
from tracing.times import format_iso

CASES = "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát\nBN30100,Kha Văn Bình,2003,01/05/2021\n"
LINES = (
    "THÔNG BÁO VỀ CÁC CA MẮC COVID-19, ngày 8/5/2021",
    "- Ca bệnh 30183 (BN30183) ghi nhận tại tỉnh Bắc Ninh: bệnh nhân nam, 25 tuổi, có địa chỉ tại xã Mão Điền, "
    "huyện Thuận Thành, tỉnh Bắc Ninh. Bệnh nhân là F1 của BN30100. Kết quả xét nghiệm ngày 7/5/2021 dương tính "
    "với SARS-CoV-2.",
    "- CA BỆNH 30184 (BN30184): Nữ, 40 tuổi, địa chỉ tại quận Thanh Khê, TP Đà Nẵng. Ngày 1/5/2021 BN tiếp xúc "
    "với BN30100 tại quán karaoke Sao Mai. Lấy mẫu ngày 6/5, kết quả ngày 7/5 dương tính.",
    "- Ca bệnh từ BN30185-BN30187, BN30190 ghi nhận tại thành phố Đà Nẵng; có liên quan dịch tễ với BN30100. Kết "
    "quả xét nghiệm ngày 7/5/2021 dương tính. Hiện các bệnh nhân được cách ly, điều trị tại Bệnh viện Phổi Đà "
    "Nẵng.",
    "- Ca bệnh 30189 (BN30189) là ca nhập cảnh: nam, 36 tuổi. Ngày 24/4/2021, BN nhập cảnh trên chuyến bay VJ8991"
    " và được cách ly tại khách sạn Đá Xanh. Kết quả xét nghiệm ngày 6/5/2021 dương tính.",
)


def _load(folder: Path, *lines: str) -> LoadResult:
    (folder / "ca.csv").write_text(CASES, encoding="utf-8")
    (folder / "tb.txt").write_text("\n".join(lines), encoding="utf-8")
    return load_files([folder / "ca.csv", folder / "tb.txt"])


def _day(instant: object) -> str:
    return format_iso(int(str(instant)), int(str(instant)), ZONE)[:10]


def test_each_case_of_an_announcement_is_a_case_with_its_test_and_source(tmp_path: Path) -> None:
    result = _load(tmp_path, *LINES)
    assert result.complete
    cases = result.records.cases.set_index("person")
    new = {f"BN{number}": "2021-05-07" for number in (30183, 30184, 30185, 30186, 30187, 30190)} | {
        "BN30189": "2021-05-06"
    }
    assert {person: _day(cases.loc[person, "confirmed"]) for person in new} == new
    links = set(result.records.links[["source", "target"]].itertuples(index=False, name=None))
    assert links == {("BN30100", f"BN{number}") for number in (30183, 30185, 30186, 30187, 30190)}
    assert set(result.records.tests["person"]) == set(new)
    persons = result.records.persons.set_index("person")
    assert (persons.loc["BN30183", "area"], persons.loc["BN30183", "sex"]) == ("09409", "male")
    assert "Bệnh viện Phổi" in persons.loc["BN30187", "attributes"]


def test_what_a_sentence_tells_of_a_day_is_a_contact_a_ride_or_a_stay(tmp_path: Path) -> None:
    result = _load(tmp_path, *LINES)
    (contact,) = result.records.contacts.to_dict("records")
    assert {contact["person_a"], contact["person_b"]} == {"BN30100", "BN30184"}
    assert ("BN30189", "VJ8991", "2021-04-24", "") in {
        (who, where, a[:10], b) for who, where, a, b in visits_of(result)
    }
    (stay,) = result.records.isolations.to_dict("records")
    assert (stay["person"], stay["place"], _day(stay["start"])) == ("BN30189", "khách sạn Đá Xanh", "2021-04-24")


def test_places_below_a_case_are_those_of_a_bulletin(tmp_path: Path) -> None:
    lines = ("1. Bệnh nhân BN30183, nam, 25 tuổi, dương tính ngày 7/5/2021:", "- Ngày 5/5/2021: 8h-9h tại quán Sao Mai")
    assert {(where, a) for _, where, a, _ in visits_of(_load(tmp_path, *lines))} == {
        ("quán Sao Mai", "2021-05-05T08:00")
    }


def test_a_flight_in_the_sentence_of_an_isolation_is_a_ride_of_its_own() -> None:
    told = read_movements("Ngày 24/4: về trên chuyến bay VJ8991 và được cách ly tại khách sạn Đá Xanh")
    assert [(one.what, one.place) for one in told] == [("visit", "VJ8991"), ("isolation", "khách sạn Đá Xanh")]


NAMED = (
    "TỈNH GHI NHẬN 3 CA NHIỄM COVID-19 MỚI NGÀY 16/8/2021",
    "1. Bệnh nhân (BN) N.T.L, nữ, sinh năm 1976. Nghề nghiệp: Buôn bán. Địa chỉ: Xã Nghi Diên, huyện Nghi Lộc. "
    "Ngày 14/8, BN thấy trong người mệt mỏi, sốt. Ngày 16/8, BN xuống Trung tâm Y tế huyện Nghi Lộc để test nhanh"
    " cho kết quả dương tính, sau đó BN được cách ly và lấy mẫu gửi CDC, chiều ngày 16/8 cho kết quả khẳng định "
    "dương tính.",
    "2. BN N.N.Đ, nam, sinh năm 1994. Địa chỉ: xã Hưng Thịnh, huyện Hưng Nguyên. BN là F1 của BN L.T.T.X đã được "
    "công bố. Ngày 15/8, sau khi BN L.T.T.X dương tính, BN N.N.Đ được lấy mẫu xét nghiệm. Ngày 16/8, BN được trả "
    "kết quả khẳng định dương tính.",
    "3. Bệnh nhân L.T.Đ (SN 1983). Ngày 16/8, L.T.Đ đang làm việc tại Trạm Y tế xã An Hòa thì có triệu chứng và "
    "test nhanh cho kết quả dương tính. Trước đó, ngày 13/8, L.T.Đ có tiếp xúc với bệnh nhân N.T.K.A.",
)


def test_cases_without_codes_in_one_text_are_so_many_people(tmp_path: Path) -> None:
    result = _load(tmp_path, *NAMED)
    persons = result.records.persons.set_index("person")
    cases = {
        persons.loc[row["person"], "name"]: row
        for row in result.records.cases.to_dict("records")
        if row["person"] != "BN30100"
    }
    assert {name: _day(row["confirmed"]) for name, row in cases.items()} == dict.fromkeys(
        ("N.T.L", "N.N.Đ", "L.T.Đ"), "2021-08-16"
    )
    assert _day(cases["N.T.L"]["onset"]) == "2021-08-14"
    tests = [(persons.loc[one.person, "name"], _day(one.sample)) for one in result.records.tests.itertuples()]
    assert sorted(tests) == [
        ("L.T.Đ", "2021-08-16"),
        ("N.N.Đ", "2021-08-15"),
        ("N.T.L", "2021-08-16"),
        ("N.T.L", "2021-08-16"),
    ]
    assert {(name, place) for name, place, _, _ in visits_of(result)} == {("L.T.Đ", "Trạm Y tế xã An Hòa")}
    whom = [question for question in result.questions if question.kind == "reference"]
    assert {question.said for question in whom} == {"F0 N.T.K.A"}
    assert "link.not_a_case" in set(result.findings)  # L.T.T.X is on no list: said, and kept with N.N.Đ


def test_people_below_or_beside_a_case_are_those_of_a_message(tmp_path: Path) -> None:
    below = ("BN30183 có kết quả dương tính ngày 15/7/2021", "- Kha Văn Út, 1970, hàng xóm, tiếp xúc 14/7")
    result = _load(tmp_path, *below, "- Lý Thị Ba, 1980, em ruột, tiếp xúc 13/7")
    assert {"Kha Văn Út", "Lý Thị Ba"} <= set(result.records.persons["name"])
    beside = (
        "1. BN30183 - Viên Thị Nhung, 1975, dương tính ngày 15/7/2021",
        "2. BN30184 - Lý Văn Bình, 2003, dương tính ngày 16/7/2021",
        "F1: Kha Văn Út 1970 (BN30183), Lý Thị Ba 1980 (BN30184)",
    )
    result = _load(tmp_path, *beside)
    assert len(result.records.contacts) == 2
