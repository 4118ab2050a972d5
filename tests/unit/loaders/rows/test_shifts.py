"""Hours of shifts: in the title, in a legend below the table, beside the shift; and the line of a factory."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from lists import load_lists

from loaders import LoadOptions, LoadResult, load_files
from tracing.times import format_iso

ZONE = "Asia/Ho_Chi_Minh"


def load(folder: Path, text: str) -> LoadResult:
    (folder / "ca.csv").write_text(text, encoding="utf-8")
    return load_files(folder / "ca.csv", options=LoadOptions(today=date(2021, 8, 20)))


def visits(result: LoadResult) -> set[tuple[str, str, str, str]]:
    """Return name, place, start and end of each visit, day and hour without the year."""
    names = result.records.persons.set_index("person")["name"]
    rows = result.records.visits[["person", "place", "start", "start_to", "end", "end_to"]].dropna()
    return {
        (str(names[who]), place, format_iso(a, b, ZONE)[5:16], format_iso(c, d, ZONE)[5:16])
        for who, place, a, b, c, d in rows.astype(object).itertuples(index=False)
    }


def test_the_hours_of_a_night_shift_in_the_title_run_into_the_next_day(tmp_path: Path) -> None:
    text = (
        "XƯỞNG MAY HỒNG PHÁT;;;\nCHẤM CÔNG CA ĐÊM (21h30 - 5h30) DÂY CHUYỀN 12, THÁNG 7/2021;;;\n"
        "Họ tên;Năm sinh;26/7;27/7\nCao Văn Tài;1985;x;\nCao Thị Sương;1989;P;x\n"
    )
    place = "XƯỞNG MAY HỒNG PHÁT, Chuyền 12"
    assert visits(load(tmp_path, text)) == {
        ("Cao Văn Tài", place, "07-26T21:30", "07-27T05:30"),
        ("Cao Thị Sương", place, "07-27T21:30", "07-28T05:30"),
    }


def test_marks_that_name_a_shift_have_the_hours_of_the_legend(tmp_path: Path) -> None:
    text = (
        "CÔNG TY CP THỦY SẢN NAM CƯỜNG;;;\nBảng chấm công tháng 7/2021;;;\nHọ tên;Năm sinh;26/7;27/7\n"
        "Bùi Văn Mẫn;1990;C1;C3\nLâm Thị Thu;1992;C2;P\nC1: 6h-14h; C2: 14h-22h; C3: 22h-6h hôm sau;\n"
    )
    result = load(tmp_path, text)
    assert {visit[0] + visit[2][5:] + "-" + visit[3][5:] for visit in visits(result)} == {
        "Bùi Văn MẫnT06:00-T14:00",
        "Bùi Văn MẫnT22:00-T06:00",
        "Lâm Thị ThuT14:00-T22:00",
    }
    assert not result.questions


def test_a_column_of_shifts_is_read_by_the_legend_or_by_its_own_hours(tmp_path: Path) -> None:
    text = (
        "CÔNG TY BÌNH ĐIỀN - danh sách công nhân ngày 27/7/2021;;;\nHọ tên;Năm sinh;Ca;Chuyền\n"
        "Trịnh Văn Dũng;1990;Ca 1;2\nTrịnh Thị Dung;1991;Ca 3;3\nCao Văn Tài;1985;ca 2 (14h-22h);2\n"
        "Ghi chú: Ca 1: 6h00 - 14h00, Ca 3 (22h–6h hôm sau);;;\n"
    )
    result = load(tmp_path, text)
    assert visits(result) == {
        ("Trịnh Văn Dũng", "CÔNG TY BÌNH ĐIỀN, Chuyền 2", "07-27T06:00", "07-27T14:00"),
        ("Trịnh Thị Dung", "CÔNG TY BÌNH ĐIỀN, Chuyền 3", "07-27T22:00", "07-28T06:00"),
        ("Cao Văn Tài", "CÔNG TY BÌNH ĐIỀN, Chuyền 2", "07-27T14:00", "07-27T22:00"),
    }
    assert not result.questions


def test_a_day_that_is_none_is_asked_once_before_and_after_the_hours_of_its_shift_are_told(tmp_path: Path) -> None:
    (tmp_path / "ca.csv").write_text(
        "Họ tên,SĐT,Ngày trực,Ca,Tổ\nLê Văn Tám,0912345678,16/7/2021,Đêm,Tổ 1\nPhạm Ba,0912345670,31/6/2021,Đêm,Tổ 1\n",
        encoding="utf-8",
    )
    before = load_files(tmp_path / "ca.csv", options=LoadOptions(today=date(2021, 8, 20)))
    (hours,) = (q.id for q in before.questions if q.column == "Ca")
    (day,) = (q.id for q in before.questions if q.column == "Ngày trực")
    told = LoadOptions(today=date(2021, 8, 20), answers={hours: "22h-6h"})
    after = load_files(tmp_path / "ca.csv", options=told)
    assert [q.id for q in after.questions if q.column == "Ngày trực"] == [day]
    answered = load_files(tmp_path / "ca.csv", options=replace(told, answers={hours: "22h-6h", day: "30/6/2021"}))
    assert ("Phạm Ba", "06-30T22:00", "07-01T06:00") in {(who, a, b) for who, _, a, b in visits(answered)}


def test_columns_of_days_and_shifts_are_visits_in_the_hours_of_the_legend(tmp_path: Path) -> None:
    rows = [
        ["CÔNG TY MAY VIỆT HƯNG", "", "", "", "", "", "", ""],
        ["BẢNG PHÂN CA XƯỞNG 3 THÁNG 7/2021", "", "", "", "", "", "", ""],
        ["Họ tên", "Năm sinh", "Lịch làm việc", "", "", "", "", ""],
        ["", "", "12/7", "", "", "13/7", "", ""],
        ["", "", "C1", "C2", "C3", "C1", "C2", "C3"],
        ["Bùi Văn Mẫn", "1990", "x", "", "", "", "x", ""],
        ["Lâm Thị Thu", "1992", "", "x", "", "", "", "x"],
        ["Trịnh Văn Dũng", "1991", "", "", "x", "x", "", ""],
        ["Ghi chú: Ca 1 (C1): 6h-14h; Ca 2 (C2): 14h-22h; Ca 3 (C3): 22h-6h hôm sau", "", "", "", "", "", "", ""],
    ]
    merged = ["A1:H1", "A2:H2", "A3:A5", "B3:B5", "C3:H3", "C4:E4", "F4:H4"]
    result = load_lists(tmp_path, {"ca.xlsx": rows}, merged=merged)
    assert {(who, start, end) for who, _, start, end in visits(result)} == {
        ("Bùi Văn Mẫn", "07-12T06:00", "07-12T14:00"),
        ("Bùi Văn Mẫn", "07-13T14:00", "07-13T22:00"),
        ("Lâm Thị Thu", "07-12T14:00", "07-12T22:00"),
        ("Lâm Thị Thu", "07-13T22:00", "07-14T06:00"),
        ("Trịnh Văn Dũng", "07-12T22:00", "07-13T06:00"),
        ("Trịnh Văn Dũng", "07-13T06:00", "07-13T14:00"),
    }
    assert not result.questions and "column.unused" not in list(result.findings)


@pytest.mark.parametrize(
    "heads",
    [
        "Kíp 1 12/7;Kíp 2 12/7;Kíp 1 13/7;Kíp 2 13/7",
        "12/7 (kíp 1);12/7 (kíp 2);13/7 (kíp 1);13/7 (kíp 2)",
        "Kíp 1 (12/7);Kíp 2 (12/7);Kíp 1 (13/7);Kíp 2 (13/7)",
        "12/7 Kíp 1;12/7 Kíp 2;13/7 Kíp 1;13/7 Kíp 2",
    ],
)
def test_the_hours_of_shifts_that_only_headings_name_are_asked_for_once_each(tmp_path: Path, heads: str) -> None:
    text = (
        "NHÀ MÁY ĐÔNG LẠNH SÔNG TIỀN;;;;;\nCHẤM CÔNG TỔ CẤP ĐÔNG THÁNG 7/2021;;;;;\n"
        f"Họ tên;Năm sinh;{heads}\nCao Văn Tài;1985;x;;x;\nCao Thị Sương;1989;;x;;x\n"
    )
    result = load(tmp_path, text)
    asked = [one for one in result.questions if "shift" in one.text.say("en")]
    days = result.records.visits[["start", "start_to"]].itertuples(index=False)
    assert len(asked) == 2 and sorted(format_iso(a, b, ZONE)[5:] for a, b in days) == ["07-12"] * 2 + ["07-13"] * 2
    hours = {one.id: "5h-13h" if "1" in str(one.said) else "13h-21h" for one in asked}
    told = load_files(tmp_path / "ca.csv", options=LoadOptions(today=date(2021, 8, 20), answers=hours))
    assert {(who, start, end) for who, _, start, end in visits(told)} == {
        ("Cao Văn Tài", "07-12T05:00", "07-12T13:00"),
        ("Cao Văn Tài", "07-13T05:00", "07-13T13:00"),
        ("Cao Thị Sương", "07-12T13:00", "07-12T21:00"),
        ("Cao Thị Sương", "07-13T13:00", "07-13T21:00"),
    }


def test_a_heading_that_tells_the_hours_of_its_shift_and_shifts_above_their_days(tmp_path: Path) -> None:
    rows = [
        ["XƯỞNG GỖ TÂN LẬP, THÁNG 7/2021", "", "", "", "", ""],
        ["Họ tên", "Năm sinh", "Ca 1 (7h-15h)", "", "Ca 2 (15h-23h)", ""],
        ["", "", "12/7", "13/7", "12/7", "13/7"],
        ["Hồ Văn Tấn", "1985", "x", "", "", "x"],
        ["Hồ Thị Út", "1989", "", "x", "", ""],
    ]
    result = load_lists(tmp_path, {"ca.xlsx": rows}, merged=["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"])
    assert {(who, start, end) for who, _, start, end in visits(result)} == {
        ("Hồ Văn Tấn", "07-12T07:00", "07-12T15:00"),
        ("Hồ Văn Tấn", "07-13T15:00", "07-13T23:00"),
        ("Hồ Thị Út", "07-13T07:00", "07-13T15:00"),
    }


def test_names_below_days_and_shifts_are_no_marks(tmp_path: Path) -> None:
    rows = "12/7;Hồ Văn Tấn;Lý Văn Bảy\n13/7;Lý Văn Bảy;Hồ Văn Tấn\n"
    result = load(tmp_path, f"TRẠM BƠM SỐ 2;;\nLỊCH TRỰC THÁNG 7/2021;;\nNgày;Ca 1;Ca 2\n{rows}")
    assert set(result.records.persons["name"]) == {"Hồ Văn Tấn", "Lý Văn Bảy"}
