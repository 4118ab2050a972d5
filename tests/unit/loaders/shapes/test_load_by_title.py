"""What stands outside the cells of a row and holds for it: the case in the title, a scan out, a boat's voyage."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from loaders import LoadOptions, LoadResult, load_files
from loaders.files.headings import PEOPLE, field_of
from loaders.shapes.titled import told_in_text
from tracing.times import format_iso

Rows = list[list[object]]
F0: Rows = [["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN120.001", "Trần Văn Đượm", "21/7/2021"]]


def load(folder: Path, **books: Rows) -> LoadResult:
    paths = []
    for name, rows in books.items():
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(row)
        paths.append(folder / f"{name}.xlsx")
        made.save(paths[-1])
    return load_files(paths, options=LoadOptions(today=date(2021, 8, 10)))


def met(result: LoadResult) -> dict[str, str]:
    """Return name of each contact -> id of the case."""
    names = result.records.persons.set_index("person")["name"]
    return {str(names[b]): str(a) for a, b in result.records.contacts[["person_a", "person_b"]].to_numpy().tolist()}


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("DANH SÁCH F1 CỦA BN120001 (TRẦN VĂN ĐƯỢM)", [("F0", "BN120001 (TRẦN VĂN ĐƯỢM)")]),
        ("Danh sách F1 liên quan đến ca bệnh Trần Văn Đượm, khóm 2", [("F0", "Trần Văn Đượm")]),
        ("DANH SÁCH NGƯỜI TIẾP XÚC GẦN VỚI BỆNH NHÂN BN 120.001", [("F0", "BN120001")]),
        ("DANH SÁCH F2 CỦA F1 TÔ VĂN LỰC", [("F1", "TÔ VĂN LỰC")]),
        ("2. F1 BN120001", [("F0", "BN120001")]),
        ("DANH SÁCH F1 CỦA XÃ TÂN HƯNG", []),
        ("Danh sách F1 của ca bệnh tại chợ Năm Căn", []),
        ("DANH SÁCH F1, F2 CỦA HUYỆN CÁI NƯỚC", []),
        ("DANH SÁCH F1 CỦA BN120001 VÀ BN120002", []),
    ],
)
def test_whom_a_title_names(title: str, told: list[tuple[str, str]]) -> None:
    assert told_in_text(title) == told


def test_the_case_in_the_title_is_whom_all_rows_met(tmp_path: Path) -> None:
    f1: Rows = [
        ["DANH SÁCH F1 CỦA BN120001 (TRẦN VĂN ĐƯỢM)"],
        ["Stt", "Họ tên F1", "Năm sinh", "Ngày TX gần nhất"],
        [1, "Lý Thị Nhàn", 1983, "23/07/2021"],
        [2, "Phạm Văn Tới", 1975, "20/07/2021"],
    ]
    result = load(tmp_path, cases=F0, f1=f1)
    assert met(result) == dict.fromkeys(("Lý Thị Nhàn", "Phạm Văn Tới"), "BN120.001")
    assert not result.questions and "contact.titled" in set(result.findings)


def test_a_column_for_whom_they_met_is_stronger_than_the_title(tmp_path: Path) -> None:
    cases = [*F0, ["BN120.002", "Võ Thị Sen", "22/7/2021"]]
    f1: Rows = [
        ["DANH SÁCH F1 CỦA BN120001"],
        ["Họ tên", "Tiếp xúc với F0", "Ngày tiếp xúc với F0"],
        ["Lý Thị Nhàn", "BN120002", "23/07/2021"],
    ]
    assert met(load(tmp_path, cases=cases, f1=f1)) == {"Lý Thị Nhàn": "BN120.002"}


def test_a_title_that_names_two_cases_leaves_a_question(tmp_path: Path) -> None:
    f1: Rows = [
        ["DANH SÁCH F1 CỦA BN120001 VÀ BN120002"],
        ["Họ tên F1", "Ngày TX gần nhất"],
        ["Lý Thị Nhàn", "23/07/2021"],
    ]
    result = load(tmp_path, cases=F0, f1=f1)
    assert not met(result) and [question.rows for question in result.questions] == [1]


def test_a_scan_out_ends_the_visit_of_the_scan_in(tmp_path: Path) -> None:
    path = tmp_path / "qr.csv"
    path.write_text(
        "Thời gian;Tên điểm;Họ tên;Điện thoại;Chiều\n"
        "23/07/2021 08:12;Tạp hóa Cô Lài;Lê Một;84912000001;Vào\n"
        "23/07/2021 08:20;Tạp hóa Cô Lài;LE MOT;0912000001;Ra\n"
        "23/07/2021 08:15;Tạp hóa Cô Lài;Lê Hai;0912000002;Vào\n"
        "23/07/2021 09:00;Tạp hóa Cô Lài;Lê Ba;0912000003;Ra\n",
        encoding="utf-8",
    )
    visits = load_files([path], options=LoadOptions(today=date(2021, 8, 10))).records.visits
    spans = [
        tuple(None if pd.isna(at) else format_iso(int(at), int(at), "Asia/Ho_Chi_Minh")[11:16] for at in row)
        for row in visits.sort_values("start")[["start", "end"]].itertuples(index=False)
    ]
    assert spans == [("08:12", "08:20"), ("08:15", None), ("09:00", None)]


def test_a_boat_between_two_harbours_is_a_stay_of_its_crew(tmp_path: Path) -> None:
    crew: Rows = [
        ["Tàu: CM-91234-TS      Chủ tàu: Ông Mười Lùng"],
        ["Xuất bến: 16/7/2021 tại Rạch Gốc", None, "Nhập bến: 22/7/2021 tại cảng cá Năm Căn"],
        ["STT", "Thuyền viên", "Sinh năm", "Chức danh"],
        [1, "Lùng Văn Mười", 1968, "Thuyền trưởng"],
        [2, "Sơn Thal", 1992, "Thuyền viên"],
    ]
    visits = load(tmp_path, crew=crew).records.visits
    days = {
        (place, *(format_iso(int(at), int(at), "Asia/Ho_Chi_Minh")[:10] for at in span))
        for place, *span in visits[["place", "start", "end"]].itertuples(index=False)
    }
    assert len(visits) == 2 and days == {("CM-91234-TS", "2021-07-16", "2021-07-22")}


def test_rooms_of_two_lists_that_name_no_building_are_not_one_room(tmp_path: Path) -> None:
    rows: Rows = [["Họ tên", "Phòng", "Ngày vào ở", "Ngày trả phòng"], ["Lê Một", "Phòng 3", "20/7/2021", "25/7/2021"]]
    result = load(tmp_path, mot=rows, hai=[rows[0], ["Lê Hai", *rows[1][1:]]])
    assert sorted(result.records.visits["place"]) == ["Phòng 3 (hai)", "Phòng 3 (mot)"]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ngày tiếp xúc với F0", "contact_date"),
        ("Ngày tiếp xúc với F0 gần nhất", "last_contact"),
        ("Thời gian tiếp xúc với ca bệnh", "contact_date"),
        ("Nơi tiếp xúc với F0", "contact_place"),
        ("Là tiếp xúc của F1 (ghi rõ tên F1)", "index"),
        ("Ngày bắt đầu CL", "isolation_start"),
        ("Ngày kết thúc CL dự kiến", "isolation_end"),
        ("Thân nhân nuôi bệnh", "carer"),
        ("Nơi đi (tỉnh)", "origin"),
        ("Nơi điều trị", "(kept)"),
        ("SĐT1", "phone"),
    ],
)
def test_headings_are_matched_word_by_word(heading: str, field: str) -> None:
    found = field_of(heading, PEOPLE)
    assert found is not None and found[0] == field


def test_one_code_for_the_samples_of_several_people_is_a_pool(tmp_path: Path) -> None:
    path = tmp_path / "pcr.xlsx"
    made = openpyxl.Workbook()
    for row in [
        ["KẾT QUẢ XÉT NGHIỆM RT-PCR - Ngày nhận mẫu: 29/7/2021"],
        ["TT", "Mã ống", "Họ tên", "NS", "KQ"],
        [1, "G-118", "Cao Thị Duyên", 1988, "Dương tính"],
        [2, None, "Mạc Văn Đĩnh", 1980, None],
        [3, "G-119", "Đặng Thị Sương", 1995, "Âm tính"],
    ]:
        made.active.append(row)
    for cells in ("B3:B4", "E3:E4"):
        made.active.merge_cells(cells)
    made.save(path)
    result = load_files([path], options=LoadOptions(today=date(2021, 8, 10)))
    assert result.records.tests.sort_values("source_row")["pool"].fillna("").tolist() == ["G-118", "G-118", ""]
    assert not len(result.records.cases)


def test_a_list_whose_cases_have_a_code_and_no_other_id_is_referred_to_by_it(tmp_path: Path) -> None:
    cases: Rows = [
        ["STT", "Thông tin bệnh nhân", None, "Ngày phát hiện (+)", "Tiền sử tiếp xúc", None, "Khởi bệnh"],
        [None, "Bí danh", "Họ tên", None, "Nguồn", "Ngày cuối", None],
        [1, "CM-015", "Phan Thế Vinh", "29/7/2021", None, None, "27/7/2021"],
        [2, "CM-016", "Ngụy Thị Ba", "30/7/2021", "CM-015", "26/7/2021", "29/7/2021"],
    ]
    f1: Rows = [
        ["Họ tên", "Tiếp xúc F0 (tên/MS)", "Lần tiếp xúc cuối", "Thời gian (phút)", "Khoảng cách"],
        ["Cao Thị Duyên", "CM15", "28/7/2021", "60", "1m"],
        ["Mạc Văn Đĩnh", "Anh Vinh", "27-28/7/2021", "1 giờ", "< 2 m"],
        ["Tiêu Thị Hiền", "CM016", "29/7/2021", "15 phút", "1,5 mét"],
    ]
    result = load(tmp_path, cases=cases, f1=f1)
    assert result.records.cases["person"].tolist() == ["CM-015", "CM-016"]
    assert result.records.links[["source", "target"]].to_numpy().tolist() == [["CM-015", "CM-016"]]
    assert met(result) == {"Cao Thị Duyên": "CM-015", "Mạc Văn Đĩnh": "CM-015", "Tiêu Thị Hiền": "CM-016"}
    contacts = result.records.contacts.sort_values("source_row")
    assert contacts["minutes"].tolist() == [60, 60, 15] and contacts["distance_m"].tolist() == [1, 2, 1.5]
    assert contacts["start"].notna().tolist() == [False, True, False], "two days in a cell are the first and the last"


def test_days_of_the_week_below_the_days_of_a_month_are_no_row(tmp_path: Path) -> None:
    rows: Rows = [
        ["CÔNG TY TÂN PHONG PHÚ"],
        ["BẢNG CHẤM CÔNG THÁNG 7 NĂM 2021"],
        ["STT", "Họ tên", "26", "27", "28"],
        [None, None, "T2", "T3", "T4"],
        [1, "Đặng Thị Sương", "x", "x", None],
        [2, "Huỳnh Anh Tú", "x", None, "x"],
    ]
    result = load(tmp_path, cong=rows)
    assert len(result.records.visits) == 4 and not result.questions and result.rows_set_aside == 0


@pytest.mark.parametrize("heading", ["diff_dt_onset", "Số ngày tiếp xúc", "Days since last contact"])
def test_a_number_of_days_is_no_day(heading: str) -> None:
    assert field_of(heading, PEOPLE) is None
