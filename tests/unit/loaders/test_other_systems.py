"""Lists of other systems and languages: pairs, forms of Kobo, follow-ups, wards with beds, contacts in columns."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
from lists import load_lists, pairs_of, visits_of

from loaders import LoadOptions, LoadResult, view_sheets

LINES = [
    ["case_id", "date_of_onset", "gender"],
    ["d1fafd", "2014-04-07", "f"],
    ["53371b", "2014-04-15", "m"],
]


def _pairs(result: LoadResult) -> set[tuple[str, str]]:
    return {(one, other) for one, other, _start, _end in pairs_of(result)}


def _use(file: Path, heading: str) -> str:
    """Return what becomes of a column: "used", "kept", "asked" …"""
    _result, views = view_sheets([file])
    return next(column.use for view in views for column in view.columns if column.heading == heading)


def test_the_source_of_a_pair_of_ids_may_be_how_they_met_and_infects_nobody(tmp_path: Path) -> None:
    pairs = [
        ["from", "to", "source", "exposure_start", "exposure_end"],
        ["d1fafd", "53371b", "funeral", "2014-04-10", "2014-04-12"],
    ]
    result = load_lists(tmp_path, {"linelist.csv": LINES, "contacts.csv": pairs})
    assert result.complete
    assert result.records.links.empty
    assert result.records.cases["exposure_start"].isna().all()
    contact = result.records.contacts.iloc[0]
    assert {contact["person_a"], contact["person_b"]} == {"d1fafd", "53371b"}
    assert pd.notna(contact["start"])


def test_a_column_that_names_one_known_case_among_other_words_is_never_left_in_silence(tmp_path: Path) -> None:
    told = [
        ["patient_id", "symptom_onset", "Infection_source", "chú thích thêm của xã"],
        ["TJ1", "14/01/2020", "Wuhan", "đi chợ"],
        ["TJ2", "18/01/2020", "TJ1", "TJ1"],
        ["TJ3", "19/01/2020", "coworker", "ở nhà"],
    ]
    result = load_lists(tmp_path, {"tj.csv": told})
    assert result.records.links[["source", "target"]].to_numpy().tolist() == [["TJ1", "TJ2"]]
    assert _use(tmp_path / "tj.csv", "chú thích thêm của xã") == "asked"


def test_groups_of_a_form_tell_the_case_from_its_contacts(tmp_path: Path) -> None:
    form = [
        [
            "start",
            "end",
            "case_info/case_id",
            "case_info/case_name",
            "contact/contact_name",
            "contact/contact_phone",
            "contact/last_contact_date",
            "_id",
            "_uuid",
        ],
        [
            "2021-07-30T08:10:22",
            "2021-07-30T08:20:10",
            "BN-101",
            "Tran Van Hai",
            "Le Thi Mai",
            "0912345678",
            "2021-07-28",
            "123",
            "a1",
        ],
        [
            "2021-07-30T08:30:22",
            "2021-07-30T08:40:10",
            "BN-101",
            "Tran Van Hai",
            "Pham Van Tu",
            "0987654321",
            "2021-07-27",
            "124",
            "b2",
        ],
    ]
    cases = [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN-101", "Trần Văn Hải", "20/07/2021"]]
    result = load_lists(tmp_path, {"ca.csv": cases, "kobo.csv": form})
    assert result.complete
    assert _pairs(result) == {("Le Thi Mai", "Trần Văn Hải"), ("Pham Van Tu", "Trần Văn Hải")}
    assert len(result.records.persons) == 3


def test_the_days_of_a_follow_up_ask_nothing(tmp_path: Path) -> None:
    rows = [
        ["Contact ID", "Contact name", "Case ID", "Date of last contact", "Day 1", "Day 2", "Day 3"],
        ["C-001", "Aissatou Bah", "EBO-023", "2014-09-05", "OK", "fever", "OK"],
        ["C-002", "Ibrahima Bah", "EBO-023", "2014-09-05", "OK", "OK", "not seen"],
    ]
    result = load_lists(tmp_path, {"theo doi.csv": rows})
    assert result.complete
    assert len(result.records.contacts) == 2
    assert _use(tmp_path / "theo doi.csv", "Day 2") == "kept"


def test_contacts_in_numbered_columns_are_contacts_and_no_facts_of_the_case(tmp_path: Path) -> None:
    wide = [
        [
            "case_id",
            "name",
            "onset_date",
            "contact1_name",
            "contact1_phone",
            "contact1_date",
            "contact2_name",
            "contact2_phone",
            "contact2_date",
        ],
        [
            "Q1",
            "Tran Van An",
            "2021-07-20",
            "Le Thi Ba",
            "0911111111",
            "2021-07-19",
            "Pham Van Ca",
            "0922222222",
            "2021-07-18",
        ],
        ["Q2", "Vo Van Do", "2021-07-22", "Ho Thi Em", "0933333333", "2021-07-21", "", "", ""],
    ]
    result = load_lists(tmp_path, {"wide.csv": wide})
    assert result.complete
    assert _pairs(result) == {
        ("Le Thi Ba", "Tran Van An"),
        ("Pham Van Ca", "Tran Van An"),
        ("Ho Thi Em", "Vo Van Do"),
    }
    phones = result.records.persons.set_index("name")["phone"]
    assert pd.isna(phones["Tran Van An"])
    assert phones["Le Thi Ba"] == "0911111111"


def test_people_met_in_numbered_columns_of_a_vietnamese_form(tmp_path: Path) -> None:
    rows = [
        [
            "Mã BN",
            "Họ và tên",
            "Ngày khởi phát",
            "Người tiếp xúc 1",
            "SĐT người tiếp xúc 1",
            "Ngày tiếp xúc 1",
            "Người tiếp xúc 2",
            "SĐT người tiếp xúc 2",
        ],
        ["BN501", "Trần Văn Ân", "20/07/2021", "Lê Thị Bé", "0911111111", "19/07/2021", "Phạm Văn Cả", "0922222222"],
    ]
    result = load_lists(tmp_path, {"phieu.csv": rows})
    assert _pairs(result) == {("Lê Thị Bé", "Trần Văn Ân"), ("Phạm Văn Cả", "Trần Văn Ân")}
    assert result.records.contacts["start"].notna().sum() == 1


def test_a_ward_with_beds_is_one_of_a_hospital(tmp_path: Path) -> None:
    rows = [
        ["PatientID", "Ward", "Bay", "Bed", "Date In", "Date Out"],
        ["P001", "7A", "2", "4", "12/03/2021 14:00", "15/03/2021 10:30"],
        ["P002", "7A", "2", "5", "13/03/2021 09:15", "18/03/2021 12:00"],
    ]
    result = load_lists(tmp_path, {"beds.csv": rows})
    assert len(result.records.visits) == 2
    assert result.records.visits["place"].nunique() == 1
    assert result.records.areas.empty


def test_an_event_in_an_english_title_makes_a_list_of_names_visits(tmp_path: Path) -> None:
    rows = [
        ["Attendance sheet – Weekly meeting, 14 July 2021, 9:00–11:30", "", ""],
        ["No", "Name", "Phone"],
        ["1", "Tran Van Hai", "0912345678"],
        ["2", "Le Thi Mai", "0987654321"],
    ]
    result = load_lists(tmp_path, {"sign in.xlsx": rows})
    assert {visit[0] for visit in visits_of(result)} == {"Tran Van Hai", "Le Thi Mai"}


def test_the_class_of_a_case_is_the_column_whose_values_are_classes(tmp_path: Path) -> None:
    rows = [
        ["Case no.", "Date of onset", "Classification*", "Case status*"],
        ["1201", "30/06/2020", "Local case", "Confirmed"],
        ["1203", "04/07/2020", "Linked with local case", "Probable"],
    ]
    result = load_lists(tmp_path, {"hk.csv": rows})
    assert result.complete
    assert result.records.cases["status"].tolist() == ["confirmed", "probable"]


def test_the_code_of_a_source_beside_its_name_is_whom_people_met(tmp_path: Path) -> None:
    rows = [
        ["N° contact", "Nom et prénoms", "Nom du cas source", "ID cas source", "Date du dernier contact"],
        ["C01", "Diallo Aminata", "Barry Oumar", "GUI-0045", "23/09/2014"],
    ]
    cases = [["ID cas", "Nom et prénoms", "Date de début des symptômes"], ["GUI-0045", "Barry Oumar", "30/08/2014"]]
    result = load_lists(tmp_path, {"cas.csv": cases, "contacts.csv": rows})
    assert result.complete
    assert _pairs(result) == {("Barry Oumar", "Diallo Aminata")}
    assert len(result.records.persons) == 2


def test_the_columns_of_sensors_are_shown_in_words(tmp_path: Path) -> None:
    path = tmp_path / "tij.dat"
    path.write_text("28820 492 938\n28840 180 216\n")
    result, (view,) = view_sheets([path], options=LoadOptions(start_date=date(2013, 6, 24)))
    assert len(result.records.contacts) == 2
    assert [column.field for column in view.columns] == ["t", "i", "j"]
    assert all(str(column.means) for column in view.columns)


def test_a_row_of_the_table_is_no_head_where_it_holds_days(tmp_path: Path) -> None:
    rows = [
        ["ContactID_1", "ContactOf_ID", "Contact_setFirst", "Contact_Exp_Last", "HCW", "PatInfo_Sex", "PatInfo_Age"],
        ["C1", "CASE-07", "HH", "25/07/2021", "N", "F", "44"],
        ["C2", "CASE-07", "HCW", "26/07/2021", "Y", "M", "31"],
    ]
    cases = [["CaseID", "Dt_Onset", "Dt_LabConf"], ["CASE-07", "23/07/2021", "26/07/2021"]]
    result = load_lists(tmp_path, {"contacts.csv": rows, "cases.csv": cases})
    assert result.complete
    assert _pairs(result) == {("C1", "CASE-07"), ("C2", "CASE-07")}
    assert result.records.persons["phone"].isna().all()


def test_a_case_by_its_code_and_name_holds_for_the_merged_rows_below_it(tmp_path: Path) -> None:
    rows = [
        ["DANH SÁCH TIẾP XÚC GẦN THEO CA BỆNH", "", "", "", ""],
        ["Ca bệnh", "STT", "Họ tên người TX", "NS", "Ngày TX cuối"],
        ["BN1501 - Ngô Văn Tài (SN 1978)", "1", "Ngô Thị Hồng", "1980", "01/08/2021"],
        ["", "2", "Ngô Văn Bảo", "2005", "01/08/2021"],
        ["Lý Thị Sương - BN1502", "1", "Trần Văn Út", "1965", "30/07/2021"],
    ]
    cases = [
        ["Mã BN", "Họ và tên", "Ngày khởi phát"],
        ["BN1501", "Ngô Văn Tài", "29/07/2021"],
        ["BN1502", "Lý Thị Sương", "28/07/2021"],
    ]
    result = load_lists(tmp_path, {"tx.xlsx": rows, "ca.csv": cases}, merged=["A3:A4"])
    assert result.complete
    assert _pairs(result) == {
        ("Ngô Thị Hồng", "Ngô Văn Tài"),
        ("Ngô Văn Bảo", "Ngô Văn Tài"),
        ("Lý Thị Sương", "Trần Văn Út"),
    }


def test_a_list_of_f1_in_isolation_keeps_rooms_and_days(tmp_path: Path) -> None:
    rows = [
        ["Nơi nhận: Khu cách ly Trường THPT Phan Ngọc Hiển", "", "", "", ""],
        ["Họ và tên", "Năm sinh", "Đối tượng", "Phòng", "Thời gian bắt đầu cách ly", "Dự kiến kết thúc"],
        ["Ngô Thị Hồng", "1980", "F1 của BN1501", "A101", "29/07/2021", "12/08/2021"],
        ["Ngô Văn Bảo", "2005", "F1 của BN1501", "A101", "29/07/2021", "12/08/2021"],
    ]
    result = load_lists(tmp_path, {"bg.xlsx": rows})
    assert result.complete
    assert len(result.records.contacts) == len(result.records.isolations) == 2
    assert result.records.isolations[["start", "end", "place"]].notna().all(axis=None)


def test_headings_of_two_facts_are_two_columns(tmp_path: Path) -> None:
    rows = [
        [
            "TT",
            "Họ tên, năm sinh",
            "Địa chỉ, SĐT",
            "Tiếp xúc với ai, quan hệ",
            "Ngày, nơi tiếp xúc",
            "Cách ly từ - đến",
            "KQ XN",
        ],
        [
            "1",
            "Lý Thị Sương, 1988",
            "Ấp 3, xã Khánh Hội - 0912000444",
            "BN1501, vợ",
            "25/07/2021, quán Gió Biển",
            "28/07/2021 - 11/08/2021",
            "28/07/2021 (-)",
        ],
        ["2", "Hai Lúa (bà)", "Ấp 5, xã Khánh Hội", "BN1501, hàng xóm", "26/07/2021", "29/07/2021 -", ""],
    ]
    cases = [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN1501", "Ngô Văn Tài", "26/07/2021"]]
    result = load_lists(tmp_path, {"so.xlsx": rows, "ca.csv": cases})
    assert result.complete
    assert _pairs(result) == {("Lý Thị Sương", "Ngô Văn Tài"), ("Hai Lúa (bà)", "Ngô Văn Tài")}
    people = result.records.persons.set_index("name")
    assert people.loc["Lý Thị Sương", "birth_year"] == 1988
    assert people.loc["Lý Thị Sương", "phone"] == "0912000444"
    assert result.records.isolations["start"].notna().sum() == 2
    assert result.records.tests["result"].tolist() == ["negative"]


def test_a_year_an_age_or_a_telephone_in_the_cell_of_a_name_is_no_part_of_it(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ và tên", "SĐT", "Địa chỉ"],
        ["1", "Lý Thị Sương (1988)", "0912000444", "Ấp 3, xã Khánh Hội"],
        ["2", "Lê Văn Lành - 1960", "", "Ấp 5, xã Khánh Hội"],
        ["3", "Ông Phạm Văn Hai (Tư Hai) sn: 1955 0913000999", "", "Ấp 5, xã Khánh Hội"],
        ["4", "Nguyễn Thị Bé Ba (con chị Lúa)", "", "Ấp 5, xã Khánh Hội"],
    ]
    people = load_lists(tmp_path, {"ds.csv": rows}).records.persons.set_index("name")
    assert people.loc["Lý Thị Sương", ["birth_year", "phone"]].tolist() == [1988, "0912000444"]
    assert people.loc["Lê Văn Lành", "birth_year"] == 1960
    assert people.loc["Ông Phạm Văn Hai (Tư Hai)", ["birth_year", "phone"]].tolist() == [1955, "0913000999"]
    assert "Nguyễn Thị Bé Ba (con chị Lúa)" in people.index


def test_the_plate_beside_the_kind_of_vehicle_is_the_vehicle(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ tên", "Năm sinh", "Nơi về từ", "Ngày về", "Phương tiện", "BKS"],
        ["1", "Thạch Sang", "2001", "TP Thuận An, Bình Dương", "25/07/2021", "xe khách", "69B-012.34"],
    ]
    result = load_lists(tmp_path, {"ve.csv": rows})
    assert result.records.arrivals["vehicle"].tolist() == ["69B-012.34"]
