"""What a list tells beside its rows and columns: lines about the table, results in remarks, groups and legends."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from lists import ZONE, names_of
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from loaders import Answers, LoadResult, load_files
from loaders.questions import Question
from tracing.times import format_iso

CASES = "Mã BN,Họ tên,Năm sinh,SĐT,Ngày dương tính\nBN610,Huỳnh Thị Sương,1971,0911610610,12/08/2021\n"


def load(folder: Path, text: str, answers: dict[str, str] | None = None, *, name: str = "ds.csv") -> LoadResult:
    folder.mkdir(exist_ok=True)
    (folder / "ca.csv").write_text(CASES, encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    return load_files([folder / "ca.csv", folder / name], answers=Answers(answers or {}))


def asked(result: LoadResult, words: str) -> Question:
    (found,) = [one for one in result.questions if words in one.text.say("en")]
    return found


def local_times(table: pd.DataFrame, column: str) -> list[str]:
    """Return days, and instants to the minute."""
    ends = table[f"{column}_to"]
    return [format_iso(int(at), int(to), ZONE)[:16] for at, to in zip(table[column], ends, strict=True)]


class TestLinesAboutATable:
    MARKET = (
        "SỔ CÂN LÚA – NHÀ MÁY XAY XÁT BÀ SƯƠNG (BN610),,\nNgày 09/08/2021,,\nHọ tên,SĐT,Giờ cân\n"
        "Thạch Sang,0922000111,6h00 - 6h20\nLâm Văn Đực,0922000112,6h20 - 6h45\n"
    )

    def test_whether_a_case_of_the_title_was_there_is_asked(self, tmp_path: Path) -> None:
        result = load(tmp_path, self.MARKET)
        question = asked(result, "was this person there, too")
        assert set(result.records.visits["person"]).isdisjoint({"BN610"})
        yes = load(tmp_path, self.MARKET, {question.id: "yes"}).records.visits
        assert sorted(local_times(yes[yes["person"] == "BN610"], "start")) == ["2021-08-09T06:00", "2021-08-09T06:20"]
        no = load(tmp_path, self.MARKET, {question.id: "no"})
        assert set(no.records.visits["person"]).isdisjoint({"BN610"})
        assert not [one for one in no.questions if "was this person there" in one.text.say("en")]

    @pytest.mark.parametrize(
        "line",
        [
            "Ghi chú: chị Sương (dòng 2) nay là BN610",
            "Lưu ý: anh Đực test nhanh dương tính chiều 10/8",
            "Bảo vệ trực cổng: Sơn Thái từ 5h00 đến 12h00",
        ],
    )
    def test_a_line_below_that_tells_something_is_asked_about(self, tmp_path: Path, line: str) -> None:
        text = self.MARKET.replace(" (BN610)", "") + f'"{line}",,\n'
        result = load(tmp_path, text)
        question = asked(result, "beside the table tells of")
        assert question.said == line
        assert len(result.findings.of(code="line.tells")) == 1
        kept = load(tmp_path, text, {question.id: "kept"})
        assert not [one for one in kept.questions if "beside the table" in one.text.say("en")]

    @pytest.mark.parametrize(
        "line",
        ["Tổng cộng: 2 người, dương tính: 0", "(+): dương tính; (-): âm tính", "Người lập: Trần Công, 0933000000"],
    )
    def test_totals_legends_and_signatures_are_not(self, tmp_path: Path, line: str) -> None:
        result = load(tmp_path, self.MARKET.replace(" (BN610)", "") + f'"{line}",,\n')
        assert not [one for one in result.questions if "beside the table" in one.text.say("en")]


def test_a_comment_at_a_cell_is_asked_about(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Họ tên", "Năm sinh", "SĐT", "Tiếp xúc với", "Ngày tiếp xúc"])
    sheet.append(["Sơn Thị Bo", 1990, "0944000001", "BN610", "06/08/2021"])
    sheet["E2"].comment = Comment("Sửa lại: ngày 05/8", "y tế ấp")
    (tmp_path / "ca.csv").write_text(CASES, encoding="utf-8")
    book.save(tmp_path / "f1.xlsx")
    paths = [tmp_path / "ca.csv", tmp_path / "f1.xlsx"]
    question = asked(load_files(paths), "comment stands at cell E2")
    assert question.said == "Sửa lại: ngày 05/8"
    kept = load_files(paths, answers=Answers({question.id: "kept"}))
    assert not [one for one in kept.questions if "comment" in one.text.say("en")]


class TestPositiveInWords:
    CLINIC = (
        "PHÒNG MẠCH BÁC SĨ QUÝ - SỔ KHÁM,,,,\nHọ tên,Năm sinh,Ngày giờ khám,Xử trí,SĐT\n"
        'Danh Sà Rương,1988,07/08/2021 8h15,"test nhanh (+), chuyển BV",0933111222\n'
        "Kim Thị Lài,1990,07/08/2021 9h00,cho thuốc về,0933111223\n"
    )

    def test_whose_test_it_is_is_asked_and_the_answer_makes_the_case(self, tmp_path: Path) -> None:
        result = load(tmp_path, self.CLINIC)
        question = asked(result, "tells of a positive test")
        assert (question.row, question.column) == (3, "Xử trí")
        assert result.records.tests.empty
        told = load(tmp_path, self.CLINIC, {question.id: "confirmed"})
        (test,) = told.records.tests.itertuples()
        assert (names_of(told)[test.person], test.result, test.method) == ("Danh Sà Rương", "positive", "antigen")
        assert {names_of(told)[one] for one in told.records.cases["person"]} == {"Huỳnh Thị Sương", "Danh Sà Rương"}
        kept = load(tmp_path, self.CLINIC, {question.id: "kept"})
        assert len(kept.records.cases) == 1 and kept.records.tests.empty

    def test_no_positive_test_is_asked_about_where_none_is_told(self, tmp_path: Path) -> None:
        for words in ("không dương tính", "test nhanh âm tính", "tiêm 2 mũi"):
            result = load(tmp_path, self.CLINIC.replace("test nhanh (+), chuyển BV", words))
            assert not [one for one in result.questions if "positive test" in one.text.say("en")], words

    def test_a_colour_that_a_legend_explains_without_the_word_for_colour(self, tmp_path: Path) -> None:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["Họ tên", "Năm sinh", "SĐT", "Tiếp xúc với", "Ngày tiếp xúc"])
        sheet.append(["Sơn Thị Bo", 1990, "0944000001", "BN610", "06/08/2021"])
        sheet.append(["Tăng Văn Ký", 1991, "0944000002", "BN610", "07/08/2021"])
        for cell in sheet[3]:
            cell.fill = PatternFill("solid", fgColor="FFFF0000")
        sheet.append([])
        sheet.append([None, "Đỏ: đã dương tính"])
        (tmp_path / "ca.csv").write_text(CASES, encoding="utf-8")
        book.save(tmp_path / "f1.xlsx")
        result = load_files([tmp_path / "ca.csv", tmp_path / "f1.xlsx"])
        assert asked(result, "tells of a positive test").row == 3


class TestGroupsOfColumns:
    def test_numbered_visits_are_a_row_each(self, tmp_path: Path) -> None:
        text = (
            "CHỢ RẠCH RÁNG - NGÀY 06/08/2021,,,,,\nHọ tên,SĐT,Lượt 1,,Lượt 2,\n,,Vào,Ra,Vào,Ra\n"
            "Lữ Văn Tý,0955000001,6h05,6h40,,\nHuỳnh Thị Sương,0911610610,6h20,7h00,9h30,9h50\n"
            "Mã Thị Xuyến,0955000003,,,9h20,10h05\n"
        )
        visits = load(tmp_path, text).records.visits
        assert sorted(local_times(visits, "start")) == [
            "2021-08-06T06:05",
            "2021-08-06T06:20",
            "2021-08-06T09:20",
            "2021-08-06T09:30",
        ]
        assert visits["end"].notna().all()

    def test_groups_under_days_are_a_row_each(self, tmp_path: Path) -> None:
        text = (
            "TRƯỜNG MẦM NON HOA HỒNG,,,,\nHọ tên bé,Thứ hai 02/8/2021,,Thứ ba 03/8/2021,\n"
            ",Giờ đến,Giờ về,Giờ đến,Giờ về\n"
            "Lữ Gia Bảo,7h00,16h30,7h05,16h00\nTrang Gia Hân,7h15,16h45,,\n"
        )
        visits = load(tmp_path, text).records.visits
        assert sorted(local_times(visits, "start")) == ["2021-08-02T07:00", "2021-08-02T07:15", "2021-08-03T07:05"]

    def test_days_of_the_week_are_those_of_the_title(self, tmp_path: Path) -> None:
        text = (
            "KHOA THẬN BỆNH VIỆN CÁI NƯỚC - LỊCH TỪ 02/8/2021 ĐẾN 08/8/2021,,,\nHọ tên,Năm sinh,Thứ,Ca,Ghi chú\n"
            "Thân Thị Nhã,1961,2-4-6,Sáng (5h30-9h30),\nHoàng Sa Kê,1982,3-5-7,Chiều (14h30-18h30),nghỉ thứ 5\n"
        )
        result = load(tmp_path, text)
        visits = result.records.visits
        told = {
            (names_of(result)[one], day[5:10])
            for one, day in zip(visits["person"], local_times(visits, "start"), strict=True)
        }
        assert told == {
            *(("Thân Thị Nhã", day) for day in ("08-02", "08-04", "08-06")),
            *(("Hoàng Sa Kê", day) for day in ("08-03", "08-07")),
        }
        without = load(tmp_path / "without", text.replace("LỊCH TỪ 02/8/2021 ĐẾN 08/8/2021", "LỊCH CHẠY THẬN"))
        assert without.questions and without.records.visits.empty

    def test_half_days_under_days_have_the_hours_of_the_legend(self, tmp_path: Path) -> None:
        text = (
            "TRẠM KHUYẾN NÔNG – LỚP TẬP HUẤN THÁNG 8/2021,,,,,\nĐịa điểm: Hội trường ấp Gành Hào,,,,,\n"
            "Họ tên,Năm sinh,Ngày 05/8,,Ngày 06/8,\n,,S,C,S,C\nCù Văn Lan,1986,x,x,x,\nLa Thị Cầu,1979,,x,v,v\n"
            "S: sáng 7h30-11h; C: chiều 13h30-16h30,,,,,\n"
        )
        result = load(tmp_path, text)
        visits = result.records.visits
        times = zip(local_times(visits, "start"), local_times(visits, "end"), strict=True)
        told = {(names_of(result)[one], *time) for one, time in zip(visits["person"], times, strict=True)}
        assert told == {
            ("Cù Văn Lan", "2021-08-05T07:30", "2021-08-05T11:00"),
            ("Cù Văn Lan", "2021-08-05T13:30", "2021-08-05T16:30"),
            ("Cù Văn Lan", "2021-08-06T07:30", "2021-08-06T11:00"),
            ("La Thị Cầu", "2021-08-05T13:30", "2021-08-05T16:30"),
        }

    def test_results_under_their_days_and_signs_as_the_legend_says(self, tmp_path: Path) -> None:
        text = (
            "Họ tên,Năm sinh,XN lần 1 (02/8/2021),XN lần 2 (08/8/2021),Ngày vào,Ngày ra dự kiến,Ngày ra thực tế\n"
            "Âu Thị Mười,1970,ÂT,DT,01/08/2021,15/08/2021,08/08/2021\n"
            "Hàng Văn Chót,1965,-,ÂT,05/08/2021,19/08/2021,\n"
            "Mai Văn Sóc,1966,K,ÂT,01/08/2021,15/08/2021,\n"
            '"ÂT: âm tính; DT: dương tính; K: không giá trị; -: chưa lấy mẫu",,,,,,\n'
        )
        result = load(tmp_path, text)
        tests, names = result.records.tests, names_of(result)
        days = local_times(tests, "sample")
        told = {(names[t.person], day, t.result) for t, day in zip(tests.itertuples(), days, strict=True)}
        assert told == {
            ("Âu Thị Mười", "2021-08-02", "negative"),
            ("Âu Thị Mười", "2021-08-08", "positive"),
            ("Hàng Văn Chót", "2021-08-08", "negative"),
            ("Mai Văn Sóc", "2021-08-02", "invalid"),
            ("Mai Văn Sóc", "2021-08-08", "negative"),
        }
        stays = result.records.isolations
        ends = zip(map(names.get, stays["person"]), local_times(stays, "end"), strict=True)
        assert dict(ends) == {"Âu Thị Mười": "2021-08-08", "Hàng Văn Chót": "2021-08-19", "Mai Văn Sóc": "2021-08-15"}


class TestWhoIsNamed:
    def test_a_list_of_cases_by_their_names(self, tmp_path: Path) -> None:
        text = (
            "STT,Họ tên F0,Tuổi,SĐT,Ngày DT\n1,Trang Thị Út,31,0966000001,09/08/2021\n"
            "2,Tạ Sáu,65,0966000002,10/08/2021\n"
        )
        result = load(tmp_path, text)
        cases = {names_of(result)[one] for one in result.records.cases["person"]}
        assert cases == {"Huỳnh Thị Sương", "Trang Thị Út", "Tạ Sáu"}

    def test_drivers_and_who_was_with_them_in_one_cell(self, tmp_path: Path) -> None:
        text = (
            "CHỐT CẦU KINH NGANG - NGÀY 07/08/2021,,,\nGiờ vào,Giờ ra,Biển số,Tài xế + người đi cùng\n"
            "5h30,17h45,69A-111.01,Lê Trí + Phan Tú\n6h20,6h25,65C-333.03,Đinh Công\n"
        )
        result = load(tmp_path, text)
        assert set(names_of(result).values()) >= {"Lê Trí", "Phan Tú", "Đinh Công"}
        visits = result.records.visits[result.records.visits["place"].str.contains("CHỐT")]
        times = {(names_of(result)[p], s) for p, s in zip(visits["person"], local_times(visits, "start"), strict=True)}
        assert times == {
            *((name, f"2021-08-07T{hour}") for name in ("Lê Trí", "Phan Tú") for hour in ("05:30", "17:45")),
            ("Đinh Công", "2021-08-07T06:20"),
        }
        assert (visits["end"] - visits["start"]).dropna().max() <= 1800

    def test_the_name_as_above_is_the_same_person(self, tmp_path: Path) -> None:
        text = (
            "TEST NHANH NGÀY 11/8/2021,,,,\nHọ tên,Năm sinh,SĐT,Giờ lấy,KQ\nLê Văn Rạng,1982,0977000002,7h40,(+)\n"
            "nt,,,8h10,(+)\nTô Văn Đẹt,1995,0977000004,7h42,(-)\n"
        )
        result = load(tmp_path, text)
        tests = result.records.tests
        twice = tests[tests["result"] == "positive"]
        assert twice["person"].nunique() == 1
        assert sorted(local_times(twice, "sample")) == ["2021-08-11T07:40", "2021-08-11T08:10"]

    def test_a_line_list_that_refers_to_its_own_ids(self, tmp_path: Path) -> None:
        text = (
            "Line list - Harbour site,,,,,\nAll dates MM/DD/YYYY,,,,,\n"
            'State ID,"Last, First",Sex,Date of Symptom Onset,Test Result,"If yes, ID of case"\n'
            'HB-01,"Cruz, Ana",F,08/05/2021,Detected,\nHB-02,"Cruz, Ben",M,08/09/2021,Detected,HB-01\n'
            'HB-03,"Lim, Cora",F,08/10/2021,Detected,HB-02\n'
        )
        result = load(tmp_path, text)
        links = result.records.links
        pairs = {frozenset(pair) for pair in zip(links["source"], links["target"], strict=True)}
        assert pairs == {frozenset(("HB-01", "HB-02")), frozenset(("HB-02", "HB-03"))}
        onset = result.records.cases.set_index("person")
        assert local_times(onset.loc[["HB-01"]], "onset") == ["2021-08-05"]


class TestWhatATitleSays:
    def test_a_session_of_vaccination_is_on_its_day_and_a_planned_dose_is_none(self, tmp_path: Path) -> None:
        text = (
            'DANH SÁCH TIÊM VẮC XIN,,,,,,\n"Điểm tiêm: Trường Tiểu học Rạch Gốc – bàn 2; ngày tiêm 07/8/2021",,,,,,\n'
            "Họ tên,Năm sinh,Mũi 1,,Mũi 2,,Giờ tiêm\n,,Ngày,Loại vắc xin,Ngày hẹn,Loại,\n"
            "Cao Thị Lan,1980,07/8/2021,AZ,02/10/2021,AZ,7h45\nQuách Văn Ẩn,1955,15/6/2021,AZ,07/8/2021,AZ,8h05\n"
            "Tạ Văn Hoãn,1948,,hoãn tiêm (HA 180/100),,,8h10\n"
        )
        result = load(tmp_path, text)
        doses = result.records.persons.set_index("name")["vaccine_doses"].fillna(0)
        assert doses[["Cao Thị Lan", "Quách Văn Ẩn", "Tạ Văn Hoãn"]].tolist() == [1, 2, 0]
        visits = result.records.visits
        assert sorted(local_times(visits, "start")) == ["2021-08-07T07:45", "2021-08-07T08:05", "2021-08-07T08:10"]
        assert set(visits["place"]) == {"Trường Tiểu học Rạch Gốc – bàn 2"}

    def test_the_ward_in_the_name_of_a_hall_is_nobodys_home(self, tmp_path: Path) -> None:
        rows = "Họ tên,Năm sinh,Giờ vào,Giờ ra\nĐặng Văn Khởi,1990,7h10,8h05\n"
        hall = load(tmp_path / "hall", f"HIẾN MÁU – Nhà văn hóa phường 5 – sáng ngày 05.8.2021,,,\n{rows}")
        assert hall.records.persons.set_index("name")["area"].isna()["Đặng Văn Khởi"]
        ward = load(tmp_path / "ward", f"DANH SÁCH F1 PHƯỜNG 5 – ngày 05.8.2021,,,\n{rows}")
        assert ward.records.persons.set_index("name")["area"].notna()["Đặng Văn Khởi"]

    def test_several_months_are_no_day(self, tmp_path: Path) -> None:
        text = (
            "SỔ THEO DÕI (tháng 7-8/2021),,,\nHọ tên,Năm sinh,Kết quả,Ngày xuất bến\nSáu Lèo,1980,âm tính,20/07/2021\n"
        )
        result = load(tmp_path, text)
        assert result.records.tests.empty, "neither a month nor the day of sailing is when a sample was taken"
        assert {one.column for one in result.questions} >= {"Ngày xuất bến"}

    def test_who_left_a_prison_left_the_cell(self, tmp_path: Path) -> None:
        text = (
            "TRẠI GIAM CÁI TÀU - DANH SÁCH CHẤP HÀNH XONG ÁN PHẠT TÙ,,,\nHọ tên,Năm sinh,Buồng giam số,Ngày hết án\n"
            "Mạc Văn Khuê,1980,B12,05/8/2021\n"
        )
        records = load(tmp_path, text).records
        assert local_times(records.arrivals, "arrived") == ["2021-08-05"]
        assert records.visits.empty


class TestCellsOfNames:
    def test_the_code_of_a_case_in_brackets_says_who_it_is(self, tmp_path: Path) -> None:
        rows = "Huỳnh Thị Sương (BN 610),08/08/2021,7h-8h\nKha Văn Bền,08/08/2021,7h-8h\n"
        text = f"CHỢ RẠCH RÁNG,,\nHọ tên,Ngày,Giờ\n{rows}"
        visits = load(tmp_path, text).records.visits
        assert "BN610" in set(visits["person"])

    def test_bodies_are_asked_about_and_remarks_in_brackets_are_nobody(self, tmp_path: Path) -> None:
        text = (
            "ĐÁM TANG CỤ BÀ TƯ - 05/08/2021,,\nNgười viếng,Điện thoại,Giờ đến\nVõ Văn Kiệm,0913100008,7h\n"
            "Đoàn thể ấp 4,,7h30\n(nghỉ giữa buổi từ 9h),,\nLữ Thị Sen,0913100009,10h\n"
        )
        result = load(tmp_path, text)
        assert asked(result, "speaks of a case or of company").column == "Người viếng"
        assert not [name for name in names_of(result).values() if name.startswith("(")]


def test_the_building_that_only_the_name_of_the_file_tells_is_a_choice(tmp_path: Path) -> None:
    text = (
        "Danh sách ngày 08/08/2021,,\nHọ tên,Năm sinh,Phòng\nNguyễn Văn An,1990,Phòng 3\nTrần Thị Bích,1992,Phòng 3\n"
    )
    result = load(tmp_path, text, name="Nha tro Sau Lua thang 8.csv")
    question = asked(result, "No building is named")
    assert question.choices[0].value == "Nha tro Sau Lua thang 8"
    told = load(tmp_path, text, {question.id: question.choices[0].value}, name="Nha tro Sau Lua thang 8.csv")
    assert set(told.records.visits["place"]) <= {"Nha tro Sau Lua thang 8, Phòng 3"}
