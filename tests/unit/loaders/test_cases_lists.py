"""Small lists that went wrong once: what is silent, swallowed or guessed there is read right or asked about here."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from loaders import Answers, LoadOptions, LoadResult, load_files
from tracing.identity.pairs import find_pairs
from tracing.times import parse_iso


def load(
    folder: Path, *, answers: dict[str, str] | None = None, mapping: dict[str, str] | None = None, **files: str
) -> LoadResult:
    """Load files whose rows are given with " / " between them."""
    paths = []
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text("\n".join(row.strip() for row in text.split(" / ")) + "\n", encoding="utf-8")
        paths.append(path)
    options = LoadOptions(mapping=mapping or {})
    result = load_files(paths, options=options, answers=Answers(answers or {}))
    for summary in result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
    return result


def pairs(result: LoadResult) -> list[tuple[str, str]]:
    contacts = result.records.contacts
    return sorted(zip(contacts["person_a"], contacts["person_b"], strict=True))


def links(result: LoadResult) -> list[tuple[str, str]]:
    table = result.records.links
    return sorted(zip(table["source"], table["target"], strict=True))


def named(result: LoadResult, name: str) -> str:
    people = result.records.persons
    return str(people.loc[people["name"] == name, "person"].item())


F0 = "Mã BN,Họ và tên,Ngày khởi phát / BN34,Trần A,2021-08-06"


class TestAtTheDoor:
    def test_a_mapping_adds_and_takes_nothing_away(self, tmp_path: Path) -> None:
        result = load(
            tmp_path,
            mapping={"Akte": "person", "Nachname": "name", "Letzter": "last_contact", "Index": "index"},
            c="case id,onset / C1,2021-07-08",
            f="Akte,Nachname,Letzter,Index / K1,Müller,2021-07-07,C1",
        )
        assert pairs(result) == [("C1", "K1")] and result.records.cases["person"].tolist() == ["C1"]
        assert result.records.contacts["end"].tolist() == [parse_iso("2021-07-07")[0]]

    def test_a_line_list_whose_headings_are_mapped(self, tmp_path: Path) -> None:
        result = load(
            tmp_path,
            mapping={"Wer": "person", "Beginn": "onset", "Von": "sources"},
            f="Wer,Beginn,Von / C1,2021-07-08, / C2,2021-07-10,C1",
        )
        assert result.records.cases["person"].tolist() == ["C1", "C2"] and links(result) == [("C1", "C2")]

    def test_a_mapping_belongs_to_its_file(self, tmp_path: Path) -> None:
        files = {
            "f0": "Mã BN,Ngày khởi phát / C1,2021-07-08",
            "f1": "Hồ sơ,Họ và tên,Tiếp xúc với ca,Ngày tiếp xúc cuối / K1,Lê Một,C1,2021-07-07",
        }
        for said in ("Hồ sơ", "f1.csv:Hồ sơ", "f1:Hồ sơ"):
            result = load(tmp_path, mapping={said: "person"}, **files)
            assert pairs(result) == [("C1", "K1")] and result.records.cases["person"].tolist() == ["C1"]
        other = load(tmp_path, mapping={"f0.csv:Hồ sơ": "person"}, **files)
        assert "K1" not in set(other.records.persons["person"])

    @pytest.mark.parametrize("heading", ["Tiếp xúc với BN", "Tiếp xúc với F0 nào", "Source Case #ID", "Qua ai", "xyz"])
    def test_values_decide_where_headings_do_not(self, tmp_path: Path, heading: str) -> None:
        result = load(
            tmp_path,
            f0=F0,
            f1=f"STT,Họ và tên,Năm sinh,SĐT,{heading},Ngày tiếp xúc cuối / 1,Lê Một,1980,0912000001,BN34,2021-08-07",
        )
        assert pairs(result) == [tuple(sorted(("BN34", named(result, "Lê Một"))))]

    def test_a_column_of_dates_beside_the_case_is_the_day_of_contact(self, tmp_path: Path) -> None:
        result = load(tmp_path, f0=F0, f1="Họ và tên,SĐT,Ai,Bữa / Lê Một,0912000001,BN34,2021-08-07")
        assert result.records.contacts["start"].tolist() == [parse_iso("2021-08-07")[0]]
        assert result.findings.of(code="column.by_values")["column"].tolist() == ["Ai", "Bữa"]

    def test_a_date_that_nothing_uses_is_a_question(self, tmp_path: Path) -> None:
        result = load(tmp_path, f0="Mã BN,Họ và tên,Ngày khởi phát,Mốc X / BN34,Trần A,2021-08-06,2021-08-09")
        assert [q.column for q in result.questions if q.kind == "column"] == ["Mốc X"] and not result.complete
        asked = result.questions[0]
        answered = load(
            tmp_path,
            answers={asked.id: "confirmed"},
            f0="Mã BN,Họ và tên,Ngày khởi phát,Mốc X / BN34,Trần A,2021-08-06,2021-08-09",
        )
        assert answered.complete and answered.records.cases["confirmed"].tolist() == [parse_iso("2021-08-09")[0]]

    def test_whom_a_list_of_contacts_met_is_asked(self, tmp_path: Path) -> None:
        result = load(tmp_path, f1="Họ và tên,SĐT,Ngày tiếp xúc cuối / Lê Một,0912000001,2021-08-07")
        assert [q.column for q in result.questions] == ["Ngày tiếp xúc cuối"]

    def test_scans_are_visits(self, tmp_path: Path) -> None:
        first = load(
            tmp_path,
            qr1="Mã địa điểm,Tên địa điểm,Họ và tên,Số điện thoại,Thời gian quét"
            " / QR1,Quán A,Lê Một,0912000001,2021-07-26 07:02 / QR1,Quán A,Lê Hai,0912000002,2021-07-26 07:12",
            qr2="Địa điểm,Họ và tên,Số điện thoại,Ngày,Giờ vào,Giờ ra"
            " / Quán B,Lê Một,0912000001,2021-07-26,18:00,02:00",
        )
        visits = first.records.visits.sort_values("start")
        names = first.records.persons.set_index("person")["name"]
        assert visits["person"].map(names).tolist() == ["Lê Một", "Lê Hai", "Lê Một"]
        assert visits["place"].tolist() == ["Quán A", "Quán A", "Quán B"]
        assert visits["end"].iloc[2] == parse_iso("2021-07-27T02:00")[0]

    def test_passengers_are_visits_to_their_vehicle(self, tmp_path: Path) -> None:
        result = load(
            tmp_path,
            coach="Họ tên,Số điện thoại,Số ghế,Biển số xe,Ngày đi / Lê Một,0912000001,A01,69B-000.12,2021-07-24",
        )
        visit = result.records.visits.iloc[0]
        assert (visit["place"], visit["seat"], visit["start"]) == ("69B-000.12", "A01", parse_iso("2021-07-24")[0])
        assert result.records.places["kind"].tolist() == ["vehicle"]

    def test_transfers_make_nobody_a_case(self, tmp_path: Path) -> None:
        result = load(tmp_path, t="source,destination,t,id,n,category / 1,2,2005-09-01,a,1,x")
        assert len(result.records.cases) == 0 and links(result) == [("1", "2")]
        assert result.records.links["date"].tolist() == [parse_iso("2005-09-01")[0]]

    def test_a_column_of_counts_is_no_case(self, tmp_path: Path) -> None:
        result = load(tmp_path, n="Ấp,Số ca / Bến Lá,38 / Chợ Gỗ,2")
        assert len(result.records) == len(result.records.counts) == 2
        assert [s.kind for s in result.summaries] == ["counts"]
        assert result.rows_set_aside == 0


class TestDates:
    """What one column leaves open: see also the tests of dates."""

    TWO = "Mã BN,Họ và tên,Ngày khởi phát / BN1,A,25/7/2021 / BN2,B,7/28/2021 / BN3,C,5/7/2021"

    def test_a_day_with_two_readings_is_asked_with_both(self, tmp_path: Path) -> None:
        (question,) = load(tmp_path, f0=self.TWO).questions
        assert [choice.value for choice in question.choices] == ["2021-07-05", "2021-05-07", "-", "*"]
        answered = load(tmp_path, f0=self.TWO, answers={question.id: "2021-07-05"})
        onset = answered.records.cases.set_index("person")["onset"]
        assert onset["BN3"] == parse_iso("2021-07-05")[0] and answered.complete

    @pytest.mark.parametrize("error", ["#NAME?", "#VALUE!"])
    def test_a_cell_with_an_error_is_asked(self, tmp_path: Path, error: str) -> None:
        book = openpyxl.Workbook()
        for row in (["Mã BN", "Họ và tên", "Ngày khởi phát"], ["BN1", "A", error], ["BN2", "B", "25/7/2021"]):
            book.active.append(row)
        book.active["C2"].data_type = "e"
        book.save(tmp_path / "f0.xlsx")
        result = load_files([tmp_path / "f0.xlsx"])
        (question,) = result.questions
        assert (question.row, question.said) == (2, error) and len(result.records.cases) == 2
        answered = load_files([tmp_path / "f0.xlsx"], answers=Answers({question.id: "24/7/2021"}))
        onset = answered.records.cases.set_index("person")["onset"]
        assert onset["BN1"] == parse_iso("2021-07-24")[0] and answered.complete

    @pytest.mark.parametrize("stamp", ["2021-07-08 00:00:00", "08-07-2021 00:00:00"])
    def test_midnight_stamps_are_days(self, tmp_path: Path, stamp: str) -> None:
        told = load(tmp_path, f0=f"Mã BN,Họ tên,Ngày khởi phát / BN1,A,{stamp}").records.cases
        bare = load(tmp_path, f0="Mã BN,Họ tên,Ngày khởi phát / BN1,A,2021-07-08").records.cases
        assert told[["onset", "onset_to"]].to_numpy().tolist() == bare[["onset", "onset_to"]].to_numpy().tolist()

    def test_the_order_of_one_column_is_that_of_the_file(self, tmp_path: Path) -> None:
        result = load(tmp_path, f0="Mã BN,Họ tên,Ngày khởi phát,Ngày lấy mẫu / BN1,A,06/07/2021,30/6/2021")
        assert result.records.cases["onset"].tolist() == [parse_iso("2021-07-06")[0]] and result.complete


CASES = "Mã BN,Họ và tên,Ngày khởi phát / BN34,Trần A,2021-08-06 / BN35,Lê B,2021-08-06 / BN36,Ngô Văn Hòa,2021-08-06"


class TestReferences:
    @pytest.mark.parametrize(
        ("text", "people"),
        [
            ("BN 34", ["BN34"]),
            ("bn34", ["BN34"]),
            ("BN-034", ["BN34"]),
            ("BN34 (mẹ)", ["BN34"]),
            ("BN34/BN35", ["BN34", "BN35"]),
            ("F0 BN34", ["BN34"]),
            ('"BN34, BN35 và BN36"', ["BN34", "BN35", "BN36"]),
            ("34", ["BN34"]),
            ("ca 34 (mẹ)", ["BN34"]),
            ("F0 Hòa", ["BN36"]),
            ("ngo van hoa", ["BN36"]),
            ("Ba Hòa", ["BN36"]),
        ],
    )
    def test_as_people_make_them(self, tmp_path: Path, text: str, people: list[str]) -> None:
        f1 = load(tmp_path, f0=CASES, f1=f"Họ và tên,SĐT,Tiếp xúc với F0,Ngày / Lê Một,0912000001,{text},2021-08-07")
        one = named(f1, "Lê Một")
        assert pairs(f1) == sorted(tuple(sorted((case, one))) for case in people)
        line = load(tmp_path, f0=f"{CASES},", f2=f"Mã BN,Ngày khởi phát,Nguồn lây / BN40,2021-08-09,{text}")
        assert links(line) == [(case, "BN40") for case in people]
        assert f1.records.contacts["attributes"].notna().all()  # the words are kept

    @pytest.mark.parametrize("text", ["BN34 hoặc BN35", "BN34-BN36", "Trần Văn Lạ", "BN99"])
    def test_what_is_not_certain_is_asked_and_the_person_stays(self, tmp_path: Path, text: str) -> None:
        files = {"f0": CASES, "f1": f"Họ và tên,SĐT,Tiếp xúc với F0,Ngày / Lê Một,0912000001,{text},2021-08-07"}
        result = load(tmp_path, **files)
        assert pairs(result) == [] and named(result, "Lê Một") and result.rows_waiting == 1
        (question,) = result.questions
        assert question.kind == "reference" and question.said == text and not result.complete
        answered = load(tmp_path, answers={question.id: "BN35"}, **files)
        assert pairs(answered) == [tuple(sorted(("BN35", named(answered, "Lê Một"))))] and answered.complete
        nobody = load(tmp_path, answers={question.id: "-"}, **files)
        assert pairs(nobody) == [] and nobody.complete

    def test_missing_infectors_count_whatever_their_id_looks_like(self, tmp_path: Path) -> None:
        result = load(tmp_path, c="case_id,onset,infector / 9aa197,2021-07-05,51f883 / 4e16e9,2021-07-06,9aa197")
        assert links(result) == [("51f883", "9aa197"), ("9aa197", "4e16e9")]
        assert result.records.cases["person"].tolist() == ["4e16e9", "9aa197"]
        assert "link.source_created" in list(result.findings)

    def test_a_bad_source_costs_the_source(self, tmp_path: Path) -> None:
        result = load(tmp_path, c="case id,onset,infector / D,2021-07-06,D / E1,2021-07-07,D")
        assert result.records.cases["person"].tolist() == ["D", "E1"] and links(result) == [("D", "E1")]
        assert "link.self" in list(result.findings) and result.rows_set_aside == 0

    def test_one_unknown_id_of_two_keeps_the_other(self, tmp_path: Path) -> None:
        result = load(
            tmp_path,
            c="case id,onset / C1,2021-07-06",
            f='name,phone,index,contact date / Lê Một,0912000001,"C1, E0",2021-07-05',
        )
        assert pairs(result) == [("C1", named(result, "Lê Một"))] and len(result.questions) == 1

    @pytest.mark.parametrize("word", ["unknown", "imported", "không rõ", "nhập cảnh", "Chưa rõ (về từ Bình Dương)"])
    def test_words_that_are_answers(self, tmp_path: Path, word: str) -> None:
        result = load(tmp_path, c=f"case id,onset,infector / D,2021-07-06,{word}")
        assert result.complete and len(result.records.persons) == 1 and len(result.records.links) == 0

    def test_no_symptoms_is_no_date(self, tmp_path: Path) -> None:
        result = load(tmp_path, c="Mã BN,Họ tên,Ngày khởi phát,Ngày lấy mẫu / BN1,A,Không triệu chứng,2021-07-06")
        assert result.complete and result.records.cases["asymptomatic"].tolist() == [True]

    def test_contacts_of_a_case_set_aside_wait_for_it(self, tmp_path: Path) -> None:
        result = load(
            tmp_path,
            cases="person,onset / C1,31/6/2021 / C2,2021-07-01",
            f1="Họ tên,SĐT,Tiếp xúc với F0,Ngày / Lê Một,0912000001,C1,2021-07-05 / Lê Hai,0912000002,C2,2021-07-05",
        )
        assert (result.rows_set_aside, result.rows_waiting) == (1, 1) and len(pairs(result)) == 1
        assert {"Lê Một", "Lê Hai"} <= set(result.records.persons["name"])


class TestWhoIsWho:
    @pytest.mark.parametrize("word", ["không có", "chưa có", "0", "x", "9.6084E+10"])
    def test_words_are_no_identity_numbers(self, tmp_path: Path, word: str) -> None:
        head = "Họ và tên,Năm sinh,CCCD,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối"
        rows = f"Lê Một,1980,{word},0912000001,BN34,2021-07-05 / Lê Hai,1981,{word},0912000002,BN34,2021-07-05"
        result = load(tmp_path, f0=F0, f1=f"{head} / {rows}")
        assert len(pairs(result)) == 2 and result.records.persons["national_id"].isna().all()

    def test_one_person_in_several_spellings(self, tmp_path: Path) -> None:
        head = "Họ và tên,Năm sinh,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối"
        rows = "Nguyễn Thị Hoà,1984,84912345679,BN34,2021-08-05 / NGUYỄN THỊ HÒA,1984,+84912345679,BN34,2021-08-05"
        other = "Họ tên,Sinh năm,Điện thoại,Kết quả,Ngày lấy mẫu / nguyen thi hoa,1984,0912345679,Âm tính,2021-08-06"
        result = load(tmp_path, f0=F0, f1=f"{head} / {rows}", t=other)
        assert len(result.records.persons) == 3 and len(pairs(result)) == 1
        joined = find_pairs(result.records).automatic
        ((met, tested),) = zip(joined["person_a"], joined["person_b"], strict=True)
        assert {met, tested} == set(result.records.persons["person"]) - {"BN34"}

    def test_a_shared_phone_makes_nobody_the_same(self, tmp_path: Path) -> None:
        head = "Họ và tên,Năm sinh,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối"
        rows = "Lê Bảo Ngân,2015,0912000129,BN34,2021-08-05 / Lê Bảo Ngọc,2015,0912000129,BN34,2021-08-05"
        namesakes = "Trần Hùng,1978,0935000116,BN34,2021-08-05 / Trần Hùng,1986,0935000116,BN34,2021-08-05"
        assert len(pairs(load(tmp_path, f0=F0, f1=f"{head} / {rows} / {namesakes}"))) == 4

    def test_ids_that_differ_only_by_spelling_are_one_and_said(self, tmp_path: Path) -> None:
        result = load(tmp_path, f0=F0, h="Mã BN,Họ và tên,Ngày nhập viện / bn 34,TRẦN A,2021-08-07")
        assert result.records.cases["person"].tolist() == ["BN34"] and "reference.read_as" in list(result.findings)

    def test_two_case_rows_of_one_list_that_differ_only_so_are_asked_about(self, tmp_path: Path) -> None:
        result = load(tmp_path, f0=f"{F0} / BN 34,Trần A,2021-08-06")
        assert [q.kind for q in result.questions] == ["person"] and len(result.records.cases) == 2

    def test_a_contact_who_becomes_a_case_under_another_id_is_asked_about(self, tmp_path: Path) -> None:
        files = {
            "f0": "Mã BN,Họ và tên,SĐT,Ngày khởi phát / BN34,Trần A,,2021-08-01"
            " / BN40,Lê Văn Một,0912000001,2021-08-06",
            "f1": "Mã F1,Họ và tên,SĐT,Tiếp xúc với F0,Ngày tiếp xúc cuối / K1,Lê Văn Một,0912000001,BN34,2021-08-02",
        }
        result = load(tmp_path, **files)
        (question,) = result.questions
        assert question.kind == "person" and question.people == ("BN40", "K1")
        assert {c.value for c in question.choices} == {"yes", "no"}
        for said in ("yes", "no"):  # records stay as they came: a yes is a decision about both ids (tests/cli)
            answered = load_with(tmp_path, question.id, said, question.people, files)
            assert pairs(answered) == [("BN34", "K1")] and answered.complete

    @pytest.mark.parametrize(
        "word",
        [
            "Âm tính",
            "Đã loại trừ",
            "Không phải F0",
            "Negative",
            "Discarded",
            "LNG_REFERENCE_DATA_CATEGORY_CASE_CLASSIFICATION_NOT_A_CASE_DISCARDED",
        ],
    )
    def test_a_discarded_case_is_none(self, tmp_path: Path, word: str) -> None:
        result = load(tmp_path, f0=f"Mã BN,Họ tên,Ngày khởi phát,Phân loại ca / BN1,A,2021-07-01,{word}")
        assert len(result.records.persons) == 1
        assert not (result.records.cases["status"].fillna("confirmed") != "discarded").any()

    @pytest.mark.parametrize("word", ["Nghi ngờ", "SUSPECT"])
    def test_a_suspected_case_is_that(self, tmp_path: Path, word: str) -> None:
        result = load(tmp_path, f0=f"Mã BN,Họ tên,Ngày khởi phát,Phân loại ca / BN1,A,2021-07-01,{word}")
        assert result.records.cases["status"].tolist() == ["suspected"]

    def test_an_unknown_class_is_asked_and_suspected_until_then(self, tmp_path: Path) -> None:
        result = load(tmp_path, f0="Mã BN,Họ tên,Ngày khởi phát,Phân loại ca / BN1,A,2021-07-01,Lạ lắm")
        assert result.records.cases["status"].tolist() == ["suspected"] and not result.complete


def load_with(folder: Path, ident: str, said: str, people: tuple[str, ...], files: dict[str, str]) -> LoadResult:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text("\n".join(text.split(" / ")) + "\n", encoding="utf-8")
    paths = [folder / f"{name}.csv" for name in files]
    return load_files(paths, answers=Answers({ident: said}, {ident: people}))


class TestTwinsAndNamesakes:
    def test_people_of_one_list_whose_names_differ_in_accents_are_two(self, tmp_path: Path) -> None:
        rows = "Họ và tên,Năm sinh,SĐT,Tiếp xúc với ca,Ngày tiếp xúc cuối"
        twins = [f"Kim Minh {given},2012,0900000003,BN34,2021-08-01" for given in ("Hùng", "Hưng")]
        result = load(tmp_path, cases=F0, contacts=" / ".join([rows, *twins]))
        assert named(result, "Kim Minh Hùng") != named(result, "Kim Minh Hưng")
        again = load(tmp_path, cases=F0, contacts=" / ".join([rows, *reversed(twins)]))
        assert named(again, "Kim Minh Hùng") == named(result, "Kim Minh Hùng")

    def test_two_names_under_one_identity_number_are_two(self, tmp_path: Path) -> None:
        rows = "Họ và tên,Năm sinh,CCCD,Tiếp xúc với ca,Ngày tiếp xúc cuối"
        two = [f"{name},1967,096067001234,BN34,2021-08-01" for name in ("Trần Hoàng Đông", "Phạm Nhật Bảo")]
        result = load(tmp_path, cases=F0, contacts=" / ".join([rows, *two]))
        assert named(result, "Trần Hoàng Đông") != named(result, "Phạm Nhật Bảo")

    def test_namesakes_of_one_hamlet_and_year_with_other_telephones_stay_two(self, tmp_path: Path) -> None:
        head = "Họ và tên,Năm sinh,SĐT,Địa chỉ,Tiếp xúc với ca,Ngày tiếp xúc cuối"
        lists = {
            name: f'{head} / Huỳnh Phước Thiện,1990,{phone},"ấp 2, xã Tân Hưng",BN34,2021-08-01'
            for name, phone in (("one", "0912000001"), ("two", "0912000002"))
        }
        result = load(tmp_path, cases=F0, **lists)
        assert (result.records.persons["name"] == "Huỳnh Phước Thiện").sum() == 2
