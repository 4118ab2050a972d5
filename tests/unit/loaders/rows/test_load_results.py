"""Results on another sheet by the code of a pool or sample, and logs of Bluezone with the list of whose an id was."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from loaders import Answers, LoadOptions, LoadResult, load_files
from loaders.options import Known
from tracing.model.records import Records
from tracing.times import format_iso, parse_iso

OPTIONS = LoadOptions(today=date(2021, 8, 10))


class Store(Known):
    """What an earlier load put on record."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def ids(self, table: str) -> set[str]:
        key = {"persons": "person", "cases": "person", "places": "place", "areas": "area"}.get(table)
        return set(self.records[table][key]) if key and table in ("persons", "cases", "places", "areas") else set()

    def read(self, *, tables: list[str]) -> Records:
        assert tables
        return self.records


def load(
    folder: Path, *, known: Store | None = None, answers: dict[str, str] | None = None, **files: str
) -> LoadResult:
    paths = []
    for name, text in files.items():
        path = folder / (name if "." in name else f"{name}.csv")
        path.write_text("\n".join(row.strip() for row in text.split(" / ")) + "\n", encoding="utf-8")
        paths.append(path)
    result = load_files(paths, options=OPTIONS, known=known, answers=Answers(answers or {}))
    for summary in result.summaries:
        assert summary.rows == summary.loaded + summary.waiting + summary.set_aside
    return result


def results(result: LoadResult) -> dict[str, str | None]:
    names = result.records.persons.set_index("person")["name"]
    tests = result.records.tests
    return {
        str(names.get(person, person)): None if pd.isna(said) else str(said)
        for person, said in zip(tests["person"], tests["result"], strict=True)
    }


SAMPLES = (
    "Mã gộp,Mã mẫu,Họ và tên,Năm sinh,SĐT,Ngày lấy mẫu"
    " / G01,M001,Lê Văn Một,1990,0912000001,31/7/2021 / G01,M002,Trần Thị Hai,1991,0912000002,31/7/2021"
    " / G02,M003,Ngô Văn Ba,1980,0912000003,31/7/2021 / G02,M004,Đỗ Thị Tư,1982,0912000004,31/7/2021"
    " / ,M005,Lý Văn Năm,1999,0912000005,31/7/2021"
)
RESULTS = (
    "Mã mẫu gộp,Mã mẫu,Kết quả,Ngày trả kết quả / G01,,Âm tính,1/8/2021 / G-02,,Dương tính,1/8/2021"
    " / ,M005,Âm tính,1/8/2021"
)
ALL = {
    "Lê Văn Một": "negative",
    "Trần Thị Hai": "negative",
    "Ngô Văn Ba": "positive",
    "Đỗ Thị Tư": "positive",
    "Lý Văn Năm": "negative",
}


@pytest.mark.parametrize("names", [("a_mau", "b_kq"), ("b_mau", "a_kq")])
def test_results_by_code_go_to_the_members(tmp_path: Path, names: tuple[str, str]) -> None:
    result = load(tmp_path, **{names[0]: SAMPLES, names[1]: RESULTS})
    assert results(result) == ALL and result.complete
    assert len(result.records.cases) == 0
    assert "test.pool_positive" in list(result.findings)
    assert result.records.tests["resulted"].dropna().unique().tolist() == [parse_iso("2021-08-01")[0]]


def test_samples_alone_wait_for_a_result_and_a_later_load_brings_it(tmp_path: Path) -> None:
    first = load(tmp_path, mau=SAMPLES)
    assert set(results(first).values()) == {None} and first.complete
    later = load(tmp_path, known=Store(first.records), kq=RESULTS)
    people = first.records.persons.set_index("person")["name"]
    assert {people[p]: r for p, r in results(later).items()} == ALL
    assert set(later.records.tests["test"]) == set(first.records.tests["test"])  # the same tests, completed


def test_the_day_of_samples_that_nothing_tells_is_asked_once(tmp_path: Path) -> None:
    files = {"mau": "Mã gộp,Họ và tên,SĐT / G01,Lê Văn Một,0912000001 / G01,Trần Thị Hai,0912000002"}
    result = load(tmp_path, **files)
    (question,) = result.questions
    assert results(result) == {} and result.rows_waiting == 2 and question.column == "Mã gộp"
    answered = load(tmp_path, answers={question.id: "31/7/2021"}, **files)
    assert len(results(answered)) == 2 and answered.complete
    assert answered.records.tests["sample"].unique().tolist() == [parse_iso("2021-07-31")[0]]


def test_results_without_their_samples_are_set_aside_and_wait(tmp_path: Path) -> None:
    alone = load(tmp_path, kq=RESULTS)
    assert alone.rows_set_aside == 3 and set(alone.findings.of(code="result.no_sample")["row"]) == {2, 3, 4}
    assert len(alone.records) == 0 and not alone.complete


def test_a_code_of_two_sessions_is_asked_about_unless_the_day_shows_which(tmp_path: Path) -> None:
    other = "Mã gộp,Họ và tên,Năm sinh,SĐT,Ngày lấy mẫu / G01,Hồ Văn Sáu,1970,0912000006,29/7/2021"
    files = {"mau": SAMPLES, "mau2": other, "kq": "Mã gộp,Kết quả / G01,Âm tính"}
    result = load(tmp_path, **files)
    assert set(results(result).values()) == {None} and result.rows_waiting == 1
    (question,) = result.questions
    assert {choice.value for choice in question.choices} == {"2021-07-29 mau2.csv", "2021-07-31 mau.csv"}
    answered = load(tmp_path, answers={question.id: "2021-07-29 mau2.csv"}, **files)
    assert {name for name, said in results(answered).items() if said} == {"Hồ Văn Sáu"} and answered.complete
    dated = load(tmp_path, **(files | {"kq": "Mã gộp,Kết quả,Ngày trả kết quả / G01,Âm tính,30/7/2021"}))
    assert {name for name, said in results(dated).items() if said} == {"Hồ Văn Sáu"}


def test_two_results_of_one_pool_are_set_aside_both(tmp_path: Path) -> None:
    twice = RESULTS + " / G01,,Dương tính,2/8/2021"
    result = load(tmp_path, mau=SAMPLES, kq=twice)
    assert results(result)["Lê Văn Một"] is None and result.rows_set_aside == 2
    assert set(result.findings.of(code="result.differs")["row"]) == {2, 5}


# ----------------------------------------------------------------------------------------------------------- Bluezone

OWN, CHANGED, HER, HIM = "aa11bb22cc33", "dd44ee55ff66", "0011223344aa", "99887766ffee"
START = parse_iso("2021-07-26T07:00")[0]


def log(*rows: tuple[str, str, int, int]) -> str:
    return " / ".join(f"{own}\t{other}\t{rssi}\t{(START + second) * 1000}" for own, other, rssi, second in rows)


ROWS = log(
    (OWN, HER, -60, 0), (OWN, HER, -58, 60), (CHANGED, HER, -70, 900), (CHANGED, HIM, -80, 960), (OWN, HER, -61, 7200)
)
PEOPLE = (
    "Mã BN,Họ và tên,Năm sinh,Ngày khởi phát,Mã Bluezone"
    f" / BN34,Trần A,1990,2021-07-27,{OWN} {CHANGED.upper()} / F1-1,Lê Hai,1991,,{HER} / F1-2,Ngô Ba,1980,,{HIM}"
)


def meetings(result: LoadResult) -> list[tuple[str, str, str, str]]:
    table = result.records.contacts
    zone = "Asia/Ho_Chi_Minh"
    return sorted(
        (a, b, format_iso(int(s), int(s), zone)[:16], format_iso(int(e), int(e), zone)[:16])
        for a, b, s, e in zip(table["person_a"], table["person_b"], table["start"], table["end"], strict=True)
    )


MET = [
    ("BN34", "F1-1", "2021-07-26T07:00", "2021-07-26T07:15"),
    ("BN34", "F1-1", "2021-07-26T09:00", "2021-07-26T09:00"),
    ("BN34", "F1-2", "2021-07-26T07:16", "2021-07-26T07:16"),
]


@pytest.mark.parametrize("head", ["", "blid\tblid_contact\trssi\ttimestamp / "])
def test_many_rows_and_changing_ids_are_one_meeting(tmp_path: Path, head: str) -> None:
    result = load(tmp_path, **{"bluezone.txt": head + ROWS, "who": PEOPLE})
    assert meetings(result) == MET and result.complete
    assert result.records.contacts["distance_m"].isna().all()  # no rule makes metres of a signal
    assert '{"rows": 3, "rssi": -58}' in result.records.contacts["attributes"].tolist()
    assert result.records.contacts["time_kind"].unique().tolist() == ["presence"]


def test_whose_an_id_was_may_be_on_record(tmp_path: Path) -> None:
    first = load(tmp_path, who=PEOPLE)
    later = load(tmp_path, known=Store(first.records), **{"bluezone.txt": ROWS})
    assert meetings(later) == MET


def test_ids_of_nobody_wait_and_whose_telephone_it_was_is_asked(tmp_path: Path) -> None:
    people = PEOPLE.replace(f"{OWN} {CHANGED.upper()}", "").replace(HIM, "")
    files = {"bluezone.txt": ROWS, "who": people}
    result = load(tmp_path, **files)
    assert meetings(result) == [] and result.rows_waiting == 5 and not result.complete
    (question,) = result.questions
    answered = load(tmp_path, answers={question.id: "BN34"}, **files)
    assert meetings(answered) == MET[:2] and answered.rows_waiting == 1
    assert set(answered.findings.of(code="bluezone.nobody")["row"]) == {4}
